"""Units of money, each word and what is none."""

import pandas as pd
import pytest

from metaverse_analysis.tables.units import money_units, scaled_units


@pytest.mark.parametrize(
    ("unit", "currency", "billions"),
    [
        ("CNY", "CNY", 1e-9),
        ("thousand CNY", "CNY", 1e-6),
        ("million HKD", "HKD", 1e-3),
        ("billion USD", "USD", 1.0),
        ("trillion KRW", "KRW", 1e3),
        ("dozen CNY", None, None),
        ("million users", None, None),
        ("billion", None, None),
        ("billion  CNY", None, None),
        ("Billion CNY", None, None),
        ("billion CNYS", None, None),
        ("billion cny", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_each_unit(unit, currency, billions):
    found = money_units(pd.Series([unit], dtype="str")).iloc[0]
    assert (None if pd.isna(found.currency) else found.currency) == currency
    assert found.billions == billions if billions is not None else pd.isna(found.billions)


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_a_column_keeps_its_index_and_has_two_types(dtype):
    units = pd.Series(["million HKD", None, "firms", "million HKD"], index=[9, 8, 7, 9], dtype=dtype)
    expected = pd.DataFrame(
        {"currency": pd.Series(["HKD", None, None, "HKD"], dtype="str"), "billions": [1e-3, None, None, 1e-3]}
    )
    pd.testing.assert_frame_equal(money_units(units), expected.set_axis([9, 8, 7, 9]))


@pytest.mark.parametrize("units", [[], [None, None], ["firms"]])
def test_the_types_are_the_same_where_nothing_is_money(units):
    found = money_units(pd.Series(units, dtype="str"))
    assert found.dtypes.astype(str).to_dict() == {"currency": "str", "billions": "float64"}
    assert len(found) == len(units) and found.isna().all(axis=None)


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_what_is_counted_and_how_many_there_are_in_a_unit(dtype):
    units = pd.Series(["trillion CNY", "million users", "firms", "millions", None, "billion "], dtype=dtype)
    of = pd.Series(["CNY", "users", "firms", "millions", None, ""], dtype="str")
    expected = pd.DataFrame({"ones": [1e12, 1e6, 1.0, 1.0, None, 1e9], "of": of})
    pd.testing.assert_frame_equal(scaled_units(units), expected)
