"""Drafts and finals where there are many: which final is the first, and the order of rows that nothing else orders."""

from test_policies import document, made_up, target

import metaverse_analysis as ma


def test_of_many_finals_the_first_by_date_then_by_the_table():
    finals = [document(f"f{99 - number}", "2023-09-15", family_id="a") for number in range(60)]
    drafts = [document("a-draft", "2023-08-16", status="draft")]
    assert ma.revisions(made_up(policy_documents=[*drafts, *finals])).final_id.tolist() == ["f99"]
    earlier = document("late-in-the-table", "2023-09", family_id="a")
    assert ma.revisions(made_up(policy_documents=[*drafts, *finals, earlier])).final_id.tolist() == ["f99"]
    undated = [document("u", None, family_id="a"), *finals, document("e", "2023-09-14", family_id="a")]
    assert ma.revisions(made_up(policy_documents=[*drafts, *undated])).final_id.tolist() == ["e"]


def test_drafts_by_their_date_those_without_a_final_last():
    documents = [
        document("late-draft", "2023-08-16", status="draft"),
        document("late", "2023-09-15"),
        document("open-draft", "2020-01-01", status="draft"),
        document("b-draft", "2023-02", status="draft"),
        document("b", "2023-09-15"),
        document("a-draft", "2023-02-28", status="draft"),
        document("a", "2023-09-15"),
        document("undated-draft", None, status="draft"),
        document("undated", "2023-09-15"),
    ]
    found = ma.revisions(made_up(policy_documents=documents)).draft_id.tolist()
    assert found == ["a-draft", "b-draft", "late-draft", "undated-draft", "open-draft"]


def test_details_keep_the_order_of_the_draft_then_that_of_the_final():
    documents = [document("a-draft", "2023-08-16", status="draft"), document("a", "2023-09-15")]
    kinds = ["all_firms", "platforms", "labs", "patents", "talent", "industrial_parks"]
    draft = [target(f"d{i}", "a-draft", indicator=kind) for i, kind in enumerate(reversed(kinds))]
    final = [target(f"f{i}", "a", indicator=kind) for i, kind in enumerate(kinds)]
    ds = made_up(policy_documents=documents, regional_targets=[*final, *draft[:-2]])
    details = ma.revision_details(ds)
    assert details.draft_row.dropna().tolist() == [f"d{i}" for i in range(len(kinds) - 2)]
    assert details.subject.tolist() == [*reversed(kinds[2:]), *kinds[:2]]
    assert details.change.tolist() == ["same"] * (len(kinds) - 2) + ["added"] * 2
