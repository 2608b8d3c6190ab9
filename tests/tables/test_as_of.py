"""What was known on a day: hand-made rows, properties on the real tables, and a folder that holds to the schema.

What was known on a day: every row that is left out, with its reason, on tables of a few rows.
"""

import json
import time
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from made_once import packaged
from rosters import body, organisation, seat
from thorough import MANY, MORE
from tiny import DOCUMENT, SOURCE, TARGET, load_rows, plain, write_folder

import metaverse_analysis as ma
from metaverse_analysis.tables.as_of import DATED_BY
from metaverse_analysis.tables.schema import read_schema

DATA = packaged()
SICHUAN, SHANDONG = "cn-sc-2023-metaverse-action-plan", "cn-sd-2023-metaverse-guiding-opinion"
LAST_DAY = "2026-12-31"
DAYS = st.dates(pd.Timestamp("2019-01-01").date(), pd.Timestamp(LAST_DAY).date())


@cache
def known_on(day: str) -> ma.Dataset:
    """The packaged tables on a day, cut once for all tests that ask."""
    return ma.as_of(DATA, day)


def versions(ds: ma.Dataset, family: str) -> list[str]:
    documents = ds.policy_documents
    return documents.loc[documents.family_id == family, "status"].tolist()


def keys(ds: ma.Dataset, table: str) -> set[str]:
    return set(ds[table][ds.schema[table].key])


def write(ds: ma.Dataset, folder) -> None:
    for name in ds.tables:
        path = folder / ds.schema[name].path
        ds[name].to_csv(path, index=False, date_format="%Y-%m-%d", lineterminator="\n")


def documents(**columns) -> ma.Dataset:
    """The real dataset with a few made-up documents and nothing that refers to others."""
    rows = len(columns["document_id"])
    base = {"place_id": "CN", "title_en": "A plan", "family_id": columns["document_id"], "source_ids": "one"}
    given = pd.DataFrame({**base, **columns}, index=range(rows))
    source = DATA.sources.iloc[[0, 0]].assign(source_id=["one", "two"], published=["2022-05", None])
    cut = {name: DATA[name].iloc[:0] for name in DATED_BY if name != "policy_documents"}
    frame = pd.concat([DATA.policy_documents.iloc[:0], given], ignore_index=True)
    more = {name: DATA[name].iloc[:0] for name in ("policy_instruments", "regional_targets")}
    return DATA.with_tables(**cut, **more, sources=source, policy_documents=frame)


@pytest.mark.parametrize(
    ("family", "day", "expected"),
    [
        (SICHUAN, "2023-08-15", []),
        (SICHUAN, "2023-08-31", ["draft"]),
        (SICHUAN, "2023-09-14", ["draft"]),
        (SICHUAN, "2023-09-16", ["draft", "issued"]),
        (SHANDONG, "2023-09-03", []),
        (SHANDONG, "2023-09-04", ["draft"]),
        (SHANDONG, "2023-09-29", ["draft"]),  # the final is of "2023-09": it counts from the 30th
        (SHANDONG, "2023-09-30", ["draft", "issued"]),
    ],
)
def test_drafts_and_finals_of_the_two_provinces(family, day, expected):
    assert versions(known_on(day), family) == expected


def test_each_status_has_its_own_date():
    ds = documents(
        document_id=["draft", "final", "said", "signed", "bare", "dark"],
        status=["draft", "issued", "announced", "issued", "issued", "issued"],
        consultation_date=["2023-03", None, None, "2021-01-01", None, None],
        issued_date=[None, "2023", "2023-04-05", None, None, None],
        signed_date=[None, "2022-01-01", None, "2021-02-01", None, None],
        source_ids=["one", "one", "one", "one", "one;two", "two"],
    )
    since = {}
    days = ["2021-01-31", "2021-02-01", "2022-05-30", "2022-05-31"]
    for day in [*days, "2023-03-30", "2023-03-31", "2023-04-05", "2023-12-30", LAST_DAY]:
        for document in keys(ma.as_of(ds, day), "policy_documents"):
            since.setdefault(document, day)
    assert since == {
        "signed": "2021-02-01",  # the only day known of it: when it was made public, nobody says
        "bare": "2022-05-31",
        "draft": "2023-03-31",
        "said": "2023-04-05",
        "final": LAST_DAY,
    }


def test_the_reasons_are_told():
    ds = documents(
        document_id=["month", "day", "bare", "dark"],
        status="issued",
        issued_date=["2023-09", "2023-09-08", None, None],
        source_ids=["one", "one", "one", "two"],
    )
    absent = ma.as_of(ds, "2022-01-01").absent
    assert absent.columns.tolist() == ["table", "id", "reason"]
    assert absent.table.unique().tolist() == ["policy_documents"]
    assert dict(zip(absent.id, absent.reason, strict=True)) == {
        "month": "dated 2023-09, which counts from its last day, 2023-09-30",
        "day": "dated 2023-09-08",
        "bare": "undated, its earliest dated source is of 2022-05-31",
        "dark": "undated, and no source has a date",
    }


@pytest.mark.parametrize(
    "day", ["2019-01-01", "2022-09-30", "2023-08-31", "2023-09-16", "2024-01-19", LAST_DAY]
)
def test_the_result_holds_to_the_schema(day, tmp_path):
    known = known_on(day)
    write(known, tmp_path)
    assert ma.validate(tmp_path) == []
    for name in DATA.tables:
        pd.testing.assert_series_equal(known[name].dtypes, DATA[name].dtypes)
        assert known[name].index.equals(pd.RangeIndex(len(known[name])))


def test_what_hangs_on_an_absent_document_is_absent():
    known = known_on("2023-08-31")
    gone = keys(DATA, "policy_documents") - keys(known, "policy_documents")
    assert SICHUAN in gone
    for table in ("policy_instruments", "regional_targets", "events"):
        assert DATA[table].document_id.isin(gone).any()
        assert not known[table].document_id.isin(gone).any()
    assert known.press_figures.target_id.isin(known.regional_targets.target_id).all()
    assert known.press_figures.target_id.isin(DATA.press_figures.target_id).all()


def test_present_and_absent_rows_are_all_rows():
    for day in ["2021-01-01", "2023-09-30", LAST_DAY]:
        known = known_on(day)
        for table in DATA.tables:
            absent = set(known.absent.loc[known.absent.table == table, "id"])
            assert absent.isdisjoint(keys(known, table))
            assert absent | keys(known, table) == keys(DATA, table)


def test_the_evidence_of_our_own_stays():
    known = known_on("2019-01-01")
    for table in ("sources", "places", "participants", "regional_statistics", "coverage", "rejected_sources"):
        pd.testing.assert_frame_equal(known[table], DATA[table])


def test_a_repeated_target_stays_without_its_reference():
    """Shanghai's investment paper of June 2022 has a figure that the plan of July states as its own."""
    target = "cn-sh-2022-investment-promotion-scale"
    before, after = (
        known_on(day).regional_targets.set_index("target_id") for day in ("2022-06-30", "2022-07-31")
    )
    assert pd.isna(before.repeats_target_id[target])
    assert after.repeats_target_id[target] == "cn-sh-2025-related-scale"


def test_an_event_stays_without_the_body_that_was_not_announced_yet():
    """The working group's consultation opened in September 2023; its list came in January 2024."""
    events = known_on("2023-12-01").events
    opened = events[
        events.event.str.contains("Consultation opens on the metaverse standardisation working group")
    ]
    assert len(opened) == 1
    assert opened.body_id.isna().all()


def test_a_later_count_of_members_is_not_told_before():
    bodies = known_on("2021-12-01").bodies.set_index("body_id")
    committee = bodies.loc["cmca-metaverse-industry-committee"]
    assert committee.founded == "2021-10-15"
    assert pd.isna(committee.announced_on)
    assert pd.isna(committee.announced_members)


def test_a_judgement_on_several_rows_needs_all_of_them():
    one = DATA.adjudications.iloc[[0]].assign(
        subject_ids=f"{SICHUAN};{SICHUAN}-draft", chosen_id=SICHUAN, decided_on=pd.Timestamp("2023-01-01")
    )
    ds = DATA.with_tables(adjudications=one)
    assert len(ma.as_of(ds, "2023-09-14").adjudications) == 0
    assert len(ma.as_of(ds, "2023-09-15").adjudications) == 1


@settings(max_examples=3 * MORE)
@given(DAYS, DAYS)
def test_a_later_day_never_loses_a_row_and_the_earlier_of_two_cuts_holds(one, other):
    cut = {day: ma.as_of(DATA, day) for day in (one, other)}
    once, late = cut[min(one, other)], cut[max(one, other)]
    twice = ma.as_of(cut[one], other)
    assert twice.known_on == once.known_on == pd.Timestamp(min(one, other))
    for table in DATA.tables:
        assert keys(once, table) <= keys(late, table)
        pd.testing.assert_frame_equal(twice[table], once[table])
    assert set(zip(twice.absent.table, twice.absent.id, strict=True)) == set(
        zip(once.absent.table, once.absent.id, strict=True)
    )


def test_after_the_last_day_only_what_has_no_date_is_absent():
    absent = known_on(LAST_DAY).absent
    assert absent.reason.str.match("undated, and no source has a date|hangs on ").all()
    undated = DATA.policy_documents[
        DATA.policy_documents[["consultation_date", "issued_date"]].isna().all(axis=1)
    ]
    assert set(absent[absent.table == "policy_documents"].id) <= set(undated.document_id)


def test_the_dataset_given_is_not_changed():
    before = {name: DATA[name].copy(deep=True) for name in DATA.tables}
    ma.as_of(DATA, "2022-01-01")
    assert DATA.known_on is None
    for name, frame in before.items():
        pd.testing.assert_frame_equal(DATA[name], frame)


@pytest.mark.parametrize("wrong", ["2023-09", "2023", "soon", None, 20230916])
def test_only_a_full_day_is_a_day(wrong):
    with pytest.raises(ValueError, match="date: "):
        ma.as_of(DATA, wrong)


def test_without_any_dated_source_undated_rows_are_absent():
    ds = documents(document_id=["bare"], status="issued", source_ids="two")
    ds = ds.with_tables(sources=ds.sources.iloc[[1]])
    assert ma.as_of(ds, LAST_DAY).absent.reason.tolist() == ["undated, and no source has a date"]


def test_very_many_targets_take_seconds():
    targets = pd.concat([DATA.regional_targets] * (MANY // len(DATA.regional_targets)), ignore_index=True)
    targets["target_id"] = targets.target_id + "-" + targets.index.astype("str")
    targets["repeats_target_id"] = None
    ds = DATA.with_tables(regional_targets=targets.astype({"repeats_target_id": "str"}))
    start = time.perf_counter()
    ma.as_of(ds, "2023-08-31")
    assert time.perf_counter() - start < 20


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
