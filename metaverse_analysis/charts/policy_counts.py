"""Published counts of policies beside these tables, by the same rule."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..measures.wording import day_in_words
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .labels import halo
from .marks import fold, key_above, name_rows, table_rows
from .palette import colour
from .rows import short_names
from .style import bar_share, height_for, is_narrow, pt
from .wording import counted, first_upper, hedged, listed, several, subject

_NAMELESS = "Unnamed"
_NARROWEST = 0.58  # of the size's width: what its words take on a caller's axes


@draws(
    "published_counts",
    "counted_by counted_to levels subject unit_counted qualifier comparison source_ids",
    whole="published_count ours_low ours_high missing_low missing_high",
    key="outcome_id",
)
def published_counts(
    table: pd.DataFrame, *, top: int | None = None, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """How many policies did others count, and how many are here by the same rule?

    A dot is a published count, a bar what these tables have by its rule, from sure to possible; the widest gap comes
    first. Counts whose rule can't be applied are told in the notes.

    Parameters
    ----------
    table : what `published_counts` gave.
    top : draw so many counts; None: as many as there is room for.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `published_counts`, or has no count whose rule can be applied.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.published_counts(ma.published_counts(ma.load()))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "count"][0]
    'about 114, 25–36'
    """
    known = table[table["published_count"].notna() & table["ours_low"].notna()]
    if known.empty:
        raise ValueError("no published count in this table has a rule that can be applied: nothing to draw")
    usual = known["unit_counted"].mode().iloc[0]
    known = known.sort_values(
        ["missing_low", "published_count"], ascending=False, kind="stable", ignore_index=True
    )
    narrow = is_narrow(size)
    names, lines = short_names([_name(row) for row in table_rows(known)], size)
    rows, left = fold(known, top, size, lines=lines, other=1)
    names = names[: len(rows)]
    with axes_for(
        ax, size, height=height_for(len(rows) + 1, size, lines), grid=None, narrowest=_NARROWEST
    ) as ax:
        _draw_counts(ax, rows, usual, bar_share(len(rows), size, lines, 0.3 if narrow else 0.5))
        _draw_key(ax)
        name_rows(ax, range(len(rows)), names, above=narrow)
        ax.set(xlim=(0, None), ylim=(len(rows) - 0.4, -0.7), xticks=[])
        folded = f". Not drawn: {counted(left, 'narrower gap')}" if left else ""
        frame(
            ax,
            title=_finding(known),
            subtitle=f"{first_upper(usual)} unless said, by the same rule{folded}",
            notes=_notes(known, table),
            drawn=rows,
            alt=_alt(rows),
        )
    return ax


def _draw_key(ax: Axes) -> None:
    dot = Line2D([], [], linestyle="", marker="o", markersize=pt(9), color=colour("final"))
    bar = Patch(color=colour("quiet"))
    key_above(ax, [dot, bar], ["published", "in these tables, from sure to possible"])


def _draw_counts(ax: Axes, rows: pd.DataFrame, usual: str, thick: float) -> None:
    for y, row in enumerate(table_rows(rows)):
        low, high, count = float(row.ours_low), float(row.ours_high), float(row.published_count)
        least = 0.004 * float(rows["published_count"].max())  # so that a range of one number is seen
        bar = ax.barh(
            [y], [max(high - low, least)], left=[low], height=thick, color=colour("quiet"), zorder=2
        )
        if count > high:
            ax.plot([high, count], [y, y], color=colour("quiet"), linewidth=pt(1.2), zorder=1, gid="gap")
        dot = ax.scatter([count], [y], s=pt(9) ** 2, color=colour("final"), zorder=3, gid="published")
        words = _label(row, usual)
        hover([*bar, dot], f"{_name(row)}: {words} here")
        ax.annotate(
            words, (max(count, high), y), xytext=(pt(9), 0), textcoords="offset points", va="center_baseline",
            weight="normal" if y else "bold", path_effects=halo(), gid="count",
        )  # fmt: skip


def _label(row: Any, usual: str) -> str:
    """Both numbers, and what was counted where that is another thing than usual."""
    words = hedged(row.published_count, None, str(row.qualifier))
    return f"{words}{'' if row.unit_counted == usual else f' {row.unit_counted}'}, {_ours(row)}"


def _ours(row: Any, to: str = "–") -> str:
    return f"{row.ours_low}" if row.ours_low == row.ours_high else f"{row.ours_low}{to}{row.ours_high}"


def _name(row: Any) -> str:
    who = _NAMELESS if pd.isna(row.counted_by) else row.counted_by
    return f"{who}, {day_in_words(str(row.counted_to)[:7])}" if pd.notna(row.counted_to) else who


def _rule(row: Any, about: str) -> str:
    """What a count takes in: "01Caijing, March 2023: provinces and cities, any support"."""
    levels = "" if pd.isna(row.levels) else listed([several(level) for level in row.levels.split(";")])
    meant = {"metaverse_specific": f"{about or 'this subject'} alone", "any_support": "any support"}
    return f"{_name(row)}: {', '.join(filter(None, [levels, meant.get(str(row.subject), '')]))}"


def _finding(rows: pd.DataFrame) -> str:
    about = f"{subject(rows).removeprefix('the ')} policies".strip()
    most = rows.sort_values("published_count", kind="stable").iloc[-1]
    said = hedged(most["published_count"], None, str(most["qualifier"]))
    up_to = "up to " if len(rows) > 1 else ""
    unit = f"local {about}" if most["unit_counted"] == "policies" else f"{most['unit_counted']} with {about}"
    found = int(rows["ours_high"].max())
    rules = "their own rules" if len(rows) > 1 else "the same rule"
    return f"Others counted {up_to}{said} {unit}; by {rules}, these tables have {found} at most"


def _notes(known: pd.DataFrame, table: pd.DataFrame) -> str:
    said = [
        "A range of ours: documents without a day, announced ones, and what a rule leaves open count as possible only. "
        "The rows behind these counts were not found.",
        f"The rules: {'; '.join(_rule(row, subject(known)) for row in table_rows(known))}.",
    ]
    for row in table_rows(table[table["published_count"].notna() & table["ours_low"].isna()]):
        count = f"{hedged(row.published_count, None, str(row.qualifier))} {row.unit_counted}"
        said.append(f"{first_upper(count)} ({_name(row)}): {row.comparison}.")
    return " ".join(said)


def _alt(rows: pd.DataFrame) -> list[str]:
    told = pd.concat([rows.head(1), rows.tail(1)]).drop_duplicates()
    said = [
        f"{_name(row)}: {hedged(row.published_count, None, str(row.qualifier))} {row.unit_counted}, by the same rule "
        f"{_ours(row, ' to ')} here"
        for row in table_rows(told)
    ]
    return [f"Dots for {counted(len(rows), 'published count')}, each beside a bar of our own", TITLE, *said]
