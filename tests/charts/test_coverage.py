"""The map, read off the axes and held against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text, notes
from metaverse_analysis.charts.palette import colour

RED, QUIET = colour("emphasis"), colour("quiet")


@pytest.fixture(scope="module")
def table():
    return made(ma.coverage, rate_on="2024-01-19")


def tiles(ax) -> dict[tuple[int, int], Rectangle]:
    return {(round(p.get_x() + 0.46), round(p.get_y() + 0.46)): p for p in ax.patches}


def in_tile(ax, row) -> set[str]:
    at = (row.grid_column, row.grid_row)
    return {t.get_text() for t in ax.texts if tuple(map(round, t.get_position())) == at}


@at_each_size(first=2)
def test_nothing_overlaps_and_all_can_be_read(table, size):
    figure = charts.coverage_map(
        table.assign(place="An Autonomous Region With a Long Name"), size=size
    ).figure
    assert_no_overlap(figure)
    assert_readable(figure)


def test_a_tile_for_each_province_with_the_market_size_that_it_set(table):
    ax = charts.coverage_map(table)
    found = tiles(ax)
    assert set(found) == set(zip(table["grid_column"], table["grid_row"], strict=True))
    for row in table.itertuples():
        tile, sized = found[row.grid_column, row.grid_row], row.finding == "scale_target"
        emphasised = row.place_id in ("CN-SC", "CN-SD")
        assert to_hex(tile.get_facecolor()) == ((RED if emphasised else QUIET) if sized else "#ffffff")
        assert (tile.get_linestyle() not in ("-", "solid")) == (row.finding == "not_searched")
        assert len(in_tile(ax, row)) == 1 + sized
    rows = table.set_index("place")
    assert {"Sichuan", "250"} == in_tile(ax, rows.loc["Sichuan"])
    assert {"Shandong", "~150"} == in_tile(ax, rows.loc["Shandong"])
    assert {"Fujian", "200+*"} == in_tile(ax, rows.loc["Fujian"]), "over, and of another scope"


def test_a_dot_where_places_inside_have_documents(table):
    ax = charts.coverage_map(table)
    dots = {(round(line.get_xdata()[0]), round(line.get_ydata()[0])) for line in ax.lines}
    inside = table[table["documents_below"] > 0]
    assert dots == set(zip(inside["grid_column"], inside["grid_row"], strict=True))


def test_the_key_has_what_there_is(table):
    found = words(charts.coverage_map(table.assign(documents_below=0)))
    assert {"Not searched", "No plan for the industry itself found"} <= set(found)
    assert "Documents of its cities" not in found and "Documents of its cities" in words(
        charts.coverage_map(table)
    )
    plan = table.assign(finding=table["finding"].astype("str").replace("adjacent_only", "plan_without_scale"))
    assert "Plan without a market size" in words(charts.coverage_map(plan))


def test_title_counts_what_was_searched(table):
    ax = charts.coverage_map(table)
    searched = table[table["searched_on"].notna()]
    sized = (searched["finding"] == "scale_target").sum()
    title = f"{sized} of the {len(searched)} provinces searched set a market size for the industry itself"
    assert said(ax, "title") == f"{title}, as far as was found"
    assert alt_text(ax).startswith(f"Tile map of the market sizes that provinces set. {title}, ")
    nothing = table.assign(finding="none_found", market_size_cny_bn=float("nan"))
    assert said(charts.coverage_map(nothing), "title").startswith("None of the 33")


def test_drafts_look_like_drafts(table):
    ax = charts.coverage_map(table.assign(market_size_status="draft"))
    assert "proposed a market size" in said(ax, "title")
    assert sum(bool(tile.get_hatch()) for tile in tiles(ax).values()) == 8


def test_the_subtitle_says_what_the_numbers_and_the_star_are(table):
    subtitle = said(charts.coverage_map(table, highlight="Henan"), "subtitle")
    assert subtitle == (
        "Billion yuan of metaverse-related industries by 2025 (*: other scope or year). ¥350 bn is $49 bn at 7.19, "
        "19 January 2024. Red: Henan"
    )
    assert "*" not in said(charts.coverage_map(table.assign(market_size_usual=True)), "subtitle")
    assert "None found means" in notes(charts.coverage_map(table))


def test_a_province_off_the_grid_is_counted(table):
    off = table.copy()
    off.loc[0, "grid_column"] = pd.NA
    assert "Not on the grid: 1." in said(charts.coverage_map(off), "footer")


def test_nothing_to_draw_is_an_error(table):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.coverage_map(table.iloc[:0])


def test_the_alt_text_has_hedges_drafts_and_other_scopes(table):
    words = alt_text(charts.coverage_map(table))
    assert "Shanghai ¥350 bn; Sichuan ¥250 bn; Shandong about ¥150 bn" in words
    assert "Fujian over ¥200 bn (unspecified metaverse industry, by 2026)" in words
    assert words.endswith("Not searched: Taiwan.")
    assert "about ¥150 bn in a draft" in alt_text(
        charts.coverage_map(table.assign(market_size_status="draft"))
    )
