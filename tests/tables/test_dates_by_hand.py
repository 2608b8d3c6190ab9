"""Dates and places: index, name and type of each result, messages whole."""

import pandas as pd
import pytest
from tiny import CHINA, CITY, PROVINCE, load_rows

import metaverse_analysis as ma
from metaverse_analysis.tables import dates

WRITTEN = pd.Series(["2023-09-15", "2023-09", "2023", None], index=[9, 8, 7, 9], name="d", dtype="str")
DAYS = pd.Series(pd.to_datetime(["2023-09-15", None]), index=[5, 5], name="d")
STORED = "datetime64[us]"


def column(values: list, like: pd.Series = WRITTEN, name: str | None = "d", dtype: str = "str") -> pd.Series:
    return pd.Series(values, index=like.index, name=name, dtype=dtype)


def test_each_function_of_one_column_keeps_its_index_and_its_name():
    check = pd.testing.assert_series_equal
    first = ["2023-09-15", "2023-09-01", "2023-01-01", None]
    last = ["2023-09-15", "2023-09-30", "2023-12-31", None]
    check(dates.first_day(WRITTEN), column(pd.to_datetime(first).tolist(), dtype=STORED))
    check(dates.last_day(WRITTEN), column(pd.to_datetime(last).tolist(), dtype=STORED))
    check(dates.precision(WRITTEN), column(["day", "month", "year", None]))
    for whole in (dates.first_day, dates.last_day):
        check(whole(DAYS), DAYS.astype(STORED))
    check(dates.precision(DAYS), column(["day", None], DAYS))


def test_each_function_of_two_columns_keeps_the_index_and_has_no_name():
    check = pd.testing.assert_series_equal
    check(dates.order(WRITTEN, "2023-09-15"), column(["same", *["unknown"] * 3], name=None))
    check(dates.order(WRITTEN, "2024"), column(["before"] * 3 + ["unknown"], name=None))
    check(dates.order(WRITTEN, "2022-12"), column(["after"] * 3 + ["unknown"], name=None))
    check(
        dates.definitely_before(WRITTEN, "2023-10"),
        column([True, True, False, False], name=None, dtype="bool"),
    )
    found = dates.days_between(WRITTEN, "2023-10-01")
    expected = pd.DataFrame(
        {"days_low": [16, 1, -91, None], "days_high": [16, 30, 273, None], "days": [16, None, None, None]},
        dtype="Int64",
    )
    pd.testing.assert_frame_equal(found, expected.set_axis(WRITTEN.index))
    with pytest.raises(ValueError) as told:
        dates.order(WRITTEN, WRITTEN.head(3))
    assert str(told.value) == (
        "the two columns of dates must have the same index (they have 4 and 3 rows). Take both from one table"
    )


RULE = "a date is written 2023-09-15, 2023-09 or 2023"


@pytest.mark.parametrize(
    ("values", "name", "words"),
    [
        (["2023", "soon"], None, f"not dates: 'soon' in row 1. Allowed: {RULE}, or blank"),
        (["2023", "soon"], "d", f"column 'd': not dates: 'soon' in row 1. Allowed: {RULE}, or blank"),
        (["a", "b", "a", "c", "d", "e"], "d",
         f"column 'd': not dates: 'a' in row 0; 'b' in row 1; 'c' in row 3; 'd' in row 4; 'e' in row 5. "
         f"Allowed: {RULE}, or blank"),
        (list("abcdefgh"), "d",
         f"column 'd': not dates: 'a' in row 0; 'b' in row 1; 'c' in row 2; 'd' in row 3; 'e' in row 4; and more. "
         f"Allowed: {RULE}, or blank"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_told_with_its_row(values, name, words):
    with pytest.raises(ValueError) as told:
        dates.first_day(pd.Series(values, name=name, dtype="str"))
    assert str(told.value) == words
    with pytest.raises(ValueError, match="^a Series of dates is needed, found list$"):
        dates.first_day(values)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: dates.parse_day("2023", name="x"), "x: '2023' is a year, a full day such as 2023-12-31 is needed"),
        (lambda: dates.parse_day("soon"), f"date: 'soon' is not a date: {RULE}"),
        (lambda: dates.parse_day(5, name="x"), f"x: 5 (int) is not a date: {RULE}, or is a date or Timestamp"),
        (lambda: dates.span("2023-02-30"),
         f"'2023-02-30' is not a day in the calendar (day is out of range for month): {RULE}"),
        (lambda: dates.span(pd.NaT), f"NaT (NaTType) is not a date: {RULE}, or is a date or Timestamp"),
        (lambda: dates.span(pd.Period("2023Q1")),
         "Period('2023Q1', 'Q-DEC') is neither a day, a month nor a year (frequency D, M or Y)"),
    ],
)  # fmt: skip
def test_single_values_that_are_no_day(call, words):
    with pytest.raises(ValueError) as told:
        call()
    assert str(told.value) == words


@pytest.mark.parametrize(("coarse", "day"), [("first", "2024-02-01"), ("last", "2024-02-29")])
def test_a_month_as_a_day(coarse, day):
    assert dates.parse_day("2024-02", coarse=coarse) == pd.Timestamp(day)
    assert dates.parse_day("2024-02-05", coarse=coarse) == pd.Timestamp("2024-02-05")


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_days_of_every_unit_and_zone(unit):
    times = pd.Series(
        pd.to_datetime(["2023-09-15 23:59", None, "1969-12-31 01:00"], format="mixed")
    ).dt.as_unit(unit)
    for column_of in (times, times.dt.tz_localize("Asia/Shanghai")):
        assert dates.whole_days(column_of).astype(str).tolist() == ["2023-09-15", "NaT", "1969-12-31"]


def test_a_name_of_many_places_tells_them_in_the_order_of_the_table(tmp_path):
    names = [f"x{99 - number}" for number in range(60)]
    twins = [CITY | {"place_id": name, "name_zh": name, "name_en": f"Town ({name})"} for name in names]
    ds = load_rows(tmp_path, {"places": [CHINA, PROVINCE, CITY, *twins]})
    with pytest.raises(ValueError) as told:
        ma.find_place(ds, "town")
    assert str(told.value) == f"'town' may be {', '.join(names)}: give the id"
