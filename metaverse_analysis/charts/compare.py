"""Places side by side: facts as rows, places as columns, a bar in a cell only where the quantities are alike."""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from ..measures.compare import NONE_KNOWN, Comparison
from ..measures.compare_facts import ECONOMY, MARKET
from ..measures.wording import day_in_words
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import height_around, how_many_fit, lines_that_fit
from .marks import more, table_rows
from .palette import GRID, QUIET_TEXT, TEXT, bar_style, colour
from .style import is_narrow, look_of, pt
from .wording import in_words, listed, wrap_label

_NAMES = 0.26  # of the width: the column of facts; on a phone they stand above their cells
_GAP = 0.02  # between columns
_LETTER = 0.46  # of the font size: how wide a letter is on average
_USUAL = 6  # groups
_HEAD, _MORE = 1.6, 1.2  # lines: the names of the places, on one line; how many facts are left
_STRETCH = 1.03  # lines of text: a line of the table
_SMALL = 0.9  # of it: the words in the cells
_PAD, _BAR = 0.7, 0.75  # lines: around a row; for a bar
_NOTES = (
    "Alike are market sizes of one scope, measure and year. What is unlike, or known of one place alone, has words and "
    "no bar, and is never ranked. No full text was read: what isn't here wasn't seen."
)
_MOST_PLACES = {"phone": 3}


class _Row(NamedTuple):
    """A row as it is drawn: its cells, broken into lines, and how high it is in lines of text."""

    group: str
    heading: list[str]  # the group's name, in its first row
    name: list[str]
    cells: list[list[str]]
    facts: pd.DataFrame
    bars: bool
    high: float


@draws("compare", Comparison)
def compare(
    comparison: Comparison, *, top: int | None = None, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """What several places promise, do and reach: a table whose cells have a bar where quantities are alike.

    Bars of a row are of one scope, measure and year (or one share), as long as the largest of the row allows; drafts
    are hatched. Where quantities are unlike, there are words alone.

    Parameters
    ----------
    comparison : what `compare` gave.
    top : how many facts are drawn; by default the first of each of the six first groups, as many as fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If it is given anything else, or more places than the size has room for (six; three on a phone).

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.compare(ma.compare(ma.load(), ["Sichuan", "Shandong", "Chongqing"]))
    >>> ma.charts.alt_text(ax).split(". ")[1]
    'Of three places, Sichuan promises most: 250 billion yuan of metaverse-related industries by 2025'
    """
    places, room = comparison.places, _MOST_PLACES.get(size, 6)
    if len(places) > room:
        raise ValueError(
            f"a {size} has room for {room} places beside each other, not {len(places)}: compare fewer"
        )
    words = {"title": _title(comparison), "subtitle": _subtitle(comparison)}
    heads = _heads(comparison, size)
    head = _HEAD + 1.1 * max(place.count("\n") for place in heads)
    free = lines_that_fit(size, ax, **words) / _STRETCH - head - _MORE
    rows, left = _fitting(_rows(comparison, size), top, free)
    lines = head + sum(row.high for row in rows) + (_MORE if left else 0)
    tall = height_around(lines * _STRETCH, size, **words)
    with axes_for(ax, size, height=tall, grid=None) as ax:
        ax.spines[:].set_visible(False)
        ax.set(xlim=(0, 1), ylim=(lines, 0), xticks=[], yticks=[])
        _draw_heads(ax, heads, size, head)
        y = head
        for row in rows:
            _draw_row(ax, row, y, len(places), size)
            y += row.high
        if left:
            ax.text(0, y + 0.6, more(left, "facts"), va="center", color=QUIET_TEXT)
        frame(
            ax,
            **words,
            notes=_NOTES,
            drawn=pd.concat([row.facts for row in rows]),
            alt=[f"Table of facts on {listed(places)} with bars", TITLE, *_alt(rows)],
        )
    return ax


def _letters(size: str) -> float:
    """How many letters stand beside each other."""
    look = look_of(size)
    return look["width"] * 72 * 0.96 / (look["font"] * _LETTER)


def _columns(places: int, size: str) -> tuple[float, float]:
    """Where the first column of cells begins, and how wide each is."""
    left = 0.0 if is_narrow(size) else _NAMES
    return left, (1 - left) / places


def _rows(comparison: Comparison, size: str) -> list[_Row]:
    left, width = _columns(len(comparison.places), size)
    letters = _letters(size)
    in_cell = max(8, int((width - _GAP) * letters / _SMALL))
    in_name = int((1.0 if is_narrow(size) else left - _GAP) * letters)
    found: list[_Row] = []
    for (group, fact), facts in _ordered(comparison.facts):
        cells = [textwrap.wrap(said, in_cell) for said in facts["said"]]
        heading = [] if found and found[-1].group == group else [group]
        name = textwrap.wrap(fact, in_name)
        bars = bool(facts["like_for_like"].any())
        beside = max(map(len, cells)) * _SMALL * 1.1 + (_BAR if bars else 0)
        named = (len(heading) + len(name)) * 1.1
        high = _PAD + (named + beside if is_narrow(size) else max(named, beside))
        found.append(_Row(group, heading, name, cells, facts, bars, high))
    return found


def _ordered(facts: pd.DataFrame) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    """The facts in their order, in a group those first that most places have; shares of GDP only of like targets."""
    parts = [
        ((str(group), str(fact)), part)
        for (group, fact), part in facts.groupby(["group", "fact"], sort=False)
    ]
    parts = [(key, part) for key, part in parts if key[0] != ECONOMY or part["like_for_like"].any()]
    groups = list(dict.fromkeys(group for (group, _), _ in parts))
    return sorted(
        parts, key=lambda one: (groups.index(one[0][0]), -int((one[1]["said"] != NONE_KNOWN).sum()))
    )


def _fitting(rows: list[_Row], top: int | None, room: float) -> tuple[list[_Row], int]:
    """The first rows, as many as asked for; or the first of each of the first groups, as many as fit."""
    if top is not None:
        if isinstance(top, bool) or not isinstance(top, int) or top < 1:
            raise ValueError(
                f"top is how many facts are drawn, 1 or more, or None for as many as fit; not {top!r}"
            )
        return rows[:top], max(0, len(rows) - top)
    first = [row for row in rows if row.heading][:_USUAL]
    fit = how_many_fit([row.high for row in first], room)
    return first[:fit], len(rows) - fit


def _heads(comparison: Comparison, size: str) -> list[str]:
    """The names of the places, each as wide as its column."""
    letters = _letters(size) * (_columns(len(comparison.places), size)[1] - _GAP)
    return [
        wrap_label(place, max(6, int(0.92 * letters))) for place in comparison.places
    ]  # bold ones are wider


def _draw_heads(ax: Axes, heads: list[str], size: str, high: float) -> None:
    left, width = _columns(len(heads), size)
    for number, place in enumerate(heads):
        ax.text(left + number * width, high / 2, place, va="center", weight="bold", linespacing=1.05)
    ax.axhline(high, color=QUIET_TEXT, linewidth=pt(1))


def _draw_row(ax: Axes, row: _Row, y: float, places: int, size: str) -> None:
    left, width = _columns(places, size)
    start = y + _PAD / 2
    quiet: dict[str, Any] = {"va": "top", "linespacing": 1.1}
    if row.heading:
        ax.text(0, start, row.heading[0], weight="bold", **quiet)
    ax.text(0, start + 1.1 * len(row.heading), "\n".join(row.name), color=QUIET_TEXT, **quiet)
    if is_narrow(size):
        start += (len(row.heading) + len(row.name)) * 1.1
    longest = row.facts["amount"].max()
    for number, (cell, fact) in enumerate(zip(row.cells, table_rows(row.facts), strict=True)):
        x, top = left + number * width, start
        if row.bars and pd.notna(fact.amount) and longest > 0:
            style = bar_style(
                colour("promote" if row.group != MARKET else "draft"), "draft" if fact.draft else "final"
            )
            bar = ax.barh(
                [top + 0.3], [(width - _GAP) * fact.amount / longest], left=[x], height=0.5, **style
            )
            hover(bar, f"{fact.place}, {fact.fact}: {fact.said}")
        words: dict[str, Any] = {"color": QUIET_TEXT if fact.said == NONE_KNOWN else TEXT, **quiet}
        ax.text(
            x,
            top + (_BAR if row.bars else 0),
            "\n".join(cell),
            fontsize=mpl.rcParams["font.size"] * _SMALL,
            **words,
        )
    ax.axhline(y + row.high, color=GRID, linewidth=pt(1), zorder=0)


def _subtitle(comparison: Comparison) -> str:
    facts, day = comparison.facts, comparison.rate_on
    said = ["A bar only where quantities are alike"]
    said += ["hatched: only a draft says so"] * bool(facts["draft"].any())
    rate = f"at the rate of {day_in_words(day)}" if day else "at the rate of each document's day"
    said += [f"dollars {rate}"] * bool(
        facts.loc[facts["group"] == MARKET, "said"].str.contains("$", regex=False).any()
    )
    return "; ".join(said)


def _title(comparison: Comparison) -> str:
    """Who promises most, of the quantity that most places name."""
    market = comparison.facts[(comparison.facts["group"] == MARKET) & comparison.facts["rank"].notna()]
    if market.empty:
        return f"{listed(comparison.places)}: no market sizes that can be compared"
    kind = market["fact"].value_counts(sort=False).idxmax()
    rows = market[market["fact"] == kind]
    most = rows[rows["rank"] == 1]
    said = str(most["said"].iloc[0]).split(", ")[0]
    if len(most) > 1:
        return f"{listed(most['place'])} promise the same: {said} of {kind}"
    who, verb = most["place"].iloc[0], "proposes" if most["draft"].iloc[0] else "promises"
    if len(rows) == len(comparison.places):
        of, degree = f"Of {in_words(len(rows))} places", "more" if len(rows) == 2 else "most"
        return f"{of}, {who} {verb} {degree}: {said} of {kind}"
    return f"Of the {in_words(len(rows))} that name {kind}, {who} {verb} {'more' if len(rows) == 2 else 'most'}: {said}"


def _alt(rows: list[_Row]) -> list[str]:
    """The market sizes and shares in words."""
    told = []
    for row in rows[:4]:
        cells = [f"{fact.place} {fact.said}" for fact in table_rows(row.facts)]
        told.append(f"{' '.join(row.name)}: {'; '.join(cells)}")
    return told
