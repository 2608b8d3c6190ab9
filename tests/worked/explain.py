"""A target with its document, its draft, what the press printed, what came of it, and judgements on it."""

from tiny import DOCUMENT, TARGET

import metaverse_analysis as ma
from worked.backlinks import FOLDER as CITING

GROWTH = {"growth_rate_pct": "12.5", "baseline_value": "100", "baseline_year": "2022"}


REPEATED = {"repeats_target_id": "t1"}


FOLDER = CITING | {
    "policy_documents": [
        DOCUMENT | {"title_zh": "计划", "confidence_override": "low", "confidence_reason": "a summary"},
        DOCUMENT
        | {
            "document_id": "d0", "title_en": "A draft", "status": "draft", "issued_date": "",
            "consultation_date": "2023-08", "source_ids": "s2",
        },
        DOCUMENT | {"document_id": "d9", "family_id": "d9", "issued_date": "", "horizon_start": "", "horizon_end": ""},
    ],
    "regional_targets": [
        TARGET | {"value": "30", "value_max": "50", "qualifier": "range", "source_ids": "s2;s1", "words_zh": "产业"},
        TARGET | {"target_id": "t2", "document_id": "d9"} | GROWTH,
        TARGET | {"target_id": "t3", "document_id": "d0", "value": "5", "unit": "billion AED"} | REPEATED,
        TARGET
        | {
            "target_id": "t4", "indicator": "other", "measure": "count", "scope": "", "value": "15", "unit": "firms",
            "qualifier": "at_least",
        },
    ],
    "press_figures": [
        {
            "press_figure_id": "p1", "target_id": "t1", "outlet": "O", "source_id": "s1", "published": "2024-01-19",
            "reported_usd_billion": "35", "original_billion": "250", "original_currency": "CNY",
        },
        {"press_figure_id": "p2", "target_id": "t1", "outlet": "P", "source_id": "s2", "reported_usd_billion": "7"},
    ],
    "regional_statistics": [
        {
            "statistic_id": "g1", "place_id": "CN-AA", "indicator": "gdp_nominal", "year": "2024", "value": "1000",
            "unit": "billion CNY", "vintage": "preliminary", "census_base": "fifth", "quality": "as_published",
            "source_ids": "s1",
        }
    ],
    "policy_instruments": [
        {
            "instrument_id": f"d1--fund--{number}", "document_id": "d1", "instrument": "fund", "stance": "promote",
            "detail": f"Point {number}", "source_ids": "s1",
        }
        for number in range(14)
    ],
    "adjudications": [
        {
            "adjudication_id": "a1", "rule": "two_values", "subject_ids": "t1;t2", "question": "Which one?",
            "decision": "decided", "chosen_id": "t1", "reason": "It is so.", "decided_on": "2026-11-01",
            "source_ids": "s1",
        },
        {
            "adjudication_id": "a2", "rule": "other", "subject_ids": "d1", "question": "And that?",
            "decision": "open", "reason": "Nobody knows.", "decided_on": "2026-11-01", "source_ids": "s2",
        },
    ],
    "coverage": [{"place_id": "CN-AA", "finding": "scale_target", "searched_on": "2026-11-01"}],
}  # fmt: skip


CASES = {"explain/sources": lambda ds: ma.explain(ds, "t1").sources}
