"""What the search box finds: rows by their words in both languages, as data that runs nothing."""

import json

import pytest

import metaverse_analysis as ma
from metaverse_analysis.output.addresses import Addresses
from metaverse_analysis.output.row_words import RowWords
from metaverse_analysis.output.search_index import SearchIndex


@pytest.fixture(scope="module")
def index():
    ds = ma.load()
    found = SearchIndex()
    found.add_rows(RowWords(ds, Addresses(ds)))
    found.add_columns(RowWords(ds, Addresses(ds)))
    return found


def titles(index: SearchIndex, word: str) -> set[tuple[str, str]]:
    return {(kind, address) for kind, title, address, text in index.entries if word in title + text}


@pytest.mark.parametrize(
    ("word", "entry"),
    [
        ("四川", ("place", "places/cn-sc.html")),
        ("Sichuan", ("place", "places/cn-sc.html")),
        ("区块链", ("document", "documents.html#cn-2023-metaverse-three-year-action-plan")),
        ("相关产业规模", ("target", "targets.html#cn-sc-2023-final-market-scale")),
        ("Huawei", ("organisation", "organisations.html#huawei")),
        ("Metaverse Post", ("source", "sources.html#mpost-2024-01-19-wg")),
        ("growth_rate_pct", ("column", "codebook.html#regional_targets")),
    ],
)
def test_finds(index, word, entry):
    assert entry in titles(index, word)


def test_a_row_is_found_by_itself_and_not_by_its_sources(index):
    assert not [
        text for kind, _, _, text in index.entries if kind == "target" and "mpost-2024-01-19-wg" in text
    ]


def test_the_file_is_data_that_a_parser_of_json_reads():
    index = SearchIndex()
    index.add("place", 'a"</script>', "x.html", "line\u2028sep `${1}`")
    before, rows = index.script().split("rows:", 1)
    assert before == 'window.searchIndex={kinds:["place"],'
    assert json.loads(rows.removesuffix("};\n")) == [[0, 'a"</script>', "x.html", "line sep `${1}`"]]
