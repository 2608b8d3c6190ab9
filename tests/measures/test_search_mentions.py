"""Which provinces mention it: own documents apart from those of the places inside, only documents and their parts."""

import pytest
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, TARGET, load_rows, plain

import metaverse_analysis as ma
from metaverse_analysis.measures.search_mentions import COLUMNS

TOWN = {
    "place_id": "CN-AA-b-c",
    "name_en": "Cton",
    "name_zh": "丙区",
    "level": "district",
    "parent_id": "CN-AA-b",
}
OTHERS = [
    {
        "place_id": f"CN-{letter * 2}",
        "name_en": f"{letter}land",
        "name_zh": f"{letter}省",
        "level": "province",
        "parent_id": "CN",
    }
    for letter in "BCD"
]
ABROAD = [
    {"place_id": "XX", "name_en": "Xland", "name_zh": "丁", "level": "country"},
    {"place_id": "XX-Y", "name_en": "Ystate", "name_zh": "戊", "level": "province", "parent_id": "XX"},
]  # fmt: skip


def document(document_id, place_id, date, title="A plan", **other):
    ids = {"document_id": document_id, "family_id": document_id, "place_id": place_id}
    return DOCUMENT | ids | {"title_en": title, "issued_date": date} | other


def instrument(document_id, detail, **other):
    ids = {"instrument_id": f"{document_id}--events", "document_id": document_id, "source_ids": "s1"}
    return ids | {"instrument": "events", "detail": detail} | other


ROWS = {
    "places": [CHINA, PROVINCE, CITY, TOWN, *OTHERS, *ABROAD],
    "policy_documents": [
        document("own", "CN-AA", "2023-09", "A plan for robots"),
        document("earlier", "CN-AA", "2022", note="Nothing on robots"),
        document("town", "CN-AA-b-c", "2022-05"),
        document("city", "CN-AA-b", "", "Robots"),
        document("noted", "CN-BB", "2022-01", note="Robots are not named"),
        document("target", "CN-CC", "2024-01-02"),
        document("nation", "CN", "2021", "Robots of the nation"),
        document("abroad", "XX-Y", "2021", "Robots"),
        document("dropped", "CN-BB", "2022"),
    ],
    "policy_instruments": [
        instrument("earlier", "a fair of robots"),
        instrument("town", "robots in towns"),
        instrument("dropped", "robots dropped", dropped="true"),
    ],
    "regional_targets": [TARGET | {"document_id": "target", "place_id": "CN-CC", "scope_note": "robot industry"}],
    "events": [
        {"event_id": "e1", "date": "2024", "place_id": "CN-DD", "event_type": "conference", "event": "Robots meet",
         "source_ids": "s1"}
    ],
    "coverage": [
        {"place_id": "CN-AA", "searched_on": "2026-11-23", "finding": "scale_target"},
        {"place_id": "CN-DD", "finding": "not_searched"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("mentions"), ROWS)


def test_provinces_that_mention_it(tiny):
    found = ma.search(tiny, "robot", by="province", country="CN")
    assert list(found) == COLUMNS
    label = tiny.schema.label("coverage", "finding", "scale_target")
    assert plain(found.drop(columns=["searched_on"])) == {
        "place_id": ["CN-AA", "CN-CC", "CN-BB", "CN-DD"],
        "place": ["Aland", "Cland", "Bland", "Dland"],
        "documents": [2, 1, 0, 0],
        "documents_inside": [2, 0, 0, 0],
        "first_date": ["2022", "2024-01-02", None, None],
        "first_date_inside": ["2022-05", None, None, None],
        "document_ids": ["earlier;own;town;city", "target", None, None],
        "words": ["A plan for «robots»", "«robot» industry", None, None],
        "finding": ["scale_target", None, None, "not_searched"],
        "finding_label": [label, None, None, tiny.schema.label("coverage", "finding", "not_searched")],
    }
    assert found["searched_on"].notna().tolist() == [True, False, False, False]
    assert "none found is not none" in found.attrs["rule"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"by": "city"}, [("Btown", 1, 1)]),
        ({"by": "country"}, [("China", 1, 5), ("Xland", 0, 1)]),
        ({"by": "district"}, [("Cton", 1, 0)]),
        ({"by": "province"}, [("Aland", 2, 2), ("Ystate", 1, 0), ("Cland", 1, 0), ("Bland", 0, 0), ("Dland", 0, 0)]),
        ({"by": "province", "place": "Bland"}, [("Bland", 0, 0)]),
        ({"by": "province", "country": "XX"}, [("Ystate", 1, 0)]),
        ({"by": "province", "place": ["Aland", "Bland"], "year": 2022}, [("Aland", 1, 1), ("Bland", 0, 0)]),
        ({"by": "province", "place": "Aland", "level": "district"}, [("Aland", 0, 1)]),
        ({"by": "province", "place": "Aland", "as_of": "2022-12-31"}, [("Aland", 1, 1)]),
    ],
)  # fmt: skip
def test_other_levels_and_filters(tiny, options, expected):
    found = ma.search(tiny, "robot", **{"country": None} | options)
    assert (
        list(found[["place", "documents", "documents_inside"]].itertuples(index=False, name=None)) == expected
    )


def test_a_word_that_nobody_mentions(tiny):
    found = ma.search(tiny, "qqqq", by="province", country="CN")
    assert found["place"].tolist() == ["Aland", "Bland", "Cland", "Dland"]
    assert not found[["documents", "documents_inside"]].any(axis=None) and found["words"].isna().all()


def test_packaged_provinces(ds):
    found = ma.search(ds, "blockchain", by="province", country="CN").set_index("place")
    assert found.index.nunique() == 34
    assert found.loc["Hebei", "documents"] == 0 and found.loc["Hebei", "documents_inside"] == 1
    ids = found["document_ids"].dropna().str.split(";").explode()
    assert ids.isin(ds.policy_documents["document_id"]).all()
