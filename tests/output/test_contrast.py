"""What is drawn can be seen: each word and each mark of each chart, in colour, in grey and by the colour-blind."""

import pytest
from drawn_contrast import weak_marks, weak_words
from made_once import packaged
from matplotlib import pyplot as plt
from matplotlib.patches import Rectangle
from thorough import MORE

from metaverse_analysis.charts.labels import figure_of
from metaverse_analysis.charts.style import SIZES
from metaverse_analysis.output.gallery import CHARTS

EVERY = [(name, size) for name in CHARTS for size in SIZES]
STEP = 11  # in the plain run; without a common divisor with the sizes, so that all come by turns


@pytest.mark.parametrize(("name", "size"), EVERY if MORE > 1 else EVERY[::STEP])
def test_words_and_marks_stand_out(name, size):
    figure = figure_of(CHARTS[name].drawn(packaged(), size=size))
    assert weak_words(figure) == {}
    assert weak_marks(figure) == {}


def test_what_is_too_weak_is_found():
    figure, ax = plt.subplots()
    ax.set_axis_off()
    ax.add_patch(Rectangle((0, 0), 0.5, 1, facecolor="#12304f"))
    ax.add_patch(Rectangle((0.5, 0), 0.5, 1, facecolor="#dddddd"))
    ax.text(0.1, 0.5, "dark on dark", color="#1a1a1a")
    ax.text(0.1, 0.2, "light on dark", color="white")
    ax.text(0.6, 0.5, "grey on grey", color="#8a949e")
    assert set(weak_words(figure)) == {"dark on dark", "grey on grey"}
    assert set(weak_marks(figure)) == {"patch #dddddd"}
