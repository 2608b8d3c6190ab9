"""Fonts: the packaged one, and an error in words instead of empty boxes."""

import matplotlib as mpl
import pytest
from chart_checks import assert_no_overlap, ranked_bars

from metaverse_analysis.charts import fonts, style
from metaverse_analysis.charts.layout import frame_parts


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
