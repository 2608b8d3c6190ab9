"""Drafts against finals: numbers and instruments, dates, several finals, and the facts."""

import pandas as pd
import pytest
from made_up_policies import DATA, document, made_up, target, use

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
    assert details.code.tolist() == [*reversed(kinds[2:]), *kinds[:2]]
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


PAIR = [document("a-draft", "2023-08-16", status="draft"), document("a", "2023-09-15")]


def numbers(draft: list[dict], final: list[dict]) -> pd.DataFrame:
    targets = [
        target(f"{document_id}-{i}", document_id, **more)
        for document_id, side in (("a-draft", draft), ("a", final))
        for i, more in enumerate(side)
    ]
    return ma.revision_details(made_up(policy_documents=PAIR, regional_targets=targets))


@pytest.mark.parametrize(
    ("draft", "final", "change", "differs", "words_differ"),
    [
        ({}, {}, "same", None, False),
        ({"words_zh": "科技型"}, {"words_zh": "创新型"}, "same", None, True),
        ({}, {"value": 90.0}, "changed", "value", False),
        ({}, {"qualifier": "at_least"}, "changed", "qualifier", False),
        ({}, {"target_year": 2026}, "changed", "target_year", False),
        (
            {"value": 1000.0, "unit": "million CNY"},
            {"value": 1.0, "unit": "billion CNY"},
            "same",
            None,
            False,
        ),
        (
            {"value": 1.0, "unit": "billion CNY"},
            {"value": 1.0, "unit": "billion USD"},
            "changed",
            "unit",
            False,
        ),
        ({"value_max": 200.0, "qualifier": "range"}, {}, "changed", "value_max;qualifier", False),
    ],
)
def test_one_number_against_one(draft, final, change, differs, words_differ):
    table = numbers([draft], [final])
    assert table.change.tolist() == [change]
    assert table.differs.tolist() == [differs] if differs else table.differs.isna().all()
    assert table.words_differ.tolist() == [words_differ]


def test_words_tell_numbers_of_one_kind_apart():
    table = numbers(
        [{"words_zh": "领军", "value": 5.0}, {"words_zh": "中小", "value": 50.0}],
        [{"words_zh": "中小", "value": 60.0}, {"words_zh": "领军", "value": 5.0}],
    )
    assert table.change.tolist() == ["same", "changed"]
    assert table.draft_text.tolist() == ["5 firms, 2025", "50 firms, 2025"]
    assert table.final_text.tolist() == ["5 firms, 2025", "60 firms, 2025"]


def test_numbers_that_cannot_be_told_apart_are_not_paired():
    table = numbers([{"value": 5.0}, {"value": 6.0}], [{"value": 7.0}])
    assert table.change.tolist() == ["not_seen", "not_seen", "added"]


def test_two_caps_on_unlike_things_are_not_one_changed_cap():
    cap = {"indicator": "subsidy_cap", "measure": "subsidy", "unit": "million CNY", "qualifier": "up_to"}
    table = numbers([{**cap, "scope_note": "pilots"}], [{**cap, "scope_note": "rent", "value": 5.0}])
    assert table.change.tolist() == ["not_seen", "added"]
    assert table.draft_text.tolist()[0] == "up to 100 million CNY, 2025"


def test_instruments_are_not_seen_unless_a_row_says_dropped():
    ds = made_up(
        policy_documents=PAIR,
        policy_instruments=[
            use("subsidy", "a-draft"),
            use("fund", "a-draft"),
            use("nft_digital_collectibles", "a-draft"),
            use("standards", "a-draft"),
            use("ethics_risk", "a-draft"),
            use("standards", "a"),
            use("talent", "a"),
            use("ethics_risk", "a", stance="restrict"),
            use("nft_digital_collectibles", "a", dropped=True, stance=None, detail="the line is gone"),
        ],
    )
    table = ma.revision_details(ds).set_index("code")
    assert table.change.to_dict() == {
        "subsidy": "not_seen",
        "fund": "not_seen",
        "nft_digital_collectibles": "dropped",
        "standards": "same",
        "ethics_risk": "changed",
        "talent": "added",
    }
    assert table.final_text["nft_digital_collectibles"] == "the line is gone"
    row = ma.revisions(ds).iloc[0]
    assert row[["instruments_same", "instruments_changed", "instruments_not_seen"]].tolist() == [1, 1, 2]
    assert row[["instruments_added", "instruments_dropped"]].tolist() == [1, 1]


def test_an_instrument_used_and_with_a_dropped_line_has_both_rows():
    ds = made_up(
        policy_documents=PAIR,
        policy_instruments=[
            use("subsidy", "a-draft"),
            use("subsidy", "a"),
            use(
                "subsidy",
                "a",
                instrument_id="a--subsidy--2",
                dropped=True,
                stance=None,
                detail="the rent line is gone",
            ),
        ],
    )
    assert sorted(ma.revision_details(ds).change) == ["dropped", "same"]


@pytest.mark.parametrize(
    ("draft", "final", "low", "high", "days"),
    [
        ("2023-08-16", "2023-09-15", 30, 30, 30),
        ("2022-08", "2022-11-03", 64, 94, pd.NA),
        ("2023-09-04", "2023-09", 0, 26, pd.NA),  # not -3: a final is not older than its draft
        ("2023-09-04", None, pd.NA, pd.NA, pd.NA),
    ],
)
def test_days_between_draft_and_final(draft, final, low, high, days):
    ds = made_up(policy_documents=[document("a-draft", draft, status="draft"), document("a", final)])
    row = ma.revisions(ds).iloc[0]
    assert row[["days_low", "days_high", "days"]].tolist() == [low, high, days]


def test_a_draft_without_a_final_is_listed_without_counts():
    ds = made_up(
        policy_documents=[document("b-draft", "2022-01-01", status="draft"), *PAIR],
        regional_targets=[target("t", "b-draft")],
    )
    table = ma.revisions(ds)
    assert table.draft_id.tolist() == ["a-draft", "b-draft"]
    assert table.final_id.isna().tolist() == [False, True]
    assert table.numbers_not_seen.tolist() == [0, pd.NA]


def test_two_drafts_of_one_final_are_both_held_against_it():
    drafts = [document(f"{i}-draft", f"2023-0{i}-01", status="draft", family_id="a") for i in (1, 2)]
    ds = made_up(
        policy_documents=[*drafts, document("a", "2023-09-15")],
        regional_targets=[target("t1", "1-draft", value=90.0), target("t2", "2-draft"), target("t3", "a")],
    )
    table = ma.revisions(ds)
    assert table.draft_id.tolist() == ["1-draft", "2-draft"]
    assert table.numbers_changed.tolist() == [1, 0]
    assert table.numbers_same.tolist() == [0, 1]
    assert table.numbers_added.tolist() == [0, 0]


def test_sichuan_kept_its_numbers_and_wuhan_dropped_a_line_on_nfts():
    table = ma.revisions(DATA).set_index("family_id")
    sichuan = table.loc["cn-sc-2023-metaverse-action-plan"]
    assert sichuan.days == 30
    assert sichuan.numbers_changed == sichuan.numbers_not_seen == 0
    wuhan = table.loc["cn-hb-wuhan-2022-metaverse-implementation-plan"]
    assert wuhan.instruments_dropped == 1
    assert pd.isna(wuhan.days)
    assert (table.instruments_dropped.dropna().sum()) == DATA.policy_instruments.dropped.sum()


def test_the_counts_are_those_of_the_details():
    table, details = ma.revisions(DATA), ma.revision_details(DATA)
    columns = [name for name in table if name.startswith(("numbers_", "instruments_"))]
    assert table[columns].sum().sum() == len(details)
    draft_rows = details.draft_row[details.item == "number"].dropna()
    with_final = set(table.draft_id[table.final_id.notna()])
    assert sorted(draft_rows) == sorted(
        DATA.regional_targets.target_id[DATA.regional_targets.document_id.isin(with_final)]
    )


def test_a_family_without_a_revision_is_named():
    with pytest.raises(ValueError, match="has no draft with a final"):
        ma.revision_details(DATA, "cn-zj-2022-metaverse-action-plan")


def test_the_details_of_one_family(worked):
    revised = worked("revisions")
    pd.testing.assert_frame_equal(ma.revision_details(revised, "a"), ma.revision_details(revised))


@pytest.mark.parametrize("measure", [ma.revisions, ma.revision_details])
def test_empty_tables_give_empty_tables(measure):
    table = measure(made_up())
    assert len(table) == 0 and len(table.columns) > 5
