"""Every chart of folders that nobody has looked at: it is whole at each size, or says in words what is missing."""

from functools import cache

import pytest
from chart_checks import assert_no_overlap, assert_readable
from folders_of_all_kinds import FOLDERS
from made_once import packaged
from matplotlib import pyplot as plt
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.charts.labels import figure_of
from metaverse_analysis.charts.layout import frame_parts
from metaverse_analysis.charts.style import SIZES
from metaverse_analysis.output.gallery import CHARTS

EVERY = [(name, folder, size) for name in CHARTS for folder in FOLDERS for size in SIZES]
STEP = 23  # in the plain run; without a common divisor with the folders and sizes, so that all come by turns


@cache
def folder_of(name: str) -> ma.Dataset:
    return FOLDERS[name](packaged())


@pytest.mark.parametrize(("name", "folder", "size"), EVERY if MORE > 1 else EVERY[::STEP])
def test_is_whole(name, folder, size):
    try:
        owner = CHARTS[name].drawn(folder_of(folder), size=size)
    except ValueError as told:
        assert len(str(told)) > 30, told
        return
    figure = figure_of(owner)
    assert_no_overlap(figure)
    assert_readable(figure)
    if size == "slide":
        assert figure.get_size_inches().tolist() == [13.33, 7.5]
    said = " ".join(part.source for part in frame_parts(figure).values())
    assert "nan" not in said.split() and "  " not in said and " 1 places" not in said


def test_where_words_stand_beside_each_other_small_axes_are_refused_and_usual_ones_hold_them():
    for name in ("total", "nesting", "press_article", "revisions", "ambition", "implied_baseline",
                 "published_counts", "instruments_by_level"):  # fmt: skip
        ds = packaged()
        table = CHARTS[name].table(ds)
        small = plt.subplots(2, 2, figsize=(9, 7))[1].flat[0]
        with pytest.raises(ValueError, match="inches wide"):
            CHARTS[name].drawn(ds, table, ax=small)
        figure, usual = plt.subplots()
        CHARTS[name].drawn(ds, table, ax=usual)
        assert_no_overlap(figure)
        plt.close("all")
