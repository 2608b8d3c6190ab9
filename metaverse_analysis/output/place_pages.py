"""A page for each place, and the page that leads to them: a map of tiles and an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from ..measures.evidence import evidence_quality
from ..measures.press import press_audit
from ..tables.dataset import Dataset
from ..tables.places import ancestors
from .evidence_pages import TARGET_COLUMNS, Evidence
from .row_words import RowWords

Content = dict[str, Any]
SHADES = (0, 1, 3, 6, 12)  # documents and targets of a place: where a tile takes the next deeper shade


class Places:
    """What the pages show of places."""

    def __init__(self, ds: Dataset, words: RowWords, evidence: Evidence):
        self.ds, self.words, self.evidence = ds, words, evidence
        self._rows = {row["place_id"]: row for row in words.rows("places")}
        self._inside: dict[str, list[str]] = defaultdict(list)
        for key, row in self._rows.items():
            self._inside[row.get("parent_id", "")].append(key)

    # --- The index

    def index(self) -> Content:
        """The tile map of those that have a tile, and all places, each under the one that it lies in."""
        tops = [key for key, row in self._rows.items() if row.get("parent_id") not in self._rows]
        return {
            "tiles": self._tiles(),
            "tree": [self._branch(key) for key in tops],
            "count": f"{len(self._rows):,}",
        }

    def _tiles(self) -> list[Content]:
        tiles = [row for row in self._rows.values() if "grid_column" in row and "grid_row" in row]
        if not tiles:
            return []
        left, top = (min(int(row[c]) for row in tiles) for c in ("grid_column", "grid_row"))
        return [
            {
                "address": self.words.addresses.of(row["place_id"]),
                "name": row.get("name_en", row["place_id"]),
                "column": int(row["grid_column"]) - left + 1,
                "row": int(row["grid_row"]) - top + 1,
                "shade": sum(self._weight(row["place_id"]) >= least for least in SHADES[1:]),
                "told": self._counted(row["place_id"]) or "nothing of its own found",
            }
            for row in sorted(tiles, key=lambda row: (row["grid_row"], row["grid_column"]))
        ]

    def _weight(self, key: str) -> int:
        return len(self._documents.get(key, ())) + len(self._targets.get(key, ()))

    def _branch(self, key: str) -> Content:
        return {
            "link": self.words.link("places", key),
            "zh": self._rows[key].get("name_zh", ""),
            "told": self._counted(key),
            "inside": [self._branch(inner) for inner in self._inside.get(key, ())],
        }

    def _counted(self, key: str) -> str:
        """How much stands under a place itself, in words."""
        counts = {"document": len(self._documents.get(key, ())), "target": len(self._targets.get(key, ()))}
        return ", ".join(f"{n} {noun}{'s' * (n != 1)}" for noun, n in counts.items() if n)

    # --- One place

    def pages(self) -> list[tuple[str, str, Content]]:
        """For each place the address of its page, its name, and what the page shows."""
        return [(self.words.addresses.of(key) or "", self._name(key), self.page(key)) for key in self._rows]

    def page(self, key: str) -> Content:
        """All that is known of one place."""
        row, schema = self._rows[key], self.ds.schema
        level = schema.label("places", "level", str(row["level"])) if "level" in row else ""
        return {
            "place": {
                "key": key,
                "name": self._name(key),
                "zh": row.get("name_zh", ""),
                "level": level,
                "above": [self.words.link("places", above) for above in self._above.get(key, [])],
                "note": row.get("note", ""),
            },
            "targets": self.evidence.target_rows(self._targets.get(key, []), with_place=False),
            "columns": TARGET_COLUMNS,
            "documents": self.evidence.document_entries(self._documents.get(key, [])),
            "printed": self._printed(key),
            "outcomes": self._table("outcomes", key),
            "events": self._table("events", key),
            "statistics": self._table("regional_statistics", key),
            "inside": [self._branch(inner) for inner in self._inside.get(key, ())],
            "evidence": self._quality.get(key, ""),
            "searched": self._table("coverage", key),
        }

    def _name(self, key: str) -> str:
        return self.words.name("places", key)

    def _table(self, table: str, key: str) -> Content | None:
        """The rows of a table that are of a place; None where there is none."""
        if table not in self.ds.tables:
            return None
        frame = self.ds[table]
        frame = frame[frame["place_id"] == key]
        columns = [name for name in self.ds.schema[table].fields if name != "place_id"]
        return self.words.table(table, columns, frame) if len(frame) else None

    def _printed(self, key: str) -> list[Content]:
        """Dollars that the press printed for the targets of a place, with what the rates say of them."""
        return [
            {
                "outlet": self.words.link("press_figures", row["press_figure_id"], row["outlet"]),
                "printed": f"${row['printed']} billion",
                "target": self.words.link("regional_targets", row["target_id"]),
                "verdict": "" if pd.isna(row["verdict"]) else str(row["verdict"]).replace("_", " "),
                "reason": "" if pd.isna(row["reason"]) else row["reason"],
            }
            for row in self._audit.get(key, [])
        ]

    @cached_property
    def _audit(self) -> dict[str, list[Mapping[Any, Any]]]:
        found: dict[str, list[Mapping[Any, Any]]] = defaultdict(list)
        if len(self.ds["press_figures"]):
            for row in press_audit(self.ds).to_dict("records"):
                found[row["place_id"]].append(row)
        return found

    @cached_property
    def _quality(self) -> dict[str, str]:
        """How good the evidence of each province and what lies in it is, in a sentence."""
        rows = evidence_quality(self.ds, by="place").to_dict("records")
        return {
            row["place_id"]: (
                f"{row['rows']:,} rows are of this place or of places inside it: {row['high_pct']:.0f}% rest on strong "
                f"evidence, {row['medium_pct']:.0f}% on middling, {row['low_pct']:.0f}% on weak."
            )
            for row in rows
            if row["rows"]
        }

    @cached_property
    def _above(self) -> dict[str, list[str]]:
        """The places that each lies in, the widest first."""
        found: dict[str, list[str]] = defaultdict(list)
        above = ancestors(self.ds.places)
        for row in above.to_dict("records"):
            found[row["place_id"]].insert(0, row["ancestor_id"])
        return found

    @cached_property
    def _documents(self) -> dict[str, list[Mapping[Any, Any]]]:
        return self.evidence.grouped("policy_documents", "place_id")

    @cached_property
    def _targets(self) -> dict[str, list[Mapping[Any, Any]]]:
        return self.evidence.grouped("regional_targets", "place_id")
