"""Units of money as the tables write them: "billion CNY", "million HKD"."""

from __future__ import annotations

import pandas as pd

_BILLIONS = {"": 1e-9, "thousand": 1e-6, "million": 1e-3, "billion": 1.0, "trillion": 1e3}


def money_units(units: pd.Series) -> pd.DataFrame:
    """Read units of money: `currency`, and `billions` in one of the unit. Both are missing for any other unit.

    Examples
    --------
    >>> money_units(pd.Series(["billion CNY", "million HKD", "million users"])).values.tolist()
    [['CNY', 1.0], ['HKD', 0.001], [nan, nan]]
    """
    codes, distinct = pd.factorize(units.astype("str"))
    parts = pd.Series(distinct, dtype="str").str.extract(r"^(?:([a-z]+) )?([A-Z]{3})$")
    billions = parts[0].fillna("").map(_BILLIONS).where(parts[1].notna())
    read = pd.DataFrame(
        {"currency": parts[1].where(billions.notna()), "billions": billions.astype("float64")}
    )
    return read.reindex(codes).set_axis(units.index)
