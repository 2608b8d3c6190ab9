"""A chart as a file, or as the output of a notebook cell."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .footers import alt_text
from .labels import figure_of
from .png import with_palette
from .style import house


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
