"""The time line, adoption and revisions: every column of every table, worked by hand on a few documents."""

import pandas as pd
import pytest
from made_up_policies import document, event, made_up, target, use
from tiny import plain

import metaverse_analysis as ma


def test_every_column_of_the_time_line():
    documents = [
        document("cn-plan", "2023-09-08", place_id="CN", source_ids="s1;s2"),
        document("a-draft", "2023-08-16", status="draft"),
        document("a", "2023-09", title_en="The final", issuer_en="An office"),
        document("b", None, place_id="CN-SD", is_metaverse_specific=False),
        document("c", "2022", place_id="KR-11", doc_type="park_project"),
    ]
    events = [
        event(
            "told",
            "2023-09-20",
            document_id="a",
            event_type="document_issued",
            place_id="CN-SC",
            actors="Somebody",
        ),
        event("world", "2022-03-01", source_ids="s3"),
    ]
    ds = made_up(policy_documents=documents, events=events)
    line = ma.policy_timeline(ds)
    assert line.index.tolist() == list(range(7))
    assert line.status.dtype == ds.policy_documents.status.dtype
    flags = ["is_metaverse_specific", "is_policy", "is_national_plan"]
    assert {str(line[name].dtype) for name in flags} == {"boolean"}
    assert {str(line[name].dtype) for name in ("event_id", "family_id", "about")} == {"str"}
    assert plain(line) == {
        "date": ["2022-03-01", "2022", "2023-08-16", "2023-09-08", "2023-09-20", "2023-09", None],
        "date_precision": ["day", "year", "day", "day", "day", "month", None],
        "first_day": [
            pd.Timestamp("2022-03-01"),
            pd.Timestamp("2022-01-01"),
            pd.Timestamp("2023-08-16"),
            pd.Timestamp("2023-09-08"),
            pd.Timestamp("2023-09-20"),
            pd.Timestamp("2023-09-01"),
            None,
        ],
        "last_day": [
            pd.Timestamp("2022-03-01"),
            pd.Timestamp("2022-12-31"),
            pd.Timestamp("2023-08-16"),
            pd.Timestamp("2023-09-08"),
            pd.Timestamp("2023-09-20"),
            pd.Timestamp("2023-09-30"),
            None,
        ],
        "order_is_certain": [False, False, True, False, False, False, False],
        "overlaps_next": [True, False, False, False, True, False, False],
        "kind": ["event", "document", "document", "document", "event", "document", "document"],
        "level": [None, "province", "province", "country", "province", "province", "province"],
        "country_id": [None, "KR", "CN", "CN", "CN", "CN", "CN"],
        "place_id": [None, "KR-11", "CN-SC", "CN", "CN-SC", "CN-SC", "CN-SD"],
        "place": [None, "Seoul", "Sichuan", "China", "Sichuan", "Sichuan", "Shandong"],
        "title": ["world", "Plan c", "Plan a-draft", "Plan cn-plan", "told", "The final", "Plan b"],
        "type": [
            "conference",
            "park_project",
            "action_plan",
            "action_plan",
            "document_issued",
            "action_plan",
            "action_plan",
        ],
        "type_label": [
            "conference",
            "park project",
            "action plan",
            "action plan",
            "document issued",
            "action plan",
            "action plan",
        ],
        "status": [None, "issued", "draft", "issued", None, "issued", "issued"],
        "issuer": [None, None, None, None, "Somebody", "An office", None],
        "is_metaverse_specific": [None, True, True, True, None, True, False],
        "is_policy": [None, False, True, True, None, True, True],
        "is_national_plan": [None, False, False, True, None, False, False],
        "document_id": [None, "c", "a-draft", "cn-plan", "a", "a", "b"],
        "event_id": ["world", None, None, None, "told", None, None],
        "family_id": [None, "c", "a", "cn-plan", None, "a", "b"],
        "repeats_document": [False, False, False, False, True, False, False],
        "source_ids": ["s3", "some-source", "some-source", "s1;s2", None, "some-source", "some-source"],
        "about": ["the metaverse"] * 7,
    }


def test_every_column_of_the_adoption():
    documents = [
        document("cn-plan", "2023-09-08", place_id="CN"),
        document("a-draft", "2023-08-16", status="draft", source_ids="s2"),
        document("a", "2023-09", title_en="The final"),
        document("b", "2022-07-08", place_id="CN-SD"),
        document("c", None, place_id="CN-HN"),
    ]
    table = ma.adoption(made_up(policy_documents=documents), level="province")
    assert plain(table.drop(columns=["searched", "share_pct"])) == {
        "stage": ["issued", "issued", "issued", "draft"],
        "level": ["province"] * 4,
        "place_id": ["CN-SD", "CN-SC", "CN-HN", "CN-SC"],
        "place": ["Shandong", "Sichuan", "Hunan", "Sichuan"],
        "document_id": ["b", "a", "c", "a-draft"],
        "title": ["Plan b", "The final", "Plan c", "Plan a-draft"],
        "date": ["2022-07-08", "2023-09", None, "2023-08-16"],
        "date_precision": ["day", "month", None, "day"],
        "dated": [True, True, False, True],
        "first_day": [
            pd.Timestamp("2022-07-08"),
            pd.Timestamp("2023-09-01"),
            None,
            pd.Timestamp("2023-08-16"),
        ],
        "last_day": [
            pd.Timestamp("2022-07-08"),
            pd.Timestamp("2023-09-30"),
            None,
            pd.Timestamp("2023-08-16"),
        ],
        "number": [1, 2, None, 1],
        "number_at_most": [1, 2, None, 1],
        "plan_document_id": ["cn-plan"] * 4,
        "plan_date": ["2023-09-08"] * 4,
        "order_to_plan": ["before", "unknown", "unknown", "before"],
        "days_after_plan_low": [-427, -7, None, -23],
        "days_after_plan_high": [-427, 22, None, -23],
        "months_after_plan_low": [-14, -0.2, None, -0.8],
        "months_after_plan_high": [-14, 0.7, None, -0.8],
        "source_ids": ["some-source", "some-source", "some-source", "s2"],
        "about": ["the metaverse"] * 4,
    }


@pytest.fixture(scope="module")
def revised():
    documents = [
        document("b-draft", "2022-01", status="draft", place_id="CN-SD"),
        document("a-draft", "2023-08-16", status="draft", source_ids="s1"),
        document("a", "2023-09-15", title_en="The final", source_ids="s2;s3"),
    ]
    targets = [
        target("t1", "a-draft", words_zh="企业"),
        target("t2", "a-draft", indicator="platforms", value=5.0, unit="platforms", qualifier="at_least"),
        target("t3", "a-draft", indicator="labs", value=1.0, value_max=3.0, unit="labs", qualifier="range"),
        target("t4", "a", words_zh="企业"),
        target("t5", "a", indicator="platforms", value=6000.0, unit="platforms", qualifier="over"),
        target("t6", "a", indicator="patents", value=7.0, unit="patents", target_year=None),
        target("t7", "b-draft"),
    ]
    uses = [
        use("subsidy", "a-draft"),
        use("fund", "a-draft"),
        use("fund", "a-draft", instrument_id="a-draft--fund--2", stance="restrict", detail="more"),
        use("nft_digital_collectibles", "a-draft"),
        use("subsidy", "a", stance="restrict"),
        use("talent", "a"),
        use("nft_digital_collectibles", "a", dropped=True, stance=None, detail="the line is gone"),
    ]
    ds = made_up(policy_documents=documents, regional_targets=targets, policy_instruments=uses)
    return ds


def test_every_column_of_the_revisions(revised):
    assert plain(ma.revisions(revised)) == {
        "family_id": ["a", "b"],
        "place_id": ["CN-SC", "CN-SD"],
        "place": ["Sichuan", "Shandong"],
        "level": ["province"] * 2,
        "draft_id": ["a-draft", "b-draft"],
        "final_id": ["a", None],
        "title": ["The final", "Plan b-draft"],
        "draft_date": ["2023-08-16", "2022-01"],
        "final_date": ["2023-09-15", None],
        "final_status": ["issued", None],
        "days_low": [30, None],
        "days_high": [30, None],
        "days": [30, None],
        "numbers_same": [1, None],
        "numbers_changed": [1, None],
        "numbers_not_seen": [1, None],
        "numbers_added": [1, None],
        "instruments_same": [0, None],
        "instruments_changed": [1, None],
        "instruments_not_seen": [1, None],
        "instruments_added": [1, None],
        "instruments_dropped": [1, None],
        "dropped_labels": ["NFTs and digital collectibles", None],
        "source_ids": ["s1;s2;s3", "some-source"],
    }


def test_every_column_of_their_details(revised):
    details = ma.revision_details(revised)
    assert details.index.tolist() == list(range(len(details)))
    assert plain(details) == {
        "family_id": ["a"] * 8,
        "draft_id": ["a-draft"] * 8,
        "final_id": ["a"] * 8,
        "kind": [
            "number",
            "number",
            "number",
            "number",
            "instrument",
            "instrument",
            "instrument",
            "instrument",
        ],
        "subject": [
            "all_firms",
            "platforms",
            "labs",
            "patents",
            "subsidy",
            "fund",
            "nft_digital_collectibles",
            "talent",
        ],
        "label": [
            "firms",
            "platforms",
            "laboratories",
            "patents",
            "subsidies",
            "funds",
            "NFTs and digital collectibles",
            "talent",
        ],
        "change": ["same", "changed", "not_seen", "added", "changed", "not_seen", "dropped", "added"],
        "differs": [None, "value;qualifier", None, None, "stance", None, None, None],
        "words_differ": [False, False, None, None, None, None, None, None],
        "draft_row": [
            "t1",
            "t2",
            "t3",
            None,
            "a-draft--subsidy",
            "a-draft--fund;a-draft--fund--2",
            "a-draft--nft_digital_collectibles",
            None,
        ],
        "final_row": ["t4", "t5", None, "t6", "a--subsidy", None, "a--nft_digital_collectibles", "a--talent"],
        "draft_text": [
            "100 firms, 2025",
            "at least 5 platforms, 2025",
            "1–3 labs, 2025",
            None,
            "on subsidy",
            "on fund; more",
            "on nft_digital_collectibles",
            None,
        ],
        "final_text": [
            "100 firms, 2025",
            "over 6,000 platforms, 2025",
            None,
            "7 patents",
            "on subsidy",
            None,
            "the line is gone",
            "on talent",
        ],
    }
    assert plain(ma.revision_details(revised, "a")) == plain(details)
