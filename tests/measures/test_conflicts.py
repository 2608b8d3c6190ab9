"""Findings and the judgements on them: every cell of the table, worked by hand on findings that are made up."""

import pandas as pd
import pytest
from tiny import load_rows, plain

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
OPEN = "found by the rule and not judged yet"
TEXTS = ["subject_ids", "what", "values", "decision", "chosen_id", "reason", "adjudication_id", "found_by"]


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
    return pd.DataFrame(rows, columns=["rule", "subject_ids", "what", "values"], dtype="str")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("judged") / "tables")


@pytest.fixture
def judged(folder, monkeypatch):
    def table(findings: pd.DataFrame, judgements: list[dict[str, str]]) -> pd.DataFrame:
        monkeypatch.setattr(conflicts, "findings", lambda ds: findings)
        empty = folder.adjudications.iloc[:0]
        rows = pd.DataFrame(judgements, columns=empty.columns).astype(empty.dtypes.to_dict())
        return ma.conflicts(folder.with_tables(adjudications=rows))

    return table


def test_every_column(judged):
    table = judged(found(*FOUND), JUDGED)
    assert table.index.tolist() == list(range(15))
    rows = [
        ("two_values", "t1;t2", "same-rule"),
        ("two_values", "o1;o2;o3", "of-the-rule"),
        ("two_values", "o7;o8;o9", "first"),
        ("two_values", "o8;o9", "second"),
        ("two_dates", "d1", "dated"),
        ("two_dates", "d2", None),
        ("count_break", "o4;o5;o6", "all-of-them"),
        ("count_break", "o4;t9", "one-of-them"),
        ("draft_or_final", "o1;o3", "two-of-three"),
        ("draft_or_final", "o1;o2;o3", "all-three"),
        ("scope_reading", "t5;t6", None),
        ("other", "d1", "other-one"),
        ("other", "o4;o5", "two-of-them"),
        ("anger", "y", None),
        ("zeal", "x", None),
    ]
    only_judged = ["second", "one-of-them", "two-of-three", "all-three", "other-one", "two-of-them"]
    assert plain(table) == {
        "rule": [rule for rule, _, _ in rows],
        "subject_ids": [ids for _, ids, _ in rows],
        "what": [f"Asked in {name}" if name in only_judged else f"About {ids}" for _, ids, name in rows],
        "values": [None if name in only_judged else f"{ids} differ" for _, ids, name in rows],
        "decision": ["open" if name in (None, "dated") else "decided" for _, _, name in rows],
        "chosen_id": ["t1"] + [None] * 14,
        "reason": [OPEN if name is None else f"Because of {name}" for _, _, name in rows],
        "adjudication_id": [name for _, _, name in rows],
        "found_by": ["reading" if name in only_judged else "rule" for _, _, name in rows],
    }
    assert list(table) == ["rule", *TEXTS]


def test_rules_are_in_the_schema_s_order_and_others_after_them(judged, folder):
    table = judged(found(*FOUND), JUDGED)
    assert table.rule.cat.ordered
    codes = list(folder.schema.codes("adjudications", "rule"))
    assert table.rule.cat.categories.tolist() == [*codes, "anger", "zeal"]


@pytest.mark.parametrize(
    ("findings", "judgements"), [(found(), JUDGED[:1]), (found(FOUND[0]), []), (found(), [])]
)
def test_types_are_the_same_without_findings_and_without_judgements(judged, findings, judgements):
    table = judged(findings, judgements)
    assert len(table) == len(findings) + len(judgements)
    assert table.rule.cat.ordered
    assert table[TEXTS].dtypes.astype(str).to_dict() == dict.fromkeys(TEXTS, "str")


def test_findings_of_one_rule_keep_their_order(judged):
    ids = [f"d{99 - number}" for number in range(60)]
    table = judged(found(*(("two_dates", id) for id in ids)), [])
    assert table.subject_ids.tolist() == ids


def test_of_judgements_that_fit_alike_the_first_holds(judged):
    names = [f"j{99 - number}" for number in range(60)]
    table = judged(found(("two_dates", "d1")), [judgement(name, "two_dates", "d1") for name in names])
    assert table.adjudication_id.tolist() == names
    assert table.found_by.tolist() == ["rule"] + ["reading"] * 59
