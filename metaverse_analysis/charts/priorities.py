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
    "fading",
    "group group_label",
    whole="year n_named n_not_named",
)
def fading(table: pd.DataFrame, *, size: str = "notebook") -> Figure:
    """Year by year, how often the subject was named as a priority (above) and how often a list left it out (below).

    A block is one occasion; national bodies and provinces or cities have a panel each.

    Parameters
    ----------
    table : what `fading` gave.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The figure.

    Raises
    ------
    ValueError
        If the table isn't that of `fading`, or no list is in it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> figure = ma.charts.fading(ma.fading(ma.load()))
    >>> len(figure.axes)
    2
    """
    named = subject(table) or "the industry"
    if table.empty or not (table["n_named"].sum() + table["n_not_named"].sum()):
        raise ValueError(f"no event says that {named} was named, or not: there is nothing to draw")
    groups = list(dict.fromkeys(table["group_label"]))
    top, bottom = int(table["n_named"].max()), int(table["n_not_named"].max())
    with panels_for(1, len(groups), size, grid=None, sharex=True, sharey=True) as (figure, axes):
        for ax, group in zip(axes[0], groups, strict=True):
            _blocks(ax, table[table["group_label"] == group])
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
            f"{r.group_label} {r.year}: {r.n_named} named, {r.n_not_named} not" for r in table_rows(table)
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
        for i in range(row.n_named):
            ax.bar(int(row.year), side, side, bottom=i + 0.1, color=colour("final"))
        for i in range(row.n_not_named):
            ax.bar(int(row.year), -side, side, bottom=-i - 0.1, **search_style("none_found"))
    years = rows["year"].astype(int).tolist()
    ax.set_xticks(years, [str(year) for year in years])
    ax.set_xlim(years[0] - 0.6, years[-1] + 0.6)


def _fading_finding(table: pd.DataFrame) -> str:
    about = subject(table) or "the industry"
    national = table[table["group"] == "national"]
    named = national.loc[national["n_named"] > 0, "year"]
    silent = national.loc[(national["n_not_named"] > 0) & (national["n_named"] == 0), "year"]
    after = silent[silent > named.max()] if len(named) else silent
    if len(after) and len(named):
        since = f"for {after.min()}" if after.min() == national["year"].max() else f"since {after.min()}"
        return f"National bodies named {about} until {named.max()}; every list found {since} leaves it out"
    return f"When {about} was named as a priority, and when not"
