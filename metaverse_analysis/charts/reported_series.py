"""One place's figures year by year, and the targets on the way."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .labels import halo
from .lists import letters_across, lines_that_fit, yearly_dollars
from .marks import table_rows
from .palette import QUIET_TEXT, colour
from .style import is_narrow, pt
from .wording import counted, listed, money, with_dollars, wrap_label

_VERDICTS = {"yes": "reached", "no": "missed", "unclear": "perhaps reached"}


@draws(
    "reported_series",
    """record place scope_label measure measure_label currency qualifier period reached status repeats_target_id
    reported_by rate_date source_ids""",
    numbers="amount_bn amount_max_bn amount_usd_bn rate",
    whole="year",
    flags="whole_year",
)
def reported_series(
    series: pd.DataFrame, *, measure: str = "revenue", ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """One place and scope: what was reported year by year, and the targets on the way.

    Points are figures of one measure for whole years, joined where the years follow each other, by dots over years
    without a figure. Bars across a year are its targets; those of another measure are dashed. What was reported of
    another measure is a small grey point; figures for a part of a year are left out, and counted in the notes.

    Parameters
    ----------
    series : what `reported_series` gave.
    measure : the figures that are joined.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

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
    rows = series[series["repeats_target_id"].isna() & series["amount_bn"].notna() & series["year"].notna()]
    figures = rows[rows["record"] == "reported"]
    same = figures["measure"] == measure
    whole = figures[same & figures["whole_year"]].drop_duplicates("year")
    if whole.empty:
        there = ", ".join(sorted(figures["measure"].unique())) or "none at all"
        raise ValueError(
            f"no figure of the measure {measure!r} for a whole year; there are figures of: {there}"
        )
    targets = rows[rows["record"] == "target"]
    others = figures[~same & figures["whole_year"] & ~figures["year"].isin(whole["year"])].drop_duplicates(
        "year"
    )
    if is_narrow(size):
        others = others.iloc[:0]
    rows = pd.concat([whole, others, targets])
    first = rows.iloc[0]
    said = "; ".join(
        filter(None, [f"{_upper(whole['measure_label'].iloc[0])} a year and targets", yearly_dollars(rows)])
    )
    words = {
        "title": _series_finding(whole, targets[targets["measure"] == measure]),
        "subtitle": f"{first['place']}, {first['scope_label']}. {said}",
        "footer": _other_measures(others),
    }
    lines_that_fit(size, ax, **words)  # or there is no room for it
    with axes_for(ax, size, grid=None) as drawn_on:
        years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
        room = letters_across(ax, size, 1 / (len(years) + 0.6))
        _draw_reported(drawn_on, whole, is_narrow(size))
        _draw_others(drawn_on, others)
        _draw_targets(drawn_on, targets, whole, measure, room)
        top = max(rows["amount_bn"].max(), rows["amount_max_bn"].max(), 1e-9)
        drawn_on.set(ylim=(0, top * 1.16), xlim=(years[0] - 0.8, years[-1] + 0.8), yticks=[])
        drawn_on.set_xticks(list(years), [str(year) if room >= 5 else f"’{year % 100:02}" for year in years])
        drawn_on.spines["left"].set_visible(False)
        drawn_on.spines["bottom"].set_visible(True)
        left = len(figures) - len(whole) - len(others)
        frame(
            drawn_on,
            **words,
            notes=_how_to_read(whole, left),
            drawn=rows,
            alt=["A line of reported figures, with bars at the targets", TITLE, *_told(whole, targets)],
        )
    return drawn_on


def _series_finding(whole: pd.DataFrame, targets: pd.DataFrame) -> str:
    place, words = whole["place"].iloc[0], f"{whole['scope_label'].iloc[0]} {whole['measure_label'].iloc[0]}"
    judged = targets[targets["reached"].notna()]
    if judged.empty:
        return f"{place}'s {words}: no year has both a target and a reported figure"
    met, years = int((judged["reached"] == "yes").sum()), [str(year) for year in judged["year"].unique()]
    if met == len(judged):
        goal = "target" if met == 1 else "targets"
        return f"{place}'s {words} was reported to reach the {goal} of {listed(years)}"
    of = counted(len(judged), "target")
    return f"{place}'s {words} was reported to reach {met or 'none'} of {of}, of {listed(years)}"


def _draw_reported(ax: Axes, whole: pd.DataFrame, narrow: bool) -> None:
    hue = colour("final")
    years, values = whole["year"].astype(int).to_numpy(), whole["amount_bn"].to_numpy()
    for i in range(len(years) - 1):
        known = years[i + 1] - years[i] == 1
        style: Any = "-" if known else (0, (1, 2.5))
        ax.plot(years[i : i + 2], values[i : i + 2], color=hue, linewidth=pt(2.2), linestyle=style, zorder=2)
    ax.plot(years, values, "o", color=hue, markersize=pt(9), zorder=5)
    for row in table_rows(whole):
        last = row.year == years[-1]
        # To the upper left, where neither a rising line nor the words of a target are; above the last one.
        ax.annotate(
            _point_words(row, narrow and not last), (row.year, row.amount_bn), xytext=(pt(-10 if last else -5), pt(6)),
            textcoords="offset points", ha="left" if last else "right", va="bottom", color=hue, fontweight="bold",
            linespacing=1, path_effects=halo(), zorder=6,
        )  # fmt: skip


def _point_words(row: Any, alone: bool) -> str:
    """The figure with its dollars below it, or alone where there is no room."""
    usd = float("nan") if alone else row.amount_usd_bn
    return with_dollars(row.amount_bn, usd, qualifier=row.qualifier).replace(" (", "\n(")


def _draw_targets(ax: Axes, targets: pd.DataFrame, whole: pd.DataFrame, measure: str, room: int) -> None:
    hue = colour("emphasis")
    first = ~targets["measure"].duplicated()
    for row, says in zip(table_rows(targets), first, strict=True):
        same = row.measure == measure
        ax.hlines(
            row.amount_bn, row.year - 0.36, row.year + 0.36, color=hue, linewidth=pt(3), zorder=4, gid="target",
            linestyle="-" if same else (0, (1.6, 1)),
        )  # fmt: skip
        below = (whole["year"] == row.year).any()
        unknown = bool(row.year == targets["year"].max() > whole["year"].max())
        words = _target_words(row, says, same) + ", no figure found" * unknown
        words = words if below else wrap_label(words, max(room, 9))
        ax.annotate(
            words, (row.year - 0.36 if below else row.year, row.amount_bn), xytext=(0, pt(-5 if below else 5)),
            textcoords="offset points", ha="left" if below else "center", va="top" if below else "bottom", color=hue,
            linespacing=1, path_effects=halo(), zorder=6,
        )  # fmt: skip


def _target_words(row: Any, says: bool, same: bool) -> str:
    """The amount; the first of its kind says what it is."""
    words = money(row.amount_bn, row.currency, upper=row.amount_max_bn, qualifier=str(row.qualifier))
    notes = ["draft"] * (row.status == "draft") + [row.measure_label] * (says and not same)
    return ("target " if says else "") + ", ".join([words, *notes])


def _draw_others(ax: Axes, rows: pd.DataFrame) -> None:
    ax.plot(
        rows["year"].astype("float64"), rows["amount_bn"], "o", color=QUIET_TEXT, markersize=pt(5), zorder=3
    )
    for row in table_rows(rows):
        ax.annotate(
            money(row.amount_bn, row.currency, qualifier=row.qualifier), (row.year, row.amount_bn),
            xytext=(0, pt(5)), textcoords="offset points", ha="center", va="bottom", color=QUIET_TEXT,
        )  # fmt: skip


def _other_measures(others: pd.DataFrame) -> str:
    names = list(dict.fromkeys(others["measure_label"]))
    return f"Grey: {listed(names)}, another measure." if names else ""


def _how_to_read(whole: pd.DataFrame, left: int) -> str:
    outlets = "; ".join(dict.fromkeys("; ".join(whole["reported_by"].dropna()).split("; ")))
    by = f"As reported by {outlets}. " if outlets else ""
    verb = "is" if left == 1 else "are"
    more = f" {counted(left, 'figure')} for a part of a year or of another measure {verb} left out." * bool(
        left
    )
    return f"{by}A dotted line leads over years for which no figure was found.{more}"


def _told(whole: pd.DataFrame, targets: pd.DataFrame) -> list[str]:
    found = [
        f"{row.year}: {with_dollars(row.amount_bn, row.amount_usd_bn, qualifier=row.qualifier, words=True)} reported"
        for row in table_rows(whole)
    ]
    aims = [
        f"Target for {row.year}: {money(row.amount_bn, row.currency, qualifier=str(row.qualifier), words=True)}"
        + (f", {_VERDICTS[row.reached]}" if pd.notna(row.reached) else ", no figure to compare")
        for row in table_rows(targets)
    ]
    return [*found, *aims]


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
