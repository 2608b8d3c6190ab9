"""A sum and its map, read off the axes and held against the tables."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size
from crowded import SCOPES
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour


def add_up(ds: ma.Dataset) -> ma.Total:
    return ma.add_up(
        ma.market_targets(ds, scope=SCOPES, rate_on="2024-01-19"), scope="metaverse_related", year=2025
    )


@pytest.fixture(scope="module")
def total(ds):
    return add_up(ds)


@pytest.fixture(scope="module")
def provinces(ds, total):
    return ma.total_by_province(ds, total)


@at_each_size(first=0)
def test_nothing_overlaps_and_all_can_be_read(many_targets, size):
    ax = charts.total(add_up(many_targets), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_steps_of_the_sum_meet(total):
    ax = charts.total(total)
    steps = [patch for container in ax.containers for patch in container]
    ends = [round(patch.get_x() + patch.get_width(), 6) for patch in steps]
    n = len(total.included)
    assert ends[:n] == total.included.amount_cny_bn.cumsum().tolist() and ends[n] == 1050
    assert [patch.get_x() for patch in steps[1:n]] == ends[: n - 1]
    assert [patch.get_width() for patch in steps[n + 1 :]] == total.excluded.amount_cny_bn.tolist()


def test_the_map_tells_none_found_from_zero_and_from_not_searched(provinces):
    table = provinces.set_index("place")
    assert table.amount_cny_bn.sum() == 1050
    assert table.state[["Shanghai", "Jiangsu", "Henan", "Hebei", "Taiwan"]].tolist() == [
        "own_target", "inside_only", "other_target", "none_found", "not_searched",
    ]  # fmt: skip
    ax = charts.total_map(provinces)
    tiles = {
        (round(p.get_x() + 0.47), round(p.get_y() + 0.47)): p
        for p in ax.patches
        if isinstance(p, Rectangle) and p.get_fill() and p.get_height() > 0.9
    }
    look = {name: tiles[(row.grid_column, row.grid_row)] for name, row in table.iterrows()}
    assert to_hex(look["Hebei"].get_facecolor()) == "#ffffff" and not look["Hebei"].get_hatch()
    assert look["Taiwan"].get_hatch() and to_hex(look["Shanghai"].get_facecolor()) == colour("parent")
    words = [text.get_text() for text in ax.texts]
    assert words.count("350") == 1 and "0" not in words


def test_a_total_with_nothing_in_it_is_an_error(ds):
    empty = ma.add_up(ma.market_targets(ds), scope="metaverse_industry", year=2025)
    with pytest.raises(ValueError, match="nothing in it"):
        charts.total(empty)


def test_an_empty_table_is_an_error_that_says_so(provinces):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.total_map(provinces.iloc[:0])
