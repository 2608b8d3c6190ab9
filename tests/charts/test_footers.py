"""The frame of a chart and its alt text."""

import numpy as np
import pytest
from chart_checks import LONG_TITLE, SOURCES, assert_no_overlap, ranked_bars, text_boxes
from made_once import packaged
from matplotlib import pyplot as plt

import metaverse_analysis as ma
from metaverse_analysis.charts import footers, labels, style
from metaverse_analysis.charts.labels import figure_of
from metaverse_analysis.charts.layout import frame_parts


def test_a_frame_can_be_replaced():
    ax = ranked_bars(2)
    with style.house():
        footers.frame(ax, title="Shorter")
    assert {name: part.get_text() for name, part in frame_parts(ax.figure).items()} == {"title": "Shorter"}


def test_panels_share_one_frame():
    with style.panels_for(2, 2, height=7) as (figure, axes):
        for ax, scope in zip(axes.flat, ["core", "related", "driven", "industry"], strict=True):
            labels.label_bar_ends(ax, ax.barh(["Henan", "Sichuan"], [100, 250]), ["over 100", "250"])
            ax.set_title(scope)
        footers.frame(figure, title=LONG_TITLE, footer=SOURCES)
    assert_no_overlap(figure)
    assert len([words for words, _ in text_boxes(figure) if words.startswith("Sources")]) == 1


def test_the_alt_text_names_the_extremes_and_the_unknown():
    words = footers.describe([5, np.nan, 9], ["A", "B", "C"], "Chart of targets", "bn yuan", "C leads.")
    assert words == (
        "Chart of targets: 2 values and 1 unknown. Largest: C, 9 bn yuan. Smallest: A, 5 bn yuan. C leads."
    )


def test_a_figure_has_the_alt_texts_of_its_axes():
    figure, axes = plt.subplots(1, 2)
    footers.set_alt_text(axes[0], "One.")
    footers.set_alt_text(axes[1], "Two\n  lines.")
    assert footers.alt_text(figure) == "One. Two lines."
    footers.set_alt_text(figure, "Both.")
    assert footers.alt_text(figure) == "Both."
    with pytest.raises(ValueError, match="empty"):
        footers.set_alt_text(figure, " ")


def footer(owner) -> str:
    return frame_parts(figure_of(owner))["footer"].source


def test_named_once_in_the_place_of_the_general_words():
    ds = packaged()
    table = ma.revisions(ds)
    chart = ma.charts.revisions(table)
    before = footer(chart)
    assert "Sources: " in before
    assert ma.charts.sourced(chart, ma.source_line(ds, table)) is chart
    named = ma.source_line(ds, table).removesuffix(" (ma.cite lists all)")
    assert footer(chart).endswith(f"{named}.") and footer(chart).count("Source") == 1
    assert before.split(" Sources: ")[0] in footer(chart), "what else the footer says stays"
    assert_no_overlap(figure_of(chart))


def test_a_single_source():
    ds = packaged()
    chart = ma.charts.press_article(ma.press_audit(ds))
    ma.charts.sourced(chart, ma.source_line(ds, "theregister-2024-01-23-wg"))
    assert footer(chart).endswith(" Source: The Register.")
