"""The rates behind printed dollar figures, on the line of the market: where an article's figure was out of date."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, YearLocator

from ..measures.wording import day_in_words
from ..tables import dates
from ..tables.rates import market_rate, rates_source
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .labels import direct_label, halo
from .marks import table_rows
from .palette import QUIET_TEXT, colour
from .press import fits, is_checked, last_right, printed
from .style import drawn_size, is_narrow, pt
from .wording import counted, currency_words, cut_label, listed, number

_BEFORE_AND_AFTER = pd.Timedelta(days=120)
_NAME = 20  # characters of a place
_STEP = 0.1  # of a rate: figures closer together are one dot
_NEAR_THE_MARKET = 0.08  # a rate further than this from all of the market's is not drawn


@draws(
    "press_audit",
    "place_id place outlet published printed document_currency last_day_in_range verdict source_ids",
    numbers="reported_usd_bn market_rate implied_rate_low implied_rate_high",
    flags="in_article",
    key="press_figure_id",
)
def press_over_time(audit: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """When did the market stand where the printed dollars put it?

    The line is the market's rate, day by day. A pale dot stands for the printed figures of one month that need about
    one rate (the middle of what each allows), its area for how many they are; an upright bar is all that a figure of
    the article (`in_article`) allows. A dashed line leads from one that is out of date back to the day on which the
    market last stood in it.

    Parameters
    ----------
    audit : what `press_audit` gave; its figures in the currency that most of them share are drawn.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `press_audit`, or no figure in it has a date and a rate.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.press_over_time(ma.press_audit(ma.load()))
    >>> any("16 May 2023" in text.get_text() for text in ax.texts)
    True
    """
    rows = _dated(audit)
    course = _market(rows)
    near = _is_near(rows, course)
    with axes_for(ax, size, grid="y") as ax:
        ax.plot(course["date"], course["rate"], color=QUIET_TEXT, linewidth=pt(1.6), zorder=3)
        plain = rows[near & ~rows["in_article"]]
        piles = _piles(plain)
        dots = ax.scatter(
            piles["date"], piles["rate"], s=pt(4.5) ** 2 * piles["figures"], color=colour("quiet"), zorder=2,
            edgecolor="white", linewidth=pt(0.8), gid="figures",
        )  # fmt: skip
        hover(dots, list(piles["who"]))
        _draw_article(ax, rows[rows["in_article"] & near], course)
        last = course.iloc[-1]
        direct_label(ax, last["date"], [last["rate"]], ["market"], colours=[QUIET_TEXT])
        ax.xaxis.set_major_locator(YearLocator())
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))
        per = currency_words(rows["document_currency"].iloc[0]).capitalize()
        frame(
            ax,
            title=_finding(rows),
            subtitle=f"{per} per US dollar: the market's line, and what {_others(len(plain), piles)}",
            notes=_notes(audit, rows, near),
            drawn=rows[near],
            alt=[f"A line of the exchange rate, and {counted(len(plain), 'printed figure')} as dots", TITLE],
        )
    return ax


def _others(n: int, piles: pd.DataFrame) -> str:
    larger = " (larger: several)" if (piles["figures"] > 1).any() else ""
    return f"{counted(n, 'other printed figure')} {'needs' if n == 1 else 'need'}{larger}"


def _piles(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures of one month that need about one rate, in the middle of them: drawn singly they hide each other."""
    step = (rows["rate"] / _STEP).round()
    piles = rows.groupby([rows["date"].dt.to_period("M"), step], sort=True)
    who = rows["outlet"].astype("str") + ", " + rows["place"].astype("str")
    found = piles.agg(date=("date", "mean"), rate=("rate", "mean"), figures=("rate", "size"))
    return found.assign(who=who.groupby([rows["date"].dt.to_period("M"), step], sort=True).agg("; ".join))


def _dated(audit: pd.DataFrame) -> pd.DataFrame:
    """The figures that can be placed, in the currency that most of them share, each with a day and a rate."""
    checked = audit[is_checked(audit)]
    if checked.empty:
        raise ValueError("no figure in this table has a date and a rate of that date: nothing to draw")
    currency = checked["document_currency"].mode().iloc[0]
    rows = checked[checked["document_currency"] == currency].reset_index(drop=True)
    first, last = dates.first_day(rows["published"]), dates.last_day(rows["published"])
    middle = (rows["implied_rate_low"] + rows["implied_rate_high"]) / 2
    return rows.assign(first=first, last=last, date=first + (last - first) / 2, rate=middle)


def _market(rows: pd.DataFrame) -> pd.DataFrame:
    """The market's rate by day, from some months before the first figure to some months after the last."""
    first, last = rows["first"].min() - _BEFORE_AND_AFTER, rows["last"].max() + _BEFORE_AND_AFTER
    course = market_rate("USD", rows["document_currency"].iloc[0])[first:last]
    return course.rename("rate").rename_axis("date").reset_index()


def _is_near(rows: pd.DataFrame, course: pd.DataFrame) -> pd.Series:
    low, high = course["rate"].min(), course["rate"].max()
    return rows["rate"].between(low * (1 - _NEAR_THE_MARKET), high * (1 + _NEAR_THE_MARKET))


def _draw_article(ax: Axes, rows: pd.DataFrame, course: pd.DataFrame) -> None:
    """The article's figures as bars; from one that is out of date back to the day on which it was right."""
    hues = [colour("final" if fit else "emphasis") for fit in fits(rows)]
    bars = ax.vlines(
        rows["date"],
        rows["implied_rate_low"],
        rows["implied_rate_high"],
        color=hues,
        linewidth=pt(4),
        zorder=4,
    )
    labels = [f"{cut_label(row.place, _NAME, 1)}, {printed(row)}" for row in table_rows(rows)]
    hover(bars, labels)
    direct_label(ax, list(rows["date"]), list(rows["rate"]), labels, colours=hues, weight="bold")
    for row in table_rows(rows[rows["verdict"] == "stale"]):
        rate = course.loc[course["date"] == row.last_day_in_range, "rate"]
        if len(rate):
            _lead_back(ax, row, float(rate.iloc[0]))


def _lead_back(ax: Axes, row: Any, rate: float) -> None:
    hue, day = colour("emphasis"), row.last_day_in_range
    dashes: dict[str, Any] = {"linestyle": (0, (3, 2)), "linewidth": pt(2), "zorder": 4}
    ax.plot([day, row.date], [rate, rate], color=hue, **dashes)
    if is_narrow(drawn_size()):  # there the words would lie on the market's line; the title has the month
        return
    ax.annotate(
        last_right(row).replace(" on ", " on\n"), (row.date, rate), xytext=(-pt(7), -pt(5)),
        textcoords="offset points", ha="right", va="top", color=hue, path_effects=halo(), zorder=5, linespacing=1.1,
    )  # fmt: skip


def _finding(rows: pd.DataFrame) -> str:
    article = rows[rows["in_article"]]
    odd = table_rows(article[article["verdict"] == "stale"])
    if len(odd) == 1:
        row, seen = odd[0], day_in_words(f"{odd[0].last_day_in_range:%Y-%m}")
        when = day_in_words(row.published[:7])
        return f"{row.place}'s {printed(row)}, printed in {when}, needs an exchange rate last seen in {seen}"
    if odd:
        return f"The dollars printed for {listed([row.place for row in odd])} need an older exchange rate"
    right = int(fits(rows).sum())
    return f"{right} of {counted(len(rows), 'printed dollar figure')} {'fits' if right == 1 else 'fit'} the market"


def _notes(audit: pd.DataFrame, rows: pd.DataFrame, near: pd.Series) -> str:
    far = rows[~near]
    said = [
        "A printed figure stands for all that rounds to it, so it allows a range of exchange rates, of which the "
        "middle is drawn. A dot stands for the figures of one month that need about one rate. One known by month or "
        "year only stands in their middle. Rates: "
        f"{rates_source()['name']}."
    ]
    if len(far):
        each = [f"{row.outlet} of {row.place} ({number(row.rate, 2)})" for row in table_rows(far)]
        said.append(f"Off the scale: {listed(each)}.")
    if len(audit) > len(rows):
        said.append(f"Not drawn: {len(audit) - len(rows)} without a date or of another currency.")
    return " ".join(said)
