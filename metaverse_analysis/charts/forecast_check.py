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
from .labels import halo
from .lists import height_around, letters_across, lines_that_fit
from .marks import more, name_rows, table_rows
from .palette import GRID, QUIET_TEXT, TEXT, colour
from .style import is_narrow, pt
from .wording import counted, money, number, with_dollars, wrap_label

_NAMES = 0.34  # of the width: the most that names take
_TOP = 1.6  # lines of text: the numbers of the scale
_SAME = "industry scale"  # what is foreseen; a figure of another measure is hollow


@draws(
    "forecast_check",
    """forecast_id publisher scope_words unit qualifier outcome_id outcome_unit outcome_qualifier outcome_measure_label
    outcome_words source_ids""",
    numbers="value outcome_value outcome_in_forecast_unit share_of_forecast_pct",
    whole="target_year",
)
def forecast_check(
    table: pd.DataFrame, *, top: int | None = None, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """Did it come as foreseen? What was reported, as a share of the forecast, on a scale of powers of ten.

    A row is a forecast and one figure that was reported for its place, scope and year; a hollow dot is a figure of
    another measure. Forecasts without a figure are counted below, and named in the notes.

    Parameters
    ----------
    table : what `forecast_check` gave.
    top : how many rows are drawn; by default as many as fit.
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
    narrow = is_narrow(size)
    others = table[~table["forecast_id"].isin(rows["forecast_id"])].drop_duplicates("forecast_id")
    words = {"title": _finding(rows, others), "subtitle": _subtitle(rows), "footer": _UNLIKE}
    last = (
        f"{counted(len(others), 'more forecast has', 'more forecasts have')} no figure" if len(others) else ""
    )
    below = (last.count("\n") + 1.8) * bool(last)
    names = [
        wrap_label(_name(row), letters_across(ax, size, 0.95 if narrow else _NAMES))
        for row in table_rows(rows)
    ]
    said = [
        wrap_label(_words(row), letters_across(ax, size, 0.95 if narrow else (1 - _NAMES) * 0.95))
        for row in table_rows(rows)
    ]
    lines = max(name.count("\n") + 1 for name in names)
    under = max(one.count("\n") + 1 for one in said)
    row = 1.3 + under + (1.1 * lines if narrow else max(0, lines - under - 1))
    room = int((lines_that_fit(size, ax, **words) - _TOP - below - 1) / row)
    kept = min(len(rows), top or (len(rows) if len(rows) <= room else max(1, room - 1)))
    left_out = more(len(rows) - kept)
    bottom = _TOP + row * kept
    height = bottom + 1.2 * bool(left_out) + below
    with axes_for(ax, size, height=height_around(height, size, **words), grid=None) as drawn_on:
        drawn_on.set_xscale("log")
        low, high = (
            min(rows["share_of_forecast_pct"].min(), 100),
            max(rows["share_of_forecast_pct"].max(), 100),
        )
        drawn_on.set(xlim=(low / 1.8, high * 1.8), ylim=(height, 0))
        _draw_scale(drawn_on, low / 1.8, high * 1.8, bottom)
        y = _TOP + row * (np.arange(kept) + 0.5) - under / 2 + (0.55 * lines) * narrow
        for one, at, words_of in zip(table_rows(rows.head(kept)), y, said, strict=False):
            _draw_row(drawn_on, one, float(at), words_of)
        name_rows(
            drawn_on, list(y), names[:kept], above=narrow, lift=0.45 + 0.55 * lines, bold=[narrow] * kept
        )
        drawn_on.set_xticks([])
        drawn_on.set_xticks([], minor=True)
        drawn_on.spines[:].set_visible(False)
        for text, at in ((left_out, bottom + 0.6), (last, height - below / 2)):
            drawn_on.text(
                0, at, text, transform=drawn_on.get_yaxis_transform(), va="center", color=QUIET_TEXT
            )
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


_UNLIKE = "Two firms seldom count the same market."
_NOTES = (
    "A figure stands beside a forecast where place, scope and year agree; what each of them counts may still differ: "
    "the table has the words of both. Amounts of another currency were converted at the mean rate of the year."
)


def _draw_scale(ax: Axes, low: float, high: float, bottom: float) -> None:
    for power in range(int(np.ceil(np.log10(low))), int(np.floor(np.log10(high))) + 1):
        share = 10.0**power
        same = power == 2
        ax.plot(
            [share] * 2, [_TOP - 0.4, bottom], color=TEXT if same else GRID, linewidth=pt(2 if same else 1), zorder=0
        )  # fmt: skip
        said = "as foreseen" if same else f"{number(share)}%"
        weight = "bold" if same else "normal"
        ax.text(
            share, _TOP - 1, said, ha="center", va="center", color=TEXT if same else QUIET_TEXT, weight=weight
        )


def _draw_row(ax: Axes, row: Any, y: float, words: str) -> None:
    """The line from the forecast to the figure, the figure, and the words below it."""
    hue, share = colour("final"), row.share_of_forecast_pct
    ax.plot([100, share], [y, y], color=colour("quiet"), linewidth=pt(2), zorder=2)
    face = hue if row.outcome_measure_label == _SAME else "white"
    ax.plot(
        [share],
        [y],
        "o",
        color=hue,
        markerfacecolor=face,
        markersize=pt(10),
        markeredgewidth=pt(1.6),
        gid="came",
        zorder=3,
    )
    below = y + 0.6 + (words.count("\n") + 1) / 2
    ax.text(
        0, below, words, transform=ax.get_yaxis_transform(), va="center", color=QUIET_TEXT, path_effects=halo()
    )  # fmt: skip
    right = share >= 100
    ax.annotate(
        f"{share:.0f}%", (share, y), xytext=(pt(9) if right else -pt(9), 0), textcoords="offset points", color=hue,
        ha="left" if right else "right", va="center_baseline", weight="bold",
    )  # fmt: skip


def _name(row: Any) -> str:
    return f"{row.publisher}, for {row.target_year}"


def _words(row: Any) -> str:
    """What was foreseen and what was reported, with dollars where the forecast is in dollars."""
    units = money_units(pd.Series([row.unit, row.outcome_unit]))
    (wanted, given), (scale, own) = units["currency"], units["billions"]
    foreseen = money(row.value * scale, wanted, qualifier=str(row.qualifier))
    usd = row.outcome_in_forecast_unit * scale if wanted == "USD" and given == "CNY" else float("nan")
    amount, hedge = row.outcome_value * own, str(row.outcome_qualifier)
    reported = (
        with_dollars(amount, usd, qualifier=hedge)
        if given == "CNY"
        else money(amount, given, qualifier=hedge)
    )
    return f"{foreseen} foreseen, {reported} reported"


def _without(others: pd.DataFrame) -> str:
    said = ", ".join(f"{row.publisher} for {row.target_year}" for row in table_rows(others))
    return f"No figure found for the forecasts of {said}"


def _subtitle(rows: pd.DataFrame) -> str:
    hollow = (rows["outcome_measure_label"] != _SAME).any()
    return "Reported figure as a share of the forecast" + ("; hollow: of another measure" if hollow else "")


def _finding(rows: pd.DataFrame, others: pd.DataFrame) -> str:
    k = rows["forecast_id"].nunique()
    n = k + len(others)
    shares = rows["share_of_forecast_pct"]
    ends = (
        f"{shares.min():.0f}%"
        if shares.min() == shares.max()
        else f"{shares.min():.0f}% to {shares.max():.0f}%"
    )
    due = "is" if n == 1 else "are"
    has, them = ("has", "it") if k == 1 else ("have", "them")
    said = f"Of {counted(n, 'forecast')} that {due} due, {k} {has} a figure beside {them}"
    return f"{said}: {ends} of what was foreseen"


def _told(row: Any) -> str:
    return f"{_name(row)}: {_words(row)}, {row.share_of_forecast_pct:.0f}%"
