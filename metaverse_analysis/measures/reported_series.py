"""One place, one industry, year by year: what was reported beside what was promised."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.names import find_place
from ..tables.needs import expects
from .dollars import in_dollars, written
from .filters import Years, known_by, narrowed
from .outcomes import reached, source_quality, whole_year

COLUMNS = [
    "record", "id", "place", "scope_label", "year", "measure", "measure_label", "amount_bn", "amount_max_bn",
    "currency", "qualifier", "amount_usd_bn", "rate", "rate_date", "whole_year", "period", "reached", "status",
    "repeats_target_id", "reported_by", "confidence", "words", "source_ids",
]  # fmt: skip


def reported_series(
    ds: Dataset, *, place: str, scope: str, year: Years = None, as_of: Any = None, rate_on: Any = None
) -> pd.DataFrame:
    """What was promised and what was reported for one scope in one place, year by year?

    Parameters
    ----------
    place : id or name of the place; places inside it are not counted.
    scope : one scope, such as "vr_xr".
    year, as_of : filters as in `market_targets`.
    rate_on : the date whose exchange rate gives the dollars; without it, the mean of each row's year.

    Returns
    -------
    One row per target and per reported market size, by `year`, targets first, each in the order of its table.

    - `record` (target or reported), `id`, `place`, `scope_label`, `year`, `measure`, `measure_label`
    - `amount_bn`, `amount_max_bn`, in billions of the `currency`; `qualifier`
    - `amount_usd_bn` (missing where there is no rate yet), `rate` (units of the currency per dollar), `rate_date`
    - `whole_year`: false for a figure of a part of the year; `period`: that part
    - `reached`: of a target, whether the figures of its measure for the whole of its year reach it: yes, no, or unclear
      (hedges, or figures that disagree, leave it open); missing where there is no such figure
    - `status`: of a target's document; `repeats_target_id`: the target that it repeats
    - `reported_by`, `confidence`: outlets of a figure, and its grade; `words`: what is counted; `source_ids`

    Revenue, output and industry scale are different quantities: only rows of one `measure` make a series.

    Raises
    ------
    ValueError
        If the place is unknown, if it has neither targets nor figures of that scope, or there is no rate on `rate_on`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> series = ma.reported_series(ma.load(), place="Jiangxi", scope="vr_xr")
    >>> revenue = series.query("measure == 'revenue' and whole_year and repeats_target_id.isna()")
    >>> print(revenue.query("2021 <= year <= 2022")[["year", "record", "amount_bn"]].to_string(index=False))
     year   record  amount_bn
     2021   target       50.0
     2021 reported       60.4
     2022   target       80.0
     2022 reported       81.2
    """
    expects(ds, Dataset, given_by="load", taker="reported_series")
    ds = known_by(ds, as_of)
    place_id = find_place(ds, place)
    scope = scope if isinstance(scope, str) else str(scope)
    targets, outcomes = (frame.reset_index(drop=True) for frame in (ds.regional_targets, ds.outcomes))
    wanted = targets[
        (targets["place_id"] == place_id) & (targets["scope"] == scope) & targets["target_year"].notna()
    ]
    status = ds.policy_documents.set_index("document_id")["status"].astype("str")
    promised = wanted.rename(
        columns={"target_id": "id", "target_year": "year", "scope_note": "words"}
    ).assign(record="target", whole_year=True, status=wanted["document_id"].map(status).astype("str"))
    found = outcomes.join(source_quality(ds).add_prefix("outcome_"))
    found = found[(found["place_id"] == place_id) & (found["scope"] == scope)]
    reported = found.rename(
        columns={"outcome_id": "id", "scope_note": "words", "outcome_confidence": "confidence",
                 "outcome_reported_by": "reported_by"}
    ).assign(record="reported", whole_year=whole_year(found["year"], found["period"]))  # fmt: skip
    rows = pd.concat([promised, reported], ignore_index=True).astype({"measure": "str", "qualifier": "str"})
    if rows.empty:
        raise ValueError(
            f"{place_id} has neither a target nor a reported figure of the scope {scope!r}; it has "
            f"{', '.join(sorted(_scopes(ds, place_id))) or 'none'}"
        )
    return narrowed(ds, _finished(rows, ds, rate_on), of="row", country=None, year=year)[COLUMNS]


def _scopes(ds: Dataset, place_id: str) -> set[str]:
    there = [
        frame.loc[frame["place_id"] == place_id, "scope"] for frame in (ds.regional_targets, ds.outcomes)
    ]
    return {code for scopes in there for code in scopes.dropna().astype("str")}


def _finished(rows: pd.DataFrame, ds: Dataset, rate_on: Any) -> pd.DataFrame:
    dates = pd.DataFrame({"date": rows["year"].astype("str"), "dated_by": None}, rows.index)
    money = in_dollars(rows, dates, rate_on=None if rate_on is None else written(rate_on))
    rows["amount_bn"], rows["currency"] = rows["value"] * money["billions"], money["currency"]
    rows["amount_max_bn"] = rows["value_max"] * money["billions"]
    rows = rows.assign(**money[["amount_usd_bn", "rate", "rate_date"]])
    rows["reached"] = _reached(rows)
    rows["place"] = rows["place_id"].map(ds.places.set_index("place_id")["name_en"])
    scope = rows["scope"].astype("str").iloc[0]
    rows["scope_label"] = ds.schema.label("regional_targets", "scope", scope)
    rows["measure_label"] = ds.schema.labels("regional_targets", "measure", rows["measure"])
    return rows.sort_values(["year", "record"], ascending=[True, False], kind="stable")


def _reached(rows: pd.DataFrame) -> pd.Series:
    """Whether each target is met, missed or neither by the figures of its measure for the whole of its year."""
    keys, own = (
        ["year", "measure", "currency"],
        {"amount_bn": "outcome_value", "qualifier": "outcome_qualifier"},
    )
    figures = rows[(rows["record"] == "reported") & rows["whole_year"]].rename(columns=own)
    targets = rows[rows["record"] == "target"].rename_axis("row").reset_index()
    pairs = targets[["row", *keys, "amount_bn", "qualifier"]].merge(figures[[*keys, *own.values()]], on=keys)
    pairs = pairs.assign(value=pairs["amount_bn"], outcome_unit="billion " + pairs["currency"], _billions=1.0)
    verdicts = pd.Series(reached(pairs), pairs["row"], dtype="str").groupby(level=0).agg(_common)
    return verdicts.reindex(rows.index).astype("str")


def _common(verdicts: pd.Series) -> str:
    return str(verdicts.iloc[0]) if verdicts.nunique() == 1 else "unclear"
