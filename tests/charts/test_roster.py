"""Who sits in a body, read off the axes and held against the table, at every size, with long names too."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import QUIET_TEXT

GROUP = "MIIT working group"


def names(ax) -> list[str]:
    return words(ax)


def dots(ax) -> int:
    return sum(len(line.get_xdata()) for line in ax.lines if line.get_gid() == "outlets")


@at_each_size()
def test_nothing_overlaps_and_all_can_be_read(many_members, size):
    ax = charts.roster(ma.roster(many_members, body=GROUP), ma.bodies_known(many_members), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 60


def test_every_member_is_named_with_a_dot_for_each_outlet():
    table = made(ma.roster, body=GROUP)
    ax = charts.roster(table, made(ma.bodies_known))
    told = names(ax)
    assert all(any(text.startswith(name) for text in told) for name in table.organisation)
    assert dots(ax) == table.outlets.clip(upper=6).sum()
    chair = table[table.role == "chair"].iloc[0]
    bold = [text.get_text().replace("\n", " ") for text in ax.texts if text.get_fontweight() == "bold"]
    assert f"{chair.organisation} (chair, Fan Shujian)" in bold


def test_the_kinds_head_the_names_and_count_as_several():
    table = made(ma.roster, body=GROUP)
    told = names(charts.roster(table))
    assert {"Companies", "Research institutes", "Universities or colleges", "Government"} <= set(told)


def test_the_numbers_say_what_is_known():
    table, summary = made(ma.roster, body=GROUP), made(ma.bodies_known)
    ax = charts.roster(table, summary)
    numerals = [text.get_text() for text in ax.texts if text.get_gid() == "numeral"]
    announced = summary.set_index("body_id").announced_members[table.body_id[0]]
    assert numerals == [str(len(table)), str(announced), "0"]
    assert "none of them confirmed" in said(ax, "title")
    alone = [text.get_text() for text in charts.roster(table).texts if text.get_gid() == "numeral"]
    assert alone == [str(len(table)), "0"], "without a summary nothing is said of others"


def test_disputed_members_are_grey_and_in_no_number():
    table = made(ma.roster, body="CMCA committee")
    ax = charts.roster(table)
    disputed = table[table.membership_status == "disputed"].organisation
    grey = [text.get_text() for text in ax.texts if text.get_color() == QUIET_TEXT]
    assert len(disputed) and all(any(one.startswith(name) for one in grey) for name in disputed)
    assert said(ax, "title").startswith(f"{len(table) - len(disputed)} organisations are named")


def test_a_long_list_is_folded():
    table = made(ma.roster, body=GROUP)
    ax = charts.roster(table, top=2)
    companies = (table.organisation_type == "company").sum()
    assert f"and {companies - 2} more" in names(ax)


def test_an_empty_table_says_that_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.roster(pd.DataFrame(made(ma.roster, body=GROUP).iloc[:0]))
