"""Links to sources and grades: every cell, worked by hand on a few pages of every strength."""

import numpy as np
import pandas as pd
import pytest
from tiny import SOURCE, load_rows, plain

import metaverse_analysis as ma
from metaverse_analysis.measures import grades as grading
from metaverse_analysis.measures.grades import source_columns, source_strength


def page(name: str, kind: str, **more: str) -> dict[str, str]:
    own = {"source_id": name, "url": f"https://example.org/{name}", "publisher": name.title(), "kind": kind}
    return SOURCE | own | more


EVENT = {"date": "2023-01-01", "event_type": "conference", "event": "x"}
PAGES = [
    page("mill", "aggregator"),
    page("paper", "newspaper"),
    page("office", "official"),
    page("copy", "official", is_copy="true"),
    page("trade", "trade_press"),
    page("firm", "company"),
    page("reprint", "aggregator", text_origin="Paper", is_copy="true"),
    page("agency", "agency"),
    page("second", "newspaper", publisher="Paper"),
]
CITED = [
    "office", "copy", "copy;office", "paper;second", "paper;reprint;mill", "paper;agency", "copy;paper",
    "trade;firm;mill", "trade", "mill;reprint", "reprint;trade", "trade;agency;firm", "firm;trade",
]  # fmt: skip


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    events = [EVENT | {"event_id": f"e{number}", "source_ids": cited} for number, cited in enumerate(CITED)]
    rows = {"sources": PAGES, "policy_documents": [], "regional_targets": [], "events": events}
    return load_rows(tmp_path_factory.mktemp("grades") / "tables", rows)


def test_every_column_of_the_sources(ds):
    table = source_strength(ds)
    assert table.index.tolist() == [row["source_id"] for row in PAGES] and table.index.name == "source_id"
    assert table.dtypes.astype(str).to_dict() == {
        "outlet": "str", "strength": "int64", "kind": "category", "is_official_copy": "bool",
    }  # fmt: skip
    assert plain(table) == {
        "outlet": ["Mill", "Paper", "Office", "Copy", "Trade", "Firm", "Paper", "Agency", "Paper"],
        "strength": [1, 3, 4, 3, 2, 2, 1, 3, 3],
        "kind": [row["kind"] for row in PAGES],
        "is_official_copy": [False, False, False, True, False, False, False, False, False],
    }


TYPES = {
    "n_sources": "int64", "n_outlets": "int64", "n_established": "int64", "best_kind": "category", "strength": "int64",
    "only_aggregators": "bool", "has_official": "bool", "confidence": "category", "why": "str",
    "confidence_override": "str", "confidence_reason": "str", "confidence_computed": "category",
}  # fmt: skip
OFFICIAL, COPY = "an official page read directly", "an official text, read only as a copy"
ONE, TWO = "one established outlet", "2 independent established outlets"
FEW = "one outlet of the trade press, a company or an association"
SEVERAL = "2 independent outlets of the trade press, companies or associations"
POOR = "only pages that collect or reword"


def test_every_column_of_the_grades(ds):
    table = ma.grades(ds, "events")
    assert table.index.tolist() == [f"e{number}" for number in range(13)] and table.index.name == "event_id"
    assert table.dtypes.astype(str).to_dict() == TYPES and list(table) == list(TYPES)
    grades = [
        "high",
        "medium",
        "high",
        "medium",
        "medium",
        "high",
        "high",
        "medium",
        *["low"] * 3,
        *["medium"] * 2,
    ]
    assert plain(table) == {
        "n_sources": [1, 1, 2, 2, 3, 2, 2, 3, 1, 2, 2, 3, 2],
        "n_outlets": [1, 1, 2, 1, 2, 2, 2, 3, 1, 2, 2, 3, 2],
        "n_established": [1, 1, 2, 1, 1, 2, 2, 0, 0, 0, 0, 1, 0],
        "best_kind": [
            *["official"] * 3, *["newspaper"] * 2, "agency", "official", "trade_press", "trade_press", "aggregator",
            "trade_press", "agency", "trade_press",
        ],
        "strength": [4, 3, 4, 3, 3, 3, 3, 2, 2, 1, 2, 3, 2],
        "only_aggregators": [False] * 9 + [True] + [False] * 3,
        "has_official": [True, False, True] + [False] * 10,
        "confidence": grades,
        "why": [OFFICIAL, COPY, OFFICIAL, ONE, ONE, TWO, TWO, SEVERAL, FEW, POOR, FEW, ONE, SEVERAL],
        "confidence_override": [None] * 13,
        "confidence_reason": [None] * 13,
        "confidence_computed": grades,
    }  # fmt: skip


def test_tables_of_nothing_have_the_same_types(ds):
    no_events = ds.with_tables(events=ds.events.iloc[:0])
    assert ma.grades(no_events, "events").dtypes.astype(str).to_dict() == TYPES
    no_sources = ma.grades(ds.with_tables(sources=ds.sources.iloc[:0]), "events")
    assert no_sources.dtypes.astype(str).to_dict() == TYPES
    assert no_sources.n_outlets.tolist() == no_sources.n_sources.tolist()
    assert set(no_sources.why) == {POOR} and set(no_sources.strength) == {1}
    assert no_sources.best_kind.isna().all() and no_sources.only_aggregators.all()


def test_sources_that_are_not_there_are_outlets_of_their_own_and_worth_the_least(ds):
    events = ds.events.iloc[:3].assign(source_ids=["gone;lost", "gone;trade", "mill"])
    found = ma.grades(ds.with_tables(events=events), "events")
    assert found.n_outlets.tolist() == [2, 2, 1]
    assert found.why.tolist() == [POOR, FEW, POOR]
    assert found.best_kind.astype("str").fillna("-").tolist() == ["-", "trade_press", "aggregator"]


def test_links_of_one_column_and_of_several_stand_in_the_order_of_the_rows(ds):
    assert source_columns(ds.schema, "events") == ["source_ids"]
    frame = pd.DataFrame(
        {"one": ["a;b", None, "c"] * 20, "two": ["x", "y", np.nan] * 20}, index=range(60, 0, -1)
    )
    links = grading._links(frame, ["one", "two", "three"])
    rows = [[0, 0, 0, 1, 2][at % 5] + 3 * (at // 5) for at in range(100)]
    assert links.row.tolist() == rows and links.index.tolist() == list(range(100))
    assert links.source_id.tolist() == ["a", "b", "x", "y", "c"] * 20
    alone = grading._links(frame.head(3), ["one"])
    assert plain(alone) == {"row": [0, 0, 2], "source_id": ["a", "b", "c"]}
    for nothing in (grading._links(frame, ["three"]), grading._links(frame.assign(one=None), ["one"])):
        assert nothing.empty and nothing.source_id.dtype == "str" and nothing.row.dtype == "int64"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"confidence_override": "low", "confidence_reason": "A summary"}, "set by hand: A summary"),
        ({"confidence_override": "high", "confidence_reason": None}, "set by hand: no reason given"),
        ({"confidence_override": None, "confidence_reason": "unused"}, ONE),
    ],
)
def test_grades_set_by_hand(ds, cells, why):
    documents = ds.policy_documents.reindex(range(1)).assign(document_id="d", source_ids="paper", **cells)
    documents = documents.astype(ds.policy_documents.dtypes.to_dict())
    found = ma.grades(ds.with_tables(policy_documents=documents), "policy_documents").iloc[0]
    assert found.why == why
    assert found.confidence == (cells["confidence_override"] or "medium")
    assert found.confidence_computed == "medium"
    assert (
        ma.confidence(ds.with_tables(policy_documents=documents), "policy_documents")["d"] == found.confidence
    )
