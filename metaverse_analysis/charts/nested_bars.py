"""Bars of places, with those of places inside them tucked below: a block of one scope, or a small panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .hover import hover
from .labels import embolden, label_bar_ends
from .marks import more, name_rows, table_rows
from .palette import QUIET_TEXT, TEXT, bar_style, colour, tint
from .style import is_narrow
from .wording import cut_label, money, with_dollars

# In lines of the block's type.
_LINE, _WHITE = 1.2, 0.5  # a line of text; the white around a row
_BAR, _THIN_BAR = 1.25, 0.62
_THIN_ROW, _AFTER, _HEADING = 1.3, 0.35, 2.0
_THIN_TYPE = 0.9  # of the block's type
_NAME_WIDTH = {False: 20, True: 40}  # characters, beside and above the bars
_SMALL, _ONE_LINE = 0.8, 22  # a type below which names stay on a line of so many characters
_LETTER = 0.48  # of the type: the width of a letter
_INSIDE_WIDTH = 24  # characters of the name of a place inside another one


@dataclass(frozen=True)
class Block:
    """What `stack` gives: the rows with their places, and how they are written.

    Attributes
    ----------
    rows : with `y` (the middle of the bar, in lines from the top), `thin` (inside another one), `name` and `label`.
    height : in lines of the size's type.
    type_ : the block's type, as a part of the size's.
    heading : above the rows; empty for none.
    folded : what stands for the rows that aren't drawn.
    """

    rows: pd.DataFrame
    height: float
    type_: float
    heading: str
    folded: str
    above: bool

    @property
    def width(self) -> float:
        """What the longest name and the longest label take beside each other, in units of the size's type."""
        name = max(len(line) for words in self.rows["name"] for line in words.split("\n"))
        return _LETTER * (name + self.rows["label"].str.len().max()) * self.type_


def stack(
    rows: pd.DataFrame,
    size: str,
    *,
    year: Any,
    top: int | None = None,
    room: float | None = None,
    heading: str = "",
    type_: float = 1.0,
    dollars: bool = True,
) -> Block:
    """Lay rows of `market_targets` out from the top, the largest first, each place inside another one below it.

    Parameters
    ----------
    rows : of one scope, with `strong`.
    year : which goes without saying.
    top : how many places are drawn at most (those inside them not counted).
    room : the height to stay within, in lines of the size's type.
    type_ : the type, as a part of the size's.
    """
    above = is_narrow(size)
    rows = _tucked(rows)
    width, lines = (_ONE_LINE, 1) if type_ < _SMALL else (int(_NAME_WIDTH[above] * type_), 3)
    names = [_fitted(row, width, lines) for row in table_rows(rows)]
    labels = [_label(row, year, dollars, _INSIDE_WIDTH * type_**3) for row in table_rows(rows)]
    rows = rows.assign(name=names, label=labels)
    rows = rows.assign(lines=rows["name"].str.count("\n") + 1 + above)
    heights = np.where(rows["thin"], _THIN_ROW, _WHITE + _LINE * rows["lines"])
    # A row begins below the one above; a bar stands in the middle of its row, or at its bottom below its name.
    new = ~rows["thin"].to_numpy()
    starts = np.cumsum(heights) - heights + _AFTER * (np.cumsum(new) - 1) + (_HEADING if heading else 0)
    at_bottom = starts + heights - _WHITE / 2 - _BAR / 2
    y = np.where(above & new, at_bottom, starts + heights / 2)
    rows = rows.assign(y=y, end=starts + heights)
    kept = rows[rows["end"] <= _limit(rows, top, room, type_)]
    left = len(rows) - len(kept)
    folded = more(left)
    height = float(kept["end"].iloc[-1]) + 0.3 + (_LINE if folded else 0)
    return Block(kept, height * type_, type_, heading, folded, above)


def _limit(rows: pd.DataFrame, top: int | None, room: float | None, type_: float) -> float:
    """Where the rows end: with the last one that is asked for, or for which there is room; never before the first."""
    group = (~rows["thin"]).cumsum()
    ends = rows.groupby(group)["end"].max()
    if top is not None:
        return float(ends.iloc[min(top, len(ends)) - 1])
    if room is None or ends.iloc[-1] + 0.3 <= room / type_:
        return float(ends.iloc[-1])
    fitting = ends[ends + 0.3 + _LINE <= room / type_]
    return float(fitting.iloc[-1] if len(fitting) else ends.iloc[0])


def _tucked(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by size, each below the outermost place around it that has a target of the same measure and year."""
    ids = rows.drop(columns="ancestor_ids").assign(
        ancestor_id=rows["ancestor_ids"].astype("str").str.split(";")
    )
    same = ["measure", "target_year"]
    pairs = ids[["target_id", "ancestor_id", *same]].explode("ancestor_id", ignore_index=True)
    holders = rows.loc[rows["level"] != "country", ["place_id", "target_id", "amount_cny_bn", *same]]
    holders = holders.rename(columns={"target_id": "outer", "amount_cny_bn": "outer_bn"})
    found = pairs.merge(holders, left_on=["ancestor_id", *same], right_on=["place_id", *same])
    found = found.drop_duplicates("target_id", keep="last").set_index("target_id")
    outer = rows["target_id"].map(found["outer"]).astype("object")
    whole = rows["target_id"].map(found["outer_bn"]).astype("float64").fillna(rows["amount_cny_bn"])
    thin = outer.notna()
    ranked = rows.assign(thin=thin, outer=outer.where(thin, rows["target_id"]), outer_bn=whole)
    ranked["inside_strong"] = ranked["outer"].isin(rows.loc[rows["strong"], "target_id"])
    order = ["outer_bn", "outer", "thin", "amount_cny_bn", "target_id"]
    return ranked.sort_values(order, ascending=[False, True, True, False, True], kind="stable")


def _name(row: Any) -> str:
    """A province by its name, a place inside one with where it lies; one that is tucked is named beside its bar."""
    if row.thin:
        return ""
    wide = str(row.level) in ("country", "province")
    return row.place if wide or pd.isna(row.parent) else f"{row.place} ({row.parent})"


def _fitted(row: Any, width: int, lines: int) -> str:
    """The name on so many lines; on one line rather without where the place lies than cut."""
    name = _name(row)
    return cut_label(name if lines > 1 or len(name) <= width else row.place, width, lines)


def _label(row: Any, year: Any, dollars: bool, width: float) -> str:
    amount = {"upper": row.amount_max_cny_bn, "qualifier": row.qualifier}
    if dollars and not row.thin:
        words = with_dollars(row.amount_cny_bn, row.amount_usd_bn, **amount)
    else:
        words = money(row.amount_cny_bn, **amount)
    if row.thin:
        place = cut_label(row.place, int(width), 1)
        inside = row.amount_cny_bn <= row.outer_bn
        words = f"of which {place}: {words}" if inside else f"{place} alone: {words}"
    notes = [str(row.status)] if row.status in ("draft", "announced") else []
    notes += [] if row.measure == "industry_scale" else [str(row.measure).replace("_", " ")]
    notes += ["no year"] if pd.isna(row.target_year) else []
    notes += [f"by {row.target_year}"] if pd.notna(row.target_year) and row.target_year != year else []
    return ", ".join([words, *notes])


def draw_block(ax: Axes, block: Block, height: float | None = None) -> None:
    """Draw the bars, their names and labels, the heading, and what stands for the rest.

    `height` is that of the axes in lines, if it is more than the block takes.
    """
    rows, font = block.rows, mpl.rcParams["font.size"] * block.type_
    bars: list[Any] = []
    for row in table_rows(rows):
        hue = colour("emphasis" if row.strong or row.inside_strong else "quiet")
        look = bar_style(hue, str(row.status) if row.status in ("draft", "announced") else "final")
        if row.thin and row.status != "draft":
            look["facecolor"] = tint(hue, 0.35)
        thick = _THIN_BAR if row.thin else _BAR
        words = row.label if row.thin else f"{row.place}: {row.label}"
        bars += hover(ax.barh([row.y], [row.amount_cny_bn], height=thick, **look), words)
        if row.amount_max_cny_bn > row.amount_cny_bn:
            more_bn = row.amount_max_cny_bn - row.amount_cny_bn
            ax.barh(
                [row.y], [more_bn], left=[row.amount_cny_bn], height=thick / 2, **bar_style(hue, "announced")
            )
    tips = rows[["amount_cny_bn", "amount_max_cny_bn"]].max(axis="columns")
    labels = label_bar_ends(ax, bars, list(rows["label"]), ends=list(tips), fontsize=font)
    embolden(labels, rows["strong"] & ~rows["thin"])
    for label in [label for label, thin in zip(labels, rows["thin"], strict=True) if thin]:
        label.set(fontsize=_smaller(font), color=QUIET_TEXT)
    tops = rows[~rows["thin"]]
    lift = (_BAR + _LINE) / 2 + _LINE * (tops["lines"] - 2) / 2
    name_rows(ax, tops["y"], tops["name"], above=block.above, bold=tops["strong"], lift=lift, fontsize=font)
    for words, y, look in (
        (block.heading, _HEADING / 2, {"weight": "bold", "color": TEXT, "fontsize": font}),
        (
            block.folded,
            block.height / block.type_ - _LINE / 2,
            {"color": QUIET_TEXT, "fontsize": _smaller(font)},
        ),
    ):
        if words:
            ax.annotate(words, (0, y), va="center", ha="left", annotation_clip=False, **look)
    bottom = max(height or 0, block.height) / block.type_
    ax.set(xlim=(0, float(tips.max()) or 1), ylim=(bottom, 0), xticks=[])
    ax.spines["left"].set_visible(False)


def _smaller(font: float) -> float:
    """The type of what is inside, never below what can be read on a phone."""
    return max(_THIN_TYPE * font, min(font, 8))
