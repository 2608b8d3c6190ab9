"""A comparison as text and as HTML: facts as rows, places as columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from itertools import zip_longest

import pandas as pd

from .explanation import CELL, FRAME, TITLE, WIDTH

MARK = "†"
UNLIKE = (
    f"{MARK} different quantities, or of one place alone: not to be compared. Market sizes of different scopes, "
    "measures or years stand in rows of their own."
)
_NARROWEST = 14  # characters of a column
_SAID_OF = ("Market size", "Beside the economy", "Other numbers")  # where what is unlike is marked


def text(table: pd.DataFrame, places: tuple[str, ...]) -> str:
    """The table in lines of characters; each cell is wrapped in its column."""
    width = max(_NARROWEST, (WIDTH - 2) // (len(places) + 1) - 2)
    lines = [*_line(["", *places], width)]
    group, marked = "", False
    for _, row in table.iterrows():
        if row["group"] != group:
            group = str(row["group"])
            lines += ["", group]
        mark = _mark(row)
        marked |= bool(mark)
        lines += _line([f"{row['fact']}{mark}", *(str(row[place]) for place in places)], width)
    return "\n".join([*lines, *(["", *textwrap.wrap(UNLIKE, WIDTH)] if marked else [])])


def html(table: pd.DataFrame, places: tuple[str, ...]) -> str:
    """The table for a notebook; everything in it is escaped."""
    heads = "".join(
        f"<th scope='col' style='{CELL};font-weight:bold'>{escape(place)}</th>" for place in places
    )
    rows, group, marked = [], "", False
    for _, row in table.iterrows():
        if row["group"] != group:
            group = str(row["group"])
            span = len(places) + 1
            rows.append(
                f"<tr><th scope='colgroup' colspan='{span}' style='{TITLE}'>{escape(group)}</th></tr>"
            )
        mark = _mark(row)
        marked |= bool(mark)
        cells = "".join(f"<td style='{CELL}'>{escape(str(row[place]))}</td>" for place in places)
        name = (
            f"<th scope='row' style='{CELL};font-weight:normal;opacity:.75'>{escape(row['fact'])}{mark}</th>"
        )
        rows.append(f"<tr>{name}{cells}</tr>")
    note = f"<small>{escape(UNLIKE)}</small>" if marked else ""
    head = f"<thead><tr><td></td>{heads}</tr></thead>"
    return f"<div style='{FRAME}'><table>{head}<tbody>{''.join(rows)}</tbody></table>{note}</div>"


def _mark(row: pd.Series) -> str:
    return f" {MARK}" if row["group"] in _SAID_OF and not row["like_for_like"] else ""


def _line(cells: list[str], width: int) -> Iterator[str]:
    """One row of cells, each wrapped in its column."""
    wrapped = [textwrap.wrap(cell, width, break_on_hyphens=False) or [""] for cell in cells]
    for parts in zip_longest(*wrapped, fillvalue=""):
        yield "  ".join(f"{part:<{width}}" for part in parts).rstrip()
