"""Promised and reported year by year: marks and words against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, at_each_size, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import QUIET_TEXT, colour


@pytest.fixture(scope="module")
def series():
    return made(ma.reported_series, place="Jiangxi", scope="vr_xr", rate_on="2024-01-19")


def points(ax, hue: str) -> list[float]:
    found = [line for line in ax.lines if line.get_marker() == "o" and line.get_color() == hue]
    return [float(y) for line in found for y in line.get_ydata()]


def test_points_are_one_measure_for_whole_years_and_others_are_grey(series):
    ax = charts.reported_series(series)
    figures = series[(series.record == "reported") & series.whole_year]
    revenue = figures[figures.measure == "revenue"]
    assert points(ax, colour("final")) == revenue.amount_bn.tolist()
    others = figures[~figures.year.isin(revenue.year)]
    assert points(ax, QUIET_TEXT) == others.amount_bn.tolist()
    assert "¥4.2 bn output" in words(ax) and "¥12 bn" in words(ax), "the first one says of what"


def test_years_without_a_figure_are_dotted(series):
    ax = charts.reported_series(series)
    lines = [line for line in ax.lines if line.get_marker() == "None"]
    solid = [list(line.get_xdata()) for line in lines if line.get_linestyle() == "-"]
    dotted = [list(line.get_xdata()) for line in lines if line.get_linestyle() != "-"]
    assert solid == [[2020, 2021], [2021, 2022]]
    assert dotted == [[2022, 2024]]


def test_targets_are_bars_dashed_where_of_another_measure(series):
    ax = charts.reported_series(series)
    targets = series[(series.record == "target") & series.repeats_target_id.isna()]
    bars = [bar for bar in ax.collections if bar.get_gid() == "target"]
    assert [bar.get_segments()[0][0][1] for bar in bars] == targets.amount_bn.tolist()
    solid = [bar.get_linestyle()[0][1] is None for bar in bars]
    assert solid == (targets.measure == "revenue").tolist()
    told = words(ax)
    assert {"target over ¥50 bn", "¥80 bn", "target over ¥100 bn, industry scale"} <= set(told)
    assert "¥150 bn, no figure found" in told


def test_dollars_stand_below_yuan_with_their_rate(series):
    ax = charts.reported_series(series)
    assert "¥81.2 bn ($11 bn)" in words(ax)
    assert said(ax, "subtitle").endswith("dollars at 7.19, 19 January 2024")
    yearly = charts.reported_series(made(ma.reported_series, place="Jiangxi", scope="vr_xr"))
    assert said(yearly, "subtitle").endswith("dollars at the mean rate of each year")


def test_the_title_says_which_targets_were_reached(series):
    assert said(charts.reported_series(series), "title") == (
        "Jiangxi's VR/XR revenue was reported to reach the targets of 2021 and 2022"
    )
    missed = series.assign(reached=series.reached.where(series.year != 2022, "no"))
    assert "was reported to reach 1 of 2 targets, of 2021 and 2022" in said(
        charts.reported_series(missed), "title"
    )
    open_ended = series.assign(reached=None)
    assert "no year has both a target and a reported figure" in said(
        charts.reported_series(open_ended), "title"
    )


def test_a_draft_is_called_one(series):
    assert "¥80 bn, draft" in words(charts.reported_series(series.assign(status="draft")))


def test_amounts_far_apart_stand_on_powers_of_ten_and_all_have_their_words(series):
    times = {2020: 1000.0, 2021: 1e-5, 2024: 1e4}
    apart = series.assign(amount_bn=series.amount_bn * series.year.map(times).fillna(1))
    ax = charts.reported_series(apart)
    assert ax.get_yscale() == "log" and "on a scale of powers of ten" in said(ax, "subtitle")
    assert charts.reported_series(series).get_yscale() == "linear"
    told = {words for words in words(ax) if "¥" in words}
    assert len(told) >= len(points(ax, colour("final"))) + len(points(ax, QUIET_TEXT))
    assert "no room" not in charts.notes(ax)


def test_what_has_no_room_is_counted(series):
    years = pd.concat([series.assign(year=series.year + 7 * n) for n in range(6)], ignore_index=True)
    assert "no room for" in charts.notes(charts.reported_series(years, size="phone"))


@at_each_size(first=3)
def test_nothing_overlaps(series, size):
    assert_no_overlap(charts.reported_series(series, size=size).figure)


@at_each_size()
def test_one_figure_alone(series, size):
    one = series[(series.record == "reported") & (series.year == 2022) & series.whole_year]
    assert_no_overlap(charts.reported_series(one, size=size).figure)


def test_nothing_to_draw_is_said(series):
    with pytest.raises(ValueError, match="there are figures of: output, revenue"):
        charts.reported_series(series, measure="value_added")
    with pytest.raises(ValueError, match="neither a target nor"):
        made(ma.reported_series, place="Jiangxi", scope="digital_human")
    with pytest.raises(ValueError, match="none at all"):
        charts.reported_series(pd.DataFrame(series.iloc[:0]))
