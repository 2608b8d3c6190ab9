"""Hold every table of a folder against the schema, and find every rule that is broken.

Rules about one cell are applied to the distinct values of a column, rules about references to the distinct
values of two columns, rules about rows to typed columns: the work grows with the rows, never with their square.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import alike, currencies, row_rules
from .column_types import ARROW_TEXT, full_match
from .dates import is_valid
from .files import set_aside
from .marks import DESCRIPTOR
from .problems import MOST_PER_RULE, DataError, Problem, nearest, shorten
from .reading import MOST_HINTS, Column, Reading, read_table
from .schema import LIST_PATTERN, MIXED_DATE_PATTERN, Field, Schema, read_schema
from .steady import ATTEMPTS, PAUSE, Watch
from .units import SCALES, money_unit

TYPE_WORDS = {
    "number": ("a number", "Write digits with a point, without commas, units or words: 1250.5."),
    "integer": ("a whole number", "Write digits only: 2025."),
    "boolean": ("true or false", "Write true or false."),
    "date": ("a day as YYYY-MM-DD that the calendar has", "Write a day such as 2023-09-15."),
}
MIXED_DATE_HINT = "Write a day, a month or a year: 2023-09-15, 2023-09 or 2023."
MOST_IDS_COMPARED = 20_000  # among so many a near one is looked for, and for so few:
MOST_IDS_LOOKED_FOR = 5
SAFE_LENGTH = 15  # characters of a number that is kept whatever its digits
LIST_HINT = "Separate ids by ; without spaces, each once."


def read_and_check(folder: str | os.PathLike[str] | None) -> tuple[dict[str, Reading], list[Problem], Schema]:
    """Read all tables of a folder; give the readings, every problem, and the schema that holds for it.

    A folder that another program writes meanwhile is read again.
    """
    path = None if folder is None else _path(folder)
    for attempt in range(ATTEMPTS):
        time.sleep(attempt * PAUSE)
        watch = Watch()
        try:
            found = _read_once(path, watch)
        except DataError:
            if watch.nothing_changed():
                raise
        else:
            if watch.nothing_changed():
                return found
    hint = "The folder changed each time that it was read: another program is writing it. Try again later."
    return _no_folder(path, "a folder stays the same while it is read", hint)


def _read_once(path: Path | None, watch: Watch) -> tuple[dict[str, Reading], list[Problem], Schema]:
    if path is not None and (missing := _not_a_folder(watch.look(path))):
        return _no_folder(path, "the folder is there", missing)
    if path is not None:
        watch.look(path / DESCRIPTOR)
    schema = read_schema(path)
    where = schema.folder if path is None else path
    readings = {}
    for name, table in schema.tables.items():
        watch.look(where / table.path)
        readings[name] = read_table(table, where)
    for reading in readings.values():
        for name, column in reading.columns.items():
            check_cells(reading, reading.table.fields[name], column)
        for columns in reading.table.unique_keys:
            _check_unique(reading, columns)
    alike.check_variants(readings)
    for reading in readings.values():
        check_references(reading, readings)
        row_rules.check(reading)
    problems = [problem for reading in readings.values() for problem in reading.problems.sorted()]
    return readings, problems, schema


def _no_folder(path: Path | None, rule: str, hint: str) -> tuple[dict[str, Reading], list[Problem], Schema]:
    return {}, [Problem("datapackage", str(path), None, None, None, rule, hint)], read_schema()


def _path(folder: str | os.PathLike[str]) -> Path:
    if not isinstance(folder, (str, os.PathLike)):
        raise ValueError(f"a folder is a path, not {type(folder).__name__}: {folder!r}")
    given = os.fspath(folder)
    if not isinstance(given, str) or not given:
        raise ValueError(f"a folder is a path, not {given!r}")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", given):  # a Path has one slash less than an address
        raise ValueError(
            f"{given} is an address: only folders on this machine are read. Fetch its files first"
        )
    try:
        return Path(given).expanduser()  # ~/data
    except RuntimeError as error:
        raise ValueError(f"{given}: {error}") from None


def _not_a_folder(path: Path) -> str | None:
    """Why a path is no folder that can be read; None if it is one."""
    try:
        with os.scandir(path):
            return None
    except NotADirectoryError:
        return "It is a file; give the folder that holds it."
    except FileNotFoundError:
        return "There is no such folder." + _set_aside(path)
    except (OSError, ValueError) as error:  # no permission, a circle of links, a name that no folder can have
        return f"It can't be opened: {getattr(error, 'strerror', None) or error}."


def _set_aside(path: Path) -> str:
    """What to do where a run that was to replace the folder has set it aside; nothing where none did."""
    if not path.name or not os.path.lexists(aside := set_aside(path)):
        return ""
    time.sleep(PAUSE)  # it may be about to move the new one in
    return f" {aside.name} beside it was set aside by a run that was stopped: give it its name again."


def check_cells(reading: Reading, field: Field, column: Column) -> None:
    """Required, unique, type, and allowed values of one column."""
    is_key = field.name == reading.table.key
    if column.text.null_count and (field.required or is_key):
        empty = np.flatnonzero(column.indices < 0)
        reading.add_rows(empty, field.name, "a value is required", f"Fill it in. {field.description}".strip())
    if is_key or field.unique:
        _check_unique(reading, (field.name,))
    odd = reading.odd[field.name] = alike.check_characters(reading, field, column)
    if field.type != "string":
        bad = _besides(column.parsed(field).bad, odd)
        if bad.any():
            what, hint = TYPE_WORDS[field.type]
            reading.add_rows(column.rows_of(bad), field.name, what, hint)
    if field.type == "number":
        _check_digits(reading, field, column)
    for check in _checks(field):
        for fault in check(field, column):
            bad = _besides(fault.bad, odd)
            if bad.any():
                reading.add_rows(column.rows_of(bad), field.name, fault.rule, fault.hint, fault.hints)


def _check_digits(reading: Reading, field: Field, column: Column) -> None:
    """Numbers that would become others: of more digits than 64 bits keep, or too near to zero."""
    parsed = column.parsed(field)
    long = pc.greater(pc.binary_length(column.values), SAFE_LENGTH).to_numpy(zero_copy_only=False)
    small = pc.match_substring(column.values, "e-", ignore_case=True).to_numpy(zero_copy_only=False)
    changed, hints = np.zeros(len(column.values), bool), {}
    for position in np.flatnonzero((long | small) & ~parsed.bad).tolist():
        kept = repr(float(parsed.values[position]))
        if Decimal(kept) != Decimal(column.values[position].as_py()):
            changed[position] = True
            hints[position] = f"It would become {kept}. Write no more digits than that."
    if changed.any():
        reading.add_rows(
            column.rows_of(changed), field.name, "a number that 64 bits keep as it is", "", hints
        )


def _besides(bad: np.ndarray, odd: np.ndarray | None) -> np.ndarray:
    """What is wrong with a value that has a character out of place is told as that alone."""
    return bad if odd is None else bad & ~odd


def _checks(field: Field) -> list[Check]:
    """The checks that a column asks for. Free text asks for none and is never sorted into distinct values."""
    asked: list[Check] = [check for names, check in CONSTRAINT_CHECKS if names & field.constraints.keys()]
    asked += [_calendar] * field.mixed_date
    asked += [_list] * (field.list_of is not None)
    asked += [_currency] * (field.name == "unit" and field.enum is None)
    return asked


def _check_unique(reading: Reading, names: Sequence[str]) -> None:
    """Rows in which none of these columns is empty differ in one of them."""
    if not set(names) <= reading.columns.keys():
        return
    kinds = _kinds(reading, names)
    rows = np.flatnonzero(kinds >= 0)
    if kinds.max(initial=-1) + 1 == len(rows):
        return
    _, first, kind = np.unique(kinds[rows], return_index=True, return_inverse=True)
    again = np.delete(np.arange(len(rows)), first)
    rule = "each value stands once" if len(names) == 1 else f"{' and '.join(names)} together stand once"
    column = reading.columns[names[-1]]
    for place in again[:MOST_PER_RULE].tolist():
        row, other = int(rows[place]), int(rows[first[kind[place]]])
        value, same = column.text[row].as_py(), column.text[other].as_py()
        spelt = "" if value == same else f" as {same!r}"
        hint = f"It stands on line {int(reading.lines[other])} too{spelt}."
        reading.problems.add(int(reading.lines[row]), names[-1], value, rule, hint)


def _kinds(reading: Reading, names: Sequence[str]) -> np.ndarray:
    """For each row a number from 0 on that tells the values of these columns apart; -1 where one is empty."""
    first, *others = (_kinds_of_one(reading, name) for name in names)
    for other in others:
        both = np.where((first < 0) | (other < 0), -1, first * (other.max(initial=0) + 1) + other)
        first = np.unique(both, return_inverse=True)[1] - int((both < 0).any())
    return first


def _kinds_of_one(reading: Reading, name: str) -> np.ndarray:
    column, field = reading.columns[name], reading.table.fields[name]
    if field.type == "string":
        return column.indices.astype(np.int64)
    return column.spread(column.alike(field).dictionary_encode().indices.to_numpy().astype(np.int64), -1)


class Fault(NamedTuple):
    """A rule and the distinct values that break it, as a mask, with hints for some of them by their position."""

    bad: np.ndarray
    rule: str
    hint: str
    hints: Mapping[int, str] | None = None


Faults = Iterator[Fault]
Check = Callable[[Field, Column], Faults]


def _enum(field: Field, column: Column) -> Faults:
    allowed = frozenset(field.enum or ())
    unknown = np.array([word not in allowed for word in column.words], dtype=bool)
    general = f"Allowed: {', '.join(field.enum or ())}."
    hints = {}
    for position in np.flatnonzero(unknown)[:MOST_HINTS].tolist():
        near = nearest(column.words[position], field.enum or ())
        hints[position] = f"Did you mean {near}? {general}" if near else general
    yield Fault(unknown, "one of the allowed values", general, hints)


def _pattern(field: Field, column: Column) -> Faults:
    pattern = field.constraints["pattern"]
    if (field.mixed_date and pattern == MIXED_DATE_PATTERN) or (field.list_of and pattern == LIST_PATTERN):
        return  # these words for other tools say what _calendar and _list check
    hint = f"Write it like the others of this column. {field.description}".strip()
    yield Fault(~full_match(column.values, pattern), f"matches the pattern {pattern}", hint)


def _length(field: Field, column: Column) -> Faults:
    lengths = pc.utf8_length(column.values).to_numpy(zero_copy_only=False)
    shortest, longest = field.constraints.get("minLength"), field.constraints.get("maxLength")
    if shortest is not None:
        yield Fault(lengths < shortest, f"at least {shortest} characters", "Complete it.")
    if longest is not None:
        yield Fault(lengths > longest, f"at most {longest} characters", "Shorten it.")


def _calendar(field: Field, column: Column) -> Faults:
    wrong = np.array([not is_valid(word) for word in column.words], dtype=bool)
    yield Fault(wrong, "a date that the calendar has", MIXED_DATE_HINT)


def _bounds(field: Field, column: Column) -> Faults:
    parsed = column.parsed(field)
    hint = "Check the day." if field.type == "date" else "Check the number and its unit."
    for name, word in (("minimum", "at least"), ("maximum", "at most")):
        limit = field.constraints.get(name)
        if limit is not None:
            bound = np.datetime64(limit) if field.type == "date" else _number(limit)
            broken = parsed.values < bound if name == "minimum" else parsed.values > bound
            yield Fault(broken & ~parsed.bad, f"{word} {shorten(str(limit))}", hint)


def _number(limit: float) -> float:
    """A bound as numpy compares it; one beyond all numbers is infinite."""
    try:
        float(limit)
    except OverflowError:
        return np.inf if limit > 0 else -np.inf
    return limit


def _currency(field: Field, column: Column) -> Faults:
    codes = [money_unit(word)[0] for word in column.words]
    unknown = np.array([code is not None and code not in currencies.ISO_CODES for code in codes], dtype=bool)
    hints = {}
    for position in np.flatnonzero(unknown)[:MOST_HINTS].tolist():
        word, code = column.words[position], codes[position]
        meant = currencies.code_of(str(code))
        if meant:
            hints[position] = f"Write {word.removesuffix(str(code))}{meant}."
    yield Fault(unknown, "a currency has its code of ISO 4217", "Write a code such as CNY or USD.", hints)
    # "bn CNY" would be read as a thing that is counted, and its amount as no money.
    ends = [word.rpartition(" ")[2] for word in column.words]
    unread = np.array(
        [code is None and end in currencies.ISO_CODES for code, end in zip(codes, ends, strict=True)],
        dtype=bool,
    )
    yield Fault(unread, "money has its scale in full", f"Write {', '.join(SCALES)} before the currency.")


def _list(field: Field, column: Column) -> Faults:
    values, ids = split_lists(column.values)
    pairs = values * len(ids) + ids.dictionary_encode().indices.to_numpy()
    pairs.sort()
    doubled = np.zeros(len(column.values), bool)
    doubled[pairs[1:][pairs[1:] == pairs[:-1]] // max(len(ids), 1)] = True
    yield Fault(doubled, "an id stands once in a list", LIST_HINT)
    yield Fault(~full_match(column.values, LIST_PATTERN), "ids joined by ;", LIST_HINT)


def split_lists(texts: pa.Array) -> tuple[np.ndarray, pa.Array]:
    """The ids in lists, and for each the position of its list. What the pattern of a list tells (a space around
    an id, nothing between two semicolons) is passed over."""
    lists = pc.split_pattern(texts, ";")
    ids = pc.ascii_trim_whitespace(lists.flatten())
    filled = pc.not_equal(ids, "")
    return pc.list_parent_indices(lists).filter(filled).to_numpy().astype(np.int64), ids.filter(filled)


CONSTRAINT_CHECKS = (
    ({"enum"}, _enum),
    ({"pattern"}, _pattern),
    ({"minLength", "maxLength"}, _length),
    ({"minimum", "maximum"}, _bounds),
)


def check_references(reading: Reading, readings: dict[str, Reading]) -> None:
    """Every id that a row names is there: in single columns and in lists."""
    for key in reading.table.foreign_keys:
        column, target = reading.columns.get(key.column), readings[key.table]
        # What is missing is told as such. Where no row refers to anything, the keys needn't be sorted out.
        if column is None or key.target not in target.columns or not len(column.values):
            continue
        known = _known(target, key.target)
        spelt = column.alike(reading.table.fields[key.column])
        missing = ~pc.is_in(spelt, known).to_numpy(zero_copy_only=False)
        if missing.any():
            positions = np.flatnonzero(missing)
            wrong = column.values.filter(pa.array(missing))
            _tell_dangling(reading, key.column, positions, wrong, key.table, known)
    for name, field in reading.table.fields.items():
        if field.list_of is None or name not in reading.columns or not len(reading.columns[name].values):
            continue
        known = _ids_for(field.list_of, readings)
        if known is None:
            continue
        positions, ids = split_lists(reading.columns[name].values)
        missing = ~pc.is_in(ids, known).to_numpy(zero_copy_only=False)
        if missing.any():
            wrong = ids.filter(pa.array(missing))
            where = "any table" if field.list_of == "*" else field.list_of
            _tell_dangling(reading, name, positions[missing], wrong, where, known)


def _known(target: Reading, column: str) -> pa.Array:
    """The values of a column that others refer to, and the keys of rows that are told as no rows."""
    values = target.columns[column].alike(target.table.fields[column])
    if column == target.table.key and target.left_out:
        return pa.concat_arrays([values, pa.array(target.left_out, ARROW_TEXT)])
    return values


def _ids_for(name: str, readings: dict[str, Reading]) -> pa.Array | None:
    """The ids that a list may name ("*": those of every table); None where a table couldn't be read."""
    tables = list(readings.values()) if name == "*" else [readings[name]]
    if any(reading.table.key not in reading.columns for reading in tables):
        return None
    return pa.concat_arrays([_known(reading, reading.table.key) for reading in tables])


def _tell_dangling(
    reading: Reading, name: str, positions: np.ndarray, wrong: pa.Array, where: str, known: pa.Array
) -> None:
    """Tell ids that aren't there; `positions` says in which distinct value of the column each of them stands."""
    column = reading.columns[name]
    ids = known.to_pylist() if len(known) <= MOST_IDS_COMPARED else []
    hints: dict[int, str] = {}
    first = zip(positions[:MOST_HINTS].tolist(), wrong[:MOST_HINTS].to_pylist(), strict=True)
    for count, (position, value) in enumerate(first):
        near = nearest(value, ids) if count < MOST_IDS_LOOKED_FOR else None
        advice = f"Did you mean {near!r}?" if near else f"Add its row to {where}, or correct it."
        hints.setdefault(position, f"{shorten(value)!r} isn't there. {advice}")
    dangling = np.zeros(len(column.values), bool)
    dangling[positions] = True
    dangling = _besides(dangling, reading.odd.get(name))
    general = f"Add the row to {where}, or correct the id."
    reading.add_rows(column.rows_of(dangling), name, f"refers to a row of {where}", general, hints)
