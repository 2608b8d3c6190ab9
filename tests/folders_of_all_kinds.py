"""Folders that a chart may meet: one place, forty with long names, extremes, drafts only, another industry."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import hydrogen
import numpy as np
import pandas as pd

import metaverse_analysis as ma
from metaverse_analysis.measures.press import ARTICLE

REGIONS, PROVINCE, CITY = 40, "CN-SD", "CN-SD-jinan"
COPIED = (
    "policy_documents", "policy_instruments", "regional_targets", "press_figures", "outcomes", "target_followups",
    "regional_statistics", "coverage", "events",
)  # fmt: skip
LINKS = {"document_id", "family_id", "target_id", "outcome_id", "repeats_target_id", "superseded_by"}


def rows_of(ds: ma.Dataset, table: str, place: str) -> pd.Series:
    """Which rows of a table belong to a place: by their own column, or by that of the row they refer to."""
    frame = ds[table]
    if "place_id" in frame:
        return frame.place_id == place
    link, of = (
        ("target_id", "regional_targets") if "target_id" in frame else ("document_id", "policy_documents")
    )
    return frame[link].isin(ds[of].loc[ds[of].place_id == place, link])


def copied(ds: ma.Dataset, table: str, place: str, copies: dict[str, float]) -> pd.DataFrame:
    """The rows of one place as rows of others, with keys and references of their own, and amounts times a factor."""
    rows = ds[table][rows_of(ds, table, place)]
    rows = rows[rows.get("source_id", pd.Series("", rows.index)) != ARTICLE]
    if "outcome_id" in rows and table != "outcomes":
        there = ds.outcomes.loc[ds.outcomes.place_id == place, "outcome_id"]
        rows["outcome_id"] = rows["outcome_id"].where(rows["outcome_id"].isin(there))
    many = pd.concat([rows] * len(copies), ignore_index=True)
    to = pd.Series(np.repeat(list(copies), len(rows)), dtype="str")
    if "place_id" in many:
        many["place_id"] = to
    for column in {ds.schema[table].key, *LINKS} & set(many) - {"place_id"}:
        many[column] = many[column] + "-" + to
    if table == "regional_targets":
        many["value"] *= np.repeat(list(copies.values()), len(rows))
    return many


def crowded(ds: ma.Dataset) -> ma.Dataset:
    """Forty provinces with long names instead of the real ones, each with all that Shandong has; ten with a city."""
    provinces = {f"CN-Z{k:02d}": 1 + k / 10 for k in range(REGIONS)}
    cities = {f"CN-Z{k:02d}-city": 1.5 + k / 7 for k in range(10)}
    places = ds.places.set_index("place_id")
    made = places.loc[[PROVINCE] * REGIONS + [CITY] * len(cities)].reset_index(drop=True)
    made["place_id"] = [*provinces, *cities]
    made["parent_id"] = ["CN"] * REGIONS + list(provinces)[: len(cities)]
    made["name_en"] = [f"Autonomous Region of the Long Name {k:02d}" for k in range(len(made))]
    made["grid_column"] = pd.array([k % 8 if k < REGIONS else None for k in range(len(made))], "Int64")
    made["grid_row"] = pd.array([k // 8 if k < REGIONS else None for k in range(len(made))], "Int64")
    frames = {"places": pd.concat([places.loc[["CN"]].reset_index(), made], ignore_index=True)}
    for table in COPIED:
        parts = [
            ds[table][rows_of(ds, table, "CN")],
            copied(ds, table, PROVINCE, provinces),
            copied(ds, table, CITY, cities),
        ]
        frames[table] = pd.concat(parts, ignore_index=True)
    participants = ds.participants
    frames["participants"] = participants.assign(name_en="The Honourable Company of " + participants.name_en)
    return ds.with_tables(**frames)


def of_one_place(ds: ma.Dataset, place: str = "CN-SC") -> ma.Dataset:
    """One province without the places in it."""
    frames = {"places": ds.places[ds.places["place_id"].isin(["CN", place])]}
    for table in COPIED:
        frames[table] = ds[table][rows_of(ds, table, place)]
    return ds.with_tables(**frames)


def one_row(ds: ma.Dataset) -> ma.Dataset:
    """One target of one province, and one row of all that is drawn by rows."""
    sichuan = of_one_place(ds)
    targets = sichuan.regional_targets
    final = targets[targets["target_id"] == "cn-sc-2023-final-market-scale"]
    return sichuan.with_tables(
        regional_targets=final,
        press_figures=sichuan.press_figures.head(1),
        outcomes=sichuan.outcomes.head(1),
        events=ds.events.head(1),
        memberships=ds.memberships.head(1),
        policy_instruments=sichuan.policy_instruments.head(1),
    )


def of_extremes(ds: ma.Dataset) -> ma.Dataset:
    """Values a thousand times as large, or a hundred-thousandth of what they were, by turns."""
    frames = {}
    for table, columns in (("regional_targets", ["value", "value_max"]), ("outcomes", ["value"])):
        frame = ds[table].copy()
        times = np.resize([1000.0, 1e-5, 1.0], len(frame))
        for column in columns:
            frame[column] = frame[column] * times
        frames[table] = frame
    return ds.with_tables(**frames)


def of_drafts(ds: ma.Dataset) -> ma.Dataset:
    """As if no document had been issued."""
    documents = ds.policy_documents.copy()
    documents["status"] = pd.Categorical(
        ["draft"] * len(documents), categories=documents["status"].cat.categories
    )
    return ds.with_tables(policy_documents=documents)


def of_another_industry(ds: ma.Dataset) -> ma.Dataset:
    with tempfile.TemporaryDirectory() as folder:
        return ma.load(hydrogen.write_hydrogen(Path(folder) / "hydrogen"))


FOLDERS: dict[str, Callable[[ma.Dataset], ma.Dataset]] = {
    "one place": of_one_place,
    "one row": one_row,
    "forty regions": crowded,
    "extremes": of_extremes,
    "drafts only": of_drafts,
    "another industry": of_another_industry,
}
