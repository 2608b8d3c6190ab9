"""What governments do: a heat map of instruments by place, and how many documents promote, regulate or restrict."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..tables.needs import needs
from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .labels import embolden, label_bar_ends
from .marks import table_rows
from .palette import ARTICLE_PLACES, QUIET_TEXT, TEXT, colour, plain_colour, tint
from .style import SIZES, height_for, look_of
from .wording import number, several

LABEL_WIDTH = 2.6  # inches that the names of the instruments take in a notebook
_MATRIX = "charts.instrument_matrix"
COLUMN = 1.55  # widths of a column in font sizes
NOT_FULL = "No full text was read: what is not counted here was not seen, which does not mean absent."


@draws("instrument_matrix", "place_id place level")
def instrument_matrix(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Who uses what? Instruments by place: the darker, the more documents; the number stands in the cell.

    As many places as fit, those with the most documents first; the footer says how many are left out.

    Parameters
    ----------
    table : what `instrument_matrix` gave, or `instrument_counts`, by place. The cells have the labels of the schema,
        its groups, and which uses are restricted; the matrix has the codes only.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table is none of these, or has no use of an instrument.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.instrument_matrix(ma.instrument_matrix(ma.load(), level="province"))
    >>> "Sichuan" in [label.get_text() for label in ax.get_xticklabels()]
    True
    """
    counted = _counted(table, "instrument_matrix")
    rows = _cells(table, counted)
    if rows.empty:
        raise ValueError("the table has no use of an instrument, so there is nothing to draw")
    look = look_of(size)
    width = look["width"] - LABEL_WIDTH * look["font"] / SIZES["notebook"]["font"]
    places = rows.drop_duplicates("place_id")
    shown = places["place_id"].tolist()[: max(3, int(width * 72 / (look["font"] * COLUMN)))]
    lines = _lines(rows)
    names = places.set_index("place_id")["place"].loc[shown]
    upright = names.str.len().max() * look["font"] * 0.5 / 72  # inches: the names above the columns
    with axes_for(ax, size, height=height_for(len(lines), size, 0.8) + upright, grid=None) as ax:
        most = int(rows["number"].max())
        drawn = rows[rows["place_id"].isin(shown)]
        for row in table_rows(drawn):
            _draw_cell(ax, shown.index(row.place_id), lines[row.code], int(row.number), most, row.restrict)
        _name_rows(ax, rows, lines)
        ax.set_xticks(range(len(shown)), list(names), rotation=90)
        ax.tick_params(axis="x", top=False, labeltop=True, bottom=False, labelbottom=False, labelcolor=TEXT)
        _emphasise(ax, shown)
        ax.set(xlim=(-0.6, len(shown) - 0.4), ylim=(max(lines.values()) + 0.6, -0.9))
        left = len(places) - len(shown)
        more = f" Not drawn: {left} more places with fewer." if left else ""
        labels = [f"{row.label} in {row.place}" for row in table_rows(drawn)]
        what = "Heat map of instruments by place"
        frame(
            ax,
            title=_matrix_finding(rows, len(places)),
            subtitle=f"Number of {_words(counted)} in which an instrument was seen; darker is more",
            footer=NOT_FULL + more,
            drawn=drawn,
            alt=describe(list(drawn["number"]), labels, what, "documents"),
        )
    return ax


def _cells(table: pd.DataFrame, counted: str) -> pd.DataFrame:
    """One row per number: code, its label and how a sentence names it, group with its heading, restricted uses."""
    if "document_id" in table:
        raise ValueError(f'{_MATRIX} draws places: give it the table that was made by="place"')
    is_long = "instrument" in table or "instrument_group" in table
    rows = _of_counts(table) if is_long else _of_matrix(table, counted)
    rows = rows.assign(number=rows[counted], restrict=rows.get("restrict", 0))
    return rows[rows["number"] > 0]


def _of_counts(table: pd.DataFrame) -> pd.DataFrame:
    what = "instrument" if "instrument" in table else "instrument_group"
    columns = [what, f"{what}_label", "instrument_group", "instrument_group_label"]
    rows = needs(table, columns, given_by="instrument_counts", taker=_MATRIX)
    groups, label = rows["instrument_group_label"].str.capitalize(), rows[f"{what}_label"]
    if what == "instrument":
        return rows.assign(code=rows[what], label=label, said=label, heading=groups)
    return rows.assign(
        code=rows[what], label=groups, said="the group “" + groups.str.lower() + "”", heading=""
    )


def _of_matrix(table: pd.DataFrame, counted: str) -> pd.DataFrame:
    """The columns behind the number of documents are codes; the labels and groups of the schema aren't in a matrix."""
    after = list(table.columns).index(counted) + 1
    codes = [name for name in table.columns[after:] if name != "source_ids"]
    kept = [name for name in table.columns if name not in (counted, *codes)]
    rows = table.drop(columns=counted).melt(kept, codes, "code", counted, ignore_index=False)
    words = rows["code"].astype("str").str.replace("_", " ")
    return rows.assign(label=words, said=words, instrument_group="", heading="").sort_index(kind="stable")


def _counted(table: pd.DataFrame, chart: str) -> str:
    """What the numbers count: documents, or families of them."""
    counted = "families" if "families" in table else "documents"
    needs(table, [counted], given_by=chart, taker=f"charts.{chart}")
    return counted


def _words(counted: str) -> str:
    return "documents (a draft and its final count once)" if counted == "families" else "documents"


def _lines(rows: pd.DataFrame) -> dict[str, float]:
    """The row of each instrument: most used groups first, and within them most used instruments.

    Above the instruments of a group a row is free for its name.
    """
    uses = (
        rows.groupby(["code", "instrument_group", "heading"], sort=False)["number"]
        .sum()
        .reset_index(name="uses")
    )
    if not uses["heading"].any():
        uses = uses.sort_values("uses", ascending=False)
        return {code: float(line) for line, code in enumerate(uses["code"])}
    uses = uses.assign(whole=uses.groupby("instrument_group", sort=False)["uses"].transform("sum"))
    uses = uses.sort_values(["whole", "instrument_group", "uses"], ascending=[False, True, False])
    headings = (uses["instrument_group"] != uses["instrument_group"].shift()).cumsum()
    return dict(zip(uses["code"], np.arange(len(uses)) + headings.astype(float), strict=True))


def _draw_cell(ax: Axes, x: int, y: float, count: int, most: int, restricts: int) -> None:
    shade = 0.18 + 0.82 * (count - 1) / max(1, most - 1)
    edge = {"edgecolor": colour("restrict"), "linewidth": 2.0} if restricts else {"edgecolor": "white"}
    face = tint(colour("final"), shade)
    inside: dict[str, Any] = {"in_layout": False}  # never leaves the axes, so the layout need not measure it
    ax.add_patch(Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, facecolor=face, **edge, **inside))
    tone = "white" if shade > 0.5 else TEXT
    ax.text(x, y, str(count), ha="center", va="center_baseline", color=tone, **inside)


def _name_rows(ax: Axes, rows: pd.DataFrame, lines: dict[str, float]) -> None:
    names = rows.drop_duplicates("code").set_index("code")
    ticks = [(y, names["label"][code], False) for code, y in lines.items()]
    first: dict[str, float] = {}
    for code, y in lines.items():
        first.setdefault(names["heading"][code], y - 1)
    ticks += [(y, heading, True) for heading, y in first.items() if heading]
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


def _matrix_finding(rows: pd.DataFrame, places: int) -> str:
    spread = rows.groupby("code", sort=False).agg(places=("place_id", "nunique"), said=("said", "first"))
    top = spread.sort_values("places", ascending=False, kind="stable").iloc[0]
    levels = rows["level"].astype("str").unique()
    noun = several(levels[0]) if len(levels) == 1 else "places"
    return f"Most widespread: {top.said}, seen in {top.places} of {places} {noun}"


@draws("instrument_counts", "instrument instrument_label")
def instrument_counts(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """What do governments actually do? Documents per instrument, coloured by what they do with it.

    Parameters
    ----------
    table : what `instrument_counts` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `instrument_counts`, or has no use of an instrument.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.instrument_counts(ma.instrument_counts(ma.load(), by="instrument"))
    >>> ax.get_yticklabels()[0].get_text()
    'parks and clusters'
    """
    counted = _counted(table, "instrument_counts")
    needs(table, [f"all_{counted}"], given_by="instrument_counts", taker="charts.instrument_counts")
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
        ax.set_yticks(range(len(rows)), list(rows["instrument_label"]))
        ax.set(ylim=(len(rows) - 0.4, -0.6), xlim=(0, None))
        does = [f"{bars.get_label()} it" for bars in named]
        ax.legend(named, does, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(does), handlelength=1)
        said = f"Number of {_words(counted)} in which it was seen, of {number(rows[f'all_{counted}'].iloc[0])} in all"
        what = "Bar chart of documents by instrument"
        frame(
            ax,
            title=_stance_finding(rows, counted, stances),
            subtitle=said,
            footer=NOT_FULL,
            drawn=rows,
            alt=describe(list(rows[counted]), list(rows["instrument_label"]), what, "documents"),
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
    total, restrict = int(rows[stances].sum().sum()), int(rows["restrict"].sum())
    few = f"only {restrict}" if restrict else "none"
    return f"{first}; {few} of {number(total)} uses of an instrument restrict{'s' if restrict < 2 else ''} it"
