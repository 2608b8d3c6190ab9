"""How drafts became finals: how long it took, and what became of the numbers."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from ..measures.wording import day_in_words
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .labels import embolden, halo
from .palette import ARTICLE_PLACES, TEXT, colour, drawn_as
from .style import height_for


@draws(
    "revisions",
    "place_id place draft_id final_id draft_date final_status dropped_labels source_ids",
    whole="days_low days_high numbers_same numbers_changed numbers_not_seen instruments_dropped",
)
def revisions(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """How long from draft to final, and what became of the numbers?

    One row per draft with a final: a hollow mark for the draft at day 0, a solid one for the final; a bar from the
    least to the most days where a date is known by month or year only.

    Parameters
    ----------
    table : what `revisions` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `revisions`, or has no draft with a dated final.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.revisions(ma.revisions(ma.load()))
    >>> any("Sichuan" in label.get_text() for label in ax.get_yticklabels())
    True
    """
    rows = table[table["days_high"].notna()]
    if rows.empty:
        raise ValueError("no draft with a dated final is in the table: give revisions(ds)")
    rows = rows.sort_values(["days_high", "draft_id"], kind="stable", ignore_index=True)
    names = [
        f"{place}\n{day_in_words(date)}"
        for place, date in zip(rows["place"], rows["draft_date"], strict=True)
    ]
    with axes_for(ax, size, height=height_for(len(rows), size, 2), grid="x") as ax:
        for row in rows.itertuples():
            _draw_revision(ax, row)
        labels = [_revision_words(row) for row in rows.itertuples()]
        article = rows["place_id"].isin(ARTICLE_PLACES)
        hues = [colour("emphasis") if flag else TEXT for flag in article]
        notes = [
            _beside(ax, row, words, hue)
            for row, words, hue in zip(rows.itertuples(), labels, hues, strict=True)
        ]
        ax.set_yticks(range(len(rows)), names)
        embolden(ax.get_yticklabels(), article)
        embolden(notes, article)
        ax.set(ylim=(len(rows) - 0.4, -0.6), xlim=(-rows["days_high"].max() * 0.03, None))
        ax.set_xlabel("days after the draft")
        said = "From the draft (hollow) to the final (solid); a bar spans the days that dates by month or year allow"
        words = [f"{name}: {label}" for name, label in zip(names, labels, strict=True)]
        frame(
            ax,
            title=_revision_finding(rows),
            subtitle=said,
            footer=_revision_footer(table),
            drawn=rows,
            alt=[f"Dumbbells of {len(rows)} documents", TITLE, *words],
        )
    return ax


def _draw_revision(ax: Axes, row: Any) -> None:
    hue = colour("emphasis") if row.place_id in ARTICLE_PLACES else colour("final")
    size = mpl.rcParams["font.size"] * 4.5
    ax.plot([0, row.days_low], [row.Index] * 2, color=hue, linewidth=1.4, zorder=1)
    solid = drawn_as(str(row.final_status)) == "final"
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
    compared = rows[(rows["numbers_same"] + rows["numbers_changed"]) > 0]
    unchanged = int((compared["numbers_changed"] == 0).sum())
    if compared.empty:
        return f"From draft to final in {rows['days_low'].min()} to {rows['days_high'].max()} days"
    if unchanged == len(compared):
        documents = f"{len(compared)} documents" if len(compared) > 1 else "one document"
        return f"No number changed from draft to final in the {documents} for which both are known"
    if len(compared) == 1:
        return f"{compared['place'].iloc[0]}'s final changed a number of its draft"
    return f"{len(compared) - unchanged} of {len(compared)} finals changed a number of their draft"


def _revision_footer(table: pd.DataFrame) -> str:
    alone = table[table["final_id"].isna()]
    places = ", ".join(alone["place"].dropna().unique())
    more = f" Other drafts, of which no final was seen: {places}." if places else ""
    said = table["final_id"].notna() & (table["final_status"] == "announced")
    hollow = " Hollow at the end: the later version was only announced." if said.any() else ""
    return (
        f"No full text was read: a number without a row in the final is not seen, not dropped.{hollow}{more}"
    )
