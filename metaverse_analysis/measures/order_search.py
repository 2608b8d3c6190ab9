"""Two questions about a long series of numbers, asked a million times at once, without going through it each time."""

from __future__ import annotations

import numpy as np


class OrderSearch:
    """A sequence of whole numbers (each from 0 up, below its length) that answers order questions about any part of it.

    A wavelet matrix (Claude, Navarro and Ordóñez 2015, "The wavelet matrix"): one pass for each binary digit of the
    numbers, whatever the length of the part. All arguments are arrays with one question in each row; a part is the
    positions from `start` up to but not including `stop`.
    """

    def __init__(self, numbers: np.ndarray):
        self._levels: list[
            tuple[int, np.ndarray, int]
        ] = []  # binary digit, zeros before each position, all zeros
        for digit in reversed(range(max(1, len(numbers).bit_length()))):
            is_zero = (numbers >> digit) & 1 == 0
            zeros = np.concatenate([[0], np.cumsum(is_zero)])
            self._levels.append((digit, zeros, int(zeros[-1])))
            numbers = np.concatenate([numbers[is_zero], numbers[~is_zero]])

    def count_below(self, start: np.ndarray, stop: np.ndarray, limit: np.ndarray) -> np.ndarray:
        """How many numbers of the part are less than `limit` (at most the length of the sequence)."""
        count = np.zeros(len(limit), dtype="int64")
        for digit, zeros, total in self._levels:
            low, high = zeros[start], zeros[stop]
            one = (limit >> digit) & 1 == 1
            count += np.where(one, high - low, 0)
            start = np.where(one, total + start - low, low)
            stop = np.where(one, total + stop - high, high)
        return count

    def smallest(self, start: np.ndarray, stop: np.ndarray, k: np.ndarray) -> np.ndarray:
        """The number of the part that has exactly `k` smaller ones in it; `k` must be less than the part's length."""
        found = np.zeros(len(k), dtype="int64")
        for digit, zeros, total in self._levels:
            low, high = zeros[start], zeros[stop]
            one = k >= high - low
            k = np.where(one, k - (high - low), k)
            found |= one.astype("int64") << digit
            start = np.where(one, total + start - low, low)
            stop = np.where(one, total + stop - high, high)
        return found


class RateHistory:
    """A series of rates in the order of time: when it stood inside a range, and how near it came to one."""

    def __init__(self, rates: np.ndarray):
        order = np.argsort(rates, kind="stable")
        self._sorted = rates[order]
        rank = np.empty(len(rates), dtype="int64")
        rank[order] = np.arange(len(rates))
        self._by_time = OrderSearch(rank)
        self._by_rate = OrderSearch(order)

    def last_inside(self, low: np.ndarray, high: np.ndarray, before: np.ndarray) -> np.ndarray:
        """The last position less than `before` whose rate is from `low` to `high`; -1 where there is none."""
        start = np.searchsorted(self._sorted, low, side="left")
        stop = np.maximum(np.searchsorted(self._sorted, high, side="right"), start)
        earlier = self._by_rate.count_below(start, stop, before)
        last = self._by_rate.smallest(start, stop, np.maximum(earlier - 1, 0))
        return np.where(earlier > 0, last, -1)

    def nearest(self, low: np.ndarray, high: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """The rate inside the range, else nearest to it, from `start` up to but not including `stop` (never empty)."""
        below = self._by_time.count_below(start, stop, np.searchsorted(self._sorted, low, side="left"))
        under = self._sorted[self._by_time.smallest(start, stop, np.maximum(below - 1, 0))]
        last = stop - start - 1
        above = self._sorted[self._by_time.smallest(start, stop, np.minimum(below, last))]
        gap_under = np.where(below > 0, np.abs(1 - under / low), np.inf)
        gap_above = np.where(below <= last, np.maximum(above / high - 1, 0), np.inf)
        return np.where(gap_under < gap_above, under, above)
