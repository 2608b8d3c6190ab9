"""The adoption: what is drawn is what the table says."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size
from made_once import made
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis import charts


@at_each_size(first=2)
def test_nothing_overlaps_and_all_can_be_read(many_documents, size):
    ax = charts.adoption(ma.adoption(many_documents, level="province"), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 80


def test_an_empty_table_is_told():
    with pytest.raises(ValueError, match="is in the table|nothing to draw"):
        charts.adoption(
            pd.concat([made(ma.adoption, level=level) for level in ("province", "city", "district")]).iloc[:0]
        )


def test_the_steps_are_the_numbers_of_the_table():
    table = made(ma.adoption, level="province")
    ax = charts.adoption(table)
    line = max(ax.get_lines(), key=lambda line: len(line.get_xdata()))
    issued = table[(table.stage == "issued") & table.dated]
    assert list(line.get_ydata())[1:-1] == issued.number.tolist()
    assert [pd.Timestamp(day) for day in line.get_xdata()[1:-1]] == issued.last_day.tolist()
    drafts = table[(table.stage == "draft") & table.dated]
    hollow = [points for points in ax.collections if len(points.get_offsets()) == len(drafts)]
    assert any(to_hex(points.get_facecolor()[0]) == "#ffffff" for points in hollow)
    assert any(
        f"{issued.share_pct.max():.0f}% of {issued.searched.iloc[0]}" in text.get_text() for text in ax.texts
    )
