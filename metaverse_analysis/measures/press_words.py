"""The sentences of `press_audit`: why a printed figure has its verdict, and what could be printed instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from .wording import HEDGES, plain_number

NEAR_PCT = 1.0  # how far outside the implied range the market may stand
STALE_YEARS = 2  # how long before publication a rate may lie and still be called stale
# A range is written with as many decimals as tell its ends apart: one fewer at each of these widths.
_WIDTHS = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0]


def reasons(audit: pd.DataFrame, names: Mapping[str, str]) -> pd.Series:
    """Why each figure has its verdict. `names` are the words for the currencies' codes."""
    said = [_reason(row, names) for row in _rows(audit)]
    return pd.Series(said, audit.index, dtype="str")


def instead(audit: pd.DataFrame, names: Mapping[str, str]) -> pd.Series:
    """The document's amount in dollars as a sentence that can be printed; missing where there is no rate."""
    said = [_instead(row, names) for row in _rows(audit)]
    return pd.Series(said, audit.index, dtype="str")


def _rows(audit: pd.DataFrame) -> Iterator[Any]:
    """The rows one by one; from columns of texts they would come three times as slowly."""
    return audit.astype("object").itertuples(index=False)


def _reason(row: Any, names: Mapping[str, str]) -> str:
    kind, currency = row.verdict_kind, names.get(row.document_currency, row.document_currency)
    if kind in ("wrong_amount", "wrong_currency"):
        said = (
            f"{HEDGES.get(row.qualifier, '')}{_amount(row.document_low_bn, row.document_high_bn)} {currency}"
        )
        return f"Prints {_printed(row, names)}; the document says {said}."
    if kind == "undated":
        return "No date of publication is known, so there is no rate to hold it against."
    if kind == "no_amount":
        return "The target that it is printed for is not an amount of money."
    if kind == "no_rate":
        return f"No rate of {currency} per US dollar is published for {row.published}."
    stood = f"{_when(row)} the market stood at {_rate(row.nearest_rate)} {currency} per US dollar"
    implied = _rate_range(row.implied_rate_low, row.implied_rate_high)
    return f"{stood}, {_distance(row.deviation_pct)} the {implied} that the figure implies{_ending(row)}."


def _printed(row: Any, names: Mapping[str, str]) -> str:
    """What the outlet printed beside its dollars."""
    code = row.document_currency if pd.isna(row.original_currency) else row.original_currency
    currency = names.get(code, code)
    if pd.isna(row.original_billion):
        return f"an amount in {currency}"
    number = float(row.original_billion)
    return f"{_amount(number, number)} {currency}"


def _when(row: Any) -> str:
    if row.date_precision != "day":
        begun = pd.notna(row.since) and f"{row.since:%Y-%m-%d}".startswith(row.published)
        since = f" since the document of {row.since:%Y-%m-%d}" if begun else ""
        return f"On the nearest day of {row.published}{since}"
    carried = "" if row.rate_date == row.published else f" (rate of {row.rate_date})"
    return f"On {row.published}{carried}"


def _ending(row: Any) -> str:
    if row.verdict_kind == "near":
        return f", within the {NEAR_PCT:g}% allowed"
    if row.verdict_kind == "inside":
        return ""
    if pd.isna(row.last_day_in_range):
        return "; it was never inside before"
    last = f"; it was last inside on {row.last_day_in_range:%Y-%m-%d}"
    return last if row.verdict_kind == "old_rate" else f"{last}, more than {STALE_YEARS} years before"


def _instead(row: Any, names: Mapping[str, str]) -> str | None:
    if pd.isna(row.market_rate):
        return None
    place = row.place_id if pd.isna(row.place) else row.place
    currency = names.get(row.document_currency, row.document_currency)
    hedge = HEDGES.get(row.qualifier, "")
    year = "" if pd.isna(row.target_year) else f" by {row.target_year}"
    scale, unit = _scale(row.converted_usd_high_bn)
    ends = (row.converted_usd_low_bn * scale, row.converted_usd_high_bn * scale)
    dollars = _from_to(*map("{:,.1f}".format, ends))
    mean = "" if row.date_precision == "day" else "mean "
    return (
        f"{place}: {hedge}{_amount(row.document_low_bn, row.document_high_bn)} {currency}{year}, "
        f"{hedge or 'about '}${dollars} {unit} at the {mean}rate of {row.rate_date} "
        f"({_rate(row.market_rate)} {currency} per US dollar)"
    )


def _amount(low: float, high: float) -> str:
    """Amounts in billions, or in millions if they are below one: "150 billion", "20–30 billion"."""
    scale, unit = _scale(high)
    return f"{_from_to(plain_number(low * scale), plain_number(high * scale))} {unit}"


def _scale(billions: float) -> tuple[int, str]:
    return (1000, "million") if billions < 1 else (1, "billion")


def _from_to(low: str, high: str) -> str:
    """Two ends in words, once where they are said alike."""
    return low if low == high else f"{low}–{high}"


def _distance(deviation: float) -> str:
    if deviation == 0:
        return "inside"
    percent = abs(deviation)
    far = "far" if percent == np.inf else f"{percent:.1f}%" if percent >= 0.1 else "less than 0.1%"
    return f"{far} {'below' if deviation < 0 else 'above'}"


def _rate(rate: float) -> str:
    return f"{rate:,.4f}" if rate < 100 else f"{rate:,.1f}"


def _rate_range(low: float, high: float) -> str:
    """A range of rates, with as many decimals as tell its two ends apart."""
    if high == np.inf:
        return f"{_rate(low)} or more"
    if low == high:  # the document's amount is zero
        return _rate(low)
    decimals = sum(width > high - low for width in _WIDTHS)
    return f"{low:,.{decimals}f}–{high:,.{decimals}f}"
