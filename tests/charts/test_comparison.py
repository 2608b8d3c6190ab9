"""Shares of GDP and implied baselines, read off the axes and held against the tables."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars
from crowded import SCOPES

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour

RED = colour("emphasis")


def ambition(ds: ma.Dataset) -> pd.DataFrame:
    return ma.ambition(ds, statistics_year=2024, vintage="preliminary", scope=SCOPES)


def baseline(ds: ma.Dataset) -> pd.DataFrame:
    return ma.implied_baseline(ds, base_years=[2021, 2022, 2023])


@pytest.fixture(scope="module")
def shares(ds):
    return ambition(ds)


@pytest.fixture(scope="module")
def baselines(ds):
    return baseline(ds)


@at_each_size(first=0)
def test_ambition_overlaps_nowhere_and_can_be_read(many_targets, size):
    ax = charts.ambition(ambition(many_targets), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


@at_each_size(first=1)
def test_the_baselines_overlaps_nowhere_and_can_be_read(many_targets, size):
    ax = charts.implied_baseline(baseline(many_targets), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_shares_of_gdp_are_the_tables(shares):
    table = shares
    drawn = bars(charts.ambition(table))
    assert sorted(bar.value for bar in drawn) == pytest.approx(
        sorted(table.share_of_gdp_pct[table["rank"].notna()])
    )
    assert {bar.label for bar in drawn if bar.facecolor == RED} == {"Sichuan", "Shandong"}


def test_the_paths_end_at_the_targets(baselines):
    table = baselines
    ax = charts.implied_baseline(table)
    ends = {(line.get_xdata()[-1], line.get_ydata()[-1]) for line in ax.lines if len(line.get_xdata()) == 4}
    assert ends == {(2025, 150), (2026, 100)}
    assert {"98.6", "113.4"} <= {text.get_text() for text in ax.texts}


def test_an_empty_table_of_shares_is_an_error_that_says_so(shares):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.ambition(shares.iloc[:0])


def test_an_empty_table_of_baselines_is_an_error_that_says_so(baselines):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.implied_baseline(baselines.iloc[:0])
