"""Columns of words, and the search in a row of numbers: small cases that leave no doubt."""

import numpy as np
import pandas as pd

from metaverse_analysis.measures.order_search import OrderSearch, RateHistory
from metaverse_analysis.measures.wording import each, joined, joined_by_group


def text(*words: str | None, index=None) -> pd.Series:
    return pd.Series(words, index=index, dtype="str")


def test_each_distinct_value_is_said_once_and_the_index_stays():
    said = []

    def say(number: float) -> str:
        said.append(number)
        return f"no. {number:g}"

    found = each(pd.Series([3, 1, 3, None], index=[9, 8, 7, 6]), say)
    assert said == [3, 1]
    pd.testing.assert_series_equal(found, text("no. 3", "no. 1", "no. 3", None, index=[9, 8, 7, 6]))
    assert str(each(pd.Series([], dtype="float64"), str).dtype) == "str"


def test_joined_takes_the_first_column_s_index_and_is_missing_where_a_part_is():
    one, two = text("a", None, "c", index=[5, 6, 7]), text("x", "y", None)
    pd.testing.assert_series_equal(joined(one, "-", two, "!"), text("a-x!", None, None, index=[5, 6, 7]))


def test_texts_in_a_column_of_objects_may_be_missing_too():
    texts = pd.Series(["a", np.nan, "c"], dtype="object")
    assert joined(texts, "!").fillna("-").tolist() == ["a!", "-", "c!"]
    assert joined_by_group(texts, pd.Series([1, 2, 1]), ";").fillna("-").tolist() == ["a;c", "-"]


def test_groups_and_their_texts_stand_in_order_of_appearance():
    names = [f"t{99 - number}" for number in range(60)]
    found = joined_by_group(text(*names), pd.Series([7, 3] * 30), " | ")
    pd.testing.assert_series_equal(found, text(" | ".join(names[::2]), " | ".join(names[1::2])))
    assert joined_by_group(text(), pd.Series([], dtype="int64"), ";").tolist() == []
    with_gaps = joined_by_group(text("a", None, "c"), pd.Series(["g", "h", "g"]), ";")
    assert with_gaps.iloc[0] == "a;c" and pd.isna(with_gaps.iloc[1])


def test_counts_and_smallest_numbers_of_every_part():
    numbers = np.array([3, 0, 4, 1, 1, 2, 0])
    search = OrderSearch(numbers)
    parts = [(start, stop) for start in range(7) for stop in range(start + 1, 8)]
    for limit in range(8):
        start, stop = np.array(parts).T
        found = search.count_below(start, stop, np.full(len(parts), limit))
        assert found.tolist() == [int((numbers[a:b] < limit).sum()) for a, b in parts]
    for k in range(7):
        start, stop = np.array([(a, b) for a, b in parts if b - a > k]).T
        found = search.smallest(start, stop, np.full(len(start), k))
        assert found.tolist() == [sorted(numbers[a:b])[k] for a, b in zip(start, stop, strict=True)]
    assert found.dtype == "int64"


def nearest(rates: list[float], low: float, high: float) -> float:
    history = RateHistory(np.array(rates))
    return history.nearest(*(np.array([x]) for x in (low, high, 0, len(rates)))).item()


def test_of_two_rates_as_near_by_their_share_the_higher_is_told():
    assert (
        nearest([1.0, 6.0], 2.0, 4.0) == 6.0
    )  # half of the lower end is missing, half of the upper too much
    assert nearest([1.125, 6.0], 2.0, 4.0) == 1.125
    assert nearest([1.0, 5.75], 2.0, 4.0) == 5.75
    assert nearest([1.0], 2.0, 4.0) == 1.0 and nearest([9.0], 2.0, 4.0) == 9.0


def test_the_ends_of_a_range_are_inside():
    assert nearest([1.0, 2.0, 9.0], 2.0, 2.0) == 2.0
    history = RateHistory(np.array([5.0, 2.0, 4.0, 7.0, 2.0]))
    low, high = np.array([2.0] * 6), np.array([4.0] * 6)
    assert history.last_inside(low, high, np.arange(6)).tolist() == [-1, -1, 1, 2, 2, 4]
    assert history.last_inside(np.array([3.0]), np.array([3.5]), np.array([5])).tolist() == [-1]
