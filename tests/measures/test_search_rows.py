"""What each row is about: its place, its document and its date, its own or those of the row that it hangs on."""

import pytest
from tiny import CITY, DOCUMENT, TARGET, load_rows, plain

from metaverse_analysis.measures.search_rows import Abouts

ROWS = {
    "policy_documents": [
        DOCUMENT,
        DOCUMENT | {"document_id": "d2", "family_id": "d2", "place_id": CITY["place_id"], "status": "draft",
                    "issued_date": "", "consultation_date": "2023-05"},
    ],
    "policy_instruments": [
        {"instrument_id": "i1", "document_id": "d2", "instrument": "subsidy", "detail": "x", "source_ids": "s1"}
    ],
    "regional_targets": [TARGET, TARGET | {"target_id": "t2", "document_id": "d1", "place_id": CITY["place_id"]}],
    "press_figures": [
        {"press_figure_id": "p1", "target_id": "t2", "outlet": "A paper", "reported_usd_billion": "3",
         "published": "2023-10", "source_id": "s1"},
        {"press_figure_id": "p2", "target_id": "t2", "outlet": "A paper", "reported_usd_billion": "3",
         "source_id": "s1"},
    ],
    "outcomes": [
        {"outcome_id": "o1", "place_id": "CN-AA", "indicator": "all_firms", "measure": "count", "value": "3",
         "unit": "firms", "qualifier": "exact", "year": "2024", "source_ids": "s1"}
    ],
    "events": [
        {"event_id": "e1", "date": "2022", "event_type": "announcement", "event": "Said", "document_id": "d1",
         "source_ids": "s1"}
    ],
    "coverage": [{"place_id": "CN-AA", "searched_on": "2026-11-23", "finding": "none_found"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def abouts(tmp_path_factory) -> Abouts:
    return Abouts(load_rows(tmp_path_factory.mktemp("about"), ROWS))


@pytest.mark.parametrize(
    ("table", "place", "document", "date"),
    [
        ("policy_documents", ["CN-AA", "CN-AA-b"], ["d1", "d2"], ["2023-09-15", "2023-05"]),
        ("policy_instruments", ["CN-AA-b"], ["d2"], ["2023-05"]),
        ("regional_targets", ["CN-AA", "CN-AA-b"], ["d1", "d1"], ["2023-09-15", "2023-09-15"]),
        ("press_figures", ["CN-AA-b", "CN-AA-b"], ["d1", "d1"], ["2023-10", None]),
        ("outcomes", ["CN-AA"], [None], ["2024"]),
        ("events", [None], ["d1"], ["2022"]),  # worldwide, though its document has a place
        ("coverage", ["CN-AA"], [None], ["2026-11-23"]),
        ("sources", [None], [None], ["2023-09-20"]),
        ("places", ["CN", "CN-AA", "CN-AA-b"], [None] * 3, [None] * 3),
        ("bodies", [], [], []),
    ],
)
def test_what_rows_are_about(abouts, table, place, document, date):
    assert plain(abouts[table]) == {"place_id": place, "document_id": document, "date": date}
