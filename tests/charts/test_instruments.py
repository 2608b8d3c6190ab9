"""Dots for instruments seen in places: what is drawn is what the table says."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, in_one_line, said
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour


@pytest.fixture(scope="module")
def counts():
    return made(ma.instrument_counts, level="province", roll_up=True, count="families")


def dots(ax) -> dict[tuple[float, float], str]:
    """The dots, by where they stand, and whether they are hollow."""
    found = [line for line in ax.lines if line.get_gid() in ("dot", "hollow")]
    return {(line.get_xdata()[0], line.get_ydata()[0]): line.get_gid() for line in found}


def heads(ax) -> list[str]:
    texts = [text for text in ax.texts if text.get_ha() == "center" and text.get_gid() != "in all"]
    return [text.get_text() for text in sorted(texts, key=lambda text: text.get_position()[0])]


def test_a_dot_wherever_the_table_has_a_number(counts):
    ax = charts.instrument_matrix(counts, top=100)
    names = {y: label.get_text() for y, label in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)}
    places = heads(ax)
    drawn = {(places[int(x)], names[y]): gid for (x, y), gid in dots(ax).items()}
    shown = counts[counts.place.isin(places)]
    hollow = (shown.promote == 0) & (shown.regulate + shown.restrict > 0)
    expected = dict(zip(zip(shown.place, shown.instrument_label, strict=True), hollow, strict=True))
    assert {key: gid == "hollow" for key, gid in drawn.items()} == expected


def test_places_with_most_instruments_come_first_and_the_last_row_counts_them_all(counts):
    ax = charts.instrument_matrix(counts)
    kinds = counts.groupby("place").instrument.nunique()
    numbers = [int(kinds[place]) for place in heads(ax)]
    assert numbers == sorted(numbers, reverse=True)
    assert f"documents name {kinds.max()} of {counts.instrument.nunique()} instruments" in said(ax, "title")
    last = [int(text.get_text()) for text in ax.texts if text.get_gid() == "in all"]
    assert last == numbers and min(last) > 2, "also of those instruments that have no row"
    assert [label.get_text() for label in ax.get_yticklabels()][-1] == f"of all {counts.instrument.nunique()}"


def test_an_emphasised_place_has_a_column_however_few_its_instruments(counts):
    kinds = counts[counts.families > 0].groupby("place").instrument.nunique()
    least = kinds.idxmin()
    assert kinds[least] < 3 and least not in heads(charts.instrument_matrix(counts))
    assert least in heads(charts.instrument_matrix(counts, highlight=least))


@pytest.mark.parametrize(
    ("roll_up", "tells"), [(True, "those of places inside included"), (False, "of the place itself")]
)
def test_whether_cities_count_is_said(roll_up, tells):
    ax = charts.instrument_matrix(made(ma.instrument_counts, level="province", roll_up=roll_up))
    assert tells in said(ax, "subtitle")


def test_places_are_emphasised_by_name(counts):
    def strong(**look):
        ax = charts.instrument_matrix(counts, **look)
        found = (text for text in ax.texts if text.get_gid() != "in all")
        return {text.get_text() for text in found if text.get_color() == colour("emphasis")}

    assert strong() == {"Sichuan", "Shandong"}
    assert strong(highlight="henan") == {"Henan"}
    assert strong(highlight=[]) == set()
    with pytest.raises(ValueError, match="Sichuan"):
        charts.instrument_matrix(counts, highlight="Atlantis")


def test_what_does_not_fit_is_folded_and_the_groups_with_it(counts):
    ax = charts.instrument_matrix(counts, top=3)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert len(labels) == 5 and labels[-2] == f"and {counts.instrument.nunique() - 3} more"


def test_the_wide_table_and_the_groups_are_drawn_too():
    wide = made(ma.instrument_matrix, level="province")
    assert len(dots(charts.instrument_matrix(wide))) > 20
    groups = made(ma.instrument_counts, level="province", group=True)
    assert "Technology" in [
        in_one_line(label.get_text()) for label in charts.instrument_matrix(groups).get_yticklabels()
    ]


def test_several_leaders_are_named_and_many_are_not(counts):
    even = counts.drop_duplicates("place_id")
    assert said(charts.instrument_matrix(even), "title").startswith("Most widespread: ")
    two = even.head(2)
    assert " and " in said(charts.instrument_matrix(two), "title")


@at_each_size(first=1)
def test_forty_regions_with_long_names(many_documents, size):
    ax = charts.instrument_matrix(ma.instrument_counts(many_documents, level="province"), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 80


@at_each_size()
def test_the_packaged_provinces(counts, size):
    assert_no_overlap(charts.instrument_matrix(counts, size=size).figure)


def test_a_matrix_of_nothing_is_told(counts):
    with pytest.raises(ValueError, match="is in the table|nothing to draw"):
        charts.instrument_matrix(counts.iloc[:0])
    by_document = made(ma.instrument_counts, by="document")
    with pytest.raises(ValueError, match='by="place"|lacks rolled_up'):
        charts.instrument_matrix(by_document)
