"""The scale of confidence: hand-worked cases, copies, overrides, folders with less in them, links to sources."""

import numpy as np
import pandas as pd
import pytest
from thorough import MANY
from tiny import plain
from whole_tables import kinds, stored_kinds

import metaverse_analysis as ma
from metaverse_analysis.measures import grades as grading
from metaverse_analysis.measures.grades import source_columns, source_links, source_strength

KINDS = {
    "office": "official",
    "office2": "official",
    "agency": "agency",
    "paper": "newspaper",
    "paper2": "newspaper",
    "lawyer": "law_firm",
    "trade": "trade_press",
    "trade2": "trade_press",
    "firm": "company",
    "mill": "aggregator",
    "mill2": "aggregator",
}


MANY_COPIES = (
    "2 independent outlets of the trade press, companies or associations, or copies of established ones"
)


def sources(ds: ma.Dataset, **changes: dict) -> pd.DataFrame:
    """One source per kind, each an outlet of its own; changes by source_id."""
    rows = [
        {"source_id": name, "publisher": name.title(), "kind": kind, "is_copy": False} | changes.get(name, {})
        for name, kind in KINDS.items()
    ]
    like = ds.sources
    frame = pd.DataFrame(rows).reindex(columns=like.columns)
    return frame.astype(
        {c: like.dtypes[c] for c in ("kind", "is_copy", "text_origin", "publisher", "source_id")}
    )


def graded(ds: ma.Dataset, *ids: str, **changes: dict) -> pd.DataFrame:
    """Grades of events, one per text of source ids."""
    like = ds.events.iloc[: len(ids)].reset_index(drop=True)
    events = like.assign(source_ids=pd.Series(ids, dtype="str"), event_id=[f"e{i}" for i in range(len(ids))])
    ds = ds.with_tables(sources=sources(ds, **changes), events=events)
    return ma.grades(ds, "events")


@pytest.mark.parametrize(
    ("ids", "grade", "why"),
    [
        ("office", "high", "an official page read directly"),
        ("mill;office", "high", "an official page read directly"),
        ("agency;paper", "high", "2 independent established outlets"),
        ("agency;paper;lawyer;mill", "high", "3 independent established outlets"),
        ("agency", "medium", "one established outlet"),
        ("paper;trade;mill", "medium", "one established outlet"),
        ("trade;firm", "medium", "2 independent outlets of the trade press, companies or associations"),
        ("trade", "low", "one outlet of the trade press, a company or an association"),
        ("trade;mill;mill2", "low", "one outlet of the trade press, a company or an association"),
        ("mill;mill2", "low", "only pages that collect or reword"),
        (None, "low", "no source is named"),
    ],
)
def test_rule(ds, ids, grade, why):
    row = graded(ds, ids).iloc[0]
    assert (row.confidence, row.reason) == (grade, why)


def test_copies_of_one_text_count_once(ds):
    copy = {"paper2": {"publisher": "Paper", "is_copy": True}, "trade": {"text_origin": "Agency"}}
    found = graded(ds, "paper;paper2", "agency;trade", "paper2", **copy)
    assert found.sources.tolist() == [2, 2, 1]
    assert found.outlets.tolist() == [1, 1, 1]
    assert found.confidence.tolist() == ["medium", "medium", "low"], (
        "nobody has seen what the last one copies"
    )


@pytest.mark.parametrize(
    ("ids", "hosts", "grade", "why"),
    [
        ("paper", "a", "low", "one established outlet, read only as a copy"),
        ("paper;paper2", "ab", "medium", "one established outlet"),
        ("paper;paper2", "aa", "low", "one established outlet, read only as a copy"),
        ("paper;lawyer", "ac", "medium", "one established outlet"),
        ("paper;trade", "ad", "medium", MANY_COPIES),
        ("office;office2", "ab", "medium", "an official text, read only as a copy"),
        ("office", "a", "medium", "an official text, read only as a copy"),
        ("trade2", "a", "low", "only copies of the trade press, and pages that collect or reword"),
        ("paper;agency", "ae", "medium", "one established outlet"),
    ],
)
def test_a_copy_is_less_certain_unless_the_original_or_a_second_site_agrees(ds, ids, hosts, grade, why):
    copies = {name: {"is_copy": True} for name in ("paper", "paper2", "office", "office2", "trade2")}
    copies["paper2"]["publisher"], copies["office2"]["publisher"] = "Paper", "Office"
    copies["trade2"]["publisher"] = "Trade2"
    for name, host in zip(ids.split(";"), hosts, strict=True):
        copies.setdefault(name, {})["host"] = host
    row = graded(ds, ids, **copies).iloc[0]
    assert (row.confidence, row.reason) == (grade, why) and not row.has_official


def test_a_copy_beside_its_original_takes_nothing_from_it(ds):
    found = graded(ds, "paper;paper2", "office;office2", paper2={"publisher": "Paper", "is_copy": True},
                   office2={"publisher": "Office", "is_copy": True})  # fmt: skip
    assert found.confidence.tolist() == ["medium", "high"] and found.outlets.tolist() == [1, 1]


def test_an_official_text_read_as_a_copy_is_worth_three(ds):
    copy = {"office": {"is_copy": True}}
    found = graded(ds, "office", "office;mill", "office;agency", "office;office2", **copy)
    assert found.confidence.tolist() == ["medium", "medium", "high", "high"]
    assert found.reason.iloc[0] == "an official text, read only as a copy"
    assert found.has_official.tolist() == [False, False, False, True]
    assert found.strength.tolist() == [3, 3, 3, 4]
    assert found.best_kind.astype(str).tolist() == ["official"] * 4


def test_best_kind_is_of_the_strongest_page(ds):
    found = graded(ds, "mill;lawyer;agency", "mill", "trade;firm", None)
    assert found.best_kind.astype("str").tolist()[:3] == ["agency", "aggregator", "trade_press"]
    assert pd.isna(found.best_kind.iloc[3])
    assert found.only_aggregators.tolist() == [False, True, False, False]
    assert found.strength.tolist() == [3, 1, 2, 0]


def test_override_holds_and_gives_its_reason(ds):
    targets = ds.regional_targets.iloc[:2].assign(
        source_ids=pd.Series(["office", "mill"], dtype="str"),
        confidence_override=pd.Categorical(["low", None], ["high", "medium", "low"]),
        confidence_reason=pd.Series(["a machine translation", None], dtype="str"),
    )
    found = ma.grades(ds.with_tables(sources=sources(ds), regional_targets=targets), "regional_targets")
    assert found.confidence.tolist() == ["low", "low"]
    assert found.confidence_computed.tolist() == ["high", "low"]
    assert found.reason.tolist() == [
        "set by hand: a machine translation",
        "only pages that collect or reword",
    ]


def test_every_row_of_every_table_with_sources_has_a_grade(ds):
    for table in ("regional_targets", "press_figures", "events", "memberships", "policy_documents", "bodies"):
        found = ma.grades(ds, table)
        assert found.index.tolist() == ds[table][ds.schema[table].key].tolist()
        assert found.confidence.notna().all()
        assert ma.grades(ds, table)["confidence"].equals(found.confidence)


def test_strengths_come_from_the_schema(ds):
    strengths = {kind: code["strength"] for kind, code in ds.schema.codes("sources", "kind").items()}
    found = graded(ds, *KINDS)
    assert found.strength.tolist() == [strengths[kind] for kind in KINDS.values()]


def test_by_hand_on_the_real_tables(ds):
    """The grade of a row, reckoned from its sources one by one."""
    known = ds.sources.set_index("source_id")
    found = ma.grades(ds, "regional_targets")
    for target in ds.regional_targets.itertuples():
        best: dict[str, int] = {}
        seen: dict[str, set[str]] = {}
        original: dict[str, int] = {}
        official = False
        for source in target.source_ids.split(";"):
            page = known.loc[source]
            full = {"official": 4, "trade_press": 2, "company": 2, "aggregator": 1}.get(page.kind, 3)
            worth = max(full - 1, 1) if page.is_copy else full
            outlet = page.publisher if pd.isna(page.text_origin) else page.text_origin
            best[outlet] = max(best.get(outlet, 0), worth)
            original[outlet] = max(original.get(outlet, 0), full)
            seen.setdefault(outlet, set()).add(page.host)
            official |= worth == 4
        for outlet in best:
            if len(seen[outlet]) > 1:
                best[outlet] = max(best[outlet], min(original[outlet], 3))
        values = sorted(best.values(), reverse=True)
        high = official or sum(v >= 3 for v in values) >= 2
        medium = values[0] >= 3 or sum(v >= 2 for v in values) >= 2
        expected = "high" if high else "medium" if medium else "low"
        assert found.confidence_computed[target.target_id] == expected, target.target_id
        assert found.outlets[target.target_id] == len(best)


def test_source_links_keep_the_order(ds):
    links = source_links(ds, "regional_targets")
    first = ds.regional_targets.source_ids.iloc[0].split(";")
    assert links.loc[links.row == 0, "source_id"].tolist() == first


def test_small_folders(ds):
    nothing = ds.with_tables(events=ds.events.iloc[:0])
    assert ma.grades(nothing, "events").columns.equals(ma.grades(ds, "events").columns)
    assert len(ma.grades(nothing, "events")) == 0
    without = ds.with_tables(sources=ds.sources.iloc[:0])
    assert (ma.grades(without, "events").confidence == "low").all()


def test_tables_without_sources_are_an_error(ds):
    with pytest.raises(ValueError, match="rows of places name no sources.*policy_documents"):
        ma.grades(ds, "places")
    with pytest.raises(ValueError, match="no table 'nowhere'.*sources"):
        ma.grades(ds, "nowhere")["confidence"]


def test_very_many_rows(ds):
    copies = -(-MANY // len(ds.events))
    frame = pd.concat([ds.events] * copies, ignore_index=True)
    frame["event_id"] = [f"e{at}" for at in range(len(frame))]
    found = ma.grades(ds.with_tables(events=frame), "events")
    small = ma.grades(ds, "events")
    assert found.confidence.iloc[-len(small) :].tolist() == small.confidence.tolist()


def test_every_column_of_grades_worked_by_hand(ds):
    found = graded(ds, "mill;office;paper", "trade;nowhere", None)
    assert list(found) == [
        "sources", "outlets", "n_established", "best_kind", "strength", "only_aggregators", "has_official",
        "confidence", "reason", "confidence_override", "confidence_reason", "confidence_computed",
    ]  # fmt: skip
    assert found.index.tolist() == ["e0", "e1", "e2"] and found.index.name == "event_id"
    assert found.sources.tolist() == [3, 2, 0] and found.outlets.tolist() == [3, 2, 0]
    assert found.n_established.tolist() == [2, 0, 0] and found.strength.tolist() == [4, 2, 0]
    assert found.best_kind.astype("str").tolist()[:2] == ["official", "trade_press"]
    assert found.only_aggregators.tolist() == [False] * 3
    assert found.has_official.tolist() == [True, False, False]
    assert found.confidence.tolist() == found.confidence_computed.tolist() == ["high", "low", "low"]
    assert found.confidence_override.isna().all() and found.confidence_reason.isna().all()
    assert found.confidence.cat.ordered and list(found.confidence.cat.categories) == ["high", "medium", "low"]
    numbers = ["sources", "outlets", "n_established", "strength"]
    assert {str(found[name].dtype) for name in numbers} == {"int64"}


def test_an_override_without_a_reason_says_so(ds):
    targets = ds.regional_targets.iloc[:1].assign(
        source_ids=pd.Series(["office"], dtype="str"),
        confidence_override=pd.Categorical(["medium"], ["high", "medium", "low"]),
        confidence_reason=pd.Series([None], dtype="str"),
    )
    found = ma.grades(ds.with_tables(sources=sources(ds), regional_targets=targets), "regional_targets")
    assert found.reason.tolist() == ["set by hand: no reason given"] and found.confidence.tolist() == [
        "medium"
    ]


def test_the_outlet_is_the_texts_origin_else_the_publisher_else_the_page(ds):
    told = sources(ds, paper={"text_origin": "Agency"}, mill={"publisher": None})
    worth = source_strength(ds.with_tables(sources=told))
    assert worth.outlet[["paper", "office", "mill"]].tolist() == ["Agency", "Office", "mill"]
    assert str(worth.strength.dtype) == "int64" and worth.index.name == "source_id"


@pytest.fixture(scope="module")
def tiny(worked) -> ma.Dataset:
    return worked("grades")


ONE = "one established outlet"
FEW = "one outlet of the trade press, a company or an association"
POOR = "only pages that collect or reword"


def test_tables_of_nothing_have_the_same_types(tiny):
    no_events = tiny.with_tables(events=tiny.events.iloc[:0])
    assert kinds(ma.grades(no_events, "events")) == stored_kinds("grades/grades")
    no_sources = ma.grades(tiny.with_tables(sources=tiny.sources.iloc[:0]), "events")
    assert kinds(no_sources) == stored_kinds("grades/grades")
    assert no_sources.outlets.tolist() == no_sources.sources.tolist()
    assert set(no_sources.reason) == {POOR} and set(no_sources.strength) == {1}
    assert no_sources.best_kind.isna().all() and no_sources.only_aggregators.all()


def test_sources_that_are_not_there_are_outlets_of_their_own_and_worth_the_least(tiny):
    events = tiny.events.iloc[:3].assign(source_ids=["gone;lost", "gone;trade", "mill"])
    found = ma.grades(tiny.with_tables(events=events), "events")
    assert found.outlets.tolist() == [2, 2, 1]
    assert found.reason.tolist() == [POOR, FEW, POOR]
    assert found.best_kind.astype("str").fillna("-").tolist() == ["-", "trade_press", "aggregator"]


def test_links_of_one_column_and_of_several_stand_in_the_order_of_the_rows(tiny):
    assert source_columns(tiny.schema, "events") == ["source_ids"]
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
    ("cells", "reason"),
    [
        ({"confidence_override": "low", "confidence_reason": "A summary"}, "set by hand: A summary"),
        ({"confidence_override": "high", "confidence_reason": None}, "set by hand: no reason given"),
        ({"confidence_override": None, "confidence_reason": "unused"}, ONE),
    ],
)
def test_grades_set_by_hand(tiny, cells, reason):
    documents = tiny.policy_documents.reindex(range(1)).assign(document_id="d", source_ids="paper", **cells)
    documents = documents.astype(tiny.policy_documents.dtypes.to_dict())
    found = ma.grades(tiny.with_tables(policy_documents=documents), "policy_documents").iloc[0]
    assert found.reason == reason
    assert found.confidence == (cells["confidence_override"] or "medium")
    assert found.confidence_computed == "medium"
