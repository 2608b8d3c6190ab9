"""A chart as a file, or as the output of a notebook cell."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..tables.dataset import Dataset
from ..tables.files import replace_file
from .footers import alt_text, framed, sourced
from .labels import figure_of
from .png import with_palette
from .style import house

_SHARPER = (
    2  # pixels of a notebook's picture for each of those that it is shown in, for screens that have as many
)


class ChartFigure(Figure):
    """A figure that a chart made. In a notebook it shows itself as `show` does, once, with its alt text.

    It needn't be shown: at the end of a cell the notebook shows every figure that is open. Where a notebook has
    windows instead of pictures (`%matplotlib widget`), and outside notebooks, it is a figure like any other.
    """

    def _ipython_display_(self) -> None:
        _publish_inline(self)


class ChartAxes(Axes):
    """The axes of such a figure: alone at the end of a cell, it shows the chart and not its own name."""

    def _ipython_display_(self) -> None:
        _publish_inline(self)


def show(
    owner: Axes | Figure,
    ds: Dataset | None = None,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> None:
    """Show a chart as the output of a notebook cell, with its sources and its alt text, and close it.

    A chart alone at the end of a cell shows itself, too, and its footer says on how many pages it rests; this names
    the outlets. The picture's bytes repeat on one version of matplotlib, and the alt text is in the output's metadata
    and its plain text. Outside IPython nothing is shown; use `save` there.

    Parameters
    ----------
    owner : what a chart function gave.
    ds : the tables that the chart's table was made from: the footer names its sources, and the data's day.
    title, subtitle, footer : other words around it, as for `framed`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> ma.charts.show(ma.charts.revisions(ma.revisions(ds)), ds, title="From draft to final")
    """
    _worded(owner, ds, title, subtitle, footer)
    try:
        from IPython import get_ipython
    except ImportError:
        return
    if get_ipython() is not None:
        _publish(owner)


def save(
    owner: Axes | Figure,
    path: str | os.PathLike[str],
    ds: Dataset | None = None,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
) -> Path:
    """Write a chart as PNG, SVG or PDF, whole or not at all; the same chart gives the same bytes.

    The alt text goes into the file's metadata. Bytes repeat on one version of matplotlib only.

    Parameters
    ----------
    owner : what a chart function gave.
    path : ends in .png, .svg or .pdf; a file that is there is replaced.
    ds : the tables that the chart's table was made from: the footer names its sources, and the data's day.
    title, subtitle, footer : other words around it, as for `framed`.

    Returns
    -------
    The path.

    Raises
    ------
    ValueError
        For another ending, for what is no chart, or if the folder isn't there.

    Examples
    --------
    >>> import tempfile
    >>> import metaverse_analysis as ma
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(ma.charts.save(ma.charts.revisions(ma.revisions(ma.load())), f"{folder}/revisions.svg").name)
    revisions.svg
    """
    target = Path(path)
    kind = target.suffix.lower().lstrip(".")
    if kind not in ("png", "svg", "pdf"):
        raise ValueError(f"can't write a chart as {target.name!r}: end the name in .png, .svg or .pdf.")
    _worded(owner, ds, title, subtitle, footer)
    with replace_file(target, ours=lambda path: True, overwrite=True) as draft:
        draft.write_bytes(_drawn(figure_of(owner), kind, alt_text(owner)))
    return target


def _worded(
    owner: Axes | Figure, ds: Dataset | None, title: str | None, subtitle: str | None, footer: str | None
) -> None:
    """Put the caller's words and sources around a chart; figures that are no charts stay as they are."""
    figure_of(owner)  # or it is told that this is no chart
    if (title, subtitle, footer) != (None, None, None):
        framed(owner, title=title, subtitle=subtitle, footer=footer)
    if ds is not None:
        sourced(owner, ds)


def _publish_inline(owner: Axes | Figure) -> None:
    """Show a chart where notebooks show pictures; leave it to IPython elsewhere."""
    if "inline" not in plt.get_backend():
        raise NotImplementedError
    _publish(owner)


def _publish(owner: Axes | Figure) -> None:
    """Show a chart as the output of a cell, and close it, so that the notebook doesn't show it again."""
    from IPython.display import display

    figure = figure_of(owner)
    words = alt_text(owner) or alt_text(figure)
    data = {
        "image/png": with_palette(pixels(figure, sharper=_SHARPER)),
        "text/plain": words or "A chart without a description.",
    }
    width = round(figure.bbox.width)
    display(data, raw=True, metadata={"image/png": {"alt": words, "width": width}})
    plt.close(figure)


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
            with laid_out(figure):
                figure.savefig(buffer, format=kind, dpi="figure", metadata=metadata[kind])
    return buffer.getvalue()


def pixels(figure: Figure, *, sharper: float = 1) -> np.ndarray:
    """The picture as rows of pixels, as the figure's own canvas draws it, or one in memory if that can't.

    `sharper` is how many times as many pixels an inch it has.
    """
    own, dpi = figure.canvas, figure.dpi
    canvas = own if isinstance(own, FigureCanvasAgg) else FigureCanvasAgg(figure)
    try:
        figure.dpi = dpi * sharper
        with house():
            canvas.draw()
        return np.array(canvas.buffer_rgba())
    finally:
        figure.dpi = dpi
        figure.set_canvas(own)


@contextmanager
def laid_out(figure: Figure) -> Iterator[None]:
    """Lay the figure out as on the screen, and leave it so: another format measures texts a little differently."""
    figure.draw_without_rendering()
    engine = figure.get_layout_engine()
    figure.set_layout_engine("none")
    try:
        yield
    finally:
        figure.set_layout_engine(engine)
