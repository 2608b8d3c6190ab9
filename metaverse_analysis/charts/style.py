"""The house style: the sizes of charts, and the settings in which they are drawn.

Nothing here changes matplotlib's settings for good: the style holds inside the contexts only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import RLock

import matplotlib.style

from .fonts import families

_STYLE_FILE = Path(__file__).with_name("house.mplstyle")
_ONE_AT_A_TIME = RLock()  # matplotlib's settings are those of all threads
_SIZE: ContextVar[str] = ContextVar("size", default="notebook")  # the one that is being drawn

# Width, usual and greatest height in inches, pixels an inch, and font sizes in points: labels, title, footer. A slide
# is as high as a screen, whatever it shows; a page of a phone is served 360 pixels wide, of which the smallest words
# take 11.
SIZES: dict[str, dict[str, float]] = {
    "notebook": {
        "width": 8.4,
        "height": 5.2,
        "tallest": 12,
        "dpi": 100,
        "font": 12,
        "title": 17,
        "footer": 9.5,
    },
    "report": {"width": 6.3, "height": 4.2, "tallest": 9, "dpi": 200, "font": 9, "title": 13, "footer": 7.2},
    "slide": {
        "width": 13.33,
        "height": 7.5,
        "tallest": 7.5,
        "dpi": 144,
        "font": 18,
        "title": 27,
        "footer": 13,
    },
    "phone": {"width": 3.6, "height": 4.8, "tallest": 9, "dpi": 200, "font": 9, "title": 12.5, "footer": 8},
}
_USUAL_FONT = 12  # points: that of the notebook, in which the sizes of lines and markers are thought of
_THICKEST = 22  # points: a bar of the notebook
_BETWEEN = 0.55  # of the font: the white between two rows
# Settings of matplotlib that are in points of the notebook; they grow with the type.
_IN_POINTS = {
    "axes.linewidth": 0.8,
    "axes.titlepad": 6,
    "grid.linewidth": 0.7,
    "hatch.linewidth": 1.0,
    "lines.linewidth": 2,
    "lines.markersize": 6,
    "patch.linewidth": 1.0,
    "xtick.major.pad": 4,
    "ytick.major.pad": 5,
}


def look_of(size: str) -> dict[str, float]:
    """What a size stands for: a row of `SIZES`.

    Raises
    ------
    ValueError
        For another size; the message lists those there are.
    """
    if size not in SIZES:
        raise ValueError(f"no size {size!r}; charts are drawn for a {', a '.join(SIZES)}.")
    return SIZES[size]


@contextmanager
def house(size: str = "notebook") -> Iterator[None]:
    """Draw in the house style inside this context; matplotlib's settings are as before afterwards.

    Examples
    --------
    >>> import matplotlib as mpl
    >>> with house("slide"):
    ...     inside = mpl.rcParams["font.size"]
    >>> inside > mpl.rcParams["font.size"]
    True
    """
    s = look_of(size)
    labels = {"axes.labelsize": s["font"], "xtick.labelsize": s["font"], "ytick.labelsize": s["font"]}
    in_points = {name: points * s["font"] / _USUAL_FONT for name, points in _IN_POINTS.items()}
    settings = {
        "figure.figsize": (s["width"], s["height"]),
        "figure.dpi": s["dpi"],
        "savefig.dpi": "figure",
        "font.family": families(),
        "font.size": s["font"],
        "axes.titlesize": s["font"],
        "legend.fontsize": s["font"],
        **labels,
        **in_points,
    }
    with _ONE_AT_A_TIME, matplotlib.style.context(["default", str(_STYLE_FILE), settings]):
        before = _SIZE.set(size)
        try:
            yield
        finally:
            _SIZE.reset(before)


def drawn_size() -> str:
    """The size that is being drawn: that of the `house` around the call."""
    return _SIZE.get()


def pt(points: float) -> float:
    """A width of a line, a size of a marker or a gap, in points of the notebook, at the size that is being drawn.

    Examples
    --------
    >>> with house("slide"):
    ...     print(pt(2))
    3.0
    """
    return points * SIZES[drawn_size()]["font"] / _USUAL_FONT


def is_narrow(size: str) -> bool:
    """Whether long names leave the bars no room beside them at this size, so that they stand above their bars.

    Examples
    --------
    >>> is_narrow("phone"), is_narrow("report")
    (True, False)
    """
    look = look_of(size)
    return look["width"] * 72 < 36 * look["font"]


def row_height(size: str = "notebook", lines: float = 1) -> float:
    """The height in points of a row of so many lines of text, with the white around it."""
    return look_of(size)["font"] * (_BETWEEN + 1.2 * lines)


def frame_height(size: str) -> float:
    """About the height in points of what stands around the rows: title, subtitle, heads or axis, footer."""
    s = look_of(size)
    return 2.5 * s["title"] + 4.2 * s["font"] + 5 * s["footer"] * (1.5 if is_narrow(size) else 1)


def height_for(rows: float, size: str = "notebook", lines: float = 1) -> float:
    """The height in inches of a chart with so many rows, each of so many lines of text, and its frame.

    Few rows make a low chart. A slide is as high as a screen: `rows_that_fit` says how many it holds.

    Examples
    --------
    >>> height_for(3) < height_for(40), height_for(3, "slide") == height_for(40, "slide") == 7.5
    (True, True)
    """
    s = look_of(size)
    if s["tallest"] == s["height"]:
        return s["height"]
    return max(0.5 * s["height"], (rows * row_height(size, lines) + frame_height(size)) / 72)


def rows_that_fit(size: str = "notebook", lines: float = 1) -> int:
    """How many rows of so many lines of text the tallest chart of this size holds; one at least.

    Examples
    --------
    >>> rows_that_fit("slide") < rows_that_fit("notebook")
    True
    """
    room = look_of(size)["tallest"] * 72 - frame_height(size)
    return max(1, int(room / row_height(size, lines)))


def bar_share(rows: float, size: str = "notebook", lines: float = 1, share: float = 0.74) -> float:
    """How much of a row its bar fills: `share`, or what a bar as thick as bars get takes of a row that is higher.

    For `height=` of `barh`, where rows are 1 apart.

    Examples
    --------
    >>> bar_share(40), bar_share(3, "slide") < 0.5
    (0.74, True)
    """
    room = height_for(rows, size, lines) * 72 - frame_height(size)
    return min(share, _THICKEST * look_of(size)["font"] / _USUAL_FONT / (room / max(rows, 1)))
