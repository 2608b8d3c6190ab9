"""Charts of what came of the targets: a square for each one, and promised beside reported."""

from __future__ import annotations

import math
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..measures.outcomes import FINDINGS
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import LINE, height_around, inches_across, letters_across, lines_that_fit
from .palette import QUIET_TEXT, TEXT, colour
from .style import look_of, pt
from .wording import counted, wrap_label

SIDE = 0.84  # of the way from one square to the next
_SQUARE = "A square is a target that a government set for a year now past"
_SAME = (
    " A result counts as reported where place, quantity, scope, unit and year are the target's. One may still stand "
    "on a page that no search gave."
)
_NAMED = 2  # so many of the targets with a result are named
_SAID = {
    "reported": "with a reported result",
    "related_figure": "with only a figure of something near",
    "superseded": "replaced by a later target",
    "not_found": "searched for, nothing found: neither reached nor missed",
    "not_followed_up": "not looked up where such figures are published",
}
_NUMERAL = 1.5  # of the title's size: the number of a group
_LARGEST = 2.2  # font sizes: the way from one square to the next
_BOLD = 0.94  # of the letters of a line, where they are bold


@draws(
    "outcome_summary",
    "target_kind_label finding which source_ids",
    whole="targets targets_on_subject repeats",
)
def outcome_summary(summary: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Of all targets whose year has passed: for which was a result reported? One square a target.

    Each finding is a group of squares, those with a result first, with its number at the left and its words above.

    Parameters
    ----------
    summary : what `outcome_summary` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `outcome_summary`, or no target's year has passed.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> summary = ma.outcome_summary(ma.load(), today="2026-11-23")
    >>> ax = ma.charts.outcome_summary(summary)
    >>> len(ax.patches) == int(summary["targets"].sum())
    True
    """
    counts = summary.groupby("finding", observed=False)["targets"].sum().reindex(list(FINDINGS)).fillna(0)
    counts = counts[counts > 0].astype("int64")
    if counts.empty:
        raise ValueError("no target's year has passed: there is nothing to draw")
    words = [_of_finding(summary, name, int(n)) for name, n in counts.items()]
    n, repeats = int(counts.sum()), int(summary["repeats"].sum())
    title = _summary_finding(n, int(counts.get("reported", 0)))
    frame_words = {"title": title, "subtitle": _SQUARE, "footer": _on_subject(summary)}
    room = lines_that_fit(size, ax, **frame_words) * LINE
    grid = _Groups(counts, words, inches_across(ax, size) * 72 / look_of(size)["font"], room, size, ax)
    height = height_around(grid.height / LINE, size, **frame_words)
    with axes_for(ax, size, height=height, grid=None) as ax:
        grid.draw(ax)
        frame(
            ax,
            **frame_words,
            notes=_by_kind(summary) + _SAME + _repeated(repeats),
            drawn=summary,
            alt=[
                "Squares in groups, one for each target whose year has passed",
                TITLE,
                *(f"{n:,} {said}" for n, said in zip(counts, words, strict=True)),
            ],
        )
    return ax


class _Groups:
    """The groups of squares below each other, as large as there is room; all lengths in font sizes."""

    def __init__(
        self, counts: pd.Series, words: list[str], width: float, room: float, size: str, ax: Axes | None
    ) -> None:
        look = look_of(size)
        self.numeral = _NUMERAL * look["title"] / look["font"]
        digits = max(len(f"{n:,}") for n in counts)
        self.left = 0.52 * self.numeral * digits + 0.9
        self.width, self.counts = width, counts
        letters = letters_across(ax, size, _BOLD, less=self.left * look["font"] / 72)
        self.said = [wrap_label(sentence, letters) for sentence in words]
        self.lines = [LINE * (1 + sentence.count("\n")) + 0.35 for sentence in self.said]
        most = min(_LARGEST, (width - self.left) / 5)
        # A slide is as high as a screen, so its squares are as large as it holds; elsewhere as in a low chart.
        limit = room if ax is not None or look["tallest"] == look["height"] else min(room, 0.75 * width + 12)
        columns = max(1, math.floor((width - self.left) / most))
        while self._height(columns) > limit and self._step(columns) > 0.1:
            columns += max(1, columns // 20)
        self.columns, self.step = columns, min(most, self._step(columns))
        self.height = self._height(columns)

    def _step(self, columns: int) -> float:
        return (self.width - self.left) / columns

    def _heights(self, columns: int) -> list[float]:
        """Of each group: the words, the squares, and the white below; no less than its numeral."""
        step = min(_LARGEST, self._step(columns))
        rows = [math.ceil(n / columns) for n in self.counts]
        pairs = zip(rows, self.lines, strict=True)
        return [max(lines + n * step, self.numeral) + 0.75 for n, lines in pairs]

    def _height(self, columns: int) -> float:
        return sum(self._heights(columns))

    def draw(self, ax: Axes) -> None:
        top = 0.0
        tallest = self.counts.max()
        heights = self._heights(self.columns)
        for (finding, n), said, lines, height in zip(
            self.counts.items(), self.said, self.lines, heights, strict=True
        ):
            weight = "bold" if n == tallest or finding == "reported" else "normal"
            hue = colour("final") if finding == "reported" else TEXT
            ax.text(
                self.left - 0.7, top, f"{n:,}", ha="right", va="top", color=hue, weight="bold", gid="number",
                fontsize=self.numeral * mpl.rcParams["font.size"], linespacing=1, in_layout=False,
            )  # fmt: skip
            ax.text(
                self.left, top, said, va="top", color=hue, weight=weight, gid="finding", linespacing=LINE,
                in_layout=False,
            )  # fmt: skip
            for place in range(n):
                down, along = divmod(place, self.columns)
                corner = (self.left + along * self.step, top + lines + down * self.step)
                side = SIDE * self.step
                look = _square(finding) | {"gid": str(finding), "in_layout": False}
                ax.add_patch(hover(Rectangle(corner, side, side, **look), " ".join(said.split())))
            top += height
        ax.set(xlim=(0, self.width), ylim=(self.height, 0), xticks=[], yticks=[], aspect="equal")
        ax.set_anchor("NW")
        ax.spines[:].set_visible(False)


def _square(finding: Any) -> dict[str, Any]:
    """How the square of a finding looks: told apart by its filling, so in grey print, too."""
    edge = {"edgecolor": colour("final"), "linewidth": pt(1)}
    pale = {"facecolor": "white", "edgecolor": QUIET_TEXT, "linewidth": pt(0.8)}
    return {
        "reported": {"facecolor": colour("final"), **edge},
        "related_figure": {"facecolor": colour("quiet"), **edge},
        "superseded": {**pale, "hatch": "////"},
        "not_found": pale,
        "not_followed_up": {**pale, "hatch": "..", "linestyle": ":"},
    }[str(finding)]


def _of_finding(summary: pd.DataFrame, finding: Any, n: int) -> str:
    """What a finding says, and of the results what they are of."""
    words = _SAID[str(finding)]
    if finding != "reported":
        return words
    cells = summary.loc[summary["finding"] == "reported", "which"].dropna()
    named = [which for cell in cells for which in str(cell).split("; ")]
    return f"{words}: {'; '.join(named)}" if 0 < len(named) <= _NAMED else words


def _summary_finding(n: int, reported: int) -> str:
    if n == 1:
        return f"One promise has fallen due, and {'a' if reported else 'no'} reported result was found"
    of = {0: "none of them", 1: "one of them"}.get(
        reported, "all of them" if reported == n else f"{reported} of them"
    )
    return f"{n:,} promises have fallen due; for {of} a reported result was found"


def _on_subject(summary: pd.DataFrame) -> str:
    """How many of the targets are set by documents on the industry itself, and how many of these have a result."""
    n = int(summary["targets_on_subject"].sum())
    reported = int(summary.loc[summary["finding"] == "reported", "targets_on_subject"].sum())
    if not n or n == int(summary["targets"].sum()):
        return ""
    stand = "one stands in a document" if n == 1 else f"{n:,} stand in documents"
    return f"Of these, {stand} on this industry alone: {reported or 'none'} with a result."


def _repeated(n: int) -> str:
    return (
        f" Not counted: {counted(n, 'target')} that only {'repeats' if n == 1 else 'repeat'} another."
        * bool(n)
    )


def _by_kind(summary: pd.DataFrame) -> str:
    """How the targets and the results spread over the kinds of targets."""
    kinds = summary.assign(reported=summary["targets"].where(summary["finding"] == "reported", 0))
    kinds = kinds.groupby("target_kind_label", sort=False)[["targets", "reported"]].sum()
    said = [
        f"{row.targets:,} {kind} ({row.reported or 'none'} with a result)"
        for kind, row in kinds.iterrows()
        if row.targets
    ]
    return f"Among them {', '.join(said)}."
