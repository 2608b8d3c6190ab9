"""What governments do with each instrument: promote, regulate or restrict it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..tables.needs import needs
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import NOT_FULL, counted_column, height_around, lines_that_fit
from .marks import draw_heading, name_rows, table_rows
from .palette import QUIET_TEXT, colour, plain_colour
from .style import is_narrow
from .wording import first_upper, number

_ROW, _BAR, _HEADING = 1.3, 0.95, 1.6  # lines of text
_USUAL = 8  # instruments that are only promoted
_CHART = "charts.instrument_counts"


@draws("instrument_counts", "instrument instrument_label source_ids", counts=True)
def instrument_counts(
    table: pd.DataFrame, *, top: int | None = None, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """How many policies use each instrument, and do they promote, regulate or restrict it?

    Above, the instruments that any policy regulates or restricts, with the parts of each bar; below, those that are
    only promoted, the most frequent ones, and the others as one.

    Parameters
    ----------
    table : what `instrument_counts` gave, by="instrument".
    top : how many of the instruments that are only promoted have a bar of their own; by default eight, if they fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `instrument_counts`, or has no use of an instrument.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.instrument_counts(ma.instrument_counts(ma.load(), by="instrument", count="families"))
    >>> "parks and clusters" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    counted = counted_column(table, "instrument_counts")
    needs(table, [f"all_{counted}"], given_by="instrument_counts", taker=_CHART)
    rows = table[table[counted] > 0]
    rows = rows.sort_values([counted, "instrument"], ascending=[False, True], ignore_index=True)
    if rows.empty:
        raise ValueError("the table has no use of an instrument, so there is nothing to draw")
    numbers = rows.select_dtypes("integer").columns
    stances = [name for name in numbers if name not in (counted, f"all_{counted}")]
    hard = [stance for stance in stances if stance != "promote"]
    limits = rows[hard].sum(axis=1) > 0
    every = number(rows[f"all_{counted}"].iloc[0])
    words = {
        "title": _finding(rows, counted, stances, hard),
        "subtitle": f"Documents in which each was seen, of {every}",
    }
    room = lines_that_fit(size, ax, **words) - 2 * _HEADING - 1
    row = _ROW + 1.1 * is_narrow(size)
    limited, hidden = _folded(rows[limits], max(2, int(room / row) - 2), None)
    soft, rest = _folded(rows[~limits], int(room / row) - len(limited), top)
    rest = pd.concat([hidden, rest])
    headed = {"Also regulated or restricted": limited, "Only promoted": soft}
    parts = {name: part for name, part in headed.items() if len(part)}
    height = sum(_HEADING + row * len(part) for part in parts.values()) + row * bool(len(rest))
    with axes_for(ax, size, height=height_around(height, size, **words), grid=None) as drawn_on:
        y, names, places = 0.0, [], []
        for name, part in parts.items():
            draw_heading(drawn_on, y + _HEADING / 2, name, QUIET_TEXT)
            at = y + _HEADING + row * (np.arange(len(part)) + 0.5) + 0.55 * is_narrow(size)
            _draw_bars(drawn_on, part, at, stances)
            names += list(part["instrument_label"])
            places += list(at)
            y = float(at[-1] + row / 2)
        if len(rest):
            uses = int(rest[stances].sum().sum())
            said = f"and {len(rest)} more, {uses} uses together"
            drawn_on.annotate(said, (0, y + _ROW / 2), va="center", color=QUIET_TEXT)
            y += _ROW
        name_rows(drawn_on, places, names, above=is_narrow(size), lift=1.05)
        drawn_on.set(ylim=(y, 0), xlim=(0, float(rows[stances].sum(axis=1).max()) * 1.02), xticks=[])
        drawn_on.spines[:].set_visible(False)
        frame(
            drawn_on,
            **words,
            notes=_notes(counted),
            drawn=rows,
            alt=["Bars of the documents that use each instrument", TITLE, *_told(rows, counted, hard)],
        )
    return drawn_on


def _folded(soft: pd.DataFrame, room: int, top: int | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The instruments with a bar of their own, and the others; never one alone."""
    fitting = len(soft) if len(soft) <= room else max(1, room - 1)
    kept = top if top is not None else min(fitting, _USUAL)
    return (soft, soft.iloc[:0]) if len(soft) - kept < 2 else (soft.head(kept), soft.iloc[kept:])


def _draw_bars(ax: Axes, rows: pd.DataFrame, y: np.ndarray, stances: list[str]) -> None:
    left = np.zeros(len(rows))
    said: list[set[str]] = []
    for stance in stances:
        hue = colour("quiet") if stance == "promote" else plain_colour(stance)
        bars = ax.barh(y, rows[stance], left=left, height=_BAR, color=hue, label=stance)
        counts = zip(rows["instrument_label"], rows[stance], strict=True)
        hover(bars, [f"{first_upper(str(name))}: {n} {stance}" for name, n in counts])
        left += rows[stance].to_numpy(dtype=float)
    for row, at, end in zip(table_rows(rows), y, left, strict=True):
        ax.annotate(
            _bar_words(row, stances, said),
            (end, at),
            xytext=(4, 0),
            textcoords="offset points",
            va="center_baseline",
        )


def _bar_words(row: Any, stances: list[str], said: list[set[str]]) -> str:
    """The number; where not all promote, those of the parts, by name where they are the first of their kind."""
    found = {stance: getattr(row, stance) for stance in stances if getattr(row, stance)}
    if set(found) <= {"promote"}:
        return f"{sum(found.values())}"
    told = set(found) in said
    said.append(set(found))
    return ", ".join(f"{n}" if told else f"{n} {stance}" for stance, n in found.items())


def _finding(rows: pd.DataFrame, counted: str, stances: list[str], hard: list[str]) -> str:
    uses, limiting = int(rows[stances].sum().sum()), int(rows[hard].sum().sum())
    if not hard:
        first = rows.iloc[0]
        return f"Most frequent: {first['instrument_label']}, in {first[counted]} of {first[f'all_{counted}']} policies"
    what = " or ".join(hard)
    if not limiting:
        return f"All {number(uses)} uses of instruments, topics and sectors promote; none was seen to {what}"
    said = f"Of {number(uses)} uses of instruments, topics and sectors, {limiting}"
    return f"{said} {'is to ' if limiting == 1 else ''}{what}; the rest promote"


def _notes(counted: str) -> str:
    once = " A draft and its final are one document." if counted == "families" else ""
    return (
        "A use is one instrument, topic or sector in one document; one that promotes and restricts the same counts "
        f"in both.{once} {NOT_FULL}"
    )


def _told(rows: pd.DataFrame, counted: str, hard: list[str]) -> list[str]:
    first = rows.head(3)
    most = ", ".join(f"{row.instrument_label} in {getattr(row, counted)}" for row in table_rows(first))
    limited = rows[rows[hard].sum(axis=1) > 0]
    names = ", ".join(limited["instrument_label"])
    return [f"Most frequent: {most} documents", *([f"Regulated or restricted: {names}"] if names else [])]
