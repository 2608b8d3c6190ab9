"""Places inside places, read off the axes and held against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text, notes
from metaverse_analysis.charts.palette import colour


@pytest.fixture(scope="module")
def pairs():
    return made(ma.nesting, rate_on="2024-01-19")


def dots(ax) -> list[tuple[float, str, bool]]:
    """Percentage, colour and whether it is hollow, from the top."""
    found = [line for line in ax.lines if line.get_marker() == "o"]
    rows = sorted(found, key=lambda line: line.get_ydata()[0])
    return [(round(line.get_xdata()[0], 1), to_hex(line.get_markeredgecolor()),
             line.get_markerfacecolor() == "white") for line in rows]  # fmt: skip


def names(ax) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


@at_each_size(first=1)
def test_nothing_overlaps_and_all_can_be_read(many_targets, size):
    ax = charts.nesting(ma.nesting(many_targets), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_a_dot_for_each_target_beside_the_nearest_like_it(pairs):
    like = pairs[pairs["like_for_like"]].sort_values("distance").drop_duplicates("target_id")
    like = like.sort_values(["share_of_parent_pct", "target_id"], ascending=[False, True])
    ax = charts.nesting(pairs, top=7)
    assert len(like) == 7 and len(dots(charts.nesting(pairs))) == 5
    assert [pct for pct, _, _ in dots(ax)] == like["share_of_parent_pct"].round(1).tolist()
    assert names(ax) == (like["place"] + " in " + like["parent_place"]).tolist()
    assert [hollow for _, _, hollow in dots(ax)] == (like["status"] == "draft").tolist()
    assert "over ¥200 bn (draft) of over ¥100 bn, industries driven along" in " ".join(words(ax))
    assert "100%: as much as the place around it" in words(ax)


def test_a_place_is_emphasised_with_the_one_around_it(pairs):
    def red(**keywords):
        ax = charts.nesting(pairs, top=7, **keywords)
        return [
            name for name, (_, hue, _) in zip(names(ax), dots(ax), strict=True) if hue == colour("emphasis")
        ]

    assert red() == ["Jinan in Shandong", "Chengdu in Sichuan", "Qingdao in Shandong"]
    assert red(highlight=["henan"]) == ["Zhengzhou in Henan"] * 2
    assert red(highlight=["CN-SC-chengdu"]) == ["Chengdu in Sichuan"]
    with pytest.raises(ValueError, match="nothing in this chart is called 'Atlantis'"):
        red(highlight="Atlantis")


def test_the_title_says_by_how_much_and_of_what(pairs):
    ax = charts.nesting(pairs)
    title = "Zhengzhou's draft names twice the amount of all of Henan (industries driven along, both “over”)"
    assert said(ax, "title") == title
    assert alt_text(ax).startswith(
        f"Dots of what a place promises, as a percentage of what the place around it does. {title}. Zhengzhou in "
        "Henan: over ¥200 bn (draft) of over ¥100 bn, industries driven along, that is 200%;"
    )
    below = pairs[~pairs["exceeds_parent"].fillna(False)]
    assert said(charts.nesting(below), "title") == (
        "Of one scope and year, no place promises more than the one around it"
    )
    final = pairs[pairs["like_for_like"]].assign(
        status="issued", share_of_parent_pct=150.0, exceeds_parent=True
    )
    assert "Zhengzhou names 1.5 times the amount of" in said(charts.nesting(final), "title")
    assert said(charts.nesting(final), "title").endswith("; so do 5 more places")
    assert "draft" not in " ".join(words(charts.nesting(final)))


def test_the_subtitle_has_dollars_by_one_rate(pairs):
    subtitle = said(charts.nesting(pairs), "subtitle")
    assert subtitle == (
        "Promised market sizes. ¥200 bn is $28 bn at 7.19, 19 January 2024. Red: in Metaverse Post's article"
    )
    without = pairs.assign(amount_usd_bn=float("nan"), rate=float("nan"), rate_date=pd.NA)
    assert "$" not in said(charts.nesting(without), "subtitle")


def test_what_is_unlike_is_told_in_the_notes(pairs):
    words = notes(charts.nesting(pairs))
    assert "such as Weifang's ¥350 bn by 2026 beside Shandong's ¥150 bn by 2025." in words
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.nesting(pairs.assign(like_for_like=False))


def test_the_first_are_drawn_and_the_others_counted(pairs):
    ax = charts.nesting(pairs, top=2)
    assert len(dots(ax)) == 2 and "Not drawn: 5 smaller shares." in said(ax, "footer")
    for wrong in (0, True, 1.5):
        with pytest.raises(ValueError, match="top is how many rows are drawn"):
            charts.nesting(pairs, top=wrong)


def test_one_pair_is_a_low_chart(pairs):
    one = pairs[pairs["place"] == "Chengdu"]
    assert len(dots(charts.nesting(one))) == 1
    assert charts.nesting(one).figure.get_figheight() < 3.5


def test_an_empty_table_is_an_error_that_says_so(pairs):
    for nothing in (pairs.iloc[:0], pairs.assign(amount_cny_bn=pd.NA)):
        with pytest.raises(ValueError, match="nothing to draw"):
            charts.nesting(nothing)
