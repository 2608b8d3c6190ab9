"""The sum that can be defended: its steps and what is not in it, and its parts on a map of tiles without borders."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from ..measures.standing import reason_words
from ..measures.totals import Total
from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .labels import embolden, halo, label_bar_ends
from .marks import in_tile, is_emphasised, key_above, table_rows, tile, tile_map, tile_name, wrapped
from .palette import ARTICLE_PLACES, QUIET_TEXT, TEXT, bar_style, colour, search_style, tint
from .style import height_for
from .wording import first_upper, hedged, listed, number, wrap_label

_MOST_LEFT_OUT = 15
_BREAK = 1.4  # rows between the sum and what is not in it
_SIDE = 0.94  # of a tile
_STATES = {
    "inside_only": "only a city's target",
    "other_target": "a target of another scope or year",
    "plan_only": "a plan, no market size",
    "adjacent_only": "related documents only",
    "none_found": "searched, none found",
    "not_searched": "not searched",
}
_MAP_FOOTER = (
    "Amounts without their hedges (about, over). None found means that a search found nothing, not that there is "
    "nothing. Tiles stand for provinces, not for their area."
)


@draws("add_up", Total)
def total(result: Total, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """The sum that can be defended, step by step, and below it what is not in it, with the reasons.

    Parameters
    ----------
    result : what `add_up` gave. Of what is left out the largest are drawn, and the others counted.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If it is no sum, or one with nothing in it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> targets = ma.market_targets(ma.load(), scope="metaverse_related", year=2025)
    >>> ax = ma.charts.total(ma.add_up(targets, scope="metaverse_related", year=2025))
    >>> "Sum" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    if result.included.empty:
        raise ValueError("this total has nothing in it: there is no sum to draw")
    inside, outside = result.included, result.excluded.head(_MOST_LEFT_OUT)
    rows = len(inside) + 1 + len(outside) + _BREAK * bool(len(outside))
    at = [*range(len(inside) + 1), *(len(inside) + 1 + _BREAK + i for i in range(len(outside)))]
    names, lines = wrapped([*inside["place"], "Sum", *outside["place"]])
    left_out = zip(table_rows(outside), reason_words(outside, others=False), strict=True)
    reasons = [_left_out_words(row, reason) for row, reason in left_out]
    lines = max(lines, *(words.count("\n") + 1 for words in ["", *reasons]))
    with axes_for(ax, size, height=height_for(rows, size, lines=lines)) as ax:
        _draw_steps(ax, inside, result)
        if len(outside):
            _draw_left_out(ax, outside, at[len(inside) + 1 :], reasons, len(result.excluded))
        ax.set_yticks(at, names)
        embolden(ax.get_yticklabels(), [*is_emphasised(inside), True, *[False] * len(outside)])
        for tick in ax.get_yticklabels()[len(inside) + 1 :]:
            tick.set_color(QUIET_TEXT)
        ax.xaxis.set_major_formatter(lambda value, _: number(value))
        ax.set(xlim=(0, None), ylim=(max(at) + 0.6, -0.6))
        what = f"Promised {result.measure.replace('_', ' ')} by {result.year}, billion yuan"
        frame(
            ax,
            title=_finding(result),
            subtitle=f"{what}; one scope, one year, one measure",
            footer=_footer(result),
            drawn=pd.concat([inside, outside]),
            alt=describe(
                list(inside["amount_cny_bn"]), list(inside["place"]), "Steps of a sum", "billion yuan"
            ),
        )
    return ax


def _more(result: Total) -> str:
    return " or more" if result.or_more else ""


def _finding(result: Total) -> str:
    amount = f"{number(result.amount_cny_bn)} billion yuan{_more(result)}"
    return f"Promises of {result.scope_label} for {result.year} add up to {amount}, each yuan counted once"


def _draw_steps(ax: Axes, inside: pd.DataFrame, result: Total) -> None:
    """Each bar starts where the one above it ends; the last is the sum."""
    ends = inside["amount_cny_bn"].cumsum()
    bars: list[Any] = []
    labels = []
    for i, row in enumerate(table_rows(inside.assign(end=ends))):
        hue = colour("emphasis" if row.place_id in ARTICLE_PLACES else "final")
        look = bar_style(hue, "draft" if row.status == "draft" else "final")
        bars += ax.barh([i], [row.amount_cny_bn], left=[row.end - row.amount_cny_bn], height=0.74, **look)
        ax.vlines(row.end, i, i + 1, color=colour("plain"), linewidth=0.8, zorder=1)
        labels.append(_amount(row) + (", draft" if row.status == "draft" else ""))
    embolden(label_bar_ends(ax, bars, labels), is_emphasised(inside))
    whole = ax.barh([len(inside)], [result.amount_cny_bn], height=0.74, color=colour("final"))
    label_bar_ends(ax, whole, [number(result.amount_cny_bn) + _more(result)], weight="bold")


def _draw_left_out(ax: Axes, outside: pd.DataFrame, at: list[float], labels: list[str], count: int) -> None:
    heading = "Not in the sum" + (f": {count}, of which the largest" if count > len(outside) else "")
    look: dict[str, Any] = {"va": "center", "weight": "bold", "color": QUIET_TEXT}
    ax.annotate(heading, (0, at[0] - 0.95), xytext=(3, 0), textcoords="offset points", **look)
    grey = colour("plain")
    amounts = outside["amount_cny_bn"].fillna(0)
    bars = ax.barh(at, amounts, height=0.5, facecolor=tint(grey, 0.15), edgecolor=grey, linewidth=0.8)
    label_bar_ends(ax, bars, labels, color=QUIET_TEXT)


def _left_out_words(row: Any, reason: str) -> str:
    """The amount and the reason, without the ids, which the table has."""
    amount = "" if pd.isna(row.amount_cny_bn) else _amount(row) + ": "
    return wrap_label(amount + reason, 52)


def _amount(row: Any) -> str:
    return hedged(row.amount_cny_bn, row.amount_max_cny_bn, row.qualifier)


def _footer(result: Total) -> str:
    alone = len(result.drafts_alone)
    words = f" Of the places in the sum, {alone} only have a draft." if alone else ""
    meaning = "Amounts as the documents set them; they don't define the scope alike."
    return f"A place inside another one that is in the sum doesn't count again.{words} {meaning}"


@draws(
    "total_by_province",
    "place_id place state scope_label",
    numbers="amount_cny_bn",
    whole="grid_column grid_row target_year",
    flags="or_more",
)
def total_map(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """China as tiles, shaded by each province's part of a sum; what has no part shows what is known of it instead.

    Parameters
    ----------
    table : what `total_by_province` gave. Provinces with no square on the grid are left out.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `total_by_province`, or no place in it has a square.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> targets = ma.market_targets(ds, scope="metaverse_related", year=2025)
    >>> ax = ma.charts.total_map(ma.total_by_province(ds, ma.add_up(targets, scope="metaverse_related", year=2025)))
    >>> "Sichuan" in [text.get_text() for text in ax.texts]
    True
    """
    rows = table.dropna(subset=["grid_column", "grid_row"])
    if rows.empty:
        raise ValueError(
            "no place in this table has a square on the map (grid_column, grid_row): nothing to draw"
        )
    lines = int(rows["grid_row"].max() - rows["grid_row"].min()) + 1
    with axes_for(ax, size, height=height_for(lines, size, lines=3.2), grid=None) as ax:
        top = float(rows["amount_cny_bn"].max())
        for row in table_rows(rows):
            _tile(ax, row, top)
        tile_map(ax, rows, 0.55)
        _map_key(ax, rows)
        words = f"{rows['scope_label'].iloc[0]} by {rows['target_year'].iloc[0]}, billion yuan; each yuan counted once"
        what = "Tile map of China's provinces by promised market size"
        frame(
            ax,
            title=_map_finding(rows),
            subtitle=first_upper(words),
            footer=_MAP_FOOTER,
            drawn=rows,
            alt=describe(list(rows["amount_cny_bn"]), list(rows["place"]), what, "billion yuan"),
        )
    return ax


def _shade(share: float) -> str:
    return tint(colour("parent"), 0.25 + 0.75 * share)


def _tile_look(state: str, share: float = 1.0) -> dict[str, Any]:
    """A tile filled by its part of the sum; outlined where only its lower half is, for what lies inside; else quiet."""
    if state == "own_target":
        return {"facecolor": _shade(share), "edgecolor": _shade(share), "linewidth": 1.0}
    if state == "inside_only":
        return {"facecolor": "white", "edgecolor": _shade(share), "linewidth": 1.0}
    if state in ("none_found", "not_searched"):
        return search_style(state)
    quiet = tint(colour("plain"), {"other_target": 0.45, "plan_only": 0.28}.get(state, 0.12))
    return {"facecolor": quiet, "edgecolor": quiet, "linewidth": 1.0}


def _tile(ax: Axes, row: Any, top: float) -> None:
    has = pd.notna(row.amount_cny_bn)
    share = row.amount_cny_bn / top if has and top > 0 else 0.0
    tile(ax, row, _SIDE, **_tile_look(row.state, share))
    if row.state == "inside_only":
        corner = (row.grid_column - _SIDE / 2, row.grid_row + 0.02)
        ax.add_patch(Rectangle(corner, _SIDE, 0.45, color=_shade(share)))
    on_fill = "white" if share > 0.35 else TEXT
    hue = on_fill if row.state == "own_target" else (TEXT if has else QUIET_TEXT)
    dots_behind = halo() if row.state == "not_searched" else []
    tile_name(ax, row, -0.15 if has else 0, color=hue, path_effects=dots_behind)
    if has:
        amount = number(row.amount_cny_bn) + ("+" if row.or_more else "")
        size = 0.95 * mpl.rcParams["font.size"]
        in_tile(ax, row, 0.25, amount, fontsize=size, weight="bold", color=on_fill)
    if row.place_id in ARTICLE_PLACES:
        tile(ax, row, _SIDE, fill=False, edgecolor=colour("emphasis"), linewidth=2.2)


def _map_key(ax: Axes, rows: pd.DataFrame) -> None:
    """What the tiles without a figure of their own mean, above the grid."""
    there = [state for state in _STATES if (rows["state"] == state).any()]
    handles = [
        _half_square(_shade(0.5)) if state == "inside_only" else Patch(**_tile_look(state, 0.5))
        for state in there
    ]
    if handles:
        key_above(ax, handles, [first_upper(_STATES[state]) for state in there], columns=2)


def _half_square(hue: str) -> Line2D:
    """A square whose lower half is filled, as the tiles are of what lies inside a province."""
    size = 0.8 * mpl.rcParams["font.size"]
    look: dict[str, Any] = {
        "fillstyle": "bottom",
        "markerfacecolor": hue,
        "markeredgecolor": hue,
        "markerfacecoloralt": "white",
    }
    return Line2D([], [], linestyle="none", marker="s", markersize=size, **look)


def _map_finding(rows: pd.DataFrame) -> str:
    part = rows[rows["amount_cny_bn"].notna()]
    total = float(part["amount_cny_bn"].sum())
    if part.empty:
        return "No province has a target of this scope and year"
    more = " or more" if part["or_more"].any() else ""
    top = part.sort_values("amount_cny_bn", ascending=False, kind="stable")["place"].head(2)
    who = f"{number(total)} billion yuan{more} promised, in {len(part)} of {len(rows)} provinces"
    if len(part) < 3 or not total:
        return who
    share = part["amount_cny_bn"].nlargest(2).sum() / total
    return f"{who}, {share:.0%} of it in {listed(list(top))}"
