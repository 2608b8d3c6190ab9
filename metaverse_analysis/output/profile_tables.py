"""The parts of a place's profile as tables of a page: in words, with links to the rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from ..measures.profile import Profile
from ..measures.wording import day_in_words
from .row_words import RowWords, filled_cells

Part = tuple[Sequence[str], list[list[Any]]]


def known_parts(known: Profile, words: RowWords) -> dict[str, Part]:
    """Under the title of each part the heads of its columns, and its rows."""
    return {
        "What the press printed in dollars": (
            ("Outlet", "Printed", "For", "Verdict", "Why"),
            [_printed(row, words) for row in filled_cells(known.printed)],
        ),
        "Who bears its name in a body": (
            ("Organisation", "Body", "As what", "Sources"),
            [_member(row, words) for row in filled_cells(known.members)],
        ),
        "What was searched": (
            ("For what", "Found", "On"),
            [
                [row["what"], row.get("finding_label", ""), _day(row.get("searched_on"))]
                for row in filled_cells(known.searched)
            ],
        ),
        "Where sources disagree": (
            ("Question", "Decision", "Why"),
            [_disagreement(row, words) for row in filled_cells(known.disagreements)],
        ),
        "How good the evidence is": (
            ("Rows of", "Rows", "Strong", "Middling", "Weak"),
            [
                [
                    row["label"],
                    f"{row['rows']:,}",
                    *(f"{row[f'{grade}_pct']:.0f}%" for grade in ("high", "medium", "low")),
                ]
                for row in filled_cells(known.evidence)
                if row["rows"]
            ],
        ),
    }


def plain_table(heads: Iterable[str], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """A table for the template, whose rows have no anchors of their own."""
    columns = [{"title": head, "figures": False} for head in heads]
    return {"columns": columns, "rows": [{"id": None, "key": None, "cells": cells} for cells in rows]}


def _printed(row: dict[str, Any], words: RowWords) -> list[Any]:
    return [
        words.link("press_figures", row["press_figure_id"], row.get("outlet")),
        f"${row['printed']} billion",
        words.link("regional_targets", row["target_id"]),
        str(row.get("verdict", "")).replace("_", " "),
        row.get("reason", ""),
    ]


def _member(row: dict[str, Any], words: RowWords) -> list[Any]:
    told = dict.fromkeys(filter(None, [row.get("role_label"), row.get("certainty")]))
    return [
        words.link("participants", row["organisation_id"]),
        words.link("bodies", row["body_id"]),
        words.link("memberships", row["membership_id"], ", ".join(map(str, told)) or "named"),
        words.links("sources", row.get("source_ids")),
    ]


def _disagreement(row: dict[str, Any], words: RowWords) -> list[Any]:
    question = str(row.get("question", ""))
    judged = row.get("adjudication_id")
    decision = str(row.get("decision", "open"))
    said = words.ds.schema.label("adjudications", "decision", decision)
    return [
        words.link("adjudications", judged, question) if judged else Markup.escape(question),
        said,
        row.get("reason", ""),
    ]


def _day(day: Any) -> str:
    return "" if day is None else day_in_words(f"{day:%Y-%m-%d}")
