"""The card that `explain` gives: text in a terminal, a table in a notebook, everything in it escaped."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from .by_content import ByContent
from .sentences import present
from .wording import copy_in_words

WIDTH = 100
Rows = list[tuple[str, str]]
CELL = "padding:1px 12px 1px 0;text-align:left;vertical-align:top"
TITLE = "text-align:left;font-weight:bold;padding:.3em 0 .1em"
FRAME = "border:1px solid rgba(128,128,128,.4);border-radius:4px;padding:10px 14px;max-width:60em"


@dataclass(frozen=True, eq=False, repr=False)
class Explanation(ByContent):
    """What `explain` found. Printed, or shown in a notebook, it is a card.

    Attributes
    ----------
    id, table : the row explained, and its table.
    heading : what it is, in one line; for a target `sentence`.
    sections : (title, rows) pairs; a row is (label, text).
    sources : one row per source: source_id, publisher, title, published, kind, grade (its strength, 1 to 4),
        is_copy, host, url and accessed, in the order of the row.
    more_sources : how many others there are, not among them.
    """

    id: str
    table: str
    heading: str
    sections: list[tuple[str, Rows]] = field(default_factory=list)
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)
    more_sources: int = 0

    def __str__(self) -> str:
        lines = [*textwrap.wrap(self.heading, WIDTH, break_on_hyphens=False), f"[{self.table}: {self.id}]"]
        for title, rows in [*self.sections, *self._source_section()]:
            lines += ["", title, *(line for row in rows for line in _lines(*row))]
        return "\n".join(lines)

    __repr__ = __str__

    def _source_section(self) -> Iterator[tuple[str, Rows]]:
        if len(self.sources):
            yield (
                self._source_title(),
                [(str(s.get("publisher", s["source_id"])), _about(s)) for s in self._records()],
            )

    def _source_title(self) -> str:
        of_all = f" of {len(self.sources) + self.more_sources}" if self.more_sources else ""
        return f"Sources ({len(self.sources)}{of_all})"

    def _records(self) -> list[dict[str, Any]]:
        return [present(row) for _, row in self.sources.iterrows()]

    def _repr_html_(self) -> str:
        name = f"<small>{escape(self.table)}: <code>{escape(self.id)}</code></small>"
        parts = [
            f"<b>{escape(self.heading)}</b><br>{name}",
            *(_table(title, rows) for title, rows in self.sections),
        ]
        if len(self.sources):
            items = "".join(
                f"<li>{_link(s)} {escape(_about(s, address=False))}</li>" for s in self._records()
            )
            parts.append(
                f"<div style='{TITLE}'>{self._source_title()}</div><ol style='margin:0'>{items}</ol>"
            )
        return f"<div style='{FRAME}'>{''.join(parts)}</div>"


def _table(title: str, rows: Rows) -> str:
    cells = (
        f"<tr><td style='{CELL};opacity:.7'>{escape(label)}</td><td style='{CELL}'>{escape(text)}</td></tr>"
        for label, text in rows
    )
    caption = f"<caption style='{TITLE}'>{escape(title)}</caption>"
    return f"<table style='margin:.4em 0'>{caption}{''.join(cells)}</table>"


def _about(source: dict[str, Any], address: bool = True) -> str:
    """A source in words: title, date, kind, grade and address."""
    copy = copy_in_words(source.get("publisher"), source.get("host")) if source.get("is_copy") else ""
    grade = (
        f"{source['kind']}, grade {source['grade']}".replace("_", " ")
        if "kind" in source
        else "not in the sources"
    )
    day = source.get("published", "no date")
    parts = [f'"{source["title"]}"' if address and "title" in source else "", day, grade, copy]
    return "; ".join(filter(None, [*parts, source.get("url", "") if address else ""]))


def _link(source: dict[str, Any]) -> str:
    """Publisher and title, linked only if the address is a web address."""
    title = escape(f'{source.get("publisher", source["source_id"])}: "{source.get("title", "")}"')
    url = str(source.get("url", "")).strip()
    if urlsplit(url).scheme not in ("http", "https"):
        return f"{title} {escape(url)}"
    return f"<a href='{escape(url, quote=True)}' rel='noopener noreferrer'>{title}</a>"


def _lines(label: str, text: str) -> list[str]:
    """A row of the card in the terminal: the label, and the text beside it, wrapped; ids and addresses stay whole."""
    lead = f"  {label}: " if label else "  "
    wrapper = textwrap.TextWrapper(
        WIDTH, initial_indent=lead, subsequent_indent="      ", break_on_hyphens=False, break_long_words=False
    )
    return wrapper.wrap(text) or [lead.rstrip()]
