"""Where words go: apart from each other, beside their marks, in their order."""

import numpy as np
import pandas as pd
from chart_checks import assert_no_overlap
from hypothesis import given, strategies as st

from metaverse_analysis.charts import canvas, footers, labels
from metaverse_analysis.charts.labels import spread


def test_labels_of_crowded_lines_are_moved_apart_in_order():
    ends = np.array([10, 10.5, 11, 30, 30, 60])
    with canvas.axes_for(grid=None) as ax:
        ax.set(ylim=(0, 65), yticks=[])
        ax.plot([0, 1], [ends / 2, ends])
        notes = labels.direct_label(ax, 1, ends, [f"province {i} with its name" for i in range(6)])
        footers.frame(ax, title="Title")
    assert_no_overlap(ax.figure)
    heights = [note.get_window_extent().y0 for note in notes]
    assert heights == sorted(heights)
    assert all(note.arrow_patch.get_visible() for note in notes)


def test_labels_that_have_room_stay_where_they_are_without_a_line():
    with canvas.axes_for(grid=None) as ax:
        ax.set(ylim=(0, 65), yticks=[])
        notes = labels.direct_label(ax, 1, [10, 30], ["one", "other"])
    ax.figure.draw_without_rendering()
    assert [(note.xyann[1], note.arrow_patch.get_visible()) for note in notes] == [(0, False)] * 2


def test_labels_stand_at_dates():
    days = pd.to_datetime(["2023-09-15", "2023-09-20"])
    with canvas.axes_for(grid=None) as ax:
        ax.plot(days, [1, 1], "o")
        labels.direct_label(ax, days, [1, 1], ["first plan", "second plan"])
    assert_no_overlap(ax.figure)


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(1, 20)), min_size=1, max_size=20),
)
def test_spread_never_overlaps_and_keeps_the_order(labels):
    anchors, heights = np.array(labels).T
    centres = spread(anchors, heights, 0, 1000)
    order = np.argsort(anchors, kind="stable")
    gaps = np.diff(centres[order]) - (heights[order][1:] + heights[order][:-1]) / 2
    assert (gaps > -1e-6).all()
    assert (centres - heights / 2 > -1e-6).all()


def test_spread_leaves_labels_that_have_room():
    assert spread(np.array([50.0, 10.0]), np.array([8.0, 8.0]), 0, 100).tolist() == [50, 10]


def test_lanes_keep_intervals_apart():
    assert labels.lanes([0, 1, 2, 10], [5, 3, 9, 11]) == [0, 1, 2, 0]
