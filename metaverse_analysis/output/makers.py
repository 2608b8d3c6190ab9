"""Which measure a table is of, as its columns show: its documentation lists them, and the tests hold it to them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

import pandas as pd

from .columns import MEASURES, documented

DOOR = __package__.partition(".")[0]
LIST = re.compile(r"(?:^- .*\n?(?:  .*\n?)*)+", re.MULTILINE)
FEWEST = 4  # columns that no two measures have by chance


def listed_columns(measure: Callable[..., Any]) -> list[str]:
    """The names in the lists that the documentation of a measure's result has, each once, in their order.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> listed_columns(ma.answers)
    ['topic', 'question', 'answer']
    """
    return list(dict.fromkeys(name for names in _lists(measure) for name in names))


def _lists(measure: Callable[..., Any]) -> list[list[str]]:
    """The names of each list: what is asked otherwise may give other columns, which a list of their own has."""
    _, _, returns = (documented(measure) or "").partition("\nReturns\n")
    said = re.split(r"\n\w+\n\n", returns)[0]
    return [re.findall(r"`(\w+)`", one) for one in LIST.findall(said)]


def maker(table: pd.DataFrame) -> Callable[..., Any] | None:
    """The measure that gives such a table: the one with the most columns, all of which the table has.

    Further columns may have been added to it; one that lacks some, or two measures of as many, can't be told.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> maker(ma.market_targets(ma.load()).assign(mine=1)).__name__
    'market_targets'
    >>> maker(pd.DataFrame({"place": ["Sichuan"], "mine": [1]})) is None
    True
    """
    there = set(map(str, table))
    fitting = [
        (len(columns), name) for name, columns in _listed() if len(columns) >= FEWEST and columns <= there
    ]
    most = [name for count, name in fitting if count == max(fitting)[0]]
    return getattr(import_module(DOOR), most[0]) if len(most) == 1 else None


@cache
def _listed() -> Sequence[tuple[str, frozenset[str]]]:
    """The columns of each measure. The front door is asked at run time: it has them all."""
    door = import_module(DOOR)
    found = []
    for name in dir(door):
        thing = getattr(door, name)
        if inspect.isfunction(thing) and thing.__module__.startswith(MEASURES):
            # A list may speak of other measures, too.
            found += [(name, frozenset(names).difference(dir(door))) for names in _lists(thing)]
    return found
