"""The trail of a standard: its steps, read off the axes and held against the table."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, in_one_line
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts


@at_each_size()
def test_nothing_overlaps_and_all_can_be_read(many_members, size):
    ax = charts.standards_trail(ma.standards_trail(many_members), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 60


def test_trail_tells_each_step_and_confirms_nobody():
    table = made(ma.standards_trail)
    ax = charts.standards_trail(table)
    told = [in_one_line(note.get_text()) for note in ax.texts]
    assert len(told) == len(table)
    for words, what in zip(told, table.what, strict=True):
        assert what in words
    assert any("listed, not confirmed" in words for words in told)
    days = [mark for mark in ax.collections if mark.get_gid() == "day"]
    spans = [line for line in ax.lines if line.get_gid() == "span"]
    assert len(days) == (table.date_precision == "day").sum()
    assert len(spans) == (table.date_precision != "day").sum()
    assert any("September 2024: MIIT" in words and not words[0].isdigit() for words in told)


def test_an_empty_table_says_that_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.standards_trail(made(ma.standards_trail).iloc[:0])
