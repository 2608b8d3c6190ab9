"""What else was promised: a strip of dots for each quantity, on a scale of powers of ten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..measures.sentences import dollar_words
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import height_around, how_many_fit, letters_across, lines_that_fit
from .marks import emphasis_words, highlighted, more, name_rows, table_rows
from .palette import GRID, QUIET_TEXT, colour
from .style import is_narrow, pt
from .wording import dollar_basis, listed, money, number, wrap_label

_NAMES = 0.26  # of the width: the most that names take
_STRIP = 0.66  # of the axes: the strips; the words stand beside them
_STEP = 0.5  # lines of text: from one dot of a stack to the next
_HEADING = 1.5
_LEAST = 3  # dots that make a strip
_USUAL = 8  # strips
_BINS = 12  # of a power of ten: what is so near stands in one stack
_UNLIKE = "Numbers of one quantity may still count unlike things."
_MONEY, _COUNTS = "Million yuan", "Numbers"


@draws(
    "other_targets",
    """target_id place_id place indicator indicator_label unit per currency status repeats_target_id rate_date
    source_ids""",
    numbers="amount amount_cny_bn amount_usd_bn rate",
    flags="same_in_final",
    key="target_id",
)
def other_targets(
    table: pd.DataFrame,
    *,
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """What was promised beside the size of a market? A strip for each quantity, a dot for each number.

    Numbers of one quantity that are about alike stand on each other; a hollow dot is of a draft. Beside a strip stand
    its ends, and what the emphasised places promise. Counts come first, then money, in million yuan. A number that only
    repeats another, or that a final states again, is left out, and so are other units of the same quantity.

    Parameters
    ----------
    table : what `other_targets` gave.
    highlight : ids or names of places to emphasise; [] for none. By default the article's two provinces.
    top : how many quantities are drawn, counts first, and of these those with most numbers; by default the eight with
        most numbers, as many as fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `other_targets`, or no quantity has numbers enough.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.other_targets(ma.other_targets(ma.load(), rate_on="2024-01-19"))
    >>> "firms" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    rows = _comparable(table)
    if rows.empty:
        raise ValueError("no quantity has numbers that can be set beside each other: nothing to draw")
    rows = rows.assign(strong=highlighted(rows["place_id"], highlight, rows["place"]))
    narrow = is_narrow(size)
    beside = 1 - _NAMES - _STRIP * (1 - _NAMES) - 0.02
    strips = _strips(rows, letters_across(ax, size, 0.95 if narrow else beside), narrow)
    words = {
        "title": _finding(strips),
        "subtitle": _subtitle(rows, emphasis_words(rows["strong"], highlight, rows["place"])),
    }
    step = _STEP if size in ("notebook", "report") else 0.36
    for strip in strips:
        strip["high"] = max(strip["stack"] * step + 0.8, 0 if narrow else strip["lines"] + 0.3)
        strip["high"] += narrow * (strip["lines"] + 1.3)
    strips, left_out = _fitting(strips, lines_that_fit(size, ax, **words) - 3 - 1.2, top)
    height = (
        1.2 + sum(strip["high"] for strip in strips) + _HEADING * len({strip["kind"] for strip in strips})
    )
    height += 1.2 * bool(left_out)
    low, high = np.log10(rows["x"].min()) - 0.15, np.log10(rows["x"].max()) + 0.15
    with axes_for(ax, size, height=height_around(height, size, **words), grid=None) as drawn_on:
        drawn_on.set(
            xlim=(low, low + (high - low) / (1.0 if narrow else _STRIP)), ylim=(height, 0), xticks=[]
        )
        drawn_on.spines[:].set_visible(False)
        _draw_scale(drawn_on, low, high, height - 1.2 * bool(left_out))
        y, names, places, kind = 1.2, [], [], ""
        for strip in strips:
            if strip["kind"] != kind:
                kind, y = strip["kind"], y + _HEADING
                _put(drawn_on, 0.005, y - _HEADING / 2, kind, color=QUIET_TEXT, weight="bold")
            base = y + strip["high"] - 0.5
            _draw_dots(drawn_on, strip["rows"], base, step)
            _draw_words(drawn_on, strip, narrow, y + 1.2 if narrow else base + 0.3 - strip["lines"])
            places.append(y + 0.6 if narrow else base - 0.1)
            names.append(wrap_label(strip["label"], letters_across(ax, size, 0.9 if narrow else _NAMES)))
            y += strip["high"]
        name_rows(drawn_on, places, names, above=narrow, lift=0, bold=[narrow] * len(names))
        if left_out:
            _put(drawn_on, 0, height - 0.5, left_out, color=QUIET_TEXT)
        frame(
            drawn_on,
            **words,
            notes=_notes(table, rows),
            drawn=rows,
            alt=["Strips of dots on a scale of powers of ten", TITLE, *(_told(strip) for strip in strips)],
        )
    return drawn_on


def _comparable(table: pd.DataFrame) -> pd.DataFrame:
    """One row a number: of each quantity those in its commonest unit, each once, above zero; money in million yuan."""
    rows = table[
        table["repeats_target_id"].isna()
        & ~table["same_in_final"]
        & (table["indicator"].astype("str") != "other")
    ]
    is_money = rows["currency"].notna()
    per = rows["per"].astype("str").where(rows["per"].notna(), "")
    rows = rows.assign(
        x=rows["amount"].where(~is_money, rows["amount_cny_bn"] * 1000),
        kind=np.where(is_money, _MONEY, _COUNTS),
        of=(rows["unit"].astype("str") + " " + per).where(~is_money, "CNY"),
    )
    rows = rows[rows["x"] > 0]
    key = [rows["indicator"].astype("str"), rows["kind"]]
    common = rows.groupby(key)["of"].transform(
        lambda units: units.value_counts().index[0] if len(units) else ""
    )
    rows = rows[rows["of"] == common]
    sizes = rows.groupby([rows["indicator"].astype("str"), rows["kind"]])["x"].transform("size")
    return rows[sizes >= _LEAST]


def _strips(rows: pd.DataFrame, letters: int, narrow: bool) -> list[dict[str, Any]]:
    """A strip for each quantity: counts before money, those with most numbers first."""
    found = []
    for (_, group), part in rows.groupby([rows["indicator"].astype("str"), "kind"], sort=False):
        kind = str(group)
        part = part.assign(bin=np.round(np.log10(part["x"]) * _BINS) / _BINS)
        part = part.sort_values(["bin", "strong"], ascending=[True, False], kind="stable")
        part = part.assign(level=part.groupby("bin").cumcount())
        own = part[part["strong"]].sort_values("x", ascending=False).drop_duplicates("place_id")
        theirs = [f"{row.place} {_amount(row.x, row.amount_usd_bn, kind)}" for row in table_rows(own)]
        lines = ["; ".join(theirs)] if narrow and theirs else theirs
        strong = "\n".join(wrap_label(line, letters) for line in lines)
        ends = wrap_label(_ends(part, kind), letters)
        found.append(
            {
                "kind": kind, "label": str(part["indicator_label"].iloc[0]), "unit": str(part["unit"].iloc[0]),
                "rows": part, "stack": int(part["level"].max()) + 1, "n": len(part), "ends": ends, "theirs": strong,
                "lines": ends.count("\n") + 1 + (strong.count("\n") + 1 if strong else 0),
                "said": "; ".join([_ends(part, kind), *theirs]),
            }
        )  # fmt: skip
    return sorted(found, key=lambda strip: (strip["kind"] == _MONEY, -strip["n"]))


def _amount(x: float, usd: float, kind: str) -> str:
    """A count, or an amount given in million yuan, with its dollars."""
    if kind == _COUNTS:
        return number(x)
    yuan = money(x / 1000) if x >= 1 else f"¥{number(x * 1e6, 0)}"
    if not np.isfinite(usd):
        return yuan
    dollars = money(usd, "USD", whole=True) if usd * 1000 >= 1 else dollar_words([usd])
    return f"{yuan} ({dollars})"


def _ends(part: pd.DataFrame, kind: str) -> str:
    ends = part.loc[[part["x"].idxmin(), part["x"].idxmax()]]
    low, high = (_amount(row.x, row.amount_usd_bn, kind) for row in table_rows(ends))
    return low if low == high else f"{low} to {high}"


def _fitting(strips: list[dict[str, Any]], room: float, top: int | None) -> tuple[list[dict[str, Any]], str]:
    """The quantities asked for, or those with most numbers, as many as fit; and how many are left."""
    if top is None:
        usual = sorted(strips, key=lambda strip: -strip["n"])[:_USUAL]
        kept = [strip for strip in strips if any(strip is one for one in usual)]
        kept = kept[: how_many_fit([strip["high"] for strip in kept], room)]
    else:
        kept = strips[:top]
    return kept, more(len(strips) - len(kept), "quantities")


def _draw_scale(ax: Axes, low: float, high: float, bottom: float) -> None:
    powers = range(int(np.ceil(low)), int(np.floor(high)) + 1)
    for power in powers[:: 1 + len(powers) // 7]:
        ax.plot([power, power], [1.1, bottom], color=GRID, linewidth=pt(1), zorder=0)
        ax.text(power, 0.5, number(10.0**power), ha="center", va="center", color=QUIET_TEXT)


def _draw_dots(ax: Axes, rows: pd.DataFrame, base: float, step: float) -> None:
    for row in table_rows(rows):
        hue = colour("emphasis" if row.strong else "quiet")
        face = "white" if row.status == "draft" else hue
        dot = ax.plot(
            [row.bin], [base - row.level * step], "o", color=hue, markerfacecolor=face, markersize=pt(13 * step),
            markeredgewidth=pt(1.3), gid="number", zorder=4 if row.strong else 3, in_layout=False,
        )  # fmt: skip
        amount = _amount(row.x, row.amount_usd_bn, str(row.kind))
        unit = "" if row.kind == _MONEY or row.unit == row.indicator_label else f" {row.unit}"
        hover(dot, f"{row.place}, {row.indicator_label}: {amount}{unit}")


def _draw_words(ax: Axes, strip: dict[str, Any], narrow: bool, top: float) -> None:
    """The ends of a strip, and below them what the emphasised places promise."""
    left = 0 if narrow else _STRIP + 0.02
    lines = strip["ends"].count("\n") + 1
    _put(ax, left, top + lines / 2, strip["ends"], color=QUIET_TEXT)
    if strip["theirs"]:
        below = strip["lines"] - lines
        _put(ax, left, top + lines + below / 2, strip["theirs"], color=colour("emphasis"))


def _put(ax: Axes, part: float, y: float, words: str, **look: Any) -> None:
    """Words that begin at a part of the width."""
    ax.text(part, y, words, transform=ax.get_yaxis_transform(), va="center", linespacing=1.05, **look)


def _finding(strips: list[dict[str, Any]]) -> str:
    said: dict[str, str] = {}
    for strip in strips:
        low, high = strip["rows"]["x"].min(), strip["rows"]["x"].max()
        if strip["kind"] == _COUNTS and low < high and len(said) < 3:
            said.setdefault(strip["unit"], f"{number(low)} to {number(high)} {strip['unit']}")
    drafts = all((strip["rows"]["status"] == "draft").all() for strip in strips)
    who = "Drafts propose" if drafts else "Plans promise"
    return f"{who} {listed(list(said.values()))}" if said else f"{who} more than market sizes"


def _subtitle(rows: pd.DataFrame, emphasis: str) -> str:
    hollow = "hollow: a draft" if (rows["status"] == "draft").any() else ""
    return "; ".join(filter(None, ["A dot is a number in a document", hollow, emphasis, dollar_basis(rows)]))


def _notes(table: pd.DataFrame, rows: pd.DataFrame) -> str:
    left = int((table["repeats_target_id"].isna() & ~table["same_in_final"]).sum() - len(rows))
    units = f" {left:,} numbers in other units or of rarer quantities are left out." if left else ""
    return (
        f"{_UNLIKE} Each line of the scale is ten times the one before. A draft's number that its final states again "
        f"counts once. Ranges stand at their lower end, caps at the most that a recipient can get.{units}"
    )


def _told(strip: dict[str, Any]) -> str:
    return f"{strip['label']}: {strip['n']} numbers, {strip['said']}"
