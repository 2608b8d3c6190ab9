"""The scale of confidence: hand-worked cases, copies, overrides, folders with less in them."""

import pandas as pd
import pytest
from thorough import MANY

import metaverse_analysis as ma
from metaverse_analysis.measures.grades import source_links, source_strength


@pytest.fixture(scope="module")
def packaged() -> ma.Dataset:
    return ma.load()


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


def sources(packaged: ma.Dataset, **changes: dict) -> pd.DataFrame:
    """One source per kind, each an outlet of its own; changes by source_id."""
    rows = [
        {"source_id": name, "publisher": name.title(), "kind": kind, "is_copy": False} | changes.get(name, {})
        for name, kind in KINDS.items()
    ]
    like = packaged.sources
    frame = pd.DataFrame(rows).reindex(columns=like.columns)
    return frame.astype(
        {c: like.dtypes[c] for c in ("kind", "is_copy", "text_origin", "publisher", "source_id")}
    )


def graded(packaged: ma.Dataset, *ids: str, **changes: dict) -> pd.DataFrame:
    """Grades of events, one per text of source ids."""
    like = packaged.events.iloc[: len(ids)].reset_index(drop=True)
    events = like.assign(source_ids=pd.Series(ids, dtype="str"), event_id=[f"e{i}" for i in range(len(ids))])
    ds = packaged.with_tables(sources=sources(packaged, **changes), events=events)
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
def test_rule(packaged, ids, grade, why):
    row = graded(packaged, ids).iloc[0]
    assert (row.confidence, row.why) == (grade, why)


def test_copies_of_one_text_count_once(packaged):
    copy = {"paper2": {"publisher": "Paper", "is_copy": True}, "trade": {"text_origin": "Agency"}}
    found = graded(packaged, "paper;paper2", "agency;trade", "paper2", **copy)
    assert found.n_sources.tolist() == [2, 2, 1]
    assert found.n_outlets.tolist() == [1, 1, 1]
    assert found.confidence.tolist() == ["medium", "medium", "medium"]


def test_an_official_text_read_as_a_copy_is_worth_three(packaged):
    copy = {"office": {"is_copy": True}}
    found = graded(packaged, "office", "office;mill", "office;agency", "office;office2", **copy)
    assert found.confidence.tolist() == ["medium", "medium", "high", "high"]
    assert found.why.iloc[0] == "an official text, read only as a copy"
    assert found.has_official.tolist() == [False, False, False, True]
    assert found.strength.tolist() == [3, 3, 3, 4]
    assert found.best_kind.astype(str).tolist() == ["official"] * 4


def test_best_kind_is_of_the_strongest_page(packaged):
    found = graded(packaged, "mill;lawyer;agency", "mill", "trade;firm", None)
    assert found.best_kind.astype("str").tolist()[:3] == ["agency", "aggregator", "trade_press"]
    assert pd.isna(found.best_kind.iloc[3])
    assert found.only_aggregators.tolist() == [False, True, False, False]
    assert found.strength.tolist() == [3, 1, 2, 0]


def test_override_holds_and_gives_its_reason(packaged):
    targets = packaged.regional_targets.iloc[:2].assign(
        source_ids=pd.Series(["office", "mill"], dtype="str"),
        confidence_override=pd.Categorical(["low", None], ["high", "medium", "low"]),
        confidence_reason=pd.Series(["a machine translation", None], dtype="str"),
    )
    found = ma.grades(
        packaged.with_tables(sources=sources(packaged), regional_targets=targets), "regional_targets"
    )
    assert found.confidence.tolist() == ["low", "low"]
    assert found.confidence_computed.tolist() == ["high", "low"]
    assert found.why.tolist() == ["set by hand: a machine translation", "only pages that collect or reword"]


def test_every_row_of_every_table_with_sources_has_a_grade(packaged):
    for table in ("regional_targets", "press_figures", "events", "memberships", "policy_documents", "bodies"):
        found = ma.grades(packaged, table)
        assert found.index.tolist() == packaged[table][packaged.schema[table].key].tolist()
        assert found.confidence.notna().all()
        assert ma.confidence(packaged, table).equals(found.confidence)


def test_strengths_come_from_the_schema(packaged):
    strengths = {kind: code["strength"] for kind, code in packaged.schema.codes("sources", "kind").items()}
    found = graded(packaged, *KINDS)
    assert found.strength.tolist() == [strengths[kind] for kind in KINDS.values()]


def test_by_hand_on_the_real_tables(packaged):
    """The grade of a row, reckoned from its sources one by one."""
    known = packaged.sources.set_index("source_id")
    found = ma.grades(packaged, "regional_targets")
    for target in packaged.regional_targets.itertuples():
        best: dict[str, int] = {}
        official = False
        for source in target.source_ids.split(";"):
            page = known.loc[source]
            worth = {"official": 4, "trade_press": 2, "company": 2, "aggregator": 1}.get(page.kind, 3)
            worth = min(worth, 3) if page.is_copy else worth
            outlet = page.publisher if pd.isna(page.text_origin) else page.text_origin
            best[outlet] = max(best.get(outlet, 0), worth)
            official |= worth == 4
        values = sorted(best.values(), reverse=True)
        high = official or sum(v >= 3 for v in values) >= 2
        medium = values[0] >= 3 or sum(v >= 2 for v in values) >= 2
        expected = "high" if high else "medium" if medium else "low"
        assert found.confidence_computed[target.target_id] == expected, target.target_id
        assert found.n_outlets[target.target_id] == len(best)


def test_source_links_keep_the_order(packaged):
    links = source_links(packaged, "regional_targets")
    first = packaged.regional_targets.source_ids.iloc[0].split(";")
    assert links.loc[links.row == 0, "source_id"].tolist() == first


def test_small_folders(packaged):
    nothing = packaged.with_tables(events=packaged.events.iloc[:0])
    assert ma.grades(nothing, "events").columns.equals(ma.grades(packaged, "events").columns)
    assert len(ma.grades(nothing, "events")) == 0
    without = packaged.with_tables(sources=packaged.sources.iloc[:0])
    assert (ma.grades(without, "events").confidence == "low").all()


def test_tables_without_sources_are_an_error(packaged):
    with pytest.raises(ValueError, match="rows of places name no sources.*policy_documents"):
        ma.grades(packaged, "places")
    with pytest.raises(ValueError, match="no table 'nowhere'.*sources"):
        ma.confidence(packaged, "nowhere")


def test_very_many_rows(packaged):
    copies = -(-MANY // len(packaged.events))
    frame = pd.concat([packaged.events] * copies, ignore_index=True)
    found = ma.grades(packaged.with_tables(events=frame), "events")
    small = ma.grades(packaged, "events")
    assert found.confidence.iloc[-len(small) :].tolist() == small.confidence.tolist()


def test_every_column_of_grades_worked_by_hand(packaged):
    found = graded(packaged, "mill;office;paper", "trade;nowhere", None)
    assert list(found) == [
        "n_sources", "n_outlets", "n_established", "best_kind", "strength", "only_aggregators", "has_official",
        "confidence", "why", "confidence_override", "confidence_reason", "confidence_computed",
    ]  # fmt: skip
    assert found.index.tolist() == ["e0", "e1", "e2"] and found.index.name == "event_id"
    assert found.n_sources.tolist() == [3, 2, 0] and found.n_outlets.tolist() == [3, 2, 0]
    assert found.n_established.tolist() == [2, 0, 0] and found.strength.tolist() == [4, 2, 0]
    assert found.best_kind.astype("str").tolist()[:2] == ["official", "trade_press"]
    assert found.only_aggregators.tolist() == [False] * 3
    assert found.has_official.tolist() == [True, False, False]
    assert found.confidence.tolist() == found.confidence_computed.tolist() == ["high", "low", "low"]
    assert found.confidence_override.isna().all() and found.confidence_reason.isna().all()
    assert found.confidence.cat.ordered and list(found.confidence.cat.categories) == ["high", "medium", "low"]
    numbers = ["n_sources", "n_outlets", "n_established", "strength"]
    assert {str(found[name].dtype) for name in numbers} == {"int64"}


def test_an_override_without_a_reason_says_so(packaged):
    targets = packaged.regional_targets.iloc[:1].assign(
        source_ids=pd.Series(["office"], dtype="str"),
        confidence_override=pd.Categorical(["medium"], ["high", "medium", "low"]),
        confidence_reason=pd.Series([None], dtype="str"),
    )
    found = ma.grades(
        packaged.with_tables(sources=sources(packaged), regional_targets=targets), "regional_targets"
    )
    assert found.why.tolist() == ["set by hand: no reason given"] and found.confidence.tolist() == ["medium"]


def test_the_outlet_is_the_texts_origin_else_the_publisher_else_the_page(packaged):
    told = sources(packaged, paper={"text_origin": "Agency"}, mill={"publisher": None})
    worth = source_strength(packaged.with_tables(sources=told))
    assert worth.outlet[["paper", "office", "mill"]].tolist() == ["Agency", "Office", "mill"]
    assert str(worth.strength.dtype) == "int64" and worth.index.name == "source_id"
