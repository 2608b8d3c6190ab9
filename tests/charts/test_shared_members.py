"""Who sits in several bodies, read off the axes and held against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour


def seats(ax, kind: str) -> int:
    return sum(line.get_gid() == kind for line in ax.lines)


@at_each_size()
def test_nothing_overlaps_and_all_can_be_read(many_members, size):
    ax = charts.shared_seats(ma.shared_seats(many_members), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 60


def test_a_square_for_each_seat_of_those_in_three_bodies_or_more():
    table = made(ma.shared_seats)
    ax = charts.shared_seats(table, top=100)
    many = table[table.bodies > 2]
    assert seats(ax, "confirmed") == (many.confirmed & ~many.disputed).sum()
    assert seats(ax, "listed") == (~many.confirmed & ~many.disputed).sum()
    assert seats(ax, "disputed") == many.disputed.sum()
    told = words(ax)
    huawei = table[table.organisation_id == "huawei"]
    assert ", ".join(huawei.body_short) in told
    pairs = table[table.bodies == 2].organisation.unique()
    assert f"More sit in several bodies: {len(pairs)} in two" in told
    assert all(name in charts.notes(ax) for name in pairs)


def test_where_enough_sit_in_four_bodies_those_in_three_are_counted_and_named_in_the_notes():
    table = made(ma.shared_seats)
    ax = charts.shared_seats(table)
    who = table.drop_duplicates("organisation_id")
    own, three, two = (
        who[which].organisation for which in (who.bodies > 3, who.bodies == 3, who.bodies == 2)
    )
    told = words(ax)
    assert set(own) <= set(told) and not set(three) & set(told)
    assert f"More sit in several bodies: {len(three)} in three, {len(two)} in two" in told
    assert all(name in charts.notes(ax) for name in three)
    assert three.iloc[0] in words(charts.shared_seats(table, highlight=three.iloc[0])), (
        "emphasised, it has a row"
    )


def test_where_all_sit_in_two_they_have_rows():
    table = made(ma.shared_seats)
    ax = charts.shared_seats(table[table.bodies == 2])
    assert not any(text.endswith("in two bodies") for text in words(ax))
    assert seats(ax, "confirmed") + seats(ax, "listed") >= 4


def test_organisations_are_emphasised_by_name():
    ax = charts.shared_seats(made(ma.shared_seats), highlight="tencent holdings")
    strong = {text.get_text() for text in ax.texts if text.get_color() == colour("emphasis")}
    assert strong == {"Tencent Holdings"}
    with pytest.raises(ValueError, match="Huawei"):
        charts.shared_seats(made(ma.shared_seats), highlight="Nobody")


def test_the_title_names_the_first_or_counts_several():
    table = made(ma.shared_seats)
    assert said(charts.shared_seats(table), "title").startswith("Huawei Technologies is named in")
    even = table[table.bodies == 3]
    n = even.organisation_id.nunique()
    assert (
        said(charts.shared_seats(even), "title")
        == f"{n} organisations sit in several bodies, {n} of them in 3"
    )


def test_what_does_not_fit_is_counted():
    table = made(ma.shared_seats)
    many = table[table.bodies > 2].organisation_id.nunique()
    assert f"and {many - 2} more" in words(charts.shared_seats(table, top=2))


def test_an_empty_table_says_that_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.shared_seats(pd.DataFrame(made(ma.shared_seats).iloc[:0]))
