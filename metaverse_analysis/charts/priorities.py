"""Whether the subject is still on the lists of priorities: who named it, who left it out, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..measures.priorities import GROUPS
from ..measures.wording import day_in_words
from .canvas import panels_for
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
from .marks import highlighted, more, table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .style import look_of, pt
from .wording import broken, counted, subject, wrap_label

_DATE, _BOX = 4.6, 4.3  # font sizes: the column of months, and each of the two of boxes
_COLUMN_HEADS = 1.4  # lines of text
_BLOCK = 0.92  # of a year's width
_MISSING = {"facecolor": "white", "edgecolor": QUIET_TEXT}
_FOUND = "Occasions that were found, not all there were."


@draws(
    "priorities",
    "date year list_group place actors event source_ids",
    flags="named",
    key="event_id",
)
def priorities(
    table: pd.DataFrame,
    *,
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
    size: str = "notebook",
) -> Figure:
    """Occasion by occasion: who named the subject as a priority, and whose list left it out?

    National bodies stand in a list, by date, with a box in the column of what they did; below it, provinces, cities and
    districts as blocks by year, above the line where they named it, below the line where they left it out. A slide has
    the list only.

    Parameters
    ----------
    table : what `priorities` gave.
    highlight : the actors to emphasise; [] for none. By default the national body that named the subject and later
        left it out, the one found most often.
    top : how many of the national occasions are listed, the latest of both kinds; by default as many as fit.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The figure.

    Raises
    ------
    ValueError
        If the table isn't that of `priorities`, or has no occasion with a date.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> figure = ma.charts.priorities(ma.priorities(ma.load()))
    >>> len(figure.axes)
    2
    """
    about = subject(table) or "the industry"
    rows = table[table["date"].notna() & table["year"].notna()]
    if rows.empty:
        raise ValueError(f"no event says that {about} was named, or not: there is nothing to draw")
    rows = rows.sort_values("date", kind="stable").assign(strong=_emphasised(rows, highlight))
    national, regional = (rows[rows["list_group"] == group] for group in GROUPS)
    if size == "slide" and len(national):
        regional = regional.iloc[:0]
    title, meaning = _finding(rows, about), _meaning(national, highlight)
    words = {
        "title": title,
        "subtitle": ". ".join(filter(None, [f"Lists of priorities with and without {about}", meaning])),
    }
    listing = _Listing(national, size)
    blocks = _Blocks(regional, size)
    room = lines_that_fit(size, None, **words) - blocks.height - 2
    listing.keep(room, top)
    panels = [panel for panel in (listing, blocks) if panel.height]
    body = sum(panel.height + 1.5 for panel in panels)
    with panels_for(
        len(panels), 1, size, height=height_around(body, size, **words), grid=None,
        height_ratios=[panel.height for panel in panels],
    ) as (figure, axes):  # fmt: skip
        for ax, panel in zip(axes[:, 0], panels, strict=True):
            panel.draw(ax)
            ax.set_title(wrap_label(panel.head, letters_across(None, size, 0.95)))
            ax.spines[:].set_visible(False)
        frame(
            figure,
            **words,
            notes=f"{_FOUND} A list without it is seldom news: read the turn from one to the other, not the totals.",
            drawn=rows,
            alt=["A list of dated occasions, each named or left out", TITLE, *_told(rows)],
        )
    return figure


class _Listing:
    """National occasions, one a line: the month, a box in one of two columns, and whose list it was."""

    head = GROUPS["national"]

    def __init__(self, rows: pd.DataFrame, size: str) -> None:
        self.inches = inches_across(None, size)
        self.font = look_of(size)["font"] / 72
        self.boxes = _DATE * self.font
        self.words = self.boxes + 2 * _BOX * self.font + 0.6 * self.font
        self.rows = rows.reset_index(drop=True)
        letters = letters_across(None, size, 0.96, less=self.words)
        self.said = [
            wrap_label(str(actors), letters) for actors in self.rows["actors"].fillna("not said by whom")
        ]
        self.left, self.height = "", 0.0

    def keep(self, room: float, top: int | None) -> None:
        """Keep the rows that fit: of those that named it half as many, of those that left it out the latest."""
        if self.rows.empty:
            return
        lines = np.array([said.count("\n") + 1.0 for said in self.said])
        fitting = how_many_fit(list(lines[::-1] + GAP), room - _COLUMN_HEADS)
        if fitting < len(lines):
            fitting = how_many_fit(list(lines[::-1] + GAP), room - _COLUMN_HEADS - 1.5)
        n = min(top or fitting, len(lines))
        named = self.rows["named"].to_numpy()
        both = min(int(named.sum()), max(n // 2, n - int((~named).sum())))
        latest = [np.flatnonzero(which)[::-1][:k] for which, k in ((named, both), (~named, n - both))]
        kept = np.sort(np.concatenate(latest))
        left = np.setdiff1d(np.arange(len(lines)), kept)
        without = " without it" if len(left) and not named[left].any() else ""
        since = f", the first of {_month(self.rows['date'].iloc[left[0]])}" if len(left) else ""
        self.left = more(len(left)) + without + since
        self.rows, self.said = self.rows.iloc[kept], [self.said[n] for n in kept]
        y, height = stacked_rows([*lines[kept], *([1.0] if self.left else [])])
        self.y, self.height = y + _COLUMN_HEADS, height + _COLUMN_HEADS

    def draw(self, ax: Axes) -> None:
        ax.set(xlim=(0, self.inches), ylim=(self.height, 0), xticks=[], yticks=[])
        wide = _BOX * self.font
        for column, head in enumerate(("named", "left out")):
            middle = self.boxes + (column + 0.5) * wide
            ax.text(middle, _COLUMN_HEADS / 2, head, ha="center", va="center", color=QUIET_TEXT)
        if self.left:
            ax.text(0, self.y[-1], self.left, va="center", color=QUIET_TEXT)
        for row, said, at in zip(table_rows(self.rows), self.said, self.y, strict=False):
            hue = colour("emphasis") if row.strong else TEXT
            weight = "bold" if row.strong else "normal"
            column = 0 if row.named else 1
            _box(ax, row, self.boxes + (column + 0.225) * wide, at, 0.55 * wide)
            ax.text(
                self.boxes - 0.3 * self.font, at, _month(row.date), va="center", ha="right", color=hue, weight=weight
            )  # fmt: skip
            ax.text(self.words, at, said, va="center", color=hue, weight=weight, linespacing=1.05)


class _Blocks:
    """Regional occasions as blocks by year: above the line where it was named, below where it was left out."""

    head = f"{GROUPS['regional']}: named above the line, left out below"

    def __init__(self, rows: pd.DataFrame, size: str) -> None:
        self.rows = rows
        self.height = 0.0
        if rows.empty:
            return
        self.years = list(range(int(rows["year"].min()), int(rows["year"].max()) + 1))
        font = look_of(size)["font"]
        room = inches_across(None, size) * 72 * _BLOCK / len(self.years) / (0.53 * font) - 1
        self.names = [broken(str(place), max(4.0, room)) for place in rows["place"]]
        self.lines = max(name.count("\n") for name in self.names) + 1
        counts = rows.groupby(["year", "named"]).size().unstack(fill_value=0).reindex(columns=[True, False])
        self.most = counts.fillna(0).max().astype("int64")
        self.height = float((1.05 * self.lines + 0.35) * self.most.sum() + 1.2)

    def draw(self, ax: Axes) -> None:
        ax.axhline(0, color=TEXT, linewidth=pt(1))
        ahead = {(year, named): 0 for year in self.years for named in (True, False)}
        for row, name in zip(table_rows(self.rows), self.names, strict=True):
            number = ahead[row.year, row.named]
            ahead[row.year, row.named] += 1
            middle = (number + 0.5) * (1 if row.named else -1)
            _box(ax, row, self.years.index(row.year) - _BLOCK / 2, middle, _BLOCK, name, high=0.86)
        ax.set(
            xlim=(-0.5, len(self.years) - 0.5),
            ylim=(-self.most[False] - 0.05, self.most[True] + 0.05),
            yticks=[],
        )
        ax.set_xticks(range(len(self.years)), [str(year) for year in self.years])


def _box(
    ax: Axes, row: Any, left: float, middle: float, wide: float, words: str = "", high: float = 1.0
) -> None:
    """A box that says whether the subject was named, filled or empty, with words in it."""
    hue = colour("emphasis" if row.strong else "final")
    look: dict[str, Any] = {"facecolor": hue, "edgecolor": hue} if row.named else _MISSING
    gid = "named" if row.named else "left out"
    box = Rectangle((left, middle - high / 2), wide, high, linewidth=pt(1), gid=gid, **look)
    ax.add_patch(hover(box, f"{day_in_words(str(row.date))}: {row.event}"))
    if words:
        ax.text(
        left + wide / 2, middle, words, ha="center", va="center", linespacing=0.95,
        color="white" if row.named else QUIET_TEXT,
    )  # fmt: skip


def _emphasised(rows: pd.DataFrame, highlight: str | Iterable[str] | None) -> pd.Series:
    if highlight is not None:
        return highlighted(rows["actors"], highlight, rows["actors"])
    return rows["actors"].isin([_turned(rows)]) & (rows["list_group"] == "national")


def _turned(rows: pd.DataFrame) -> str:
    """The national body that named it and later left it out, the one with most occasions; empty where there is none."""
    national = rows[rows["list_group"] == "national"].dropna(subset="actors")
    both = national.groupby("actors", sort=False)["named"].agg(["nunique", "size", "first", "last"])
    both = both[(both["nunique"] == 2) & both["first"] & ~both["last"]]
    return "" if both.empty else str(both["size"].idxmax())


def _meaning(national: pd.DataFrame, highlight: str | Iterable[str] | None) -> str:
    """What the emphasis means."""
    who = list(dict.fromkeys(national.loc[national["strong"], "actors"]))
    if not who:
        return ""
    return f"Red: {', '.join(who)}" + (", which did the one and then the other" if highlight is None else "")


def _month(date: str) -> str:
    """The month of a date, in three letters, and its year."""
    return re.sub(r"^\d+ |(?<=[A-Z][a-z]{2})[a-z]+", "", day_in_words(date))


def _finding(rows: pd.DataFrame, about: str) -> str:
    group = "national" if (rows["list_group"] == "national").any() else "regional"
    who = {"national": "National bodies", "regional": "Provinces and cities"}[group]
    own = rows[rows["list_group"] == group]
    named = np.flatnonzero(own["named"])
    if not len(named):
        return (
            f"None of {counted(len(own), 'list')} found names {about}: all are of {who[0].lower()}{who[1:]}"
        )
    last = re.sub(r"^\d+ ", "", day_in_words(str(own["date"].iloc[named[-1]])))
    since = len(own) - named[-1] - 1
    if not since:
        return f"{who} still named {about} in {last}, the last occasion found"
    later = (
        "the one occasion found since leaves" if since == 1 else f"all {since} occasions found since leave"
    )
    return f"{who} last named {about} in {last}; {later} it out"


def _told(rows: pd.DataFrame) -> list[str]:
    """The counts of both groups, for the alt text."""
    return [
        f"{label}: {counted(int(own['named'].sum()), 'occasion')} with it, {int((~own['named']).sum())} without"
        for group, label in GROUPS.items()
        if len(own := rows[rows["list_group"] == group])
    ]
