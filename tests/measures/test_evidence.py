"""Coverage and quality of the evidence: hand-worked cases, and the real tables."""

import pandas as pd
import pytest
from real_rows import only

import metaverse_analysis as ma
from metaverse_analysis.measures.evidence import RESTS_ON, graded_rows

TODAY = "2026-11-24"


class TestQuality:
    def test_each_row_rests_on_one_thing(self, ds):
        found = ma.evidence_quality(ds, country=None)
        assert (found[list(RESTS_ON)].sum(axis=1) == found["rows"]).all()
        assert "adjudications" not in set(found.table), "what the project decided is no evidence"
        for row in found.itertuples():
            assert row.rows == len(ds[row.table])
            grade = ma.grades(ds, row.table)
            assert row.official_pct == pytest.approx(100 * grade.has_official.mean())
            assert row.two_outlets_pct == pytest.approx(100 * (grade.outlets >= 2).mean())
            assert row.aggregators_only_pct == pytest.approx(100 * grade.only_aggregators.mean())
            assert row.high_pct + row.medium_pct + row.low_pct == pytest.approx(100)
        assert found.median_age_months.isna().all()

    def test_judgements_are_counted_apart(self, ds):
        own = ma.evidence_quality(ds, judgements=True).set_index("table")
        assert own.index.tolist() == ["adjudications"] and own.loc["adjudications", "rows"] == len(
            ds.adjudications
        )
        without = only(ds, events=ds.events)
        assert len(ma.evidence_quality(without, judgements=True)) == 0

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
        targets = ds.regional_targets.place_id
        documents = ds.policy_documents.drop_duplicates(["family_id", "place_id"]).place_id
        assert len(documents) < len(ds.policy_documents), "a draft and its final are one"
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
