"""The colours of the charts: they stand out, differ in grey print and for the colour-blind, and cover the tables."""

import json
from itertools import combinations
from pathlib import Path

import colorspacious
import matplotlib as mpl
import numpy as np
import pytest
import wcag_contrast_ratio
from matplotlib.colors import to_rgb

from metaverse_analysis.charts import palette, style

WHITE = (1.0, 1.0, 1.0)


def contrast(one: str | tuple, other: str | tuple) -> float:
    return wcag_contrast_ratio.rgb(to_rgb(one), to_rgb(other))


def as_seen(hue: str, deficiency: str | None) -> np.ndarray:
    if deficiency is None:
        return np.array(to_rgb(hue))
    space = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
    return np.clip(colorspacious.cspace_convert(to_rgb(hue), space, "sRGB1"), 0, 1)


PAIRS = [
    pytest.param(one, other, id=f"{one[0]}-{other[0]}")
    for group in palette.GROUPS.values()
    for one, other in combinations(group.items(), 2)
]


@pytest.mark.parametrize("group", palette.GROUPS)
def test_marks_stand_out_from_white(group):
    low = {
        m: round(contrast(c, WHITE), 2) for m, c in palette.GROUPS[group].items() if contrast(c, WHITE) < 3
    }
    assert not low


def test_words_stand_out_from_white():
    with style.house():
        words = [
            mpl.rcParams[f"{name}color"] for name in ("text.", "axes.label", "xtick.label", "ytick.label")
        ]
    assert min(contrast(hue, WHITE) for hue in [*words, palette.TEXT, palette.QUIET_TEXT]) >= 4.5


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_colours_of_a_group_differ_in_grey_print(one, other):
    assert contrast(one[1], other[1]) >= 1.25


@pytest.mark.parametrize("deficiency", [None, "deuteranomaly", "protanomaly", "tritanomaly"])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_colours_of_a_group_differ_for_the_colour_blind(one, other, deficiency):
    seen = as_seen(one[1], deficiency), as_seen(other[1], deficiency)
    assert colorspacious.deltaE(*seen, input_space="sRGB1") >= 10


@pytest.mark.parametrize("deficiency", [None, "deuteranomaly", "protanomaly", "tritanomaly"])
def test_the_emphasis_stands_out_from_what_is_pushed_back(deficiency):
    """In grey print, too: the contrast is one of luminance."""
    emphasis, quiet = (tuple(as_seen(palette.colour(name), deficiency)) for name in ("emphasis", "quiet"))
    assert contrast(emphasis, quiet) >= (3 if deficiency is None else 2.5)
    assert min(contrast(emphasis, WHITE), contrast(quiet, WHITE)) >= 2.97


def test_every_code_that_charts_colour_has_a_colour():
    package = json.loads(
        (Path(__file__).parents[2] / "data" / "datapackage.json").read_text(encoding="utf-8")
    )
    coded = [
        ("policy_documents", "status", lambda code: palette.bar_style("#000000", code)),
        *((table, "scope", palette.colour) for table in ("regional_targets", "outcomes", "forecasts")),
        ("places", "level", palette.colour),
        ("policy_instruments", "stance", palette.colour),
    ]
    fields = {
        (resource["name"], field["name"]): field["constraints"]["enum"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if "enum" in field.get("constraints", {})
    }
    for table, column, style_of in coded:
        assert all(style_of(code) for code in fields[table, column])


def test_an_unknown_meaning_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"'sichuan'.*emphasis, plain.*metaverse_core"):
        palette.colour("sichuan")


def test_a_draft_is_lighter_hatched_and_outlined():
    final, draft = (palette.bar_style(palette.colour("emphasis"), status) for status in ("final", "draft"))
    assert "hatch" in draft and "hatch" not in final
    assert contrast(draft["facecolor"], WHITE) < 1.6 < 3 < contrast(draft["edgecolor"], WHITE)
    with pytest.raises(ValueError, match=r"'rumoured'.*final, draft, announced"):
        palette.bar_style("#000000", "rumoured")
