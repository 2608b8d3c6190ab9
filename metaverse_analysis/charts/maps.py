"""A tile map: a square for each province, shaded by its part of a sum. No borders are drawn."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from .blocks import first_upper, listed
from .outcomes import key_above, table_rows
from .palette import ARTICLE_PLACES, QUIET_TEXT, TEXT, colour, search_style, tint
from .style import axes_for, describe, frame, halo, height_for, number, set_alt_text
from .text import cut_label

_LONGEST = 12  # letters in a line of a tile
_STATES = {
    "inside_only": "only a city's target",
    "other_target": "a target of another scope or year",
    "plan_only": "a plan, no market size",
    "adjacent_only": "related documents only",
    "none_found": "searched, none found",
    "not_searched": "not searched",
}


def total_map(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Axes:
    """China as tiles, shaded by each province's part of a sum; what has no part shows what is known of it instead.

    Takes `total_map`. Provinces with no square on the grid are left out.
    """
    rows = table.dropna(subset=["grid_column", "grid_row"])
    if rows.empty:
        raise ValueError(
            "no place in this table has a square on the map (grid_column, grid_row): nothing to draw"
        )
    finding = title or _finding(rows)
    lines = int(rows["grid_row"].max() - rows["grid_row"].min()) + 1
    with axes_for(ax, size, height=height_for(lines, size, lines=3.2), grid=None) as ax:
        top = float(rows["amount_cny_bn"].max())
        for row in table_rows(rows):
            _tile(ax, row, top)
        low, high = float(rows["grid_row"].min()), float(rows["grid_row"].max())
        ax.set(
            xlim=(rows["grid_column"].min() - 0.55, rows["grid_column"].max() + 0.55),
            ylim=(high + 0.55, low - 0.55),
        )
        ax.set_xticks([])
        ax.set_yticks([])
        for spine in ax.spines.values():
            spine.set_visible(False)
        _key(ax, rows)
        words = (
            f"{rows['scope_label'].iloc[0]} by {rows['year'].iloc[0]}, billion yuan; each yuan counted once"
        )
        frame(ax, title=finding, subtitle=subtitle or words[:1].upper() + words[1:], footer=footer or _FOOTER)
        what = "Tile map of China's provinces by promised market size"
        amounts = rows["amount_cny_bn"].astype(float)
        set_alt_text(ax, describe(list(amounts), list(rows["place"]), what, "billion yuan", finding))
    return ax


_FOOTER = (
    "Amounts without their hedges (about, over). None found means that a search found nothing, not that there is "
    "nothing. Tiles stand for provinces, not for their area."
)


def _shade(share: float) -> str:
    return tint(colour("parent"), 0.25 + 0.75 * share)


def _look(state: str, share: float = 1.0) -> dict[str, Any]:
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
    x, y, has = row.grid_column, row.grid_row, pd.notna(row.amount_cny_bn)
    share = row.amount_cny_bn / top if has and top > 0 else 0.0
    ax.add_patch(Rectangle((x - 0.47, y - 0.47), 0.94, 0.94, **_look(row.state, share)))
    if row.state == "inside_only":
        ax.add_patch(Rectangle((x - 0.47, y + 0.02), 0.94, 0.45, color=_shade(share)))
    on_fill = "white" if share > 0.35 else TEXT
    hue = on_fill if row.state == "own_target" else (TEXT if has else QUIET_TEXT)
    look: dict[str, Any] = {"ha": "center", "va": "center"}
    scale = mpl.rcParams["font.size"]
    named = row.place_id in ARTICLE_PLACES
    about: dict[str, Any] = {
        "weight": "bold" if named else "normal",
        "path_effects": halo() if row.state == "not_searched" else [],
    }
    name = cut_label(row.place, _LONGEST)
    ax.text(x, y - (0.15 if has else 0), name, fontsize=0.82 * scale, color=hue, **about, **look)
    if has:
        amount = number(row.amount_cny_bn) + ("+" if row.or_more else "")
        ax.text(x, y + 0.25, amount, fontsize=0.95 * scale, weight="bold", color=on_fill, **look)
    if named:
        outline: dict[str, Any] = {"fill": False, "edgecolor": colour("emphasis"), "linewidth": 2.2}
        ax.add_patch(Rectangle((x - 0.47, y - 0.47), 0.94, 0.94, **outline))


def _key(ax: Axes, rows: pd.DataFrame) -> None:
    """What the tiles without a figure of their own mean, above the grid."""
    there = [state for state in _STATES if (rows["state"] == state).any()]
    handles = [
        _half_square(_shade(0.5)) if state == "inside_only" else Patch(**_look(state, 0.5)) for state in there
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


def _finding(rows: pd.DataFrame) -> str:
    part = rows[rows["amount_cny_bn"].notna()]
    total = float(part["amount_cny_bn"].sum())
    if part.empty:
        return "No province has a target of this scope and year"
    more = " or more" if part["or_more"].any() else ""
    top = part.sort_values("amount_cny_bn", ascending=False, kind="stable")["place"].head(2)
    share = part["amount_cny_bn"].nlargest(2).sum() / total
    who = f"{number(total)} billion yuan{more} promised, in {len(part)} of {len(rows)} provinces"
    return who if len(part) < 3 else f"{who}, {share:.0%} of it in {listed(list(top))}"
