"""What the evidence rests on: for each table or province, how much is well founded, and how much is weak."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .labels import halo
from .lists import first_and_strong, height_around, letters_across, lines_that_fit
from .marks import emphasis_words, highlighted, more, name_rows, table_rows
from .palette import GRID, QUIET_TEXT, TEXT, colour
from .style import is_narrow, pt
from .wording import counted, wrap_label

_USUAL = 10  # rows of the chart
FEW = 10  # rows of a place below which a share says little
_NAMES = 0.34  # of the width: the most that names take
_ENDS = 11  # per cent of the scale: the room for numbers beside the ends of the scale
_TOP = 1.4  # lines of text: the numbers of the scale
_GOOD = "an official page or two established outlets"
_MEANING = "Filled: % of rows so founded; hollow: % on pages alone that reword"
_NOTES = (
    "Pages with one outlet's text count once. An official text that was read as a copy is one established outlet. What "
    "lies between the two dots rests on one established outlet, on trade press or on companies."
)


@draws(
    "evidence_quality",
    "label source_ids",
    whole="rows official several_established",
    numbers="well_founded_pct aggregators_only_pct",
)
def evidence_quality(
    table: pd.DataFrame,
    *,
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """What do the rows of each table, or of each province, rest on? Two dots each, the best founded first.

    A filled dot is the share of rows that rest on an official page read directly or on two or more independent
    established outlets, a hollow one the share that rests only on pages that collect or reword. Of places, those with
    few rows are named below: a share of these says little.

    Parameters
    ----------
    table : what `evidence_quality` gave, by table or by place.
    highlight : ids or names of places to emphasise; [] for none. By default the article's two provinces.
    top : how many rows are drawn; by default ten, if they fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `evidence_quality`, or has no row.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.evidence_quality(ma.evidence_quality(ma.load()))
    >>> any(label.get_text().startswith("Events") for label in ax.get_yticklabels())
    True
    """
    table = table.dropna(subset=["well_founded_pct", "aggregators_only_pct"])
    if not table["rows"].sum():
        raise ValueError("no row names a source, so there is nothing to draw")
    of_places = "place_id" in table
    ids = table["place_id"] if of_places else pd.Series("", index=table.index)
    strong = highlighted(ids, highlight, table["label"]) if of_places or highlight else ids.ne(ids)
    rows = table.assign(strong=strong, few=(table["rows"] < FEW) & of_places).sort_values(
        ["well_founded_pct", "aggregators_only_pct"],
        ascending=[False, True],
        kind="stable",
        ignore_index=True,
    )
    few, rows = rows[rows["few"]], rows[~rows["few"]]
    rows, few = (few, rows) if rows.empty else (rows, few)
    mean = 100 * float(table[["official", "several_established"]].sum().sum() / table["rows"].sum())
    emphasis = emphasis_words(rows["strong"], highlight, rows["label"])
    words = {"title": _finding(rows, mean), "subtitle": "; ".join(filter(None, [_MEANING, emphasis]))}
    narrow = is_narrow(size)
    letters = letters_across(ax, size, 0.95 if narrow else _NAMES)
    lines = max(_name(one, narrow, letters).count("\n") for one in table_rows(rows))
    row = (2.35 if narrow else 1.4) + 1.1 * lines
    last = (
        [f"{counted(len(few), 'more place has', 'more places have')} fewer than {FEW} rows"]
        if len(few)
        else []
    )
    room = int((lines_that_fit(size, ax, **words) - sum(map(_high, last)) - 3) / row)
    kept = first_and_strong(
        rows,
        top
        if top is not None
        else len(rows)
        if len(rows) <= min(room, _USUAL)
        else max(1, min(room - 1, _USUAL)),
    )
    last = _left_out(rows.drop(kept.index)) + last
    widest = float(rows[["well_founded_pct", "aggregators_only_pct"]].max().max())
    widest = next(end for end in (25, 50, 100) if end >= min(widest, 100))
    bottom = _TOP + row * len(kept)
    height = bottom + 1.2 * (not narrow) + sum(map(_high, last))
    with axes_for(ax, size, height=height_around(height, size, **words), grid=None) as drawn_on:
        y = _TOP + row * (np.arange(len(kept)) + 0.5) + (0.6 + 0.55 * lines) * narrow
        _draw_scale(drawn_on, None if narrow else mean, widest, bottom)
        plain = "quiet" if kept["strong"].any() else "final"
        for one, at in zip(table_rows(kept), y, strict=True):
            hue = colour("emphasis" if one.strong else plain)
            _draw_row(drawn_on, one, at, float(table["rows"].max()) if of_places else 0, hue)
        names = [_name(one, narrow, letters) for one in table_rows(kept)]
        if not narrow:  # above the numbers that end the names
            drawn_on.annotate(
                "rows", (0, _TOP - 0.9), xycoords=drawn_on.get_yaxis_transform(), xytext=(-pt(5), 0),
                textcoords="offset points", ha="right", va="center", color=QUIET_TEXT, annotation_clip=False,
            )  # fmt: skip
        hues = [colour("emphasis") if one else TEXT for one in kept["strong"]]
        lift = 1.1 + 0.55 * lines
        name_rows(drawn_on, list(y), names, above=narrow, bold=list(kept["strong"]), colours=hues, lift=lift)
        at = height - sum(map(_high, last))
        for said in last:
            middle = at + _high(said) / 2
            drawn_on.text(
                0, middle, said, transform=drawn_on.get_yaxis_transform(), va="center", color=QUIET_TEXT
            )
            at += _high(said)
        drawn_on.set(xlim=(-_ENDS * widest / 100, widest * (1 + _ENDS / 100)), ylim=(height, 0), xticks=[])
        drawn_on.spines[:].set_visible(False)
        frame(
            drawn_on,
            **words,
            notes=f"{_NOTES} {_of_few(few)}." if len(few) else _NOTES,
            drawn=rows,
            alt=["A dot plot of what the evidence rests on", TITLE, *_told(rows)],
        )
    return drawn_on


def _left_out(rows: pd.DataFrame) -> list[str]:
    """How many rows have no place in the chart, and how well founded these are: they may be the weakest."""
    shares = [f"{share:.0f}%" for share in (rows["well_founded_pct"].min(), rows["well_founded_pct"].max())]
    return [f"{more(len(rows))}, at {' to '.join(dict.fromkeys(shares))}"] if len(rows) else []


def _high(said: str) -> float:
    return said.count("\n") + 1.6


def _draw_scale(ax: Axes, mean: float | None, widest: float, bottom: float) -> None:
    """Lines at both ends and in the middle, and at the share of all rows."""
    for share in (0, widest / 2, widest):
        ax.plot([share, share], [_TOP - 0.3, bottom], color=GRID, linewidth=pt(1), zorder=0)
        ax.text(share, _TOP - 0.9, f"{share:g}%", ha="center", va="center", color=QUIET_TEXT)
    if mean is not None:
        ax.plot(
            [mean] * 2,
            [_TOP - 0.3, bottom],
            color=QUIET_TEXT,
            linewidth=pt(1.2),
            linestyle=(0, (4, 3)),
            zorder=1,
        )
        ax.text(mean, bottom + 0.6, f"together: {mean:.0f}%", ha="center", va="center", color=QUIET_TEXT)


def _draw_row(ax: Axes, row: Any, y: float, most: float, hue: str) -> None:
    """The line between the two shares, a dot at each, and the numbers outside of them."""
    said = colour("emphasis") if row.strong else TEXT
    good, weak = row.well_founded_pct, row.aggregators_only_pct
    big = pt(5 + 8 * np.sqrt(row.rows / most)) if most else pt(10)
    ax.plot([good, weak], [y, y], color=colour("quiet"), linewidth=pt(1.4), zorder=2)
    (hollow,) = ax.plot(
        [weak], [y], "o", color=QUIET_TEXT, markerfacecolor="white", markersize=pt(8), gid="weak", zorder=3
    )
    (full,) = ax.plot([good], [y], "o", color=hue, markersize=big, gid="well founded", zorder=4)
    of = f"{row.label}: %.0f%% of {counted(row.rows, 'row')} rest on"
    hover(hollow, f"{of % weak} aggregators only")
    hover(full, f"{of % good} {_GOOD}")
    for share, right, shade in ((good, good > weak, said), (weak, good <= weak, QUIET_TEXT)):
        ax.annotate(
            f"{share:.0f}", (share, y), xytext=(pt(9) if right else -pt(9), 0), textcoords="offset points",
            ha="left" if right else "right", va="center_baseline", color=shade,
            weight="normal" if shade == QUIET_TEXT else "bold", path_effects=halo(), zorder=5,
        )  # fmt: skip


def _name(row: Any, narrow: bool, letters: int) -> str:
    said = f"{row.label}, {counted(row.rows, 'row')}" if narrow else f"{row.label}, {row.rows:,}"
    return wrap_label(said, letters)


def _of_few(rows: pd.DataFrame) -> str:
    """The places with few rows, and how many of these are well founded."""
    said = [
        f"{row.label} {row.official + row.several_established} of {row.rows}"
        for row in table_rows(rows.sort_values("rows", ascending=False, kind="stable"))
    ]
    return f"Fewer than {FEW} rows, and how many of them are well founded: {', '.join(said)}"


def _finding(rows: pd.DataFrame, mean: float) -> str:
    chosen = rows[rows["strong"]].sort_values("well_founded_pct", kind="stable")
    if chosen.empty:
        return f"{mean:.0f}% of the rows {_whose(rows)} rest on {_GOOD}"
    row = chosen.iloc[0]
    n = row["official"] + row["several_established"]
    verb = "rests" if n < 2 else "rest"
    own = f"{n or 'None'} of {row['label']}'s {counted(int(row['rows']), 'row')} {verb} on {_GOOD}"
    return f"{own}; of those {_whose(rows)} {mean:.0f}% do"


def _whose(rows: pd.DataFrame) -> str:
    """Which rows the shares are of: those of places are fewer than those of tables."""
    return "on all places" if "place_id" in rows else "of all tables"


def _told(rows: pd.DataFrame) -> list[str]:
    ends = rows.iloc[[0, -1]] if len(rows) > 1 else rows
    ends = pd.concat([ends, rows[rows["strong"]]]).drop_duplicates("label")
    return [
        f"{row.label}: {row.well_founded_pct:.0f}% well founded, {row.aggregators_only_pct:.0f}% only reworded"
        for row in table_rows(ends)
    ]
