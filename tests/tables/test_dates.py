"""Dates of mixed precision: spans, orders and distances worked by hand, types and messages."""

import datetime

import numpy as np
import pandas as pd
import pytest
from says import says
from tiny import CHINA, CITY, PROVINCE, load_rows

import metaverse_analysis as ma
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
    found = dates.last_day(many)
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
    assert says(told, "same index", "4 and 3 rows", "Take both from one table")


RULE = "2023-09-15, 2023-09 or 2023"


@pytest.mark.parametrize(
    ("values", "name", "facts"),
    [
        (["2023", "soon"], None, ["'soon' in row 1. "]),
        (["2023", "soon"], "d", ["column 'd'", "'soon' in row 1. "]),
        (
            ["a", "b", "a", "c", "d", "e"],
            "d",
            ["column 'd'", "'a' in row 0; 'b' in row 1; 'c' in row 3; 'd' in row 4; 'e' in row 5. "],
        ),
        (
            list("abcdefgh"),
            "d",
            ["column 'd'", "'a' in row 0; 'b' in row 1; 'c' in row 2; 'd' in row 3; 'e' in row 4; and more"],
        ),
    ],
)
def test_what_is_no_date_is_told_with_its_row(values, name, facts):
    with pytest.raises(ValueError) as told:
        dates.first_day(pd.Series(values, name=name, dtype="str"))
    assert says(told, *facts, RULE, "blank")
    with pytest.raises(ValueError, match="^a Series of dates is needed, found list$"):
        dates.first_day(values)


def words_of_this_python() -> str:
    """What it says of a day that a month doesn't have: each version says it otherwise."""
    with pytest.raises(ValueError) as told:
        datetime.date(2023, 2, 30)
    return str(told.value)


NO_DAY = words_of_this_python()


@pytest.mark.parametrize(
    ("call", "facts"),
    [
        (
            lambda: dates.parse_day("2023", name="x"),
            ["x: ", "'2023'", "a year", "a full day such as 2023-12-31"],
        ),
        (lambda: dates.parse_day("soon"), ["date: ", "'soon'", RULE]),
        (lambda: dates.parse_day(5, name="x"), ["x: ", "5 (int)", RULE, "a date or Timestamp"]),
        (lambda: dates.span("2023-02-30"), ["'2023-02-30'", NO_DAY, RULE]),
        (lambda: dates.span(pd.NaT), ["NaT (NaTType)", RULE, "a date or Timestamp"]),
        (lambda: dates.span(pd.Period("2023Q1")), ["Period('2023Q1', 'Q-DEC')", "D, M or Y"]),
    ],
)
def test_single_values_that_are_no_day(call, facts):
    with pytest.raises(ValueError) as told:
        call()
    assert says(told, *facts)


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
    few = load_rows(tmp_path, {"places": [CHINA, PROVINCE, CITY, *twins]})
    with pytest.raises(ValueError) as told:
        ma.find_place(few, "town")
    assert says(told, "'town'", f" {', '.join(names)}: ", "give the id")


def versions(*rows: dict) -> pd.DataFrame:
    """Documents of one family, if they don't name another."""
    blank = {"family_id": "f", "status": "issued"} | dict.fromkeys(dates.DATE_KINDS)
    frame = pd.DataFrame([blank | row for row in rows])
    return frame.astype(dict.fromkeys(dates.DATE_KINDS, "str"))


ALL = {"consultation_date": "2023-01", "signed_date": "2023-02", "issued_date": "2023-03"}


@pytest.mark.parametrize(
    ("status", "left_out", "expected"),
    [
        ("draft", [], ("2023-01", "consultation")),
        ("draft", ["consultation_date"], ("2023-03", "issued")),
        ("draft", ["consultation_date", "issued_date"], ("2023-02", "signed")),
        ("issued", [], ("2023-03", "issued")),
        ("issued", ["issued_date"], ("2023-02", "signed")),
        ("issued", ["issued_date", "signed_date"], ("2023-01", "consultation")),
        ("announced", [], ("2023-03", "issued")),
        ("announced", ["issued_date"], ("2023-02", "signed")),
        ("issued", list(ALL), (None, None)),
    ],
)
def test_which_date_is_a_documents_own(status, left_out, expected):
    row = {name: date for name, date in ALL.items() if name not in left_out} | {"status": status}
    assert dates.document_date(row) == expected
    found = dates.document_dates(versions(row)).iloc[0]
    assert tuple(None if pd.isna(found[name]) else found[name] for name in ("date", "dated_by")) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # a final and its draft
        ([{"status": "draft", "consultation_date": "2023-09-04"}, {"issued_date": "2023-09"}],
         ["2023-09-04 2023-09-04", "2023-09-04 2023-09-30"]),
        ([{"issued_date": "2023-09-10"}, {"status": "draft", "consultation_date": "2023-09"}],
         ["2023-09-10 2023-09-10", "2023-09-01 2023-09-10"]),
        ([{"status": "draft", "consultation_date": "2023"}, {"issued_date": "2023-09"}],
         ["2023-01-01 2023-09-30", "2023-09-01 2023-09-30"]),
        # of two drafts nothing tells which one a final came after
        ([{"status": "draft", "consultation_date": "2023-09"}, {"status": "draft", "consultation_date": "2023-09-20"},
          {"issued_date": "2023-09-10"}],
         ["2023-09-01 2023-09-30", "2023-09-20 2023-09-20", "2023-09-10 2023-09-10"]),
        ([{"status": "draft", "consultation_date": "2023-09-05"},
          {"status": "draft", "consultation_date": "2023-09-20"}, {"issued_date": "2023"}],
         ["2023-09-05 2023-09-05", "2023-09-20 2023-09-20", "2023-09-05 2023-12-31"]),
        # one version
        ([{"signed_date": "2023-09-08", "issued_date": "2023-09"}], ["2023-09-08 2023-09-30"]),
        ([{"consultation_date": "2023-09-08", "issued_date": "2023"}], ["2023-09-08 2023-12-31"]),
        ([{"status": "draft", "consultation_date": "2023-09", "issued_date": "2023-09-20"}], ["2023-09-01 2023-09-20"]),
        # dates that contradict each other bound nothing
        ([{"status": "draft", "consultation_date": "2023-10"}, {"issued_date": "2023-09"}],
         ["2023-10-01 2023-10-31", "2023-09-01 2023-09-30"]),
        ([{"signed_date": "2024", "issued_date": "2023-09"}], ["2023-09-01 2023-09-30"]),
        # other families have no say
        ([{"status": "draft", "family_id": "g", "consultation_date": "2023-09-04"}, {"issued_date": "2023-09"}],
         ["2023-09-04 2023-09-04", "2023-09-01 2023-09-30"]),
        ([{}], ["NaT NaT"]),
    ],
)  # fmt: skip
def test_a_coarse_date_is_bounded_by_what_else_is_known(rows, expected):
    documents = versions(*rows).set_axis(range(len(rows), 0, -1))
    found = dates.document_dates(documents)
    days = found["first_day"].astype(str) + " " + found["last_day"].astype(str)
    assert days.str.replace("nan", "NaT").fillna("NaT NaT").tolist() == expected
    assert found.index.equals(documents.index) and list(found) == [
        "date",
        "dated_by",
        "first_day",
        "last_day",
    ]


def test_no_documents_have_no_dates():
    empty = dates.document_dates(versions({})[:0])
    assert empty.dtypes.astype(str).tolist() == ["str", "str", "datetime64[us]", "datetime64[us]"]
