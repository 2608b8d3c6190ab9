"""Two questions about a stretch of exchange rates: when did it last stand inside a range, how near did it come?"""

from __future__ import annotations

import numpy as np


def last_inside(rates: np.ndarray, low: float, high: float) -> int:
    """The last position whose rate is from `low` to `high`; -1 where there is none.

    Examples
    --------
    >>> last_inside(np.array([7.1, 6.9, 7.3]), 6.8, 7.2)
    1
    """
    inside = np.flatnonzero((rates >= low) & (rates <= high))
    return int(inside[-1]) if len(inside) else -1


def nearest(rates: np.ndarray, low: float, high: float) -> float:
    """The rate inside the range (the lowest of several), else the one that lies least outside, as a share of the edge.

    Of two that lie equally far outside, the higher. There must be at least one rate.

    Examples
    --------
    >>> nearest(np.array([6.5, 7.5]), 6.8, 7.2), nearest(np.array([6.5, 7.0]), 6.8, 7.2)
    (7.5, 7.0)
    """
    below, above = rates[rates < low], rates[rates >= low]
    if not len(below) or not len(above):
        return float(below.max() if len(below) else above.min())
    under, over = below.max(), above.min()
    return float(under if 1 - under / low < max(over / high - 1, 0) else over)
