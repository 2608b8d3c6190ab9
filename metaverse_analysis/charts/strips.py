"""What the strips of a place's figure share: how high each is, and how its rows are named."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from .palette import QUIET_TEXT
from .style import SIZES, is_narrow, pt

Strip = tuple[float, Any]  # how many lines of text it is high, and what draws it


def name_row(ax: Axes, y: float, words: str, below: str, size: str) -> None:
    """The name of a row at its left, and what is said of it below; on a phone above the row, in one line."""
    small = SIZES[size]["footer"]
    if is_narrow(size):
        said = f"{words}: {below}" if below else words
        ax.annotate(said, (0, y - 0.95), xycoords=ax.get_yaxis_transform(), va="center", weight="bold",
                    annotation_clip=False)  # fmt: skip
        return
    beside: dict[str, Any] = {
        "xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "ha": "right", "annotation_clip": False,
    }  # fmt: skip
    up = pt(1) if below else 0
    ax.annotate(
        words, (0, y), xytext=(-pt(7), up), va="bottom" if below else "center", weight="bold", **beside
    )
    if below:
        ax.annotate(
            below, (0, y), xytext=(-pt(7), -pt(1)), va="top", color=QUIET_TEXT, fontsize=small, **beside
        )
