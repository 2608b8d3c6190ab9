"""What was known on a day: hand-made rows, properties of the real tables, a folder that holds to the schema."""

from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from made_once import packaged
from thorough import MANY, MORE

import metaverse_analysis as ma
from metaverse_analysis.tables.as_of import DATED_BY

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


def test_a_body_that_ended_later_had_not_ended():
    ds = packaged()
    before, after = (
        ma.as_of(ds, day).bodies.set_index("body_id").loc["itu-t-fg-mv"]
        for day in ("2024-06-12", "2024-06-13")
    )
    assert (before["status"], after["status"]) == ("active", "ended")
    assert pd.isna(before["ended"]) and after["ended"] == "2024-06-13"
    year = ma.as_of(ds, "2023-06-30").bodies.set_index("body_id").loc["iec-seg15-metaverse"]
    assert year["status"] == "active" and pd.isna(year["ended"]), "a year counts from its last day"
    seats = ma.seats(ma.as_of(ds, "2024-01-31"))
    members = seats[seats["body_id"] == "itu-t-fg-mv"]
    assert len(members) and not members["certainty"].str.contains("ended").any()


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


def test_of_very_many_targets_each_is_there_or_absent():
    targets = pd.concat([DATA.regional_targets] * (MANY // len(DATA.regional_targets)), ignore_index=True)
    targets["target_id"] = targets.target_id + "-" + targets.index.astype("str")
    targets["repeats_target_id"] = None
    ds = DATA.with_tables(regional_targets=targets.astype({"repeats_target_id": "str"}))
    known = ma.as_of(ds, "2023-08-31")
    assert len(known.regional_targets) + (known.absent["table"] == "regional_targets").sum() == len(targets)
