"""The filter language: places by id or name, what lies in them, levels, countries, values; on tables worked by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from tiny import CHINA, CITY, PROVINCE, load_rows

import metaverse_analysis as ma
from metaverse_analysis.measures.filters import countries, in_places, matching, several

TOWN = {
    "place_id": "CN-AA-b-c",
    "name_en": "Cton",
    "name_zh": "丙区",
    "level": "district",
    "parent_id": "CN-AA-b",
}
ABROAD = {"place_id": "XX", "name_en": "Xland", "name_zh": "丁", "level": "country"}
THEIRS = {"place_id": "XX-Y", "name_en": "Ystate", "name_zh": "戊", "level": "province", "parent_id": "XX"}
OF_ROWS = pd.Series(
    ["CN", "CN-AA", "CN-AA-b", "CN-AA-b-c", "XX", "XX-Y", None], index=[9, 8, 7, 6, 5, 4, 3], dtype="str"
)
THERE = "There is (with the number of rows)"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    places = [TOWN, ABROAD, CITY, PROVINCE, CHINA, THEIRS]  # children before their parents, too
    return load_rows(tmp_path_factory.mktemp("filters"), {"places": places})


def about(ds: ma.Dataset, country: str) -> ma.Dataset:
    """The same tables, of a data package that says which country it is about."""
    return replace(ds, schema=replace(ds.schema, descriptor={**ds.schema.descriptor, "country": country}))


def kept(ds: ma.Dataset, **filters) -> list[str]:
    rows = in_places(ds, OF_ROWS, of="row", **filters)
    assert rows.index.equals(OF_ROWS.index) and rows.dtype == bool
    return OF_ROWS[rows].fillna("-").tolist()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"place": "CN-AA"}, ["CN-AA", "CN-AA-b", "CN-AA-b-c"]),
        ({"place": "甲省"}, ["CN-AA", "CN-AA-b", "CN-AA-b-c"]),
        ({"place": "aland", "inside": False}, ["CN-AA"]),
        ({"place": ["Btown", "Ystate"]}, ["CN-AA-b", "CN-AA-b-c", "XX-Y"]),
        ({"place": ["Btown", "Ystate"], "inside": False}, ["CN-AA-b", "XX-Y"]),
        ({"place": []}, []),
        ({"level": "province"}, ["CN-AA", "XX-Y"]),
        ({"level": ["city", "zone"]}, ["CN-AA-b"]),
        ({"level": "province", "place": "Xland"}, ["XX-Y"]),
        ({"country": "XX"}, ["XX", "XX-Y"]),
        ({"country": ["Xland"], "level": "country"}, ["XX"]),
        ({"country": "CN"}, ["CN", "CN-AA", "CN-AA-b", "CN-AA-b-c", "-"]),
        ({"country": None}, [*OF_ROWS[:-1], "-"]),
        ({}, [*OF_ROWS[:-1], "-"]),
    ],
)
def test_rows_are_kept(tiny, filters, expected):
    assert kept(tiny, **{"country": None} | filters) == expected


def test_country_is_by_default_the_one_of_the_data_package(tiny):
    """What has no place is worldwide: it counts as of that country, and of no other."""
    ours = ["CN", "CN-AA", "CN-AA-b", "CN-AA-b-c", "-"]
    chinese = about(tiny, "CN")
    assert kept(chinese) == kept(chinese, country="CN") == kept(chinese, country="China") == ours
    assert kept(chinese, country="XX") == ["XX", "XX-Y"]
    assert len(kept(chinese, country=None)) == len(kept(chinese, country=["CN", "XX"])) == len(OF_ROWS)


def test_a_place_abroad_that_is_named_is_kept(tiny):
    ours = about(tiny, "CN")
    assert kept(ours, place="Xland") == ["XX", "XX-Y"] and kept(ours, place=["丁", "Cton"]) == [
        "CN-AA-b-c",
        "XX",
        "XX-Y",
    ]
    assert kept(ours, place="Xland", country="CN") == []


def test_a_data_package_about_a_country_that_is_not_among_the_places_leaves_nothing_out(tiny):
    assert len(kept(about(tiny, "ZZ"))) == len(OF_ROWS)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"place": "Alund"}, "Alund.*Aland.*CN-AA"),
        ({"place": 5}, "5"),
        ({"level": "town"}, f"no row has the level 'town'. {THERE}: country (2), province (2), city (1), district (1)"),
        ({"country": "CM"}, f"no row has the country 'CM'. Did you mean CN? {THERE}: CN (4), XX (2)"),
        ({"country": "Aland"}, "no row has the country 'Aland'"),
    ],
)  # fmt: skip
def test_what_no_place_is_called_is_told(tiny, filters, message):
    with pytest.raises(ValueError) as error:
        in_places(tiny, OF_ROWS, of="row", **filters)
    parts = message.split(".*") if ".*" in message else [message]
    assert all(part in str(error.value) for part in parts)


def test_nothing_to_choose_from_is_no_error(tmp_path):
    empty = load_rows(tmp_path / "empty", {"places": [], "policy_documents": [], "regional_targets": []})
    none = pd.Series([], dtype="str")
    for ds in (empty, about(empty, "CN")):
        assert in_places(ds, none, of="row").empty
        assert in_places(ds, none, of="row", level="province").empty
        assert in_places(ds, pd.Series(["CN"], dtype="str"), of="row").tolist() == [True]


def test_values_one_or_several():
    values = pd.Series([2025, None, 2030, 2025], dtype="Int64", index=list("abcd"))
    assert matching(values, 2025, "year", of="target").to_dict() == {
        "a": True,
        "b": False,
        "c": False,
        "d": True,
    }
    assert matching(values, (2030, 2025), "year", of="target").tolist() == [True, False, True, True]
    assert matching(values, None, "year", of="target").all()
    assert not matching(values, [], "year", of="target").any()


@pytest.mark.parametrize("wanted", [2026, "2025", None, 2025.5, ["2025"]])
def test_a_value_that_no_row_has_is_told_with_those_there_are(wanted):
    values = pd.Series([2030, 2025, 2025], dtype="Int64")
    with pytest.raises(
        ValueError, match=r"no target has the year .* \(with the number of targets\): 2025 \(2\), 2030 \(1\)$"
    ):
        matching(values, [wanted], "year", of="target")


def test_a_part_of_a_code_leads_to_it():
    scopes = pd.Series(["metaverse_related", "vr_xr", "metaverse_core"])
    with pytest.raises(ValueError, match="the scope 'core'. Did you mean metaverse_core\\?"):
        matching(scopes, "core", "scope", of="target")


def test_a_code_of_the_schema_without_a_row_keeps_none():
    values = pd.Series(["core"], dtype=pd.CategoricalDtype(["core", "related"]))
    assert matching(values, "related", "scope", of="target").tolist() == [False]
    with pytest.raises(ValueError, match=r"no target has the scope 'relatd'\. There is .*: core \(1\)$"):
        matching(values, "relatd", "scope", of="target")


def test_countries_are_the_highest_ancestors(tiny):
    assert countries(tiny.places).tolist() == ["CN", "XX", "CN", "CN", "CN", "XX"]


def test_text_is_one_value():
    assert several("abc") == ["abc"] and several(("a", "b")) == ["a", "b"] and several(3) == [3]
