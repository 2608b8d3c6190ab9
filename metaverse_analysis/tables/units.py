"""Units of money as the tables write them: "billion CNY", "million HKD"."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

_BILLIONS = {"": 1e-9, "thousand": 1e-6, "million": 1e-3, "billion": 1.0, "trillion": 1e3}
_UNIT = re.compile(r"(?:([a-z]+) )?([A-Z]{3})")


@lru_cache(maxsize=1024)
def money_unit(unit: str) -> tuple[str | None, float]:
    """The currency of a unit of money, and the billions in one of it; None and NaN for any other unit.

    Examples
    --------
    >>> money_unit("million HKD"), money_unit("million users")
    (('HKD', 0.001), (None, nan))
    """
    read = _UNIT.fullmatch(unit)
    scale = read[1] or "" if read else None
    return (read[2], _BILLIONS[scale]) if read and scale in _BILLIONS else (None, float("nan"))


def money_units(units: pd.Series) -> pd.DataFrame:
    """Read units of money: `currency`, and `billions` in one of the unit. Both are missing for any other unit.

    Examples
    --------
    >>> money_units(pd.Series(["billion CNY", "million HKD", "million users"])).values.tolist()
    [['CNY', 1.0], ['HKD', 0.001], [nan, nan]]
    """
    codes, distinct = pd.factorize(units.astype("str"))
    read = pd.DataFrame(map(money_unit, distinct), columns=["currency", "billions"])
    return read.astype({"currency": "str", "billions": "float64"}).reindex(codes).set_axis(units.index)
