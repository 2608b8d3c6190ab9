"""Tiny folders of tables for tests: every table with its header, and only the rows that a test names."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd

import metaverse_analysis as ma
from metaverse_analysis.tables.schema import read_schema

SOURCE = {
    "source_id": "s1", "title": "A page", "publisher": "A paper", "host": "example.org", "is_copy": "false",
    "url": "https://example.org/1", "language": "en", "published": "2023-09-20", "kind": "newspaper",
    "accessed": "2026-11-23",
}  # fmt: skip
CHINA = {"place_id": "CN", "name_en": "China", "name_zh": "中国", "level": "country"}
PROVINCE = {
    "place_id": "CN-AA",
    "name_en": "Aland",
    "name_zh": "甲省",
    "level": "province",
    "parent_id": "CN",
}
CITY = {"place_id": "CN-AA-b", "name_en": "Btown", "name_zh": "乙市", "level": "city", "parent_id": "CN-AA"}
DOCUMENT = {
    "document_id": "d1", "family_id": "d1", "title_en": "A plan", "issuer_en": "Aland", "place_id": "CN-AA",
    "doc_type": "action_plan", "status": "issued", "issued_date": "2023-09-15", "horizon_start": "2023",
    "horizon_end": "2025", "is_metaverse_specific": "true", "issuer_kind": "government", "source_ids": "s1",
}  # fmt: skip
TARGET = {
    "target_id": "t1", "document_id": "d1", "place_id": "CN-AA", "indicator": "market_scale",
    "measure": "industry_scale", "scope": "metaverse_related", "value": "250", "unit": "billion CNY",
    "qualifier": "exact", "target_year": "2025", "source_ids": "s1",
}  # fmt: skip
ROWS = {
    "sources": [SOURCE],
    "places": [CHINA, PROVINCE, CITY],
    "policy_documents": [DOCUMENT],
    "regional_targets": [TARGET],
}


def write_folder(folder: Path, rows: dict[str, list[dict[str, str]]] | None = None) -> Path:
    """Write a folder of tables with the packaged columns: the standard rows, and those of `rows` instead of them."""
    folder.mkdir(parents=True, exist_ok=True)
    content = ROWS | (rows or {})
    for name, table in read_schema().tables.items():
        with (folder / table.path).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(table.fields), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(content.get(name, []))
    return folder


def write_few(folder: Path) -> Path:
    """Only the tables with standard rows, and a schema of the folder's own that knows no others."""
    descriptor = json.loads((read_schema().folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    descriptor |= {"name": "few", "resources": [resources[name] for name in ROWS]}
    write_folder(folder)
    for path in folder.iterdir():
        if path.stem not in ROWS:
            path.unlink()
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return folder


def load_rows(folder: Path, rows: dict[str, list[dict[str, str]]] | None = None) -> ma.Dataset:
    """The same, loaded."""
    return ma.load(write_folder(folder, rows))


def plain(frame: pd.DataFrame) -> dict[str, list]:
    """Every cell of a table by its column, what is missing as None: to hold a whole table against one by hand."""
    return {
        str(name): [None if pd.isna(value) else value for value in column.astype(object)]
        for name, column in frame.items()
    }


def scope_label(code: str) -> str:
    """The schema's words for a scope: they may be reworded, and no measure depends on them."""
    return read_schema().label("regional_targets", "scope", code)
