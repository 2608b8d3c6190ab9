"""The schema: `data/datapackage.json` as Python. It is the only place where a column is described."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .problems import DataError, Problem, shorten

DESCRIPTOR = "datapackage.json"
TYPES = ("string", "integer", "number", "boolean", "date")
CONSTRAINTS = {"required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength"}
ROW_RULES = {
    "order": ("first", "last"),
    "acyclic": ("column",),
    "needs": ("when", "column"),
    "only_when": ("when", "column"),
    "matches": ("when", "column", "pattern"),
    "together": ("columns",),
    "family_order": (),
}
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.csv")
TABLE_NAME = re.compile(r"[a-z][a-z0-9_]*")


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
    evidence: bool
    fields: Mapping[str, Field]
    key: str
    foreign_keys: tuple[ForeignKey, ...]
    rules: tuple[Mapping[str, Any], ...]


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

    def codes(self, table: str, column: str) -> Mapping[str, Mapping[str, Any]]:
        """What the schema says of each code of a column: label, zh, description and what else it has."""
        return self.tables[table].fields[column].codes

    def label(self, table: str, column: str, code: str) -> str:
        """The words for a code in charts and prose; the code itself, spelt out, where the schema has none."""
        return self.codes(table, column).get(code, {}).get("label", str(code).replace("_", " "))


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
        return packaged
    schema = _parse(path)
    _require_what_the_library_needs(schema, packaged, path)
    return schema


@cache
def _packaged_schema() -> Schema:
    return _parse(data_folder() / DESCRIPTOR)


class _Faults:
    """Collects what is wrong with a descriptor."""

    def __init__(self, path: Path):
        self.path = path
        self.problems: list[Problem] = []

    def add(self, column: str | None, value: object, rule: str, hint: str) -> None:
        shown = None if value is None else shorten(str(value))
        self.problems.append(Problem("datapackage", str(self.path), None, column, shown, rule, hint))

    def raise_if_any(self) -> None:
        if self.problems:
            raise DataError(self.problems)


def _parse(path: Path) -> Schema:
    faults = _Faults(path)
    descriptor = _read_json(path, faults)
    tables: dict[str, Table] = {}
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or not resources:
        faults.add("resources", None, "lists the tables", "Start from the packaged datapackage.json.")
        faults.raise_if_any()
    for position, resource in enumerate(resources or ()):
        try:
            table = _table(resource, faults)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            said = f"resource {position + 1}: {type(error).__name__} {error}"
            faults.add("resources", said, "a Data Package table", "Compare it with the packaged schema.")
            continue
        if table.name in tables:
            faults.add("resources", table.name, "a table is listed once", "Remove the second one.")
        tables[table.name] = table
    _check_references(tables, faults)
    faults.raise_if_any()
    return Schema(tables, descriptor, path.parent)


def _read_json(path: Path, faults: _Faults) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        faults.add(None, None, "the schema can be read", f"It can't: {error}.")
    except (json.JSONDecodeError, RecursionError) as error:
        faults.add(None, None, "the schema is JSON", f"It isn't: {error}.")
    faults.raise_if_any()
    return None


def _table(resource: Mapping[str, Any], faults: _Faults) -> Table:
    name, path, schema = resource["name"], resource["path"], resource["schema"]
    if not isinstance(name, str) or not TABLE_NAME.fullmatch(name):
        faults.add("name", name, "a table's name is lower-case letters, digits and _", "Rename the table.")
    if not isinstance(path, str) or not FILE_NAME.fullmatch(path):
        # A path with folders in it could lead out of the data folder.
        faults.add("path", path, "a plain file name that ends in .csv", f"Write {name}.csv.")
    fields = {raw["name"]: _field(raw, name, faults) for raw in schema["fields"]}
    if len(fields) < len(schema["fields"]):
        faults.add("fields", name, "a column is described once", "Remove the second description.")
    keys = schema.get("primaryKey", [])
    keys = [keys] if isinstance(keys, str) else list(keys)
    if len(keys) != 1 or keys[0] not in fields:
        faults.add("primaryKey", keys, f"table {name} has exactly one key column", "Name one of its columns.")
        keys = list(fields)[:1]
    rules = tuple(schema.get("rules", ()))
    for rule in rules:
        _check_rule(rule, name, fields, faults)
    return Table(
        name=name,
        path=path,
        title=resource.get("title", name),
        description=resource.get("description", ""),
        evidence=resource.get("evidence", True),
        fields=fields,
        key=keys[0],
        foreign_keys=tuple(_foreign_key(raw, name) for raw in schema.get("foreignKeys", ())),
        rules=rules,
    )


def _field(raw: Mapping[str, Any], table: str, faults: _Faults) -> Field:
    name, kind = raw["name"], raw.get("type", "string")
    constraints = dict(raw.get("constraints", {}))
    where = f"{table}.{name}"
    if kind not in TYPES:
        faults.add(where, kind, f"a type is one of {', '.join(TYPES)}", "Choose one of these.")
    for unknown in sorted(set(constraints) - CONSTRAINTS):
        known = ", ".join(sorted(CONSTRAINTS))
        faults.add(where, unknown, f"a constraint is one of {known}", "Remove it, or use one of these.")
    if "pattern" in constraints:
        try:
            re.compile(constraints["pattern"])
        except (re.error, TypeError) as error:
            faults.add(
                where, constraints["pattern"], "a pattern is a regular expression", f"It isn't: {error}."
            )
    enum = constraints.get("enum")
    if enum is not None and not (isinstance(enum, list) and enum and all(isinstance(v, str) for v in enum)):
        faults.add(where, enum, "an enum is a list of words", 'Write it as ["one", "two"].')
        constraints.pop("enum")
    return Field(
        name=name,
        type=kind,
        title=raw.get("title", name),
        description=raw.get("description", ""),
        unit=raw.get("unit"),
        constraints=constraints,
        codes=dict(raw.get("codes", {})),
        mixed_date=bool(raw.get("mixedDate", False)),
        list_of=raw.get("listOf"),
    )


def _foreign_key(raw: Mapping[str, Any], table: str) -> ForeignKey:
    fields, reference = raw["fields"], raw["reference"]
    column = fields if isinstance(fields, str) else fields[0]
    target = reference["fields"]
    # The standard writes a table's reference to itself as an empty name.
    return ForeignKey(
        column, reference.get("resource") or table, target if isinstance(target, str) else target[0]
    )


def _check_rule(rule: Mapping[str, Any], table: str, fields: Mapping[str, Field], faults: _Faults) -> None:
    kind = rule.get("rule")
    if kind not in ROW_RULES:
        faults.add(
            f"{table}.rules", kind, f"a row rule is one of {', '.join(ROW_RULES)}", "Use one of these."
        )
        return
    missing = [part for part in ROW_RULES[kind] if part not in rule]
    if missing:
        faults.add(f"{table}.rules", kind, f"rule {kind} says {', '.join(ROW_RULES[kind])}", "Complete it.")
    named = [rule[part] for part in ("first", "last", "column") if part in rule]
    named += [*rule.get("when", ()), *rule.get("columns", ())]
    for column in named:
        if column not in fields:
            faults.add(
                f"{table}.rules", column, f"rule {kind} names columns of its table", "Correct the name."
            )


def _check_references(tables: Mapping[str, Table], faults: _Faults) -> None:
    for table in tables.values():
        for key in table.foreign_keys:
            if key.column not in table.fields:
                faults.add(
                    f"{table.name}.foreignKeys", key.column, "a column of the table", "Correct the name."
                )
            target = tables.get(key.table)
            if target is None or key.target not in target.fields:
                found = f"{key.table}.{key.target}"
                faults.add(f"{table.name}.foreignKeys", found, "refers to a column there is", "Correct it.")
        for field in table.fields.values():
            if field.list_of not in (None, "*") and field.list_of not in tables:
                faults.add(f"{table.name}.{field.name}", field.list_of, "listOf names a table", "Correct it.")


def _require_what_the_library_needs(schema: Schema, packaged: Schema, path: Path) -> None:
    """A folder's own schema may leave out tables and optional columns, never a key or a required column."""
    faults = _Faults(path)
    for name, own in schema.tables.items():
        table = packaged.tables.get(name)
        if table is None:
            continue
        if own.key != table.key:
            faults.add(f"{name}.primaryKey", own.key, f"the key of {name} is {table.key}", "Name it so.")
        references = {key.column for key in table.foreign_keys if table.fields[key.column].required}
        for column, field in table.fields.items():
            needed = field.required or column in references
            if needed and column not in own.fields:
                faults.add(f"{name}.{column}", None, "a column that the library needs", "Describe it.")
            elif column in own.fields and own.fields[column].type != field.type:
                found = own.fields[column].type
                faults.add(f"{name}.{column}", found, f"the column's type is {field.type}", "Keep the type.")
    for name in ("sources", "places", "policy_documents", "regional_targets"):
        if name not in schema.tables:
            faults.add("resources", None, f"table {name} is there", "The library needs it: list it.")
    faults.raise_if_any()
