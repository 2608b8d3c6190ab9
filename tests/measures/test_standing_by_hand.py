"""Targets without a year or a measure: of one place they are one thing, of two places two."""

import pandas as pd
import pytest
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, TARGET, load_rows

import metaverse_analysis as ma
from metaverse_analysis.measures.standing import reason_words, reasons, replaced_by

DRAFT = DOCUMENT | {
    "document_id": "d0", "family_id": "f", "status": "draft", "issued_date": "", "consultation_date": "2023-01-05",
}  # fmt: skip
FINAL = DOCUMENT | {"document_id": "d2", "family_id": "f", "issued_date": "2024-04"}


@pytest.fixture
def table(tmp_path):
    def make(*rows: dict) -> pd.DataFrame:
        aims = [TARGET | {"target_id": f"t{i}", "target_year": ""} | row for i, row in enumerate(rows)]
        folder = {
            "places": [CHINA, PROVINCE, CITY],
            "policy_documents": [DOCUMENT, DRAFT, FINAL],
            "regional_targets": aims,
        }
        return ma.market_targets(load_rows(tmp_path / "a", folder)).sort_values("target_id")

    return make


def said(targets: pd.DataFrame) -> list[str | None]:
    return [None if pd.isna(why) else why for why in reason_words(reasons(targets))]


def test_places_without_a_year_do_not_stand_in_each_other_s_way(table):
    targets = table(
        {"value": "5"}, {"place_id": "CN-AA-b", "value": "6"}, {"scope": "metaverse_core", "value": "7"}
    )
    assert said(targets) == [None, None, None]


def test_of_one_place_and_no_year_one_stands(table):
    targets = table({"value": "6"}, {"value": "5"}, {"target_year": "2025"})
    assert said(targets) == ["the place has t1: of two amounts of one date the smaller counts", None, None]
    assert reasons(targets).dtypes.astype("str").to_dict() == {"reason_code": "str", "reason_of": "str"}
    assert reasons(targets).iloc[0].tolist() == ["larger", "t1"]


def test_a_final_without_a_year_replaces_the_draft_of_its_place_only(table):
    targets = table(
        {"document_id": "d0"}, {"document_id": "d2"}, {"document_id": "d2", "place_id": "CN-AA-b"}
    )
    assert replaced_by(targets).fillna("-").tolist() == ["t1", "-", "-"]
    other = table({"document_id": "d0"}, {"document_id": "d2", "place_id": "CN-AA-b"})
    assert replaced_by(other).isna().all() and said(other) == [None, None]


def test_a_draft_its_final_and_no_rows_at_all(table):
    targets = table(
        {"document_id": "d0", "target_year": "2025"}, {"document_id": "d2", "target_year": "2025"}
    )
    assert said(targets) == ["a draft, replaced by the final t1", None]
    none = replaced_by(targets.iloc[:0])
    assert none.empty and str(none.dtype) == "str"


def test_every_draft_is_left_out_wherever_it_stands(table):
    draft = {"document_id": "d0"}
    targets = table({"value": "7"}, draft | {"place_id": "CN-AA-b"}, draft | {"place_id": "CN"})
    out = "a draft, and drafts are left out"
    assert [None if pd.isna(why) else why for why in reason_words(reasons(targets, drafts=False))] == [
        None,
        out,
        out,
    ]
    assert said(targets) == [None, None, None]
