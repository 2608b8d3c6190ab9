"""Which targets stand: one figure for each place, scope, measure and year; the others with the reason.

Of several figures for the same thing one counts. The steps, in this order, each looking only at what the
steps before have left:

1. a number that no document set (a park's own aim, a forecast, something already done) is out;
2. an amount per firm, per project or once is out: it is no total (per year is one);
3. a draft whose final sets the same thing is out;
4. drafts are out where the caller says so;
5. a figure that repeats another one (`repeats_target_id`) is out, also where the other goes under another
   scope: it is the same money. It stays where the one it repeats was taken out by steps 1, 2 or 4;
6. where a place still has several, an issued document goes before an announcement and that before a draft,
   then the later before the earlier, then the smaller before the larger amount.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..tables.dates import last_day
from ..tables.lookup import among, sorted_rows

SAME_THING = ["place_id", "scope", "measure", "target_year"]
_RANKS = {"draft": 0, "announced": 1}
_NAMES = {"draft": "a draft", "announced": "an announcement"}
_ISSUED = 2

Step = Callable[[pd.DataFrame, pd.Series], pd.Series]


def replaced_by(targets: pd.DataFrame) -> pd.Series:
    """Of each draft's market target, the one of the latest final in its family that sets the same thing.

    Funds and subsidies have no such pairs: one document sets several of them, and nothing tells which is which.
    """
    status = _rank(targets)
    draft = (status < _ISSUED) & targets.scope.notna()
    final = (status == _ISSUED) & _set_by_document(targets)
    redrafted = (
        among(targets.family_id, targets.family_id[draft].drop_duplicates()) | targets.family_id.isna()
    )
    rows = targets[redrafted & (draft | final)]
    kind = rows.groupby(["family_id", *SAME_THING], dropna=False, observed=True, sort=False).ngroup()
    final, draft = final[rows.index], draft[rows.index]
    ranked = rows.loc[final, ["target_id"]].assign(kind=kind, day=last_day(rows.document_date))
    ranked = ranked[ranked.kind.isin(kind[draft].unique())]
    ranked = ranked.sort_values(["day", "target_id"], na_position="first")
    latest = ranked.drop_duplicates("kind", keep="last").set_index("kind").target_id
    found = latest.reindex(kind[draft]).set_axis(kind.index[draft])
    return found.reindex(targets.index).astype("str")


def reasons(targets: pd.DataFrame, *, drafts: bool = True, before: Step | None = None) -> pd.Series:
    """Why each row of `market_targets` doesn't stand; missing where it does. `before` is the caller's first step."""
    steps: list[Step] = [_no_target, _no_total, _replaced, _repeats, _another]
    steps[3:3] = [] if drafts else [_draft]
    steps[:0] = [before] if before else []
    return apply(targets, steps)


def apply(targets: pd.DataFrame, steps: list[Step], found: pd.Series | None = None) -> pd.Series:
    """Run the steps one after another; each gives reasons to some of the rows that have none yet."""
    reason = pd.Series(np.nan, index=targets.index, dtype="str") if found is None else found
    for step in steps:
        reason = reason.fillna(step(targets, reason))
    return reason


def standing(targets: pd.DataFrame) -> pd.DataFrame:
    """The rows of `market_targets` that stand, drafts without a final among them."""
    return targets[reasons(targets).isna()]


def _rank(targets: pd.DataFrame) -> pd.Series:
    codes, values = pd.factorize(targets.status)
    ranks = np.array([_RANKS.get(value, _ISSUED) for value in values] + [_ISSUED])
    return pd.Series(ranks[codes], targets.index)


def _set_by_document(targets: pd.DataFrame) -> pd.Series:
    return targets.basis.isna() | (targets.basis == "document_target")


def _no_target(targets: pd.DataFrame, reason: pd.Series) -> pd.Series:
    kind = targets.basis.astype("str").str.replace("_", " ")
    return ("not set by a document: " + kind).mask(_set_by_document(targets))


def _no_total(targets: pd.DataFrame, reason: pd.Series) -> pd.Series:
    per = targets.per.astype("str")
    return ("not a total: the amount is per " + per).mask(per.isna() | (per == "year"))


def _replaced(targets: pd.DataFrame, reason: pd.Series) -> pd.Series:
    final = targets.replaced_by
    there = among(final, targets.target_id)
    return (targets.status.astype("str").map(_NAMES) + ", replaced by the final " + final).where(there)


def _draft(targets: pd.DataFrame, reason: pd.Series) -> pd.Series:
    return pd.Series("a draft, and drafts are left out", index=targets.index).where(targets.status == "draft")


def _repeats(targets: pd.DataFrame, reason: pd.Series) -> pd.Series:
    first = targets.repeats_target_id
    gone = reason.notna() & ~among(targets.replaced_by, targets.target_id)
    needed = among(first, targets.target_id[gone])
    # If several repeat a figure that is gone, the first of them counts.
    spare = needed & first.where(needed & reason.isna()).duplicated()
    return ("repeats " + first + ", the same money").where(first.notna() & (~needed | spare))


def _another(targets: pd.DataFrame, reason: pd.Series) -> pd.Series:
    """One figure for each place, scope, measure and year."""
    group = targets.groupby(SAME_THING, dropna=False, observed=True, sort=False).ngroup()
    rows = pd.DataFrame(
        {
            "group": group,
            "rank": _rank(targets),
            "day": last_day(targets.document_date),
            "amount": targets.amount_cny_bn.fillna(targets.amount),
            "target_id": targets.target_id,
        }
    )[reason.isna()]
    rows = rows[rows.group.duplicated(keep=False)]
    order = {"group": True, "rank": False, "day": False, "amount": True, "target_id": True}
    rows = rows.take(sorted_rows(rows, order))
    first = ~rows.group.duplicated().to_numpy()
    taken = rows.take(np.flatnonzero(first)[np.cumsum(first) - 1]).set_axis(rows.index)
    why = np.select(
        [
            taken["rank"] > rows["rank"],
            taken.day.notna() & rows.day.isna(),
            taken.day > rows.day,
            taken.amount == rows.amount,
        ],
        [
            "a document that is issued goes before one that is announced, and that before a draft",
            "the document is undated, the other is not",
            "the later document goes before the earlier",
            "the same amount twice",
        ],
        "of two amounts of one date the smaller counts",
    )
    said = "the place has " + taken.target_id + ": " + pd.Series(why, rows.index, dtype="str")
    return said.where(taken.target_id != rows.target_id).reindex(targets.index)
