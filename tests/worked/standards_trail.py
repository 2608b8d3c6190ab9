"""A chain of three bodies and a body apart, their members, their steps and the documents of these."""

from rosters import body, organisation, seat
from tiny import DOCUMENT, SOURCE

import metaverse_analysis as ma

OFFICE = SOURCE | {
    "source_id": "s2",
    "url": "https://example.org/2",
    "publisher": "An office",
    "kind": "official",
}


DRAFT = DOCUMENT | {
    "document_id": "d0", "family_id": "d1", "status": "draft", "issued_date": "", "consultation_date": "2023-03",
    "title_en": "The draft", "source_ids": "s2",
}  # fmt: skip


def event(key: str, date: str, **more: str) -> dict[str, str]:
    return {
        "event_id": key, "date": date, "event_type": "standards_step", "event": f"Step {key}", "source_ids": "s1",
    } | more  # fmt: skip


FOLDER = {
    "sources": [SOURCE, OFFICE],
    "participants": [organisation("a"), organisation("b"), organisation("c")],
    "bodies": [
        body("first", type="standards_group", announced_on="2023-05-02", announced_members="60",
             announced_members_unit="persons"),
        body("next", "in_preparation", succeeds_body_id="first", short_name="N"),
        body("last", succeeds_body_id="next"),
        body("apart", announced_on="2023-05-02", announced_members="9"),
    ],
    "memberships": [
        seat("a", "first", named_on="2023-05-02"),
        seat("b", "first", status="listed", named_on="2023-05-02"),
        seat("c", "first", status="disputed", named_on="2023-05-02"),
        seat("a", "next", named_on="2023-09-15"),
        seat("b", "next", named_on="2023-09-15"),
        seat("a", "apart", named_on="2023-05-02"),
        seat("b", "last", named_on=""),
    ],
    "policy_documents": [
        DOCUMENT | {"document_id": "d9", "family_id": "d9"},
        DRAFT,
        DOCUMENT | {"signed_date": "2023-09-10"},
    ],
    "events": [
        event("launch", "2023-09-15", body_id="next", document_id="d1", source_ids="s2"),
        event("unrelated", "2023-01-01"),
        event("list", "2023-05-02", body_id="first", event_type="document_issued"),
        event("talk", "2023", body_id="last"),
        event("again", "2023-05-02", body_id="first"),
        event("apart", "2023-05-02", body_id="apart"),
    ],
}  # fmt: skip


CASES = {"standards_trail/standards_trail": ma.standards_trail}
