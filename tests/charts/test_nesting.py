"""Places inside places, read off the axes and held against the table."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text


@pytest.fixture(scope="module")
def pairs():
    return made(ma.nesting)


@at_each_size(first=1)
def test_nothing_overlaps_and_all_can_be_read(many_targets, size):
    ax = charts.nesting(ma.nesting(many_targets), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_nested_bars_lie_over_their_parents(pairs):
    ax = charts.nesting(pairs)
    drawn = [bar for bar in bars(ax) if bar.label == "Chengdu in Sichuan"]
    assert sorted(bar.value for bar in drawn) == [150, 250]
    henan = [(bar.value, bar.hatch) for bar in bars(ax) if bar.label == "Zhengzhou in Henan"]
    assert (200, "////") in henan and (100, "") in henan
    assert any("twice what all of Henan does" in alt_text(owner) for owner in (ax, ax.figure))


def test_an_empty_table_is_an_error_that_says_so(pairs):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.nesting(pairs.iloc[:0])
