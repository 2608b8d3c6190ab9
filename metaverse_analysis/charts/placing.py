"""Where labels of points go that stand anywhere: beside their marks, clear of each other, of marks and of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_STEP = 0.5  # of a label's height: how far it moves at a time to find room
_MOST_STEPS = 40


class Box(NamedTuple):
    """A rectangle, in points from the lower left corner of the plot."""

    x0: float
    y0: float
    x1: float
    y1: float

    def touches(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


class Label(NamedTuple):
    """The words of a mark: where the mark is, how large the words are, and the sides that suit them, best first."""

    x: float
    y: float
    width: float
    height: float
    sides: Sequence[str]


def clear_places(
    labels: Sequence[Label],
    room: tuple[float, float],
    *,
    marks: Sequence[Box] = (),
    lines: Sequence[tuple[tuple[float, float], tuple[float, float]]] = (),
    gap: float = 4,
) -> list[Box | None]:
    """A box for each label: the first of its sides where it lies on no other label, mark or line, else the least bad.

    Earlier labels choose first. None for one that has no room without lying on another label.

    Parameters
    ----------
    labels : with sides such as "above left", "above", "below right".
    room : width and height of the plot.
    marks, lines : what labels should not lie on.
    gap : points between a mark and its label.

    Examples
    --------
    >>> two = [Label(50, 50, 20, 10, ("above",)), Label(55, 50, 20, 10, ("above", "below"))]
    >>> [round(box.y0) for box in clear_places(two, (100, 100)) if box]
    [54, 36]
    """
    spots = [np.linspace(start, end, 24) for start, end in lines]
    points = np.concatenate(spots) if spots else np.empty((0, 2))
    taken: list[Box] = []
    found: list[Box | None] = []
    for label in labels:
        free = [
            (_badness(box, marks, points) + far, far, box)
            for far, box in _candidates(label, room, gap)
            if not any(box.touches(other) for other in taken)
        ]
        best = min(free, default=None)
        found.append(best[2] if best else None)
        taken += [best[2]] if best else []
    return found


def _candidates(label: Label, room: tuple[float, float], gap: float) -> list[tuple[float, Box]]:
    """The boxes to try, each with how far it is from the best one: its sides, then ever farther up and down."""
    width, height = label.width, label.height
    tried = []
    for rank, side in enumerate(label.sides):
        x = label.x - width / 2
        x = label.x - width + gap if "left" in side else label.x - gap if "right" in side else x
        for step in range(_MOST_STEPS):
            away = gap + step * _STEP * height
            y = label.y + away if "above" in side else label.y - away - height
            box = Box(*_inside(x, y, width, height, room))
            tried.append((rank * 0.5 + step, box))
    return tried


def _inside(
    x: float, y: float, width: float, height: float, room: tuple[float, float]
) -> tuple[float, float, float, float]:
    x = min(max(x, 0), max(room[0] - width, 0))
    y = min(max(y, 0), max(room[1] - height, 0))
    return x, y, x + width, y + height


def _badness(box: Box, marks: Sequence[Box], points: np.ndarray) -> float:
    """How much of marks and lines a box lies on, in steps that it is worth moving away from them."""
    on_marks = sum(box.touches(mark) for mark in marks)
    x, y = points.T if len(points) else (np.empty(0), np.empty(0))
    on_lines = int(((box.x0 < x) & (x < box.x1) & (box.y0 < y) & (y < box.y1)).sum())
    return 4.0 * on_marks + 0.6 * on_lines
