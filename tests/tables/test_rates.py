"""Rates held against CurrencyConverter's own arithmetic, against facts worked by hand, and against bad input."""

import datetime
import re
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from currency_converter import CurrencyConverter

from metaverse_analysis.tables.rates import convert, market_rate, rates, rates_source

ON_FRIDAY = pd.Timestamp("2024-01-19")


@pytest.fixture(scope="module")
def other() -> CurrencyConverter:
    """The same file read by other code, which refuses days without a rate."""
    return CurrencyConverter(decimal=False, fallback_on_missing_rate=False)


@pytest.mark.parametrize("day", [(2005, 4, 1), (2022, 9, 29), (2023, 5, 16), (2024, 1, 19)])
@pytest.mark.parametrize("pair", ["CNY USD", "USD CNY", "HKD CNY", "KRW JPY", "EUR CNY", "GBP EUR"])
def test_plain_days_equal_currency_converter(other, day, pair):
    day, pair = datetime.date(*day), pair.split()
    assert convert(150, *pair, on=day) == pytest.approx(other.convert(150, *pair, date=day), rel=1e-13)


def test_the_articles_figures():
    assert 20.8 < convert(150, "CNY", "USD", on="2024-01-19") < 20.9
    assert 34.7 < convert(250, "CNY", "USD", on="2024-01-19") < 34.8
    daily = market_rate("USD", "CNY")
    inside = daily[daily.between(150 / 22.5, 150 / 21.5)]
    assert inside[: ON_FRIDAY - pd.Timedelta(days=1)].index[-1] == pd.Timestamp("2023-05-16")


def test_a_day_without_a_rate_takes_the_last_one_before(other):
    friday = other.convert(1, "USD", "CNY", date=ON_FRIDAY.date())
    for day in ("2024-01-20", "2024-01-21"):
        assert convert(1, "USD", "CNY", on=day) == pytest.approx(friday, rel=1e-13)
        assert convert([1], "USD", "CNY", on=pd.to_datetime([day]))[0] == pytest.approx(friday, rel=1e-13)
    found = rates("USD", "CNY", on="2023-12-26")  # Christmas 2023: no rate from the 23rd to the 26th
    assert found.loc[0, "rate_date"] == "2023-12-22"
    assert found.loc[0, "rate_basis"] == "last published before a day without a rate"


def test_a_month_takes_the_mean_of_its_published_days(other):
    days = [datetime.date(2023, 9, n) for n in range(1, 31)]
    published = [other.convert(1, "USD", "CNY", date=day) for day in days if day.weekday() < 5]
    assert len(published) == 21  # no holiday in September 2023
    found = rates("USD", "CNY", on="2023-09")
    assert found.loc[0, "rate"] == pytest.approx(np.mean(published), rel=1e-13)
    assert found.loc[0, ["rate_date", "rate_basis"]].tolist() == [
        "2023-09",
        "mean of 21 published days in 2023-09",
    ]


@pytest.mark.parametrize("on", ["2024-01-19", "2023-09", "2023"])
@pytest.mark.parametrize("pair", [("CNY", "USD"), ("HKD", "CNY"), ("JPY", "EUR"), ("KRW", "JPY")])
def test_there_and_back_gives_the_same_amount(pair, on):
    there = convert(150, *pair, on=on)
    assert convert(there, *pair[::-1], on=on) == pytest.approx(150, rel=1e-13)
    assert there == pytest.approx(150 / rates(*pair[::-1], on=on).loc[0, "rate"], rel=1e-13)
    assert there == pytest.approx(150 * rates(*pair, on=on).loc[0, "rate"], rel=1e-13)


def test_the_mean_of_a_year_is_the_published_yuan_per_dollar():
    mean = market_rate("USD", "CNY")["2023"].mean()
    assert convert(7, "CNY", "USD", on="2023") == pytest.approx(7 / mean, rel=1e-13)


def test_periods_that_the_rates_cover_in_part_say_so():
    words = rates("USD", "CNY", on=["2005", "2005-04", "2006"])["rate_basis"].tolist()
    assert words[0].endswith("in 2005, from 2005-04-01")
    assert words[1] == "mean of 21 published days in 2005-04"
    assert words[2] == "mean of 255 published days in 2006"
    assert (
        rates("EUR", "RUB", on="2022-03").loc[0, "rate_basis"]
        == "mean of 1 published day in 2022-03, to 2022-03-01"
    )


@pytest.mark.parametrize(
    "on",
    [datetime.date(2024, 1, 19), datetime.datetime(2024, 1, 19, 23, 59), ON_FRIDAY, ON_FRIDAY.tz_localize("UTC"),
     np.datetime64("2024-01-19"), pd.Period("2024-01-19", "D")],
)  # fmt: skip
def test_every_kind_of_day_is_read_alike(on):
    expected = convert(150, "CNY", "USD", on="2024-01-19")
    assert convert(150, "CNY", "USD", on=on) == expected
    assert convert([150], "CNY", "USD", on=[on]).tolist() == [expected]
    assert convert(150, "CNY", "USD", on=pd.Series([on, on])).tolist() == [expected] * 2


def test_periods():
    months = pd.Series(pd.period_range("2023-09", periods=2, freq="M"))
    expected = [convert(1, "CNY", "USD", on="2023-09"), convert(1, "CNY", "USD", on="2023-10")]
    assert convert(1, "CNY", "USD", on=months).tolist() == expected
    assert convert(1, "CNY", "USD", on=pd.Period("2023", "Y")) == convert(1, "CNY", "USD", on="2023")


def test_mixed_dates_in_one_column():
    on = pd.Series(["2024-01-19", "2023-09", "2023", None], index=[2, 4, 6, 8], dtype="str")
    found = convert(
        pd.Series([100, 100, None, 100], index=on.index, name="amount_cny_bn"), "CNY", "USD", on=on
    )
    assert found.index.equals(on.index) and found.name == "amount_cny_bn"
    assert found.iloc[:2].tolist() == [convert(100, "CNY", "USD", on=day) for day in on.iloc[:2]]
    assert found.iloc[2:].isna().all()


def test_the_result_has_the_shape_of_the_input():
    assert type(convert(150, "CNY", "USD", on="2024-01-19")) is float
    assert type(convert(np.float64(150), "CNY", "USD", on="2024-01-19")) is float
    assert type(convert(Decimal("150"), "CNY", "USD", on="2024-01-19")) is float
    assert type(convert([150], "CNY", "USD", on="2024-01-19")) is np.ndarray
    assert convert(150, "CNY", "USD", on=["2024-01-19"] * 3).shape == (3,)
    labelled = pd.Series(["2024-01-19"] * 2, index=["a", "b"], name="issued_date")
    found = convert([1, 2], "CNY", "USD", on=labelled)
    assert found.index.tolist() == ["a", "b"] and found.name is None
    assert len(convert([], "CNY", "USD", on="2024-01-19")) == len(convert([], "CNY", "USD", on=[])) == 0
    assert rates("USD", "CNY", on=labelled).index.tolist() == ["a", "b"]


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_missing_amounts_and_dates(missing):
    assert np.isnan(convert(missing, "CNY", "USD", on="2024-01-19"))
    assert np.isnan(convert(1, "CNY", "USD", on=missing))
    assert np.isnan(convert([missing, 1], "CNY", "USD", on=["2024-01-19", missing])).all()
    found = rates("USD", "CNY", on=["2024-01-19", missing]).loc[1]
    assert found[["rate", "rate_date"]].isna().all() and found["rate_basis"] == "no date"


def test_missing_days_in_a_datetime_column():
    on = pd.Series(pd.to_datetime(["2024-01-19", None, "2024-01-21"]))
    found = convert(pd.Series([1, 2, None], dtype="Int64"), "CNY", "USD", on=on)
    assert found.isna().tolist() == [False, True, True]


def test_one_currency_is_unchanged_whatever_the_date():
    assert convert(0.1, "CNY", "CNY", on="1950") == 0.1
    assert convert([0.1, 0.2], "CNY", "CNY", on=pd.to_datetime(["1950-01-01", None])).tolist() == [0.1, 0.2]
    assert convert(pd.Series([1.5, None]), "CNY", "CNY", on=None).iloc[0] == 1.5
    assert rates("CNY", "CNY", on="2024-01-19").loc[0, ["rate", "rate_basis"]].tolist() == [
        1,
        "same currency",
    ]
    with pytest.raises(ValueError, match="'soon'"):
        convert(1, "CNY", "CNY", on="soon")


@pytest.mark.parametrize("on", ["2005-03-31", "1999", "2005-03", pd.Timestamp("2005-03-31")])
def test_before_the_rates_begin(on):
    for each in (on, [on], pd.Series([on])):
        with pytest.raises(
            ValueError, match=r"no rate for .*: USD per CNY is published from 2005-04-01 to 2"
        ):
            convert(150, "CNY", "USD", on=each)


def test_after_the_rates_end():
    published = market_rate("CNY", "USD").index
    first, last = published[0], published[-1]
    assert first == pd.Timestamp("2005-04-01")
    late = last + pd.Timedelta(days=1)
    for each in (late, str(late.date()), [late], str(late.year + 1)):
        with pytest.raises(ValueError, match=f"end on {last.date()}.*pip install -U CurrencyConverter"):
            convert(150, "CNY", "USD", on=each)
    with pytest.raises(ValueError, match=r"from 2005-04-01 to 2022-03-01"):
        rates("CNY", "RUB", on="2024-01-19")


@pytest.mark.parametrize(
    "kind", [pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ns", "Asia/Shanghai"), pa.string()]
)
def test_dates_and_amounts_in_arrow(kind):
    days = pa.array(["2024-01-19", None]).cast(pa.timestamp("s") if kind != pa.string() else kind).cast(kind)
    on = pd.Series(days.to_pandas(types_mapper=pd.ArrowDtype))
    amounts = pd.Series([150, 150], dtype="double[pyarrow]")
    assert on.dtype == pd.ArrowDtype(kind)
    found = convert(amounts, "CNY", "USD", on=on)
    assert found.round(2).tolist()[:1] == [20.86] and found.isna().tolist() == [False, True]
    assert rates("USD", "CNY", on=on)["rate_date"].tolist()[:1] == ["2024-01-19"]


def test_missing_and_nan_told_apart_by_an_option():
    with pd.option_context("future.distinguish_nan_and_na", True):
        amounts = pd.Series([150, None], dtype="Int64")
        assert convert(amounts, "CNY", "USD", on="2024-01-19").isna().tolist() == [False, True]


def test_a_gap_of_years_is_no_weekend(other):
    before = other.convert(1, "EUR", "ISK", date=datetime.date(2008, 12, 9))
    assert convert(1, "EUR", "ISK", on="2008-12-10") == before
    for on in ("2012-06-01", "2012", [pd.Timestamp("2012-06-01")]):
        with pytest.raises(ValueError, match="not between 2008-12-09 and 2018-02-01"):
            convert(1, "EUR", "ISK", on=on)


def test_currencies_that_never_met():
    with pytest.raises(ValueError, match="no day has a rate of both TRL and CNY"):
        convert(1, "TRL", "CNY", on="2004")


@pytest.mark.parametrize(
    ("code", "hint"),
    [("RMB", "Did you mean CNY?"), ("cny", "Did you mean CNY?"), ("元", "Did you mean CNY?"),
     ("UDS", "Did you mean USD?"), ("US$", "Did you mean USD?"),
     ("XXX", "'XXX'. There are: AUD"), (None, "None"), (1, "1")],
)  # fmt: skip
def test_unknown_currencies(code, hint):
    for call in (
        lambda: convert(1, code, "USD", on="2023"),
        lambda: market_rate("EUR", code),
    ):
        with pytest.raises(ValueError, match=re.escape(hint)) as error:
            call()
        assert "There are: AUD" in str(error.value) and "ZAR" in str(error.value)


@pytest.mark.parametrize(
    ("amount", "on", "words"),
    [
        ([1, 2], ["2023"] * 3, "2 amounts, 3 dates"),
        (pd.Series([1, 2]), pd.Series(["2023"] * 2, index=[1, 2]), "different indexes"),
        (np.ones((2, 2)), "2023", "amount: one number or a column"),
        (1, np.array([["2023"]]), "on: one date or a column"),
        ("150 billion", "2023", "found string such as '150 billion'; parse_amount"),
        (["1", 2], "2023", "numbers are needed, found mixed"),
        (True, "2023", "found boolean"),
        (1, "2023-02-31", "column 'on': not dates: '2023-02-31' in row 0"),
        (1, ["2023", "n.d."], "'n.d.' in row 1"),
        (1, 2023, "2023 in row 0. Allowed: a date is written 2023-09-15, 2023-09 or 2023"),
        (1, pd.Period("2023Q1"), "not dates"),
    ],
)
def test_bad_input(amount, on, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        convert(amount, "CNY", "USD", on=on)


def test_nothing_is_changed_by_the_caller_or_for_it():
    daily = market_rate("USD", "CNY")
    daily[:] = 0
    assert convert(1, "USD", "CNY", on="2024-01-19") > 7
    amounts, on = pd.Series([1.0, None]), pd.Series(["2024-01-19", None], dtype="str")
    convert(amounts, "USD", "CNY", on=on)
    assert amounts.iloc[0] == 1 and amounts.isna().tolist() == on.isna().tolist() == [False, True]


def test_market_rate_is_complete_and_ascending(other):
    daily = market_rate("USD", "CNY")
    assert daily.index.is_monotonic_increasing and daily.index.is_unique and daily.notna().all()
    assert daily.index.name == "date" and daily.name == "cny_per_usd"
    assert daily["2024-01-19"] == pytest.approx(
        other.convert(1, "USD", "CNY", date=ON_FRIDAY.date()), rel=1e-13
    )


def test_source_names_the_rates():
    found = rates_source()
    assert found["last_day"] == str(market_rate("EUR", "USD").index[-1].date())
    assert found["text"] == f"{found['name']}, to {found['last_day']} ({found['package']})"
    assert re.fullmatch(r"CurrencyConverter \d+(\.\d+)+", found["package"])


@pytest.mark.parametrize("kind", ["text", "datetime"])
def test_a_million_amounts_with_a_date_each(kind):
    days = pd.date_range("2006-01-02", "2024-01-19").as_unit("us")
    picked = np.random.default_rng(1).integers(0, len(days), 1_000_000)
    on = pd.Series(days if kind == "datetime" else days.strftime("%Y-%m-%d").astype("str"))[picked]
    on = on.reset_index(drop=True)
    amounts = pd.Series(np.arange(1_000_000.0))
    found = convert(amounts, "CNY", "USD", on=on)
    assert found.iloc[-1] == pytest.approx(convert(999_999, "CNY", "USD", on=days[picked[-1]]), rel=1e-12)


def test_a_number_beyond_all_others_is_told():
    with pytest.raises(ValueError, match="^amount: a number beyond all floating-point numbers"):
        convert(10**400, "CNY", "USD", on="2024-01-19")
