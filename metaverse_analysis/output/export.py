"""Other forms of a dataset: an Excel workbook, Parquet files, an SQLite database, or the CSV folder itself."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pandas as pd
import pyarrow as pa

from ..measures.citing import cite_dataset
from ..tables.dataset import Dataset
from ..tables.descriptor import licences
from ..tables.files import given_path, replace_file, replace_folder
from ..tables.marks import DESCRIPTOR, signed, tables as tables_as
from ..tables.needs import expects
from ..tables.schema import Field, Table
from ..tables.standard import file_name
from ..tables.writing import descriptor_to_write, refuse_to_forget, tables_to_write, to_folder, write_json
from .codebook import kind
from .workbook import is_workbook_of_ours, write_workbook

SUFFIXES = {
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
}
SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
OURS = int.from_bytes(b"MVAN", "big")  # says in a database's head which program wrote it
SQLITE_COMPANIONS = ("-journal", "-wal")  # SQLite would read them as unfinished parts of the new file


def export(
    ds: Dataset, path: str | os.PathLike[str], *, format: str | None = None, overwrite: bool = False
) -> Path:
    """Write a dataset in another form. Returns the path.

    Parameters
    ----------
    path : where to; the folder around it must be there.
    format : by default that of the name's ending.

        - "xlsx" (.xlsx): an Excel workbook. A sheet "codebook", then a sheet per table. Text is held as text: no cell
          runs as a formula, and every cell reads back as it was. Needs openpyxl.
        - "sqlite" (.sqlite, .sqlite3, .db): a database with the keys, references and allowed values of the schema,
          and a table `codebook`. Days are text (2023-09-15), true and false are 1 and 0.
        - "parquet" (.parquet): a folder with one Parquet file per table, meanings in the columns' metadata, and
          datapackage.json.
        - "csv": a folder that `load` reads (see `Dataset.to_folder`).
    overwrite : replace what is there, if it was written like this and not changed since: nothing else is ever
        replaced. Until the new one is complete, the old one stays.

    Raises
    ------
    FileExistsError
        If something is there and `overwrite` isn't set.
    ValueError
        For an unknown format; for a table that breaks its schema (sqlite, csv); for what a workbook can't hold: a
        text of more than 32,767 characters, control characters, a day before March 1900, too many rows. The
        message names the cell; nothing is cut or changed silently.

    Examples
    --------
    >>> import metaverse_analysis as ma, pandas as pd, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = ma.export(ma.load(), pathlib.Path(folder) / "tables.xlsx")
    ...     with pd.ExcelFile(path) as book:
    ...         print(book.sheet_names[:3])
    ['codebook', 'sources', 'places']
    """
    if isinstance(ds, pd.DataFrame):
        raise ValueError(
            "export writes a dataset, as ma.load gives; ma.bundle writes a table, with what belongs to it"
        )
    expects(ds, Dataset, given_by="load", taker="export")
    kind_of_file = format or SUFFIXES.get(given_path(path).suffix.lower())
    writers: dict[str, Callable[..., object]] = {
        "xlsx": _to_workbook,
        "parquet": _to_parquet,
        "sqlite": _to_sqlite,
        "csv": to_folder,
    }
    if kind_of_file not in writers:
        endings = ", ".join(SUFFIXES)
        raise ValueError(
            f"can't tell the format of {os.fspath(path)!r}: end it in one of {endings}, or pass format= "
            f"one of {', '.join(writers)}"
        )
    writers[kind_of_file](ds, path, overwrite=overwrite)
    return Path(path)


def codebook_table(ds: Dataset) -> pd.DataFrame:
    """The codebook as a table: a row on all tables, one for each table, one for each column.

    Columns table, column, title, type, unit, required, refers_to, description, allowed_values.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> book = codebook_table(ma.load()).set_index(["table", "column"])
    >>> book.loc[("regional_targets", "target_year"), ["title", "type"]].tolist()
    ['Target year', 'whole number']
    """
    about = ds.schema.descriptor
    licence = ", ".join(one["title"] for one in licences(about))
    known = "" if ds.known_on is None else f"As known on {ds.known_on:%Y-%m-%d}."
    said = [about.get("description", ""), known, f"Licence: {licence}." * bool(licence)]
    cited = f"Cite as: {cite_dataset(ds)}"
    rows = [
        {"table": "(all)", "title": about.get("title"), "description": " ".join(filter(None, [*said, cited]))}
    ]
    for name, frame in tables_to_write(ds).items():
        table = ds.schema[name]
        rows.append({"table": name, "title": table.title, "description": table.description})
        rows += [_column_row(table, table.fields[str(column)]) for column in frame]
    columns = [
        "table",
        "column",
        "title",
        "type",
        "unit",
        "required",
        "refers_to",
        "description",
        "allowed_values",
    ]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _column_row(table: Table, field: Field) -> dict[str, str | None]:
    refers = [f"{key.table}.{key.target}" for key in table.foreign_keys if key.column == field.name]
    return {
        "table": table.name,
        "column": field.name,
        "title": field.title,
        "type": kind(field).replace("`", ""),
        "unit": field.unit,
        "required": "yes" if _is_required(table, field) else None,
        "refers_to": ", ".join(refers) or None,
        "description": field.description,
        "allowed_values": "; ".join(_code(field, code) for code in field.enum or ()) or None,
    }


def _code(field: Field, code: str) -> str:
    label = field.codes.get(code, {}).get("label")
    return code if label in (None, code) else f"{code} = {label}"


def _is_required(table: Table, field: Field) -> bool:
    return field.required or field.name == table.key


def _to_workbook(ds: Dataset, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    tables = tables_to_write(ds)
    keys = {name: ds.schema[name].key for name in tables}
    book = _name_apart("codebook", tables)
    with replace_file(path, ours=is_workbook_of_ours, overwrite=overwrite) as draft:
        write_workbook(
            {book: codebook_table(ds), **tables}, draft, keys, title=ds.schema.descriptor.get("title")
        )


def _name_apart(name: str, taken: Iterable[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _to_parquet(ds: Dataset, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    import pyarrow.parquet as pq

    with replace_folder(path, tables_as("parquet"), overwrite=overwrite) as draft:
        refuse_to_forget(ds, path)
        for name, frame in tables_to_write(ds).items():
            file = draft / file_name(ds.schema[name].path, "parquet")
            pq.write_table(_with_meanings(frame, ds.schema[name]), file)
        write_json(signed(descriptor_to_write(ds, "parquet"), "parquet", draft), draft / DESCRIPTOR)


def _with_meanings(frame: pd.DataFrame, table: Table) -> pa.Table:
    """As Arrow, with the title, description and unit of each column as its metadata."""
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    fields = []
    for field in rows.schema:
        said = table.fields[field.name]
        meaning = {"title": said.title, "description": said.description, "unit": said.unit}
        fields.append(field.with_metadata({name: text for name, text in meaning.items() if text}))
    about = {"title": table.title, "description": table.description}
    return rows.cast(pa.schema(fields, {**(rows.schema.metadata or {}), **about}))


def _to_sqlite(ds: Dataset, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    tables = tables_to_write(ds)
    for end in SQLITE_COMPANIONS:
        if os.path.lexists(f"{os.fspath(path)}{end}"):
            raise ValueError(
                f"{path} is in use: {Path(path).name}{end} lies beside it; close what has it open"
            )
    with (
        replace_file(path, ours=_is_database_of_ours, overwrite=overwrite) as draft,
        closing(sqlite3.connect(draft)) as base,
    ):
        try:
            # Nothing has to be undone in a draft: it is thrown away if anything fails.
            base.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; PRAGMA application_id = {OURS};"
            )
            for name, frame in tables.items():
                base.execute(_create(ds, ds.schema[name], frame, tables))
                _insert(base, name, frame)
            book = _name_apart("codebook", tables)
            codebook = codebook_table(ds)
            base.execute(
                f"CREATE TABLE {_name(book)} ({', '.join(f'{_name(c)} TEXT' for c in map(str, codebook))})"
            )
            _insert(base, book, codebook)
            base.commit()
            _refuse_dangling(base)
        except sqlite3.IntegrityError as error:
            raise ValueError(f"{name} breaks its schema: {error}") from None
        except sqlite3.OperationalError as error:
            raise OSError(f"can't write {path}: {error}") from error


def _is_database_of_ours(path: Path) -> bool:
    """Whether a file is a database that this package wrote, and nobody has written to since."""
    with path.open("rb") as file:
        head = file.read(100)
    changes, application = (int.from_bytes(head[at : at + 4], "big") for at in (24, 68))
    return head.startswith(b"SQLite format 3\0") and application == OURS and changes == 1


def _create(ds: Dataset, table: Table, frame: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> str:
    lines = []
    for column in map(str, frame):
        field = table.fields[column]
        parts = [_name(column), SQL_TYPES[field.type]]
        parts += ["NOT NULL"] * _is_required(table, field)
        parts += ["PRIMARY KEY"] if column == table.key else ["UNIQUE"] * field.unique
        if allowed := [_literal(value) for value in field.enum or ()]:
            parts.append(f"CHECK ({_name(column)} IN ({', '.join(allowed)}))")
        elif field.type == "boolean":
            parts.append(f"CHECK ({_name(column)} IN (0, 1))")
        lines.append(" ".join(parts))
    for key in table.foreign_keys:
        target = ds.schema[key.table]
        single = key.target == target.key or target.fields[key.target].unique  # else SQL allows no reference
        if single and key.column in frame and key.table in tables:
            reference = f"REFERENCES {_name(key.table)} ({_name(key.target)})"
            lines.append(f"FOREIGN KEY ({_name(key.column)}) {reference}")
    return f"CREATE TABLE {_name(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _insert(base: sqlite3.Connection, name: str, frame: pd.DataFrame) -> None:
    marks = ", ".join("?" * frame.shape[1])
    columns = [_plain(frame[column]) for column in frame]
    base.executemany(f"INSERT INTO {_name(name)} VALUES ({marks})", zip(*columns, strict=True))


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


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
