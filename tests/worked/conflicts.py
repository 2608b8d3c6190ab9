"""Findings of every rule, and judgements that fit them, fit some of them, or fit none."""

from unittest.mock import patch

import pandas as pd

import metaverse_analysis as ma
from metaverse_analysis.measures import conflicts

FOUND = [
    ("scope_reading", "t5;t6"),
    ("two_values", "t1;t2"),
    ("two_dates", "d1"),
    ("two_values", "o1;o2;o3"),
    ("count_break", "o4;o5;o6"),
    ("two_values", "o7;o8;o9"),
    ("zeal", "x"),
    ("two_dates", "d2"),
    ("anger", "y"),
]


def judgement(name: str, rule: str, subjects: str, decision: str = "decided", **more: str) -> dict[str, str]:
    return {
        "adjudication_id": name, "rule": rule, "subject_ids": subjects, "question": f"Asked in {name}",
        "decision": decision, "reason": f"Because of {name}", "decided_on": "2026-11-01", "source_ids": "s1",
    } | more  # fmt: skip


JUDGED = [
    judgement("other-one", "other", "d1"),  # one row, and another rule: no match
    judgement("same-rule", "two_values", "t2;t1", chosen_id="t1"),
    judgement("two-of-three", "draft_or_final", "o1;o3"),
    judgement("of-the-rule", "two_values", "o3;o2"),  # before all three by another rule
    judgement("all-three", "draft_or_final", "o1;o2;o3"),
    judgement("dated", "two_dates", "d9;d1", decision="open"),
    judgement("two-of-them", "other", "o4;o5"),
    judgement("all-of-them", "other", "o6;o5;o4"),
    judgement("one-of-them", "count_break", "o4;t9"),  # one row of several: no match
    judgement("first", "two_values", "o7;o8"),
    judgement("second", "two_values", "o8;o9"),
]


def found(*pairs: tuple[str, str]) -> pd.DataFrame:
    rows = [(rule, ids, f"About {ids}", f"{ids} differ") for rule, ids in pairs]
    return pd.DataFrame(rows, columns=["rule", "subject_ids", "question", "values"], dtype="str")


def with_judgements(ds: ma.Dataset, judgements: list[dict[str, str]]) -> ma.Dataset:
    empty = ds.adjudications.iloc[:0]
    rows = pd.DataFrame(judgements, columns=empty.columns).astype(empty.dtypes.to_dict())
    return ds.with_tables(adjudications=rows)


def judged(ds: ma.Dataset) -> pd.DataFrame:
    with patch.object(conflicts, "findings", lambda ds: found(*FOUND)):
        return ma.conflicts(with_judgements(ds, JUDGED))


FOLDER = {}
CASES = {"conflicts/judged": judged}
