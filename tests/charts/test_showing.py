"""Charts as files that repeat, and as outputs of notebook cells."""

import pytest
from chart_checks import ranked_bars
from matplotlib import pyplot as plt

from metaverse_analysis.charts import footers, showing


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_chart_gives_the_same_bytes(tmp_path, kind):
    first, second = (showing.save(ranked_bars(), tmp_path / f"{i}.{kind}").read_bytes() for i in range(2))
    assert first == second
    assert [path.name for path in sorted(tmp_path.iterdir())] == [f"0.{kind}", f"1.{kind}"]


def test_a_file_that_cannot_be_written_is_refused_before_drawing(tmp_path):
    ax = ranked_bars(1)
    with pytest.raises(ValueError, match=r"\.png, \.svg or \.pdf"):
        showing.save(ax, tmp_path / "chart.gif")
    with pytest.raises(ValueError, match="no folder"):
        showing.save(ax, tmp_path / "missing" / "chart.png")


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
    assert keywords["metadata"] == {"image/png": {"alt": words}}
    assert not plt.get_fignums()


def test_show_does_nothing_outside_a_notebook():
    ax = ranked_bars(1)
    showing.show(ax)
    assert plt.get_fignums()
