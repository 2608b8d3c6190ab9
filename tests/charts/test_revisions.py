"""Drafts and finals: what is drawn is what the table says."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts


@at_each_size(first=0)
def test_nothing_overlaps_and_all_can_be_read(many_documents, size):
    ax = charts.revisions(ma.revisions(many_documents), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 80


def test_an_empty_table_is_told():
    with pytest.raises(ValueError, match="is in the table|nothing to draw"):
        charts.revisions(made(ma.revisions).iloc[:0])


def test_a_revision_is_as_long_as_its_days():
    table = made(ma.revisions)
    dated = table[table.days_high.notna()].set_index("place")
    ax = charts.revisions(table)
    sichuan = next(note for note in ax.texts if note.xy[0] == dated.days["Sichuan"])
    assert sichuan.get_text().startswith("30 days\nnumbers: 5 the same")
    spans = sorted((bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches)
    coarse = dated[dated.days_low != dated.days_high]
    assert spans == sorted(zip(coarse.days_low, coarse.days_high, strict=True))
    wuhan = next(text.get_text() for text in ax.texts if "dropped" in text.get_text())
    assert "NFTs" in wuhan
    assert "Nansha" in said(ax, "footer")  # a draft without a final
