"""Folders of tables, held against each other, and texts that are hard to write."""

from pathlib import Path

import pandas as pd

import metaverse_analysis as ma

TEXTS = [
    "None", "NA", "nan", "null", "true", " leading", "trailing ", "\ttab", 'a "quoted" word', "a, b", "two\nlines",
    "two\r\nlines", "one\rline", "'", '"', "=1+1", "-5", "+5", "@SUM(A1)", "元宇宙", "😀", "0012", "1.50", "1e5",
    "\u2028", "\ufeff", "\u200b", "\N{NO-BREAK SPACE}",
]  # fmt: skip


def assert_same(one: ma.Dataset, other: ma.Dataset) -> None:
    assert one.tables == other.tables
    for name in one.tables:
        pd.testing.assert_frame_equal(one[name], other[name])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def with_notes(ds: ma.Dataset, notes: list) -> ma.Dataset:
    """As many targets as notes."""
    row = ds.regional_targets.head(1)
    targets = pd.concat([row] * len(notes), ignore_index=True)
    ids = [f"t{i}" for i in range(len(notes))]
    changed = targets.assign(target_id=pd.Series(ids, dtype="str"), note=pd.Series(notes, dtype="str"))
    return ds.with_tables(regional_targets=changed)
