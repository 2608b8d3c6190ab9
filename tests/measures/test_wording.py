"""Words that measures and charts share, against words by hand."""

import re
from pathlib import Path

import pytest

import metaverse_analysis
from metaverse_analysis.measures.wording import day_in_words, plain_number, quantity

PACKAGE = Path(metaverse_analysis.__file__).parent


@pytest.mark.parametrize(
    ("date", "words"), [("2023-09-05", "5 September 2023"), ("2023-09", "September 2023"), ("2023", "2023")]
)
def test_days_in_words(date, words):
    assert day_in_words(date) == words


def test_every_month_has_its_english_name():
    names = [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]  # fmt: skip
    assert [day_in_words(f"2023-{month:02}") for month in range(1, 13)] == [f"{name} 2023" for name in names]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_name_of_a_month_or_day_comes_from_the_locale_of_the_process(path):
    """`strftime` would write 九月 in a Chinese process: the English of charts and sentences is the library's own."""
    names = r"%-?[aAbBcxXp]\b|month_name|month_abbr|day_name|day_abbr"
    assert not re.findall(names, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (250, "250"), (0.1487, "0.1487"), (108000.0, "108,000"), (1e-9, "1e-09"), (-1e-9, "-1e-09"), (0.0, "0"),
        (100.0, "100"), (2.5e-6, "0.000003"),
    ],
)  # fmt: skip
def test_plain_numbers(value, words):
    assert plain_number(value) == words


def test_a_quantity_may_lack_everything_but_its_value():
    assert quantity({"value": 3.0}) == "3"
    assert quantity({"value": 3.0, "qualifier": "odd", "unit": "firms"}) == "3 firms"


def test_quantity_takes_no_place_after_the_point_that_is_not_there():
    assert quantity({"value": 0.1, "unit": "billion CNY", "qualifier": "up_to"}) == "up to 0.1 billion yuan"
    assert quantity({"value": 2_000_000.0, "unit": "units"}) == "2,000,000 units"
