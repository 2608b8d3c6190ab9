"""Rows of the packaged tables, copied with changes: what a rule says of them alone."""

import pandas as pd

import metaverse_analysis as ma

SICHUAN = "cn-sc-2023-final-market-scale"


def only(ds: ma.Dataset, **tables: pd.DataFrame) -> ma.Dataset:
    """The dataset with these tables and, of the other evidence, nothing."""
    kept = ("sources", "places")
    return ds.with_tables(**{name: ds[name].iloc[:0] for name in ds.tables if name not in kept} | tables)


def rows_like(frame: pd.DataFrame, *changes: dict) -> pd.DataFrame:
    """Copies of a one-row frame, each with some cells changed, in the frame's types."""
    return pd.concat([frame.assign(**c).astype(frame.dtypes.to_dict()) for c in changes], ignore_index=True)


def target(ds: ma.Dataset, *changes: dict) -> pd.DataFrame:
    """Sichuan's final market target, copied with changes, without a repeat or an end of range."""
    one = ds.regional_targets[ds.regional_targets.target_id == SICHUAN]
    plain = {"repeats_target_id": None, "value_max": float("nan")}
    return rows_like(one, *[plain | change for change in changes])


def outcome(ds: ma.Dataset, *changes: dict) -> pd.DataFrame:
    one = ds.outcomes[ds.outcomes.outcome_id == "cn-sc-chengdu-2023-all-firms-3100-firms"]
    return rows_like(one, *changes)


def unsigned(ds: ma.Dataset) -> pd.DataFrame:
    """The documents, without a second date of their own."""
    return ds.policy_documents.assign(signed_date=pd.Series(dtype="str"))


def with_target(ds: ma.Dataset, document: dict | None = None, **values) -> ma.Dataset:
    """Sichuan's final target and its document, changed."""
    targets, documents = ds.regional_targets, ds.policy_documents
    target = targets[targets.target_id == SICHUAN].assign(**values).astype(targets.dtypes.to_dict())
    one = documents[documents.document_id == target.document_id.iloc[0]]
    one = one.assign(**document or {}).astype(documents.dtypes.to_dict())
    rest = documents[documents.document_id != target.document_id.iloc[0]]
    return ds.with_tables(regional_targets=target, policy_documents=pd.concat([one, rest], ignore_index=True))
