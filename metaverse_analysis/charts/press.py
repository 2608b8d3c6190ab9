"""How the charts of printed dollar figures say what is wrong with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..measures.wording import day_in_words
from ..tables.dates import first_day
from .wording import SIGNS, in_words, money

_PER_MONTH = 30.44  # days
_SHORT = 60  # days, up to which they are counted as such
_OFF = 1.0  # as a share: from twice the right figure on, it is said how many times it is


def is_checked(audit: pd.DataFrame) -> pd.Series:
    """Figures with a date, a rate of that date and a verdict."""
    rates = audit[["market_rate", "implied_rate_low", "implied_rate_high"]].notna().all(axis="columns")
    return rates & audit["published"].notna() & audit["verdict"].notna()


def fits(audit: pd.DataFrame) -> pd.Series:
    return audit["verdict"].astype("str") == "consistent"


def printed(row: Any) -> str:
    """The dollars with the digits that were printed, of less than a billion as millions."""
    return f"${_digits(row)} bn" if row.reported_usd_bn >= 1 else money(row.reported_usd_bn, "USD")


def _digits(row: Any) -> str:
    """As printed; a file read again may have made them a number."""
    return row.printed if isinstance(row.printed, str) else f"{row.printed:g}"


def too_many_pct(audit: pd.DataFrame) -> pd.Series:
    """How many per cent more (or fewer) dollars were printed than the amount is at the rate of the day."""
    share = audit["reported_usd_bn"] / audit["converted_usd_low_bn"].where(audit["converted_usd_low_bn"] > 0)
    return 100 * (share - 1).replace(np.inf, np.nan)


def in_per_cent(pct: float) -> str:
    """With its sign, and with a decimal where it is small."""
    return f"{pct:+.{0 if abs(pct) >= 1 else 1}f}%".replace("-", "−")


def last_right(row: Any) -> str:
    """When the market last stood where a figure puts it."""
    if pd.isna(row.last_day_in_range):
        return "the market never stood there"
    return f"last right on {day_in_words(f'{row.last_day_in_range:%Y-%m-%d}')}"


def time_before(row: Any) -> str:
    """How long before its publication the market last stood where a figure puts it: "eight months"."""
    days = (first_day(pd.Series([row.published])).iloc[0] - row.last_day_in_range).days
    return f"{days} days" if days <= _SHORT else f"{in_words(round(days / _PER_MONTH))} months"


def against_right(row: Any, *, short: bool = False) -> str:
    """A wrong figure beside the right one: "+7%: $52 bn, right $48.7 bn"."""
    said, right = printed(row), money(row.converted_usd_low_bn, "USD")
    times = row.too_many_pct / 100 + 1
    if times < 1 + _OFF:
        return f"{in_per_cent(row.too_many_pct)}: {said}, right {right}"
    whole = f"{in_words(round(times))} times too much"
    if short:
        return whole
    if row.reported_usd_bn == row.document_low_bn:
        return f"{whole}: {said.replace('$', SIGNS.get(row.document_currency, ''))} printed as {said}"
    return f"{whole}: {said}, right {right}"
