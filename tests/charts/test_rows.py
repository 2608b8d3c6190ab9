"""Names of rows, and how many rows there is room for."""

from matplotlib import pyplot as plt

from metaverse_analysis.charts.rows import room_for, short_names
from metaverse_analysis.charts.style import rows_that_fit


def test_names_take_two_lines_beside_their_bars_and_one_above_them():
    names = ["Henan", "An Autonomous Prefecture With a Very Long Name That Goes On and On"]
    beside, lines = short_names(names, "notebook", 20)
    assert lines == 2
    assert beside[0] == "Henan" and max(name.count("\n") for name in beside) == 1
    above, _ = short_names(names, "phone", 20)
    assert "\n" not in above[1] and above[1].endswith("…")
    assert short_names([], "report") == ([], 1)


def test_a_callers_axes_holds_as_many_rows_as_it_is_high():
    assert room_for(None, "slide") == rows_that_fit("slide")
    low, high = (plt.figure(figsize=(6, height)).subplots() for height in (4, 12))
    assert 1 <= room_for(low, "notebook") < room_for(high, "notebook")
