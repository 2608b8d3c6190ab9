"""Where texts stand among ids, and rows in order: what pandas' own index does, several times faster for a million."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def positions(values: pd.Series, ids: pd.Series) -> np.ndarray:
    """For each value its first position among the ids; -1 where it is missing or not there.

    Examples
    --------
    >>> positions(pd.Series(["b", None, "c"], dtype="str"), pd.Series(["a", "b"], dtype="str")).tolist()
    [1, -1, -1]
    """
    if not values.notna().any():  # then the ids needn't be sorted out
        return np.full(len(values), -1)
    found = pc.index_in(_texts(values), value_set=_texts(ids), skip_nulls=True)
    return found.fill_null(-1).to_numpy(zero_copy_only=False)


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
    keys = pa.table({name: _comparable(frame[name]) for name in by})
    order = [(name, "ascending" if ascending else "descending") for name, ascending in by.items()]
    return pc.sort_indices(keys, sort_keys=order).to_numpy()


def _texts(column: pd.Series) -> pa.Array:
    array = pa.array(column.array, type=pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _comparable(column: pd.Series) -> pa.Array:
    if isinstance(column.dtype, pd.CategoricalDtype):  # in the order of the categories
        codes = column.cat.codes.to_numpy()
        return pa.array(codes, mask=codes < 0)
    return pa.array(column.array, from_pandas=True)
