"""Who uses what: margins against the tables, cells against their rows, stances, and the panel.

Instruments: every column of every table, worked by hand on five documents.
"""

import pandas as pd
import pytest
from made_once import packaged
from made_up_policies import document, made_up, use
from thorough import MORE
from tiny import plain

import metaverse_analysis as ma

DATA = packaged()
USES = DATA.policy_instruments[DATA.policy_instruments.dropped.isna()]
ONCE = USES.drop_duplicates(["document_id", "instrument"])
CODES = DATA.schema.codes("policy_instruments", "instrument")


def numbers(matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix without its labels."""
    key = "document_id" if "document_id" in matrix else "place_id"
    return matrix.set_index(key).select_dtypes("number")


@pytest.mark.parametrize("by", ["place", "document"])
def test_margins_are_the_counts_of_the_table(by):
    matrix = numbers(ma.instrument_matrix(DATA, by=by))
    counts = ONCE.instrument.astype("str").value_counts()
    for code in CODES:
        assert matrix[code].sum() == counts.get(code, 0)
    documents = USES.document_id.nunique()
    assert matrix.documents.sum() == documents
    assert matrix[list(CODES)].sum().sum() == len(ONCE)


def test_margins_by_group_count_a_document_once():
    matrix = numbers(ma.instrument_matrix(DATA, group=True))
    grouped = USES.assign(
        group=USES.instrument.astype("str").map({code: said["group"] for code, said in CODES.items()})
    )
    expected = grouped.drop_duplicates(["document_id", "group"]).group.value_counts()
    assert matrix.drop(columns="documents").sum().to_dict() == expected.to_dict()


def test_a_cell_leads_to_its_rows():
    for options in ({"level": "province", "roll_up": True}, {"level": "city"}):
        matrix = numbers(ma.instrument_matrix(DATA, **options)).drop(columns="documents")
        cells = matrix.stack()
        cells = cells[cells > 0].iloc[:: 1 if MORE > 1 else 5]
        for (place, code), count in cells.items():
            rows = ma.instrument_details(DATA, place_id=place, instrument=code, **options)
            assert rows.document_id.nunique() == count
            assert rows.detail.notna().all()
            assert rows.source_ids.notna().all()


def test_dropped_lines_are_no_uses():
    dropped = DATA.policy_instruments[DATA.policy_instruments.dropped.fillna(False)]
    assert len(dropped) > 0
    assert not ma.instrument_details(DATA).instrument_id.isin(dropped.instrument_id).any()
    assert not ma.panel(DATA).instrument_id.isin(dropped.instrument_id).any()
    wuhan = numbers(ma.instrument_matrix(DATA, by="document"))
    assert wuhan.loc["cn-hb-wuhan-2022-metaverse-implementation-plan", "nft_digital_collectibles"] == 0
    assert wuhan.loc["cn-hb-wuhan-2022-metaverse-implementation-plan-draft", "nft_digital_collectibles"] == 1


def test_a_draft_and_its_final_are_two_documents_and_one_family():
    documents = numbers(ma.instrument_matrix(DATA, level="province"))
    families = numbers(ma.instrument_matrix(DATA, level="province", count="families"))
    sichuan = DATA.policy_documents[DATA.policy_documents.place_id == "CN-SC"]
    assert sichuan.family_id.is_unique is False
    assert documents.documents["CN-SC"] == families.families["CN-SC"] + 1
    assert documents.digital_human["CN-SC"] == 2
    assert families.digital_human["CN-SC"] == 1


def test_rolled_up_documents_count_for_their_province():
    matrix = numbers(ma.instrument_matrix(DATA, level="province", roll_up=True))
    above = ma.ancestors(DATA.places)
    inside = [*above.place_id[above.ancestor_id == "CN-JS"], "CN-JS"]
    documents = DATA.policy_documents.document_id[DATA.policy_documents.place_id.isin(inside)]
    assert matrix.documents["CN-JS"] == USES.document_id[USES.document_id.isin(documents)].nunique()
    assert "CN" not in matrix.index
    assert "CN-JS-suzhou" not in matrix.index


def test_a_country_is_the_nation_and_all_places_in_it():
    above = ma.ancestors(DATA.places)
    inside = [*above.place_id[above.ancestor_id == "CN"], "CN"]
    matrix = numbers(ma.instrument_matrix(DATA, country="CN"))
    assert set(matrix.index) <= set(inside)
    assert matrix.documents.sum() + numbers(ma.instrument_matrix(DATA)).drop(
        matrix.index
    ).documents.sum() == (USES.document_id.nunique())
    assert ma.instrument_stances(DATA, country="CN").all_documents.iloc[0] == matrix.documents.sum()


def test_the_long_form_has_the_numbers_of_the_matrix():
    for options in ({}, {"by": "document"}, {"group": True}, {"level": "province", "count": "families"}):
        cells, matrix = ma.instrument_cells(DATA, **options), numbers(ma.instrument_matrix(DATA, **options))
        key = "document_id" if options.get("by") == "document" else "place_id"
        what = "group" if options.get("group") else "instrument"
        number = options.get("count", "documents")
        wide = cells.pivot(index=key, columns=what, values=number).fillna(0)
        same = matrix.drop(columns=number)
        same = same.loc[:, same.sum() > 0]
        pd.testing.assert_frame_equal(
            wide.reindex(same.index)[same.columns].astype("int64"),
            same,
            check_names=False,
            check_column_type=False,
        )


def test_stances_are_kept():
    stances = ma.instrument_stances(DATA).set_index("instrument")
    counts = USES.drop_duplicates(["document_id", "instrument", "stance"])
    for stance in ("promote", "regulate", "restrict"):
        assert stances[stance].sum() == (counts.stance == stance).sum()
    assert stances.documents.sum() == len(ONCE)
    cells = ma.instrument_cells(DATA)
    assert cells.restrict.sum() == stances.restrict.sum()


def test_the_order_is_that_of_groups_and_of_size():
    matrix = ma.instrument_matrix(DATA)
    assert matrix.documents.is_monotonic_decreasing
    columns = [CODES[code]["group"] for code in matrix.columns[4:]]
    assert len(list(dict.fromkeys(columns))) == len(
        [c for i, c in enumerate(columns) if i == 0 or columns[i - 1] != c]
    )


def test_the_panel_has_a_row_per_use():
    rows = ma.panel(DATA)
    assert sorted(rows.instrument_id) == sorted(USES.instrument_id)
    dates = rows.drop_duplicates("document_id").set_index("document_id")
    assert dates.month["cn-sc-2023-metaverse-action-plan"] == "2023-09"
    assert dates.month["cn-sc-2023-metaverse-action-plan-draft"] == "2023-08"
    years = dates[dates.date_precision == "year"]
    assert len(years) > 0
    assert years.month.isna().all()
    assert dates.province_id["cn-js-kunshan-2022-metaverse-action-plan"] == "CN-JS"
    assert dates.province_id[dates.level == "country"].isna().all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"instrument": "magic"},
        {"place_id": "CN-XX"},
        {"document_id": "no-such-plan"},
        {"group": "sticks"},
        {"level": "village"},
        {"country": "XX"},
        {"roll_up": True},
    ],
)
def test_what_is_not_there_is_named(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        ma.instrument_details(DATA, **wrong)


@pytest.mark.parametrize("wrong", [{"by": "year"}, {"count": "pages"}])
def test_options_are_checked(wrong):
    for function in (ma.instrument_matrix, ma.instrument_cells):
        with pytest.raises(ValueError, match=next(iter(wrong.values()))):
            function(DATA, **wrong)


def test_empty_tables_give_empty_tables():
    empty = DATA.with_tables(policy_instruments=DATA.policy_instruments.iloc[:0])
    for by in ("place", "document"):
        for group in (False, True):
            assert len(ma.instrument_matrix(empty, by=by, group=group)) == 0
            assert len(ma.instrument_cells(empty, by=by, group=group)) == 0
    assert len(ma.panel(empty)) == 0
    assert ma.instrument_stances(empty).documents.sum() == 0


@pytest.fixture(scope="module")
def tiny() -> ma.Dataset:
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


def test_every_column_of_the_details(tiny):
    table = ma.instrument_details(tiny)
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


def test_every_column_of_the_details_of_one_country_rolled_up(tiny):
    table = ma.instrument_details(tiny, level="province", country="CN", roll_up=True)
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


def test_every_column_of_the_cells(tiny):
    table = ma.instrument_cells(tiny, level="province", roll_up=True)
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


def test_every_column_of_the_cells_by_group_and_document(tiny):
    table = ma.instrument_cells(tiny, group=True, by="document")
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


def test_every_column_of_the_matrix(tiny):
    table = used(ma.instrument_matrix(tiny, level="province", roll_up=True))
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


def test_every_column_of_the_matrix_by_group_and_document(tiny):
    table = ma.instrument_matrix(tiny, by="document", group=True)
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


def test_every_column_of_the_matrix_of_families(tiny):
    table = used(ma.instrument_matrix(tiny, count="families"))
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


def test_every_column_of_the_stances(tiny):
    table = ma.instrument_stances(tiny).query("documents > 0").reset_index(drop=True)
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


def test_every_column_of_the_panel(tiny):
    table = ma.panel(tiny)
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


def test_every_instrument_of_the_schema_has_a_column_and_a_row(tiny):
    codes = list(tiny.schema.codes("policy_instruments", "instrument"))
    matrix, stances = ma.instrument_matrix(tiny), ma.instrument_stances(tiny)
    assert sorted(set(matrix) - {"place_id", "place", "level", "documents"}) == sorted(codes)
    assert sorted(stances.instrument) == sorted(codes) and stances.index.tolist() == list(range(len(codes)))
