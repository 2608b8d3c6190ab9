"""The standards trail: the way of a body from proposal to committee, step by step."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..measures.wording import day_in_words
from ..tables.dates import days_between, first_day, last_day
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import (
    GAP,
    height_around,
    how_many_fit,
    inches_across,
    letters_across,
    lines_that_fit,
    stacked_rows,
)
from .marks import more, table_rows
from .palette import QUIET_TEXT, TEXT, bar_style, colour, drawn_as
from .style import is_narrow, look_of, pt
from .wording import counted, wrap_label

_DATE = 7.6  # font sizes: the column of dates
_DAYS = 30.44  # of a month
_LAST = "No later step was found"


@draws(
    "standards_trail",
    "date what body_id body_short document_status announced_members_unit certainty source_ids",
    whole="announced_members members_named members_confirmed",
    key="event_id",
)
def standards_trail(
    table: pd.DataFrame, *, top: int | None = None, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """How did the body come about, and has anybody been confirmed? A list of steps from top to bottom.

    Between two steps stands how long it took. A pale dot is a draft or a notice; steps at which members were named are
    bold, and say how many and how firmly.

    Parameters
    ----------
    table : what `standards_trail` gave.
    top : how many of the steps are listed, the first ones; by default as many as fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `standards_trail`, or has no step.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> trail = ma.standards_trail(ma.load())
    >>> ax = ma.charts.standards_trail(trail)
    >>> any(text.get_text().startswith("18 Sep") for text in ax.texts)
    True
    """
    rows = table[table["date"].notna()]
    rows = rows.sort_values("date", key=last_day, kind="stable", ignore_index=True)
    if rows.empty:
        raise ValueError(
            "the trail is empty: the tables have no step of these bodies, so there is nothing to draw"
        )
    words = {"title": _finding(rows), "subtitle": _subtitle(rows)}
    narrow, font = is_narrow(size), look_of(size)["font"] / 72
    left = font * (1.4 if narrow else _DATE + 1.4)
    letters = letters_across(ax, size, 0.97, less=left)
    said = [(wrap_label(_what(row), letters), wrap_label(_members(row), letters)) for row in table_rows(rows)]
    lines = [sum(part.count("\n") + 1.0 for part in parts if part) + narrow for parts in said]
    gaps = ["", *(_gap(*pair) for pair in pairwise(rows["date"]))]
    heights = [1.0 * bool(gap) + n for gap, n in zip(gaps, lines, strict=True)]
    kept = how_many_fit([n + GAP for n in heights], lines_that_fit(size, ax, **words) - 1.2, top)
    left_out = more(len(rows) - kept, "steps") or _LAST
    y, height = stacked_rows(heights[:kept])
    height += 1
    with axes_for(ax, size, height=height_around(height, size, **words), grid=None) as drawn_on:
        drawn_on.set(xlim=(0, inches_across(ax, size)), ylim=(height, 0), xticks=[], yticks=[])
        drawn_on.spines[:].set_visible(False)
        steps = zip(table_rows(rows.head(kept)), said, lines, gaps, y, strict=False)
        dots = [_draw_step(drawn_on, step, left, font, narrow) for step in steps]
        drawn_on.plot([left - font] * 2, [dots[0], dots[-1]], color=QUIET_TEXT, linewidth=pt(1.5), zorder=1)
        drawn_on.text(left, height - 0.5, left_out, va="center", color=QUIET_TEXT)
        frame(
            drawn_on,
            **words,
            notes="A step known by its month or year only stands at the end of it, and the time to the next is about.",
            drawn=rows,
            alt=["A list of dated steps", TITLE, *map(_told, table_rows(rows))],
        )
    return drawn_on


def _draw_step(ax: Axes, step: tuple[Any, ...], left: float, font: float, narrow: bool) -> float:
    """The date, the dot, what happened, who was named, and above it the time since the step before."""
    row, (what, members), lines, gap, middle = step
    first = middle - lines / 2 + 0.5 * bool(gap)
    if gap:
        ax.text(left, first - 0.5, gap, va="center", color=QUIET_TEXT, style="italic", gid="gap")
    style = bar_style(colour("final"), drawn_as(str(row.document_status)))
    dot = first + 0.5
    looks = {"markerfacecolor": style["facecolor"], "markeredgecolor": colour("final")}
    mark = ax.plot(
        [left - font], [dot], "o", markersize=pt(9), markeredgewidth=pt(1.4), gid="step", zorder=3, **looks
    )
    hover(mark, _told(row))
    bold = "bold" if row.members_named else "normal"
    when = _short_day(row.date)
    if narrow:
        ax.text(left, dot, when, va="center", color=QUIET_TEXT, weight=bold)
    else:
        ax.text(left - 2 * font, dot, when, va="center", ha="right", color=QUIET_TEXT, weight=bold)
    at = first + narrow
    high = what.count("\n") + 1
    ax.text(left, at + high / 2, what, va="center", color=TEXT, weight=bold, linespacing=1.05)
    if members:
        below = at + high + (members.count("\n") + 1) / 2
        ax.text(left, below, members, va="center", color=colour("emphasis"), linespacing=1.05)
    return dot


def _short_day(date: str) -> str:
    words = day_in_words(date).split(" ")
    return " ".join(word[:3] if word.isalpha() else word for word in words)


def _gap(before: str, after: str) -> str:
    """The time between two steps in words; empty for less than a month, and where the later may be the earlier."""
    span = days_between(pd.Series([before]), after).iloc[0]
    months = round(float(span.days_low + span.days_high) / 2 / _DAYS)
    if months < 1:
        return ""
    return f"{'' if span.days_low == span.days_high else 'about '}{counted(months, 'month')}"


def _what(row: Any) -> str:
    return f"{row.what}{' (draft)' if row.document_status == 'draft' else ''}"


def _members(row: Any) -> str:
    """Where members were named, how many, and how firmly."""
    if not row.members_named:
        return ""
    listed = "" if pd.isna(row.announced_members) else f", {row.announced_members} {_unit(row)} announced"
    return f"{counted(row.members_named, 'organisation')} named{listed}: {row.certainty}"


def _unit(row: Any) -> str:
    return "members" if pd.isna(row.announced_members_unit) else str(row.announced_members_unit)


def _told(row: Any) -> str:
    return "; ".join(filter(None, [f"{day_in_words(row.date)}: {_what(row)}", _members(row)]))


def _subtitle(rows: pd.DataFrame) -> str:
    bodies = list(dict.fromkeys(rows["body_short"].dropna()))
    pale = rows["document_status"].isin(["draft", "announced"]).any()
    said = f"{' and '.join(bodies)}" if 0 < len(bodies) < 3 else "Steps of the bodies"
    return said + ("; pale: a draft or a notice" if pale else "")


def _finding(rows: pd.DataFrame) -> str:
    days = rows.drop_duplicates(["body_id", "date"])  # two steps on one day tell of the same members
    named, firm = int(days["members_named"].sum()), int(days["members_confirmed"].sum())
    steps = counted(len(rows), "step")
    span = "" if len(rows) < 2 else f" from {_year(rows, first_day, 'min')} to {_year(rows, last_day, 'max')}"
    if not named:
        return f"{steps}{span}, and no member was named"
    doubt = {0: "not one", named: "every one"}.get(firm, f"only {firm}")
    verb = "is" if firm < 2 or firm == named else "are"
    return f"{steps}{span} gave names for {counted(named, 'seat')}; {doubt} of them {verb} confirmed"


def _year(rows: pd.DataFrame, day: Any, end: str) -> int:
    return int(getattr(day(rows["date"]), end)().year)
