"""From a CSV file to columns of text, with everything that is wrong with the file as a file.

Arrow parses; the rows are gone through one by one only when something must be named by its line.
Nothing is converted here: a cell is its text, and an empty cell is missing ("NA", "None" and "null" are words).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from .column_types import ARROW_TEXT, Column, typed_column
from .csv_text import LARGEST_BYTES, Row, first_row, open_table, rows_of, with_sound_quotes
from .parquet import open_parquet
from .problems import MOST_PER_RULE, ProblemList, nearest
from .schema import Table

MOST_HINTS = 20  # wrong words of one kind for which a near one is looked for: that is slow
BLOCK_BYTES = 8 << 20
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars", "，": "Chinese commas", "、": "Chinese commas"}


@dataclass
class Reading:
    """A file as read: its columns, how many rows it has, and the problems found so far."""

    table: Table
    path: Path
    problems: ProblemList
    columns: dict[str, Column] = field(default_factory=dict)
    rows: int = 0
    left_out: list[str] = field(default_factory=list)  # keys of the rows that are no rows
    told_lines: set[int] = field(default_factory=set)  # lines with a quote out of place
    has_lost_characters: bool = False  # the file's bytes were no UTF-8, or NUL
    odd: dict[str, np.ndarray | None] = field(default_factory=dict)  # values with characters out of place
    _data: bytes | None = None  # None where every row is one line

    def add_rows(
        self,
        rows: np.ndarray,
        column: str | None,
        rule: str,
        hint: str,
        hints: Mapping[int, str] | None = None,
    ) -> None:
        """One problem for each row, with the line and the value found there.

        `hints` has those of some values, by their position among the column's distinct ones.
        """
        if not len(rows):
            return
        listed = rows[: MOST_PER_RULE + 1]
        lines = self.lines[listed].tolist()
        values, told = [None] * len(lines), [hint] * len(lines)
        if column is not None:
            cells = self.columns[column]
            values = cells.text.take(listed).to_pylist()
            if hints:
                told = [hints.get(place, hint) for place in cells.indices[listed].tolist()]
        self.problems.add_many(len(rows), lines, column, values, rule, told)

    @cached_property
    def lines(self) -> np.ndarray:
        """The line on which each row begins."""
        if self._data is None:
            return np.arange(2, self.rows + 2)
        return np.array([row.line for row in rows_of(self._data)][1:], dtype=np.int64)

    def frame(self) -> pd.DataFrame:
        """The table typed, in the schema's column order. Only for a reading without problems."""
        fields = self.table.fields.items()
        return pd.DataFrame(
            {name: typed_column(field, self.columns[name]) for name, field in fields}, copy=False
        )


def read_table(table: Table, folder: Path) -> Reading:
    """Read one table of a folder; whatever is wrong with the file is in `.problems`."""
    path = folder / table.path
    reading = Reading(table, path, ProblemList(table.name, str(path), table.fields))
    if path.suffix == ".parquet":
        _read_parquet(reading)
        return reading
    data = open_table(path, reading.problems.add)
    reading.has_lost_characters = len(reading.problems) > 0
    header = None if data is None else _header(first_row(data), reading)
    if data is not None and header is not None:
        data, reading.told_lines = with_sound_quotes(data, reading.problems.add)
        _parse(data, header, reading)
    return reading


def _read_parquet(reading: Reading) -> None:
    cells = open_parquet(reading.path, reading.problems.add)
    if cells is not None and (header := _header(Row(1, cells.column_names), reading)):
        reading.columns = {name: Column(cells.column(place)) for name, place in _places(header, reading)}
        reading.rows = cells.num_rows


def _places(header: list[str], reading: Reading) -> Iterator[tuple[str, int]]:
    """The columns of the schema and where they stand; where two share a name, the first counts."""
    for name in dict.fromkeys(header):
        if name in reading.table.fields:
            yield name, header.index(name)


def _header(first: Row, reading: Reading) -> list[str] | None:
    """The names in the first line; columns that are missing, unknown or doubled are told."""
    tell, wanted = reading.problems.add, reading.table.fields
    if not any(first.cells):
        tell(1, None, None, "the first line is the header", "Remove the empty lines above it.")
        return None
    if not wanted.keys() & set(first.cells) or (len(first.cells) == 1 and len(wanted) > 1):
        found = ",".join(first.cells[:20])
        advice = _advice_on_header(found, first.cells, wanted)
        tell(1, None, found, "the first line is the header", f"{advice} The columns are {', '.join(wanted)}.")
        return None
    unknown = 0
    for name, times in Counter(first.cells).items():
        if not name:
            tell(1, None, name, "every column has a name", "Name it, or remove the comma from every line.")
            continue
        if times > 1:
            tell(1, name, name, "a column stands once", f"It stands {times} times. Remove the others.")
        if name not in wanted:
            unknown += 1
            near = nearest(name, wanted) if unknown <= MOST_HINTS else None
            hint = f"Is it {near}?" if near else "Remove it, or describe it in datapackage.json."
            tell(1, name, name, "a column is one that the schema knows", hint)
    for name in wanted:
        if name not in first.cells:
            hint = "Add it to the header; its cells may stay empty where it isn't required."
            tell(1, name, None, "every column of the schema is there", hint)
    return first.cells


def _advice_on_header(found: str, cells: Sequence[str], wanted: Iterable[str]) -> str:
    """What to do with a first line in which no column has its name."""
    if {cell.strip().casefold() for cell in cells} & (set(wanted) - set(cells)):
        return "The names are written without capitals, and without blanks around them."
    used = next((word for sign, word in SEPARATORS.items() if sign in found), None)
    return f"The file has {used}; save it with commas." if used else "Write it above the rows."


def _parse(data: bytes, header: list[str], reading: Reading) -> None:
    """Fill the reading's columns; rows that are no rows of this table are told and left out."""
    places = dict(_places(header, reading))
    frame, skipped, one_line_each = _read_arrow(data, len(header), list(places.values()))
    reading.columns = dict(zip(places, map(Column, frame.columns), strict=True))
    reading.rows = frame.num_rows
    if not one_line_each:
        reading._data = data
    if skipped and not reading.rows and len(reading.problems) and _header_is_at_fault(data, header, reading):
        return
    key = reading.columns.get(reading.table.key)
    # An empty line comes as a row without a key, like any row that lacks it.
    if skipped or key is None or key.text.null_count:
        _tell_broken_rows(data, header, reading)


def _read_arrow(data: bytes, width: int, places: list[int]) -> tuple[pa.Table, int, bool]:
    """The wanted columns as text, how many rows have too few or too many cells, and whether each row is one line."""
    if b"\r" not in data or data.count(b"\r") == data.count(
        b"\r\n"
    ):  # else some lines end in an old Mac's way
        try:
            frame, skipped = _read_blocks(data, width, places, BLOCK_BYTES, newlines_in_cells=False)
            # A cell with a line break has quotes. The header is the one line more.
            if b'"' not in data or data.count(b"\n") == frame.num_rows + skipped + 1:
                return frame, skipped, True
        except pa.ArrowInvalid:  # a row is longer than a block
            pass
    whole = min(len(data) + 1, LARGEST_BYTES)
    return *_read_blocks(data, width, places, whole, newlines_in_cells=True), False


def _read_blocks(
    data: bytes, width: int, places: list[int], block: int, *, newlines_in_cells: bool
) -> tuple[pa.Table, int]:
    skipped = []

    def skip(row: pa.csv.InvalidRow) -> str:
        skipped.append(row.actual_columns)
        return "skip"

    names = [str(place) for place in range(width)]  # Arrow wants names that differ
    wanted = [str(place) for place in places]
    frame = pa.csv.read_csv(
        pa.BufferReader(data),
        read_options=pa.csv.ReadOptions(
            block_size=block, column_names=names, skip_rows_after_names=1, use_threads=len(data) > block
        ),
        parse_options=pa.csv.ParseOptions(
            newlines_in_values=newlines_in_cells, invalid_row_handler=skip, ignore_empty_lines=False
        ),
        convert_options=pa.csv.ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, ARROW_TEXT),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=[""],
            check_utf8=False,
        ),
        memory_pool=pa.system_memory_pool(),  # half the time of the default one, which asks for memory anew
    )
    return frame, len(skipped)


def _header_is_at_fault(data: bytes, header: list[str], reading: Reading) -> bool:
    """Whether all rows have the same number of cells, the header alone another one, and it was told as faulty."""
    widths = {len(row.cells) for row in rows_of(data) if row.line > 1 and any(row.cells)}
    if len(widths) != 1:
        return False
    hint = (
        f"It has {len(header):,} names, and every row has {widths.pop():,} cells. Correct the header first."
    )
    reading.problems.add(1, None, None, "the header has a name for each cell", hint)
    reading.columns = {}
    return True


def _tell_broken_rows(data: bytes, header: list[str], reading: Reading) -> None:
    """Name the lines with too few or too many cells and the empty ones, and leave their rows out."""
    tell, width, key = reading.problems.add, len(header), reading.table.key
    key_place = header.index(key) if key in header else width
    rows = rows_of(data)
    next(rows)
    lines, filled = [], []
    for line, cells in rows:
        if not any(cells):
            tell(line, None, None, "no line is empty", "Remove the line; if it has commas, these too.")
        elif len(cells) != width:
            hint = f"It has {len(cells):,}. Put quotes around a cell with a comma; write nothing for an empty one."
            if line not in reading.told_lines:
                tell(line, None, cells[0], f"every row has {width} cells, as the header", hint)
            reading.left_out += cells[key_place : key_place + 1]
        if len(cells) in (0, width):  # the rows that Arrow gives
            lines.append(line)
            filled.append(any(cells))
    keep = np.array(filled, dtype=bool)
    reading.lines = np.array(lines, dtype=np.int64)[keep]
    if len(keep) != reading.rows:
        # The two parsers part ways: rows can't be named with certainty, so no more is said of them.
        tell(None, None, None, "the rows can be told apart", "Check the quotes in the file.")
        reading.columns, reading.rows = {}, 0
    elif not keep.all():
        mask = pa.array(keep)
        reading.columns = {name: Column(column.text.filter(mask)) for name, column in reading.columns.items()}
        reading.rows = int(keep.sum())
