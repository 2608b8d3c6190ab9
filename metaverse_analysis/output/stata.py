"""A table as Stata reads it, within Stata's limits; what goes beyond them is refused, and nothing is cut or renamed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd

from ..tables.writing import text_of
from .archive import FIRST_DAY

# Limits as Stata's manual gives them, of the form that Stata 14 and later read (118).
MOST_COLUMNS, LONGEST_NAME, LONGEST_LABEL = 32_767, 32, 80
NAME = re.compile(r"[^\W\d]\w{0,31}")
RESERVED = {
    "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_N", "_pi", "_pred",
    "_rc", "_skip", "strL", "using", "with",
}  # fmt: skip
LARGEST_INTEGER, LARGEST_LONG, LARGEST_NUMBER = (
    2**53,
    2_147_483_620,
    8.988e307,
)  # above, Stata reads a missing value


def write_stata(frame: pd.DataFrame, path: Path, labels: Mapping[str, str], *, title: str) -> None:
    """Write a table; text longer than 2,045 bytes becomes a strL, which Stata reads as any text.

    Raises
    ------
    ValueError
        If a name or a cell is one that Stata can't hold; the message says which, and what to do.
    """
    _refuse_names(frame)
    columns = {str(name): _as_stata(frame[name], str(name)) for name in frame}
    pd.DataFrame(columns, index=frame.index).to_stata(
        path,
        write_index=False,
        version=118,
        byteorder="little",
        time_stamp=datetime(*FIRST_DAY),  # a true one would change the bytes
        data_label=_short(title),
        variable_labels={name: _short(labels.get(name, "")) for name in columns},
        convert_dates={name: "td" for name, column in columns.items() if column.dtype.kind == "M"},
    )


def _refuse_names(frame: pd.DataFrame) -> None:
    if frame.shape[1] > MOST_COLUMNS:
        raise ValueError(
            f"{frame.shape[1]:,} columns, and Stata holds {MOST_COLUMNS:,}: export as csv or parquet"
        )
    for name in map(str, frame):
        if not NAME.fullmatch(name) or name in RESERVED or re.fullmatch(r"str\d+", name):
            raise ValueError(
                f"the column {name!r} can't have that name in Stata: it has {LONGEST_NAME} letters, digits and "
                f"underscores at most, no digit first, and isn't one of Stata's own words. Rename it: "
                f"table.rename(columns={{{name!r}: ...}})"
            )


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _as_stata(column: pd.Series, name: str) -> pd.Series:
    """A column as Stata knows such: numbers, days, text."""
    match column.dtype.kind:
        case "b":
            return column.astype("float64") if column.isna().any() else column.astype("int8")
        case "i" | "u":
            return _whole_numbers(column, name)
        case "f":
            numbers = column.astype("float64")
            if (numbers.abs() > LARGEST_NUMBER).any():
                raise ValueError(f"{name} holds a number that is too large for Stata, such as infinity")
            return numbers
        case "M":
            text_of(column, name)  # refuses a day with a time
            return column.astype("datetime64[ns]")
        case _:
            texts = [text or "" for text in text_of(column, name).to_pylist()]
            if any("\0" in text for text in texts):
                raise ValueError(f"{name} holds a text with the character 0, where Stata's texts end")
            return pd.Series(texts, column.index, dtype=object)


def _whole_numbers(column: pd.Series, name: str) -> pd.Series:
    largest = column.abs().max()
    if pd.notna(largest) and largest > LARGEST_INTEGER:
        raise ValueError(f"{name} holds {largest}, which has more digits than Stata's numbers: make it text")
    fits = column.notna().all() and (pd.isna(largest) or largest <= LARGEST_LONG)
    return column.astype("int32" if fits else "float64")
