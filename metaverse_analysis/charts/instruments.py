"""What governments do: a heat map of instruments by place, and how many documents promote, regulate or restrict."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .footers import describe, frame, set_alt_text
from .labels import embolden, label_bar_ends
from .palette import ARTICLE_PLACES, QUIET_TEXT, TEXT, colour, plain_colour, tint
from .style import SIZES, axes_for, height_for
from .wording import number

LABEL_WIDTH = 2.6  # inches that the names of the instruments take in a notebook
COLUMN = 1.55  # widths of a column in font sizes
NOT_FULL = (
    "No full text was read: what is not counted here was not seen, which does not mean absent. "
    "Sources: instrument_details names the pages behind each number."
)


def instrument_matrix(
    cells: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Axes:
    """Who uses what? Instruments by place: the darker, the more documents; the number stands in the cell.

    As many places as fit, those with the most documents first; the footer says how many are left out.

    Parameters
    ----------
    cells : what `instrument_cells` gave, by place.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.instrument_matrix(ma.instrument_cells(ma.load(), level="province", roll_up=True))
    >>> "Sichuan" in [label.get_text() for label in ax.get_xticklabels()]
    True
    """
    if cells.empty:
        raise ValueError("the table has no use of an instrument, so there is nothing to draw")
    counted = "families" if "families" in cells else "documents"
    what = "instrument" if "instrument" in cells else "group"
    rows = cells.assign(
        label=cells.instrument_label if what == "instrument" else cells.group_label.str.capitalize()
    )
    width = SIZES[size]["width"] - LABEL_WIDTH * SIZES[size]["font"] / SIZES["notebook"]["font"]
    places = rows.drop_duplicates("place_id")
    shown = places.place_id.tolist()[: max(3, int(width * 72 / (SIZES[size]["font"] * COLUMN)))]
    lines = _lines(rows, what)
    names = places.set_index("place_id").place.loc[shown]
    upright = (
        names.str.len().max() * SIZES[size]["font"] * 0.5 / 72
    )  # inches that the names above the columns take
    with axes_for(ax, size, height=height_for(len(lines), size, 0.8) + upright, grid=None) as ax:
        most = int(rows[counted].max())
        drawn = rows[rows.place_id.isin(shown)]
        for row in drawn.itertuples():
            x, y = shown.index(row.place_id), lines[getattr(row, what)]
            _draw_cell(ax, x, y, int(getattr(row, counted)), most, getattr(row, "restrict", 0))
        _name_rows(ax, rows, lines, what)
        ax.set_xticks(range(len(shown)), list(names), rotation=90)
        ax.tick_params(axis="x", top=False, labeltop=True, bottom=False, labelbottom=False, labelcolor=TEXT)
        _emphasise(ax, shown)
        ax.set(xlim=(-0.6, len(shown) - 0.4), ylim=(max(lines.values()) + 0.6, -0.9))
        finding = _matrix_finding(rows, counted, len(places))
        said = f"Number of {_words(counted)} in which an instrument was seen; darker is more"
        left = len(places) - len(shown)
        more = f" Not drawn: {left} more places with fewer." if left else ""
        frame(ax, title=title or finding, subtitle=subtitle or said, footer=footer or NOT_FULL + more)
        labels = [f"{row.label} in {row.place}" for row in drawn.itertuples()]
        set_alt_text(
            ax,
            describe(list(drawn[counted]), labels, "Heat map of instruments by place", "documents", finding),
        )
    return ax


def _words(counted: str) -> str:
    return "documents (a draft and its final count once)" if counted == "families" else "documents"


def _lines(rows: pd.DataFrame, what: str) -> dict[str, float]:
    """The row of each instrument: most used groups first, and within them most used instruments.

    Above the instruments of a group a row is free for its name.
    """
    uses = rows.groupby([what, "group"] if what == "instrument" else ["group"], sort=False)[
        _counted(rows)
    ].sum()
    size = uses.reset_index(name="size").rename(columns={what: "code"})
    if what == "group":
        return {
            code: float(place) for place, code in enumerate(size.sort_values("size", ascending=False).code)
        }
    total = size.groupby("group", sort=False)["size"].transform("sum")
    size = size.assign(total=total).sort_values(["total", "group", "size"], ascending=[False, True, False])
    headings = (size.group != size.group.shift()).cumsum()
    return dict(zip(size.code, np.arange(len(size)) + headings.astype(float), strict=True))


def _counted(rows: pd.DataFrame) -> str:
    return "families" if "families" in rows else "documents"


def _draw_cell(ax: Axes, x: int, y: float, count: int, most: int, restricts: int) -> None:
    shade = 0.18 + 0.82 * (count - 1) / max(1, most - 1)
    edge = {"edgecolor": colour("restrict"), "linewidth": 2.0} if restricts else {"edgecolor": "white"}
    face = tint(colour("final"), shade)
    inside: dict[str, Any] = {"in_layout": False}  # never leaves the axes, so the layout need not measure it
    ax.add_patch(Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, facecolor=face, **edge, **inside))
    tone = "white" if shade > 0.5 else TEXT
    ax.text(x, y, str(count), ha="center", va="center_baseline", color=tone, **inside)


def _name_rows(ax: Axes, rows: pd.DataFrame, lines: dict[str, float], what: str) -> None:
    labels = rows.drop_duplicates(what).set_index(what)
    ticks = [(y, labels.label[code], False) for code, y in lines.items()]
    if what == "instrument":
        first: dict[str, float] = {}
        for code, y in lines.items():
            first.setdefault(labels.group_label[code], y - 1)
        ticks += [(y, name.capitalize(), True) for name, y in first.items()]
    ticks.sort()
    ax.set_yticks([y for y, _, _ in ticks], [name for _, name, _ in ticks])
    embolden(ax.get_yticklabels(), [bold for _, _, bold in ticks])
    for tick, (_, _, bold) in zip(ax.get_yticklabels(), ticks, strict=True):
        tick.set_color(TEXT if bold else QUIET_TEXT)
    ax.spines[:].set_visible(False)


def _emphasise(ax: Axes, shown: list[str]) -> None:
    flags = [place in ARTICLE_PLACES for place in shown]
    embolden(ax.get_xticklabels(), flags)
    for tick, flag in zip(ax.get_xticklabels(), flags, strict=True):
        if flag:
            tick.set_color(colour("emphasis"))


def _matrix_finding(rows: pd.DataFrame, counted: str, places: int) -> str:
    what = "instrument" if "instrument" in rows else "group"
    spread = rows.groupby(what, sort=False).agg(places=("place_id", "nunique"), label=("label", "first"))
    top = spread.sort_values("places", ascending=False, kind="stable").iloc[0]
    label = f"the group “{top.label.lower()}”" if what == "group" else top.label
    words = {
        "province": "provinces",
        "city": "cities",
        "district": "districts",
        "zone": "zones",
        "country": "countries",
    }
    levels = rows.level.astype("str").unique()
    noun = words.get(levels[0], "places") if len(levels) == 1 else "places"
    return f"Most widespread: {label}, seen in {top.places} of {places} {noun}"


def instrument_stances(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Axes:
    """What do governments actually do? Documents per instrument, coloured by what they do with it.

    Parameters
    ----------
    table : what `instrument_stances` gave.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.instrument_stances(ma.instrument_stances(ma.load()))
    >>> ax.get_yticklabels()[0].get_text()
    'parks and clusters'
    """
    counted = _counted(table)
    rows = table[table[counted] > 0].sort_values(
        [counted, "instrument"], ascending=[False, True], ignore_index=True
    )
    if rows.empty:
        raise ValueError("the table has no use of an instrument, so there is nothing to draw")
    columns = list(rows.columns)
    stances = columns[columns.index(counted) + 1 : columns.index(f"all_{counted}")]
    with axes_for(ax, size, height=height_for(len(rows), size, 0.75)) as ax:
        left, named = np.zeros(len(rows)), []
        for stance in stances:
            hue = plain_colour(stance)
            bars = ax.barh(range(len(rows)), rows[stance], left=left, height=0.74, color=hue, label=stance)
            left += rows[stance].to_numpy()
            if rows[stance].any():
                named.append(bars)
        label_bar_ends(ax, bars, [_bar_words(row, counted, stances) for _, row in rows.iterrows()])
        ax.set_yticks(range(len(rows)), list(rows.instrument_label))
        ax.set(ylim=(len(rows) - 0.4, -0.6), xlim=(0, None))
        does = [f"{bars.get_label()} it" for bars in named]
        ax.legend(named, does, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(does), handlelength=1)
        finding = _stance_finding(rows, counted, stances)
        said = f"Number of {_words(counted)} in which it was seen, of {number(rows[f'all_{counted}'].iloc[0])} in all"
        frame(
            ax,
            title=title or finding,
            subtitle=subtitle or said,
            footer=footer or NOT_FULL,
        )
        what = "Bar chart of documents by instrument"
        set_alt_text(
            ax, describe(list(rows[counted]), list(rows.instrument_label), what, "documents", finding)
        )
    return ax


def _bar_words(row: pd.Series, counted: str, stances: list[str]) -> str:
    """The count; where not all promote, what the others do."""
    others = [f"{row[stance]} {stance}" for stance in stances if stance != "promote" and row[stance]]
    return f"{row[counted]}" + (f" ({', '.join(others)})" if others else "")


def _stance_finding(rows: pd.DataFrame, counted: str, stances: list[str]) -> str:
    top = rows.iloc[0]
    every = number(top[f"all_{counted}"])
    first = f"Most frequent: {top.instrument_label}, in {number(top[counted])} of {every} documents"
    if "restrict" not in stances:
        return first
    total, restrict = int(rows[stances].sum().sum()), int(rows.restrict.sum())
    few = f"only {restrict}" if restrict else "none"
    return f"{first}; {few} of {number(total)} uses of an instrument restrict{'s' if restrict < 2 else ''} it"
