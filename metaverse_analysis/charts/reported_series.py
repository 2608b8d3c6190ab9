"""Charts through the years: one place's figures and targets, and the fading from the lists."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..measures.wording import MONTHS
from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .labels import direct_label, halo
from .marks import key_above, table_rows
from .palette import QUIET_TEXT, colour
from .wording import currency_words, hedged


@draws(
    "reported_series",
    """record place scope_label measure measure_label currency qualifier period status repeats_target_id reported_by
    source_ids""",
    numbers="amount_bn amount_max_bn",
    whole="year",
    flags="whole_year",
)
def reported_series(
    series: pd.DataFrame, *, measure: str = "revenue", ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """One place and scope: what was reported year by year, and the targets on the way.

    Filled points are figures of one measure for whole years, joined where the years follow each other; targets are
    lines, full for the same measure, dashed for another one; figures for part of a year, or of another measure, are
    hollow points. Years without a figure stay empty.

    Parameters
    ----------
    series : what `reported_series` gave.
    measure : the figures that are joined.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `reported_series`, or has no figure of the measure for a whole year.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.reported_series(ma.reported_series(ma.load(), place="Jiangxi", scope="vr_xr"))
    >>> len(ax.get_xticks()) > 4
    True
    """
    rows = series[series["repeats_target_id"].isna() & series["amount_bn"].notna()]
    same = rows["measure"] == measure
    whole = rows[(rows["record"] == "reported") & same & rows["whole_year"]].drop_duplicates("year")
    if whole.empty:
        there = ", ".join(sorted(rows.loc[rows["record"] == "reported", "measure"].unique())) or "none at all"
        raise ValueError(
            f"no figure of the measure {measure!r} for a whole year; there are figures of: {there}"
        )
    targets = rows[rows["record"] == "target"]
    others = rows[(rows["record"] == "reported") & ~(same & rows["whole_year"])]
    with axes_for(ax, size, grid="y") as ax:
        _draw_reported(ax, whole)
        _draw_other_figures(ax, others)
        _draw_targets(ax, targets, measure)
        years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
        ax.set(xticks=list(years), ylim=(0, None), xlim=(years[0] - 0.7, years[-1] + 0.9))
        _series_key(ax, whole["measure_label"].iloc[0])
        first = rows.iloc[0]
        unit = currency_words(first["currency"])
        words = f"{first['place']}, {first['scope_label']}, billion {unit} a year"
        outlets = "; ".join(dict.fromkeys("; ".join(whole["reported_by"].dropna()).split("; ")))
        foot = f"{whole['measure_label'].iloc[0].capitalize()} as reported by {outlets}. No point: no figure found."
        frame(
            ax,
            title=_series_finding(whole, targets[targets["measure"] == measure]),
            subtitle=words,
            footer=foot,
            drawn=pd.concat([whole, others, targets]),
            alt=describe(whole["amount_bn"].tolist(), whole["year"].astype(str).tolist(), words, "billion"),
        )
    return ax


def _series_finding(whole: pd.DataFrame, targets: pd.DataFrame) -> str:
    pairs = targets.merge(whole, on="year", suffixes=("", "_reported"))
    place, words = whole["place"].iloc[0], f"{whole['scope_label'].iloc[0]} {whole['measure_label'].iloc[0]}"
    if pairs.empty:
        return f"{place}'s {words}: no year has both a target and a reported figure"
    met = int((pairs["amount_bn_reported"] >= pairs["amount_bn"]).sum())
    years = ", ".join(pairs["year"].astype(str))
    if met == len(pairs):
        return f"{place}'s {words} was reported to reach its targets in {years.replace(', ', ' and ')}"
    return f"{place}'s {words} was reported to reach {met} of {len(pairs)} targets ({years})"


def _draw_reported(ax: Axes, whole: pd.DataFrame) -> None:
    scale, hue = mpl.rcParams["font.size"] / 12, colour("final")
    years, values = whole["year"].astype(int).to_numpy(), whole["amount_bn"].to_numpy()
    for i in np.flatnonzero(np.diff(years) == 1):
        ax.plot(years[i : i + 2], values[i : i + 2], color=hue, linewidth=2 * scale, zorder=2)
    ax.plot(years, values, "o", color=hue, markersize=9 * scale, zorder=5)
    for row in table_rows(whole):
        # To the upper left, where neither a rising line nor the words of next year's target are.
        ax.annotate(hedged(row.amount_bn, None, row.qualifier), (row.year, row.amount_bn),
                    xytext=(-4 * scale, 5 * scale), textcoords="offset points", ha="right", va="bottom", color=hue,
                    fontweight="bold", path_effects=halo(), zorder=6)  # fmt: skip


def _draw_targets(ax: Axes, targets: pd.DataFrame, measure: str) -> None:
    scale, hue = mpl.rcParams["font.size"] / 12, colour("emphasis")
    for row in table_rows(targets):
        same = row.measure == measure
        ax.hlines(row.amount_bn, row.year - 0.3, row.year + 0.3, color=hue, linewidth=2.4 * scale,
                  linestyle="-" if same else (0, (2, 1.5)), zorder=4)  # fmt: skip
        draft = " (draft)" if row.status == "draft" else ""
        words = (
            hedged(row.amount_bn, row.amount_max_bn, row.qualifier)
            + draft
            + ("" if same else f",\n{row.measure_label}")
        )
        if same:
            direct_label(ax, row.year - 0.3, [row.amount_bn], [words], side="left", colours=[hue])
        else:
            ax.annotate(words, (row.year, row.amount_bn), xytext=(0, 5), textcoords="offset points", ha="center",
                        va="bottom", color=hue, path_effects=halo())  # fmt: skip


def _draw_other_figures(ax: Axes, rows: pd.DataFrame) -> None:
    size = 6 * mpl.rcParams["font.size"] / 12
    for row in table_rows(rows):
        ax.plot(
            [row.year],
            [row.amount_bn],
            "o",
            color=QUIET_TEXT,
            markerfacecolor="white",
            markersize=size,
            zorder=3,
        )
        what = row.measure_label if row.whole_year else _months(row.period)
        words = f"{hedged(row.amount_bn, None, row.qualifier)} {what}"
        direct_label(ax, row.year + 0.3, [row.amount_bn], [words], colours=[QUIET_TEXT])


def _months(period: str) -> str:
    first, last = (MONTHS[pd.Timestamp(month).month - 1][:3] for month in period.split("/"))
    return f"{first}–{last}"


def _series_key(ax: Axes, measure_label: str) -> None:
    marks = [
        Line2D([], [], color=colour("final"), marker="o", markersize=8),
        Line2D([], [], color=colour("emphasis"), linewidth=2.4),
        Line2D([], [], color=colour("emphasis"), linewidth=2.4, linestyle=(0, (2, 1.5))),
        Line2D([], [], color=QUIET_TEXT, marker="o", markerfacecolor="white", linestyle=""),
    ]
    words = [
        f"{measure_label}, reported",
        "target",
        "target of another measure",
        "another measure, or part of a year",
    ]
    key_above(ax, marks, words, columns=2)
