"""The house style: no trace in the settings, words that stay inside at every size."""

import matplotlib as mpl
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, ranked_bars
from matplotlib import pyplot as plt

from metaverse_analysis.charts import showing, style


def test_the_style_leaves_no_trace(monkeypatch):
    monkeypatch.setitem(mpl.rcParams, "axes.grid", True)
    before = dict(mpl.rcParams)
    ranked_bars()
    with pytest.raises(RuntimeError), style.house("slide"):
        raise RuntimeError
    assert dict(mpl.rcParams) == before


def test_settings_of_the_caller_do_not_change_the_chart(tmp_path):
    plain = showing.save(ranked_bars(), tmp_path / "plain.png").read_bytes()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "black", "axes.grid": True, "figure.dpi": 30}):
        other = showing.save(ranked_bars(), tmp_path / "other.png").read_bytes()
    assert plain == other


def test_an_unknown_size_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"'poster'.*notebook.*report.*slide"):
        ranked_bars(size="poster")
    assert not plt.get_fignums()


@at_each_size("1", "5", "40")
def test_nothing_overlaps_or_is_cut_off(name, size):
    if size == "phone":
        pytest.skip("there the names stand above the bars, as each chart's own test draws them")
    rows = int(name)
    figure = ranked_bars(rows, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


def test_the_layout_holds_when_the_figure_is_resized():
    figure = ranked_bars(5).figure
    figure.set_size_inches(6, 7)
    assert_no_overlap(figure)
