"""What is in a sum and what isn't: a province and its city, a draft with a range, dollars."""

from tiny import CHINA, CITY, DOCUMENT, PROVINCE, TARGET

import metaverse_analysis as ma

DISTRICT = {
    "place_id": "CN-AA-b-c",
    "name_en": "Cton",
    "name_zh": "丙",
    "level": "district",
    "parent_id": "CN-AA-b",
}


ZONE = {
    "place_id": "CN-AA-b-c-d",
    "name_en": "Dzone",
    "name_zh": "丙",
    "level": "zone",
    "parent_id": "CN-AA-b-c",
}


OTHER = {"place_id": "CN-EE", "name_en": "Eland", "name_zh": "丙", "level": "province", "parent_id": "CN"}


PLACES = [CHINA, PROVINCE, CITY, DISTRICT, ZONE, OTHER]


RELATED = {"scope": "metaverse_related", "year": 2025}


DRAFT = DOCUMENT | {
    "document_id": "d0", "family_id": "d0", "status": "draft", "issued_date": "", "consultation_date": "2023-08-16",
    "title_en": "A draft",
}  # fmt: skip


def targets(*rows: dict[str, str]) -> list[dict[str, str]]:
    return [TARGET | {"target_id": f"t{number}"} | row for number, row in enumerate(rows)]


FOLDER = {
    "places": PLACES,
    "policy_documents": [DOCUMENT, DRAFT],
    "regional_targets": targets(
        {"place_id": "CN-AA", "value": "1500", "qualifier": "about"},
        {"place_id": "CN-AA-b", "value": "3", "qualifier": "at_least"},
        {"place_id": "CN-EE", "value": "20", "value_max": "30", "qualifier": "range", "document_id": "d0"},
        {"place_id": "CN-EE", "value": "4", "unit": "billion USD"},
    ),
}


def add_up(ds: ma.Dataset) -> ma.Total:
    return ma.add_up(ma.market_targets(ds, country=None), **RELATED)


CASES = {
    "totals/included": lambda ds: add_up(ds).included,
    "totals/excluded": lambda ds: add_up(ds).excluded,
}
