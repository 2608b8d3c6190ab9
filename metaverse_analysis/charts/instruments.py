"""What governments do: which instruments are seen where, and how many policies promote, regulate or restrict."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..tables.needs import needs
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .labels import embolden
from .lists import (
    LETTER,
    NOT_FULL,
    counted_column,
    first_and_strong,
    height_around,
    inches_across,
    lines_that_fit,
)
from .marks import emphasis_words, highlighted, more, table_rows
from .palette import GRID, TEXT, colour
from .style import look_of, pt
from .wording import cut_label, listed, several

_MATRIX = "charts.instrument_matrix"
_ROW, _HEADING, _TIER = (
    1.3,
    0.4,
    1.1,
)  # lines of text: a row, what a heading adds, one level of the heads of columns
_COLUMN = 1.5  # font sizes: the narrowest column
_NAMES = 0.4  # of the width: the most that names take
_USUAL = 14  # instruments
_FEW = 3  # instruments: places with fewer have no column, where others have more


@draws("instrument_matrix", "place_id place level", flags="rolled_up", counts=True)
def instrument_matrix(
    table: pd.DataFrame,
    *,
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """Which instruments are seen where? A dot wherever a policy of the place uses one.

    Instruments are rows, by group, the most widespread first; places are columns, those with most instruments first, as
    many as fit, without those of one or two. A hollow dot is an instrument that the policies there only regulate or
    restrict. The last row says how many instruments are seen in each place, also those that have no row.

    Parameters
    ----------
    table : what `instrument_matrix` gave, or `instrument_counts`, by place. The counts have the labels of the schema,
        its groups, and which uses are restricted; the matrix has the codes only.
    highlight : ids or names of places to emphasise; [] for none. By default the article's two provinces.
    top : how many instruments are drawn, the most widespread ones, without their groups unless these are all; by
        default fourteen, or as many as fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

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
    >>> counts = ma.instrument_counts(ma.load(), level="province", roll_up=True, count="families")
    >>> ax = ma.charts.instrument_matrix(counts)
    >>> "Sichuan" in [text.get_text() for text in ax.texts]
    True
    """
    counted = counted_column(table, "instrument_matrix")
    rows = _cells(table, counted)
    if rows.empty:
        raise ValueError("the table has no use of an instrument, so there is nothing to draw")
    rows = rows.assign(strong=highlighted(rows["place_id"], highlight, rows["place"]))
    places = _places(rows)
    words = {
        "title": _matrix_finding(rows, places),
        "subtitle": _matrix_words(table, rows, emphasis_words(rows["strong"], highlight, rows["place"])),
    }
    grid = _Grid(rows, places, ax, size)
    grid.keep(lines_that_fit(size, ax, **words), top)
    with axes_for(ax, size, height=height_around(grid.height, size, **words), grid=None) as drawn_on:
        grid.draw(drawn_on)
        frame(
            drawn_on,
            **words,
            notes=_matrix_notes(counted, rows),
            drawn=rows,
            alt=["Dots for the instruments seen in each place", TITLE, *_told(rows, places)],
        )
    return drawn_on


class _Grid:
    """The rows and columns of the matrix, and where they stand, in lines of text from the top."""

    def __init__(self, rows: pd.DataFrame, places: pd.DataFrame, ax: Axes | None, size: str) -> None:
        font = look_of(size)["font"] / 72
        self.inches = inches_across(ax, size)
        self.letters = int(self.inches * _NAMES / (LETTER * font))
        self.spread = _spread(rows)
        longest = self.spread["label"].map(lambda name: len(cut_label(name, self.letters, 1))).max()
        room = self.inches - (longest + 5) * LETTER * font
        usual = int((places["kinds"] >= _FEW).sum()) or len(places)
        head = places["place"].str.len().max() * LETTER * font * 1.25
        across = room - max(0.0, head / 2 - 2 * _COLUMN * font)  # half a long head stands out on the right
        self.places = first_and_strong(places, max(2, min(usual, int(across / (_COLUMN * font)))))
        self.rows = rows[rows["place_id"].isin(self.places["place_id"])]
        widest = self.places["place"].str.len().max() * LETTER * font * 1.25
        self.tiers = min(len(self.places), max(1, int(np.ceil(widest / (room / len(self.places))))))
        self.left, self.height = 0, 0.0

    def keep(self, room: float, top: int | None) -> None:
        """Keep the most widespread instruments that fit; where some are left out, the groups aren't told."""
        room -= self.tiers * _TIER + 0.5 + _ROW  # with the row of all
        headings = self.spread["heading"].nunique() * (_ROW + _HEADING) * self.spread["heading"].any()
        whole = len(self.spread) * _ROW + headings
        usual = len(self.spread) if len(self.spread) <= _USUAL + 1 else _USUAL
        if whole <= room and (usual if top is None else top) >= len(self.spread):
            kept = self.spread
        else:
            n = min(usual, int(room / _ROW) - 1) if top is None else min(top, len(self.spread))
            kept = self.spread.sort_values(["places", "label"], ascending=[False, True]).head(max(1, n))
            kept = kept.assign(heading="")
        self.left = len(self.spread) - len(kept)
        heading = kept["heading"].ne("") & kept["heading"].ne(kept["heading"].shift())
        steps = _ROW + heading * (_ROW + _HEADING)
        self.kept = kept.assign(y=self.tiers * _TIER + 0.3 + steps.cumsum() - _ROW / 2, first=heading)
        self.height = float(self.kept["y"].max() + _ROW * (1.5 + bool(self.left)))

    def draw(self, ax: Axes) -> None:
        bottom = float(self.kept["y"].max())
        for x, place in enumerate(table_rows(self.places)):
            y = (x % self.tiers + 0.5) * _TIER
            hue = colour("emphasis") if place.strong else GRID
            ax.plot([x, x], [y + 0.6, bottom + 0.4], color=hue, linewidth=pt(1), zorder=0)
            ax.text(
                x, y, place.place, ha="center", va="center", color=colour("emphasis") if place.strong else TEXT,
                weight="bold" if place.strong else "normal",
            )  # fmt: skip
        lines = dict(zip(self.kept["code"], self.kept["y"], strict=True))
        order = {place: x for x, place in enumerate(self.places["place_id"])}
        plain = colour("quiet" if self.places["strong"].any() else "final")
        for row in table_rows(self.rows[self.rows["code"].isin(lines)]):
            hue = colour("emphasis") if row.strong else plain
            face, gid = ("white", "hollow") if row.hollow else (hue, "dot")
            dot = ax.plot(
                [order[row.place_id]], [lines[row.code]], "o", color=hue, markersize=pt(8), gid=gid,
                markerfacecolor=face, markeredgewidth=pt(1.6), in_layout=False,
            )  # fmt: skip
            limit = ", only regulated or restricted" if row.hollow else ""
            hover(dot, f"{row.place}: {row.label}{limit}")
        last = bottom + _ROW * (1 + bool(self.left))
        for x, place in enumerate(table_rows(self.places)):
            hue = colour("emphasis") if place.strong else TEXT
            ax.text(
                x, last, f"{place.kinds}", ha="center", va="center_baseline", color=hue, weight="bold", gid="in all"
            )  # fmt: skip
        ticks = [(row.y, cut_label(row.label, self.letters, 1), False) for row in table_rows(self.kept)]
        ticks += [(row.y - _ROW, row.heading, True) for row in table_rows(self.kept[self.kept["first"]])]
        if self.left:
            ticks.append((bottom + _ROW, more(self.left), False))
        ticks.append((last, f"of all {len(self.spread)}", True))
        ticks.sort()
        ax.set_yticks([y for y, _, _ in ticks], [name for _, name, _ in ticks])
        embolden(ax.get_yticklabels(), [bold for _, _, bold in ticks])
        ax.set(xlim=(-0.6, len(self.places) - 0.4), ylim=(self.height, 0), xticks=[])
        ax.spines[:].set_visible(False)


def _cells(table: pd.DataFrame, counted: str) -> pd.DataFrame:
    """One row per number: code, its label and how a sentence names it, its group's heading; is it only restricted?"""
    if "document_id" in table:
        raise ValueError(f'{_MATRIX} draws places: give it the table that was made by="place"')
    is_long = "instrument" in table or "instrument_group" in table
    rows = _of_counts(table) if is_long else _of_matrix(table, counted)
    rows = rows.assign(number=rows[counted])
    stances = [name for name in ("regulate", "restrict") if name in rows]
    rows = rows[rows["number"] > 0]
    hollow = (rows[stances].sum(axis=1) > 0) & (rows["promote"] == 0) if "promote" in rows else False
    return rows.assign(hollow=hollow)


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
    """All counts but that of the documents are by code; the labels and groups of the schema aren't in a matrix."""
    codes = [name for name in table.select_dtypes("integer").columns if name != counted]
    kept = [name for name in table.columns if name not in (counted, *codes)]
    rows = table.drop(columns=counted).melt(kept, codes, "code", counted, ignore_index=False)
    words = rows["code"].astype("str").str.replace("_", " ")
    return (
        rows.assign(label=words, said=words, instrument_group="", heading="")
        .rename_axis(None)
        .sort_index(kind="stable")
    )


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    """The places, those with most instruments first, and how many there are in each."""
    found = rows.groupby("place_id", sort=False).agg(
        place=("place", "first"),
        level=("level", "first"),
        strong=("strong", "first"),
        kinds=("code", "nunique"),
    )
    return found.reset_index().sort_values("kinds", ascending=False, kind="stable", ignore_index=True)


def _spread(rows: pd.DataFrame) -> pd.DataFrame:
    """The instruments and in how many places each is seen: groups by their most widespread, and so within them."""
    found = rows.groupby("code", sort=False).agg(
        label=("label", "first"), said=("said", "first"), group=("instrument_group", "first"),
        heading=("heading", "first"), places=("place_id", "nunique"),
    )  # fmt: skip
    most = found.groupby("group")["places"].transform("max")
    return found.assign(most=most).reset_index().sort_values(
        ["most", "group", "places"], ascending=[False, True, False], kind="stable", ignore_index=True
    )  # fmt: skip


def _matrix_finding(rows: pd.DataFrame, places: pd.DataFrame) -> str:
    n, most = rows["code"].nunique(), int(places["kinds"].iloc[0])
    first = places.loc[places["kinds"] == most, "place"].tolist()
    levels = places["level"].astype("str").unique()
    noun = several(levels[0]) if len(levels) == 1 else "places"
    if len(first) > 3 or len(places) == 1:
        spread = _spread(rows).sort_values("places", ascending=False, kind="stable").iloc[0]
        return f"Most widespread: {spread['said']}, seen in {spread['places']} of {len(places)} {noun}"
    theirs = listed([f"{place}'s" for place in first])
    return f"{theirs} documents name {most} of {n} instruments, topics and sectors, the most of all {noun}"


def _matrix_words(table: pd.DataFrame, rows: pd.DataFrame, emphasis: str) -> str:
    inside = bool(table["rolled_up"].fillna(False).astype("bool").any())
    said = f"Seen in documents{', those of places inside included' if inside else ' of the place itself'}"
    hollow = "hollow: only regulated or restricted" if rows["hollow"].any() else ""
    return "; ".join(filter(None, [said, hollow, emphasis]))


def _matrix_notes(counted: str, rows: pd.DataFrame) -> str:
    once = " A draft and its final are one document." if counted == "families" else ""
    most = rows.sort_values("number", ascending=False).iloc[0]
    return (
        f"A dot is at least one document, whatever their number: the most are {most.number}, of {most.said} in "
        f"{most.place}.{once} {NOT_FULL}"
    )


def _told(rows: pd.DataFrame, places: pd.DataFrame) -> list[str]:
    common = _spread(rows).sort_values("places", ascending=False, kind="stable").head(3)
    wide = ", ".join(f"{row.said} in {row.places}" for row in table_rows(common))
    strong = [f"{row.place}: {row.kinds} instruments" for row in table_rows(places[places["strong"]])]
    return [f"Most widespread: {wide} of {len(places)} places", *strong]
