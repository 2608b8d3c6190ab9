"""The sum that can be defended, as a chart: its steps, and what is not in it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..measures.standing import reason_words
from ..measures.totals import Total
from .blocks import is_emphasised, wrapped
from .outcomes import table_rows
from .palette import ARTICLE_PLACES, QUIET_TEXT, colour, tint
from .style import (
    axes_for,
    bar_style,
    describe,
    embolden,
    frame,
    hedged,
    height_for,
    label_bar_ends,
    number,
    set_alt_text,
    wrap_label,
)  # fmt: skip

_MOST_LEFT_OUT = 15
_BREAK = 1.4  # rows between the sum and what is not in it


def total(
    result: Total,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Axes:
    """The sum that can be defended, step by step, and below it what is not in it, with the reasons.

    Takes what `add_up` gives. Of what is left out the largest are drawn, and the others counted.
    """
    if not isinstance(result, Total):
        raise ValueError("this chart takes a sum: give what add_up(targets, scope=..., year=...) makes")
    if result.included.empty:
        raise ValueError("this total has nothing in it: there is no sum to draw")
    inside, outside = result.included, result.excluded.head(_MOST_LEFT_OUT)
    finding = title or _finding(result)
    rows = len(inside) + 1 + len(outside) + _BREAK * bool(len(outside))
    at = [*range(len(inside) + 1), *(len(inside) + 1 + _BREAK + i for i in range(len(outside)))]
    names, lines = wrapped([*inside["place"], "Sum", *outside["place"]])
    left_out = zip(table_rows(outside), reason_words(outside, others=False), strict=True)
    reasons = [_left_out_words(row, reason) for row, reason in left_out]
    lines = max(lines, *(words.count("\n") + 1 for words in ["", *reasons]))
    with axes_for(ax, size, height=height_for(rows, size, lines=lines)) as ax:
        _draw_steps(ax, inside, result)
        if len(outside):
            _draw_left_out(ax, outside, at[len(inside) + 1 :], reasons, len(result.excluded))
        ax.set_yticks(at, names)
        embolden(ax.get_yticklabels(), [*is_emphasised(inside), True, *[False] * len(outside)])
        for tick in ax.get_yticklabels()[len(inside) + 1 :]:
            tick.set_color(QUIET_TEXT)
        ax.xaxis.set_major_formatter(lambda value, _: number(value))
        ax.set(xlim=(0, None), ylim=(max(at) + 0.6, -0.6))
        what = f"Promised {result.measure.replace('_', ' ')} by {result.year}, billion yuan"
        words = subtitle or f"{what}; one scope, one year, one measure"
        frame(ax, title=finding, subtitle=words, footer=footer or _footer(result))
        set_alt_text(
            ax,
            describe(
                list(inside["amount_cny_bn"]),
                list(inside["place"]),
                "Steps of a sum",
                "billion yuan",
                finding,
            ),
        )
    return ax


def _more(result: Total) -> str:
    return " or more" if result.or_more else ""


def _finding(result: Total) -> str:
    amount = f"{number(result.amount_cny_bn)} billion yuan{_more(result)}"
    return f"Promises of {result.scope_label} for {result.year} add up to {amount}, each yuan counted once"


def _draw_steps(ax: Axes, inside: pd.DataFrame, result: Total) -> None:
    """Each bar starts where the one above it ends; the last is the sum."""
    ends = inside["amount_cny_bn"].cumsum()
    bars: list[Any] = []
    labels = []
    for i, row in enumerate(table_rows(inside.assign(end=ends))):
        hue = colour("emphasis" if row.place_id in ARTICLE_PLACES else "final")
        look = bar_style(hue, "draft" if row.status == "draft" else "final")
        bars += ax.barh([i], [row.amount_cny_bn], left=[row.end - row.amount_cny_bn], height=0.74, **look)
        ax.vlines(row.end, i, i + 1, color=colour("plain"), linewidth=0.8, zorder=1)
        labels.append(_amount(row) + (", draft" if row.status == "draft" else ""))
    embolden(label_bar_ends(ax, bars, labels), is_emphasised(inside))
    whole = ax.barh([len(inside)], [result.amount_cny_bn], height=0.74, color=colour("final"))
    label_bar_ends(ax, whole, [number(result.amount_cny_bn) + _more(result)], weight="bold")


def _draw_left_out(ax: Axes, outside: pd.DataFrame, at: list[float], labels: list[str], count: int) -> None:
    heading = "Not in the sum" + (f": {count}, of which the largest" if count > len(outside) else "")
    look: dict[str, Any] = {"va": "center", "weight": "bold", "color": QUIET_TEXT}
    ax.annotate(heading, (0, at[0] - 0.95), xytext=(3, 0), textcoords="offset points", **look)
    grey = colour("plain")
    amounts = outside["amount_cny_bn"].fillna(0)
    bars = ax.barh(at, amounts, height=0.5, facecolor=tint(grey, 0.15), edgecolor=grey, linewidth=0.8)
    label_bar_ends(ax, bars, labels, color=QUIET_TEXT)


def _left_out_words(row: Any, reason: str) -> str:
    """The amount and the reason, without the ids, which the table has."""
    amount = "" if pd.isna(row.amount_cny_bn) else _amount(row) + ": "
    return wrap_label(amount + reason, 52)


def _amount(row: Any) -> str:
    return hedged(row.amount_cny_bn, row.amount_max_cny_bn, row.qualifier)


def _footer(result: Total) -> str:
    alone = len(result.drafts_alone)
    words = f" Of the places in the sum, {alone} only have a draft." if alone else ""
    meaning = "Amounts as the documents set them; they don't define the scope alike."
    return f"A place inside another one that is in the sum doesn't count again.{words} {meaning}"
