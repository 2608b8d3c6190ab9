"""Which columns hold words, and what else the words of a query are called."""

import pytest
from tiny import CHINA, CITY, PROVINCE, load_rows

import metaverse_analysis as ma
from metaverse_analysis.measures.search_names import Words, read, word_columns

FIRMS = [
    {"organisation_id": "o1", "name_en": "Huahua Technologies", "name_zh": "华华", "type": "company"},
    {"organisation_id": "o2", "name_en": "Northern Mobile", "name_zh": "北方移动", "type": "company"},
    {
        "organisation_id": "o3",
        "name_en": "Northern Academy (Aland)",
        "name_zh": "北方科学院",
        "type": "academia",
    },
]
PLACES = [CHINA, PROVINCE | {"aliases": "Alandia;甲地"}, CITY]


@pytest.fixture(scope="module")
def words(tmp_path_factory) -> Words:
    return Words(load_rows(tmp_path_factory.mktemp("names"), {"participants": FIRMS, "places": PLACES}))


def called(words: Words, query: str) -> list[set[str]]:
    """All names of each phrase of a query, its own first."""
    return [{" ".join(name) for name in names} for names in read(words, query).phrases]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("blockchain", [{"blockchain", "区块链"}]),
        ("区块链", [{"区块链", "blockchain"}]),
        ("區塊鏈", [{"区块链", "blockchain"}]),
        ("digital human", [{"digital", "数字人"}, {"human", "数字人"}]),
        ('"Digital Humans"', [{"digital humans", "数字人"}]),
        ("NFTs", [{"nfts", "数字藏品"}]),
        ("数字藏品", [{"数字藏品", "nfts", "digital collectibles"}]),
    ],
)
def test_labels_and_chinese_terms_of_codes_lead_to_each_other(words, query, names):
    found = called(words, query)
    assert len(found) == len(names) and all(a <= b for a, b in zip(names, found, strict=True))


def test_a_label_of_two_things_does_not_make_them_one(words):
    assert "digital collectibles" not in called(words, "NFTs")[0]
    assert called(words, "risk")[0].isdisjoint({"governance"})


@pytest.mark.parametrize(
    ("query", "right", "too_wide"),
    [
        ("工业元宇宙", set(), {"industry"}),  # its label, which other industries have, too
        ("技术研发", {"research and development"}, {"research", "development"}),
        ("补贴", {"subsidies"}, {"grants"}),
        ("企业", {"firms"}, set()),
        ("文旅", {"culture and tourism"}, {"culture"}),
    ],
)
def test_a_chinese_term_leads_to_no_word_that_says_more(words, query, right, too_wide):
    names = called(words, query)[0]
    assert right <= names and names.isdisjoint(too_wide)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("nothing known", [{"nothing"}, {"known"}]),
        ("Aland", [{"aland", "alandia", "甲省", "甲地"}]),
        ("甲地", [{"甲地", "aland", "alandia", "甲省"}]),
        ("乙市", [{"乙市", "btown"}]),
        ("Huahua", [{"huahua", "huahua technologies", "华华"}]),
        ("华华", [{"华华", "huahua technologies", "huahua"}]),
        ("Northern", [{"northern"}]),  # two begin so
        (
            "Northern Mobile",
            [{"northern", "northern mobile", "北方移动"}, {"mobile", "northern mobile", "北方移动"}],
        ),
        ('"northern academy"', [{"northern academy", "北方科学院"}]),
        ("Aland Huahua", [{"aland", "alandia", "甲省", "甲地"}, {"huahua", "huahua technologies", "华华"}]),
    ],
)
def test_a_name_leads_to_the_other_names(words, query, names):
    assert called(words, query) == names


def test_rows_that_the_query_names(words):
    named = read(words, "Huahua").named
    assert named["participants"].tolist() == [0] and not len(named["places"])
    assert read(words, "alandia").named["places"].tolist() == [1]
    assert not any(map(len, read(words, "Northern").named.values()))
    assert not any(map(len, read(words, "huahua aland").named.values()))


def test_columns_of_words_follow_from_the_schema(ds):
    found = {table: word_columns(ds.schema, table) for table in ds.schema}
    assert {"title_en", "title_zh", "issuer_en", "note"} <= set(found["policy_documents"])
    assert {"unit", "words_zh", "scope_note"} <= set(found["regional_targets"])
    assert {"event", "actors"} <= set(found["events"]) and {"title", "publisher"} <= set(found["sources"])
    every = {name for columns in found.values() for name in columns}
    assert not {name for name in every if name.endswith(("_id", "_ids", "_date", "_on"))}
    assert not every & {
        "url",
        "host",
        "published",
        "period",
        "levels",
        "iso_code",
        "reported_usd_billion",
        "kind",
    }


def test_columns_of_words_of_another_industry(hydrogen_folder):
    schema = ma.load(hydrogen_folder).schema
    assert word_columns(schema, "sources") == ["title", "publisher", "host", "url", "text_origin", "note"]
    assert "title_en" in word_columns(schema, "policy_documents")
    assert "document_id" not in word_columns(schema, "regional_targets")
