"""What charts that are lists share: how many letters a line holds, and rows as high as their words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from ..tables.needs import needs
from .fonts import families
from .labels import figure_of
from .style import look_of
from .wording import dollar_basis

LINE = 1.2  # height of a line of text, in font sizes
GAP = 0.45  # lines of text between two rows
NOT_FULL = "Not seen does not mean absent: no full text was read."
LETTER = 0.455  # mean width of a letter, in font sizes
_SOURCE = " Source: a newspaper and 100 other pages. Chart: metaverse_analysis, CC BY 4.0, data of 30 November 2026."
_SPARE = 1.02  # of a word's width, for what its last letters and the drawing add
_CELL = 1.25  # the height of a cell of a grid, in that of its axes as matplotlib makes them
_LOW, _NARROW = 10, 30  # the least room on a caller's axes: lines of text, and widths of a letter m
_MARGINS = 0.036  # of a figure's width, on both sides together


def inches_across(ax: Axes | None, size: str) -> float:
    """The width for a chart: of its caller's axes, or of a figure of its own without the margins."""
    if ax is None:
        return look_of(size)["width"] * (1 - _MARGINS)
    return float(ax.get_window_extent().width / figure_of(ax).dpi)


def letters_across(ax: Axes | None, size: str, share: float = 1, *, less: float = 0) -> int:
    """How many letters a line holds that takes so much of a chart's width, `less` inches; eight at least."""
    room = inches_across(ax, size) * share - less
    return max(8, int(room * 72 / (LETTER * look_of(size)["font"])))


def stacked_rows(lines: Sequence[float], gap: float = GAP) -> tuple[np.ndarray, float]:
    """The middle of each row, and the height of all, in lines of text: each row as high as its own lines.

    Examples
    --------
    >>> places, height = stacked_rows([1, 2, 1], gap=0.5)
    >>> places.tolist(), height
    ([0.75, 2.75, 4.75], 5.5)
    """
    heights = np.asarray(lines, dtype=float) + gap
    ends = np.cumsum(heights)
    return ends - heights / 2, float(ends[-1]) if len(ends) else 0.0


def height_around(body: float, size: str, *, title: str, subtitle: str = "", footer: str = "") -> float:
    """The height in inches of a chart of its own whose body takes so many lines of text, with the words around it.

    A slide is as high as a screen.
    """
    look = look_of(size)
    if look["tallest"] == look["height"]:
        return look["height"]
    return _frame(size, title, subtitle, footer) + body * LINE * look["font"] / 72


def lines_that_fit(
    size: str, ax: Axes | None = None, *, title: str, subtitle: str = "", footer: str = ""
) -> float:
    """How many lines of text the body holds of the tallest chart of this size, or of one on a caller's axes.

    Raises
    ------
    ValueError
        If the caller's axes have no room for the chart; the message says how much they need.
    """
    look = look_of(size)
    font = look["font"] / 72
    if ax is None:
        return (look["tallest"] - _frame(size, title, subtitle, footer)) / (LINE * font)
    box = ax.get_window_extent()
    high, wide = _CELL * box.height / figure_of(ax).dpi, inches_across(ax, size)
    room = (high - _frame(size, title, subtitle, footer, wide)) / (LINE * font)
    if room < _LOW or wide < _NARROW * font:
        tall = _frame(size, title, subtitle, footer, max(wide, _NARROW * font)) + _LOW * LINE * font
        raise ValueError(
            f"the axes are {wide:.1f} in wide and, with what is around them, {high:.1f} in high: at the size {size!r} "
            f"this chart needs {_NARROW * font:.1f} by {tall:.1f} at least. Give larger axes, or none for a figure of "
            "the chart's own"
        )
    return float(room)


def how_many_fit(heights: Sequence[float], room: float, top: int | None = None) -> int:
    """How many of the first rows fit the room (in lines of text, or whatever the heights are in): one at least.

    Examples
    --------
    >>> how_many_fit([2, 2, 2], 4.5), how_many_fit([2, 2, 2], 100, top=1)
    (2, 1)
    """
    if top is not None:
        return min(top, len(heights))
    return max(1, int(np.searchsorted(np.cumsum(heights), room, side="right")))


def first_and_strong(rows: pd.DataFrame, n: int) -> pd.DataFrame:
    """The first of the rows and all that are emphasised (`strong`): n in all, or as many as these are.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": ["A", "B", "C", "D"], "strong": [False, False, True, False]})
    >>> first_and_strong(rows, 2)["place"].tolist()
    ['A', 'C']
    """
    plain = max(0, n - int(rows["strong"].sum()))
    return rows[rows["strong"] | (~rows["strong"]).cumsum().le(plain)] if n < len(rows) else rows


def _frame(size: str, title: str, subtitle: str, footer: str, wide: float | None = None) -> float:
    """The height in inches of the words around a chart that is as wide as its size, or so many inches."""
    look = look_of(size)
    width = (look["width"] * (1 - _MARGINS) if wide is None else wide) * 72
    words = (
        (title, "title", 0.6),
        (subtitle, "font", 0.9),
        (footer + _SOURCE, "footer", 1),
    )
    points = sum(
        look[kind] * (LINE * lines_of(said, look[kind], width, bold=kind == "title") + gap)
        for said, kind, gap in words
        if said
    )
    return float(points / 72 + look["width"] * _MARGINS)


def lines_of(words: str, font: float, width: float, *, bold: bool = False) -> int:
    """How many lines words take at most that are so many points wide, as measured, with a little to spare."""
    lines, used = 1, 0.0
    for word in words.split():
        wide = measured(word, font, bold=bold)
        if used and used + wide > width:
            lines, used = lines + 1, 0.0
        used += wide
    return lines


def measured(words: str, font: float, *, bold: bool = False) -> float:
    """The width of a line of text in points, with a little to spare."""
    return sum(_wide(f"{word} ", bold) for word in words.split()) * font * _SPARE


@cache
def _wide(word: str, bold: bool) -> float:
    """The width of a word in font sizes; of one that the house's font may not have, a letter's for each character."""
    if not word.isascii():
        return sum(1.0 if ord(letter) > 0x2E7F else 0.6 for letter in word)
    font = FontProperties(family=families()[:1], weight="bold" if bold else "normal", size=100)
    return float(text_to_path.get_text_width_height_descent(word, font, ismath=False)[0]) / 100


def yearly_dollars(rows: pd.DataFrame) -> str:
    """By which rates dollars were made of yuan, where each year may have its own; empty where none were."""
    rates = rows[["rate", "rate_date"]].dropna().drop_duplicates()
    return dollar_basis(rows) if len(rates) < 2 else "dollars at the mean rate of each year"


def counted_column(table: pd.DataFrame, chart: str) -> str:
    """What the numbers count: documents, or families of them."""
    counted = "families" if "families" in table else "documents"
    needs(table, [counted], given_by=chart, taker=f"charts.{chart}")
    return counted
