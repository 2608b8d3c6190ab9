"""The map of what was searched, and what was found."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .labels import halo
from .marks import in_tile, key_above, tile, tile_map, tile_name
from .palette import ARTICLE_PLACES, TEXT, search_style
from .style import height_for


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
