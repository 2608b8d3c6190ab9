"""Firms, a fund and a subsidy of a plan, a park of its draft, and a market size that is none of these."""

from tiny import DOCUMENT, TARGET

import metaverse_analysis as ma

DRAFT = DOCUMENT | {
    "document_id": "d0", "status": "draft", "issued_date": "", "consultation_date": "2023-08-16",
    "title_en": "A draft",
}  # fmt: skip


def other(target_id: str, indicator: str, measure: str, value: str, unit: str, **more: str) -> dict[str, str]:
    own = {"target_id": target_id, "indicator": indicator, "measure": measure, "value": value, "unit": unit}
    return TARGET | {"scope": ""} | own | more


FOLDER = {
    "policy_documents": [DOCUMENT, DRAFT],
    "regional_targets": [
        TARGET,
        other("park", "industrial_parks", "count", "3", "parks", value_max="5", qualifier="range", document_id="d0"),
        other("few", "all_firms", "count", "20", "firms", qualifier="over", place_id="CN-AA-b"),
        other("many", "all_firms", "count", "300", "firms", target_year=""),
        other("early", "all_firms", "count", "300", "firms", document_id="d0"),
        other("again", "all_firms", "count", "300", "firms", repeats_target_id="many"),
        other("cap", "subsidy_cap", "subsidy", "50", "million CNY", qualifier="up_to", per="project"),
        other("fund", "fund_size", "fund", "2", "billion CNY"),
    ],
}  # fmt: skip
CASES = {
    "other_targets/other_targets": lambda ds: ma.other_targets(ds, rate_on="2024-01-19"),
    "other_targets/of_a_city": lambda ds: ma.other_targets(ds, place="Btown", indicator="all_firms"),
}
