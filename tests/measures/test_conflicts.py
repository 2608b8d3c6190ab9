"""Findings and the judgements on them: every cell of the table, worked by hand on findings that are made up."""

import pandas as pd
import pytest
from worked.conflicts import FOUND, JUDGED, found, judgement, with_judgements

import metaverse_analysis as ma
from metaverse_analysis.measures import conflicts

TEXTS = [
    "subject_ids",
    "question",
    "values",
    "decision",
    "chosen_id",
    "reason",
    "adjudication_id",
    "found_by",
]


@pytest.fixture(scope="module")
def folder(worked) -> ma.Dataset:
    return worked("conflicts")


@pytest.fixture
def judged(folder, monkeypatch):
    def table(findings: pd.DataFrame, judgements: list[dict[str, str]]) -> pd.DataFrame:
        monkeypatch.setattr(conflicts, "findings", lambda ds: findings)
        return ma.conflicts(with_judgements(folder, judgements))

    return table


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


def test_of_judgements_that_fit_alike_the_first_by_its_id_holds(judged):
    names = [f"j{99 - number}" for number in range(60)]
    table = judged(found(("two_dates", "d1")), [judgement(name, "two_dates", "d1") for name in names])
    assert table.adjudication_id.tolist() == ["j40", *names[:-1]]
    assert table.found_by.tolist() == ["rule"] + ["reading"] * 59
