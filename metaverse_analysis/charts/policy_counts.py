"""Published counts of policies beside these tables, by the same rule."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .marks import key_above
from .palette import colour
from .style import height_for
from .wording import hedged, subject, wrap_label


@draws(
    "published_counts",
    "counted_by counted_to levels subject unit_counted qualifier",
    whole="published_count ours_low ours_high missing_low missing_high",
)
def published_counts(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Published counts of policies as points, and what these tables have by the same rule as a line from low to high.

    Parameters
    ----------
    table : what `published_counts` gave. A count whose rule can't be applied is a hollow point.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `published_counts`, or has no count.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.published_counts(ma.published_counts(ma.load()))
    >>> print(ax.get_xlim()[0])
    0.0
    """
    rows = table[table["published_count"].notna()].reset_index(drop=True)
    if rows.empty:
        raise ValueError("there is no published count with a rule, so there is nothing to draw")
    names = [_rule_words(row, _about(rows)) for row in rows.itertuples()]
    lines = 1 + max(name.count("\n") for name in names)
    with axes_for(ax, size, height=height_for(len(rows) + 2, size, lines)) as ax:
        scale = mpl.rcParams["font.size"] / 12
        known = rows[rows["ours_low"].notna()]
        low, high = known["ours_low"].astype(float), known["ours_high"].astype(float)
        ours = ax.hlines(known.index, low, high, color=colour("child"), linewidth=9 * scale, zorder=2)
        ours.set_capstyle("butt")
        ours.set_gid("ours")
        for y, row in enumerate(rows.itertuples()):
            _point(ax, y, row, scale)
        ax.set_yticks(range(len(rows)), names)
        ax.set(xlim=(0, None), ylim=(len(rows) - 0.4, -0.6))
        ax.margins(x=0.02)
        point = {"marker": "o", "linestyle": "none", "color": colour("final"), "markersize": 8 * scale}
        keys = [
            Line2D([], [], **point),
            Line2D([], [], **point | {"markerfacecolor": "white"}),
            Patch(color=colour("child")),
        ]
        own = "Here by the same rule: from sure to possible"
        key_above(ax, keys, ["Published", "Published, by a rule that can't be applied", own], columns=1)
        about = f"local {_about(rows)} policies".replace("  ", " ")
        said = f"Number of {about}, or of places with one, as others counted them"
        foot = "A range: documents without a day, announced ones, and what the rule leaves open count as possible only."
        labels = [name.replace("\n", ", ") for name in names]
        what = "Published counts of policies as points, the range of our own as lines"
        frame(
            ax,
            title=_counts_finding(rows),
            subtitle=said,
            footer=foot,
            drawn=rows,
            alt=describe(list(rows["published_count"]), labels, what, "policies or places"),
        )
    return ax


def _point(ax: Axes, y: int, row: Any, scale: float) -> None:
    known = pd.notna(row.ours_low)
    ax.plot(
        [row.published_count], [y], "o", color=colour("final"), markersize=8 * scale, zorder=3,
        markerfacecolor=colour("final") if known else "white", gid="published",
    )  # fmt: skip
    right = max(row.published_count, float(row.ours_high)) if known else row.published_count
    words = hedged(row.published_count, None, str(row.qualifier))
    words += f"; here {_ours(row)}" if known else ""
    ax.annotate(words, (right, y), xytext=(9 * scale, 0), textcoords="offset points", va="center_baseline")


def _ours(row: Any, to: str = "–") -> str:
    return f"{row.ours_low}" if row.ours_low == row.ours_high else f"{row.ours_low}{to}{row.ours_high}"


def _about(rows: pd.DataFrame) -> str:
    return subject(rows).removeprefix("the ")


def _rule_words(row: Any, about: str) -> str:
    """Who counted, until when, and by what rule, in two lines."""
    who = "Counter not named" if pd.isna(row.counted_by) else row.counted_by
    until = "no closing day" if pd.isna(row.counted_to) else f"to {row.counted_to}"
    only = f"{about or 'this subject'} only"
    meant = {"metaverse_specific": only, "any_support": "any support"}.get(
        str(row.subject), "subject not said"
    )
    levels = "levels not said" if pd.isna(row.levels) else row.levels.replace(";", ", ")
    unit = "places; " if row.unit_counted == "places" else ""
    return f"{wrap_label(f'{who}, {until}', 36)}\n{unit}{meant}; {levels}"


def _counts_finding(rows: pd.DataFrame) -> str:
    known = rows[rows["ours_low"].notna()]
    if known.empty:
        return "No published count gives a rule by which it could be repeated"
    top = known.sort_values("published_count").iloc[-1]
    inside = int(((known["missing_low"] <= 0) & (known["missing_high"] >= 0)).sum())
    return (
        f"{top.counted_by} counted {hedged(top.published_count, None, str(top.qualifier))} {top.unit_counted}; by the "
        f"same rule {_ours(top, ' to ')} are in these tables. {inside} of {len(known)} such counts can be matched"
    )
