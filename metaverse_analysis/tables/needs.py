"""What a function takes: another one's table with its columns and each row once, or an error in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

_SHOWN = 3  # ids named in an error
# A column's name tells its unit, and so its type, where a file or a conversion has lost it.
_TYPES = [
    (re.compile(r"(^|_)year$"), "Int64"),
    (re.compile(r"_(bn|pct)$|^months_|(^|_)(amount|value|rate)(_max|_low|_high)?$"), "float64"),
    (re.compile(r"(^|_)day(_in_range)?$|^(announced|searched)_on$"), "datetime64[us]"),
]


def needs(table: Any, columns: Sequence[str], *, given_by: str, taker: str) -> pd.DataFrame:
    """A table with the columns that a function needs, whatever was done to it before.

    Parameters
    ----------
    table : what the caller gave.
    columns : the names of the columns that are needed.
    given_by : the measure whose table it should be, without "ma.".
    taker : the function that takes it.

    Returns
    -------
    The rows in their order, with all columns, in plain types and an index of their own: a table that was filtered,
    given another index (a named one becomes a column again), converted or read from a CSV file again is like the one
    that the measure gave. The caller's table stays as it is.

    Raises
    ------
    ValueError
        If it is no table, or lacks columns; the message names the measure to call and what is missing.

    Examples
    --------
    >>> needs(pd.DataFrame({"place": ["Sichuan"]}), ["place", "amount"], given_by="market_targets", taker="add_up")
    Traceback (most recent call last):
    ValueError: add_up takes the table that ma.market_targets gives; this one lacks amount
    """
    if not isinstance(table, pd.DataFrame):
        raise ValueError(f"{taker} takes the table that ma.{given_by} gives, {_instead(table)}")
    plain = own_index(table)
    missing = [column for column in columns if column not in plain.columns]
    twice = plain.columns[plain.columns.duplicated()]
    if missing or len(twice):
        fault = f"lacks {', '.join(missing)}" if missing else f"has the column {twice[0]} more than once"
        raise ValueError(f"{taker} takes the table that ma.{given_by} gives; this one {fault}")
    changed = {name: _plain_type(str(name), column) for name, column in plain.items()}
    return plain.assign(
        **{str(name): column for name, column in changed.items() if column is not plain[name]}
    )


def expects(value: Any, kind: type, *, given_by: str, taker: str) -> None:
    """Refuse what is no `kind` (a Dataset, a Total): the message names the function that gives one.

    Raises
    ------
    ValueError
        If it is anything else.

    Examples
    --------
    >>> expects(None, dict, given_by="load", taker="market_targets")
    Traceback (most recent call last):
    ValueError: market_targets takes what ma.load gives, and not None
    """
    if not isinstance(value, kind):
        raise ValueError(f"{taker} takes what ma.{given_by} gives, {_instead(value)}")


def is_one_of(value: Any, words: Iterable[str]) -> bool:
    """Whether a value is one of some words, whatever it is: a list or a missing value is none.

    Examples
    --------
    >>> is_one_of("text", ["text", "bibtex"]), is_one_of(["text"], ["text", "bibtex"])
    (True, False)
    """
    return isinstance(value, str) and value in words


def truth(value: Any, name: str) -> bool:
    """An option that is True or False; anything else is a ValueError.

    Examples
    --------
    >>> truth(np.True_, "inside")
    True
    >>> truth("no", "inside")
    Traceback (most recent call last):
    ValueError: inside is True or False, not 'no'
    """
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    raise ValueError(f"{name} is True or False, not {value!r}")


def is_text(value: Any) -> bool:
    """Whether a value is text that can be written: half of a surrogate pair, as broken decoding leaves it, can't.

    Examples
    --------
    >>> is_text("四川"), is_text(chr(0xD800)), is_text(None)
    (True, False, False)
    """
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def each_once(table: pd.DataFrame, key: str, columns: Sequence[str], *, taker: str) -> pd.DataFrame:
    """The rows of a table without those that stand in it twice, such as in one joined with itself.

    Parameters
    ----------
    table : a table as `needs` gives it.
    key : the column whose ids tell rows apart.
    columns : the columns in which rows of one id must agree.
    taker : the function that takes the table.

    Returns
    -------
    The first row of each id, with the index of the table. Rows without an id all stay.

    Raises
    ------
    ValueError
        If rows of one id differ: nothing tells which one counts.

    Examples
    --------
    >>> each_once(pd.DataFrame({"id": ["a", "a"], "n": [1, 1]}), "id", ["n"], taker="add_up")
      id  n
    0  a  1
    """
    again = table[key].duplicated() & table[key].notna()
    if not again.any():
        return table
    rows = table[table[key].isin(table.loc[again, key])]
    compared = rows[list(columns)].apply(_as_written)
    unlike = {name: column.groupby(rows[key]).nunique() > 1 for name, column in compared.items()}
    differing = [str(name) for name, differs in unlike.items() if differs.any()]
    if differing:
        ids = pd.concat([differs[differs] for differs in unlike.values()]).index.unique()
        named = ", ".join(map(str, ids[:_SHOWN])) + (" and more" if len(ids) > _SHOWN else "")
        raise ValueError(
            f"{taker}: rows of one {key} differ in {', '.join(differing)} ({named}). Each {key} may have one "
            f"row: keep the right one of each before"
        )
    return table[~again]


def year_number(value: Any) -> Any:
    """A year as a number, given as one or as text or with a decimal point; anything else as it is.

    Examples
    --------
    >>> year_number("2025"), year_number(2025.0), year_number("soon")
    (2025, 2025, 'soon')
    """
    try:
        number = float(value) if not isinstance(value, bool) else float("nan")
    except (TypeError, ValueError):
        return value
    return int(number) if number.is_integer() else value


def _instead(value: Any) -> str:
    if value is None or isinstance(value, (str, int, float)):
        return f"and not {value!r}"
    # A Dataset, a list, a chart: its kind says more than its contents.
    return f"and not a {type(value).__name__}"


def own_index(table: pd.DataFrame) -> pd.DataFrame:
    """The table numbered from 0; a level of the index that bears a name of its own is a column again.

    Examples
    --------
    >>> own_index(pd.DataFrame({"n": [1]}, index=pd.Index(["CN"], name="place_id"))).columns.tolist()
    ['place_id', 'n']
    """
    named = [level for level, name in enumerate(table.index.names) if name not in (None, *table.columns)]
    levels = [table.index.get_level_values(level).to_series().reset_index(drop=True) for level in named]
    return (
        pd.concat([*levels, table.reset_index(drop=True)], axis=1) if levels else table.reset_index(drop=True)
    )


def _plain_type(name: str, column: pd.Series) -> pd.Series:
    """A column in the type that measures give: what is converted or read again is one of pandas' many others."""
    dtype = column.dtype
    if types.is_datetime64_dtype(dtype):
        return column
    if isinstance(dtype, pd.CategoricalDtype):
        return column if types.is_string_dtype(dtype.categories) else _plain_type(name, column.astype(object))
    wanted = next((kind for names, kind in _TYPES if names.search(name)), None)
    if wanted is not None:
        fits = dtype == wanted or (wanted == "Int64" and dtype == "int64")
        return column if fits else _converted(column, wanted)
    if types.is_bool_dtype(dtype):
        return column if dtype in ("bool", "boolean") else column.astype("boolean")
    if types.is_integer_dtype(dtype):
        return column if dtype in ("int64", "Int64") else column.astype("Int64")
    if types.is_float_dtype(dtype):
        return column if dtype == "float64" else column.astype("float64")
    return column if dtype == "str" else _converted(column, _kind_of(column))


def _kind_of(column: pd.Series) -> str:
    kind = types.infer_dtype(column, skipna=True)
    return {"string": "str", "empty": "str", "boolean": "boolean", "integer": "Int64"}.get(kind, "object")


def _converted(column: pd.Series, kind: Any) -> pd.Series:
    """A column in another type; as it is where a cell doesn't fit (the text "unknown" in a column of years)."""
    missing = {"str": None, "object": None, "boolean": pd.NA, "Int64": pd.NA}.get(kind, np.nan)
    cells = column.astype("object").where(column.notna(), missing)
    try:
        if kind == "Int64":
            return pd.to_numeric(cells.dropna()).reindex(column.index).astype("Int64")
        return cells.astype(kind)
    except (TypeError, ValueError):
        return column


def _as_written(column: pd.Series) -> pd.Series:
    """A column to compare: numbers with the digits that survive a file, a missing value as a blank."""
    if types.is_float_dtype(column.dtype):
        return column.map("{:.12g}".format)
    return column.astype("object").where(column.notna(), "").astype("str")
