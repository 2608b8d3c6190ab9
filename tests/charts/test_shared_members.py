"""Who sits in several bodies, read off the axes and held against the table."""

import numpy as np
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, in_one_line
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts


@at_each_size()
def test_nothing_overlaps_and_all_can_be_read(many_members, size):
    ax = charts.shared_seats(ma.shared_seats(many_members), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 60


def test_seats_are_drawn_where_the_table_has_them():
    table = made(ma.shared_seats)
    ax = charts.shared_seats(table)
    heads = [text.get_text() for text in ax.texts]
    names = [in_one_line(label.get_text()).rsplit(", ", 1)[0] for label in ax.get_yticklabels()]
    seats = [patch for patch in ax.patches if patch.get_gid() == "seat"]
    middle = [np.add(patch.get_xy(), 0.36).round().astype(int) for patch in seats]
    drawn = {
        (names[y], heads[x]): bool(patch.get_hatch()) for (x, y), patch in zip(middle, seats, strict=True)
    }
    listed = ~table.confirmed & ~table.disputed
    assert drawn == dict(zip(zip(table.organisation, table.body_short, strict=True), listed, strict=True))


def test_an_empty_table_says_that_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.shared_seats(made(ma.shared_seats).iloc[:0])
