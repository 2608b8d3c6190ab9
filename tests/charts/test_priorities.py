"""The lists of priorities: bars against the table."""

import pytest
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text


def test_fading_has_a_block_for_every_occasion():
    table = made(ma.priorities_by_year)
    figure = charts.priorities_by_year(table)
    for ax, group in zip(figure.axes, ["national", "regional"], strict=True):
        rows = table[table.list_group == group]
        heights = [patch.get_height() for patch in ax.patches]
        assert sum(height > 0 for height in heights) == rows.lists_naming.sum()
        assert sum(height < 0 for height in heights) == rows.lists_not_naming.sum()
    assert "until 2025; every list found for 2026 leaves it out" in alt_text(figure)


def test_nothing_to_draw_is_said():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.priorities_by_year(made(ma.priorities_by_year).iloc[:0])
