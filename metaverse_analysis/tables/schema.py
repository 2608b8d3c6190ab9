"""The schema: `data/datapackage.json` as Python. It is the only place where a column is described."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from .column_types import pattern_fault
from .dates import is_valid
from .descriptor import CONSTRAINTS, Faults, fitted, read_json
from .marks import DESCRIPTOR, unsigned
from .standard import (
    plain_resources,
    refuse_other_cells,
    refuse_other_columns,
    refuse_other_descriptor,
    refuse_other_files,
    tell_something_else,
)

TYPES = ("string", "integer", "number", "boolean", "date")
ROW_RULES = {
    "order": ("first", "last"),
    "acyclic": ("column",),
    "needs": ("when", "column"),
    "only_when": ("when", "column"),
    "matches": ("when", "column", "pattern"),
    "together": ("columns",),
    "family_order": (),
}
NEEDED = ("sources", "places", "policy_documents", "regional_targets")  # tables without which nothing works
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.(csv|parquet)")
TABLE_NAME = re.compile(r"[a-z][a-z0-9_]*")
# How dates of mixed precision and lists of ids are described to other tools.
MIXED_DATE_PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
LIST_PATTERN = r"^[^;\s]+(;[^;\s]+)*$"


@dataclass(frozen=True)
class Field:
    """One column: its type, its meaning, and what it may hold."""

    name: str
    type: str
    title: str
    description: str
    unit: str | None
    constraints: Mapping[str, Any]
    codes: Mapping[str, Mapping[str, Any]]
    mixed_date: bool
    list_of: str | None

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))

    @property
    def unique(self) -> bool:
        return bool(self.constraints.get("unique"))

    @property
    def enum(self) -> tuple[str, ...] | None:
        values = self.constraints.get("enum")
        return None if values is None else tuple(values)


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values are keys of another table (or of the same one)."""

    column: str
    table: str
    target: str


@dataclass(frozen=True)
class Table:
    """One table: its file, its columns in order, its key, its references and its rules for rows."""

    name: str
    path: str
    title: str
    description: str
    evidence: bool  # every row names its sources
    judgement: bool  # the rows are the project's own decisions, not what a page says
    fields: Mapping[str, Field]
    key: str
    foreign_keys: tuple[ForeignKey, ...]
    rules: tuple[Mapping[str, Any], ...]
    unique_keys: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Schema:
    """All tables, and the descriptor that they were read from."""

    tables: Mapping[str, Table]
    descriptor: Mapping[str, Any]
    folder: Path

    def __getitem__(self, table: str) -> Table:
        return self.tables[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    @property
    def subject(self) -> str:
        """What the tables are about, as in "documents on the metaverse"; empty where a folder doesn't say."""
        return str(self.descriptor.get("subject", ""))

    @property
    def country(self) -> str:
        """The id of the country that the tables are about, which measures keep by default; empty where none is said."""
        return str(self.descriptor.get("country", ""))

    def codes(self, table: str, column: str) -> Mapping[str, Mapping[str, Any]]:
        """What the schema says of each code of a column: label, zh, description and what else it has."""
        return self.tables[table].fields[column].codes

    def label(self, table: str, column: str, code: str) -> str:
        """The words for a code in charts and prose; the code itself, spelt out, where the schema has none."""
        return self.codes(table, column).get(code, {}).get("label", str(code).replace("_", " "))

    def labels(self, table: str, column: str, codes: pd.Series) -> pd.Series:
        """The words for a column of codes; a missing code stays missing."""
        written = codes.astype("str")
        words = {code: self.label(table, column, code) for code in written.dropna().unique()}
        return written.map(words).astype("str")


def data_folder() -> Path:
    """Where the packaged tables are: a checkout's own `data/`, else the copy inside the installed package."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "data" / DESCRIPTOR).is_file():
        return checkout / "data"
    return package / "data"


def read_schema(folder: str | os.PathLike[str] | None = None) -> Schema:
    """The schema that holds for a folder: its own `datapackage.json` if it has one, else the packaged one.

    Raises
    ------
    DataError
        If the descriptor can't be read, or lacks a table's key, or a column that the library needs.
    """
    packaged = _packaged_schema()
    if folder is None:
        return packaged
    path = Path(folder) / DESCRIPTOR
    if not os.path.lexists(path):
        refuse_other_descriptor(path.parent)
        return packaged
    return _parse(path, packaged)


@cache
def _packaged_schema() -> Schema:
    return _parse(data_folder() / DESCRIPTOR)


def _parse(path: Path, packaged: Schema | None = None) -> Schema:
    faults = Faults(path)
    descriptor = read_json(path, faults)
    if (
        packaged is not None
    ):  # the packaged one needn't be looked at part by part at every start: a test does it
        plain = plain_resources(descriptor, path.parent, faults, tuple(packaged.tables))
        descriptor = fitted(plain, faults)
    if not descriptor["resources"] and not len(faults.problems):
        faults.add("resources", None, "lists the tables", "Start from the packaged datapackage.json.")
    tables: dict[str, Table] = {}
    for resource in descriptor["resources"]:
        table = _table(resource, faults)
        if table.name in tables:
            faults.add("resources", table.name, "a table is listed once", "Remove the second one.")
        if Path(table.path).stem in {Path(other.path).stem for other in tables.values()}:
            faults.add(
                f"{table.name}.path", table.path, "a file holds one table", "Name the table's own file."
            )
        tables[table.name] = table
    _check_references(tables, faults)
    if packaged is not None:
        _require_what_the_library_needs(tables, descriptor, packaged, faults)
    faults.raise_if_any()
    return Schema(tables, unsigned(descriptor), path.parent)


def _table(resource: Mapping[str, Any], faults: Faults) -> Table:
    name, path, schema = resource["name"], resource["path"], resource["schema"]
    if not TABLE_NAME.fullmatch(name):
        faults.add("name", name, "a table's name is lower-case letters, digits and _", "Rename the table.")
    if not FILE_NAME.fullmatch(path):
        # A path with folders in it could lead out of the data folder.
        hint = f"Put the file beside datapackage.json, and write {name}.csv."
        faults.add(f"{name}.path", path, "a plain file name that ends in .csv (or .parquet)", hint)
    refuse_other_files(resource, faults)
    refuse_other_columns(schema, name, faults)
    fields = {raw["name"]: _field(raw, name, faults) for raw in schema["fields"]}
    if len(fields) < len(schema["fields"]):
        faults.add("fields", name, "a column is described once", "Remove the second description.")
    keys = _names(schema.get("primaryKey", []))
    lacking = keys and keys[0] not in fields and faults.knows_columns(name)
    if "primaryKey" in schema and (len(keys) != 1 or lacking):
        faults.add("primaryKey", keys, f"table {name} has exactly one key column", "Name one of its columns.")
    rules = tuple(schema.get("rules", ()))
    for rule in rules:
        _check_rule(rule, name, fields, faults)
    return Table(
        name=name,
        path=path,
        title=resource.get("title", name),
        description=resource.get("description", ""),
        evidence=resource.get("evidence", True),
        judgement=resource.get("judgement", False),
        fields=fields,
        key="".join(keys[:1]),
        unique_keys=tuple(_unique_key(raw, name, fields, faults) for raw in schema.get("uniqueKeys", ())),
        foreign_keys=tuple(_foreign_key(raw, name, faults) for raw in schema.get("foreignKeys", ())),
        rules=rules,
    )


def _names(columns: str | list[str]) -> list[str]:
    return [columns] if isinstance(columns, str) else columns


def _field(raw: Mapping[str, Any], table: str, faults: Faults) -> Field:
    name, kind = raw["name"], raw.get("type", "string")
    where = f"{table}.{name}"
    if not name:
        faults.add(where, name, "a column has a name", "Name it as in the file's header.")
    if kind not in TYPES:
        faults.add(where, kind, f"a type is one of {', '.join(TYPES)}", "Choose one of these.")
    if kind != "string" and ("listOf" in raw or raw.get("mixedDate")):
        faults.add(where, kind, "mixedDate and listOf belong to type string", 'Write "type": "string".')
    refuse_other_cells(raw, where, kind, faults)
    _check_constraints(raw.get("constraints", {}), kind, where, faults)
    return Field(
        name=name,
        type=kind,
        title=raw.get("title", name),
        description=raw.get("description", ""),
        unit=raw.get("unit"),
        constraints=dict(raw.get("constraints", {})),
        codes=dict(raw.get("codes", {})),
        mixed_date=raw.get("mixedDate", False),
        list_of=raw.get("listOf"),
    )


def _check_constraints(constraints: Mapping[str, Any], kind: str, where: str, faults: Faults) -> None:
    for unknown in sorted(constraints.keys() - CONSTRAINTS.keys()):
        known = ", ".join(sorted(CONSTRAINTS))
        faults.add(where, unknown, f"a constraint is one of {known}", "Remove it, or use one of these.")
    if "pattern" in constraints:
        _check_pattern(constraints["pattern"], where, faults)
    enum = constraints.get("enum")
    if enum is not None and (kind != "string" or not enum or len(set(enum)) < len(enum)):
        rule = "an enum is a list of different words, in a column of type string"
        faults.add(where, enum, rule, 'Write it as ["one", "two"].')
    for bound in ("minimum", "maximum"):
        limit = constraints.get(bound)
        if limit is None:
            continue
        if kind not in ("integer", "number", "date"):
            faults.add(where, limit, f"a {bound} belongs to a number or a date", "Remove it.")
        elif kind == "date" and not (isinstance(limit, str) and len(limit) == 10 and is_valid(limit)):
            faults.add(where, limit, f"the {bound} of a date is a day", 'Write it as "2023-09-15".')
        elif kind != "date" and isinstance(limit, str):
            faults.add(where, limit, f"the {bound} of a number is a number", "Write it without quotes.")


def _check_pattern(pattern: str, where: str, faults: Faults) -> None:
    fault = pattern_fault(pattern)
    if fault:
        hint = f"It isn't: {fault}. Looking ahead or behind and references back to a group aren't possible."
        faults.add(where, pattern, "a pattern is a regular expression (RE2)", hint)


def _unique_key(
    raw: str | list[str], table: str, fields: Mapping[str, Field], faults: Faults
) -> tuple[str, ...]:
    columns = _names(raw)
    if not columns or (any(column not in fields for column in columns) and faults.knows_columns(table)):
        faults.add(f"{table}.uniqueKeys", columns, "a unique key names columns of its table", "Correct it.")
    return tuple(columns)


def _foreign_key(raw: Mapping[str, Any], table: str, faults: Faults) -> ForeignKey:
    columns, reference = _names(raw["fields"]), raw["reference"]
    targets = _names(reference["fields"])
    if len(columns) != 1 or len(targets) != 1:
        faults.add(f"{table}.foreignKeys", columns, "a foreign key has one column", "Name one column.")
    # The standard writes a table's reference to itself as an empty name.
    return ForeignKey("".join(columns[:1]), reference.get("resource") or table, "".join(targets[:1]))


def _check_rule(rule: Mapping[str, Any], table: str, fields: Mapping[str, Field], faults: Faults) -> None:
    kind, where = rule["rule"], f"{table}.rules"
    if kind not in ROW_RULES:
        faults.add(where, kind, f"a row rule is one of {', '.join(ROW_RULES)}", "Use one of these.")
        return
    if any(not rule.get(part) for part in ROW_RULES[kind]):
        faults.add(where, kind, f"rule {kind} says {', '.join(ROW_RULES[kind])}", "Complete it.")
    named = [rule[part] for part in ("first", "last", "column") if part in rule]
    named += [*rule.get("when", ()), *rule.get("columns", ())]
    for column in named:
        if column not in fields and faults.knows_columns(table):
            faults.add(where, column, f"rule {kind} names columns of its table", "Correct the name.")
    if kind == "order":
        compared = {_measured_in(fields.get(rule.get(part, ""))) for part in ("first", "last")}
        if compared not in ({"date"}, {"number"}):
            rule_says = "rule order compares two numbers, or two dates"
            faults.add(where, rule.get("last"), rule_says, "Name such columns.")
    if kind == "matches":
        _check_pattern(rule.get("pattern", ""), where, faults)


def _measured_in(field: Field | None) -> str | None:
    if field is None:
        return None
    if field.mixed_date or field.type == "date":
        return "date"
    return "number" if field.type in ("integer", "number") else "text"


def _check_references(tables: Mapping[str, Table], faults: Faults) -> None:
    for table in tables.values():
        for key in table.foreign_keys:
            if key.column not in table.fields and faults.knows_columns(table.name):
                faults.add(
                    f"{table.name}.foreignKeys", key.column, "a column of the table", "Correct the name."
                )
            target = tables.get(key.table)
            known = faults.knows_table(key.table) and faults.knows_columns(key.table)
            if known and (target is None or key.target not in target.fields):
                found = f"{key.table}.{key.target}"
                faults.add(f"{table.name}.foreignKeys", found, "refers to a column there is", "Correct it.")
        for field in table.fields.values():
            missing = field.list_of not in (None, "*") and field.list_of not in tables
            if missing and faults.knows_table(str(field.list_of)):
                faults.add(f"{table.name}.{field.name}", field.list_of, "listOf names a table", "Correct it.")


def _require_what_the_library_needs(
    tables: Mapping[str, Table], descriptor: Mapping[str, Any], packaged: Schema, faults: Faults
) -> None:
    """A folder's own schema may leave out tables and optional columns, never a key or a required column."""
    for name, own in tables.items():
        table = packaged.tables.get(name)
        if table is None:
            continue
        if own.key and own.key != table.key:
            faults.add(f"{name}.primaryKey", own.key, f"the key of {name} is {table.key}", "Name it so.")
        references = {key.column for key in table.foreign_keys if table.fields[key.column].required}
        for column, field in table.fields.items():
            needed = field.required or column in references
            if needed and column not in own.fields and faults.knows_columns(name):
                faults.add(f"{name}.{column}", None, "a column that the library needs", "Describe it.")
            elif column in own.fields and faults.knows_column(name, column):
                _require_the_same_kind(own.fields[column], field, f"{name}.{column}", faults)
    missing = [name for name in NEEDED if name not in tables and faults.knows_table(name)]
    if missing == list(NEEDED) and tables:
        tell_something_else(descriptor, NEEDED, faults)
        return
    for name in missing:
        faults.add("resources", None, f"table {name} is there", "The library needs it: list it.")


def _require_the_same_kind(own: Field, field: Field, where: str, faults: Faults) -> None:
    """The allowed values may differ; whether a column holds numbers, dates or ids may not."""
    if own.type != field.type:
        faults.add(where, own.type, f"the column's type is {field.type}", "Keep the type.")
    for name, is_so, should in (
        ("mixedDate", own.mixed_date, field.mixed_date),
        ("listOf", own.list_of is not None, field.list_of is not None),
    ):
        if should and not is_so:
            faults.add(where, None, f"the column has {name}", "The library needs it: describe it so.")
    kinds = {said: type(value) for code in field.codes.values() for said, value in code.items()}
    for code, about in own.codes.items():
        for said, value in about.items():
            if type(value) is not kinds.get(said, type(value)):
                rule = f"{said} of a code is of the kind that the packaged schema has"
                faults.add(f"{where}.{code}", value, rule, "Compare it with the packaged datapackage.json.")
