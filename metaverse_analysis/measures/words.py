"""Sentences for a million rows: whole columns of words, each distinct value said once, joined in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def each(values: pd.Series, say: Callable[[Any], str]) -> pd.Series:
    """A column in words, each distinct value said once; missing stays missing.

    Examples
    --------
    >>> each(pd.Series([1.5, None]), "{:.2f}".format).tolist()
    ['1.50', nan]
    """
    codes, distinct = pd.factorize(values)
    words = pd.Series([*map(say, distinct), None], dtype="str")
    return pd.Series(words.array.take(codes), index=values.index)


def joined(*parts: str | pd.Series) -> pd.Series:
    """Words and columns of words side by side; missing where one of them is. The first column gives the index.

    Examples
    --------
    >>> joined("On ", pd.Series(["Monday", None], dtype="str"), ".").tolist()
    ['On Monday.', nan]
    """
    index = next(part.index for part in parts if isinstance(part, pd.Series))
    arrays = [pa.scalar(part, pa.large_string()) if isinstance(part, str) else _texts(part) for part in parts]
    nothing = pa.scalar("", pa.large_string())  # between the parts
    return pd.Series(pc.binary_join_element_wise(*arrays, nothing), index, dtype="str")


def joined_by_group(texts: pd.Series, group: pd.Series, separator: str) -> pd.Series:
    """The texts of each group as one, groups and texts in order of appearance.

    Examples
    --------
    >>> joined_by_group(pd.Series(["a", "b", "c"]), pd.Series([7, 3, 7]), ";").tolist()
    ['a;c', 'b']
    """
    codes, groups = pd.factorize(group)
    ends = np.append(0, np.cumsum(np.bincount(codes, minlength=len(groups))))
    inner = _texts(texts.iloc[np.argsort(codes, kind="stable")])
    lists = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), inner)
    return pd.Series(pc.binary_join(lists, pa.scalar(separator, pa.large_string())), dtype="str")


def _texts(column: pd.Series) -> pa.Array:
    array = pa.array(column.array, type=pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
