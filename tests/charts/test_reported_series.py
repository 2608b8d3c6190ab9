"""Promised and reported year by year: marks and words against the table."""

import pytest
from chart_checks import words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text


@pytest.fixture(scope="module")
def series():
    return made(ma.reported_series, place="Jiangxi", scope="vr_xr")


def test_series_shows_one_measure_filled_and_the_rest_hollow(series):
    ax = charts.reported_series(series)
    points = [line for line in ax.lines if line.get_marker() == "o"]
    filled = [line for line in points if line.get_markerfacecolor() != "white"]
    revenue = series[(series.record == "reported") & (series.measure == "revenue") & series.whole_year]
    assert filled[0].get_ydata().tolist() == revenue.amount_bn.tolist()
    hollow = series[(series.record == "reported") & ~series.id.isin(revenue.id)]
    assert len(points) - len(filled) == len(hollow)
    text = words(ax)
    assert {"over 50", "80", "47.6 Jan–Aug", "over 60 output", "150, industry scale"} <= set(text)
    joined = [line for line in ax.lines if line.get_marker() == "None"]
    assert [list(line.get_xdata()) for line in joined] == [[2020, 2021], [2021, 2022]]  # no line over 2023


def test_series_says_when_a_target_was_missed(series):
    lower = series.assign(amount_bn=series.amount_bn.where(series.amount_bn != 81.2, 70.0))
    assert "was reported to reach 1 of 2 targets" in alt_text(charts.reported_series(lower))


def test_a_draft_is_called_one(series):
    assert "80 (draft)" in words(charts.reported_series(series.assign(status="draft")))


def test_nothing_to_draw_is_said(series):
    with pytest.raises(ValueError, match="there are figures of: output, revenue"):
        charts.reported_series(series, measure="value_added")
    with pytest.raises(ValueError, match="neither a target nor"):
        made(ma.reported_series, place="Jiangxi", scope="digital_human")
