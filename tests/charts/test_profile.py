"""A place in strips: what the bars, marks and words say is what the profile's tables have."""

import pickle
from dataclasses import replace

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import packaged
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis.charts.palette import colour
from metaverse_analysis.measures.profile import profiles

# Everything, several scopes, a city, one row, no target, nothing at all.
PLACES = {"Sichuan": "CN-SC", "Shandong": "CN-SD", "Suzhou": "CN-JS-suzhou", "Lingshui": "CN-HI-lingshui",
          "Tibet": "CN-XZ", "Jilin": "CN-JL", "Shanghai": "CN-SH"}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, ma.Profile]:
    return {one.place: one for one in profiles(packaged(), PLACES.values())}


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def marks(figure, marker: str) -> list[str]:
    """The colours of the marks of one shape: s a document, o a printed figure, ^ a target."""
    sides = {"s": 5, "^": 4}
    found = []
    for ax in figure.axes:
        for dots in ax.findobj(PathCollection):
            vertices = len(dots.get_paths()[0].vertices)
            if vertices == sides.get(marker, 26) or (marker == "o" and vertices > 10):
                found.append(to_hex(dots.get_facecolor()[0]))
    return found


@at_each_size(*PLACES)
def test_nothing_overlaps_at_any_size(found, name, size):
    figure = ma.charts.profile(found[name], size=size)
    ma.charts.sourced(figure, packaged())
    assert_no_overlap(figure)
    assert_readable(figure)


def test_every_document_and_every_dated_dollar_figure_has_a_mark(found):
    shandong = found["Shandong"]
    figure = ma.charts.profile(shandong)
    assert len(marks(figure, "s")) == shandong.documents["first_day"].notna().sum()
    assert f"{shandong.documents['family_id'].nunique()} documents" in words(figure), (
        "a draft and its final once"
    )
    printed = shandong.printed.dropna(subset=["published", "verdict"])
    assert len(marks(figure, "o")) == len(printed)
    wrong = (printed["verdict"].astype("str") != "consistent").sum()
    assert len([hue for hue in marks(figure, "o") if hue != colour("consistent")]) == wrong > 0


@pytest.mark.parametrize("place", ["Shandong", "Suzhou"])
def test_the_due_targets_are_those_that_the_headline_counts(found, place):
    """In the place's figure, in a comparison, and in the number of all targets that are due."""
    profile = found[place]
    summary = ma.outcome_summary(packaged(), today=profile.today, place=place, inside=False)
    due = int(summary["targets"].sum())
    assert len(marks(ma.charts.profile(profile), "^")) == due
    cells = ma.compare(packaged(), [place, "Sichuan"]).table.set_index("fact")
    assert cells.loc["targets whose year has passed", place].startswith(f"{due} target")


def test_title_and_bar_say_the_promise_with_its_hedge(found):
    figure = ma.charts.profile(found["Shandong"])
    assert said(figure.axes[0], "title") == (
        "Shandong promised about 150 billion yuan by 2025; no figure of what came of it was found"
    )
    assert any(text.startswith("about ¥150 bn ($21 bn), ") for text in words(figure))
    assert figure.axes[0].patches[0].get_width() == 150
    assert "250 billion yuan by 2025" in said(ma.charts.profile(found["Sichuan"]).axes[0], "title")


@at_each_size()
def test_words_beside_huge_amounts_stay_inside(found, size):
    shandong = found["Shandong"]
    columns = ["amount_cny_bn", "amount_max_cny_bn", "amount_usd_bn", "share_of_gdp_pct"]
    huge = shandong.targets.assign(**{column: shandong.targets[column] * 1000 for column in columns})
    figure = ma.charts.profile(replace(shandong, targets=huge), size=size)
    assert_no_overlap(figure)
    assert any("trillion" in text and text.endswith("times of GDP") for text in words(figure))


def test_few_rows_and_none(found):
    one = ma.charts.profile(found["Lingshui"])
    assert said(one.axes[0], "title") == "Lingshui: 1 document, no market size" and len(marks(one, "s")) == 1
    bare = ma.charts.profile(found["Jilin"])
    assert "no document and no target is known" in said(bare.axes[0], "title")
    assert said(bare.axes[0], "subtitle").endswith(": none found")


def test_alt_text_has_the_answer_and_it_pickles(found):
    figure = ma.charts.profile(found["Suzhou"])
    assert found["Suzhou"].answer in ma.charts.alt_text(figure) and ma.charts.notes(figure)
    assert ma.charts.alt_text(pickle.loads(pickle.dumps(figure))) == ma.charts.alt_text(figure)


def test_anything_else_is_told():
    with pytest.raises(ValueError, match=r"charts\.profile takes what ma\.profile gives, and not a Dataset"):
        ma.charts.profile(packaged())
    assert not plt.get_fignums()
