"""A chart's sources stand in its footer, once, beside what the footer says otherwise."""

import pytest
from chart_checks import assert_no_overlap
from made_once import packaged

import metaverse_analysis as ma
from metaverse_analysis.charts.labels import figure_of
from metaverse_analysis.charts.layout import frame_parts
from metaverse_analysis.output.gallery import figures_closed


@pytest.fixture(autouse=True)
def closed():
    with figures_closed():
        yield


def footer(owner) -> str:
    return frame_parts(figure_of(owner))["footer"].source


def test_named_once_in_the_place_of_the_general_words():
    ds = packaged()
    table = ma.revisions(ds)
    chart = ma.charts.revisions(table)
    before = footer(chart)
    assert "Sources: " in before
    assert ma.charts.sourced(chart, ma.source_line(ds, table)) is chart
    named = ma.source_line(ds, table).removesuffix(" (ma.cite lists all)")
    assert footer(chart).endswith(f"{named}.") and footer(chart).count("Source") == 1
    assert before.split(" Sources: ")[0] in footer(chart), "what else the footer says stays"
    assert_no_overlap(figure_of(chart))


def test_a_single_source():
    ds = packaged()
    chart = ma.charts.press_article(ma.press_audit(ds))
    ma.charts.sourced(chart, ma.source_line(ds, "theregister-2024-01-23-wg"))
    assert footer(chart).endswith(" Source: The Register.")
