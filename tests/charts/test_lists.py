"""What charts that are lists share: letters on a line, rows as high as their words, what fits."""

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from metaverse_analysis.charts.lists import (
    first_and_strong,
    height_around,
    how_many_fit,
    letters_across,
    lines_that_fit,
    stacked_rows,
)
from metaverse_analysis.charts.style import SIZES

WORDS = {"title": "A title of one line", "subtitle": "A subtitle", "footer": "A footer."}


@pytest.mark.parametrize("size", SIZES)
def test_what_fits_makes_a_chart_no_taller_than_the_size(size):
    room = lines_that_fit(size, **WORDS)
    assert height_around(room, size, **WORDS) == pytest.approx(SIZES[size]["tallest"])


def test_a_long_title_leaves_less_room():
    long = WORDS | {"title": "A title that takes several lines on a phone " * 3}
    assert lines_that_fit("phone", **long) < lines_that_fit("phone", **WORDS)


def test_a_callers_axes_hold_what_they_have_room_for():
    _, ax = plt.subplots(figsize=(9, 9))
    _, low = plt.subplots(figsize=(9, 6))
    assert lines_that_fit("notebook", ax, **WORDS) > lines_that_fit("notebook", low, **WORDS) > 10
    for small in ((9, 3), (3, 9)):
        _, ax = plt.subplots(figsize=small)
        with pytest.raises(ValueError, match=r"this chart needs 5.0 by \d.\d at least. Give larger axes"):
            lines_that_fit("notebook", ax, **WORDS)


def test_a_line_holds_the_more_letters_the_wider_it_is():
    assert letters_across(None, "phone") < letters_across(None, "notebook")
    assert letters_across(None, "notebook", 0.5) == pytest.approx(letters_across(None, "notebook") / 2, abs=1)
    _, ax = plt.subplots(figsize=(2, 2))
    assert letters_across(ax, "notebook") < letters_across(None, "phone")
    assert letters_across(ax, "notebook", 0.01) == 8


def test_rows_stand_below_each_other_without_touching():
    places, height = stacked_rows([1, 3, 2], gap=0.5)
    edges = [(y - n / 2, y + n / 2) for y, n in zip(places, [1, 3, 2], strict=True)]
    assert all(after[0] - before[1] == pytest.approx(0.5) for before, after in pairwise(edges))
    assert edges[-1][1] < height
    assert stacked_rows([])[1] == 0


def test_one_row_always_fits():
    assert how_many_fit([5, 5], 1) == 1
    assert how_many_fit([5, 5], 10) == 2
    assert how_many_fit([5, 5], 1, top=7) == 2


def test_what_is_emphasised_is_kept():
    rows = pd.DataFrame({"n": range(4), "strong": [False, False, True, True]})
    assert first_and_strong(rows, 3).n.tolist() == [0, 2, 3]
    assert first_and_strong(rows, 1).n.tolist() == [2, 3]
    assert first_and_strong(rows, 9).n.tolist() == [0, 1, 2, 3]
