"""The lists of priorities: bars against the table."""

import pytest
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text


def test_fading_has_a_block_for_every_occasion():
    table = made(ma.fading)
    figure = charts.fading(table)
    for ax, group in zip(figure.axes, ["national", "regional"], strict=True):
        rows = table[table.group == group]
        heights = [patch.get_height() for patch in ax.patches]
        assert sum(height > 0 for height in heights) == rows.n_named.sum()
        assert sum(height < 0 for height in heights) == rows.n_not_named.sum()
    assert "until 2025; every list found for 2026 leaves it out" in alt_text(figure)


def test_nothing_to_draw_is_said():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.fading(made(ma.fading).iloc[:0])
