"""`datapackage.json` as plain Python whose parts are known to be of the right kind, and every fault in it.

Parts of another kind are told and left out, so that what the rest means can be looked at, too: that is the business
of `schema`. Which parts of the Data Package standard hold here, `standard` knows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .csv_text import read_regular
from .problems import DataError, ProblemList


class Whole(dict[str, Any]):
    """The shape of an object that says nothing without one of its parts."""


NAMES = (str, [str])  # one column as the standard allows to write it
LINK = {"name": str, "title": str, "path": str, "givenName": str, "familyName": str}
CODE = {"label": str, "zh": str, "description": str, "*": (str, bool, int, float)}
CONSTRAINTS = {
    "required": bool,
    "unique": bool,
    "enum": [str],
    "pattern": str,
    "minimum": (int, float, str),
    "maximum": (int, float, str),
    "minLength": int,
    "maxLength": int,
}
MISSING = [(str, {"value!": str, "label": str})]
FIELD = {
    "name!": str,
    "type": str,
    "format": str,
    "title": str,
    "description": str,
    "unit": str,
    "constraints": CONSTRAINTS,
    "missingValues": MISSING,
    "trueValues": [str],
    "falseValues": [str],
    "bareNumber": bool,
    "decimalChar": str,
    "groupChar": str,
    "codes": {"*": CODE},
    "groups": {"*": {"label": str}},
    "mixedDate": bool,
    "listOf": str,
}
RULE = Whole(
    {
        "rule!": str,
        "first": str,
        "last": str,
        "column": str,
        "columns": [str],
        "when": {"*": [str]},
        "pattern": str,
        "why": str,
    }
)
FOREIGN_KEY = Whole({"fields!": NAMES, "reference!": {"resource": str, "fields!": NAMES}})
TABLE_SCHEMA = {
    "fields!": [FIELD],
    "primaryKey+": NAMES,
    "uniqueKeys": [NAMES],
    "foreignKeys": [FOREIGN_KEY],
    "fieldsMatch": NAMES,
    "missingValues": MISSING,
    "rules": [RULE],
}
RESOURCE = {
    "name!": str,
    "path!": str,
    "title": str,
    "description": str,
    "format": str,
    "encoding": str,
    "dialect": {},
    "evidence": bool,
    "judgement": bool,
    "schema!": TABLE_SCHEMA,
}
# A name that ends in ! or + must be there, and without one that ends in ! the rest says nothing; * is any other name.
# A tuple is a choice, a list has items of one kind.
PACKAGE = {
    **dict.fromkeys(("name", "title", "description", "subject", "country", "version", "homepage"), str),
    "keywords": [str],
    "limits": [str],
    "licenses": [LINK],
    "sources": [LINK],
    "contributors": [LINK],
    "resources!": [RESOURCE],
}
WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "an object",
}
HINT = "Write it so, as in the packaged datapackage.json."
TRANSLATED = "Texts in several languages aren't read: keep one of them here."
LOST = object()  # stands for a part that is of another kind
NAMELESS = re.compile(r"resources\[\d+\]|resources|")


class Faults:
    """Collects what is wrong with a descriptor."""

    def __init__(self, path: Path):
        self.path = path
        self.problems = ProblemList("datapackage", str(path))
        self._told: set[str] = set()  # places of parts of another kind
        self._lost: set[str] = set()  # places of items that were left out for it

    def add(self, where: str | None, found: object, rule: str, hint: str) -> None:
        """Tell a fault: the place in the descriptor, and what was found there."""
        shown = found if found is None or isinstance(found, str) else json.dumps(found, ensure_ascii=False)
        self.problems.add(None, where, shown, rule, hint)

    def add_other_kind(self, where: str, found: object, kind: str) -> None:
        """Tell of a part that is of another kind than it should be, and is left out."""
        self._told.add(where)
        translated = isinstance(found, dict) and where.rpartition(".")[2] in ("title", "description")
        self.add(where or None, found, kind, TRANSLATED if translated else HINT)

    def leave_out(self, where: str) -> None:
        """Remember an item of a list that is left out: what it held isn't missing."""
        self._lost.add(where)

    def knows_column(self, table: str, column: str) -> bool:
        """Whether all that is said of a column could be read."""
        start = _place_of(table) + f".schema.fields[{column}]"
        return not any(where.startswith(start) for where in self._told)

    def knows_columns(self, table: str) -> bool:
        """Whether no column of a table was left out."""
        return not any(where.startswith(_place_of(table) + ".schema.fields[") for where in self._lost)

    def knows_table(self, table: str) -> bool:
        """Whether a table isn't among those that were left out, some of them without a name."""
        return not any(where == _place_of(table) or NAMELESS.fullmatch(where) for where in self._lost)

    def raise_if_any(self) -> None:
        if len(self.problems):
            raise DataError(self.problems.sorted())


def _place_of(table: str) -> str:
    return f"resources[{table}]"


def read_json(path: Path, faults: Faults) -> Any:
    """What a JSON file holds; raises DataError where it can't be read at all."""
    try:
        data = read_regular(path)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        hint = "It is UTF-16 or UTF-32. Save it in UTF-8." if wide else f"Save it in UTF-8: {error}."
        faults.add(None, None, "the schema is UTF-8", hint)
        faults.raise_if_any()
    except OSError as error:
        faults.add(None, None, "the schema can be read", f"It can't: {error.strerror or error}.")
        faults.raise_if_any()
    try:
        content = json.loads(text, object_pairs_hook=_without_doubles)
        json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:  # half a character is a ValueError, too
        faults.add(None, None, "the schema is JSON", f"It isn't: {error}.")
    faults.raise_if_any()
    return content


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(
            f"{next(name for name in names if names.count(name) > 1)!r} stands twice in one object"
        )
    return found


def fitted(descriptor: Any, faults: Faults) -> dict[str, Any]:
    """The descriptor without the parts that are of another kind than they should be; these are told."""
    found = _fitted(descriptor, PACKAGE, "", faults)
    return {"resources": []} if found is LOST else found


def _fitted(node: Any, shape: Any, where: str, faults: Faults) -> Any:
    if isinstance(shape, tuple):
        for choice in shape:
            trial = Faults(faults.path)
            found = _fitted(node, choice, where, trial)
            if not len(trial.problems):
                return found
    elif _is_a(node, _kind(shape)):
        if isinstance(shape, list):
            return list(_fitted_items(node, shape[0], where, faults))
        return _fitted_parts(node, shape, where, faults) if isinstance(shape, dict) else node
    faults.add_other_kind(where, node, _words(shape))
    return LOST


def _fitted_items(node: list[Any], shape: Any, where: str, faults: Faults) -> Iterator[Any]:
    for position, item in enumerate(node):
        place = f"{where}[{_called(item, position)}]"
        found = _fitted(item, shape, place, faults)
        if found is not LOST:
            yield found
        else:
            faults.leave_out(place)


def _fitted_parts(node: Mapping[str, Any], shape: Mapping[str, Any], where: str, faults: Faults) -> Any:
    wanted = {name.rstrip("!+"): inner for name, inner in shape.items()}
    found: dict[str, Any] = {}
    lost = False
    for name, part in node.items():
        inner = wanted.get(name, shape.get("*"))
        kept = part if inner is None else _fitted(part, inner, f"{where}.{name}".lstrip("."), faults)
        if kept is LOST:
            lost = lost or isinstance(shape, Whole)
        else:
            found[name] = kept
    for name in shape:
        if name[-1] in "!+" and name[:-1] not in node:
            kind = f"{_words(wanted[name[:-1]])} that must be there"
            faults.add_other_kind(f"{where}.{name[:-1]}".lstrip("."), None, kind)
    lost = lost or any(name.endswith("!") and name[:-1] not in found for name in shape)
    return LOST if lost else found


def _kind(shape: Any) -> type:
    if isinstance(shape, type):
        return shape
    return dict if isinstance(shape, dict) else type(shape)


def _words(shape: Any) -> str:
    return " or ".join(WORDS[_kind(choice)] for choice in (shape if isinstance(shape, tuple) else (shape,)))


def _is_a(node: Any, kind: type) -> bool:
    if kind is float:
        return isinstance(node, (int, float)) and not isinstance(node, bool)
    return type(node) is kind


def _called(item: Any, position: int) -> str:
    """An item by its name, if it has one: resources[places] says more than resources[1]."""
    name = item.get("name") if isinstance(item, dict) else None
    return name if isinstance(name, str) and name else str(position + 1)


def contributors(descriptor: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The contributors that have a name, each with its `title`."""
    named = []
    for one in descriptor.get("contributors", ()):
        name = one.get("title") or " ".join(filter(None, (one.get("givenName"), one.get("familyName"))))
        if name:
            named.append({**one, "title": name})
    return named


def people(descriptor: Mapping[str, Any]) -> list[str]:
    """The names of the contributors."""
    return [one["title"] for one in contributors(descriptor)]


def licences(descriptor: Mapping[str, Any]) -> list[dict[str, str]]:
    """The licences, each with its `name` and `title`, or what it has instead of them, and its `path` if it has one."""
    told = []
    for one in descriptor.get("licenses", ()):
        name = one.get("name") or one.get("title") or one.get("path")
        if name:
            told.append({**one, "name": name, "title": one.get("title") or name})
    return told
