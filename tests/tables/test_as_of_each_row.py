"""A day in the past of a few rows: each row, whether it is there, and why not."""

import json

import pandas as pd
import pytest
from rosters import body, organisation, seat
from tiny import DOCUMENT, SOURCE, TARGET, load_rows, plain, write_folder

import metaverse_analysis as ma
from metaverse_analysis.tables.schema import read_schema

INSTRUMENT = {"instrument": "fund", "stance": "promote", "detail": "x", "source_ids": "s1"}


UNDATED = {"issued_date": "", "consultation_date": "", "signed_date": ""}


def source(name: str, published: str) -> dict[str, str]:
    return SOURCE | {"source_id": name, "url": f"https://example.org/{name}", "published": published}


def document(name: str, **more: str) -> dict[str, str]:
    return (
        DOCUMENT
        | {"document_id": name, "family_id": name, "horizon_start": "", "horizon_end": ""}
        | UNDATED
        | more
    )


def figure(name: str, target: str, published: str = "", **more: str) -> dict[str, str]:
    return {
        "press_figure_id": name, "target_id": target, "outlet": name, "source_id": "s1", "published": published,
        "reported_usd_billion": "5",
    } | more  # fmt: skip


def event(name: str, date: str, **more: str) -> dict[str, str]:
    return {
        "event_id": name,
        "date": date,
        "event_type": "conference",
        "event": name,
        "source_ids": "s1",
    } | more


def outcome(name: str, sources: str) -> dict[str, str]:
    return {
        "outcome_id": name, "place_id": "CN-AA", "indicator": "all_firms", "measure": "count", "value": "5",
        "unit": "firms", "qualifier": "exact", "year": "2023", "source_ids": sources,
    }  # fmt: skip


def followup(name: str, searched: str, **more: str) -> dict[str, str]:
    return {
        "followup_id": name, "target_id": "t1", "finding": "not_found", "searched_on": searched, "source_ids": "s1",
    } | more  # fmt: skip


def judgement(name: str, subjects: str, decided: str, **more: str) -> dict[str, str]:
    return {
        "adjudication_id": name, "rule": "other", "subject_ids": subjects, "question": "Which?", "decision": "decided",
        "reason": "So.", "decided_on": decided, "source_ids": "s1",
    } | more  # fmt: skip


FOLDER = {
    "sources": [source("s1", "2023-01-10"), source("s2", "2023-08"), source("s3", "")],
    "policy_documents": [
        document("d-late", issued_date="2023-09-15"),
        document("d-there", issued_date="2023-05-01"),
        document("d-dark", source_ids="s3"),
        document("d-source", source_ids="s1;s2"),
        document("d-later-source", source_ids="s3;s2"),
        document("d-draft", status="draft", consultation_date="2023-06-30"),
        document("d-month", issued_date="2023-06"),
        document("d-year", issued_date="2023"),
        document("d-said", status="announced", consultation_date="2023-07-01"),
        document("d-signed", signed_date="2023-07-05"),
    ],
    "regional_targets": [
        TARGET | {"target_id": "t1", "document_id": "d-there", "repeats_target_id": "t2"},
        TARGET | {"target_id": "t2", "document_id": "d-late"},
    ],
    "policy_instruments": [
        INSTRUMENT | {"instrument_id": "i1", "document_id": "d-late"},
        INSTRUMENT | {"instrument_id": "i2", "document_id": "d-there"},
    ],
    "press_figures": [
        figure("p-hangs", "t2", "2023-01-20"),
        figure("p-late", "t1", "2023-07-01"),
        figure("p-source", "t1"),
        figure("p-later-source", "t1", source_id="s2"),
        figure("p-dark", "t1", source_id="s3"),
    ],
    "participants": [organisation("a"), organisation("b")],
    "bodies": [
        body("b-old", succeeds_body_id="b-late", founded="2022", announced_on="2023-08-01", announced_members="60",
             announced_members_unit="persons"),
        body("b-late", announced_on="2023-09-01"),
        body("b-early", founded="2024", announced_on="2023-02-02", announced_members="5"),
        body("b-year", founded="2023", announced_on="2023-11-11"),
    ],
    "memberships": [
        seat("a", "b-late", named_on="2023-01-11"),
        seat("a", "b-old", named_on="2023-05"),
        seat("b", "b-old", named_on=""),
    ],
    "events": [
        event("e-month", "2023-07"),
        event("e-hangs", "2023-01-11", document_id="d-late"),
        event("e-body", "2023-01-11", body_id="b-late"),
    ],
    "outcomes": [outcome("o1", "s1"), outcome("o2", "s2")],
    "target_followups": [
        followup("f-late", "2026-11-01"),
        followup("f-hangs", "2023-01-11", finding="related_figure", outcome_id="o2", note="Another year"),
        followup("f-there", "2023-01-11"),
    ],
    "adjudications": [
        judgement("a-hangs", "t1;t2", "2023-01-11"),
        judgement("a-there", "t1;d-there", "2023-01-11", chosen_id="t1"),
        judgement("a-late", "t1", "2026-11-01"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("as_of") / "tables", FOLDER)


SOURCED = "undated, its earliest dated source is of 2023-08-31"


DARK = "undated, and no source has a date"


ABSENT = [
    ("bodies", "b-late", "dated 2023-09-01"),
    ("bodies", "b-year", "dated 2023-11-11"),  # founded in 2023: its last day is later
    ("memberships", "b-late--a", "hangs on bodies b-late"),
    ("policy_documents", "d-late", "dated 2023-09-15"),
    ("policy_documents", "d-dark", DARK),
    ("policy_documents", "d-later-source", SOURCED),
    ("policy_documents", "d-year", "dated 2023, which counts from its last day, 2023-12-31"),
    ("policy_documents", "d-said", "dated 2023-07-01"),
    ("policy_documents", "d-signed", "dated 2023-07-05"),
    ("policy_instruments", "i1", "hangs on policy_documents d-late"),
    ("regional_targets", "t2", "hangs on policy_documents d-late"),
    ("press_figures", "p-hangs", "hangs on regional_targets t2"),
    ("press_figures", "p-late", "dated 2023-07-01"),
    ("press_figures", "p-later-source", SOURCED),
    ("press_figures", "p-dark", DARK),
    ("outcomes", "o2", SOURCED),
    ("target_followups", "f-late", "dated 2026-11-01"),
    ("target_followups", "f-hangs", "hangs on outcomes o2"),
    ("events", "e-month", "dated 2023-07, which counts from its last day, 2023-07-31"),
    ("events", "e-hangs", "hangs on policy_documents d-late"),
    ("adjudications", "a-hangs", "hangs on regional_targets t2"),
    ("adjudications", "a-late", "dated 2026-11-01"),
]


THERE = {
    "sources": ["s1", "s2", "s3"],
    "places": ["CN", "CN-AA", "CN-AA-b"],
    "participants": ["a", "b"],
    "bodies": ["b-old", "b-early"],
    "memberships": ["b-old--a", "b-old--b"],
    "policy_documents": ["d-there", "d-source", "d-draft", "d-month"],
    "policy_instruments": ["i2"],
    "regional_targets": ["t1"],
    "press_figures": ["p-source"],
    "outcomes": ["o1"],
    "target_followups": ["f-there"],
    "events": ["e-body"],
    "adjudications": ["a-there"],
}


@pytest.fixture(scope="module")
def known(few) -> ma.Dataset:
    return ma.as_of(few, "2023-06-30")


def rows(few: ma.Dataset) -> dict[str, list[str]]:
    """The ids of every table that has rows."""
    return {name: few[name][few.schema[name].key].tolist() for name in few.tables if len(few[name])}


def test_every_absent_row_and_its_reason(known):
    assert [tuple(row) for row in known.absent.itertuples(index=False)] == ABSENT
    assert known.absent.index.tolist() == list(range(len(ABSENT)))
    assert known.absent.dtypes.astype(str).to_dict() == {"table": "str", "id": "str", "reason": "str"}
    assert known.known_on == pd.Timestamp("2023-06-30")


def test_every_row_that_is_there(few, known):
    assert rows(known) == THERE
    for name in few.tables:
        assert known[name].index.tolist() == list(range(len(known[name])))
        pd.testing.assert_series_equal(known[name].dtypes, few[name].dtypes)


def test_rows_that_stay_are_as_they_were_but_for_what_was_told_later(few, known):
    emptied = {
        "bodies": {"succeeds_body_id": [None] * 2, "announced_on": [None, pd.Timestamp("2023-02-02")],
                   "announced_members": [None, 5], "announced_members_unit": [None] * 2},
        "regional_targets": {"repeats_target_id": [None]},
        "events": {"body_id": [None]},
    }  # fmt: skip
    for name, ids in THERE.items():
        before = few[name].set_index(few.schema[name].key, drop=False).loc[ids]
        assert plain(known[name]) == plain(before) | emptied.get(name, {}), name


def test_a_second_cut_adds_to_what_is_absent_and_a_later_one_changes_nothing(few, known):
    again = ma.as_of(ma.as_of(few, "2024-01-01"), "2023-06-30")
    assert rows(again) == THERE
    late = [row for row in ABSENT if row[2] in (DARK, "dated 2026-11-01")]
    found = [tuple(row) for row in again.absent.itertuples(index=False)]
    assert found == late + [row for row in ABSENT if row not in late]
    assert again.absent.index.tolist() == list(range(len(ABSENT)))
    later = ma.as_of(known, "2024-01-01")
    assert later.known_on == known.known_on and rows(later) == THERE
    pd.testing.assert_frame_equal(later.absent, known.absent)


def test_where_nothing_is_absent_the_list_is_empty_and_has_its_columns(few):
    bare = few.with_tables(**{name: few[name].iloc[:0] for name in few.tables if name != "places"})
    absent = ma.as_of(bare, "2023-06-30").absent
    assert absent.empty
    assert absent.dtypes.astype(str).to_dict() == {"table": "str", "id": "str", "reason": "str"}


def test_on_its_own_day_a_row_is_there(few):
    before, after = (rows(ma.as_of(few, day)) for day in ("2023-09-14", "2023-09-15"))
    assert set(after["policy_documents"]) - set(before["policy_documents"]) == {"d-late"}
    assert after["regional_targets"] == ["t1", "t2"] and before["regional_targets"] == ["t1"]
    assert ma.as_of(few, "2023-09-15").regional_targets.repeats_target_id.tolist()[0] == "t2"


def test_lists_of_rows_lose_those_that_are_absent(few, tmp_path):
    """Where a schema says that a list is of one table, its ids of absent rows are taken out."""
    third = TARGET | {"target_id": "t3", "document_id": "d-there"}
    rows = {
        "regional_targets": [*FOLDER["regional_targets"], third],
        "adjudications": [judgement("a", "t1;t2;t3", "2023-01-11"), judgement("b", "t2", "2023-01-11")],
    }
    folder = write_folder(tmp_path, FOLDER | rows)
    descriptor = json.loads((read_schema().folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {
        field["name"]: field
        for resource in descriptor["resources"]
        if resource["name"] == "adjudications"
        for field in resource["schema"]["fields"]
    }
    fields["subject_ids"]["listOf"] = "regional_targets"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    known = ma.as_of(ma.load(folder), "2023-06-30")
    assert known.adjudications.subject_ids.fillna("-").tolist() == ["t1;t3", "-"]
    assert str(known.adjudications.subject_ids.dtype) == "str"


def test_tables_put_together_from_parts(few, known):
    halves = {name: pd.concat([few[name].iloc[:1], few[name].iloc[1:]], ignore_index=True) for name in FOLDER}
    found = ma.as_of(few.with_tables(**halves), "2023-06-30")
    assert rows(found) == THERE
    pd.testing.assert_frame_equal(found.absent, known.absent)
