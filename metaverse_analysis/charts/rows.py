"""The rows of a chart: their names as short as there is room for, and how many of them a caller's axes holds."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.axes import Axes

from .labels import figure_of
from .style import frame_height, is_narrow, row_height, rows_that_fit
from .wording import cut_label

ONE_LINE = 44  # characters above a bar, where a chart is narrow


def short_names(names: Iterable[str], size: str, width: int = 30) -> tuple[list[str], int]:
    """Names on two lines at most beside their bars, or on one above them; and the lines that a row takes then.

    Examples
    --------
    >>> short_names(["Ningxia Hui Autonomous Region"], "notebook", 16)
    (['Ningxia Hui\\nAutonomous…'], 2)
    >>> short_names(["Ningxia Hui Autonomous Region"], "phone", 16)
    (['Ningxia Hui Autonomous Region'], 2)
    """
    if is_narrow(size):
        return [cut_label(name, ONE_LINE, 1) for name in names], 2
    said = [cut_label(name, width, 2) for name in names]
    return said, 1 + max((name.count("\n") for name in said), default=0)


def room_for(ax: Axes | None, size: str, lines: float = 1) -> int:
    """How many rows a caller's axes holds, or a figure of this size; one at least."""
    if ax is None:
        return rows_that_fit(size, lines)
    height = ax.get_window_extent().height / figure_of(ax).dpi * 72
    return max(1, int((height - frame_height(size)) / row_height(size, lines)))
