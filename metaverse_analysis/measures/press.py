"""Which dollar figure is right? Every printed dollar figure held against its document and against the market."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables import dates
from ..tables.dataset import Dataset
from ..tables.lookup import positions, taken
from ..tables.needs import expects
from ..tables.rates import market_rate, rates
from ..tables.units import money_units
from .filters import Names, known_by, narrowed
from .ids import every_id_beside
from .press_words import NEAR_PCT, STALE_YEARS, instead, reasons
from .rate_history import last_inside, nearest

ARTICLE = "mpost-2024-01-19-wg"  # the source of the news article that the project starts from
VERDICTS = ("consistent", "stale", "inconsistent", "undated")
KINDS = (
    "inside", "near", "old_rate", "wrong_rate", "wrong_amount", "wrong_currency", "undated", "no_amount", "no_rate",
)  # fmt: skip
VERDICT_OF = {
    "inside": "consistent", "near": "consistent", "old_rate": "stale", "wrong_rate": "inconsistent",
    "wrong_amount": "inconsistent", "wrong_currency": "inconsistent", "undated": "undated",
}  # fmt: skip
_LONGEST_GAP = np.timedelta64(31, "D")  # no older rate stands for a day: the rule of tables/rates.py
_OF_TARGET = [
    "document_id",
    "place_id",
    "value",
    "value_max",
    "unit",
    "qualifier",
    "target_year",
    "source_ids",
]
_COLUMNS = [
    "press_figure_id", "target_id", "place_id", "place", "outlet", "published", "date_precision", "printed",
    "reported_usd_bn", "printed_usd_low_bn", "printed_usd_high_bn", "original_billion", "original_currency",
    "document_low_bn", "document_high_bn", "document_currency", "implied_rate_low", "implied_rate_high",
    "market_rate", "rate_date", "rate_basis", "nearest_rate", "deviation_pct", "last_day_in_range",
    "converted_usd_low_bn", "converted_usd_high_bn",
    "verdict", "verdict_kind", "reason", "print_instead", "copied_from", "source_id", "in_article",
    "source_ids",
]  # fmt: skip


def press_audit(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Can this printed dollar figure have come from the document's amount, at the rate of its day?

    A printed figure stands for a range, half a unit of its last digit to each side: "35" is 34.5-35.5, "48.20" is
    48.195-48.205. The document's amount over that range is the range of the exchange rate that the outlet must have
    used. The market either stood in it or did not.

    Parameters
    ----------
    ds : the tables.
    place, inside, level, country, as_of : filters on the places of the targets, as in `market_targets`.

    Returns
    -------
    One row per row of `press_figures`, in its order, with the columns

    - `press_figure_id`, `target_id`, `place_id`, `place` (its English name), `outlet`, `published` (as precise as
      known), `date_precision` (day, month, year)
    - `printed`: the dollar figure's digits; `reported_usd_bn`: the same as a number; `printed_usd_low_bn`,
      `printed_usd_high_bn`: its rounding range
    - `original_billion`, `original_currency`: what the outlet printed beside it (digits as printed)
    - `document_low_bn`, `document_high_bn`, `document_currency`: what the document says (equal unless it gives a range)
    - `implied_rate_low`, `implied_rate_high`: the document's currency per dollar
    - `market_rate`, `rate_date`, `rate_basis`: the published rate of that day (or the last before it), or the mean
      of the month or year; `nearest_rate`: the rate on the day of it that comes nearest to the implied range
    - `deviation_pct`: how far `nearest_rate` lies outside, as a share of the range's nearest edge; negative below it,
      0 inside
    - `last_day_in_range`: the last day before publication (before its first possible day) on which the market stood
      inside the implied range, in all of the published rates
    - `converted_usd_low_bn`, `converted_usd_high_bn`: the document's amount at `market_rate`
    - `verdict`, `verdict_kind`, `reason` (a sentence); `print_instead`: the document's amount with its hedge and year,
      in dollars at `market_rate`, as a sentence that can be printed (missing where there is no rate)
    - `copied_from`, `source_id`, `in_article` (True for the figures of the article of 19 January 2024)
    - `source_ids`: the page that printed it, and those behind the document's amount

    The verdicts, in the order in which they are tried:

    - inconsistent, whatever the date: the outlet names another currency than the document ("wrong_currency"), or
      another amount, rounding allowed for ("wrong_amount")
    - undated: there is no date to check against
    - consistent: on the day, or on some day of the month or year (but none before the document), the market is in the
      range ("inside") or within 1% of its nearest edge ("near")
    - stale: it was inside on some day of the two years before ("old_rate")
    - inconsistent: anything else ("wrong_rate")

    No verdict (missing) where the target is not an amount of money ("no_amount"), or where no rate of its currency
    is published for that date ("no_rate").

    Raises
    ------
    ValueError
        If a printed figure is not written in plain digits.

    Notes
    -----
    A consistent figure may still be a copy, and one that fits by its rounding alone: "52" allows a range of 2%.
    The test knows nothing of the rate that an outlet really used.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> audit = ma.press_audit(ma.load())
    >>> article = audit[audit["in_article"]]
    >>> shown = article[["place", "printed", "implied_rate_low", "implied_rate_high", "verdict"]]
    >>> print(shown.round(2).to_string(index=False))
       place printed  implied_rate_low  implied_rate_high    verdict
     Sichuan      35              7.04               7.25 consistent
    Shandong      22              6.67               6.98      stale
    """
    expects(ds, Dataset, given_by="load", taker="press_audit")
    ds = known_by(ds, as_of)
    audit = verdicts(ds)
    codes = ds.schema.codes("press_figures", "original_currency")
    names = {code: meaning.get("label", code) for code, meaning in codes.items()}
    audit["reason"], audit["print_instead"] = reasons(audit, names), instead(audit, names)
    audit["in_article"] = audit["source_id"] == ARTICLE
    audit["source_ids"] = every_id_beside(audit["source_id"], audit["source_ids"])
    return narrowed(
        ds, audit[_COLUMNS], of="figure", place=place, inside=inside, level=level, country=country
    )


def verdicts(ds: Dataset) -> pd.DataFrame:
    """The rows of `press_audit` without their sentences, which take longer than all the rest.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> set(verdicts(ma.load())["verdict"].dropna()) <= set(VERDICTS)
    True
    """
    audit = _with_document(ds)
    audit["printed"] = audit["reported_usd_billion"].astype("str")
    audit["date_precision"] = dates.precision(audit["published"])
    low, high = _rounding_range(audit["printed"], audit["press_figure_id"], "reported_usd_billion")
    audit["printed_usd_low_bn"], audit["printed_usd_high_bn"] = low, high
    audit["reported_usd_bn"] = audit["printed"].astype("float64")
    audit["implied_rate_low"] = audit["document_low_bn"] / high
    # A printed 0 allows any rate above some value, even where the document says 0 as well.
    audit["implied_rate_high"] = (audit["document_high_bn"] / low).mask(
        (low == 0) & audit["document_high_bn"].notna(), np.inf
    )
    with np.errstate(divide="ignore"):  # a document's 0 lies infinitely far from every rate
        audit = pd.concat([audit, _market(audit)], axis=1)
    for end in ("low", "high"):
        audit[f"converted_usd_{end}_bn"] = audit[f"document_{end}_bn"] / audit["market_rate"]
    kind = _kinds(audit)
    audit["verdict_kind"] = pd.Categorical(kind, categories=KINDS)
    verdict = pd.Series(kind, index=audit.index).map(VERDICT_OF)
    audit["verdict"] = pd.Categorical(verdict, categories=VERDICTS, ordered=True)
    return audit


def _with_document(ds: Dataset) -> pd.DataFrame:
    """The printed figures, each with its target's place and amount."""
    figures = ds.press_figures.reset_index(drop=True)
    at = positions(figures["target_id"], ds.regional_targets["target_id"])
    target = pd.DataFrame({column: taken(ds.regional_targets[column], at) for column in _OF_TARGET})
    unit = money_units(target["unit"])
    name = taken(ds.places["name_en"], positions(target["place_id"], ds.places["place_id"]))
    since = dates.document_dates(ds.policy_documents)["first_day"]
    return figures.assign(
        since=taken(since, positions(target["document_id"], ds.policy_documents["document_id"])),
        **{column: target[column] for column in ("place_id", "qualifier", "target_year", "source_ids")},
        document_currency=unit["currency"],
        document_low_bn=target["value"] * unit["billions"],
        document_high_bn=target["value_max"].fillna(target["value"]) * unit["billions"],
        place=name,
    )


def _rounding_range(digits: pd.Series, keys: pd.Series, column: str) -> tuple[pd.Series, pd.Series]:
    """The least and the most that printed digits stand for: half a unit of the last one to each side."""
    plain = digits.isna() | digits.str.fullmatch(r"[0-9]+(?:\.[0-9]+)?").astype(bool)
    if not plain.all():
        wrong = [f"{digits[i]!r} in {keys[i]}" for i in digits.index[~plain][:5]]
        raise ValueError(
            f"press_figures, column {column}: {'; '.join(wrong)} can't be read. Write plain digits as printed, "
            "such as 35, 34.4 or 48.20 (billions, without signs, words or commas)"
        )
    codes, distinct = pd.factorize(digits)
    ends = [_half_a_unit(text) for text in distinct] + [(np.nan, np.nan)]
    low, high = np.array(ends, dtype="float64")[codes].T
    return pd.Series(low, index=digits.index), pd.Series(high, index=digits.index)


def _half_a_unit(text: str) -> tuple[float, float]:
    whole, _, fraction = text.partition(".")
    tenths = int(whole + fraction) * 10  # in whole numbers, so that 34.4 gives exactly 34.35
    unit = 10 ** (len(fraction) + 1)
    return max(tenths - 5, 0) / unit, (tenths + 5) / unit


def _market(audit: pd.DataFrame) -> pd.DataFrame:
    """What the market did: its rate at publication, the nearest rate, the deviation, the last day in the range."""
    dated = audit[audit["published"].notna() & audit["implied_rate_low"].notna()]
    parts = [_nothing_known(audit.iloc[:0])]
    for currency in dated["document_currency"].unique():
        rows = dated[dated["document_currency"] == currency]
        try:
            history = market_rate("USD", currency)
        except ValueError:  # a currency without published rates: its figures get no verdict
            continue
        part = _nearest_and_last(rows, history)
        known = rows["published"][part["nearest_rate"].notna()]
        parts.append(part.join(rates("USD", currency, on=known).rename(columns={"rate": "market_rate"})))
    found = pd.concat([part for part in parts if len(part)] or parts)
    rest = audit.loc[audit.index.difference(found.index)]
    return pd.concat([found, _nothing_known(rest)]).loc[audit.index] if len(rest) else found.loc[audit.index]


def _nothing_known(rows: pd.DataFrame) -> pd.DataFrame:
    found = pd.DataFrame(
        np.nan, index=rows.index, columns=["nearest_rate", "deviation_pct", "market_rate"], dtype="float64"
    )
    found["last_day_in_range"] = np.full(len(rows), np.datetime64("NaT", "us"))
    for column in ("rate_date", "rate_basis"):
        found[column] = pd.Series(np.nan, index=rows.index, dtype="str")
    return found


def _since_the_document(
    rows: pd.DataFrame,
    days: np.ndarray,
    first: np.ndarray,
    last: np.ndarray,
    start: np.ndarray,
    stop: np.ndarray,
) -> np.ndarray:
    """Where the days begin on which a figure may have been printed: none before a document that came within them."""
    since = rows["since"].to_numpy().astype("datetime64[D]")
    begin = np.searchsorted(days, since, side="left")
    return np.where((since > first) & (since <= last) & (begin < stop), begin, start)


def _nearest_and_last(rows: pd.DataFrame, history: pd.Series) -> pd.DataFrame:
    """For figures of one currency: the nearest rate at publication, and the last day inside before it."""
    days = history.index.to_numpy().astype("datetime64[D]")
    first = dates.first_day(rows["published"]).to_numpy().astype("datetime64[D]")
    last = dates.last_day(rows["published"]).to_numpy().astype("datetime64[D]")
    start, stop = np.searchsorted(days, first, side="left"), np.searchsorted(days, last, side="right")
    start = _since_the_document(rows, days, first, last, start, stop)
    # A day without a rate takes the last one before it, as `rates` does; a month or year only days of its own.
    on_day = (rows["date_precision"] == "day").to_numpy()
    begin = np.where(on_day, stop - 1, start)
    fresh = first - days[np.maximum(stop - 1, 0)] <= _LONGEST_GAP
    covered = np.where(on_day, (stop > 0) & (first <= days[-1]) & fresh, stop > start)
    low, high = rows["implied_rate_low"].to_numpy(), rows["implied_rate_high"].to_numpy()
    market = history.to_numpy()
    near = np.array(
        [
            nearest(market[first:last], least, most) if there else np.nan
            for there, first, last, least, most in zip(covered, begin, stop, low, high, strict=True)
        ]
    )
    outside = np.select([near < low, near > high], [near / low - 1, near / high - 1], near * 0)
    before = [
        last_inside(market[:end], least, most) for end, least, most in zip(start, low, high, strict=True)
    ]
    day = np.append(days, np.datetime64("NaT", "D"))[before].astype("datetime64[us]")
    return pd.DataFrame(
        {"nearest_rate": near, "deviation_pct": outside * 100, "last_day_in_range": day}, index=rows.index
    )


def _kinds(audit: pd.DataFrame) -> np.ndarray:
    """The verdict's kind of each row: the first rule that applies."""
    own_low, own_high = _rounding_range(
        audit["original_billion"].astype("str"), audit["press_figure_id"], "original_billion"
    )
    other_currency = audit["original_currency"].astype("str") != audit["document_currency"]
    named_both = audit["original_currency"].notna() & audit["document_currency"].notna()
    since = dates.first_day(audit["published"]) - pd.DateOffset(years=STALE_YEARS)
    rules = {
        "wrong_currency": other_currency & named_both,
        "wrong_amount": (own_high < audit["document_low_bn"]) | (own_low > audit["document_high_bn"]),
        "undated": audit["published"].isna(),
        "no_amount": audit["implied_rate_low"].isna(),
        "no_rate": audit["nearest_rate"].isna(),
        "inside": audit["deviation_pct"] == 0,
        "near": audit["deviation_pct"].abs() <= NEAR_PCT,
        "old_rate": audit["last_day_in_range"] >= since,
    }
    return np.select([rule.to_numpy(dtype=bool) for rule in rules.values()], list(rules), "wrong_rate")
