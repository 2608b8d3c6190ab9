"""Where words go on a chart: beside their marks, apart from each other, in lines of a measured width."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation, Text

from .palette import QUIET_TEXT
from .style import pt
from .wording import HAN

_GAP = 0.42  # of the font size: between a mark and its label
_LEADER = 1.33  # of it, where a line has to lead to a label that was moved
_COLUMN = "label-column:"  # marks the labels that are spread together
# Widths of lines as measured: a chart is laid out at every draw, and measuring is slow.
_WIDTHS: dict[tuple[str, tuple[int, float]], float] = {}
_MOST_WIDTHS = 10_000


def figure_of(owner: Figure | Artist) -> Figure:
    """The figure that a chart, or one of its texts, is on."""
    if not isinstance(owner, (Figure, Artist)):
        raise ValueError(
            f"a chart is needed, as a function of ma.charts gives it, and not a {type(owner).__name__}"
        )
    figure = owner if isinstance(owner, Figure) else owner.get_figure(root=True)
    if figure is None:
        raise ValueError("this axes is on no figure any more: draw the chart again.")
    return figure


def wrap_to(text: Text, source: str, width: float, *, balanced: bool = False) -> None:
    """Set a text artist to `source`, broken into lines no wider than `width` pixels as measured; newlines stay.

    `balanced` makes the lines about as long as each other instead of leaving a short last one.
    """
    look = (hash(text.get_fontproperties()), figure_of(text).dpi)

    def width_of(line: str) -> float:
        if (line, look) not in _WIDTHS:
            if len(_WIDTHS) > _MOST_WIDTHS:
                _WIDTHS.clear()
            text.set_text(line)
            _WIDTHS[line, look] = text.get_window_extent().width
        return _WIDTHS[line, look]

    lines = _lines(width_of, source, width)
    if balanced and len(lines) > 1:
        narrow, wide = width / 2, width
        while wide - narrow > 0.02 * width:
            middle = (narrow + wide) / 2
            fits = len(_lines(width_of, source, middle)) == len(lines)
            narrow, wide = (narrow, middle) if fits else (middle, wide)
        lines = _lines(width_of, source, wide)
    text.set_text("\n".join(lines))


def _lines(width_of: Callable[[str], float], source: str, width: float) -> list[str]:
    """Fill lines with words, or with single Chinese characters, as far as the measured width allows."""
    lines: list[str] = []
    for paragraph in source.split("\n"):
        tokens = re.findall(rf"[{HAN}]|[^\s{HAN}]+|\s+", paragraph.strip())
        if not tokens:
            lines.append("")
        while tokens:
            beginnings = ["".join(tokens[: n + 1]).strip() for n in range(len(tokens))]
            more = _how_many_fit(width_of, beginnings, width)
            lines.append(beginnings[more - 1])
            tokens = tokens[more:]
    return lines


def _how_many_fit(width_of: Callable[[str], float], beginnings: list[str], width: float) -> int:
    """How many of ever longer beginnings of a line are no wider than `width`; the first one always stands.

    Measuring is slow, so each try begins where the line would end if all its characters were as wide as those of
    the last try (at first, of the whole text): two or three tries find it.
    """
    fitting, too_long, tried = 1, len(beginnings) + 1, beginnings[-1]
    while too_long - fitting > 1:
        room = width / max(width_of(tried), 1) * len(tried)
        guess = min(max(bisect_right(beginnings, room, key=len), fitting + 1), too_long - 1)
        tried = beginnings[guess - 1]
        fitting, too_long = (guess, too_long) if width_of(tried) <= width else (fitting, guess)
    return fitting


def label_bar_ends(
    ax: Axes, bars: Iterable[Any], labels: Sequence[str], *, ends: Sequence[float] | None = None, **text: Any
) -> list[Annotation]:
    """Write each label to the right of its horizontal bar, at the bar's end or at `ends` (for ranges).

    Empty labels are kept as empty annotations, so that the list goes with the bars. Further keywords go to the
    text (weight="bold", color=...).
    """
    bars = list(bars)
    if len(bars) != len(labels):
        raise ValueError(f"{len(bars)} bars but {len(labels)} labels: give one label for each bar.")
    tips = [bar.get_x() + bar.get_width() for bar in bars] if ends is None else ends
    return [
        _beside(ax, tip, bar.get_y() + bar.get_height() / 2, label, "right", **text)
        for bar, tip, label in zip(bars, tips, labels, strict=True)
    ]


def halo() -> list[Any]:
    """Path effects that keep the grid and hatching behind the words: `ax.text(..., path_effects=halo())`."""
    return [withStroke(linewidth=pt(2.5), foreground="white")]


def embolden(texts: Iterable[Text], chosen: Iterable[Any]) -> None:
    """Make those texts bold whose flag in `chosen` is true, such as the tick labels of the article's two places."""
    for text, bold in zip(texts, chosen, strict=True):
        text.set_fontweight("bold" if bold else "normal")


def direct_label(
    ax: Axes,
    xs: float | Sequence[Any],
    ys: Sequence[float],
    labels: Sequence[str],
    *,
    side: str = "right",
    colours: Sequence[str] | None = None,
    **text: Any,
) -> list[Annotation]:
    """Label points or line ends beside them, without a legend and without collisions.

    Labels that would overlap are moved apart up and down, as little as possible and in the order of their points;
    a label that had to move far gets a thin line to its point. They are placed anew whenever the figure is laid
    out. `side` is "right" or "left".
    """
    anchors = list(np.broadcast_to(np.asarray(xs), len(labels)))
    shades = list(colours) if colours is not None else [None] * len(labels)
    placed = []
    for x, y, label, shade in zip(anchors, ys, labels, shades, strict=True):
        keywords = {**text, **({"color": shade} if shade else {})}
        leader = {
            "arrowstyle": "-",
            "linewidth": pt(0.7),
            "shrinkA": pt(1),
            "shrinkB": pt(3),
            "color": QUIET_TEXT,
        }
        leader["relpos"] = (0 if side == "right" else 1, 0.5)
        note = _beside(ax, x, y, label, side, arrowprops=leader, **keywords)
        note.set_gid(_COLUMN + side)
        placed.append(note)
    return placed


def _beside(ax: Axes, x: Any, y: float, label: str, side: str, **text: Any) -> Annotation:
    if side not in ("left", "right"):
        raise ValueError(f'labels stand on the "left" or the "right" of a mark, not {side!r}.')
    direction, alignment = (1, "left") if side == "right" else (-1, "right")
    return ax.annotate(
        label,
        (x, y),
        xytext=(direction * _GAP * mpl.rcParams["font.size"], 0),
        textcoords="offset points",
        ha=alignment,
        va="center_baseline",
        annotation_clip=False,
        path_effects=halo(),
        **text,
    )


def spread_labels(ax: Axes) -> bool:
    """Move the labels of `direct_label` apart where they overlap, and say whether any moved.

    The layout calls it; charts need not.
    """
    moved = False
    for side in ("left", "right"):
        for group in _overlapping_columns(_column(ax, side)):
            moved |= _spread(ax, group)
    return moved


def gather_labels(ax: Axes) -> None:
    """Put the labels of `direct_label` back beside their points, from where `spread_labels` moved them."""
    for side, way in (("left", -1), ("right", 1)):
        for note in _column(ax, side):
            note.set_position((way * _GAP * float(note.get_fontsize()), 0))
            note.arrow_patch.set_visible(True)


def _column(ax: Axes, side: str) -> list[Any]:
    return [t for t in ax.texts if t.get_gid() == _COLUMN + side and t.get_visible() and t.get_text()]


def _overlapping_columns(notes: list[Any]) -> list[list[Any]]:
    """Groups of labels whose horizontal extents touch: only these can collide by moving up and down."""
    boxes = {id(note): Text.get_window_extent(note) for note in notes}
    groups: list[list[Any]] = []
    right = -np.inf
    for note in sorted(notes, key=lambda note: boxes[id(note)].x0):
        box = boxes[id(note)]
        if box.x0 >= right:
            groups.append([])
        groups[-1].append(note)
        right = max(right, box.x1)
    return groups


def _spread(ax: Axes, notes: list[Any]) -> bool:
    """Give the labels of one column their vertical offsets, and say whether these are new."""
    pixels_a_point = figure_of(ax).dpi / 72
    anchors = np.array([ax.transData.transform(_data_point(ax, note))[1] for note in notes])
    heights = np.array([Text.get_window_extent(note).height for note in notes]) + pixels_a_point
    frame = ax.get_window_extent()
    targets = spread(anchors, heights, frame.y0, frame.y1)
    led = bool(np.any(np.abs(targets - anchors) > heights / 3))
    before = [note.get_position() for note in notes]
    for note, shift in zip(notes, (targets - anchors) / pixels_a_point, strict=True):
        note.set_position(
            (np.copysign((_LEADER if led else _GAP) * float(note.get_fontsize()), note.xyann[0]), shift)
        )
        note.arrow_patch.set_visible(led)
    return not np.allclose(before, [note.get_position() for note in notes], rtol=0, atol=0.1)


def _data_point(ax: Axes, note: Annotation) -> tuple[float, float]:
    x, y = note.xy
    return float(ax.convert_xunits(x)), float(ax.convert_yunits(y))


def spread(anchors: np.ndarray, heights: np.ndarray, low: float, high: float) -> np.ndarray:
    """Centres as near to the anchors as can be (least squares) so that boxes of these heights don't overlap.

    Keeps the order of the anchors and stays between `low` and `high` where there is room. After subtracting the
    heights stacked so far, "no overlap" means "not decreasing", and the best such sequence is the isotonic
    regression: neighbours that are out of order share their mean (pool adjacent violators; Barlow et al. 1972).

    Examples
    --------
    >>> spread(np.array([10.0, 10.0, 50.0]), np.array([8.0, 8.0, 8.0]), 0, 100).tolist()
    [6.0, 14.0, 50.0]
    """
    order = np.argsort(anchors, kind="stable")
    height = heights[order]
    stacked = np.cumsum(height) - height / 2
    pools: list[tuple[float, int]] = []  # mean and number of members
    for wanted in anchors[order] - stacked:
        mean, count = float(wanted), 1
        while pools and pools[-1][0] > mean:
            before, members = pools.pop()
            mean = (before * members + mean * count) / (members + count)
            count += members
        pools.append((mean, count))
    level = np.repeat([mean for mean, _ in pools], [count for _, count in pools])
    centres = np.clip(level, low, max(low, high - height.sum())) + stacked
    return centres[np.argsort(order, kind="stable")]


def lanes(starts: Sequence[float], ends: Sequence[float]) -> list[int]:
    """The lowest lane (0, 1, ...) for each interval so that none overlaps another in its lane.

    For labels of a time line: intervals in any one unit, first come first placed from the left.

    Examples
    --------
    >>> lanes([0, 5, 11], [10, 15, 20])
    [0, 1, 0]
    """
    filled: list[float] = []
    chosen = [0] * len(starts)
    for i in sorted(range(len(starts)), key=lambda i: (starts[i], ends[i])):
        free = next((lane for lane, end in enumerate(filled) if end <= starts[i]), len(filled))
        filled[free : free + 1] = [ends[i]]
        chosen[i] = free
    return chosen
