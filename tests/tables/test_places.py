"""Places by any of their names, and what lies in what."""

import pandas as pd
import pytest
from tiny import CHINA, CITY, PROVINCE, load_rows

import metaverse_analysis as ma

PLACES = [
    CHINA,
    PROVINCE | {"aliases": "Old Aland;A-land", "name_zh": "甲甲省"},
    CITY | {"name_en": "Btown (city)", "name_zh": "乙乙市"},
    CITY | {"place_id": "CN-AA-c", "name_en": "Aland", "name_zh": "甲市"},
    CITY | {"place_id": "CN-AA-d", "name_en": "Twin", "name_zh": "丁丁市"},
    CITY | {"place_id": "CN-AA-e", "name_en": "Twin", "name_zh": "戊戊市"},
]


@pytest.fixture(scope="module")
def ds(tmp_path_factory):
    return load_rows(tmp_path_factory.mktemp("places") / "tables", {"places": PLACES})


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("CN-AA-b", "CN-AA-b"),
        ("cn-aa-B ", "CN-AA-b"),
        ("Btown", "CN-AA-b"),
        ("btown (city)", "CN-AA-b"),
        ("乙乙市", "CN-AA-b"),
        ("乙乙", "CN-AA-b"),
        ("甲市", "CN-AA-c"),
        ("old aland", "CN-AA"),
        ("A-LAND", "CN-AA"),
        ("Aland", "CN-AA"),
    ],
)
def test_a_place_is_found_by_its_id_its_names_and_aliases(ds, name, place_id):
    assert ma.find_place(ds, name) == place_id


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Twin", "'Twin' may be CN-AA-d, CN-AA-e: give the id"),
        ("Alnd", r"no place is called 'Alnd'. Did you mean Aland \(CN-AA\) or Aland \(CN-AA-c\)"),
        ("Twn", r"Did you mean Twin \(CN-AA-d\) or Twin \(CN-AA-e\)"),
        ("Qqqqqqq", "no place is called 'Qqqqqqq'. ds.places lists them all.$"),
        ("甲", "no place is called '甲'"),
        ("", "a place is named by its id or name"),
        (" ", "a place is named by its id or name"),
        (7, "not 7"),
    ],
)
def test_no_place_and_several_places_are_errors_that_help(ds, name, words):
    with pytest.raises(ValueError, match=words):
        ma.find_place(ds, name)


def test_where_no_level_is_known_two_places_are_two(ds):
    places = ds.places.assign(level=pd.Categorical([None] * len(PLACES), ds.places.level.cat.categories))
    with pytest.raises(ValueError, match="'Aland' may be CN-AA, CN-AA-c"):
        ma.find_place(ds.with_tables(places=places), "Aland")


def test_ancestors_by_hand():
    places = pd.DataFrame({"place_id": ["x", "b", "a", "c"], "parent_id": [None, "a", "x", "b"]}, dtype="str")
    assert ma.ancestors(places).values.tolist() == [
        ["b", "a", 1],
        ["b", "x", 2],
        ["a", "x", 1],
        ["c", "b", 1],
        ["c", "a", 2],
        ["c", "x", 3],
    ]
    assert len(ma.ancestors(places[:1])) == len(ma.ancestors(places[:0])) == 0
    assert list(ma.ancestors(places[:0])) == ["place_id", "ancestor_id", "distance"]


def test_a_parent_that_is_not_there_is_the_last_ancestor():
    places = pd.DataFrame({"place_id": ["a", "b"], "parent_id": ["gone", "a"]}, dtype="str")
    assert ma.ancestors(places).values.tolist() == [["a", "gone", 1], ["b", "a", 1], ["b", "gone", 2]]


def test_places_that_lead_back_to_themselves_are_an_error():
    places = pd.DataFrame({"place_id": ["a", "b"], "parent_id": ["b", "a"]}, dtype="str")
    with pytest.raises(ValueError, match="lead back"):
        ma.ancestors(places)
