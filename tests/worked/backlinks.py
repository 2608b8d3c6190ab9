"""Rows of every table that name one source or two."""

from tiny import CHINA, CITY, DOCUMENT, PROVINCE, SOURCE, TARGET

import metaverse_analysis as ma

SECOND = SOURCE | {"source_id": "s2", "url": "https://example.org/2", "title": "Another page"}
FOLDER = {
    "sources": [SOURCE, SECOND],
    "places": [CHINA, PROVINCE, CITY],
    "policy_documents": [
        DOCUMENT | {"note": "unsaid", "title_zh": "计划", "confidence_override": "low", "confidence_reason": "unsaid"},
        DOCUMENT | {"document_id": "d2", "family_id": "d2", "is_metaverse_specific": "false", "source_ids": "s2"},
    ],
    "regional_targets": [
        TARGET | {"source_ids": "s2;s1", "value": "1234.5", "words_zh": "产业规模"},
        TARGET | {"target_id": "t2", "value": "2", "target_year": "", "scope_note": "of all"},
        TARGET | {"target_id": "t3", "source_ids": "s2"},
    ],
    "press_figures": [
        {
            "press_figure_id": "p1", "target_id": "t1", "outlet": "O", "source_id": "s1", "published": "2024-01-19",
            "reported_usd_billion": "35",
        }
    ],
    "participants": [{"organisation_id": "firm", "name_en": "The firm", "type": "company"}],
    "bodies": [
        {
            "body_id": "club", "name_en": "The club", "type": "industry_committee", "status": "active",
            "announced_on": "2023-06-30", "announced_members": "4", "announced_members_unit": "organisations",
            "short_name": "C", "source_ids": "s1",
        }
    ],
    "memberships": [
        {
            "membership_id": "club--firm", "organisation_id": "firm", "body_id": "club", "role": "chair",
            "membership_status": "member", "named_on": "2023-05", "source_ids": "s1",
        }
    ],
    "events": [
        {
            "event_id": "e1", "date": "2023-10", "event_type": "document_issued", "event": "It came out",
            "document_id": "d1", "place_id": "CN-AA", "source_ids": "s1",
        }
    ],
    "outcomes": [
        {
            "outcome_id": "o1", "place_id": "CN-AA", "indicator": "market_scale", "measure": "industry_scale",
            "scope": "metaverse_related", "value": "260", "unit": "billion CNY", "qualifier": "exact",
            "year": "2025", "source_ids": "s1",
        }
    ],
    "target_followups": [
        {
            "followup_id": "f1", "target_id": "t1", "finding": "reported", "outcome_id": "o1",
            "searched_on": "2026-11-01", "source_ids": "s1",
        }
    ],
}  # fmt: skip


CASES = {
    "backlinks/rows_citing": lambda ds: ma.rows_citing(ds, "s1"),
    "backlinks/rows_citing_another": lambda ds: ma.rows_citing(ds, "s2"),
}
