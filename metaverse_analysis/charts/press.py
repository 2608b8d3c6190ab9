"""Charts of the press audit: the article's two figures, and all printed dollar figures against the market."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter, YearLocator
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ..measures.press import NEAR_PCT, STALE_YEARS, VERDICTS
from ..measures.wording import day_in_words
from ..tables import dates
from ..tables.rates import market_rate, rates_source
from .canvas import axes_for, panels_for
from .contract import draws
from .footers import TITLE, describe, frame
from .labels import direct_label, embolden, halo
from .marks import key_above, table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .wording import number

_WORDS = {
    "consistent": "fits the rate of its day",
    "stale": "fits only an older rate",
    "inconsistent": "fits neither",
}
_BEFORE_AND_AFTER = pd.Timedelta(days=120)
_NEAR_THE_MARKET = 0.08  # a rate further than this from all of the market's is drawn at the edge
_NAMED_BEYOND = 5  # so many of those are named, the furthest ones


@draws(
    "press_audit",
    "place outlet published printed verdict reason",
    numbers="""reported_usd_bn printed_usd_low_bn printed_usd_high_bn document_low_bn market_rate converted_usd_low_bn
    converted_usd_high_bn""",
    flags="in_article",
)
def press_article(audit: pd.DataFrame, *, size: str = "notebook") -> Figure:
    """The article's figures: each as printed, with what rounding allows, and the document's amount at that day's rate.

    Draws the rows of the article (`in_article`), one panel each, on dollar axes of one scale.

    Parameters
    ----------
    audit : what `press_audit` gave.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The figure.

    Raises
    ------
    ValueError
        If the table isn't that of `press_audit`, or has no figure of the article.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> figure = ma.charts.press_article(ma.press_audit(ma.load()))
    >>> [ax.get_title(loc="left") for ax in figure.axes]
    ['Sichuan', 'Shandong']
    """
    rows = audit[audit["in_article"] & audit["market_rate"].notna()].reset_index(drop=True)
    if rows.empty:
        raise ValueError("no row of this table is a figure of the article (in_article): give press_audit(ds)")
    ends = rows[
        ["printed_usd_low_bn", "printed_usd_high_bn", "converted_usd_low_bn", "converted_usd_high_bn"]
    ]
    half = float((ends.max(axis=1) - ends.min(axis=1)).max()) * 0.5 + 0.6
    with panels_for(len(rows), 1, size, height=None) as (figure, axes):
        for ax, row in zip(axes[:, 0], table_rows(rows), strict=True):
            _article_panel(ax, row, half)
        axes[-1, 0].set_xlabel("billion US dollars")
        day = day_in_words(rows["published"].iloc[0])
        rate = f"{rows['market_rate'].iloc[0]:.4f} yuan per dollar"
        words = f"As printed on {day}, and the document's yuan at that day's rate. Each panel spans the same dollars."
        frame(
            figure,
            title=_article_finding(rows),
            subtitle=words,
            footer=f"Rate of {day}: {rate}. {_footer(rows)}",
            drawn=rows,
            alt=[TITLE, *rows["place"] + ": " + rows["reason"]],
        )
    return figure


def _article_panel(ax: Axes, row: Any, half: float) -> None:
    """One figure: the printed range as a bar, the converted amount as a point below it, joined by a fine line."""
    hue = colour(row.verdict)
    low, high = row.printed_usd_low_bn, row.printed_usd_high_bn
    ax.barh([1], [high - low], left=[low], height=0.42, color=hue, alpha=0.28)
    ax.plot([row.reported_usd_bn], [1], "o", color=hue, markersize=9)
    ax.plot([row.converted_usd_low_bn] * 2, [0, 1.21], color=TEXT, linewidth=1, linestyle=(0, (2, 2)))
    ax.plot([row.converted_usd_low_bn], [0], "D", color=TEXT, markersize=8)
    middle = (max(high, row.converted_usd_high_bn) + min(low, row.converted_usd_low_bn)) / 2
    ax.set(xlim=(middle - half, middle + half), ylim=(-0.6, 1.6))
    yuan = f"¥{number(row.document_low_bn)} bn"
    ax.set_yticks([1, 0], ["as printed", f"the document's {yuan}"])
    ax.set_title(row.place)
    ax.spines["left"].set_visible(False)  # the axis doesn't start at zero
    apart = "" if row.verdict == "consistent" else _apart(row.reported_usd_bn, row.converted_usd_low_bn)
    notes = [
        (high, 1, f"${_printed(row)} bn, so {number(low, 3)} to {number(high, 3)}{apart}", hue),
        (row.converted_usd_high_bn, 0, f"${number(row.converted_usd_low_bn)} bn", TEXT),
    ]
    for x, y, words, shade in notes:
        ax.annotate(
            words,
            (x, y),
            xytext=(9, 0),
            textcoords="offset points",
            va="center_baseline",
            color=shade,
            weight="bold",
        )


def _apart(printed: float, converted: float) -> str:
    """How far the printed figure is from the converted one; nothing where that is zero."""
    if not converted:
        return ""
    share = printed / converted - 1
    return f": {abs(share):.0%} too {'much' if share > 0 else 'little'}"


def _article_finding(rows: pd.DataFrame) -> str:
    fits = rows["verdict"] == "consistent"
    right, wrong = (" and ".join(rows.loc[flag, "place"]) for flag in (fits, ~fits))
    if not wrong:
        return f"The dollars printed for {right} fit the yuan of the document"
    if not right:
        return f"The dollars printed for {wrong} do not fit the yuan of the document"
    return f"The dollars printed for {right} fit the document's yuan; those for {wrong} do not"


@draws(
    "press_audit",
    "place_id place outlet published printed document_currency last_day_in_range verdict",
    numbers="implied_rate_low implied_rate_high",
    flags="in_article",
)
def press_rates(audit: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Every printed dollar figure at its date, as the exchange rate that it implies, on the line of the market's rate.

    A point is one rate that one or more outlets used at one date, the larger the more outlets; the bar through it is
    what their rounding allows. Figures for documents in other currencies than the yuan, and figures without a date,
    are counted in the footer. A figure far from the market is drawn as an arrow at the edge, with its rate.

    Parameters
    ----------
    audit : what `press_audit` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `press_audit`, or no figure in it has a date and a document in yuan.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.press_rates(ma.press_audit(ma.load()))
    >>> any("Shandong" in text.get_text() for text in ax.texts)
    True
    """
    rows = audit[
        audit["published"].notna() & (audit["document_currency"] == "CNY") & audit["verdict"].notna()
    ]
    rows = rows[rows["implied_rate_low"].notna() & rows["implied_rate_high"].notna()]
    if rows.empty:
        raise ValueError(
            "no figure in this table has a date and a document in yuan: there is nothing to draw"
        )
    points = _points(rows)
    course = _market(points)
    with axes_for(ax, size, grid="y") as ax:
        ax.plot(course["date"], course["rate"], color=colour("plain"), linewidth=1.6, zorder=2)
        low, high = _limits(course, points)
        ax.set_ylim(low, high)
        beyond = (points["rate"] < low) | (points["rate"] > high)
        _draw_points(ax, points[~beyond])
        _draw_beyond(ax, points[beyond], low, high)
        _draw_article(ax, points[points["in_article"]], course)
        direct_label(ax, course["date"].iloc[-1], [course["rate"].iloc[-1]], ["market"], colours=[QUIET_TEXT])
        ax.xaxis.set_major_locator(YearLocator())
        ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))
        _key(ax, points)
        words = (
            "Yuan per US dollar that each printed figure implies. Upright bars: what its rounding allows; level bars: "
            "only its month or year is known. Larger points: more outlets"
        )
        names = list(points["place"] + ", " + points["date"].dt.strftime("%Y-%m-%d"))
        what = "Printed figures on the line of the market"
        frame(
            ax,
            title=_rates_finding(audit),
            subtitle=words,
            footer=f"{_left_out(audit)}{_footer(audit)}",
            drawn=rows,
            alt=describe(points["rate"].tolist(), names, what, "yuan per dollar"),
        )
    return ax


def _printed(row: Any) -> str:
    """The digits as printed; a file read again may have made them a number."""
    return row.printed if isinstance(row.printed, str) else f"{row.printed:g}"


def _market(points: pd.DataFrame) -> pd.DataFrame:
    """The market's rate by day, from some months before the first figure to some months after the last."""
    first, last = points["first"].min() - _BEFORE_AND_AFTER, points["last"].max() + _BEFORE_AND_AFTER
    return market_rate("USD", "CNY")[first:last].rename("rate").reset_index()


def _points(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each implied rate at one date: its range, its verdict and the number of figures."""
    first, last = dates.first_day(rows["published"]), dates.last_day(rows["published"])
    rows = rows.assign(
        first=first,
        last=last,
        date=first + (last - first) / 2,
        rate=(rows["implied_rate_low"] + rows["implied_rate_high"]) / 2,
        verdict=rows["verdict"].astype("str"),
    )
    keys = ["date", "implied_rate_low", "implied_rate_high", "verdict", "in_article"]
    kept = {
        name: (name, "first")
        for name in ("rate", "first", "last", "place", "place_id", "printed", "last_day_in_range", "outlet")
    }
    return rows.groupby(keys, as_index=False).agg(n=("rate", "size"), **kept)


def _limits(course: pd.DataFrame, points: pd.DataFrame) -> tuple[float, float]:
    """From the lowest to the highest rate, of the market or of a figure not far from it, with a margin."""
    low, high = course["rate"].min(), course["rate"].max()
    near = points["rate"].between(low * (1 - _NEAR_THE_MARKET), high * (1 + _NEAR_THE_MARKET))
    low, high = min(low, points["rate"][near].min()), max(high, points["rate"][near].max())
    margin = (high - low) * 0.1
    return low - margin, high + margin


def _draw_points(ax: Axes, points: pd.DataFrame) -> None:
    hues = [colour(verdict) for verdict in points["verdict"]]
    scale = mpl.rcParams["font.size"] / 12  # marks as large as the letters
    thin: dict[str, Any] = {"color": hues, "linewidth": 1.4 * scale, "zorder": 3}
    ax.vlines(points["date"], points["implied_rate_low"], points["implied_rate_high"], alpha=0.5, **thin)
    # Where no day is known, the month or the year.
    ax.hlines(points["rate"], points["first"], points["last"], alpha=0.25, **thin)
    area = np.where(points["in_article"], 90, 30 * np.sqrt(points["n"].to_numpy(dtype="float64"))) * scale**2
    ax.scatter(points["date"], points["rate"], s=area, color=hues, edgecolor="white", linewidth=0.8, zorder=4)


def _draw_beyond(ax: Axes, points: pd.DataFrame, low: float, high: float) -> None:
    """Figures whose rate is off the scale, as arrows at its edge."""
    hues = [colour(verdict) for verdict in points["verdict"]]
    below = (points["rate"] < low).to_numpy()
    edges = np.where(below, low + (high - low) * 0.025, high - (high - low) * 0.025)
    for x, y, down, hue in zip(points["date"], edges, below, hues, strict=True):
        ax.plot([x], [y], "v" if down else "^", color=hue, markersize=7, zorder=4)
    farthest = pd.Series(np.abs(points["rate"].to_numpy() - (low + high) / 2)).nlargest(_NAMED_BEYOND).index
    labels = [f"{points['place'].iloc[i]}: {number(points['rate'].iloc[i], 2)}" for i in farthest]
    dates_of, hues_of = [points["date"].iloc[i] for i in farthest], [hues[i] for i in farthest]
    direct_label(ax, dates_of, list(edges[farthest]), labels, colours=hues_of)


def _draw_article(ax: Axes, points: pd.DataFrame, course: pd.DataFrame) -> None:
    """Name the article's figures; lead back from a stale one to the day on which the market last stood there."""
    for row in table_rows(points[points["verdict"] == "stale"]):
        rate = course.loc[course["date"] == row.last_day_in_range, "rate"]
        if len(rate):
            y, hue = rate.iloc[0], colour("stale")
            ax.plot(
                [row.last_day_in_range, row.date],
                [y, y],
                color=hue,
                linewidth=1.2,
                linestyle=(0, (2, 2)),
                zorder=5,
            )
            middle = row.last_day_in_range + (row.date - row.last_day_in_range) / 2
            below: dict[str, Any] = {
                "xytext": (0, -4),
                "textcoords": "offset points",
                "ha": "center",
                "va": "top",
            }
            words = f"last seen on {_day(row.last_day_in_range)}"
            ax.annotate(words, (middle, y), **below, color=hue, path_effects=halo(), zorder=6)
    labels = [f"{row.place}, ${_printed(row)} bn" for row in table_rows(points)]
    hues = [colour(verdict) for verdict in points["verdict"]]
    notes = direct_label(ax, list(points["date"]), list(points["rate"]), labels, colours=hues)
    embolden(notes, [True] * len(notes))


def _day(day: pd.Timestamp) -> str:
    return day_in_words(f"{day:%Y-%m-%d}")


def _key(ax: Axes, points: pd.DataFrame) -> None:
    """What the colours mean, above the chart, with the number of figures."""
    there = [verdict for verdict in VERDICTS if verdict in set(points["verdict"])]
    counts = points.groupby("verdict")["n"].sum()
    handles = [
        Line2D([], [], marker="o", linestyle="", color=colour(verdict), markersize=7) for verdict in there
    ]
    words = [f"{_WORDS[verdict]} ({counts[verdict]})" for verdict in there]
    key_above(ax, handles, words, handlelength=0.8, handletextpad=0.4)


def _rates_finding(audit: pd.DataFrame) -> str:
    stale = audit[audit["in_article"] & (audit["verdict"] == "stale")]
    fits = audit[audit["in_article"] & (audit["verdict"] == "consistent")]
    if len(stale) and len(fits):
        row = stale.iloc[0]
        days = (dates.first_day(stale["published"]).iloc[0] - row["last_day_in_range"]).days
        months = f"{days / 30.44:.0f} months" if days > 60 else f"{days} days"
        return (
            f"The article's two figures cannot come from one rate: {row['place']}'s was {months} out of date"
        )
    dated = audit[audit["verdict"].notna() & (audit["verdict"] != "undated")]
    fitting = (dated["verdict"] == "consistent").sum()
    return f"{fitting} of {len(dated)} printed dollar figures fit the rate of their day"


def _left_out(audit: pd.DataFrame) -> str:
    undated = int(audit["published"].isna().sum())
    other = int((audit["published"].notna() & (audit["document_currency"] != "CNY")).sum())
    parts = [f"{undated} without a date" if undated else "", f"{other} for other currencies" if other else ""]
    left = " and ".join(part for part in parts if part)
    near = f"Fits: the market is in the range or within {NEAR_PCT:g}% of it; older: of the {STALE_YEARS} years before. "
    return near + (f"Not shown: {left}. " if left else "")


def _footer(audit: pd.DataFrame) -> str:
    n, outlets = len(audit), audit["outlet"].nunique()
    printed = (
        f"{n} figures printed by {outlets} outlets"
        if outlets > 1
        else f"{n} figures printed by {audit['outlet'].iloc[0]}"
    )
    return f"{printed}. Rates: {rates_source()['text']}."
