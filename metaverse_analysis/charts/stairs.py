"""A staircase of first moves: a row for each place, in the order in which it began, against the national plan."""

from __future__ import annotations

from typing import Any

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..measures.wording import day_in_words
from .hover import hover
from .labels import halo
from .marks import key_above, table_rows
from .palette import QUIET_TEXT, TEXT, colour, tint
from .rows import ONE_LINE
from .style import drawn_size, is_narrow, pt
from .wording import cut_label

LINES = 0.6  # of text in a row
HEAD = 1.8  # rows above the stairs, for the words at the plan's line
_NARROW = 20  # characters of a name on a phone
_RANKS = ("country", "province", "city", "district", "zone")
_DARK = ("country", "province")  # others are quiet


def rank_of(levels: pd.Series) -> pd.Series:
    """0 for the widest level, and so on; levels of another industry's own come last."""
    order = {level: place for place, level in enumerate(_RANKS)}
    return levels.astype("str").map(order).fillna(len(order)).astype("int64")


def shades(rows: pd.DataFrame) -> list[str]:
    """The colour of each place: dark for provinces, or the emphasis."""
    return [
        colour("emphasis" if row.emphasised else "final" if str(row.level) in _DARK else "quiet")
        for row in table_rows(rows)
    ]


def draw_stairs(ax: Axes, rows: pd.DataFrame, plan: pd.Timestamp | None) -> None:
    """Draw the first moves.

    Parameters
    ----------
    rows : `y`; `place`, `level`, `emphasised`; `day` of the first issued document (its last possible one) and the
        `earliest` it may be of; `draft`, the day of a draft before it. One of the days may be missing.
    plan : the day of the national plan. Names stand to the left of places before it, so that its line is free.
    """
    hues, letters = shades(rows), _NARROW if is_narrow(drawn_size()) else ONE_LINE
    for row, hue in zip(table_rows(rows), hues, strict=True):
        known = [day for day in (row.draft, row.earliest, row.day) if pd.notna(day)]
        _draw_move(ax, row, hue)
        late = plan is not None and max(known) >= plan
        ax.annotate(
            cut_label(row.place, letters, 1), (max(known) if late else min(known), row.y),
            xytext=(pt(7 if late else -7), 0),
            textcoords="offset points", ha="left" if late else "right", va="center_baseline",
            color=hue if row.emphasised else TEXT, weight="bold" if row.emphasised else "normal", annotation_clip=False,
            path_effects=halo(), gid="name",
        )  # fmt: skip


def _draw_move(ax: Axes, row: Any, hue: str) -> None:
    """A dot for what is issued, a pale bar of the days it may be of, a hollow dot for a draft, joined to it."""
    dot: dict[str, Any] = {"s": pt(6.5) ** 2, "linewidth": pt(1.4), "edgecolor": hue, "zorder": 4}
    if pd.notna(row.day):
        if row.earliest < row.day:
            span = mdates.date2num([row.earliest, row.day])
            look: dict[str, Any] = {
                "facecolor": tint(hue, 0.5),
                "edgecolor": hue,
                "linewidth": pt(0.8),
                "zorder": 2,
            }
            bar = ax.barh([row.y], [span[1] - span[0]], left=[span[0]], height=0.26, **look)
            hover(bar, f"{row.place}: {_day(row.earliest)} to {_day(row.day)}")
        if pd.notna(row.draft):
            ax.plot([row.draft, row.day], [row.y] * 2, color=hue, linewidth=pt(1.4), zorder=3)
        issued = ax.scatter([row.day], [row.y], color=hue, gid="issued", **dot)
        hover(issued, f"{row.place}: issued by {_day(row.day)}")
    if pd.notna(row.draft):
        drafted = ax.scatter([row.draft], [row.y], color="white", gid="draft", **dot)
        hover(drafted, f"{row.place}: drafted or announced by {_day(row.draft)}")


def _day(day: pd.Timestamp) -> str:
    return day_in_words(f"{day:%Y-%m-%d}")


def draw_key(ax: Axes, rows: pd.DataFrame, hollow: str, later: bool = False) -> None:
    """What the marks other than a plain dot mean, of those that there are.

    Parameters
    ----------
    hollow : what a hollow dot is.
    later : whether small dots are drawn.
    """
    hue = colour("quiet")
    dot: dict[str, Any] = {"linestyle": "", "marker": "o", "markeredgecolor": hue}
    open_dot = Line2D([], [], markerfacecolor="white", markersize=pt(6.5), markeredgewidth=pt(1.4), **dot)
    span = Patch(facecolor=tint(hue, 0.5), edgecolor=hue, linewidth=pt(0.8))
    small = Line2D([], [], markerfacecolor=hue, markersize=pt(4), **dot)
    marks = [
        (hollow, open_dot, rows["draft"].notna().any()),
        ("day unknown", span, (rows["earliest"] < rows["day"]).any()),
        ("later documents", small, later),
    ]
    there = [(mark, words) for words, mark, is_there in marks if is_there]
    if there:
        wide = 2 if is_narrow(drawn_size()) else len(there)
        key_above(
            ax, [mark for mark, _ in there], [words for _, words in there], columns=min(wide, len(there))
        )


def draw_plan(ax: Axes, day: pd.Timestamp, written: str, top: float, height: float) -> None:
    """The line of the national plan through the stairs, its words above them on the left."""
    ax.vlines(mdates.date2num(day), top, height, color=TEXT, linewidth=pt(1.2), zorder=1, gid="plan")
    ax.annotate(
        f"National plan,\n{day_in_words(written)}", (day, top), xytext=(-pt(5), 0), textcoords="offset points",
        ha="right", va="top", color=QUIET_TEXT, linespacing=1.05, path_effects=halo(),
    )  # fmt: skip


def dress_time(ax: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Years below, no scale of height."""
    slack = (last - first) * 0.01 + pd.Timedelta(days=20)
    ax.set(xlim=(first - slack, last + slack), yticks=[])
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set(visible=True, color=QUIET_TEXT)
    every = 2 if is_narrow(drawn_size()) and last.year - first.year > 2 else 1
    ax.xaxis.set_major_locator(mdates.YearLocator(every))
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    ax.tick_params(axis="x", which="major", length=pt(4), color=QUIET_TEXT)
