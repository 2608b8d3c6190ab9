"""What came of it? Targets whose year has passed, beside what was reported; and forecasts, beside what came."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import parse_day
from ..tables.needs import expects
from ..tables.units import money_units
from .dollars import in_dollars, written
from .due_targets import left_out, on_subject
from .filters import Names, Years, known_by, narrowed
from .grades import grades, source_links, source_strength
from .headline import looked_back_from
from .ids import every_id_beside

FINDINGS = ("reported", "related_figure", "superseded", "not_found", "not_followed_up")
KINDS = {"market_size": "market sizes", "other_money": "other money", "count": "counts and shares"}
NO_SCOPE = "no scope"
ABOUT_PCT = 10.0  # how far "about" may lie from its number, in both directions
_TARGET_COLUMNS = [
    "target_id", "place_id", "place", "level", "target_kind", "indicator", "indicator_label", "scope", "scope_label",
    "measure", "measure_label", "value", "value_max", "unit", "per", "qualifier", "target_year", "basis",
    "repeats_target_id", "document_id", "status",
]  # fmt: skip
_OUTCOME_COLUMNS = [
    "outcome_id", "outcome_place_id", "outcome_place", "outcome_indicator", "outcome_scope", "outcome_scope_label",
    "outcome_measure", "outcome_measure_label", "outcome_value", "outcome_unit", "outcome_qualifier", "outcome_year",
    "outcome_period", "outcome_words", "reported_by", "outcome_source_kind", "outcome_confidence",
]  # fmt: skip
_COLUMNS = [
    *_TARGET_COLUMNS, "finding", "finding_label", *_OUTCOME_COLUMNS, "differs", "differs_label",
    "recorded_finding", "reached", "share_of_target_pct", "currency", "target_bn", "outcome_bn", "target_usd_bn",
    "outcome_usd_bn", "rate", "rate_date", "superseded_by", "searched_on", "left_out", "on_subject",
    "source_ids", "note",
]  # fmt: skip


def outcome_ledger(
    ds: Dataset,
    *,
    today: str | date | pd.Timestamp | None = None,
    place: Names = None,
    inside: bool = True,
    scope: Names = None,
    year: Years = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    rate_on: Any = None,
) -> pd.DataFrame:
    """What came of each target whose year has passed?

    Parameters
    ----------
    ds : the tables.
    today : the day from which to look: a target has passed if its year is earlier than this day's year. It says
        nothing about what was known then; for that, give `as_of`. By default the day of `as_of`, else the last on which
        a source was read.
    place, inside, scope, year, level, country, as_of : filters on the targets, as in `market_targets`.
    rate_on : the date whose exchange rate gives the dollars; without it, the mean of the target's year.

    Returns
    -------
    Every target with a `target_year` before the year of `today`, in one row for each figure or fact that was found
    on it (so a target may have several rows). By `target_year`, then in the order of `regional_targets`, and for
    each target the best finding first, then by `outcome_year`. Columns:

    - the target: `target_id`, `place_id`, `place`, `level`, `target_kind` (market_size, other_money, count),
      `indicator`, `indicator_label`, `scope`, `scope_label`, `measure`, `measure_label`, `value`, `value_max`, `unit`,
      `per`, `qualifier`, `target_year`, `basis`, `repeats_target_id`, `document_id`, `status` (of the document)
    - `finding`: reported (an actual figure of the same quantity), related_figure (a figure or fact near it),
      superseded (a later target took its place), not_found (searched, nothing found), not_followed_up (nobody
      looked where such a figure is published); `finding_label`: the same in words
    - the figure: `outcome_id`, `outcome_place_id`, `outcome_place`, `outcome_indicator`, `outcome_scope`,
      `outcome_scope_label`, `outcome_measure`, `outcome_measure_label`, `outcome_value`, `outcome_unit`,
      `outcome_qualifier`, `outcome_year`, `outcome_period`, `outcome_words`, `reported_by` (who wrote it),
      `outcome_source_kind` (the strongest source), `outcome_confidence`
    - `differs`: in what the figure differs from the target (place, year, period, scope, measure, indicator, unit, per;
      several joined by ";"); missing where in nothing. `differs_label`: the same in words
    - `recorded_finding`: what the table target_followups says
    - `reached`: yes, no or unclear (hedges on either side may leave it open); only for reported
    - `share_of_target_pct`: the figure as a share of the target; only for reported, and where both are one number
    - of money: `currency`, `target_bn`, `outcome_bn` (billions of it; a figure in another currency has none),
      `target_usd_bn`, `outcome_usd_bn`, `rate` (units of the currency per dollar), `rate_date`
    - `superseded_by`, `searched_on` (datetime)
    - `left_out`: why `outcome_summary` doesn't count the target (it repeats another, no document set it, it stands in a
      draft whose final was issued, or it is money of the document's own year); missing where it does count
    - `on_subject`: whether its document is about the subject (the metaverse), not a wider or a neighbouring field
    - `source_ids`: of the target, of the finding and of the figure; `note`

    Raises
    ------
    ValueError
        If `today` is not a full day, there is no rate on `rate_on`, or no place is in such a country.

    Notes
    -----
    The links were made by hand; this checks them. A figure counts as `reported` only if place, indicator, measure,
    scope, unit and year agree with the target's and it covers the whole year. If a row of `target_followups` claims
    more, it is shown as `related_figure`, and `differs` says why. Where the codes agree, the link is trusted: that two
    counts of "firms" mean the same firms can't be seen from codes. "About" is taken as 10% either way, and the lower
    end of a range is what has to be reached.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ledger = ma.outcome_ledger(ma.load(), today="2026-11-23")
    >>> reported = ledger[(ledger.finding == "reported") & ledger.repeats_target_id.isna()]
    >>> print(reported[["place", "target_year", "value", "outcome_value", "reached"]].to_string(index=False))
      place  target_year  value  outcome_value reached
    Jiangxi         2021   50.0           60.4     yes
    Jiangxi         2022   80.0           81.2     yes
      China         2025   10.0           10.5     yes
    """
    expects(ds, Dataset, given_by="load", taker="outcome_ledger")
    ds = known_by(ds, as_of)
    passed = _targets(ds)
    past = passed["target_year"] < parse_day(looked_back_from(ds, today), name="today").year
    passed = narrowed(
        ds, passed[past.fillna(False).astype(bool)], of="target", place=place, inside=inside, level=level,
        country=country, scope=scope, target_year=year,
    )  # fmt: skip
    passed = passed.assign(left_out=left_out(ds, passed), on_subject=on_subject(ds, passed))
    followups = ds.target_followups.rename(columns={"finding": "recorded_finding"}).drop(
        columns="followup_id"
    )
    ledger = passed.merge(followups, on="target_id", how="left").merge(
        figures(ds), on="outcome_id", how="left"
    )
    ledger["recorded_finding"] = ledger["recorded_finding"].astype("str")
    ledger["differs"] = _differences(ledger)
    ledger["differs_label"] = difference_words(ledger)
    ledger["finding"] = _finding(ledger)
    ledger["finding_label"] = ds.schema.labels("target_followups", "finding", ledger["finding"])
    like_for_like = (ledger["finding"] == "reported").to_numpy()
    ledger["reached"] = pd.Series(reached(ledger), index=ledger.index, dtype="str").where(like_for_like)
    ledger["share_of_target_pct"] = _share_of_target(ledger).where(like_for_like)
    ledger = ledger.assign(**_in_billions(ledger, rate_on))
    pages = ("target_source_ids", "source_ids", "outcome_source_ids")
    ledger["source_ids"] = every_id_beside(*(ledger[column] for column in pages))
    order = ["target_year", "_position", "finding", "outcome_year"]
    return ledger.sort_values(order, kind="stable", ignore_index=True)[_COLUMNS]


def _targets(ds: Dataset) -> pd.DataFrame:
    """All targets with their place, their document's status, and their unit taken apart."""
    targets = ds.regional_targets.reset_index(drop=True).drop(columns="note")
    targets = targets.rename(columns={"source_ids": "target_source_ids"})
    places, status = ds.places.set_index("place_id"), ds.policy_documents.set_index("document_id")["status"]
    money = money_units(targets["unit"])
    return targets.assign(
        _position=np.arange(len(targets)),
        _billions=money["billions"],
        _currency=money["currency"],
        place=targets["place_id"].map(places["name_en"]).astype("str"),
        level=targets["place_id"].map(places["level"].astype("str")).astype("str"),
        status=targets["document_id"].map(status.astype("str")).astype("str"),
        target_kind=np.select(
            [targets["scope"].notna(), money["currency"].notna()], ["market_size", "other_money"], "count"
        ),
        **{
            f"{column}_label": ds.schema.labels("regional_targets", column, targets[column])
            for column in ("indicator", "scope", "measure")
        },
    )


def figures(ds: Dataset) -> pd.DataFrame:
    """All outcomes with the names of their columns told apart from the targets', and their sources' quality."""
    outcomes = ds.outcomes.reset_index(drop=True)
    found = pd.DataFrame({"outcome_id": outcomes["outcome_id"]})
    for column in (
        "place_id",
        "indicator",
        "scope",
        "measure",
        "value",
        "unit",
        "qualifier",
        "year",
        "period",
    ):
        found[f"outcome_{column}"] = outcomes[column]
    for column in ("indicator", "scope", "measure", "qualifier"):
        found[f"outcome_{column}"] = found[f"outcome_{column}"].astype("str")
    place = outcomes["place_id"].map(ds.places.set_index("place_id")["name_en"])
    found["outcome_place"] = place.astype("str")
    found["outcome_words"] = outcomes["scope_note"]
    found["outcome_source_ids"] = outcomes["source_ids"]
    for column in ("scope", "measure"):
        found[f"outcome_{column}_label"] = ds.schema.labels("outcomes", column, outcomes[column])
    quality = source_quality(ds)
    found["outcome_confidence"], found["outcome_source_kind"] = quality["confidence"], quality["source_kind"]
    found["reported_by"] = quality["reported_by"]
    return found


def source_quality(ds: Dataset) -> pd.DataFrame:
    """Who reported each outcome, the kind of its strongest source, and its confidence; rows as in the table."""
    graded = grades(ds, "outcomes").reset_index(drop=True)
    links = source_links(ds, "outcomes")
    outlets = links["source_id"].map(source_strength(ds)["outlet"])
    by_row = pd.DataFrame({"row": links["row"], "outlet": outlets}).drop_duplicates().dropna()
    return pd.DataFrame(
        {
            "reported_by": by_row.groupby("row")["outlet"].agg("; ".join).reindex(graded.index).astype("str"),
            "source_kind": ds.schema.labels("sources", "kind", graded["best_kind"]),
            "confidence": graded["confidence"],
        }
    )


def whole_year(year: pd.Series, period: pd.Series) -> pd.Series:
    """Whether a figure is for the whole of its year (or a state at a point of it)."""
    written = year.astype("str")
    return period.isna() | (period == written + "-01/" + written + "-12")


def _in_billions(ledger: pd.DataFrame, rate_on: Any) -> dict[str, pd.Series]:
    """Targets and figures of one currency in billions of it, and in dollars at one rate for both."""
    year = ledger["target_year"].astype("str")
    dates = pd.DataFrame({"date": year, "dated_by": None}, ledger.index)
    money = in_dollars(ledger, dates, rate_on=None if rate_on is None else written(rate_on))
    own = money_units(ledger["outcome_unit"])
    outcome = (ledger["outcome_value"] * own["billions"]).where(own["currency"] == money["currency"])
    return {
        "currency": money["currency"],
        "target_bn": ledger["value"] * money["billions"],
        "outcome_bn": outcome,
        "target_usd_bn": money["amount_usd_bn"],
        "outcome_usd_bn": outcome / money["rate"],
        "rate": money["rate"],
        "rate_date": money["rate_date"],
    }


def _differences(ledger: pd.DataFrame) -> pd.Series:
    """In what the figure that was found differs from the target; missing where in nothing, or where none was found."""
    rows = ledger[ledger["outcome_value"].notna()]
    own = money_units(rows["outcome_unit"])
    texts = {
        name: rows[name].astype("str") for name in ("scope", "target_year", "measure", "indicator", "per")
    }
    agrees = {
        "place": rows["place_id"] == rows["outcome_place_id"],
        "year": texts["target_year"] == rows["outcome_year"].astype("str"),
        "period": whole_year(rows["outcome_year"], rows["outcome_period"]),
        "scope": texts["scope"].fillna("") == rows["outcome_scope"].fillna(""),
        "measure": texts["measure"] == rows["outcome_measure"],
        "indicator": texts["indicator"] == rows["outcome_indicator"],
        "unit": (rows["unit"] == rows["outcome_unit"]) | (rows["_currency"] == own["currency"]),
        "per": texts["per"].isna() | (texts["per"] == "year"),
    }
    codes = pd.Series("", index=rows.index, dtype="str")
    for code, alike in agrees.items():
        codes = codes.where(alike.fillna(False).astype(bool), codes + ";" + code)
    return codes.str.removeprefix(";").where(codes != "").reindex(ledger.index)


def difference_words(ledger: pd.DataFrame, *, others: bool = True) -> pd.Series:
    """What tells each figure from its target, in words: "2023, not 2025"; missing where nothing does.

    Parameters
    ----------
    ledger : what `outcome_ledger` gives, or some of its rows.
    others : whether the target's side is named too.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ledger = ma.outcome_ledger(ma.load(), today="2026-11-23")
    >>> sichuan = ledger[(ledger["place"] == "Sichuan") & ledger["differs"].notna()]
    >>> difference_words(sichuan, others=False).tolist()
    ['Chengdu; 2023; unspecified metaverse industry']
    """
    codes = ";" + ledger["differs"].fillna("") + ";"
    words = pd.Series("", index=ledger.index, dtype="str")
    for code, (own, other) in _sides(ledger).items():
        both = own if other is None else own + ", not " + other
        told = both if others else own.where(both.notna())
        told = "; " + told.fillna("something that is not stated")
        words = words + told.where(codes.str.contains(f";{code};", regex=False), "")
    return words.str.removeprefix("; ").where(words != "")


def _sides(ledger: pd.DataFrame) -> dict[str, tuple[pd.Series, pd.Series | None]]:
    """For each code of `differs`, the figure's side and the target's in words."""
    total = pd.Series("a total", index=ledger.index, dtype="str")
    return {
        "place": (ledger["outcome_place"], ledger["place"]),
        "year": (ledger["outcome_year"].astype("str"), ledger["target_year"].astype("str")),
        "period": ("only " + ledger["outcome_period"].str.replace("/", " to "), None),
        "scope": (
            ledger["outcome_scope_label"].fillna(NO_SCOPE),
            ledger["scope_label"].fillna(NO_SCOPE),
        ),
        "measure": (ledger["outcome_measure_label"], ledger["measure_label"]),
        "indicator": (ledger["outcome_indicator"].str.replace("_", " "), ledger["indicator_label"]),
        "unit": (ledger["outcome_unit"], ledger["unit"]),
        "per": (total, "per " + ledger["per"].astype("str")),
    }


def _finding(ledger: pd.DataFrame) -> pd.Categorical:
    """The recorded finding, unless the rows that it links don't bear it out."""
    recorded = ledger["recorded_finding"]
    claimed = recorded == "reported"
    unsupported = claimed & (ledger["differs"].notna() | ledger["outcome_value"].isna())
    finding = recorded.mask(unsupported, "related_figure").fillna("not_followed_up")
    return pd.Categorical(finding, categories=FINDINGS, ordered=True)


def _scaled(ledger: pd.DataFrame) -> pd.Series:
    """The reported value in the unit of the target (the two have one currency, or one unit)."""
    factor = money_units(ledger["outcome_unit"])["billions"] / ledger["_billions"]
    return ledger["outcome_value"] * factor.fillna(1.0)


def reached(ledger: pd.DataFrame) -> np.ndarray:
    """Whether the target was met for certain, missed for certain, or neither, given the hedges on both sides."""
    actual, target = _scaled(ledger), ledger["value"]
    hedge, aim = ledger["outcome_qualifier"], ledger["qualifier"].astype("str")
    margin = ABOUT_PCT / 100
    # A margin of "about" is used only against a figure that falls short: more than the target is enough.
    least = actual.mask(hedge == "about", actual * (1 - margin)).mask(hedge == "up_to", -np.inf)
    most = actual.mask(hedge == "about", actual * (1 + margin)).mask(hedge.isin(["over", "at_least"]), np.inf)
    must_exceed = (aim == "over") & (hedge != "over")
    needed_at_least = target.mask(aim == "about", target * (1 - margin))
    met = (least > target) | ((least == target) & ~must_exceed)
    missed = (most < needed_at_least) | ((most == needed_at_least) & (aim == "over"))
    return np.select([aim == "up_to", met, missed], ["unclear", "yes", "no"], "unclear")


def _share_of_target(ledger: pd.DataFrame) -> pd.Series:
    open_ended = ledger["outcome_qualifier"].isin(["over", "at_least", "up_to"])
    one_number = ledger["value_max"].isna() & (ledger["qualifier"] != "up_to") & ~open_ended
    return (_scaled(ledger) / ledger["value"].where(ledger["value"] > 0) * 100).where(one_number)
