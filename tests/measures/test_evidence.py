"""Conflicts, coverage, quality of the evidence and published counts: hand-worked cases, and the real tables."""

import pandas as pd
import pytest
from made_once import packaged
from thorough import MANY

import metaverse_analysis as ma
from metaverse_analysis.measures.evidence import RESTS_ON, graded_rows

SICHUAN = "cn-sc-2023-final-market-scale"
TODAY = "2026-11-24"


@pytest.fixture(scope="module")
def ds() -> ma.Dataset:
    return packaged()


@pytest.fixture(scope="module")
def found(ds) -> pd.DataFrame:
    return ma.conflicts(ds)


def only(ds: ma.Dataset, **tables: pd.DataFrame) -> ma.Dataset:
    """The dataset with these tables and, of the other evidence, nothing."""
    kept = ("sources", "places")
    return ds.with_tables(**{name: ds[name].iloc[:0] for name in ds.tables if name not in kept} | tables)


def rows_like(frame: pd.DataFrame, *changes: dict) -> pd.DataFrame:
    """Copies of a one-row frame, each with some cells changed, in the frame's types."""
    return pd.concat([frame.assign(**c).astype(frame.dtypes.to_dict()) for c in changes], ignore_index=True)


def target(ds: ma.Dataset, *changes: dict) -> pd.DataFrame:
    """Sichuan's final market target, copied with changes, without a repeat or an end of range."""
    one = ds.regional_targets[ds.regional_targets.target_id == SICHUAN]
    plain = {"repeats_target_id": None, "value_max": float("nan")}
    return rows_like(one, *[plain | change for change in changes])


def outcome(ds: ma.Dataset, *changes: dict) -> pd.DataFrame:
    one = ds.outcomes[ds.outcomes.outcome_id == "cn-sc-chengdu-2023-all-firms-3100-firms"]
    return rows_like(one, *changes)


def unsigned(ds: ma.Dataset) -> pd.DataFrame:
    """The documents, without a second date of their own."""
    return ds.policy_documents.assign(signed_date=pd.Series(dtype="str"))


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


class TestQuality:
    def test_each_row_rests_on_one_thing(self, ds):
        found = ma.evidence_quality(ds)
        assert (found[list(RESTS_ON)].sum(axis=1) == found["rows"]).all()
        for row in found.itertuples():
            assert row.rows == len(ds[row.table])
            grade = ma.grades(ds, row.table)
            assert row.official_pct == pytest.approx(100 * grade.has_official.mean())
            assert row.two_outlets_pct == pytest.approx(100 * (grade.n_outlets >= 2).mean())
            assert row.aggregators_only_pct == pytest.approx(100 * grade.only_aggregators.mean())
            assert row.high_pct + row.medium_pct + row.low_pct == pytest.approx(100)
        assert found.median_age_months.isna().all()

    def test_classes_follow_the_grades(self, ds):
        rows = graded_rows(ds, ["regional_targets"])
        high = rows[rows.confidence_computed == "high"].rests_on
        assert set(high) == {"official", "several_established"}
        assert (rows[rows.rests_on == "aggregators"].confidence_computed == "low").all()

    def test_age_by_hand(self, ds):
        events = ds.events.iloc[[0]].assign(source_ids="theregister-2024-01-23-wg")
        row = (
            ma.evidence_quality(only(ds, events=events), today="2024-02-23").set_index("table").loc["events"]
        )
        assert row.median_age_months == pytest.approx(31 / (365.25 / 12))

    def test_places_take_in_what_lies_in_them(self, ds):
        found = ma.evidence_quality(ds, by="place").set_index("place_id")
        rows = graded_rows(
            ds, ["regional_targets", "policy_documents", "policy_instruments", "outcomes", "events"]
        )
        henan = rows[rows.place_id.str.startswith("CN-HA", na=False)]
        assert found.rows["CN-HA"] == len(henan)
        assert "CN" not in found.index and "KR-11" not in found.index
        assert "KR-11" in ma.evidence_quality(ds, by="place", country=None).place_id.tolist()

    def test_errors(self, ds):
        with pytest.raises(ValueError, match="by is 'table' or 'place', not 'region'"):
            ma.evidence_quality(ds, by="region")
        with pytest.raises(ValueError, match="today: 'soon' is not a date"):
            ma.evidence_quality(ds, today="soon")


class TestCoverage:
    def test_one_row_per_province_with_the_counts(self, ds):
        found = ma.coverage(ds, today=TODAY)
        assert found.place_id.tolist() == ds["coverage"].place_id.tolist()
        found = found.set_index("place_id")
        documents, targets = ds.policy_documents.place_id, ds.regional_targets.place_id
        assert found.documents["CN-SC"] == (documents == "CN-SC").sum()
        assert found.documents_below["CN-SC"] == documents.str.startswith("CN-SC-").sum()
        assert found.targets_below["CN-HA"] == targets.str.startswith("CN-HA-").sum()

    def test_nothing_known_is_blank_not_zero(self, ds):
        found = ma.coverage(ds, today=TODAY).set_index("place_id")
        nothing = found[found["rows"] == 0]
        assert len(nothing) and nothing[["official_pct", "oldest_source"]].isna().all(axis=None)
        assert pd.isna(found.months_since_search["CN-TW"]) and found.finding["CN-TW"] == "not_searched"

    def test_months(self, ds):
        found = ma.coverage(ds, today="2027-11-23").set_index("place_id")
        assert found.months_since_search["CN-SC"] == pytest.approx(12, abs=0.05)
        assert ma.coverage(ds).months_since_search.isna().all()


class TestPolicyCounts:
    def documents(self, ds, *changes):
        one = ds.policy_documents[ds.policy_documents.document_id == "cn-sc-2023-metaverse-action-plan"]
        rows = [
            {"document_id": f"d{i}", "family_id": f"f{i}", "issued_date": "2022-06-01"} | change
            for i, change in enumerate(changes)
        ]
        return rows_like(one, *rows)

    def count(self, ds, documents, **rule):
        rule_row = ds.policy_count_rules[
            ds.policy_count_rules.outcome_id == "cn-2022-policy-count-18-policies"
        ]
        told = {"counted_from": None, "counted_to": "2022-11-30", "levels": "province;city;district"}
        told |= {"subject": "metaverse_specific", "drafts": "out"}
        told |= {"municipalities_as": "city", "unit_counted": "policies"}
        ours = only(
            ds,
            policy_documents=documents,
            policy_count_rules=rows_like(rule_row, told | rule),
            outcomes=ds.outcomes[ds.outcomes.outcome_id == rule_row.outcome_id.iloc[0]],
        )
        row = ma.policy_count_comparison(ours).iloc[0]
        return [None if pd.isna(number) else int(number) for number in (row.ours_low, row.ours_high)]

    @pytest.mark.parametrize(
        ("change", "rule", "expected"),
        [
            ({}, {}, (1, 1)),
            ({"issued_date": "2022-12-01"}, {}, (0, 0)),
            ({"issued_date": "2022"}, {}, (0, 1)),
            ({"issued_date": None, "consultation_date": None}, {}, (0, 1)),
            ({"issued_date": "2022-11-15"}, {"counted_to": "2022-11"}, (0, 1)),
            ({"issued_date": "2022-10-31"}, {"counted_to": "2022-11"}, (1, 1)),
            ({}, {"counted_from": "2022-07"}, (0, 0)),
            ({"is_metaverse_specific": False}, {}, (0, 0)),
            ({"is_metaverse_specific": False}, {"subject": "any_support"}, (1, 1)),
            ({"is_metaverse_specific": False}, {"subject": "unknown"}, (0, 1)),
            ({}, {"levels": "city"}, (0, 0)),
            ({"place_id": "CN-SH"}, {"levels": "city"}, (1, 1)),
            ({"place_id": "CN-SH"}, {"levels": "city", "municipalities_as": "province"}, (0, 0)),
            ({"place_id": "CN-SH"}, {"levels": "city", "municipalities_as": "unknown"}, (0, 1)),
            ({"place_id": "CN-SH"}, {"levels": "city;province", "municipalities_as": "unknown"}, (1, 1)),
            ({"place_id": "CN-SH-lingang"}, {"levels": "district"}, (1, 1)),
            ({"place_id": "CN"}, {}, (0, 0)),
            ({"place_id": "KR-11"}, {}, (0, 0)),
            ({"status": "announced"}, {}, (0, 1)),
            ({"status": "draft"}, {}, (0, 0)),
            ({"status": "draft"}, {"drafts": "in"}, (1, 1)),
            ({"status": "draft"}, {"drafts": "unknown"}, (0, 1)),
            ({"doc_type": "park_project"}, {}, (0, 0)),
            ({"issuer_kind": "association"}, {}, (0, 0)),
            ({}, {"counted_to": None}, (None, None)),
            ({}, {"levels": None}, (None, None)),
        ],
    )
    def test_one_document_under_a_rule(self, ds, change, rule, expected):
        assert self.count(ds, self.documents(ds, change), **rule) == list(expected)

    def test_versions_count_once_and_places_once(self, ds):
        versions = self.documents(ds, {"family_id": "f"}, {"family_id": "f", "status": "draft"}, {})
        assert self.count(ds, versions, drafts="in") == [2, 2]
        assert self.count(ds, versions, unit_counted="places") == [1, 1]

    def test_the_published_counts(self, ds):
        found = ma.policy_count_comparison(ds)
        assert set(found.outcome_id) == set(ds.outcomes.outcome_id[ds.outcomes.indicator == "policy_count"])
        known = found[found.ours_low.notna()]
        assert (known.ours_low <= known.ours_high).all()
        assert (known.missing_low == known.published - known.ours_high).all()
        assert found.comparison.str.contains("can't be reproduced").equals(found.ours_low.isna())

    def test_an_empty_folder(self, ds):
        assert ma.policy_count_comparison(only(ds)).empty
