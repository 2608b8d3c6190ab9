"""A dataset as a folder of CSV files with their schema: what `load` reads."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .files import replace_folder
from .marks import DESCRIPTOR, signed, tables as tables_as
from .problems import DataError
from .schema import Schema
from .standard import file_name, with_file
from .validation import read_and_check

BATCH = 100_000  # rows turned into lines at a time


class Tables(Protocol):
    """What can be written: tables with their schema, as a Dataset has them."""

    @property
    def schema(self) -> Schema: ...

    @property
    def folder(self) -> Path: ...

    @property
    def known_on(self) -> pd.Timestamp | None: ...

    @property
    def tables(self) -> list[str]: ...

    def __getitem__(self, table: str) -> pd.DataFrame: ...


def to_folder(ds: Tables, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Write a dataset as a folder: one CSV file per table and datapackage.json. Returns the folder.

    `load` gives the same tables again, to the last cell. Numbers are written as short as they can be without loss
    (250, not 250.0), days as 2023-09-15, true and false; text as it is, in UTF-8, with quotes only where a cell
    needs them; a missing value is an empty cell, and so is an empty text. The same dataset gives the same bytes.

    Parameters
    ----------
    path : a folder that isn't there yet; the folder around it must be there.
    overwrite : replace a folder that was written like this, and not changed since. It stays as it is if anything
        goes wrong. One that holds anything else (a file of yours, a table changed by hand) is never replaced.

    Raises
    ------
    FileExistsError
        If the folder is there and `overwrite` isn't set.
    DataError
        If the tables, changed by hand, break their schema: what is written can always be loaded.
    ValueError
        If a table's columns aren't those of the schema, a column can't be written as text, or the folder isn't ours.

    Notes
    -----
    Text is kept as it is, even where a spreadsheet program would run it (a cell that begins with "="). For people
    who open tables in one, `export` to .xlsx, where such cells are held as text.
    """
    tables = tables_to_write(ds)
    with replace_folder(path, tables_as("csv"), overwrite=overwrite) as draft:
        refuse_to_forget(ds, path)
        for name, frame in tables.items():
            write_csv(frame, draft / file_name(ds.schema[name].path, "csv"), name)
        write_json(signed(descriptor_to_write(ds), "csv", draft), draft / DESCRIPTOR)
        _refuse_what_would_not_load(draft, Path(path))
    return Path(path)


def refuse_to_forget(ds: Tables, path: str | os.PathLike[str]) -> None:
    """The folder that the tables were read from isn't replaced by what was known on a day: the rest would be lost."""
    if ds.known_on is not None and os.path.exists(path) and os.path.samefile(path, ds.folder):
        raise ValueError(
            f"won't replace {path}: these are its rows as known on a day, and it holds later ones"
        )


def tables_to_write(ds: Tables) -> dict[str, pd.DataFrame]:
    """The tables and columns that the dataset's own schema describes, in its order.

    What a folder's schema left out and `load` added as empty is left out again.

    Raises
    ------
    ValueError
        If a table lacks a column of the schema, has one more, or something that the schema leaves out has values.
    """
    described = _described(ds)
    for name in ds.tables:
        frame, columns = ds[name], list(ds.schema[name].fields)
        wrong = [f"has no {c}" for c in columns if c not in frame] or [
            f"has {c!r}, which the schema doesn't" for c in frame if c not in columns
        ]
        if wrong or frame.columns.has_duplicates:
            raise ValueError(
                f"{name} {', '.join(wrong) or 'has a column twice'}: give it the columns of its schema"
            )
        left_out = [c for c in columns if c not in described.get(name, ()) and frame[c].notna().any()]
        if left_out:
            raise ValueError(
                f"{name} has values in {', '.join(left_out)}, which the folder's schema leaves out: describe "
                f"it in {DESCRIPTOR}, and load the folder again"
            )
    return {name: ds[name][columns] for name, columns in described.items()}


def checksum(ds: Tables) -> str:
    """SHA-256 of the tables, as CSV: what was loaded, and not the files, whose line ends differ between systems.

    Rows in the order of their keys: in another order they say the same.
    """
    said = hashlib.sha256()
    for name, columns in sorted(_described(ds).items()):
        said.update(f"{name}\n".encode())
        rows = ds[name].sort_values(ds.schema[name].key, kind="stable")
        for part in _csv_text(rows.reindex(columns=columns), name):
            said.update(part.replace("\r\n", "\n").encode())
    return said.hexdigest()


def _described(ds: Tables) -> dict[str, list[str]]:
    """The tables and columns that the folder's own schema names."""
    return {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in ds.schema.descriptor["resources"]
    }


def descriptor_to_write(ds: Tables, form: str = "csv") -> dict[str, Any]:
    """The dataset's descriptor for files of this form; with the day of `as_of`, if there is one."""
    resources = [with_file(resource, form) for resource in ds.schema.descriptor["resources"]]
    known = {} if ds.known_on is None else {"knownOn": f"{ds.known_on:%Y-%m-%d}"}
    return {**ds.schema.descriptor, **known, "resources": resources}


def write_json(content: Mapping[str, Any], path: Path) -> None:
    """Write JSON as the packaged schema is written."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def write_csv(frame: pd.DataFrame, path: Path, name: str) -> None:
    """Write a frame as CSV: UTF-8, commas, one line feed per row, quotes only where a cell needs them.

    Raises
    ------
    ValueError
        If a column holds what has no plain text, such as lists, or days with a time. `name` is the table's.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        for part in _csv_text(frame, name):
            file.write(part)


def _csv_text(frame: pd.DataFrame, name: str) -> Iterator[str]:
    header = _quoted(pa.array([str(column) for column in frame.columns], pa.large_string()))
    comma = pa.scalar(",", pa.large_string())
    yield ",".join(header.to_pylist()) + "\n"
    for start in range(0, len(frame), BATCH):
        rows = frame.iloc[start : start + BATCH]
        cells = [_cells(rows.iloc[:, i], name) for i in range(rows.shape[1])]
        # A line with nothing on it is no row.
        blank = '""' if len(cells) == 1 else ""
        lines = pc.binary_join_element_wise(
            *cells, comma, null_handling="replace", null_replacement=blank
        ).to_pylist()
        yield "\n".join(lines) + "\n"


def _cells(column: pd.Series, name: str) -> pa.Array:
    """A column as text, quoted where needed."""
    texts = text_of(column, name)
    return texts if column.dtype.kind in "biufM" else _quoted(texts)


def text_of(column: pd.Series, name: str) -> pa.Array:
    """The text of each cell, and null where the value is missing. `name` is the table's."""
    try:
        values = pa.array(column, from_pandas=True)
        if isinstance(values, pa.ChunkedArray):
            values = values.combine_chunks()
        if pa.types.is_dictionary(values.type):
            values = values.dictionary_decode()
        if pa.types.is_timestamp(values.type):
            if values.type.tz is not None:
                raise ValueError("a day has no time zone")
            days = values.cast(pa.date32())
            if not days.cast(values.type).equals(values):
                raise ValueError("a day has no time")
            values = days
        if pa.types.is_nested(values.type):
            raise ValueError("a cell holds a list")
        return values.cast(pa.large_string())
    except (pa.ArrowException, ValueError, TypeError) as error:  # UnicodeEncodeError is a ValueError
        raise ValueError(f"{name}.{column.name} can't be written as text: {error}") from None


def _quoted(texts: pa.Array) -> pa.Array:
    needs = pc.match_substring_regex(texts, '[",\r\n]')
    if not pc.any(needs).as_py():
        return texts
    doubled = pc.replace_substring(texts, '"', '""')
    quote, nothing = (pa.scalar(text, pa.large_string()) for text in ('"', ""))
    return pc.if_else(needs, pc.binary_join_element_wise(quote, doubled, quote, nothing), texts)


def _refuse_what_would_not_load(draft: Path, path: Path) -> None:
    problems = read_and_check(draft)[1]
    if problems:
        raise DataError([dataclasses.replace(one, file=str(path / Path(one.file).name)) for one in problems])
