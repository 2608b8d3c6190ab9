"""The checks that the tests of all charts share find what is wrong."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, bars, ranked_bars
from matplotlib import pyplot as plt

from metaverse_analysis.charts import palette


def test_the_checks_find_what_is_wrong():
    figure, ax = plt.subplots()
    ax.text(0.5, 0.5, "one")
    ax.text(0.5, 0.5, "other")
    with pytest.raises(AssertionError, match=r"'one', 'other'"):
        assert_no_overlap(figure)
    ax.texts[1].set_position((1.5, 0.5))
    with pytest.raises(AssertionError, match=r"leave the figure: \['other'\]"):
        assert_no_overlap(figure)
    ax.texts[1].set(position=(0.1, 0.1), fontsize=4)
    with pytest.raises(AssertionError, match="too small"):
        assert_readable(figure)


def test_bars_are_read_from_top_to_bottom():
    read = bars(ranked_bars(3))
    assert [bar.value for bar in read] == [150, 100, 50]
    assert read[0].label.endswith("no. 2")
    assert read[0].facecolor == palette.colour("plain") and not read[0].hatch
    assert read[2].facecolor == palette.tint(palette.colour("plain")) and read[2].hatch  # the draft
