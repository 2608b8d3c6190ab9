"""Charts of the evidence itself: what it rests on, where was searched, others' counts beside these tables."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from .labels import halo
from .outcomes import key_above
from .palette import ARTICLE_PLACES, TEXT, colour, search_style, tint
from .style import axes_for, describe, embolden, frame, hedged, height_for, set_alt_text, wrap_label
from .subject import subject
from .text import cut_label

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
LONGEST = 12  # letters in a line of a tile
NARROWEST = 5.5  # percent of a bar that has room for its number


def evidence_quality(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Axes:
    """What do the rows of each table, or of each province, rest on? Stacked bars, the best founded first.

    Parameters
    ----------
    table : what `evidence_quality` gave, by table or by place.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.evidence_quality(ma.evidence_quality(ma.load()))
    >>> print(ax.get_xlim()[0])
    0.0
    """
    if table.empty:
        raise ValueError("no row names a source, so there is nothing to draw")
    shares = table[list(RESTS_ON)].div(table["rows"], axis=0) * 100
    founded = shares["official"] + shares["several_established"]
    few = (table["rows"] < FEW) & ("place_id" in table)
    order = pd.DataFrame({"few": few, "founded": founded, "weak": shares["aggregators"] + shares["none"]})
    rows = table.loc[
        order.sort_values(["few", "founded", "weak"], ascending=[True, False, True], kind="stable").index
    ]
    places = rows["place_id"] if "place_id" in rows else pd.Series("", index=rows.index)
    finding = _quality_finding(rows)
    names = [f"{wrap_label(name, 30)} ({n:,})" for name, n in zip(rows["label"], rows["rows"], strict=True)]
    lines = 1 + max(name.count("\n") for name in names)
    with axes_for(ax, size, height=height_for(len(rows) + 3, size, lines), grid=None) as ax:
        handles = _stack(ax, rows, shares.loc[rows.index])
        ax.set_yticks(range(len(rows)), names)
        ax.set(xlim=(0, 100.4), ylim=(len(rows) - 0.5, -0.6), xticks=[])
        embolden(ax.get_yticklabels(), places.isin(ARTICLE_PLACES))
        key_above(ax, list(handles.values()), [RESTS_ON[name].capitalize() for name in handles], columns=2)
        said = "Percent of rows (their number in brackets) by the strongest evidence behind them"
        foot = "Pages with one outlet's text count once. An official text read as a copy is one established outlet."
        foot += f" Places with fewer than {FEW} rows stand last." if few.any() else ""
        frame(ax, title=title or finding, subtitle=subtitle or said, footer=footer or foot)
        what = "Stacked bars of what the evidence rests on; official or several established outlets"
        set_alt_text(
            ax, describe(list(founded[rows.index].round(0)), list(rows["label"]), what, "percent", finding)
        )
    return ax


def _stack(ax: Axes, rows: pd.DataFrame, shares: pd.DataFrame) -> dict[str, Patch]:
    """The segments of all bars, with their percentages where there is room; gives the patches of the key."""
    start, handles = np.zeros(len(rows)), {}
    for name in [name for name in RESTS_ON if rows[name].sum()]:
        style = _shade(name)
        bars = ax.barh(range(len(rows)), shares[name], left=start, height=0.72, label=name, **style)
        words = [f"{share:.0f}" if share >= NARROWEST else "" for share in shares[name]]
        labels = ax.bar_label(bars, words, label_type="center", color="white" if name in DARK else TEXT)
        for inside in (*bars, *labels):
            inside.set_in_layout(False)  # never leaves the axes, so the layout need not measure it
        start = start + shares[name].to_numpy()
        handles[name] = Patch(**style)
    return handles


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


def coverage_map(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Axes:
    """Where was searched, and what was found? A tile for each province, with the number of its documents.

    Parameters
    ----------
    table : what `coverage` gave. Provinces without a square on the grid are left out, and counted in the footer.

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
    finding = _coverage_finding(table)
    lines = int(rows["grid_row"].max() - rows["grid_row"].min()) + 1
    with axes_for(ax, size, height=height_for(lines, size, lines=3.2), grid=None) as ax:
        for row in rows.itertuples():
            _tile(ax, row)
        ax.set(xlim=(rows["grid_column"].min() - 0.5, rows["grid_column"].max() + 0.5))
        ax.set(ylim=(rows["grid_row"].max() + 0.5, rows["grid_row"].min() - 0.5), xticks=[], yticks=[])
        for side in ax.spines.values():
            side.set_visible(False)
        found = rows["finding"].astype("str").value_counts()
        present = [code for code in rows["finding"].cat.categories if code in found.index]
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
        frame(ax, title=title or finding, subtitle=subtitle or said, footer=footer or foot)
        documents = rows["documents"] + rows["documents_below"]
        what = "Tile map of what was searched and found"
        set_alt_text(ax, describe(list(documents), list(rows["place"]), what, "documents", finding))
    return ax


def _tile(ax: Axes, row: Any) -> None:
    """A square with the place's name and its number of documents; the two places of the article in bold."""
    style = search_style(str(row.finding))
    ax.add_patch(Rectangle((row.grid_column - 0.46, row.grid_row - 0.46), 0.92, 0.92, **style))
    dark = row.finding == "scale_target"
    weight = "bold" if row.place_id in ARTICLE_PLACES else "normal"
    about: dict[str, Any] = {
        "ha": "center",
        "va": "center",
        "color": "white" if dark else TEXT,
        "fontweight": weight,
    }
    about |= {"path_effects": halo()} if row.finding == "not_searched" else {}
    name = cut_label(row.place, LONGEST)
    ax.text(row.grid_column, row.grid_row - 0.12, name, fontsize=mpl.rcParams["font.size"] * 0.82, **about)
    documents = row.documents + row.documents_below
    ax.text(row.grid_column, row.grid_row + 0.31, str(documents) if documents else "–", **about)


def _coverage_finding(table: pd.DataFrame) -> str:
    searched = table[table["searched_on"].notna()]
    sized = (searched["finding"] == "scale_target").sum()
    nothing = ((searched["finding"] == "none_found") & (searched["documents_below"] == 0)).sum()
    found = f"A market size was found for {sized} of {len(searched)} provinces searched"
    silent = f"; for {nothing} nothing at all was found, which does not mean that there is nothing"
    return found + (silent if nothing else "")


def policy_counts(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Axes:
    """Published counts of policies as points, and what these tables have by the same rule as a line from low to high.

    Parameters
    ----------
    table : what `policy_count_comparison` gave. A count whose rule can't be applied is a hollow point.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.policy_counts(ma.policy_count_comparison(ma.load()))
    >>> print(ax.get_xlim()[0])
    0.0
    """
    if table.empty:
        raise ValueError("there is no published count with a rule, so there is nothing to draw")
    rows = table.reset_index(drop=True)
    finding = _counts_finding(rows)
    names = [_rule_words(row, _about(rows)) for row in rows.itertuples()]
    lines = 1 + max(name.count("\n") for name in names)
    with axes_for(ax, size, height=height_for(len(rows) + 2, size, lines)) as ax:
        scale = mpl.rcParams["font.size"] / 12
        known = rows[rows["ours_low"].notna()]
        low, high = known["ours_low"].astype(float), known["ours_high"].astype(float)
        ours = ax.hlines(known.index, low, high, color=colour("child"), linewidth=9 * scale, zorder=2)
        ours.set_capstyle("butt")
        ours.set_gid("ours")
        for y, row in enumerate(rows.itertuples()):
            _point(ax, y, row, scale)
        ax.set_yticks(range(len(rows)), names)
        ax.set(xlim=(0, None), ylim=(len(rows) - 0.4, -0.6))
        ax.margins(x=0.02)
        point = {"marker": "o", "linestyle": "none", "color": colour("final"), "markersize": 8 * scale}
        keys = [
            Line2D([], [], **point),
            Line2D([], [], **point | {"markerfacecolor": "white"}),
            Patch(color=colour("child")),
        ]
        own = "Here by the same rule: from sure to possible"
        key_above(ax, keys, ["Published", "Published, by a rule that can't be applied", own], columns=1)
        about = f"local {_about(rows)} policies".replace("  ", " ")
        said = f"Number of {about}, or of places with one, as others counted them"
        foot = "A range: documents without a day, announced ones, and what the rule leaves open count as possible only."
        frame(ax, title=title or finding, subtitle=subtitle or said, footer=footer or foot)
        labels = [name.replace("\n", ", ") for name in names]
        what = "Published counts of policies as points, the range of our own as lines"
        set_alt_text(ax, describe(list(rows["published"]), labels, what, "policies or places", finding))
    return ax


def _point(ax: Axes, y: int, row: Any, scale: float) -> None:
    known = pd.notna(row.ours_low)
    ax.plot(
        [row.published], [y], "o", color=colour("final"), markersize=8 * scale, zorder=3,
        markerfacecolor=colour("final") if known else "white", gid="published",
    )  # fmt: skip
    right = max(row.published, float(row.ours_high)) if known else row.published
    words = hedged(row.published, None, str(row.qualifier))
    words += f"; here {_ours(row)}" if known else ""
    ax.annotate(words, (right, y), xytext=(9 * scale, 0), textcoords="offset points", va="center_baseline")


def _ours(row: Any, to: str = "–") -> str:
    return f"{row.ours_low}" if row.ours_low == row.ours_high else f"{row.ours_low}{to}{row.ours_high}"


def _about(rows: pd.DataFrame) -> str:
    return subject(rows).removeprefix("the ")


def _rule_words(row: Any, about: str) -> str:
    """Who counted, until when, and by what rule, in two lines."""
    who = "Counter not named" if pd.isna(row.counted_by) else row.counted_by
    until = "no closing day" if pd.isna(row.counted_to) else f"to {row.counted_to}"
    only = f"{about or 'this subject'} only"
    meant = {"metaverse_specific": only, "any_support": "any support"}.get(
        str(row.subject), "subject not said"
    )
    levels = "levels not said" if pd.isna(row.levels) else row.levels.replace(";", ", ")
    unit = "places; " if row.unit_counted == "places" else ""
    return f"{wrap_label(f'{who}, {until}', 36)}\n{unit}{meant}; {levels}"


def _counts_finding(rows: pd.DataFrame) -> str:
    known = rows[rows["ours_low"].notna()]
    if known.empty:
        return "No published count gives a rule by which it could be repeated"
    top = known.sort_values("published").iloc[-1]
    inside = int(((known["missing_low"] <= 0) & (known["missing_high"] >= 0)).sum())
    return (
        f"{top.counted_by} counted {hedged(top.published, None, str(top.qualifier))} {top.unit_counted}; by the same "
        f"rule {_ours(top, ' to ')} are in these tables. {inside} of {len(known)} such counts can be matched"
    )
