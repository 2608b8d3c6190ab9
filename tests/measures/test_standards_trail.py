"""The way of a body from proposal to committee, and the claims of the starting article found through their source."""

import pandas as pd
import pytest
from rosters import ARTICLE, COMMITTEE, WORKING_GROUP, body, organisation, seat
from tiny import DOCUMENT, SOURCE, load_rows
from whole_tables import kinds, stored_kinds
from worked.participants import FOLDER as BODIES

import metaverse_analysis as ma


def event(key: str, date: str, **more: str) -> dict[str, str]:
    return {
        "event_id": f"{date}-{key}", "date": date, "event_type": "standards_step", "event": f"Step {key}",
        "source_ids": "s1", **more,
    }  # fmt: skip


def test_trail_runs_from_the_proposal_over_the_list_to_the_committee(ds):
    trail = ma.standards_trail(ds)
    steps = trail.set_index("date")
    assert steps.document_status["2023-09-18"] == "draft"
    listed = steps.loc["2024-01-19"]
    assert (listed.announced_members, listed.announced_members_unit, listed.members_named) == (
        60,
        "persons",
        14,
    )
    assert listed.certainty == "listed, not confirmed"
    assert steps.loc["2025-08-01", ["body_id", "body_status"]].tolist() == [COMMITTEE, "in preparation"]
    assert trail.date.iloc[0] == "2023-09-18" and trail.date.iloc[-1] == "2025-08-01"
    assert set(trail.body_id) == {WORKING_GROUP, COMMITTEE}


def test_no_step_of_the_trail_confirms_a_member(ds):
    said = ma.standards_trail(ds).certainty.dropna()
    assert len(said) and said.str.contains("not confirmed|in preparation").all()


def test_a_month_is_not_put_in_an_order_it_doesn_t_have(ds):
    trail = ma.standards_trail(ds).set_index("event_id")
    assert trail.date_precision["2024-09-digital-human-standards"] == "month"
    assert trail.after_previous["2024-09-digital-human-standards"] == "unknown"
    assert trail.after_previous["2024-09-06-wg-guilin"] == "after"
    assert pd.isna(trail.after_previous.iloc[0])


@pytest.fixture
def tiny(tmp_path) -> ma.Dataset:
    draft = {**DOCUMENT, "document_id": "d0", "family_id": "d1", "status": "draft", "issued_date": "",
             "consultation_date": "2023-03", "title_en": "The draft"}  # fmt: skip
    final = {**DOCUMENT, "signed_date": "2023-09-10"}
    other = {**DOCUMENT, "document_id": "d9", "family_id": "d9"}
    rows = BODIES | {
        "policy_documents": [draft, final, other],
        "events": [
            event("launch", "2023-09-15", body_id="new", document_id="d1"),
            event("unrelated", "2023-01-01"),
            event("talk", "2023", body_id="old"),
            event("first", "2023-05", body_id="old"),
        ],
    }
    return load_rows(tmp_path / "tables", rows)


def test_events_and_dates_of_documents_make_one_trail(tiny):
    trail = ma.standards_trail(tiny, body="old")
    assert trail.date.tolist() == ["2023-03", "2023-05", "2023-09-10", "2023-09-15", "2023"]
    assert trail.event_id.fillna("").tolist() == ["", "2023-05-first", "", "2023-09-15-launch", "2023-talk"]
    assert trail.what.tolist() == ["The draft", "Step first", "A plan", "Step launch", "Step talk"]
    assert trail.after_previous.fillna("").tolist() == ["", "after", "after", "after", "unknown"]
    assert trail.document_status.fillna("").tolist() == ["draft", "", "issued", "issued", ""]
    assert trail.body_id.tolist() == ["new", "old", "new", "new", "old"]
    assert trail.members_named.tolist() == [
        0,
        2,
        0,
        0,
        0,
    ]  # named in May 2023: the ministry and alpha; not the disputed
    assert trail.certainty.dropna().tolist() == ["member"]


def test_the_trail_is_the_same_from_either_end(tiny):
    pd.testing.assert_frame_equal(ma.standards_trail(tiny, body="old"), ma.standards_trail(tiny, body="new"))
    assert len(ma.standards_trail(tiny, body="club")) == 0
    assert len(ma.standards_trail(tiny)) == 0  # none of its bodies is a national standards group


def test_two_kinds_of_standing_on_one_day_are_both_said(tmp_path):
    rows = {
        "participants": [organisation("a"), organisation("b")],
        "bodies": [body("x")],
        "memberships": [
            seat("a", "x", named_on="2023-05"),
            seat("b", "x", status="listed", named_on="2023-05"),
        ],
        "events": [event("e", "2023-05", body_id="x")],
    }
    trail = ma.standards_trail(load_rows(tmp_path / "tables", rows), body="x")
    assert trail[["members_named", "certainty"]].values.tolist() == [[2, "member; listed, not confirmed"]]


CLAIMS = {
    "Sichuan's plan is a draft of August 2023": (
        "policy_documents", "cn-sc-2023-metaverse-action-plan-draft", "draft · 2023-08"),
    "with parks": (
        "policy_instruments", "cn-sc-2023-metaverse-action-plan-draft--industrial_park", "parks"),
    "with 15 firms": ("regional_targets", "cn-sc-2023-draft-leading-firms", "15 · firms"),
    "with blockchain infrastructure": (
        "policy_instruments", "cn-sc-2023-metaverse-action-plan-draft--infrastructure_blockchain",
        "blockchain infrastructure"),
    "with privacy": (
        "policy_instruments", "cn-sc-2023-metaverse-action-plan-draft--privacy_data_security", "privacy"),
    "with cross-chain control": (
        "policy_instruments", "cn-sc-2023-metaverse-action-plan-draft--cross_chain", "cross-chain control"),
    "September 2023 document": (
        "policy_documents", "cn-2023-metaverse-standardisation-wg-plan-draft", "draft · 2023-09"),
    "on terminology and reference architecture": (
        "policy_instruments", "cn-2023-metaverse-standardisation-wg-plan-draft--standards",
        "Terminology and reference architecture"),
    "the ministry on Web3": ("policy_documents", "cn-2023-web3-cppcc-reply", "Web3"),
    "on NFTs and decentralised applications": (
        "policy_instruments", "cn-2023-web3-cppcc-reply--nft_digital_collectibles",
        "NFTs and decentralised applications"),
    "the list of the working group": (
        "policy_documents", "cn-2024-metaverse-standardisation-wg-list", "member list"),
    "Sichuan at $35 billion": (
        "press_figures", "cn-sc-2023-final-market-scale--metaverse-post", "35"),
    "Shandong at $22 billion": (
        "press_figures", "cn-sd-2025-related-scale-final--metaverse-post", "22"),
}  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS)
def test_each_claim_of_the_article_is_found_with_its_sources(ds, claim):
    table, key, words = CLAIMS[claim]
    found = ma.rows_citing(ds, ARTICLE).set_index(["table", "id"])
    assert words.casefold() in found.says[table, key].casefold()
    printed_by_itself = table == "press_figures"
    assert found.sources[table, key] >= (1 if printed_by_itself else 2)


def test_at_least_15_firms_is_weighed_against_the_document(ds):
    found = ma.rows_citing(ds, ARTICLE).set_index("id")
    assert "at least 15" in found.says["adjudication-sichuan-draft-leading-firms"]


def test_rows_citing_finds_each_row_once_and_all_of_them(ds):
    for source in ("theregister-2024-01-23-wg", "mexc-panews-2025-08-01-tc", ARTICLE):
        found = ma.rows_citing(ds, source)
        text = {
            (name, row[0])
            for name in ds.tables
            if name != "sources"
            for row in ds[name].astype("str").itertuples(index=False)
            if any(source in str(cell).split(";") for cell in row)
        }
        assert set(zip(found.table, found.id, strict=True)) == text
        assert not found.duplicated().any()


def test_rows_citing_takes_no_part_of_an_id(tmp_path):
    longer = {**SOURCE, "source_id": "s1-more", "url": "https://example.org/2"}
    ds = load_rows(tmp_path / "tables", {"sources": [SOURCE, longer]})
    assert len(ma.rows_citing(ds, "s1-more")) == 0
    assert ma.rows_citing(ds, "s1").table.tolist() == ["policy_documents", "regional_targets"]
    assert ma.rows_citing(ds, "s1").dtypes.equals(ma.rows_citing(ds, "s1-more").dtypes)


def test_an_unknown_source_is_an_error_with_a_hint(ds):
    with pytest.raises(ValueError, match=f"there is no source 'mpost-2024-01-19'.*{ARTICLE}"):
        ma.rows_citing(ds, "mpost-2024-01-19")
    with pytest.raises(ValueError, match="lists them all"):
        ma.rows_citing(ds, "???")


STEP = "step in standardisation"


@pytest.fixture(scope="module")
def own(worked) -> ma.Dataset:
    return worked("standards_trail")


@pytest.mark.parametrize("start", ["first", "The next body", "last"])
def test_the_whole_chain_is_found_from_each_of_its_bodies(own, start):
    pd.testing.assert_frame_equal(ma.standards_trail(own, body=start), ma.standards_trail(own))


def test_a_body_of_another_chain_has_its_own_steps(own):
    found = ma.standards_trail(own, body="apart")
    assert found[["event_id", "announced_members", "members_named"]].values.tolist() == [["apart", 9, 1]]
    assert found.announced_members_unit.isna().all()


def test_without_events_there_is_no_step_and_the_types_are_the_same(own):
    bare = ma.standards_trail(own.with_tables(events=own.events.iloc[:0]))
    assert bare.empty and kinds(bare) == stored_kinds("standards_trail/standards_trail")


def test_a_date_that_an_event_may_be_the_same_as_is_no_step_of_its_own(own):
    def dated(date: str) -> list[str]:
        events = own.events.assign(date=own.events.date.where(own.events.event_id != "launch", date))
        steps = ma.standards_trail(own.with_tables(events=events))
        return steps.step[steps.document_id == "d1"].tolist()

    assert dated("2023-09") == [STEP]
    assert dated("2023-09-10") == [STEP, "Issued"]
    assert dated("2023-10") == ["Signed", "Issued", STEP]
    assert dated("2023-08") == [STEP, "Signed", "Issued"]


def test_steps_of_one_day_keep_the_order_of_the_events(own):
    names = [f"e{99 - number}" for number in range(60)]
    events = pd.concat([own.events[own.events.event_id == "again"]] * 60, ignore_index=True)
    found = ma.standards_trail(own.with_tables(events=events.assign(event_id=names)))
    assert found.event_id.tolist() == names
