"""The house style: every chart is drawn inside `axes_for`, framed by `frame`, and described by `set_alt_text`.

Nothing here changes matplotlib's settings for good: the style holds inside the contexts only.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib as mpl
import matplotlib.style
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .fonts import cjk_font, families, require_glyphs
from .labels import direct_label, embolden, figure_of, halo, label_bar_ends, lanes
from .layout import FrameText, HouseLayout, fit_axes, frame_parts, visible_texts
from .palette import QUIET_TEXT, TEXT, bar_style, colour, search_style, tint
from .png import with_palette
from .text import hedged, money, number, wrap_label

__all__ = [
    "alt_text",
    "axes_for",
    "bar_style",
    "cjk_font",
    "colour",
    "describe",
    "direct_label",
    "embolden",
    "frame",
    "halo",
    "hatch_draft",
    "hedged",
    "height_for",
    "house",
    "label_bar_ends",
    "lanes",
    "money",
    "number",
    "panels_for",
    "require_glyphs",
    "save",
    "search_style",
    "set_alt_text",
    "show",
    "tint",
    "wrap_label",
]

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
        if not _is_house_figure(figure) or frame_parts(drawn_on):
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


def _is_house_figure(figure: Figure) -> bool:
    return isinstance(figure.get_layout_engine(), HouseLayout)


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


def frame(
    owner: Axes | Figure, *, title: str, subtitle: str | None = None, footer: str | None = None
) -> None:
    """Give a chart its frame: a title that states the finding, measure and unit below it, sources at the foot.

    Inside `axes_for` or `panels_for`. The frame of a chart's own figure stands at the figure's edges; on a caller's
    axes it stands around them. All of it is wrapped by measured width. Calling it again replaces the frame.
    """
    figure = figure_of(owner)
    if isinstance(owner, Axes) and _is_house_figure(figure) and len(figure.axes) == 1:
        owner = figure
    for child in owner.get_children():
        if isinstance(child, FrameText):
            child.remove()
    size = mpl.rcParams["font.size"]
    scale = next((s for s in SIZES.values() if s["font"] == size), SIZES["notebook"])
    looks: dict[str, tuple[str | None, dict[str, Any]]] = {
        "title": (title, {"fontsize": scale["title"], "fontweight": "bold", "color": TEXT}),
        "subtitle": (subtitle, {"fontsize": size, "color": QUIET_TEXT}),
        "footer": (footer, {"fontsize": scale["footer"], "color": QUIET_TEXT}),
    }
    for part, (words, look) in looks.items():
        if words:
            owner.add_artist(FrameText(part, words, **look))


def hatch_draft(bar: Any, hue: str | None = None) -> None:
    """Redraw a bar as a draft: light, hatched, outlined, in its own colour or in `hue`."""
    from matplotlib.colors import to_hex

    bar.set(**bar_style(hue or to_hex(bar.get_facecolor()), "draft"))


# Alt text: what a chart shows, for those who can't see it. Kept beside the artists, not on them.
_ALT_TEXTS: WeakKeyDictionary[Artist, str] = WeakKeyDictionary()


def set_alt_text(owner: Axes | Figure, text: str) -> None:
    """Store what a chart shows, in words: read by `alt_text`, `show` and `save`."""
    if not text.strip():
        raise ValueError(
            "the alt text is empty: say what the chart shows, its largest, its smallest, its finding."
        )
    _ALT_TEXTS[owner] = " ".join(text.split())


def alt_text(owner: Axes | Figure) -> str:
    """The alt text of an axes, or of a figure: its own, or those of its axes in order. Empty if none was set."""
    if owner in _ALT_TEXTS or not isinstance(owner, Figure):
        return _ALT_TEXTS.get(owner, "")
    return " ".join(_ALT_TEXTS[ax] for ax in owner.axes if ax in _ALT_TEXTS)


def describe(
    values: Sequence[float], labels: Sequence[str], what: str, unit: str, finding: str | None = None
) -> str:
    """An alt text: what the chart shows, how many values, the largest and the smallest, the finding.

    Values that are missing are counted as such.

    Examples
    --------
    >>> describe([250, 150], ["Sichuan", "Shandong"], "Bar chart of targets for 2025", "billion yuan")
    'Bar chart of targets for 2025: 2 values. Largest: Sichuan, 250 billion yuan. Smallest: Shandong, 150 billion yuan.'
    """
    given = np.asarray(values, dtype=float)
    known = np.flatnonzero(np.isfinite(given))
    sentences = [f"{what}: {len(known)} value{'s' if len(known) != 1 else ''}"]
    if len(known) < len(given):
        sentences[0] += f" and {len(given) - len(known)} unknown"
    if len(known):
        for word, at in (("Largest", np.argmax), ("Smallest", np.argmin)):
            i = known[at(given[known])]
            sentences.append(f"{word}: {labels[i]}, {number(given[i])} {unit}")
    sentences.append((finding or "").rstrip("."))
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def show(owner: Axes | Figure) -> None:
    """Show a chart as the output of a notebook cell, with its alt text, and close it.

    The picture's bytes repeat on one version of matplotlib, and the alt text is in the output's metadata (for HTML)
    and its plain text. Outside IPython this does nothing; use `save` there.
    """
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return
    if get_ipython() is None:
        return
    figure = figure_of(owner)
    words = alt_text(owner) or alt_text(figure)
    data = {
        "image/png": with_palette(_pixels(figure)),
        "text/plain": words or "A chart without a description.",
    }
    display(data, raw=True, metadata={"image/png": {"alt": words}})
    plt.close(figure)


def save(owner: Axes | Figure, path: str | os.PathLike[str]) -> Path:
    """Write a chart as PNG, SVG or PDF, whole or not at all; the same chart gives the same bytes.

    The alt text goes into the file's metadata. Bytes repeat on one version of matplotlib only.
    """
    target = Path(path)
    kind = target.suffix.lower().lstrip(".")
    if kind not in ("png", "svg", "pdf"):
        raise ValueError(f"can't write a chart as {target.name!r}: end the name in .png, .svg or .pdf.")
    if not target.parent.is_dir():
        raise ValueError(f"can't write {target}: there is no folder {target.parent}; make it first.")
    content = _drawn(figure_of(owner), kind, alt_text(owner))
    descriptor, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(draft, 0o644)
        os.replace(draft, target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return target


def _drawn(figure: Figure, kind: str, words: str = "") -> bytes:
    """The bytes of a picture, without what would differ between two runs (program version, time)."""
    description = words or alt_text(figure) or None
    metadata: dict[str, dict[str, Any]] = {
        "png": {"Software": None, "Description": description},
        "svg": {"Date": None, "Creator": None, "Description": description},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Subject": description},
    }
    buffer = io.BytesIO()
    with house():  # the settings that are read while drawing: fonts in PDF, ids in SVG
        if kind == "png" and isinstance(figure.canvas, FigureCanvasAgg):
            # savefig would draw it twice.
            figure.canvas.print_png(buffer, metadata=metadata[kind])
        else:
            with _laid_out(figure):
                figure.savefig(buffer, format=kind, dpi="figure", metadata=metadata[kind])
    return buffer.getvalue()


def _pixels(figure: Figure) -> np.ndarray:
    """The picture as rows of pixels, as the figure's own canvas draws it, or one in memory if that can't."""
    own = figure.canvas
    canvas = own if isinstance(own, FigureCanvasAgg) else FigureCanvasAgg(figure)
    try:
        with house():
            canvas.draw()
        return np.asarray(canvas.buffer_rgba())
    finally:
        figure.set_canvas(own)


@contextmanager
def _laid_out(figure: Figure) -> Iterator[None]:
    """Lay the figure out as on the screen, and leave it so: another format measures texts a little differently."""
    figure.draw_without_rendering()
    engine = figure.get_layout_engine()
    figure.set_layout_engine("none")
    try:
        yield
    finally:
        figure.set_layout_engine(engine)
