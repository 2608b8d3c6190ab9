"""The article's dollar figures on one axis of exchange rates: the rates that each allows, and the market's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..measures.wording import day_in_words
from ..tables.rates import rates_source
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .labels import embolden
from .marks import table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .press import fits, is_checked, last_right, printed, time_before, too_many_pct
from .style import drawn_size, height_for, is_narrow, pt
from .wording import currency_words, cut_label, first_upper, listed, money, number

_ROW = 3.3  # lines of text that a figure takes: its rates, its bar, what is wrong with it
_NAME = 18  # characters of a place on a line
_THICK = 0.27  # of a row
_NARROWEST = 0.4  # of the size's width: what its words take on a caller's axes


@draws(
    "press_audit",
    "place outlet published date_precision printed document_currency last_day_in_range verdict source_ids",
    numbers="""reported_usd_bn document_low_bn market_rate implied_rate_low implied_rate_high
    converted_usd_low_bn""",
    flags="in_article",
    key="press_figure_id",
)
def press_article(audit: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Can the article's dollar figures come from one exchange rate?

    A bar for each figure of the article (`in_article`) spans the rates at which the document's amount rounds to the
    printed dollars. An upright line is the market's rate of that day; an arrow the gap between them.

    Parameters
    ----------
    audit : what `press_audit` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `press_audit`, or has no figure of the article that can be drawn.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.press_article(ma.press_audit(ma.load()))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Sichuan', 'Shandong']
    """
    rows = _drawable(audit)
    with axes_for(
        ax, size, height=height_for(len(rows) + 0.4, size, _ROW), grid=None, narrowest=_NARROWEST
    ) as ax:
        for y, row in enumerate(table_rows(rows)):
            _draw_figure(ax, y, row)
        first = rows.iloc[0]
        _label_market(ax, first)
        ax.set_yticks(range(len(rows)), [_name(place) for place in rows["place"]])
        embolden(ax.get_yticklabels(), [True] * len(rows))
        ax.set(xlim=_limits(rows), ylim=(len(rows) - 0.3, -0.9), xticks=[])
        day, per = day_in_words(first["published"]), currency_words(first["document_currency"])
        frame(
            ax,
            title=_finding(rows),
            subtitle=f"{first_upper(per)} per US dollar that fit the figures of {first['outlet']}, {day}",
            notes=_notes(rows),
            drawn=rows,
            alt=[_kind(rows), TITLE, *[_in_a_sentence(row) for row in table_rows(rows)]],
        )
    return ax


def _drawable(audit: pd.DataFrame) -> pd.DataFrame:
    """The article's figures of one currency, whose rates are known and finite."""
    rows = audit[audit["in_article"] & is_checked(audit) & np.isfinite(audit["implied_rate_high"])]
    if rows.empty:
        raise ValueError(
            "no row of this table is a figure of the article (in_article) with a rate of its day: give press_audit(ds)"
        )
    rows = rows[rows["document_currency"] == rows["document_currency"].iloc[0]].reset_index(drop=True)
    return rows.assign(too_many_pct=too_many_pct(rows))


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    low = min(rows["implied_rate_low"].min(), rows["market_rate"].min())
    high = max(rows["implied_rate_high"].max(), rows["market_rate"].max())
    margin = 0.04 * (high - low) or 0.1
    return low - margin, high + margin


def _draw_figure(ax: Axes, y: int, row: Any) -> None:
    hue = colour("final" if row.verdict == "consistent" else "emphasis")
    low, high, market = row.implied_rate_low, row.implied_rate_high, row.market_rate
    bar = ax.barh([y], [high - low], left=[low], height=_THICK, color=hue, zorder=2)
    line = ax.vlines(market, y - 0.88, y + 0.65, color=TEXT, linewidth=pt(2), zorder=3)
    hover(bar, f"{row.place}, {_printed_for(row)}: {number(low, 2)} to {number(high, 2)}".replace("\n", " "))
    hover(line, f"The market: {number(market, 2)}")
    # Words end before the market's line, or begin behind it.
    left = low <= market
    edge, side, align = (min(high, market), -1, "right") if left else (max(low, market), 1, "left")
    inset = pt(5) * side if low < market < high else 0
    above: dict[str, Any] = {"textcoords": "offset points", "ha": align, "color": hue}
    ax.annotate(f"{number(low, 2)} to {number(high, 2)}", (edge, y - _THICK / 2),
                xytext=(inset, pt(3)), va="bottom", **above)  # fmt: skip
    _amounts(ax, y, row)
    if row.verdict != "consistent":
        _draw_gap(ax, y, row, hue, left)


def _name(place: str) -> str:
    return cut_label(place, _NAME, 1 if is_narrow(drawn_size()) else 2)


def _amounts(ax: Axes, y: int, row: Any) -> None:
    """What was printed for what, below the name."""
    lines = _name(row.place).count("\n") + 1
    ax.annotate(
        _printed_for(row), (0, y), xycoords=ax.get_yaxis_transform(), xytext=(-pt(5), -pt(2 + 7.2 * lines)),
        textcoords="offset points", ha="right", va="top", color=QUIET_TEXT, annotation_clip=False,
    )  # fmt: skip


def _draw_gap(ax: Axes, y: int, row: Any, hue: str, left: bool) -> None:
    """An arrow from the bar to the market, and below it how many dollars too many, and since when."""
    edge = row.implied_rate_high if left else row.implied_rate_low
    arrow = {"arrowstyle": "<->", "color": hue, "linewidth": pt(1.8), "shrinkA": pt(3), "shrinkB": pt(4)}
    ax.annotate("", (row.market_rate, y), (edge, y), arrowprops=arrow, zorder=2)
    side, align = (-1, "right") if left else (1, "left")
    below: dict[str, Any] = {
        "textcoords": "offset points", "ha": align, "va": "top", "color": hue, "linespacing": 1.1
    }  # fmt: skip
    words = [_too_many(row), last_right(row)]
    for line, (said, weight) in enumerate(zip(words, ("bold", "normal"), strict=True)):
        at = (row.market_rate, y + _THICK / 2)
        ax.annotate(said, at, xytext=(side * pt(6), -pt(3 + 15 * line)), weight=weight, **below)


def _label_market(ax: Axes, row: pd.Series) -> None:
    left = row["implied_rate_low"] <= row["market_rate"]
    when = {"day": "that day", "month": "that month"}.get(str(row["date_precision"]), "that year")
    ax.annotate(
        f"market {when}: {number(row['market_rate'], 2)}", (row["market_rate"], -0.88),
        xytext=(pt(-6 if left else 6), 0), textcoords="offset points",
        ha="right" if left else "left", va="top", weight="bold",
    )  # fmt: skip


def _printed_for(row: Any) -> str:
    return f"{printed(row)} for {money(row.document_low_bn, row.document_currency)}"


def _too_many(row: Any) -> str:
    """How far the printed dollars are from the right ones; nothing where these are zero."""
    if pd.isna(row.too_many_pct):
        return ""
    return f"{abs(row.too_many_pct):.0f}% too {'many' if row.too_many_pct > 0 else 'few'} dollars"


def _finding(rows: pd.DataFrame) -> str:
    good = fits(rows).to_numpy()
    each = [f"{row.place}'s {printed(row)}" for row in table_rows(rows)]
    right = listed([words for words, fit in zip(each, good, strict=True) if fit])
    wrong = listed([words for words, fit in zip(each, good, strict=True) if not fit])
    fit, need = ("fits" if n == 1 else "fit" for n in (good.sum(), (~good).sum()))
    if not wrong:
        return f"{right} {fit} the day's exchange rate"
    first = f"{right} {fit} the day's exchange rate; " if right else ""
    odd = table_rows(rows[~good])
    if len(odd) == 1 and odd[0].verdict == "stale":
        return f"{first}{wrong} needs one last seen {time_before(odd[0])} before"
    return f"{first}{wrong} {'does' if need == 'fits' else 'do'} not{'' if right else ' fit it'}"


def _kind(rows: pd.DataFrame) -> str:
    one = "A bar on a line of exchange rates"
    return one if len(rows) == 1 else "Bars on a line of exchange rates, one for each printed figure"


def _in_a_sentence(row: Any) -> str:
    low, high = number(row.implied_rate_low, 2), number(row.implied_rate_high, 2)
    said = f"{row.place}: {_printed_for(row)} fits any rate from {low} to {high}; the market stood at "
    return said + number(row.market_rate, 2)


def _notes(rows: pd.DataFrame) -> str:
    row = rows.iloc[0]
    return (
        f"A printed figure stands for a range: {printed(row)} is anything that rounds to it. The document's amount "
        "divided by that range gives the exchange rates that the outlet may have used. The two figures of one article "
        f"were printed on one day, so one rate should do for both. The market stood at {row['market_rate']:.4f} "
        f"({rates_source()['name']})."
    )
