"""The printed dollar figures that don't fit the exchange rate of their day, by outlet."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..measures.press import NEAR_PCT
from ..measures.wording import day_in_words
from ..tables.rates import rates_source
from .broken import cut
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .labels import embolden
from .marks import fold, name_rows, table_rows
from .palette import TEXT, colour
from .press import against_right, fits, in_per_cent, is_checked, too_many_pct
from .rows import short_names
from .style import bar_share, height_for, is_narrow, pt
from .wording import counted

_FAR = 50.0  # per cent: bars beyond are broken off
_BEYOND = 1.4  # of the longest whole bar: how long a broken one is
_MISTAKEN = {
    "wrong_currency": "took another currency for yuan",
    "wrong_amount": "started from another amount than the document's",
}


@draws(
    "press_audit",
    "place outlet published printed document_currency verdict verdict_kind source_ids",
    numbers="""reported_usd_bn document_low_bn market_rate implied_rate_low implied_rate_high
    converted_usd_low_bn""",
    flags="in_article",
    key="press_figure_id",
)
def press_rates(
    audit: pd.DataFrame, *, top: int | None = None, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """Which outlets printed dollars that don't fit the exchange rate of their day, and by how much?

    A bar for each figure that doesn't fit: how many per cent more or fewer dollars were printed than the document's
    amount was worth on that day, from most too many to most too few; those of the article in the emphasis colour. A
    bar that is broken off is far longer than the others. Those far off and those of the article say the figures. The
    figures that fit are counted in the title.

    Parameters
    ----------
    audit : what `press_audit` gave.
    top : draw so many, those that are furthest off; none: as many as there is room for.
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
    >>> ax = ma.charts.press_rates(ma.press_audit(ma.load()))
    >>> "Metaverse Post, Shandong" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    checked = audit[is_checked(audit)]
    if checked.empty:
        raise ValueError("no figure in this table has a date and a rate of that date: nothing to draw")
    wrong = checked[~fits(checked)].assign(too_many_pct=too_many_pct).dropna(subset="too_many_pct")
    if wrong.empty:
        raise ValueError("no figure in this table is off the exchange rate of its day: nothing to draw")
    by_size = wrong.iloc[(-wrong["too_many_pct"].abs()).argsort(kind="stable")]
    narrow = is_narrow(size)
    _, lines = short_names(_names(by_size), size)
    shown, _ = fold(by_size, top, size, lines=lines)
    shown = shown.sort_values("too_many_pct", ascending=False, kind="stable", ignore_index=True)
    names, _ = short_names(_names(shown), size)
    with axes_for(ax, size, height=height_for(len(shown), size, lines), grid=None) as ax:
        thick = bar_share(len(shown), size, lines, 0.36 if narrow else 0.64)
        _draw_bars(ax, shown, thick, short=narrow)
        reach = thick / 2 if narrow else 0.5  # not through the names above the bars
        y = np.arange(len(shown))
        ax.vlines(np.zeros(len(y)), y - reach, y + reach, color=TEXT, linewidth=pt(1), zorder=4)
        name_rows(ax, range(len(shown)), names, above=narrow, bold=list(shown["in_article"]), lift=0.4)
        ax.spines["left"].set_visible(False)
        ax.set(ylim=(len(shown) - 0.4, -0.6), xticks=[])
        frame(
            ax,
            title=_finding(checked, wrong, shown),
            subtitle=_subtitle(wrong, shown),
            notes=_notes(audit, checked, wrong, shown),
            drawn=shown,
            alt=_alt(shown),
        )
    return ax


def _names(rows: pd.DataFrame) -> list[str]:
    return [f"{row.outlet}, {row.place}" for row in table_rows(rows)]


def _draw_bars(ax: Axes, rows: pd.DataFrame, thick: float, *, short: bool) -> None:
    pct = rows["too_many_pct"]
    whole = pct[pct <= _FAR].abs()  # no figure is more than 100 per cent too small
    longest = whole.max() * _BEYOND if len(whole) else pct.max()  # where all are far off, none is broken
    lengths = pct.clip(upper=longest)
    for y, row in enumerate(table_rows(rows)):
        hue = colour("emphasis" if row.in_article else "quiet")
        bar = ax.barh([y], [lengths[y]], height=thick, color=hue, zorder=2)
        hover(bar, f"{row.outlet}, {row.place}: {against_right(row)}")
        if lengths[y] < row.too_many_pct:
            cut(ax, lengths[y], y, thick, longest)
        told = row.in_article or row.too_many_pct > _FAR
        words = against_right(row, short=short) if told else in_per_cent(row.too_many_pct)
        note = ax.annotate(
            words, (max(lengths[y], 0), y), xytext=(pt(6), 0), textcoords="offset points",
            va="center_baseline", color=hue if row.in_article else TEXT,
        )  # fmt: skip
        embolden([note], [row.in_article])


def _finding(checked: pd.DataFrame, wrong: pd.DataFrame, shown: pd.DataFrame) -> str:
    right, every = int(fits(checked).sum()), len(checked)
    n, these = len(wrong), "these " if len(shown) == len(wrong) else ""
    those = "this one does not" if n == 1 and these else f"{these}{n} do not"
    if every == 1:
        return "The one dated dollar figure does not fit the exchange rate of its day or month"
    return f"{right} of {every} dated dollar figures fit the exchange rate of their day or month; {those}"


def _subtitle(wrong: pd.DataFrame, shown: pd.DataFrame) -> str:
    furthest = f"The {len(shown)} furthest off: " if len(shown) < len(wrong) else ""
    said = f"{furthest}% too many or too few dollars at the day's rate"
    article = shown[shown["in_article"]]
    if article.empty:
        return said
    row = article.iloc[0]
    return f"{said}. Red: {row['outlet']}, {day_in_words(row['published'])}"


def _notes(audit: pd.DataFrame, checked: pd.DataFrame, wrong: pd.DataFrame, shown: pd.DataFrame) -> str:
    said = [
        "A printed figure stands for all that rounds to it; the document's amount divided by that range gives the "
        "exchange rates that the outlet may have used. A figure fits if the market stood in that range, or within "
        f"{NEAR_PCT:g}% of it; where only the month or year is known, on any day of it. Rates: "
        f"{rates_source()['name']}."
    ]
    undated = int(audit["published"].isna().sum())
    if undated:
        said.append(
            f"{counted(undated, 'figure')} without a date {'is' if undated == 1 else 'are'} not counted."
        )
    mistaken = wrong["verdict_kind"].astype("str").map(_MISTAKEN).dropna()
    said += [f"{counted(n, 'figure')} {words}." for words, n in mistaken.value_counts(sort=False).items()]
    if len(shown) < len(wrong):
        said.append(f"Not drawn: {len(wrong) - len(shown)} that are less far off.")
    return " ".join(said)


def _alt(rows: pd.DataFrame) -> list[str]:
    """The ends, and the article's between them: fifteen rows read aloud would be too much."""
    told = pd.concat([rows.iloc[[0, -1]], rows[rows["in_article"]]]).drop_duplicates().sort_index()
    return [
        f"Bars to the right and left of zero for {counted(len(rows), 'printed dollar figure')}",
        TITLE,
        *[f"{row.outlet}, of {row.place}, {against_right(row)}" for row in table_rows(told)],
    ]
