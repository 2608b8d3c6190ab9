"""What research firms foresaw of years that have passed, beside what was reported for them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import parse_day
from ..tables.needs import expects
from ..tables.rates import convert
from ..tables.units import money_units
from .dollars import in_dollars
from .filters import Names, Years, known_by, narrowed
from .headline import looked_back_from
from .ids import every_id_beside
from .outcomes import figures, whole_year


def forecast_check(
    ds: Dataset,
    *,
    today: str | date | pd.Timestamp | None = None,
    place: Names = None,
    scope: Names = None,
    year: Years = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """What did the forecasts say of years that have passed, and what was reported for them?

    Parameters
    ----------
    ds : the tables.
    today : the day from which to look, as in `outcome_ledger`.
    place, scope, year, country, as_of : filters on the forecasts, as in `market_targets`. What is foreseen of several
        countries, or of the world, has no place.

    Returns
    -------
    Every forecast with a `target_year` before the year of `today`, in one row for each market size that was reported
    for the same place, scope and whole year; one row with a blank outcome where there is none. By `target_year`, then
    in the order of `forecasts`, then of `outcomes`.

    - `forecast_id`, `publisher`, `published`, `geography`, `scope`, `scope_label`, `scope_words`, `target_year`,
      `value`, `unit`, `qualifier`
    - `outcome_id`, `outcome_value`, `outcome_unit`, `outcome_qualifier`, `outcome_measure_label`, `outcome_words`,
      `reported_by`, `outcome_confidence`
    - `outcome_in_forecast_unit` (in the forecast's currency and scale, at the mean rate of the year),
      `share_of_forecast_pct`
    - `value_usd_bn`, `outcome_usd_bn`: both in billion dollars, at the mean rate of the year, where it has one
    - `source_ids` of both, `note`

    Raises
    ------
    ValueError
        If `today` is not a full day.

    Notes
    -----
    Two research firms with one code of scope still count differently: read `scope_words` beside `outcome_words`
    before the share. Scopes that are a bag of unlike things (`comparable` is false in the schema) are never matched,
    nor is a figure for part of a year. The rows are no series.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> checked = ma.forecast_check(ma.load(), today="2026-11-23")
    >>> row = checked[checked.forecast_id == "research-and-markets-2023-cn-2023"].iloc[0]
    >>> print(row.value, row.unit, "foreseen;", row.outcome_value, row.outcome_unit, "reported")
    106.1028 billion USD foreseen; 76.63 billion CNY reported
    """
    expects(ds, Dataset, given_by="load", taker="forecast_check")
    ds = known_by(ds, as_of)
    past = ds.forecasts["target_year"] < parse_day(looked_back_from(ds, today), name="today").year
    passed = ds.forecasts[past.fillna(False).astype(bool)].assign(
        _position=lambda rows: np.arange(len(rows)), place_id=lambda rows: rows["geography"]
    )
    passed = narrowed(ds, passed, of="forecast", place=place, country=country, scope=scope, target_year=year)
    passed["scope"] = passed["scope"].astype("str")
    passed["scope_label"] = ds.schema.labels("outcomes", "scope", passed["scope"])
    found = figures(ds)
    bags = [
        code
        for code, said in ds.schema.codes("outcomes", "scope").items()
        if not said.get("comparable", True)
    ]
    sizes = (
        found["outcome_scope"].notna()
        & ~found["outcome_scope"].isin(bags)
        & whole_year(found["outcome_year"], found["outcome_period"])
    )
    keys = {"outcome_place_id": "geography", "outcome_scope": "scope", "outcome_year": "target_year"}
    checked = passed.merge(found[sizes].rename(columns=keys), on=list(keys.values()), how="left")
    checked["outcome_in_forecast_unit"] = _in_unit(checked)
    checked["source_ids"] = every_id_beside(checked["source_ids"], checked["outcome_source_ids"])
    checked["share_of_forecast_pct"] = checked["outcome_in_forecast_unit"] / checked["value"] * 100
    for own in ("value", "outcome_value"):
        unit = checked["unit" if own == "value" else "outcome_unit"]
        checked[f"{own.removesuffix('_value')}_usd_bn"] = _usd_bn(checked[own], unit, checked["target_year"])
    columns = [
        "forecast_id", "publisher", "published", "geography", "scope", "scope_label", "scope_words", "target_year",
        "value", "unit", "qualifier", "outcome_id", "outcome_value", "outcome_unit", "outcome_qualifier",
        "outcome_measure_label", "outcome_words", "reported_by", "outcome_confidence", "outcome_in_forecast_unit",
        "share_of_forecast_pct", "value_usd_bn", "outcome_usd_bn", "source_ids", "note",
    ]  # fmt: skip
    return checked.sort_values(["target_year", "_position"], kind="stable", ignore_index=True)[columns]


def _usd_bn(amounts: pd.Series, units: pd.Series, years: pd.Series) -> pd.Series:
    """Amounts in billion dollars, at the mean rate of their year."""
    money = pd.DataFrame({"value": amounts, "unit": units, "value_max": np.nan}, amounts.index)
    dates = pd.DataFrame({"date": years.astype("str"), "dated_by": None}, amounts.index)
    return in_dollars(money, dates)["amount_usd_bn"].astype("float64")


def _in_unit(checked: pd.DataFrame) -> pd.Series:
    """Outcomes in the currency and scale of their forecasts, at the mean rate of the year."""
    wanted, given = money_units(checked["unit"]), money_units(checked["outcome_unit"])
    billions = (checked["outcome_value"] * given["billions"]).where(given["currency"] == wanted["currency"])
    pairs = pd.DataFrame({"own": given["currency"], "other": wanted["currency"]}).dropna().drop_duplicates()
    for own, other in pairs[pairs["own"] != pairs["other"]].itertuples(index=False):
        rows = (given["currency"] == own) & (wanted["currency"] == other)
        amounts = (checked["outcome_value"] * given["billions"])[rows]
        billions[rows] = convert(amounts, own, other, on=checked["target_year"][rows].astype("str"))
    return billions / wanted["billions"]
