"""Who moved when: documents in lanes of level, against the national plan."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..measures.wording import day_in_words
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .labels import embolden, halo, lanes
from .palette import ARTICLE_PLACES, GRID, QUIET_TEXT, TEXT, colour, drawn_as
from .style import height_for, look_of
from .wording import a_policy, on_subject, wrap_label

TITLE_LINE = 44  # characters on each of the two lines that show the title of a national document
NAME_LINE = 26  # characters on a line of a place's name
CHARACTER = 0.53  # of the font size: the width of an average character, on the safe side
_DAY = pd.Timedelta(days=1)
LANES = {
    "country": "Nation",
    "province": "Provinces",
    "city": "Cities",
    "district": "Districts\nand zones",
    "zone": "Districts\nand zones",
}


@draws(
    "policy_timeline",
    "date date_precision first_day last_day record level country_id place_id place what status source_ids",
    flags="is_metaverse_specific is_policy is_national_plan",
)
def policy_timeline(
    table: pd.DataFrame, *, country: str = "CN", ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """Who moved when? Policy documents on the metaverse by level and date, against the national plan.

    Draws those documents of `policy_timeline` that are about the metaverse, count as policy, and have a date:
    solid marks for issued ones, hollow ones for drafts and announcements. A bar is a date known by month or year
    only, as long as that month or year.

    Parameters
    ----------
    table : what `policy_timeline` gave.
    country : documents of this country.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `policy_timeline`, or has no dated policy document of the country.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.policy_timeline(ma.policy_timeline(ma.load()))
    >>> [label.get_text() for label in ax.get_yticklabels()][0]
    'Nation'
    """
    rows = _timeline_rows(table, country)
    width = look_of(size)["width"] * 0.86 if ax is None else ax.get_window_extent().width / ax.figure.dpi
    rows, start, end = _fitted(rows, width * 72, look_of(size)["font"] * CHARACTER)
    rows = _packed(rows)
    bands = rows.groupby("lane", sort=False)["depth"].first()
    tops = (bands + 0.8).cumsum().shift(fill_value=0)
    with axes_for(ax, size, height=height_for(int(bands.sum() + len(bands)), size, 0.85), grid=None) as ax:
        ax.xaxis.set_major_locator(mdates.YearLocator())
        ax.xaxis.set_minor_locator(mdates.MonthLocator(bymonth=(4, 7, 10)))
        plan = rows[rows["is_national_plan"]]
        if len(plan):
            ax.axvline(plan["middle"].iloc[0], color=colour("plain"), linewidth=1.2, zorder=0)
        _draw_documents(ax, rows.assign(y=rows["lane"].map(tops) + rows["row"]))
        for top in tops.iloc[1:]:
            ax.axhline(top - 0.9, color=GRID, linewidth=0.8, zorder=0)
        ax.set(xlim=(start, end), ylim=(tops.iloc[-1] + bands.iloc[-1] - 0.2, -0.9))
        ax.set_yticks(tops + (bands - 1) / 2, list(bands.index))
        embolden(ax.get_yticklabels(), [True] * len(bands))
        ax.spines["left"].set_visible(False)
        ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
        ax.tick_params(axis="x", which="major", length=6, color=QUIET_TEXT)
        ax.tick_params(axis="x", which="minor", length=3, color=QUIET_TEXT)
        ax.spines["bottom"].set(visible=True, color=QUIET_TEXT)
        said = (
            f"Policy documents{on_subject(rows)}, by level of government and date. Filled: issued; hollow: draft or "
            "announced. A bar: only the month or year is known"
        )
        frame(
            ax,
            title=_timeline_finding(rows),
            subtitle=said,
            footer=_footer(rows, _left_out(table, country)),
            drawn=rows,
            alt=_timeline_words(rows),
        )
    return ax


def _timeline_rows(table: pd.DataFrame, country: str) -> pd.DataFrame:
    chosen = _chosen(table, country)
    rows = chosen[chosen["last_day"].notna()].reset_index(drop=True)
    if rows.empty:
        raise ValueError(
            f"no dated policy document{on_subject(table)} of the country {country!r} is in the table: "
            "give policy_timeline(ds), or name another country"
        )
    order = {level: place for place, level in enumerate(("country", "province", "city", "district", "zone"))}
    lane = rows["level"].astype("str").map(LANES).fillna(rows["level"].astype("str"))
    rank = rows["level"].astype("str").map(order).fillna(len(order))
    status = rows["status"].astype("str")
    label = (rows["place"] + (", " + status).where(status != "issued", "")).map(
        lambda name: wrap_label(name, NAME_LINE)
    )
    label = label.where(rank > 0, rows["what"].map(_two_lines))
    middle = rows["first_day"] + (rows["last_day"] - rows["first_day"]) / 2
    rows = rows.assign(lane=lane, rank=rank, label=label, middle=middle)
    return rows.sort_values(["rank", "first_day", "last_day"], kind="stable", ignore_index=True)


def _chosen(table: pd.DataFrame, country: str) -> pd.DataFrame:
    """The documents that the time line is about, dated or not."""
    about = table["is_metaverse_specific"] & table["is_policy"]
    return table[(table["record"] == "document") & about & (table["country_id"] == country)]


def _two_lines(title: str) -> str:
    lines = wrap_label(title, TITLE_LINE).splitlines()
    return "\n".join(lines[:2]) + (" …" if len(lines) > 2 else "")


def _fitted(
    rows: pd.DataFrame, width: float, character: float
) -> tuple[pd.DataFrame, pd.Timestamp, pd.Timestamp]:
    """The rows with the room (low to high, in days) that mark and words take, and a span of time that holds them all.

    Words stand to the right of their mark; to the left where they would leave the picture and the mark is late.
    """
    start = rows["first_day"].min() - 20 * _DAY
    end = pd.Timestamp(year=rows["last_day"].max().year + 1, month=1, day=1)
    low, high = mdates.date2num(start), mdates.date2num(max(end, rows["last_day"].max() + 200 * _DAY))
    first, last = (rows[name].map(mdates.date2num) for name in ("first_day", "last_day"))
    late = rows["middle"].map(mdates.date2num) > low + 0.5 * (high - low)
    letters = rows["label"].str.split("\n").map(lambda lines: max(map(len, lines)))
    width = max(width, 1.5 * (letters.max() * character + 16))  # on narrower axes, words leave them
    for _ in range(8):  # a longer span makes the words longer in days, too
        a_point = (high - low) / width
        words, mark = (letters * character + 16) * a_point, 6 * a_point
        left = late & (last + words * 0.85 > high)
        rows = rows.assign(
            left=left, low=first - mark - words.where(left, 0), high=last + mark + words.where(~left, 0)
        )
        low, high = min(low, rows["low"].min()), max(high, (last + words * 0.85).where(~left, last).max())
    return rows, pd.Timestamp(mdates.num2date(low).date()), pd.Timestamp(mdates.num2date(high).date())


def _packed(rows: pd.DataFrame) -> pd.DataFrame:
    """The row of each document within its lane, so that marks and words don't touch."""
    packed = []
    for name, lane in rows.groupby("lane", sort=False):
        pitch = 1.7 if lane["label"].str.contains("\n").any() else 1.0
        # The nation's titles stand one below the other, in the order of time.
        in_order = name == LANES["country"]
        row = np.arange(len(lane)) if in_order else np.array(lanes(list(lane["low"]), list(lane["high"])))
        packed.append(lane.assign(row=row * pitch, depth=(row.max() + 1) * pitch))
    return pd.concat(packed)


def _draw_documents(ax: Axes, rows: pd.DataFrame) -> None:
    """A point for a date known to the day, a bar as long as its month or year for the others; the words beside it."""
    article = rows["place_id"].isin(ARTICLE_PLACES)
    hues = article.map({True: colour("emphasis"), False: colour("final")})
    solid = rows["status"].astype("str").map(drawn_as) == "final"
    faces = hues.where(solid, "white")
    days = rows["date_precision"] == "day"
    looks: dict[str, Any] = {"color": faces[days], "edgecolor": hues[days], "linewidth": 1.3, "zorder": 3}
    ax.scatter(rows["middle"][days], rows["y"][days], s=mpl.rcParams["font.size"] * 3.4, **looks)
    spans, tall = rows[~days], rows["date_precision"][~days].map({"month": 0.34}).fillna(0.2)
    looks |= {"color": faces[~days], "edgecolor": hues[~days], "linewidth": 1.2}
    ax.barh(spans["y"], spans["last_day"] - spans["first_day"], left=spans["first_day"], height=tall, **looks)
    for row, in_article in zip(rows.itertuples(), article, strict=True):
        _label_document(ax, row, in_article)


def _label_document(ax: Axes, row: Any, in_article: bool) -> None:
    side = -1 if row.left else 1
    ax.annotate(
        row.label,
        (row.first_day if row.left else row.last_day, row.y),
        xytext=(side * (7 if row.date_precision == "day" else 4), 0),
        textcoords="offset points",
        va="center_baseline" if "\n" not in row.label else "center",
        ha="right" if row.left else "left",
        linespacing=1.05,
        color=colour("emphasis") if in_article else TEXT,
        fontweight="bold" if in_article or row.is_national_plan else "normal",
        path_effects=halo(),
        in_layout=False,  # `_fitted` has made room, so the layout need not measure it
    )


def _timeline_finding(rows: pd.DataFrame) -> str:
    below = rows[(rows["lane"] != LANES["country"]) & (rows["status"] == "issued")]
    places = below.groupby("place_id", observed=True)["last_day"].min()
    earliest = below.groupby("place_id", observed=True)["first_day"].min()
    plan = rows[rows["is_national_plan"]]
    if plan.empty or places.empty:
        years = f"{rows['first_day'].min().year}–{rows['last_day'].max().year}"
        return f"{len(rows)} policy documents{on_subject(rows)}, {years}"
    day = plan["first_day"].iloc[0]
    before, open_ = int((places < day).sum()), int(((places >= day) & (earliest < day)).sum())
    those = f"{'At least ' if open_ else ''}{before} of {len(places)}" if before else f"None of {len(places)}"
    had = "had it" if before or not open_ else "had it for certain"
    return f"{those} places with {a_policy(rows)} {had} before the national plan of {_month(plan.iloc[0])}"


def _month(row: pd.Series) -> str:
    return day_in_words(f"{row.first_day:%Y}" if row.date_precision == "year" else f"{row.first_day:%Y-%m}")


def _left_out(table: pd.DataFrame, country: str) -> str:
    undated = int(_chosen(table, country).last_day.isna().sum())
    return f" Not drawn: {undated} without a date." if undated else ""


def _footer(rows: pd.DataFrame, more: str = "") -> str:
    line = "Vertical line: the national plan. " if rows["is_national_plan"].any() else ""
    return f"{line}Documents known to the tables; none found is not none.{more}"


def _timeline_words(rows: pd.DataFrame) -> list[str]:
    counts = rows.groupby(["lane", "status"], sort=False, observed=True).size().reset_index(name="number")
    lane, status = counts.lane.str.replace("\n", " "), counts.status.astype("str")
    said = "; ".join(lane + ": " + counts.number.astype("str") + " " + status)
    first, last = rows.iloc[rows["last_day"].argmin()], rows.iloc[rows["last_day"].argmax()]
    return [
        f"Time line of {len(rows)} policy documents",
        TITLE,
        said,
        f"First: {first['place']}, {first['date']}",
        f"Last: {last['place']}, {last['date']}",
    ]
