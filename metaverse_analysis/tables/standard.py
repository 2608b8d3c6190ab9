"""What of the Data Package standard (datapackage.org, versions 1 and 2) holds for a folder of tables.

Honoured: names, titles, descriptions, types, constraints, primary, unique and foreign keys, licences, contributors and
sources; a schema in a file of its own beside the tables, if its name is plain; a path as a list with one item; Parquet
files. Refused, each with its reason: what would change how a file is read (a dialect, another encoding, formats of
dates, other words for true and false, other missing values, marks in numbers), tables in several files, in the
descriptor, elsewhere or compressed, and texts in several languages. Left aside: files that are no tables, and what
changes nothing here (profile, $schema, mediatype, bytes, hash, rdfType, example; the format of a text).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .descriptor import LOST, Faults, read_json
from .marks import DESCRIPTOR, MARK

TRUE_WORDS = ("true", "True", "TRUE", "1")
FALSE_WORDS = ("false", "False", "FALSE", "0")
FORMS = {
    "csv": {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
    "parquet": {"format": "parquet", "mediatype": "application/vnd.apache.parquet"},
}
OTHER_DESCRIPTORS = ("datapackage.yaml", "datapackage.yml")
JSON_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.json")
# What a dialect may say, since it says nothing new; of other things in it nothing is known.
USUAL_DIALECT = {
    "delimiter": (",",),
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "escapeChar": (None,),
    "header": (True,),
    "headerRows": ([1],),
    "skipInitialSpace": (False,),
    "commentChar": (None,),
    "nullSequence": (None, ""),
    "lineTerminator": ("\n", "\r\n"),
}
SAYS_NOTHING = ("$schema", "caseSensitiveHeader", "csvddfVersion", "headerJoin", "name", "title")
NO_DIALECT = (
    "files have commas, double quotes and one header line",
    "Save the file so, and remove the dialect.",
)
# What a table can't be, with the reason.
ELSEWHERE = {
    "data": ("a table is a file", "Write its rows to a CSV file, and name that as path."),
    "compression": ("a file isn't compressed", "Unpack it, and remove this."),
}


def refuse_other_descriptor(folder: Path) -> None:
    """A folder with a descriptor that isn't read would be taken for one without."""
    for name in OTHER_DESCRIPTORS:
        if (folder / name).is_file():
            faults = Faults(folder / name)
            hint = f"Write it as JSON, as {DESCRIPTOR}; or remove it, if the packaged schema holds."
            faults.add(None, None, f"the schema is {DESCRIPTOR}", hint)
            faults.raise_if_any()


def plain_resources(descriptor: Any, folder: Path, faults: Faults, known: tuple[str, ...]) -> Any:
    """The descriptor with its tables alone, each with one path and its schema in it; `known` are names of tables."""
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        return descriptor
    plain = (
        _plain_resource(one, folder, faults) if isinstance(one, dict) else one
        for one in descriptor["resources"]
        if not isinstance(one, dict) or _is_table(one, known)
    )
    return {**descriptor, "resources": [one for one in plain if one is not LOST]}


def _is_table(resource: Mapping[str, Any], known: tuple[str, ...]) -> bool:
    """Whether a resource is meant as a table; else it is a file beside them."""
    path = resource.get("path")
    return bool(
        resource.keys() & {"schema", "data"}
        or not path
        or resource.get("name") in known
        or resource.get("type") == "table"
        or resource.get("profile") == "tabular-data-resource"
        or (isinstance(path, str) and path.endswith((".csv", ".tsv", ".parquet")))
    )


def _plain_resource(resource: Mapping[str, Any], folder: Path, faults: Faults) -> Any:
    plain = dict(resource)
    where = f"resources[{resource.get('name')}]"
    for part, (rule, hint) in ELSEWHERE.items():
        if resource.get(part) not in (None, "no"):
            faults.add(f"{where}.{part}", None, rule, hint)
    match resource.get("path"):
        case [str(only)]:
            plain["path"] = only
        case [_, *_] as several if all(isinstance(one, str) for one in several):
            faults.add(f"{where}.path", several, "a table is one file", "Join the files to one.")
            plain["path"] = several[0]
    if isinstance(resource.get("schema"), str):
        plain["schema"] = _schema_beside(resource["schema"], where, folder, faults)
        if plain["schema"] is LOST:
            faults.leave_out(where)
            return LOST
    if isinstance(resource.get("dialect"), str):
        faults.add(f"{where}.dialect", resource["dialect"], *NO_DIALECT)
        del plain["dialect"]
    return plain


def _schema_beside(name: str, where: str, folder: Path, faults: Faults) -> Any:
    """A table's schema from a file of its own, or told why it can't be had."""
    if JSON_FILE.fullmatch(name):
        beside = Faults(folder / name)
        found = read_json(folder / name, beside)
        if isinstance(found, dict):
            return found
    hint = f"Put the file beside {DESCRIPTOR}, or write the schema here."
    faults.add(
        f"{where}.schema", name, "a schema is an object, or a plain file name that ends in .json", hint
    )
    return LOST


def refuse_other_files(resource: Mapping[str, Any], faults: Faults) -> None:
    """Tell what a resource says of its file and doesn't hold here."""
    name = resource["name"]
    for part, found in resource.get("dialect", {}).items():
        if part not in SAYS_NOTHING and found not in USUAL_DIALECT.get(part, ()):
            faults.add(f"{name}.dialect.{part}", found, *NO_DIALECT)
    if not _is_utf8(encoding := resource.get("encoding", "utf-8")):
        hint = "Save the file as UTF-8, and write utf-8 here."
        faults.add(f"{name}.encoding", encoding, "text is UTF-8", hint)
    form = Path(resource["path"]).suffix[1:]
    if form in FORMS and resource.get("format", form) != form:
        faults.add(f"{name}.format", resource["format"], "the format is that of the file", f"Write {form}.")


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
    except (LookupError, ValueError):
        return False


def refuse_other_cells(raw: Mapping[str, Any], where: str, kind: str, faults: Faults) -> None:
    """Tell what a column says of how its cells are written and doesn't hold here."""
    for part, rule, hint in _other_cells(raw, kind):
        faults.add(f"{where}.{part}", raw[part], rule, hint)


def _other_cells(raw: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str, str]]:
    usual = ("default", "%Y-%m-%d") if kind == "date" else ("default",)
    if kind != "string" and raw.get("format", "default") not in usual:
        shape = "dates are written as 2023-09-15" if kind == "date" else "cells are written in one way"
        yield "format", shape, "Write them so, and remove the format."
    for part, words in (("trueValues", TRUE_WORDS), ("falseValues", FALSE_WORDS)):
        if not set(raw.get(part, ())) <= set(words):
            yield part, f"one of {', '.join(words)}", "Write true and false in the file, and remove this."
    if raw.get("bareNumber") is False:
        yield "bareNumber", "numbers stand alone", "Write units into `unit`, and remove this."
    for part, usual_mark in (("decimalChar", "."), ("groupChar", "")):
        if raw.get(part, usual_mark) != usual_mark:
            yield part, "numbers have a decimal point and no other mark", "Write them so, and remove this."
    if says_more_than_empty(raw):
        yield "missingValues", "only an empty cell is missing", "Empty the other cells, and remove this."
    if "categories" in raw:
        yield "categories", "allowed values stand in constraints.enum", "Write them there."


def says_more_than_empty(raw: Mapping[str, Any]) -> bool:
    """Whether something besides an empty cell is to be missing."""
    given = raw.get("missingValues", [""])
    return [one["value"] if isinstance(one, dict) else one for one in given] != [""]


def refuse_other_columns(schema: Mapping[str, Any], name: str, faults: Faults) -> None:
    """Tell what a table's schema says of missing cells and of its columns and doesn't hold here."""
    if says_more_than_empty(schema):
        hint = 'Write "missingValues": [""], and empty the cells in which nothing is known.'
        faults.add(f"{name}.missingValues", schema["missingValues"], "only an empty cell is missing", hint)
    if schema.get("fieldsMatch", "equal") not in ("exact", "equal", ["exact"], ["equal"]):
        hint = "Remove it: they may stand in any order, and none may be missing or more."
        faults.add(f"{name}.fieldsMatch", schema["fieldsMatch"], "a file has the columns of its schema", hint)


def tell_something_else(descriptor: Mapping[str, Any], needed: tuple[str, ...], faults: Faults) -> None:
    """First of all: none of the tables that the library needs is here."""
    names = [one["name"] for one in descriptor["resources"]]
    if descriptor.get("generator") == MARK:
        hint = "It is a bundle of this package, a table that a measure made: read its CSV file with pandas."
    else:
        hint = "This is a Data Package of something else. Start from the packaged datapackage.json."
    faults.add(None, ", ".join(names), f"the tables {', '.join(needed)} are there", hint)


def with_file(resource: Mapping[str, Any], form: str) -> dict[str, Any]:
    """A resource whose file is written in this form, without what it said of the file that was read."""
    path = file_name(resource["path"], form)
    new = {**FORMS[form], "path": path}
    gone = ("bytes", "hash", "stats", "dialect", *(["encoding"] if "encoding" not in new else []))
    said = {key: new.get(key, value) for key, value in resource.items() if key not in gone}
    return said if path == resource["path"] else {**said, **new}


def file_name(path: str, form: str) -> str:
    """The name of a table's file in this form."""
    return f"{Path(path).stem}.{form}"
