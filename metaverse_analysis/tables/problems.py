"""What can be wrong with a folder of tables, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN_IN_ERROR = 5
LONGEST_VALUE_SHOWN = 80


@dataclass(frozen=True)
class Problem:
    """One broken rule, at one place.

    Attributes
    ----------
    table : name of the table, or "datapackage" for the schema itself.
    file : path of the file.
    line : line in the file as an editor counts (the header is line 1); None where no line is at fault.
    column : name of the column; None where the whole row or file is at fault.
    value : the text found, shortened when very long; None where nothing was found.
    rule : the rule that was broken, in a few words.
    hint : what to do about it.
    """

    table: str
    file: str
    line: int | None
    column: str | None
    value: str | None
    rule: str
    hint: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        column = "" if self.column is None else f" {self.column}"
        found = "" if self.value is None else f" found {self.value!r};"
        return f"{where}{column}:{found} rule: {self.rule}. {self.hint}"


def shorten(value: str) -> str:
    """A value as shown in a problem: whole if short, else its beginning and its length."""
    if len(value) <= LONGEST_VALUE_SHOWN:
        return value
    return f"{value[:LONGEST_VALUE_SHOWN]}... ({len(value):,} characters)"


class DataError(ValueError):
    """A folder of tables that breaks its schema; `.problems` has every broken rule.

    The message shows the first few and counts the rest.
    """

    def __init__(self, problems: Sequence[Problem]):
        self.problems = list(problems)
        count = len(self.problems)
        lines = [f"{count:,} problem{'' if count == 1 else 's'} in the tables:"]
        lines += [f"  {problem}" for problem in self.problems[:SHOWN_IN_ERROR]]
        if count > SHOWN_IN_ERROR:
            lines.append(
                f"  ... and {count - SHOWN_IN_ERROR:,} more: see .problems, or run "
                "`python -m metaverse_analysis validate FOLDER`."
            )
        super().__init__("\n".join(lines))

    def __reduce__(self):
        return (type(self), (self.problems,))
