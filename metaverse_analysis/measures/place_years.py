"""Place by year: how many documents, instruments, targets and events the evidence has of each, for joins."""

from __future__ import annotations

import pandas as pd

from ..tables.dataset import Dataset, split_ids
from .instruments import all_uses, place_at
from .policies import policy_timeline

COUNTED = {"documents_issued": "issued", "documents_announced": "announced", "documents_drafted": "draft"}
COUNTS = [*COUNTED, "specific_issued", "instruments", "targets", "events"]
PLACE_YEARS = [
    "place_id", "place", "level", "province_id", "gb_code", "year", "searched", *COUNTS, "adopted", "documents_undated",
    "source_ids",
]  # fmt: skip


def place_years(ds: Dataset) -> pd.DataFrame:
    """A row for each place that was searched or has a document or event, in each year from the first to the last."""
    found = _found(ds)
    searched = ds.coverage["place_id"]
    known = set(searched) | set(found["place_id"].dropna())
    places = ds.places.loc[ds.places["place_id"].isin(known), ["place_id", "name_en", "level", "gb_code"]]
    dated = found[found["year"].notna()]
    years = range(int(dated["year"].min()), int(dated["year"].max()) + 1) if len(dated) else range(0)
    grid = places.rename(columns={"name_en": "place"}).merge(
        pd.DataFrame({"year": pd.array(years, "Int64")}), how="cross"
    )
    levels = ds.places["level"].dropna().unique()
    province = place_at(ds, "province") if "province" in levels else pd.Series(dtype="str")
    grid["province_id"] = grid["place_id"].map(province).astype("str")
    grid["searched"] = grid["place_id"].isin(searched)
    grid = grid.sort_values(["place_id", "year"], kind="stable").set_index(["place_id", "year"])
    for name in COUNTS:
        part = dated[dated["counted"] == name].drop_duplicates(["place_id", "year", "id"])
        counts = part.groupby(["place_id", "year"])["id"].size().reindex(grid.index).astype("Int64")
        grid[name] = counts.where(counts.notna() | ~grid["searched"], 0)
    undated = (
        found[found["year"].isna() & found["counted"].isin([*COUNTED])].groupby("place_id")["id"].nunique()
    )
    at = grid.index.get_level_values("place_id")
    grid["documents_undated"] = undated.reindex(at).fillna(0).astype("int64").to_numpy()
    grid["adopted"] = _adopted(grid, found)
    grid["source_ids"] = _sources(dated).reindex(grid.index).astype("str")
    return grid.reset_index()[PLACE_YEARS]


def _found(ds: Dataset) -> pd.DataFrame:
    """What is counted: its place, year, id and sources, and the column in which it counts."""
    timeline = policy_timeline(ds, country=None)
    timeline["year"] = timeline["date"].str[:4].astype("Int64")
    documents = timeline[timeline["record"] == "document"].rename(columns={"document_id": "id"})
    specific = documents["is_metaverse_specific"].fillna(False) & documents["is_policy"].fillna(False)
    events = timeline[(timeline["record"] == "event") & ~timeline["repeats_document"]]
    when = documents[["id", "place_id", "year"]].rename(columns={"id": "document_id"})
    uses = all_uses(ds)[["document_id", "instrument", "source_ids"]].merge(when, on="document_id")
    targets = ds.regional_targets[["target_id", "document_id", "source_ids"]].merge(when, on="document_id")
    parts = {
        **{name: documents[documents["status"] == status] for name, status in COUNTED.items()},
        "specific_issued": documents[specific & (documents["status"] == "issued")],
        "instruments": uses.rename(columns={"instrument": "id"}),
        "targets": targets.rename(columns={"target_id": "id"}),
        "events": events.rename(columns={"event_id": "id"}).drop(columns="document_id"),
    }
    columns = ["place_id", "year", "id", "source_ids"]
    return pd.concat([part[columns].assign(counted=name) for name, part in parts.items()], ignore_index=True)


def _adopted(grid: pd.DataFrame, found: pd.DataFrame) -> pd.Series:
    """Whether a policy document on the subject was issued by the end of the year; missing where that can't be known."""
    by_now = grid["specific_issued"].fillna(0).groupby(level="place_id").cumsum() > 0
    specific = found[found["counted"] == "specific_issued"]
    undated = grid.index.get_level_values("place_id").isin(specific.loc[specific["year"].isna(), "place_id"])
    return by_now.astype("boolean").where(by_now | (grid["searched"] & ~undated))


def _sources(dated: pd.DataFrame) -> pd.Series:
    """The sources of all that is counted in a place and year, each once."""
    one = dated.join(split_ids(dated["source_ids"]).rename("source_id"))[["place_id", "year", "source_id"]]
    once = one.dropna().drop_duplicates()
    return once.groupby(["place_id", "year"], sort=False)["source_id"].agg(";".join)
