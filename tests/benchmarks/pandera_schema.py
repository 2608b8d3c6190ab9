"""The same rules as `validate()`, as far as pandera has them: types, required, unique, allowed values, patterns,
bounds and references. Line numbers, rows that are no rows, lists of ids and rules between cells it doesn't have."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from metaverse_analysis.tables.schema import Field, Table, read_schema

TYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "string": "str", "date": "str"}


def check(folder: str) -> None:
    """Read and check every table of a folder; raises pandera's error if one is broken."""
    warnings.simplefilter("ignore")
    schema = read_schema()
    frames = {name: _read(Path(folder) / table.path, table) for name, table in schema.tables.items()}
    for name, table in schema.tables.items():
        columns = {field.name: _column(field, table, frames) for field in table.fields.values()}
        pa.DataFrameSchema(columns, strict=True).validate(frames[name], lazy=True)


def _read(path: Path, table: Table) -> pd.DataFrame:
    types = {field.name: TYPES[field.type] for field in table.fields.values()}
    return pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])


def _column(field: Field, table: Table, frames: dict[str, pd.DataFrame]) -> pa.Column:
    constraints, checks = field.constraints, []
    if field.enum:
        checks.append(pa.Check.isin(field.enum))
    if "pattern" in constraints:
        checks.append(pa.Check.str_matches(constraints["pattern"]))
    if "minimum" in constraints:
        checks.append(pa.Check.ge(constraints["minimum"]))
    if "maximum" in constraints:
        checks.append(pa.Check.le(constraints["maximum"]))
    checks += [
        pa.Check.isin(frames[key.table][key.target].dropna().unique())
        for key in table.foreign_keys
        if key.column == field.name
    ]
    required = field.required or field.name == table.key
    unique = required and (field.unique or field.name == table.key)  # pandera counts missing values as equal
    return pa.Column(TYPES[field.type], checks, nullable=not required, unique=unique)
