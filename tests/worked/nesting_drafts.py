"""Children with drafts and hedges, in two provinces of which one has no target."""

from tiny import CHINA, CITY, DOCUMENT, PROVINCE

import metaverse_analysis as ma
from worked.nesting import targets

DRAFT = DOCUMENT | {
    "document_id": "d0", "family_id": "d0", "status": "draft", "issued_date": "", "consultation_date": "2023-08",
}  # fmt: skip


FIVE_PLACES = [
    CHINA,
    PROVINCE,
    CITY,
    CITY | {"place_id": "CN-AA-c", "name_en": "Ctown", "name_zh": "丙市"},
    PROVINCE | {"place_id": "CN-BB", "name_en": "Bland", "name_zh": "丁省"},
    CITY | {"place_id": "CN-BB-d", "name_en": "Dtown", "name_zh": "戊市", "parent_id": "CN-BB"},
]


AIMS = [
    ("CN-AA-b", "3", "d0", "exact"),
    ("CN-AA-c", "2", "d1", "over"),
    ("CN-BB-d", "20", "d0", "about"),
    ("CN-AA", "10", "d1", "at_least"),
]
FOLDER = {
    "places": FIVE_PLACES,
    "policy_documents": [DOCUMENT, DRAFT],
    "regional_targets": targets(
        *(
            {"place_id": place, "value": value, "document_id": paper, "qualifier": hedge}
            for place, value, paper, hedge in AIMS
        )
    ),
}
CASES = {"nesting/children_sums_with_drafts": ma.children_sums}
