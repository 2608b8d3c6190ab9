"""Ranked bars in blocks that can't be confused: one block per scope, the places set off from those inside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from .outcomes import table_rows
from .palette import ARTICLE_PLACES, QUIET_TEXT, TEXT, bar_style, colour, tint
from .style import embolden, label_bar_ends, wrap_label

_WIDE_LEVELS = ("country", "province")
_HEADING, _BREAK, _GAP = 1.0, 0.35, 0.45  # in rows: a block's heading; before the cities; between blocks


def plain_colour(code: str) -> str:
    """The colour of a code, or the plain one for a code of another industry that the palette doesn't know."""
    try:
        return colour(code)
    except ValueError:
        return colour("plain")


def is_emphasised(rows: pd.DataFrame) -> pd.Series:
    return rows["place_id"].isin(ARTICLE_PLACES)


def is_wide(rows: pd.DataFrame) -> pd.Series:
    """Provinces and countries, as against places inside them."""
    return rows["level"].astype("str").isin(_WIDE_LEVELS)


def laid_out(rows: pd.DataFrame, value: str, block: str = "scope") -> tuple[pd.DataFrame, float]:
    """The rows with their position `y`, by block, provinces before cities, then by size; and the height in rows."""
    rows = rows.assign(wide=is_wide(rows)).sort_values(
        [block, "wide", value, "target_id"], ascending=[True, False, False, True], kind="stable"
    )
    new_block = (rows[block] != rows[block].shift()).cumsum()
    first_city = ~rows["wide"] & rows["wide"].groupby(new_block).shift(fill_value=False)
    y = pd.Series(range(len(rows)), rows.index, dtype=float)
    y += (new_block - 1) * (_HEADING + _GAP) + _HEADING + _BREAK * first_city.cumsum()
    return rows.assign(y=y), float(y.max() + 1) if len(rows) else 1.0


def draw_blocks(
    ax: Axes,
    rows: pd.DataFrame,
    value: str,
    *,
    labels: Sequence[str],
    names: Sequence[str],
    headings: dict[Any, str],
    block: str = "scope",
    upper: str | None = None,
) -> None:
    """Draw the laid-out rows: bars, their labels, the names at the left, a heading above each block."""
    emphasised = is_emphasised(rows)
    bars: list[Any] = []
    for row in table_rows(rows):
        hue = colour("emphasis") if row.place_id in ARTICLE_PLACES else plain_colour(str(getattr(row, block)))
        look = bar_style(hue, "draft" if row.status == "draft" else "final")
        if not row.wide and row.status != "draft":
            look["facecolor"] = tint(hue, 0.45)
        bars += ax.barh([row.y], [getattr(row, value)], height=0.74 if row.wide else 0.5, **look)
        top = getattr(row, upper) if upper else float("nan")
        if top > getattr(row, value):
            ax.barh(
                [row.y],
                [top - getattr(row, value)],
                left=[getattr(row, value)],
                height=0.3,
                color=tint(hue, 0.3),
            )
    tips = rows[value] if upper is None else rows[upper].fillna(rows[value])
    notes = label_bar_ends(ax, bars, list(labels), ends=list(tips))
    ax.set_yticks(list(rows["y"]), list(names))
    for tick, wide in zip(ax.get_yticklabels(), rows["wide"], strict=True):
        tick.set_color(TEXT if wide else QUIET_TEXT)
    embolden(ax.get_yticklabels(), emphasised)
    embolden(notes, emphasised)
    for code, part in rows.groupby(block, observed=True, sort=False):
        draw_heading(ax, float(part["y"].min()) - 0.9, headings[code], plain_colour(str(code)))
    ax.set(xlim=(0, None), ylim=(float(rows["y"].max()) + 0.6, -0.4))


def draw_heading(ax: Axes, y: float, words: str, hue: str) -> None:
    pad = mpl.rcParams["font.size"] * 0.25
    ax.annotate(
        words,
        (0, y),
        xytext=(pad, 0),
        textcoords="offset points",
        va="center",
        ha="left",
        color=hue,
        weight="bold",
    )


def place_name(row: Any) -> str:
    """A province by its name, a place inside one with where it lies."""
    return row.place if row.wide or pd.isna(row.parent) else f"{row.place}, {row.parent}"


def wrapped(names: Sequence[str], width: int = 28) -> tuple[list[str], int]:
    """Names on lines that leave the bars room, and the number of lines of the longest."""
    lines = [wrap_label(name, width) for name in names]
    return lines, max((line.count("\n") + 1 for line in lines), default=1)


def listed(words: Sequence[str]) -> str:
    """Words in a row: "a, b and c"."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
