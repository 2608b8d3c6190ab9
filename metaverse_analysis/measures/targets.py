"""Market targets: every amount of money that a document sets, with its place, its document and its dollars."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..tables.as_of import as_of as known_on
from ..tables.dataset import Dataset
from ..tables.dates import span
from ..tables.lookup import among, positions, sorted_rows, taken
from ..tables.places import ancestors
from ..tables.rates import rates
from ..tables.units import money_units
from .grades import confidence
from .standing import replaced_by

KINDS = {"market": None, "fund": "fund", "subsidy": "subsidy", "money": None}
_OF_PLACE = ["place", "level", "parent_id", "parent", "ancestor_ids"]
COLUMNS = [
    "target_id", "place_id", "place", "level", "parent_id", "parent", "ancestor_ids",
    "document_id", "document", "family_id", "status", "document_date", "replaced_by",
    "scope", "scope_label", "comparable", "measure", "basis", "qualifier", "target_year",
    "amount", "amount_max", "unit", "currency", "per", "amount_cny_bn", "amount_max_cny_bn",
    "rate", "rate_date", "rate_basis", "amount_usd_bn", "amount_max_usd_bn",
    "growth_rate_pct", "baseline_value", "baseline_year",
    "repeats_target_id", "source_ids", "sources", "confidence", "words_zh",
]  # fmt: skip


def market_targets(
    ds: Dataset,
    *,
    scope: str | Iterable[str] | None = None,
    year: int | Iterable[int] | None = None,
    level: str | Iterable[str] | None = None,
    country: str | Iterable[str] | None = "CN",
    as_of: Any = None,
    rate_on: Any = None,
    kind: str = "market",
) -> pd.DataFrame:
    """Who promised how much, by which document, and what was that in dollars?

    Parameters
    ----------
    scope, year, level : keep only these; one value or several. Core, related and driven industries are
        different quantities: never add or compare across scopes (`add_up` refuses to).
    country : keep the places in this country; None keeps all.
    as_of : what was known on that day (see `as_of`).
    rate_on : one date whose exchange rate holds for every row. By default each row takes the rate of its
        document's date: the day it was issued, else the day it was put out for comment.
    kind : "market" for targets with a scope, "fund", "subsidy", or "money" for every amount of money.

    Returns
    -------
    One row per target, in the schema's order of scopes, the largest amount in yuan first, then by target_id:

    - target_id; place_id, `place` (its name), `level`, parent_id, `parent`, `ancestor_ids` (nearest first)
    - document_id, `document` (its title), family_id, `status`, `document_date`; `replaced_by`: of a draft's
      market target, the target of the final that sets the same thing
    - `scope`, `scope_label`, `comparable` (false where a scope is a bag of unlike things), `measure`, `basis`,
      `qualifier`, `target_year`
    - `amount`, `amount_max` (of a range), `unit` ("billion"), `currency`, `per`, as written;
      `amount_cny_bn`, `amount_max_cny_bn`: billion yuan, missing where the document's currency is another
    - `rate` (units of that currency per dollar), `rate_date`, `rate_basis`; `amount_usd_bn`,
      `amount_max_usd_bn`: billion dollars. Where there is no rate, `rate_basis` says why
    - `growth_rate_pct`, `baseline_value` (in `unit`), `baseline_year`, where the document gives them
    - `repeats_target_id`, `source_ids`, `sources` (their number), `confidence`, `words_zh`

    Raises
    ------
    ValueError
        For a scope, year, level, country or kind that no target has (the message lists those there are), and
        for a `rate_on` on which no rates were published.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> targets = ma.market_targets(ma.load(), scope="metaverse_related", year=2025, rate_on="2024-01-19")
    >>> targets = targets.set_index("target_id")
    >>> targets.loc["cn-sc-2023-final-market-scale", ["amount_cny_bn", "amount_usd_bn"]].astype(float).round(1).tolist()
    [250.0, 34.8]
    """
    if kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
    if rate_on is not None:
        rate_on = _written(rate_on)
        rates("USD", "EUR", on=rate_on)  # outside the published range: an error, also for an empty table
    ds = ds if as_of is None else known_on(ds, as_of)
    keys = _keys(ds)
    keys = keys[_of_kind(keys, kind)]
    keys = keys[
        _matching(keys.scope, scope, "scope", keys.scope.cat.categories)
        & _matching(keys.target_year, year, "year")
        & _matching(keys.level, level, "level", keys.level.cat.categories)
        & _matching(keys.country_id, country, "country")
    ]
    order = sorted_rows(keys, {"scope": True, "amount_cny_bn": False, "target_id": True})
    return _with_dollars(_described(ds, keys.index.to_numpy()[order]), rate_on)[COLUMNS]


def _keys(ds: Dataset) -> pd.DataFrame:
    """What chooses and orders the targets; the other columns are built only for those that are chosen."""
    targets, places = ds.regional_targets.reset_index(drop=True), _places(ds)
    place, money = positions(targets.place_id, ds.places.place_id), money_units(targets.unit)
    return targets[["target_id", "scope", "measure", "target_year"]].assign(
        level=taken(places.level, place),
        country_id=taken(places.country_id, place),
        currency=money.currency,
        amount_cny_bn=targets.value * money.billions.where(money.currency == "CNY"),
    )


def _described(ds: Dataset, rows: np.ndarray) -> pd.DataFrame:
    """Some targets with the columns of their documents and places, and their units taken apart."""
    every, places = ds.regional_targets, _places(ds)
    columns = [name for name in every if name in COLUMNS or name in ("value", "value_max")]
    frame = every[columns].take(rows).reset_index(drop=True)
    place = positions(frame.place_id, ds.places.place_id)
    money = money_units(frame.unit)
    in_yuan = money.billions.where(money.currency == "CNY")
    scopes = _scopes(ds, frame.scope.cat.categories)
    return frame.rename(columns={"value": "amount", "value_max": "amount_max"}).assign(
        **_of_documents(ds, frame.document_id),
        **{name: taken(places[name], place) for name in _OF_PLACE},
        **{str(name): taken(scopes[name], frame.scope.cat.codes.to_numpy()) for name in scopes},
        scope=frame.scope.cat.as_ordered(),
        unit=frame.unit.str.slice(0, -4).where(money.currency.notna(), frame.unit),  # without " CNY"
        currency=money.currency,
        billions=money.billions,
        amount_cny_bn=frame.value * in_yuan,
        amount_max_cny_bn=frame.value_max * in_yuan,
        sources=frame.source_ids.str.count(";").add(1).fillna(0).astype("int64"),
        # What repeats a figure that isn't there (not yet known on a day, say) is that figure itself.
        repeats_target_id=frame.repeats_target_id.where(among(frame.repeats_target_id, every.target_id)),
        replaced_by=_replaced_by(ds).array.take(rows),
        confidence=confidence(ds, "regional_targets").array.take(rows),
    )


def _of_documents(ds: Dataset, ids: pd.Series) -> dict[str, Any]:
    """The columns of the documents with these ids, one item per id."""
    documents = ds.policy_documents
    at = positions(ids, documents.document_id)
    date = documents.issued_date.fillna(documents.consultation_date)
    return {
        "document": taken(documents.title_en, at),
        "family_id": taken(documents.family_id, at),
        "status": taken(documents.status, at),
        "document_date": taken(date, at),
    }


def _replaced_by(ds: Dataset) -> pd.Series:
    """Which target replaces each of all targets: the final need not be among those that are chosen."""
    columns = ["target_id", "place_id", "scope", "measure", "target_year", "basis"]
    targets = ds.regional_targets[columns].reset_index(drop=True)
    return replaced_by(targets.assign(**_of_documents(ds, ds.regional_targets.document_id)))


def _scopes(ds: Dataset, codes: Iterable[str]) -> pd.DataFrame:
    """What the schema says of each scope, in order. A folder's own schema may leave out the words and the flag."""
    described = ds.schema.codes("regional_targets", "scope")
    words = [(ds.schema.label("regional_targets", "scope", code), described.get(code, {})) for code in codes]
    return pd.DataFrame(
        {
            "scope_label": pd.Series([label for label, _ in words], dtype="str"),
            "comparable": pd.Series([code.get("comparable", True) for _, code in words], dtype="boolean"),
        }
    )


def _whole(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def _places(ds: Dataset) -> pd.DataFrame:
    """Name, level, parent, ancestors and country of each place, in the order of the table."""
    places = ds.places.reset_index(drop=True)
    above = ancestors(places)
    at = positions(above.place_id, places.place_id)
    ends = np.append(0, np.cumsum(np.bincount(at, minlength=len(places))))
    texts = pa.array(above.ancestor_id.array, type=pa.string(), from_pandas=True)
    chains = pc.binary_join(pa.ListArray.from_arrays(pa.array(ends, pa.int32()), _whole(texts)), ";")
    name = places.name_en.fillna(places.place_id)
    nested = pd.Series(np.diff(ends) > 0)
    highest = taken(above.ancestor_id, np.where(nested, ends[1:] - 1, -1))
    return places.assign(
        place=name,
        parent=taken(name, positions(places.parent_id, places.place_id)),
        ancestor_ids=pd.Series(chains, dtype="str").where(nested),
        country_id=pd.Series(highest, dtype="str").fillna(places.place_id),
    )


def _of_kind(frame: pd.DataFrame, kind: str) -> pd.Series:
    if kind == "market":
        return frame.scope.notna()
    return frame.currency.notna() if kind == "money" else frame.measure == KINDS[kind]


def _matching(values: pd.Series, wanted: Any, name: str, known: Iterable[Any] = ()) -> pd.Series:
    """Which rows have one of the wanted values; a value that none has, and isn't known, is an error."""
    if wanted is None:
        return pd.Series(True, index=values.index)
    several = isinstance(wanted, Iterable) and not isinstance(wanted, str)
    choice = list(wanted) if several else [wanted]
    counts = values.value_counts(sort=False).sort_index()
    counts = counts[counts > 0]
    for value in choice:
        if value not in counts.index and value not in list(known):
            raise ValueError(_nothing_has(value, name, counts))
    return values.isin(choice)


def _nothing_has(value: Any, name: str, counts: pd.Series) -> str:
    there = ", ".join(f"{known} ({count})" for known, count in counts.items()) or "nothing"
    near = difflib.get_close_matches(str(value), map(str, counts.index), 1, 0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"no target has the {name} {value!r}.{hint} There is (with the number of targets): {there}"


def _with_dollars(frame: pd.DataFrame, rate_on: Any) -> pd.DataFrame:
    """Add the rate of each row, its date and its basis, and the amounts in dollars."""
    on = frame.document_date if rate_on is None else pd.Series(rate_on, frame.index, dtype="str")
    currency, currencies = pd.factorize(frame.currency)
    day, days = pd.factorize(on)
    why = ["not an amount of money", "the document has no date"]
    quotes = [pd.DataFrame({"rate": np.nan, "rate_date": None, "rate_basis": why})]
    at, known = np.where(currency < 0, 0, 1), len(why)
    for number, code in enumerate(currencies):
        rows = np.flatnonzero((currency == number) & (day >= 0))
        distinct, found = np.unique(day[rows], return_inverse=True)
        quotes.append(_quoted(code, pd.Series(days[distinct], dtype="str"), strict=rate_on is not None))
        at[rows] = known + found
        known += len(distinct)
    table = pd.concat([part for part in quotes if len(part)], ignore_index=True)
    table = table.astype({"rate_date": "str", "rate_basis": "str"})
    quoted = {str(name): table[name].array.take(at) for name in table}
    return frame.assign(
        **quoted,
        amount_usd_bn=frame.amount * frame.billions / quoted["rate"],
        amount_max_usd_bn=frame.amount_max * frame.billions / quoted["rate"],
    )


def _written(date: Any) -> str:
    """One date as the tables write it: 2023-09-15, 2023-09 or 2023."""
    days = span(date)
    return str(days.first)[: {"day": 10, "month": 7, "year": 4}[days.precision]]


def _quoted(currency: str, days: pd.Series, *, strict: bool) -> pd.DataFrame:
    """The rate of each day, by the day. A day without one says why, unless `strict`: then it is an error."""
    try:
        return rates("USD", currency, on=days).set_axis(pd.Index(days))
    except ValueError as error:
        if len(days) == 1:
            if strict and not str(error).startswith("no rates for the currency"):
                raise
            why = str(error).split(" There are:")[0]
            return pd.DataFrame({"rate": [np.nan], "rate_date": [None], "rate_basis": [why]}, index=days)
    return pd.concat([_quoted(currency, days[[i]], strict=strict) for i in days.index])
