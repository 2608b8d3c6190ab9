"""When a rate stood inside a range, and how near it came: small cases that leave no doubt, and a search by hand."""

import numpy as np
import pytest

from metaverse_analysis.measures.rate_history import last_inside, nearest


@pytest.mark.parametrize(
    ("rates", "found"),
    [
        ([1.0, 6.0], 6.0),  # half of the lower end is missing, half of the upper too much
        ([1.125, 6.0], 1.125),
        ([1.0, 5.75], 5.75),
        ([1.0, 1.5], 1.5),
        ([9.0, 8.0], 8.0),
        ([1.9, 3.5, 2.5, 4.1], 2.5),  # the lowest of those inside
        ([2.0, 4.0], 2.0),  # the ends are inside
        ([1.99, 4.0], 4.0),
    ],
)
def test_the_rate_nearest_to_two_to_four(rates, found):
    assert nearest(np.array(rates), 2.0, 4.0) == found


def test_a_range_without_an_upper_end():
    assert nearest(np.array([1.0, 6.0]), 2.0, np.inf) == 6.0
    assert last_inside(np.array([6.0, 1.0]), 2.0, np.inf) == 0


def test_the_last_day_inside_counts_the_ends_of_the_range():
    rates = np.array([5.0, 2.0, 4.0, 7.0, 2.0])
    assert [last_inside(rates[:day], 2.0, 4.0) for day in range(6)] == [-1, -1, 1, 2, 2, 4]
    assert last_inside(rates, 3.0, 3.5) == -1


def test_any_history_against_every_day_of_it():
    random = np.random.default_rng(1)
    for length in (1, 2, 3, 8, 50):
        rates = np.round(random.normal(7, 0.5, length), 1)
        for low in random.normal(7, 0.5, 60):
            high = low + random.exponential(0.2)
            inside = [day for day, rate in enumerate(rates) if low <= rate <= high]
            assert last_inside(rates, low, high) == max(inside, default=-1)
            outside = [max(rate / high - 1, 1 - rate / low, 0) for rate in rates]
            found = nearest(rates, low, high)
            assert found in rates
            assert max(found / high - 1, 1 - found / low, 0) == pytest.approx(min(outside))
