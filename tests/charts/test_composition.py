"""What bodies are made of: bars to both sides against the table, at every size, with long names too."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, in_one_line, said
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts


def lengths(ax, way: int) -> float:
    """What the bars to one side add up to."""
    widths = [patch.get_width() for box in ax.containers for patch in box]
    return sum(abs(width) for width in widths if width * way > 0)


@at_each_size()
@pytest.mark.parametrize("by", ["type", "sector"])
def test_nothing_overlaps_and_all_can_be_read(many_members, by, size):
    ax = charts.composition(ma.composition(many_members, by=by), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 60


@pytest.mark.parametrize("by", ["type", "sector", "role"])
def test_both_sides_and_the_others_are_the_counts(by):
    table = made(ma.composition, by=by)
    ax = charts.composition(table, top=100)
    left, right = table[table.code.notna()].groupby("plural", sort=False)["count"].sum().nlargest(2)
    assert (lengths(ax, -1), lengths(ax, 1)) == (left, right)
    others = [text.get_text() for text in ax.texts if text.get_gid() == "others"]
    assert sum(int(n) for n in others if n != "–") == table["count"].sum() - left - right
    hatched = sum(abs(p.get_width()) for box in ax.containers for p in box if p.get_hatch())
    sides = table[
        table.code.notna() & table.plural.isin(table.groupby("plural")["count"].sum().nlargest(2).index)
    ]
    assert by != "type" or hatched == (sides["count"] - sides.members_confirmed).sum()


def test_the_largest_body_comes_first_and_the_title_counts():
    table = made(ma.composition, by="type")
    ax = charts.composition(table)
    first = table.sort_values("members_known", ascending=False, kind="stable").body_short.iloc[0]
    assert in_one_line(ax.get_yticklabels()[0].get_text()) == first
    companies = table.loc[table.code == "company", "count"].sum()
    assert (
        said(ax, "title")
        == f"Companies take {companies} of the {table['count'].sum()} seats that sources name"
    )


def test_bodies_that_do_not_fit_are_counted():
    table = made(ma.composition, by="type")
    ax = charts.composition(table, top=3)
    assert f"and {table.body_id.nunique() - 3} more bodies" in [text.get_text() for text in ax.texts]


def test_bodies_of_which_hardly_anyone_is_named_are_counted_only():
    table = made(ma.composition, by="type")
    few = table.drop_duplicates("body_id").query("members_known < 3")
    assert len(few)
    ax = charts.composition(table)
    assert not {label.get_text() for label in ax.get_yticklabels()} & set(few.body_short)
    assert f"and {len(few)} more bodies" in [text.get_text() for text in ax.texts]
    alone = table[table.body_id.isin(few.body_id)]
    assert len(charts.composition(alone).get_yticklabels()) == len(few), (
        "where no other is known, they are drawn"
    )


def test_one_kind_alone_and_kinds_not_known():
    table = made(ma.composition, by="type")
    one = table[table.code == "company"].head(2)
    assert lengths(charts.composition(one), 1) == 0
    nothing = one.assign(code=None, plural="not known")
    assert said(charts.composition(nothing), "title").startswith("Nothing is known of the kinds")


def test_an_empty_table_says_that_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.composition(pd.DataFrame(made(ma.composition).iloc[:0]))
