"""`datapackage.json` as plain Python whose parts are known to be of the right kind, or every fault in it.

What the parts mean, and whether they fit together, is the business of `schema`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .opening import read_regular
from .problems import DataError, ProblemList

NUMBER = (int, float)
NAMES = (str, [str])  # one column as the standard allows to write it
LINK = {"name": str, "title": str, "path": str}
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
FIELD = {
    "name!": str,
    "type": str,
    "title": str,
    "description": str,
    "unit": str,
    "constraints": CONSTRAINTS,
    "codes": {"*": CODE},
    "groups": {"*": {"label": str}},
    "mixedDate": bool,
    "listOf": str,
}
RULE = {
    "rule!": str,
    "first": str,
    "last": str,
    "column": str,
    "columns": [str],
    "when": {"*": [str]},
    "pattern": str,
    "why": str,
}
FOREIGN_KEY = {"fields!": NAMES, "reference!": {"resource": str, "fields!": NAMES}}
TABLE_SCHEMA = {
    "fields!": [FIELD],
    "primaryKey!": NAMES,
    "foreignKeys": [FOREIGN_KEY],
    "missingValues": [str],
    "rules": [RULE],
}
RESOURCE = {
    "name!": str,
    "path!": str,
    "title": str,
    "description": str,
    "evidence": bool,
    "schema!": TABLE_SCHEMA,
}
# A name that ends in ! must be there, * is any other name; a tuple is a choice, a list has items of one kind.
PACKAGE = {
    **dict.fromkeys(("name", "title", "description", "subject", "version", "homepage"), str),
    "keywords": [str],
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


class Faults:
    """Collects what is wrong with a descriptor."""

    def __init__(self, path: Path):
        self.problems = ProblemList("datapackage", str(path))

    def add(self, where: str | None, found: object, rule: str, hint: str) -> None:
        """Tell a fault: the place in the descriptor, and what was found there."""
        shown = found if found is None or isinstance(found, str) else json.dumps(found, ensure_ascii=False)
        self.problems.add(None, where, shown, rule, hint)

    def raise_if_any(self) -> None:
        if len(self.problems):
            raise DataError(self.problems.sorted())


def read_descriptor(path: Path, *, checked: bool = True) -> dict[str, Any]:
    """A descriptor with all its parts of the right kind.

    Parameters
    ----------
    path : the file.
    checked : whether its parts are looked at one by one; the packaged descriptor needn't be at every start, a test
        does it once.

    Raises
    ------
    DataError
        With everything that is wrong.
    """
    faults = Faults(path)
    descriptor = _read_json(path, faults)
    if checked:
        for where, found, kind in _unlike(descriptor, PACKAGE, ""):
            faults.add(where or None, found, kind, HINT)
        faults.raise_if_any()
    return descriptor


def _read_json(path: Path, faults: Faults) -> Any:
    try:
        text = read_regular(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        faults.add(
            None, None, "the schema can be read", f"It can't: {getattr(error, 'strerror', None) or error}."
        )
        faults.raise_if_any()
    try:
        descriptor = json.loads(text, object_pairs_hook=_without_doubles)
        json.dumps(descriptor, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:  # half a character is a ValueError, too
        faults.add(None, None, "the schema is JSON", f"It isn't: {error}.")
    faults.raise_if_any()
    return descriptor


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(
            f"{next(name for name in names if names.count(name) > 1)!r} stands twice in one object"
        )
    return found


def _unlike(node: Any, shape: Any, where: str) -> Iterator[tuple[str, Any, str]]:
    """Where a part of the descriptor is of another kind: the place, what is there, what should be."""
    if isinstance(shape, tuple):
        if all(any(_unlike(node, choice, where)) for choice in shape):
            yield where, node, _words(shape)
    elif not _is_a(node, _kind(shape)):
        yield where, node, _words(shape)
    elif isinstance(shape, list):
        for position, item in enumerate(node):
            yield from _unlike(item, shape[0], f"{where}[{_called(item, position)}]")
    elif isinstance(shape, dict):
        yield from _unlike_parts(node, shape, where)


def _unlike_parts(node: dict[str, Any], shape: dict[str, Any], where: str) -> Iterator[tuple[str, Any, str]]:
    wanted = {name.rstrip("!"): inner for name, inner in shape.items()}
    for name, part in node.items():
        inner = wanted.get(name, shape.get("*"))
        if inner is not None:
            yield from _unlike(part, inner, f"{where}.{name}".lstrip("."))
    for name in shape:
        if name.endswith("!") and name[:-1] not in node:
            yield (
                f"{where}.{name[:-1]}".lstrip("."),
                None,
                f"{_words(wanted[name[:-1]])} that must be there",
            )


def _kind(shape: Any) -> type:
    return shape if isinstance(shape, type) else type(shape)


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
