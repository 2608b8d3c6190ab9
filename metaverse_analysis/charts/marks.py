"""The marks that charts share: bars in blocks, bars made of parts, tiles, seats, keys, heads of columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from numbers import Integral
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from ..tables.names import plain
from .labels import embolden, label_bar_ends
from .palette import (
    ARTICLE_PLACES,
    ARTICLE_WORDS,
    GRID,
    QUIET_TEXT,
    TEXT,
    bar_style,
    colour,
    plain_colour,
    tint,
)
from .style import pt, rows_that_fit
from .wording import cut_label, listed, wrap_label

_WIDE_LEVELS = ("country", "province")
_HEADING, _BREAK, _GAP = 1.0, 0.35, 0.45  # in rows: a block's heading; before the cities; between blocks
_STEP = 0.68  # rows from one column head to the next
_TILE_LETTERS = 12  # in a line of a tile
DOUBTFUL = "listed or proposed, not confirmed"
LONGEST_NAME = 30  # characters on a line
NOT_ALL_NAMED = "Only those that sources name, never a full roll"


def is_emphasised(rows: pd.DataFrame) -> pd.Series:
    return rows["place_id"].isin(ARTICLE_PLACES)


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
        For what is in neither column; the message lists the names that are.

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
            f"nothing in this chart is called {' or '.join(map(repr, unknown))}: highlight one of {known}"
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


def is_wide(rows: pd.DataFrame) -> pd.Series:
    """Provinces and countries, as against places inside them."""
    return rows["level"].astype("str").isin(_WIDE_LEVELS)


def laid_out(rows: pd.DataFrame, value: str, block: str = "scope") -> tuple[pd.DataFrame, float]:
    """The rows with their position `y`, by block, provinces before cities, then by size; and the height in rows."""
    rows = rows.assign(wide=is_wide(rows)).sort_values(
        [block, "wide", value, "target_id"], ascending=[True, False, False, True], kind="stable"
    )
    new_block = (rows[block] != rows[block].shift()).cumsum()
    first_city = ~rows["wide"] & rows["wide"].groupby(new_block).shift(fill_value=False)
    y = pd.Series(range(len(rows)), rows.index, dtype=float)
    y += (new_block - 1) * (_HEADING + _GAP) + _HEADING + _BREAK * first_city.cumsum()
    return rows.assign(y=y), float(y.max() + 1) if len(rows) else 1.0


def draw_blocks(
    ax: Axes,
    rows: pd.DataFrame,
    value: str,
    *,
    labels: Sequence[str],
    names: Sequence[str],
    headings: dict[Any, str],
    block: str = "scope",
    upper: str | None = None,
) -> None:
    """Draw the laid-out rows: bars, their labels, the names at the left, a heading above each block."""
    emphasised = is_emphasised(rows)
    bars: list[Any] = []
    for row in table_rows(rows):
        hue = colour("emphasis") if row.place_id in ARTICLE_PLACES else plain_colour(str(getattr(row, block)))
        look = bar_style(hue, "draft" if row.status == "draft" else "final")
        if not row.wide and row.status != "draft":
            look["facecolor"] = tint(hue, 0.45)
        bars += ax.barh([row.y], [getattr(row, value)], height=0.74 if row.wide else 0.5, **look)
        top = getattr(row, upper) if upper else float("nan")
        if top > getattr(row, value):
            ax.barh(
                [row.y],
                [top - getattr(row, value)],
                left=[getattr(row, value)],
                height=0.3,
                color=tint(hue, 0.3),
            )
    tips = rows[value] if upper is None else rows[upper].fillna(rows[value])
    notes = label_bar_ends(ax, bars, list(labels), ends=list(tips))
    ax.set_yticks(list(rows["y"]), list(names))
    for tick, wide in zip(ax.get_yticklabels(), rows["wide"], strict=True):
        tick.set_color(TEXT if wide else QUIET_TEXT)
    embolden(ax.get_yticklabels(), emphasised)
    embolden(notes, emphasised)
    for code, part in rows.groupby(block, observed=True, sort=False):
        draw_heading(ax, float(part["y"].min()) - 0.9, headings[code], plain_colour(str(code)))
    ax.set(xlim=(0, None), ylim=(float(rows["y"].max()) + 0.6, -0.4))


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


def place_name(row: Any) -> str:
    """A province by its name, a place inside one with where it lies."""
    return row.place if row.wide or pd.isna(row.parent) else f"{row.place}, {row.parent}"


def wrapped(names: Sequence[str], width: int = 28) -> tuple[list[str], int]:
    """Names on lines that leave the bars room, and the number of lines of the longest."""
    lines = [wrap_label(name, width) for name in names]
    return lines, max((line.count("\n") + 1 for line in lines), default=1)


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


def stacked(
    ax: Axes,
    lengths: pd.DataFrame,
    looks: dict[str, dict[str, Any]],
    *,
    numbers: pd.DataFrame,
    narrowest: float,
    dark: Iterable[str],
    height: float,
) -> dict[str, Patch]:
    """Bars made of parts, one column of `lengths` each; gives a patch of each part for the key.

    A part at least `narrowest` long has its number in it, in white on the `dark` ones.
    """
    start = np.zeros(len(lengths))
    for name, look in looks.items():
        bars = ax.barh(range(len(lengths)), lengths[name], left=start, height=height, label=name, **look)
        words = [
            f"{number:.0f}" if length >= narrowest else ""
            for number, length in zip(numbers[name], lengths[name], strict=True)
        ]
        labels = ax.bar_label(bars, words, label_type="center", color="white" if name in dark else TEXT)
        for inside in (*bars, *labels):
            inside.set_in_layout(False)  # never leaves the axes, so the layout need not measure it
        start = start + lengths[name].to_numpy()
    return {name: Patch(**look) for name, look in looks.items()}


def tile_map(ax: Axes, rows: pd.DataFrame, margin: float) -> None:
    """Room for a square at each `grid_column` and `grid_row`, the first row on top, and nothing around them."""
    columns, lines = rows["grid_column"], rows["grid_row"]
    ax.set(
        xlim=(columns.min() - margin, columns.max() + margin),
        ylim=(lines.max() + margin, lines.min() - margin),
    )
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def tile(ax: Axes, row: Any, side: float, **look: Any) -> None:
    """The square of a place."""
    corner = (row.grid_column - side / 2, row.grid_row - side / 2)
    ax.add_patch(Rectangle(corner, side, side, **look))


def in_tile(ax: Axes, row: Any, drop: float, words: str, **look: Any) -> None:
    """Words in the square of a place, so far below its middle."""
    ax.text(row.grid_column, row.grid_row + drop, words, ha="center", va="center", **look)


def tile_name(ax: Axes, row: Any, drop: float, **look: Any) -> None:
    """The name of a place in its square, in bold for those of the article."""
    weight = "bold" if row.place_id in ARTICLE_PLACES else "normal"
    size = mpl.rcParams["font.size"] * 0.82
    in_tile(ax, row, drop, cut_label(row.place, _TILE_LETTERS), fontsize=size, fontweight=weight, **look)


def seat_style(confirmed: bool, disputed: bool = False, hue: str = "final") -> dict:
    """How a seat looks: solid if confirmed, hatched if only listed, an empty outline if disputed."""
    if disputed:
        return bar_style(colour("plain"), "announced")
    return bar_style(colour(hue), "final" if confirmed else "draft")


def seat_looks(confirmed: pd.Series, disputed: pd.Series, standing: pd.Series) -> str:
    """The looks of the seats that occur, in words: a sentence for the subtitle."""
    looks = {"solid": confirmed & ~disputed, "hatched": ~confirmed & ~disputed, "pale": disputed}
    said = {look: list(standing[which].unique()) for look, which in looks.items()}
    if len(said["hatched"]) > 1:
        said["hatched"] = [DOUBTFUL]
    words = [f"{look}: {' or '.join(kinds)}" for look, kinds in said.items() if kinds]
    sentence = "; ".join(words)
    return f"{sentence[:1].upper()}{sentence[1:]}"


def row_lines(names: list[str]) -> float:
    """The height of a row in lines so that no name reaches into its neighbour's: half of each must fit between."""
    lines = [name.count("\n") + 1 for name in names]
    most = max((one + next_one) / 2 for one, next_one in zip(lines, [*lines[1:], 1], strict=True))
    return max(1.0, 0.88 * most - 0.4)  # a row has some space of its own


def stairs_height(heads: list[str]) -> float:
    """The height of the stairs of column heads, in rows."""
    return _STEP * len(heads)


def stairs(ax: Axes, places: Iterable[float], heads: list[str], bottom: float = -0.45) -> None:
    """Column heads that read level: each a step lower than the one before it, with a line down to its column."""
    for number, (place, head) in enumerate(zip(places, heads, strict=True)):
        height = -0.55 - _STEP * (len(heads) - number - 0.5)
        ax.plot([place, place], [bottom, height - 0.3], color=GRID, linewidth=pt(1), zorder=0)
        ax.annotate(
            head,
            (place, height),
            xytext=(pt(4), 0),
            textcoords="offset points",
            va="center",
            color=QUIET_TEXT,
        )
