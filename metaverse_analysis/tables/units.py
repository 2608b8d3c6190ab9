"""Units as the tables write them: a scale, and what is counted, as in "billion CNY" and "million users"."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
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
    scale = read[1] if read else None
    if read is None or (scale and scale not in SCALES):
        return None, float("nan")
    return read[2], (SCALES[scale] if scale else 1) / 1e9


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


def scaled_units(units: pd.Series) -> pd.DataFrame:
    """Units of any kind without their scale: how many `ones` are in one of the unit, and `of` what.

    Examples
    --------
    >>> scaled_units(pd.Series(["billion CNY", "million users", "firms"])).values.tolist()
    [[1000000000.0, 'CNY'], [1000000.0, 'users'], [1.0, 'firms']]
    """
    parts = units.astype("str").str.extract(rf"^(?:({'|'.join(SCALES)}) )?(.*)$")
    ones = parts[0].map(SCALES).fillna(1.0).where(parts[1].notna())
    return pd.DataFrame({"ones": ones.astype("float64"), "of": parts[1]})
