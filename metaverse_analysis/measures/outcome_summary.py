"""Of how many targets whose year has passed is the outcome known?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import expects
from .due_targets import REPEATS, in_words
from .filters import Names, Years
from .ids import every_id
from .outcomes import FINDINGS, KINDS, outcome_ledger

_SUMMARY = [
    "target_kind", "target_kind_label", "finding", "finding_label", "targets", "share_pct", "targets_on_subject",
    "repeats", "targets_left_out", "which", "source_ids",
]  # fmt: skip


def outcome_summary(
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
) -> pd.DataFrame:
    """Of how many targets whose year has passed is the outcome known?

    Parameters
    ----------
    ds : the tables.
    today : as for `outcome_ledger`.
    place, inside, scope, year, level, country, as_of : filters on the targets that are counted, as in `market_targets`.

    Returns
    -------
    One row per `target_kind` of target (market_size, other_money, count) and `finding`, zeros included, in that order.
    Each target counts once, under its best finding. One that repeats another doesn't count, nor what no document set,
    a draft whose final was issued, and money of the document's own year (`left_out` of the ledger has the reasons).

    - `target_kind`, `target_kind_label`, `finding`, `finding_label`
    - `targets`, `share_pct` (of the kind's targets); `targets_on_subject`: how many of them documents on the subject
      itself set
    - `repeats`: how many more there are that repeat another; `targets_left_out`: how many more are left out for another
      reason
    - `which`: the targets that count in words ("Jiangxi's VR/XR revenue, 2021 and 2022", joined by ";")
    - `source_ids` of these and of what was found on them

    Raises
    ------
    ValueError
        If `today` is not a full day.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> summary = ma.outcome_summary(ma.load(), today="2026-11-23")
    >>> summary.groupby("finding", observed=False)["targets"].sum().idxmax()
    'not_found'
    """
    expects(ds, Dataset, given_by="load", taker="outcome_summary")
    ledger = outcome_ledger(
        ds, today=today, place=place, inside=inside, scope=scope, year=year, level=level, country=country,
        as_of=as_of,
    )  # fmt: skip
    best = ledger.drop_duplicates("target_id")
    counts, repeats = best["left_out"].isna(), best["left_out"] == REPEATS
    flags = {"targets": counts, "targets_on_subject": counts & best["on_subject"], "repeats": repeats}
    flags["targets_left_out"] = ~counts & ~repeats
    grid = pd.MultiIndex.from_product([list(KINDS), FINDINGS], names=["target_kind", "finding"])
    keys = [best["target_kind"].astype("str"), best["finding"].astype("str")]
    counted = best.assign(**flags).groupby(keys)[[*flags]].sum()
    of_several = ledger[ledger["target_id"].duplicated(keep=False)].groupby("target_id")["source_ids"]
    of_target = best["target_id"].map(of_several.agg(every_id)).astype("str").fillna(best["source_ids"])
    pages = of_target[counts].groupby([key[counts] for key in keys]).agg(every_id).rename("source_ids")
    summary = counted.reindex(grid, fill_value=0).astype("int64").reset_index()
    whole = summary.groupby("target_kind")["targets"].transform("sum")
    summary["share_pct"] = (summary["targets"] / whole.where(whole > 0)) * 100
    told = in_words(ds, best[counts].sort_values(["target_year", "target_id"]))
    which = (
        told.groupby([key[counts] for key in keys])
        .agg(lambda said: "; ".join(said.dropna().unique()))
        .rename("which")
    )
    summary = summary.join(which, on=["target_kind", "finding"]).join(pages, on=["target_kind", "finding"])
    summary = summary.astype({"which": "str", "source_ids": "str"})
    summary["finding"] = pd.Categorical(summary["finding"], categories=FINDINGS, ordered=True)
    summary["finding_label"] = ds.schema.labels("target_followups", "finding", summary["finding"])
    summary["target_kind_label"] = summary["target_kind"].map(KINDS)
    return summary[_SUMMARY]
