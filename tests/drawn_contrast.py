"""Contrast as a reader sees it: of each word against what lies behind it, of each mark against white."""

from collections.abc import Iterator

import colorspacious
import numpy as np
import wcag_contrast_ratio
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from metaverse_analysis.charts.layout import visible_texts
from metaverse_analysis.charts.palette import GRID

WHITE = (1.0, 1.0, 1.0)
OF_WORDS, OF_MARKS = 4.5, 3.0  # WCAG 2.1, criteria 1.4.3 and 1.4.11
SLACK = 0.03  # what rounding to a byte makes of it
SEEN = (None, "deuteranomaly", "protanomaly", "tritanomaly")


def contrast(one: tuple, other: tuple) -> float:
    """The least contrast, by whomever they are seen; it is one of luminance, so it is that of grey print, too."""
    return min(wcag_contrast_ratio.rgb(as_seen(one, by), as_seen(other, by)) for by in SEEN)


def as_seen(hue: tuple, deficiency: str | None) -> tuple:
    if deficiency is None:
        return hue
    space = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
    return tuple(np.clip(colorspacious.cspace_convert(hue, space, "sRGB1"), 0, 1))


def weak_words(figure: Figure) -> dict[str, float]:
    """The words that don't stand out from what is drawn behind them, with the contrast that they have."""
    figure.draw_without_rendering()
    texts = visible_texts(figure)
    boxes = [Text.get_window_extent(text) for text in texts]
    shown = [text.get_visible() for text in texts]
    for text in texts:
        text.set_alpha(0)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    behind = np.asarray(canvas.buffer_rgba())[..., :3] / 255
    for text, visible in zip(texts, shown, strict=True):
        text.set_alpha(None)
        text.set_visible(visible)
    height = len(behind)
    found = {}
    for text, box in zip(texts, boxes, strict=True):
        rows = slice(max(0, int(height - box.y1)), max(1, int(height - box.y0)))
        area = behind[rows, max(0, int(box.x0)) : max(1, int(box.x1))].reshape(-1, 3)
        ground = WHITE if text.get_path_effects() or not len(area) else usual(area)
        ratio = contrast(to_rgb(text.get_color()), ground)
        if ratio < OF_WORDS - SLACK:
            found[text.get_text()] = round(float(ratio), 2)
    return found


def usual(area: np.ndarray) -> tuple:
    """The colour that most of an area has."""
    colours, counts = np.unique(np.rint(area * 255).astype(int), axis=0, return_counts=True)
    return tuple(colours[counts.argmax()] / 255)


def weak_marks(figure: Figure) -> dict[str, float]:
    """The marks of which neither the area nor the outline stands out from white; the grid is meant to be quiet."""
    found = {}
    for kind, hues in marks(figure):
        given = [to_rgba(hue) for hue in hues]
        strong = [hue[:3] for hue in given if hue[3] > 0.5]
        if not strong or all(to_hex(hue) in (GRID, "#ffffff") for hue in strong):
            continue
        ratio = max(contrast(hue, WHITE) for hue in strong)
        if ratio < OF_MARKS - SLACK:
            found[f"{kind} {' '.join(map(to_hex, strong))}"] = round(float(ratio), 2)
    return found


def marks(figure: Figure) -> Iterator[tuple[str, list]]:
    for ax in figure.axes:
        for artist in [*ax.get_children(), *_of_legends(ax)]:
            if not artist.get_visible() or artist is ax.patch:
                continue
            if isinstance(artist, Patch) and artist not in ax.spines.values():
                yield "patch", [artist.get_facecolor(), artist.get_edgecolor()]
            elif isinstance(artist, Line2D):
                if artist.get_linestyle() not in ("None", "none", ""):
                    yield "line", [artist.get_color()]
                if artist.get_marker() not in ("None", "none", "", None):
                    yield "marker", [artist.get_markerfacecolor(), artist.get_markeredgecolor()]
            elif isinstance(artist, Collection):
                faces, edges = artist.get_facecolor(), artist.get_edgecolor()
                for i in range(max(len(faces), len(edges))):
                    yield "collection", [c[i % len(c)] for c in (faces, edges) if len(c)]


def _of_legends(ax) -> list:
    legends = [child for child in ax.get_children() if isinstance(child, Legend)]
    return [handle for legend in legends for handle in legend.legend_handles if handle is not None]
