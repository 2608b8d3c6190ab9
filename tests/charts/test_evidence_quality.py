"""What the evidence rests on: dots against the table, at each size, with long names."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, forty, in_one_line, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour


def dots(ax, gid: str) -> list[float]:
    found = [line for line in ax.lines if line.get_gid() == gid]
    return [line.get_xdata()[0] for line in sorted(found, key=lambda line: line.get_ydata()[0])]


def names(ax) -> list[str]:
    return [in_one_line(label.get_text()).rsplit(", ", 1)[0] for label in ax.get_yticklabels()]


@pytest.mark.parametrize("by", ["table", "place"])
def test_dots_are_the_tables_shares_the_best_founded_first(by):
    table = made(ma.evidence_quality, by=by)
    ax = charts.evidence_quality(table, top=100)
    rows = table[(table["rows"] >= 10) | (by == "table")].set_index("label").loc[names(ax)]
    assert dots(ax, "well founded") == rows.well_founded_pct.tolist()
    assert dots(ax, "weak") == rows.aggregators_only_pct.tolist()
    assert rows.well_founded_pct.is_monotonic_decreasing
    assert len(rows) == ((table["rows"] >= 10) | (by == "table")).sum()


def test_places_with_few_rows_are_named_and_not_drawn():
    table = made(ma.evidence_quality, by="place")
    ax = charts.evidence_quality(table)
    few = table[table["rows"] < 10]
    assert f"{len(few)} more places have fewer than 10 rows" in words(ax)
    told = charts.notes(ax)
    for row in few.itertuples():
        assert f"{row.label} {row.official + row.several_established} of {row.rows}" in told
    assert not set(few.label) & set(names(ax))


def test_a_place_alone_with_few_rows_is_drawn():
    table = made(ma.evidence_quality, by="place")
    one = table[table["rows"] < 10].head(1)
    assert names(charts.evidence_quality(one)) == one.label.tolist()


def test_titles_say_a_share_or_what_the_emphasised_place_has():
    table = made(ma.evidence_quality)
    good = table.official.sum() + table.several_established.sum()
    share = f"{100 * good / table['rows'].sum():.0f}%"
    assert said(charts.evidence_quality(table), "title").startswith(
        f"{share} of the rows of all tables rest on an official page"
    )
    places = made(ma.evidence_quality, by="place")
    total = places.set_index("label")["rows"]["Sichuan"]
    none = places.assign(official=0, several_established=0)
    assert f"None of Sichuan's {total} rows rests on an official page" in said(
        charts.evidence_quality(none), "title"
    )
    assert "of Henan's" in said(charts.evidence_quality(places, highlight="Henan"), "title")


def test_places_are_emphasised_by_name():
    table = made(ma.evidence_quality, by="place")

    def strong(**look):
        labels = charts.evidence_quality(table, **look).get_yticklabels()
        return {label.get_text().split(",")[0] for label in labels if label.get_color() == colour("emphasis")}

    assert strong() == {"Sichuan", "Shandong"}
    assert strong(highlight=["Henan"]) == {"Henan"}
    assert strong(highlight=[]) == set()
    with pytest.raises(ValueError, match="Sichuan"):
        charts.evidence_quality(table, highlight="Atlantis")


def test_what_is_emphasised_is_never_folded():
    table = made(ma.evidence_quality, by="place")
    ax = charts.evidence_quality(table, top=3)
    left = table[(table["rows"] >= 10) & ~table.label.isin(names(ax))].well_founded_pct
    assert f"and {len(left)} more, at {left.min():.0f}% to {left.max():.0f}%" in words(ax)
    assert len(names(charts.evidence_quality(table))) == 10
    assert len(names(ax)) == 3 and {"Sichuan", "Shandong"} < set(names(ax))
    assert any(text.startswith("and ") for text in words(ax))


@at_each_size(first=1)
def test_forty_regions_with_long_names(size):
    figure = charts.evidence_quality(forty(made(ma.evidence_quality, by="place"), "label"), size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


@at_each_size(first=3)
@pytest.mark.parametrize("by", ["table", "place"])
def test_nothing_overlaps(by, size):
    assert_no_overlap(charts.evidence_quality(made(ma.evidence_quality, by=by), size=size).figure)


@pytest.mark.parametrize("by", ["table", "place"])
def test_nothing_to_draw_is_an_error(by):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.evidence_quality(pd.DataFrame(made(ma.evidence_quality, by=by).iloc[:0]))
