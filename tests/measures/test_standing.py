"""Which target stands: each step's reason in full, on some of the rows of a table, without a year or a measure."""

import pandas as pd
import pytest
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, TARGET, load_rows

import metaverse_analysis as ma
from metaverse_analysis.measures.standing import because, reason_words, reasons, replaced_by, standing

DRAFT = DOCUMENT | {
    "document_id": "d0", "family_id": "f", "status": "draft", "issued_date": "", "consultation_date": "2023-01-05",
}  # fmt: skip
FIRST = DOCUMENT | {"document_id": "d8", "family_id": "f", "issued_date": "2023-04"}
SECOND = DOCUMENT | {"document_id": "d2", "family_id": "f", "issued_date": "2024-04"}
ANNOUNCED = DOCUMENT | {
    "document_id": "d4",
    "family_id": "g",
    "status": "announced",
    "issued_date": "2025-01",
}
UNDATED = DOCUMENT | {"document_id": "d5", "family_id": "h", "issued_date": ""}


@pytest.fixture
def table(tmp_path):
    def make(*rows: dict) -> pd.DataFrame:
        full = [TARGET | {"target_id": f"t{i}"} | row for i, row in enumerate(rows)]
        folder = {
            "places": [CHINA, PROVINCE, CITY],
            "policy_documents": [DOCUMENT, DRAFT, FIRST, SECOND, ANNOUNCED, UNDATED],
            "regional_targets": full,
        }
        return ma.market_targets(load_rows(tmp_path / "a", folder))

    return make


def said(targets, **options):
    found = reason_words(reasons(targets, **options))
    return {key: None if pd.isna(why) else why for key, why in zip(targets.target_id, found, strict=True)}


def test_every_step_gives_its_reason_in_full(table):
    targets = table(
        {"document_id": "d0", "value": "5"},
        {"document_id": "d2", "value": "6"},
        {"basis": "park_aim", "place_id": "CN-AA-b"},
        {"per": "project", "place_id": "CN-AA-b"},
        {"place_id": "CN-AA-b", "scope": "metaverse_core", "repeats_target_id": "t1"},
        {"document_id": "d4", "value": "7"},
        {"document_id": "d5", "value": "8"},
        {"value": "9", "per": "year"},
        {"document_id": "d8", "value": "6.5"},
    )
    assert said(targets) == {
        "t0": "a draft, replaced by the final t1",
        "t1": None,
        "t2": "not set by a document: park aim",
        "t3": "not a total: the amount is per project",
        "t4": "repeats t1, the same money",
        "t5": "the place has t1: a document that is issued goes before one that is announced, and that before a draft",
        "t6": "the place has t1: the document is undated, the other is not",
        "t7": "the place has t1: the later document goes before the earlier",
        "t8": "the place has t1: the later document goes before the earlier",
    }
    assert standing(targets).target_id.tolist() == ["t1"]


def test_some_rows_in_another_order_keep_their_reasons(table):
    targets = table(
        {"document_id": "d0"}, {"place_id": "CN-AA-b", "value": "3"}, {"value": "2", "basis": "forecast"}
    )
    some = targets[::-1][1:]
    assert said(some, drafts=False) == {
        "t1": None,
        "t0": "a draft, and drafts are left out",
    }
    assert some.index.tolist() == reasons(some, drafts=False).index.tolist()


def test_the_latest_final_replaces_the_draft_whatever_its_id(table):
    targets = table(
        {"document_id": "d0"},
        {"document_id": "d2", "target_id": "a"},
        {"document_id": "d8", "target_id": "z"},
    )
    found = dict(zip(targets.target_id, replaced_by(targets), strict=True))
    assert found["t0"] == "a" and pd.isna([found["a"], found["z"]]).all()


def test_a_dated_final_replaces_before_an_undated_one(table):
    targets = table(
        {"document_id": "d0"},
        {"document_id": "d8", "target_id": "a"},
        {"document_id": "d8", "target_id": "z"},
    )
    undated = targets.assign(document_date=targets.document_date.where(targets.target_id != "z"))
    assert replaced_by(undated)[undated.target_id == "t0"].tolist() == ["a"]


@pytest.mark.parametrize(
    "final",
    [
        {"scope": "metaverse_core"},
        {"measure": "revenue"},
        {"target_year": "2026"},
        {"place_id": "CN-AA-b"},
        {"document_id": "d1"},
        {"basis": "forecast"},
        {"document_id": "d0"},
    ],
)
def test_only_a_final_of_the_family_that_sets_the_same_thing_replaces(table, final):
    targets = table({"document_id": "d0"}, {"document_id": "d2"} | final)
    assert replaced_by(targets).isna().all()


def test_an_announcement_is_replaced_and_named_so(table):
    later = {"document_id": "d4"}
    targets = table(later, {"document_id": "d2"})
    family = targets.assign(family_id="f")
    family["replaced_by"] = replaced_by(family)
    assert said(family)["t0"] == "an announcement, replaced by the final t1"


def test_the_first_of_several_repeats_counts_for_a_figure_that_is_gone(table):
    targets = table(
        {"basis": "forecast"},
        {"place_id": "CN-AA-b", "repeats_target_id": "t0"},
        {"place_id": "CN", "repeats_target_id": "t0"},
        {"place_id": "CN", "scope": "metaverse_core", "repeats_target_id": "t0"},
    )
    found = said(targets)
    kept = [key for key, why in found.items() if why is None]
    assert len(kept) == 1 and {why for key, why in found.items() if key not in (*kept, "t0")} == {
        "repeats t0, the same money"
    }


def test_the_callers_step_comes_first(table):
    targets = table({"value": "1"}, {"value": "2"})
    before = lambda rows, reason: because(rows, rows["target_id"] == "t0", "not_yuan", "KRW")  # noqa: E731
    assert said(targets, before=before) == {
        "t0": "in KRW: amounts in another currency are not added to yuan",
        "t1": None,
    }


FINAL = DOCUMENT | {"document_id": "d2", "family_id": "f", "issued_date": "2024-04"}


@pytest.fixture
def dated(tmp_path):
    def make(*rows: dict) -> pd.DataFrame:
        aims = [TARGET | {"target_id": f"t{i}", "target_year": ""} | row for i, row in enumerate(rows)]
        folder = {
            "places": [CHINA, PROVINCE, CITY],
            "policy_documents": [DOCUMENT, DRAFT, FINAL],
            "regional_targets": aims,
        }
        return ma.market_targets(load_rows(tmp_path / "a", folder)).sort_values("target_id")

    return make


def said_of(targets: pd.DataFrame) -> list[str | None]:
    return [None if pd.isna(why) else why for why in reason_words(reasons(targets))]


def test_places_without_a_year_do_not_stand_in_each_other_s_way(dated):
    targets = dated(
        {"value": "5"}, {"place_id": "CN-AA-b", "value": "6"}, {"scope": "metaverse_core", "value": "7"}
    )
    assert said_of(targets) == [None, None, None]


def test_of_one_place_and_no_year_one_stands(dated):
    targets = dated({"value": "6"}, {"value": "5"}, {"target_year": "2025"})
    assert said_of(targets) == ["the place has t1: of two amounts of one date the smaller counts", None, None]
    assert reasons(targets).dtypes.astype("str").to_dict() == {"reason_code": "str", "reason_of": "str"}
    assert reasons(targets).iloc[0].tolist() == ["larger", "t1"]


def test_a_final_without_a_year_replaces_the_draft_of_its_place_only(dated):
    targets = dated(
        {"document_id": "d0"}, {"document_id": "d2"}, {"document_id": "d2", "place_id": "CN-AA-b"}
    )
    assert replaced_by(targets).fillna("-").tolist() == ["t1", "-", "-"]
    other = dated({"document_id": "d0"}, {"document_id": "d2", "place_id": "CN-AA-b"})
    assert replaced_by(other).isna().all() and said_of(other) == [None, None]


def test_a_draft_its_final_and_no_rows_at_all(dated):
    targets = dated(
        {"document_id": "d0", "target_year": "2025"}, {"document_id": "d2", "target_year": "2025"}
    )
    assert said_of(targets) == ["a draft, replaced by the final t1", None]
    none = replaced_by(targets.iloc[:0])
    assert none.empty and str(none.dtype) == "str"


def test_every_draft_is_left_out_wherever_it_stands(dated):
    draft = {"document_id": "d0"}
    targets = dated({"value": "7"}, draft | {"place_id": "CN-AA-b"}, draft | {"place_id": "CN"})
    out = "a draft, and drafts are left out"
    assert [None if pd.isna(why) else why for why in reason_words(reasons(targets, drafts=False))] == [
        None,
        out,
        out,
    ]
    assert said_of(targets) == [None, None, None]
