"""The one table of all charts: what each asks, the measures that make its tables, the function that draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import signature
from typing import Any

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import charts
from ..charts import press as press_charts
from ..measures.participants import composition, roster, roster_summary
from ..measures.press import market_course, press_audit
from ..measures.shared_members import shared_seats
from ..measures.trail import standards_trail
from ..tables.dataset import Dataset

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Chart:
    """One chart of the gallery.

    Attributes
    ----------
    name : what its files are called.
    question : what it answers.
    table : makes the table that it shows, the CSV behind the picture.
    draw : the chart function; it takes that table first.
    beside : makes further tables that the chart function takes, by the names of its arguments.
    finding : one sentence computed from the table, for the report's first page; charts without one aren't shown there.
    """

    name: str
    question: str
    table: Callable[[Dataset], pd.DataFrame]
    draw: Callable[..., Axes | Figure]
    beside: Callable[[Dataset, pd.DataFrame], Tables] = lambda ds, table: {}
    finding: Callable[[pd.DataFrame], str] | None = None

    @property
    def has_panels(self) -> bool:
        """Whether it is a figure of its own, that can't be drawn on a caller's axes."""
        return "ax" not in signature(self.draw).parameters

    def drawn(self, ds: Dataset, table: pd.DataFrame | None = None, **keywords: Any) -> Axes | Figure:
        """Draw it from a dataset, or from the table already made of it; keywords go to the chart function.

        Examples
        --------
        >>> import metaverse_analysis as ma
        >>> CHARTS["press_rates"].drawn(ma.load(), size="slide").figure.get_figwidth()
        13.33
        """
        shown = self.table(ds) if table is None else table
        return self.draw(shown, **self.beside(ds, shown), **keywords)


def _article_roster(ds: Dataset) -> pd.DataFrame:
    return roster(ds, body="MIIT working group")


_ALL = [
    Chart(
        "press_article",
        "Do the article's dollars fit the documents' yuan?",
        press_audit,
        press_charts.press_article,
    ),
    Chart(
        "press_rates",
        "Which printed dollars fit the exchange rate of their day?",
        press_audit,
        press_charts.press_rates,
        lambda ds, table: {"market": market_course(table)},
    ),
    Chart(
        "roster",
        "Who sits in the working group?",
        _article_roster,
        charts.roster,
        lambda ds, table: {"summary": roster_summary(ds)},
    ),
    Chart(
        "composition",
        "What are the bodies made of?",
        lambda ds: composition(ds, by="type"),
        charts.composition,
    ),
    Chart("shared_seats", "Who sits in several bodies?", shared_seats, charts.shared_seats),
    Chart(
        "standards_trail", "How did the standards bodies come about?", standards_trail, charts.standards_trail
    ),
]

CHARTS = {chart.name: chart for chart in _ALL}


@contextmanager
def figures_closed() -> Iterator[None]:
    """Close the figures that are made inside, and leave alone those that were open before."""
    before = set(plt.get_fignums())
    try:
        yield
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)
