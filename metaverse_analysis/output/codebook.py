"""The codebook: `data/README.md`, written from the schema so that no column is described twice."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..tables.dataset import Dataset
from ..tables.files import replace_file
from ..tables.schema import Field, Table
from .markdown import code, plain

GENERATED = "<!-- Written from datapackage.json: `python -m metaverse_analysis codebook`. Edit the schema instead. -->"


def codebook(ds: Dataset) -> str:
    """The codebook of a dataset as Markdown: every table, column, unit, allowed value and rule.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> from metaverse_analysis.output.codebook import codebook
    >>> codebook(ma.load()).splitlines()[2]
    "# Codebook: China's metaverse industrial policy, 2021-2026"
    """
    return "\n".join(_lines(ds)) + "\n"


def write_codebook(ds: Dataset, path: str | os.PathLike[str]) -> Path:
    """Write the codebook to a file, in place of an older one and of nothing else.

    Raises
    ------
    ValueError
        If the file there isn't a codebook that this package wrote.
    """
    with replace_file(path, ours=_is_codebook, overwrite=True) as draft:
        draft.write_text(codebook(ds), encoding="utf-8", newline="\n")
    return Path(path)


def _is_codebook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(GENERATED) + 1) == f"{GENERATED}\n".encode()


def _lines(ds: Dataset) -> Iterator[str]:
    about = ds.schema.descriptor
    yield GENERATED
    yield ""
    yield f"# Codebook: {plain(about.get('title') or about.get('name') or 'the tables')}"
    yield ""
    yield plain(about.get("description", ""))
    yield ""
    yield "How to read the tables:"
    yield ""
    yield from (f"- {line}" for line in HOW_TO_READ)
    yield from (f"- {plain(limit)}" for limit in about.get("limits", ()))
    yield ""
    yield "| table | rows | one row is |"
    yield "|---|---:|---|"
    tables = own_tables(ds)
    for name, table in tables.items():
        said = plain(_first_sentence(table.description) or table.title)
        yield f"| [`{name}`](#{name}) | {len(ds[name]):,} | {said} |"
    for table in tables.values():
        yield from _table(table, len(ds[table.name]))


def own_tables(ds: Dataset) -> dict[str, Table]:
    """The tables and columns that the folder itself describes, without those that it leaves out."""
    own = {}
    for resource in ds.schema.descriptor["resources"]:
        table = ds.schema[resource["name"]]
        columns = [field["name"] for field in resource["schema"]["fields"]]
        own[table.name] = replace(table, fields={name: table.fields[name] for name in columns})
    return own


# What holds for the tables of any folder; what else its rows can't tell, the folder itself says in its `limits`.
HOW_TO_READ = (
    "UTF-8, comma-separated, one header line. An empty cell is unknown or does not apply; it is never zero. "
    "The words None, NA and null are ordinary text.",
    "Dates are as precise as their source: a day (2023-09-15), a month (2023-09) or a year (2023).",
    "Lists of ids are joined by `;` without spaces.",
    "Money is in the currency and the words of the document. Dollars are derived, never stored, except those "
    "that an outlet printed (`press_figures`).",
    "Every row of evidence names its sources; the tables marked below as without sources are exempt.",
    "Confidence is computed from the sources, not stored; `confidence_override` is a decision by hand and gives "
    "its reason.",
)


def _table(table: Table, rows: int) -> Iterator[str]:
    yield ""
    yield f"## {table.name}"
    yield ""
    yield f"{plain(table.title)}: {rows:,} rows in `{table.path}`. {plain(table.description)}".strip()
    yield ""
    yield (
        f"Key: `{table.key}`. "
        + ("Every row names its sources." if table.evidence else "Rows need no sources.")
        + (
            " The rows are the project's own judgements, counted apart from evidence."
            if table.judgement
            else ""
        )
    )
    yield ""
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    references = {key.column: key for key in table.foreign_keys}
    for field in table.fields.values():
        meaning = f"**{plain(field.title)}.** {plain(field.description)}"
        if field.name in references:
            key = references[field.name]
            meaning += f" Refers to {code(f'{key.table}.{key.target}', in_table=True)}."
        yield f"| {code(field.name, in_table=True)} | {_type(field, table)} | {meaning} |"
    for field in table.fields.values():
        if field.enum:
            yield from _codes(field)
    if table.rules:
        yield ""
        yield "Rules between cells and rows:"
        yield ""
        for rule in table.rules:
            yield f"- {_rule(rule)}"


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].removesuffix(".")


def kind(field: Field) -> str:
    """What a column holds, in words."""
    words = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "true/false",
        "date": "day",
    }
    if field.mixed_date:
        return "day, month or year"
    if field.list_of:
        return "list of ids of any table" if field.list_of == "*" else f"list of ids of `{field.list_of}`"
    return "code" if field.enum else words[field.type]


def _type(field: Field, table: Table) -> str:
    unit = f", {plain(field.unit)}" if field.unit else ""
    return kind(field) + unit + (", required" if field.required or field.name == table.key else "")


def _codes(field: Field) -> Iterator[str]:
    yield ""
    yield f"Codes of {code(field.name)}:"
    yield ""
    for value in field.enum or ():
        said = field.codes.get(value, {})
        words = " ".join(filter(None, (said.get("label"), said.get("zh"))))
        meaning = ": ".join(filter(None, (words, said.get("description"))))
        yield f"- {code(value)}" + (f" - {plain(meaning)}" if meaning else "")


def _rule(rule: Mapping[str, Any]) -> str:
    when = " and ".join(f"{code(c)} is {' or '.join(map(plain, v))}" for c, v in rule.get("when", {}).items())
    match rule["rule"]:
        case "order":
            return f"{code(rule['first'])} is not after {code(rule['last'])}."
        case "acyclic":
            return f"Following {code(rule['column'])} never leads back to the same row."
        case "needs":
            return f"{code(rule['column'])} is filled where {when}."
        case "only_when":
            return f"{code(rule['column'])} is filled only where {when}."
        case "matches":
            return f"{code(rule['column'])} matches {code(rule['pattern'])} where {when}."
        case "together":
            return f"{' and '.join(map(code, rule['columns']))} are filled together."
        case _:
            return "A final is not dated before every draft of its family."
