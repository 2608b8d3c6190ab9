"""Does a city promise more than its province? Each place's promise on top of that of the place around it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .labels import embolden, label_bar_ends
from .marks import draw_heading, table_rows, wrapped
from .palette import ARTICLE_PLACES, QUIET_TEXT, TEXT, bar_style, colour, tint
from .style import height_for
from .wording import hedged, listed, number

_BLOCKS = {True: "Same scope, measure and year", False: "Not the same quantity: a question, not a finding"}
_HEADING, _GAP = 1.0, 0.5


@draws(
    "nesting",
    """target_id place scope_label status qualifier parent_place_id parent_place parent_level parent_qualifier
    differs""",
    numbers="amount_cny_bn parent_amount_cny_bn share_of_parent_pct",
    whole="target_year parent_target_year distance",
    flags="exceeds_parent same_topic same_scope same_measure same_year like_for_like",
)
def nesting(pairs: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """A place's promised market size (dark) over that of the place around it (light), like for like set apart.

    Each target stands beside the one target of the nearest place above that is most like it; pairs of different
    topics, with a whole country, without a share, or of a scope that is a bag of unlike things are left out. Of the
    pairs that are not like for like, those are drawn in which the place inside promises at least as much.

    Parameters
    ----------
    pairs : what `nesting` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `nesting`, or has no pair to draw.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.nesting(ma.nesting(ma.load()))
    >>> any("Zhengzhou" in label.get_text() for label in ax.get_yticklabels())
    True
    """
    rows = _chosen(pairs)
    if rows.empty:
        raise ValueError(
            "no place in this table has a target inside another place that has one: nothing to draw"
        )
    height = float(rows["y"].max()) + 1
    names, lines = wrapped([f"{row.place} in {row.parent_place}" for row in table_rows(rows)])
    with axes_for(ax, size, height=height_for(height, size, lines=lines)) as ax:
        outer = ax.barh(rows["y"], rows["parent_amount_cny_bn"], height=0.8, **_outer_look())
        for row in table_rows(rows):
            look = bar_style(colour("child"), "draft" if row.status == "draft" else "final")
            ax.barh([row.y], [row.amount_cny_bn], height=0.36, **look)
        tips = rows[["amount_cny_bn", "parent_amount_cny_bn"]].max(axis="columns")
        notes = label_bar_ends(ax, outer, [_label(row) for row in table_rows(rows)], ends=list(tips))
        embolden(notes, rows["exceeds_parent"] & rows["like_for_like"])
        ax.set_yticks(list(rows["y"]), names)
        for tick, parent in zip(ax.get_yticklabels(), rows["parent_place_id"], strict=True):
            tick.set_color(colour("emphasis") if parent in ARTICLE_PLACES else TEXT)
        for like, part in rows.groupby("like_for_like", sort=False):
            draw_heading(ax, float(part["y"].min()) - 0.9, _BLOCKS[bool(like)], QUIET_TEXT)
        ax.set(xlim=(0, None), ylim=(height - 0.4, -0.4))
        words = "Promised market size, billion yuan. Narrow bar: the place itself; grey: the place around it"
        frame(
            ax,
            title=_finding(rows),
            subtitle=words,
            footer=_footer(rows),
            drawn=rows,
            alt=describe(list(rows["share_of_parent_pct"]), names, "Bars of nested promises", "percent"),
        )
    return ax


def _outer_look() -> dict[str, Any]:
    return {"facecolor": tint(colour("parent"), 0.18), "edgecolor": tint(colour("parent"), 0.18)}


def _chosen(pairs: pd.DataFrame) -> pd.DataFrame:
    """One pair per target, most alike first, with its position from the top."""
    known = (
        pairs["amount_cny_bn"].notna()
        & pairs["parent_amount_cny_bn"].notna()
        & pairs["share_of_parent_pct"].notna()
    )
    plain = (
        (pairs["parent_level"] != "country") & pairs["same_topic"] & ~pairs["differs"].str.contains("things")
    )
    keys = ["like_for_like", "same_scope", "same_measure", "same_year", "distance", "share_of_parent_pct"]
    rows = pairs[known & plain].sort_values(
        keys, ascending=[False, False, False, False, True, False], kind="stable"
    )
    rows = rows.drop_duplicates("target_id")
    rows = rows[rows["like_for_like"] | (rows["share_of_parent_pct"] >= 100)]
    rows = rows.sort_values(
        ["like_for_like", "share_of_parent_pct", "target_id"], ascending=[False, False, True]
    )
    unlike = ~rows["like_for_like"]
    y = pd.Series(range(len(rows)), rows.index, dtype=float) + _HEADING
    both = bool(unlike.any()) and not bool(unlike.all())
    return rows.assign(y=y + (_HEADING + _GAP) * (unlike & both))


def _label(row: Any) -> str:
    own = hedged(row.amount_cny_bn, None, _words(row.qualifier))
    other = hedged(row.parent_amount_cny_bn, None, _words(row.parent_qualifier))
    draft = ", draft" if row.status == "draft" else ""
    if row.like_for_like:
        return f"{own} against {other}: {number(row.share_of_parent_pct, 0)}%{draft} ({row.scope_label})"
    if not row.same_year:
        own, other = f"{own} {_year(row.target_year)}", f"{other} {_year(row.parent_target_year)}"
    notes = [f"other {name}" for name in row.differs.split(", ") if name in ("scope", "measure")]
    return f"{own} beside {other}{draft}" + "".join(f", {note}" for note in notes)


def _year(year: Any) -> str:
    return "in no year" if pd.isna(year) else f"in {year}"


def _words(qualifier: str) -> str:
    return "exact" if qualifier == "range" else qualifier


def _finding(rows: pd.DataFrame) -> str:
    over = rows[rows["like_for_like"] & rows["exceeds_parent"]]
    if over.empty:
        return "Like for like, no place promises more than the one around it"
    top = over.iloc[0]
    times = "twice" if top.share_of_parent_pct == 200 else f"{number(top.share_of_parent_pct / 100)} times"
    draft = "'s draft" if top.status == "draft" else ""
    others = [place for place in over["place"].unique() if place != top.place]
    also = f"; so do {listed(others)} in theirs" if others else ""
    return f"{top.place}{draft} promises {times} what all of {top.parent_place} does{also}"


def _footer(rows: pd.DataFrame) -> str:
    words = (
        " Hatched: a draft; no final with the figure is known." if (rows["status"] == "draft").any() else ""
    )
    return f"Each target stands beside the most similar one of the place around it.{words}"
