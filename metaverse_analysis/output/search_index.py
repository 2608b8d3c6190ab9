"""What the report's search box looks through: data in a script file, which a page can read from disk."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ..tables.schema import Field
from .codebook import own_tables
from .row_words import RowWords
from .slugs import slug

# The tables whose rows are found, and what such a row is called; the others lead nowhere of their own.
KINDS = {
    "places": "place",
    "policy_documents": "document",
    "participants": "organisation",
    "bodies": "body",
    "regional_targets": "target",
    "policy_instruments": "instrument",
    "events": "event",
    "outcomes": "outcome",
    "press_figures": "printed figure",
    "forecasts": "forecast",
    "adjudications": "judgement",
    "sources": "source",
}
SILENT = {
    "url", "confidence_override", "grid_column", "grid_row", "is_copy", "accessed", "family_id", "title_zh_kind",
    "issuer_kind",
}  # fmt: skip
Entry = tuple[str, str, str, str]


class SearchIndex:
    """Entries to be found: what kind of thing it is, its title, its address, and the words it is found by."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, kind: str, title: str, address: str, text: str = "") -> None:
        """One more thing to be found; `address` is from the report's folder."""
        self.entries.append((kind, " ".join(title.split()), address, " ".join(text.split())))

    def add_rows(self, words: RowWords) -> None:
        """The rows of the tables, by all their words in both languages."""
        for table, kind in KINDS.items():
            if table not in words.ds.tables:
                continue
            fields = words.ds.schema[table].fields
            names = words.names(table)
            key = words.ds.schema[table].key
            uses = _instruments(words) if table == "policy_documents" else {}
            for row in words.rows(table):
                address = words.addresses.of(row[key])
                title = str(row["title"] if table == "sources" else names[row[key]])
                told = [text for c in fields if c in row for text in _said(words, table, fields[c], row[c])]
                told += [*uses.get(row[key], ()), str(row[key])]
                kept = dict.fromkeys(text for text in told if text and text not in title)
                if address:
                    self.add(kind, title, address, ". ".join(kept))

    def add_columns(self, words: RowWords) -> None:
        """The tables and their columns, by what the codebook says of them."""
        for name, table in own_tables(words.ds).items():
            address = f"codebook.html#{slug(name)}"
            self.add("table", f"{table.title} ({name})", address, table.description)
            for field in table.fields.values():
                self.add("column", f"{field.title} ({name}.{field.name})", address, field.description)

    def script(self) -> str:
        """The file: nothing in it runs, it only sets the index."""
        kinds = list(dict.fromkeys(kind for kind, *_ in self.entries))
        rows = [[kinds.index(kind), title, address, text] for kind, title, address, text in self.entries]
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        told = f"window.searchIndex={{kinds:{json.dumps(kinds, ensure_ascii=False)},rows:[\n{lines}\n]}};\n"
        return re.sub("[\u2028\u2029]", lambda sign: f"\\u{ord(sign[0]):04x}", told)


def _instruments(words: RowWords) -> dict[str, list[str]]:
    """The instruments that each document uses, by which it is found, too."""
    table = "policy_instruments"
    field = words.ds.schema[table].fields["instrument"]
    found: dict[str, list[str]] = defaultdict(list)
    for row in words.rows(table):
        found[row["document_id"]] += _said(words, table, field, row["instrument"])
    return found


def _said(words: RowWords, table: str, field: Field, value: Any) -> Iterable[str]:
    """A cell's words, of a code in both languages; of a list of sources none: they are found by themselves."""
    if field.name in SILENT or field.list_of == "sources" or field.type == "boolean":
        return
    if field.name == words.ds.schema[table].key and not field.enum:
        return
    yield words.words(table, field, value)
    if field.enum:
        yield str(words.ds.schema.codes(table, field.name).get(str(value), {}).get("zh", ""))
    if field.name in ("place_id", "parent_id") and words.ds.schema[table].key != field.name:
        yield _chinese_name(words, str(value))


def _chinese_name(words: RowWords, place_id: str) -> str:
    places = words.ds.places
    if "name_zh" not in places:
        return ""
    found = places.loc[places["place_id"] == place_id, "name_zh"].dropna()
    return "" if found.empty else str(found.iloc[0])
