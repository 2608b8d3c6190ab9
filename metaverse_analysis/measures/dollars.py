"""What an amount of a document is in dollars: at the rate of which date, and why there is none where there is none."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_date, span
from ..tables.rates import NoRate, rates
from ..tables.units import money_units

NOT_MONEY = "not an amount of money"
UNDATED = "the document has no date"
# What a document's date is, where it isn't the day on which the document was issued.
DATED_BY = {"consultation": "put out for comment", "signed": "signed"}
_TYPES = {"rate": "float64", "rate_date": "str", "rate_basis": "str", "no_rate": "str"}


class Quote(NamedTuple):
    """The rate of a currency on a date, or why there is none."""

    rate: float
    rate_date: str | None
    rate_basis: str
    no_rate: str | None


def in_dollars(targets: pd.DataFrame, dates: pd.DataFrame, *, rate_on: Any = None) -> pd.DataFrame:
    """The amounts of targets in dollars, each at the rate of its document's date or all at one.

    Parameters
    ----------
    targets : rows of regional_targets.
    dates : `date` and `dated_by` of the document of each row, with the same index (see `document_dates`).
    rate_on : one date for all rows.

    Returns
    -------
    One row per target, with its index:

    - `currency`, `billions` (in one of its unit); missing for what is no money
    - `rate` (units of the currency per dollar), `rate_date`, `rate_basis`: what it is the rate of, and what the
      document's date is where that isn't its issuing; why there is no rate where there is none, and in `no_rate` the
      same as a code: no_money, undated, currency (it has no rate on any day) or date
    - `amount_usd_bn`, `amount_max_usd_bn`: billion dollars

    Raises
    ------
    ValueError
        For a `rate_on` on which a currency that has rates has none.

    Examples
    --------
    >>> targets = pd.DataFrame({"unit": ["billion CNY"], "value": [250.0], "value_max": [None]})
    >>> dates = pd.DataFrame({"date": ["2023-09-15"], "dated_by": ["signed"]})
    >>> found = in_dollars(targets, dates).iloc[0]
    >>> print(round(found["amount_usd_bn"], 1), "|", found["rate_basis"])
    34.4 | daily; the day on which it was signed
    """
    money = money_units(targets["unit"])
    on = dates["date"] if rate_on is None else pd.Series(rate_on, targets.index, dtype="str")
    quotes = _quotes(money["currency"], on, strict=rate_on is not None)
    if rate_on is None:
        which = _which_day(dates).where(quotes["rate_date"].notna())
        quotes["rate_basis"] = quotes["rate_basis"] + ("; the " + which).fillna("")
    return money.assign(
        **{str(name): quotes[name] for name in quotes},
        amount_usd_bn=targets["value"] * money["billions"] / quotes["rate"],
        amount_max_usd_bn=targets["value_max"] * money["billions"] / quotes["rate"],
    )


def dates_of(ds: Dataset, targets: pd.DataFrame) -> pd.DataFrame:
    """The date of each target's document, `date` and `dated_by` (see `document_dates`), with the targets' index."""
    documents = ds.policy_documents
    own = documents[documents["document_id"].isin(targets["document_id"])]
    found = {document["document_id"]: document_date(document) for document in own.to_dict("records")}
    dates = [found.get(document_id, (None, None)) for document_id in targets["document_id"]]
    return pd.DataFrame(dates, targets.index, ["date", "dated_by"], dtype="str")


def day_of(date: str, dated_by: str) -> str | None:
    """What a document's date is, in words; None where it is the date on which it was issued.

    Examples
    --------
    >>> day_of("2023-09-15", "signed"), day_of("2023-09", "consultation")
    ('day on which it was signed', 'month in which it was put out for comment')
    """
    if dated_by not in DATED_BY:
        return None
    precision = span(date).precision
    return f"{precision} {'on' if precision == 'day' else 'in'} which it was {DATED_BY[dated_by]}"


def written(date: Any) -> str:
    """One date as the tables write it: 2023-09-15, 2023-09 or 2023.

    Examples
    --------
    >>> written(pd.Timestamp("2023-09-15")), written("2023-09")
    ('2023-09-15', '2023-09')
    """
    days = span(date)
    return str(days.first)[: {"day": 10, "month": 7, "year": 4}[days.precision]]


def _which_day(dates: pd.DataFrame) -> pd.Series:
    said = [
        None if pd.isna(date) else day_of(date, by)
        for date, by in zip(dates["date"], dates["dated_by"], strict=True)
    ]
    return pd.Series(said, dates.index, dtype="str")


def _quotes(currency: pd.Series, on: pd.Series, *, strict: bool) -> pd.DataFrame:
    """The rate of each row's currency on its date, or why there is none."""
    pairs = list(zip(currency.fillna(""), on.fillna(""), strict=True))
    days: dict[str, set[str]] = {}
    for code, day in pairs:
        if code and day:
            days.setdefault(code, set()).add(day)
    found: dict[tuple[str, str], Quote] = {}
    for code, asked in days.items():
        found |= _rates_of(code, sorted(asked), strict)
    undated, no_money = _without(UNDATED, "undated"), _without(NOT_MONEY, "no_money")
    quotes = [found[code, day] if code and day else undated if code else no_money for code, day in pairs]
    return pd.DataFrame(quotes, currency.index, list(Quote._fields)).astype(_TYPES)


def _rates_of(currency: str, days: list[str], strict: bool) -> dict[tuple[str, str], Quote]:
    """The rates of one currency by day: of all days at once where each has one, else of one after another."""
    try:
        quoted = rates("USD", currency, on=days)
        columns = zip(days, quoted["rate"], quoted["rate_date"], quoted["rate_basis"], strict=True)
        return {(currency, day): Quote(rate, date, basis, None) for day, rate, date, basis in columns}
    except NoRate as error:
        if len(days) > 1:
            halves = days[: len(days) // 2], days[len(days) // 2 :]
            return _rates_of(currency, halves[0], strict) | _rates_of(currency, halves[1], strict)
        if strict and not error.of_currency:
            raise
        return {(currency, days[0]): _without(error.reason, "currency" if error.of_currency else "date")}


def _without(why: str, code: str) -> Quote:
    return Quote(np.nan, None, why, code)
