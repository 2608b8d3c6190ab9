"""The adoption: what is drawn is what the table says."""

import matplotlib.dates as mdates
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said
from made_once import made
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour


@pytest.fixture(scope="module")
def levels():
    return pd.concat([made(ma.adoption, level=level) for level in ("province", "city")])


def heads(ax):
    return [text.get_text() for text in ax.texts if text.get_gid() == "level"]


@at_each_size(first=2)
def test_nothing_overlaps_and_all_can_be_read(many_documents, size):
    ax = charts.adoption(ma.adoption(many_documents, level="province"), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


@at_each_size(first=3)
def test_two_levels_overlap_nowhere(levels, size):
    ax = charts.adoption(levels, size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_an_empty_table_is_told(levels):
    with pytest.raises(ValueError, match="is in the table"):
        charts.adoption(levels.iloc[:0])


def test_each_place_stands_at_the_last_day_of_its_date(levels):
    ax = charts.adoption(levels)
    issued = levels[(levels.stage == "issued") & levels.dated]
    points = [mark.get_offsets()[0] for mark in ax.collections if mark.get_gid() == "issued"]
    assert [x for x, _ in points] == mdates.date2num(issued.last_day).tolist()
    names = [text.get_text() for text in ax.texts if text.get_gid() == "name"]
    assert names == issued.place.tolist()
    bars = sorted(bar.get_width() for bar in ax.patches)
    days = (issued.last_day - issued.first_day).dt.days
    assert bars == sorted(days[days > 0])


def test_drafts_are_hollow(levels):
    ax = charts.adoption(levels)
    hollow = [mark for mark in ax.collections if mark.get_gid() == "draft"]
    days = {mark.get_offsets()[0][0] for mark in hollow}
    dated = levels[levels.dated].set_index("place_id")
    drafts = dated[dated.stage == "draft"]
    final = dated[dated.stage == "issued"].first_day.reindex(drafts.index)
    known = drafts[drafts.last_day <= final]  # a draft known by year only may seem younger than its final
    assert days == set(mdates.date2num(known.last_day))
    assert {to_hex(mark.get_facecolor()[0]) for mark in hollow} == {"#ffffff"}


def test_a_level_says_how_many_of_those_searched(levels):
    provinces = levels[(levels.level == "province") & (levels.stage == "issued") & levels.dated]
    share = f"{provinces.share_pct.max():.0f}% of {provinces.searched.iloc[0]} searched"
    assert heads(charts.adoption(levels)) == [
        f"Provinces: {len(provinces)}, {share}",
        "Cities: 9, and 1 undated",
    ]


def test_the_title_says_at_least_where_a_date_is_open(levels):
    assert said(charts.adoption(levels), "title") == (
        "At least 3 of 8 provinces and 7 of 10 cities with a metaverse policy were ahead of the nation"
    )
    sure = levels[levels.order_to_plan != "unknown"]
    assert said(charts.adoption(sure), "title").startswith("3 of 6 provinces and 7 of 9 cities")
    assert "Jinan" in charts.notes(charts.adoption(levels))


def test_the_earliest_stay_where_there_is_no_room(levels):
    ax = charts.adoption(levels, top=2)
    names = [text.get_text() for text in ax.texts if text.get_gid() == "name"]
    assert names == ["Shanghai", "Henan", "Xiamen", "Wuhan"]
    assert "Not drawn: 13 more places" in said(ax, "subtitle")


def test_what_is_emphasised_can_be_chosen(levels):
    def red(**options):
        texts = charts.adoption(levels, **options).texts
        return {text.get_text() for text in texts if text.get_color() == colour("emphasis")}

    assert red() == {"Sichuan", "Shandong"}
    assert red(highlight="Wuhan") == {"Wuhan"}


def test_drafts_alone_are_told_as_proposals(levels):
    drafts = levels[levels.stage == "draft"]
    ax = charts.adoption(drafts)
    n = drafts.place_id.nunique()
    assert said(ax, "title") == f"{n} places propose a metaverse policy, none has issued one"
    assert {mark.get_gid() for mark in ax.collections} <= {"draft", "plan"}
    one = levels[(levels.place == "Henan") & (levels.stage == "issued")]
    assert (
        said(charts.adoption(one), "title")
        == "1 of 1 province with a metaverse policy was ahead of the nation"
    )


def test_on_a_slide_the_widest_level_has_all_its_places(levels):
    ax = charts.adoption(levels, size="slide")
    names = [text.get_text() for text in ax.texts if text.get_gid() == "name"]
    assert names == levels[(levels.level == "province") & (levels.stage == "issued")].place.tolist()
    assert "Not drawn: 9 more places" in said(ax, "subtitle")
