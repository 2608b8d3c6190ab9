"""Rules that hold between the cells of a row, or between rows, as the schema declares them.

In `datapackage.json` a table's schema may have "rules", each a small object:

- {"rule": "order", "first": A, "last": B}: A is not after (or above) B. Dates of mixed precision break it
  only if no reading of them keeps the order.
- {"rule": "acyclic", "column": A}: following A from row to row never comes back.
- {"rule": "needs", "when": {C: [values]}, "column": A}: where C has one of the values, A is filled.
- {"rule": "only_when", "when": {C: [values]}, "column": A}: A is filled only where C has one of the values.
- {"rule": "matches", "when": {C: [values]}, "column": A, "pattern": P}: there, A is written so.
- {"rule": "together", "columns": [A, B]}: both are filled, or neither.
- {"rule": "family_order"}: a final document isn't dated before every draft of its family.

"why", if given, is shown as the hint.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow.compute as pc

from .column_types import Column, full_match
from .dates import is_valid, span
from .reading import Reading

DAY = "datetime64[D]"
NO_DAY = np.datetime64("NaT", "D")


def check(reading: Reading) -> None:
    """Apply the rules of a table; a rule whose columns are missing is told elsewhere and passed over here."""
    for rule in reading.table.rules:
        RULES[rule["rule"]](reading, rule)


def _filled(reading: Reading, name: str) -> np.ndarray:
    return reading.columns[name].text.is_valid().to_numpy()


def _days(column: Column) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last day that each cell may mean; what is no date is told as such, and missing here."""
    spans = [span(word) if is_valid(word) else None for word in column.words]
    first = np.array([None if one is None else one.first for one in spans], DAY)
    last = np.array([None if one is None else one.last for one in spans], DAY)
    return column.spread(first, NO_DAY), column.spread(last, NO_DAY)


def _lowest_and_highest(reading: Reading, name: str) -> tuple[np.ndarray, np.ndarray]:
    """What a cell may mean at least and at most; they differ for dates given as a month or a year only."""
    field, column = reading.table.fields[name], reading.columns[name]
    if field.mixed_date:
        return _days(column)
    parsed = column.parsed(field)
    missing = NO_DAY if field.type == "date" else np.nan
    values = parsed.values if field.type == "date" else parsed.values.astype(float)
    values = column.spread(np.where(parsed.bad, missing, values), missing)
    return values, values


def _order(reading: Reading, rule: Mapping[str, Any]) -> None:
    first, last = rule["first"], rule["last"]
    if not {first, last} <= reading.columns.keys():
        return
    lowest, _ = _lowest_and_highest(reading, first)
    _, highest = _lowest_and_highest(reading, last)
    broken = np.flatnonzero(highest < lowest)
    hint = rule.get("why") or f"Compare it with {first}; one of the two is wrong, or they are swapped."
    above = "above" if reading.table.fields[first].type in ("integer", "number") else "later than"
    reading.add_rows(broken, last, f"{first} isn't {above} {last}", hint)


def _needs(reading: Reading, rule: Mapping[str, Any]) -> None:
    _conditional(reading, rule, applies=True, filled=False)


def _only_when(reading: Reading, rule: Mapping[str, Any]) -> None:
    _conditional(reading, rule, applies=False, filled=True)


def _conditional(reading: Reading, rule: Mapping[str, Any], *, applies: bool, filled: bool) -> None:
    name, when = rule["column"], rule["when"]
    if not {name, *when} <= reading.columns.keys():
        return
    broken = np.flatnonzero((_holds(reading, when) == applies) & (_filled(reading, name) == filled))
    said = f"filled {'' if applies else 'only '}where {_words(when)}"
    advice = f"{'Fill in' if applies else 'Empty'} {name}, or correct {', '.join(when)}."
    reading.add_rows(broken, name, said, rule.get("why") or advice)


def _holds(reading: Reading, when: Mapping[str, list[str]]) -> np.ndarray:
    """The rows for which all conditions hold."""
    holds = np.ones(reading.rows, bool)
    for condition, values in when.items():
        column = reading.columns[condition]
        listed = np.array([word in values for word in column.words], dtype=bool)
        holds &= column.spread(listed, False)
    return holds


def _words(when: Mapping[str, list[str]]) -> str:
    return " and ".join(f"{condition} is {' or '.join(values)}" for condition, values in when.items())


def _matches(reading: Reading, rule: Mapping[str, Any]) -> None:
    name, when = rule["column"], rule["when"]
    if not {name, *when} <= reading.columns.keys():
        return
    column = reading.columns[name]
    other = ~full_match(column.values, rule["pattern"])
    broken = np.flatnonzero(column.spread(other, False) & _holds(reading, when))
    said = f"matches {rule['pattern']} where {_words(when)}"
    reading.add_rows(broken, name, said, rule.get("why") or f"Write {name} so, or correct {', '.join(when)}.")


def _together(reading: Reading, rule: Mapping[str, Any]) -> None:
    names = rule["columns"]
    if not set(names) <= reading.columns.keys():
        return
    filled = np.stack([_filled(reading, name) for name in names])
    broken = np.flatnonzero(filled.any(axis=0) & ~filled.all(axis=0))
    hint = rule.get("why") or "Fill in all of them, or none."
    reading.add_rows(broken, None, f"{' and '.join(names)} are filled together", hint)


def _acyclic(reading: Reading, rule: Mapping[str, Any]) -> None:
    name, key = rule["column"], reading.table.key
    if not {name, key} <= reading.columns.keys():
        return
    parents = _row_of_parent(reading, key, name)
    # Each round doubles the number of steps, so after log2(rows) rounds who hasn't arrived never will.
    reached = parents
    for _ in range(max(1, int(np.ceil(np.log2(reading.rows + 1))))):
        if not (reached >= 0).any():
            return
        reached = np.where(reached >= 0, np.append(reached, -1)[reached], -1)
    circling = np.unique(reached[reached >= 0])  # every end of so long a walk lies on a circle
    on_circle = set()
    for row in circling.tolist():
        while row not in on_circle:
            on_circle.add(row)
            row = int(parents[row])
    hint = rule.get("why") or f"Follow {name} from row to row and correct the one that points back."
    reading.add_rows(np.array(sorted(on_circle), dtype=np.int64), name, "no row leads back to itself", hint)


def _row_of_parent(reading: Reading, key: str, name: str) -> np.ndarray:
    """For each row the row that its parent stands in; -1 where there is none."""
    keys, parents = reading.columns[key], reading.columns[name]
    first_row = np.full(len(keys.values), -1)
    given = np.flatnonzero(keys.indices >= 0)
    first_row[keys.indices[given][::-1]] = given[::-1]
    # Looked up among the parents, which are fewer than the keys.
    parent = pc.index_in(keys.values, parents.values).fill_null(-1).to_numpy()
    position = np.full(len(parents.values) + 1, -1)  # the last is of the keys that are nobody's parent
    position[parent] = np.arange(len(parent))
    return parents.spread(np.append(first_row, -1)[position[:-1]], -1)


def _family_order(reading: Reading, rule: Mapping[str, Any]) -> None:
    needed = ("family_id", "status", "consultation_date", "issued_date")
    if not set(needed) <= reading.columns.keys():
        return
    family, status, consulted, issued = (reading.columns[name] for name in needed)
    draft = status.spread(np.array([word == "draft" for word in status.words], dtype=bool), False)
    drafted, (first, last) = _days(consulted)[0], _days(issued)
    drafted = np.where(np.isnat(drafted), first, drafted)
    earliest = np.full(
        len(family.values) + 1, np.datetime64("9999-12-31"), DAY
    )  # the last is of those without one
    known = draft & ~np.isnat(drafted) & (family.indices >= 0)
    np.minimum.at(earliest, family.indices[known], drafted[known])
    has_draft = np.zeros(len(earliest), bool)
    has_draft[family.indices[known]] = True
    broken = np.flatnonzero((last < earliest[family.indices]) & ~draft & has_draft[family.indices])
    hint = rule.get("why") or "Compare it with the dates of the family's draft."
    reading.add_rows(broken, "issued_date", "a final isn't dated before its draft", hint)


RULES = {
    "order": _order,
    "needs": _needs,
    "only_when": _only_when,
    "matches": _matches,
    "together": _together,
    "acyclic": _acyclic,
    "family_order": _family_order,
}
