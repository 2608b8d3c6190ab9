"""What disagrees, what is covered, how good the evidence is: every column of every table, on a small folder."""

import pandas as pd
import pytest
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, SOURCE, TARGET, load_rows, plain, scope_label

import metaverse_analysis as ma

OTHER = PROVINCE | {"place_id": "CN-EE", "name_en": "Eland", "name_zh": "戊市"}
SOURCES = [
    SOURCE,
    SOURCE
    | {"source_id": "s2", "url": "https://example.org/2", "publisher": "An office", "kind": "official"},
    SOURCE
    | {
        "source_id": "s3",
        "url": "https://example.org/3",
        "publisher": "A mill",
        "kind": "aggregator",
        "published": "2024-01",
    },
]
DOCUMENTS = [
    DOCUMENT | {"signed_date": "2023-09-01", "source_ids": "s2;s3"},
    DOCUMENT
    | {
        "document_id": "d0",
        "family_id": "d1",
        "status": "draft",
        "issued_date": "",
        "consultation_date": "2023-08-16",
    },
    DOCUMENT
    | {
        "document_id": "d3",
        "family_id": "d3",
        "place_id": "CN-EE",
        "issued_date": "2022-11",
        "title_en": "Other plan",
        "source_ids": "s3",
    },
]
TARGETS = [
    TARGET | {"value": "30", "value_max": "50", "qualifier": "range"},
    TARGET | {"target_id": "t2", "value": "1500", "qualifier": "at_least", "unit": "million CNY"},
    TARGET | {"target_id": "t3", "document_id": "d0", "value": "25"},
    TARGET | {"target_id": "t4", "document_id": "d3", "place_id": "CN-AA-b", "value": "60"},
    TARGET
    | {
        "target_id": "t5",
        "document_id": "d3",
        "place_id": "CN-EE",
        "scope": "metaverse_core",
        "target_year": "2026",
        "source_ids": "s2",
    },
    TARGET
    | {"target_id": "t6", "document_id": "d3", "place_id": "CN-EE", "scope": "vr_xr", "target_year": "2026"},
    TARGET
    | {
        "target_id": "t7",
        "document_id": "d3",
        "place_id": "CN-EE",
        "indicator": "labs",
        "measure": "count",
        "unit": "labs",
        "value": "5",
        "scope": "",
        "scope_note": "pilots",
    },
    TARGET
    | {
        "target_id": "t8",
        "document_id": "d3",
        "place_id": "CN-EE",
        "indicator": "labs",
        "measure": "count",
        "unit": "labs",
        "value": "5",
        "scope": "",
        "scope_note": "pilots",
        "target_year": "2027",
    },
]
COUNT = {
    "outcome_id": "o1",
    "place_id": "CN-EE",
    "indicator": "all_firms",
    "measure": "count",
    "scope": "",
    "value": "3100",
    "unit": "firms",
    "qualifier": "over",
    "year": "2023",
    "source_ids": "s1",
}
OUTCOMES = [
    COUNT,
    COUNT | {"outcome_id": "o2", "value": "300", "year": "2024", "qualifier": "exact"},
    COUNT | {"outcome_id": "o3", "value": "310", "year": "2024"},
    COUNT
    | {
        "outcome_id": "c1",
        "place_id": "CN",
        "indicator": "policy_count",
        "value": "4",
        "unit": "policies",
        "year": "2022",
        "qualifier": "exact",
    },
    COUNT
    | {
        "outcome_id": "c2",
        "place_id": "CN",
        "indicator": "policy_count",
        "value": "1",
        "unit": "policies",
        "year": "2021",
        "qualifier": "exact",
    },
    COUNT
    | {
        "outcome_id": "c3",
        "place_id": "CN",
        "indicator": "policy_count",
        "value": "9",
        "unit": "policies",
        "year": "2020",
        "qualifier": "exact",
    },
]
RULE = {
    "outcome_id": "c1",
    "counted_by": "Someone",
    "counted_to": "2023-12-31",
    "levels": "province;city",
    "subject": "metaverse_specific",
    "municipalities_as": "province",
    "drafts": "out",
    "unit_counted": "policies",
}
RULES = [
    RULE,
    RULE | {"outcome_id": "c2", "municipalities_as": "unknown", "drafts": "unknown", "counted_to": "2024"},
    RULE | {"outcome_id": "c3", "counted_to": "", "levels": ""},
]
STATISTIC = {
    "statistic_id": "g1",
    "place_id": "CN-AA",
    "indicator": "gdp_nominal",
    "year": "2024",
    "value": "1000",
    "unit": "billion CNY",
    "vintage": "preliminary",
    "census_base": "fifth",
    "quality": "as_published",
    "source_ids": "s1",
}
STATISTICS = [STATISTIC, STATISTIC | {"statistic_id": "g2", "value": "1010.5", "vintage": "final_verified"}]
EVENTS = [
    {
        "event_id": "e1",
        "date": "2023-10-01",
        "event_type": "document_issued",
        "event": "It came out",
        "document_id": "d1",
        "place_id": "CN-AA",
        "source_ids": "s1",
    },
]
FIGURES = [
    {
        "press_figure_id": f"t1--O--{i}",
        "target_id": "t1",
        "outlet": "O",
        "source_id": "s1",
        "published": "2024-01-19",
        **more,
    }
    for i, more in enumerate(
        [
            {"reported_usd_billion": "5", "original_billion": "20", "original_currency": "CNY"},
            {"reported_usd_billion": "7"},
        ]
    )
]
COVERAGE = [
    {"place_id": "CN-AA", "finding": "scale_target", "searched_on": "2026-11-01"},
    {"place_id": "CN-EE", "finding": "not_searched"},
]
RELATED = scope_label("metaverse_related")
FOLDER = {
    "sources": SOURCES,
    "places": [CHINA, PROVINCE, CITY, OTHER],
    "policy_documents": DOCUMENTS,
    "regional_targets": TARGETS,
    "outcomes": OUTCOMES,
    "policy_count_rules": RULES,
    "regional_statistics": STATISTICS,
    "events": EVENTS,
    "press_figures": FIGURES,
    "coverage": COVERAGE,
}


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("evidence") / "tables", FOLDER)


def rounded(frame: pd.DataFrame) -> dict[str, list]:
    numbers = frame.select_dtypes("float")
    return plain(frame.assign(**numbers.round(4)))


def test_every_column_of_the_conflicts(ds):
    table = ma.conflicts(ds)
    assert table.index.tolist() == list(range(12))
    assert rounded(table) == {
        "rule": [
            "two_values",
            "two_values",
            "two_values",
            "two_dates",
            "two_dates",
            "two_dates",
            "printed_amount",
            "printed_amount",
            "place_above_parent",
            "count_break",
            "draft_or_final",
            "scope_reading",
        ],
        "subject_ids": [
            "t1;t2",
            "o2;o3",
            "g1;g2",
            "d1",
            "d1;e1",
            "t7;t8",
            "t1--O--0",
            "t1--O--0;t1--O--1",
            "t4;t1",
            "o1;o2",
            "t1;t2;t3",
            "t5;t6",
        ],
        "what": [
            f"Aland, {RELATED}, 2025",
            "Eland, firms, 2024",
            "Aland, GDP, 2024",
            "A plan",
            "A plan",
            "Eland, laboratories, pilots",
            "O on Aland",
            "O, Aland",
            f"Btown above Aland, {RELATED}, 2025",
            "Eland, firms",
            f"Aland, {RELATED}, 2025",
            "Eland, 2026",
        ],
        "values": [
            "30 to 50 billion CNY | at least 1,500 million CNY",
            "300 firms | over 310 firms",
            "1,000 billion CNY (preliminary) | 1,010.5 billion CNY (final)",
            "signed 2023-09-01 | issued 2023-09-15",
            "document 2023-09-15 | event 2023-10-01",
            "5 labs by 2025 | 5 labs by 2027",
            "printed 20 billion CNY | document 30 billion CNY",
            "$5 billion | $7 billion",
            "60 billion CNY | 30 to 50 billion CNY",
            "2023: 3,100 firms | 2024: 300 firms",
            "30 to 50 billion CNY | at least 1,500 million CNY | 25 billion CNY",
            f"250 billion CNY ({scope_label('metaverse_core')}) | 250 billion CNY ({scope_label('vr_xr')})",
        ],
        "decision": ["open"] * 12,
        "chosen_id": [None] * 12,
        "reason": ["found by the rule and not judged yet"] * 12,
        "adjudication_id": [None] * 12,
        "found_by": ["rule"] * 12,
    }


def test_every_column_of_the_published_counts(ds):
    table = ma.policy_count_comparison(ds)
    assert table.index.tolist() == list(range(3))
    assert rounded(table) == {
        "outcome_id": ["c1", "c2", "c3"],
        "counted_by": ["Someone"] * 3,
        "counted_from": [None] * 3,
        "counted_to": ["2023-12-31", "2024", None],
        "levels": ["province;city", "province;city", None],
        "subject": ["metaverse_specific"] * 3,
        "municipalities_as": ["province", "unknown", "province"],
        "drafts": ["out", "unknown", "out"],
        "unit_counted": ["policies"] * 3,
        "published": [4, 1, 9],
        "qualifier": ["exact"] * 3,
        "ours_low": [2, 2, None],
        "ours_high": [2, 2, None],
        "missing_low": [2, -1, None],
        "missing_high": [2, -1, None],
        "share_low_pct": [50, 200, None],
        "share_high_pct": [50, 200, None],
        "comparison": [
            "4 published, 2 here: at least 2 are missing here",
            "1 published, 2 here: at least 1 more than were counted",
            "can't be reproduced: its rule doesn't say the closing day and the levels",
        ],
        "about": ["the metaverse"] * 3,
    }


def test_every_column_of_the_coverage(ds):
    table = ma.coverage(ds, today="2026-12-01")
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


def test_every_column_of_the_quality_by_place(ds):
    table = ma.evidence_quality(ds, by="place", today="2026-12-01")
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


def test_every_column_of_the_quality_by_table(ds):
    table = ma.evidence_quality(ds, today="2026-12-01").query("rows > 0").reset_index(drop=True)
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
