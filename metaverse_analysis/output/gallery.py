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
from ..charts import instruments as instrument_charts
from ..charts import policies as policy_charts
from ..charts import timeline as timeline_charts
from ..measures.citing import source_line
from ..measures.fading import fading, naming
from ..measures.instruments import instrument_cells, instrument_stances
from ..measures.outcomes import outcome_ledger, outcome_summary
from ..measures.participants import composition, roster, roster_summary
from ..measures.policies import adoption, policy_timeline
from ..measures.press import market_course, press_audit
from ..measures.revisions import revisions
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
    cited : makes the table, or ids, whose sources are the chart's, where its own table doesn't lead to any.
    beside : makes further tables that the chart function takes, by the names of its arguments.
    finding : one sentence computed from the table, for the report's first page; charts without one aren't shown there.
    """

    name: str
    question: str
    table: Callable[[Dataset], pd.DataFrame]
    draw: Callable[..., Axes | Figure]
    cited: Callable[[Dataset], pd.DataFrame] | None = None
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

    def sources(self, ds: Dataset, table: pd.DataFrame) -> str:
        """A line of the sources behind it."""
        return source_line(ds, self.cited(ds) if self.cited else table)


def latest(ds: Dataset) -> str:
    """The day up to which the tables know anything: the last on which a source was read."""
    read = ds.sources.accessed.max()
    if pd.isna(read):
        raise ValueError("no source says when it was read, so there is no day from which to look back")
    return f"{read:%Y-%m-%d}"


def _ledger(ds: Dataset) -> pd.DataFrame:
    return outcome_ledger(ds, today=latest(ds))


def _in_the_article(ds: Dataset) -> pd.DataFrame:
    audit = press_audit(ds)
    return audit[audit["in_article"]].reset_index(drop=True)


def _levels(ds: Dataset) -> pd.DataFrame:
    return pd.concat([adoption(ds, level=level) for level in ("province", "city")], ignore_index=True)


_ALL = [
    Chart(
        "press_article",
        "Do the article's dollars fit the documents' yuan?",
        _in_the_article,
        charts.press_article,
    ),
    Chart(
        "press_rates",
        "Which printed dollars fit the exchange rate of their day?",
        press_audit,
        charts.press_rates,
        beside=lambda ds, table: {"market": market_course(table)},
    ),
    Chart("policy_timeline", "Who moved when?", policy_timeline, timeline_charts.policy_timeline),
    Chart("adoption", "How fast did it spread?", _levels, policy_charts.adoption, cited=policy_timeline),
    Chart("revisions", "What changed from draft to final?", revisions, policy_charts.revisions),
    Chart(
        "instrument_matrix",
        "What do the provinces do?",
        lambda ds: instrument_cells(ds, level="province", roll_up=True),
        instrument_charts.instrument_matrix,
        cited=lambda ds: ds.policy_instruments,
    ),
    Chart(
        "instrument_stances",
        "Which instruments promote, which regulate?",
        instrument_stances,
        instrument_charts.instrument_stances,
        cited=lambda ds: ds.policy_instruments,
    ),
    Chart(
        "roster",
        "Who sits in the working group?",
        lambda ds: roster(ds, body="MIIT working group"),
        charts.roster,
        beside=lambda ds, table: {"summary": roster_summary(ds)},
    ),
    Chart(
        "composition",
        "What are the bodies made of?",
        lambda ds: composition(ds, by="type"),
        charts.composition,
        cited=lambda ds: ds.memberships,
    ),
    Chart("shared_seats", "Who sits in several bodies?", shared_seats, charts.shared_seats),
    Chart(
        "standards_trail", "How did the standards bodies come about?", standards_trail, charts.standards_trail
    ),
    Chart("outcome_ledger", "What came of the targets?", _ledger, charts.outcome_ledger),
    Chart(
        "outcome_summary",
        "For how many targets was an actual figure published?",
        lambda ds: outcome_summary(ds, today=latest(ds)),
        charts.outcome_summary,
        cited=_ledger,
    ),
    Chart("fading", "Is the metaverse still on the lists?", fading, charts.fading, cited=naming),
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
