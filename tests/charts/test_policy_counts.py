"""Published counts beside ours: read off the axes and held against the table."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, forty, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts


@pytest.fixture
def table():
    return made(ma.published_counts)


def comparable(table):
    known = table[table.ours_low.notna()]
    return known.sort_values(["missing_low", "published_count"], ascending=False, kind="stable")


@at_each_size(first=3)
def test_nothing_overlaps_and_all_can_be_read(table, size):
    figure = charts.published_counts(table, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


def test_dots_and_ranges_from_the_widest_gap(table):
    ax, rows = charts.published_counts(table), comparable(table)
    dots = [mark.get_offsets()[0].tolist() for mark in ax.collections if mark.get_gid() == "published"]
    assert dots == [[count, y] for y, count in enumerate(rows.published_count)]
    ranges = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]
    assert ranges == list(zip(rows.ours_low, rows.ours_high, strict=True))
    gaps = [tuple(line.get_xdata()) for line in ax.lines if line.get_gid() == "gap"]
    beyond = rows[rows.published_count > rows.ours_high]
    assert gaps == list(zip(beyond.ours_high, beyond.published_count, strict=True))


def test_a_range_of_one_number_is_seen(table):
    one = comparable(table).assign(ours_high=lambda rows: rows.ours_low)
    assert all(bar.get_width() > 0 for bar in charts.published_counts(one).patches)


def test_labels_say_both_numbers_and_the_hedge(table):
    found = words(charts.published_counts(table).figure)
    row = table[table.published_count == 114].iloc[0]
    assert f"about 114, {row.ours_low}–{row.ours_high}" in found
    assert "45, 6–16" in found
    assert any(text.startswith("at least 10 places, ") for text in found)
    assert {"01Caijing, March 2023", "Unnamed, July 2022"} <= set(found)


def test_the_title_has_the_largest_count_and_the_most_of_ours(table):
    title = said(charts.published_counts(table), "title")
    most = int(table.ours_high.max())
    assert title == (
        "Others counted up to about 114 local metaverse policies; by their own rules, these tables have "
        f"{most} at most"
    )
    assert said(charts.published_counts(table, top=2), "title") == title
    one = charts.published_counts(comparable(table)[:1])
    assert "counted about 114" in said(one, "title") and "by the same rule" in said(one, "title")


def test_rules_that_cannot_be_applied_are_in_the_notes(table):
    notes = charts.notes(charts.published_counts(table))
    for row in table[table.ours_low.isna()].itertuples():
        assert row.comparison in notes
    assert "01Caijing, March 2023: provinces and cities, any support" in notes
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.published_counts(table[table.ours_low.isna()])


@at_each_size(first=1)
def test_forty_counts_with_long_names(table, size):
    counts = forty(comparable(table), "counted_by").assign(outcome_id=[f"count-{i}" for i in range(40)])
    assert_no_overlap(charts.published_counts(counts, size=size).figure)


def test_nothing_to_draw_is_an_error(table):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.published_counts(table.iloc[:0])
