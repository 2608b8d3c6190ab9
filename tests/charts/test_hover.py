"""What marks say when a pointer rests on them: in the drawing of a page, and nowhere else."""

import io
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pytest

from metaverse_analysis.charts.hover import hover, told
from metaverse_analysis.charts.web import for_page

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


def titles(ax) -> list[tuple[str, int]]:
    """The words of the marks in a page's drawing, each with the number of shapes that say them."""
    svg = ElementTree.fromstring(for_page(ax, "x")[0])
    shapes = {f"{SVG}path", f"{SVG}use"}
    return [
        (group[0].text, sum(one.tag in shapes for one in group.iter()))
        for group in svg.iter(f"{SVG}g")
        if len(group) and group[0].tag == f"{SVG}title"
    ]


def test_each_mark_says_its_own_words(ax):
    hover(ax.barh([0, 1], [2, 3]), ["Sichuan <1> & 2", "Shandong"])
    hover(ax.plot([1, 2], [0, 1], "o"), "a line of two")
    (line,) = ax.plot([1, 2, 3], [0.5, 0.5, 0.5], "o")
    hover(line, ["first", "second", "third"])
    hover(ax.scatter([1, 2], [1, 1]), ["a", "b"])
    hover(ax.vlines([1, 2], 0, 1), ["left", "right"])
    found = dict(titles(ax))
    assert found.pop("a line of two") == 2
    assert set(found) == {
        "Sichuan <1> & 2",
        "Shandong",
        "first",
        "second",
        "third",
        "a",
        "b",
        "left",
        "right",
    }
    assert set(found.values()) == {1}


def test_the_drawing_repeats_and_the_chart_is_left_alone(ax):
    (bar,) = hover(ax.barh([0], [2]), "Sichuan")
    points = hover(ax.scatter([1], [1]), ["a"])
    first, _ = for_page(ax, "x")
    assert for_page(ax, "x")[0] == first and "<a" not in first and "told-" not in first
    assert bar.get_url() is None and points.get_urls() == [None]
    saved = io.StringIO()
    ax.figure.savefig(saved, format="svg")
    assert "Sichuan" not in saved.getvalue()


def test_one_text_for_each_mark(ax):
    with pytest.raises(ValueError, match="zip"):
        hover(ax.barh([0, 1], [2, 3]), ["only one"])
    with told(ax.figure) as words:
        assert words == {}
