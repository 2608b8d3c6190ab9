"""Pages of every strength, and events that cite them one by one and together."""

from tiny import SOURCE

import metaverse_analysis as ma
from metaverse_analysis.measures.grades import source_strength


def page(name: str, kind: str, **more: str) -> dict[str, str]:
    own = {"source_id": name, "url": f"https://example.org/{name}", "publisher": name.title(), "kind": kind}
    return SOURCE | own | more


EVENT = {"date": "2023-01-01", "event_type": "conference", "event": "x"}


PAGES = [
    page("mill", "aggregator"),
    page("paper", "newspaper"),
    page("office", "official"),
    page("copy", "official", is_copy="true"),
    page("trade", "trade_press"),
    page("firm", "company"),
    page("reprint", "aggregator", text_origin="Paper", is_copy="true"),
    page("agency", "agency"),
    page("second", "newspaper", publisher="Paper"),
]


CITED = [
    "office", "copy", "copy;office", "paper;second", "paper;reprint;mill", "paper;agency", "copy;paper",
    "trade;firm;mill", "trade", "mill;reprint", "reprint;trade", "trade;agency;firm", "firm;trade",
]  # fmt: skip


FOLDER = {
    "sources": PAGES,
    "policy_documents": [],
    "regional_targets": [],
    "events": [EVENT | {"event_id": f"e{number}", "source_ids": cited} for number, cited in enumerate(CITED)],
}
CASES = {"grades/source_strength": source_strength, "grades/grades": lambda ds: ma.grades(ds, "events")}
