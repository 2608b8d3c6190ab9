"""What came of what was foreseen: dots and words against the table, at every size."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts


@pytest.fixture(scope="module")
def table():
    return made(ma.forecast_check, today="2026-11-23")


def dots(ax) -> list:
    return [line for line in ax.lines if line.get_gid() == "came"]


def of(*shares: float, publisher: str = "A firm") -> pd.DataFrame:
    found = pd.DataFrame({"share_of_forecast_pct": shares})
    return found.assign(
        forecast_id=[f"f{n}" for n in found.index], publisher=publisher, scope_words="VR", unit="billion USD",
        qualifier="exact", outcome_id="o", outcome_unit="billion CNY", outcome_qualifier="over", target_year=2023,
        outcome_measure_label="industry scale", outcome_words="VR", source_ids="s1", value=100.0, outcome_value=70.0,
        value_usd_bn=100.0, outcome_usd_bn=10.0,
    )  # fmt: skip


def test_a_dot_for_each_figure_at_its_share_of_the_forecast(table):
    ax = charts.forecast_check(table)
    rows = table[table.share_of_forecast_pct.notna()]
    rows = rows.sort_values(["target_year", "share_of_forecast_pct"], ascending=[True, False])
    assert [line.get_xdata()[0] for line in dots(ax)] == rows.share_of_forecast_pct.tolist()
    hollow = [line.get_markerfacecolor() == "white" for line in dots(ax)]
    assert hollow == (rows.outcome_measure_label != "industry scale").tolist()
    told = words(ax)
    assert "Research and Markets foresaw $106.1 bn for 2023" in told and "¥76.6 bn ($11 bn)" in told
    heads = [text for text in told if " foresaw " in text]
    assert len(heads) == rows.forecast_id.nunique(), "each forecast once"


def test_yuan_have_dollars_beside_them(table):
    ax = charts.forecast_check(table)
    assert "MIIT foresaw ¥54.5 bn ($8.4 bn) for 2021" in words(ax)
    assert said(ax, "subtitle").endswith("dollars at the mean rate of the year")
    assert not [text for text in words(ax) if "¥" in text and "($" not in text]


def test_forecasts_without_a_figure_are_named_and_counted(table):
    ax = charts.forecast_check(table)
    alone = table[table.share_of_forecast_pct.isna()].drop_duplicates("forecast_id")
    told = charts.notes(ax)
    assert f"{len(alone)} more forecasts have no figure" in words(ax)
    assert all(f"{row.publisher} for {row.target_year}" in told for row in alone.itertuples())
    n = table.forecast_id.nunique()
    assert said(ax, "title").startswith(
        f"Of {n} forecasts that are due, {n - len(alone)} have a figure beside them"
    )


@pytest.mark.parametrize(
    ("shares", "title"),
    [
        ((50.0,), "Of 1 forecast that is due, 1 has a figure beside it: 50% of what was foreseen"),
        (
            (50.0, 9.6),
            "Of 2 forecasts that are due, 2 have a figure beside them: 10% to 50% of what was foreseen",
        ),
        (
            (50.0, float("nan")),
            "Of 2 forecasts that are due, 1 has a figure beside it: 50% of what was foreseen",
        ),
    ],
)
def test_titles(shares, title):
    assert said(charts.forecast_check(of(*shares)), "title") == title


def test_what_does_not_fit_is_counted():
    ax = charts.forecast_check(of(*range(10, 60, 10)), top=2)
    assert len(dots(ax)) == 2 and "and 3 more" in words(ax)


@at_each_size()
def test_shares_far_apart_have_room_for_their_words(size):
    figure = charts.forecast_check(of(0.0002, 3.0, 90.0, 101.0, 4e5), size=size).figure
    assert_no_overlap(figure)
    assert "4,000 times" in words(figure)


@at_each_size(first=2)
def test_the_packaged_forecasts(table, size):
    figure = charts.forecast_check(table, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


@at_each_size()
def test_forty_forecasts_of_firms_with_long_names(size):
    many = of(*[10.0 ** (n % 6) for n in range(40)], publisher="A Research Firm With a Very Long Name Indeed")
    assert_no_overlap(charts.forecast_check(many, size=size).figure)


def test_nothing_to_draw_is_said(table):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.forecast_check(table.iloc[:0])
