"""Any id of any table: where its row is, and which ids are near when there is none."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.names import KINDS, called, named_like
from ..tables.needs import is_text
from ..tables.schema import Schema

COMPARED = 5000  # ids compared letter by letter when one is unknown; a table may have a million
SHOWN = 3
LONGEST = 200  # letters of an unknown id that are compared


class Place(NamedTuple):
    """Where a row is: its table, and its position there."""

    table: str
    position: int


def tables_with_own_ids(schema: Schema) -> list[str]:
    """The tables whose key is their own, not the id of another table's row (as the key of coverage is).

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> names = tables_with_own_ids(ma.load().schema)
    >>> "places" in names, "coverage" in names
    (True, False)
    """
    return [
        name
        for name in schema
        if not any(key.column == schema[name].key and key.table != name for key in schema[name].foreign_keys)
    ]


def locate(ds: Dataset, id: str) -> Place:
    """Find the row that an id names, in whichever table it is; or the place, body, organisation or document of a name.

    Raises
    ------
    ValueError
        If no table has such an id or name (the message has the nearest ones), or a name is that of several rows.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> locate(ma.load(), "CN-SC").table, locate(ma.load(), "四川") == locate(ma.load(), "CN-SC")
    ('places', True)
    """
    if not is_text(id):
        raise ValueError(f"an id is text, such as 'cn-sc-2023-final-market-scale', not {id!r}")
    for table in tables_with_own_ids(ds.schema):
        found = (ds[table][ds.schema[table].key] == id).to_numpy().nonzero()[0]
        if len(found):
            return Place(table, int(found[0]))
    named = [(table, found) for table in _with_names(ds) for found in called(ds, table, id) if id.strip()]
    if len(named) == 1:
        return locate(ds, named[0][1])
    if named:
        raise ValueError(
            f"{id!r} may be {', '.join(f'{one} ({table})' for table, one in named)}: give the id"
        )
    raise unknown_id(ds, id)


def _with_names(ds: Dataset) -> list[str]:
    """The tables whose rows are found by name, too."""
    return [table for table in KINDS if table in ds.tables]


def every_id(cells: Iterable[Any]) -> str | None:
    """The ids in several cells as one cell, each once, in alphabetical order; missing where there are none.

    Examples
    --------
    >>> every_id(["b;a", None, "b;c"])
    'a;b;c'
    """
    found = {id for cell in cells if isinstance(cell, str) for id in cell.split(";")}
    return ";".join(sorted(found)) or None


def every_id_beside(*columns: pd.Series) -> pd.Series:
    """The ids in several columns as one column, row by row, with the index of the first.

    Examples
    --------
    >>> every_id_beside(pd.Series(["b", None]), pd.Series(["a;b", None])).tolist()
    ['a;b', nan]
    """
    found = [every_id(cells) for cells in zip(*columns, strict=True)]
    return pd.Series(found, index=columns[0].index, dtype="str")


def unknown_id(ds: Dataset, id: str, tables: list[str] | None = None) -> ValueError:
    """The error for an id that no table has (or none of some tables), with the nearest ids and their tables."""
    searched = tables or tables_with_own_ids(ds.schema)
    keys = [ds[name][ds.schema[name].key].dropna() for name in searched]
    every = pd.concat(
        [pd.Series(name, index=pd.Index(key)) for name, key in zip(searched, keys, strict=True)]
    )
    named = (
        [] if tables else [like for table in _with_names(ds) for like in named_like(ds, table, id[:LONGEST])]
    )
    near = difflib.get_close_matches(id[:LONGEST], _candidates(every.index, id[:LONGEST]), SHOWN, 0.5)
    likely = named or [f"{other} ({every[[other]].iloc[0]})" for other in near]
    where = "no table has the id or name" if tables is None else f"{' and '.join(tables)} don't have the id"
    if not likely:
        return ValueError(
            f"{where} {id!r}, and none is like it. The first column of each table has its ids; "
            f"ma.search(ds, {id[:LONGEST]!r}) looks for words"
        )
    return ValueError(f"{where} {id!r}. The nearest are {', '.join(likely[: 2 * SHOWN])}")


def _candidates(ids: pd.Index, id: str) -> list[str]:
    """The ids worth comparing letter by letter: all of a few, else those that share a beginning or the longest part."""
    ids = ids.unique()
    if len(ids) > COMPARED:
        text = ids.to_series()
        part = max(id.split("-"), key=len)
        alike = text.str.startswith(id[:6]) | text.str.contains(part, regex=False)
        ids = ids[alike.to_numpy()]
    return list(ids[:COMPARED])
