"""Charts as files that repeat, and as outputs of notebook cells."""

import copy
import os
import pickle
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from chart_checks import ranked_bars
from matplotlib import pyplot as plt
from matplotlib.text import Text
from nbclient import NotebookClient
from says import says

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts import footers, showing

SETUP = """
import metaverse_analysis as ma
from matplotlib import pyplot as plt
ds = ma.load()
drawn = ma.revisions(ds)
"""


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_chart_gives_the_same_bytes(tmp_path, kind):
    first, second = (showing.save(ranked_bars(), tmp_path / f"{i}.{kind}").read_bytes() for i in range(2))
    assert first == second
    assert [path.name for path in sorted(tmp_path.iterdir())] == [f"0.{kind}", f"1.{kind}"]


def test_a_chart_that_was_shown_and_saved_gives_the_same_bytes_again(tmp_path):
    chart = ranked_bars()
    first = showing.save(chart, tmp_path / "first.png").read_bytes()
    chart.figure.canvas.draw()
    showing.save(chart, tmp_path / "between.svg")
    assert showing.save(chart, tmp_path / "second.png").read_bytes() == first


PANELS = """
import sys
import metaverse_analysis as ma
ds = ma.load()
lists, article = ma.charts.priorities(ma.priorities(ds)), ma.charts.press_article(ma.press_audit(ds))
for name, chart in {"lists": lists, "article": article}.items():
    for kind in ("svg", "png", "svg"):
        ma.charts.save(chart, f"{sys.argv[1]}/{name}.{kind}")
"""


def test_another_process_writes_the_same_bytes(tmp_path):
    """Panels that share their axes, too; a file is the same whatever was saved before it."""
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", PANELS, str(folder)], check=True, env=environment)
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(written[0]) == 4 and written[0] == written[1]


def test_charts_saved_by_several_threads_are_like_those_of_one(tmp_path):
    charts = [ranked_bars(rows) for rows in (2, 3, 4, 5)]

    def saved(turn):
        return [
            showing.save(chart, tmp_path / f"{turn}-{i}.png").read_bytes() for i, chart in enumerate(charts)
        ]

    alone = saved("alone")
    with ThreadPoolExecutor(4) as pool:
        together = pool.map(
            lambda i: showing.save(charts[i], tmp_path / f"{i}.png").read_bytes(), range(len(charts))
        )
    assert list(together) == alone


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such rights")
def test_a_file_is_as_private_as_the_users_others(tmp_path):
    before = os.umask(0o077)
    try:
        path = showing.save(ranked_bars(1), tmp_path / "chart.png")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_is_refused_before_drawing(tmp_path):
    ax = ranked_bars(1)
    with pytest.raises(ValueError, match=r"\.png, \.svg or \.pdf"):
        showing.save(ax, tmp_path / "chart.gif")
    with pytest.raises(ValueError, match="no folder"):
        showing.save(ax, tmp_path / "missing" / "chart.png")


def test_a_file_has_the_words_and_sources_of_its_writer(tmp_path, ds):
    chart = charts.revisions(ma.revisions(ds))
    file = charts.save(chart, tmp_path / "mine.svg", ds, title="Mine alone")
    assert "Mine alone" in charts.alt_text(chart) and "Mine alone" in file.read_text("utf-8")
    assert any("CC BY 4.0" in text.get_text() for text in chart.figure.findobj(Text))


def test_what_is_no_chart_is_told(tmp_path, ds):
    for use in (charts.show, charts.framed, lambda owner: charts.save(owner, tmp_path / "mine.png")):
        with pytest.raises(ValueError) as told:
            use(ds)
        assert says(told, "a chart is needed", "ma.charts", "not a Dataset")


def test_a_failed_drawing_leaves_the_old_file(tmp_path, monkeypatch):
    path = showing.save(ranked_bars(1), tmp_path / "chart.png")
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        showing.save(ranked_bars(2), path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_show_publishes_the_picture_with_its_alt_text(monkeypatch):
    published = []
    monkeypatch.setattr("IPython.get_ipython", object)
    monkeypatch.setattr(
        "IPython.display.display", lambda data, **keywords: published.append((data, keywords))
    )
    ax = ranked_bars(2)
    words = footers.alt_text(ax)
    showing.show(ax)
    data, keywords = published[0]
    assert data["image/png"].startswith(b"\x89PNG") and data["text/plain"] == words
    assert keywords["metadata"] == {"image/png": {"alt": words, "width": 840}}
    assert not plt.get_fignums()


def test_show_does_nothing_outside_a_notebook():
    ax = ranked_bars(1)
    showing.show(ax)
    assert plt.get_fignums()


def test_show_puts_other_words_around_a_chart():
    ax = ranked_bars(1)
    showing.show(ax, title="Mine")
    assert "Mine." in footers.alt_text(ax)


# In a notebook


@pytest.fixture(scope="module")
def outputs():
    """What cells show in a kernel, by their code."""
    cells = [
        SETUP,
        "ma.charts.revisions(drawn)",
        "ma.charts.priorities(ma.priorities(ds))",
        "chart = ma.charts.revisions(drawn)",
        "chart",
        "chart.figure",
        "ma.charts.show(ma.charts.revisions(drawn), ds, title='Mine')",
        "ma.charts.revisions(drawn)\nma.charts.revisions(drawn)",
        "figure, ax = plt.subplots(figsize=(12, 9))\nma.charts.revisions(drawn, ax=ax)\nNone",
        "print(plt.get_fignums())",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return {cell.source: cell.outputs for cell in notebook.cells}


def shown(outputs) -> list[str]:
    """The alt text of each picture; every output must be a picture."""
    assert all("image/png" in output.data for output in outputs)
    return [output.metadata.get("image/png", {}).get("alt", "") for output in outputs]


@pytest.mark.parametrize(
    ("cell", "begins"),
    [
        ("ma.charts.revisions(drawn)", ["Squares"]),
        ("ma.charts.priorities(ma.priorities(ds))", ["A list"]),
        ("chart = ma.charts.revisions(drawn)", ["Squares"]),
        ("chart", ["Squares"]),
        ("chart.figure", ["Squares"]),
        ("ma.charts.show(ma.charts.revisions(drawn), ds, title='Mine')", ["Squares"]),
        ("ma.charts.revisions(drawn)\nma.charts.revisions(drawn)", ["Squares"] * 2),
        ("figure, ax = plt.subplots(figsize=(12, 9))\nma.charts.revisions(drawn, ax=ax)\nNone", [""]),
    ],
)
def test_a_cell_shows_each_of_its_charts_once(outputs, cell, begins):
    alts = shown(outputs[cell])
    assert len(alts) == len(begins)
    assert all(alt.startswith(begin) for alt, begin in zip(alts, begins, strict=True))


def test_no_figure_stays_open_after_its_cell(outputs):
    assert outputs["print(plt.get_fignums())"][0].text == "[]\n"


@pytest.mark.parametrize("travel", [lambda figure: pickle.loads(pickle.dumps(figure)), copy.deepcopy])
def test_a_copy_of_a_chart_is_saved_as_the_chart_is(ds, tmp_path, travel):
    chart = charts.market_targets(ma.market_targets(ds, year=2025))
    again = travel(chart.figure)
    assert charts.alt_text(again) == charts.alt_text(chart)
    files = [charts.save(one, tmp_path / f"{n}.png", ds) for n, one in enumerate((chart, again))]
    assert files[0].read_bytes() == files[1].read_bytes()
