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
from ..measures.comparison import ambition, implied_baseline
from ..measures.evidence import coverage, evidence_quality
from ..measures.forecasts import forecast_check
from ..measures.headline import commonest_kind, data_day, economy, first_body, promises
from ..measures.instruments import instrument_counts
from ..measures.nesting import nesting
from ..measures.other_targets import other_targets
from ..measures.outcome_summary import outcome_summary
from ..measures.outcomes import outcome_ledger
from ..measures.participants import bodies_known, composition, roster
from ..measures.policies import adoption, policy_timeline
from ..measures.policy_counts import published_counts
from ..measures.press import press_audit
from ..measures.priorities import priorities
from ..measures.reported_series import reported_series
from ..measures.revisions import revisions
from ..measures.shared_members import shared_seats
from ..measures.standards_trail import standards_trail
from ..measures.targets import market_targets
from ..measures.totals import Total, add_up
from ..tables.dataset import Dataset

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Chart:
    """One chart of the gallery.

    Attributes
    ----------
    name : what its files are called.
    question : what it answers.
    notebook : the number of the notebook that goes deeper.
    table : makes the table that it shows, the CSV behind the picture.
    draw : the chart function; it takes that table first.
    beside : makes further tables that the chart function takes, by the names of its arguments.
    topic : of `answers`, for the report's first page: this chart stands beside that answer.
    """

    name: str
    question: str
    notebook: str
    table: Callable[[Dataset], pd.DataFrame]
    draw: Callable[..., Axes | Figure]
    beside: Callable[[Dataset, pd.DataFrame], Tables] = lambda ds, table: {}
    topic: str = ""

    @property
    def has_panels(self) -> bool:
        """Whether it is a figure of its own, that can't be drawn on a caller's axes."""
        return "ax" not in signature(self.draw).parameters

    def drawn(self, ds: Dataset, table: pd.DataFrame | None = None, **keywords: Any) -> Axes | Figure:
        """Draw it from a dataset, or from the table already made of it; keywords go to the chart function.

        A figure of its own names its sources and the data's day at its foot, to be pasted elsewhere.

        Examples
        --------
        >>> import metaverse_analysis as ma
        >>> print(CHARTS["press_rates"].drawn(ma.load(), size="slide").figure.get_figwidth())
        13.33
        """
        shown = self.table(ds) if table is None else table
        owner = self.draw(shown, **self.beside(ds, shown), **keywords)
        if keywords.get("ax") is None and "footer" not in keywords:
            charts.sourced(owner, ds)
        return owner


def _ledger(ds: Dataset) -> pd.DataFrame:
    return outcome_ledger(ds, today=data_day(ds), rate_on=_article_day(ds))


def _article_day(ds: Dataset) -> str | None:
    """The day of the article, whose exchange rate gives the dollars beside yuan."""
    published = press_audit(ds).query("in_article").published.dropna()
    return None if published.empty else str(published.iloc[0])


def _in_the_article(ds: Dataset) -> pd.DataFrame:
    audit = press_audit(ds)
    return audit[audit["in_article"]].reset_index(drop=True)


def _levels(ds: Dataset) -> pd.DataFrame:
    return pd.concat([adoption(ds, level=level) for level in ("province", "city")], ignore_index=True)


def _promises(ds: Dataset) -> pd.DataFrame:
    """The market sizes that the answers speak of, at the exchange rate of the article's day."""
    return promises(ds, rate_on=_article_day(ds))


def _total(targets: pd.DataFrame) -> Total:
    """The sum of the scope, measure and year that most targets share."""
    kind = commonest_kind(targets)
    if kind is None:
        raise ValueError("no targets of one scope and year: nothing to add up")
    return add_up(targets, scope=kind.scope, measure=kind.measure, year=kind.year)


def _draw_total(targets: pd.DataFrame, *, ax: Axes | None = None, **look: Any) -> Axes:
    return charts.total(_total(targets), ax=ax, **look)


def _ambition(ds: Dataset) -> pd.DataFrame:
    """Against the GDP figures that most places have, the latest of these."""
    state = economy(ds)
    if state is None:
        raise ValueError("the tables have no GDP: nothing to set the targets against")
    scopes = list(_promises(ds)["scope"].unique())
    return ambition(
        ds,
        statistics_year=state.year,
        vintage=state.vintage,
        scope=scopes,
        rate_on=_article_day(ds),
    )


def _baselines(ds: Dataset) -> pd.DataFrame:
    growing = market_targets(ds).query("growth_rate_pct.notna() and target_year.notna()")
    if growing.empty:
        raise ValueError("no target has a growth rate: nothing to draw")
    last = int(growing["target_year"].min())
    return implied_baseline(ds, base_years=range(last - 4, last - 1), rate_on=_article_day(ds))


def _stances(ds: Dataset) -> pd.DataFrame:
    """A draft and its final count once."""
    return instrument_counts(ds, by="instrument", count="families")


def _first_roster(ds: Dataset) -> pd.DataFrame:
    body = first_body(ds)
    if body is None:
        raise ValueError("no organisation sits in any body: nobody to show")
    return roster(ds, body=body)


def _longest_series(ds: Dataset) -> pd.DataFrame:
    """The place and scope with most yearly figures of one measure."""
    whole = ds.outcomes[ds.outcomes["scope"].notna() & ds.outcomes["period"].isna()]
    if whole.empty:
        raise ValueError("no outcome has a scope and a whole year: there is no series")
    years = whole.groupby(["place_id", "scope", "measure"], observed=True)["year"].nunique()
    place, scope, _ = years.index[int(years.argmax())]
    return reported_series(ds, place=str(place), scope=str(scope), rate_on=_article_day(ds))


_ALL = [
    Chart(
        "market_targets",
        "Who promised how much?",
        "01",
        _promises,
        charts.market_targets,
        topic="regional_targets",
    ),
    Chart(
        "total",
        "What do the promises add up to?",
        "01",
        _promises,
        _draw_total,
    ),
    Chart(
        "other_targets",
        "What else was promised?",
        "01",
        lambda ds: other_targets(ds, rate_on=_article_day(ds)),
        charts.other_targets,
    ),
    Chart(
        "nesting",
        "Does a city promise more than its province?",
        "01",
        lambda ds: nesting(ds, rate_on=_article_day(ds)),
        charts.nesting,
    ),
    Chart(
        "press_article",
        "Do the article's dollars fit the documents' yuan?",
        "02",
        _in_the_article,
        charts.press_article,
    ),
    Chart(
        "press_rates",
        "Which printed dollars fit the exchange rate of their day?",
        "02",
        press_audit,
        charts.press_rates,
        topic="dollars_and_yuan",
    ),
    Chart(
        "press_over_time",
        "When did the market stand where the printed dollars put it?",
        "02",
        press_audit,
        charts.press_over_time,
    ),
    Chart(
        "ambition",
        "Is it a lot beside the economy?",
        "03",
        _ambition,
        charts.ambition,
        topic="ambition",
    ),
    Chart(
        "implied_baseline", "Where did the promised growth start?", "03", _baselines, charts.implied_baseline
    ),
    Chart(
        "policy_timeline",
        "Who moved when?",
        "04",
        policy_timeline,
        charts.policy_timeline,
    ),
    Chart(
        "adoption",
        "How fast did it spread?",
        "04",
        _levels,
        charts.adoption,
        topic="policy_timeline",
    ),
    Chart("revisions", "What changed from draft to final?", "04", revisions, charts.revisions),
    Chart(
        "instrument_matrix",
        "What do the provinces do?",
        "05",
        lambda ds: instrument_counts(ds, level="province", roll_up=True, count="families"),
        charts.instrument_matrix,
    ),
    Chart(
        "instrument_counts",
        "Which instruments promote, which regulate?",
        "05",
        _stances,
        charts.instrument_counts,
        topic="instruments",
    ),
    Chart(
        "instruments_by_level",
        "Which level of government does what?",
        "05",
        lambda ds: instrument_counts(ds, by="level", group=True, count="families"),
        charts.instruments_by_level,
    ),
    Chart(
        "roster",
        "Who sits in the working group?",
        "06",
        _first_roster,
        charts.roster,
        beside=lambda ds, table: {"summary": bodies_known(ds)},
        topic="participants",
    ),
    Chart(
        "composition",
        "What are the bodies made of?",
        "06",
        lambda ds: composition(ds, by="type"),
        charts.composition,
    ),
    Chart("shared_seats", "Who sits in several bodies?", "06", shared_seats, charts.shared_seats),
    Chart(
        "standards_trail",
        "How did the standards bodies come about?",
        "06",
        standards_trail,
        charts.standards_trail,
    ),
    Chart("outcome_ledger", "What came of the targets?", "07", _ledger, charts.outcome_ledger),
    Chart(
        "outcome_summary",
        "For how many targets was an actual figure found?",
        "07",
        lambda ds: outcome_summary(ds, today=data_day(ds)),
        charts.outcome_summary,
        topic="outcomes",
    ),
    Chart(
        "reported_series",
        "Did one place come near its targets?",
        "07",
        _longest_series,
        charts.reported_series,
    ),
    Chart(
        "forecast_check",
        "Did the forecasts come true?",
        "07",
        lambda ds: forecast_check(ds, today=data_day(ds)),
        charts.forecast_check,
    ),
    Chart(
        "priorities",
        "Is it still on the lists of priorities?",
        "07",
        priorities,
        charts.priorities,
    ),
    Chart(
        "evidence_quality",
        "What do the rows rest on?",
        "08",
        evidence_quality,
        charts.evidence_quality,
        topic="evidence",
    ),
    Chart(
        "evidence_by_province",
        "How well is each province documented?",
        "08",
        lambda ds: evidence_quality(ds, by="place"),
        charts.evidence_quality,
    ),
    Chart(
        "coverage_map",
        "Where was searched, and what was found?",
        "08",
        lambda ds: coverage(ds, today=data_day(ds), rate_on=_article_day(ds)),
        charts.coverage_map,
    ),
    Chart(
        "published_counts",
        "How many policies are there, by whose rule?",
        "08",
        published_counts,
        charts.published_counts,
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
