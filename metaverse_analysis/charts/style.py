"""The house style: sizes, settings, and the axes that every chart is drawn on.

Nothing here changes matplotlib's settings for good: the style holds inside the contexts only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.style
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .fonts import families, require_glyphs
from .labels import figure_of
from .layout import HouseLayout, fit_axes, frame_parts, is_house_figure, visible_texts

_STYLE_FILE = Path(__file__).with_name("house.mplstyle")

# Width and height in inches, pixels an inch, and font sizes in points: labels, title, footer.
SIZES: dict[str, dict[str, float]] = {
    "notebook": {"width": 8.4, "height": 5.2, "dpi": 100, "font": 12, "title": 17, "footer": 9.5},
    "report": {"width": 6.3, "height": 4.2, "dpi": 200, "font": 9, "title": 13, "footer": 7.2},
    "slide": {"width": 13.33, "height": 7.5, "dpi": 144, "font": 18, "title": 27, "footer": 13},
}


def _size(size: str) -> dict[str, float]:
    if size not in SIZES:
        raise ValueError(f"no size {size!r}; charts are drawn for a {', a '.join(SIZES)}.")
    return SIZES[size]


@contextmanager
def house(size: str = "notebook", lang: str = "en") -> Iterator[None]:
    """Draw in the house style inside this context; matplotlib's settings are as before afterwards.

    Examples
    --------
    >>> import matplotlib as mpl
    >>> with house("slide"):
    ...     inside = mpl.rcParams["font.size"]
    >>> inside > mpl.rcParams["font.size"]
    True
    """
    s = _size(size)
    labels = {"axes.labelsize": s["font"], "xtick.labelsize": s["font"], "ytick.labelsize": s["font"]}
    settings = {
        "figure.figsize": (s["width"], s["height"]),
        "figure.dpi": s["dpi"],
        "savefig.dpi": "figure",
        "font.family": families(lang),
        "font.size": s["font"],
        "axes.titlesize": s["font"],
        "legend.fontsize": s["font"],
        **labels,
    }
    with matplotlib.style.context(["default", str(_STYLE_FILE), settings]):
        yield


def height_for(rows: float, size: str = "notebook", lines: float = 1) -> float:
    """The height in inches of a chart with so many rows, each of so many lines of text, and its frame.

    Never less than the usual height of the size. A slide with many rows becomes taller than a screen: choose fewer.

    Examples
    --------
    >>> height_for(3) == SIZES["notebook"]["height"] < height_for(40)
    True
    """
    s = _size(size)
    row = s["font"] * (0.55 + 1.2 * lines)
    around = 4 * s["title"] + 4 * s["font"] + 5 * s["footer"]
    return max(s["height"], (rows * row + around) / 72)


@contextmanager
def axes_for(
    ax: Axes | None = None,
    size: str = "notebook",
    *,
    height: float | None = None,
    grid: str | None = "x",
    lang: str = "en",
) -> Iterator[Axes]:
    """The axes to draw a chart on, in the house style: the caller's, or those of a new figure.

    When the context ends, every text is checked for missing characters, and a caller's axes makes room for its
    frame. `grid` is "x" for horizontal bars, "y" for lines and columns, None for tiles and the like.
    """
    figure = _new_figure(size, height) if ax is None else figure_of(ax)
    with house(size, lang):
        drawn_on = ax or figure.subplots()
        _dress(drawn_on, grid)
        yield drawn_on
        require_glyphs([text.get_text() for text in visible_texts(drawn_on if ax else figure)], lang)
        if not is_house_figure(figure) or frame_parts(drawn_on):
            fit_axes(drawn_on)


@contextmanager
def panels_for(
    rows: int,
    columns: int,
    size: str = "notebook",
    *,
    height: float | None = None,
    grid: str | None = "x",
    lang: str = "en",
    **subplots: Any,
) -> Iterator[tuple[Figure, np.ndarray]]:
    """A new figure of several panels in the house style, and the 2-D array of its axes.

    Frame it as a whole with `frame(figure, ...)` and name each panel with `ax.set_title(...)`. Further keywords
    go to `Figure.subplots` (sharex=True, width_ratios=...).
    """
    figure = _new_figure(size, height)
    with house(size, lang):
        axes = figure.subplots(rows, columns, squeeze=False, **subplots)
        for ax in axes.flat:
            _dress(ax, grid)
        yield figure, axes
        require_glyphs([text.get_text() for text in visible_texts(figure)], lang)


def _new_figure(size: str, height: float | None) -> Figure:
    """A figure for the size; made outside the style, since a notebook's backend sets itself up with the first one."""
    s = _size(size)
    figure = plt.figure(figsize=(s["width"], height or s["height"]), dpi=s["dpi"], facecolor="white")
    figure.set_layout_engine(HouseLayout(wspace=0.08, hspace=0.08))
    return figure


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
