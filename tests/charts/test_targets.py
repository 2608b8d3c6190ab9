"""Market targets, read off the axes and held against the table."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars
from crowded import SCOPES
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text
from metaverse_analysis.charts.palette import colour
from metaverse_analysis.measures.standing import standing

RED = colour("emphasis")


@pytest.fixture(scope="module")
def targets():
    return made(ma.market_targets, scope=tuple(SCOPES), rate_on="2024-01-19")


@at_each_size(first=1)
def test_nothing_overlaps_and_all_can_be_read(many_targets, size):
    ax = charts.market_targets(ma.market_targets(many_targets, scope=SCOPES, rate_on="2024-01-19"), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_bars_of_targets_are_the_standing_rows(targets):
    table = targets
    stand = standing(table)
    drawn = bars(charts.market_targets(table))
    assert sorted(bar.value for bar in drawn) == sorted(stand.amount_cny_bn)
    red = {(bar.label, bar.value) for bar in drawn if bar.facecolor == RED}
    assert red == {("Sichuan", 250), ("Shandong", 150)}
    hatched = sorted((bar.label, bar.value) for bar in drawn if bar.hatch)
    assert hatched == [("Zhengzhou, Henan", 50), ("Zhengzhou, Henan", 200)]
    related = stand[(stand["scope"] == "metaverse_related") & (stand.level == "province")]
    at = [bar.label for bar in drawn]
    expected = related.sort_values("amount_cny_bn", ascending=False).place.tolist()
    assert [label for label in at if label in expected and label not in ("Henan", "Zhejiang")][:4] == expected


def test_labels_carry_hedge_dollars_and_year(targets):
    ax = charts.market_targets(targets)
    words = {text.get_text() for text in ax.texts}
    assert "250 ($34.8 bn)" in words and "about 150 ($20.9 bn)" in words
    assert "over 200 ($27.8 bn), draft" in words and "over 100 ($13.9 bn), by 2026" in words


def test_the_title_names_the_articles_places(targets):
    said = alt_text(charts.market_targets(targets))
    assert "Shanghai promises 350 billion yuan" in said and "Sichuan 250 and Shandong about 150" in said


def test_an_empty_table_is_an_error_that_says_so(targets):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.market_targets(targets.iloc[:0])
