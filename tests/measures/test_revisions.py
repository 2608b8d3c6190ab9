"""Drafts and finals where there are many: which final is the first, and the order of rows that nothing else orders."""

import pandas as pd
import pytest
from made_up_policies import document, made_up, target, use

import metaverse_analysis as ma


def test_of_several_finals_the_first_by_date_then_by_id():
    families = [f"f{99 - number}" for number in range(60)]
    drafts = [document(f"{name}-draft", "2023-08-16", status="draft") for name in families]
    finals = [
        document(f"{name}{ending}", "2023-09-15", family_id=name)
        for ending in ("-z", "-a")
        for name in families
    ]
    found = ma.revisions(made_up(policy_documents=[*drafts, *finals]))
    assert found.final_id.tolist() == [f"{name}-a" for name in sorted(families)]
    undated = [document("u", None, family_id="f99"), *finals, document("e", "2023-09-14", family_id="f99")]
    found = ma.revisions(made_up(policy_documents=[*drafts, *undated])).set_index("family_id")
    assert found.final_id["f99"] == "e"


PAIR = [document("a-draft", "2023-08-16", status="draft"), document("a", "2023-09-15")]


@pytest.mark.parametrize(
    ("draft", "final"),
    [((1000.0, "billion CNY"), (1.0, "trillion CNY")), ((10.0, "thousand firms"), (10_000.0, "firms"))],
)
def test_numbers_are_compared_in_one_unit_whatever_its_scale(draft, final):
    rows = [
        target(name, document, value=value, unit=unit)
        for name, document, (value, unit) in (("t1", "a-draft", draft), ("t2", "a", final))
    ]
    details = ma.revision_details(made_up(policy_documents=PAIR, regional_targets=rows))
    assert details["change"].tolist() == ["same"]


def test_ranges_are_compared_in_one_unit():
    draft = target("t1", "a-draft", unit="million CNY", value=1000.0, value_max=2000.0, qualifier="range")
    final = target("t2", "a", unit="billion CNY", value=1.0, value_max=2.0, qualifier="range")
    same = ma.revision_details(made_up(policy_documents=PAIR, regional_targets=[draft, final]))
    assert same[["change", "draft_text", "final_text"]].values.tolist() == [
        ["same", "1,000–2,000 million CNY, 2025", "1–2 billion CNY, 2025"]
    ]
    wider = made_up(policy_documents=PAIR, regional_targets=[draft, final | {"value_max": 3.0}])
    assert ma.revision_details(wider)[["change", "differs"]].values.tolist() == [["changed", "value_max"]]


def test_an_instrument_without_a_stance_is_the_same_in_both():
    uses = [use("fund", version, stance=None) for version in ("a-draft", "a")]
    details = ma.revision_details(made_up(policy_documents=PAIR, policy_instruments=uses))
    assert details.change.tolist() == ["same"] and details.differs.isna().all()
    assert str(details.words_differ.dtype) == "boolean" and details.words_differ.isna().all()
    uses[1]["stance"] = "restrict"
    details = ma.revision_details(made_up(policy_documents=PAIR, policy_instruments=uses))
    assert details[["change", "differs"]].values.tolist() == [["changed", "stance"]]


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
    kinds = ["all_firms", "platforms", "labs", "patents", "talent", "industrial_parks"]
    draft = [target(f"d{i}", "a-draft", indicator=kind) for i, kind in enumerate(reversed(kinds))]
    final = [target(f"f{i}", "a", indicator=kind) for i, kind in enumerate(kinds)]
    ds = made_up(policy_documents=PAIR, regional_targets=[*final, *draft[:-2]])
    details = ma.revision_details(ds)
    assert details.draft_row.dropna().tolist() == [f"d{i}" for i in range(len(kinds) - 2)]
    assert details.subject.tolist() == [*reversed(kinds[2:]), *kinds[:2]]
    assert details.change.tolist() == ["same"] * (len(kinds) - 2) + ["added"] * 2


def test_drafts_are_paired_with_their_own_finals_whatever_the_order_of_the_documents(ds):
    expected = ma.revisions(ds)
    documents = ds.policy_documents
    for other in (
        documents.sort_values("title_en"),
        documents[::-1],
        documents.sample(frac=1, random_state=3).set_index("title_en", drop=False),
    ):
        pd.testing.assert_frame_equal(ma.revisions(ds.with_tables(policy_documents=other)), expected)
