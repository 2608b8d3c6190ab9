"""The frame of a chart: title, subtitle and footer, laid out by measuring, so that nothing overlaps or is cut off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.transforms import Bbox, ScaledTranslation

from .text import spread_labels, wrap_to

_MARGIN = 0.018  # of the figure's width
_ABOVE, _BELOW = ("title", "subtitle"), ("footer",)


class FrameText(Text):
    """A text of the frame that remembers its words, so that it can be wrapped anew for another width."""

    def __init__(self, part: str, source: str, **style: Any) -> None:
        super().__init__(0, 0, source, ha="left", va="bottom", linespacing=1.15, **style)
        self.set(gid=part, clip_on=False)
        self.source = source


class HouseLayout(ConstrainedLayoutEngine):
    """Lays out a figure of the house at every draw: the frame first, the axes in what is left, labels spread."""

    def execute(self, fig: Figure) -> None:
        margin = _MARGIN * fig.bbox.width
        parts = frame_parts(fig)
        width = fig.bbox.width - 2 * margin
        top = fig.bbox.height - margin - _stack(parts, _ABOVE, width, margin, fig.bbox.height - margin)
        bottom = margin + _stack(parts, _BELOW, width, margin, None, floor=margin)
        w, h = fig.bbox.size
        self.set(rect=(margin / w, bottom / h, width / w, (top - bottom) / h), w_pad=0, h_pad=0)
        super().execute(fig)
        for ax in fig.axes:
            spread_labels(ax)


def frame_parts(owner: Figure | Axes) -> dict[str, FrameText]:
    """The texts of the frame that belong to a figure or to an axes, by name."""
    return {str(child.get_gid()): child for child in owner.get_children() if isinstance(child, FrameText)}


def _stack(
    parts: dict[str, FrameText],
    names: Iterable[str],
    width: float,
    x: float,
    ceiling: float | None,
    floor: float = 0,
) -> float:
    """Wrap and place the named parts one below the other; return the height they take, with the gap after them.

    They hang from `ceiling`, or stand on `floor` when there is none (figure pixels).
    """
    shown = [parts[name] for name in names if name in parts]
    taken = 0.0
    for part in shown:
        wrap_to(part, part.source, width, balanced=part.get_gid() == "title")
        height = part.get_window_extent().height
        y = floor if ceiling is None else ceiling - taken - height
        part.set_position(tuple(part.get_transform().inverted().transform((x, y))))
        taken += height + _gap(part)
    return taken


def _gap(part: FrameText) -> float:
    """The space that follows a part, in pixels."""
    share = {"title": 0.3, "subtitle": 0.8, "footer": 0.9}[str(part.get_gid())]
    return share * part.get_fontsize() * part.get_figure(root=True).dpi / 72


def fit_axes(ax: Axes) -> None:
    """Place the frame of one axes in the caller's figure, and shrink the axes until all of it is inside.

    A layout engine of the figure's own makes that room itself; then all frames of the figure are placed anew, since
    the engine moves every axes when one of them gets longer labels.
    """
    figure = ax.get_figure(root=True)
    if figure.get_layout_engine() is None:
        slot = _slot(ax)
        for _ in range(3):  # tick labels may change as the axes shrinks
            _place_around(ax, slot)
            _shrink_into(ax, slot)
    else:
        framed = [other for other in figure.axes if frame_parts(other)]
        for part in (part for other in framed for part in frame_parts(other).values()):
            part.set_visible(False)  # its words are not wrapped for this width yet
        figure.draw_without_rendering()
        for other in framed:
            _place_around(other, other.get_tightbbox())
        figure.draw_without_rendering()
    spread_labels(ax)


def _place_around(ax: Axes, slot: Bbox) -> None:
    """Hang the axes' frame around its tick labels, at a fixed distance from its corners."""
    parts = frame_parts(ax)
    for part in parts.values():
        part.set_visible(False)
    body, box = ax.get_tightbbox(), ax.get_window_extent()
    dpi_scale = ax.get_figure(root=True).dpi_scale_trans
    gaps = 0.0
    for name in [*reversed(_ABOVE), *_BELOW]:
        if name not in parts:
            continue
        part = parts[name]
        part.set_visible(True)
        wrap_to(part, part.source, slot.x1 - body.x0, balanced=name == "title")
        height = part.get_window_extent().height
        if name in _ABOVE:
            gaps += _gap(part)
            corner, dy = (0, 1), body.y1 - box.y1 + gaps
            gaps += height
        else:
            corner, dy = (0, 0), body.y0 - box.y0 - _gap(part) - height
        inches = dpi_scale.inverted().transform((body.x0 - box.x0, dy))
        part.set_transform(ax.transAxes + ScaledTranslation(*inches, dpi_scale))
        part.set_position(corner)


def _slot(ax: Axes) -> Bbox:
    """The part of the caller's figure that is the axes' own, in pixels: its cell of the grid up to the neighbours."""
    figure = ax.get_figure(root=True)
    spec = ax.get_subplotspec()
    if spec is None and len(figure.axes) > 1:
        return ax.get_window_extent()
    left, bottom, right, top = 0.0, 0.0, 1.0, 1.0
    if spec is not None:
        bottoms, tops, lefts, rights = spec.get_gridspec().get_grid_positions(figure)
        rows, columns = spec.rowspan, spec.colspan
        if columns.start > 0:
            left = (rights[columns.start - 1] + lefts[columns.start]) / 2
        if columns.stop < len(lefts):
            right = (rights[columns.stop - 1] + lefts[columns.stop]) / 2
        if rows.start > 0:
            top = (bottoms[rows.start - 1] + tops[rows.start]) / 2
        if rows.stop < len(tops):
            bottom = (bottoms[rows.stop - 1] + tops[rows.stop]) / 2
    margin = _MARGIN / 2 * figure.bbox.width
    return Bbox.from_extents(left, bottom, right, top).transformed(figure.transFigure).padded(-margin)


def _shrink_into(ax: Axes, slot: Bbox) -> None:
    """Move the edges of the axes inwards by what stands out of the slot; leave it where there is no room."""
    box, outer = ax.get_window_extent(), ax.get_tightbbox()
    inner = Bbox.from_extents(
        box.x0 + max(0, slot.x0 - outer.x0),
        box.y0 + max(0, slot.y0 - outer.y0),
        box.x1 - max(0, outer.x1 - slot.x1),
        box.y1 - max(0, outer.y1 - slot.y1),
    )
    if inner.width > 0 and inner.height > 0:
        ax.set_position(inner.transformed(ax.get_figure(root=True).transFigure.inverted()))


def visible_texts(owner: Figure | Axes) -> list[Text]:
    """All texts that are drawn and not empty: the frame, annotations, axis and tick labels, legends, titles."""
    found: list[Text] = []
    for child in owner.get_children():
        if isinstance(child, Axis):
            if owner.axison and child.get_visible():
                found += [child.label, child.offsetText, *_drawn_tick_labels(child)]
        elif isinstance(child, Axes):
            found += visible_texts(child) if child.get_visible() else []
        elif child.get_visible():
            found += child.findobj(Text)
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def _drawn_tick_labels(axis: Axis) -> list[Text]:
    """The tick labels within the limits of the axis; matplotlib keeps others, and doesn't draw them."""
    low, high = sorted(axis.get_view_interval())
    slack = 1e-9 * (high - low)
    coordinate = 0 if axis.axis_name == "x" else 1
    labels = axis.get_ticklabels(which="both")
    return [label for label in labels if low - slack <= label.get_position()[coordinate] <= high + slack]
