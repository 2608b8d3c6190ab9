"""Charts of the evidence itself: what it rests on, and where was searched."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .labels import embolden, halo
from .marks import in_tile, key_above, stacked, tile, tile_map, tile_name
from .palette import ARTICLE_PLACES, TEXT, colour, search_style, tint
from .style import height_for
from .wording import wrap_label

# What a row rests on, the strongest first, in words; the darker the better.
RESTS_ON = {
    "official": "an official page, read directly",
    "several_established": "two or more established outlets",
    "one_established": "one established outlet",
    "weaker": "trade press, companies",
    "aggregators": "pages that collect or reword",
    "none": "no source",
}
DARK = ("official", "several_established")  # their numbers are white
FEW = 10  # rows of a place below which a share says little
NARROWEST = 5.5  # percent of a bar that has room for its number


@draws("evidence_quality", "label", whole=f"rows {' '.join(RESTS_ON)}")
def evidence_quality(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """What do the rows of each table, or of each province, rest on? Stacked bars, the best founded first.

    Parameters
    ----------
    table : what `evidence_quality` gave, by table or by place.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `evidence_quality`, or has no row.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.evidence_quality(ma.evidence_quality(ma.load()))
    >>> print(ax.get_xlim()[0])
    0.0
    """
    if not table["rows"].sum():
        raise ValueError("no row names a source, so there is nothing to draw")
    shares = table[list(RESTS_ON)].div(table["rows"], axis=0) * 100
    founded = shares["official"] + shares["several_established"]
    few = (table["rows"] < FEW) & ("place_id" in table)
    order = pd.DataFrame({"few": few, "founded": founded, "weak": shares["aggregators"] + shares["none"]})
    rows = table.loc[
        order.sort_values(["few", "founded", "weak"], ascending=[True, False, True], kind="stable").index
    ]
    places = rows["place_id"] if "place_id" in rows else pd.Series("", index=rows.index)
    names = [f"{wrap_label(name, 30)} ({n:,})" for name, n in zip(rows["label"], rows["rows"], strict=True)]
    lines = 1 + max(name.count("\n") for name in names)
    with axes_for(ax, size, height=height_for(len(rows) + 3, size, lines), grid=None) as ax:
        drawn = shares.loc[rows.index]
        looks = {name: _shade(name) for name in RESTS_ON if rows[name].sum()}
        handles = stacked(ax, drawn, looks, numbers=drawn, narrowest=NARROWEST, dark=DARK, height=0.72)
        ax.set_yticks(range(len(rows)), names)
        ax.set(xlim=(0, 100.4), ylim=(len(rows) - 0.5, -0.6), xticks=[])
        embolden(ax.get_yticklabels(), places.isin(ARTICLE_PLACES))
        key_above(ax, list(handles.values()), [RESTS_ON[name].capitalize() for name in handles], columns=2)
        said = "Percent of rows (their number in brackets) by the strongest evidence behind them"
        foot = "Pages with one outlet's text count once. An official text read as a copy is one established outlet."
        foot += f" Places with fewer than {FEW} rows stand last." if few.any() else ""
        what = "Stacked bars of what the evidence rests on; official or several established outlets"
        frame(
            ax,
            title=_quality_finding(rows),
            subtitle=said,
            footer=foot,
            drawn=rows,
            alt=describe(list(founded[rows.index].round(0)), list(rows["label"]), what, "percent"),
        )
    return ax


def _shade(name: str) -> dict[str, Any]:
    if name == "none":
        return search_style("not_searched")
    light = {"weaker": tint(colour("one_established"), 0.3), "aggregators": "#ffffff"}
    return {
        "facecolor": light[name] if name in light else colour(name),
        "edgecolor": colour("official"),
        "linewidth": 0.8,
    }


def _quality_finding(rows: pd.DataFrame) -> str:
    total, official = int(rows["rows"].sum()), int(rows["official"].sum())
    if "place_id" in rows and "CN-SC" in set(rows["place_id"]):
        sichuan = rows[rows["place_id"] == "CN-SC"].iloc[0]
        own = f"{sichuan['official'] or 'none'} of Sichuan's {sichuan['rows']}"
        return f"{official} of {total:,} rows on provinces rest on an official page read directly, {own}"
    weak = 100 * rows["aggregators"].sum() / total
    return f"{official} of {total:,} rows rest on an official page read directly" + (
        f", {weak:.0f}% on pages that only collect or reword" if weak >= 0.5 else ""
    )


@draws(
    "coverage",
    "place_id place searched_on finding finding_label",
    whole="grid_column grid_row documents documents_below",
)
def coverage_map(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Where was searched, and what was found? A tile for each province, with the number of its documents.

    Parameters
    ----------
    table : what `coverage` gave. Provinces without a square on the grid are left out, and counted in the footer.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `coverage`, or no place in it has a square.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.coverage_map(ma.coverage(ma.load()))
    >>> len(ax.patches) == len(ma.coverage(ma.load()))
    True
    """
    rows = table.dropna(subset=["grid_column", "grid_row", "finding"])
    if rows.empty:
        raise ValueError("no place of the table has a square on the grid, so there is nothing to draw")
    lines = int(rows["grid_row"].max() - rows["grid_row"].min()) + 1
    with axes_for(ax, size, height=height_for(lines, size, lines=3.2), grid=None) as ax:
        for row in rows.itertuples():
            _tile(ax, row)
        tile_map(ax, rows, 0.5)
        found = rows["finding"].astype("str").value_counts()
        present = [code for code in rows["finding"].astype("category").cat.categories if code in found.index]
        labels = rows.drop_duplicates("finding").set_index("finding")["finding_label"]
        words = [f"{labels[code].capitalize()} ({found[code]})" for code in present]
        key_above(ax, [Patch(**search_style(code)) for code in present], words, columns=2)
        said = (
            "Finding for the province's own government; number of documents found, of it and of places in it"
        )
        left = len(table) - len(rows)
        foot = "None found means that a search found nothing, not that there is nothing." + (
            f" Not on the grid: {left}." if left else ""
        )
        documents = rows["documents"] + rows["documents_below"]
        what = "Tile map of what was searched and found"
        frame(
            ax,
            title=_coverage_finding(table),
            subtitle=said,
            footer=foot,
            drawn=rows,
            alt=describe(list(documents), list(rows["place"]), what, "documents"),
        )
    return ax


def _tile(ax: Axes, row: Any) -> None:
    """A square with the place's name and its number of documents; the two places of the article in bold."""
    look: dict[str, Any] = {"color": "white" if row.finding == "scale_target" else TEXT}
    look |= {"path_effects": halo()} if row.finding == "not_searched" else {}
    tile(ax, row, 0.92, **search_style(str(row.finding)))
    tile_name(ax, row, -0.12, **look)
    documents = row.documents + row.documents_below
    weight = "bold" if row.place_id in ARTICLE_PLACES else "normal"
    in_tile(ax, row, 0.31, str(documents) if documents else "–", fontweight=weight, **look)


def _coverage_finding(table: pd.DataFrame) -> str:
    searched = table[table["searched_on"].notna()]
    sized = (searched["finding"] == "scale_target").sum()
    nothing = ((searched["finding"] == "none_found") & (searched["documents_below"] == 0)).sum()
    found = f"A market size was found for {sized} of {len(searched)} provinces searched"
    silent = f"; for {nothing} nothing at all was found, which does not mean that there is nothing"
    return found + (silent if nothing else "")
