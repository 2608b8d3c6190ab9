"""Hold every table of a folder against the schema, and find every rule that is broken.

Rules about one cell are applied to the distinct values of a column, rules about references to the distinct
values of two columns, rules about rows to typed columns: the work grows with the rows, never with their square.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import row_rules
from .dates import is_valid
from .problems import Problem
from .reading import MOST_PER_RULE, Column, Reading, read_table
from .schema import Field, Schema, read_schema
from .typed import full_match

TYPE_WORDS = {
    "number": ("a number", "Write digits with a point, without commas, units or words: 1250.5."),
    "integer": ("a whole number", "Write digits only: 2025."),
    "boolean": ("true or false", "Write true or false."),
    "date": ("a day as YYYY-MM-DD that the calendar has", "Write a day such as 2023-09-15."),
}
MIXED_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
MIXED_DATE_HINT = "Write a day, a month or a year: 2023-09-15, 2023-09 or 2023."
MOST_HINTS = 5  # ids of a column for which a near one is looked for: that is slow
MOST_IDS_COMPARED = 20_000
LIST_HINT = "Separate ids by ; without spaces, each once."


def read_and_check(folder: str | os.PathLike[str] | None) -> tuple[dict[str, Reading], list[Problem], Schema]:
    """Read all tables of a folder; give the readings, every problem, and the schema that holds for it."""
    if folder is not None and not isinstance(folder, (str, os.PathLike)):
        raise ValueError(f"a folder is a path, not {type(folder).__name__}: {folder!r}")
    path = None if folder is None else Path(folder)
    if path is not None and not path.is_dir():
        problem = Problem(
            "datapackage", str(path), None, None, None, "the folder is there", _no_folder_hint(path)
        )
        return {}, [problem], read_schema()
    schema = read_schema(path)
    where = schema.folder if path is None else path
    readings = {name: read_table(table, where) for name, table in schema.tables.items()}
    for reading in readings.values():
        for name, column in reading.columns.items():
            check_cells(reading, reading.table.fields[name], column)
    for reading in readings.values():
        check_references(reading, readings)
        row_rules.check(reading)
    return readings, [problem for reading in readings.values() for problem in reading.problems], schema


def _no_folder_hint(path: Path) -> str:
    return "It is a file; give the folder that holds it." if path.exists() else "There is no such folder."


def check_cells(reading: Reading, field: Field, column: Column) -> None:
    """Required, unique, type, and allowed values of one column."""
    is_key = field.name == reading.table.key
    if column.text.null_count and (field.required or is_key):
        empty = np.flatnonzero(column.indices < 0)
        reading.add_rows(empty, field.name, "a value is required", f"Fill it in. {field.description}".strip())
    if is_key or field.unique:
        _check_unique(reading, field.name, column)
    if field.type != "string":
        bad = column.parsed(field).bad
        if bad.any():
            what, hint = TYPE_WORDS[field.type]
            reading.add_rows(column.rows_of(bad), field.name, what, hint)
    for check in _checks(field):
        for bad, rule, hint in check(field, column):
            if bad.any():
                reading.add_rows(column.rows_of(bad), field.name, rule, hint)


def _checks(field: Field) -> list[Callable[[Field, Column], Iterator[tuple[np.ndarray, str, str]]]]:
    """The checks that a column asks for. Free text asks for none and is never sorted into distinct values."""
    asked = [check for names, check in CONSTRAINT_CHECKS if names & field.constraints.keys()]
    asked += [_calendar] * field.mixed_date
    asked += [_list] * (field.list_of is not None)
    return asked


def _check_unique(reading: Reading, name: str, column: Column) -> None:
    given = column.indices[column.indices >= 0]
    if len(given) == len(column.values):
        return
    rows = np.flatnonzero(column.indices >= 0)
    _, first = np.unique(given, return_index=True)
    again = np.delete(rows, first)
    firsts = dict(zip(given[first].tolist(), rows[first].tolist(), strict=True))
    for row in again[:MOST_PER_RULE].tolist():
        line = int(reading.lines[firsts[int(column.indices[row])]])
        value = column.text[row].as_py()
        reading.add(
            int(reading.lines[row]), name, value, "each value stands once", f"It stands on line {line} too."
        )


Faults = Iterator[tuple[np.ndarray, str, str]]  # a mask over the distinct values, the rule, the hint


def _enum(field: Field, column: Column) -> Faults:
    texts, allowed = column.values, field.enum or ()
    unknown = ~pc.is_in(texts, pa.array(allowed, pa.string())).to_numpy(zero_copy_only=False)
    for position in np.flatnonzero(unknown).tolist():
        near = difflib.get_close_matches(texts[position].as_py()[:100], allowed, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        one = np.zeros(len(texts), bool)
        one[position] = True
        yield one, "one of the allowed values", f"{hint}Allowed: {', '.join(allowed)}."


def _pattern(field: Field, column: Column) -> Faults:
    hint = f"Write it like the others of this column. {field.description}".strip()
    if field.mixed_date:
        hint = MIXED_DATE_HINT
    elif field.list_of:
        hint = LIST_HINT
    pattern = field.constraints["pattern"]
    yield ~full_match(column.values, pattern), f"matches the pattern {pattern}", hint


def _length(field: Field, column: Column) -> Faults:
    lengths = pc.utf8_length(column.values).to_numpy(zero_copy_only=False)
    shortest, longest = field.constraints.get("minLength"), field.constraints.get("maxLength")
    if shortest is not None:
        yield lengths < shortest, f"at least {shortest} characters", "Complete it."
    if longest is not None:
        yield lengths > longest, f"at most {longest} characters", "Shorten it."


def _calendar(field: Field, column: Column) -> Faults:
    """Days and months that look right and don't exist; what looks wrong is told by the column's pattern."""
    impossible = [
        bool(MIXED_DATE.fullmatch(text)) and not is_valid(text) for text in column.values.to_pylist()
    ]
    yield np.array(impossible, dtype=bool), "a date that the calendar has", MIXED_DATE_HINT


def _bounds(field: Field, column: Column) -> Faults:
    if field.type == "string":
        return
    parsed = column.parsed(field)
    unit = f" {field.unit}" if field.unit else ""
    for name, word in (("minimum", "at least"), ("maximum", "at most")):
        limit = field.constraints.get(name)
        if limit is not None:
            bound = np.datetime64(limit) if field.type == "date" else limit
            broken = parsed.values < bound if name == "minimum" else parsed.values > bound
            yield broken & ~parsed.bad, f"{word} {limit}", f"Check the number and its unit{unit}."


def _list(field: Field, column: Column) -> Faults:
    ids = pc.split_pattern(column.values, ";")
    parents = pc.list_parent_indices(ids).to_numpy()
    pairs = parents.astype(np.int64) * len(parents) + ids.flatten().dictionary_encode().indices.to_numpy()
    pairs.sort()
    doubled = np.zeros(len(column.values), bool)
    doubled[pairs[1:][pairs[1:] == pairs[:-1]] // max(len(parents), 1)] = True
    yield doubled, "an id stands once in a list", LIST_HINT


CONSTRAINT_CHECKS = (
    ({"enum"}, _enum),
    ({"pattern"}, _pattern),
    ({"minLength", "maxLength"}, _length),
    ({"minimum", "maximum"}, _bounds),
)


def check_references(reading: Reading, readings: dict[str, Reading]) -> None:
    """Every id that a row names is there: in single columns and in lists."""
    for key in reading.table.foreign_keys:
        column, target = reading.columns.get(key.column), readings[key.table].columns.get(key.target)
        if column is None or target is None:  # told as a missing file or column
            continue
        dangling = ~pc.is_in(column.values, target.values).to_numpy(zero_copy_only=False)
        _tell_dangling(reading, key.column, column, dangling, key.table, target.values)
    for name, field in reading.table.fields.items():
        column = reading.columns.get(name)
        known = _ids_for(field, readings)
        if column is None or known is None:
            continue
        ids = pc.split_pattern(column.values, ";")
        missing = ~pc.is_in(ids.flatten(), known).to_numpy(zero_copy_only=False)
        if missing.any():
            dangling = np.zeros(len(column.values), bool)
            dangling[pc.list_parent_indices(ids).to_numpy()[missing]] = True
            _tell_dangling(reading, name, column, dangling, field.list_of, known)


def _ids_for(field: Field, readings: dict[str, Reading]) -> pa.Array | None:
    """The ids that a list column may name ("*": those of every table); None where a table couldn't be read."""
    if field.list_of is None:
        return None
    tables = readings.values() if field.list_of == "*" else [readings[field.list_of]]
    keys = [reading.columns.get(reading.table.key) for reading in tables]
    return pa.concat_arrays([key.values for key in keys if key is not None]) if None not in keys else None


def _tell_dangling(
    reading: Reading, name: str, column: Column, dangling: np.ndarray, table: str | None, known: pa.Array
) -> None:
    where = "any table" if table == "*" else table
    rule, general = f"refers to a row of {where}", f"Add the row to {where}, or correct the id."
    hinted = np.flatnonzero(dangling)[:MOST_HINTS].tolist()
    ids = known.to_pylist() if hinted and len(known) <= MOST_IDS_COMPARED else []
    for position in hinted:
        wrong = next((part for part in column.values[position].as_py().split(";") if part not in ids), "")
        near = difflib.get_close_matches(wrong[:100], ids, 1)
        one = np.zeros(len(dangling), bool)
        one[position] = True
        hint = f"{wrong} isn't there. Did you mean {near[0]}?" if near else general
        reading.add_rows(column.rows_of(one), name, rule, hint)
    rest = dangling.copy()
    rest[hinted] = False
    reading.add_rows(column.rows_of(rest), name, rule, general)
