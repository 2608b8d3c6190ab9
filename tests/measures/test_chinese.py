"""The table of traditional characters: one for one, each once, and none that is simplified already."""

import pytest

from metaverse_analysis.measures.chinese import SIMPLER, SIMPLIFIED, TRADITIONAL


def test_each_traditional_character_has_one_simplified():
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL)) == len(SIMPLER) > 1000
    assert not set(TRADITIONAL) & set(SIMPLIFIED)
    SIMPLIFIED.encode("gb2312"), TRADITIONAL.encode("big5")


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("區塊鏈", "区块链"),
        ("數字藏品", "数字藏品"),
        ("虛擬現實產業", "虚拟现实产业"),
        ("標準", "标准"),
        ("華為", "华为"),
        ("廣東", "广东"),
    ],
)
def test_words(traditional, simplified):
    assert "".join(SIMPLER.get(char, char) for char in traditional) == simplified
