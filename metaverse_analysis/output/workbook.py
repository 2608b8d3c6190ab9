"""Tables as the sheets of an Excel workbook, with every cell what it was: text stays text and never runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..tables.marks import MARK
from ..tables.writing import text_of
from .archive import FIRST_DAY, SteadyZip

# Limits of the file format, as Excel's documentation gives them.
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT, LONGEST_SHEET_NAME = 1_048_576, 16_384, 32_767, 31
EARLIEST = pd.Timestamp("1900-03-01")  # earlier days are counted wrongly, or not at all
LARGEST_INTEGER = 2**53  # numbers are 64-bit floats
# What XML can't hold, a carriage return (it would be read as a line feed), and how Excel writes such characters.
NOT_HELD = r"[\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]|_x[0-9A-Fa-f]{4}_"
RUNS = re.compile(r"[=+\-@\t\n＝＋－＠]")  # first characters for which a program may take text for a formula
PROPERTIES = "docProps/core.xml"
ONE_DAY = datetime(*FIRST_DAY)  # a true one would change the bytes
NARROWEST, WIDEST, WIDEST_WRAPPED = 9, 44, 80  # in characters


def write_workbook(
    tables: Mapping[str, pd.DataFrame], path: Path, keys: Mapping[str, str], *, title: str | None = None
) -> None:
    """Write each table to a sheet of its own: header in bold, frozen and with filters. The first is the codebook.

    Text that a program might take for a formula is marked as text twice: by the cell's type, and so that it stays
    text when somebody edits it.

    Raises
    ------
    ValueError
        If a cell holds what a workbook can't; the message names table, column and key of the row.
    ImportError
        If openpyxl isn't installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.writer.excel import ExcelWriter
    except ImportError:
        raise ImportError(
            "a workbook needs openpyxl: pip install openpyxl, or this package with [export]"
        ) from None

    for name, frame in tables.items():
        _refuse_what_does_not_fit(frame, name, keys.get(name))
    book = Workbook(write_only=True)
    about = book.properties
    about.title, about.creator, about.created, about.modified = title, MARK, ONE_DAY, ONE_DAY
    try:
        with SteadyZip(path, "x") as archive:
            for place, (name, sheet_name) in enumerate(zip(tables, sheet_names(tables), strict=True)):
                _write_sheet(book.create_sheet(sheet_name), tables[name], wrapped=place == 0)
            ExcelWriter(book, archive).write_data()
    except Exception as error:
        for sheet in book.worksheets:  # a sheet that is left open complains when it is forgotten
            with suppress(Exception):
                sheet.close()
        if type(error).__module__.partition(".")[0] == "lxml":  # openpyxl writes by it, if it is there
            raise OSError(f"can't write {path}: {error}") from error
        raise


def is_workbook_of_ours(path: Path) -> bool:
    """Whether a file is a workbook as this package writes it, which nobody saved anew."""
    try:
        with ZipFile(path) as archive:
            about = archive.read(PROPERTIES)
    except (OSError, KeyError, BadZipFile, NotImplementedError, RuntimeError):
        return False
    said = re.findall(rb"<(?:\w+:)?(creator|lastModifiedBy|modified)\b[^>]*>([^<]*)<", about)
    return said == [(b"creator", MARK.encode()), (b"modified", f"{ONE_DAY:%Y-%m-%dT%XZ}".encode())]


def sheet_names(tables: Iterable[str]) -> list[str]:
    """A name for each table's sheet: its own, or as much of it as a sheet may have and none has yet.

    Examples
    --------
    >>> sheet_names(["places", "a_table_with_a_very_long_name_number_1", "a_table_with_a_very_long_name_number_2"])
    ['places', 'a_table_with_a_very_long_name_n', 'a_table_with_a_very_long_name_2']
    """
    names: list[str] = []
    taken = {"history"}  # Excel keeps it for itself
    for table in tables:
        name, number = table[:LONGEST_SHEET_NAME], 1
        while name.lower() in taken:
            number += 1
            end = f"_{number}"
            name = table[: LONGEST_SHEET_NAME - len(end)].rstrip("_") + end
        taken.add(name.lower())
        names.append(name)
    return names


def _refuse_what_does_not_fit(frame: pd.DataFrame, name: str, key: str | None) -> None:
    if len(frame) >= MOST_ROWS or frame.shape[1] > MOST_COLUMNS:
        raise ValueError(
            f"{name} has {len(frame):,} rows and {frame.shape[1]:,} columns; a sheet holds {MOST_ROWS - 1:,} and "
            f"{MOST_COLUMNS:,}. Export it as parquet, sqlite or csv"
        )
    for column in frame:
        for bad, why in _unfit(frame[column], name):
            if len(rows := bad.to_numpy(zero_copy_only=False).nonzero()[0]):
                row = rows[0]
                where = f"{key} {frame[key].iloc[row]!r}" if key else f"row {row + 1}"
                raise ValueError(
                    f"{name}.{column} at {where}: a workbook can't hold {why}. {len(rows):,} such cells"
                )


def _unfit(column: pd.Series, name: str) -> Iterator[tuple[pa.Array, str]]:
    """Masks of the cells that don't fit, each with the reason."""
    match column.dtype.kind:
        case "M":
            yield pa.array(column < EARLIEST), "a day before 1 March 1900"
        case "i" | "u":
            yield pa.array((column.abs() > LARGEST_INTEGER).fillna(False).astype(bool)), "so many digits"
        case "f":
            yield pa.array(column.abs() == float("inf")), "infinity"
        case "b":
            return
        case _:
            texts = text_of(column, name)
            strange = pc.match_substring_regex(texts, NOT_HELD).fill_null(False)
            yield strange, "control characters, carriage returns or codes like _x0041_ in a text"
            if (pc.max(pc.utf8_length(texts)).as_py() or 0) * 2 > LONGEST_TEXT:
                lengths = [len((text or "").encode("utf-16-le")) // 2 for text in texts.to_pylist()]
                yield (
                    pa.array([n > LONGEST_TEXT for n in lengths]),
                    f"a text of more than {LONGEST_TEXT:,} characters",
                )


def _write_sheet(sheet: Any, frame: pd.DataFrame, *, wrapped: bool) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    last = get_column_letter(frame.shape[1])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{len(frame) + 1}"
    for place, column in enumerate(frame, start=1):
        widest = WIDEST_WRAPPED if wrapped else WIDEST
        sheet.column_dimensions[get_column_letter(place)].width = _width(frame[column], widest)

    def text(value: str) -> Any:
        made = WriteOnlyCell(sheet, value)
        made.data_type = "s"  # openpyxl takes "=1" for a formula and "#N/A" for an error
        made.quotePrefix = bool(RUNS.match(value))
        if wrapped:
            made.alignment = Alignment(wrap_text=True, vertical="top")
        return made

    def number(value: float) -> Any:
        if float(f"{value:.16g}") == value:  # so many digits openpyxl writes
            return value
        made = WriteOnlyCell(sheet, repr(value))
        made.data_type = "n"
        return made

    header = [text(str(column)) for column in frame]
    for one in header:
        one.font, one.fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF2")
    sheet.append(header)
    for row in zip(*(_values(frame[column]) for column in frame), strict=True):
        sheet.append(
            [text(v) if isinstance(v, str) else number(v) if isinstance(v, float) else v for v in row]
        )


def _values(column: pd.Series) -> list[Any]:
    """A column as what a sheet takes: text, numbers, truth values, days, None."""
    filled = column.notna()
    if column.dtype.kind == "M":
        column = pd.Series(column.dt.date, column.index, dtype=object)
    return column.astype(object).where(filled, None).tolist()


def _width(column: pd.Series, widest: int) -> float:
    """Wide enough for nine of ten cells, within limits; Chinese characters are twice as wide."""
    lengths = pd.Series(text_of(column, str(column.name)).to_pylist(), dtype="str").dropna()
    lengths = lengths.str.len() + lengths.str.count("[\u2e80-\uffef]")
    usual = float(lengths.quantile(0.9)) if len(lengths) else 0
    return min(widest, max(NARROWEST, usual + 2, len(str(column.name)) + 4))
