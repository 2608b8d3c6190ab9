"""From a column of text to a typed column: what each type of the schema accepts, and what it becomes in pandas.

Each distinct value is converted once. The same conversion serves the check ("is this a number?") and the frame.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .dates import is_valid, span
from .standard import FALSE_WORDS, TRUE_WORDS

if TYPE_CHECKING:
    from .schema import Field  # which takes its patterns from here

TEXT = pd.StringDtype(na_value=np.nan)
ARROW_TEXT = pa.large_string()  # what pandas holds text in, so nothing is copied on the way
LARGEST_INTEGER_DIGITS = 18  # always fits into 64 bits


def full_match(texts: pa.Array, pattern: str) -> np.ndarray:
    """Which texts match a pattern as a whole."""
    return pc.match_substring_regex(texts, f"^(?:{pattern})$").to_numpy(zero_copy_only=False)


def pattern_fault(pattern: str) -> str | None:
    """What is wrong with a pattern; None if nothing is.

    Arrow's engine (RE2) never runs wild, but it can't look ahead or behind, nor refer back to a group.
    """
    try:
        for whole in (pattern, f"^(?:{pattern})$"):
            pc.match_substring_regex(pa.array([""]), whole)
    except (pa.ArrowInvalid, UnicodeEncodeError) as error:
        return str(error)
    return None


class Parsed(NamedTuple):
    """Per distinct value: the typed value, and whether the text is no such thing."""

    values: np.ndarray
    bad: np.ndarray


class Column:
    """The text of one column, and its distinct values with the place of each row among them.

    Both, and the distinct values as the schema's type, are worked out when first asked for, and once.
    """

    def __init__(self, text: pa.ChunkedArray):
        self.text = text
        self._parsed: Parsed | None = None

    @cached_property
    def _encoded(self) -> tuple[pa.Array, np.ndarray]:
        encoded = self.text.dictionary_encode()
        if encoded.num_chunks == 0:
            return pa.array([], ARROW_TEXT), np.empty(0, np.int32)
        # All chunks share one dictionary; a missing cell has index -1.
        parts = [chunk.indices for chunk in encoded.chunks]
        indices = [(part.fill_null(-1) if part.null_count else part).to_numpy() for part in parts]
        return encoded.chunk(0).dictionary, indices[0] if len(indices) == 1 else np.concatenate(indices)

    @property
    def values(self) -> pa.Array:
        """The distinct values, in the order in which they appear."""
        return self._encoded[0]

    @cached_property
    def words(self) -> list[str]:
        """The distinct values as Python has them: for columns with few of them."""
        return self.values.to_pylist()

    @property
    def indices(self) -> np.ndarray:
        """For each row the position of its value in `values`; -1 where the cell is empty."""
        return self._encoded[1]

    def parsed(self, field: Field) -> Parsed:
        """The distinct values as the field's type (not for text, which stays as it is)."""
        if self._parsed is None:
            self._parsed = PARSERS[field.type](self)
        return self._parsed

    def alike(self, field: Field) -> pa.Array:
        """The distinct values in one spelling each: of numbers, 1 and 01 are one."""
        if field.type == "string":
            return self.values
        values, bad = self.parsed(field)
        same = values + 0.0 if field.type == "number" else values  # -0.0 is 0.0
        return pc.if_else(pa.array(bad), self.values, pa.array(same).cast(ARROW_TEXT))

    def rows_of(self, marked: np.ndarray) -> np.ndarray:
        """The rows whose value is marked in a mask over `values`."""
        return np.flatnonzero(np.append(marked, False)[self.indices])

    def spread(self, per_value: np.ndarray, missing: object) -> np.ndarray:
        """One item per row from one item per distinct value."""
        return np.append(per_value, np.array([missing], dtype=per_value.dtype))[self.indices]


def _cast(texts: pa.Array, good: np.ndarray, to: pa.DataType) -> np.ndarray:
    """Cast the good ones; 0 stands where the text is bad."""
    cast = pc.if_else(pa.array(good), texts, "0").cast(to)
    return cast.to_numpy(zero_copy_only=False)


def _numbers(column: Column) -> Parsed:
    good = full_match(column.values, r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
    values = _cast(column.values, good, pa.float64())
    return Parsed(values, ~good | ~np.isfinite(values))


def _integers(column: Column) -> Parsed:
    good = full_match(column.values, rf"[+-]?\d{{1,{LARGEST_INTEGER_DIGITS}}}")
    return Parsed(_cast(pc.utf8_ltrim(column.values, "+"), good, pa.int64()), ~good)


def _booleans(column: Column) -> Parsed:
    return Parsed(
        np.array([word in TRUE_WORDS for word in column.words], dtype=bool),
        np.array([word not in TRUE_WORDS and word not in FALSE_WORDS for word in column.words], dtype=bool),
    )


def _dates(column: Column) -> Parsed:
    good = [is_valid(word) and span(word).precision == "day" for word in column.words]
    days = [word if is_day else "NaT" for word, is_day in zip(column.words, good, strict=True)]
    return Parsed(np.array(days, dtype="datetime64[us]"), ~np.array(good, dtype=bool))


PARSERS: dict[str, Callable[[Column], Parsed]] = {
    "number": _numbers,
    "integer": _integers,
    "boolean": _booleans,
    "date": _dates,
}


@cache
def _categories(enum: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(list(enum))


def typed_column(field: Field, column: Column) -> pd.api.extensions.ExtensionArray | np.ndarray:
    """One column as pandas holds it."""
    if field.enum is not None:
        places = {code: place for place, code in enumerate(field.enum)}
        codes = np.array([places[word] for word in column.words], np.int8 if len(places) < 128 else np.int32)
        return pd.Categorical.from_codes(
            column.spread(codes, -1), dtype=_categories(field.enum), validate=False
        )
    if field.type == "string":
        return TEXT.__from_arrow__(column.text)  # type: ignore[attr-defined]  # the stubs don't know it
    values, missing = column.parsed(field).values, column.indices < 0
    if field.type == "number":
        return column.spread(values, np.nan)
    if field.type == "date":
        return column.spread(values, np.datetime64("NaT", "us"))
    filled = column.spread(values, 0)
    return (pd.arrays.IntegerArray if field.type == "integer" else pd.arrays.BooleanArray)(filled, missing)


def empty_column(field: Field, rows: int) -> pd.api.extensions.ExtensionArray | np.ndarray:
    """A column in which every cell is missing."""
    return typed_column(field, Column(pa.chunked_array([pa.nulls(rows, ARROW_TEXT)])))
