"""What was promised beside what was reported: the targets with a result as bars, the others in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..measures.wording import day_in_words
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import (
    GAP,
    first_and_strong,
    height_around,
    how_many_fit,
    letters_across,
    lines_that_fit,
    stacked_rows,
    yearly_dollars,
)
from .marks import emphasis_words, fold, highlighted, more, table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .style import is_narrow, pt
from .wording import first_upper, money, part_of, with_dollars, wrap_label

_USUAL = 3  # so many of the targets without a result are listed


@draws(
    "outcome_ledger",
    """target_id place_id place target_kind scope_label measure measure_label qualifier repeats_target_id status finding
    outcome_id outcome_place outcome_indicator outcome_scope_label outcome_measure_label outcome_qualifier
    outcome_period outcome_confidence differs searched_on reached currency rate_date source_ids""",
    numbers="target_bn outcome_bn target_usd_bn outcome_usd_bn rate share_of_target_pct",
    whole="target_year outcome_year",
)
def outcome_ledger(
    ledger: pd.DataFrame,
    *,
    currency: str = "CNY",
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """Market sizes that were promised beside what was reported of them.

    Targets with a reported figure of the same quantity are bars, with a tick where the target stands. Below them, in
    words, the targets beside which there is only a figure of something else: the one of a whole year that is nearest
    in time. Targets that repeat another, or were superseded, are left out; those for which nothing was found are
    counted in the last line.

    Parameters
    ----------
    ledger : what `outcome_ledger` gave.
    currency : the targets in this one.
    highlight : ids or names of places to emphasise; [] for none. By default the article's two provinces.
    top : how many of the targets without a result are listed; by default the largest, and those that are
        emphasised.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `outcome_ledger`, or no market size in that currency has any figure beside it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.outcome_ledger(ma.outcome_ledger(ma.load(), today="2026-11-23"))
    >>> any("Jiangxi" in text.get_text() for text in ax.texts)
    True
    """
    sizes = ledger[(ledger["target_kind"] == "market_size") & ledger["repeats_target_id"].isna()]
    sizes = sizes[(sizes["finding"] != "superseded") & (sizes["currency"] == currency)]
    rows = _best_figures(sizes[sizes["outcome_bn"].notna()])
    if rows.empty:
        raise ValueError(
            f"no market size in {currency} in this ledger has any figure beside it: nothing to draw"
        )
    rows = rows.assign(strong=highlighted(rows["place_id"], highlight, rows["place"]))
    alike, others = rows[rows["finding"] == "reported"], rows[rows["finding"] != "reported"]
    n = sizes["target_id"].nunique()
    emphasis = emphasis_words(rows["strong"], highlight, rows["place"])
    marks = "Bar: reported; tick: promised" if len(alike) else ""
    said = "; ".join(filter(None, [marks, yearly_dollars(rows), emphasis]))
    frame_words = {"title": _finding(n, rows), "subtitle": first_upper(said)}
    alike, hidden = fold(alike, None, size, lines=3)
    table = _Table(ax, size)
    results, listed = table.heights(alike, others)
    room = lines_that_fit(size, ax, **frame_words) - sum(results) - len(results) * GAP - 4
    usual = min(how_many_fit([lines + GAP for lines in listed], room), _USUAL)
    left = hidden + len(others)
    others = first_and_strong(others, usual if top is None else top)
    left -= len(others)
    words, listed = [_found_words(row) for row in table_rows(others)], table.heights(alike, others)[1]
    none = f"for {n - len(rows):,} more nothing was found" if n > len(rows) else ""
    end = wrap_label(
        first_upper("; ".join(filter(None, [more(left, "with a figure"), none]))), table.all_letters
    )
    ends = [end] if end else []
    y, height = stacked_rows(
        [*results, *([1.2] if words else []), *listed, *(1.0 + end.count("\n") for end in ends)]
    )
    tall = height_around(height, size, **frame_words)
    with axes_for(ax, size, height=tall, grid=None) as ax:
        table.draw(ax, alike, others, words, ends, y)
        ax.set(ylim=(height, 0), xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
        frame(
            ax,
            **frame_words,
            notes=f"{_how_to_read(rows)}{_searched(ledger)}",
            drawn=sizes[sizes["target_id"].isin(rows["target_id"])],
            alt=[
                "Bars of reported figures, with a tick at each target, above a list",
                TITLE,
                *map(_sentence, table_rows(rows)),
            ],
        )
    return ax


class _Table:
    """The columns of the chart, as parts of its width, and what stands in them."""

    def __init__(self, ax: Axes | None, size: str) -> None:
        self.narrow = is_narrow(size)
        self.names, self.found = (0.0, 0.0) if self.narrow else (0.29, 0.55)
        self.bar = 0.3  # the widest bar
        self.beside = self.names + self.bar + 0.025
        share = {"letters": 1 - self.found, "letters_beside": 1 - self.beside, "all_letters": 1.0}
        self.letters, self.letters_beside, self.all_letters = (
            letters_across(ax, size, part) for part in share.values()
        )
        self.letters_of_names = letters_across(ax, size, 1 if self.narrow else self.names - 0.01)
        self.letters_promised = letters_across(ax, size, self.found - self.names - 0.02)

    def heights(self, alike: pd.DataFrame, others: pd.DataFrame) -> tuple[list[float], list[float]]:
        """The lines of each row: of the results, and of the other targets."""
        results = [
            1.6 + self._amounts(row).count("\n") + 1.0 + self.narrow * 1.1 for row in table_rows(alike)
        ]
        words = [_found_words(row) for row in table_rows(others)]
        found = [wrap_label(said, self.letters).count("\n") + 1.0 for said in words]
        names = [self._name(row).count("\n") + 1.0 for row in table_rows(others)]
        promised = [self._promised(row).count("\n") + 1.0 for row in table_rows(others)]
        if self.narrow:
            return results, [sum(pair) for pair in zip(found, names, strict=True)]
        return results, [max(three) for three in zip(found, names, promised, strict=True)]

    def _amounts(self, row: Any) -> str:
        """What was reported and what was promised, beside a bar."""
        said = f"{_reported(row)}, {money(row.target_bn, row.currency, qualifier=_hedge(row))} promised"
        return wrap_label(said, self.letters_beside)

    def _promised(self, row: Any) -> str:
        return wrap_label(_promised(row), self.letters_promised)

    def _name(self, row: Any) -> str:
        """The name of a row, on a narrow page with what was promised."""
        promised = f": {_promised(row)}" if self.narrow else ""
        return wrap_label(_name(row) + promised, self.letters_of_names)

    def draw(
        self,
        ax: Axes,
        alike: pd.DataFrame,
        others: pd.DataFrame,
        words: list[str],
        ends: list[str],
        y: np.ndarray,
    ) -> None:
        widest = np.nanmax([*alike["target_bn"], *alike["outcome_bn"], 1e-12])
        scale = widest / self.bar
        ax.set_xlim(-self.names * scale, (1 - self.names) * scale)
        for row, at in zip(table_rows(alike), y, strict=False):
            self._result(ax, row, at, scale)
        y = y[len(alike) :]
        if words:
            self._put(ax, 0, y[0], "Not like for like", weight="bold")
            if not self.narrow:
                self._put(ax, self.names, y[0], "promised", color=QUIET_TEXT)
                self._put(ax, self.found, y[0], "found instead", color=QUIET_TEXT)
            y = y[1:]
        for row, said, at in zip(table_rows(others), words, y, strict=False):
            self._other(ax, row, said, at)
        for said, at in zip(ends, y[len(others) :], strict=True):
            self._put(ax, 0, at, said, color=QUIET_TEXT)

    def _put(self, ax: Axes, part: float, y: float, words: str, **look: Any) -> None:
        """Words that begin at a part of the width."""
        ax.text(part, y, words, transform=ax.get_yaxis_transform(), va="center", **look)

    def _result(self, ax: Axes, row: Any, y: float, scale: float) -> None:
        amounts = self._amounts(row)
        lines = amounts.count("\n") + 1
        middle = y + 0.55 * self.narrow - (lines - 1) / 2
        hue = colour("emphasis" if row.strong else "final")
        bar = ax.barh([middle], [row.outcome_bn], height=1.3, color=hue, gid="reported")
        tick = ax.vlines(
            row.target_bn, middle - 0.95, middle + 0.95, color=TEXT, linewidth=pt(2.6), gid="target"
        )
        hover([*bar, tick], f"{_name(row)}: {amounts}".replace("\n", " "))
        at = self.beside
        share = (
            "" if pd.isna(row.share_of_target_pct) else f"{part_of(row.share_of_target_pct)} of the target"
        )
        weight = {"weight": "bold", "color": hue}
        if share:
            self._put(ax, at, middle - 0.65, share, **weight)
            self._put(ax, at, middle + 0.15 + lines / 2, amounts, color=QUIET_TEXT, linespacing=1.05)
        else:
            self._put(ax, at, middle, amounts)
        what = _what(row)
        if self.narrow:
            self._put(ax, 0, middle - 1.85, f"{_name(row)}: {what}", **weight)
        else:
            self._put(ax, 0, middle - 0.65, _name(row), **weight)
            self._put(ax, 0, middle + 0.65, what, color=QUIET_TEXT)

    def _other(self, ax: Axes, row: Any, words: str, y: float) -> None:
        found, name = wrap_label(words, self.letters), self._name(row)
        strong = {"weight": "bold", "color": colour("emphasis")} if row.strong else {"color": TEXT}
        if self.narrow:  # the one above the other
            own, below = name.count("\n") + 1, found.count("\n") + 1
            self._put(ax, 0, y - below / 2, name, **strong)
            self._put(ax, 0, y + own / 2, found, color=QUIET_TEXT, linespacing=1)
            return
        self._put(ax, 0, y, name, **strong)
        self._put(ax, self.names, y, self._promised(row), linespacing=1.1)
        self._put(ax, self.found, y, found, color=QUIET_TEXT, linespacing=1.1)


def _best_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """One figure a target: a reported one, else that of a whole year and nearest in time, the later of two; by size."""
    gap = (rows["outcome_year"] - rows["target_year"]).abs().astype("float64")
    ranked = rows.assign(other=rows["finding"] != "reported", part=rows["outcome_period"].notna(), gap=gap)
    ranked = ranked.sort_values(
        ["other", "part", "gap", "outcome_year"], ascending=[True, True, True, False], kind="stable"
    ).drop_duplicates("target_id")
    order = ["other", "target_bn", "target_id"]
    return ranked.sort_values(order, ascending=[True, False, True], kind="stable", ignore_index=True)


def _name(row: Any) -> str:
    return f"{row.place}, {row.target_year}" + (" (draft)" if row.status == "draft" else "")


def _hedge(row: Any) -> str:
    return str(row.qualifier) if row.qualifier != "range" else "exact"


def _what(row: Any) -> str:
    return row.scope_label if row.measure == "industry_scale" else f"{row.scope_label} {row.measure_label}"


def _promised(row: Any) -> str:
    return with_dollars(row.target_bn, row.target_usd_bn, qualifier=_hedge(row))


def _reported(row: Any) -> str:
    return with_dollars(row.outcome_bn, row.outcome_usd_bn, qualifier=str(row.outcome_qualifier))


def _found_words(row: Any) -> str:
    """The figure, and what it is of wherever that isn't what the target is of."""
    apart = set(str(row.differs).split(";"))
    period = _months(str(row.outcome_period)) if "period" in apart else ""
    said = [
        money(row.outcome_bn, row.currency, qualifier=str(row.outcome_qualifier)),
        f"of {row.outcome_scope_label}" if "scope" in apart else "",
        f"{'of ' if 'scope' not in apart else 'by '}{row.outcome_measure_label}"
        if "measure" in apart
        else "",
        f"in {row.outcome_place}" if "place" in apart else "",
        f"in {period}" if period else f"in {row.outcome_year}" if "year" in apart else "",
    ]
    return " ".join(filter(None, said))


def _months(period: str) -> str:
    """A part of a year: "January to June 2022"."""
    first, last = (day_in_words(month) for month in (period.split("/") * 2)[:2])
    year = first.rsplit(" ", 1)[-1]
    return (
        last
        if first == last
        else f"{first.removesuffix(f' {year}') if last.endswith(year) else first} to {last}"
    )


def _sentence(row: Any) -> str:
    target = money(row.target_bn, row.currency, qualifier=_hedge(row), words=True)
    found = (
        f"{_reported(row)} reported" if row.finding == "reported" else f"found instead {_found_words(row)}"
    )
    return f"{_name(row)}, {_what(row)}: target {target}, {found}"


def _finding(n: int, rows: pd.DataFrame) -> str:
    alike = rows[rows["finding"] == "reported"]
    due = f"{n:,} market sizes that are due" if n != 1 else "the one market size that is due"
    if alike.empty:
        return (
            f"None of {due} has a result of the same kind" if n != 1 else f"For {due} there is no like result"
        )
    met, k = int((alike["reached"] == "yes").sum()), len(alike)
    if k == 1:
        verdict = {"yes": "it was reported as reached", "no": "it was reported as missed"}.get(
            str(alike["reached"].iloc[0]), "whether it was reached is open"
        )
    else:
        verdict = (
            f"{'both' if k == 2 else 'all'} were reported as reached"
            if met == k
            else f"{met or 'none'} of them reported as reached"
        )
    return f"Of {due}, {k} {'has' if k == 1 else 'have'} a result of the same kind: {verdict}"


def _searched(ledger: pd.DataFrame) -> str:
    days = ledger["searched_on"].dropna()
    return f" Searched up to {day_in_words(str(days.max())[:10])}." if len(days) else ""


def _how_to_read(rows: pd.DataFrame) -> str:
    low = int((rows["outcome_confidence"] == "low").sum())
    weak = f" {low} of the {len(rows)} figures rest on weak sources." if low else ""
    return (
        "A bar is a reported figure of the target's own place, year, scope and measure, the black tick its target. "
        "Below, the figure of a whole year that is nearest to the target's; it says neither that the target was "
        f"reached nor that it was missed. Targets that repeat another or were superseded are left out.{weak}"
    )
