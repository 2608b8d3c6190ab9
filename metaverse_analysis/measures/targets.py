"""Market targets: every amount of money that a document sets, with its place, its document and its dollars."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_dates
from ..tables.needs import expects, is_one_of
from ..tables.places import ancestors
from ..tables.rates import rates
from ..tables.units import money_units
from .dollars import in_dollars, written
from .filters import Names, Years, known_by, narrowed
from .grades import confidence
from .standing import reasons, replaced_by

KINDS = {"market": None, "fund": "fund", "subsidy": "subsidy", "money": None}
COLUMNS = [
    "target_id", "place_id", "place", "level", "parent_id", "parent", "ancestor_ids",
    "document_id", "document", "family_id", "status", "document_date", "replaced_by", "stands",
    "scope", "scope_label", "comparable", "measure", "basis", "qualifier", "target_year",
    "amount", "amount_max", "unit", "currency", "per", "amount_cny_bn", "amount_max_cny_bn",
    "rate", "rate_date", "rate_basis", "amount_usd_bn", "amount_max_usd_bn",
    "growth_rate_pct", "baseline_value", "baseline_year",
    "repeats_target_id", "source_ids", "sources", "confidence", "words_zh",
]  # fmt: skip


def market_targets(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    scope: Names = None,
    year: Years = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    rate_on: Any = None,
    kind: str = "market",
) -> pd.DataFrame:
    """Who promised how much, by which document, and what was that in dollars?

    Parameters
    ----------
    place : keep only these places, by id or name; one or several. `inside`: and the places inside them.
    scope, year, level : keep only these; one value or several. Core, related and driven industries are
        different quantities: never add or compare across scopes (`add_up` refuses to).
    country : keep the places in these countries, by id or name. By default the one that the data package says it is
        about (all, where it says none, and with `place`); None keeps all. What has no place counts as of that country.
    as_of : what was known on that day (see `as_of`).
    rate_on : one date whose exchange rate holds for every row. By default each row takes the rate of its
        document's date: of a draft the day it was put out for comment, else issued, else signed; of all others the
        day it was issued, else signed, else put out for comment.
    kind : "market" for targets with a scope, "fund", "subsidy", or "money" for every amount of money.

    Returns
    -------
    One row per target, in the schema's order of scopes, the largest amount in yuan first, then by target_id:

    - `target_id`; `place_id`, `place` (its name), `level`, `parent_id`, `parent`, `ancestor_ids` (nearest first)
    - `document_id`, `document` (its title), `family_id`, `status`, `document_date`; `replaced_by`: of a draft's
      market target, the target of the final that sets the same thing; `stands`: of a market target, whether it is the
      one figure that counts of this table for its place, scope, measure and year (see the module measures/standing.py)
    - `scope`, `scope_label`, `comparable` (false where a scope is a bag of unlike things), `measure`, `basis`,
      `qualifier`, `target_year`
    - `amount`, `amount_max` (of a range), `unit` ("billion"), `currency`, `per`, as written;
      `amount_cny_bn`, `amount_max_cny_bn`: billion yuan, missing where the document's currency is another
    - `rate` (units of that currency per dollar), `rate_date`, `rate_basis`; `amount_usd_bn`,
      `amount_max_usd_bn`: billion dollars. `rate_basis` says what the document's date is where that isn't its issuing,
      and where there is no rate it says why
    - `growth_rate_pct`, `baseline_value` (in `unit`), `baseline_year`, where the document gives them
    - `repeats_target_id`, `source_ids`, `sources` (their number), `confidence`, `words_zh`

    Raises
    ------
    ValueError
        For a scope, year, level, country or kind that no target has (the message lists those there are), a place that
        isn't known, and a `rate_on` on which no rates were published.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> targets = ma.market_targets(ma.load(), scope="metaverse_related", year=2025, rate_on="2024-01-19")
    >>> targets = targets.set_index("target_id")
    >>> targets.loc["cn-sc-2023-final-market-scale", ["amount_cny_bn", "amount_usd_bn"]].astype(float).round(1).tolist()
    [250.0, 34.8]
    """
    expects(ds, Dataset, given_by="load", taker="market_targets")
    if not is_one_of(kind, KINDS):
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
    if rate_on is not None:
        rate_on = written(rate_on)
        rates("USD", "EUR", on=rate_on)  # outside the published range: an error, also for an empty table
    ds = known_by(ds, as_of)
    targets = described(ds)
    targets = narrowed(
        ds, targets[_of_kind(targets, kind)], of="target", place=place, inside=inside, level=level,
        country=country, scope=scope, target_year=year,
    )  # fmt: skip
    order = ["scope", "amount_cny_bn", "target_id"]
    targets = targets.sort_values(order, ascending=[True, False, True], ignore_index=True)
    dates = targets[["document_date", "dated_by"]].rename(columns={"document_date": "date"})
    targets = targets.assign(**in_dollars(targets, dates, rate_on=rate_on))
    without_currency = targets["unit"].str.slice(0, -len(" CNY"))
    targets["unit"] = without_currency.where(targets["currency"].notna(), targets["unit"])
    targets = targets.rename(columns={"value": "amount", "value_max": "amount_max"})
    counts = reasons(targets)["reason_code"].isna().astype("boolean")
    return targets.assign(stands=counts.where(targets["scope"].notna()))[COLUMNS]


def described(ds: Dataset) -> pd.DataFrame:
    """All targets with the columns of their documents and places, and their units taken apart; no dollars yet."""
    targets = ds.regional_targets
    frame = targets.merge(_documents(ds), how="left", on="document_id")
    frame = frame.merge(_places(ds), how="left", on="place_id")
    money = money_units(frame["unit"])
    in_yuan = money["billions"].where(money["currency"] == "CNY")
    codes = ds.schema.codes("regional_targets", "scope")
    unlike = [code for code, about in codes.items() if not about.get("comparable", True)]
    scope = frame["scope"].cat.as_ordered()
    return frame.assign(
        scope=scope,
        scope_label=ds.schema.labels("regional_targets", "scope", scope),
        comparable=(~scope.isin(unlike)).astype("boolean").where(scope.notna()),
        currency=money["currency"],
        amount_cny_bn=frame["value"] * in_yuan,
        amount_max_cny_bn=frame["value_max"] * in_yuan,
        sources=frame["source_ids"].str.count(";").add(1).fillna(0).astype("int64"),
        # What repeats a figure that isn't there (not yet known on a day, say) is that figure itself.
        repeats_target_id=frame["repeats_target_id"].where(
            frame["repeats_target_id"].isin(targets["target_id"])
        ),
        replaced_by=replaced_by(frame),
        confidence=confidence(ds, "regional_targets").array,
    )


def _documents(ds: Dataset) -> pd.DataFrame:
    documents = ds.policy_documents
    columns = ["document_id", "title_en", "family_id", "status"]
    dated = documents[columns].join(document_dates(documents)[["date", "dated_by"]])
    return dated.rename(columns={"title_en": "document", "date": "document_date"})


def _places(ds: Dataset) -> pd.DataFrame:
    """Name, level, parent and ancestors of each place."""
    places = ds.places
    name = places["name_en"].fillna(places["place_id"]).set_axis(places["place_id"])
    above = ancestors(places).groupby("place_id", sort=False)["ancestor_id"].agg(";".join)
    return pd.DataFrame(
        {
            "place_id": places["place_id"],
            "place": name.array,
            "level": places["level"],
            "parent_id": places["parent_id"],
            "parent": places["parent_id"].map(name).astype("str"),
            "ancestor_ids": places["place_id"].map(above).astype("str"),
        }
    )


def _of_kind(targets: pd.DataFrame, kind: str) -> pd.Series:
    if kind == "market":
        return targets["scope"].notna()
    return targets["currency"].notna() if kind == "money" else targets["measure"] == KINDS[kind]
