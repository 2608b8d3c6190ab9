"""The frame of a chart and its alt text."""

import pickle
from dataclasses import replace

import pandas as pd
import pytest
from chart_checks import LONG_TITLE, SOURCES, assert_no_overlap, ranked_bars, text_boxes
from matplotlib import pyplot as plt

import metaverse_analysis as ma
from metaverse_analysis.charts import canvas, footers, labels, showing, style
from metaverse_analysis.charts.labels import figure_of
from metaverse_analysis.charts.layout import frame_parts


def test_a_frame_can_be_replaced():
    ax = ranked_bars(2)
    with style.house():
        footers.frame(ax, title="Shorter")
    assert {name: part.get_text() for name, part in frame_parts(ax.figure).items()} == {"title": "Shorter"}


def test_panels_share_one_frame():
    with canvas.panels_for(2, 2, height=7) as (figure, axes):
        for ax, scope in zip(axes.flat, ["core", "related", "driven", "industry"], strict=True):
            labels.label_bar_ends(ax, ax.barh(["Henan", "Sichuan"], [100, 250]), ["over 100", "250"])
            ax.set_title(scope)
        footers.frame(figure, title=LONG_TITLE, footer=SOURCES)
    assert_no_overlap(figure)
    assert len([words for words, _ in text_boxes(figure) if words.startswith("Sources")]) == 1


def test_a_frame_needs_a_title():
    with pytest.raises(ValueError, match="needs a title"):
        ranked_bars(2, title=" ")
    with pytest.raises(ValueError, match="needs a title"):
        footers.framed(ranked_bars(2), title="")


# Other words


def parts(chart) -> dict[str, str]:
    owner = chart if frame_parts(chart) else figure_of(chart)
    return {name: part.source for name, part in frame_parts(owner).items()}


@pytest.mark.parametrize("ax", [False, True], ids=["own figure", "axes of a caller"])
def test_other_words_are_put_around_a_finished_chart(ax):
    chart = ranked_bars(3, ax=plt.subplots(figsize=(12, 7))[1] if ax else None)
    before = parts(chart)
    assert footers.framed(chart, title="Which?", subtitle="") is chart
    assert parts(chart) == {"title": "Which?", "footer": before["footer"]}
    footers.framed(chart, footer="Mine " * 60, subtitle="Measure and unit")
    assert parts(chart) == {"title": "Which?", "subtitle": "Measure and unit", "footer": "Mine " * 60}
    assert_no_overlap(chart.figure)


def test_other_words_look_like_those_of_the_chart():
    def looks(chart):
        return [(part.get_fontsize(), part.get_color()) for part in frame_parts(chart.figure).values()]

    chart = ranked_bars(2, size="slide")
    before = looks(chart)
    assert looks(footers.framed(chart, title="T", subtitle="S", footer="F")) == before


def test_what_is_no_chart_has_no_words_to_change():
    with pytest.raises(ValueError, match="no chart of metaverse_analysis"):
        footers.framed(plt.subplots()[1], title="Mine")
    assert footers.alt_text(plt.figure()) == ""


# Alt text


def test_the_alt_text_tells_the_first_and_counts_the_others():
    assert footers.told([]) == "" and footers.told(["A 5"]) == "A 5"
    assert footers.told([f"A {n}" for n in range(1234)], most=1) == "A 0; and 1,233 more"
    words = ("Bars of targets", footers.TITLE, footers.told(["C about 9", "A 5"]))
    assert footers.Frame("C leads.", alt=words).alt_text == "Bars of targets. C leads. C about 9; A 5."


def test_the_callers_title_is_part_of_the_alt_text():
    chart = footers.framed(ranked_bars(2), title="Who\n leads?")
    assert footers.alt_text(chart).startswith("Bars of targets. Who leads? Autonomous prefecture")
    assert footers.alt_text(chart.figure) == footers.alt_text(chart)


def test_a_figure_has_the_alt_texts_of_its_charts():
    figure, axes = plt.subplots(1, 2, figsize=(14, 6))
    for ax, title in zip(axes, ["One", "Two"], strict=True):
        ranked_bars(1, ax=ax, title=title)
    assert " Two. " in footers.alt_text(axes[1])
    assert footers.alt_text(figure) == " ".join(map(footers.alt_text, axes))


def test_a_pickled_chart_keeps_its_alt_text_and_its_pixels(tmp_path):
    chart = ranked_bars(3)
    again = pickle.loads(pickle.dumps(chart.figure))
    assert footers.alt_text(again) == footers.alt_text(chart)
    saved = [showing.save(one, tmp_path / f"{i}.png").read_bytes() for i, one in enumerate([chart, again])]
    assert saved[0] == saved[1]


# Sources


def test_a_chart_says_on_how_many_pages_its_rows_rest(ds):
    table = ma.revisions(ds)
    chart = ma.charts.revisions(table)
    pages = set(footers.frame_of(chart).pages)
    assert pages <= set(table["source_ids"].str.split(";").explode())
    assert parts(chart)["footer"].endswith(f"Sources: {len(pages)} pages.")
    one = table[table["days_high"].notna()].head(1).assign(source_ids="one-page")
    assert parts(ma.charts.revisions(one))["footer"].endswith("Source: 1 page.")


def test_outlets_are_named_once_in_the_place_of_the_number_of_pages(ds):
    chart = ma.charts.revisions(ma.revisions(ds))
    before = parts(chart)["footer"]
    assert ma.charts.sourced(chart, ds) is chart
    pages = pd.DataFrame({"source_id": footers.frame_of(chart).pages})
    named = ma.source_line(ds, pages, most=1)
    footer = parts(chart)["footer"]
    credit = "Chart: metaverse_analysis, CC BY 4.0, data of 28 November 2026."
    assert footer == f"{before.split('Sources: ')[0]}{named}. {credit}"
    assert parts(ma.charts.sourced(chart, ds))["footer"] == footer, "twice is once"
    assert_no_overlap(chart.figure)


def test_the_sources_stay_below_a_footer_of_the_callers(ds):
    chart = ma.charts.sourced(ma.charts.revisions(ma.revisions(ds)), ds)
    footer = parts(ma.charts.framed(chart, footer="Drawn for the committee."))["footer"]
    assert footer.startswith("Drawn for the committee. Source: ")


def test_a_single_source(ds):
    single = ma.revisions(ds).assign(source_ids="theregister-2024-01-23-wg")
    chart = ma.charts.sourced(ma.charts.revisions(single), ds)
    assert "Source: The Register. Chart: " in parts(chart)["footer"]


def test_the_credit_is_that_of_the_tables(ds):
    licence = {"name": "ODC-By-1.0", "path": "https://opendatacommons.org/licenses/by/1-0/"}
    for given, said in [
        ([licence], "metaverse_analysis, ODC By 1.0, data"),
        ([], "metaverse_analysis, data"),
    ]:
        schema = replace(ds.schema, descriptor={**ds.schema.descriptor, "licenses": given})
        other = replace(ds, schema=schema)
        chart = ma.charts.sourced(ma.charts.revisions(ma.revisions(ds)), other)
        assert f"Chart: {said} of " in parts(chart)["footer"]


# Notes


def test_notes_are_kept_and_not_drawn():
    ax = ranked_bars(2)
    with style.house():
        footers.frame(ax, title="T", footer="F.", notes="How to read it.")
    assert ma.charts.notes(ax) == ma.charts.notes(ax.figure) == "How to read it."
    assert "How to read it." not in parts(ax).values()
    assert ma.charts.notes(footers.framed(ax, title="Other")) == "How to read it."
    assert ma.charts.notes(footers.framed(ax, notes="Mine")) == "Mine"
    assert ma.charts.notes(plt.figure()) == ""
