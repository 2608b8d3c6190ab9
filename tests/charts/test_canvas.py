"""What a chart is drawn on: the caller's axes, or a figure of its own that is closed where drawing fails."""

import matplotlib as mpl
import pytest
from chart_checks import assert_no_overlap, ranked_bars
from matplotlib import pyplot as plt

from metaverse_analysis.charts import canvas, style


@pytest.mark.parametrize("engine", [None, "constrained", "tight"])
def test_a_chart_on_the_axes_of_a_caller_stays_inside(engine):
    figure, axes = plt.subplots(1, 2, figsize=(15, 7), layout=engine)
    for ax in axes:
        ranked_bars(4, ax=ax)
    assert_no_overlap(figure)
    with style.house():
        assert axes[0].get_yticklabels()[0].get_fontfamily() == mpl.rcParams["font.family"]


def test_charts_can_be_put_together_in_one_figure():
    with canvas.panels_for(1, 2, "slide") as (figure, axes):
        for ax in axes.flat:
            ranked_bars(3, ax=ax)
    assert_no_overlap(figure)


@pytest.mark.parametrize(
    ("projection", "words"),
    [("polar", "a polar axes"), ("3d", "a 3d axes"), ("mollweide", "a mollweide axes")],
)
def test_axes_that_no_chart_can_be_drawn_on_are_refused(projection, words):
    ax = plt.subplots(subplot_kw={"projection": projection})[1]
    with pytest.raises(ValueError, match=f"{words}: charts are drawn on one with straight x and y"):
        ranked_bars(ax=ax)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [(lambda: plt.figure(), "Figure"), (lambda: plt.subplots(1, 2)[1], "ndarray"), (lambda: "ax", "str")],
)
def test_what_is_no_axes_is_refused(wrong, kind):
    with pytest.raises(ValueError, match=rf"such as plt.subplots\(\)\[1\], and not a {kind}"):
        ranked_bars(ax=wrong())


def test_a_figure_is_closed_where_drawing_fails():
    mine = plt.figure()
    with pytest.raises(RuntimeError), canvas.axes_for():
        raise RuntimeError
    with pytest.raises(RuntimeError), canvas.panels_for(1, 2):
        raise RuntimeError
    assert plt.get_fignums() == [mine.number]


def test_texts_are_never_set_as_formulas():
    ax = ranked_bars(title=r"A$AP and Ca$h: 100% of \B$")
    with canvas.axes_for(plt.subplots()[1]) as other:
        other.set_yticks([0, 1], ["$x^2$", "$y$"])
        other.set_title("$z$")
        other.legend(other.plot([0, 1]), ["$a$ and $b$"])
    for text in [*ax.figure.findobj(mpl.text.Text), *other.findobj(mpl.text.Text)]:
        assert not text.get_parse_math() or "$" not in text.get_text(), text
    ax.figure.draw_without_rendering()
    other.figure.draw_without_rendering()


def test_the_callers_own_formulas_stay():
    ax = plt.subplots(figsize=(9, 6))[1]
    mine = ax.text(0.5, 0.5, "$x^2$")
    ranked_bars(2, ax=ax)
    assert mine.get_parse_math()


def test_axes_on_which_rows_would_lie_upon_each_other_are_refused():
    _, axes = plt.subplots(2, 2, figsize=(8, 6))
    with pytest.raises(
        ValueError, match=r"inches wide and .* high, and this chart in the size 'notebook' needs .* by"
    ):
        ranked_bars(30, ax=axes[0, 0])
    assert ranked_bars(2, ax=axes[0, 1]) is axes[0, 1]
    narrow = plt.figure(figsize=(1.5, 6)).subplots()
    with pytest.raises(ValueError, match="larger one, fewer rows, or a smaller size"):
        ranked_bars(2, ax=narrow)


def test_where_axes_stand_is_rounded():
    """The solver's last digits differ from process to process, and with them the bytes of a picture."""
    chart = ranked_bars()
    chart.figure.draw_without_rendering()
    points = chart.get_position(original=True).get_points()
    assert (points == points.round(9)).all()
    plt.close(chart.figure)
