"""The sentences of `press_audit`: why a printed figure has its verdict, and what could be printed instead.

Each part of a sentence is a column, and each distinct number is written once: a million sentences take seconds.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from .wording import HEDGES, each, joined

NEAR_PCT = 1.0  # how far outside the implied range the market may stand
STALE_YEARS = 2  # how long before publication a rate may lie and still be called stale
# A range is written with as many decimals as tell its ends apart: one fewer at each of these widths.
_WIDTHS = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0]


def reasons(audit: pd.DataFrame, names: dict[str, str]) -> pd.Series:
    """Why each figure has its verdict. `names` are the words for the currencies' codes."""
    kind = audit["verdict_kind"]
    parts = [pd.Series(dtype="str", index=audit.index[:0])]
    for kinds, say in _SAYING.items():
        rows = audit[kind.isin(kinds)]
        if len(rows):
            parts.append(say(rows, names))
    return pd.concat(parts).reindex(audit.index)


def instead(audit: pd.DataFrame, names: dict[str, str]) -> pd.Series:
    """The document's amount in dollars as a sentence that can be printed; missing where there is no rate."""
    rows = audit[audit["market_rate"].notna()]
    currency = _currency(rows["document_currency"], names)
    hedge = rows["qualifier"].astype("str").map(HEDGES).astype("str").fillna("")
    year = (" by " + rows["target_year"].astype("str")).fillna("")
    scale = np.where(rows["converted_usd_high_bn"] < 1, 1000, 1)
    low, high = (rows[f"converted_usd_{end}_bn"] * scale for end in ("low", "high"))
    dollars = joined(_from_to(low, high, "{:,.1f}".format), _millions(scale))
    mean = pd.Series(np.where(rows["precision"] == "day", "", "mean "), rows.index, dtype="str")
    text = joined(
        rows["place"].fillna(rows["place_id"]), ": ", hedge,
        _amounts(rows["document_low_bn"], rows["document_high_bn"]), " ", currency,
        year, ", ", hedge.where(hedge != "", "about "), "$", dollars,
        " at the ", mean, "rate of ", rows["rate_date"],
        " (", each(rows["market_rate"], _rate), " ", currency, " per US dollar)",
    )  # fmt: skip
    return text.reindex(audit.index)


def _other_amount(rows: pd.DataFrame, names: dict[str, str]) -> pd.Series:
    printed = _currency(rows["original_currency"].astype("str").fillna(rows["document_currency"]), names)
    number = rows["original_billion"].astype("float64")
    own = (_amounts(number, number) + " " + printed).fillna("an amount in " + printed)
    said = _amounts(rows["document_low_bn"], rows["document_high_bn"])
    return (
        "Prints "
        + own
        + "; the document says "
        + said
        + " "
        + _currency(rows["document_currency"], names)
        + "."
    )


def _undated(rows: pd.DataFrame, names: dict[str, str]) -> pd.Series:
    text = "No date of publication is known, so there is no rate to hold it against."
    return pd.Series(text, rows.index, dtype="str")


def _no_amount(rows: pd.DataFrame, names: dict[str, str]) -> pd.Series:
    text = "The target that it is printed for is not an amount of money."
    return pd.Series(text, rows.index, dtype="str")


def _no_rate(rows: pd.DataFrame, names: dict[str, str]) -> pd.Series:
    currency = _currency(rows["document_currency"], names)
    return "No rate of " + currency + " per US dollar is published for " + rows["published"] + "."


def _position(rows: pd.DataFrame, names: dict[str, str]) -> pd.Series:
    """Where the market stood, beside the range that the figure implies."""
    return joined(
        _when(rows), " the market stood at ", each(rows["nearest_rate"], _rate), " ",
        _currency(rows["document_currency"], names), " per US dollar, ",
        each(rows["deviation_pct"], _distance), " the ",
        _rate_ranges(rows["implied_rate_low"], rows["implied_rate_high"]), " that the figure implies",
        _ending(rows), ".",
    )  # fmt: skip


_SAYING: dict[tuple[str, ...], Callable[[pd.DataFrame, dict[str, str]], pd.Series]] = {
    ("wrong_amount", "wrong_currency"): _other_amount,
    ("undated",): _undated,
    ("no_amount",): _no_amount,
    ("no_rate",): _no_rate,
    ("inside", "near", "old_rate", "wrong_rate"): _position,
}


def _when(rows: pd.DataFrame) -> pd.Series:
    carried = each(rows["rate_date"], " (rate of {})".format).mask(rows["rate_date"] == rows["published"], "")
    on_day = joined("On ", rows["published"], carried)
    return on_day.where(
        rows["precision"] == "day", each(rows["published"], "On the nearest day of {}".format)
    )


def _ending(rows: pd.DataFrame) -> pd.Series:
    last = "; it was last inside on {:%Y-%m-%d}"
    long_last = last + f", more than {STALE_YEARS} years before"
    day = rows["last_day_in_range"]
    long_ago = each(day, long_last.format).fillna("; it was never inside before")
    words = pd.Series("", rows.index, dtype="str")
    words = words.mask(rows["verdict_kind"] == "near", f", within the {NEAR_PCT:g}% allowed")
    words = words.mask(rows["verdict_kind"] == "old_rate", each(day, last.format))
    return words.mask(rows["verdict_kind"] == "wrong_rate", long_ago)


def _currency(codes: pd.Series, names: dict[str, str]) -> pd.Series:
    return each(codes, lambda code: names.get(code, code))


def _amounts(low: pd.Series, high: pd.Series) -> pd.Series:
    """Amounts in billions, or in millions if they are below one: "150 billion", "20–30 billion"."""
    scale = np.where(high < 1, 1000, 1)
    return joined(_from_to(low * scale, high * scale, "{:,.10g}".format), _millions(scale))


def _millions(scale: np.ndarray) -> pd.Series:
    return pd.Series(np.where(scale == 1, " billion", " million"), dtype="str")


def _from_to(low: pd.Series, high: pd.Series, say: Callable[[float], str]) -> pd.Series:
    """Two ends in words, once where they are said alike. High ends are few that differ from the low ones."""
    words = each(low, say)
    apart = high[high != low]
    first, last = words[apart.index], each(apart, say)
    words[apart.index] = first.where(first == last, first + "–" + last)
    return words


def _distance(deviation: float) -> str:
    if deviation == 0:
        return "inside"
    percent = abs(deviation)
    far = "far" if percent == np.inf else f"{percent:.1f}%" if percent >= 0.1 else "less than 0.1%"
    return f"{far} {'below' if deviation < 0 else 'above'}"


def _rate(rate: float) -> str:
    return f"{rate:,.4f}" if rate < 100 else f"{rate:,.1f}"


def _rate_ranges(low: pd.Series, high: pd.Series) -> pd.Series:
    """Ranges of rates, with as many decimals as tell the two ends apart."""
    decimals = len(_WIDTHS) - np.searchsorted(_WIDTHS, high - low, side="right")
    text = np.empty(len(low), dtype=object)
    for count in np.unique(decimals):
        rows, say = np.flatnonzero(decimals == count), f"{{:,.{count}f}}–{{:,.{count}f}}".format
        text[rows] = list(map(say, low.to_numpy()[rows], high.to_numpy()[rows]))
    words = pd.Series(text, low.index, dtype="str")
    words[low == high] = each(low[low == high], _rate)  # the document's amount is zero
    words[high == np.inf] = each(low[high == np.inf], _rate) + " or more"
    return words
