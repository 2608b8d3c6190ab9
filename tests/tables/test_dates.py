"""Dates of mixed precision: hand-worked spans, orders and distances."""

import datetime
import time

import numpy as np
import pandas as pd
import pytest

from metaverse_analysis.tables import dates

MIXED = pd.Series(
    ["2023-09-15", "2024-02", "2023", None], index=[3, 5, 7, 9], name="issued_date", dtype="str"
)


def texts(series: pd.Series) -> list:
    return [None if pd.isna(day) else str(day)[:10] for day in series]


def test_first_and_last_day_keep_index_and_name():
    first, last = dates.first_day(MIXED), dates.last_day(MIXED)
    assert texts(first) == ["2023-09-15", "2024-02-01", "2023-01-01", None]
    assert texts(last) == ["2023-09-15", "2024-02-29", "2023-12-31", None]
    assert first.index.equals(MIXED.index) and first.name == "issued_date"
    assert first.dtype.kind == last.dtype.kind == "M"


def test_precision_is_missing_where_the_date_is():
    found = dates.precision(MIXED)
    assert found.iloc[:3].tolist() == ["day", "month", "year"]
    assert pd.isna(found.iloc[3]) and found.dtype == "str"


def test_december_ends_on_the_31st():
    assert (
        texts(dates.last_day(pd.Series(["2023-12", "9999-12", "9999"])))
        == ["2023-12-31"] + ["9999-12-31"] * 2
    )


def test_datetime_columns_are_days():
    days = pd.Series(pd.to_datetime(["2023-09-15 18:30", None]))
    assert texts(dates.first_day(days)) == ["2023-09-15", None]
    assert dates.precision(days).tolist()[0] == "day"
    assert dates.order(days, "2023-09-15").tolist() == ["same", "unknown"]
    zoned = pd.Series(pd.to_datetime(["2023-09-15 18:30"])).dt.tz_localize("Asia/Shanghai")
    assert texts(dates.last_day(zoned)) == ["2023-09-15"]


@pytest.mark.parametrize("empty", [pd.Series([], dtype="str"), pd.Series([None, None], dtype="str")])
def test_columns_without_a_date(empty):
    assert len(dates.first_day(empty)) == len(empty) and dates.last_day(empty).isna().all()
    assert dates.precision(empty).isna().all()
    assert dates.days_between(empty, empty)["days"].isna().all()


@pytest.mark.parametrize("text", ["2023-09-15", "2023-09", "2023", "2024-02-29", "0001"])
def test_valid(text):
    assert dates.is_valid(text)


@pytest.mark.parametrize(
    "text",
    ["2023-02-31", "2023-02-29", "2023-13", "2023-00", "2023-09-00", "2023-9", "23", "20230915",
     "2023-W01", "2023-09-15 ", " 2023",
     "2023-09-15\n", "0000", "２０２３", "2023/09", "n.d.", "", None, 2023, np.nan],
)  # fmt: skip
def test_not_valid(text):
    assert not dates.is_valid(text)


def test_wrong_dates_are_named_with_their_rows():
    wrong = pd.Series(["2023", "2023-02-31", "soon"], index=["a", "b", "c"], name="issued_date")
    with pytest.raises(
        ValueError, match=r"'issued_date'.*'2023-02-31' in row b; 'soon' in row c.*2023-09-15, 2023-09"
    ):
        dates.first_day(wrong)
    with pytest.raises(ValueError, match="and more"):
        dates.first_day(pd.Series([f"x{i}" for i in range(100)]))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2023-09-14", "2023-09-15", "before"),
        ("2023-09-15", "2023-09-14", "after"),
        ("2023-09-15", "2023-09-15", "same"),
        ("2023-09", "2023-09", "unknown"),
        ("2023-09", "2023-09-30", "unknown"),
        ("2023-09", "2023-10-01", "before"),
        ("2023-10-01", "2023-09", "after"),
        ("2023", "2023-12-31", "unknown"),
        ("2022", "2023", "before"),
        (None, "2023", "unknown"),
    ],
)
def test_order(a, b, expected):
    left, right = pd.Series([a], dtype="str"), pd.Series([b], dtype="str")
    assert dates.order(left, right).tolist() == [expected]
    assert dates.order(left, b).tolist() == [expected]
    assert dates.definitely_before(left, right).tolist() == [expected == "before"]
    mirrored = {"before": "after", "after": "before"}.get(expected, expected)
    assert dates.order(right, left).tolist() == [mirrored]


def test_days_between():
    first = pd.Series(["2023-09-08", "2023-09", "2023-09-08", None], index=list("abcd"), dtype="str")
    last = pd.Series(["2023-09-10", "2023-10", "2023-08-29", "2023"], index=list("abcd"), dtype="str")
    found = dates.days_between(first, last)
    assert found.columns.tolist() == ["days_low", "days_high", "days"] and found.index.equals(first.index)
    assert found["days_low"].astype(object).tolist() == [2, 1, -10, pd.NA]
    assert found["days_high"].astype(object).tolist() == [2, 60, -10, pd.NA]
    assert found["days"].astype(object).tolist() == [2, pd.NA, -10, pd.NA]


def test_columns_of_two_tables_are_refused():
    with pytest.raises(ValueError, match=r"same index .they have 4 and 1 rows"):
        dates.order(MIXED, pd.Series(["2023"]))
    with pytest.raises(ValueError, match="Series of dates is needed, found list"):
        dates.first_day(["2023"])


@pytest.mark.parametrize(
    "value",
    ["2024-01-19", datetime.date(2024, 1, 19), datetime.datetime(2024, 1, 19, 23, 59),
     pd.Timestamp("2024-01-19 08:00"), pd.Timestamp("2024-01-19 23:00", tz="Asia/Shanghai"),
     np.datetime64("2024-01-19"), pd.Period("2024-01-19", "D")],
)  # fmt: skip
def test_parse_day(value):
    assert dates.parse_day(value) == pd.Timestamp("2024-01-19")


def test_parse_day_of_a_month_or_year():
    assert dates.parse_day("2023-02", coarse="last") == pd.Timestamp("2023-02-28")
    assert dates.parse_day("2023", coarse="first") == pd.Timestamp("2023-01-01")
    assert dates.parse_day(pd.Period("2023", "Y"), coarse="last") == pd.Timestamp("2023-12-31")
    with pytest.raises(ValueError, match="as_of: '2023' is a year, a full day such as 2023-12-31"):
        dates.parse_day("2023", name="as_of")


@pytest.mark.parametrize(
    "value", [None, pd.NaT, np.nan, 2023, 20240119, True, "yesterday", "2023-02-31", "", ["2023"]]
)
def test_parse_day_refuses(value):
    with pytest.raises(ValueError, match=r"^on: .*2023-09-15, 2023-09 or 2023"):
        dates.parse_day(value, name="on", coarse="last")
    with pytest.raises(ValueError, match="day, a month nor a year"):
        dates.parse_day(pd.Period("2023Q1", "Q"))


def test_a_million_rows():
    days = pd.Series(pd.date_range("2000-01-01", periods=5000).strftime("%Y-%m-%d")).astype("str")
    many = pd.concat([days] * 200, ignore_index=True)
    start = time.perf_counter()
    found = dates.last_day(many)
    assert time.perf_counter() - start < 1.5
    assert found.iloc[-1] == pd.Timestamp("2013-09-08")


@pytest.mark.parametrize(
    ("period", "first", "last", "kind"),
    [
        (pd.Period("2023", "Y"), (2023, 1, 1), (2023, 12, 31), "year"),
        (pd.Period("2024-02", "M"), (2024, 2, 1), (2024, 2, 29), "month"),
        (pd.Period("2024-02-03", "D"), (2024, 2, 3), (2024, 2, 3), "day"),
    ],
)
def test_a_period_is_its_first_to_its_last_day(period, first, last, kind):
    assert dates.span(period) == (datetime.date(*first), datetime.date(*last), kind)
