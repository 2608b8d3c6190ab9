"""What else was promised: firms, scenarios, parks, people, funds, caps of subsidies, and all else that has a number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import expects
from .dollars import in_dollars, written
from .filters import Names, Years, known_by, narrowed
from .targets import described

COLUMNS = [
    "target_id", "place_id", "place", "level", "parent", "indicator", "indicator_label", "unit", "per", "qualifier",
    "amount", "amount_max", "target_year", "currency", "amount_cny_bn", "amount_max_cny_bn", "amount_usd_bn",
    "amount_max_usd_bn", "rate", "rate_date", "document_id", "document", "status", "same_in_final", "repeats_target_id",
    "source_ids", "sources", "confidence",
]  # fmt: skip


def other_targets(
    ds: Dataset,
    *,
    indicator: Names = None,
    place: Names = None,
    inside: bool = True,
    year: Years = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    rate_on: Any = None,
) -> pd.DataFrame:
    """What did documents promise beside the size of a market: how many firms, parks, people, how much money?

    Parameters
    ----------
    indicator : keep only these quantities, such as "industrial_parks"; one or several.
    place, inside, year, level, country, as_of : filters as in `market_targets`.
    rate_on : one date whose exchange rate holds for every row, as in `market_targets`.

    Returns
    -------
    One row per target without a scope, quantities in the schema's order, the largest amount first, then by target_id:

    - `target_id`, `place_id`, `place`, `level`, `parent`
    - `indicator`, `indicator_label`, `unit` (what is counted: "firms", "million CNY"), `per` (a year, a project, a
      firm ...; blank: in all), `qualifier`, `amount`, `amount_max` (of a range), `target_year`
    - of money: `currency`, `amount_cny_bn`, `amount_max_cny_bn` (missing for other currencies), `amount_usd_bn`,
      `amount_max_usd_bn`, `rate` (units of the currency per dollar), `rate_date`
    - `document_id`, `document` (its title), `status`; `same_in_final`: of a draft, whether a final of the same document
      sets the same number; `repeats_target_id`: the target that it states again
    - `source_ids`, `sources` (their number), `confidence`

    Raises
    ------
    ValueError
        For an indicator, level or country that isn't in the tables, a place that isn't known, and a `rate_on` on which
        no rates were published.

    Notes
    -----
    Numbers of one quantity still count different things ("leading firms" of one plan may be large, of another
    innovative), and many say no year. They are never added up.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> parks = ma.other_targets(ma.load(), indicator="industrial_parks", place="Sichuan")
    >>> set(parks["indicator_label"]), bool((parks["amount"] > 0).all())
    ({'parks and clusters'}, True)
    """
    expects(ds, Dataset, given_by="load", taker="other_targets")
    ds = known_by(ds, as_of)
    targets = described(ds)
    targets = narrowed(
        ds, targets[targets["scope"].isna()], of="target", place=place, inside=inside, level=level,
        country=country, indicator=indicator, target_year=year,
    )  # fmt: skip
    dates = targets[["document_date", "dated_by"]].rename(columns={"document_date": "date"})
    targets = targets.assign(
        **in_dollars(targets, dates, rate_on=None if rate_on is None else written(rate_on)),
        indicator_label=ds.schema.labels("regional_targets", "indicator", targets["indicator"]),
        indicator=targets["indicator"].cat.as_ordered(),
        same_in_final=_same_in_final(targets),
        _size=targets["amount_cny_bn"].fillna(targets["value"]),
    )
    targets = targets.sort_values(
        ["indicator", "_size", "target_id"], ascending=[True, False, True], ignore_index=True
    )
    return targets.rename(columns={"value": "amount", "value_max": "amount_max"})[COLUMNS]


def _same_in_final(targets: pd.DataFrame) -> pd.Series:
    """Whether a draft's number stands in a final of its family, too."""
    number = ["family_id", "indicator", "unit", "per", "value", "value_max"]
    columns = (targets[name].astype("str").fillna("") for name in number)
    keys = pd.Series(["|".join(cells) for cells in zip(*columns, strict=True)], targets.index, dtype="str")
    final = targets["status"].astype("str") == "issued"
    return (~final & targets["family_id"].notna() & keys.isin(keys[final])).astype("bool")
