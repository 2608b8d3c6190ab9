"""Tables as an SQLite database, which only this package wrote to since."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pandas as pd

from ..tables.files import full_path, replace_file

SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
OURS = int.from_bytes(b"MVAN", "big")  # says in a database's head which program wrote it
COMPANIONS = ("-journal", "-wal")  # SQLite would read them as unfinished parts of the new file


def write_database(
    tables: Mapping[str, tuple[str, pd.DataFrame]], path: str | os.PathLike[str], *, overwrite: bool
) -> None:
    """Write tables, each with the lines that describe its columns and keys, to a new database.

    Raises
    ------
    ValueError
        If a table breaks the rules of its columns or keys, or the file is in use.
    OSError
        If it can't be written.
    """
    target = full_path(path)
    for end in COMPANIONS:
        if os.path.lexists(f"{target}{end}"):
            raise ValueError(f"{path} is in use: {target.name}{end} lies beside it; close what has it open")
    with (
        replace_file(path, ours=_is_database_of_ours, overwrite=overwrite) as draft,
        closing(sqlite3.connect(draft)) as base,
    ):
        try:
            # Nothing has to be undone in a draft: it is thrown away if anything fails.
            base.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; PRAGMA application_id = {OURS};"
            )
            for name, (lines, frame) in tables.items():
                base.execute(f"CREATE TABLE {quoted(name)} (\n  {lines}\n)")
                _insert(base, name, frame)
            base.commit()
            _refuse_dangling(base)
        except sqlite3.IntegrityError as error:
            raise ValueError(f"{name} breaks its schema: {error}") from None
        except sqlite3.OperationalError as error:
            raise OSError(f"can't write {path}: {error}") from error


def plain_columns(types: Mapping[str, str]) -> str:
    """The lines for columns of which only the types are known: "string", "integer", "number", "boolean", "date"."""
    return ",\n  ".join(f"{quoted(column)} {SQL_TYPES[type]}" for column, type in types.items())


def _is_database_of_ours(path: Path) -> bool:
    """Whether a file is a database that this package wrote, and nobody has written to since."""
    with path.open("rb") as file:
        head = file.read(100)
    changes, application = (int.from_bytes(head[at : at + 4], "big") for at in (24, 68))
    return head.startswith(b"SQLite format 3\0") and application == OURS and changes == 1


def _insert(base: sqlite3.Connection, name: str, frame: pd.DataFrame) -> None:
    marks = ", ".join("?" * frame.shape[1])
    columns = [_plain(frame[column]) for column in frame]
    base.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", zip(*columns, strict=True))


def _plain(column: pd.Series) -> list[object]:
    """A column as what SQLite takes: text, numbers, None."""
    if column.dtype.kind == "M":
        column = column.dt.strftime("%Y-%m-%d")
    elif column.dtype.kind == "b":
        column = column.astype("Int64")
    return column.astype(object).where(column.notna(), None).tolist()


def _refuse_dangling(base: sqlite3.Connection) -> None:
    broken = base.execute("PRAGMA foreign_key_check").fetchmany(3)
    if broken:
        said = "; ".join(
            f"row {row} of {table} names a row that isn't in {parent}" for table, row, parent, _ in broken
        )
        raise ValueError(f"the tables don't fit together: {said}")


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it is."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL takes it."""
    return "'" + text.replace("'", "''") + "'"
