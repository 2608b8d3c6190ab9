"""Eight provinces, and what was found in each: a target, one below it, another one, a plan, nothing."""

import pandas as pd
from tiny import CHINA, DOCUMENT, TARGET

import metaverse_analysis as ma

DRAFT = {"status": "draft", "issued_date": "", "consultation_date": "2023-08-01"}


def place(name: str, level: str = "province", above: str = "CN", **more: str) -> dict[str, str]:
    return {
        "place_id": name,
        "name_en": f"The {name}",
        "name_zh": name,
        "level": level,
        "parent_id": above,
    } | more


def aim(name: str, where: str, value: str, **more: str) -> dict[str, str]:
    return TARGET | {"target_id": name, "place_id": where, "value": value} | more


FOLDER = {
    "places": [
        CHINA,
        place("whole", grid_column="5", grid_row="2"),
        place("parts"),
        place("scope", grid_column="1", grid_row="1"),
        *(place(name) for name in ("plan", "near", "none", "unseen", "firm")),
        place("city", "city", "parts"),
        place("zone", "district", "city"),
        place("town", "city", "parts"),
        place("inside", "city", "whole"),
    ],
    "policy_documents": [
        DOCUMENT | {"place_id": "whole"},
        DOCUMENT | {"place_id": "parts", "document_id": "d2", "family_id": "d2"} | DRAFT,
    ],
    "regional_targets": [
        aim("t1", "whole", "250", qualifier="at_least"),
        aim("t2", "zone", "20", document_id="d2"),
        aim("t3", "town", "30", qualifier="over", document_id="d2"),
        aim("t4", "inside", "40"),
        aim("t5", "scope", "60", scope="metaverse_core"),
        aim("t6", "firm", "10"),
    ],
    "coverage": [
        {"place_id": name, "searched_on": "2026-11-01", "finding": finding}
        for name, finding in {
            "unseen": "not_searched", "near": "adjacent_only", "whole": "scale_target", "plan": "plan_without_scale",
            "parts": "none_found", "scope": "scale_target", "none": "none_found", "firm": "scale_target",
        }.items()
    ],
}  # fmt: skip


def by_province(ds: ma.Dataset) -> pd.DataFrame:
    return ma.total_by_province(ds, ma.add_up(ma.market_targets(ds), scope="metaverse_related", year=2025))


CASES = {"total_by_province/total_by_province": by_province}
