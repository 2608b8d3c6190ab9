"""Charts of what came of the targets: a square for each one, and promised beside reported."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import ScaledTranslation

from ..measures.outcomes import FINDINGS
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .labels import figure_of
from .lists import LINE, height_around, inches_across, letters_across, lines_that_fit
from .palette import QUIET_TEXT, TEXT, colour
from .style import look_of, pt
from .wording import counted, wrap_label

SIDE = 0.84  # of the way from one square to the next
_SQUARE = "One square is one target that a government document set for a year that has passed"
_SAME = (
    " A result counts as reported where place, quantity, scope, unit and year are the target's. One may still stand "
    "on a page that no search gave."
)
_NAMED = 2  # so many of the targets with a result are named
_SAID = {
    "reported": ("has a reported result", "have a reported result"),
    "related_figure": (
        "has only a figure of something near it",
        "have only a figure of something near them",
    ),
    "superseded": ("was replaced by a later target", "were replaced by later targets"),
    "not_found": (
        "was searched for, and nothing was found: neither reached nor missed, but not reported",
        "were searched for, and nothing was found: neither reached nor missed, but not reported",
    ),
    "not_followed_up": (
        "was not looked up where such a figure is published",
        "were not looked up where such figures are published",
    ),
}


@draws(
    "outcome_summary",
    "target_kind_label finding which source_ids",
    whole="targets targets_on_subject repeats",
)
def outcome_summary(summary: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Of all targets whose year has passed: for which was a result reported? One square a target.

    The squares stand in columns, those with a result first; what the fillings mean, and how many there are, stands
    below.

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
    letters = letters_across(ax, size, less=2 * look_of(size)["font"] / 72)
    said = [wrap_label(sentence, letters) for sentence in words]
    lines = sum(1.3 + sentence.count("\n") for sentence in said)
    n, repeats = int(counts.sum()), int(summary["repeats"].sum())
    title = _summary_finding(n, int(counts.get("reported", 0)))
    frame_words = {"title": title, "subtitle": _SQUARE, "footer": _on_subject(summary)}
    room = lines_that_fit(size, ax, **frame_words) - lines - 0.6
    rows, columns, step = _grid(n, inches_across(ax, size), size, room)
    body = rows * step * 72 / (LINE * look_of(size)["font"]) + lines + 0.6
    height = height_around(body, size, **frame_words)
    with axes_for(ax, size, height=height, grid=None) as ax:
        for place, finding in enumerate(counts.index.repeat(counts)):
            corner = (place // rows - SIDE / 2, place % rows - SIDE / 2)
            ax.add_patch(Rectangle(corner, SIDE, SIDE, gid=str(finding), in_layout=False, **_square(finding)))
        ax.set(
            xlim=(-SIDE / 2, columns - 1 + SIDE / 2),
            ylim=(rows - 0.5, -0.5),
            xticks=[],
            yticks=[],
            aspect="equal",
        )
        ax.set_anchor("NW")
        ax.spines[:].set_visible(False)
        _key_below(ax, counts, said)
        frame(
            ax,
            **frame_words,
            notes=_by_kind(summary) + _SAME + _repeated(repeats),
            drawn=summary,
            alt=["A grid of squares, one for each target whose year has passed", TITLE, *words],
        )
    return ax


def _grid(n: int, width: float, size: str, room: float) -> tuple[int, int, float]:
    """Rows and columns of squares, and the inches from one to the next: as wide as there is room, of a usual height."""
    look = look_of(size)
    font = look["font"] / 72
    usual = look["height"] * (1 if size == "slide" else 0.3)
    step = min(math.sqrt(width * min(usual, max(room, 2) * LINE * font) / n), 3 * font)
    columns = min(n, max(1, math.floor(width / step)))
    rows = math.ceil(n / columns)
    return rows, max(columns, math.floor(width / step)), step


def _square(finding: str) -> dict[str, Any]:
    """How the square of a finding looks: told apart by its filling, so in grey print, too."""
    edge = {"edgecolor": colour("final"), "linewidth": pt(1)}
    pale = {"facecolor": "white", "edgecolor": QUIET_TEXT, "linewidth": pt(0.8)}
    return {
        "reported": {"facecolor": colour("final"), **edge},
        "related_figure": {"facecolor": colour("quiet"), **edge},
        "superseded": {**pale, "hatch": "////"},
        "not_found": pale,
        "not_followed_up": {**pale, "hatch": "..", "linestyle": ":"},
    }[finding]


def _key_below(ax: Axes, counts: pd.Series, said: list[str]) -> None:
    """What each filling means, one sentence a line, the largest group in bold."""
    below = ScaledTranslation(0, -pt(9) / 72, figure_of(ax).dpi_scale_trans)
    looks: dict[str, Any] = {
        "borderaxespad": 0,
        "borderpad": 0,
        "handlelength": 1,
        "handleheight": 0.9,
        "labelspacing": 0.35,
    }
    patches = [Patch(**_square(str(name))) for name in counts.index]
    corner: dict[str, Any] = {
        "loc": "upper left",
        "bbox_to_anchor": (0, 0),
        "bbox_transform": ax.transAxes + below,
    }
    legend = ax.legend(patches, said, alignment="left", **corner, **looks)
    for text, n in zip(legend.get_texts(), counts, strict=True):
        text.set(fontweight="bold" if n == counts.max() else "normal", color=TEXT)


def _of_finding(summary: pd.DataFrame, finding: Any, n: int) -> str:
    """How many targets have a finding, and of the results what they are of."""
    words = f"{n:,} {_SAID[str(finding)][n != 1]}"
    if finding != "reported":
        return words
    cells = summary.loc[summary["finding"] == "reported", "which"].dropna()
    named = [which for cell in cells for which in str(cell).split("; ")]
    return f"{words}: {'; '.join(named)}" if 0 < len(named) <= _NAMED else words


def _summary_finding(n: int, reported: int) -> str:
    if n == 1:
        return f"One promise has fallen due, and {'a' if reported else 'no'} result was reported"
    of = {0: "none of them", 1: "one of them"}.get(
        reported, "all of them" if reported == n else f"{reported} of them"
    )
    return f"{n:,} promises have fallen due; for {of} a result was reported"


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
