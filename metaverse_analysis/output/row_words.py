"""The cells of the tables as the report shows them: codes and references in words, each with a link to its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from ..measures.grades import source_columns
from ..measures.wording import as_printed, day_in_words, plain_number, quantity
from ..tables.dataset import Dataset
from ..tables.schema import Field
from .addresses import HOME, Addresses, anchor

NAMES = ("name_en", "title_en", "title", "event", "question")
# What tells a row with a value from its like, in this order.
VALUE_WORDS = ("scope", "indicator", "place_id", "geography", "publisher", "target_year", "year", "period")
LEADING = 4  # cells that name a row which has no name
# The cells that name a row of these tables, where those that come first say less.
FIRST = {
    "policy_instruments": ("instrument", "detail", "document_id"),
    "target_followups": ("finding", "target_id"),
    "press_figures": ("outlet", "target_id"),
}
PARTS_OF_VALUE = {"value_max", "unit", "qualifier"}
UNSAID = ("note", "confidence_override", "confidence_reason")
Row = Mapping[str, Any]


class RowWords:
    """Names and cells of all rows, in words and as links."""

    def __init__(self, ds: Dataset, addresses: Addresses):
        self.ds, self.addresses = ds, addresses
        self._names: dict[str, dict[str, str]] = {}
        self._naming: set[str] = (
            set()
        )  # tables whose names are being made: a reference back is told by its id
        self._references = {
            (name, key.column): key.table for name in ds.schema for key in ds.schema[name].foreign_keys
        }

    def rows(self, table: str, frame: pd.DataFrame | None = None) -> list[dict[str, Any]]:
        """The filled cells of each row."""
        return filled_cells(self.ds[table] if frame is None else frame)

    def names(self, table: str) -> dict[str, str]:
        """What each row of a table is called, by its key: its name or title, else what it says first."""
        if table not in self._names:
            key = self.ds.schema[table].key
            self._naming.add(table)
            self._names[table] = {row[key]: self._named(table, row) for row in self.rows(table)}
            self._naming.discard(table)
        return self._names[table]

    def name(self, table: str, key: str) -> str:
        return key if table in self._naming else self.names(table).get(key, key)

    def _named(self, table: str, row: Row) -> str:
        fields = self.ds.schema[table].fields
        if table == "sources":
            return str(row.get("publisher", row["source_id"]))
        told = [str(row[column]) for column in NAMES if column in row][:1]
        if not told and "value" in row:
            said = [column for column in VALUE_WORDS if column in row]
            told = [quantity(dict(row))]
            told += [
                self.words(table, fields[column], row[column])
                for column in said
                if column != "indicator" or "scope" not in row
            ]
        if not told:
            silent = {self.ds.schema[table].key, *source_columns(self.ds.schema, table), *UNSAID}
            said = [c for c in FIRST.get(table, fields) if c in fields and c in row and c not in silent]
            told = [self.words(table, fields[column], row[column]) for column in said[:LEADING]]
        if "reported_usd_billion" in row:
            told.insert(0, as_printed(str(row["reported_usd_billion"])))
        return ", ".join(filter(None, told)) or str(row[self.ds.schema[table].key])

    def words(self, table: str, field: Field, value: Any) -> str:
        """One cell in words."""
        if field.list_of:
            return ", ".join(self._any_name(field.list_of, key) for key in str(value).split(";"))
        if (refers := self._references.get((table, field.name))) is not None:
            return self.name(refers, str(value))
        if field.enum:
            return self.ds.schema.label(table, field.name, str(value))
        if field.type == "boolean":
            return "yes" if value else "no"
        if field.type == "number":
            return plain_number(value)
        if field.type == "date":
            return day_in_words(f"{value:%Y-%m-%d}")
        return day_in_words(str(value)) if field.mixed_date else str(value)

    def _any_name(self, table: str, key: str) -> str:
        return key if table == "*" else self.name(table, key)

    def cell(self, table: str, field: Field, value: Any) -> Markup:
        """One cell as HTML: what refers to another row is a link to it."""
        if field.list_of:
            return Markup(", ").join(self.link(field.list_of, key) for key in str(value).split(";"))
        if (refers := self._references.get((table, field.name))) is not None:
            return self.link(refers, str(value))
        return escape(self.words(table, field, value))

    def link(self, table: str, key: str, words: str | None = None) -> Markup:
        """A link to a row, by its name; its name alone where it isn't in the tables."""
        said = escape(words or self._any_name(table, key))
        address = self.addresses.of(key)
        return Markup('<a href="{}{}">{}</a>').format(HOME, address, said) if address else said

    def links(self, table: str, keys: Any) -> Markup:
        """Links to several rows, from a cell with their ids; sources by their publishers, each once."""
        if not isinstance(keys, str):
            return Markup("")
        return Markup(", ").join(self.link(table, key) for key in keys.split(";"))

    def table(
        self, table: str, columns: Iterable[str] | None = None, frame: pd.DataFrame | None = None
    ) -> dict[str, Any]:
        """A table for the template: columns that any row fills, and rows with their anchors.

        The key is left out: the row is found by it, and named by its other cells.
        """
        about = self.ds.schema[table]
        frame = self.ds[table] if frame is None else frame
        keyed = anchored(self.ds, table)
        hidden = {about.key} if keyed else set()
        if {"value", "unit"} <= set(frame):
            hidden |= PARTS_OF_VALUE  # which is told with them
        wanted = [c for c in (columns or about.fields) if c in frame and c not in hidden]
        heads = [about.fields[column] for column in wanted if frame[column].notna().any()]
        rows = [
            {
                "id": anchor(row[about.key]) if keyed else None,
                "key": row[about.key] if keyed else None,
                "cells": [self._cell_of(table, field, row) for field in heads],
            }
            for row in self.rows(table, frame)
        ]
        return {
            "columns": [{"title": head(field), "figures": is_figure(field)} for field in heads],
            "rows": rows,
        }

    def _cell_of(self, table: str, field: Field, row: Row) -> Markup:
        if field.name not in row:
            return Markup("")
        if field.name == "value" and "unit" in row:
            return escape(quantity(dict(row)))
        return self.cell(table, field, row[field.name])


def filled_cells(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The filled cells of each row, by their columns.

    Examples
    --------
    >>> filled_cells(pd.DataFrame({"place": ["Sichuan", "Shandong"], "year": pd.array([2025, None], "Int64")}))
    [{'place': 'Sichuan', 'year': 2025}, {'place': 'Shandong'}]
    """
    columns = [(str(name), frame[name].tolist(), frame[name].notna().tolist()) for name in frame]
    return [
        {name: values[row] for name, values, filled in columns if filled[row]} for row in range(len(frame))
    ]


def anchored(ds: Dataset, table: str) -> bool:
    """Whether a row of this table can be linked to: its key is its own and not the id of another table's row."""
    key = ds.schema[table].key
    return not any(k.column == key and k.table != table for k in ds.schema[table].foreign_keys)


def head(field: Field) -> str:
    """The head of a column: its title, with the unit of numbers."""
    unit = field.unit if field.unit and "column" not in field.unit else ""
    return f"{field.title} ({unit})" if unit else field.title


def is_figure(field: Field) -> bool:
    return field.type == "number" and not field.enum and field.name != "value"
