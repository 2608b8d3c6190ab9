"""Promises beside the economy, read off the axes and held against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from crowded import SCOPES
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour
from metaverse_analysis.charts.wording import number

RED = colour("emphasis")


def ambition(ds: ma.Dataset) -> pd.DataFrame:
    return ma.ambition(ds, statistics_year=2024, vintage="preliminary", scope=SCOPES, rate_on="2024-01-19")


@pytest.fixture(scope="module")
def shares(ds):
    return ambition(ds)


def related(shares):
    """The rows drawn of the two blocks of the packaged tables: provinces, and cities by their own accounts."""
    rows = shares[(shares.scope == "metaverse_related") & shares["rank"].notna()]
    rows = rows.assign(city=rows.gdp_series != "provincial")
    rows = rows.sort_values(["city", "amount_cny_bn", "share_of_gdp_pct"], ascending=[True, False, False])
    return rows.groupby("city").head(4)  # of cities no more than of provinces


def bars(ax):
    """The bars of each row from the top: that of the amount, then that of the share."""
    drawn = [bar for container in ax.containers for bar in container]
    drawn = sorted(drawn, key=lambda bar: (round(bar.get_y() + bar.get_height() / 2, 6), bar.get_x()))
    return drawn[::2], drawn[1::2]


@at_each_size(first=0)
def test_nothing_overlaps_and_all_can_be_read(many_targets, size):
    ax = charts.ambition(ambition(many_targets), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


@at_each_size(first=3)
def test_the_packaged_promises_overlap_nowhere(shares, size):
    ax = charts.ambition(shares, size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_rows_are_the_provinces_of_the_articles_scope_and_then_its_cities(shares):
    ax, rows = charts.ambition(shares), related(shares)
    assert [label.get_text().split(",")[0] for label in ax.get_yticklabels()] == rows.place.tolist()
    heads = [text.get_text() for text in ax.texts if text.get_gid() == "block"]
    assert heads == [
        "Provinces: metaverse-related industries by 2025", "Cities and districts, by their own accounts",
    ]  # fmt: skip


def test_bars_are_in_the_proportion_of_the_table(shares):
    ax, rows = charts.ambition(shares), related(shares)
    amounts, parts = bars(ax)
    widths = pd.Series([bar.get_width() for bar in amounts], rows.index)
    assert (widths / rows.amount_cny_bn).round(9).nunique() == 1
    widths = pd.Series([bar.get_width() for bar in parts], rows.index)
    for _, block in rows[rows.place != "Kunshan"].groupby("city"):  # whose bar is broken off
        assert (widths / block.share_of_gdp_pct).dropna().round(9).nunique() == 1
    assert len([patch for patch in ax.patches if patch not in [*amounts, *parts]]) == 1
    red = {to_hex(bar.get_facecolor()) for bar in amounts[1:3]}
    assert red == {RED} and to_hex(amounts[0].get_facecolor()) == colour("quiet")


def test_labels_have_yuan_dollars_and_the_share(shares):
    ax = charts.ambition(shares)
    assert {"¥350 bn ($49 bn)", "6.5%", "about ¥150 bn ($21 bn)", "1.5%", "18.6%"} <= set(words(ax))
    assert "dollars at 7.19, 19 January 2024" in said(ax, "subtitle")
    assert "¥200 bn" in words(ax), "of cities without dollars"


def test_the_title_says_whose_promise_is_small_for_its_economy(shares):
    assert said(charts.ambition(shares), "title") == (
        "Beside its economy, Shandong's promise is the smallest of four provinces"
    )
    assert said(charts.ambition(shares, highlight=[]), "title").startswith("Kunshan's promise equals 18.6%")
    one = shares[shares.place == "Sichuan"]
    assert said(charts.ambition(one), "title") == "Sichuan's promise equals 3.9% of its GDP"
    drafts = shares[shares.place.isin(["Sichuan"])].assign(status="draft")
    chart = charts.ambition(drafts)
    assert "proposal" in said(chart, "title") and "Hatched: a draft." in said(chart, "footer")
    assert bars(chart)[0][0].get_hatch()


def test_other_scopes_and_places_without_gdp_are_in_the_notes(shares):
    notes = charts.notes(charts.ambition(shares))
    assert "Weifang ¥350 bn ($49 bn), 42.7% (unspecified metaverse industry)" in notes
    assert "Hefei High-tech Zone" in notes


def test_few_rows_say_what_is_left_out(shares):
    ax = charts.ambition(shares, top=2)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Shanghai", "Sichuan"]
    assert "Not drawn: 8 smaller targets." in said(ax, "footer")


def test_a_range_has_two_ends(many_targets):
    table = ambition(many_targets)
    ranged = table[table.amount_max_cny_bn.notna() & table["rank"].notna()][:1]
    ax = charts.ambition(ranged)
    low, high = (number(ranged[name].iloc[0]) for name in ("share_of_gdp_pct", "share_of_gdp_max_pct"))
    assert f"{low}–{high}%" in words(ax)


def test_gdp_of_a_series_that_is_not_said_is_drawn(shares):
    unsaid = shares.assign(gdp_series=pd.Series(None, shares.index, dtype="str"))
    ax = charts.ambition(unsaid)
    known = (shares.scope == "metaverse_related") & shares["rank"].notna()
    assert len(ax.get_yticklabels()) == known.sum(), "all of them are one block"
    assert len([text for text in ax.texts if text.get_gid() == "block"]) == 1


def test_an_empty_table_is_an_error_that_says_so(shares):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.ambition(shares.iloc[:0])
