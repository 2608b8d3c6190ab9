"""The sum that can be defended: its parts in one bar, and below each part what lies in it and isn't added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from ..measures.totals import Total
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame, told
from .hover import hover
from .labels import figure_of, halo, lanes
from .marks import emphasis_words, highlighted, table_rows
from .palette import QUIET_TEXT, TEXT, bar_style, colour
from .style import frame_height, is_narrow, look_of, pt
from .wording import (
    counted,
    cut_label,
    dollar_basis,
    first_upper,
    listed,
    money,
    some,
    with_dollars,
    wrap_label,
)

# In lines of the type, from the top.
_SUM, _BRACKET, _BAR, _HEADING, _LANE = 1.7, 0.9, 4.2, 2.1, 1.7
_TYPE = 0.86  # of what is written in a part
_LETTER = 0.47  # of the type: the width of a letter
_UPRIGHT = 30  # lines: the height of the bar where it stands, on a phone
_AMOUNT = 9  # letters of an amount
_NAMES = 30  # letters of the names above the bar
_REST = 16  # letters beside the bar, for the parts that have no room for their words
_LEAST = 2.6  # lines: of a part that has room for its words there
_HEAD = "Not added: inside the part above"
_NARROWEST = 0.45  # of the size's width: what its words take on a caller's axes


@draws("add_up", Total)
def total(
    result: Total,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
) -> Axes:
    """The sum that can be defended, as one bar of its parts; below each part what lies inside it and isn't added.

    Parameters
    ----------
    result : what `add_up` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone"; there the bar stands upright.
    highlight : names or ids of the places to emphasise; [] for none; by default the two of the article.
    top : how many parts are drawn each for itself; by default as many as have room for their words.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If it is no sum, or one with nothing in it; for a place to emphasise that isn't in it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> targets = ma.market_targets(ma.load(), scope="metaverse_related", year=2025)
    >>> ax = ma.charts.total(ma.add_up(targets, scope="metaverse_related", year=2025))
    >>> any("Sichuan" in text.get_text() for text in ax.texts)
    True
    """
    if result.included.empty:
        raise ValueError("this total has nothing in it: there is no sum to draw")
    rows = result.included
    rows = rows.assign(strong=highlighted(rows["place_id"], highlight, rows["place"]))
    rows["end"] = rows["amount_cny_bn"].cumsum()
    rows["start"] = rows["end"] - rows["amount_cny_bn"]
    inner = result.excluded[result.excluded["reason_code"] == "inside"].dropna(subset="amount_cny_bn")
    starts = rows.drop_duplicates("place").set_index("place")["start"]
    inner = inner.assign(start=inner["reason_of"].map(starts).astype("float64"))
    look, upright = look_of(size), is_narrow(size)
    points = look["width"] * 72 if ax is None else ax.get_window_extent().width / figure_of(ax).dpi * 72
    letters, whole = _letters(points * 0.95 / (look["font"] * _TYPE * _LETTER), rows, inner, top)
    lines = _UPRIGHT + 2.2 if upright else _SUM + _BRACKET + _BAR
    if not upright and len(inner):
        inner = inner.assign(lane=_lanes(inner, letters))
        most = (look["tallest"] * 72 - frame_height(size)) / look["font"] - lines - _HEADING
        inner = inner[inner["lane"] < max(1, int(most / _LANE))]
        lines += _HEADING + _LANE * (1 + inner["lane"].max())
    height = look["height"] if size == "slide" else (frame_height(size) + lines * look["font"]) / 72
    with axes_for(ax, size, height=height, grid=None, narrowest=_NARROWEST) as ax:
        if upright:
            _stand(ax, rows, inner, result, top)
        else:
            _lie(ax, rows, inner, result, letters, top)
            ax.set(xlim=(0, whole), ylim=(max(lines, _roomy(size)), 0))
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
        frame(
            ax,
            title=_finding(result),
            subtitle=_unit_words(rows, result, highlight),
            footer=_footer(result, inner),
            notes=_NOTES + _left_out(result),
            drawn=pd.concat([rows, inner]),
            alt=[
                "One bar, the parts of a sum",
                TITLE,
                told([f"{row.place} {_amount(row)}" for row in table_rows(rows)]),
                f"Not added, since inside these: {told([_inner_words(row) for row in table_rows(inner)])}"
                if len(inner)
                else "",
            ],
        )
    return ax


_NOTES = (
    "Amounts are as the documents set them, of one scope, one year and one measure; the documents don't define the "
    "scope alike. Each place counts once: a place inside another one that is in the sum isn't added, nor is a draft "
    "that a final replaced."
)


def _roomy(size: str) -> float:
    """The lines of a slide, which is higher than the bar needs."""
    look = look_of(size)
    return (look["height"] * 72 - frame_height(size)) / look["font"] / 1.5 if size == "slide" else 0


def _letters(wide: float, rows: pd.DataFrame, inner: pd.DataFrame, top: int | None) -> tuple[float, float]:
    """How many letters have room in a billion yuan, and where the axis ends, so that words right of bars have room.

    `wide` is how many have room in all of it.
    """
    total = max(float(rows["amount_cny_bn"].sum()), 1e-12)
    beside = top is not None or rows["amount_cny_bn"].min() * wide / total < _AMOUNT
    letters = (wide - _REST * beside) / total
    for row in table_rows(inner):
        words, end = _inner_letters(row), row.start + row.amount_cny_bn
        room = wide - words * (words > row.amount_cny_bn * letters)
        letters = min(letters, room / end)
    return letters, wide / letters


def _lanes(inner: pd.DataFrame, letters: float) -> list[int]:
    """One below the other where bars or their words would meet."""
    words = pd.Series([_inner_letters(row) for row in table_rows(inner)], inner.index) / letters
    fits = words <= inner["amount_cny_bn"]
    ends = inner["start"] + inner["amount_cny_bn"] + words.mask(fits, 0)
    return lanes(list(inner["start"]), list(ends))


def _folded(rows: pd.DataFrame, room: pd.Series, top: int | None) -> int:
    """How many parts stand for themselves: the first ones, as long as they have room for their words."""
    if top is not None:
        return min(top, len(rows))
    fits = room.cummin() >= 1
    return max(1, int(fits.sum()))


def _part_look(row: Any) -> dict[str, Any]:
    look = bar_style(
        colour("emphasis" if row.strong else "quiet"), str(row.status) if row.status == "draft" else "final"
    )
    return look | {"edgecolor": "white", "linewidth": pt(1.6)} if row.status != "draft" else look


def _lie(
    ax: Axes, rows: pd.DataFrame, inner: pd.DataFrame, result: Total, letters: float, top: int | None
) -> None:
    """The bar from left to right, the bracket above it, what isn't added below it."""
    font = mpl.rcParams["font.size"]
    middle = _SUM + _BRACKET + _BAR / 2
    room = rows["amount_cny_bn"] * letters / _AMOUNT
    own = _folded(rows, room, top)
    for row in table_rows(rows.head(own)):
        bar = ax.barh([middle], [row.amount_cny_bn], left=[row.start], height=_BAR - 0.6, **_part_look(row))
        hover(bar, f"{row.place}: {_amount(row)}")
        wide = max(4, int(row.amount_cny_bn * letters) - 1)
        words = f"{cut_label(row.place, wide)}\n{wrap_label(_amount(row), wide)}"
        if own > 1 or wide >= 9:
            _in_part(ax, (row.start + row.end) / 2, middle, words, row, fontsize=font * _TYPE)
    rest = rows.iloc[own:]
    if len(rest):
        start = float(rest["start"].iloc[0])
        look = _part_look(table_rows(rest)[0])
        bar = ax.barh([middle], [result.amount_cny_bn - start], left=[start], height=_BAR - 0.6, **look)
        hover(bar, "; ".join(f"{row.place}: {_amount(row)}" for row in table_rows(rest)))
        name = rest["place"].iloc[0] if len(rest) == 1 else f"and {len(rest)} more"
        said = f"{wrap_label(name, 14)}\n{money(result.amount_cny_bn - start)}"
        ax.annotate(
            said, (result.amount_cny_bn, middle), xytext=(pt(4), 0), textcoords="offset points", va="center",
            fontsize=font * _TYPE, annotation_clip=False,
        )  # fmt: skip
    line = _SUM + _BRACKET / 2
    ends = [0, 0, result.amount_cny_bn, result.amount_cny_bn]
    ax.plot(ends, [line + 0.35, line, line, line + 0.35], color=TEXT, linewidth=pt(1.2), clip_on=False)
    words = _sum_words(result) + _most_of_it(rows, result)
    ax.text(result.amount_cny_bn / 2, _SUM / 2, words, ha="center", va="center", weight="bold")
    if len(inner):
        _not_added(ax, inner, letters, font)


def _not_added(ax: Axes, inner: pd.DataFrame, letters: float, font: float) -> None:
    """A thin outlined bar below the part in which it lies."""
    top = _SUM + _BRACKET + _BAR
    ax.text(0, top + _HEADING / 2, _HEAD, va="center", color=QUIET_TEXT, fontsize=font * _TYPE)
    for row in table_rows(inner):
        y = top + _HEADING + _LANE * (row.lane + 0.5)
        look = bar_style(colour("plain"), "draft" if row.status == "draft" else "announced")
        hover(
            ax.barh([y], [row.amount_cny_bn], left=[row.start], height=_LANE - 0.4, **look), _inner_words(row)
        )
        words, end = _inner_words(row), row.start + row.amount_cny_bn
        inside = _inner_letters(row) <= row.amount_cny_bn * letters
        at = {"ha": "center", "xytext": (0, 0)} if inside else {"ha": "left", "xytext": (pt(4), 0)}
        ax.annotate(
            words, ((row.start + end) / 2 if inside else end, y), textcoords="offset points", va="center",
            color=TEXT, fontsize=font * _TYPE, annotation_clip=False, path_effects=halo(), **at,
        )  # fmt: skip


def _stand(ax: Axes, rows: pd.DataFrame, inner: pd.DataFrame, result: Total, top: int | None) -> None:
    """The bar from top to bottom, its words beside it."""
    scale = _UPRIGHT / max(result.amount_cny_bn, 1e-12)
    own = _folded(rows, rows["amount_cny_bn"] * scale / _LEAST, top)
    inside = inner.groupby("reason_of", sort=False)
    holds = {place: [_inner_words(row) for row in table_rows(part)] for place, part in inside}
    for row in table_rows(rows.head(own)):
        ax.bar([0], [row.amount_cny_bn], bottom=[row.start], width=0.8, **_part_look(row))
        words = f"{row.place} {with_dollars(row.amount_cny_bn, row.amount_usd_bn, qualifier=row.qualifier)}"
        note = f"inside: {cut_label(listed(holds[row.place]), 34, 1)}" if row.place in holds else ""
        at = (row.start + row.end) / 2
        for said, y, look in (
            (
                wrap_label(words, 34),
                at - (0.65 / scale if note else 0),
                {"weight": "bold" if row.strong else "normal"},
            ),
            (note, at + 0.75 / scale, {"color": QUIET_TEXT, "fontsize": 8}),
        ):
            if said:
                ax.text(0.55, y, said, va="center", **look)
    rest = rows.iloc[own:]
    if len(rest):
        start = float(rest["start"].iloc[0])
        size_bn = result.amount_cny_bn - start
        ax.bar([0], [size_bn], bottom=[start], width=0.8, **_part_look(table_rows(rest)[0]))
        name = rest["place"].iloc[0] if len(rest) == 1 else f"and {len(rest)} more"
        ax.text(0.55, start + size_bn / 2, wrap_label(f"{name} {money(size_bn)}", 34), va="center")
    end = result.amount_cny_bn + 1.4 / scale
    ax.text(-0.4, end, f"= {_sum_words(result)}", va="center", weight="bold")
    ax.set(xlim=(-0.4, 4.2), ylim=(result.amount_cny_bn + 2.2 / scale, 0))


def _in_part(ax: Axes, x: float, y: float, words: str, row: Any, **look: Any) -> None:
    pale = row.status == "draft"
    hue = "white" if row.strong and not pale else TEXT
    weight = "bold" if row.strong else "normal"
    effects = halo() if pale else []
    text = ax.text(
        x, y, words, ha="center", va="center", color=hue, weight=weight, path_effects=effects, **look
    )
    text.set_in_layout(False)


def _amount(row: Any) -> str:
    return money(row.amount_cny_bn, upper=row.amount_max_cny_bn, qualifier=row.qualifier)


def _inner_words(row: Any) -> str:
    return f"{cut_label(row.place, 24, 1)} {_amount(row)}"


def _inner_letters(row: Any) -> int:
    """The room that the words need, with the white around them."""
    return len(_inner_words(row)) + 2


def _sum_words(result: Total) -> str:
    return _hedged(result, with_dollars(result.amount_cny_bn, result.amount_usd_bn))


def _hedged(result: Total, amount: str) -> str:
    """A sum is as sure as the least sure of its parts."""
    return f"{result.hedge}{amount}{' or more' if result.or_more else ''}"


def _most_of_it(rows: pd.DataFrame, result: Total) -> str:
    """What the two largest parts are of three or more."""
    if len(rows) < 3 or not result.amount_cny_bn:
        return ""
    share = rows["amount_cny_bn"].head(2).sum() / result.amount_cny_bn
    who = listed(list(rows["place"].head(2)))
    return f", {share:.0%} in {who}" if len(who) <= _NAMES else ""


def _finding(result: Total) -> str:
    places = len(result.included["place_id"].unique())
    one = several = "promised"
    if (result.included["status"] == "draft").all():
        one, several = "proposes, in a draft,", "propose, in drafts,"
    what = (
        f"{_hedged(result, money(result.amount_cny_bn, words=True))} of {result.scope_label} by {result.year}"
    )
    if places == 1:
        return f"{result.included['place'].iloc[0]} alone {one} {what}"
    return f"{first_upper(some(places, 'place'))} {several} {what}"


def _unit_words(rows: pd.DataFrame, result: Total, highlight: Any) -> str:
    measure = f"{first_upper(result.measure.replace('_', ' '))} in yuan"
    basis = dollar_basis(rows)
    said = [
        f"{measure}; {basis}" if basis else measure,
        emphasis_words(rows["strong"], highlight, rows["place"]),
    ]
    return ". ".join(first_upper(words) for words in said if words)


def _footer(result: Total, inner: pd.DataFrame) -> str:
    alone = len(result.drafts_alone)
    words = f"Hatched: a draft; no final is known ({alone} of {len(result.included)})." if alone else ""
    left = int((result.excluded["reason_code"] == "inside").sum()) - len(inner)
    return f"{words} Not drawn: {left} more inside these parts.".strip() if left else words


def _left_out(result: Total) -> str:
    """The rows that are not in the sum and not drawn, by their reasons."""
    gone = result.excluded[result.excluded["reason_code"] != "inside"]
    replaced = int(gone["reason_code"].isin(["draft_replaced", "announced_replaced"]).sum())
    others = len(gone) - replaced
    said = [f"{counted(replaced, 'figure')} of drafts"] if replaced else []
    said += [counted(others, "other figure")] if others else []
    return f" Left out so: {' and '.join(said)}." if said else ""
