"""Six events that named the metaverse among the priorities, or left it out."""

import metaverse_analysis as ma


def named(
    name: str, date: str, place: str = "CN", kind: str = "named_as_priority", **more: str
) -> dict[str, str]:
    return {
        "event_id": name, "date": date, "place_id": place, "event_type": kind, "event": f"On {name}",
        "source_ids": "s1", **more,
    }  # fmt: skip


EVENTS = [
    named("late", "2025-03-05", kind="not_named", actors="A ministry", note="A note"),
    named("month", "2024-03", place="CN-AA"),
    named("day", "2024-03-02", place="CN-AA-b", actors="A city"),
    named("early", "2022"),
    named("twice", "2024-01-10", place="CN-AA", kind="not_named"),
    named("abroad", "2021-01-01", place=""),
    named("other", "2020-01-01", kind="conference"),
]


FOLDER = {"events": EVENTS}
CASES = {"priorities/priorities": ma.priorities, "priorities/priorities_by_year": ma.priorities_by_year}
