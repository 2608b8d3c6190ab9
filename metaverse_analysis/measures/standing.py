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
from typing import Any

import numpy as np
import pandas as pd

from ..tables.dates import last_day
from ..tables.lookup import among, sorted_rows

SAME_THING = ["place_id", "scope", "measure", "target_year"]
# Why a row doesn't stand: the words for each code, with the other row, place, currency ... in braces, and what is said
# where that is left out (None: nothing can be).
REASONS: dict[str, tuple[str, str | None]] = {
    "not_yuan": ("in {of}: amounts in another currency are not added to yuan", None),
    "no_money": ("no amount of money", None),
    "no_target": ("not set by a document: {of}", None),
    "no_total": ("not a total: the amount is per {of}", None),
    "draft_replaced": ("a draft, replaced by the final {of}", "a draft, replaced by the final"),
    "announced_replaced": (
        "an announcement, replaced by the final {of}",
        "an announcement, replaced by the final",
    ),
    "draft": ("a draft, and drafts are left out", None),
    "repeats": ("repeats {of}, the same money", "repeats the same money"),
    "lower_status": (
        "the place has {of}: a document that is issued goes before one that is announced, and that before a draft",
        "a document that is issued goes before one that is announced, and that before a draft",
    ),
    "undated": (
        "the place has {of}: the document is undated, the other is not",
        "the document is undated, the other is not",
    ),
    "earlier": (
        "the place has {of}: the later document goes before the earlier",
        "the later document goes before the earlier",
    ),
    "twice": ("the place has {of}: the same amount twice", "the same amount twice"),
    "larger": (
        "the place has {of}: of two amounts of one date the smaller counts",
        "of two amounts of one date the smaller counts",
    ),
    "inside": ("inside {of}, which is in the sum", None),
}
_RANKS = {"draft": 0, "announced": 1}
_ISSUED = 2

Step = Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]


def replaced_by(targets: pd.DataFrame) -> pd.Series:
    """Of each draft's market target, the one of the latest final in its family that sets the same thing.

    Funds and subsidies have no such pairs: one document sets several of them, and nothing tells which is which.
    """
    status = _rank(targets)
    draft = (status < _ISSUED) & targets["scope"].notna()
    final = (status == _ISSUED) & _set_by_document(targets)
    redrafted = (
        among(targets["family_id"], targets["family_id"][draft].drop_duplicates())
        | targets["family_id"].isna()
    )
    rows = targets[redrafted & (draft | final)]
    kind = rows.groupby(["family_id", *SAME_THING], dropna=False, observed=True, sort=False).ngroup()
    final, draft = final[rows.index], draft[rows.index]
    ranked = rows.loc[final, ["target_id"]].assign(kind=kind, day=last_day(rows["document_date"]))
    ranked = ranked[ranked["kind"].isin(kind[draft].unique())]
    ranked = ranked.sort_values(["day", "target_id"], na_position="first")
    latest = ranked.drop_duplicates("kind", keep="last").set_index("kind")["target_id"]
    found = latest.reindex(kind[draft]).set_axis(kind.index[draft])
    return found.reindex(targets.index).astype("str")


def reasons(targets: pd.DataFrame, *, drafts: bool = True, before: Step | None = None) -> pd.DataFrame:
    """Why each row of `market_targets` doesn't stand: `reason_code`, one of REASONS, and `reason_of`, the other target
    (or the basis, what the amount is per ...). Both are missing where it stands.

    Parameters
    ----------
    targets : what `market_targets` gives, or some of its rows.
    drafts : whether a draft that no final replaces stands.
    before : the caller's own first step.
    """
    steps: list[Step] = [_no_target, _no_total, _replaced, _repeats, _another]
    steps[3:3] = [] if drafts else [_draft]
    steps[:0] = [before] if before else []
    return apply(targets, steps)


def apply(targets: pd.DataFrame, steps: list[Step], found: pd.DataFrame | None = None) -> pd.DataFrame:
    """Run the steps one after another; each gives reasons to some of the rows that have none yet."""
    reason = because(targets, False, "") if found is None else found
    for step in steps:
        known, new = reason["reason_code"].notna(), step(targets, reason)
        reason = pd.DataFrame({name: reason[name].where(known, new[name]) for name in reason})
    return reason


def because(targets: pd.DataFrame, rows: Any, code: Any, of: Any = None) -> pd.DataFrame:
    """What a step gives: a code, and what it speaks of, for some rows; one for all or one for each."""
    columns = {"reason_code": code, "reason_of": of}
    values = {name: getattr(cells, "array", cells) for name, cells in columns.items()}
    there = np.broadcast_to(np.asarray(rows, dtype=bool), len(targets))
    return pd.DataFrame(values, index=targets.index).astype("str").where(np.column_stack([there, there]))


def reason_words(found: pd.DataFrame, *, others: bool = True) -> pd.Series:
    """Reasons in words, missing where there is none.

    Parameters
    ----------
    found : a table with `reason_code` and `reason_of`, as `reasons` gives it.
    others : whether the other target is named by its id.

    Examples
    --------
    >>> found = pd.DataFrame({"reason_code": ["repeats", None], "reason_of": ["t1", None]}, dtype="str")
    >>> reason_words(found)[0], reason_words(found, others=False)[0]
    ('repeats t1, the same money', 'repeats the same money')
    """
    said = [
        None if pd.isna(code) else _said(code, of, others)
        for code, of in zip(found["reason_code"], found["reason_of"], strict=True)
    ]
    return pd.Series(said, found.index, dtype="str")


def _said(code: str, of: Any, others: bool) -> str:
    words, alone = REASONS[code]
    return words.format(of=of) if others or alone is None else alone


def standing(targets: pd.DataFrame) -> pd.DataFrame:
    """The rows of `market_targets` that stand, drafts without a final among them."""
    return targets[reasons(targets)["reason_code"].isna()]


def _rank(targets: pd.DataFrame) -> pd.Series:
    codes, values = pd.factorize(targets["status"])
    ranks = np.array([_RANKS.get(value, _ISSUED) for value in values] + [_ISSUED])
    return pd.Series(ranks[codes], targets.index)


def _set_by_document(targets: pd.DataFrame) -> pd.Series:
    return targets["basis"].isna() | (targets["basis"] == "document_target")


def _no_target(targets: pd.DataFrame, reason: pd.DataFrame) -> pd.DataFrame:
    kind = targets["basis"].astype("str").str.replace("_", " ")
    return because(targets, ~_set_by_document(targets), "no_target", kind)


def _no_total(targets: pd.DataFrame, reason: pd.DataFrame) -> pd.DataFrame:
    per = targets["per"].astype("str")
    return because(targets, per.notna() & (per != "year"), "no_total", per)


def _replaced(targets: pd.DataFrame, reason: pd.DataFrame) -> pd.DataFrame:
    final, status = targets["replaced_by"], targets["status"].astype("str")
    there = among(final, targets["target_id"]) & status.isin(_RANKS)
    return because(targets, there, status + "_replaced", final)


def _draft(targets: pd.DataFrame, reason: pd.DataFrame) -> pd.DataFrame:
    return because(targets, targets["status"] == "draft", "draft")


def _repeats(targets: pd.DataFrame, reason: pd.DataFrame) -> pd.DataFrame:
    first, none = targets["repeats_target_id"], reason["reason_code"].isna()
    gone = ~none & ~among(targets["replaced_by"], targets["target_id"])
    needed = among(first, targets["target_id"][gone])
    # If several repeat a figure that is gone, the first of them counts, in the order of `market_targets`.
    order = sorted_rows(targets, {"scope": True, "amount_cny_bn": False, "target_id": True})
    spare = np.zeros(len(targets), dtype=bool)
    spare[order] = first.where(needed & none).take(order).duplicated()
    return because(targets, first.notna() & (~needed | spare), "repeats", first)


def _another(targets: pd.DataFrame, reason: pd.DataFrame) -> pd.DataFrame:
    """One figure for each place, scope, measure and year."""
    group = targets.groupby(SAME_THING, dropna=False, observed=True, sort=False).ngroup()
    rows = pd.DataFrame(
        {
            "group": group,
            "rank": _rank(targets),
            "day": last_day(targets["document_date"]),
            "amount": targets["amount_cny_bn"].fillna(targets["amount"]),
            "target_id": targets["target_id"],
        }
    )[reason["reason_code"].isna()]
    rows = rows[rows["group"].duplicated(keep=False)]
    order = {"group": True, "rank": False, "day": False, "amount": True, "target_id": True}
    rows = rows.take(sorted_rows(rows, order))
    first = ~rows["group"].duplicated().to_numpy()
    taken = rows.take(np.flatnonzero(first)[np.cumsum(first) - 1]).set_axis(rows.index)
    cases = {
        "lower_status": taken["rank"] > rows["rank"],
        "undated": taken["day"].notna() & rows["day"].isna(),
        "earlier": taken["day"] > rows["day"],
        "twice": taken["amount"] == rows["amount"],
    }
    why = because(rows, ~first, np.select([*cases.values()], [*cases], "larger"), taken["target_id"])
    return why.reindex(targets.index)
