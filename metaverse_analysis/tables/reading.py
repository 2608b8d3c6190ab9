"""From a CSV file to columns of text, with everything that is wrong with the file as a file.

Arrow parses; Python's csv module runs over the file only when something must be named by its line.
Nothing is converted here: a cell is its text, and an empty cell is missing ("NA", "None" and "null" are words).
"""

from __future__ import annotations

import csv
import difflib
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from .problems import Problem, shorten
from .schema import Table
from .typed import Column, typed_column

MOST_PER_RULE = 100_000  # problems listed for one rule of one column; the rest is counted in one more
BLOCK_BYTES = 8 << 20
LARGEST_BLOCK_BYTES = (1 << 31) - 1  # what Arrow takes


@dataclass
class Reading:
    """A file as read: its columns, how many rows it has, and the problems found so far."""

    table: Table
    path: Path
    columns: dict[str, Column] = field(default_factory=dict)
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    _data: bytes = b""

    def add(self, line: int | None, column: str | None, value: str | None, rule: str, hint: str) -> None:
        shown = None if value is None else shorten(value)
        self.problems.append(Problem(self.table.name, str(self.path), line, column, shown, rule, hint))

    def add_rows(self, rows: np.ndarray, column: str | None, rule: str, hint: str) -> None:
        """One problem for each row, with the line and the value found there."""
        cells = self.columns[column].text if column in self.columns else None
        for row in rows[:MOST_PER_RULE].tolist():
            value = None if cells is None else cells[row].as_py()
            self.add(int(self.lines[row]), column, value, rule, hint)
        if len(rows) > MOST_PER_RULE:
            more = len(rows) - MOST_PER_RULE
            self.add(None, column, None, rule, f"{more:,} more rows break the same rule and aren't listed.")

    @cached_property
    def lines(self) -> np.ndarray:
        """The line on which each row begins."""
        return np.array([line for line, cells in _csv_rows(self._data) if cells][1:], dtype=np.int64)

    def frame(self) -> pd.DataFrame:
        """The table typed, in the schema's column order. Only for a reading without problems."""
        fields = self.table.fields.items()
        return pd.DataFrame(
            {name: typed_column(field, self.columns[name]) for name, field in fields}, copy=False
        )


def read_table(table: Table, folder: Path) -> Reading:
    """Read one table of a folder; whatever is wrong with the file is in `.problems`."""
    reading = Reading(table, folder / table.path)
    data = _read_bytes(reading)
    if data is None:
        return reading
    data = _clean_bytes(data, reading)
    reading._data = data
    header = _header(data, reading)
    if header is not None:
        _parse(data, header, reading)
    return reading


def _read_bytes(reading: Reading) -> bytes | None:
    """The file's bytes; None, with the problem told, where it is not a readable CSV file."""
    path, name = reading.path, reading.table.path
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        hint = f"Add {name}; a table without rows has its header alone."
        if path.parent.is_dir():
            near = difflib.get_close_matches(name, os.listdir(path.parent), 1)
            hint += f" Is it {near[0]}?" if near else ""
        reading.add(None, None, None, "the file is there", hint)
        return None
    except OSError as error:
        reading.add(None, None, None, "the file can be read", f"It can't: {error.strerror or error}.")
        return None
    if not data[:4096].strip() and not data.strip():
        reading.add(None, None, None, "the file has a header", "It is empty. Write the header line at least.")
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        reading.add(1, None, None, "text is UTF-8", "The file is UTF-16. Save it as CSV in UTF-8.")
        return None
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"<", b"{", b"[") or start[:4] in (b"PK\x03\x04", b"%PDF"):
        found = start[:40].decode("utf-8", "replace").splitlines()[0]
        hint = "This looks like a web page or another kind of file. Fetch or export the table again."
        reading.add(1, None, found, "the file is CSV", hint)
        return None
    return data


def _clean_bytes(data: bytes, reading: Reading) -> bytes:
    """The bytes as valid UTF-8 without byte-order mark, each fault told, so that the rest can still be checked."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in data:
        for number, line in enumerate(data.splitlines(), 1):
            if b"\0" in line:
                reading.add(
                    number, None, None, "text has no NUL bytes", "Remove the byte, or save the file again."
                )
        data = data.replace(b"\0", "\N{REPLACEMENT CHARACTER}".encode())
    if not _is_utf8(data):
        for number, line in enumerate(data.splitlines(), 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                found = line[max(0, error.start - 10) : error.end + 10].decode("utf-8", "replace")
                hint = "Save the file as UTF-8 (it may be GBK, Big5 or Latin-1)."
                reading.add(number, None, found, "text is UTF-8", hint)
        data = data.decode("utf-8", "replace").encode()
    return data if data.endswith((b"\n", b"\r")) else data + b"\n"


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, looked at in place."""
    offsets = np.array([0, len(data)], dtype=np.int64)
    whole = pa.Array.from_buffers(pa.large_string(), 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _csv_rows(data: bytes) -> Iterable[tuple[int, list[str]]]:
    """Each row with the line on which it begins, as Python's csv module sees them."""
    before = csv.field_size_limit(max(len(data), csv.field_size_limit()))
    try:
        reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline=""))
        line = 1
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(before)


def _header(data: bytes, reading: Reading) -> list[str] | None:
    """The names in the first line; columns that are missing, unknown or doubled are told."""
    _, names = next(iter(_csv_rows(data)))
    wanted = list(reading.table.fields)
    if not names:
        reading.add(1, None, None, "the first line is the header", "Remove the empty lines above it.")
        return None
    if len(names) == 1 and len(wanted) > 1:
        hint = f"Cells are separated by commas; the columns are {', '.join(wanted)}."
        reading.add(1, None, names[0], "the first line is the header", hint)
        return None
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        reading.add(1, name, name, "a column stands once", "Remove or rename the second one.")
    for name in dict.fromkeys(names):
        if name not in wanted:
            near = difflib.get_close_matches(name, wanted, 1)
            hint = f"Is it {near[0]}?" if near else "Remove it, or describe it in datapackage.json."
            reading.add(1, name or None, name, "a column is one that the schema knows", hint)
    for name in wanted:
        if name not in names:
            hint = "Add it to the header; its cells may stay empty where it isn't required."
            reading.add(1, name, None, "every column of the schema is there", hint)
    return names


def _parse(data: bytes, header: list[str], reading: Reading) -> None:
    """Fill the reading's columns; rows that are no rows of this table are told and left out."""
    frame, skipped = _read_arrow(data, len(header))
    for position, name in reversed(
        list(enumerate(header))
    ):  # where two columns share a name, the first counts
        if name in reading.table.fields:
            reading.columns[name] = Column(frame.column(position))
    reading.rows = frame.num_rows
    key = reading.columns.get(reading.table.key)
    # An empty line comes as a row without a key, like any row that lacks it.
    if skipped or key is None or key.text.null_count or data.count(b'"') % 2:
        _tell_broken_rows(data, len(header), reading)


def _read_arrow(data: bytes, width: int) -> tuple[pa.Table, int]:
    """All rows as text, and how many were skipped because they have too few or too many cells."""
    try:
        frame, skipped = _read_blocks(data, width, BLOCK_BYTES, newlines_in_cells=False)
        if (
            data.count(b"\n") == frame.num_rows + skipped + 1
        ):  # the header is the one; so no cell has a line break
            return frame, skipped
    except pa.ArrowInvalid:  # a row is longer than a block
        pass
    return _read_blocks(data, width, min(len(data) + 1, LARGEST_BLOCK_BYTES), newlines_in_cells=True)


def _read_blocks(data: bytes, width: int, block: int, *, newlines_in_cells: bool) -> tuple[pa.Table, int]:
    skipped = []

    def skip(row: pa.csv.InvalidRow) -> str:
        skipped.append(row.actual_columns)
        return "skip"

    names = [str(position) for position in range(width)]  # Arrow wants names that differ
    frame = pa.csv.read_csv(
        pa.BufferReader(data),
        read_options=pa.csv.ReadOptions(
            block_size=block, column_names=names, skip_rows_after_names=1, use_threads=len(data) > block
        ),
        parse_options=pa.csv.ParseOptions(
            newlines_in_values=newlines_in_cells, invalid_row_handler=skip, ignore_empty_lines=False
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=[""],
            check_utf8=False,
        ),
    )
    return frame, len(skipped)


def _tell_broken_rows(data: bytes, width: int, reading: Reading) -> None:
    """Name the lines with too few or too many cells, the empty ones, and a quote that is never closed."""
    lines, filled = [], []
    for line, cells in _csv_rows(data):
        if not cells:
            reading.add(line, None, None, "no line is empty", "Remove the line.")
        elif len(cells) != width:
            hint = (
                f"It has {len(cells)}. Put quotes around a cell with a comma; write nothing for an empty one."
            )
            reading.add(line, None, cells[0], f"every row has {width} cells, as the header", hint)
        if not cells or len(cells) == width:
            lines.append(line)
            filled.append(bool(cells))
    keep = np.array(filled[1:], dtype=bool)
    reading.lines = np.array(lines[1:], dtype=np.int64)[keep]
    if data.count(b'"') % 2:
        last = int(reading.lines[-1]) if len(reading.lines) else 1
        hint = "A cell that begins with a quote must end with one. The file may be cut off here."
        reading.add(last, None, None, "quotes come in pairs", hint)
    if len(keep) != reading.rows:
        # The two parsers part ways: rows can't be named with certainty, so no more is said of them.
        reading.add(None, None, None, "the rows can be told apart", "Check the quotes in the file.")
        reading.columns, reading.rows = {}, 0
    elif not keep.all():
        mask = pa.array(keep)
        reading.columns = {name: Column(column.text.filter(mask)) for name, column in reading.columns.items()}
        reading.rows = int(keep.sum())
