"""Where a sum of targets lies: each province with its part of it, and what the others are known for."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import expects
from ..tables.places import ancestors
from .evidence import coverage
from .filters import Names, known_by
from .ids import every_id
from .totals import Total

_BY_FINDING = {"scale_target": "other_target", "plan_without_scale": "plan_only"}


def total_by_province(
    ds: Dataset,
    total: Total,
    *,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Which provinces promise how much of the sum, and what is known of the others?

    Parameters
    ----------
    ds : the tables.
    total : what `add_up` gives.
    place, inside, level, country, as_of : filters on the provinces, as in `market_targets`.

    Returns
    -------
    One row per province that `coverage` lists, in its order:

    - `place_id`, `place`, `grid_column`, `grid_row` (its square on the tile map)
    - `state`: own_target: the province's own target is in the sum; inside_only: only that of a city or zone in it;
      other_target: it sets a market size of another scope, year or measure; plan_only: a plan without a market size;
      adjacent_only: documents on related subjects only; none_found: searched, and nothing found; not_searched
    - `amount_cny_bn` and `or_more`: its part of the sum; missing where it has none
    - `draft_targets`: how many of its targets in the sum only a draft sets; `contributors`: the places that set them
    - `scope_label` and `target_year` of the sum
    - `source_ids`: of its part of the sum; else of all that is known of it, as in `coverage`

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> total = ma.add_up(ma.market_targets(ds), scope="metaverse_related", year=2025)
    >>> table = ma.total_by_province(ds, total).set_index("place")
    >>> table.loc[["Sichuan", "Jiangsu"], ["state", "amount_cny_bn"]].values.tolist()
    [['own_target', 250.0], ['inside_only', 200.0]]
    """
    expects(ds, Dataset, given_by="load", taker="total_by_province")
    expects(total, Total, given_by="add_up", taker="total_by_province")
    ds = known_by(ds, as_of)
    found = coverage(ds, place=place, inside=inside, level=level, country=country)
    provinces = found[["place_id", "place", "grid_column", "grid_row", "finding", "source_ids"]]
    parts = _parts(ds, total, provinces["place_id"])
    table = provinces.merge(parts, how="left", on="place_id", suffixes=("_known", ""))
    known = table["finding"].astype("str")
    state = known.map(_BY_FINDING).fillna(known)
    state = state.mask(table["amount_cny_bn"].notna(), "inside_only").mask(
        table["own"].eq(True), "own_target"
    )
    table["state"] = state.astype("str")
    for column in ("or_more", "draft_targets"):
        table[column] = table[column].astype("boolean" if column == "or_more" else "Int64")
    table = table.assign(
        scope_label=total.scope_label,
        target_year=total.year,
        source_ids=table["source_ids"].fillna(table["source_ids_known"]),
    )
    return table[
        ["place_id", "place", "grid_column", "grid_row", "state", "amount_cny_bn", "or_more", "draft_targets",
         "contributors", "scope_label", "target_year", "source_ids"]
    ]  # fmt: skip


def _parts(ds: Dataset, total: Total, provinces: pd.Series) -> pd.DataFrame:
    """The sum by province: a place counts for itself, or for the province that it lies in."""
    own = pd.DataFrame({"place_id": provinces, "province_id": provinces})
    above = ancestors(ds.places).rename(columns={"ancestor_id": "province_id"})
    inside = above.loc[above["province_id"].isin(provinces), ["place_id", "province_id"]]
    rows = total.included.merge(pd.concat([own, inside], ignore_index=True), on="place_id")
    rows = rows.assign(
        own=rows["place_id"] == rows["province_id"],
        draft=rows["status"] == "draft",
        or_more=rows["qualifier"].isin(["over", "at_least"]),
    )
    parts = rows.groupby("province_id", sort=False).agg(
        amount_cny_bn=("amount_cny_bn", "sum"),
        or_more=("or_more", "any"),
        draft_targets=("draft", "sum"),
        contributors=("place", ";".join),
        own=("own", "any"),
        source_ids=("source_ids", every_id),
    )
    return parts.rename_axis("place_id").reset_index().astype({"contributors": "str", "source_ids": "str"})
