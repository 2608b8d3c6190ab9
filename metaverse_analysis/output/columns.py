"""What the columns of a table mean: by the measure that made it, or by the table of the dataset that they come from.

A column of the same name elsewhere says nothing. What a measure's own columns mean stands in `measures/columns.toml`,
once for each measure. That a column is one of the dataset's shows in its values: looked up by the key of that table,
they are the same.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import tomllib
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.schema import Field, Table
from ..tables.writing import text_of

MEANINGS = Path(__file__).parents[1] / "measures" / "columns.toml"
MEASURES = f"{__package__.partition('.')[0]}.measures."
EVERY, ANY = "every", "*"  # the section for all measures; the entry for columns that depend on the data
LABEL = "_label"
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)  # a heading of a docstring
UNDESCRIBED = "Made by the analysis; see README.md."  # where nothing is known of a column
UNITS = {"_cny_bn": "billion CNY", "_usd_bn": "billion USD", "_pct": "percent", "_days": "days"}
TYPES = {"b": "boolean", "i": "integer", "u": "integer", "f": "number", "M": "date"}
PLAIN = {"string", "integer", "floating", "mixed-integer-float", "boolean", "date", "datetime64", "empty"}
MIXED = {"mixed": "lists, or values of several kinds", "mixed-integer": "numbers beside other values"}
UNSHOWN = ("Parameters", "Raises", "Examples")


@cache
def _meanings() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(MEANINGS.read_text(encoding="utf-8"))


def words_for(columns: pd.Index, how: Callable[..., Any] | None, own: Mapping[str, Field]) -> dict[str, str]:
    """What each column means, in words; columns of which nothing is known are left out.

    Parameters
    ----------
    columns : the columns of the table.
    how : the function that made it; what the package's own measures mean is known.
    own : those that are columns of the dataset, as `origins` gives them.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> words_for(pd.Index(["instrument_kind", "place", "mine"]), ma.panel, {})
    {'instrument_kind': 'instrument, topic or sector.', 'place': 'Name of the place.'}
    """
    made: Any = None if how is None else _function(how)
    if not str(getattr(made, "__module__", "")).startswith(MEASURES):
        return {name: own[name].description for name in columns if name in own}
    special = _meanings().get(made.__name__, {})
    dataset = {name: field.description for name, field in own.items()}
    usual = _meanings()[EVERY]
    found = {}
    for name in map(str, columns):
        known = [said[name] for said in (special, dataset, usual) if name in said]
        if not known and name.endswith(LABEL) and name.removesuffix(LABEL) in columns:
            known = [f"The words for `{name.removesuffix(LABEL)}`."]
        if known or ANY in special:
            found[name] = known[0] if known else special[ANY]
    return found


def origins(ds: Dataset, frame: pd.DataFrame) -> dict[str, Field]:
    """The columns of a frame that are columns of the dataset, as their values show."""
    tables = [table for table in ds.schema.tables.values() if table.key in frame and table.name in ds.tables]
    tables.sort(key=lambda table: -len(frame.columns.intersection(list(table.fields))))
    found: dict[str, Field] = {}
    for table in tables:
        whole = set(frame.columns) <= set(table.fields)
        for column in frame.columns.intersection(list(table.fields)):
            known = _is_of(frame, column, ds[table.name], table) or (whole and _is_blank(frame[column]))
            if known and column not in found:
                found[column] = table.fields[column]
    return found


def _is_blank(column: pd.Series) -> bool:
    return bool(column.isna().all())


def _is_of(frame: pd.DataFrame, column: str, table: pd.DataFrame, about: Table) -> bool:
    """Whether a column has, in every row, what the table has in the row of that key."""
    given = frame[column].astype(object)
    keys = pd.Index(table[about.key].astype(object))
    if _is_blank(given) or not keys.is_unique:
        return False
    rows = keys.get_indexer(pd.Index(frame[about.key].astype(object)))
    if (rows < 0)[given.notna()].any():
        return False
    there = table[column].astype(object).array[rows.clip(0)]
    found = pd.Series(there, given.index, dtype=object).where(rows >= 0, None)
    blank = given.isna() & found.isna()
    return bool(((given.where(~blank, 0) == found.where(~blank, 0)) | blank).all())


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a named index as columns, and names that are text and differ; each cell one that all forms hold.

    Raises
    ------
    ValueError
        If it is no such table; the message names the column.
    """
    if not isinstance(table, pd.DataFrame) or not table.shape[1]:
        raise ValueError("a table with columns is needed, such as a measure gives")
    if twice := [name for name in table.index.names if name is not None and name in table.columns]:
        raise ValueError(f"{twice[0]} names the index and a column: reset_index(drop=True) leaves the column")
    frame = table.reset_index(drop=table.index.names == [None])
    if (
        frame.columns.nlevels > 1
        or not all(isinstance(c, str) and c for c in frame)
        or frame.columns.has_duplicates
    ):
        raise ValueError(f"the columns need names that are text and differ, not {list(frame.columns)[:8]}")
    return frame.assign(**{str(name): _plain(column, str(name)) for name, column in frame.items()})


def _plain(column: pd.Series, name: str) -> pd.Series:
    """A column of text, numbers, days, true and false; anything else one form would change, and another refuse."""
    if isinstance(column.dtype, pd.ArrowDtype) and "date" in str(column.dtype):
        column = column.astype("datetime64[us]")
    values = column.cat.categories.to_series() if isinstance(column.dtype, pd.CategoricalDtype) else column
    held = pd.api.types.infer_dtype(values, skipna=True) if values.notna().any() else "empty"
    if held == "datetime64" and values is not column:  # days as categories
        column = values = column.astype(values.dtype)
    if held == "datetime":  # days as Python's objects
        column = values = pd.to_datetime(column)
        held = "datetime64"
    odd = "sparse" if isinstance(values.dtype, pd.SparseDtype) else held
    if odd not in PLAIN:
        said = MIXED.get(odd, f"{odd} values")
        raise ValueError(f"{name} holds {said}, which a table can't state: make them text, numbers or days")
    if held == "floating" and np.isinf(values.dropna().astype("float64")).any():
        raise ValueError(f"{name} holds infinity, which a table can't state")
    if held == "integer" and (values.dropna().astype(object).map(abs) >= 2**63).any():
        raise ValueError(
            f"{name} holds a whole number of more than 64 bits, which a table can't state: make it text"
        )
    if held == "datetime64":
        text_of(values, name)  # refuses days with a time, or with a time zone
    return column


def fields_of(ds: Dataset, frame: pd.DataFrame, how: str | Callable[..., Any] | None) -> list[dict[str, Any]]:
    """Each column as a field of a table schema, with what the measure says of it, or the dataset, if it is its own."""
    own = origins(ds, frame)
    said = words_for(frame.columns, how if callable(how) else None, own)
    return [_field(frame[column], own.get(column), said.get(column, "")) for column in map(str, frame)]


def _field(column: pd.Series, origin: Field | None, said: str) -> dict[str, Any]:
    name = str(column.name)
    end = next((end for end in UNITS if name.endswith(end)), "")
    words = name.removesuffix(end).replace("_", " ")
    field: dict[str, Any] = {
        "name": name,
        "type": TYPES.get(column.dtype.kind, "string"),
        "title": (origin.title if origin else "") or words[:1].upper() + words[1:] or name,
        "description": said or UNDESCRIBED,
        "unit": (origin.unit if origin else None) or UNITS.get(end),
    }
    if isinstance(column.dtype, pd.CategoricalDtype) and len(column.cat.categories):
        codes = [str(code) for code in column.cat.categories]
        field["constraints"] = {"enum": codes}
        if origin is not None and origin.codes:
            field["codes"] = {code: dict(origin.codes[code]) for code in codes if code in origin.codes}
    return {part: value for part, value in field.items() if value}


def documented(how: Callable[..., Any]) -> str | None:
    """What a function's documentation says of its result, but for its parameters; None where none can be read.

    Python without documentation (-OO) still has the source.
    """
    function = _function(how)
    text = inspect.getdoc(function) or _in_the_source(function)
    if not text:
        return None
    parts = SECTION.split(text)
    kept = [
        f"{name}\n\n{said.strip()}"
        for name, said in zip(parts[1::2], parts[2::2], strict=True)
        if name not in UNSHOWN
    ]
    return "\n\n".join([parts[0].strip(), *kept])


def _in_the_source(how: Callable[..., Any]) -> str | None:
    try:
        (first, *_) = ast.parse(textwrap.dedent(inspect.getsource(how))).body
        return ast.get_docstring(first)  # type: ignore[arg-type]  # what has none raises TypeError
    except (OSError, TypeError, SyntaxError, ValueError):
        return None


def name_of(how: Callable[..., Any]) -> str:
    """A function's name, and the package that it is from."""
    function = _function(how)
    name = getattr(function, "__qualname__", type(function).__name__)
    package = str(getattr(function, "__module__", "")).partition(".")[0]
    return f"`{name}`" + (f" of {package}" if package not in ("", "None", "__main__") else "")


def _function(how: Callable[..., Any]) -> Any:
    """The function behind a call with some of its arguments set, or behind what wraps it."""
    while isinstance(how, partial):
        how = how.func
    return inspect.unwrap(how)
