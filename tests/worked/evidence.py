"""A folder with something to find for every rule about the evidence."""

from tiny import CHINA, CITY, DOCUMENT, PROVINCE, SOURCE, TARGET

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


CASES = {
    "conflict_rules/conflicts": ma.conflicts,
    "policy_counts/published_counts": ma.published_counts,
    "evidence/coverage": lambda ds: ma.coverage(ds, today="2026-12-01"),
    "evidence/evidence_quality_by_place": lambda ds: ma.evidence_quality(ds, by="place", today="2026-12-01"),
    "evidence/evidence_quality_by_table": lambda ds: (
        ma.evidence_quality(ds, today="2026-12-01").query("rows > 0").reset_index(drop=True)
    ),
}
