"""Which due targets count in a headline, worked by hand on rows for every reason to leave one out."""

import pandas as pd
import pytest
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, TARGET, load_rows

import metaverse_analysis as ma
from metaverse_analysis.measures.due_targets import DRAFT, OWN_YEAR, REPEATS

TODAY = "2026-11-23"
DRAFTED = DOCUMENT | {
    "document_id": "d0",
    "status": "draft",
    "issued_date": "",
    "consultation_date": "2023-08-16",
}
FUND = {"indicator": "fund_size", "measure": "fund", "scope": "", "value": "5"}
FOLDER = {
    "places": [CHINA, PROVINCE, CITY, CHINA | {"place_id": "XX", "name_en": "Xland", "name_zh": "丁"}],
    "policy_documents": [
        DOCUMENT,
        DRAFTED,
        DRAFTED | {"document_id": "alone", "family_id": "alone"},
        DOCUMENT | {"document_id": "wide", "family_id": "wide", "is_metaverse_specific": "false"},
    ],
    "regional_targets": [
        TARGET,
        TARGET | {"target_id": "again", "repeats_target_id": "t1"},
        TARGET | {"target_id": "drafted", "document_id": "d0", "indicator": "all_firms", "measure": "count",
                  "scope": "", "unit": "firms"},
        TARGET | {"target_id": "only-drafted", "document_id": "alone"},
        TARGET | {"target_id": "foreseen", "basis": "forecast"},
        TARGET | {"target_id": "set", "basis": "document_target"},
        TARGET | FUND | {"target_id": "budget", "target_year": "2023"},
        TARGET | FUND | {"target_id": "fund", "target_year": "2025"},
        TARGET | {"target_id": "wider", "document_id": "wide"},
        TARGET | {"target_id": "abroad", "place_id": "XX"},
        TARGET | {"target_id": "later", "target_year": "2026"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("due"), FOLDER)


def test_each_reason_to_leave_a_target_out(tiny):
    ledger = ma.outcome_ledger(tiny, today=TODAY).set_index("target_id")
    assert ledger["left_out"].dropna().to_dict() == {
        "again": REPEATS,
        "drafted": DRAFT,
        "foreseen": "not set by a document: forecast",
        "budget": OWN_YEAR,
    }
    assert "abroad" not in ledger.index and "later" not in ledger.index
    assert ledger.index[~ledger["on_subject"]].tolist() == ["wider"]


def test_the_summary_counts_the_others_and_tells_the_subject_apart(tiny):
    summary = ma.outcome_summary(tiny, today=TODAY)
    counts = summary.groupby("target_kind", sort=False)[
        ["targets", "targets_on_subject", "repeats", "targets_left_out"]
    ].sum()
    assert counts.loc["market_size"].tolist() == [4, 3, 1, 1]  # t1, only-drafted, set, wider
    assert counts.loc["other_money"].tolist() == [1, 1, 0, 1]
    assert counts.loc["count"].tolist() == [0, 0, 0, 1]
    everywhere = ma.outcome_summary(tiny, today=TODAY, country=None)
    assert everywhere["targets"].sum() == summary["targets"].sum() + 1
    with pytest.raises(ValueError, match="YY"):
        ma.outcome_summary(tiny, today=TODAY, country="YY")


def test_the_answer_says_both(tiny):
    said = str(ma.answer(tiny, "outcomes"))
    assert (
        said.startswith("Of 5 targets whose year has passed")
        and " are set by documents on the metaverse" in said
        and " 4 of the " in said
    )


def test_the_packaged_headline_worked_out_again(ds):
    targets, documents = ds.regional_targets, ds.policy_documents.set_index("document_id")
    issued = set(documents["family_id"][documents["status"] == "issued"])
    due = targets[(targets["target_year"] < 2026) & targets["place_id"].str.split("-").str[0].eq("CN")]
    rows = []
    for row in due.itertuples():
        document = documents.loc[row.document_id]
        draft = document["status"] == "draft"
        dates = ["issued_date", "signed_date", "consultation_date"]
        date = next((document[name] for name in (["consultation_date"] if draft else []) + dates
                     if pd.notna(document[name])), "")  # fmt: skip
        own_year = row.measure in ("fund", "subsidy", "money_other") and date[:4] == str(row.target_year)
        repeats = row.repeats_target_id in set(due["target_id"])
        if not (
            repeats
            or row.basis not in ("document_target",)
            or (draft and document["family_id"] in issued)
            or own_year
        ):
            rows.append(row.target_id)
    summary = ma.outcome_summary(ds, today=TODAY)
    assert summary["targets"].sum() == len(rows)
    about = targets.set_index("target_id").loc[rows, "document_id"].map(documents["is_metaverse_specific"])
    assert summary["targets_on_subject"].sum() == about.sum()
