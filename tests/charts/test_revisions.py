"""Drafts and finals: what is drawn is what the table says."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour

KINDS = ("same", "changed", "not_seen")


@pytest.fixture
def table():
    return made(ma.revisions)


def squares(ax, kind):
    """How many squares of a kind each row has, from the top."""
    return [len(mark.get_offsets()) for mark in ax.collections if mark.get_gid() == kind]


def in_order(table):
    rows = table[table.days_high.notna()]
    every = sum(rows[f"numbers_{kind}"] for kind in KINDS)
    return rows.assign(every=every).sort_values(
        ["every", "days_high"], ascending=[False, True], kind="stable"
    )


@at_each_size(first=0)
def test_nothing_overlaps_and_all_can_be_read(many_documents, size):
    ax = charts.revisions(ma.revisions(many_documents), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


@at_each_size(first=3)
def test_the_packaged_drafts_overlap_nowhere(table, size):
    ax = charts.revisions(table, size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_an_empty_table_is_told(table):
    with pytest.raises(ValueError, match="is in the table"):
        charts.revisions(table.iloc[:0])


def test_a_square_is_a_number_of_the_draft(table):
    ax, rows = charts.revisions(table), in_order(table)
    for kind in KINDS:
        assert squares(ax, kind) == rows[f"numbers_{kind}"].tolist()
    at = {round(x) for mark in ax.collections[:3] for x, _ in mark.get_offsets()}
    assert at == set(range(rows.every.max()))  # side by side
    faces = {kind: {to_hex(mark.get_facecolor()[0]) for mark in ax.collections if mark.get_gid() == kind
                    and len(mark.get_offsets())} for kind in KINDS}  # fmt: skip
    assert faces == {"same": {colour("final")}, "changed": set(), "not_seen": {"#ffffff"}}


def test_a_row_says_how_long_it_took(table):
    names = [label.get_text() for label in charts.revisions(table).get_yticklabels()]
    assert {
        "Sichuan, after 30 days", "Shandong, within 26 days", "Wuhan, after 64–94 days", "Chengdu, within a year",
    } <= set(names)  # fmt: skip


def test_a_dropped_line_and_a_draft_without_a_final_are_said(table):
    ax = charts.revisions(table)
    assert "dropped: a line on NFTs and digital collectibles" in words(ax)
    assert "Nansha" in charts.notes(ax)


def test_the_title_says_what_became_of_the_numbers(table):
    rows = in_order(table)
    same, lost = rows.numbers_same.sum(), rows.numbers_not_seen.sum()
    assert said(charts.revisions(table), "title") == (
        f"All {same} numbers seen in both draft and final stayed the same; {lost} were not seen again"
    )
    one = table[table.place == "Sichuan"].assign(numbers_same=1)
    assert said(charts.revisions(one), "title").startswith("The one number seen in both")
    changed = one.assign(numbers_changed=2)
    assert said(charts.revisions(changed), "title") == "2 of 3 numbers seen in both draft and final changed"
    assert squares(charts.revisions(changed), "changed") == [2]
    assert "red: changed" in said(charts.revisions(changed), "subtitle")
    assert (
        said(charts.revisions(table[table.place == "Wuhan"]), "title")
        == "From draft to final in 64 to 94 days"
    )


def test_what_is_emphasised_can_be_chosen(table):
    def bold(**options):
        labels = charts.revisions(table, **options).get_yticklabels()
        return {label.get_text().split(",")[0] for label in labels if label.get_fontweight() == "bold"}

    assert bold() == {"Sichuan", "Shandong"}
    assert bold(highlight="Wuhan") == {"Wuhan"}
    assert len(charts.revisions(table, top=2).get_yticklabels()) == 2
