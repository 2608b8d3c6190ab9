"""A few targets of a province and what was reported of them, year by year."""

from tiny import DOCUMENT, SOURCE, TARGET

import metaverse_analysis as ma

ANOTHER = SOURCE | {"source_id": "s2", "publisher": "Another paper", "url": "https://example.org/2"}


DRAFT = DOCUMENT | {
    "document_id": "d2",
    "status": "draft",
    "issued_date": "",
    "consultation_date": "2023-08-01",
}


def aim(name: str, year: str, value: str, **more: str) -> dict[str, str]:
    return TARGET | {"target_id": name, "scope": "vr_xr", "target_year": year, "value": value} | more


def figure(name: str, year: str, value: str, **more: str) -> dict[str, str]:
    return {
        "outcome_id": name, "place_id": "CN-AA", "indicator": "market_scale", "measure": "revenue", "scope": "vr_xr",
        "value": value, "unit": "billion CNY", "qualifier": "exact", "year": year, "source_ids": "s1",
    } | more  # fmt: skip


AIMS = [
    aim("late", "2025", "250", scope_note="VR and AR", source_ids="s1;s2"),
    aim("range", "2024", "300", value_max="500", unit="million USD", qualifier="range", document_id="d2"),
    aim("again", "2025", "250", repeats_target_id="late"),
    aim("undated", "", "9"),
    aim("inside", "2025", "9", place_id="CN-AA-b"),
    aim("wide", "2025", "9", scope="metaverse_related"),
]


FIGURES = [
    figure("half", "2025", "140", period="2025-01/2025-06", qualifier="over"),
    figure("whole", "2025", "260", period="2025-01/2025-12", scope_note="VR only", source_ids="s1;s2"),
    figure("early", "2024", "2000", unit="million CNY"),
    figure("output", "2024", "3", measure="output", qualifier="about", unit="billion HKD"),
    figure("elsewhere", "2024", "9", place_id="CN-AA-b"),
    figure("narrow", "2024", "9", scope="metaverse_core"),
]


FOLDER = {
    "sources": [SOURCE, ANOTHER],
    "policy_documents": [DOCUMENT, DRAFT],
    "regional_targets": AIMS,
    "outcomes": FIGURES,
}
CASES = {"reported_series/reported_series": lambda ds: ma.reported_series(ds, place="Aland", scope="vr_xr")}
