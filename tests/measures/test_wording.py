"""Words that measures and charts share, against words by hand."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import metaverse_analysis
from metaverse_analysis.measures.wording import (
    day_in_words,
    each,
    joined_by_group,
    plain_number,
    quantity,
)

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


def test_no_name_of_a_month_or_day_comes_from_the_locale_of_the_process():
    """`strftime` would write 九月 in a Chinese process: the English of charts and sentences is the library's own."""
    names = r"%-?[aAbBcxXp]\b|month_name|month_abbr|day_name|day_abbr"
    texts = {path.name: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert {name: found for name, text in texts.items() if (found := re.findall(names, text))} == {}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (250, "250"), (0.1487, "0.1487"), (108000.0, "108,000"), (1e-9, "1e-09"), (-1e-9, "-1e-09"), (0.0, "0"),
        (100.0, "100"), (2.5e-6, "0.000003"),
    ],
)  # fmt: skip
def test_plain_numbers(value, words):
    assert plain_number(value) == words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"value": 1, "unit": "parks"}, "1 park"),
        ({"value": 1, "unit": "industrial parks"}, "1 industrial parks"),
        ({"value": 1, "unit": "cities above a level"}, "1 city above a level"),
        ({"value": 1, "unit": "companies"}, "1 company"),
        ({"value": 1, "unit": "labs"}, "1 lab"),
        ({"value": 1, "unit": "gas"}, "1 gas"),
        ({"value": 1, "value_max": 2, "unit": "parks"}, "1 to 2 parks"),
        ({"value": 2, "unit": "parks"}, "2 parks"),
        ({"value": 1, "unit": "billion AED", "qualifier": "about"}, "about 1 billion AED"),
        ({"value": 100, "unit": "billion HKD", "qualifier": "over"}, "over 100 billion Hong Kong dollars"),
        ({"value": 0.1, "unit": "billion CNY", "qualifier": "up_to"}, "up to 100 million yuan"),
        ({"value": 0.0005, "unit": "billion CNY"}, "500,000 yuan"),
        (
            {"value": 0.5, "value_max": 2, "unit": "billion CNY", "qualifier": "range"},
            "0.5 to 2 billion yuan",
        ),
        ({"value": 0.5, "unit": "million users"}, "0.5 million users"),
        ({"value": 2_000_000.0, "unit": "units"}, "2,000,000 units"),
    ],
)
def test_a_quantity_with_its_hedge_and_unit(row, words):
    assert quantity(row) == words


def test_a_quantity_may_lack_everything_but_its_value():
    assert quantity({"value": 3.0}) == "3"
    assert quantity({"value": 3.0, "qualifier": "odd", "unit": "firms"}) == "3 firms"


def text(*words: str | None, index=None) -> pd.Series:
    return pd.Series(words, index=index, dtype="str")


def test_a_column_in_words_keeps_its_index_and_what_is_missing():
    found = each(pd.Series([3, 1, 3, None], index=[9, 8, 7, 6]), "no. {:g}".format)
    pd.testing.assert_series_equal(found, text("no. 3", "no. 1", "no. 3", None, index=[9, 8, 7, 6]))
    of_categories = each(pd.Series(["x", None, "x"], dtype="category"), str.upper)
    pd.testing.assert_series_equal(of_categories, text("X", None, "X"))
    assert str(each(pd.Series([], dtype="float64"), str).dtype) == "str"


def test_groups_and_their_texts_stand_in_order_of_appearance():
    names = [f"t{99 - number}" for number in range(60)]
    found = joined_by_group(text(*names), pd.Series([7, 3] * 30), " | ")
    pd.testing.assert_series_equal(found, text(" | ".join(names[::2]), " | ".join(names[1::2])))
    nothing = joined_by_group(text(), pd.Series([], dtype="int64"), ";")
    pd.testing.assert_series_equal(nothing, text())


@pytest.mark.parametrize("dtype", ["str", "object"])
def test_a_group_with_a_missing_text_is_missing(dtype):
    texts = pd.Series(["a", np.nan, "c", "d"], dtype=dtype)
    found = joined_by_group(texts, pd.Series(["g", "h", "g", "h"]), ";")
    pd.testing.assert_series_equal(found, text("a;c", None))
