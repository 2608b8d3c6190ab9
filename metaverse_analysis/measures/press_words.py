"""The sentences of `press_audit`: why a printed figure has its verdict, and what could be printed instead.

Each part of a sentence is a column, and each distinct number is written once: a million sentences take seconds.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from .words import each, joined

NEAR_PCT = 1.0  # how far outside the implied range the market may stand
STALE_YEARS = 2  # how long before publication a rate may lie and still be called stale
_HEDGES = {"about": "about ", "over": "over ", "at_least": "at least ", "up_to": "up to "}
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
    hedge = rows["qualifier"].astype("str").map(_HEDGES).astype("str").fillna("")
    year = (" by " + rows["target_year"].astype("str")).fillna("")
    scale = np.where(rows["converted_usd_high_bn"] < 1, 1000, 1)
    low, high = (each(rows[f"converted_usd_{end}_bn"] * scale, "{:,.1f}".format) for end in ("low", "high"))
    dollars = low.where(low == high, low + "–" + high) + np.where(scale == 1, " billion", " million")
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
    side = np.where(rows["deviation_pct"] < 0, " below", " above")
    position = (each(rows["deviation_pct"].abs(), _distance) + side).mask(
        rows["verdict_kind"] == "inside", "inside"
    )
    return joined(
        _when(rows), " the market stood at ", each(rows["nearest_rate"], _rate), " ",
        _currency(rows["document_currency"], names), " per US dollar, ", position, " the ",
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
    carried = (" (rate of " + rows["rate_date"] + ")").mask(rows["rate_date"] == rows["published"], "")
    on_day = "On " + rows["published"] + carried
    return on_day.where(rows["precision"] == "day", "On the nearest day of " + rows["published"])


def _ending(rows: pd.DataFrame) -> pd.Series:
    day = each(rows["last_day_in_range"], "{:%Y-%m-%d}".format)
    last = "; it was last inside on " + day
    long_ago = (last + f", more than {STALE_YEARS} years before").fillna("; it was never inside before")
    words = pd.Series("", rows.index, dtype="str")
    words = words.mask(rows["verdict_kind"] == "near", f", within the {NEAR_PCT:g}% allowed")
    words = words.mask(rows["verdict_kind"] == "old_rate", last)
    return words.mask(rows["verdict_kind"] == "wrong_rate", long_ago)


def _currency(codes: pd.Series, names: dict[str, str]) -> pd.Series:
    return each(codes, lambda code: names.get(code, code))


def _amounts(low: pd.Series, high: pd.Series) -> pd.Series:
    """Amounts in billions, or in millions if they are below one: "150 billion", "20–30 billion"."""
    scale = np.where(high < 1, 1000, 1)
    first, last = each(low * scale, "{:,.10g}".format), each(high * scale, "{:,.10g}".format)
    return first.where(low == high, first + "–" + last) + np.where(scale == 1, " billion", " million")


def _distance(percent: float) -> str:
    if percent == np.inf:
        return "far"
    return f"{percent:.1f}%" if percent >= 0.1 else "less than 0.1%"


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
    words = words.mask(low == high, each(low, _rate))  # the document's amount is zero
    return words.mask(high == np.inf, each(low, _rate) + " or more")
