"""The panels for regressions and event studies: every use of an instrument, or every place in every year."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_dates, precision
from ..tables.needs import expects, is_one_of
from .filters import Names, known_by, narrowed
from .instruments import all_uses, codes_in_order, place_at
from .place_years import place_years

PANEL = [
    "place_id", "place", "level", "province_id", "month", "date", "date_precision", "first_day", "last_day",
    "document_id", "family_id", "status", "doc_type", "is_metaverse_specific", "instrument", "instrument_label",
    "instrument_kind", "instrument_group", "stance", "instrument_id", "source_ids",
]  # fmt: skip


def panel(
    ds: Dataset,
    *,
    by: Literal["use", "place-year"] = "use",
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Region by date by instrument, or place by year: tidy, for regressions and event studies, and for joins.

    Join amounts with `market_targets(ds)`: on document_id, or, by place and year, on place_id and target_year.
    Absent rows mean "not seen": no full text was read, and `coverage` says where nothing was searched.

    Parameters
    ----------
    ds : the tables.
    by : "use", one row per use of an instrument; or "place-year", one row per place and year, with every year of every
        place, which joins on place_id (or gb_code, the government's own number of the place) and year.
    place, inside, level, country, as_of : filters on the places of the documents, as in `market_targets`.

    Returns
    -------
    By use, one row per row of policy_instruments (without dropped lines), by place_id, last_day, document_id,
    instruments by group:

    - `place_id`, `place`, `level`; `province_id`: the province that the place is or lies in (blank: a country)
    - `month` ("2023-09"; blank where the date is no closer than a year), `date` (the document's date, as written),
      `date_precision`, `first_day`, `last_day`; a document without a date stays, with blanks
    - `document_id`, `family_id`, `status` (a draft and its final are two documents), `doc_type`,
      `is_metaverse_specific`
    - `instrument`, `instrument_label`, `instrument_kind` (instrument, topic or sector), `instrument_group`,
      `stance`, `instrument_id`, `source_ids`

    By place and year, by place_id and year; every place that was searched, or has a document or event:

    - `place_id`, `place`, `level`, `province_id`, `gb_code`, `year`
    - `searched`: whether the place was searched for documents. Counts are 0 only there; elsewhere, where nothing is
      known, they are missing
    - `documents_issued`, `documents_announced`, `documents_drafted`: documents of that year, drafts apart;
      `specific_issued`: those issued that are policy documents on the subject itself, as in `adoption`
    - `instruments`: different ones that documents of the year use; `targets`: numbers that they set; `events`: of the
      year, without those that only tell of a document which has a row
    - `adopted`: whether a policy document on the subject was issued by the end of the year; missing where that can't be
      known (not searched, or such a document has no date)
    - `documents_undated`: documents of the place without a date, which count in no year
    - `source_ids`: of all that is counted in the row

    Raises
    ------
    ValueError
        For another `by`, a place that isn't known, and a level or country that nothing has.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> rows = ma.panel(ma.load())
    >>> rows.query("place_id == 'CN-SC' and instrument == 'cross_chain'")["month"].tolist()
    ['2023-08']
    >>> years = ma.panel(ma.load(), by="place-year", place="Sichuan", inside=False)
    >>> years[["year", "documents_issued", "documents_drafted", "adopted"]].query("year == 2023").values.tolist()
    [[2023, 1, 1, True]]
    """
    expects(ds, Dataset, given_by="load", taker="panel")
    if not is_one_of(by, ("use", "place-year")):
        raise ValueError(f"by is use or place-year, not {by!r}")
    ds = known_by(ds, as_of)
    rows = place_years(ds) if by == "place-year" else _uses(ds)
    return narrowed(ds, rows, of="row", place=place, inside=inside, level=level, country=country)


def _uses(ds: Dataset) -> pd.DataFrame:
    """A row for each use of an instrument."""
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
    return rows.sort_values(by, kind="stable", na_position="last")[PANEL]
