"""How fast places took the subject up, and how drafts became finals."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ..measures.wording import day_in_words
from ..tables.dates import last_day
from .palette import ARTICLE_PLACES, QUIET_TEXT, TEXT
from .style import axes_for, colour, direct_label, embolden, frame, halo, height_for, set_alt_text, tint
from .subject import a_policy, on_subject, subject

STATUS = {"issued": "final", "draft": "draft", "announced": "announced"}
DAY = pd.Timedelta(days=1)


def adoption(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Axes:
    """How many places have a metaverse policy, through time? One line of steps per level, drafts as hollow marks.

    A line counts each place from the last day that its date may mean; the pale band above it, from the first. A
    hollow mark is the first draft of a place, at the height that the line of its level has then.

    Parameters
    ----------
    table : what `adoption` gave; several levels below each other with `pandas.concat`.

    Examples
    --------
    >>> import metaverse_analysis as ma, pandas as pd
    >>> ds = ma.load()
    >>> ax = ma.charts.adoption(pd.concat([ma.adoption(ds, level=level) for level in ("province", "city")]))
    >>> len(ax.get_lines()) >= 2
    True
    """
    issued = table[(table.stage == "issued") & table.dated]
    if issued.empty:
        raise ValueError("no dated, issued document is in the table: give adoption(ds, level=...)")
    start, end = table.first_day.min() - 30 * DAY, table.last_day.max() + 45 * DAY
    levels = list(dict.fromkeys(issued.sort_values("level").level.astype("str")))
    with axes_for(ax, size, grid="y") as ax:
        heights = []
        for level in levels:
            drafts = table[(table.stage == "draft") & table.dated & (table.level == level)]
            heights.append(_draw_steps(ax, issued[issued.level == level], drafts, _hue(level), start, end))
        labels = [_level_words(issued[issued.level == level]) for level in levels]
        direct_label(ax, end, heights, labels)
        top = max(heights) * 1.14
        _draw_plan(ax, issued, top)
        _name_article(ax, issued)
        ax.set(xlim=(start, end), ylim=(0, top))
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.xaxis.set_major_locator(mdates.YearLocator())
        ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
        finding = _adoption_finding(issued, levels)
        said = (
            f"Places with an issued policy document{on_subject(table)}, cumulative. Pale band: the date may be "
            "earlier. Hollow: a first draft"
        )
        frame(ax, title=title or finding, subtitle=subtitle or said, footer=footer or _adoption_footer(table))
        set_alt_text(
            ax, f"Step lines of {len(levels)} levels. {finding}. " + " ".join(f"{words}." for words in labels)
        )
    return ax


def _hue(level: str) -> str:
    return colour(level if level in ("country", "province", "city", "district", "zone") else "plain")


def _draw_steps(
    ax: Axes, rows: pd.DataFrame, drafts: pd.DataFrame, hue: str, start: pd.Timestamp, end: pd.Timestamp
) -> int:
    """The line of one level, its band, and the drafts; returns the height at the end."""
    days = [start, *rows.last_day, end]
    height = [0, *rows.number.astype(int), int(rows.number.max())]
    early = [start, *rows.first_day.sort_values(), end]
    edges = pd.DatetimeIndex(sorted({*days, *early}))
    low = np.array(height)[np.searchsorted(pd.DatetimeIndex(days), edges, "right") - 1]
    high = np.searchsorted(pd.DatetimeIndex(early[1:-1]), edges, "right")
    ax.fill_between(edges, low, high, step="post", color=tint(hue, 0.3), linewidth=0, zorder=1)
    ax.step(days, height, where="post", color=hue, linewidth=2.2, zorder=2)
    at = np.array(height)[
        np.searchsorted(pd.DatetimeIndex(days), pd.DatetimeIndex(drafts.last_day), "right") - 1
    ]
    ax.scatter(drafts.last_day, at, s=mpl.rcParams["font.size"] * 3.4, color="white", edgecolor=hue, zorder=3)
    return height[-1]


def _level_words(rows: pd.DataFrame) -> str:
    level, number = str(rows.level.iloc[0]), int(rows.number.max())
    several = {"province": "provinces", "city": "cities", "district": "districts", "zone": "zones"}
    words = level if number == 1 else several.get(level, level)
    if rows.searched.notna().any():
        share = rows.share_pct.max()
        return f"{number} {words},\n{share:.0f}% of {int(rows.searched.iloc[0])} searched"
    return f"{number} {words}"


def _draw_plan(ax: Axes, rows: pd.DataFrame, top: float) -> None:
    written = rows.plan_date.dropna().unique()
    if len(written):
        day = last_day(pd.Series(written)).iloc[0]
        ax.axvline(day, color=colour("plain"), linewidth=1.2, zorder=0)
        note = ax.annotate(
            f"National plan,\n{day_in_words(written[0])}",
            (day, top),
            xytext=(-5, 0),
            textcoords="offset points",
        )
        note.set(ha="right", va="top", color=QUIET_TEXT, path_effects=halo())


def _name_article(ax: Axes, rows: pd.DataFrame) -> None:
    """The two places of the article, on the line of their level."""
    row: Any
    for row in rows[rows.place_id.isin(ARTICLE_PLACES)].itertuples():
        hue = colour("emphasis")
        ax.scatter([row.last_day], [row.number], s=mpl.rcParams["font.size"] * 3, color=hue, zorder=4)
        note = ax.annotate(row.place, (row.last_day, row.number), xytext=(5, -5), textcoords="offset points")
        note.set(ha="left", va="top", color=hue, fontweight="bold", path_effects=halo())


def _adoption_finding(rows: pd.DataFrame, levels: list[str]) -> str:
    parts = []
    for level in levels:
        mine = rows[rows.level == level]
        words = _level_words(mine).split("\n")[0].split(" ", 1)[1].rstrip(",")
        parts.append(f"{int((mine.order_to_plan == 'before').sum())} of {len(mine)} {words}")
    if rows.plan_date.isna().all():
        return f"{len(rows)} places have {a_policy(rows)}"
    listed = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
    return f"{listed} moved before the nation did"


def sources_line(table: pd.DataFrame) -> str:
    pages = table.source_ids.str.split(";").explode().nunique()
    return f"Sources: {pages} page{'s' if pages != 1 else ''}; each row of the table names its own."


def _adoption_footer(table: pd.DataFrame) -> str:
    undated = int((~table.dated & (table.stage == "issued")).sum())
    more = f" Not drawn: {undated} without a date." if undated else ""
    whose = f" whose subject is {subject(table)}" if subject(table) else ""
    return (
        f"Government documents in effect{whose}; no announcements, parks or association papers. "
        f"A share only where all places of a level were searched; none found is not none.{more} {sources_line(table)}"
    )


def revisions(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Axes:
    """How long from draft to final, and what became of the numbers?

    One row per draft with a final: a hollow mark for the draft at day 0, a solid one for the final; a bar from the
    least to the most days where a date is known by month or year only.

    Parameters
    ----------
    table : what `revisions` gave.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.revisions(ma.revisions(ma.load()))
    >>> any("Sichuan" in label.get_text() for label in ax.get_yticklabels())
    True
    """
    rows = table[table.days_high.notna()]
    if rows.empty:
        raise ValueError("no draft with a dated final is in the table: give revisions(ds)")
    rows = rows.sort_values(["days_high", "draft_id"], kind="stable", ignore_index=True)
    names = [
        f"{place}\n{day_in_words(date)}" for place, date in zip(rows.place, rows.draft_date, strict=True)
    ]
    with axes_for(ax, size, height=height_for(len(rows), size, 2), grid="x") as ax:
        for row in rows.itertuples():
            _draw_revision(ax, row)
        labels = [_revision_words(row) for row in rows.itertuples()]
        article = rows.place_id.isin(ARTICLE_PLACES)
        hues = [colour("emphasis") if flag else TEXT for flag in article]
        notes = [
            _beside(ax, row, words, hue)
            for row, words, hue in zip(rows.itertuples(), labels, hues, strict=True)
        ]
        ax.set_yticks(range(len(rows)), names)
        embolden(ax.get_yticklabels(), article)
        embolden(notes, article)
        ax.set(ylim=(len(rows) - 0.4, -0.6), xlim=(-rows.days_high.max() * 0.03, None))
        ax.set_xlabel("days after the draft")
        finding = _revision_finding(rows)
        said = "From the draft (hollow) to the final (solid); a bar spans the days that dates by month or year allow"
        frame(ax, title=title or finding, subtitle=subtitle or said, footer=footer or _revision_footer(table))
        words = [f"{name}: {label}." for name, label in zip(names, labels, strict=True)]
        set_alt_text(ax, f"Dumbbells of {len(rows)} documents. {finding}. " + " ".join(words))
    return ax


def _draw_revision(ax: Axes, row: Any) -> None:
    hue = colour("emphasis") if row.place_id in ARTICLE_PLACES else colour("final")
    size = mpl.rcParams["font.size"] * 4.5
    ax.plot([0, row.days_low], [row.Index] * 2, color=hue, linewidth=1.4, zorder=1)
    solid = STATUS.get(str(row.final_status), "final") == "final"
    face: dict[str, Any] = {
        "color": hue if solid else "white",
        "edgecolor": hue,
        "linewidth": 1.4,
        "zorder": 3,
    }
    if row.days_low == row.days_high:
        ax.scatter([row.days_high], [row.Index], s=size, **face)
    else:
        ax.barh(row.Index, row.days_high - row.days_low, left=row.days_low, height=0.2, **face)
    ax.scatter([0], [row.Index], s=size, color="white", edgecolor=hue, linewidth=1.4, zorder=4)


def _beside(ax: Axes, row: Any, words: str, hue: str) -> Any:
    return ax.annotate(
        words,
        (row.days_high, row.Index),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        color=hue,
        path_effects=halo(),
    )


def _revision_words(row: Any) -> str:
    """The days, and what became of the numbers and instruments, as far as anything was seen."""
    days = f"{row.days_low}" if row.days_low == row.days_high else f"{row.days_low}–{row.days_high}"
    became = {
        "the same": row.numbers_same,
        "changed": row.numbers_changed,
        "not seen in the final": row.numbers_not_seen,
    }
    parts = [f"{number} {words}" for words, number in became.items() if number]
    said = ["numbers: " + ", ".join(parts)] if parts else []
    if row.instruments_dropped:
        said.append(f"dropped: a line on {row.dropped_labels}")
    return f"{days} days\n" + ("; ".join(said) if said else "no number of the draft known")


def _revision_finding(rows: pd.DataFrame) -> str:
    compared = rows[(rows.numbers_same + rows.numbers_changed) > 0]
    unchanged = int((compared.numbers_changed == 0).sum())
    if compared.empty:
        return f"From draft to final in {rows.days_low.min()} to {rows.days_high.max()} days"
    if unchanged == len(compared):
        documents = f"{len(compared)} documents" if len(compared) > 1 else "one document"
        return f"No number changed from draft to final in the {documents} for which both are known"
    if len(compared) == 1:
        return f"{compared.place.iloc[0]}'s final changed a number of its draft"
    return f"{len(compared) - unchanged} of {len(compared)} finals changed a number of their draft"


def _revision_footer(table: pd.DataFrame) -> str:
    alone = table[table.final_id.isna()]
    places = ", ".join(alone.place.dropna().unique())
    more = f" Other drafts, of which no final was seen: {places}." if places else ""
    said = table.final_id.notna() & (table.final_status.astype("str").map(STATUS) == "announced")
    hollow = " Hollow at the end: the later version was only announced." if said.any() else ""
    return (
        "No full text was read: a number without a row in the final is not seen, not dropped."
        f"{hollow}{more} {sources_line(table)}"
    )
