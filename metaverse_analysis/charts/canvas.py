"""The axes that a chart is drawn on: its caller's, or those of a figure of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from .fonts import legible
from .labels import figure_of
from .layout import HouseLayout, fit_frames
from .showing import ChartAxes, ChartFigure
from .style import frame_height, house, look_of

_TIGHTEST, _NARROWEST = 0.6, 0.25  # of the height that rows need, and of the width of a size


@contextmanager
def axes_for(
    ax: Axes | None = None,
    size: str = "notebook",
    *,
    height: float | None = None,
    grid: str | None = "x",
    narrowest: float = _NARROWEST,
) -> Iterator[Axes]:
    """The axes to draw a chart on, in the house style: the caller's, or those of a new figure.

    When the context ends, every text is made legible (see `fonts`), and a caller's axes makes room for its frame.
    When it ends in an error, the new figure is closed.

    Parameters
    ----------
    ax : the caller's axes.
    size : one of `style.SIZES`.
    height : of a new figure, in inches; as usual for the size if it isn't given.
    grid : "x" for horizontal bars, "y" for lines and columns, None for tiles and the like.
    narrowest : the width that a caller's axes needs, as a part of the size's: where words stand beside each other.

    Raises
    ------
    ValueError
        If `ax` is no axes, or one whose x and y aren't straight lines, or too small; if there is no such size.
    """
    if ax is None:
        with _new_figure(size, height) as figure, house(size):
            drawn_on = figure.subplots(subplot_kw={"axes_class": ChartAxes})
            _dress(drawn_on, grid)
            yield drawn_on
            legible(figure.findobj(Text))
        return
    _require_straight(ax)
    _require_room(ax, size, height, narrowest)
    before = {text: text.get_text() for text in ax.findobj(Text)}
    with house(size):
        _dress(ax, grid)
        yield ax
        legible(text for text in ax.findobj(Text) if text.get_text() != before.get(text))
        fit_frames(figure_of(ax), ax)


@contextmanager
def panels_for(
    rows: int,
    columns: int,
    size: str = "notebook",
    *,
    height: float | None = None,
    grid: str | None = "x",
    **subplots: Any,
) -> Iterator[tuple[Figure, np.ndarray]]:
    """A new figure of several panels in the house style, and the 2-D array of its axes.

    Frame it as a whole with `frame(figure, ...)` and name each panel with `ax.set_title(...)`.

    Parameters
    ----------
    rows, columns : of panels.
    size, height, grid : as for `axes_for`.
    subplots : further keywords of `Figure.subplots` (sharex=True, width_ratios=...).
    """
    with _new_figure(size, height) as figure, house(size):
        axes = figure.subplots(rows, columns, squeeze=False, subplot_kw={"axes_class": ChartAxes}, **subplots)
        for ax in axes.flat:
            _dress(ax, grid)
        yield figure, axes
        legible(figure.findobj(Text))


@contextmanager
def mosaic_for(
    mosaic: Sequence[Sequence[str]], size: str = "notebook", *, height: float | None = None, **subplots: Any
) -> Iterator[tuple[Figure, dict[str, Axes]]]:
    """A new figure of panels of several sizes in the house style, and its axes by their names.

    Parameters
    ----------
    mosaic : the names of the panels as they lie; one that stands several times spans several cells.
    size, height : as for `axes_for`.
    subplots : further keywords of `Figure.subplot_mosaic` (height_ratios=...).
    """
    with _new_figure(size, height) as figure, house(size):
        axes = figure.subplot_mosaic(
            [list(row) for row in mosaic], subplot_kw={"axes_class": ChartAxes}, **subplots
        )
        for ax in axes.values():
            _dress(ax, None)
        yield figure, axes
        legible(figure.findobj(Text))


@contextmanager
def _new_figure(size: str, height: float | None) -> Iterator[Figure]:
    """A figure for the size; made outside the style, since a notebook's backend sets itself up with the first one."""
    look = look_of(size)
    inches = (look["width"], height or look["height"])
    figure = plt.figure(figsize=inches, dpi=look["dpi"], facecolor="white", FigureClass=ChartFigure)
    try:
        figure.set_layout_engine(HouseLayout(wspace=0.08, hspace=0.08))
        yield figure
    except BaseException:
        plt.close(figure)  # else a notebook would show it, half drawn, below the error
        raise


def _require_straight(ax: Any) -> None:
    """Refuse what no chart can be drawn on."""
    if not isinstance(ax, Axes):
        raise ValueError(
            f"ax is the axes to draw on, such as plt.subplots()[1], and not a {type(ax).__name__}: "
            "give one axes, or none for a figure of the chart's own"
        )
    if ax.name != "rectilinear":
        raise ValueError(
            f"ax is a {ax.name} axes: charts are drawn on one with straight x and y, as plt.subplots() makes it"
        )


def _require_room(ax: Axes, size: str, height: float | None, narrowest: float) -> None:
    """Refuse axes on which the rows of a chart that needs a figure of this height would lie upon each other."""
    look, box = look_of(size), ax.get_window_extent()
    wide, high = (side / figure_of(ax).dpi for side in (box.width, box.height))
    needed = ((height or look["height"]) - frame_height(size) / 72) * _TIGHTEST
    narrow = look["width"] * narrowest
    if wide < narrow or (height is not None and high < needed):
        raise ValueError(
            f"ax is {wide:.1f} inches wide and {high:.1f} high, and this chart in the size {size!r} needs "
            f"{narrow:.1f} by {max(needed, 0):.1f}: give it a larger one, fewer rows, or a smaller size"
        )


def _dress(ax: Axes, grid: str | None) -> None:
    """Give axes the style in force, also those made outside it, and ticks that matplotlib makes later."""
    rc: Any = mpl.rcParams
    if grid not in ("x", "y", None):
        raise ValueError(f'grid is "x", "y" or None, not {grid!r}.')
    baseline = {"x": "left", "y": "bottom", None: None}[grid]
    for side, spine in ax.spines.items():
        spine.set(visible=side == baseline, color=rc["axes.edgecolor"], linewidth=rc["axes.linewidth"])
    ax.set_facecolor(rc["axes.facecolor"])
    ax.set_axisbelow(True)
    for name, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
        axis.grid(grid == name)
        axis.label.set(
            fontfamily=rc["font.family"], fontsize=rc["axes.labelsize"], color=rc["axes.labelcolor"]
        )
        axis.set_tick_params(
            length=0,
            grid_color=rc["grid.color"],
            grid_linewidth=rc["grid.linewidth"],
            pad=rc[f"{name}tick.major.pad"],
            labelsize=rc[f"{name}tick.labelsize"],
            labelcolor=rc[f"{name}tick.labelcolor"],
            labelfontfamily=rc["font.family"],
        )
