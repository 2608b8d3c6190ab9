"""Charts of targets beside the economy: shares of GDP, and the path that a growth rate implies."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .labels import direct_label
from .marks import draw_blocks, is_emphasised, laid_out, table_rows, wrapped
from .palette import ARTICLE_PLACES, colour, plain_colour
from .style import height_for
from .wording import first_upper, hedged, listed, number

_MOST_PATHS = 5
_ROOM = 0.09  # of the axes' height, for the number below a point


@draws(
    "ambition",
    "target_id place_id place level scope scope_label status qualifier vintage census_base gdp_series reason",
    numbers="amount_cny_bn amount_max_cny_bn share_of_gdp_pct share_of_gdp_max_pct per_head_cny",
    whole="target_year statistics_year rank",
)
def ambition(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Promised market sizes as a share of the place's GDP, ranked within each scope; drafts hatched.

    Targets without a share (no GDP is in the tables) are named in the footer, never drawn as zero. Scopes that are
    bags of unlike things have no rank, and are left out.

    Parameters
    ----------
    table : what `ambition` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `ambition`, or no target in it has a share of GDP.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> shares = ma.ambition(ma.load(), statistics_year=2022, vintage="final_verified", scope="metaverse_related")
    >>> ax = ma.charts.ambition(shares)
    >>> "Sichuan" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    known = table[table[["rank", "share_of_gdp_pct", "amount_cny_bn"]].notna().all(axis="columns")]
    if known.empty:
        raise ValueError("no target in this table has a share of GDP: nothing to draw")
    rows, height = laid_out(known, "share_of_gdp_pct")
    names, lines = wrapped(list(rows["place"]))
    with axes_for(ax, size, height=height_for(height, size, lines=lines)) as ax:
        draw_blocks(
            ax,
            rows,
            "share_of_gdp_pct",
            labels=[_share_label(row) for row in table_rows(rows)],
            names=names,
            headings={
                code: first_upper(label)
                for code, label in zip(rows["scope"], rows["scope_label"], strict=True)
            },
            upper="share_of_gdp_max_pct",
        )
        ax.xaxis.set_major_formatter(lambda value, _: f"{number(value)}%")
        places = [f"{row.place} ({row.scope_label})" for row in table_rows(rows)]
        what = "Bars of promised market sizes as a share of GDP"
        frame(
            ax,
            title=_ambition_finding(rows),
            subtitle=_ambition_words(rows),
            footer=_ambition_footer(table, rows),
            drawn=rows,
            alt=describe(list(rows["share_of_gdp_pct"]), places, what, "percent of GDP"),
        )
    return ax


def _share_label(row: Any) -> str:
    head = "" if pd.isna(row.per_head_cny) else f", ¥{number(row.per_head_cny, 0)} a head"
    amount = hedged(row.amount_cny_bn, row.amount_max_cny_bn, row.qualifier)
    year = "no year" if pd.isna(row.target_year) else f"by {row.target_year}"
    draft = ", draft" if row.status == "draft" else ""
    return f"{number(row.share_of_gdp_pct)}% ({amount} {year}{head}{draft})"


def _ambition_finding(rows: pd.DataFrame) -> str:
    named = rows[is_emphasised(rows)]
    scope = named["scope"].iloc[0] if len(named) else rows["scope"].iloc[0]
    block = rows[rows["scope"] == scope].sort_values("share_of_gdp_pct", ascending=False, kind="stable")
    first = named if len(named) else block.sort_values("gdp_series", kind="stable")
    series = first["gdp_series"].astype("str").fillna("").iloc[0]  # shares of two series aren't compared
    block = block[block["gdp_series"].astype("str").fillna("") == series]
    top = block.iloc[0]
    rest = block[is_emphasised(block) & (block["target_id"] != top.target_id)]
    said = listed([f"{row.place}'s {number(row.share_of_gdp_pct)}%" for row in table_rows(rest)])
    also = f", {said}" if said else ""
    return (
        f"{top.place}'s promise of {top.scope_label} equals {number(top.share_of_gdp_pct)}% of its GDP{also}"
    )


def _ambition_words(rows: pd.DataFrame) -> str:
    row = rows.iloc[0]
    base = "" if pd.isna(row.census_base) else f", base of the {row.census_base} economic census"
    gdp = f"GDP of {row.statistics_year} ({str(row.vintage).replace('_', ' ')}{base})"
    return f"Promised market size as a share of {gdp}; in brackets billion yuan, and yuan per inhabitant"


def _ambition_footer(table: pd.DataFrame, rows: pd.DataFrame) -> str:
    words = "A market size is gross, GDP is value added: the share compares sizes, the one is not a part of the other."
    without = table[table["reason"].str.startswith("no GDP", na=False)]["place"].drop_duplicates()
    named = f" No GDP in the tables for {listed(list(without))}." if 0 < len(without) <= 15 else ""
    named = named or (f" {len(without)} places have no GDP in the tables." if len(without) else "")
    return words + named


@draws(
    "implied_baseline",
    "target_id place_id place scope scope_label qualifier",
    numbers="amount_cny_bn growth_rate_pct base_amount_cny_bn",
    whole="target_year base_year",
)
def implied_baseline(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """The path to each target that its own growth rate implies, back to each assumed base year.

    Hollow points are implied, one for each base year; the filled one is the target.

    Parameters
    ----------
    table : what `implied_baseline` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `implied_baseline`, or has no path to draw.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.implied_baseline(ma.implied_baseline(ma.load(), base_years=[2022, 2023]))
    >>> any("Shandong" in text.get_text() for text in ax.texts)
    True
    """
    rows = table[table["base_amount_cny_bn"].notna()]
    if rows.empty:
        raise ValueError(
            "no target in yuan with a growth rate has a base year before its own: nothing to draw"
        )
    drawn = _drawn_paths(rows)
    with axes_for(ax, size, grid="y") as ax:
        ends = []
        for _, part in drawn.groupby("target_id", sort=False):
            ends.append(_draw_path(ax, part))
        top = 1.08 * float(max(drawn["base_amount_cny_bn"].max(), drawn["amount_cny_bn"].max())) or 1.0
        _number_points(ax, drawn, top)
        direct_label(ax, [x for x, *_ in ends], [y for _, y, *_ in ends], [words for *_, words, _ in ends],
                     colours=[hue for *_, hue in ends])  # fmt: skip
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}" if value == int(value) else "")
        ax.set(ylim=(0, top))
        words = (
            "Promised market size, billion yuan. Hollow: what the growth rate implies if growth started there; "
            "filled: the target"
        )
        left_out = rows["target_id"].nunique() - drawn["target_id"].nunique()
        foot = (
            "No source names the base year, so every hollow point is an assumption; “about” or “over” holds for it too."
            + (f" Not drawn: {left_out} smaller targets." if left_out else "")
            + f" {_scopes_named(drawn)}."
        )
        names = [f"{row.place} from {row.base_year}" for row in table_rows(drawn)]
        what = "Lines of implied baselines"
        frame(
            ax,
            title=_path_finding(rows),
            subtitle=words,
            footer=foot,
            drawn=drawn,
            alt=describe(list(drawn["base_amount_cny_bn"]), names, what, "billion yuan"),
        )
    return ax


def _drawn_paths(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the emphasised places, and of the largest targets until there are enough: more paths can't be read."""
    targets = rows.drop_duplicates("target_id").assign(first=is_emphasised)
    order = targets.sort_values(["first", "amount_cny_bn"], ascending=False, kind="stable")
    return rows[rows["target_id"].isin(order["target_id"].head(_MOST_PATHS))]


def _draw_path(ax: Axes, part: pd.DataFrame) -> tuple[float, float, str, str]:
    row = part.iloc[0]
    hue = _path_colour(row)
    years = [*part["base_year"].astype(float), float(row.target_year)]
    amounts = [*part["base_amount_cny_bn"], row.amount_cny_bn]
    ax.plot(years, amounts, color=hue, linewidth=1.6)
    ax.plot(years[:-1], amounts[:-1], "o", color=hue, markerfacecolor="white", linestyle="none")
    ax.plot(years[-1:], amounts[-1:], "o", color=hue)
    words = f"{row.place}: {hedged(row.amount_cny_bn, None, row.qualifier)}\nat {number(row.growth_rate_pct)}% a year"
    return years[-1], amounts[-1], words, hue


def _number_points(ax: Axes, drawn: pd.DataFrame, top: float) -> None:
    """The implied amounts below their points, where no other number stands; those of the emphasised places first."""
    numbered: list[tuple[float, float]] = []
    first = drawn.assign(first=is_emphasised(drawn)).sort_values("first", ascending=False, kind="stable")
    for row in table_rows(first):
        year, amount = float(row.base_year), float(row.base_amount_cny_bn)
        if any(year == x and abs(amount - y) < _ROOM * top for x, y in numbered):
            continue
        numbered.append((year, amount))
        ax.annotate(
            number(amount),
            (year, amount),
            xytext=(0, -9),
            textcoords="offset points",
            ha="center",
            va="top",
            color=_path_colour(row),
        )


def _path_colour(row: Any) -> str:
    return colour("emphasis") if row.place_id in ARTICLE_PLACES else plain_colour(str(row.scope))


def _scopes_named(drawn: pd.DataFrame) -> str:
    """Which scope each target is of: "Shandong: related industries; Jiangsu: core industry"."""
    targets = drawn.drop_duplicates("target_id")
    names = targets.groupby("scope_label", sort=False, observed=True)["place"].agg(
        lambda part: listed(list(part))
    )
    if len(names) == 1:
        return f"Scope: {names.index[0]}"
    return "; ".join(f"{places}: {label}" for label, places in names.items())


def _path_finding(rows: pd.DataFrame) -> str:
    first = rows[is_emphasised(rows)] if is_emphasised(rows).any() else rows
    part = first[first["target_id"] == first["target_id"].iloc[0]]
    row, low, high = part.iloc[0], part["base_amount_cny_bn"].min(), part["base_amount_cny_bn"].max()
    start = number(low, 0) if low == high else f"{number(low, 0)} to {number(high, 0)}"
    return f"{row.place}'s target implies a start of about {start} billion yuan"
