"""Charts for a page: words stay words, ids are a chart's own, what names it is there, the same each time."""

import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pytest
from chart_checks import ranked_bars
from matplotlib.patheffects import withStroke

from metaverse_analysis.charts.footers import alt_text
from metaverse_analysis.charts.web import for_page, picture, title_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn():
    chart = ranked_bars()
    chart.text(0.5, 0.5, "outlined & <so>", path_effects=[withStroke(linewidth=2.5, foreground="white")])
    text, png = for_page(chart, "ranked")
    yield chart, ElementTree.fromstring(text), text, png
    plt.close(chart.figure)


def test_is_named_for_those_who_cannot_see_it(drawn):
    chart, svg, _, _ = drawn
    assert svg.get("role") == "img"
    named = {
        element.get("id"): element.text for element in svg if element.tag in (f"{SVG}title", f"{SVG}desc")
    }
    assert named == {"ranked-title": title_of(chart), "ranked-words": alt_text(chart)}
    assert {svg.get("aria-labelledby"), svg.get("aria-describedby")} == set(named)


def test_words_are_text_in_the_house_font(drawn):
    _, svg, text, _ = drawn
    words = {element.text for element in svg.iter(f"{SVG}text")}
    assert "outlined & <so>" in words and len(words) > 5
    assert svg.get("font-family").startswith("'Source Sans Pro'") and text.count("Source Sans Pro") == 1
    outlined = next(e for e in svg.iter(f"{SVG}text") if e.text == "outlined & <so>")
    assert "paint-order: stroke; stroke: white; stroke-width: 2.5" in outlined.get("style")


def test_every_id_is_its_own_and_used(drawn):
    _, svg, text, _ = drawn
    ids = [element.get("id") for element in svg.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) and all(one.startswith("ranked-") for one in ids)
    used = set(re.findall(r"url\(#([^)]+)\)", text)) | {
        href.removeprefix("#") for element in svg.iter() if (href := element.get("href"))
    }
    assert used <= set(ids)
    assert set(ids) - used == {"ranked-title", "ranked-words"}


def test_leaves_the_chart_as_it_was_and_repeats(drawn):
    chart, _, text, png = drawn
    assert for_page(chart, "ranked") == (text, png)
    assert next(t for t in chart.texts if t.get_path_effects()).get_gid() is None
    assert picture(chart)[:4] == b"\x89PNG"
