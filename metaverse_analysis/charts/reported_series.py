"""One place's figures year by year, and the targets on the way."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .labels import halo
from .lists import (
    LINE,
    height_around,
    inches_across,
    letters_across,
    lines_that_fit,
    measured,
    yearly_dollars,
)
from .marks import table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .placing import Box, Label, clear_places
from .style import is_narrow, look_of, pt
from .wording import counted, listed, money, with_dollars, wrap_label

_HALF = 0.36  # of a year: half the bar of a target
_YEARS = 1.6  # lines of text: the years below
_HIGH = 1.27  # font sizes: the height of a line of a label
_APART = 150  # times the smallest amount: the largest that is drawn beside it on a plain scale
_VERDICTS = {"yes": "reached", "no": "missed", "unclear": "perhaps reached"}


@draws(
    "reported_series",
    """record place scope_label measure measure_label currency qualifier period reached status repeats_target_id
    reported_by rate_date source_ids""",
    numbers="amount_bn amount_max_bn amount_usd_bn rate",
    whole="year",
    flags="whole_year",
)
def reported_series(
    series: pd.DataFrame, *, measure: str = "revenue", ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """One place and scope: what was reported year by year, and the targets on the way.

    Points are figures of one measure for whole years, joined where the years follow each other, by dots over years
    without a figure. Bars across a year are its targets; those of another measure are dashed. What was reported of
    another measure is a small grey point; figures for a part of a year are left out, and counted in the notes. Amounts
    that differ too much for a plain scale stand on one of powers of ten, and the subtitle says so.

    Parameters
    ----------
    series : what `reported_series` gave.
    measure : the figures that are joined.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `reported_series`, or has no figure of the measure for a whole year.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.reported_series(ma.reported_series(ma.load(), place="Jiangxi", scope="vr_xr"))
    >>> len(ax.get_xticks()) > 4
    True
    """
    rows = series[series["repeats_target_id"].isna() & series["amount_bn"].notna() & series["year"].notna()]
    rows = rows.sort_values("year", kind="stable")
    figures = rows[rows["record"] == "reported"]
    same = figures["measure"] == measure
    whole = figures[same & figures["whole_year"]].drop_duplicates("year")
    if whole.empty:
        there = ", ".join(sorted(figures["measure"].unique())) or "none at all"
        raise ValueError(
            f"no figure of the measure {measure!r} for a whole year; there are figures of: {there}"
        )
    targets = rows[rows["record"] == "target"]
    others = figures[~same & figures["whole_year"] & ~figures["year"].isin(whole["year"])]
    others = others.iloc[:0] if is_narrow(size) else others.drop_duplicates("year")
    rows = pd.concat([whole, others, targets])
    apart = _far_apart(rows["amount_bn"])
    words = {
        "title": _series_finding(whole, targets[targets["measure"] == measure]),
        "subtitle": _subtitle(whole, targets, yearly_dollars(rows), apart),
    }
    plot = _Plot(rows, ax, size, lines_that_fit(size, ax, **words), apart)
    with axes_for(ax, size, height=height_around(plot.lines, size, **words), grid=None) as drawn_on:
        plot.dress(drawn_on)
        _draw_reported(drawn_on, whole)
        drawn_on.plot(
            others["year"].astype("float64"), others["amount_bn"], "o", color=QUIET_TEXT, markersize=pt(5), zorder=3
        )  # fmt: skip
        _draw_targets(drawn_on, targets, measure)
        unsaid = plot.label(drawn_on, _said(whole, targets, others, measure, is_narrow(size)), whole)
        left = len(figures) - len(whole) - len(others)
        frame(
            drawn_on,
            **words,
            notes=_how_to_read(whole, left, unsaid),
            drawn=rows,
            alt=["A line of reported figures, with bars at the targets", TITLE, *_told(whole, targets)],
        )
    return drawn_on


class _Plot:
    """The years side by side, and amounts on a scale that shows the smallest and the largest."""

    def __init__(self, rows: pd.DataFrame, ax: Axes | None, size: str, room: float, apart: bool) -> None:
        look = look_of(size)
        self.size, self.apart, self.font = size, apart, look["font"]
        self.years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
        usual = (look["height"] * 72 / self.font - 11) / LINE
        self.lines = room if ax is not None or look["tallest"] == look["height"] else min(usual, room)
        self.width = inches_across(ax, size) * 72
        self.high = (self.lines - _YEARS) * LINE * self.font
        amounts = rows[["amount_bn", "amount_max_bn"]]
        self.top, self.bottom = max(float(amounts.max().max()), 1e-12), float(rows["amount_bn"].min())

    def dress(self, ax: Axes) -> None:
        letters = letters_across(None, self.size, 1 / (len(self.years) + 0.6))
        if self.apart:
            ax.set_yscale("log")
            steps = (self.top / self.bottom) ** 0.2
            ax.set_ylim(self.bottom / steps, self.top * steps)
        else:
            ax.set_ylim(0, self.top * 1.16)
        ax.set(xlim=(self.years[0] - 0.8, self.years[-1] + 0.8), yticks=[])
        ax.set_yticks([], minor=True)
        # As many years as have room beside each other.
        every = next(n for n in range(1, len(self.years) + 1) if n * letters >= 3.5 or n == len(self.years))
        said = [str(year) if every * letters >= 5 else f"’{year % 100:02}" for year in self.years]
        ax.set_xticks(list(self.years)[::every], said[::every])
        ax.spines["left"].set_visible(False)
        ax.spines["bottom"].set_visible(True)

    def at(self, ax: Axes, year: float, amount: float) -> tuple[float, float]:
        """Where a year and an amount are, in points from the lower left corner."""
        (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
        if self.apart:
            low, high, amount = (math.log10(value) for value in (low, high, max(amount, low)))
        return (year - left) / (right - left) * self.width, (amount - low) / (high - low) * self.high

    def label(self, ax: Axes, labels: list[_Words], whole: pd.DataFrame) -> int:
        """Put the words beside their marks; how many have no room."""
        sized = []
        for one in labels:
            x, y = self.at(ax, one.year, one.amount)
            wide = max(measured(line, self.font, bold=one.bold) for line in one.words.split("\n"))
            sized.append(Label(x, y, wide, self.font * _HIGH * (one.words.count("\n") + 1), one.sides))
        path = [self.at(ax, row.year, row.amount_bn) for row in table_rows(whole)]
        bars = [self._mark(ax, one) for one in labels]
        found = clear_places(
            sized, (self.width, self.high), marks=bars, lines=list(pairwise(path)), gap=pt(5)
        )
        for one, label, box in zip(labels, sized, found, strict=True):
            if box is not None:
                ax.annotate(
                    one.words, (one.year, one.amount), xytext=(box.x0 - label.x, box.y0 - label.y + pt(1)),
                    textcoords="offset points", ha="left", va="bottom", color=one.hue, linespacing=1, zorder=6,
                    weight="bold" if one.bold else "normal", path_effects=halo(), annotation_clip=False,
                )  # fmt: skip
        return sum(box is None for box in found)

    def _mark(self, ax: Axes, one: _Words) -> Box:
        """The room of a dot, or of the bar of a target."""
        half = _HALF if one.target else 0.0
        (x0, y), (x1, _) = self.at(ax, one.year - half, one.amount), self.at(ax, one.year + half, one.amount)
        side = pt(2 if one.target else 5)
        return Box(x0 - side, y - side, x1 + side, y + side)


class _Words(NamedTuple):
    """The words of a mark, and on which sides of it they may stand, best first."""

    year: int
    amount: float
    words: str
    hue: str
    bold: bool
    target: bool
    sides: tuple[str, ...]


def _said(
    whole: pd.DataFrame, targets: pd.DataFrame, others: pd.DataFrame, measure: str, narrow: bool
) -> list[_Words]:
    """What is written: the figures first, which choose their places, then the targets, then other measures."""
    last = whole["year"].max()
    found = [
        _Words(row.year, row.amount_bn, _point_words(row, narrow and row.year != last), colour("final"), True, False,
               ("above left", "above", "below right", "below"))
        for row in table_rows(whole)
    ]  # fmt: skip
    first = ~targets["measure"].duplicated()
    latest = max(targets["year"].max(), last) if len(targets) else last
    for row, says in zip(table_rows(targets), first, strict=True):
        words = _target_words(row, says, row.measure == measure, unknown=row.year == latest > last)
        below = (whole["year"] == row.year) & (whole["amount_bn"] >= row.amount_bn)
        sides = ("below right", "below", "above") if below.any() else ("above", "below", "below right")
        found.append(_Words(row.year, row.amount_bn, words, TEXT, False, True, sides))
    for row, says in zip(table_rows(others), ~others["measure"].duplicated(), strict=True):
        words = (
            f"{money(row.amount_bn, row.currency, qualifier=row.qualifier)}{says * f' {row.measure_label}'}"
        )
        found.append(
            _Words(
                row.year, row.amount_bn, wrap_label(words, 15), QUIET_TEXT, False, False, ("above", "below")
            )
        )
    return found


def _far_apart(amounts: pd.Series) -> bool:
    """Whether the smallest would lie on the axis, were the largest as high as the chart."""
    return bool(amounts.min() > 0 and amounts.max() > _APART * amounts.min())


def _subtitle(whole: pd.DataFrame, targets: pd.DataFrame, basis: str, apart: bool) -> str:
    said = [
        f"{_upper(whole['measure_label'].iloc[0])} a year",
        "black: targets" if len(targets) else "",
        "on a scale of powers of ten" if apart else "",
        basis,
    ]
    return "; ".join(filter(None, said))


def _series_finding(whole: pd.DataFrame, targets: pd.DataFrame) -> str:
    place, words = whole["place"].iloc[0], f"{whole['scope_label'].iloc[0]} {whole['measure_label'].iloc[0]}"
    judged = targets[targets["reached"].notna()]
    if judged.empty:
        return f"{place}'s {words}: no year has both a target and a reported figure"
    met, years = int((judged["reached"] == "yes").sum()), [str(year) for year in judged["year"].unique()]
    if met == len(judged):
        goal = "target" if met == 1 else "targets"
        return f"{place}'s {words} was reported to reach the {goal} of {listed(years)}"
    of = counted(len(judged), "target")
    return f"{place}'s {words} was reported to reach {met or 'none'} of {of}, of {listed(years)}"


def _draw_reported(ax: Axes, whole: pd.DataFrame) -> None:
    hue = colour("final")
    years, values = whole["year"].astype(int).to_numpy(), whole["amount_bn"].to_numpy()
    for i in range(len(years) - 1):
        known = years[i + 1] - years[i] == 1
        style: Any = "-" if known else (0, (1, 2.5))
        ax.plot(years[i : i + 2], values[i : i + 2], color=hue, linewidth=pt(2.2), linestyle=style, zorder=2)
    (dots,) = ax.plot(years, values, "o", color=hue, markersize=pt(9), zorder=5)
    hover(dots, [_figure_words(row) for row in table_rows(whole)])


def _point_words(row: Any, alone: bool) -> str:
    """The figure with its dollars below it, or alone where there is no room."""
    usd = float("nan") if alone else row.amount_usd_bn
    return with_dollars(row.amount_bn, usd, qualifier=row.qualifier).replace(" (", "\n(")


def _draw_targets(ax: Axes, targets: pd.DataFrame, measure: str) -> None:
    for row in table_rows(targets):
        style: Any = "-" if row.measure == measure else (0, (1.6, 1))
        ax.hlines(
            row.amount_bn, row.year - _HALF, row.year + _HALF, color=TEXT, linewidth=pt(3), zorder=4, gid="target",
            linestyle=style,
        )  # fmt: skip


def _target_words(row: Any, says: bool, same: bool, unknown: bool) -> str:
    """The amount; the first of its kind says what it is."""
    amount = money(row.amount_bn, row.currency, upper=row.amount_max_bn, qualifier=str(row.qualifier))
    notes = ["draft"] * (row.status == "draft") + [row.measure_label] * (says and not same)
    return ",\n".join(["target " * bool(says) + amount, *notes, *["no figure found"] * bool(unknown)])


def _how_to_read(whole: pd.DataFrame, left: int, unsaid: int) -> str:
    outlets = "; ".join(dict.fromkeys("; ".join(whole["reported_by"].dropna()).split("; ")))
    by = f"As reported by {outlets}. " if outlets else ""
    verb = "is" if left == 1 else "are"
    more = f" {counted(left, 'figure')} for a part of a year or of another measure {verb} left out."
    none = f" {counted(unsaid, 'mark has', 'marks have')} no room for {'its' if unsaid == 1 else 'their'} figure."
    return (
        f"{by}A dotted line leads over years for which no figure was found; a dashed bar is a target of another "
        f"measure.{more * bool(left)}{none * bool(unsaid)}"
    )


def _figure_words(row: Any) -> str:
    said = with_dollars(row.amount_bn, row.amount_usd_bn, qualifier=row.qualifier, words=True)
    return f"{row.year}: {said} reported"


def _told(whole: pd.DataFrame, targets: pd.DataFrame) -> list[str]:
    found = list(map(_figure_words, table_rows(whole)))
    aims = [
        f"Target for {row.year}: {money(row.amount_bn, row.currency, qualifier=str(row.qualifier), words=True)}"
        + (f", {_VERDICTS[row.reached]}" if pd.notna(row.reached) else ", no figure to compare")
        for row in table_rows(targets)
    ]
    return [*found, *aims]


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
