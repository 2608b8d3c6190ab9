"""What charts share: emphasis, folded rows, names of rows, keys, headings, tiles, seats."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..tables.names import plain
from .labels import embolden
from .palette import (
    ARTICLE_PLACES,
    ARTICLE_WORDS,
    TEXT,
    bar_style,
    colour,
)
from .style import rows_that_fit
from .wording import listed

DOUBTFUL = "listed, proposed or named by one outlet alone"
NOT_ALL_NAMED = "Only those that sources name, never a full roll"


def highlighted(ids: pd.Series, highlight: str | Iterable[str] | None, names: pd.Series) -> pd.Series:
    """Which rows of a chart are emphasised.

    Parameters
    ----------
    ids, names : of the rows, such as `table["place_id"]` and `table["place"]`.
    highlight : ids or names, one or several, in any case; [] for none, None for the article's two provinces.

    Returns
    -------
    True and false, in the order and with the index of `ids`.

    Raises
    ------
    ValueError
        For what is in neither column; the message lists the names that are. A known place without a row is refused,
        too: a chart knows its table alone, and an emphasis that isn't there would make another picture of it.

    Examples
    --------
    >>> highlighted(pd.Series(["CN-SC", "CN-HA"]), "Henan", pd.Series(["Sichuan", "Henan"])).tolist()
    [False, True]
    """
    if highlight is None:
        return ids.isin(ARTICLE_PLACES)
    wanted = [highlight] if isinstance(highlight, str) else list(highlight)
    if not all(isinstance(one, str) for one in wanted):
        raise ValueError(f"highlight takes names or ids, [] for none; it was given {highlight!r}")
    forms = {column: values.astype("str").map(plain) for column, values in (("id", ids), ("name", names))}
    there = {*forms["id"], *forms["name"]}
    if unknown := [one for one in wanted if plain(one) not in there]:
        known = ", ".join(dict.fromkeys(names.dropna().astype("str")))
        raise ValueError(
            f"nothing in this chart is called {' or '.join(map(repr, unknown))}: leave it out, highlight one of "
            f"{known}, or [] for none"
        )
    chosen = {plain(one) for one in wanted}
    return forms["id"].isin(chosen) | forms["name"].isin(chosen)


def emphasis_words(strong: pd.Series, highlight: str | Iterable[str] | None, names: pd.Series) -> str:
    """What the emphasis means, for a subtitle: "red: Henan and Hubei"; empty where nothing is emphasised.

    Parameters
    ----------
    strong : what `highlighted` gave of the rows that are drawn.
    highlight, names : as for `highlighted`.

    Examples
    --------
    >>> emphasis_words(pd.Series([True, False]), ["Henan"], pd.Series(["Henan", "Hubei"]))
    'red: Henan'
    """
    if not strong.any():
        return ""
    said = list(dict.fromkeys(names[strong].astype("str")))
    if highlight is None:
        return f"red: {ARTICLE_WORDS}"
    return f"red: {listed(said) if len(said) < 5 else f'{len(said)} of them'}"


def fold(
    rows: pd.DataFrame, top: int | None, size: str = "notebook", *, lines: float = 1, other: float = 0
) -> tuple[pd.DataFrame, int]:
    """The first rows, as many as asked for or as fit the size, and how many are left; say "and 11 more" of them.

    Parameters
    ----------
    rows : in the order in which they are drawn.
    top : how many; None for as many as fit.
    lines : of text in a row.
    other : how many rows' height is taken by something else (headings, a second panel).

    Raises
    ------
    ValueError
        If `top` is no whole number from 1.

    Examples
    --------
    >>> rows, left = fold(pd.DataFrame({"place": ["A", "B", "C"]}), 2)
    >>> len(rows), left, more(left)
    (2, 1, 'and 1 more')
    """
    if top is not None and (isinstance(top, bool) or not isinstance(top, Integral) or top < 1):
        raise ValueError(
            f"top is how many rows are drawn, 1 or more, or None for as many as fit; not {top!r}"
        )
    room = max(1, int(rows_that_fit(size, lines) - other))
    if top is None:  # the words "and 11 more" take a row, too
        top = len(rows) if len(rows) <= room else max(1, room - 1)
    return rows.head(int(top)), max(0, len(rows) - int(top))


def more(left: int, what: str = "") -> str:
    """What stands for the rows that were folded: "and 11 more", "and 11 more places"; empty for none."""
    return f"and {left:,} more {what}".strip() if left else ""


def name_rows(
    ax: Axes,
    y: Iterable[float],
    names: Iterable[str],
    *,
    above: bool = False,
    bold: Iterable[bool] | None = None,
    colours: Iterable[str] | None = None,
    lift: float | Iterable[float] = 0.5,
    fontsize: float | None = None,
) -> None:
    """The names of the rows: at the left of their bars, or above them where a chart is narrow (`is_narrow(size)`).

    Parameters
    ----------
    y : where the bars stand.
    above : above the bars, `lift` rows over their middle; count a line more for each row then.
    fontsize : in points; by default the size's.
    """
    y, names = list(y), list(names)
    heavy = list(bold) if bold is not None else [False] * len(names)
    hues = list(colours) if colours is not None else [TEXT] * len(names)
    lifts = np.broadcast_to(np.asarray(lift), len(names))
    font = fontsize or mpl.rcParams["font.size"]
    ax.set_yticks(y, ["" if above else name for name in names], fontsize=font)
    if not above:
        embolden(ax.get_yticklabels(), heavy)
        for tick, hue in zip(ax.get_yticklabels(), hues, strict=True):
            tick.set_color(hue)
        return
    for at, up, name, is_bold, hue in zip(y, lifts, names, heavy, hues, strict=True):
        ax.annotate(
            name, (0, at - up), xycoords=ax.get_yaxis_transform(), va="center", ha="left", color=hue,
            weight="bold" if is_bold else "normal", fontsize=font, annotation_clip=False,
        )  # fmt: skip


def draw_heading(ax: Axes, y: float, words: str, hue: str) -> None:
    pad = mpl.rcParams["font.size"] * 0.25
    ax.annotate(
        words,
        (0, y),
        xytext=(pad, 0),
        textcoords="offset points",
        va="center",
        ha="left",
        color=hue,
        weight="bold",
    )


def table_rows(table: pd.DataFrame) -> list[Any]:
    """The rows, each with its columns as attributes."""
    return list(table.itertuples(index=False))


def key_above(
    ax: Axes, handles: list[Any], words: list[str], columns: int | None = None, **look: Any
) -> None:
    """What the marks mean, between the subtitle and the chart."""
    close = {
        "frameon": False,
        "borderaxespad": 0,
        "handlelength": 1,
        "handletextpad": 0.5,
        "columnspacing": 1.4,
    }
    ax.legend(
        handles, words, loc="lower left", bbox_to_anchor=(0, 1), ncols=columns or len(words), **close | look
    )


def tile_map(ax: Axes, rows: pd.DataFrame, margin: float) -> None:
    """Room for a square at each `grid_column` and `grid_row`, the first row on top, and nothing around them."""
    columns, lines = rows["grid_column"], rows["grid_row"]
    ax.set(
        xlim=(columns.min() - margin, columns.max() + margin),
        ylim=(lines.max() + margin, lines.min() - margin),
    )
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def tile(ax: Axes, row: Any, side: float, **look: Any) -> Rectangle:
    """Draw the square of a place."""
    corner = (row.grid_column - side / 2, row.grid_row - side / 2)
    square = Rectangle(corner, side, side, **look)
    ax.add_patch(square)
    return square


def in_tile(ax: Axes, row: Any, drop: float, words: str, **look: Any) -> None:
    """Words in the square of a place, so far below its middle."""
    ax.text(row.grid_column, row.grid_row + drop, words, ha="center", va="center", **look)


def seat_style(confirmed: bool, disputed: bool = False, hue: str = "final") -> dict:
    """How a seat looks: solid if confirmed, hatched if only listed, an empty outline if disputed."""
    if disputed:
        return bar_style(colour("plain"), "announced")
    return bar_style(colour(hue), "final" if confirmed else "draft")
