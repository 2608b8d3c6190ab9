"""How figures are written."""

import pytest

from metaverse_analysis.charts import wording


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ((250.0,), "250"),
        ((1050,), "1,050"),
        ((100, None, "over"), "over 100"),
        ((150, float("nan"), "about"), "about 150"),
        ((30, 50, "range"), "30–50"),
        ((3, None, "at_least"), "at least 3"),
        ((0.04251,), "0.043"),
    ],
)
def test_figures_are_written_with_their_hedge(arguments, written):
    assert wording.hedged(*arguments) == written


def test_a_missing_number_is_no_label():
    with pytest.raises(ValueError, match="finite"):
        wording.number(float("nan"))
    with pytest.raises(ValueError, match=r"'roughly'.*about"):
        wording.hedged(1, qualifier="roughly")
