"""Charts of the evidence: read off the axes and held against the table, at each size, with long names."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, at_each_size, forty, words
from made_once import made
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis.charts.footers import alt_text
from metaverse_analysis.measures.evidence import RESTS_ON


class TestQuality:
    @pytest.mark.parametrize("by", ["table", "place"])
    def test_segments_are_the_tables_shares(self, by):
        table = made(ma.evidence_quality, by=by)
        ax = ma.charts.evidence_quality(table)
        names = [label.get_text() for label in ax.get_yticklabels()]
        rows = table.set_index(table.label + table["rows"].map(" ({:,})".format))
        drawn = {container.get_label(): container for container in ax.containers}
        assert set(drawn) == {name for name in RESTS_ON if table[name].sum()}
        for code, container in drawn.items():
            for name, patch in zip(names, container, strict=True):
                row = rows.loc[name.replace("\n", " ")]
                assert patch.get_width() == pytest.approx(100 * row[code] / row["rows"])

    def test_the_best_founded_comes_first_and_few_rows_last(self):
        table = made(ma.evidence_quality, by="place").set_index("label")
        ax = ma.charts.evidence_quality(table.reset_index())
        names = [label.get_text().rsplit(" (", 1)[0] for label in ax.get_yticklabels()]
        few = [bool(table["rows"][name] < 10) for name in names]
        assert few == sorted(few)
        founded = (table.official + table.several_established) / table["rows"]
        shares = [founded[name] for name in names if table["rows"][name] >= 10]
        assert shares == sorted(shares, reverse=True)
        bold = [label.get_text() for label in ax.get_yticklabels() if label.get_fontweight() == "bold"]
        assert {name.split(" (")[0] for name in bold} == {"Sichuan", "Shandong"}

    def test_title_is_computed(self):
        table = made(ma.evidence_quality)
        one = table[table.table == "regional_targets"]
        ax = ma.charts.evidence_quality(one)
        official, total = one.official.iloc[0], one["rows"].iloc[0]
        weak = 100 * one.aggregators.iloc[0] / total
        expected = f"{official} of {total} rows rest on an official page read directly, {weak:.0f}% on pages"
        assert expected in " ".join(words(ax.figure))
        assert expected in alt_text(ax)

    def test_a_place_without_an_official_page_says_none(self):
        table = made(ma.evidence_quality, by="place")
        table = table.assign(official=table.official.where(table.place_id != "CN-SC", 0))
        ax = ma.charts.evidence_quality(table)
        total = table.set_index("place_id")["rows"]["CN-SC"]
        assert f"none of Sichuan's {total}" in " ".join(words(ax.figure))


class TestCoverage:
    def test_a_tile_for_each_province_in_its_square(self):
        table = made(ma.coverage)
        ax = ma.charts.coverage_map(table)
        tiles = {(round(p.get_x() + 0.46), round(p.get_y() + 0.46)): p for p in ax.patches}
        assert set(tiles) == set(zip(table.grid_column, table.grid_row, strict=True))
        texts = {(round(t.get_position()[0]), round(t.get_position()[1]), t.get_text()) for t in ax.texts}
        for row in table.itertuples():
            documents = row.documents + row.documents_below
            assert (row.grid_column, row.grid_row, str(documents) if documents else "–") in texts
            tile = tiles[row.grid_column, row.grid_row]
            assert (to_hex(tile.get_facecolor()) == "#12304f") == (row.finding == "scale_target")
            assert bool(tile.get_hatch()) == (row.finding == "not_searched")

    def test_title_counts_what_was_searched(self):
        table = made(ma.coverage)
        searched = table[table.searched_on.notna()]
        title = f"A market size was found for {(searched.finding == 'scale_target').sum()} of {len(searched)} provinces"
        assert title in " ".join(words(ma.charts.coverage_map(table).figure))

    def test_a_province_off_the_grid_is_counted(self):
        table = made(ma.coverage)
        table.loc[0, "grid_column"] = pd.NA
        assert any("Not on the grid: 1." in text for text in words(ma.charts.coverage_map(table).figure))


CHARTS = {
    "quality": lambda: (ma.charts.evidence_quality, made(ma.evidence_quality)),
    "places": lambda: (ma.charts.evidence_quality, made(ma.evidence_quality, by="place")),
    "coverage": lambda: (ma.charts.coverage_map, made(ma.coverage)),
}


@at_each_size(first=1)
def test_forty_regions_with_long_names(size):
    long = forty(made(ma.evidence_quality, by="place"), "label")
    assert_no_overlap(ma.charts.evidence_quality(long, size=size).figure)
    tiles = made(ma.coverage).assign(place="An Autonomous Region With a Long Name")
    assert_no_overlap(ma.charts.coverage_map(tiles, size=size).figure)


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_to_draw_is_an_error(name):
    chart, table = CHARTS[name]()
    with pytest.raises(ValueError, match="nothing to draw"):
        chart(table.iloc[:0])
