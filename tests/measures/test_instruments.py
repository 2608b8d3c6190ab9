"""Who uses what: margins against the tables, cells against their rows, stances, and the panel."""

import pandas as pd
import pytest
from made_once import packaged
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.tables.places import ancestors

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
        instrument_group=USES.instrument.astype("str").map(
            {code: said["group"] for code, said in CODES.items()}
        )
    )
    expected = grouped.drop_duplicates(["document_id", "instrument_group"]).instrument_group.value_counts()
    assert matrix.drop(columns="documents").sum().to_dict() == expected.to_dict()


def test_a_cell_leads_to_its_rows():
    for options in ({"level": "province", "roll_up": True}, {"level": "city"}):
        matrix = numbers(ma.instrument_matrix(DATA, **options)).drop(columns="documents")
        cells = matrix.stack()
        cells = cells[cells > 0].iloc[:: 1 if MORE > 1 else 5]
        for (place, code), count in cells.items():
            rows = ma.instrument_uses(DATA, place=place, instrument=code, **options)
            assert rows.document_id.nunique() == count
            assert rows.detail.notna().all()
            assert rows.source_ids.notna().all()


def test_dropped_lines_are_no_uses():
    dropped = DATA.policy_instruments[DATA.policy_instruments.dropped.fillna(False)]
    assert len(dropped) > 0
    assert not ma.instrument_uses(DATA).instrument_id.isin(dropped.instrument_id).any()
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
    above = ancestors(DATA.places)
    inside = [*above.place_id[above.ancestor_id == "CN-JS"], "CN-JS"]
    documents = DATA.policy_documents.document_id[DATA.policy_documents.place_id.isin(inside)]
    assert matrix.documents["CN-JS"] == USES.document_id[USES.document_id.isin(documents)].nunique()
    assert "CN" not in matrix.index
    assert "CN-JS-suzhou" not in matrix.index


def test_a_country_is_the_nation_and_all_places_in_it():
    above = ancestors(DATA.places)
    inside = [*above.place_id[above.ancestor_id == "CN"], "CN"]
    matrix = numbers(ma.instrument_matrix(DATA, country="CN"))
    assert set(matrix.index) <= set(inside)
    assert matrix.documents.sum() + numbers(ma.instrument_matrix(DATA)).drop(
        matrix.index
    ).documents.sum() == (USES.document_id.nunique())
    assert (
        ma.instrument_counts(DATA, by="instrument", country="CN").all_documents.iloc[0]
        == matrix.documents.sum()
    )


def test_the_long_form_has_the_numbers_of_the_matrix():
    for options in ({}, {"by": "document"}, {"group": True}, {"level": "province", "count": "families"}):
        cells, matrix = ma.instrument_counts(DATA, **options), numbers(ma.instrument_matrix(DATA, **options))
        key = "document_id" if options.get("by") == "document" else "place_id"
        what = "instrument_group" if options.get("group") else "instrument"
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


def test_levels_have_the_documents_of_their_places():
    counts = ma.instrument_counts(DATA, by="level", group=True, count="families", country=None)
    assert counts["level"].is_monotonic_increasing  # from the widest
    rows = ma.instrument_uses(DATA, country=None)
    for level, part in counts.groupby("level", observed=True):
        mine = rows[rows["level"].astype("str") == level]
        assert part["all_families"].tolist() == [mine["family_id"].nunique()] * len(part)
        uses = mine.groupby("instrument_group")["family_id"].nunique()
        assert part.set_index("instrument_group")["families"].to_dict() == uses.to_dict()


def test_stances_are_kept():
    stances = ma.instrument_counts(DATA, by="instrument").set_index("instrument")
    counts = USES.drop_duplicates(["document_id", "instrument", "stance"])
    for stance in ("promote", "regulate", "restrict"):
        assert stances[stance].sum() == (counts.stance == stance).sum()
    assert stances.documents.sum() == len(ONCE)
    cells = ma.instrument_counts(DATA)
    assert cells.restrict.sum() == stances.restrict.sum()


def test_the_order_is_that_of_groups_and_of_size():
    matrix = ma.instrument_matrix(DATA)
    assert matrix.documents.is_monotonic_decreasing
    columns = [CODES[code]["group"] for code in matrix.columns[5:-1]]
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
        {"place": "CN-XX"},
        {"document_id": "no-such-plan"},
        {"group": "sticks"},
        {"level": "village"},
        {"country": "XX"},
        {"roll_up": True},
    ],
)
def test_what_is_not_there_is_named(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong)).removesuffix("_id")):
        ma.instrument_uses(DATA, **wrong)


def test_what_the_schema_knows_and_nobody_uses_is_an_empty_table():
    one = DATA.with_tables(
        policy_instruments=DATA.policy_instruments.query("instrument == 'subsidy'").head(1)
    )
    assert ma.instrument_uses(one, instrument="standards").empty
    assert ma.instrument_uses(one, group="technology").empty


def test_a_level_to_roll_up_to_is_one_of_the_places():
    with pytest.raises(ValueError, match="no place has the level 'village'"):
        ma.instrument_uses(DATA, level="village", roll_up=True)


@pytest.mark.parametrize("wrong", [{"by": "year"}, {"count": "pages"}])
def test_options_are_checked(wrong):
    for function in (ma.instrument_matrix, ma.instrument_counts):
        with pytest.raises(ValueError, match=next(iter(wrong.values()))):
            function(DATA, **wrong)


def test_the_columns_of_a_matrix_are_the_instruments():
    with pytest.raises(ValueError, match='by is "place" or "document"'):
        ma.instrument_matrix(DATA, by="instrument")


def test_a_place_is_itself_and_what_lies_in_it_unless_only_itself_is_asked_for():
    inside = ma.instrument_uses(DATA, place="Jiangsu")
    alone = ma.instrument_uses(DATA, place="CN-JS", inside=False)
    assert set(alone["place_id"]) == {"CN-JS"} < set(inside["place_id"])
    assert inside["place_id"].str.startswith("CN-JS").all()


def test_a_cell_without_its_cities_is_the_place_alone():
    counts = ma.instrument_counts(DATA, level="province").query("place_id == 'CN-JS'")
    for code, number in zip(counts["instrument"], counts["documents"], strict=True):
        rows = ma.instrument_uses(DATA, place="CN-JS", inside=False, instrument=code)
        assert rows["document_id"].nunique() == number


def test_empty_tables_give_empty_tables():
    empty = DATA.with_tables(policy_instruments=DATA.policy_instruments.iloc[:0])
    for by in ("place", "document"):
        for group in (False, True):
            assert len(ma.instrument_matrix(empty, by=by, group=group)) == 0
            assert len(ma.instrument_counts(empty, by=by, group=group)) == 0
    assert len(ma.panel(empty)) == 0
    assert ma.instrument_counts(empty, by="instrument").documents.sum() == 0
    for by in ("place", "document", "level", "instrument"):
        counts = ma.instrument_counts(empty, by=by)
        assert list(counts) == list(ma.instrument_counts(DATA, by=by)) and counts["documents"].sum() == 0


@pytest.fixture(scope="module")
def tiny(worked) -> ma.Dataset:
    return worked("instruments")


def test_every_instrument_of_the_schema_has_a_column_and_a_row(tiny):
    codes = list(tiny.schema.codes("policy_instruments", "instrument"))
    matrix, stances = ma.instrument_matrix(tiny), ma.instrument_counts(tiny, by="instrument")
    assert sorted(
        set(matrix) - {"place_id", "place", "level", "rolled_up", "documents", "source_ids"}
    ) == sorted(codes)
    assert sorted(stances.instrument) == sorted(codes) and stances.index.tolist() == list(range(len(codes)))
