"""Made-up organisations, bodies and seats, and the ids of the packaged ones."""

WORKING_GROUP = "miit-metaverse-standardisation-working-group"
COMMITTEE = "miit-metaverse-standardisation-technical-committee"
ARTICLE = "mpost-2024-01-19-wg"


def organisation(key: str, kind: str = "company", **more: str) -> dict[str, str]:
    return {"organisation_id": key, "name_en": key.title(), "type": kind, **more}


def body(key: str, status: str = "active", **more: str) -> dict[str, str]:
    return {
        "body_id": key, "name_en": f"The {key} body", "type": "industry_committee", "status": status,
        "source_ids": "s1", **more,
    }  # fmt: skip


def seat(who: str, where: str, role: str = "member", status: str = "member", **more: str) -> dict[str, str]:
    return {
        "membership_id": f"{where}--{who}", "organisation_id": who, "body_id": where, "role": role,
        "membership_status": status, "named_on": "2023-05", "source_ids": "s1", **more,
    }  # fmt: skip
