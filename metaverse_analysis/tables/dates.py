"""Dates as precise as their source: a day, a month or a year.

A source that says "September 2023" is stored as ``2023-09``, never as 1 September. Such a date is a span with
a first and a last day. Two dates have an order, or a number of days between them, only as far as their spans
allow.

The functions take a Series of text (``2023-09-15``, ``2023-09``, ``2023``, missing) or of datetime64, and
keep its index. Each distinct value is read once, so a million rows cost little more than finding the distinct
ones.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

ALLOWED = "a date is written 2023-09-15, 2023-09 or 2023"
PRECISIONS = ("day", "month", "year")
_MIXED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DAYS = "datetime64[D]"
_STORED = "datetime64[us]"  # what pandas itself gives for a column of days
_TICKS_OF_A_DAY = {unit: 86_400 * 1000**power for power, unit in enumerate(("s", "ms", "us", "ns"))}
_SHOWN = 5  # wrong values named in an error


class Span(NamedTuple):
    """The days that a date may mean: first and last day (the same one for a full date) and its precision."""

    first: datetime.date
    last: datetime.date
    precision: str


@functools.lru_cache(maxsize=1 << 16)
def _read_text(text: str) -> Span:
    match = _MIXED.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date: {ALLOWED}")
    year, month, day = match.groups()
    try:
        first = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day in the calendar ({error}): {ALLOWED}") from None
    if day:
        return Span(first, first, "day")
    if month:
        return Span(first, _end_of_month(first.year, first.month), "month")
    return Span(first, datetime.date(first.year, 12, 31), "year")


def _end_of_month(year: int, month: int) -> datetime.date:
    if month == 12:
        return datetime.date(year, 12, 31)
    return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)


def span(value: Any) -> Span:
    """Return the days that one date may mean.

    Takes text, a date, datetime, Timestamp, ``numpy.datetime64`` or a Period of a day, month or year (the
    time of day is dropped). Anything else, missing values included, is a ValueError.

    Examples
    --------
    >>> span("2024-02")
    Span(first=datetime.date(2024, 2, 1), last=datetime.date(2024, 2, 29), precision='month')
    """
    if isinstance(value, str):
        return _read_text(value)
    if isinstance(value, pd.Period):
        return _read_period(value)
    if isinstance(value, (datetime.date, np.datetime64)) and not pd.isna(value):
        day = pd.Timestamp(value).date()
        return Span(day, day, "day")
    raise ValueError(
        f"{value!r} ({type(value).__name__}) is not a date: {ALLOWED}, or is a date or Timestamp"
    )


def _read_period(period: pd.Period) -> Span:
    frequency = period.freqstr.split("-")[0]
    precision = {"D": "day", "M": "month", "Y": "year"}.get(frequency)
    if precision is None:
        raise ValueError(f"{period!r} is neither a day, a month nor a year (frequency D, M or Y)")
    return Span(period.start_time.date(), period.end_time.date(), precision)


def is_valid(text: Any) -> bool:
    """Tell whether a text is a day, month or year of the calendar (a missing value is not).

    Examples
    --------
    >>> is_valid("2023-09"), is_valid("2023-02-31"), is_valid("2023-9"), is_valid("")
    (True, False, False, False)
    """
    try:
        _read_text(text)
    except (ValueError, TypeError):
        return False
    return True


def distinct_spans(dates: pd.Series) -> tuple[np.ndarray, list[Span]]:
    """Return for each row the position of its span among the distinct ones (-1 where missing), and these.

    Raises
    ------
    ValueError
        That names the column, the rows and the texts that aren't dates.

    Examples
    --------
    >>> codes, spans = distinct_spans(pd.Series(["2023", None, "2024", "2023"]))
    >>> codes.tolist(), len(spans)
    ([0, -1, 1, 0], 2)
    """
    codes, values = pd.factorize(dates)
    spans, wrong = [], []
    for number, value in enumerate(values):
        try:
            spans.append(span(value))
        except ValueError:
            wrong.append(f"{value!r} in row {dates.index[int(np.argmax(codes == number))]}")
            if len(wrong) > _SHOWN:
                break
    if wrong:
        where = f"column {dates.name!r}: " if dates.name is not None else ""
        shown = "; ".join(wrong[:_SHOWN]) + ("; and more" if len(wrong) > _SHOWN else "")
        raise ValueError(f"{where}not dates: {shown}. Allowed: {ALLOWED}, or blank")
    return codes, spans


def day_numbers(days: pd.Series) -> np.ndarray:
    """Return a column of datetime64 as whole days since 1970, without time zone; a missing one is far below zero."""
    if isinstance(days.dtype, pd.ArrowDtype):
        zoned = getattr(days.dtype.pyarrow_dtype, "tz", None) is not None
        days = (days.dt.tz_localize(None) if zoned else days).astype("datetime64[us]")
    stamps = (days if days.dt.tz is None else days.dt.tz_localize(None)).to_numpy()
    return stamps.view("int64") // _TICKS_OF_A_DAY[days.dt.unit]  # four times faster than `astype`


def whole_days(days: pd.Series) -> np.ndarray:
    """Return a column of datetime64 as an array of whole days, without time of day and time zone."""
    whole = day_numbers(days).view(_DAYS)
    whole[days.isna()] = np.datetime64("NaT", "D")
    return whole


def _spans(dates: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First and last days (datetime64[D], NaT where missing) and precisions (position, or -1) of each row."""
    if not isinstance(dates, pd.Series):
        raise ValueError(f"a Series of dates is needed, found {type(dates).__name__}")
    if pd.api.types.is_datetime64_any_dtype(dates.dtype):
        days = whole_days(dates)
        return days, days, np.where(np.isnat(days), -1, 0)
    codes, spans = distinct_spans(dates)
    # The row added at the end is what the code -1 picks: a missing date.
    first = np.array([s.first for s in spans] + ["NaT"], dtype=_DAYS)
    last = np.array([s.last for s in spans] + ["NaT"], dtype=_DAYS)
    precisions = np.array([PRECISIONS.index(s.precision) for s in spans] + [-1])
    return first[codes], last[codes], precisions[codes]


def _like(values: np.ndarray, dates: pd.Series) -> pd.Series:
    return pd.Series(values, index=dates.index, name=dates.name)


def _words(words: list[str | None], positions: np.ndarray, dates: pd.Series) -> pd.Series:
    picked = pd.Series(words, dtype="str").array.take(np.where(positions < 0, len(words) - 1, positions))
    return pd.Series(picked, index=dates.index, name=dates.name)


def first_day(dates: pd.Series) -> pd.Series:
    """Return the first day that each date may mean, as datetime64 (NaT where missing).

    Examples
    --------
    >>> first_day(pd.Series(["2023-09-15", "2023-09", None])).astype(str).tolist()
    ['2023-09-15', '2023-09-01', nan]
    """
    return _like(_spans(dates)[0].astype(_STORED), dates)


def last_day(dates: pd.Series) -> pd.Series:
    """Return the last day that each date may mean, as datetime64 (NaT where missing).

    Examples
    --------
    >>> last_day(pd.Series(["2023-09", "2023"])).astype(str).tolist()
    ['2023-09-30', '2023-12-31']
    """
    return _like(_spans(dates)[1].astype(_STORED), dates)


def precision(dates: pd.Series) -> pd.Series:
    """Return "day", "month" or "year" for each date (NaN where missing).

    Examples
    --------
    >>> precision(pd.Series(["2023-09-15", "2023-09", "2023"])).tolist()
    ['day', 'month', 'year']
    """
    return _words([*PRECISIONS, None], _spans(dates)[2], dates)


def _pair(a: pd.Series, b: Any) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Spans of two columns row by row; `b` may be one date for all rows."""
    if not isinstance(b, pd.Series):
        day = span(b)
        text = str(day.first)[: {"day": 10, "month": 7, "year": 4}[day.precision]]
        b = pd.Series(text, index=a.index, dtype="str")
    if not a.index.equals(b.index):
        raise ValueError(
            f"the two columns of dates must have the same index (they have {len(a)} and {len(b)} rows). "
            "Take both from one table"
        )
    return _spans(a), _spans(b)


def order(a: pd.Series, b: pd.Series | Any) -> pd.Series:
    """Say for each row whether `a` is "before", "after" or the "same" day as `b`, or "unknown".

    An order is stated only where every reading of both dates agrees. Two months that are equal are "unknown":
    either may be the earlier day. A missing date is "unknown" too. `b` is a column with the same index, or
    one date for all.

    Examples
    --------
    >>> order(pd.Series(["2023-08", "2023-09", "2023-09-15"]), "2023-09-15").tolist()
    ['before', 'unknown', 'same']
    """
    (a_first, a_last, a_precision), (b_first, b_last, b_precision) = _pair(a, b)
    same = (a_first == b_first) & (a_precision == 0) & (b_precision == 0)
    answers = np.select([a_last < b_first, a_first > b_last, same], [0, 1, 2], 3)
    return _words(["before", "after", "same", "unknown"], answers, a).rename(None)


def definitely_before(a: pd.Series, b: pd.Series | Any) -> pd.Series:
    """Tell for each row whether `a` is before `b` on every reading of both (False where a date is missing).

    Examples
    --------
    >>> definitely_before(pd.Series(["2023-08", "2023"]), "2023-09").tolist()
    [True, False]
    """
    (_, a_last, _), (b_first, _, _) = _pair(a, b)
    return pd.Series(a_last < b_first, index=a.index)


def days_between(first: pd.Series, last: pd.Series | Any) -> pd.DataFrame:
    """Return the number of days from `first` to `last`: the least, the most, and the number where exact.

    The columns `days_low`, `days_high` and `days` are Int64. They are negative where `last` is earlier, and
    missing where a date is. `days` is there only where both dates are full dates.

    Examples
    --------
    >>> days_between(pd.Series(["2023-09-08", "2023-09"]), "2023-10-01").to_dict("list")
    {'days_low': [23, 1], 'days_high': [23, 30], 'days': [23, None]}
    """
    (a_first, a_last, a_precision), (b_first, b_last, b_precision) = _pair(first, last)
    low, high = _whole(b_first - a_last), _whole(b_last - a_first)
    exact = (a_precision == 0) & (b_precision == 0)
    frame = pd.DataFrame({"days_low": low, "days_high": high}).set_index(first.index)
    return frame.assign(days=frame["days_low"].where(exact))


def _whole(difference: np.ndarray) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(difference.astype("int64"), np.isnat(difference))


# The columns that date a document, what each is called, and in which order they are looked at.
DATE_KINDS = {"issued_date": "issued", "consultation_date": "consultation", "signed_date": "signed"}
_OF_DRAFT = ("consultation_date", "issued_date", "signed_date")
_OF_OTHERS = ("issued_date", "signed_date", "consultation_date")


def document_date(document: Mapping[Any, Any]) -> tuple[str, str] | tuple[None, None]:
    """The date of one document (a row with its filled cells), and what it is: see `document_dates`.

    Examples
    --------
    >>> document_date({"status": "issued", "consultation_date": "2023-08", "signed_date": "2023-09-15"})
    ('2023-09-15', 'signed')
    """
    columns = _OF_DRAFT if document.get("status") == "draft" else _OF_OTHERS
    found = next((name for name in columns if not pd.isna(document.get(name))), None)
    return (None, None) if found is None else (document[found], DATE_KINDS[found])


def document_dates(documents: pd.DataFrame) -> pd.DataFrame:
    """The date of each document, the same one for every measure.

    Of a draft it is the day on which it was put out for comment, else issued, else signed. Of all others, announced
    ones too, it is the day on which it was issued (or announced), else signed, else put out for comment.

    Parameters
    ----------
    documents : policy_documents, with all versions of each family.

    Returns
    -------
    One row per document, with its index:

    - date: as written ("2023-09"); missing where none is known
    - dated_by: "issued", "consultation" (put out for comment) or "signed"
    - first_day, last_day: the days that it may mean. A month or a year is bounded by what else is known: no version is
      issued before it was signed or put out for comment, and no final is older than the first draft of its family.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> documents = ma.load().policy_documents
    >>> shandong = documents["family_id"] == "cn-sd-2023-metaverse-guiding-opinion"
    >>> document_dates(documents)[shandong].astype(str).values.tolist()
    [['2023-09-04', 'consultation', '2023-09-04', '2023-09-04'], ['2023-09', 'issued', '2023-09-04', '2023-09-30']]
    """
    draft = documents["status"] == "draft"
    of_draft, of_others = (_first_filled(documents, columns) for columns in (_OF_DRAFT, _OF_OTHERS))
    dates = of_draft.where(draft, of_others)
    dates = dates.assign(first_day=first_day(dates["date"]), last_day=last_day(dates["date"]))
    return _within_family(_within_version(dates, documents), documents["family_id"], draft)


def _first_filled(documents: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    date = pd.Series(None, documents.index, dtype="str")
    by = date
    for name in columns:
        new = date.isna() & documents[name].notna()
        date, by = date.mask(new, documents[name].astype("str")), by.mask(new, DATE_KINDS[name])
    return pd.DataFrame({"date": date, "dated_by": by})


def _within_version(dates: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Put out for comment and signed first, issued then."""
    before = pd.concat([first_day(documents[name]) for name in _OF_DRAFT if name != "issued_date"], axis=1)
    after = last_day(documents["issued_date"])
    issued = dates["dated_by"] == "issued"
    return _bounded(dates, before.max(axis=1).where(issued), after.where(~issued))


def _within_family(dates: pd.DataFrame, family: pd.Series, draft: pd.Series) -> pd.DataFrame:
    """No final before the first draft. Of several drafts, nothing tells which one a final came after."""
    drafted = dates["first_day"].where(draft).groupby(family).transform("min")
    done = dates["last_day"].where(~draft).groupby(family).transform("min")
    only = draft & (draft.groupby(family).transform("sum") == 1)
    return _bounded(dates, drafted.where(~draft), done.where(only))


def _bounded(dates: pd.DataFrame, earliest: pd.Series, latest: pd.Series) -> pd.DataFrame:
    """The days that are left between two bounds; a bound that contradicts the date itself, or the other, is none."""
    first, last = dates["first_day"], dates["last_day"]
    later = first.mask((earliest > first) & (earliest <= last), earliest)
    earlier = last.mask((latest < last) & (latest >= first), latest)
    possible = ~(later > earlier)
    return dates.assign(first_day=later.where(possible, first), last_day=earlier.where(possible, last))


def parse_day(
    value: Any, *, name: str = "date", coarse: Literal["first", "last"] | None = None
) -> pd.Timestamp:
    """Read one day given as an argument: text, date, datetime, Timestamp or a Period.

    Parameters
    ----------
    value : the day. The time of day, and a time zone, are dropped.
    name : the argument's name, for the error.
    coarse : which day a month or a year stands for, its "first" or its "last". Without it only a full day
        will do.

    Raises
    ------
    ValueError
        Where the value is missing, is no date, or is a month or year and `coarse` isn't given.

    Examples
    --------
    >>> parse_day("2024-01-19")
    Timestamp('2024-01-19 00:00:00')
    >>> parse_day("2023-09", coarse="last")
    Timestamp('2023-09-30 00:00:00')
    >>> parse_day("2023-09", name="as_of")
    Traceback (most recent call last):
    ValueError: as_of: '2023-09' is a month, a full day such as 2023-09-30 is needed
    """
    try:
        days = span(value)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    if days.precision != "day" and coarse is None:
        raise ValueError(
            f"{name}: {str(value)!r} is a {days.precision}, a full day such as {days.last} is needed"
        )
    return pd.Timestamp(days.first if coarse == "first" else days.last)
