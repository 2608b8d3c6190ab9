"""Citations of three small sources, letter by letter in each style."""

import json

import pytest
from tiny import SOURCE, TARGET, load_rows

import metaverse_analysis as ma
from metaverse_analysis.measures.citing import sources_used

SOURCES = [
    SOURCE
    | {
        "is_copy": "true", "text_origin": "Agency", "language": "zh", "title": "A 100% title", "publisher": "A & B",
    },
    SOURCE
    | {
        "source_id": "s2", "url": "https://example.org/2?a=(b)&c={d}", "published": "2023-09", "publisher": "B",
        "kind": "aggregator",
    },
    SOURCE
    | {
        "source_id": "s3", "url": "https://example.org/3", "published": "", "kind": "official", "publisher": "C",
        "host": "c.org",
    },
]  # fmt: skip
TARGETS = [
    TARGET | {"source_ids": "s2;s1"},
    TARGET | {"target_id": "t2", "source_ids": "s3", "value": "3"},
    TARGET | {"target_id": "t3", "source_ids": "s2", "value": "4"},
]


@pytest.fixture(scope="module")
def ds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("citing") / "tables"
    return load_rows(folder, {"sources": SOURCES, "regional_targets": TARGETS})


def test_lines_of_text(ds):
    assert ma.cite(ds, ["t1", "t2"]).splitlines() == [
        'B. "A page". September 2023. https://example.org/2?a=(b)&c=%7Bd%7D (read 23 November 2026)',
        'A & B. "A 100% title". 20 September 2023. https://example.org/1 (in Chinese; copy read at example.org; '
        "text of Agency; read 23 November 2026)",
        'C. "A page". No date. https://example.org/3 (read 23 November 2026)',
    ]


def test_entries_of_bibtex(ds):
    assert (
        ma.cite(ds, ["t1", "t2"], style="bibtex")
        == r"""@online{s2,
  title = {{A page}},
  organization = {{B}},
  date = {2023-09},
  url = {https://example.org/2?a=(b)&c=%7Bd%7D},
  urldate = {2026-11-23},
  language = {english},
}

@online{s1,
  title = {{A 100\% title}},
  organization = {{A \& B}},
  date = {2023-09-20},
  url = {https://example.org/1},
  urldate = {2026-11-23},
  language = {chinese},
  note = {copy read at example.org; text of Agency},
}

@online{s3,
  title = {{A page}},
  organization = {{C}},
  url = {https://example.org/3},
  urldate = {2026-11-23},
  language = {english},
}
"""
    )


def test_items_of_csl(ds):
    text = ma.cite(ds, ["t1", "t2"], style="csl-json")
    assert text.startswith('[\n{"id": "s2", ') and text.count("\n") == 4
    read = {"accessed": {"date-parts": [[2026, 11, 23]]}, "type": "webpage"}
    assert json.loads(text) == [
        read
        | {
            "id": "s2", "title": "A page", "publisher": "B", "container-title": "example.org", "language": "en",
            "issued": {"date-parts": [[2023, 9]]}, "URL": "https://example.org/2?a=(b)&c=%7Bd%7D",
        },
        read
        | {
            "id": "s1", "title": "A 100% title", "publisher": "A & B", "container-title": "example.org",
            "language": "zh", "issued": {"date-parts": [[2023, 9, 20]]}, "URL": "https://example.org/1",
            "note": "copy read at example.org; text of Agency",
        },
        read
        | {
            "id": "s3", "title": "A page", "publisher": "C", "container-title": "c.org", "language": "en",
            "URL": "https://example.org/3",
        },
    ]  # fmt: skip


def test_chinese_titles_stay_as_they_are_in_csl(ds):
    sources = ds.sources.assign(title="元宇宙")
    assert "元宇宙" in ma.cite(ds.with_tables(sources=sources), "s1", style="csl-json")


def test_empty_cells_leave_out_their_fields(ds):
    bare = ds.sources.assign(title=None, publisher=None, host=None, url=None, published=None, language=None)
    bare["accessed"] = bare.accessed.where(bare.source_id != "s1")
    ours = ds.with_tables(sources=bare.astype(dict.fromkeys(["title", "publisher", "host", "url"], "str")))
    assert ma.cite(ours, "s1") == "s1. No date (text of Agency)"
    assert ma.cite(ours, "s1", style="bibtex") == "@online{s1,\n  note = {text of Agency},\n}\n"
    assert json.loads(ma.cite(ours, "s1", style="csl-json")) == [
        {"id": "s1", "type": "webpage", "note": "text of Agency"}
    ]


def test_the_line_of_a_chart_names_the_established_outlets_first(ds):
    ids = ["t1", "t2", "t3"]
    assert ma.source_line(ds, ids) == "Sources: Agency, C, B"
    assert ma.source_line(ds, ids, most=2) == "Sources: 3 pages, among them Agency, C (ma.cite lists all)"
    assert ma.source_line(ds, ["s1", "s1"]) == "Source: Agency"
    assert ma.source_line(ds, []) == "No sources"


def test_among_equals_the_outlet_with_more_rows_comes_first_and_pages_are_counted(ds):
    sources = ds.sources.assign(kind="newspaper", text_origin=None, publisher=["A", "B", "B"])
    ours = ds.with_tables(sources=sources)
    assert ma.source_line(ours, ["t1", "t2"]) == "Sources: B, A (3 pages)"
    assert ma.source_line(ours, ["s2", "s3"]) == "Sources: B (2 pages)"


def test_sources_come_in_the_order_of_use_and_as_often_as_they_are_used(ds):
    assert list(sources_used(ds, ["t3", "t1", "s3", "t3"])) == ["s2", "s2", "s1", "s3"]
    assert list(sources_used(ds, ds.regional_targets[["source_ids"]])) == ["s2", "s1", "s3", "s2"]
    assert list(sources_used(ds, ds.regional_targets[["target_id"]])) == ["s2", "s1", "s3", "s2"]


def test_the_dataset_in_each_style(ds):
    title, note = ds.schema.descriptor["title"], "Data set; sources read until 23 November 2026; CC-BY-4.0"
    people = ds.schema.descriptor["contributors"][0]["title"]
    assert ma.cite_dataset(ds) == f"{people}. {title}. {note}"
    assert ma.cite_dataset(ds, style="bibtex").splitlines() == [
        "@dataset{metaverse-policy-china,",
        f"  title = {{{{{title}}}}},",
        "  author = {{" + people.replace("_", r"\_") + "}},",
        "  date = {2026-11-23},",
        f"  note = {{{note}}},",
        "}",
    ]
    assert json.loads(ma.cite_dataset(ds, style="csl-json")) == [
        {
            "id": "metaverse-policy-china", "type": "dataset", "title": title, "author": [{"literal": people}],
            "note": note, "issued": {"date-parts": [[2026, 11, 23]]},
        }
    ]  # fmt: skip


def test_a_dataset_without_pages_has_no_date(ds):
    empty = ds.with_tables(sources=ds.sources[:0])
    assert ma.cite_dataset(empty).endswith(". Data set; CC-BY-4.0")
    assert "date" not in ma.cite_dataset(empty, style="bibtex")
    assert "issued" not in ma.cite_dataset(empty, style="csl-json")
