"""The frame of a chart: title, subtitle and footer, laid out by measuring, so that nothing overlaps or is cut off."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.transforms import Bbox, ScaledTranslation

from .labels import figure_of, gather_labels, spread_labels, wrap_to

_DIGITS = 9  # of a position on the figure, where 1 is its width: far less than a pixel
_MARGIN = 0.018  # of the figure's width
_GAPS = {"title": 0.4, "subtitle": 0.8, "footer": 0.9}  # of the font size


class FrameText(Text):
    """A text of the frame that remembers its words, so that it can be wrapped anew for another width.

    `frame` is the whole that it is a part of (see `footers`). Kept here, it goes where the chart goes, a pickle too.
    """

    def __init__(self, part: str, source: str, frame: Any = None, **style: Any) -> None:
        super().__init__(0, 0, source, ha="left", va="bottom", linespacing=1.15, **style)
        self.set(gid=part, clip_on=False)
        self.source = source
        self.frame = frame

    def wrap(self, width: float) -> float:
        """Break the words into lines of at most this width; return their height (both in pixels)."""
        self.set_position((0, 0))  # measured elsewhere, the same height differs in its last digit
        wrap_to(self, self.source, width, balanced=self.get_gid() == "title")
        return self.get_window_extent().height

    def gap(self) -> float:
        """The space between this part and the chart, or the part below it, in pixels."""
        figure = self.get_figure(root=True)
        pixels_a_point = figure.dpi / 72 if figure else 1
        return _GAPS[str(self.get_gid())] * float(self.get_fontsize()) * pixels_a_point


class HouseLayout(ConstrainedLayoutEngine):
    """Lays out a figure of the house at every draw: the frame first, the axes in what is left, labels spread.

    Each time from the same beginning, so that a chart that was shown before is drawn as it was.
    """

    def execute(self, fig: Figure) -> None:
        for ax in fig.axes:
            _put_back(ax)
        margin = _MARGIN * fig.bbox.width
        width = fig.bbox.width - 2 * margin
        bottom, top = margin, fig.bbox.height - margin
        for name, part in frame_parts(fig).items():
            height = part.wrap(width)
            y = bottom if name == "footer" else top - height
            part.set_position((margin / fig.bbox.width, y / fig.bbox.height))
            if name == "footer":
                bottom += height + part.gap()
            else:
                top -= height + part.gap()
        w, h = fig.bbox.size
        self.set(rect=(margin / w, bottom / h, width / w, (top - bottom) / h), w_pad=0, h_pad=0)
        super().execute(fig)
        if sum(spread_labels(ax) for ax in fig.axes):
            super().execute(fig)  # labels that moved may need another width, and then other places
            for ax in fig.axes:
                spread_labels(ax)
        for ax in fig.axes:
            _settle(ax)


def _settle(ax: Axes) -> None:
    """Round where an axes stands: what the solver gives differs in the last digits from run to run."""
    points = ax.get_position(original=True).get_points().round(_DIGITS)
    ax.set_position(Bbox(points), which="original")
    ax.set_in_layout(True)  # what has been given a position is left out otherwise


def _put_back(ax: Axes) -> None:
    """Where an axes and its labels stand before anything is laid out."""
    spec = ax.get_subplotspec()
    if spec is not None:
        ax.set_position(spec.get_position(figure_of(ax)))
        ax.set_in_layout(True)  # what has been given a position is left out otherwise
    gather_labels(ax)


def fit_frames(figure: Figure, ax: Axes) -> None:
    """Make room for the frame of an axes; a figure of the house's own does so itself at every draw."""
    if not is_house_figure(figure) or frame_parts(ax):
        fit_axes(ax)


def is_house_figure(figure: Figure) -> bool:
    """Whether a chart made the figure, not its caller."""
    return isinstance(figure.get_layout_engine(), HouseLayout)


def frame_parts(owner: Figure | Axes) -> dict[str, FrameText]:
    """The texts of the frame that belong to a figure or to an axes: title, subtitle, footer, from top to bottom."""
    return {str(child.get_gid()): child for child in owner.get_children() if isinstance(child, FrameText)}


def fit_axes(ax: Axes) -> None:
    """Place the frame of one axes in the caller's figure, and shrink the axes until all of it is inside.

    A layout engine of the figure's own makes that room itself; then all frames of the figure are placed anew, since
    the engine moves every axes when one of them gets longer labels.
    """
    figure = figure_of(ax)
    if figure.get_layout_engine() is None:
        slot = _slot(ax)
        for _ in range(3):  # tick labels may change as the axes shrinks
            before = ax.get_position().bounds
            _place_around(ax, slot)
            _shrink_into(ax, slot)
            if ax.get_position().bounds == before:
                break
    else:
        framed = [other for other in figure.axes if frame_parts(other)]
        for part in (part for other in framed for part in frame_parts(other).values()):
            part.set_visible(False)  # its words are not wrapped for this width yet
        figure.draw_without_rendering()
        for other in framed:
            _place_around(other, _extent(other))
        figure.draw_without_rendering()
    spread_labels(ax)


def _extent(ax: Axes) -> Bbox:
    """The box around all that an axes draws, in pixels."""
    return ax.get_tightbbox() or ax.get_window_extent()


def _place_around(ax: Axes, slot: Bbox) -> None:
    """Hang the axes' frame around its tick labels, at a fixed distance from its corners."""
    parts = frame_parts(ax)
    for part in parts.values():
        part.set_visible(False)
    body, box = _extent(ax), ax.get_window_extent()
    dpi_scale = figure_of(ax).dpi_scale_trans
    above = body.y1 - box.y1
    for name, part in reversed(parts.items()):  # from the chart upwards
        part.set_visible(True)
        height = part.wrap(slot.x1 - body.x0)
        if name == "footer":
            corner, shift = (0, 0), body.y0 - box.y0 - part.gap() - height
        else:
            corner, shift = (0, 1), above + part.gap()
            above += part.gap() + height
        dx, dy = dpi_scale.inverted().transform((body.x0 - box.x0, shift))
        part.set_transform(ax.transAxes + ScaledTranslation(dx, dy, dpi_scale))
        part.set_position(corner)


def _slot(ax: Axes) -> Bbox:
    """The part of the caller's figure that is the axes' own, in pixels: its cell of the grid up to the neighbours."""
    figure = figure_of(ax)
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
    box, outer = ax.get_window_extent(), _extent(ax)
    inner = Bbox.from_extents(
        box.x0 + max(0, slot.x0 - outer.x0),
        box.y0 + max(0, slot.y0 - outer.y0),
        box.x1 - max(0, outer.x1 - slot.x1),
        box.y1 - max(0, outer.y1 - slot.y1),
    )
    if inner.width > 0 and inner.height > 0:
        ax.set_position(inner.transformed(figure_of(ax).transFigure.inverted()))


def visible_texts(owner: Figure | Axes) -> list[Text]:
    """All texts that are drawn and not empty: the frame, annotations, axis and tick labels, legends, titles."""
    found: list[Text] = []
    for child in owner.get_children():
        if isinstance(child, Axis):
            if getattr(owner, "axison", True) and child.get_visible():
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
    coordinate = 0 if isinstance(axis, XAxis) else 1
    labels = axis.get_ticklabels(which="both")
    return [label for label in labels if low - slack <= label.get_position()[coordinate] <= high + slack]
