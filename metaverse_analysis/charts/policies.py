"""How fast places took the subject up."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ..measures.wording import day_in_words
from ..tables.dates import last_day
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .labels import direct_label, halo
from .palette import ARTICLE_PLACES, QUIET_TEXT, colour, plain_colour, tint
from .wording import a_policy, in_order, listed, on_subject, several, subject

_DAY = pd.Timedelta(days=1)


@draws(
    "adoption",
    "stage level place_id place first_day last_day plan_date order_to_plan source_ids",
    numbers="share_pct",
    whole="number searched",
    flags="dated",
)
def adoption(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """How many places have a metaverse policy, through time? One line of steps per level, drafts as hollow marks.

    A line counts each place from the last day that its date may mean; the pale band above it, from the first. A
    hollow mark is the first draft of a place, at the height that the line of its level has then.

    Parameters
    ----------
    table : what `adoption` gave; several levels below each other with `pandas.concat`.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `adoption`, or has no dated, issued document.

    Examples
    --------
    >>> import metaverse_analysis as ma, pandas as pd
    >>> ds = ma.load()
    >>> ax = ma.charts.adoption(pd.concat([ma.adoption(ds, level=level) for level in ("province", "city")]))
    >>> len(ax.get_lines()) >= 2
    True
    """
    issued = table[(table["stage"] == "issued") & table["dated"]]
    if issued.empty:
        raise ValueError("no dated, issued document is in the table: give adoption(ds, level=...)")
    start, end = table["first_day"].min() - 30 * _DAY, table["last_day"].max() + 45 * _DAY
    levels = in_order(issued["level"])
    drafts = table[(table["stage"] == "draft") & table["dated"] & table["level"].isin(levels)]
    with axes_for(ax, size, grid="y") as ax:
        heights = []
        for level in levels:
            mine, first = issued[issued["level"] == level], drafts[drafts["level"] == level]
            heights.append(_draw_steps(ax, mine, first, plain_colour(level), start, end))
        labels = [_level_words(issued[issued["level"] == level]) for level in levels]
        direct_label(ax, end, heights, labels)
        top = max(heights) * 1.14
        _draw_plan(ax, issued, top)
        _name_article(ax, issued)
        ax.set(xlim=(start, end), ylim=(0, top))
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.xaxis.set_major_locator(mdates.YearLocator())
        ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
        said = (
            f"Places with an issued policy document{on_subject(table)}, cumulative. Pale band: the date may be "
            "earlier. Hollow: a first draft"
        )
        frame(
            ax,
            title=_adoption_finding(issued, levels),
            subtitle=said,
            footer=_adoption_footer(table),
            drawn=pd.concat([issued, drafts]),
            alt=[f"Step lines of {len(levels)} levels", TITLE, *labels],
        )
    return ax


def _draw_steps(
    ax: Axes, rows: pd.DataFrame, drafts: pd.DataFrame, hue: str, start: pd.Timestamp, end: pd.Timestamp
) -> int:
    """The line of one level, its band, and the drafts; returns the height at the end."""
    days = [start, *rows["last_day"], end]
    height = [0, *rows["number"].astype(int), int(rows["number"].max())]
    early = [start, *rows["first_day"].sort_values(), end]
    edges = pd.DatetimeIndex(sorted({*days, *early}))
    low = np.array(height)[np.searchsorted(pd.DatetimeIndex(days), edges, "right") - 1]
    high = np.searchsorted(pd.DatetimeIndex(early[1:-1]), edges, "right")
    ax.fill_between(edges, low, high, step="post", color=tint(hue, 0.3), linewidth=0, zorder=1)
    ax.step(days, height, where="post", color=hue, linewidth=2.2, zorder=2)
    at = np.array(height)[
        np.searchsorted(pd.DatetimeIndex(days), pd.DatetimeIndex(drafts["last_day"]), "right") - 1
    ]
    ax.scatter(
        drafts["last_day"], at, s=mpl.rcParams["font.size"] * 3.4, color="white", edgecolor=hue, zorder=3
    )
    return height[-1]


def _level_words(rows: pd.DataFrame) -> str:
    level, number = str(rows["level"].iloc[0]), int(rows["number"].max())
    words = level if number == 1 else several(level)
    if rows["searched"].notna().any():
        share = rows["share_pct"].max()
        return f"{number} {words},\n{share:.0f}% of {int(rows['searched'].iloc[0])} searched"
    return f"{number} {words}"


def _draw_plan(ax: Axes, rows: pd.DataFrame, top: float) -> None:
    written = rows["plan_date"].dropna().unique()
    if len(written):
        day = last_day(pd.Series(written)).iloc[0]
        ax.axvline(day, color=colour("plain"), linewidth=1.2, zorder=0)
        note = ax.annotate(
            f"National plan,\n{day_in_words(written[0])}",
            (day, top),
            xytext=(-5, 0),
            textcoords="offset points",
        )
        note.set(ha="right", va="top", color=QUIET_TEXT, path_effects=halo())


def _name_article(ax: Axes, rows: pd.DataFrame) -> None:
    """The two places of the article, on the line of their level."""
    row: Any
    for row in rows[rows["place_id"].isin(ARTICLE_PLACES)].itertuples():
        hue = colour("emphasis")
        ax.scatter([row.last_day], [row.number], s=mpl.rcParams["font.size"] * 3, color=hue, zorder=4)
        note = ax.annotate(row.place, (row.last_day, row.number), xytext=(5, -5), textcoords="offset points")
        note.set(ha="left", va="top", color=hue, fontweight="bold", path_effects=halo())


def _adoption_finding(rows: pd.DataFrame, levels: list[str]) -> str:
    parts = []
    for level in levels:
        mine = rows[rows["level"] == level]
        words = _level_words(mine).split("\n")[0].split(" ", 1)[1].rstrip(",")
        parts.append(f"{int((mine['order_to_plan'] == 'before').sum())} of {len(mine)} {words}")
    if rows["plan_date"].isna().all():
        return f"{len(rows)} places have {a_policy(rows)}"
    return f"{listed(parts)} moved before the nation did"


def _adoption_footer(table: pd.DataFrame) -> str:
    undated = int((~table["dated"] & (table["stage"] == "issued")).sum())
    more = f" Not drawn: {undated} without a date." if undated else ""
    whose = f" whose subject is {subject(table)}" if subject(table) else ""
    return (
        f"Government documents in effect{whose}; no announcements, parks or association papers. "
        f"A share only where all places of a level were searched; none found is not none.{more}"
    )
