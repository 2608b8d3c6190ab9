"""Published counts of policies against what these tables have under the same rule at the same date."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_dates, last_day, span
from ..tables.needs import expects
from ..tables.places import ancestors
from .filters import known_by

RULES = "policy_count_rules"
COLUMNS = [
    "outcome_id", "counted_by", "counted_from", "counted_to", "levels", "subject", "municipalities_as", "drafts",
    "unit_counted", "published_count", "qualifier", "ours_low", "ours_high", "missing_low", "missing_high",
    "share_low_pct", "share_high_pct", "comparison", "about", "source_ids",
]  # fmt: skip
# A rule that doesn't say these can't be applied.
NEEDED = {"counted_to": "the closing day", "levels": "the levels"}


def published_counts(ds: Dataset, *, as_of: Any = None) -> pd.DataFrame:
    """How many of the policies that others counted are in these tables, by the same rule at the same date?

    The rule of each count is a row of `policy_count_rules`. Where it leaves something open, or where a document
    has no date or only a month, the count here is a range: `ours_low` takes only what surely falls under the rule,
    `ours_high` all that may.

    - Government documents of a kind that is policy, issued, at the levels named, by the closing day. Announced ones,
      whose document nobody saw, are in the high count only.
    - subject: documents about the metaverse alone, or all in the table (any support); unknown: from one to the other
    - drafts: in, out, or in the high count only. Draft and final of one document count once.
    - municipalities (provinces whose Chinese name ends in 市) count as cities or as provinces; unknown: as either.
      Zones count as districts.
    - unit: the documents, or the places that have one

    Parameters
    ----------
    ds : the tables.
    as_of : what was known on that day (see `as_of`).

    Returns
    -------
    One row per published count that has a rule, by closing day, then by the published number:

    - `outcome_id`; the rule, as in the table policy_count_rules: `counted_by`, `counted_from`, `counted_to`, `levels`,
      `subject`, `municipalities_as`, `drafts`, `unit_counted`
    - `published_count` and its `qualifier`
    - `ours_low`, `ours_high`: counted here; missing where the rule can't be applied
    - `missing_low`, `missing_high`: published less ours; negative where there are more here
    - `share_low_pct`, `share_high_pct`: ours as a share of the published count
    - `comparison`: in words, also why a count can't be reproduced; `about`: what the schema is about, for titles
    - `source_ids`: of the published count

    Notes
    -----
    No page gives all the rows behind such a count, so an equal number needn't be the same documents.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.published_counts(ma.load()).set_index("outcome_id")
    >>> print(*found.loc["cn-2022-policy-count-18-policies", ["counted_by", "published_count"]])
    Zhanxin 18.0
    """
    expects(ds, Dataset, given_by="load", taker="published_counts")
    ds = known_by(ds, as_of)
    outcomes = ds.outcomes.set_index("outcome_id")
    rules = ds[RULES]
    rules = rules[rules["outcome_id"].isin(outcomes.index)].reset_index(drop=True)
    counted = outcomes.loc[rules["outcome_id"]].reset_index(drop=True)
    documents = _documents(ds)
    above = ancestors(ds.places)
    inside = {
        place: above["place_id"][above["ancestor_id"] == place] for place in counted["place_id"].unique()
    }
    ours = [
        _count(documents[documents["place_id"].isin(inside[place])], rule)
        for rule, place in zip(_records(rules), counted["place_id"], strict=True)
    ]
    found = rules.assign(
        published_count=counted["value"], qualifier=counted["qualifier"], source_ids=counted["source_ids"]
    )
    found[["ours_low", "ours_high"]] = pd.DataFrame(
        ours, columns=["low", "high"], index=found.index, dtype="Int64"
    )
    found["missing_low"] = found["published_count"] - found["ours_high"]
    found["missing_high"] = found["published_count"] - found["ours_low"]
    found["share_low_pct"] = 100 * found["ours_low"] / found["published_count"]
    found["share_high_pct"] = 100 * found["ours_high"] / found["published_count"]
    number = ["missing_low", "missing_high", "share_low_pct", "share_high_pct"]
    found[number] = found[number].astype("float64")
    found["about"] = ds.schema.subject
    found["comparison"] = pd.Series([_words(row) for row in _records(found)], dtype="str")
    day = last_day(found["counted_to"])
    order = found.assign(_day=day).sort_values(["_day", "published_count", "outcome_id"], na_position="last")
    return order[COLUMNS].reset_index(drop=True)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with their filled cells only."""
    columns = [str(column) for column in frame]
    return [
        {name: value for name, value in zip(columns, row, strict=True) if pd.notna(value)}
        for row in frame.itertuples(index=False, name=None)
    ]


def _documents(ds: Dataset) -> pd.DataFrame:
    """Government documents of a kind that is policy, with the level of their place and the days they may be of."""
    kinds = [
        code
        for code, about in ds.schema.codes("policy_documents", "doc_type").items()
        if about.get("is_policy")
    ]
    issuers = ds.schema.codes("policy_documents", "issuer_kind")
    private = [code for code, about in issuers.items() if not about.get("is_policy", True)]
    documents = ds.policy_documents
    documents = documents[documents["doc_type"].isin(kinds) & ~documents["issuer_kind"].isin(private)]
    places = ds.places.set_index("place_id")
    level = documents["place_id"].map(places["level"].astype("str")).astype("str")
    level = level.replace({"zone": "district"})
    chinese = documents["place_id"].map(places["name_zh"]).astype("str")
    is_shi = chinese.str.endswith("市").fillna(False).astype(bool)
    dates = document_dates(ds.policy_documents).loc[documents.index]
    return documents.assign(
        level=level,
        municipal=is_shi & (level == "province"),
        first=dates["first_day"],
        last=dates["last_day"],
    )


Flags = tuple[pd.Series, pd.Series]  # surely under the rule; perhaps


def _count(documents: pd.DataFrame, rule: dict[str, Any]) -> tuple[Any, Any]:
    """How many documents (or places) surely, and at most, fall under a rule; missing where it can't be applied."""
    if any(column not in rule for column in NEEDED):
        return pd.NA, pd.NA
    parts = [part(documents, rule) for part in (_in_time, _at_level, _on_subject, _at_stage)]
    unit = "place_id" if rule.get("unit_counted") == "places" else "family_id"
    low, high = (np.logical_and.reduce([part[which] for part in parts]) for which in (0, 1))
    return documents.loc[low, unit].nunique(), documents.loc[high, unit].nunique()


def _in_time(documents: pd.DataFrame, rule: dict[str, Any]) -> Flags:
    end = span(rule["counted_to"])
    sure, may = documents["last"] <= pd.Timestamp(end.first), documents["first"] <= pd.Timestamp(end.last)
    if "counted_from" in rule:
        start = span(rule["counted_from"])
        sure &= documents["first"] >= pd.Timestamp(start.last)
        may &= documents["last"] >= pd.Timestamp(start.first)
    return sure, may | documents["first"].isna()


def _at_level(documents: pd.DataFrame, rule: dict[str, Any]) -> Flags:
    levels = rule["levels"].split(";")
    plain = documents["level"].isin(levels)
    reading = rule.get("municipalities_as", "unknown")
    as_read = (
        {reading in levels} if reading in ("city", "province") else {"city" in levels, "province" in levels}
    )
    return plain.mask(documents["municipal"], all(as_read)), plain.mask(documents["municipal"], any(as_read))


def _on_subject(documents: pd.DataFrame, rule: dict[str, Any]) -> Flags:
    own = documents["is_metaverse_specific"].fillna(False).astype(bool)
    every = pd.Series(True, index=documents.index)
    subject = rule.get("subject", "unknown")
    return every if subject == "any_support" else own, own if subject == "metaverse_specific" else every


def _at_stage(documents: pd.DataFrame, rule: dict[str, Any]) -> Flags:
    draft, issued = documents["status"] == "draft", documents["status"] == "issued"
    drafts = rule.get("drafts", "unknown")
    return issued | (draft & (drafts == "in")), ~draft | (drafts != "out")


def _words(row: dict[str, Any]) -> str:
    if "ours_low" not in row:
        unsaid = " and ".join(words for column, words in NEEDED.items() if column not in row)
        return f"can't be reproduced: its rule doesn't say {unsaid}"
    low, high, published = int(row["ours_low"]), int(row["ours_high"]), row["published_count"]
    ours = str(low) if low == high else f"{low} to {high}"
    if high < published:
        return f"{published:g} published, {ours} here: at least {published - high:g} are missing here"
    if low > published:
        return f"{published:g} published, {ours} here: at least {low - published:g} more than were counted"
    return f"{published:g} published, {ours} here: the published number lies in that range"
