"""Fonts: the packaged one, and an error in words instead of empty boxes."""

import matplotlib as mpl
import pytest
from chart_checks import assert_no_overlap, ranked_bars
from matplotlib import pyplot as plt

from metaverse_analysis.charts import fonts, showing, style
from metaverse_analysis.charts.layout import frame_parts


def test_the_packaged_font_is_used():
    with style.house():
        path = mpl.font_manager.findfont(mpl.font_manager.FontProperties())
    assert path.endswith("SourceSansPro-Regular.ttf") and "metaverse_analysis" in path


def test_chinese_without_a_font_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(fonts, "cjk_font", lambda: None)
    with pytest.raises(ValueError, match=r"元 .*in \"元宇宙\".*metaverse-analysis\[zh\].*fonts-noto-cjk"):
        ranked_bars(title="元宇宙")
    assert not plt.get_fignums(), "no half-drawn figure is left"


def test_a_character_that_no_font_has_is_an_error_and_not_a_box():
    with pytest.raises(ValueError, match="no font here has \U0001f9a5"):
        ranked_bars(title="Slow: \U0001f9a5")


@pytest.mark.skipif(fonts.cjk_font() is None, reason="no font with Chinese characters is installed")
def test_chinese_is_drawn_where_a_font_is(caplog):
    ax = ranked_bars(title="四川和山东的元宇宙产业目标高于其他省份" * 3)
    ax.figure.draw_without_rendering()
    title, subtitle, footer = frame_parts(ax.figure).values()
    assert "\n" in title.get_text()
    assert fonts.cjk_font() in title.get_fontfamily()
    assert fonts.cjk_font() not in [*subtitle.get_fontfamily(), *footer.get_fontfamily()]
    assert_no_overlap(ax.figure)
    assert not caplog.records


def test_what_has_no_chinese_is_drawn_alike_with_and_without_a_font(monkeypatch, tmp_path):
    first = showing.save(ranked_bars(), tmp_path / "first.png").read_bytes()
    monkeypatch.setattr(fonts, "cjk_font", lambda: None)
    assert showing.save(ranked_bars(), tmp_path / "second.png").read_bytes() == first
