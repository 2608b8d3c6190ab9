"""The charts of instruments: what is drawn is what the table says."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars, said
from made_once import made
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour


@at_each_size(first=1)
def test_the_matrix_overlaps_nowhere_and_can_be_read(many_documents, size):
    ax = charts.instrument_matrix(ma.instrument_counts(many_documents, level="province"), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 80


@at_each_size(first=1)
def test_the_stances_overlaps_nowhere_and_can_be_read(many_documents, size):
    ax = charts.instrument_counts(ma.instrument_counts(many_documents, by="instrument"), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 80


def test_a_matrix_of_nothing_is_told():
    with pytest.raises(ValueError, match="is in the table|nothing to draw"):
        charts.instrument_matrix(
            made(ma.instrument_counts, level="province", roll_up=True, count="families").iloc[:0]
        )


def test_a_chart_of_stances_of_nothing_is_told():
    with pytest.raises(ValueError, match="is in the table|nothing to draw"):
        charts.instrument_counts(made(ma.instrument_counts, by="instrument", count="families").iloc[:0])


def test_the_cells_are_the_numbers_of_the_table():
    cells = made(ma.instrument_counts, level="province", roll_up=True, count="families")
    ax = charts.instrument_matrix(cells)
    places = [tick.get_text() for tick in ax.get_xticklabels()]
    rows = dict(
        zip(ax.get_yticks().tolist(), (tick.get_text() for tick in ax.get_yticklabels()), strict=True)
    )
    drawn = {
        (places[int(text.get_position()[0])], rows[text.get_position()[1]]): text.get_text()
        for text in ax.texts
    }
    expected = {
        (row.place, row.instrument_label): str(row.families)
        for row in cells.itertuples()
        if row.place in places
    }
    assert drawn == expected
    assert places[:3] == cells.drop_duplicates("place_id").place.tolist()[:3]


def test_cells_that_restrict_are_outlined():
    cells = made(ma.instrument_counts, level="country")
    ax = charts.instrument_matrix(cells)
    outlined = [
        patch
        for patch in ax.patches
        if isinstance(patch, Rectangle) and to_hex(patch.get_edgecolor()) == colour("restrict")
    ]
    assert len(outlined) == (cells.restrict > 0).sum() > 0


def test_places_that_do_not_fit_are_told(many_documents):
    ax = charts.instrument_matrix(ma.instrument_counts(many_documents, level="province"))
    shown = len(ax.get_xticklabels())
    assert shown < 41
    assert f"{40 - shown} more places" in said(ax, "footer")


def test_the_bars_are_the_stances():
    table = made(ma.instrument_counts, by="instrument", count="families")
    ax = charts.instrument_counts(table)
    used = table[table.families > 0].set_index("instrument_label")
    lengths: dict[str, float] = {}
    for bar in bars(ax):
        lengths[bar.label] = max(lengths.get(bar.label, 0), bar.value)
    stances = used[["promote", "regulate", "restrict"]].sum(axis=1)
    assert lengths == stances.astype(float).to_dict()
    assert next(iter(bars(ax))).label == used.families.idxmax()
