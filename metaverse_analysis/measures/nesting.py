"""Places inside places: does a city promise more than its province?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.lookup import sorted_rows
from ..tables.needs import expects
from ..tables.places import ancestors
from ..tables.units import money_units
from .filters import Names, Years, known_by, narrowed
from .ids import every_id_beside
from .standing import standing
from .targets import market_targets

_OF_PARENT = [
    "target_id", "place_id", "place", "level", "scope", "scope_label", "measure", "target_year",
    "status", "qualifier", "amount", "unit", "currency", "amount_cny_bn", "source_ids",
]  # fmt: skip
_DOLLARS = ["amount_usd_bn", "rate", "rate_date"]
_OF_CHILD = [*_OF_PARENT, *_DOLLARS, "comparable"]
_LIKE = ["scope", "measure", "target_year"]


def nesting(
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
) -> pd.DataFrame:
    """Does a city promise more than its province, a district more than its city?

    Each place has at most one target of one scope, measure and year here: drafts that a final replaces, repeated
    figures and forecasts are left out (see `metaverse_analysis.measures.standing`); a draft without a final is in,
    and its status says so.

    Parameters
    ----------
    ds : the tables.
    place, inside, scope, year, level, country, as_of : filters on the targets (not on those of their ancestors), as in
        `market_targets`.
    rate_on : the date whose exchange rate gives the dollars; without it, that of each document.

    Returns
    -------
    One row per target and target of an ancestor, the like for like first, then the largest share:

    - `target_id`, `place_id`, `place`, `level`, `scope`, `scope_label`, `measure`, `target_year`, `status`,
      `qualifier`, `amount`, `unit`, `currency`, `amount_cny_bn`
    - `parent_place_id`: the ancestor; `distance`: 1 for the place that it lies in, 2 for the one above
    - of the ancestor's target: `parent_target_id`, `parent_place`, `parent_level`, `parent_scope`,
      `parent_scope_label`, `parent_measure`, `parent_target_year`, `parent_status`, `parent_qualifier`,
      `parent_amount`, `parent_unit`, `parent_currency`, `parent_amount_cny_bn`
    - `share_of_parent_pct`, of the amounts as written (of a range its lower end, whatever the hedge); missing
      where the currencies differ
    - `exceeds_parent`: whether the amount is larger than the ancestor's
    - `same_topic`: both about the metaverse, or both about VR (the schema's topic of a scope)
    - `same_scope`, `same_measure`, `same_year`; `like_for_like`: all three, and a scope whose members can be
      compared. `differs` names what is not the same ("scope, year"). A share that isn't like for like is no
      finding by itself: it shows which question to ask
    - `children_sum_cny_bn`, `children`: what all direct children of the ancestor promise together, of the scope,
      measure and year of its own target, and how many they are; missing where none does
    - `amount_usd_bn`, `rate`, `rate_date`: the amount in billion dollars, and by which rate
    - `source_ids`: of both targets

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> pairs = ma.nesting(ma.load())
    >>> pairs[pairs.place == "Chengdu"][["parent_place", "share_of_parent_pct", "like_for_like"]].values.tolist()[0]
    ['Sichuan', 60.0, True]
    """
    expects(ds, Dataset, given_by="load", taker="nesting")
    ds = known_by(ds, as_of)
    targets = standing(market_targets(ds, country=None, rate_on=rate_on))
    pairs = _pairs(targets, ancestors(ds.places))
    scale = money_units(_unit(pairs))["billions"] / money_units(_unit(pairs, "parent_"))["billions"]
    share = 100 * pairs["amount"] * scale / pairs["parent_amount"]
    pairs["share_of_parent_pct"] = share.where(pairs["currency"] == pairs["parent_currency"]).replace(
        np.inf, np.nan
    )
    known = pairs["share_of_parent_pct"].notna()
    pairs["exceeds_parent"] = (pairs["share_of_parent_pct"] > 100).astype("boolean").where(known)
    same = {
        "scope": pairs["scope"] == pairs["parent_scope"],
        "measure": pairs["measure"] == pairs["parent_measure"],
        "year": (pairs["target_year"] == pairs["parent_target_year"]).fillna(False).astype(bool),
    }
    codes = ds.schema.codes("regional_targets", "scope")
    topics = {code: codes.get(code, {}).get("topic", code) for code in pairs["scope"].cat.categories}
    pairs["same_topic"] = pairs["scope"].map(topics).astype("str") == pairs["parent_scope"].map(
        topics
    ).astype("str")
    pairs = pairs.assign(**{f"same_{name}": flag for name, flag in same.items()})
    pairs["like_for_like"] = np.logical_and.reduce([*same.values(), pairs["comparable"].astype(bool)])
    pairs["differs"] = _differences(same, pairs["comparable"].astype(bool))
    pairs = pairs.merge(
        _sums_for_parents(targets), how="left", on=[f"parent_{name}" for name in ("place_id", *_LIKE)]
    )
    pairs["children"] = pairs["children"].astype("Int64")
    pairs = pairs[[name for name in pairs if name not in _DOLLARS] + _DOLLARS]
    pairs["source_ids"] = every_id_beside(pairs.pop("source_ids"), pairs.pop("parent_source_ids"))
    order = {"like_for_like": False, "share_of_parent_pct": False}
    order |= {"target_id": True, "distance": True, "parent_target_id": True}
    pairs = pairs.drop(columns="comparable").take(sorted_rows(pairs, order))
    return narrowed(
        ds, pairs, of="target", place=place, inside=inside, level=level, country=country, scope=scope,
        target_year=year,
    )  # fmt: skip


def children_sums(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    scope: Names = None,
    year: Years = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """What do the direct children of a place promise together, beside the place itself?

    Only amounts in yuan of one scope, measure and year are added, only among direct children, and never of a scope
    that is a bag of unlike things. A country's direct children are its provinces: what a city promises where its
    province doesn't is not in here (see `add_up`).

    Parameters
    ----------
    ds : the tables.
    place, inside, scope, year, level, country, as_of : filters on the places whose children are added, as in
        `market_targets`.

    Returns
    -------
    One row per place, scope, measure and year in which a direct child has a target, the largest sum first:

    - `place_id`, `place`, `scope`, `measure`, `target_year`, `scope_label`
    - `children` (their number), `children_sum_cny_bn`, `or_more` (a child says "over" or "at least"), `draft_targets`
      (the number of children whose figure is a draft's)
    - `amount_cny_bn` of the place's own target (missing if it has none of that kind); `sum_of_parent_pct`: the sum as a
      share of it

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> sums = ma.children_sums(ma.load())
    >>> henan = sums[(sums.place == "Henan") & (sums.scope == "metaverse_driven")]
    >>> henan[["children_sum_cny_bn", "amount_cny_bn", "sum_of_parent_pct"]].values.tolist()
    [[200.0, 100.0, 200.0]]
    """
    expects(ds, Dataset, given_by="load", taker="children_sums")
    ds = known_by(ds, as_of)
    targets = standing(market_targets(ds, country=None))
    sums = _sums(targets)
    own = targets.set_index(["place_id", *_LIKE])["amount_cny_bn"]
    name = ds.places.set_index("place_id")["name_en"]
    keys = pd.MultiIndex.from_frame(sums[["place_id", *_LIKE]])
    sums["amount_cny_bn"] = own.reindex(keys).array
    sums["sum_of_parent_pct"] = (100 * sums["children_sum_cny_bn"] / sums["amount_cny_bn"]).replace(
        np.inf, np.nan
    )
    sums.insert(1, "place", sums["place_id"].map(name).fillna(sums["place_id"]).astype("str"))
    order = ["children_sum_cny_bn", "place_id", *_LIKE]
    sums = sums.sort_values(order, ascending=[False, True, True, True, True])
    return narrowed(
        ds, sums, of="sum", place=place, inside=inside, level=level, country=country, scope=scope, target_year=year,
    )  # fmt: skip


def _pairs(targets: pd.DataFrame, above: pd.DataFrame) -> pd.DataFrame:
    """Each target beside those of the places above. As each place has one target of a kind, this can't blow up."""
    parents = targets[_OF_PARENT].add_prefix("parent_")
    above = above[above["ancestor_id"].isin(parents["parent_place_id"])].rename(
        columns={"ancestor_id": "parent_place_id"}
    )
    return targets[_OF_CHILD].merge(above, on="place_id").merge(parents, on="parent_place_id")


def _unit(pairs: pd.DataFrame, prefix: str = "") -> pd.Series:
    return (pairs[f"{prefix}unit"] + " " + pairs[f"{prefix}currency"]).str.strip()


def _differences(same: dict[str, pd.Series], comparable: pd.Series) -> pd.Series:
    words = pd.Series("", index=comparable.index, dtype="str")
    for name, flag in {**same, "things": comparable | ~same["scope"]}.items():
        words = words + np.where(flag, "", f", {name}")
    return words.str.removeprefix(", ")


def _sums(targets: pd.DataFrame) -> pd.DataFrame:
    like = targets[targets["comparable"] & targets["amount_cny_bn"].notna() & targets["parent_id"].notna()]
    like = like.assign(
        or_more=like["qualifier"].isin(["over", "at_least"]),
        draft=like["status"] == "draft",
    )
    groups = like.groupby(["parent_id", *_LIKE], observed=True, sort=False, dropna=False)
    sums = groups.agg(
        scope_label=("scope_label", "first"),
        children=("target_id", "size"),
        children_sum_cny_bn=("amount_cny_bn", "sum"),
        or_more=("or_more", "any"),
        draft_targets=("draft", "sum"),
    ).reset_index()
    return sums[sums["target_year"].notna()].rename(columns={"parent_id": "place_id"})


def _sums_for_parents(targets: pd.DataFrame) -> pd.DataFrame:
    sums = _sums(targets)[["place_id", *_LIKE, "children_sum_cny_bn", "children"]]
    return sums.rename(columns={name: f"parent_{name}" for name in ("place_id", *_LIKE)})
