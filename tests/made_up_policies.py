"""Made-up documents, events, targets and instruments, typed as the packaged tables and without their rows."""

import pandas as pd
from made_once import packaged

import metaverse_analysis as ma

DATA = packaged()
TABLES = ("policy_documents", "policy_instruments", "regional_targets", "events")
PLAN = "cn-2023-metaverse-three-year-action-plan"


def rows(table: str, records: list[dict]) -> pd.DataFrame:
    """Records as rows of a table, typed as the schema has it."""
    empty = DATA[table].iloc[:0]
    frame = pd.DataFrame(records, columns=empty.columns)
    return frame.astype(empty.dtypes.to_dict())


def made_up(**tables: list[dict]) -> ma.Dataset:
    return DATA.with_tables(**{name: rows(name, tables.get(name, [])) for name in TABLES})


def document(document_id: str, date: str | None = None, **more) -> dict:
    status = more.get("status", "issued")
    dated = "consultation_date" if status == "draft" else "issued_date"
    return {
        "document_id": document_id,
        "family_id": document_id.removesuffix("-draft"),
        "title_en": f"Plan {document_id}",
        "place_id": "CN-SC",
        "doc_type": "action_plan",
        "status": status,
        "is_metaverse_specific": True,
        "issuer_kind": "government",
        "source_ids": "some-source",
        dated: date,
        **more,
    }


def event(event_id: str, date: str, **more) -> dict:
    return {"event_id": event_id, "date": date, "event_type": "conference", "event": event_id, **more}


def target(target_id: str, document_id: str, **more) -> dict:
    base = {
        "indicator": "all_firms",
        "measure": "count",
        "value": 100.0,
        "unit": "firms",
        "qualifier": "exact",
    }
    ids = {
        "target_id": target_id,
        "document_id": document_id,
        "place_id": "CN-SC",
        "source_ids": "some-source",
    }
    return {**ids, **base, "target_year": 2025, **more}


def use(instrument: str, document_id: str, **more) -> dict:
    ids = {
        "instrument_id": f"{document_id}--{instrument}",
        "document_id": document_id,
        "source_ids": "some-source",
    }
    return {**ids, "instrument": instrument, "stance": "promote", "detail": f"on {instrument}", **more}
