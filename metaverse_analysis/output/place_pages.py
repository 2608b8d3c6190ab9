"""A page for each place, and the page that leads to them: a map of tiles and an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from markupsafe import Markup

from ..measures.profile import Profile, profiles
from ..tables.dataset import Dataset
from ..tables.places import ancestors
from .evidence_pages import TARGET_COLUMNS, Evidence
from .profile_tables import known_parts, plain_table
from .row_words import RowWords
from .slugs import slug

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
        return self._families(key) + len(self._targets.get(key, ()))

    def _families(self, key: str) -> int:
        """How many documents a place has, a draft and its final as one."""
        return len({row["family_id"] for row in self._documents.get(key, ())})

    def _branch(self, key: str) -> Content:
        return {
            "link": self.words.link("places", key),
            "zh": self._rows[key].get("name_zh", ""),
            "told": self._counted(key),
            "inside": [self._branch(inner) for inner in self._inside.get(key, ())],
        }

    def _counted(self, key: str) -> str:
        """How much stands under a place itself, in words."""
        counts = {"document": self._families(key), "target": len(self._targets.get(key, ()))}
        return ", ".join(f"{n} {noun}{'s' * (n != 1)}" for noun, n in counts.items() if n)

    # --- One place

    def pages(self) -> Iterator[tuple[str, str, Content]]:
        """For each place the address of its page, its name, and what the page shows."""
        for key, known in zip(self._rows, self._profiles(), strict=True):
            yield self.words.addresses.of(key) or "", self._name(key), self._page(key, known)

    def _profiles(self) -> Iterator[Profile | None]:
        """What is known of each place; nothing where no source says when it was read: there is no day to look back."""
        if self.ds.sources["accessed"].isna().all():
            return iter([None] * len(self._rows))
        return profiles(self.ds, list(self._rows))

    def _page(self, key: str, known: Profile | None) -> Content:
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
            "answer": known.answer if known else "",
            "targets": self.evidence.target_rows(self._targets.get(key, []), with_place=False),
            "columns": TARGET_COLUMNS,
            "documents": self.evidence.document_entries(self._documents.get(key, [])),
            "tables": [*self._known(known), *self._raw(key)],
            "inside": [self._branch(inner) for inner in self._inside.get(key, ())],
            "sources": self._sources(known),
        }

    def _known(self, known: Profile | None) -> Iterator[Content]:
        """The parts of a profile that are tables of few columns: those that have rows."""
        parts = {} if known is None else known_parts(known, self.words)
        for title, (heads, rows) in parts.items():
            if rows:
                yield {"id": slug(title), "title": title, "table": plain_table(heads, rows)}

    def _raw(self, key: str) -> Iterator[Content]:
        """The rows of other tables that are of a place."""
        for name in ("outcomes", "events", "regional_statistics"):
            frame = self.ds[name][self.ds[name]["place_id"] == key]
            if len(frame):
                columns = [column for column in self.ds.schema[name].fields if column != "place_id"]
                title = self.ds.schema[name].title
                yield {"id": slug(name), "title": title, "table": self.words.table(name, columns, frame)}

    def _sources(self, known: Profile | None) -> list[Markup]:
        """The pages behind all this, the strongest first."""
        if known is None:
            return []
        return [
            Markup("{}: {}").format(self.words.link("sources", row["source_id"]), row["title"])
            for row in known.sources.to_dict("records")
        ]

    def _name(self, key: str) -> str:
        return self.words.name("places", key)

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
