"""The staircase of first moves: what is drawn is what the table says."""

import matplotlib.dates as mdates
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said
from made_once import made
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour

RED = colour("emphasis")


@pytest.fixture
def table():
    return made(ma.policy_timeline)


def chosen(table):
    """The documents below the nation that the staircase is about, with a date."""
    rows = table[(table.record == "document") & table.is_metaverse_specific & table.is_policy]
    return rows[(rows.country_id == "CN") & (rows.level != "country") & rows.last_day.notna()]


def dots(ax, kind):
    """Where the dots of a kind stand: place by its row, and the day."""
    at = {round(note.xy[1]): note.get_text() for note in ax.texts if note.get_gid() == "name"}
    points = [mark.get_offsets()[0] for mark in ax.collections if mark.get_gid() == kind]
    return [(at[round(y)], pd.Timestamp(mdates.num2date(x)).tz_localize(None)) for x, y in points]


@at_each_size(first=1)
def test_nothing_overlaps_and_all_can_be_read(many_documents, size):
    ax = charts.policy_timeline(ma.policy_timeline(many_documents), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


@at_each_size(first=2)
def test_the_packaged_places_overlap_nowhere(table, size):
    ax = charts.policy_timeline(table, size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_an_empty_table_is_told():
    with pytest.raises(ValueError, match="is in the table"):
        charts.policy_timeline(made(ma.policy_timeline).iloc[:0])


def test_every_place_has_a_row_in_the_order_of_its_first_policy(table):
    ax = charts.policy_timeline(table)
    rows = chosen(table)
    issued = rows[rows.status == "issued"].groupby("place", observed=True).last_day.min()
    assert sorted(dots(ax, "issued")) == sorted(issued.items())
    names = [
        note.get_text() for note in sorted(ax.texts, key=lambda note: note.xy[1]) if note.get_gid() == "name"
    ]
    assert set(names) == set(rows.place)
    order = issued.reindex(names).dropna()
    assert order.is_monotonic_increasing


def test_days_that_are_not_known_are_bars(table):
    rows = chosen(table)
    issued = rows[rows.status == "issued"].sort_values("last_day").drop_duplicates("place_id")
    spans = sorted(bar.get_width() for bar in charts.policy_timeline(table).patches)
    days = (issued.last_day - issued.first_day).dt.days
    assert spans == sorted(days[days > 0])


def test_drafts_are_hollow_and_what_came_later_is_small(table):
    ax = charts.policy_timeline(table)
    drafts = dict(dots(ax, "draft"))
    assert {f"{drafts[place]:%Y-%m-%d}" for place in ("Sichuan", "Shandong")} == {"2023-08-16", "2023-09-04"}
    hollow = [mark for mark in ax.collections if mark.get_gid() == "draft"]
    assert {to_hex(mark.get_facecolor()[0]) for mark in hollow} == {"#ffffff"}
    later = dots(ax, "later")
    assert [place for place, _ in later].count("Shanghai") == 2
    assert ("Qiantang", pd.Timestamp("2024-04-30")) in later


def test_a_place_with_a_draft_only_has_a_hollow_dot_and_is_not_counted(table):
    ax = charts.policy_timeline(table)
    assert "Hunan" in dict(dots(ax, "draft")) and "Hunan" not in dict(dots(ax, "issued"))
    drafts = table[(table.status == "draft") | (table.level == "country")]
    proposed = charts.policy_timeline(drafts)
    assert said(proposed, "title").endswith("places propose a metaverse policy, none has issued one")
    assert not dots(proposed, "issued")


def test_names_stand_off_the_plans_line(table):
    ax = charts.policy_timeline(table)
    plan = table[table.is_national_plan.fillna(False) & (table.country_id == "CN")].iloc[0]
    line = next(mark for mark in ax.collections if mark.get_gid() == "plan").get_segments()[0]
    assert line[0][0] == mdates.date2num(plan.first_day)
    sides = {note.get_text(): note.get_ha() for note in ax.texts if note.get_gid() == "name"}
    assert sides["Zhengzhou"] == "right" and sides["Sichuan"] == sides["Baiyun"] == "left"


def test_the_title_counts_places_before_the_plan(table):
    title = said(charts.policy_timeline(table), "title")
    levels = [made(ma.adoption, level=level) for level in ("province", "city", "district", "zone")]
    places = pd.concat(levels).query("stage == 'issued'")  # the undated ones, too: hence "at least"
    before = (places.order_to_plan == "before").sum()
    assert title.startswith(f"At least {before} of {len(places)} places")


def test_what_is_emphasised_can_be_chosen(table):
    def red(**options):
        notes = charts.policy_timeline(table, **options).texts
        return {note.get_text() for note in notes if note.get_gid() == "name" and note.get_color() == RED}

    assert red() == {"Sichuan", "Shandong"}
    assert red(highlight=["Henan", "CN-SH"]) == {"Henan", "Shanghai"}
    assert red(highlight=[]) == set()
    with pytest.raises(ValueError, match="'Atlantis'.*Henan"):
        red(highlight="Atlantis")


def test_the_widest_levels_stay_where_there_is_no_room(table):
    ax = charts.policy_timeline(table, top=8)
    names = {note.get_text() for note in ax.texts if note.get_gid() == "name"}
    assert names == {row.place for row in chosen(table).itertuples() if row.level == "province"} - {"Fujian"}
    assert "Not drawn: 26 more places" in said(ax, "subtitle")


def test_undated_and_national_documents_are_in_the_notes(table):
    notes = charts.notes(charts.policy_timeline(table))
    assert "Jinan" in notes and "without a date" in notes
    assert "Three-Year Action Plan" in notes


def test_small_axes_hold_fewer_places(table):
    figure, axes = plt.subplots(2, 2, figsize=(12, 9))
    charts.policy_timeline(table, ax=axes.flat[0])
    assert_no_overlap(figure)


@pytest.mark.parametrize("shape", [(1, 2), (2, 2)])
def test_small_axes_do_not_stretch_time(table, shape):
    ax = plt.subplots(*shape)[1].flat[0]
    charts.policy_timeline(table, ax=ax)
    ax.figure.draw_without_rendering()
    low, high = mdates.num2date(ax.get_xlim())
    assert high.year - low.year < 50


def test_the_key_has_what_there_is(table):
    def key(rows):
        legend = charts.policy_timeline(rows).get_legend()
        return [text.get_text() for text in legend.get_texts()] if legend else []

    assert key(table) == ["not yet issued", "day unknown", "later documents"]
    plain = table[(table.status == "issued") & (table.first_day == table.last_day)]
    assert key(plain.drop_duplicates("place_id")) == []
