"""Where a promised growth started: a range, since no source names the year in which it began."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .marks import emphasis_words, fold, highlighted, name_rows, table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .rows import short_names
from .style import height_for, is_narrow, pt
from .wording import counted, dollar_basis, first_upper, money, number, with_dollars

_LINES = 2.6  # of text in a row: amounts, the bar, years
_NAME = 24  # characters on a line
_NARROWEST = 0.4  # of the size's width: what its words take on a caller's axes


@draws(
    "implied_baseline",
    "target_id place_id place scope scope_label status qualifier rate_date source_ids",
    numbers="amount_cny_bn amount_usd_bn rate growth_rate_pct base_amount_cny_bn",
    whole="target_year base_year",
)
def implied_baseline(
    table: pd.DataFrame,
    *,
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """From what did a target's own growth rate start, if it began in one of the assumed years?

    A row for each target: a bar from the least to the most that the start may have been, a tick for each assumed year,
    and an arrow to the target. Emphasised places come first, then the largest targets.

    Parameters
    ----------
    table : what `implied_baseline` gave.
    highlight : places to emphasise, by id or name; None: those of the article, []: none.
    top : draw so many targets; None: as many as there is room for.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `implied_baseline`, or no target in it has an implied start.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.implied_baseline(ma.implied_baseline(ma.load(), base_years=[2022, 2023]))
    >>> any("about ¥150 bn" in text.get_text() for text in ax.texts)
    True
    """
    starts = table[table[["base_amount_cny_bn", "amount_cny_bn", "base_year"]].notna().all(axis="columns")]
    if starts.empty:
        raise ValueError(
            "no target in yuan with a growth rate has a base year before its own: nothing to draw"
        )
    targets = starts.drop_duplicates("target_id")
    targets = targets.assign(strong=highlighted(targets["place_id"], highlight, targets["place"]))
    targets = targets.sort_values(["strong", "amount_cny_bn"], ascending=False, kind="stable")
    narrow = is_narrow(size)
    lines = _LINES + 2.2 * narrow
    rows, left = fold(targets, top, size, lines=lines)
    names, _ = short_names([f"{row.place}: {row.scope_label}" for row in table_rows(rows)], size, _NAME)
    drawn = starts[starts["target_id"].isin(rows["target_id"])]
    with axes_for(ax, size, height=height_for(len(rows), size, lines), grid=None, narrowest=_NARROWEST) as ax:
        for y, row in enumerate(table_rows(rows)):
            _draw_start(ax, y, row, starts[starts["target_id"] == row.target_id], 0.12 if narrow else 0.2)
        name_rows(ax, range(len(rows)), names, above=narrow, bold=list(rows["strong"]), lift=0.5)
        highest = max(drawn["base_amount_cny_bn"].max(), rows["amount_cny_bn"].max())
        ax.set(xlim=(0, 1.02 * highest or 1.0), ylim=(len(rows) - 0.5, -0.7), xticks=[])
        basis = dollar_basis(rows)
        frame(
            ax,
            title=_finding(rows.iloc[0], starts),
            subtitle=_subtitle(rows, highlight),
            footer=" ".join(
                [
                    *([f"Not drawn: {counted(left, 'smaller target')}."] if left else []),
                    *([f"{first_upper(basis)}."] if basis else []),
                ]
            ),
            notes="No source names the year in which the growth began, so every start is an assumption: the target, "
            "divided by the growth of the years between. A hedge of the target (“about”, “over”) holds for its start, "
            "too. Scopes count different things: rows of two scopes don't compare.",
            drawn=drawn,
            alt=_alt(rows, starts),
        )
    return ax


def _draw_start(ax: Axes, y: int, row: Any, starts: pd.DataFrame, thick: float) -> None:
    hue = colour("emphasis") if row.strong else colour("quiet")
    starts = starts.sort_values("base_year", kind="stable")
    amounts = starts["base_amount_cny_bn"].to_numpy(dtype="float64")
    low, high = amounts.min(), amounts.max()
    bar = ax.barh([y], [high - low], left=[low], height=thick, color=hue, zorder=2, gid="start")
    hover(bar, f"{row.place}, start: {_starts(row, starts)}")
    half = 0.8 * thick
    ax.vlines(amounts, y - half, y + half, color=hue, linewidth=pt(1.6), zorder=3, gid="base year")
    _label_ends(ax, y, starts, half)
    goal = float(row.amount_cny_bn)
    arrow = {"arrowstyle": "->", "color": hue, "linewidth": pt(1.6), "shrinkA": pt(3), "shrinkB": pt(6)}
    edge = high if goal >= high else low
    ax.annotate("", (goal, y), (edge, y), arrowprops=arrow, zorder=2)
    dot = ax.scatter(
        [goal], [y], s=pt(9) ** 2, color=colour("emphasis") if row.strong else TEXT, zorder=4, gid="target"
    )
    words = with_dollars(goal, row.amount_usd_bn, qualifier=str(row.qualifier))
    growth = f"{row.growth_rate_pct:+g}% a year".replace("-", "−")
    hover(dot, f"{row.place}, target: {words} by {row.target_year}, {growth}")
    ax.annotate(
        f"{words}\nby {row.target_year}, {growth}", (goal, y), xytext=(pt(9), 0), textcoords="offset points",
        va="center", weight="bold", color=colour("emphasis") if row.strong else TEXT, linespacing=1.1,
    )  # fmt: skip


def _label_ends(ax: Axes, y: int, starts: pd.DataFrame, half: float) -> None:
    """The amounts above the ends of the bar, and below them the years that these assume."""
    ends = starts.sort_values("base_amount_cny_bn", kind="stable").iloc[np.unique([0, len(starts) - 1])]
    sides = ("center",) if len(ends) == 1 else ("right", "left")  # away from each other
    for row, side in zip(table_rows(ends), sides, strict=True):
        at = float(row.base_amount_cny_bn)
        look: dict[str, Any] = {"textcoords": "offset points", "ha": side}
        ax.annotate(
            number(at, 0), (at, y - half), xytext=(0, pt(2)), va="bottom", color=TEXT, gid="amount", **look
        )
        ax.annotate(
            f"{row.base_year}", (at, y + half), xytext=(0, -pt(2)), va="top", color=QUIET_TEXT, **look
        )


def _starts(row: Any, starts: pd.DataFrame) -> str:
    """From what a target started: "about 86–113 billion yuan"."""
    amounts = starts.loc[starts["target_id"] == row.target_id, "base_amount_cny_bn"]
    low, high = amounts.min(), amounts.max()
    return money(low, upper=high, qualifier=str(row.qualifier), whole=True, words=True)


def _finding(row: Any, starts: pd.DataFrame) -> str:
    years = starts.loc[starts["target_id"] == row.target_id, "base_year"]
    first, last = years.min(), years.max()
    began = f"in {first}" if first == last else f"in {first} to {last}"
    goal = f"the industry that {row.place} {'proposes' if str(row.status) == 'draft' else 'promises'}"
    return f"If growth began {began}, {goal} started from {_starts(row, starts)}"


def _subtitle(rows: pd.DataFrame, highlight: Any) -> str:
    words = emphasis_words(rows["strong"], highlight, rows["place"])
    said = "Billion yuan; bar: where growth to the dot started, by its first year"
    return f"{said}. {first_upper(words)}" if words else said


def _alt(rows: pd.DataFrame, starts: pd.DataFrame) -> list[str]:
    said = [
        f"{row.place}: {_starts(row, starts)}, growing {number(row.growth_rate_pct)}% a year"
        for row in table_rows(rows.head(3))
    ]
    return [
        f"Bars of the possible starts of {counted(len(rows), 'target')}, with arrows to them",
        TITLE,
        *said,
    ]
