"""Search on tables worked by hand: what is found, where, in which order; filters; other industries; any query."""

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from pandas.testing import assert_frame_equal
from thorough import MORE
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, SOURCE, TARGET, load_rows, plain

import metaverse_analysis as ma
from metaverse_analysis.measures.search import COLUMNS

ABROAD = {"place_id": "XX", "name_en": "Xland", "name_zh": "丁", "level": "country"}
FIRM = {"organisation_id": "o1", "name_en": "Huahua Technologies", "name_zh": "华华", "type": "company"}


def document(document_id, title, **other):
    return DOCUMENT | {"document_id": document_id, "family_id": document_id, "title_en": title} | other


def instrument(instrument_id, document_id, code, detail, **other):
    ids = {"instrument_id": instrument_id, "document_id": document_id, "source_ids": "s1"}
    return ids | {"instrument": code, "detail": detail} | other


def event(event_id, words, **other):
    return {
        "event_id": event_id,
        "date": "2024-05",
        "event_type": "announcement",
        "event": words,
        "source_ids": "s1",
    } | other


ROWS = {
    "sources": [
        SOURCE | {"title": "Blockchain news of Xland"},
        SOURCE | {"source_id": "s2", "url": "https://example.org/2", "note": "A remark on blockchain", "published": ""},
    ],
    "places": [CHINA, PROVINCE | {"aliases": "甲地"}, CITY, ABROAD],
    "policy_documents": [
        document("old", "An old plan", issued_date="2022-01"),
        document("plan", "A plan for parks on chain", title_zh="区块链园区规划"),
        document("draft", "A draft", status="draft", issued_date="", consultation_date="2023-05", place_id="CN-AA-b"),
        document("wider", "A wider plan", is_metaverse_specific="false", issuer_en="Blockchain Bureau"),
        document("noted", "Another plan", note="Says nothing of blockchain"),
        document("foreign", "Blockchain road map", place_id="XX", is_metaverse_specific="false"),
    ],
    "policy_instruments": [
        instrument("i-old-2", "old", "infrastructure_blockchain", "trust services"),
        instrument("i-old-1", "old", "subsidy", "grants for firms"),
        instrument("i-draft", "draft", "standards", "Standards for blockchains and chips"),
        instrument("i-gone", "wider", "infrastructure_blockchain", "gone", dropped="true"),
    ],
    "regional_targets": [TARGET | {"document_id": "draft", "place_id": "CN-AA-b", "scope_note": "blockchain industry"}],
    "events": [event("e1", "Aland opens a blockchain park", place_id="CN-AA"), event("e2", "A fair of the chains")],
    "participants": [FIRM],
    "memberships": [],
}  # fmt: skip
FOUND = [
    # table, id, place, date, found_in, code, words, rank
    ("policy_documents", "plan", "Aland", "2023-09-15", "title_zh", None, "«区块链»园区规划", 2),
    ("policy_documents", "old", "Aland", "2022-01", "policy_instruments", "infrastructure_blockchain",
     "«blockchain» («区块链»): trust services", 2),
    ("policy_documents", "foreign", "Xland", "2023-09-15", "title_en", None, "«Blockchain» road map", 3),
    ("policy_documents", "draft", "Btown", "2023-05", "policy_instruments", None,
     "Standards for «blockchains» and chips", 3),
    ("regional_targets", "t1", "Btown", "2023-05", "scope_note", None, "«blockchain» industry", 4),
    ("policy_instruments", "i-draft", "Btown", "2023-05", "detail", None, "Standards for «blockchains» and chips", 5),
    ("policy_instruments", "i-old-2", "Aland", "2022-01", "instrument", "infrastructure_blockchain",
     "«blockchain» («区块链»): trust services", 5),
    ("events", "e1", "Aland", "2024-05", "event", None, "Aland opens a «blockchain» park", 6),
    ("policy_documents", "wider", "Aland", "2023-09-15", "issuer_en", None, "«Blockchain» Bureau", 8),
    ("sources", "s1", None, "2023-09-20", "title", None, "«Blockchain» news of Xland", 9),
    ("policy_documents", "noted", "Aland", "2023-09-15", "note", None, "Says nothing of «blockchain»", 10),
    ("policy_instruments", "i-gone", "Aland", "2023-09-15", "instrument", "infrastructure_blockchain",
     "«blockchain» («区块链»): gone", 10),
    ("sources", "s2", None, None, "note", None, "A remark on «blockchain»", 10),
]  # fmt: skip
SHOWN = ["table", "id", "place", "date", "found_in", "code", "words", "rank"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("search"), ROWS)


def ids(ds, query, **filters):
    return ma.search(ds, query, **filters)["id"].tolist()


@pytest.mark.parametrize(
    "query", ["blockchain", "Blockchains", "区块链", "區塊鏈", "ＢＬＯＣＫＣＨＡＩＮ", '"blockchain"']
)
def test_rows_that_speak_of_a_word_in_either_language(tiny, query):
    found = ma.search(tiny, query, country=None)
    assert list(found) == COLUMNS
    assert list(zip(*plain(found[SHOWN]).values(), strict=True)) == FOUND
    assert found["level"].tolist()[:4] == ["province", "province", "country", "city"]
    assert found["document_id"].fillna("-").tolist()[:8] == [
        "plan",
        "old",
        "foreign",
        "draft",
        "draft",
        "draft",
        "old",
        "-",
    ]
    assert found.attrs["nearest"] == []


def test_order_of_the_rows_in_the_tables_changes_nothing(tiny):
    turned = tiny.with_tables(**{name: tiny[name].iloc[::-1] for name in tiny.tables})
    for query in ("blockchain", "park", "Aland", "Huahua"):
        assert_frame_equal(ma.search(turned, query), ma.search(tiny, query))
    assert_frame_equal(
        ma.search(turned, "blockchain", by="province"), ma.search(tiny, "blockchain", by="province")
    )


def test_the_tables_stay_as_they_are(tiny):
    before = {name: tiny[name].copy(deep=True) for name in tiny.tables}
    ma.search(tiny, "Aland blockchain", by="province")
    for name in tiny.tables:
        assert_frame_equal(tiny[name], before[name])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("park", ["plan", "e1"]),
        ("park chain", ["plan"]),  # all words in one row, in any order
        ("chain parks", ["plan"]),
        ("chain 区块链", ["plan"]),  # in different columns
        ('"on chain"', ["plan"]),
        ('"chain on"', []),
        ("blockchain trust", ["old", "i-old-2"]),  # a code and words
        ("blockchain grants", ["old"]),  # in two instruments of one document
        ("subsidies", ["old", "i-old-1"]),
        ("infrastructure_blockchain", ["old", "i-old-2", "i-gone"]),
        ("Btown", ["CN-AA-b", "draft", "t1", "i-draft"]),  # named first; then by the place that they are of
        ("Btown chips", ["draft", "i-draft"]),
        ("乙市", ["CN-AA-b", "draft", "t1", "i-draft"]),
        ("甲地 园区", ["plan"]),
        ("Huahua", ["o1"]),
        ("华华", ["o1"]),
        ("Xland", ["XX", "foreign", "s1"]),
        ("(.*)|[", None),
        ("old.plan", ["old"]),
        ("another blockchain", ["noted"]),
    ],
)
def test_queries(tiny, query, found):
    if found is None:
        with pytest.raises(ValueError, match="two letters"):
            ma.search(tiny, query)
    else:
        assert ids(tiny, query, country=None) == found


def test_the_row_itself_is_shown_before_a_remark_on_it(tiny):
    assert ma.search(tiny, "another blockchain")["words"].tolist() == ["«Another» plan"]


def test_what_a_code_means_counts_only_where_nothing_else_has_the_words(tiny):
    """The schema describes subsidies as grants, awards, rent ...: "grants" stands in a row, "awards" in none."""
    assert ids(tiny, "grants") == ["old", "i-old-1"]
    found = ma.search(tiny, "awards")
    assert found[["id", "found_in", "rank"]].values.tolist() == [["i-old-1", "instrument", 10]]
    assert found["words"][0].startswith("Grants, «awards», rent") and found["code"][0] == "subsidy"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (
            {"place": "Aland"},
            ["plan", "old", "draft", "t1", "i-draft", "i-old-2", "e1", "wider", "noted", "i-gone"],
        ),
        ({"place": "甲地", "inside": False}, ["plan", "old", "i-old-2", "e1", "wider", "noted", "i-gone"]),
        ({"place": ["Btown", "XX"]}, ["foreign", "draft", "t1", "i-draft"]),
        ({"place": ["Btown", "XX"], "country": "CN"}, ["draft", "t1", "i-draft"]),
        ({"level": "city"}, ["draft", "t1", "i-draft"]),
        ({"country": "XX"}, ["foreign"]),
        ({"year": 2022}, ["old", "i-old-2"]),
        ({"year": [2022, 2024]}, ["old", "i-old-2", "e1"]),
        ({"year": 2026}, []),  # the day on which the sources were read, not one of their dates
        ({"as_of": "2022-06-01"}, ["old", "i-old-2", "s1", "s2"]),
    ],
)
def test_filters(tiny, filters, found):
    if filters.get("year") == 2026:
        with pytest.raises(
            ValueError, match=r"no row has the year 2026.*There is .*: 2022 \(2\), 2023 \(9\), 2024 \(1\)"
        ):
            ma.search(tiny, "blockchain", **filters)
    else:
        assert ids(tiny, "blockchain", **filters) == found


def test_a_year_that_only_other_rows_have_finds_nothing(tiny):
    assert ids(tiny, "grants", year=2024) == []


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"place": "Alund"}, "Alund"),
        ({"level": "town"}, "no row has the level 'town'"),
        ({"country": "YY"}, "no row has the country 'YY'"),
        ({"by": "town"}, "no place has the level 'town'"),
    ],
)
def test_wrong_filters_are_told(tiny, filters, message):
    with pytest.raises(ValueError, match=message):
        ma.search(tiny, "blockchain", **filters)


@pytest.mark.parametrize("query", ["", " ", "!", '""', "a", "。", None, 7, "x" * 201])
def test_queries_without_words_are_told(tiny, query):
    with pytest.raises(ValueError, match="a search takes"):
        ma.search(tiny, query)


def test_a_place_abroad_that_is_named_is_found_and_what_else_is_left_out_is_told(tiny):
    assert {"foreign", "XX"} <= set(ids(tiny, "Xland"))
    found = ma.search(tiny, "blockchain")
    assert "foreign" not in found["id"].tolist()
    assert found.attrs["left_out"] == 1 and ma.search(tiny, "blockchain", country="CN").attrs["left_out"] == 0
    assert ids(tiny, "blockchain", place="XX") == ["foreign"]


def test_a_word_without_a_code_leads_to_its_chinese_term(ds):
    by_word, by_term = (
        ma.search(ds, words, by="province")[["place", "documents"]] for words in ("digital twins", "数字孪生")
    )
    assert_frame_equal(by_word, by_term)
    assert (by_word["documents"] > 0).sum() > 3


def test_nothing_found_is_an_empty_table_with_the_nearest_words(tiny):
    found = ma.search(tiny, "blockchian")
    assert found.empty and list(found) == COLUMNS and "blockchain" in found.attrs["nearest"]
    assert_frame_equal(found, ma.search(tiny, "blockchain").head(0))
    assert ma.search(tiny, "qqqqqqq").attrs["nearest"] == []
    assert "Huahua Technologies" in ma.search(tiny, "Huahwa Technologie").attrs["nearest"]


def test_empty_tables(tmp_path):
    rows = {name: [] for name in ("sources", "places", "policy_documents", "regional_targets")}
    empty = load_rows(tmp_path / "empty", rows)
    assert ma.search(empty, "blockchain").empty and list(ma.search(empty, "blockchain")) == COLUMNS
    assert ma.search(empty, "blockchain", by="province").empty


def test_another_industry(hydrogen_folder):
    ds = ma.load(hydrogen_folder)
    assert ids(ds, "hydrogen plan") == ["north-final", "port-plan", "east-plan", "north-draft", "n1", "e1"]
    green = ma.search(ds, "green hydrogen")
    assert green[["id", "found_in", "code", "words"]].values.tolist() == [
        ["east-green", "scope", "green_hydrogen", "«green hydrogen»: billion CNY"]
    ]
    assert ids(ds, "Northmark")[:3] == ["north", "north-final", "north-draft"]
    provinces = ma.search(ds, "fuel-cell", by="province", country=None)
    assert provinces[["place", "documents"]].values.tolist()[:2] == [["Eastshore", 1], ["Southvale", 1]]


@settings(max_examples=25 * MORE)
@given(query=st.text(max_size=30) | st.text("区块链 blockAPpk\"'()*«-", max_size=12))
def test_any_text_finds_something_or_is_refused_in_words(tiny, query):
    try:
        found = ma.search(tiny, query)
    except ValueError as error:
        assert str(error).startswith("a search takes")
    else:
        assert list(found) == COLUMNS and found["rank"].is_monotonic_increasing
        assert found["id"].notna().all() and found["words"].str.len().gt(0).all()


def test_ids_lead_to_their_rows(ds):
    for query in ("blockchain", "Sichuan", "talent"):
        found = ma.search(ds, query)
        assert not found.duplicated(["table", "id"]).any()
        for table, rows in found.groupby("table"):
            assert rows["id"].isin(ds[table][ds.schema[table].key]).all()


def test_packaged_tables_are_found_in_both_languages(ds):
    for english, chinese in [("blockchain", "区块链"), ("Huawei", "华为"), ("Hainan", "海南")]:
        assert ids(ds, english) == ids(ds, chinese)
    first = ma.search(ds, "metaverse", country="CN").head(20)
    documents = ds.policy_documents.set_index("document_id").loc[first["id"]]
    assert documents["is_metaverse_specific"].all() and (documents["status"] == "issued").all()


def test_documents_come_before_everything_else(ds):
    found = ma.search(ds, "digital human")
    carrying = found[found["rank"] <= 3]
    assert set(carrying["table"]) == {"policy_documents"}
    days = pd.to_datetime(found["date"].where(found["date"].str.len() == 10))
    for _, of_rank in days.groupby(found["rank"]):
        assert of_rank.dropna().is_monotonic_decreasing


def test_of_two_words_the_rare_one_is_shown(ds):
    found = ma.search(ds, "metaverse standard", country="CN").set_index("id")
    assert "«standards»" in found["words"]["cn-2025-metaverse-typical-cases-notice"]
