"""Conflicts, coverage, quality of the evidence and published counts: hand-worked cases, and the real tables.

What disagrees, what is covered, how good the evidence is: every column of every table, on a small folder.
"""

import pandas as pd
import pytest
from real_rows import only
from tiny import rounded

import metaverse_analysis as ma
from metaverse_analysis.measures.evidence import RESTS_ON, graded_rows

TODAY = "2026-11-24"


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


@pytest.fixture(scope="module")
def tiny(worked) -> ma.Dataset:
    return worked("evidence")


def test_every_column_of_the_coverage(tiny):
    table = ma.coverage(tiny, today="2026-12-01")
    assert table.index.tolist() == list(range(2))
    assert rounded(table) == {
        "place_id": ["CN-AA", "CN-EE"],
        "place": ["Aland", "Eland"],
        "grid_column": [None] * 2,
        "grid_row": [None] * 2,
        "searched_on": [pd.Timestamp("2026-11-01"), None],
        "finding": ["scale_target", "not_searched"],
        "finding_label": ["plan with a market size", "not searched"],
        "finding_below": [None] * 2,
        "queries": [None] * 2,
        "documents": [2, 1],
        "documents_below": [0] * 2,
        "targets": [3, 4],
        "targets_below": [1, 0],
        "rows": [7, 8],
        "official_pct": [14.2857, 12.5],
        "two_outlets_pct": [14.2857, 0],
        "aggregators_only_pct": [0, 12.5],
        "oldest_source": [pd.Timestamp("2023-09-20")] * 2,
        "newest_source": [pd.Timestamp("2024-01-31")] * 2,
        "months_since_search": [0.9856, None],
    }


def test_every_column_of_the_quality_by_place(tiny):
    table = ma.evidence_quality(tiny, by="place", today="2026-12-01")
    assert table.index.tolist() == list(range(2))
    assert rounded(table) == {
        "place_id": ["CN-AA", "CN-EE"],
        "label": ["Aland", "Eland"],
        "rows": [7, 8],
        "official": [1] * 2,
        "several_established": [0] * 2,
        "one_established": [6] * 2,
        "weaker": [0] * 2,
        "aggregators": [0, 1],
        "none": [0] * 2,
        "official_pct": [14.2857, 12.5],
        "two_outlets_pct": [14.2857, 0],
        "aggregators_only_pct": [0, 12.5],
        "high_pct": [14.2857, 12.5],
        "medium_pct": [85.7143, 75],
        "low_pct": [0, 12.5],
        "median_age_months": [38.3737] * 2,
    }


def test_every_column_of_the_quality_by_table(tiny):
    table = ma.evidence_quality(tiny, today="2026-12-01").query("rows > 0").reset_index(drop=True)
    assert table.index.tolist() == list(range(6))
    assert rounded(table) == {
        "table": [
            "policy_documents",
            "regional_targets",
            "press_figures",
            "outcomes",
            "regional_statistics",
            "events",
        ],
        "label": [
            "Policy documents",
            "Regional targets",
            "Press figures",
            "Outcomes",
            "GDP and population",
            "Events",
        ],
        "rows": [3, 8, 2, 6, 2, 1],
        "official": [1, 1, 0, 0, 0, 0],
        "several_established": [0] * 6,
        "one_established": [1, 7, 2, 6, 2, 1],
        "weaker": [0] * 6,
        "aggregators": [1, 0, 0, 0, 0, 0],
        "none": [0] * 6,
        "official_pct": [33.3333, 12.5, 0, 0, 0, 0],
        "two_outlets_pct": [33.3333, 0, 0, 0, 0, 0],
        "aggregators_only_pct": [33.3333, 0, 0, 0, 0, 0],
        "high_pct": [33.3333, 12.5, 0, 0, 0, 0],
        "medium_pct": [33.3333, 87.5, 100, 100, 100, 100],
        "low_pct": [33.3333, 0, 0, 0, 0, 0],
        "median_age_months": [34.0041, 38.3737, 38.3737, 38.3737, 38.3737, 38.3737],
    }
