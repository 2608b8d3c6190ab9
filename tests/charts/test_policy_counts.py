"""Published counts beside ours: read off the axes and held against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, at_each_size, forty, words
from made_once import made

import metaverse_analysis as ma


def test_points_and_ranges():
    table = made(ma.published_counts)
    ax = ma.charts.published_counts(table)
    points = {line.get_ydata()[0]: line for line in ax.lines if line.get_gid() == "published"}
    ranges = next(c for c in ax.collections if c.get_gid() == "ours").get_segments()
    known = table[table.ours_low.notna()]
    assert [(s[0][0], s[1][0]) for s in ranges] == list(zip(known.ours_low, known.ours_high, strict=True))
    assert [s[0][1] for s in ranges] == list(known.index)
    for y, row in enumerate(table.itertuples()):
        assert points[y].get_xdata()[0] == row.published_count
        assert (points[y].get_markerfacecolor() == "white") == pd.isna(row.ours_low)


def test_labels_say_both_numbers_and_the_hedge():
    table = made(ma.published_counts)
    found = words(ma.charts.published_counts(table).figure)
    row = table[table.published_count == 114].iloc[0]
    assert f"about 114; here {row.ours_low}–{row.ours_high}" in found
    assert any(text.startswith("over 30") for text in found)


def test_rules_that_nobody_gave():
    table = made(ma.published_counts)
    unknown = table[table.ours_low.isna()]
    assert any(
        "No published count gives a rule" in t for t in words(ma.charts.published_counts(unknown).figure)
    )


@at_each_size(first=1)
def test_forty_counts_with_long_names(size):
    counts = forty(made(ma.published_counts), "counted_by")
    assert_no_overlap(ma.charts.published_counts(counts, size=size).figure)


def test_nothing_to_draw_is_an_error():
    with pytest.raises(ValueError, match="nothing to draw"):
        ma.charts.published_counts(made(ma.published_counts).iloc[:0])
