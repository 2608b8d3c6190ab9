"""Targets against the size of the economy, and the starting point that a growth rate implies."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import expects, year_number
from ..tables.units import money_units
from .filters import Names, Years, known_by, narrowed, several
from .ids import every_id_beside
from .standing import standing
from .targets import market_targets

_FAR = 10_000  # no year is further off
_GDP, _POPULATION = "gdp", "population"
_PERSONS = {"persons": 1e-6, "thousand persons": 1e-3, "million persons": 1.0}
_ABOUT_TARGET = [
    "target_id", "place_id", "place", "level", "scope", "scope_label", "measure", "target_year", "status",
    "qualifier", "amount_cny_bn", "amount_max_cny_bn", "amount_usd_bn", "rate", "rate_date",
]  # fmt: skip
_IMPLIED = [
    "growth_rate_pct", "base_year", "years", "base_amount", "unit", "currency", "base_amount_cny_bn", "source_ids",
]  # fmt: skip


def ambition(
    ds: Dataset,
    *,
    statistics_year: int,
    vintage: str,
    scope: Names = None,
    place: Names = None,
    inside: bool = True,
    year: Years = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    rate_on: str | None = None,
) -> pd.DataFrame:
    """Is it a lot? Targets as a share of the place's GDP, and per head.

    A market size is gross (sales or output); GDP is value added. The share says how large the promise is beside the
    economy, not what part of the economy it would be.

    Parameters
    ----------
    ds : the tables.
    statistics_year : the year of GDP and of the population.
    vintage : the state of the GDP figures, such as "final_verified" or "preliminary". One vintage and one census
        base in a table: a census breaks the series (Tibet rose by 16% in the year of the fifth).
    scope : one or several scopes; None takes all.
    place, inside, year, level, country, as_of : filters on the targets, as in `market_targets`; `year` is that of the
        target. A rank is among all places of the country.
    rate_on : the date whose exchange rate gives the dollars; without it, that of each document.

    Returns
    -------
    One row per target that stands (no draft with a final, no repeated figure), by scope, measure and series of GDP
    (in the schema's order, those without one last), the largest share first:

    - `target_id`, `place_id`, `place`, `level`, `scope`, `scope_label`, `measure`, `target_year`, `status`,
      `qualifier`, `amount_cny_bn`, `amount_max_cny_bn`; `amount_usd_bn`, `rate`, `rate_date`
    - `statistics_year`, `vintage`, `census_base`, `gdp_cny_bn`, `gdp_series` (whose accounts: a city's own GDP isn't
      revised together with the provinces'), `gdp_quality`, `population_million`
    - `share_of_gdp_pct`, `share_of_gdp_max_pct` (the upper end of a range), `per_head_cny` (yuan)
    - `rank`: 1 is the largest share within a scope, measure and series of GDP, so that a city never stands among the
      provinces; missing where the share is, and for scopes that are bags of unlike things
    - `reason`: why there is no share or no figure per head
    - `source_ids`: of the target, the GDP and the population

    Raises
    ------
    ValueError
        For a year or vintage without GDP figures, for one whose figures mix census bases or indicators (as first
        announced, revised), for a place that has two figures, and for an unknown scope or country; the message lists
        what there is.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> table = ma.ambition(ma.load(), statistics_year=2022, vintage="final_verified", scope="metaverse_related")
    >>> table[table.place == "Sichuan"][["share_of_gdp_pct", "per_head_cny"]].round(1).values.tolist()
    [[4.4, 2985.4]]
    """
    expects(ds, Dataset, given_by="load", taker="ambition")
    ds = known_by(ds, as_of)
    targets = market_targets(ds, scope=scope, country=country, rate_on=rate_on)
    return narrowed(
        ds, beside_economy(ds, targets, year_number(statistics_year), vintage), of="target", place=place,
        inside=inside, level=level, country=None, target_year=year,
    )  # fmt: skip


def beside_economy(ds: Dataset, targets: pd.DataFrame, statistics_year: int, vintage: str) -> pd.DataFrame:
    """What `ambition` says of the targets that stand of a table of `market_targets`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> found = beside_economy(ds, ma.market_targets(ds, place="Shanghai", inside=False), 2022, "final_verified")
    >>> found["place"].unique().tolist()
    ['Shanghai']
    """
    table = standing(targets)[[*_ABOUT_TARGET, "comparable", "currency", "source_ids"]].reset_index(drop=True)
    statistics = ds.regional_statistics
    gdp = _gdp(statistics, statistics_year, vintage)
    population = _population(statistics, statistics_year)
    base = gdp["census_base"].dropna().unique()
    table["statistics_year"] = pd.Series(int(statistics_year), table.index, dtype="Int64")
    table["vintage"] = pd.Series(vintage, table.index, dtype="str")
    table["census_base"] = pd.Series(base[0] if len(base) else None, table.index, dtype="str")
    table["gdp_cny_bn"] = gdp["cny_bn"].reindex(table["place_id"]).array
    table["gdp_series"] = gdp["series"].reindex(table["place_id"]).array
    table["gdp_quality"] = gdp["quality"].astype("str").reindex(table["place_id"]).array
    table["population_million"] = population["millions"].reindex(table["place_id"]).array
    table["share_of_gdp_pct"] = 100 * table["amount_cny_bn"] / table["gdp_cny_bn"]
    table["share_of_gdp_max_pct"] = 100 * table["amount_max_cny_bn"] / table["gdp_cny_bn"]
    table["per_head_cny"] = 1000 * table["amount_cny_bn"] / table["population_million"]
    ranked = table["share_of_gdp_pct"].where(table["comparable"].astype(bool))
    within = [table["scope"], table["measure"], table["gdp_series"]]
    ranks = ranked.groupby(within, observed=True, dropna=False).rank(method="min", ascending=False)
    table["rank"] = ranks.astype("Int64")
    table["reason"] = _reasons(table, f"{statistics_year}", vintage)
    behind = [of["source_ids"].reindex(table["place_id"]) for of in (gdp, population)]
    table["source_ids"] = every_id_beside(table.pop("source_ids"), *behind)
    order = {
        "scope": True, "measure": True, "gdp_series": True, "share_of_gdp_pct": False, "amount_cny_bn": False,
        "target_id": True,
    }  # fmt: skip
    table = table.sort_values([*order], ascending=[*order.values()])
    return table.drop(columns=["comparable", "currency"]).reset_index(drop=True)


def _gdp(statistics: pd.DataFrame, year: int, vintage: str) -> pd.DataFrame:
    """GDP by place, of one year, vintage, indicator and census base."""
    rows = statistics[statistics["indicator"].astype("str").str.startswith(_GDP)]
    chosen = (
        rows[(rows["year"] == year) & (rows["vintage"] == vintage)]
        if isinstance(year, Integral) and abs(int(year)) < _FAR and isinstance(vintage, str)
        else rows[:0]
    )
    wanted = f"GDP of {year} ({vintage})"
    if not len(chosen):
        raise ValueError(f"there is no {wanted}. There is (with the number of places): {_vintages(rows)}")
    for column, name in (("census_base", "census bases"), ("indicator", "indicators")):
        found = chosen[column].astype("str").fillna("none given").unique()
        if len(found) > 1:
            hint = "keep one of them in the table regional_statistics"
            raise ValueError(f"the {wanted} mixes {name} ({', '.join(found)}): {hint}")
    by_place = _by_place(chosen, wanted)
    money = money_units(by_place["unit"])
    return by_place.assign(cny_bn=by_place["value"] * money["billions"].where(money["currency"] == "CNY"))


def _population(statistics: pd.DataFrame, year: int) -> pd.DataFrame:
    """Population, in `millions`, by place."""
    rows = statistics[
        statistics["indicator"].astype("str").str.startswith(_POPULATION) & (statistics["year"] == year)
    ]
    by_place = _by_place(rows, f"population of {year}")
    persons = by_place["unit"].astype("str").map(_PERSONS).astype("float64")
    return by_place.assign(millions=by_place["value"] * persons)


def _by_place(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    twice = rows["place_id"][rows["place_id"].duplicated()]
    if len(twice):
        raise ValueError(
            f"the {what} is there twice for {', '.join(twice.unique()[:5])}: keep one of the figures"
        )
    return rows.set_index("place_id")


def _vintages(rows: pd.DataFrame) -> str:
    counts = rows.groupby(["year", "vintage"], observed=True).size().rename("count").reset_index()
    there = ", ".join(f"{row.year} {row.vintage} ({row.count})" for row in counts.itertuples(index=False))
    return there or "none at all"


def _reasons(table: pd.DataFrame, year: str, vintage: str) -> pd.Series:
    foreign = table["amount_cny_bn"].isna()
    amount = (
        ("the target is in " + table["currency"]).fillna("the target is no amount of money").where(foreign)
    )
    gdp = ("no GDP of " + table["place"] + f" for {year} ({vintage})").where(table["gdp_cny_bn"].isna())
    people = ("no population of " + table["place"] + f" for {year}").where(table["population_million"].isna())
    both = gdp.str.cat("; " + people).fillna(gdp).fillna(people)
    return amount.fillna(both).astype("str")


def implied_baseline(
    ds: Dataset,
    *,
    base_years: int | Iterable[int],
    place: Names = None,
    inside: bool = True,
    scope: Names = None,
    year: Years = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    rate_on: str | None = None,
) -> pd.DataFrame:
    """What does "growing x% a year to y" say of where it started?

    amount / (1 + growth) ** (target_year - base_year). No source names the base year, so there is a row for each
    one that you assume: a range, not a point. Hedges carry through: "about 150 billion at about 15%" gives "about".

    Parameters
    ----------
    ds : the tables.
    base_years : the years to assume.
    place, inside, scope, year, level, country, as_of : filters on the targets, as in `market_targets`.
    rate_on : the date whose exchange rate gives the dollars; without it, that of each document.

    Returns
    -------
    One row per target with a growth rate and assumed base year, by scope, amount, target_id and base year:

    - `target_id`, `place_id`, `place`, `level`, `scope`, `scope_label`, `measure`, `target_year`, `status`,
      `qualifier`, `amount_cny_bn`, `amount_max_cny_bn`, `amount_usd_bn`, `rate`, `rate_date` (of the target),
      `growth_rate_pct`
    - `base_year`, `years` (from base to target), `base_amount` in `unit` of `currency`, `base_amount_cny_bn`
    - `source_ids` of the target

    Drafts that a final replaces are left out. A base year that isn't before the target's year has no amount (missing).

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> table = ma.implied_baseline(ma.load(), base_years=[2022, 2023])
    >>> table[table.place == "Shandong"].base_amount_cny_bn.round(1).tolist()
    [98.6, 113.4]
    """
    expects(ds, Dataset, given_by="load", taker="implied_baseline")
    ds = known_by(ds, as_of)
    targets = standing(market_targets(ds, country=None, rate_on=rate_on))
    growing = targets[targets["growth_rate_pct"].notna()].reset_index(names="_order")
    table = growing.merge(_base_years(base_years).to_frame(), how="cross")
    table["years"] = table["target_year"] - table["base_year"]
    span = table["years"].astype("float64").where(table["years"].fillna(0) > 0)
    growth = (1 + table["growth_rate_pct"] / 100).where(table["growth_rate_pct"] > -100) ** span
    table["base_amount"] = table["amount"] / growth
    table["base_amount_cny_bn"] = table["amount_cny_bn"] / growth
    table = table.sort_values(["_order", "base_year"])[[*_ABOUT_TARGET, *_IMPLIED]]
    return narrowed(
        ds, table, of="target", place=place, inside=inside, level=level, country=country, scope=scope,
        target_year=year,
    )  # fmt: skip


def _base_years(wanted: int | Iterable[int]) -> pd.Series:
    years = [year_number(year) for year in several(wanted)]
    wrong = [
        year
        for year in years
        if not isinstance(year, Integral) or isinstance(year, bool) or abs(int(year)) > _FAR
    ]
    if wrong or not years:
        raise ValueError(f"base_years takes one or more years such as [2022, 2023], not {wanted!r}")
    return pd.Series(years, dtype="Int64", name="base_year").drop_duplicates()
