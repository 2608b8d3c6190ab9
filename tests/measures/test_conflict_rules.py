"""What disagrees: each rule on made-up rows, and what it finds in the packaged tables."""

import pandas as pd
import pytest
from real_rows import only, outcome, rows_like, target, unsigned
from thorough import MANY

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def found(ds) -> pd.DataFrame:
    return ma.conflicts(ds, country=None)


def rules(ds: ma.Dataset) -> list[tuple[str, str]]:
    return list(ma.conflicts(ds)[["rule", "subject_ids"]].itertuples(index=False, name=None))


class TestConflicts:
    def test_two_values_in_one_document(self, ds):
        two = target(
            ds,
            {"target_id": "a"},
            {"target_id": "b", "value": 260.0},
            {"target_id": "c", "target_year": 2026, "value": 300.0},
        )
        assert rules(only(ds, regional_targets=two, policy_documents=unsigned(ds))) == [("two_values", "a;b")]

    def test_a_hedge_is_a_difference_in_one_document_and_none_between_two(self, ds):
        hedged = target(ds, {"target_id": "a"}, {"target_id": "b", "qualifier": "over"})
        assert rules(only(ds, regional_targets=hedged, policy_documents=unsigned(ds))) == [
            ("two_values", "a;b")
        ]
        other = hedged.assign(document_id=[hedged.document_id[0], "cn-ha-2022-metaverse-action-plan"])
        assert rules(only(ds, regional_targets=other, policy_documents=unsigned(ds))) == []

    def test_millions_and_billions_are_one_unit(self, ds):
        same = target(ds, {"target_id": "a"}, {"target_id": "b", "value": 250_000.0, "unit": "million CNY"})
        assert rules(only(ds, regional_targets=same, policy_documents=unsigned(ds))) == []

    def test_two_documents_disagree_and_two_versions_revise(self, ds):
        draft = "cn-sc-2023-metaverse-action-plan-draft"
        two = target(
            ds,
            {"target_id": "a"},
            {"target_id": "b", "document_id": draft, "value": 200.0},
        )
        ours = unsigned(ds)
        assert rules(only(ds, regional_targets=two, policy_documents=ours)) == [("draft_or_final", "a;b")]
        apart = ours.assign(family_id=ours.document_id)
        assert rules(only(ds, regional_targets=two, policy_documents=apart)) == [("two_values", "a;b")]

    def test_a_repeated_figure_is_no_second_value(self, ds):
        two = target(ds, {"target_id": "a"}, {"target_id": "b", "value": 200.0, "repeats_target_id": "a"})
        two = two.assign(document_id=["x", "y"])
        assert rules(only(ds, regional_targets=two)) == []

    def test_one_value_for_two_years_and_under_two_scopes(self, ds):
        years = target(ds, {"target_id": "a"}, {"target_id": "b", "target_year": 2027})
        assert rules(only(ds, regional_targets=years)) == [("two_dates", "a;b")]
        scopes = target(ds, {"target_id": "a"}, {"target_id": "b", "scope": "metaverse_core"})
        assert rules(only(ds, regional_targets=scopes)) == [("scope_reading", "a;b")]

    @pytest.mark.parametrize(
        ("child", "expected"),
        [
            ({"value": 251.0}, [("place_above_parent", "b;a")]),
            ({"value": 250_001.0, "unit": "million CNY"}, [("place_above_parent", "b;a")]),
            ({"value": 250.0}, []),
            ({"value": 251.0, "target_year": 2026}, []),
            ({"value": 251.0, "scope": "metaverse_core"}, []),
            ({"value": 251.0, "measure": "revenue"}, []),
            ({"value": 251.0, "unit": "billion USD"}, []),
        ],
    )
    def test_a_city_above_its_province_like_for_like(self, ds, child, expected):
        two = target(ds, {"target_id": "a"}, {"target_id": "b", "place_id": "CN-SC-chengdu"} | child)
        assert rules(only(ds, regional_targets=two)) == expected

    @pytest.mark.parametrize(
        ("child", "parent", "expected"),
        [
            # All of the city's range lies above all of its province's, or they overlap.
            ((501.0, 600.0), (250.0, 500.0), [("place_above_parent", "b;a")]),
            ((501.0, None), (250.0, 500.0), [("place_above_parent", "b;a")]),
            ((500.0, 900.0), (250.0, 500.0), []),
            ((300.0, 600.0), (250.0, 500.0), []),
            ((200.0, 600.0), (250.0, None), []),
            ((251.0, 600.0), (250.0, None), [("place_above_parent", "b;a")]),
        ],
    )
    def test_a_range_is_above_another_if_all_of_it_is(self, ds, child, parent, expected):
        city, province = ({"value": low, "value_max": high} for low, high in (child, parent))
        two = target(
            ds,
            {"target_id": "a"} | province,
            {"target_id": "b", "place_id": "CN-SC-chengdu"} | city,
        )
        assert rules(only(ds, regional_targets=two)) == expected

    def test_of_several_figures_the_province_answers_with_its_highest(self, ds):
        rows = target(
            ds,
            {"target_id": "a", "value": 260.0},
            {"target_id": "c", "value": 250.0, "value_max": 500.0},
            {"target_id": "b", "place_id": "CN-SC-chengdu", "value": 300.0},
        )
        assert "place_above_parent" not in dict(rules(only(ds, regional_targets=rows)))

    def test_of_equal_figures_the_finals_is_told_whatever_the_order_of_the_rows(self, ds):
        draft = {"document_id": "cn-sc-2023-metaverse-action-plan-draft"}
        rows = target(
            ds,
            {"target_id": "a"} | draft,
            {"target_id": "b"},
            {"target_id": "c", "place_id": "CN-SC-chengdu", "value": 300.0} | draft,
            {"target_id": "e", "place_id": "CN-SC-chengdu", "value": 300.0},
            {"target_id": "d", "place_id": "CN-SC-chengdu", "value": 300.0},
        )
        for order in (rows, rows[::-1]):
            found = rules(only(ds, regional_targets=order, policy_documents=unsigned(ds)))
            assert ("place_above_parent", "d;b") in found

    def test_scopes_that_are_bags_are_not_compared(self, ds):
        bag = {"scope": "metaverse_subsector", "scope_note": "x"}
        two = target(
            ds,
            {"target_id": "a"} | bag,
            {"target_id": "b", "place_id": "CN-SC-chengdu", "value": 300.0} | bag,
        )
        assert rules(only(ds, regional_targets=two)) == []

    @pytest.mark.parametrize(
        ("later", "expected"),
        [
            ({"year": 2024, "value": 310.0}, [("count_break", "a;b")]),
            ({"year": 2024, "value": 311.0}, []),
            ({"year": 2022, "value": 300.0}, [("count_break", "b;a")]),
            ({"year": 2023, "value": 300.0}, [("two_values", "a;b")]),
            ({"year": 2023, "value": 300.0, "period": "2023-01/2023-06"}, []),
            ({"year": 2024, "value": 300.0, "unit": "parks"}, []),
        ],
    )
    def test_counts_that_break_or_disagree(self, ds, later, expected):
        two = outcome(ds, {"outcome_id": "a"}, {"outcome_id": "b"} | later)
        assert rules(only(ds, outcomes=two)) == expected

    def test_signed_and_issued(self, ds):
        one = ds.policy_documents.iloc[[0]]
        dated = {"signed_date": "2023-08-29", "issued_date": "2023-09-08"}
        documents = rows_like(
            one,
            dated | {"document_id": "a"},
            {"document_id": "b", "signed_date": "2023-09-08", "issued_date": "2023-09"},
        )
        assert rules(only(ds, policy_documents=documents)) == [("two_dates", "a")]

    def test_an_event_that_dates_a_document_otherwise(self, ds):
        document = rows_like(ds.policy_documents.iloc[[0]], {"signed_date": None, "issued_date": "2021-06"})
        event = ds.events[ds.events.event_type == "document_issued"].iloc[[0]]
        changes = ({"event_id": "in-june", "date": "2021-06-07"}, {"event_id": "in-july", "date": "2021-07"})
        events = rows_like(event, *[c | {"document_id": document.document_id[0]} for c in changes])
        ours = only(ds, policy_documents=document, events=events)
        assert rules(ours) == [("two_dates", f"{document.document_id[0]};in-july")]

    def test_a_finding_without_a_judgement_is_open_and_says_so(self, ds):
        row = ma.conflicts(
            only(ds, outcomes=outcome(ds, {"outcome_id": "a"}, {"outcome_id": "b", "value": 1.0}))
        ).iloc[0]
        assert (row.decision, row.reason) == ("open", "found by the rule and not judged yet")
        assert pd.isna(row.adjudication_id)

    def test_a_judgement_belongs_to_what_it_names(self, ds):
        two = outcome(ds, {"outcome_id": "a"}, {"outcome_id": "b", "value": 1.0})
        one = ds.adjudications.iloc[[0]]
        told = {"decision": "decided", "rule": "two_values", "reason": "because", "chosen_id": "a"}
        judgements = rows_like(
            one,
            told | {"adjudication_id": "other-rule", "subject_ids": "a;b", "rule": "other"},
            told | {"adjudication_id": "hit", "subject_ids": "a;b;c"},
            told | {"adjudication_id": "half", "subject_ids": "a;x"},
        )
        found = ma.conflicts(only(ds, outcomes=two, adjudications=judgements))
        assert found.adjudication_id.tolist() == ["hit", "half", "other-rule"]
        assert found.found_by.tolist() == ["rule", "reading", "reading"]
        assert found.loc[0, ["decision", "chosen_id", "reason"]].tolist() == ["decided", "a", "because"]

    def test_every_row_is_decided_or_open_and_gives_a_reason(self, ds, found):
        assert set(found.decision) == {"decided", "open"}
        assert found.reason.notna().all()
        assert found.adjudication_id.notna().all(), (
            "a new finding: judge it in adjudications, or leave it open there"
        )
        assert found.rule.is_monotonic_increasing
        assert set(found.adjudication_id.dropna()) == set(ds.adjudications.adjudication_id)
        assert not found.duplicated(["rule", "subject_ids", "adjudication_id"]).any()

    @pytest.mark.parametrize(
        ("rule", "ids"),
        [
            ("place_above_parent", "cn-ha-zhengzhou-2023-draft-market-scale;cn-ha-2022-market-scale"),
            ("count_break", "cn-sc-chengdu-2023-all-firms-3100-firms;cn-sc-chengdu-2024-all-firms-300-firms"),
            ("two_dates", "cn-2023-metaverse-three-year-action-plan"),
            ("printed_amount", "cn-sd-2025-related-scale-draft--urecomm"),
            ("printed_amount", "cn-hk-2023-web3-allocation--cointelegraph"),
            ("two_dates", "ae-dubai-2022-jobs-2027;ae-dubai-2022-jobs-2030"),
        ],
    )
    def test_known_disagreements_are_found_and_judged(self, found, rule, ids):
        row = found[(found.rule == rule) & (found.subject_ids == ids)]
        assert row.found_by.tolist() == ["rule"]
        assert row.adjudication_id.notna().all()

    def test_nothing_to_find(self, ds):
        assert ma.conflicts(only(ds)).empty

    def test_very_many_rows(self, ds):
        copies = pd.concat([ds.regional_targets] * (MANY // 4 // len(ds.regional_targets)), ignore_index=True)
        number = pd.Series(range(len(copies)), dtype="str")
        copies = copies.assign(
            target_id=copies.target_id + "-" + number, document_id=copies.document_id + "-" + number
        )
        assert len(ma.conflicts(ds.with_tables(regional_targets=copies))) > 100
