"""Whether the subject is still on the lists of priorities."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .canvas import panels_for
from .contract import draws
from .footers import TITLE, frame
from .marks import table_rows
from .palette import TEXT, colour, search_style
from .wording import subject


@draws(
    "priorities_by_year",
    "list_group list_group_label",
    whole="year lists_naming lists_not_naming",
)
def priorities_by_year(table: pd.DataFrame, *, size: str = "notebook") -> Figure:
    """Year by year, how often the subject was named as a priority (above) and how often a list left it out (below).

    A block is one occasion; national bodies and provinces or cities have a panel each.

    Parameters
    ----------
    table : what `priorities_by_year` gave.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The figure.

    Raises
    ------
    ValueError
        If the table isn't that of `priorities_by_year`, or no list is in it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> figure = ma.charts.priorities_by_year(ma.priorities_by_year(ma.load()))
    >>> len(figure.axes)
    2
    """
    named = subject(table) or "the industry"
    if table.empty or not (table["lists_naming"].sum() + table["lists_not_naming"].sum()):
        raise ValueError(f"no event says that {named} was named, or not: there is nothing to draw")
    groups = list(dict.fromkeys(table["list_group_label"]))
    top, bottom = int(table["lists_naming"].max()), int(table["lists_not_naming"].max())
    with panels_for(1, len(groups), size, grid=None, sharex=True, sharey=True) as (figure, axes):
        for ax, group in zip(axes[0], groups, strict=True):
            _blocks(ax, table[table["list_group_label"] == group])
            ax.set_title(group)
            ax.set(ylim=(-bottom - 0.4, top + 0.4), yticks=[max(top, 1) / 2, -max(bottom, 1) / 2])
            ax.set_yticklabels(["named", "left out"])
            ax.spines[["left", "bottom"]].set_visible(False)
            ax.axhline(0, color=TEXT, linewidth=0.8)
        words = (
            f"One block is one occasion found: above, {named} is named as a priority; below, it is left out"
        )
        foot = "Occasions that were found, not all there were: a list without it is seldom news."
        counts = "; ".join(
            f"{r.list_group_label} {r.year}: {r.lists_naming} named, {r.lists_not_naming} not"
            for r in table_rows(table)
        )
        frame(
            figure,
            title=_fading_finding(table),
            subtitle=words,
            footer=foot,
            drawn=table,
            alt=[TITLE, counts],
        )
    return figure


def _blocks(ax: Axes, rows: pd.DataFrame) -> None:
    side = 0.8
    for row in table_rows(rows):
        for i in range(row.lists_naming):
            ax.bar(int(row.year), side, side, bottom=i + 0.1, color=colour("final"))
        for i in range(row.lists_not_naming):
            ax.bar(int(row.year), -side, side, bottom=-i - 0.1, **search_style("none_found"))
    years = rows["year"].astype(int).tolist()
    ax.set_xticks(years, [str(year) for year in years])
    ax.set_xlim(years[0] - 0.6, years[-1] + 0.6)


def _fading_finding(table: pd.DataFrame) -> str:
    about = subject(table) or "the industry"
    national = table[table["list_group"] == "national"]
    named = national.loc[national["lists_naming"] > 0, "year"]
    silent = national.loc[(national["lists_not_naming"] > 0) & (national["lists_naming"] == 0), "year"]
    after = silent[silent > named.max()] if len(named) else silent
    if len(after) and len(named):
        since = f"for {after.min()}" if after.min() == national["year"].max() else f"since {after.min()}"
        return f"National bodies named {about} until {named.max()}; every list found {since} leaves it out"
    return f"When {about} was named as a priority, and when not"
