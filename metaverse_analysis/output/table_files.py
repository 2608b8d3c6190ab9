"""The table of a measure as a workbook, a database, or one file with its codebook beside it."""

from __future__ import annotations

import csv
import dataclasses
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from ..measures.citing import cite_dataset
from ..tables.dataset import Dataset
from ..tables.files import full_path, replace_file, replace_files
from ..tables.marks import MARK, digest
from ..tables.writing import write_csv
from .columns import UNDESCRIBED, fields_of, flat, name_of
from .database import plain_columns, write_database
from .dataset_files import BOOK, name_apart
from .makers import maker
from .stata import write_stata
from .workbook import is_workbook_of_ours, write_workbook

WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true/false",
    "date": "day",
}
CODEBOOK = ".codebook.csv"
ROWS = "rows"  # what a table is called, of which no name is known


class Described:
    """Tables with their codebook."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], ds: Dataset, how: Callable[..., Any] | None):
        flats = {name: flat(frame) for name, frame in tables.items()}
        made = {
            name: (how if len(flats) == 1 else None) or maker(frame) or how for name, frame in flats.items()
        }
        names = {name: name or getattr(made[name], "__name__", ROWS) for name in flats}
        self.tables = {names[name]: frame for name, frame in flats.items()}
        self.fields = {names[name]: fields_of(ds, frame, made[name]) for name, frame in flats.items()}
        called = getattr(how, "__name__", next(iter(self.tables)))
        self.title = called.replace("_", " ").capitalize()
        by = "" if how is None else f"Made by {name_of(how).replace('`', '')}. "
        self.about = f"{by}Data: {cite_dataset(ds)}"
        self.book = name_apart("codebook", self.tables)

    def codebook(self) -> pd.DataFrame:
        """A row on all tables, and one for each column."""
        rows: list[dict[str, Any]] = [{"table": "(all)", "title": self.title, "description": self.about}]
        for name, fields in self.fields.items():
            rows += [
                {"table": name, "title": f"{len(self.tables[name]):,} rows"},
                *(_row(name, field) for field in fields),
            ]
        return pd.DataFrame(rows, columns=BOOK, dtype="str").drop(columns=["required", "refers_to"])

    def only(self, form: str) -> tuple[str, pd.DataFrame]:
        """The one table, for files that hold one."""
        if len(self.tables) > 1:
            raise ValueError(
                f"a {form} file holds one table, and this has {', '.join(self.tables)}: end the name in .xlsx or "
                f".sqlite, or export one of them, such as .{list(self.tables)[-1]}"
            )
        return next(iter(self.tables.items()))


def _row(table: str, field: Mapping[str, Any]) -> dict[str, Any]:
    codes = field.get("codes", {})
    labels = {code: codes.get(code, {}).get("label") for code in field.get("constraints", {}).get("enum", ())}
    return {
        "table": table,
        "column": field["name"],
        "title": field["title"],
        "type": WORDS[field["type"]],
        "unit": field.get("unit"),
        "description": None if field["description"] == UNDESCRIBED else field["description"],
        "allowed_values": "; ".join(
            c if label in (None, c) else f"{c} = {label}" for c, label in labels.items()
        )
        or None,
    }


def tables_in(what: Any) -> dict[str, pd.DataFrame]:
    """The tables of what a measure gave, by name; one table alone has none.

    What else there is beside the tables of a sum, such as its amount, is a table of one row.

    Raises
    ------
    ValueError
        If there is no table in it.
    """
    if isinstance(what, pd.Series):
        what = what.to_frame(what.name or "value")
    if isinstance(what, pd.DataFrame):
        return {"": what}
    parts = {}
    if dataclasses.is_dataclass(what) and not isinstance(what, type):
        parts = {field.name: getattr(what, field.name) for field in dataclasses.fields(what)}
    frames = {name: part for name, part in parts.items() if isinstance(part, pd.DataFrame)}
    if not frames:
        raise ValueError(
            f"export takes what ma.load gives, or the table of a measure, such as ma.market_targets(ds), not "
            f"{type(what).__name__}"
        )
    rest = {name: part for name, part in parts.items() if name not in frames}
    one = {
        name: ";".join(map(str, part)) if isinstance(part, tuple | list) else part
        for name, part in rest.items()
    }
    return ({type(what).__name__.lower(): pd.DataFrame([one])} if rest else {}) | frames


def to_workbook(given: Described, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    """As a workbook: the codebook, then the tables."""
    with replace_file(path, ours=is_workbook_of_ours, overwrite=overwrite) as draft:
        write_workbook({given.book: given.codebook(), **given.tables}, draft, {}, title=given.title)


def to_sqlite(given: Described, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    """As a database of the tables and their codebook."""
    types = {
        name: {field["name"]: field["type"] for field in fields} for name, fields in given.fields.items()
    }
    book = given.codebook()
    written = {name: (plain_columns(types[name]), frame) for name, frame in given.tables.items()}
    written[given.book] = (plain_columns(dict.fromkeys(map(str, book), "string")), book)
    write_database(written, path, overwrite=overwrite)


def to_parquet(given: Described, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    """As one Parquet file, with meanings in the columns' metadata."""
    import pyarrow.parquet as pq

    name, frame = given.only("Parquet")
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    said = {field["name"]: field for field in given.fields[name]}
    fields = [
        field.with_metadata(
            {
                part: said[field.name][part]
                for part in ("title", "description", "unit")
                if part in said[field.name]
            }
        )
        for field in rows.schema
    ]
    about = {"title": given.title, "description": given.about, "generator": MARK}
    with replace_file(path, ours=_is_parquet_of_ours, overwrite=overwrite) as draft:
        pq.write_table(rows.cast(pa.schema(fields, {**(rows.schema.metadata or {}), **about})), draft)


def _is_parquet_of_ours(path: Path) -> bool:
    """Whether a file is one that this package wrote: others don't keep what it says of itself when they write."""
    import pyarrow.parquet as pq

    try:
        return (pq.read_schema(path).metadata or {}).get(b"generator") == MARK.encode()
    except (OSError, pa.ArrowException):
        return False


def to_csv(given: Described, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    """As CSV, with the codebook beside it."""
    name, frame = given.only("CSV")
    with _with_codebook(given, path, overwrite) as draft:
        write_csv(frame, draft, name)


def to_stata(given: Described, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    """As a Stata file, with the codebook beside it."""
    name, frame = given.only("Stata")
    labels = {field["name"]: field["title"] for field in given.fields[name]}
    with _with_codebook(given, path, overwrite) as draft:
        write_stata(frame, draft, labels, title=given.title)


@contextmanager
def _with_codebook(given: Described, path: str | os.PathLike[str], overwrite: bool) -> Iterator[Path]:
    """Yield a path for a file that can't say who wrote it: the codebook beside it does, with its checksum."""
    target = full_path(path)
    beside = target.with_name(f"{target.name}{CODEBOOK}")
    ours: dict[str | os.PathLike[str], Callable[[Path], bool]] = {
        target: lambda file: _sum_in(beside, target.name) == digest(file.read_bytes()),
        beside: lambda file: _sum_in(file, target.name) is not None,
    }
    with replace_files(ours, overwrite=overwrite) as (draft, book):
        yield draft
        last = {
            "table": "(file)",
            "column": target.name,
            "description": f"SHA-256 {digest(draft.read_bytes())}",
        }
        write_csv(pd.concat([given.codebook(), pd.DataFrame([last])], ignore_index=True), book, "codebook")
        text = book.read_bytes()
        book.write_bytes(text + _signature(text))


def _signature(text: bytes) -> bytes:
    """The last line of a codebook: who wrote the lines above, and their checksum."""
    return f"(codebook),{MARK},,,,SHA-256 {digest(text)},\n".encode()


def _sum_in(codebook: Path, name: str) -> str | None:
    """The checksum of a file that a codebook tells; None if this package didn't write it, or it was changed since."""
    try:
        lines = codebook.read_bytes().splitlines(keepends=True)
    except OSError:
        return None
    if len(lines) < 3 or _signature(b"".join(lines[:-1])) != lines[-1]:
        return None
    told = next(csv.reader([lines[-2].decode().rstrip("\n")]))
    return told[5].removeprefix("SHA-256 ") if told[1] == name else None
