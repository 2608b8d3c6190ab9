"""Positions of texts among ids, and rows in order, on columns of every type that is used."""

import numpy as np
import pandas as pd
import pytest

from metaverse_analysis.tables.lookup import among, positions, sorted_rows, taken

IDS = ["b", "a", None, "b", "c"]
WANTED = ["c", None, "b", "z", "a"]


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
@pytest.mark.parametrize("of_ids", ["str", "object", "category"])
def test_the_first_position_of_each_value(dtype, of_ids):
    values = pd.Series(WANTED, dtype=dtype, index=range(10, 15))
    found = positions(values, pd.Series(IDS, dtype=of_ids))
    assert found.tolist() == [4, -1, 0, -1, 1]
    expected = pd.Series([True, False, True, False, True], index=range(10, 15))
    pd.testing.assert_series_equal(among(values, pd.Series(IDS, dtype=of_ids)), expected)


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_a_missing_value_is_nowhere(missing):
    ids = pd.Series(["a", missing], dtype="object")
    assert positions(pd.Series([missing, "a"], dtype="object"), ids).tolist() == [-1, 0]
    assert positions(pd.Series([missing] * 3, dtype="object"), ids).tolist() == [-1] * 3
    assert positions(pd.Series([missing] * 3, dtype="str"), ids).tolist() == [-1] * 3


def test_nothing_is_nowhere():
    nothing = pd.Series([], dtype="str")
    assert positions(nothing, pd.Series(IDS, dtype="str")).tolist() == []
    assert positions(pd.Series(WANTED, dtype="str"), nothing).tolist() == [-1] * 5
    assert positions(
        pd.Series(["b"], dtype="str"), pd.concat([nothing, pd.Series(IDS, dtype="str")])
    ).tolist() == [0]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["x", None, "z"], dtype="str"),
        pd.Series([1, None, 3], dtype="Int64"),
        pd.Series([1.5, None, 3.5]),
        pd.Series(pd.Categorical(["x", None, "z"], categories=["z", "x"], ordered=True)),
        pd.Series([True, None, False], dtype="boolean"),
    ],
)
def test_items_at_positions_are_of_the_column_s_type(column):
    found = pd.Series(taken(column, np.array([2, -1, 0, 0])))
    expected = column.iloc[[2, 1, 0, 0]].reset_index(drop=True)
    pd.testing.assert_series_equal(found, expected)


@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["b", None, "a", "c", "a", None], dtype="str"),
        pd.Series([2, None, 1, 3, 1, None], dtype="Int64"),
        pd.Series([2.5, None, 1.5, 3.5, 1.5, None]),
        pd.Series(["b", None, "a", "c", "a", None], dtype="object"),
        pd.Series(pd.Categorical(["x", None, "z", "a", "z", None], categories=["z", "x", "a"], ordered=True)),
    ],
)
def test_rows_in_order_of_a_column_missing_last_equal_ones_as_they_were(column, ascending):
    order = [2, 4, 0, 3, 1, 5] if ascending else [3, 0, 2, 4, 1, 5]
    assert sorted_rows(column.to_frame("c"), {"c": ascending}).tolist() == order


def test_rows_in_order_of_several_columns():
    frame = pd.DataFrame({"one": ["y", "x", "y", "x"] * 20, "two": [1, 2, 3, 2] * 20, "other": range(80)})
    found = sorted_rows(frame, {"one": True, "two": False})
    expected = frame.sort_values(["one", "two"], ascending=[True, False], kind="stable").index
    assert found.tolist() == expected.tolist()
    assert found[:3].tolist() == [1, 3, 5] and found[-3:].tolist() == [68, 72, 76]
