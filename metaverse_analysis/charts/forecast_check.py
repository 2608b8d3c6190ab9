"""What research firms foresaw of years that have passed, beside what was reported for them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..tables.units import money_units
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import height_around, how_many_fit, inches_across, letters_across, lines_that_fit, measured
from .marks import more, table_rows
from .palette import GRID, QUIET_TEXT, TEXT, colour
from .style import is_narrow, look_of, pt
from .wording import counted, money, number, part_of, with_dollars, wrap_label

_WORDS = 0.3  # of the width: what was reported, left of the scale; on a phone more
_TOP, _LINE, _APART = (
    1.6,
    1.35,
    0.7,
)  # lines of text: the numbers of the scale, a figure, the white below a forecast
_SAME = "industry scale"  # what is foreseen; a figure of another measure is hollow
_AS = "as foreseen"


@draws(
    "forecast_check",
    """forecast_id publisher scope_words unit qualifier outcome_id outcome_unit outcome_qualifier outcome_measure_label
    outcome_words source_ids""",
    numbers="value outcome_value share_of_forecast_pct value_usd_bn outcome_usd_bn",
    whole="target_year",
)
def forecast_check(
    table: pd.DataFrame, *, top: int | None = None, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """Did it come as foreseen? What was reported, as a share of the forecast, on a scale of powers of ten.

    Below each forecast a dot for each figure that was reported for its place, scope and year; a hollow one is of
    another measure. Forecasts without a figure are counted below, and named in the notes.

    Parameters
    ----------
    table : what `forecast_check` gave.
    top : how many forecasts are drawn; by default as many as fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `forecast_check`, or no forecast has a figure beside it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.forecast_check(ma.forecast_check(ma.load(), today="2026-11-23"))
    >>> ax.get_xscale()
    'log'
    """
    rows = table[(table["share_of_forecast_pct"] > 0) & table["target_year"].notna()]
    if rows.empty:
        raise ValueError("no forecast of a year that has passed has a figure beside it: nothing to draw")
    rows = rows.sort_values(["target_year", "share_of_forecast_pct"], ascending=[True, False], kind="stable")
    others = table[~table["forecast_id"].isin(rows["forecast_id"])].drop_duplicates("forecast_id")
    words = {"title": _finding(rows, others), "subtitle": _subtitle(rows)}
    page = _Page(rows, ax, size)
    last = (
        f"{counted(len(others), 'more forecast has', 'more forecasts have')} no figure" if len(others) else ""
    )
    below = 1.6 * bool(last)
    room = lines_that_fit(size, ax, **words) - _TOP - below
    kept = how_many_fit(page.heights, room if sum(page.heights) <= room else room - 1.4, top)
    ends = [end for end in (more(len(page.heights) - kept), last) if end]
    height = _TOP + sum(page.heights[:kept]) + 1.4 * len(ends)
    with axes_for(ax, size, height=height_around(height, size, **words), grid=None) as drawn_on:
        y = page.draw(drawn_on, kept)
        for said in ends:
            page.put(drawn_on, 0, y + 0.6, said, color=QUIET_TEXT)
            y += 1.4
        drawn_on.set(ylim=(height, 0))
        frame(
            drawn_on,
            **words,
            notes=" ".join(filter(None, [_NOTES, f"{_without(others)}." if len(others) else ""])),
            drawn=table,
            alt=[
                "Dots on a scale of powers of ten: what came of what was foreseen",
                TITLE,
                *map(_told, table_rows(rows)),
            ],
        )
    return drawn_on


_NOTES = (
    "Two firms seldom count the same market. A figure stands beside a forecast where place, scope and year agree; what "
    "each of them counts may still differ: the table has the words of both. Each line of the scale is ten times the "
    "one before. Dollars and yuan were converted at the mean rate of the year."
)


class _Page:
    """A line of words for each forecast, below it a line for each figure: its words, and its dot on the scale."""

    def __init__(self, rows: pd.DataFrame, ax: Axes | None, size: str) -> None:
        self.font = look_of(size)["font"]
        self.width = inches_across(ax, size) * 72
        self.left = 0.42 if is_narrow(size) else _WORDS
        letters = letters_across(ax, size, 0.92)
        self.groups = [group for _, group in rows.groupby("forecast_id", sort=False)]
        self.names = [wrap_label(_name(group.iloc[0]), letters) for group in self.groups]
        within = letters_across(ax, size, self.left - 0.02)
        self.said = [
            [wrap_label(_reported(row), within) for row in table_rows(group)] for group in self.groups
        ]
        self.heights = [
            1.2 * (name.count("\n") + 1) + sum(map(_high, said)) + _APART
            for name, said in zip(self.names, self.said, strict=True)
        ]
        shares = rows["share_of_forecast_pct"]
        low, high = np.log10(min(shares.min(), 100)), np.log10(max(shares.max(), 100))
        # Room for the words beside the outermost dots, on a scale as long as the rest of the width.
        widest = max(measured(part_of(share), self.font, bold=True) for share in shares) + self.font
        scale = self.width * (1 - self.left)
        pad = max(high - low, 0.5) * widest / max(scale - 2 * widest, scale / 4)
        self.low, self.high = float(low - pad), float(high + pad)
        self.limits = self.high - (self.high - self.low) / (1 - self.left), self.high

    def put(self, ax: Axes, part: float, y: float, words: str, **look: Any) -> None:
        ax.text(part, y, words, transform=ax.get_yaxis_transform(), va="center", **look)

    def draw(self, ax: Axes, kept: int) -> float:
        """Draw the first forecasts; how far down they reach."""
        ax.set_xscale("log")
        ax.set(xlim=tuple(10.0**limit for limit in self.limits), yticks=[])
        ax.set_xticks([])
        ax.set_xticks([], minor=True)
        ax.spines[:].set_visible(False)
        powers = self._powers()
        self._draw_heads(ax, powers)
        y = _TOP
        for group, name, said in list(zip(self.groups, self.names, self.said, strict=True))[:kept]:
            lines = name.count("\n") + 1
            self.put(ax, 0, y + 0.6 * lines, name, weight="bold", color=TEXT)
            y += 1.2 * lines
            end = y + sum(map(_high, said))
            for power in powers:
                same = power == 2
                ax.plot(
                    [10.0**power] * 2, [y, end], color=TEXT if same else GRID, linewidth=pt(2 if same else 1), zorder=0
                )  # fmt: skip
            for row, words in zip(table_rows(group), said, strict=True):
                self.put(ax, 0, y + _high(words) / 2, words, color=QUIET_TEXT, linespacing=1.05)
                _draw_dot(ax, row, y + _high(words) / 2)
                y += _high(words)
            y += _APART
        return y

    def _powers(self) -> list[int]:
        """The powers of ten within the scale whose numbers have room beside each other and "as foreseen"."""
        per = self.width * (1 - self.left) / (self.high - self.low)
        half = measured(_AS, self.font, bold=True) / 2
        within = [
            power for power in range(int(np.ceil(self.low)), int(np.floor(self.high)) + 1) if power != 2
        ]
        kept = [2]
        for power in sorted(within, key=lambda power: abs(power - 2)):
            wide = self._half(power)
            if all(abs(power - other) * per > wide + (half if other == 2 else self._half(other)) + self.font / 2
                   for other in kept):  # fmt: skip
                kept.append(power)
        return kept

    def _half(self, power: int) -> float:
        return measured(_scale_words(power), self.font) / 2

    def _draw_heads(self, ax: Axes, powers: list[int]) -> None:
        for power in powers:
            same = power == 2
            said, weight = (_AS, "bold") if same else (_scale_words(power), "normal")
            # "as foreseen" stays inside where the scale ends at it.
            over = measured(_AS, self.font, bold=True) / 2 - (self.high - 2) * self.width * (
                1 - self.left
            ) / (self.high - self.low)
            ax.annotate(
                said, (10.0**power, _TOP - 0.9), xytext=(-max(over, 0) if same else 0, 0), textcoords="offset points",
                ha="center", va="center", color=TEXT if same else QUIET_TEXT, weight=weight, annotation_clip=False,
            )  # fmt: skip


def _high(words: str) -> float:
    return _LINE + words.count("\n")


def _scale_words(power: int) -> str:
    return f"{number(10.0 ** (power - 2), 0)} times" if power > 2 else f"{number(10.0**power)}%"


def _draw_dot(ax: Axes, row: Any, y: float) -> None:
    """The line from the forecast to the figure, the figure and its share."""
    hue, share = colour("final"), row.share_of_forecast_pct
    ax.plot([100, share], [y, y], color=colour("quiet"), linewidth=pt(2), zorder=2)
    face = hue if row.outcome_measure_label == _SAME else "white"
    dot = ax.plot(
        [share], [y], "o", color=hue, markerfacecolor=face, markersize=pt(10), markeredgewidth=pt(1.6), gid="came",
        zorder=3,
    )  # fmt: skip
    hover(dot, _told(row))
    right = share >= 100
    ax.annotate(
        part_of(share), (share, y), xytext=(pt(9) if right else -pt(9), 0), textcoords="offset points", color=hue,
        ha="left" if right else "right", va="center_baseline", weight="bold",
    )  # fmt: skip


def _name(row: Any) -> str:
    """Who foresaw what: "MIIT foresaw ¥54.5 bn ($8.4 bn) for 2021"."""
    said = _amount(row.value, row.unit, row.value_usd_bn, str(row.qualifier))
    return f"{row.publisher} foresaw {said} for {row.target_year}"


def _reported(row: Any) -> str:
    return _amount(row.outcome_value, row.outcome_unit, row.outcome_usd_bn, str(row.outcome_qualifier))


def _amount(value: float, unit: str, usd_bn: float, hedge: str) -> str:
    """An amount in its own currency, of yuan with dollars."""
    units = money_units(pd.Series([unit])).iloc[0]
    if units["currency"] == "CNY":
        return with_dollars(value * units["billions"], usd_bn, qualifier=hedge)
    return money(value * units["billions"], units["currency"], qualifier=hedge)


def _without(others: pd.DataFrame) -> str:
    said = ", ".join(f"{row.publisher} for {row.target_year}" for row in table_rows(others))
    return f"No figure found for the forecasts of {said}"


def _subtitle(rows: pd.DataFrame) -> str:
    hollow = (rows["outcome_measure_label"] != _SAME).any()
    basis = "; dollars at the mean rate of the year" * bool(rows["unit"].str.endswith("CNY").any())
    return "Reported as a share of the forecast" + "; hollow: of another measure" * bool(hollow) + basis


def _finding(rows: pd.DataFrame, others: pd.DataFrame) -> str:
    k = rows["forecast_id"].nunique()
    n = k + len(others)
    shares = rows["share_of_forecast_pct"]
    low, high = part_of(shares.min()), part_of(shares.max())
    ends = low if low == high else f"{low} to {high}"
    due = "is" if n == 1 else "are"
    has, them = ("has", "it") if k == 1 else ("have", "them")
    said = f"Of {counted(n, 'forecast')} that {due} due, {k} {has} a figure beside {them}"
    return f"{said}: {ends} of what was foreseen"


def _told(row: Any) -> str:
    return f"{_name(row)}, and {_reported(row)} came, {part_of(row.share_of_forecast_pct)} of it"
