"""Places side by side: bars only where quantities are alike, cells in the words of the comparison."""

from dataclasses import replace

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import packaged
from matplotlib import pyplot as plt

import metaverse_analysis as ma

CASES = {
    "three": ["Sichuan", "Shandong", "Chongqing"],
    "unlike": ["Suzhou", "Lingshui"],
    "bare": ["Jilin", "Hebei"],
}


@pytest.fixture(scope="module")
def found() -> dict[str, ma.Comparison]:
    return {name: ma.compare(packaged(), places) for name, places in CASES.items()}


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@at_each_size(*CASES)
def test_nothing_overlaps_at_any_size(found, name, size):
    ax = ma.charts.sourced(ma.charts.compare(found[name], size=size), packaged())
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_bars_are_as_long_as_the_amounts_of_their_row(found):
    ax = ma.charts.compare(found["three"], top=1)
    widths = [patch.get_width() for patch in ax.patches]
    assert [round(width / widths[0], 2) for width in widths] == [1, 0.6, 0.4]
    assert any(text.startswith("about 150 billion yuan") for text in words(ax))
    assert any(text.endswith("more facts") for text in words(ax))


def test_the_first_facts_of_six_groups_are_drawn_and_the_others_are_counted(found):
    comparison = found["three"]
    told = words(ma.charts.compare(comparison))
    facts = len(ma.charts.compare(comparison, top=100).lines)
    heads = [text for text in comparison.facts["group"].unique() if text in told]
    assert heads == list(comparison.facts["group"].unique())[:6]
    assert f"and {facts - 1 - len(heads)} more facts" in told


def test_the_basis_of_the_dollars_is_said(found):
    assert said(ma.charts.compare(found["three"]), "subtitle").endswith(
        "dollars at the rate of each document's day"
    )
    one_day = ma.compare(packaged(), ["Sichuan", "Shandong"], rate_on="2024-01-19")
    assert said(ma.charts.compare(one_day), "subtitle").endswith("dollars at the rate of 19 January 2024")
    assert "dollars" not in said(ma.charts.compare(found["bare"]), "subtitle")


def test_the_title_ranks_only_what_is_alike(found):
    assert said(ma.charts.compare(found["three"]), "title") == (
        "Of three places, Sichuan promises most: 250 billion yuan of metaverse-related industries by 2025"
    )
    assert said(ma.charts.compare(found["unlike"]), "title") == (
        "Suzhou and Lingshui: no market sizes that can be compared"
    )
    part = ma.compare(packaged(), ["Sichuan", "Shandong", "Zhejiang"])
    assert said(ma.charts.compare(part), "title").startswith(
        "Of the two that name metaverse-related industries"
    )


@at_each_size()
def test_long_names_are_broken_over_their_columns(found, size):
    names = ("Autonomous Region of the Long Name 03", "Autonomous Region of the Long Name 04")
    comparison = ma.compare(packaged(), ["Sichuan", "Shandong"])
    renamed = replace(
        comparison,
        places=names,
        facts=comparison.facts.replace({"place": dict(zip(comparison.places, names, strict=True))}),
    )
    assert_no_overlap(ma.charts.compare(renamed, size=size).figure)


def test_a_callers_axes(found):
    ax = plt.subplots(figsize=(9, 12))[1]
    assert ma.charts.compare(found["three"], ax=ax) is ax


def test_too_many_places_and_anything_else_are_told(found):
    with pytest.raises(ValueError, match=r"charts\.compare takes what ma\.compare gives, and not a Dataset"):
        ma.charts.compare(packaged())
    four = ma.compare(packaged(), ["Sichuan", "Shandong", "Chongqing", "Henan"])
    with pytest.raises(ValueError, match="phone has room for 3 places"):
        ma.charts.compare(four, size="phone")
    for wrong in (0, True, "2"):
        with pytest.raises(ValueError, match="top is how many facts"):
            ma.charts.compare(found["three"], top=wrong)
    assert not plt.get_fignums()
