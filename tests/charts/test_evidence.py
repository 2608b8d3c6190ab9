"""Charts of the evidence: read off the axes and held against the table, at each size, with long names."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, at_each_size, words
from made_once import made
from matplotlib.colors import to_hex

import metaverse_analysis as ma


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
    "coverage": lambda: (ma.charts.coverage_map, made(ma.coverage)),
}


@at_each_size(first=1)
def test_forty_regions_with_long_names(size):
    tiles = made(ma.coverage).assign(place="An Autonomous Region With a Long Name")
    assert_no_overlap(ma.charts.coverage_map(tiles, size=size).figure)


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_to_draw_is_an_error(name):
    chart, table = CHARTS[name]()
    with pytest.raises(ValueError, match="nothing to draw"):
        chart(table.iloc[:0])
