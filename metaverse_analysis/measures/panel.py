"""Region by date by instrument: the tidy table of uses for regressions and event studies."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_dates, precision
from .filters import Names, known_by, narrowed
from .instruments import all_uses, codes_in_order, place_at

PANEL = [
    "place_id", "place", "level", "province_id", "month", "date", "date_precision", "first_day", "last_day",
    "document_id", "family_id", "status", "doc_type", "is_metaverse_specific", "instrument", "instrument_label",
    "instrument_kind", "instrument_group", "stance", "instrument_id", "source_ids",
]  # fmt: skip


def panel(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Region by date by instrument, tidy, for regressions and event studies: one row per use of an instrument.

    Join amounts with `market_targets(ds)` on document_id. Absent rows mean "not seen": no full text was read, and
    `coverage` says where nothing was searched.

    Parameters
    ----------
    ds : the tables.
    place, inside, level, country, as_of : filters on the places of the documents, as in `market_targets`.

    Returns
    -------
    One row per row of policy_instruments (without dropped lines), by place_id, last_day, document_id, instruments by
    group.

    - `place_id`, `place`, `level`; `province_id`: the province that the place is or lies in (blank: a country)
    - `month` ("2023-09"; blank where the date is no closer than a year), `date` (the document's date, as written),
      `date_precision`, `first_day`, `last_day`; a document without a date stays, with blanks
    - `document_id`, `family_id`, `status` (a draft and its final are two documents), `doc_type`,
      `is_metaverse_specific`
    - `instrument`, `instrument_label`, `instrument_kind` (instrument, topic or sector), `instrument_group`,
      `stance`, `instrument_id`, `source_ids`

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> rows = ma.panel(ma.load())
    >>> rows.query("place_id == 'CN-SC' and instrument == 'cross_chain'")["month"].tolist()
    ['2023-08']
    """
    ds = known_by(ds, as_of)
    rows = all_uses(ds)
    documents = ds.policy_documents
    dates = document_dates(documents)
    written = dates["date"]
    dated = pd.DataFrame(
        {
            "date": written,
            "date_precision": precision(written),
            "first_day": dates["first_day"],
            "last_day": dates["last_day"],
            "month": written.str[:7].where(written.str.len() >= 7),
            "doc_type": documents["doc_type"],
        }
    ).set_index(documents["document_id"])
    rows = rows.join(dated, on="document_id")
    levels = ds.places["level"].dropna().unique()
    province = place_at(ds, "province") if "province" in levels else pd.Series(dtype="str")
    in_order = {name: at for at, name in enumerate(codes_in_order(ds).index)}
    rows = rows.assign(
        province_id=rows["place_id"].map(province).astype("str"),
        _order=rows["instrument"].map(in_order),
    )
    by = ["place_id", "last_day", "document_id", "_order"]
    rows = rows.sort_values(by, kind="stable", na_position="last")[PANEL]
    return narrowed(ds, rows, of="use", place=place, inside=inside, level=level, country=country)
