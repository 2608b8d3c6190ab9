"""Where texts stand among ids, and rows in order."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd


def positions(values: pd.Series, ids: pd.Series) -> np.ndarray:
    """For each value its first position among the ids; -1 where it is missing or not there.

    Examples
    --------
    >>> positions(pd.Series(["b", None, "c"], dtype="str"), pd.Series(["a", "b"], dtype="str")).tolist()
    [1, -1, -1]
    """
    texts = ids.astype("str")
    first = np.flatnonzero(texts.notna() & ~texts.duplicated())
    found = pd.Index(texts.iloc[first]).get_indexer(pd.Index(values.astype("str")))
    return np.append(first, -1)[found]


def among(values: pd.Series, ids: pd.Series) -> pd.Series:
    """Which values are among the ids; a missing value never is.

    Examples
    --------
    >>> among(pd.Series(["b", None], dtype="str"), pd.Series(["a", "b"], dtype="str")).tolist()
    [True, False]
    """
    return pd.Series(positions(values, ids) >= 0, values.index)


def taken(column: pd.Series, at: np.ndarray) -> pd.api.extensions.ExtensionArray | np.ndarray:
    """The items of a column at some positions; missing where the position is -1.

    Examples
    --------
    >>> list(taken(pd.Series(["a", "b"], dtype="str"), np.array([1, -1])))
    ['b', nan]
    """
    return pd.api.extensions.take(column.array, at, allow_fill=True)


def sorted_rows(frame: pd.DataFrame, by: Mapping[str, bool]) -> np.ndarray:
    """Positions of the rows in order of some columns (True: ascending), as a stable `sort_values`; missing last.

    Examples
    --------
    >>> frame = pd.DataFrame({"amount": [1.0, 2.0, 1.0], "id": ["c", "b", "a"]})
    >>> sorted_rows(frame, {"amount": False, "id": True}).tolist()
    [1, 2, 0]
    """
    keys = frame[list(by)].reset_index(drop=True)
    return keys.sort_values(list(by), ascending=list(by.values()), kind="stable").index.to_numpy()
