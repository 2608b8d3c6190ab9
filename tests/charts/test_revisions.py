"""Drafts and finals: what is drawn is what the table says."""

import pandas as pd
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
    rows = rows.assign(every=every)[(every > 0) | (rows.instruments_dropped > 0)]
    return rows.sort_values(["every", "days_high"], ascending=[False, True], kind="stable")


def drafts(*rows):
    """Made-up drafts: place, days, numbers the same, changed and not seen, what was dropped."""
    names = ["place", "days_low", "days_high", *(f"numbers_{kind}" for kind in KINDS), "dropped_labels"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(
        place_id=table.place, draft_id=table.place, final_id="final", final_status="issued", source_ids="s",
        instruments_dropped=table.dropped_labels.notna().astype("int64"),
    )  # fmt: skip


SICHUAN, SHANDONG = ("Sichuan", 30, 30, 5, 0, 0, None), ("Shandong", 0, 26, 1, 0, 4, None)
WUHAN, CHENGDU = ("Wuhan", 64, 94, 0, 0, 0, "collectibles"), ("Chengdu", 0, 364, 0, 0, 3, None)
SILENT = ("China", 123, 123, 0, 0, 0, None)


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
    hues = {"same": colour("final"), "changed": colour("stale"), "not_seen": "#ffffff"}
    for mark in ax.collections:
        looks = {to_hex(face) for face in mark.get_facecolor()} if len(mark.get_offsets()) else set()
        assert looks <= {hues[mark.get_gid()]}


def test_squares_stand_side_by_side_and_what_changed_has_another_shape():
    ax = charts.revisions(drafts(("Hubei", 1, 1, 2, 1, 1, None)))
    places = [x for mark in ax.collections for x, _ in mark.get_offsets()]
    assert places == [0, 1, 2, 3]
    shapes = {mark.get_gid(): mark.get_paths()[0].vertices.tolist() for mark in ax.collections}
    assert shapes["changed"] != shapes["same"] == shapes["not_seen"]


def test_a_row_says_how_long_it_took():
    ax = charts.revisions(drafts(SICHUAN, SHANDONG, WUHAN, CHENGDU))
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Shandong, within 26 days", "Sichuan, after 30 days", "Chengdu, within a year", "Wuhan, after 64–94 days",
    ]  # fmt: skip


def test_what_squares_cannot_say_is_said():
    ax = charts.revisions(drafts(SICHUAN, WUHAN, SILENT))
    assert "dropped: a line on collectibles" in words(ax)
    assert "no number of the draft is known: China (issued), after 123 days" in charts.notes(ax)
    assert words(charts.revisions(drafts(SILENT))).count("no number of the draft is known") == 1
    alone = drafts(SICHUAN, ("Nansha", None, None, None, None, None, None)).assign(final_id=["final", None])
    assert "no final was seen are not drawn: Nansha" in charts.notes(charts.revisions(alone))


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([SICHUAN], "All 5 numbers seen in both draft and final stayed the same"),
        ([SICHUAN, SHANDONG], "All 6 numbers seen in both draft and final stayed the same; 4 were not seen again"),
        ([("A", 1, 1, 1, 0, 1, None)],
         "The one number seen in both draft and final stayed the same; 1 was not seen again"),
        ([SICHUAN, ("A", 1, 1, 0, 3, 0, None)], "3 of 8 numbers seen in both draft and final changed, all in A's"),
        ([("A", 1, 1, 1, 2, 0, None)], "2 of 3 numbers seen in both draft and final changed"),
        ([WUHAN, SILENT], "From draft to final in 64 to 94 days"),
    ],
)  # fmt: skip
def test_the_title_says_what_became_of_the_numbers(rows, title):
    assert said(charts.revisions(drafts(*rows), highlight=[]), "title") == title


def test_what_is_emphasised_can_be_chosen(table):
    def bold(**options):
        labels = charts.revisions(table, **options).get_yticklabels()
        return {label.get_text().split(",")[0] for label in labels if label.get_fontweight() == "bold"}

    assert bold() == {"Sichuan", "Shandong"}
    assert bold(highlight="Wuhan") == {"Wuhan"}
    assert len(charts.revisions(table, top=2).get_yticklabels()) == 2
