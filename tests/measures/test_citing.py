"""Citations: the right sources in the right order, in each style, read back by readers of BibTeX and CSL."""

import json
import re

import bibtexparser
import pandas as pd
import pytest
from thorough import MANY
from tiny import SOURCE, TARGET, load_rows

import metaverse_analysis as ma
from metaverse_analysis.measures.sources_used import sources_used

SICHUAN, SHANDONG = "cn-sc-2023-final-market-scale", "cn-sd-2025-related-scale-draft"


def ids_of(ds: ma.Dataset, target_id: str) -> list[str]:
    targets = ds.regional_targets.set_index("target_id")
    return targets.source_ids[target_id].split(";")


def keys(bibtex: str) -> list[str]:
    return re.findall(r"^@online\{(.*),$", bibtex, re.M)


def with_source(ds: ma.Dataset, **values) -> ma.Dataset:
    """The dataset with one hostile source added."""
    row = ds.sources.iloc[[0]].assign(**values)
    return ds.with_tables(sources=pd.concat([ds.sources, row], ignore_index=True))


HOSTILE = {
    "source_id": "hostile-1",
    "title": 'A {title} with \\ & % $ # _ ^ ~ "quotes" <b> 元宇宙\nand a line',
    "publisher": "Smith & Sons {Ltd}",
    "url": "https://example.org/a{b}c?x=%E5%85%83&y=1#z_~",
    "is_copy": True,
    "host": "mirror_site.example",
    "published": "2023-09",
}


def test_one_id_names_the_sources_of_its_row(ds):
    assert keys(ma.cite(ds, SICHUAN, style="bibtex")) == ids_of(ds, SICHUAN)
    assert len(ma.cite(ds, SICHUAN).splitlines()) == len(ids_of(ds, SICHUAN))


def test_a_source_is_cited_as_itself_and_once(ds):
    one = ids_of(ds, SICHUAN)[1]
    expected = [one, *[id for id in ids_of(ds, SICHUAN) if id != one]]
    assert keys(ma.cite(ds, [one, SICHUAN, one], style="bibtex")) == expected


def test_lists_series_and_tables_agree(ds):
    ids = [SICHUAN, SHANDONG]
    frame = ds.regional_targets.set_index("target_id").loc[ids, ["source_ids"]]
    expected = list(dict.fromkeys(ids_of(ds, SICHUAN) + ids_of(ds, SHANDONG)))
    for given in (ids, pd.Series(ids), frame, frame.reset_index(), frame.reset_index()[["target_id"]]):
        assert keys(ma.cite(ds, given, style="bibtex")) == expected


def test_a_table_follows_every_key_whose_rows_name_sources(ds):
    figure = ds.press_figures.iloc[[0]]
    found = list(sources_used(ds, figure))
    assert set(found) == {figure.source_id.iloc[0], *ids_of(ds, figure.target_id.iloc[0])}
    many = pd.DataFrame({"place": ["x"], "target_ids": [f"{SICHUAN};{SHANDONG}"]})
    assert set(sources_used(ds, many)) == set(ids_of(ds, SICHUAN) + ids_of(ds, SHANDONG))
    lists = pd.DataFrame({"target_ids": [[SICHUAN], None]})
    assert list(sources_used(ds, lists)) == ids_of(ds, SICHUAN)


def test_a_column_of_numbers_called_sources_is_no_list_of_ids(ds):
    table = pd.DataFrame({"target_id": [SICHUAN], "sources": [4]})
    assert list(sources_used(ds, table)) == ids_of(ds, SICHUAN)


def test_empty_tables_cite_nothing(ds):
    nothing = ds.regional_targets.iloc[:0]
    assert [ma.cite(ds, nothing, style=style) for style in ("text", "bibtex", "csl-json")] == ["", "", "[]"]
    assert ma.source_line(ds, nothing) == "No sources"


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (SICHUAN + "x", f"no table has the id.*nearest are {SICHUAN}"),
        ("CN-SC", "row of places, whose rows name no sources"),
        ("Shandong", 'market_targets.ds, place="Shandong".*profile.ds, "Shandong"'),
        ("腾讯", 'row of participants.*seats.ds, organisation="Tencent Holdings"'),
        (7, "an id, a list or Series of ids, a table, a Profile, a Comparison or a Total is needed, not int"),
        ([7], "an id is text"),
        (pd.DataFrame({"x": [1]}), "no column of the table leads to sources .it has x.*target_id"),
        (pd.DataFrame({"target_id": ["nowhere"]}), "regional_targets don't have the id 'nowhere'"),
    ],
)
def test_errors_say_what_is_needed(ds, ids, message):
    with pytest.raises(ValueError, match=message):
        ma.cite(ds, ids)


def test_what_a_measure_found_is_cited_as_its_rows_are(ds):
    targets = ma.market_targets(ds)
    total, profile = ma.add_up(targets, scope="metaverse_core", year=2025), ma.profile(ds, "Qinghai")
    assert ma.cite(ds, total) == ma.cite(ds, total.included)
    assert ma.cite(ds, profile) == ma.cite(ds, profile.sources["source_id"])
    assert ma.cite(ds, targets.iloc[0], style="bibtex") == ma.cite(ds, targets.head(1), style="bibtex")
    facts = ma.compare(ds, ["Sichuan", "Shandong"])
    assert set(sources_used(ds, facts)) == set(facts.facts["source_ids"].dropna().str.split(";").explode())


def test_the_style_needs_no_keyword(ds):
    assert ma.cite(ds, SICHUAN, "bibtex") == ma.cite(ds, SICHUAN, style="bibtex")
    assert ma.cite_dataset(ds, "bibtex").startswith("@dataset")


def test_unknown_style(ds):
    with pytest.raises(ValueError, match="style is one of text, bibtex, csl-json, not 'apa'"):
        ma.cite(ds, SICHUAN, style="apa")


def plain(latex: str) -> str:
    """Undo the escapes that cite writes."""
    back = {r"\textbackslash{}": "\\", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~"}
    pattern = re.compile("|".join(map(re.escape, back)) + r"|\\([{}$&%#_])")
    return pattern.sub(lambda found: back.get(found[0], found[1]), latex)


def test_every_source_is_read_back_by_a_bibtex_reader(ds):
    ds = with_source(ds, **HOSTILE)
    library = bibtexparser.parse_string(ma.cite(ds, ds.sources, style="bibtex"))
    assert not library.failed_blocks
    sources = ds.sources.set_index("source_id")
    assert [entry.key for entry in library.entries] == list(sources.index)
    for entry in library.entries:
        row = sources.loc[entry.key]
        fields = entry.fields_dict
        assert entry.entry_type == "online"
        assert plain(fields["title"].value.strip("{}")) == " ".join(row.title.split()).strip("{}")
        assert plain(fields["organization"].value[1:-1]) == row.publisher
        assert fields["urldate"].value == f"{row.accessed:%Y-%m-%d}"
        assert ("date" in fields) == pd.notna(row.published)
        assert ("note" in fields) == bool(row.is_copy or pd.notna(row.text_origin))
        assert not set(fields["url"].value) & set('{}\\ "<>')


def test_copies_say_where_they_were_read(ds):
    entry = ma.cite(with_source(ds, **HOSTILE), "hostile-1", style="bibtex")
    assert r"note = {copy read at mirror\_site.example}," in entry
    assert "date = {2023-09}," in entry
    assert "copy read at mirror_site.example" in ma.cite(with_source(ds, **HOSTILE), "hostile-1")


@pytest.mark.parametrize("id", ["Ünicode Id", "a,b", "UPPER"])
def test_odd_ids_become_legal_keys_that_differ(ds, id):
    def key_of(name):
        ours = with_source(ds, **HOSTILE | {"source_id": name})
        return keys(ma.cite(ours, name, style="bibtex"))[0]

    assert re.fullmatch(r"[a-z0-9.:_+-]+", key_of(id))
    assert key_of(id) != key_of(id + "!")
    assert key_of(id) == key_of(id)


def test_every_source_is_read_by_a_csl_processor(ds):
    read = pytest.importorskip("citeproc.source.json").CiteProcJSON
    ds = with_source(ds, **HOSTILE)
    items = json.loads(ma.cite(ds, ds.sources, style="csl-json"))
    bibliography = read(items)
    assert list(bibliography) == list(ds.sources.source_id.str.lower())
    one = bibliography["hostile-1"]
    assert (one["type"], "".join(one["publisher"])) == ("webpage", "Smith & Sons {Ltd}")
    assert (one["issued"]["year"], one["issued"]["month"]) == (2023, 9)


def test_csl_dates_are_as_precise_as_known(ds):
    items = json.loads(ma.cite(ds, ds.sources, style="csl-json"))
    for item, date, read_on in zip(items, ds.sources.published, ds.sources.accessed, strict=True):
        assert item["accessed"]["date-parts"] == [[read_on.year, read_on.month, read_on.day]]
        expected = None if pd.isna(date) else [[int(part) for part in date.split("-")]]
        assert item.get("issued", {}).get("date-parts") == expected
        assert None not in item.values()


def test_source_line(ds):
    line = ma.source_line(ds, ds.regional_targets[["source_ids"]])
    outlets = line.removeprefix("Sources: ").split(" and ")[0].split(", ")
    assert len(outlets) == 4
    sources = ds.sources.set_index("source_id")
    outlet = sources.text_origin.fillna(sources.publisher)
    pages = ds.regional_targets.source_ids.str.split(";").explode().drop_duplicates()
    others = (~pages.map(outlet).isin(outlets)).sum()
    assert line.endswith(f" and {others} other pages"), "pages of the outlets that are named are no others"
    one = ids_of(ds, SICHUAN)[:1]
    assert ma.source_line(ds, one) == f"Source: {ds.sources.set_index('source_id').publisher[one[0]]}"


def test_the_dataset_itself(ds):
    library = bibtexparser.parse_string(ma.cite_dataset(ds, style="bibtex"))
    assert [entry.entry_type for entry in library.entries] == ["dataset"]
    item = json.loads(ma.cite_dataset(ds, style="csl-json"))[0]
    assert item["title"] in ma.cite_dataset(ds)
    assert item["issued"]["date-parts"] == [[2026, 11, 28]]
    with pytest.raises(ValueError, match="style is one of"):
        ma.cite_dataset(ds, style="apa")


def test_very_many_rows(ds):
    copies = -(-MANY // len(ds.regional_targets))
    frame = pd.concat([ds.regional_targets[["target_id"]]] * copies, ignore_index=True)
    assert ma.cite(ds, frame) == ma.cite(ds, ds.regional_targets[["target_id"]])


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
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("citing") / "tables"
    return load_rows(folder, {"sources": SOURCES, "regional_targets": TARGETS})


def test_a_copy_of_a_text_whose_outlet_is_not_named_says_so(ds):
    unnamed = ds.sources[ds.sources["is_copy"] & (ds.sources["publisher"] == ds.sources["host"])]
    lines = ma.cite(ds, unnamed).splitlines()
    assert len(lines) == len(unnamed) > 0
    assert all(
        "copy of a text whose outlet isn't named" in line and "copy read at" not in line for line in lines
    )


def test_lines_of_text(tiny):
    assert ma.cite(tiny, ["t1", "t2"]).splitlines() == [
        'B. "A page". September 2023. https://example.org/2?a=(b)&c=%7Bd%7D (read 23 November 2026)',
        'A & B. "A 100% title". 20 September 2023. https://example.org/1 (in Chinese; copy read at example.org; '
        "text of Agency; read 23 November 2026)",
        'C. "A page". No date. https://example.org/3 (read 23 November 2026)',
    ]


def test_entries_of_bibtex(tiny):
    assert (
        ma.cite(tiny, ["t1", "t2"], style="bibtex")
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


def test_items_of_csl(tiny):
    text = ma.cite(tiny, ["t1", "t2"], style="csl-json")
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


def test_chinese_titles_stay_as_they_are_in_csl(tiny):
    sources = tiny.sources.assign(title="元宇宙")
    assert "元宇宙" in ma.cite(tiny.with_tables(sources=sources), "s1", style="csl-json")


def test_empty_cells_leave_out_their_fields(tiny):
    bare = tiny.sources.assign(title=None, publisher=None, host=None, url=None, published=None, language=None)
    bare["accessed"] = bare.accessed.where(bare.source_id != "s1")
    ours = tiny.with_tables(sources=bare.astype(dict.fromkeys(["title", "publisher", "host", "url"], "str")))
    assert ma.cite(ours, "s1") == "s1. No date (text of Agency)"
    assert ma.cite(ours, "s1", style="bibtex") == "@online{s1,\n  note = {text of Agency},\n}\n"
    assert json.loads(ma.cite(ours, "s1", style="csl-json")) == [
        {"id": "s1", "type": "webpage", "note": "text of Agency"}
    ]


def test_the_line_of_a_chart_names_the_established_outlets_first(tiny):
    ids = ["t1", "t2", "t3"]
    assert ma.source_line(tiny, ids) == "Sources: Agency, C, B"
    assert ma.source_line(tiny, ids, most=2) == "Sources: Agency, C and 1 other page"
    assert ma.source_line(tiny, ["s1", "s1"]) == "Source: Agency"
    assert ma.source_line(tiny, []) == "No sources"


def test_among_equals_the_outlet_with_more_rows_comes_first_and_pages_are_counted(tiny):
    sources = tiny.sources.assign(kind="newspaper", text_origin=None, publisher=["A", "B", "B"])
    ours = tiny.with_tables(sources=sources)
    assert ma.source_line(ours, ["t1", "t2"]) == "Sources: B, A (3 pages)"
    assert ma.source_line(ours, ["s2", "s3"]) == "Sources: B (2 pages)"


def test_sources_come_in_the_order_of_use_and_as_often_as_they_are_used(tiny):
    assert list(sources_used(tiny, ["t3", "t1", "s3", "t3"])) == ["s2", "s2", "s1", "s3"]
    assert list(sources_used(tiny, tiny.regional_targets[["source_ids"]])) == ["s2", "s1", "s3", "s2"]
    assert list(sources_used(tiny, tiny.regional_targets[["target_id"]])) == ["s2", "s1", "s3", "s2"]


def test_the_dataset_in_each_style(tiny):
    title, version = (tiny.schema.descriptor[part] for part in ("title", "version"))
    note = f"Data set; sources read until 23 November 2026; CC-BY-4.0; SHA-256 {tiny.checksum[:16]}..."
    people = tiny.schema.descriptor["contributors"][0]["title"]
    assert ma.cite_dataset(tiny) == f"{people}. {title}. Version {version}. {note}"
    assert ma.cite_dataset(tiny, style="bibtex").splitlines() == [
        "@dataset{metaverse-policy-china,",
        f"  title = {{{{{title}}}}},",
        "  author = {{" + people.replace("_", r"\_") + "}},",
        "  date = {2026-11-23},",
        f"  version = {{{version}}},",
        f"  note = {{{note}}},",
        "}",
    ]
    assert json.loads(ma.cite_dataset(tiny, style="csl-json")) == [
        {
            "id": "metaverse-policy-china", "type": "dataset", "title": title, "author": [{"literal": people}],
            "note": note, "version": version, "issued": {"date-parts": [[2026, 11, 23]]},
        }
    ]  # fmt: skip


def test_what_was_known_on_a_day_is_cited_as_such(tiny):
    then = ma.as_of(tiny, "2024-01-19")
    assert "; as known on 19 January 2024; CC-BY-4.0; SHA-256 " in ma.cite_dataset(then)


def test_a_dataset_without_pages_has_no_date(tiny):
    empty = tiny.with_tables(sources=tiny.sources[:0])
    assert ma.cite_dataset(empty).endswith(f". Data set; CC-BY-4.0; SHA-256 {empty.checksum[:16]}...")
    assert "date" not in ma.cite_dataset(empty, style="bibtex")
    assert "issued" not in ma.cite_dataset(empty, style="csl-json")
