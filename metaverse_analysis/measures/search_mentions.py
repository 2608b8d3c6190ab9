"""Which provinces mention what was searched for: their own documents apart from those of the places inside them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_dates
from ..tables.lookup import positions, taken
from ..tables.places import ancestors
from .filters import in_places, matching

RULE = (
    "A place mentions it if a policy document of its own has it in the title, in an instrument or in a target; notes, "
    "events and sources don't count, and documents of the places inside it are counted apart. No full text was read: "
    "none found is not none."
)
COLUMNS = [
    "place_id", "place", "documents", "documents_inside", "first_date", "first_date_inside", "document_ids", "words",
    "finding", "finding_label", "searched_on",
]  # fmt: skip


def units_at(ds: Dataset, level: str, **filters: Any) -> pd.DataFrame:
    """The places of a level that the filters keep.

    Raises
    ------
    ValueError
        For a level, or a place or country in the filters, that isn't in the table places.
    """
    places = ds.places.reset_index(drop=True)
    keep = matching(places["level"], level, "level", of="place")
    keep &= in_places(ds, places["place_id"], of="place", **filters)
    return places[keep]


def mentions(ds: Dataset, found: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """One row per place, with the documents that mention what was found: see `search`.

    Parameters
    ----------
    found : rows of the documents, instruments and targets that carry the words, the most telling first.
    units : the places, as in the table places.
    """
    named = found["document_id"].notna() & ~found["document_id"].duplicated()
    pairs = _with_units(ds, found.loc[named, ["document_id", "words"]])
    pairs = pairs[pairs["unit"].isin(units["place_id"])].sort_values("own", ascending=False, kind="stable")
    told = pairs.drop_duplicates("unit").set_index("unit")["words"]
    pairs = pairs.sort_values(["own", "first_day", "document_id"], ascending=[False, True, True])
    own, inside = pairs[pairs["own"]], pairs[~pairs["own"]]
    families = pairs.drop_duplicates(["unit", "own", "family_id"])  # a draft and its final are one document
    unit = units["place_id"].reset_index(drop=True)
    at = positions(unit, ds.coverage["place_id"])
    table = pd.DataFrame(
        {
            "place_id": unit,
            "place": units["name_en"].array,
            "documents": _count(families[families["own"]], unit),
            "documents_inside": _count(families[~families["own"]], unit),
            "first_date": _first(own, unit),
            "first_date_inside": _first(inside, unit),
            "document_ids": unit.map(pairs.groupby("unit")["document_id"].agg(";".join)).astype("str"),
            "words": unit.map(told).astype("str"),
            "finding": taken(ds.coverage["finding"], at),
            "finding_label": taken(ds.schema.labels("coverage", "finding", ds.coverage["finding"]), at),
            "searched_on": taken(ds.coverage["searched_on"], at),
        }
    )
    order = {"documents": False, "documents_inside": False, "first_date": True, "first_date_inside": True}
    table = table.sort_values([*order, "place_id"], ascending=[*order.values(), True], ignore_index=True)
    table.attrs["rule"] = RULE
    return table[COLUMNS]


def _with_units(ds: Dataset, found: pd.DataFrame) -> pd.DataFrame:
    """Each document beside its own place (`own`) and beside every place in which that one lies, as `unit`."""
    documents, above = ds.policy_documents.reset_index(drop=True), ancestors(ds.places)
    dates = document_dates(documents)
    at = positions(found["document_id"], documents["document_id"])
    found = found.assign(
        place_id=taken(documents["place_id"], at),
        date=taken(dates["date"], at),
        first_day=taken(dates["first_day"], at),
        family_id=taken(documents["family_id"], at),
    )
    inside = found.merge(above.rename(columns={"ancestor_id": "unit"}), on="place_id").assign(own=False)
    return pd.concat([found.assign(unit=found["place_id"], own=True), inside], ignore_index=True)


def _count(pairs: pd.DataFrame, unit: pd.Series) -> np.ndarray:
    return unit.map(pairs["unit"].value_counts()).fillna(0).astype("int64").to_numpy()


def _first(pairs: pd.DataFrame, unit: pd.Series) -> pd.Series:
    dated = pairs.dropna(subset="first_day").drop_duplicates("unit")
    return unit.map(dated.set_index("unit")["date"]).astype("str")
