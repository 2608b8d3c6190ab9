"""The steps of a body: every column, worked by hand on a group, its successor and three documents."""

import pandas as pd
import pytest
from rosters import body, organisation, seat
from tiny import DOCUMENT, SOURCE, load_rows, plain

import metaverse_analysis as ma

OFFICE = SOURCE | {
    "source_id": "s2",
    "url": "https://example.org/2",
    "publisher": "An office",
    "kind": "official",
}
DRAFT = DOCUMENT | {
    "document_id": "d0", "family_id": "d1", "status": "draft", "issued_date": "", "consultation_date": "2023-03",
    "title_en": "The draft", "source_ids": "s2",
}  # fmt: skip

STEP = "step in standardisation"


def event(key: str, date: str, **more: str) -> dict[str, str]:
    return {
        "event_id": key, "date": date, "event_type": "standards_step", "event": f"Step {key}", "source_ids": "s1",
    } | more  # fmt: skip


ROWS = {
    "sources": [SOURCE, OFFICE],
    "participants": [organisation("a"), organisation("b"), organisation("c")],
    "bodies": [
        body("first", type="standards_group", announced_on="2023-05-02", announced_members="60",
             announced_members_unit="persons"),
        body("next", "in_preparation", succeeds_body_id="first", short_name="N"),
        body("last", succeeds_body_id="next"),
        body("apart", announced_on="2023-05-02", announced_members="9"),
    ],
    "memberships": [
        seat("a", "first", named_on="2023-05-02"),
        seat("b", "first", status="listed", named_on="2023-05-02"),
        seat("c", "first", status="disputed", named_on="2023-05-02"),
        seat("a", "next", named_on="2023-09-15"),
        seat("b", "next", named_on="2023-09-15"),
        seat("a", "apart", named_on="2023-05-02"),
        seat("b", "last", named_on=""),
    ],
    "policy_documents": [
        DOCUMENT | {"document_id": "d9", "family_id": "d9"},
        DRAFT,
        DOCUMENT | {"signed_date": "2023-09-10"},
    ],
    "events": [
        event("launch", "2023-09-15", body_id="next", document_id="d1", source_ids="s2"),
        event("unrelated", "2023-01-01"),
        event("list", "2023-05-02", body_id="first", event_type="document_issued"),
        event("talk", "2023", body_id="last"),
        event("again", "2023-05-02", body_id="first"),
        event("apart", "2023-05-02", body_id="apart"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("trail") / "tables", ROWS)


TEXTS = [
    "date", "date_precision", "after_previous", "step", "what", "body_id", "body", "body_short", "body_status",
    "document_id", "document", "document_status", "announced_unit", "standing", "event_id", "source_ids", "confidence",
]  # fmt: skip
TYPES = dict.fromkeys(TEXTS, "str") | {"announced_members": "Int64", "named": "int64", "confirmed": "int64"}


def test_every_column(ds):
    table = ma.standards_trail(ds)
    assert table.index.tolist() == list(range(6))
    assert table.dtypes.astype(str).to_dict() == TYPES
    bodies = ["next", "first", "first", "next", "next", "last"]
    expected = {
        "date": ["2023-03", "2023-05-02", "2023-05-02", "2023-09-10", "2023-09-15", "2023"],
        "date_precision": ["month", "day", "day", "day", "day", "year"],
        "after_previous": [None, "after", "same", "after", "after", "unknown"],
        "step": ["Consultation", "document issued", STEP, "Signed", STEP, STEP],
        "what": ["The draft", "Step list", "Step again", "A plan", "Step launch", "Step talk"],
        "body_id": bodies,
        "body": [f"The {name} body" for name in bodies],
        "body_short": ["N" if name == "next" else f"The {name} body" for name in bodies],
        "body_status": ["in preparation" if name == "next" else "active" for name in bodies],
        "document_id": ["d0", None, None, "d1", "d1", None],
        "document": ["The draft", None, None, "A plan", "A plan", None],
        "document_status": ["draft", None, None, "issued", "issued", None],
        "announced_members": [None, 60, 60, None, None, None],
        "announced_unit": [None, "persons", "persons", None, None, None],
        "named": [0, 2, 2, 0, 2, 0],
        "confirmed": [0, 1, 1, 0, 0, 0],
        "standing": [None, *["member; listed, not confirmed"] * 2, None, "member, body in preparation", None],
        "event_id": [None, "list", "again", None, "launch", "talk"],
        "source_ids": ["s2", "s1", "s1", "s1", "s2", "s1"],
        "confidence": ["high", "medium", "medium", "medium", "high", "medium"],
    }
    assert plain(table) == expected
    assert list(table) == list(expected)


@pytest.mark.parametrize("start", ["first", "The next body", "last"])
def test_the_whole_chain_is_found_from_each_of_its_bodies(ds, start):
    pd.testing.assert_frame_equal(ma.standards_trail(ds, body=start), ma.standards_trail(ds))


def test_a_body_of_another_chain_has_its_own_steps(ds):
    found = ma.standards_trail(ds, body="apart")
    assert found[["event_id", "announced_members", "named"]].values.tolist() == [["apart", 9, 1]]
    assert found.announced_unit.isna().all()


def test_without_events_there_is_no_step_and_the_types_are_the_same(ds):
    bare = ma.standards_trail(ds.with_tables(events=ds.events.iloc[:0]))
    assert bare.empty and bare.dtypes.astype(str).to_dict() == TYPES


def test_a_date_that_an_event_may_be_the_same_as_is_no_step_of_its_own(ds):
    def dated(date: str) -> list[str]:
        events = ds.events.assign(date=ds.events.date.where(ds.events.event_id != "launch", date))
        steps = ma.standards_trail(ds.with_tables(events=events))
        return steps.step[steps.document_id == "d1"].tolist()

    assert dated("2023-09") == [STEP]
    assert dated("2023-09-10") == [STEP, "Issued"]
    assert dated("2023-10") == ["Signed", "Issued", STEP]
    assert dated("2023-08") == [STEP, "Signed", "Issued"]


def test_steps_of_one_day_keep_the_order_of_the_events(ds):
    names = [f"e{99 - number}" for number in range(60)]
    events = pd.concat([ds.events[ds.events.event_id == "again"]] * 60, ignore_index=True)
    found = ma.standards_trail(ds.with_tables(events=events.assign(event_id=names)))
    assert found.event_id.tolist() == names
