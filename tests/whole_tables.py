"""Whole tables that are worked out by hand, as CSV files in expected/: every cell, every column's type, the index.

The second line of a file has the type of each column. An empty cell is a missing value, '' an empty text. A column in
brackets is the index, where that isn't 0, 1, 2... Numbers have ten digits at most. `{metaverse_related}` stands for
the schema's words for that scope, which may be reworded.
"""

import csv
import re
from pathlib import Path

import numpy as np
import pandas as pd

from metaverse_analysis.tables.schema import read_schema

FOLDER = Path(__file__).parent / "expected"
SCOPES = read_schema().codes("regional_targets", "scope")


def written(value: object) -> str:
    """One cell as it stands in a file."""
    if isinstance(value, str):
        return value or "''"
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if pd.isna(value):
        return ""
    if isinstance(value, float | np.floating):
        return f"{value:.10g}"
    return str(value).removesuffix(" 00:00:00")


def kind(column: pd.Series) -> str:
    """The type of a column; of categories also whether they have an order."""
    ordered = isinstance(column.dtype, pd.CategoricalDtype) and column.dtype.ordered
    return "ordered category" if ordered else str(column.dtype)


def kinds(table: pd.DataFrame) -> dict[str, str]:
    return {str(name): kind(column) for name, column in table.items()}


def lines(table: pd.DataFrame) -> list[list[str]]:
    """The lines of the file that holds this table."""
    if not table.index.equals(pd.RangeIndex(len(table))):
        table = table.rename_axis(index=f"[{table.index.name or 'index'}]").reset_index()
    columns = [
        [str(name), kind(values), *map(written, values.astype(object))] for name, values in table.items()
    ]
    return [list(line) for line in zip(*columns, strict=True)]


def stored(name: str) -> list[list[str]]:
    with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return [[re.sub(r"\{(\w+)\}", label, cell) for cell in line] for line in csv.reader(file)]


def label(found: re.Match[str]) -> str:
    return SCOPES[found[1]]["label"] if found[1] in SCOPES else found[0]


def stored_kinds(name: str) -> dict[str, str]:
    """The columns of a file and their types, which are the same whatever rows there are."""
    header, second, *_ = stored(name)
    return {column: kind for column, kind in zip(header, second, strict=True) if not column.startswith("[")}


def write(table: pd.DataFrame, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(lines(table))
    return path


def differences(found: list[list[str]], expected: list[list[str]]) -> list[str]:
    """Where two files differ, in words: their columns, their number of rows, or cells."""
    if found[0] != expected[0]:
        return [f"columns: {', '.join(found[0])}; expected: {', '.join(expected[0])}"]
    if len(found) != len(expected):
        return [f"{len(found) - 2} rows, expected {len(expected) - 2}"]
    return [
        f"line {number}, {column}: {cell!r}, expected {other!r}"
        for number, pair in enumerate(zip(found, expected, strict=True), start=1)
        for column, cell, other in zip(found[0], *pair, strict=True)
        if cell != other
    ]
