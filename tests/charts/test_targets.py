"""Market targets, read off the axes and held against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars, said, words
from crowded import SCOPES
from made_once import made
from matplotlib import pyplot as plt

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text, notes
from metaverse_analysis.charts.palette import colour

RED, QUIET = colour("emphasis"), colour("quiet")
PANELS = {
    "Unspecified metaverse industry, by 2026": [350, 200, 100],
    "Industries driven along, by 2025": [200, 100, 200],
    "Core metaverse industry, by 2025": [30, 50],
}


@pytest.fixture(scope="module")
def targets():
    return made(ma.market_targets, scope=tuple(SCOPES), rate_on="2024-01-19")


@at_each_size(first=2)
def test_nothing_overlaps_and_all_can_be_read(many_targets, size):
    ax = charts.market_targets(ma.market_targets(many_targets, scope=SCOPES, rate_on="2024-01-19"), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert size != "slide" or ax.figure.get_size_inches().tolist() == [13.33, 7.5]


def test_the_first_block_is_of_the_scope_and_year_that_most_share(targets):
    ax = charts.market_targets(targets)
    drawn = [(bar.label, bar.value) for bar in bars(ax)]
    assert drawn == [
        ("Shanghai", 350), ("Sichuan", 250), ("", 150), ("Suzhou (Jiangsu)", 200), ("", 100), ("Shandong", 150),
        ("", 100), ("Chongqing", 100),
    ]  # fmt: skip
    inside = [text for text in words(ax) if text.startswith("of which")]
    assert inside == [
        "of which Chengdu: ¥150 bn",
        "of which Kunshan: ¥100 bn",
        "of which Jinan: about ¥100 bn",
    ]
    red = [bar.label for bar in bars(ax) if bar.facecolor == RED]
    assert red == ["Sichuan", "Shandong"]
    assert {bar.facecolor for bar in bars(ax) if bar.label not in ("", "Sichuan", "Shandong")} == {QUIET}


def test_each_other_scope_has_a_panel_and_a_scale_of_its_own(targets):
    first, *panels = charts.market_targets(targets).figure.axes
    found = {words(ax)[[text in PANELS for text in words(ax)].index(True)]: ax for ax in panels}
    assert {name: [bar.value for bar in bars(ax)] for name, ax in found.items()} == PANELS
    assert {ax.get_xlim()[1] for ax in panels} == {350, 200, 50} and first.get_xlim()[1] == 350
    driven = bars(found["Industries driven along, by 2025"])
    assert [bool(bar.hatch) for bar in driven] == [False, False, True]
    assert "Zhengzhou alone: over ¥200 bn, draft" in words(found["Industries driven along, by 2025"])


def test_labels_carry_hedge_dollars_and_year(targets):
    said_there = set(words(charts.market_targets(targets).figure))
    assert {"¥250 bn ($35 bn)", "about ¥150 bn ($21 bn)", "over ¥200 bn"} <= said_there


def test_a_panel_is_of_one_measure_and_year(targets):
    """Nanjing's revenue by 2025 isn't drawn on the scale of market sizes by 2026."""
    like = targets["scope"] == "metaverse_industry"
    ax = charts.market_targets(targets[like & targets["place"].isin(["Nanjing", "Jiangning"])])
    assert [bar.label for bar in bars(ax)] == ["Nanjing (Jiangsu)", ""]
    assert {"over ¥135 bn ($19 bn), revenue", "of which Jiangning: ¥20 bn, revenue"} <= set(words(ax))
    drawn = words(charts.market_targets(targets).figure)
    assert not [text for text in drawn if "revenue" in text or "Nanjing" in text]


def test_a_scope_of_unlike_things_has_no_panel(targets):
    unlike = targets.assign(comparable=targets["comparable"] & (targets["scope"] != "metaverse_core"))
    assert "Core metaverse industry, by 2025" not in words(charts.market_targets(unlike).figure)


def test_every_target_is_drawn_or_counted(targets):
    stand = targets[targets["stands"] & targets["amount_cny_bn"].notna()]
    figure = charts.market_targets(targets).figure
    drawn = sum(len(bars(ax)) for ax in figure.axes)
    assert f"Not drawn: {len(stand) - drawn} targets of other kinds or years." in notes(figure)
    assert "yearly steps" in notes(figure)


def test_the_title_has_the_largest_and_those_emphasised(targets):
    def title(**keywords):
        return said(charts.market_targets(targets, **keywords), "title")

    start = "Shanghai promised 350 billion yuan of metaverse-related industries by 2025"
    assert title() == f"{start}, Sichuan 250, Shandong about 150"
    assert title(highlight=[]) == start
    assert title(highlight=["suzhou", "CN-CQ"]) == f"{start}, Suzhou 200, Chongqing about 100"
    with pytest.raises(
        ValueError,
        match=r"nothing in this chart is called 'Atlantis': leave it out, highlight one of .*Sichuan.* for none",
    ):
        charts.market_targets(targets, highlight="Atlantis")
    assert alt_text(charts.market_targets(targets)).startswith(
        f"Bars of promised metaverse-related industries. {start}"
    )


def test_the_subtitle_says_what_is_red_and_at_which_rate(targets):
    words = said(charts.market_targets(targets, highlight="Suzhou"), "subtitle")
    assert words == "Yuan; dollars at 7.19, 19 January 2024. Red: Suzhou"
    assert "Red" not in said(charts.market_targets(targets, highlight=[]), "subtitle")


def test_of_drafts_it_says_propose(targets):
    drafts = targets[targets["place"].isin(["Henan", "Zhengzhou"])].assign(status="draft")
    core = drafts[drafts["scope"] == "metaverse_core"]
    assert said(charts.market_targets(core), "title").startswith(
        "Zhengzhou proposes, in a draft, over 50 billion yuan"
    )
    tied = said(charts.market_targets(core.assign(amount_cny_bn=50.0)), "title")
    assert tied.startswith("Zhengzhou and Henan propose over 50 billion yuan") and tied.endswith(" each")


def test_of_many_places_the_first_are_drawn_and_the_others_counted(targets):
    ax = charts.market_targets(targets, top=2)
    assert [bar.label for bar in bars(ax)] == ["Shanghai", "Sichuan", ""]
    assert "and 5 more" in words(ax) and "Not drawn: 5 more places and" in notes(ax)


def test_one_target_is_a_low_chart(targets):
    one = targets[targets["target_id"] == "cn-sc-2023-final-market-scale"]
    ax = charts.market_targets(one)
    assert ax.figure.get_figheight() < 4 and len(ax.figure.axes) == 1
    assert said(ax, "title") == "Sichuan promised 250 billion yuan of metaverse-related industries by 2025"


def test_on_the_callers_axes_the_first_block_stands_alone(targets):
    figure, ax = plt.subplots(figsize=(9, 6))
    assert charts.market_targets(targets, ax=ax) is ax and figure.axes == [ax]
    assert_no_overlap(figure)


def test_on_small_axes_the_first_places_stand_or_it_says_what_it_needs(targets):
    figure, axes = plt.subplots(2, 2, figsize=(13, 8))
    ax = charts.market_targets(targets, ax=axes[0, 0])
    assert (
        bars(ax)[0].label == "Shanghai"
        and len(bars(ax)) < 8
        and "more" in words(ax)[-1] + " ".join(words(ax))
    )
    assert_no_overlap(figure)
    with pytest.raises(ValueError, match="inches wide"):
        charts.market_targets(targets, ax=plt.subplots(5, 5)[1][0, 0])


def test_an_empty_table_is_an_error_that_says_so(targets):
    for nothing in (targets.iloc[:0], targets.assign(stands=pd.NA)):
        with pytest.raises(ValueError, match="nothing to draw"):
            charts.market_targets(nothing)
