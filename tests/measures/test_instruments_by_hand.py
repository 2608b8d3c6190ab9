"""Instruments: every column of every table, worked by hand on five documents."""

import pandas as pd
import pytest
from made_up_policies import document, made_up, use
from tiny import plain

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def ds() -> ma.Dataset:
    documents = [
        document("cn-plan", "2023-09-08", place_id="CN"),
        document("a-draft", "2023-08-16", status="draft", place_id="CN-SC-chengdu"),
        document("a", "2023-09", place_id="CN-SC-chengdu"),
        document("b", "2022-07-08", place_id="CN-SD"),
        document("k", None, place_id="KR-11"),
    ]
    uses = [
        use("subsidy", "a-draft"),
        use("subsidy", "a", stance="regulate"),
        use("fund", "a"),
        use("subsidy", "b", source_ids="s1;s2"),
        use("subsidy", "b", instrument_id="b--subsidy--2", stance="restrict"),
        use("talent", "b", dropped=True, stance=None),
        use("standards", "cn-plan"),
        use("talent", "k"),
    ]
    return made_up(policy_documents=documents, policy_instruments=uses)


def used(matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix without the instruments that nobody uses."""
    return matrix.loc[:, (matrix != 0).any()]


def test_every_column_of_the_details(ds):
    table = ma.instrument_details(ds)
    assert table.index.tolist() == list(range(7))
    assert plain(table) == {
        "instrument_id": [
            "a-draft--subsidy",
            "a--subsidy",
            "a--fund",
            "b--subsidy",
            "b--subsidy--2",
            "cn-plan--standards",
            "k--talent",
        ],
        "place_id": ["CN-SC-chengdu", "CN-SC-chengdu", "CN-SC-chengdu", "CN-SD", "CN-SD", "CN", "KR-11"],
        "place": ["Chengdu", "Chengdu", "Chengdu", "Shandong", "Shandong", "China", "Seoul"],
        "level": ["city", "city", "city", "province", "province", "country", "province"],
        "document_id": ["a-draft", "a", "a", "b", "b", "cn-plan", "k"],
        "family_id": ["a", "a", "a", "b", "b", "cn-plan", "k"],
        "title": ["Plan a-draft", "Plan a", "Plan a", "Plan b", "Plan b", "Plan cn-plan", "Plan k"],
        "status": ["draft", "issued", "issued", "issued", "issued", "issued", "issued"],
        "is_metaverse_specific": [True] * 7,
        "instrument": ["subsidy", "subsidy", "fund", "subsidy", "subsidy", "standards", "talent"],
        "instrument_label": [
            "subsidies",
            "subsidies",
            "funds",
            "subsidies",
            "subsidies",
            "standards",
            "talent",
        ],
        "kind": ["instrument"] * 7,
        "group": ["money", "money", "money", "money", "money", "rules", "firms_and_people"],
        "group_label": ["money", "money", "money", "money", "money", "rules", "firms and people"],
        "stance": ["promote", "regulate", "promote", "promote", "restrict", "promote", "promote"],
        "detail": [
            "on subsidy",
            "on subsidy",
            "on fund",
            "on subsidy",
            "on subsidy",
            "on standards",
            "on talent",
        ],
        "source_ids": [
            "some-source",
            "some-source",
            "some-source",
            "s1;s2",
            "some-source",
            "some-source",
            "some-source",
        ],
    }


def test_every_column_of_the_details_of_one_country_rolled_up(ds):
    table = ma.instrument_details(ds, level="province", country="CN", roll_up=True)
    assert table.index.tolist() == list(range(5))
    assert plain(table) == {
        "instrument_id": ["a-draft--subsidy", "a--subsidy", "a--fund", "b--subsidy", "b--subsidy--2"],
        "place_id": ["CN-SC", "CN-SC", "CN-SC", "CN-SD", "CN-SD"],
        "place": ["Sichuan", "Sichuan", "Sichuan", "Shandong", "Shandong"],
        "level": ["province"] * 5,
        "document_id": ["a-draft", "a", "a", "b", "b"],
        "family_id": ["a", "a", "a", "b", "b"],
        "title": ["Plan a-draft", "Plan a", "Plan a", "Plan b", "Plan b"],
        "status": ["draft", "issued", "issued", "issued", "issued"],
        "is_metaverse_specific": [True] * 5,
        "instrument": ["subsidy", "subsidy", "fund", "subsidy", "subsidy"],
        "instrument_label": ["subsidies", "subsidies", "funds", "subsidies", "subsidies"],
        "kind": ["instrument"] * 5,
        "group": ["money"] * 5,
        "group_label": ["money"] * 5,
        "stance": ["promote", "regulate", "promote", "promote", "restrict"],
        "detail": ["on subsidy", "on subsidy", "on fund", "on subsidy", "on subsidy"],
        "source_ids": ["some-source", "some-source", "some-source", "s1;s2", "some-source"],
    }


def test_every_column_of_the_cells(ds):
    table = ma.instrument_cells(ds, level="province", roll_up=True)
    assert table.index.tolist() == list(range(4))
    assert plain(table) == {
        "place_id": ["CN-SC", "CN-SC", "CN-SD", "KR-11"],
        "place": ["Sichuan", "Sichuan", "Shandong", "Seoul"],
        "level": ["province"] * 4,
        "instrument": ["subsidy", "fund", "subsidy", "talent"],
        "instrument_label": ["subsidies", "funds", "subsidies", "talent"],
        "kind": ["instrument"] * 4,
        "group": ["money", "money", "money", "firms_and_people"],
        "group_label": ["money", "money", "money", "firms and people"],
        "documents": [2, 1, 1, 1],
        "promote": [1] * 4,
        "regulate": [1, 0, 0, 0],
        "restrict": [0, 0, 1, 0],
    }


def test_every_column_of_the_cells_by_group_and_document(ds):
    table = ma.instrument_cells(ds, group=True, by="document")
    assert table.index.tolist() == list(range(5))
    assert plain(table) == {
        "place_id": ["CN", "CN-SC-chengdu", "CN-SC-chengdu", "CN-SD", "KR-11"],
        "place": ["China", "Chengdu", "Chengdu", "Shandong", "Seoul"],
        "level": ["country", "city", "city", "province", "province"],
        "document_id": ["cn-plan", "a", "a-draft", "b", "k"],
        "title": ["Plan cn-plan", "Plan a", "Plan a-draft", "Plan b", "Plan k"],
        "group": ["rules", "money", "money", "money", "firms_and_people"],
        "group_label": ["rules", "money", "money", "money", "firms and people"],
        "documents": [1] * 5,
        "promote": [1] * 5,
        "regulate": [0, 1, 0, 0, 0],
        "restrict": [0, 0, 0, 1, 0],
    }


def test_every_column_of_the_matrix(ds):
    table = used(ma.instrument_matrix(ds, level="province", roll_up=True))
    assert table.index.tolist() == list(range(3))
    assert plain(table) == {
        "place_id": ["CN-SC", "CN-SD", "KR-11"],
        "place": ["Sichuan", "Shandong", "Seoul"],
        "level": ["province"] * 3,
        "documents": [2, 1, 1],
        "subsidy": [2, 1, 0],
        "fund": [1, 0, 0],
        "talent": [0, 0, 1],
    }


def test_every_column_of_the_matrix_by_group_and_document(ds):
    table = ma.instrument_matrix(ds, by="document", group=True)
    assert table.index.tolist() == list(range(5))
    assert plain(table) == {
        "place_id": ["CN", "CN-SC-chengdu", "CN-SC-chengdu", "CN-SD", "KR-11"],
        "place": ["China", "Chengdu", "Chengdu", "Shandong", "Seoul"],
        "level": ["country", "city", "city", "province", "province"],
        "document_id": ["cn-plan", "a-draft", "a", "b", "k"],
        "title": ["Plan cn-plan", "Plan a-draft", "Plan a", "Plan b", "Plan k"],
        "documents": [1] * 5,
        "money": [0, 1, 1, 1, 0],
        "places": [0] * 5,
        "firms_and_people": [0, 0, 0, 0, 1],
        "rules": [1, 0, 0, 0, 0],
        "technology": [0] * 5,
        "applications": [0] * 5,
    }


def test_every_column_of_the_matrix_of_families(ds):
    table = used(ma.instrument_matrix(ds, count="families"))
    assert table.index.tolist() == list(range(4))
    assert plain(table) == {
        "place_id": ["CN", "CN-SC-chengdu", "CN-SD", "KR-11"],
        "place": ["China", "Chengdu", "Shandong", "Seoul"],
        "level": ["country", "city", "province", "province"],
        "families": [1] * 4,
        "subsidy": [0, 1, 1, 0],
        "fund": [0, 1, 0, 0],
        "talent": [0, 0, 0, 1],
        "standards": [1, 0, 0, 0],
    }


def test_every_column_of_the_stances(ds):
    table = ma.instrument_stances(ds).query("documents > 0").reset_index(drop=True)
    assert table.index.tolist() == list(range(4))
    assert plain(table) == {
        "instrument": ["subsidy", "fund", "talent", "standards"],
        "instrument_label": ["subsidies", "funds", "talent", "standards"],
        "kind": ["instrument"] * 4,
        "group": ["money", "money", "firms_and_people", "rules"],
        "group_label": ["money", "money", "firms and people", "rules"],
        "documents": [3, 1, 1, 1],
        "promote": [2, 1, 1, 1],
        "regulate": [1, 0, 0, 0],
        "restrict": [1, 0, 0, 0],
        "all_documents": [5] * 4,
    }


def test_every_column_of_the_panel(ds):
    table = ma.panel(ds)
    assert table.index.tolist() == list(range(7))
    assert plain(table) == {
        "place_id": ["CN", "CN-SC-chengdu", "CN-SC-chengdu", "CN-SC-chengdu", "CN-SD", "CN-SD", "KR-11"],
        "place": ["China", "Chengdu", "Chengdu", "Chengdu", "Shandong", "Shandong", "Seoul"],
        "level": ["country", "city", "city", "city", "province", "province", "province"],
        "province_id": [None, "CN-SC", "CN-SC", "CN-SC", "CN-SD", "CN-SD", "KR-11"],
        "month": ["2023-09", "2023-08", "2023-09", "2023-09", "2022-07", "2022-07", None],
        "date": ["2023-09-08", "2023-08-16", "2023-09", "2023-09", "2022-07-08", "2022-07-08", None],
        "date_precision": ["day", "day", "month", "month", "day", "day", None],
        "first_day": [
            pd.Timestamp("2023-09-08"),
            pd.Timestamp("2023-08-16"),
            pd.Timestamp("2023-09-01"),
            pd.Timestamp("2023-09-01"),
            pd.Timestamp("2022-07-08"),
            pd.Timestamp("2022-07-08"),
            None,
        ],
        "last_day": [
            pd.Timestamp("2023-09-08"),
            pd.Timestamp("2023-08-16"),
            pd.Timestamp("2023-09-30"),
            pd.Timestamp("2023-09-30"),
            pd.Timestamp("2022-07-08"),
            pd.Timestamp("2022-07-08"),
            None,
        ],
        "document_id": ["cn-plan", "a-draft", "a", "a", "b", "b", "k"],
        "family_id": ["cn-plan", "a", "a", "a", "b", "b", "k"],
        "status": ["issued", "draft", "issued", "issued", "issued", "issued", "issued"],
        "doc_type": ["action_plan"] * 7,
        "is_metaverse_specific": [True] * 7,
        "instrument": ["standards", "subsidy", "subsidy", "fund", "subsidy", "subsidy", "talent"],
        "instrument_label": [
            "standards",
            "subsidies",
            "subsidies",
            "funds",
            "subsidies",
            "subsidies",
            "talent",
        ],
        "kind": ["instrument"] * 7,
        "group": ["rules", "money", "money", "money", "money", "money", "firms_and_people"],
        "stance": ["promote", "promote", "regulate", "promote", "promote", "restrict", "promote"],
        "instrument_id": [
            "cn-plan--standards",
            "a-draft--subsidy",
            "a--subsidy",
            "a--fund",
            "b--subsidy",
            "b--subsidy--2",
            "k--talent",
        ],
        "source_ids": [
            "some-source",
            "some-source",
            "some-source",
            "some-source",
            "s1;s2",
            "some-source",
            "some-source",
        ],
    }


def test_every_instrument_of_the_schema_has_a_column_and_a_row(ds):
    codes = list(ds.schema.codes("policy_instruments", "instrument"))
    matrix, stances = ma.instrument_matrix(ds), ma.instrument_stances(ds)
    assert sorted(set(matrix) - {"place_id", "place", "level", "documents"}) == sorted(codes)
    assert sorted(stances.instrument) == sorted(codes) and stances.index.tolist() == list(range(len(codes)))
