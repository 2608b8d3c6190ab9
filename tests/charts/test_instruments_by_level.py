"""Instruments by level of government: shares worked by hand, and read off the axes."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour

COLUMN = 175.0


@pytest.fixture
def table():
    return made(ma.instrument_counts, by="level", group=True, count="families")


def small():
    """Ten national documents, four of districts and six of zones."""
    rows = [("country", "rules", 8, 10), ("country", "money", 1, 10), ("district", "money", 3, 4),
            ("zone", "money", 3, 6), ("zone", "rules", 1, 6)]  # fmt: skip
    made_up = pd.DataFrame(rows, columns=["level", "instrument_group_label", "families", "all_families"])
    return made_up.assign(source_ids="s")


def shares(ax):
    """The share of each row, from the left to the right column."""
    bars = [bar for container in ax.containers for bar in container]
    rows = {round(bar.get_y() + bar.get_height() / 2) for bar in bars}
    found = {row: [bar for bar in bars if round(bar.get_y() + bar.get_height() / 2) == row] for row in rows}
    return {
        row: [bar.get_width() for bar in sorted(of, key=lambda bar: bar.get_x())] for row, of in found.items()
    }


@at_each_size(first=2)
def test_nothing_overlaps_and_all_can_be_read(table, size):
    figure = charts.instruments_by_level(table, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


@at_each_size(first=0)
def test_all_instruments_overlap_nowhere(size):
    every = made(ma.instrument_counts, by="level")
    figure = charts.instruments_by_level(every, size=size).figure
    assert_no_overlap(figure)


def test_a_bar_is_the_share_of_a_levels_documents_and_zones_are_with_the_districts():
    ax = charts.instruments_by_level(small())
    assert shares(ax) == {0: [80, 10], 1: [10, 60]}  # rules; money: (3 + 3) of (4 + 6)
    assert {"Nation 10", "Districts, zones 10", "80%", "60%"} <= set(words(ax))
    dark = [
        bar.get_width()
        for bars in ax.containers
        for bar in bars
        if to_hex(bar.get_facecolor()) == colour("final")
    ]
    assert dark == [80, 60]


def test_the_title_has_what_the_widest_level_leads_in_and_the_lowest():
    assert said(charts.instruments_by_level(small()), "title") == (
        "Rules are in 80% of national documents, money in 60% of those of districts and zones"
    )
    nation = small()[:2]
    assert said(charts.instruments_by_level(nation), "title") == "Rules: in 80% of national documents"
    districts = small()[2:3]
    assert said(charts.instruments_by_level(districts), "title") == (
        "Money: in 75% of documents of districts and zones"
    )


def test_the_packaged_documents(table):
    ax = charts.instruments_by_level(table)
    nation = table[table.level == "country"].set_index("instrument_group")
    first = shares(ax)[0]
    assert first[0] == pytest.approx(100 * nation.families["rules"] / nation.all_families["rules"])
    assert ax.get_yticklabels()[0].get_text() == "Rules"


def test_few_rows_say_what_is_left_out(table):
    ax = charts.instruments_by_level(table, top=2)
    assert len(shares(ax)) == 2 and "Not drawn: 4 kinds" in said(ax, "subtitle")


def test_nothing_to_draw_is_said(table):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.instruments_by_level(table.iloc[:0])
