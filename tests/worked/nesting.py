"""A province with 10, two cities with 6 and "over 8", and a district with 30 of something else a year later."""

from tiny import CHINA, CITY, PROVINCE, TARGET

import metaverse_analysis as ma

DISTRICT = {
    "place_id": "CN-AA-b-c",
    "name_en": "Cton",
    "name_zh": "丙",
    "level": "district",
    "parent_id": "CN-AA-b",
}


SECOND = {"place_id": "CN-AA-e", "name_en": "Eville", "name_zh": "丙", "level": "city", "parent_id": "CN-AA"}


PLACES = [CHINA, PROVINCE, CITY, SECOND, DISTRICT]


def targets(*rows: dict[str, str]) -> list[dict[str, str]]:
    return [TARGET | {"target_id": f"t{number}"} | row for number, row in enumerate(rows)]


FOLDER = {
    "places": PLACES,
    "regional_targets": targets(
        {"place_id": "CN-AA", "value": "10"},
        {"place_id": "CN-AA-b", "value": "6"},
        {"place_id": "CN-AA-e", "value": "8000", "unit": "million CNY", "qualifier": "over"},
        {
            "place_id": "CN-AA-b-c",
            "value": "30",
            "scope": "vr_xr",
            "target_year": "2026",
            "measure": "output",
        },
    ),
}
CASES = {"nesting/nesting": ma.nesting, "nesting/children_sums": ma.children_sums}
