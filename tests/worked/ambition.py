"""Targets of two provinces and two cities, and statistics of all but one of the cities."""

from tiny import CHINA, CITY, PROVINCE, TARGET

import metaverse_analysis as ma

GDP = {
    "statistic_id": "g", "place_id": "CN-AA", "indicator": "gdp_nominal", "series": "provincial", "year": "2024",
    "value": "1000", "unit": "billion CNY", "vintage": "preliminary", "census_base": "fifth",
    "quality": "as_published", "source_ids": "s1",
}  # fmt: skip


HEADS = {
    "statistic_id": "p", "place_id": "CN-AA", "indicator": "population_year_end", "year": "2024", "value": "50",
    "unit": "million persons", "quality": "as_published", "source_ids": "s1",
}  # fmt: skip


PLACES = [
    CHINA, PROVINCE, CITY, PROVINCE | {"place_id": "CN-EE", "name_en": "Eland"},
    CITY | {"place_id": "CN-AA-c", "name_en": "Ctown"},
]  # fmt: skip


def targets(*rows: dict[str, str]) -> list[dict[str, str]]:
    return [TARGET | {"target_id": f"t{number}"} | row for number, row in enumerate(rows)]


FOLDER = {
    "places": PLACES,
    "regional_targets": targets(
        {"value": "30", "value_max": "50", "qualifier": "range"},
        {"place_id": "CN-EE", "value": "80"},
        {"value": "10", "scope": "metaverse_subsector"},
        {"place_id": "CN-AA-b", "value": "5"},
        {"place_id": "CN-AA-c", "value": "10"},
    ),
    "regional_statistics": [
        GDP,
        GDP | {"statistic_id": "g2", "place_id": "CN-EE", "value": "2000"},
        GDP | {"statistic_id": "g3", "value": "1", "year": "2023", "census_base": "fourth"},
        GDP | {"statistic_id": "g4", "value": "1", "vintage": "final_verified"},
        GDP | {"statistic_id": "g5", "place_id": "CN-AA-c", "value": "50", "series": "municipal"},
        HEADS,
        HEADS | {"statistic_id": "p2", "place_id": "CN-EE", "value": "20"},
        HEADS | {"statistic_id": "p3", "value": "1", "year": "2023"},
    ],
}
CASES = {
    "comparison/ambition": lambda ds: ma.ambition(ds, statistics_year=2024, vintage="preliminary", scope=None)
}
