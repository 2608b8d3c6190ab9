"""Citations of odd pages, odd ids and odd tables, letter by letter."""

import hashlib
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from says import says
from tiny import CHINA, PROVINCE, SOURCE, TARGET, load_rows, write_few

import metaverse_analysis as ma
from metaverse_analysis.measures.citing import source_line, sources_used

SOURCES = [
    SOURCE,
    SOURCE | {"source_id": "s2", "url": "https://example.org/2", "publisher": "B", "kind": "aggregator"},
    SOURCE | {"source_id": "s3", "url": "https://example.org/3", "publisher": "C", "kind": "official"},
    SOURCE | {"source_id": "s4", "url": "https://example.org/4", "publisher": "D", "kind": "trade_press"},
]
TARGETS = [
    TARGET | {"source_ids": "s3;s1"},
    TARGET | {"target_id": "t2", "value": "3", "source_ids": "s4"},
    TARGET | {"target_id": "t3", "value": "4", "source_ids": "s2;s3"},
]
FIGURE = {
    "press_figure_id": "p1",
    "target_id": "t1",
    "outlet": "O",
    "source_id": "s1",
    "reported_usd_billion": "35",
}


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    rows = {
        "sources": SOURCES,
        "places": [CHINA, PROVINCE],
        "regional_targets": TARGETS,
        "press_figures": [FIGURE],
    }
    return load_rows(tmp_path_factory.mktemp("citing") / "tables", rows)


def page(ds: ma.Dataset, style: str = "text", **cells) -> str:
    """The first source with other cells, cited."""
    one = ds.sources.iloc[:1]
    return ma.cite(
        ds.with_tables(sources=one.assign(**cells).astype(one.dtypes.to_dict())), "s1", style=style
    )


READ = "https://example.org/1 (read 23 November 2026)"


PLAIN = f'A paper. "A page". 20 September 2023. {READ}'


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ({}, PLAIN),
        ({"title": "Two\nlines \x07\t here "}, PLAIN.replace("A page", "Two lines here")),
        ({"publisher": None}, PLAIN.replace("A paper", "example.org")),
        ({"publisher": None, "host": None, "title": None}, f"s1. 20 September 2023. {READ}"),
        ({"is_copy": True}, PLAIN.replace("(", "(copy read at example.org; ")),
        ({"is_copy": True, "host": None}, PLAIN),
        ({"is_copy": pd.NA}, PLAIN),
        ({"text_origin": "A paper"}, PLAIN),
        ({"text_origin": "X"}, PLAIN.replace("(", "(text of X; ")),
        ({"language": "zh", "text_origin": "X"}, PLAIN.replace("(", "(in Chinese; text of X; ")),
        ({"accessed": pd.NaT, "published": "2023"}, 'A paper. "A page". 2023. https://example.org/1'),
        ({"accessed": pd.NaT, "published": "2023-09", "url": None}, 'A paper. "A page". September 2023'),
        ({"url": '\\{} <>"|é'}, PLAIN.replace("https://example.org/1", "%5C%7B%7D%20%3C%3E%22|é")),
    ],
)
def test_lines(ds, cells, line):
    assert page(ds, **cells) == line


def test_what_tex_would_obey_is_written_as_text(ds):
    entry = page(ds, "bibtex", title=r"\ { } $ & % # _ ^ ~ é", publisher="a_b", is_copy=True, host="x_y")
    assert entry.splitlines() == [
        "@online{s1,",
        r"  title = {{\textbackslash{} \{ \} \$ \& \% \# \_ \textasciicircum{} \textasciitilde{} é}},",
        r"  organization = {{a\_b}},",
        "  date = {2023-09-20},",
        "  url = {https://example.org/1},",
        "  urldate = {2026-11-23},",
        "  language = {english},",
        r"  note = {copy read at x\_y},",
        "}",
    ]


@pytest.mark.parametrize(
    ("id", "letters"), [("S2", "s2"), ("S 2/二x二", "s-2-x"), (".a+b:c_d", ".a+b:c_d"), ("é", "")]
)
def test_an_id_that_is_no_key_of_bibtex_becomes_one(ds, id, letters):
    digits = hashlib.sha256(id.encode()).hexdigest()[:8]
    odd = ds.with_tables(sources=ds.sources.iloc[:1].assign(source_id=id))
    assert ma.cite(odd, id, style="bibtex").splitlines()[0] == f"@online{{id-{letters}-{digits},"
    assert json.loads(ma.cite(odd, id, style="csl-json"))[0]["id"] == id


def test_nothing_cited_is_nothing(ds):
    assert ma.cite(ds, []) == ma.cite(ds, [None], style="bibtex") == ""
    assert ma.cite(ds, [], style="csl-json") == "[]"


@pytest.mark.parametrize(
    ("ids", "used"),
    [
        ("t1", "s3 s1"),
        (["t1", "t1", "t2", None], "s3 s1 s4"),
        (("p1", "s4"), "s1 s4"),
        (pd.Series(["t2", None, "t1"]), "s4 s3 s1"),
        (np.array(["t2"]), "s4"),
        (pd.DataFrame({"target_id": ["t2", None, "t1", "t2"]}), "s4 s3 s1"),  # a row that stands twice is one
        (pd.DataFrame({"target_ids": ["t2;t1", "t1"]}), "s4 s3 s1 s3 s1"),
        (pd.DataFrame({"target_ids": [["t2", "t1"], ("t1",), None]}), "s4 s3 s1 s3 s1"),
        (pd.DataFrame({"source_id": ["s4", "s1"], "target_id": ["t2", "t1"]}), "s4 s4 s1 s3 s1"),
        (pd.DataFrame({"sources": [1, 2], "source_ids": ["s4", "s3;s1"]}), "s4 s3 s1"),
        (pd.DataFrame({"sources": ["s4;s1", "s4"], "x": [1, 2]}), "s4 s1 s4"),
        (pd.DataFrame({"x": [1, 2]}, index=pd.Index(["t2", "t1"], name="target_id")), "s4 s3 s1"),
        (pd.DataFrame({"press_figure_id": ["p1"], "x": [1]}, index=[7]), "s1"),
        (pd.DataFrame({"target_id": pd.Series([], dtype="str")}), ""),
    ],
)
def test_sources_in_the_order_of_use(ds, ids, used):
    found = sources_used(ds, ids)
    assert found.tolist() == used.split()
    assert found.index.tolist() == list(range(len(found)))


def test_columns_of_many_rows_are_followed_row_by_row(ds):
    rows = [(source, target) for source in ("s4", "s3", "s1") for target in ("t2", "t1")]
    used = [name for source in ("s4", "s3", "s1") for name in (source, "s4", source, "s3", "s1")]
    once = pd.DataFrame(rows, columns=["source_id", "target_id"])
    assert sources_used(ds, once).tolist() == used
    # A row that stands again is no other use.
    assert sources_used(ds, pd.concat([once] * 30)).tolist() == used


@pytest.mark.parametrize(
    ("ids", "facts"),
    [
        (5, ["ids: ", "an id, a list or Series of ids, a table", "int"]),
        ("CN-AA", ["'CN-AA'", "places", 'market_targets(ds, place="Aland")']),
        ("t9", ["no table", "'t9'", "t3 (regional_targets), t2 (regional_targets), t1 (regional_targets)"]),
        (
            pd.DataFrame({"target_id": ["t1", "t9", "t8"]}),
            [
                "regional_targets don't",
                "'t9'",
                "t3 (regional_targets), t2 (regional_targets), t1 (regional_targets)",
            ],
        ),
        (
            pd.DataFrame({"source_ids": ["s1;s9"]}),
            ["sources", "'s9'", "s4 (sources), s3 (sources), s2 (sources)"],
        ),
    ],
)
def test_what_leads_to_no_source(ds, ids, facts):
    with pytest.raises(ValueError) as told:
        ma.cite(ds, ids)
    assert says(told, *facts)


def test_a_table_without_a_column_to_follow(ds):
    with pytest.raises(ValueError) as told:
        ma.cite(ds, pd.DataFrame({"place_id": ["CN"], 5: [1]}))
    assert says(
        told,
        "it has place_id, 5",
        "source_id, source_ids, body_id, membership_id, document_id, instrument_id, target_id, press_figure_id, "
        "outcome_id, followup_id, forecast_id, statistic_id, event_id, adjudication_id",
    )


@pytest.mark.parametrize("how", [ma.cite_dataset, lambda ds, style: ma.cite(ds, "s1", style=style)])
def test_an_unknown_style(ds, how):
    with pytest.raises(ValueError, match="^style is one of text, bibtex, csl-json, not 'apa'$"):
        how(ds, style="apa")


def test_the_line_of_a_chart(ds):
    assert source_line(ds, ["t1", "t2", "t3"]) == "Sources: C, A paper, D, B"
    few = source_line(ds, ["t1", "t2", "t3"], most=3)
    assert few == "Sources: C, A paper, D and 1 other page"
    rows = pd.DataFrame({"source_id": ["s2"] * 5 + ["s3"] + ["s1"] * 2 + ["s4"]})
    assert (
        source_line(ds, rows) == "Sources: A paper, C, D, B"
    )  # newspapers and offices alike: the more rows first
    same = ds.with_tables(sources=ds.sources.assign(publisher="One"))
    assert source_line(same, ["s1", "s3"]) == "Sources: One (2 pages)"
    assert source_line(same, ["s1", "s1"]) == "Source: One"
    assert source_line(ds, []) == "No sources"


def test_outlets_of_equal_worth_stand_in_the_order_of_use(ds):
    names = [f"s{99 - number}" for number in range(60)]
    many = ds.sources.iloc[[0] * 60].assign(source_id=names, publisher=names)
    line = source_line(ds.with_tables(sources=many), names, most=60)
    assert line == f"Sources: {', '.join(names)}"


@pytest.fixture
def anonymous(tmp_path) -> ma.Dataset:
    """A folder whose schema says next to nothing about itself."""
    folder = write_few(tmp_path / "few")
    path = folder / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    kept = {"resources": described["resources"], "profile": described.get("profile", "tabular-data-package")}
    path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    return ma.load(folder)


def test_a_dataset_without_a_name_a_title_and_contributors(anonymous):
    note = f"Data set; sources read until 23 November 2026; SHA-256 {anonymous.checksum[:16]}..."
    assert ma.cite_dataset(anonymous) == f"Anonymous. Tables. {note}"
    assert ma.cite_dataset(anonymous, style="bibtex").splitlines() == [
        "@dataset{tables,",
        "  title = {{Tables}},",
        "  date = {2026-11-23},",
        f"  note = {{{note}}},",
        "}",
    ]
    assert json.loads(ma.cite_dataset(anonymous, style="csl-json")) == [
        {
            "id": "tables", "type": "dataset", "title": "Tables", "author": [],
            "note": note, "issued": {"date-parts": [[2026, 11, 23]]},
        }
    ]  # fmt: skip


def test_a_dataset_of_two_contributors(anonymous):
    about = dict(anonymous.schema.descriptor)
    about |= {
        "contributors": [{"title": "A & B"}, {"title": "C"}],
        "licenses": [{"name": "L1"}, {"name": "L_2"}],
    }
    both = replace(anonymous, schema=replace(anonymous.schema, descriptor=about))
    assert ma.cite_dataset(both).startswith(
        "A & B, C. Tables. Data set; sources read until 23 November 2026; L1; L_2; SHA-256 "
    )
    entry = ma.cite_dataset(both, style="bibtex").splitlines()
    assert entry[2] == r"  author = {{A \& B} and {C}},"
    assert entry[4].startswith(r"  note = {Data set; sources read until 23 November 2026; L1; L\_2; SHA-256 ")
    authors = json.loads(ma.cite_dataset(both, style="csl-json"))[0]["author"]
    assert authors == [{"literal": "A & B"}, {"literal": "C"}]


def test_a_row_whose_source_is_not_among_the_sources(ds):
    lacking = ds.with_tables(sources=ds.sources.iloc[:0])
    for ask in (ma.cite, ma.source_line):
        with pytest.raises(ValueError, match=r"^sources don't have the id '"):
            ask(lacking, list(ds.regional_targets["target_id"]))
