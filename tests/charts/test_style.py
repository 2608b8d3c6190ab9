"""The house style of the charts: no trace in the settings, words that stay apart, files that repeat."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars, text_boxes
from hypothesis import given, strategies as st
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from metaverse_analysis.charts import fonts, style
from metaverse_analysis.charts.labels import spread
from metaverse_analysis.charts.layout import frame_parts

LONG_TITLE = (
    "Sichuan and Shandong promised more than any other province, and nobody has said what became of it"
)
SOURCES = (
    "Sources: " + "; ".join(f"notice of the government of province {i}, as reported" for i in range(12)) + "."
)


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def ranked_bars(
    rows: int = 5, *, ax: Axes | None = None, size: str = "notebook", title: str = LONG_TITLE, **options: str
) -> Axes:
    values = np.arange(1, rows + 1) * 50.0
    names = [f"Autonomous prefecture with a long name, no. {i}" for i in range(rows)]
    with style.axes_for(ax, size, height=style.height_for(rows, size), **options) as drawn:
        marks = drawn.barh(range(rows), values, tick_label=names, color=style.colour("plain"))
        style.hatch_draft(marks[0])
        style.label_bar_ends(drawn, marks, [style.hedged(value, qualifier="over") for value in values])
        style.frame(drawn, title=title, subtitle="Industry scale, billion yuan, 2025", footer=SOURCES)
        style.set_alt_text(drawn, style.describe(values, names, "Bar chart of targets", "billion yuan"))
    return drawn


# Settings


def test_the_style_leaves_no_trace(monkeypatch):
    monkeypatch.setitem(mpl.rcParams, "axes.grid", True)
    before = dict(mpl.rcParams)
    ranked_bars()
    with pytest.raises(RuntimeError), style.house("slide"):
        raise RuntimeError
    assert dict(mpl.rcParams) == before


def test_settings_of_the_caller_do_not_change_the_chart(tmp_path):
    plain = style.save(ranked_bars(), tmp_path / "plain.png").read_bytes()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "black", "axes.grid": True, "figure.dpi": 30}):
        other = style.save(ranked_bars(), tmp_path / "other.png").read_bytes()
    assert plain == other


def test_an_unknown_size_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"'poster'.*notebook.*report.*slide"):
        ranked_bars(size="poster")
    assert not plt.get_fignums()


# Layout


@at_each_size("1", "5", "40")
def test_nothing_overlaps_or_is_cut_off(name, size):
    rows = int(name)
    figure = ranked_bars(rows, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


def test_the_layout_holds_when_the_figure_is_resized():
    figure = ranked_bars(5).figure
    figure.set_size_inches(6, 7)
    assert_no_overlap(figure)


@pytest.mark.parametrize("engine", [None, "constrained", "tight"])
def test_a_chart_on_the_axes_of_a_caller_stays_inside(engine):
    figure, axes = plt.subplots(1, 2, figsize=(15, 7), layout=engine)
    for ax in axes:
        ranked_bars(4, ax=ax)
    assert_no_overlap(figure)
    with style.house():
        assert axes[0].get_yticklabels()[0].get_fontfamily() == mpl.rcParams["font.family"]


def test_charts_can_be_put_together_in_one_figure():
    with style.panels_for(1, 2, "slide") as (figure, axes):
        for ax in axes.flat:
            ranked_bars(3, ax=ax)
    assert_no_overlap(figure)


def test_a_frame_can_be_replaced():
    ax = ranked_bars(2)
    with style.house():
        style.frame(ax, title="Shorter")
    assert {name: part.get_text() for name, part in frame_parts(ax.figure).items()} == {"title": "Shorter"}


def test_panels_share_one_frame():
    with style.panels_for(2, 2, height=7) as (figure, axes):
        for ax, scope in zip(axes.flat, ["core", "related", "driven", "industry"], strict=True):
            style.label_bar_ends(ax, ax.barh(["Henan", "Sichuan"], [100, 250]), ["over 100", "250"])
            ax.set_title(scope)
        style.frame(figure, title=LONG_TITLE, footer=SOURCES)
    assert_no_overlap(figure)
    assert len([words for words, _ in text_boxes(figure) if words.startswith("Sources")]) == 1


def test_labels_of_crowded_lines_are_moved_apart_in_order():
    ends = np.array([10, 10.5, 11, 30, 30, 60])
    with style.axes_for(grid=None) as ax:
        ax.set(ylim=(0, 65), yticks=[])
        ax.plot([0, 1], [ends / 2, ends])
        notes = style.direct_label(ax, 1, ends, [f"province {i} with its name" for i in range(6)])
        style.frame(ax, title="Title")
    assert_no_overlap(ax.figure)
    heights = [note.get_window_extent().y0 for note in notes]
    assert heights == sorted(heights)
    assert all(note.arrow_patch.get_visible() for note in notes)


def test_labels_that_have_room_stay_where_they_are_without_a_line():
    with style.axes_for(grid=None) as ax:
        ax.set(ylim=(0, 65), yticks=[])
        notes = style.direct_label(ax, 1, [10, 30], ["one", "other"])
    ax.figure.draw_without_rendering()
    assert [(note.xyann[1], note.arrow_patch.get_visible()) for note in notes] == [(0, False)] * 2


def test_labels_stand_at_dates():
    days = pd.to_datetime(["2023-09-15", "2023-09-20"])
    with style.axes_for(grid=None) as ax:
        ax.plot(days, [1, 1], "o")
        style.direct_label(ax, days, [1, 1], ["first plan", "second plan"])
    assert_no_overlap(ax.figure)


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(1, 20)), min_size=1, max_size=20),
)
def test_spread_never_overlaps_and_keeps_the_order(labels):
    anchors, heights = np.array(labels).T
    centres = spread(anchors, heights, 0, 1000)
    order = np.argsort(anchors, kind="stable")
    gaps = np.diff(centres[order]) - (heights[order][1:] + heights[order][:-1]) / 2
    assert (gaps > -1e-6).all()
    assert (centres - heights / 2 > -1e-6).all()


def test_spread_leaves_labels_that_have_room():
    assert spread(np.array([50.0, 10.0]), np.array([8.0, 8.0]), 0, 100).tolist() == [50, 10]


def test_lanes_keep_intervals_apart():
    assert style.lanes([0, 1, 2, 10], [5, 3, 9, 11]) == [0, 1, 2, 0]


# Words


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ((250.0,), "250"),
        ((1050,), "1,050"),
        ((100, None, "over"), "over 100"),
        ((150, float("nan"), "about"), "about 150"),
        ((30, 50, "range"), "30–50"),
        ((3, None, "at_least"), "at least 3"),
        ((0.04251,), "0.043"),
    ],
)
def test_figures_are_written_with_their_hedge(arguments, written):
    assert style.hedged(*arguments) == written


def test_hedges_have_chinese_words():
    assert style.hedged(100, qualifier="over", lang="zh") == "超过100"


def test_a_missing_number_is_no_label():
    with pytest.raises(ValueError, match="finite"):
        style.number(float("nan"))
    with pytest.raises(ValueError, match=r"'roughly'.*about"):
        style.hedged(1, qualifier="roughly")


def test_the_alt_text_names_the_extremes_and_the_unknown():
    words = style.describe([5, np.nan, 9], ["A", "B", "C"], "Chart of targets", "bn yuan", "C leads.")
    assert words == (
        "Chart of targets: 2 values and 1 unknown. Largest: C, 9 bn yuan. Smallest: A, 5 bn yuan. C leads."
    )


def test_a_figure_has_the_alt_texts_of_its_axes():
    figure, axes = plt.subplots(1, 2)
    style.set_alt_text(axes[0], "One.")
    style.set_alt_text(axes[1], "Two\n  lines.")
    assert style.alt_text(figure) == "One. Two lines."
    style.set_alt_text(figure, "Both.")
    assert style.alt_text(figure) == "Both."
    with pytest.raises(ValueError, match="empty"):
        style.set_alt_text(figure, " ")


# Fonts


def test_the_packaged_font_is_used():
    with style.house():
        path = mpl.font_manager.findfont(mpl.font_manager.FontProperties())
    assert path.endswith("SourceSansPro-Regular.ttf") and "metaverse_analysis" in path


def test_a_character_without_a_glyph_is_an_error_and_not_a_box():
    with pytest.raises(ValueError, match=r"元.*lang=\"zh\""):
        ranked_bars(title="元宇宙")


def test_chinese_without_a_font_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(fonts, "cjk_font", lambda: None)
    with pytest.raises(ValueError, match=r"metaverse-analysis\[zh\].*fonts-noto-cjk"):
        ranked_bars(lang="zh")
    with pytest.raises(ValueError, match="'fr'"):
        ranked_bars(lang="fr")


@pytest.mark.skipif(fonts.cjk_font() is None, reason="no font with Chinese characters is installed")
def test_chinese_labels_are_drawn_where_a_font_is(caplog):
    figure = ranked_bars(title="四川和山东的元宇宙产业目标高于其他省份" * 3, lang="zh").figure
    assert_no_overlap(figure)
    assert "\n" in frame_parts(figure)["title"].get_text()
    assert not caplog.records


# Files


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_chart_gives_the_same_bytes(tmp_path, kind):
    first, second = (style.save(ranked_bars(), tmp_path / f"{i}.{kind}").read_bytes() for i in range(2))
    assert first == second
    assert [path.name for path in sorted(tmp_path.iterdir())] == [f"0.{kind}", f"1.{kind}"]


def test_a_file_that_cannot_be_written_is_refused_before_drawing(tmp_path):
    ax = ranked_bars(1)
    with pytest.raises(ValueError, match=r"\.png, \.svg or \.pdf"):
        style.save(ax, tmp_path / "chart.gif")
    with pytest.raises(ValueError, match="no folder"):
        style.save(ax, tmp_path / "missing" / "chart.png")


def test_a_failed_drawing_leaves_the_old_file(tmp_path, monkeypatch):
    path = style.save(ranked_bars(1), tmp_path / "chart.png")
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        style.save(ranked_bars(2), path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_show_publishes_the_picture_with_its_alt_text(monkeypatch):
    published = []
    monkeypatch.setattr("IPython.get_ipython", object)
    monkeypatch.setattr(
        "IPython.display.display", lambda data, **keywords: published.append((data, keywords))
    )
    ax = ranked_bars(2)
    words = style.alt_text(ax)
    style.show(ax)
    data, keywords = published[0]
    assert data["image/png"].startswith(b"\x89PNG") and data["text/plain"] == words
    assert keywords["metadata"] == {"image/png": {"alt": words}}
    assert not plt.get_fignums()


def test_show_does_nothing_outside_a_notebook():
    ax = ranked_bars(1)
    style.show(ax)
    assert plt.get_fignums()


# The checks themselves


def test_the_checks_find_what_is_wrong():
    figure, ax = plt.subplots()
    ax.text(0.5, 0.5, "one")
    ax.text(0.5, 0.5, "other")
    with pytest.raises(AssertionError, match=r"'one', 'other'"):
        assert_no_overlap(figure)
    ax.texts[1].set_position((1.5, 0.5))
    with pytest.raises(AssertionError, match=r"leave the figure: \['other'\]"):
        assert_no_overlap(figure)
    ax.texts[1].set(position=(0.1, 0.1), fontsize=4)
    with pytest.raises(AssertionError, match="too small"):
        assert_readable(figure)


def test_bars_are_read_from_top_to_bottom():
    read = bars(ranked_bars(3))
    assert [bar.value for bar in read] == [150, 100, 50]
    assert read[0].label.endswith("no. 2")
    assert read[0].facecolor == style.colour("plain") and not read[0].hatch
    assert read[2].facecolor == style.tint(style.colour("plain")) and read[2].hatch  # the draft
