"""Places side by side: every cell with its hedge, unlike quantities in rows of their own and never ranked."""

import pickle

import pytest
from says import says
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, TARGET, load_rows, scope_label

import metaverse_analysis as ma

EAST = PROVINCE | {"place_id": "CN-EE", "name_en": "Eland <&>", "name_zh": "戊省"}
NAMESAKE = CITY | {"place_id": "CN-EE-b", "parent_id": "CN-EE", "name_zh": "乙县", "level": "district"}
PLAN = DOCUMENT | {"document_id": "e1", "family_id": "e1", "place_id": "CN-EE", "status": "draft", "issued_date": "",
                   "consultation_date": "2023-09-15"}  # fmt: skip
FOLDER = {
    "places": [CHINA, PROVINCE, CITY, EAST, NAMESAKE],
    "policy_documents": [DOCUMENT, PLAN],
    "regional_targets": [
        TARGET | {"qualifier": "over"},
        TARGET | {"target_id": "vr", "scope": "vr_xr", "value": "9"},
        TARGET | {"target_id": "bag", "scope": "metaverse_subsector", "value": "3"},
        TARGET | {"target_id": "firms", "indicator": "leading_firms", "measure": "count", "scope": "", "value": "15",
                  "unit": "firms", "qualifier": "about"},
        TARGET | {"target_id": "e", "document_id": "e1", "place_id": "CN-EE", "value": "300", "value_max": "400",
                  "qualifier": "range"},
        TARGET | {"target_id": "e-bag", "document_id": "e1", "place_id": "CN-EE", "scope": "metaverse_subsector",
                  "value": "4"},
        TARGET | {"target_id": "e-firms", "document_id": "e1", "place_id": "CN-EE", "indicator": "leading_firms",
                  "measure": "count", "scope": "", "value": "8", "unit": "firms"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("compare") / "tables", FOLDER)


@pytest.fixture(scope="module")
def found(ds) -> ma.Comparison:
    return ma.compare(ds, ["Aland", "CN-EE"])


def test_cells_have_their_hedges(found):
    cells = found.table.set_index("fact")[["Aland", "Eland <&>"]]
    assert cells.loc["metaverse-related industries by 2025"].tolist() == [
        "over 250 billion yuan, over $34.4 billion",
        "300 to 400 billion yuan, about $41.2 billion to $55 billion (draft)",
    ]
    assert cells.loc["VR/XR by 2025"].tolist()[1] == "none known"
    assert cells.loc["leading firms"].tolist() == ["about 15 firms by 2025", "8 firms by 2025 (draft)"]
    assert cells.loc["documents known"].tolist() == ["1", "1 (1 draft)"]


def test_only_like_quantities_are_ranked(found):
    ranked = found.facts[found.facts["rank"].notna()]
    assert ranked[["fact", "amount", "rank"]].values.tolist() == [
        ["metaverse-related industries by 2025", 250.0, 2],
        ["metaverse-related industries by 2025", 300.0, 1],
    ]
    alike = found.facts.drop_duplicates("fact").set_index("fact")["like_for_like"]
    bag = next(fact for fact in alike.index if scope_label("metaverse_subsector") in fact)
    assert not alike[bag] and not alike["VR/XR by 2025"] and not alike["leading firms"]
    assert "VR/XR by 2025 †" in str(found) and "not to be compared" in str(found)


def test_every_fact_has_a_cell_for_every_place(found):
    assert found.facts.groupby(["group", "fact"]).size().eq(2).all()
    assert found.facts["said"].notna().all() and found.facts["place"].unique().tolist() == list(found.places)
    assert found.facts.loc[found.facts["draft"], "place"].unique().tolist() == ["Eland <&>"]


def test_html_is_escaped_and_names_its_rows_and_columns(found):
    page = found._repr_html_()
    assert "Eland &lt;&amp;&gt;" in page and "<&>" not in page
    assert page.count("scope='col'") == 2 and page.count("scope='row'") == len(found.table)


def test_it_pickles(found):
    assert str(pickle.loads(pickle.dumps(found))) == str(found)


def test_two_places_of_one_name_are_told_apart(ds):
    assert ma.compare(ds, ["CN-AA-b", "CN-EE-b"]).places == ("Btown (Aland)", "Btown (Eland <&>)")


def test_places_without_anything_stand_beside_each_other(ds):
    bare = ma.compare(ds, ["CN-AA-b", "CN-EE-b"])
    assert (bare.table["group"] != "Market size").all() and "none known" in str(bare)


@pytest.mark.parametrize(
    ("places", "facts"),
    [
        (["Aland", "甲省"], ["'Aland'", "'甲省'", "CN-AA", "once"]),
        (["Aland"], ["two places", "['Aland']", "profile"]),
        ("Aland", ["two places", "'Aland'"]),
        ([], ["two places", "[]"]),
        (["Aland", "Alund"], ["Alund", "Aland"]),
    ],
)
def test_what_cannot_be_compared_is_told(ds, places, facts):
    with pytest.raises(ValueError) as error:
        ma.compare(ds, places)
    assert says(error, *facts)
