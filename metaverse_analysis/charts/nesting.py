"""Does a city promise more than its province? Each place's promise as a part of that of the place around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame, told
from .hover import hover
from .labels import halo
from .marks import emphasis_words, fold, highlighted, name_rows, table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .rows import room_for
from .style import height_for, is_narrow, pt
from .wording import (
    HEDGES,
    counted,
    cut_label,
    dollar_example,
    first_upper,
    listed,
    money,
    number,
    wrap_label,
)

_NAME_WIDTH = {False: 24, True: 44}  # characters
_AMOUNTS_WIDTH = 38
_DIGITS = 6  # characters of a percentage right of its dot
_HEAD = 1.4  # rows: the words above the line at 100 %
_MOST = 5  # rows: more would be small parts of a whole, which answer no question
_NARROWEST = 0.58  # of the size's width: what its words take on a caller's axes


@draws(
    "nesting",
    """target_id place_id place scope_label status qualifier parent_place_id parent_place parent_level
    parent_qualifier rate_date source_ids""",
    numbers="amount_cny_bn amount_usd_bn rate parent_amount_cny_bn share_of_parent_pct",
    whole="target_year parent_target_year distance",
    flags="exceeds_parent same_topic like_for_like",
)
def nesting(
    pairs: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
) -> Axes:
    """Each place's promised market size as a percentage of that of the place around it, against a line at 100%.

    Each target stands beside the one of the nearest place above that is like it: of one scope, measure and year. Pairs
    that aren't are no finding, and are counted in the notes; so are those with a whole country.

    Parameters
    ----------
    pairs : what `nesting` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".
    highlight : names or ids of places to emphasise, inside or around; [] for none; by default the two of the article.
    top : how many pairs are drawn; by default as many as fit, but no more than five.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `nesting`, or has no pair to draw; for a place to emphasise that isn't in it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.nesting(ma.nesting(ma.load()))
    >>> any("Zhengzhou" in label.get_text() for label in ax.get_yticklabels())
    True
    """
    every = _chosen(pairs)
    rows = every[every["like_for_like"]]
    if rows.empty:
        raise ValueError(
            "no place in this table has a target inside another place that has one like it: nothing to draw"
        )
    narrow = is_narrow(size)
    names = [cut_label(_name(row, narrow), _NAME_WIDTH[narrow], 2 + narrow) for row in table_rows(rows)]
    amounts = [
        "\n".join(wrap_label(words, _AMOUNTS_WIDTH) for words in (f"{_amounts(row)},", row.scope_label))
        for row in table_rows(rows)
    ]
    rows = rows.assign(name=names, amounts=amounts, strong=_strong(rows, highlight))
    texts = rows["name"] if narrow else pd.concat([rows["name"], rows["amounts"]])
    lines = int(texts.str.count("\n").max()) + 1 + narrow
    if top is None:
        top = min(_MOST, max(1, int(room_for(ax, size, lines) - _HEAD)))
    shown, left = fold(rows, top, size, lines=lines, other=_HEAD)
    with axes_for(
        ax, size, height=height_for(len(shown) + _HEAD, size, lines), grid=None, narrowest=_NARROWEST
    ) as ax:
        _draw(ax, shown, narrow, lines)
        frame(
            ax,
            title=_finding(rows),
            subtitle=_unit_words(shown, highlight),
            footer=f"Not drawn: {counted(left, 'smaller share')}." if left else "",
            notes=_notes(every[~every["like_for_like"]]),
            drawn=shown,
            alt=[
                "Dots of what a place promises, as a percentage of what the place around it does",
                TITLE,
                told([_in_a_sentence(row) for row in table_rows(shown)]),
            ],
        )
    return ax


def _chosen(pairs: pd.DataFrame) -> pd.DataFrame:
    """One pair per target, the nearest that is like it first; the largest share first."""
    amounts = ["amount_cny_bn", "parent_amount_cny_bn", "share_of_parent_pct"]
    known = pairs[amounts].notna().all(axis="columns") & (pairs["parent_level"] != "country")
    rows = pairs[known & pairs["same_topic"]].sort_values(
        ["like_for_like", "distance", "share_of_parent_pct"], ascending=[False, True, False], kind="stable"
    )
    order = ["share_of_parent_pct", "target_id"]
    return rows.drop_duplicates("target_id").sort_values(order, ascending=[False, True], ignore_index=True)


def _strong(rows: pd.DataFrame, highlight: Any) -> pd.Series:
    """Whether the place, or the one around it, is emphasised."""
    ids = pd.concat([rows["place_id"], rows["parent_place_id"]], ignore_index=True)
    names = pd.concat([rows["place"], rows["parent_place"]], ignore_index=True)
    strong = highlighted(ids, highlight, names).to_numpy().reshape(2, len(rows))
    return pd.Series(np.logical_or(*strong), rows.index)


def _draw(ax: Axes, rows: pd.DataFrame, narrow: bool, lines: int) -> None:
    """A line from nothing to the dot; hollow for a draft; the words beside it."""
    most = float(rows["share_of_parent_pct"].max())
    y = np.arange(len(rows)) + _HEAD - 0.5 + (0.25 if narrow else 0)
    for at, row in zip(y, table_rows(rows), strict=True):
        hue = colour("emphasis" if row.strong else "quiet")
        ax.plot([0, row.share_of_parent_pct], [at, at], color=hue, linewidth=pt(1.6), zorder=2, clip_on=False)
        dot = ax.plot(
            [row.share_of_parent_pct], [at], "o", markersize=pt(9), markeredgecolor=hue, markeredgewidth=pt(1.8),
            markerfacecolor="white" if row.status == "draft" else hue, zorder=4, clip_on=False,
        )  # fmt: skip
        hover(
            dot, f"{row.place} in {row.parent_place}: {number(row.share_of_parent_pct, 0)}%, {_amounts(row)}"
        )
        heavy = "bold" if row.strong else "normal"
        words = f"{number(row.share_of_parent_pct, 0)}%"
        # At the end of the line there is room for a few digits only; more stand above it.
        at_end = len(words) <= _DIGITS or row.share_of_parent_pct < most / 2
        place: dict[str, Any] = {"xytext": (pt(9), 0), "ha": "left", "va": "center"}
        if not at_end:
            place = {"xytext": (pt(-9), pt(2)), "ha": "right", "va": "bottom"}
        ax.annotate(
            words, (row.share_of_parent_pct, at), textcoords="offset points", weight=heavy, path_effects=halo(),
            annotation_clip=False, **place,
        )  # fmt: skip
        if not narrow:
            ax.annotate(
                row.amounts, (1, at), xycoords=ax.get_yaxis_transform(), xytext=(pt(16), 0),
                textcoords="offset points", va="center", color=QUIET_TEXT, annotation_clip=False,
            )  # fmt: skip
    bottom = len(rows) + _HEAD - (0.8 if not narrow else 0.5)
    whole = [(_HEAD - 0.95, bottom)] if not narrow else [(at - 0.14, at + 0.14) for at in y]
    ax.vlines([100] * len(whole), *zip(*whole, strict=True), color=TEXT, linewidth=pt(1.6), zorder=1)
    ax.text(100, _HEAD - 1.25, "100%: as much as the place around it", ha="center", va="center", color=TEXT)
    ax.vlines([0] * len(whole), *zip(*whole, strict=True), color=colour("plain"), linewidth=pt(0.8), zorder=1)
    lift = 0.5 * (lines - 1) / lines + 0.08 if narrow else 0
    ax.tick_params(axis="y", pad=pt(9))  # a dot may stand at nothing
    name_rows(ax, y, rows["name"], above=narrow, bold=rows["strong"], lift=lift)
    ax.set(xlim=(0, max(most * 1.25, 200)), ylim=(bottom + 0.2, -0.35), xticks=[])
    ax.spines[:].set_visible(False)


def _name(row: Any, narrow: bool) -> str:
    return f"{row.place} in {row.parent_place}" + (f": {_amounts(row)}, {row.scope_label}" if narrow else "")


def _in_a_sentence(row: Any) -> str:
    return f"{_name(row, narrow=True)}, that is {number(row.share_of_parent_pct, 0)}%"


def _amounts(row: Any) -> str:
    own, other = (
        money(bn, qualifier="exact" if qualifier == "range" else qualifier)
        for bn, qualifier in (
            (row.amount_cny_bn, row.qualifier),
            (row.parent_amount_cny_bn, row.parent_qualifier),
        )
    )
    draft = " (draft)" if row.status == "draft" else ""
    return f"{own}{draft} of {other}"


def _unit_words(rows: pd.DataFrame, highlight: Any) -> str:
    names = rows["place"] + " in " + rows["parent_place"]
    said = [
        "Promised market sizes",
        dollar_example(rows, "amount_cny_bn", "amount_usd_bn"),
        emphasis_words(rows["strong"], highlight, names),
    ]
    return ". ".join(first_upper(words) for words in said if words)


def _finding(rows: pd.DataFrame) -> str:
    over = rows[rows["exceeds_parent"]]
    if over.empty:
        return "Of one scope and year, no place promises more than the one around it"
    first = over.iloc[0]
    share = first["share_of_parent_pct"]
    times = "twice" if share == 200 else f"{number(share / 100)} times"
    draft = "'s draft" if first["status"] == "draft" else ""
    others = [place for place in over["place"].unique() if place != first["place"]]
    also = f"; so {'does' if len(others) == 1 else 'do'} {_who(others)}" if others else ""
    hedge = HEDGES.get(str(first["qualifier"]), "").strip()
    both = f", both “{hedge}”" if hedge and first["qualifier"] == first["parent_qualifier"] else ""
    whole = f"all of {first['parent_place']} ({first['scope_label']}{both})"
    return f"{first['place']}{draft} names {times} the amount of {whole}{also}"


def _who(places: list[str]) -> str:
    return listed(places) if len(places) < 4 else f"{len(places)} more places"


def _notes(unlike: pd.DataFrame) -> str:
    """How the pairs were chosen, and the largest of those that aren't like for like."""
    words = (
        "Each target stands beside that of the nearest place around it that is of one scope, measure and year. Hollow: "
        "a draft; no final with the figure is known."
    )
    above = unlike[unlike["exceeds_parent"]]
    if above.empty:
        return words
    first = above.iloc[0]
    own, other = money(first["amount_cny_bn"]), money(first["parent_amount_cny_bn"])
    return (
        f"{words} Not drawn, since they count unlike things or years: {len(unlike)} more, such as {first['place']}'s "
        f"{own}{_by(first['target_year'])} beside {first['parent_place']}'s {other}{_by(first['parent_target_year'])}."
    )


def _by(year: Any) -> str:
    return "" if pd.isna(year) else f" by {year}"
