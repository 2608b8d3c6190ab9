"""How drafts became finals: what became of their numbers, and how long it took."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .labels import halo
from .marks import emphasis_words, fold, highlighted, key_above, name_rows, table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .rows import short_names
from .style import height_for, is_narrow, pt
from .wording import counted, cut_label, first_upper, listed

_NAME = 34  # characters of a place and its days on a line
_DROPPED = 50  # characters
_FEWEST = 16  # squares that the width has room for, so that few don't stand far apart
_WORDS = {"same": "the same in the final", "changed": "changed", "not_seen": "not seen there"}
_YEAR = 360  # days: from so many on, a time that may be nothing is "within a year"
_NARROWEST = 0.58  # of the size's width: what its words take on a caller's axes


@draws(
    "revisions",
    "place_id place draft_id final_id final_status dropped_labels source_ids",
    whole="days_low days_high numbers_same numbers_changed numbers_not_seen instruments_dropped",
    key="draft_id",
)
def revisions(
    table: pd.DataFrame,
    *,
    highlight: str | list[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """What became of a draft's numbers in the final, and how long did it take?

    A row for each draft with a dated final, a square for each number of the draft: filled if it is the same in the
    final, a diamond if it changed, empty if the final wasn't seen to have it. Rows with most numbers come
    first.

    Parameters
    ----------
    table : what `revisions` gave.
    highlight : places to emphasise, by id or name; None: those of the article, []: none.
    top : draw so many documents; None: as many as there is room for.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

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
    >>> [label.get_text() for label in ax.get_yticklabels()][2]
    'Sichuan, after 30 days'
    """
    dated = table[table["days_high"].notna()]
    if dated.empty:
        raise ValueError("no draft with a dated final is in the table: give revisions(ds)")
    numbers = ["numbers_same", "numbers_changed", "numbers_not_seen"]
    dated = dated.assign(every=dated[numbers].fillna(0).sum(axis="columns").astype("int64"))
    # A draft of which no number is known says nothing here, unless a line of it was dropped.
    telling = (dated["every"] > 0) | (dated["instruments_dropped"].fillna(0) > 0)
    dated, silent = (dated[telling], dated[~telling]) if telling.any() else (dated, dated[:0])
    dated = dated.sort_values(
        ["every", "days_high", "draft_id"], ascending=[False, True, True], kind="stable", ignore_index=True
    )
    narrow = is_narrow(size)
    names, lines = short_names([f"{row.place}, {_after(row)}" for row in table_rows(dated)], size, _NAME)
    rows, left = fold(dated, top, size, lines=lines, other=1)
    names = names[: len(rows)]
    with axes_for(
        ax, size, height=height_for(len(rows) + 1, size, lines), grid=None, narrowest=_NARROWEST
    ) as ax:
        for y, row in enumerate(table_rows(rows)):
            _draw_numbers(ax, y, row)
        _draw_key(ax, rows)
        strong = highlighted(rows["place_id"], highlight, rows["place"])
        hues = [colour("emphasis") if flag else TEXT for flag in strong]
        name_rows(ax, range(len(rows)), names, above=narrow, bold=list(strong), colours=hues)
        ax.set(xlim=(-0.6, max(rows["every"].max(), _FEWEST) + 0.5), ylim=(len(rows) - 0.4, -0.7), xticks=[])
        ax.spines["left"].set_visible(False)
        frame(
            ax,
            title=_finding(dated),
            subtitle=_subtitle(left, emphasis_words(strong, highlight, rows["place"])),
            notes=_notes(table, dated, silent),
            drawn=rows,
            alt=_alt(rows),
        )
    return ax


def _looks() -> dict[str, dict[str, Any]]:
    """The mark of each fate of a number: its form, its side in points, its colours."""
    dark, amber = colour("final"), colour("stale")
    return {
        "same": {"marker": "s", "side": 14, "face": dark, "edge": dark},
        # A diamond is a square that stands on a corner.
        "changed": {"marker": "D", "side": 10, "face": amber, "edge": amber},
        "not_seen": {"marker": "s", "side": 14, "face": "white", "edge": colour("quiet")},
    }


def _draw_key(ax: Axes, rows: pd.DataFrame) -> None:
    """What the marks mean, of those that there are."""
    there = [kind for kind in _WORDS if rows[f"numbers_{kind}"].fillna(0).any()]
    looks = _looks()
    marks = [
        Line2D([], [], linestyle="", marker=look["marker"], markersize=pt(0.7 * look["side"]),
               markerfacecolor=look["face"], markeredgecolor=look["edge"], markeredgewidth=pt(1.4))
        for look in (looks[kind] for kind in there)
    ]  # fmt: skip
    if there:
        key_above(ax, marks, [_WORDS[kind] for kind in there])


def _draw_numbers(ax: Axes, y: int, row: Any) -> None:
    """The squares of a document, and words for what squares can't say."""
    at = 0
    for kind, look in _looks().items():
        number = getattr(row, f"numbers_{kind}")
        n = 0 if pd.isna(number) else int(number)
        squares = ax.scatter(
            range(at, at + n), [y] * n, marker=look["marker"], s=pt(look["side"]) ** 2, color=look["face"],
            edgecolor=look["edge"], linewidth=pt(1.4), gid=kind, zorder=2,
        )  # fmt: skip
        hover(squares, [f"{row.place}: {counted(n, 'number')} {_WORDS[kind]}"] * n)
        at += n
    dropped = pd.notna(row.instruments_dropped) and row.instruments_dropped > 0
    words = "" if at else "no number of the draft is known"
    if dropped:
        words = cut_label(f"dropped: a line on {row.dropped_labels}", _DROPPED, 1)
    if words:
        ax.annotate(
            words, (at - 0.5, y), xytext=(pt(4 if at else 0), 0), textcoords="offset points", va="center_baseline",
            color=TEXT if dropped else QUIET_TEXT, path_effects=halo(),
        )  # fmt: skip


def _after(row: Any) -> str:
    """How long it took, as close as it is known."""
    if row.days_low == row.days_high:
        return f"after {counted(row.days_low, 'day')}"
    if row.days_low > 0:
        return f"after {row.days_low}–{row.days_high} days"
    return "within a year" if row.days_high >= _YEAR else f"within {counted(row.days_high, 'day')}"


def _finding(rows: pd.DataFrame) -> str:
    kinds = ("numbers_same", "numbers_changed", "numbers_not_seen")
    same, changed, lost = (int(rows[name].fillna(0).sum()) for name in kinds)
    seen, rest = same + changed, f"; {lost} {'was' if lost == 1 else 'were'} not seen again" if lost else ""
    if not seen:
        return f"From draft to final in {rows['days_low'].min()} to {rows['days_high'].max()} days"
    if changed:
        where = rows.loc[rows["numbers_changed"].fillna(0) > 0, "place"]
        whose = f", all in {where.iloc[0]}'s" if len(where) == 1 < len(rows) and changed > 1 else ""
        return f"{changed} of {counted(seen, 'number')} seen in both draft and final changed{whose}{rest}"
    those = "The one number" if seen == 1 else f"All {seen} numbers"
    return f"{those} seen in both draft and final stayed the same{rest}"


def _subtitle(left: int, red: str) -> str:
    folded = f"Not drawn: {counted(left, 'more document')}" if left else ""
    return ". ".join(filter(None, ["Each number in a draft", folded, first_upper(red)]))


def _notes(table: pd.DataFrame, dated: pd.DataFrame, silent: pd.DataFrame) -> str:
    said = [
        "Days are those from draft to final. No full text was read: a number without a row in the final is not seen, "
        "which isn't dropped."
    ]
    if len(silent):
        each = [f"{row.place} ({row.final_status}), {_after(row)}" for row in table_rows(silent)]
        said.append(f"Not drawn, since no number of the draft is known: {'; '.join(each)}.")
    announced = dated[dated["final_status"].astype("str") == "announced"]["place"].drop_duplicates()
    if len(announced):
        said.append(f"Of {listed(list(announced))}, the later version was only announced.")
    alone = table[table["final_id"].isna()]["place"].dropna().drop_duplicates()
    if len(alone):
        said.append(f"Drafts of which no final was seen are not drawn: {listed(list(alone))}.")
    return " ".join(said)


def _alt(rows: pd.DataFrame) -> list[str]:
    told = rows[rows["every"] > 0]
    told = pd.concat([told[told["numbers_changed"].fillna(0) > 0], told]).drop_duplicates("draft_id").head(3)
    said = [
        f"{row.place}: {row.numbers_same} the same, {row.numbers_changed} changed, {row.numbers_not_seen} not seen"
        for row in table_rows(told)
    ]
    return [f"Squares for the numbers in the drafts of {counted(len(rows), 'document')}", TITLE, *said]
