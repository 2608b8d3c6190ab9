"""A dataset as an Excel workbook, Parquet files or an SQLite database, each with its codebook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

import pandas as pd
import pyarrow as pa

from ..measures.citing import cite_dataset
from ..tables.dataset import Dataset
from ..tables.descriptor import licences
from ..tables.files import replace_file, replace_folder
from ..tables.marks import DESCRIPTOR, signed, tables as tables_as
from ..tables.schema import Field, Schema, Table
from ..tables.standard import file_name
from ..tables.writing import descriptor_to_write, refuse_to_forget, tables_to_write, write_json
from .codebook import kind
from .database import SQL_TYPES, literal, plain_columns, quoted, write_database
from .workbook import is_workbook_of_ours, write_workbook

BOOK = ["table", "column", "title", "type", "unit", "required", "refers_to", "description", "allowed_values"]


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
    return pd.DataFrame(rows, columns=BOOK, dtype="str")


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


def to_workbook(ds: Dataset, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    """As a workbook: the codebook, then a sheet per table."""
    tables = tables_to_write(ds)
    keys = {name: ds.schema[name].key for name in tables}
    book = name_apart("codebook", tables)
    with replace_file(path, ours=is_workbook_of_ours, overwrite=overwrite) as draft:
        write_workbook(
            {book: codebook_table(ds), **tables}, draft, keys, title=ds.schema.descriptor.get("title")
        )


def name_apart(name: str, taken: Iterable[str]) -> str:
    """The name, or a longer one that isn't taken."""
    while name in taken:
        name += "_"
    return name


def to_parquet(ds: Dataset, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    """As a folder of Parquet files, with meanings in the columns’ metadata."""
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


def to_sqlite(ds: Dataset, path: str | os.PathLike[str], *, overwrite: bool) -> None:
    """As a database with the keys, references and allowed values of the schema."""
    tables = tables_to_write(ds)
    written = {
        name: (_lines(ds.schema, ds.schema[name], frame, tables), frame) for name, frame in tables.items()
    }
    book = codebook_table(ds)
    written[name_apart("codebook", tables)] = (plain_columns(dict.fromkeys(map(str, book), "string")), book)
    write_database(written, path, overwrite=overwrite)


def _lines(schema: Schema, table: Table, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> str:
    """What SQL is told of a table: types, keys, references, allowed values."""
    lines = []
    for column in map(str, frame):
        field = table.fields[column]
        parts = [quoted(column), SQL_TYPES[field.type]]
        parts += ["NOT NULL"] * _is_required(table, field)
        parts += ["PRIMARY KEY"] if column == table.key else ["UNIQUE"] * field.unique
        if allowed := [literal(value) for value in field.enum or ()]:
            parts.append(f"CHECK ({quoted(column)} IN ({', '.join(allowed)}))")
        elif field.type == "boolean":
            parts.append(f"CHECK ({quoted(column)} IN (0, 1))")
        lines.append(" ".join(parts))
    for key in table.foreign_keys:
        target = schema[key.table]
        single = key.target == target.key or target.fields[key.target].unique  # else SQL allows no reference
        if single and key.column in frame and key.table in tables:
            reference = f"REFERENCES {quoted(key.table)} ({quoted(key.target)})"
            lines.append(f"FOREIGN KEY ({quoted(key.column)}) {reference}")
    return ",\n  ".join(lines)
