"""A table that somebody worked on, made fit to stand in a dataset: its columns, their types, each row once."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pandas as pd

from .needs import own_index
from .schema import Field, Table

_SHOWN = 5  # codes named in an error
_WORDS = {
    "Int64": "a whole number",
    "float64": "a number",
    "boolean": "true or false",
    "datetime64[us]": "a full day such as 2023-09-15",
    "str": "text (pd.read_csv with dtype=str keeps all digits)",
}
_TRUTHS = {"true": True, "1": True, "1.0": True, "false": False, "0": False, "0.0": False}


def fitted(given: Any, table: Table, like: pd.DataFrame) -> pd.DataFrame:
    """A table in the form of the one that it replaces.

    Parameters
    ----------
    given : what the caller gives: a table read with `pd.read_csv`, put together from parts, with any index.
    table : what the schema says of it.
    like : the table that it replaces.

    Returns
    -------
    All its rows in their order, numbered from 0, with the columns of `like` in its order and in its types; more
    columns stay behind them. Changing the one that was given changes nothing here.

    Raises
    ------
    ValueError
        If it is no table, lacks columns, has a column or a row's id twice, a code that the schema doesn't know, or a
        cell that can't be of its column's type. The message says where.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> fitted(ds.places.drop(columns="level"), ds.schema["places"], ds.places)
    Traceback (most recent call last):
    ValueError: places lacks level: give it the columns of the table that it replaces
    """
    name = table.name
    if not isinstance(given, pd.DataFrame):
        raise ValueError(f"{name}: a table (DataFrame) is needed, not {given!r:.60}")
    frame = own_index(given)
    columns = [str(column) for column in like]
    missing = [column for column in columns if column not in frame.columns]
    twice = frame.columns[frame.columns.duplicated()]
    if missing or len(twice):
        fault = f"lacks {', '.join(missing)}" if missing else f"has the column {twice[0]} twice"
        raise ValueError(f"{name} {fault}: give it the columns of the table that it replaces")
    more = [column for column in frame if column not in like.columns]
    typed = {
        column: _typed(frame[column], like[column].dtype, name, table.fields.get(column))
        for column in columns
    }
    _check_keys(typed[table.key], name)
    return (
        pd.concat([pd.DataFrame(typed, index=frame.index), frame[more]], axis=1)
        if more
        else pd.DataFrame(typed)
    )


def _check_keys(keys: pd.Series, name: str) -> None:
    again = keys[keys.notna() & keys.duplicated()]
    if len(again):
        others = again.nunique() - 1
        stand = f"and {others} more stand" if others else "stands"
        raise ValueError(
            f"{name}: the {keys.name} {again.iloc[0]!r} {stand} in several rows. Each may have one: drop_duplicates "
            "takes out rows that are the same; of rows that differ, one is right or has another id"
        )


def _typed(column: pd.Series, dtype: Any, table: str, field: Field | None) -> pd.Series:
    kind = str(dtype)
    if isinstance(dtype, pd.CategoricalDtype):
        return _coded(column, dtype, table, field)
    if column.dtype == dtype:
        return column.mask(column == "") if kind == "str" else column
    dated = field is not None and field.mixed_date
    cells = _cells(column)
    try:
        return _as(cells, kind, dated)
    except (TypeError, ValueError, OverflowError, KeyError):
        row, cell = next((at, cell) for at, cell in enumerate(cells) if not _fits(cell, kind, dated))
        raise ValueError(f"{table}.{column.name}: {cell!r} in row {row} isn't {_WORDS[kind]}") from None


def _cells(column: pd.Series) -> pd.Series:
    """The cells as objects; an empty text is a missing cell, as in a file."""
    cells = column.astype("object").where(column.notna(), None)
    return cells.where(cells != "", None)


def _as(cells: pd.Series, kind: Any, dated: bool) -> pd.Series:
    if kind == "boolean":
        return cells.map(lambda cell: _TRUTHS[str(cell).lower()], na_action="ignore").astype("boolean")
    if kind == "str":
        return cells.map(_date if dated else _text, na_action="ignore").astype("str")
    if kind == "datetime64[us]":
        return pd.to_datetime(cells, format="ISO8601").astype(kind)
    found = pd.to_numeric(cells).astype("float64")
    return found if kind == "float64" else found.astype("Int64")


def _fits(cell: Any, kind: str, dated: bool) -> bool:
    try:
        _as(pd.Series([cell], dtype="object"), kind, dated)
    except (TypeError, ValueError, OverflowError, KeyError):
        return False
    return True


def _text(cell: Any) -> str:
    """Text only: a number has lost the digits that a file had ("48.20", "007")."""
    if not isinstance(cell, str):
        raise ValueError("no text")
    return cell


def _date(cell: Any) -> str:
    """A date as the table writes it: a year that was read as 2023.0 is 2023, a day is 2023-09-15."""
    if isinstance(cell, datetime.date) and (
        type(cell) is datetime.date or cell == pd.Timestamp(cell).normalize()
    ):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, (int, float, np.number)) and not isinstance(cell, bool) and float(cell).is_integer():
        return str(int(cell))
    return _text(cell)


def _coded(column: pd.Series, dtype: pd.CategoricalDtype, table: str, field: Field | None) -> pd.Series:
    """A column of codes; where the schema allows any, those that it has."""
    if column.dtype == dtype and list(column.cat.categories) == list(dtype.categories):
        return column
    codes = _cells(column).map(str, na_action="ignore").astype("str")
    if field is None or field.enum is None:
        return codes.astype("category")
    unknown = codes[codes.notna() & ~codes.isin(dtype.categories)]
    if len(unknown):
        known = [str(code) for code in dtype.categories]
        more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
        raise ValueError(
            f"{table}.{column.name}: {unknown.iloc[0]!r} in row {unknown.index[0]} isn't one of the allowed codes "
            f"({', '.join(known[:_SHOWN])}{more})"
        )
    return codes.astype(dtype)
