"""Whoever changes the first code cell of a notebook gets sentences, tables and charts that still hold.

The plain run tries one change of each notebook, a thorough one all of them, and each cell twice.
"""

import os
import re
from pathlib import Path

import notebook_runs
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from thorough import MORE

from metaverse_analysis.measures.paragraphs import Text

# What is changed, and words that must then be shown.
TRIED = {
    "00_start_here": [
        (
            {"place": "Qinghai", "others": ["Jiangning", "重庆"], "word": "no such word", "scope": None},
            "Qinghai",
        ),
        ({"place": "China", "word": "区块链", "title": "Who promised what", "highlight": ["CN-SH"]}, "China"),
        ({"place": "Zhengzhou", "scope": "metaverse_core", "rate_on": "2019-06-03"}, "Zhengzhou"),
    ],
    "01_regional_targets": [
        ({"highlight": ["Chongqing", "CN-QH"]}, "metaverse-related industries, 2025: "),
        ({"scope": "metaverse_core"}, "core metaverse industry, 2025: "),
        ({"scope": "metaverse_industry", "years": [2026, 2025]}, "unspecified metaverse industry, 2026: "),
        ({"years": [2028], "rate_on": "2019-06-03"}, "metaverse-related industries, 2028: "),
        ({"scope": "metaverse_driven", "rate_on": "2026-01-05"}, "industries driven along, 2025: "),
    ],
    "02_dollars_and_yuan": [
        ({"places": ["Shanghai"], "days": ["2022-01-03", "2022-12-30"]}, "- Shanghai, 350 billion yuan"),
        ({"places": ["Zhengzhou", "CN-HK"]}, "- Zhengzhou, over 200 billion yuan"),
        ({"places": ["Hunan"]}, "The dollar cost from"),  # nobody printed a figure for it
    ],
    "03_ambition": [
        ({"scope": "metaverse_core", "gdp": (2022, "final_verified")}, "of the GDP of 2022"),
        ({"scope": "metaverse_driven", "other_gdp": (2021, "preliminary")}, "GDP of 2021, preliminary"),
        ({"scope": "metaverse_industry", "year": 2026, "base_years": [2024]}, " for 2026 equals "),
        ({"base_years": range(2018, 2024)}, "in 2018"),
    ],
    "04_policy_timeline": [
        ({"places": ["Shanghai", "武汉"], "days": ["2022-08-01"]}, "- 2022-08-01. Shanghai: "),
        ({"places": [], "weeks": ["2026-01-01", "2026-11-01"]}, "The national plan: "),
        ({"places": ["CN-QH"], "days": ["2021-01-01"]}, "nothing yet"),
    ],
    "05_instruments": [
        ({"place": "Henan", "instruments": None}, "Henan"),
        ({"place": "Qinghai", "level": "city"}, "No row on Qinghai"),
        ({"place": "China", "level": "country", "instruments": ["standards"]}, "Of "),
        ({"level": "district"}, "Of "),
    ],
    "06_participants": [
        ({"body": "CCIA committee", "by": "role"}, "CCIA committee when last seen"),
        ({"body": "CMCA committee", "organisations": []}, "CMCA committee when last seen"),
        ({"body": "MIIT technical committee", "by": "type"}, "MIIT technical committee when last seen"),
        ({"body": "IEC evaluation group"}, "IEC evaluation group when last seen"),
    ],
    "07_outcomes": [
        ({"today": "2024-06-01", "places": ["Jiangxi"]}, "passed on 2024-06-01"),
        ({"today": "2022-01-01", "places": ["Hunan"]}, "passed on 2022-01-01"),
        ({"places": [], "series_of": ("Shandong", "vr_xr")}, "Targets whose year has passed"),
        ({"today": "2025-12-31", "places": ["CN-SH", "Henan"]}, "passed on 2025-12-31"),
    ],
    "08_evidence": [
        ({"targets": [], "explained": "CN-SC"}, "[places: CN-SC]"),
        ({"explained": "huawei", "today": "2027-06-30"}, "[participants: huawei]"),
        ({"targets": ["cn-sd-2024-vr-scale"]}, "Confidence "),
    ],
    "09_your_own_data": [
        ({"place": "Hainan", "words": "超过0.5万亿元", "year": 2030}, "Hainan's action plan of 18 June 2025"),
        ({"place": "Chengdu", "scope": "metaverse_related", "words": "约1200亿元"}, "about 120 billion yuan"),
        ({"place": "CN-SC", "scope": "metaverse_industry"}, "aims for an industry scale of 80 billion yuan"),
    ],
}
NOTEBOOKS = {path.stem: path for path in notebook_runs.notebooks()}
NO_WORDS = re.compile(r"\bnan\b|\bNone\b|<NA>|\bNaT\b")
CHANGES = [
    pytest.param(name, *change, id=f"{name}-{number}")
    for name, changes in TRIED.items()
    for number, change in enumerate(changes[: None if MORE > 1 else 1])
]


@pytest.fixture(autouse=True)
def as_it_was(tmp_path):
    """A notebook may set options of pandas and go to another folder."""
    home = Path.cwd()
    options = ("display.precision", "display.max_colwidth")
    with pd.option_context(*(part for name in options for part in (name, pd.get_option(name)))):
        yield
    os.chdir(home)


def test_each_notebook_is_tried_with_three_other_settings_at_least():
    assert {name: len(changes) >= 3 for name, changes in TRIED.items()} == dict.fromkeys(NOTEBOOKS, True)


@pytest.mark.parametrize(("name", "settings", "words"), CHANGES)
def test_other_settings(name, settings, words):
    shown = notebook_runs.run(NOTEBOOKS[name], settings, times=1 if MORE == 1 else 2)
    assert words in "\n".join(one.text for one in shown)
    texts = [str(one.value) for one in shown if isinstance(one.value, Text)]
    titles = [figure.get_axes()[0].get_title() for figure in map(plt.figure, plt.get_fignums())]
    assert texts and titles
    assert [text for text in [*texts, *titles] if NO_WORDS.search(text)] == []


@pytest.mark.parametrize("name", NOTEBOOKS if MORE > 1 else ["09_your_own_data"])
def test_each_cell_can_be_run_twice(name):
    once = notebook_runs.run(NOTEBOOKS[name])
    twice = notebook_runs.run(NOTEBOOKS[name], times=2)
    assert [one.text for one in once] == [one.text for one in twice]


def test_a_setting_that_isnt_there_is_told():
    with pytest.raises(KeyError, match="speed"):
        notebook_runs.with_settings("place = 1", {"speed": 2})
    assert notebook_runs.with_settings("a = 1  # one\nb = 2", {"a": "x"}) == "a = 'x'\nb = 2"
