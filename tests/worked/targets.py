"""A draft and its final with a range, and a forecast abroad in a currency without rates."""

from tiny import CHINA, CITY, DOCUMENT, PROVINCE, SOURCE, TARGET

import metaverse_analysis as ma

ABROAD = {"place_id": "XX", "name_en": "Xland", "name_zh": "丙", "level": "country"}


def target(**other):
    return TARGET | {name: str(value) for name, value in other.items()}


def document(**other):
    return DOCUMENT | other


DRAFT = document(
    document_id="d0",
    family_id="f",
    status="draft",
    issued_date="",
    consultation_date="2023-08-16",
    title_en="A draft",
)
FINAL = document(document_id="d2", family_id="f", title_en="A final")
TARGETS = [
    target(
        document_id="d2",
        place_id="CN-AA-b",
        value=30,
        value_max=50,
        qualifier="range",
        growth_rate_pct=15,
        baseline_value=12,
        baseline_year=2022,
        source_ids="s1;s2",
        words_zh="三百亿",
    ),
    target(
        target_id="t0",
        document_id="d0",
        place_id="CN-AA-b",
        value=400,
        unit="million CNY",
        repeats_target_id="t1",
    ),
    target(
        target_id="t2",
        place_id="XX",
        value=4,
        unit="billion AED",
        scope="metaverse_subsector",
        measure="revenue",
        per="firm",
        basis="forecast",
    ),
]
FOLDER = {
    "sources": [SOURCE, SOURCE | {"source_id": "s2", "url": "https://example.org/2"}],
    "places": [CHINA, PROVINCE, CITY, ABROAD],
    "policy_documents": [DOCUMENT, DRAFT, FINAL],
    "regional_targets": TARGETS,
}
CASES = {"targets/market_targets": lambda ds: ma.market_targets(ds, country=None)}
