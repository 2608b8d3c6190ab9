"""What the tests of all charts share: reading texts and bars off a figure, and checking that it can be read."""

from collections.abc import Collection
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox
from thorough import MORE

from metaverse_analysis.charts.canvas import axes_for
from metaverse_analysis.charts.footers import TITLE, frame, told
from metaverse_analysis.charts.labels import label_bar_ends
from metaverse_analysis.charts.layout import HouseLayout, frame_parts, visible_texts
from metaverse_analysis.charts.marks import fold, more, name_rows
from metaverse_analysis.charts.palette import bar_style, colour
from metaverse_analysis.charts.style import SIZES, bar_share, height_for, is_narrow
from metaverse_analysis.charts.wording import hedged

TOLERANCE = 1.0  # pixels: extents are rounded to whole pixels
# Width at which a chart is served, and the height of the smallest readable text there, in pixels: in a column of a
# page, and the narrow size on a phone.
IN_A_COLUMN, ON_A_PHONE = (600, 6.8), (360, 11)

LONG_TITLE = (
    "Sichuan and Shandong promised more than any other province, and nobody has said what became of it"
)
SOURCES = (
    "Sources: " + "; ".join(f"notice of the government of province {i}, as reported" for i in range(12)) + "."
)


def at_each_size(*names: str, first: int = 0, elsewhere: Collection[str] = ()) -> pytest.MarkDecorator:
    """Run a test with `size` at every size, for each of some names (as `name`) or once.

    Drawing takes most of the tests' time: the plain run has one size of each, by turns, and none of those names whose
    like it has `elsewhere`; a thorough run has every size of all.
    """
    turns = {name: list(SIZES)[(first + place) % len(SIZES)] for place, name in enumerate(names or ("",))}
    cases = [
        (name, size) if name else (size,)
        for name, size in product(turns, SIZES)
        if MORE > 1 or (turns[name] == size and name not in elsewhere)
    ]
    return pytest.mark.parametrize(["name", "size"] if names else ["size"], cases)


class Bar(NamedTuple):
    label: str
    value: float
    hatch: str
    facecolor: str


def text_boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is drawn and its box in pixels, after laying the figure out."""
    figure.draw_without_rendering()
    if not isinstance(figure.get_layout_engine(), HouseLayout):
        figure.draw_without_rendering()  # a caller's own layout engine makes room on the first pass
    return [(text.get_text(), _box(text)) for text in visible_texts(figure)]


def _box(text: Text) -> Bbox:
    """The box of the words alone, without the arrow of an annotation."""
    if isinstance(text, Annotation):
        text.update_positions(text.get_figure(root=True)._get_renderer())
    return Text.get_window_extent(text)


def words(owner: Axes | Figure) -> list[str]:
    """Every text of a figure or of one axes, each in one line."""
    return [in_one_line(text.get_text()) for text in owner.findobj(Text)]


def in_one_line(text: str) -> str:
    return text.replace("\n", " ")


def said(owner: Axes, part: str) -> str:
    """What the title, the subtitle or the footer of a chart says, before its lines are broken."""
    return frame_parts(owner.get_figure(root=True))[part].source


def assert_no_overlap(figure: Figure) -> None:
    """No two texts overlap and none leaves the figure; a failure names the texts."""
    boxes = text_boxes(figure)
    width, height = figure.bbox.size
    outside = [
        words for words, box in boxes if min(box.x0, box.y0, width - box.x1, height - box.y1) < -TOLERANCE
    ]
    assert not outside, f"texts leave the figure: {outside}"
    words = [text for text, _ in boxes]
    x0, y0, x1, y1 = np.array([box.padded(-TOLERANCE / 2).extents for _, box in boxes]).T
    apart = (x0[:, None] > x1) | (x1[:, None] < x0) | (y0[:, None] > y1) | (y1[:, None] < y0)
    colliding = [(words[a], words[b]) for a, b in np.argwhere(~apart) if a < b]
    assert not colliding, f"texts overlap: {colliding[:9]}"


def assert_readable(figure: Figure) -> None:
    """Every text is still readable when the chart is shown as narrow as it is meant to be."""
    width, smallest = ON_A_PHONE if figure.get_figwidth() < 4 else IN_A_COLUMN
    pixels_a_point = width / figure.get_figwidth() / 72
    small = {
        text.get_text(): round(text.get_fontsize() * pixels_a_point, 1)
        for text in visible_texts(figure)
        if text.get_fontsize() * pixels_a_point < smallest
    }
    assert not small, f"texts are too small at {width} pixels (heights in pixels): {small}"


def bars(ax: Axes) -> list[Bar]:
    """The horizontal bars of an axes with the tick labels beside them, from top to bottom as drawn."""
    names = dict(
        zip(ax.get_yticks().tolist(), (label.get_text() for label in ax.get_yticklabels()), strict=True)
    )
    drawn = [
        (patch.get_y() + patch.get_height() / 2, patch)
        for container in ax.containers
        if isinstance(container, BarContainer)
        for patch in container
    ]
    top_down = sorted(drawn, key=lambda pair: pair[0], reverse=not ax.yaxis_inverted())
    return [
        Bar(
            next((name for tick, name in names.items() if abs(tick - middle) < 1e-6), ""),
            float(patch.get_x() + patch.get_width()),
            patch.get_hatch() or "",
            to_hex(patch.get_facecolor()),
        )
        for middle, patch in top_down
    ]


def ranked_bars(
    rows: int = 5, *, ax: Axes | None = None, size: str = "notebook", title: str = LONG_TITLE
) -> Axes:
    """A chart of made-up names and values; the first row, at the bottom, is a draft."""
    narrow = is_narrow(size)
    names = [f"Autonomous prefecture with a long name, no. {i}" for i in range(rows)]
    table = pd.DataFrame({"place": names, "value": np.arange(1, rows + 1) * 50.0})
    table, left = fold(table, None, size, lines=1 + narrow)
    y, values = range(len(table)), table["value"]
    with axes_for(ax, size, height=height_for(len(table), size, 1 + narrow)) as drawn:
        share = bar_share(len(table), size, 1 + narrow, 0.4 if narrow else 0.74)
        marks = drawn.barh(y, values, height=share, color=colour("plain"))
        marks[0].set(**bar_style(colour("plain"), "draft"))
        label_bar_ends(drawn, marks, [hedged(value, qualifier="over") for value in values])
        name_rows(drawn, y, list(table["place"]), above=narrow, lift=-0.5)
        said = [f"{name} over {value:g}" for name, value in zip(names, values, strict=False)]
        alt = ["Bars of targets", TITLE, told(said)]
        unit = f"Industry scale, billion yuan, 2025 {more(left)}"
        frame(drawn, title=title, subtitle=unit, footer=SOURCES, alt=alt)
    return drawn


def forty(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Forty rows with long names made from a table."""
    many = pd.concat([table] * (40 // len(table) + 1), ignore_index=True).head(40)
    return many.assign(**{column: [f"An Autonomous Region With a Long Name {i}" for i in range(40)]})
