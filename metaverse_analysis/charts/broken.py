"""Bars that are broken off, because one is far longer than all the others."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Polygon


def cut(ax: Axes, end: float, y: float, thick: float, longest: float, *, base: float = 0) -> None:
    """A white cut through the end of a bar that goes on.

    Parameters
    ----------
    end, y, thick : of the bar, in data units.
    longest : the longest of the bars, by which the cut is measured.
    base : where the bar starts.
    """
    middle, half, lean = base + (end - base) * 0.9, 0.012 * longest, 0.02 * longest
    low, high = y - thick / 2 - 0.05, y + thick / 2 + 0.05
    corners = [(middle - half - lean, high), (middle + half - lean, high), (middle + half + lean, low),
               (middle - half + lean, low)]  # fmt: skip
    ax.add_patch(Polygon(corners, facecolor="white", edgecolor="none", zorder=3))
