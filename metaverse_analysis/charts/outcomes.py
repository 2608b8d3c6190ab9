"""Charts of what came of the targets: promised beside reported, and the ledger's sum."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..measures.outcomes import FINDINGS, difference_words
from ..measures.wording import day_in_words
from ..tables.units import money_units
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .labels import embolden, halo
from .marks import key_above, stacked, table_rows
from .palette import ARTICLE_PLACES, TEXT, colour, search_style, tint
from .style import height_for
from .wording import counted, currency_words, hedged, number, wrap_label


@draws(
    "outcome_ledger",
    """target_id place_id place target_kind indicator_label scope_label measure measure_label unit per qualifier
    repeats_target_id status finding outcome_id outcome_place outcome_indicator outcome_scope_label
    outcome_measure_label outcome_unit outcome_qualifier outcome_period outcome_confidence differs searched_on
    source_ids""",
    numbers="value outcome_value share_of_target_pct",
    whole="target_year outcome_year",
)
def outcome_ledger(
    ledger: pd.DataFrame, *, currency: str = "CNY", ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """Market sizes that were promised beside what was reported: the target as a line, the figure as a point.

    A filled point is a figure of the same quantity, a hollow one a related figure; the words behind a row say what
    its best figure is. Draws the targets in one currency for which there is any figure, the ones with an outcome
    first, then by size. Targets that repeat another, or were superseded, are left out; those for which nothing was
    found are counted in the subtitle.

    Parameters
    ----------
    ledger : what `outcome_ledger` gave.
    currency : the targets in this one.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `outcome_ledger`, or no market size in that currency has any figure beside it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.outcome_ledger(ma.outcome_ledger(ma.load(), today="2026-11-23"))
    >>> any("Jiangxi" in label.get_text() for label in ax.get_yticklabels())
    True
    """
    sizes = ledger[(ledger["target_kind"] == "market_size") & ledger["repeats_target_id"].isna()]
    sizes = sizes[(sizes["finding"] != "superseded") & sizes["unit"].str.endswith(currency)]
    rows = _dumbbells(sizes[sizes["outcome_value"].notna() & sizes["outcome_unit"].str.endswith(currency)])
    if rows.empty:
        raise ValueError(
            f"no market size in {currency} in this ledger has any figure beside it: nothing to draw"
        )
    names = rows.drop_duplicates("target_id")
    n, n_reported = sizes["target_id"].nunique(), int((names["finding"] == "reported").sum())
    labels = [_target_name(row, size) for row in table_rows(names)]
    lengths = [1 + label.count("\n") for label in labels]
    lines = max([2, *map(min, lengths, lengths[1:])])  # a long name has room beside a shorter one
    with axes_for(ax, size, height=height_for(len(names), size, lines)) as ax:
        _draw_dumbbells(ax, rows, names)
        ax.set_yticks(range(len(names)), labels)
        ax.set(xlim=(0, None), ylim=(len(names) - 0.4, -0.6))
        embolden(ax.get_yticklabels(), names["place_id"].isin(ARTICLE_PLACES))
        _dumbbell_key(ax)
        unit = f"Billion {currency_words(currency)}"
        missing = sizes["target_id"].nunique() - len(names)
        words = f"{unit}. A figure is for the target's year and scope unless it says otherwise."
        words += f" {counted(missing, 'target has', 'targets have')} none" if missing else ""
        frame(
            ax,
            title=f"Of {n} market sizes promised, {n_reported} can be held against a reported figure",
            subtitle=words,
            footer=_searched(ledger, rows),
            drawn=rows,
            alt=[TITLE, *map(_sentence, table_rows(rows))],
        )
    return ax


def _dumbbells(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures in billions, with the position of their target: reported first, then the largest target first."""
    rows = rows.assign(
        target_bn=rows["value"] * money_units(rows["unit"])["billions"],
        outcome_bn=rows["outcome_value"] * money_units(rows["outcome_unit"])["billions"],
        is_reported=rows["finding"] == "reported",
        differs_from_target=difference_words(rows, others=False),
    )
    best = rows.groupby("target_id")["is_reported"].transform("max")
    rows = rows.assign(has_outcome=best).sort_values(
        ["has_outcome", "target_bn", "target_id", "is_reported"],
        ascending=[False, False, True, False],
        kind="stable",
    )
    return rows.assign(y=pd.factorize(rows["target_id"])[0])


def _draw_dumbbells(ax: Axes, rows: pd.DataFrame, names: pd.DataFrame) -> None:
    scale = mpl.rcParams["font.size"] / 12
    ax.vlines(
        names["target_bn"], names["y"] - 0.3, names["y"] + 0.3, color=TEXT, linewidth=2.4 * scale, zorder=3
    )
    for row in table_rows(rows):
        hue = colour("emphasis" if row.place_id in ARTICLE_PLACES else "final")
        face = hue if row.is_reported else "white"
        ax.plot(
            [row.target_bn, row.outcome_bn], [row.y] * 2, color=colour("plain"), linewidth=1 * scale, zorder=2
        )
        ax.plot(
            [row.outcome_bn], [row.y], "o", color=hue, markerfacecolor=face, markersize=7 * scale,
            zorder=5 if row.is_reported else 4,
        )  # fmt: skip
    for _, group in rows.groupby("y"):
        right = max(group["target_bn"].max(), group["outcome_bn"].max())
        row = table_rows(group)[0] if group["is_reported"].any() else _nearest_year(group)
        ax.annotate(_figure_words(row), (right, row.y), xytext=(9, 0), textcoords="offset points", va="center_baseline",
                    path_effects=halo(), fontweight="bold" if row.is_reported else "normal")  # fmt: skip


def _nearest_year(group: pd.DataFrame) -> Any:
    """A figure of a whole year before one of a part, then the nearest year, then the later one."""
    gap = (group["outcome_year"] - group["target_year"]).abs().astype("float64")
    ranked = group.assign(gap=gap, part=group["outcome_period"].notna())
    return table_rows(
        ranked.sort_values(["part", "gap", "outcome_year"], ascending=[True, True, False], kind="stable")
    )[0]


def _figure_words(row: Any) -> str:
    """The figure, and what it is a figure of, where that isn't what the target is about."""
    value = hedged(row.outcome_bn, None, row.outcome_qualifier)
    if row.is_reported:
        share = "" if pd.isna(row.share_of_target_pct) else f", {row.share_of_target_pct:.0f}% of the target"
        return f"{value} reported{share}"
    return wrap_label(f"{value}: {row.differs_from_target if pd.notna(row.differs) else 'related'}", 46)


def _target_name(row: Any, size: str) -> str:
    what = row.scope_label if row.measure == "industry_scale" else f"{row.scope_label}, {row.measure_label}"
    amount = hedged(row.target_bn, None, row.qualifier if row.qualifier != "range" else "exact")
    draft = " (draft)" if row.status == "draft" else ""
    return wrap_label(f"{row.place} {row.target_year}: {amount}{draft}", 30) + "\n" + wrap_label(what, 34)


def _dumbbell_key(ax: Axes) -> None:
    marks = [
        Line2D([], [], color=TEXT, marker="|", linestyle="", markersize=11, markeredgewidth=2.2),
        Line2D([], [], color=colour("final"), marker="o", linestyle="", markersize=7),
        Line2D(
            [], [], color=colour("final"), marker="o", markerfacecolor="white", linestyle="", markersize=7
        ),
    ]
    key_above(ax, marks, ["target", "reported, like for like", "related figure: not the same quantity"])


def _searched(ledger: pd.DataFrame, drawn: pd.DataFrame) -> str:
    days = ledger["searched_on"].dropna()
    by = (
        f"Searched up to {day_in_words(f'{days.max():%Y-%m-%d}')}; none found is not none. "
        if len(days)
        else ""
    )
    figures = drawn.drop_duplicates("outcome_id")
    low = int((figures["outcome_confidence"] == "low").sum())
    weak = f"{low} of the {len(figures)} figures drawn rest on weak sources. " if low else ""
    return (by + weak).strip()


def _sentence(row: Any) -> str:
    return f"{row.place}, {row.scope_label}, {row.target_year}: target {number(row.target_bn)}, {_figure_words(row)}."


@draws(
    "outcome_summary",
    "target_kind_label finding finding_label",
    whole="targets repeats",
)
def outcome_summary(summary: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Of all targets whose year has passed: how many were reported, superseded, searched without a find.

    One bar for all targets and one for each kind, each split by finding, with the numbers.

    Parameters
    ----------
    summary : what `outcome_summary` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `outcome_summary`, or no target's year has passed.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.outcome_summary(ma.outcome_summary(ma.load(), today="2026-11-23"))
    >>> ax.get_yticklabels()[0].get_text().splitlines()[0]
    'all targets'
    """
    table = summary.pivot_table(
        index="target_kind_label", columns="finding", values="targets", observed=False, sort=False
    )
    table = table.reindex(columns=list(FINDINGS), fill_value=0)
    table = pd.concat([table.sum().to_frame("all targets").T, table])
    table = table[table.sum(axis=1) > 0]
    if table.empty:
        raise ValueError("no target's year has passed: there is nothing to draw")
    total, reported = int(table.iloc[0].sum()), int(table.iloc[0]["reported"])
    verb = "has" if reported == 1 else "have"
    labels = summary.drop_duplicates("finding").set_index("finding")["finding_label"]
    with axes_for(ax, size, grid=None) as ax:
        shares = table.div(table.sum(axis=1), axis=0) * 100
        looks = {name: _finding_style(name) for name in FINDINGS if table[name].sum()}
        handles = stacked(ax, shares, looks, numbers=table, narrowest=2.5, dark=["reported"], height=0.62)
        ax.set_yticks(range(len(table)), [f"{name}\n{int(n)}" for name, n in table.sum(axis=1).items()])
        ax.set(xlim=(0, 100.4), ylim=(len(table) - 0.45, -0.55), xticks=[])
        embolden(ax.get_yticklabels(), [True] + [False] * (len(table) - 1))
        words = [f"{labels[name]} ({int(table.iloc[0][name])})" for name in handles]
        key_above(ax, list(handles.values()), words, columns=2)
        said = "Number of targets by what was found; each bar is 100%"
        repeats = int(summary["repeats"].sum())
        note = (
            f"Not counted: {counted(repeats, 'target', 'targets')} that only repeat another. "
            if repeats
            else ""
        )
        foot = note + "None found is not none: an outcome may be in a page that no search gave."
        parts = ", ".join(f"{int(table.iloc[0][name])} {labels[name]}" for name in handles)
        frame(
            ax,
            title=f"Of {total} targets whose year has passed, {reported} {verb} a reported outcome",
            subtitle=said,
            footer=foot,
            drawn=summary,
            alt=[TITLE, "Stacked bars", f"All targets: {parts}"],
        )
    return ax


def _finding_style(finding: str) -> dict[str, Any]:
    styles = {
        "reported": search_style("found"),
        "related_figure": {
            "facecolor": tint(colour("found"), 0.45),
            "edgecolor": colour("found"),
            "linewidth": 1.0,
        },
        "superseded": {
            "facecolor": tint(colour("plain"), 0.45),
            "edgecolor": colour("plain"),
            "linewidth": 1.0,
        },
        "not_found": search_style("none_found"),
        "not_followed_up": search_style("not_searched"),
    }
    return styles[finding]
