"""How fast places took the subject up, level by level."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..tables.dates import last_day
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .labels import halo
from .marks import emphasis_words, highlighted
from .rows import room_for
from .stairs import HEAD, LINES, draw_key, draw_plan, draw_stairs, dress_time
from .style import height_for
from .wording import a_policy, counted, first_upper, in_order, listed, several, subject

_HEADING, _BETWEEN = 1.2, 0.8  # rows: of a level's heading, and above it
_FEWEST = 3  # places of a further level
_TOP = HEAD + 0.8  # rows above the first level, for the words at the plan's line


@draws(
    "adoption",
    "stage level place_id place first_day last_day plan_date order_to_plan source_ids",
    numbers="share_pct",
    whole="number searched",
    flags="dated",
)
def adoption(
    table: pd.DataFrame,
    *,
    highlight: str | list[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """How fast did it spread? A staircase for each level: its places in the order of their first policy.

    A dot stands at the last day that the date may mean, a pale bar reaches back to the first; a hollow dot is a draft.
    The line is the national plan. The head of a level says how many places of it there are, and what share of those
    searched that is.

    Parameters
    ----------
    table : what `adoption` gave; several levels below each other with `pandas.concat`.
    highlight : places to emphasise, by id or name; None: those of the article, []: none.
    top : draw so many places of each level, the earliest; None: as many as there is room for.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

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
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "level"]
    ['Provinces: 8, 24% of 33 searched', 'Cities: 9, and 1 undated']
    """
    dated = table[table["dated"]]
    issued = dated[dated["stage"] == "issued"]
    moves = issued if len(issued) else dated[dated["stage"] == "draft"]
    if moves.empty:
        raise ValueError("no dated document is in the table: give adoption(ds, level=...)")
    levels = in_order(moves["level"])
    rows, height = _laid_out(moves, levels, top, room_for(ax, size, LINES) - _TOP)
    rows = rows.assign(emphasised=highlighted(rows["place_id"], highlight, rows["place"]))
    rows = _with_days(rows, dated)
    undated = table[~table["dated"] & (table["stage"] == moves["stage"].iloc[0])]
    written = moves["plan_date"].dropna()
    day = None if written.empty else last_day(written.head(1)).iloc[0]
    with axes_for(ax, size, height=height_for(height + _TOP, size, LINES), grid=None) as ax:
        draw_stairs(ax, rows, day)
        if rows["day"].notna().any():
            draw_key(ax, rows, "its draft")
        for level, part in rows.groupby("level", sort=False):
            _draw_heading(
                ax, float(part["y"].min()) - _HEADING, _level_words(moves[moves["level"] == level], undated)
            )
        days = pd.concat([rows["draft"], rows["earliest"], rows["day"], pd.Series([day])]).dropna()
        dress_time(ax, days.min(), days.max())
        ax.set_ylim(height - 0.2, -_TOP)
        if day is not None:
            draw_plan(ax, day, written.iloc[0], -_TOP, height - 0.2)
        frame(
            ax,
            title=_finding(table, levels),
            subtitle=_subtitle(table, rows, highlight),
            notes=_notes(table),
            drawn=dated[dated["place_id"].isin(rows["place_id"])],
            alt=[
                f"Dots in {counted(len(levels), 'staircase')}, a row for each of {counted(len(rows), 'place')}",
                TITLE,
                *[_level_words(moves[moves["level"] == level], undated) for level in levels],
            ],
        )
    return ax


def _laid_out(
    moves: pd.DataFrame, levels: list[str], top: int | None, room: float
) -> tuple[pd.DataFrame, float]:
    """The first places of each level, block below block, the earliest at the top; and the height in rows.

    Where there is no room for all, the widest level has all of its places and the others what is left.
    """
    blocks: list[pd.DataFrame] = []
    y = 0.0
    for level in levels:
        head = _HEADING + (_BETWEEN if blocks else 0)
        block = moves[moves["level"] == level].head(max(0, int(room - y - head)) if top is None else top)
        if blocks and top is None and len(block) < min(_FEWEST, int((moves["level"] == level).sum())):
            continue
        block = block if len(block) else moves[moves["level"] == level].head(1)
        y += head
        blocks.append(block.assign(y=[y + place for place in range(len(block))]))
        y += len(block)
    return pd.concat(blocks, ignore_index=True), y


def _with_days(rows: pd.DataFrame, dated: pd.DataFrame) -> pd.DataFrame:
    """The days that the stairs draw; a draft's only if its date can't be that of the final."""
    drafts = dated[dated["stage"] == "draft"].drop_duplicates("place_id").set_index("place_id")
    issued = rows["stage"] == "issued"
    rows = rows.assign(
        day=rows["last_day"].where(issued),
        earliest=rows["first_day"].where(issued),
        draft=drafts["last_day"].reindex(rows["place_id"]).array,
    )
    return rows.assign(draft=rows["draft"].mask(rows["draft"] > rows["earliest"]))


def _draw_heading(ax: Axes, y: float, words: str) -> None:
    ax.annotate(
        words, (0, y), xycoords=ax.get_yaxis_transform(), ha="left", va="center", weight="bold", gid="level",
        path_effects=halo(), annotation_clip=False,
    )  # fmt: skip


def _level_words(rows: pd.DataFrame, undated: pd.DataFrame) -> str:
    level, number = str(rows["level"].iloc[0]), int(rows["number"].max())
    words = f"{first_upper(level if number == 1 else several(level))}: {number}"
    if rows["searched"].notna().any() and rows["stage"].iloc[0] == "issued":
        words += f", {rows['share_pct'].max():.0f}% of {int(rows['searched'].iloc[0])} searched"
    without = undated.loc[undated["level"] == level, "place_id"].nunique()
    return words + (f", and {without} undated" if without else "")


def _finding(table: pd.DataFrame, levels: list[str]) -> str:
    issued = table[table["stage"] == "issued"]
    if issued.empty:
        n = table["place_id"].nunique()
        return f"{counted(n, 'place')} {'proposes' if n == 1 else 'propose'} {a_policy(table)}, none has issued one"
    if issued["plan_date"].isna().all():
        n = int(issued["dated"].sum())
        return f"{counted(n, 'place')} {'has' if n == 1 else 'have'} {a_policy(table)}"
    parts = []
    for level in levels:
        mine = issued[issued["level"] == level]
        words = level if len(mine) == 1 else several(level)
        parts.append(f"{int((mine['order_to_plan'] == 'before').sum())} of {len(mine)} {words}")
    was = "was" if len(issued) == 1 else "were"
    open_ = issued["level"].isin(levels) & (issued["order_to_plan"] == "unknown")
    return f"{'At least ' if open_.any() else ''}{listed(parts)} with {a_policy(table)} {was} ahead of the nation"


def _subtitle(table: pd.DataFrame, rows: pd.DataFrame, highlight: Any) -> str:
    left = int(((table["stage"] == rows["stage"].iloc[0]) & table["dated"]).sum()) - len(rows)
    said = [
        f"First {'issued policy' if rows['day'].notna().any() else 'draft'} of each place",
        f"Not drawn: {counted(left, 'more place')}" if left else "",
        first_upper(emphasis_words(rows["emphasised"], highlight, rows["place"])),
    ]
    return ". ".join(filter(None, said))


def _notes(table: pd.DataFrame) -> str:
    whose = f" whose subject is {subject(table)}" if subject(table) else ""
    said = [
        f"Government documents in effect{whose}; no announcements, parks or association papers. A share is given only "
        "where all places of a level were searched; none found is not none."
    ]
    undated = table[~table["dated"] & (table["stage"] == "issued")]
    if len(undated):
        said.append(f"Not drawn, without a date: {listed(list(undated['place'].drop_duplicates()))}.")
    return " ".join(said)
