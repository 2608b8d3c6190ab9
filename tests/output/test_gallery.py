"""Every chart of the gallery, as the report draws it: on the packaged tables, and on forty regions with long names."""

import base64
from functools import cache
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.text import Text
from stored_pictures import difference, other_versions
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.contract import CONTRACTS
from metaverse_analysis.charts.footers import alt_text, frame_of
from metaverse_analysis.charts.labels import figure_of
from metaverse_analysis.charts.layout import frame_parts
from metaverse_analysis.output.gallery import CHARTS, figures_closed
from metaverse_analysis.output.pictures import SHOWN, pictures

ROOT = Path(__file__).parents[2]
# Their texts must also stay apart on a caller's axes, which can't grow with the table.
FITTED = ("policy_timeline", "adoption", "revisions", "instrument_matrix", "instrument_stances")

each_chart = pytest.mark.parametrize("name", CHARTS)


@pytest.fixture(scope="module")
def table(ds):
    """The table of each chart, made once."""
    return cache(lambda name: CHARTS[name].table(ds))


@at_each_size(*CHARTS)
def test_is_whole(ds, table, name, size):
    before = dict(mpl.rcParams)
    owner = CHARTS[name].drawn(ds, table(name), size=size)
    assert dict(mpl.rcParams) == before, "no trace in matplotlib's settings"
    figure = figure_of(owner)
    assert_no_overlap(figure)
    assert_readable(figure)
    assert len(alt_text(owner)) > 40
    footer = frame_parts(figure)["footer"].source
    assert footer.count("Source") == 1 and footer.endswith("data of 28 November 2026.")


@each_chart
def test_draws_on_the_callers_axes_with_the_callers_words(ds, table, name):
    """Nothing else that is the caller's is touched: the table, the settings, other axes."""
    chart, shown = CHARTS[name], table(name)
    before, settings = shown.copy(), dict(mpl.rcParams)
    words = {"title": "A title of one's own", "subtitle": "A subtitle", "footer": "A footer."}
    if chart.has_panels:
        owner = charts.framed(chart.drawn(ds, shown), **words)
        assert isinstance(owner, Figure)
    else:
        figure, axes = plt.subplots(1, 2, figsize=(18, 12))
        owner = charts.framed(chart.drawn(ds, shown, ax=axes[0]), **words)
        assert owner is axes[0] and figure.axes == list(axes)
        assert plt.get_fignums() == [figure.number], "no second figure"
        assert not axes[1].has_data()
        if name in FITTED:
            assert_no_overlap(figure)
    said = [text.get_text().replace("\n", " ") for text in figure_of(owner).findobj(Text)]
    assert [sum(text.startswith(word) for text in said) for word in words.values()] == [1, 1, 1]
    assert "A title of one's own." in alt_text(owner)
    pd.testing.assert_frame_equal(shown, before)
    assert dict(mpl.rcParams) == settings


@each_chart
def test_of_empty_tables_it_says_what_there_is_none_of(ds, name):
    with pytest.raises(ValueError) as told:
        CHARTS[name].drawn(ds.with_tables(**{table: ds[table].iloc[:0] for table in ds.tables}))
    assert type(told.value) is ValueError and len(str(told.value)) > 30


def marks(figure: Figure) -> list[tuple[int, int, int]]:
    """How many bars, lines and dots each panel has."""
    return [
        (len(ax.patches), len(ax.lines), sum(len(dots.get_offsets()) for dots in ax.collections))
        for ax in figure.axes
    ]


@pytest.mark.parametrize("name", list(CHARTS) if MORE > 1 else list(CHARTS)[::3])
def test_the_pages_at_the_foot_are_those_of_the_rows_drawn(ds, table, name):
    """Each row is given a page of its own: the rows whose pages are named draw the chart, and no row is missing."""
    chart, shown = CHARTS[name], table(name)
    columns = [column for column in shown if column.endswith("source_ids")]
    paged = shown.assign(**{column: [f"row-{i}" for i in range(len(shown))] for column in columns})
    beside = chart.beside(ds, shown)
    owner = chart.draw(paged, **beside)
    pages = set(frame_of(owner).pages)
    assert pages and all(page.startswith("row-") for page in pages), "none foreign"
    named = paged.iloc[sorted(int(page.removeprefix("row-")) for page in pages)]
    again = chart.draw(named, **beside)
    assert marks(figure_of(again)) == marks(figure_of(owner)), "none missing"
    assert set(frame_of(again).pages) == pages


def test_has_every_chart():
    """A chart has `@draws` above it, a name in charts/__init__.py and a row in `_ALL` of output/gallery.py."""
    of_places = {"profile", "compare"}  # drawn of the places that a reader names
    drawn = {chart.draw.__name__.removeprefix("_draw_") for chart in CHARTS.values()}
    around = {"alt_text", "framed", "notes", "save", "show", "sourced"}
    assert set(CONTRACTS) == drawn | of_places == set(dir(charts)) - around


def test_questions_and_names_differ():
    assert len({chart.question for chart in CHARTS.values()}) == len(CHARTS)
    assert all(chart.question.endswith("?") for chart in CHARTS.values())


def test_leaves_the_callers_figures_open():
    mine = plt.figure()
    with figures_closed():
        plt.figure()
    assert plt.get_fignums() == [mine.number]


def test_a_chart_stands_beside_each_answer_that_has_one(ds):
    topics = [chart.topic for chart in CHARTS.values() if chart.topic]
    assert sorted(topics) == sorted(set(ma.answers(ds)["topic"]) - {"your_own_data"})


def test_pictures_of_the_readme_are_current(ds, tmp_path):
    drawn = pictures(tmp_path, ds)
    stored = {path.name for path in (ROOT / "pictures").glob("*.png")}
    assert {path.name for path in drawn} == stored == {f"{name}.png" for name in SHOWN}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in stored if f"(pictures/{name})" not in readme] == []
    if other_versions():
        pytest.skip("drawn with other versions than the stored pictures")
    for path in drawn:
        pair = [
            base64.b64encode(file.read_bytes()).decode() for file in (ROOT / "pictures" / path.name, path)
        ]
        assert difference(*pair) == "", (
            f"{path.name}: draw it anew with python -m metaverse_analysis pictures"
        )
