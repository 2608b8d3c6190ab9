"""The one map: where was searched, and which market size each province's own government set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame, told
from .hover import hover
from .labels import figure_of, halo
from .marks import emphasis_words, highlighted, in_tile, key_above, table_rows, tile, tile_map
from .palette import QUIET_TEXT, TEXT, bar_style, colour
from .style import height_for, is_narrow, look_of, pt
from .wording import broken, dollar_example, first_upper, money, number

_SIDE = 0.92  # of a tile
_LETTER = 0.49  # of the type: the width of a letter
_NAME_TYPE = {"slide": 0.72, "phone": 0.89}  # of the size's
_USUAL_TYPE = 0.82
_AMOUNT_TYPE = {"slide": 1.1, "phone": 1.1}  # of the names'
_USUAL_AMOUNT = 1.35
_SIGNS = {"about": "~{}", "over": "{}+", "at_least": "{}+", "up_to": "≤{}"}
_CLASSES = {
    "plan": "plan without a market size",
    "none": "no plan for the industry itself found",
    "not_searched": "not searched",
}
_DOT = "documents of its cities"
_NOTES = (
    "None found means that a search found nothing, not that there is nothing. Of several market sizes the one of the "
    "scope and year that most places share is shown, else the largest; those with a star count something else, or "
    "another year, and don't compare. ~ about, + over or at least, ≤ up to. Tiles stand for provinces, not for areas."
)


@draws(
    "coverage",
    """place_id place searched_on finding finding_label market_size_qualifier market_size_status market_size_scope_label
    rate_date source_ids""",
    numbers="market_size_cny_bn market_size_usd_bn rate",
    whole="grid_column grid_row documents_below market_size_year",
    flags="market_size_usual",
    key="place_id",
)
def coverage_map(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    highlight: str | Iterable[str] | None = None,
) -> Axes:
    """Where was searched, and who set a market size? A tile for each province, with the billions that it set.

    Parameters
    ----------
    table : what `coverage` gave. Provinces without a square on the grid are left out, and counted in the footer.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".
    highlight : names or ids of provinces to emphasise; [] for none; by default the two of the article.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `coverage`, or no place in it has a square; for a place to emphasise that it lacks.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.coverage_map(ma.coverage(ma.load()))
    >>> "Sichuan" in [text.get_text() for text in ax.texts]
    True
    """
    rows = table.dropna(subset=["grid_column", "grid_row", "finding"])
    if rows.empty:
        raise ValueError("no place of the table has a square on the grid, so there is nothing to draw")
    rows = rows.assign(state=_states(rows), strong=highlighted(rows["place_id"], highlight, rows["place"]))
    lines, columns = (int(rows[c].max() - rows[c].min()) + 1 for c in ("grid_row", "grid_column"))
    look = look_of(size)
    type_ = max(look["font"] * _NAME_TYPE.get(size, _USUAL_TYPE), 8 if is_narrow(size) else 0)
    points = look["width"] * 72 if ax is None else ax.get_window_extent().width / figure_of(ax).dpi * 72
    letters = max(3, points * 0.96 * _SIDE / columns / (type_ * _LETTER))
    name_lines = 1 if size == "slide" else 2  # above an amount
    with axes_for(ax, size, height=height_for(lines, size, lines=3.1), grid=None) as ax:
        for row in table_rows(rows):
            _tile(ax, row, type_, _AMOUNT_TYPE.get(size, _USUAL_AMOUNT), letters, name_lines)
        tile_map(ax, rows, 0.5)
        _key(ax, rows, is_narrow(size))
        left = len(table) - len(rows)
        frame(
            ax,
            title=_finding(table, rows),
            subtitle=_unit_words(rows, highlight),
            footer=f"Not on the grid: {left}." if left else "",
            notes=_NOTES,
            drawn=rows,
            alt=_alt(rows),
        )
    return ax


def _states(rows: pd.DataFrame) -> pd.Series:
    """Three steps of what was found, and what nobody searched."""
    found = rows["finding"].astype("str")
    state = found.map({"plan_without_scale": "plan", "not_searched": "not_searched"}).astype("object")
    return state.fillna("none").mask(rows["market_size_cny_bn"].notna() | (found == "scale_target"), "sized")


def _look(state: str, strong: bool, draft: bool = False) -> dict[str, Any]:
    hue = colour("emphasis" if strong else "quiet")
    if state == "sized":
        return bar_style(hue, "draft" if draft else "final")
    if state == "plan":
        return {"facecolor": "white", "edgecolor": hue, "linewidth": pt(2.6)}
    edge = {"edgecolor": hue if strong else colour("plain"), "linewidth": pt(0.6)}
    return {"facecolor": "white", **edge} | ({"linestyle": (0, (3, 3))} if state == "not_searched" else {})


def _tile(ax: Axes, row: Any, type_: float, larger: float, letters: float, name_lines: int) -> None:
    """A square with the name and, larger, the billions; a dot in its corner where places inside have documents."""
    draft = row.market_size_status == "draft"
    square = tile(ax, row, _SIDE, **_look(row.state, row.strong, draft))
    has = pd.notna(row.market_size_cny_bn)
    hover(square, f"{row.place}: {_size_words(row) if has else row.finding_label}")
    full = row.state == "sized" and not draft
    hue = "white" if full and row.strong else TEXT if row.state in ("sized", "plan") else QUIET_TEXT
    words: dict[str, Any] = {"color": hue, "weight": "bold" if row.strong else "normal"}
    words |= {"path_effects": halo()} if draft and row.state == "sized" else {}
    name = broken(row.place, letters / (1.06 if row.strong else 1), name_lines if has else name_lines + 1)
    in_tile(ax, row, -0.14 if has else 0, name, fontsize=type_, linespacing=1.0, **words)
    if has:
        in_tile(ax, row, 0.27, _amount(row), fontsize=type_ * larger, **(words | {"weight": "bold"}))
    if row.documents_below > 0:
        at = (row.grid_column + 0.39, row.grid_row - 0.38)
        ax.plot(*at, "o", markersize=pt(4), color=hue, markeredgewidth=0, zorder=4)


def _size_words(row: Any) -> str:
    """The market size of a tile, of what and by when."""
    said = money(row.market_size_cny_bn, qualifier=str(row.market_size_qualifier), words=True)
    year = "" if pd.isna(row.market_size_year) else f" by {row.market_size_year}"
    draft = ", in a draft" if row.market_size_status == "draft" else ""
    return f"{said} of {row.market_size_scope_label}{year}{draft}"


def _amount(row: Any) -> str:
    bn = row.market_size_cny_bn
    figure = number(bn) if bn < 1000 else f"{number(bn / 1000, 2)}tn"
    return _SIGNS.get(str(row.market_size_qualifier), "{}").format(figure) + (
        "" if row.market_size_usual else "*"
    )


def _key(ax: Axes, rows: pd.DataFrame, narrow: bool) -> None:
    """What the tiles without a number mean, and the dot."""
    there = [state for state in _CLASSES if (rows["state"] == state).any()]
    handles: list[Any] = [Patch(**_look(state, False)) for state in there]
    words = [first_upper(_CLASSES[state]) for state in there]
    if (rows["documents_below"] > 0).any():
        size = 0.4 * mpl.rcParams["font.size"]
        handles.append(Line2D([], [], marker="o", linestyle="", color=TEXT, markersize=size))
        words.append(first_upper(_DOT))
    if words:
        key_above(ax, handles, words, columns=1 if narrow else 2 if len(words) > 3 else None)


def _finding(table: pd.DataFrame, rows: pd.DataFrame) -> str:
    searched = table["searched_on"].notna()
    sized = int((table.loc[searched, "finding"].astype("str") == "scale_target").sum())
    drafts = rows.loc[rows["state"] == "sized", "market_size_status"].astype("str") == "draft"
    verb = "proposed" if len(drafts) and drafts.all() else "set"
    of = f"{int(searched.sum())} provinces searched"
    return f"{sized or 'None'} of the {of} {verb} a market size for the industry itself, as far as was found"


def _unit_words(rows: pd.DataFrame, highlight: Any) -> str:
    usual = rows[rows["market_size_usual"] & rows["market_size_cny_bn"].notna()]
    others = (~rows["market_size_usual"] & rows["market_size_cny_bn"].notna()).any()
    said = ["Billion yuan"] if rows["market_size_cny_bn"].notna().any() else []
    if len(usual):
        said[0] += f" of {usual['market_size_scope_label'].iloc[0]} by {usual['market_size_year'].iloc[0]}"
        said[0] += " (*: other scope or year)" if others else ""
    said.append(dollar_example(rows, "market_size_cny_bn", "market_size_usd_bn"))
    said.append(emphasis_words(rows["strong"], highlight, rows["place"]))
    return ". ".join(first_upper(words) for words in said if words)


def _alt(rows: pd.DataFrame) -> list[str]:
    sized = rows[rows["market_size_cny_bn"].notna()].sort_values(
        ["market_size_usual", "market_size_cny_bn"], ascending=False, kind="stable"
    )
    said = []
    for row in table_rows(sized):
        other = (
            "" if row.market_size_usual else f" ({row.market_size_scope_label}, by {row.market_size_year})"
        )
        draft = " in a draft" if row.market_size_status == "draft" else ""
        said.append(
            f"{row.place} {money(row.market_size_cny_bn, qualifier=str(row.market_size_qualifier))}{draft}{other}"
        )
    unsearched = rows.loc[rows["state"] == "not_searched", "place"]
    return [
        "Tile map of the market sizes that provinces set",
        TITLE,
        told(said, most=10),
        f"Not searched: {told(list(unsearched))}" if len(unsearched) else "",
    ]
