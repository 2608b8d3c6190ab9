"""What is shown where nobody asks for anything else: the day of the data, the sum, the year of the economy.

The gallery, the answers and the notebooks take their choices from here, so that one question has one number.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from ..tables.dataset import Dataset
from .grades import source_links
from .press import ARTICLE
from .targets import market_targets


class Kind(NamedTuple):
    """One kind of market size: targets of one kind can be added up and compared."""

    scope: str
    measure: str
    year: int


class Economy(NamedTuple):
    """One state of the GDP figures."""

    year: int
    vintage: str


def data_day(ds: Dataset) -> str:
    """The day up to which the tables know anything: the last on which a source was read.

    Raises
    ------
    ValueError
        Where no source says when it was read.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> data_day(ma.load()) >= "2026-11-23"
    True
    """
    read = ds.sources["accessed"].max()
    if pd.isna(read):
        raise ValueError(
            "no source says when it was read, so there is no day from which to look back: give today="
        )
    return f"{read:%Y-%m-%d}"


def looked_back_from(ds: Dataset, today: Any = None) -> Any:
    """The day from which to look back: the one given, else that of `as_of`, else the last on which a source was read.

    Raises
    ------
    ValueError
        Where none is given and none is known.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> looked_back_from(ma.as_of(ma.load(), "2024-01-19")), looked_back_from(ma.load(), "2025-06-30")
    ('2024-01-19', '2025-06-30')
    """
    if today is not None:
        return today
    return data_day(ds) if ds.known_on is None else f"{ds.known_on:%Y-%m-%d}"


def first_scopes(ds: Dataset) -> list[str]:
    """The scopes of the schema's first topic, such as the metaverse itself; not the bags of unlike things."""
    codes = ds.schema.codes("regional_targets", "scope")
    topics = {code: about.get("topic") for code, about in codes.items() if about.get("comparable", True)}
    return [code for code, topic in topics.items() if topic == next(iter(topics.values()))]


def promises(ds: Dataset, rate_on: str | None = None) -> pd.DataFrame:
    """The market sizes of the first topic, as `market_targets` gives them."""
    return market_targets(ds, scope=first_scopes(ds) or None, rate_on=rate_on)


def commonest_kind(targets: pd.DataFrame) -> Kind | None:
    """The scope, measure and year that most of some targets share; None where none can be added up."""
    like = targets[targets["comparable"].fillna(True) & targets["target_year"].notna()]
    if like.empty:
        return None
    kinds = like[["scope", "measure", "target_year"]].value_counts(sort=False).reset_index()
    kind = kinds.sort_values("count", kind="stable").iloc[-1]
    return Kind(str(kind["scope"]), str(kind["measure"]), int(kind["target_year"]))


def economy(ds: Dataset) -> Economy | None:
    """The year and vintage of GDP that most places have, the latest of these; None where there is no GDP."""
    gdp = ds.regional_statistics
    gdp = gdp[gdp["indicator"].astype("str").str.startswith("gdp")]
    if gdp.empty:
        return None
    kinds = gdp[["year", "vintage"]].value_counts().reset_index()
    kind = kinds[kinds["count"] == kinds["count"].max()].sort_values("year").iloc[-1]
    return Economy(int(kind["year"]), str(kind["vintage"]))


def first_body(ds: Dataset) -> str | None:
    """The body that the article names members of, else the one with most members; None where nobody sits in any."""
    seats, links = ds.memberships["body_id"].reset_index(drop=True), source_links(ds, "memberships")
    seats = seats.where(seats.isin(ds.bodies["body_id"]))
    for chosen in (seats[links["row"][links["source_id"] == ARTICLE]], seats):
        counts = chosen.dropna().value_counts(sort=False).sort_index()
        if len(counts):
            return str(counts.idxmax())
    return None
