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


TINY = {
    "participants": [
        organisation("ministry", "government", sector="standards"),
        organisation("zeta", sector="blockchain"),
        organisation("alpha", sector="blockchain"),
        organisation("alpha-lab", parent_organisation_id="alpha", sector="research"),
        organisation("alpha-lab-north", parent_organisation_id="alpha-lab"),
        organisation("college", "academia"),
    ],
    "bodies": [
        body("old", announced_members="4", announced_members_unit="organisations", announced_on="2023-06-30"),
        body("new", "in_preparation", succeeds_body_id="old", announced_members="9", short_name="New"),
        body("club"),
        body("bare", announced_members="30", announced_members_unit="persons"),
    ],
    "memberships": [
        seat("zeta", "old", named_on="2023-07"),
        seat("ministry", "old", "parent"),
        seat("alpha", "old", "chair", representative="Ann Example"),
        seat("college", "old", status="disputed"),
        seat("zeta", "new"),
        seat("alpha-lab", "new", status="listed"),
        seat("alpha-lab-north", "club", status="founding"),
        seat("college", "club"),
        seat("zeta", "club", status="disputed"),
    ],
}
