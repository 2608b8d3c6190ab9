"""The house style: the sizes of charts, and the settings in which they are drawn.

Nothing here changes matplotlib's settings for good: the style holds inside the contexts only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import matplotlib.style

from .fonts import families

_STYLE_FILE = Path(__file__).with_name("house.mplstyle")
_ONE_AT_A_TIME = RLock()  # matplotlib's settings are those of all threads

# Width and height in inches, pixels an inch, and font sizes in points: labels, title, footer.
SIZES: dict[str, dict[str, float]] = {
    "notebook": {"width": 8.4, "height": 5.2, "dpi": 100, "font": 12, "title": 17, "footer": 9.5},
    "report": {"width": 6.3, "height": 4.2, "dpi": 200, "font": 9, "title": 13, "footer": 7.2},
    "slide": {"width": 13.33, "height": 7.5, "dpi": 144, "font": 18, "title": 27, "footer": 13},
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
    settings = {
        "figure.figsize": (s["width"], s["height"]),
        "figure.dpi": s["dpi"],
        "savefig.dpi": "figure",
        "font.family": families(),
        "font.size": s["font"],
        "axes.titlesize": s["font"],
        "legend.fontsize": s["font"],
        **labels,
    }
    with _ONE_AT_A_TIME, matplotlib.style.context(["default", str(_STYLE_FILE), settings]):
        yield


def height_for(rows: float, size: str = "notebook", lines: float = 1) -> float:
    """The height in inches of a chart with so many rows, each of so many lines of text, and its frame.

    Never less than the usual height of the size. A slide with many rows becomes taller than a screen: choose fewer.

    Examples
    --------
    >>> height_for(3) == SIZES["notebook"]["height"] < height_for(40)
    True
    """
    s = look_of(size)
    row = s["font"] * (0.55 + 1.2 * lines)
    around = 4 * s["title"] + 4 * s["font"] + 5 * s["footer"]
    return max(s["height"], (rows * row + around) / 72)
