"""What can be wrong with a folder of tables, and how it is told."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

SHOWN_IN_ERROR = 5
LONGEST_VALUE_SHOWN = 80
MOST_COMPARED = 2000  # words that a wrong one is compared with letter by letter
MOST_PER_RULE = 100_000  # problems listed for one rule of one column; the rest is counted in one more


@dataclass(frozen=True, slots=True)
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

    Examples
    --------
    >>> print(Problem("places", "my/places.csv", 3, "level", "town", "not an allowed value", "Use city."))
    my/places.csv:3 level: found 'town'; rule: not an allowed value. Use city.
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
        column = "" if self.column is None else f" {_printable(self.column)}"
        found = "" if self.value is None else f" found {self.value!r};"
        return f"{where}{column}:{found} rule: {self.rule}. {self.hint}"


def shorten(value: str) -> str:
    """A value as shown in a problem: whole if short, else its beginning and its length."""
    if len(value) <= LONGEST_VALUE_SHOWN:
        return value
    return f"{value[:LONGEST_VALUE_SHOWN]}... ({len(value):,} characters)"


def _printable(text: str) -> str:
    """A text that stays on its line and moves no cursor."""
    return text if text.isprintable() else repr(text)[1:-1]


def nearest(wrong: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that was probably meant: the same but for case and spaces around it, or hardly another."""
    words = {word[:LONGEST_VALUE_SHOWN].strip().casefold(): word for word in allowed}
    found = near(wrong[:LONGEST_VALUE_SHOWN].strip().casefold(), words, 1)
    return words[found[0]] if found else None


def near(wrong: str, allowed: Iterable[str], most: int, ratio: float = 0.6) -> list[str]:
    """The words that are most like a wrong one, the nearest first; the word itself alone where it is among them.

    The time is bounded: of very many words those that begin alike are compared, and of a long one the beginning.
    """
    wanted, words = wrong[:LONGEST_VALUE_SHOWN], list(dict.fromkeys(allowed))
    if wanted in words:
        return [wanted]
    if len(words) > MOST_COMPARED:
        words = [word for word in words if word[:1] == wanted[:1] and abs(len(word) - len(wanted)) < 4]
    return difflib.get_close_matches(wanted, words[:MOST_COMPARED], most, ratio)


class ProblemList:
    """The problems of one file, of which endless ones of a kind are counted rather than listed."""

    def __init__(self, table: str, file: str, columns: Iterable[str] = ()):
        self.table, self.file = table, file
        self._order = {name: position for position, name in enumerate(columns)}
        self._listed: list[Problem] = []
        self._counts: Counter[tuple[str, str | None]] = Counter()
        self._beyond: dict[tuple[str, str | None], Problem] = {}

    def __len__(self) -> int:
        return self._counts.total()

    def add(self, line: int | None, column: str | None, value: str | None, rule: str, hint: str) -> None:
        """Tell a problem; the value is shortened."""
        self.add_many(1, [line], column, [value], rule, [hint])

    def add_many(
        self,
        count: int,
        lines: Sequence[int | None],
        column: str | None,
        values: Sequence[str | None],
        rule: str,
        hints: Sequence[str],
    ) -> None:
        """Tell `count` problems of one kind; no more than the first `MOST_PER_RULE` + 1 need be given."""
        kind = (rule, column)
        room = MOST_PER_RULE - self._counts[kind]
        self._counts[kind] += count
        if room < 0:
            return
        shown = None if column is None else shorten(column)
        found = [
            Problem(self.table, self.file, line, shown, value and shorten(value), rule, hint)
            for line, value, hint in zip(lines[: room + 1], values, hints, strict=False)
        ]
        self._listed += found[:room]
        if len(found) > room:
            self._beyond[kind] = found[room]

    def sorted(self) -> list[Problem]:
        """All of them, by line and column; those of the file as a whole come first."""
        counted = []
        for kind, first in self._beyond.items():
            more = self._counts[kind] - MOST_PER_RULE - 1
            counted.append(replace(first, hint=f"This one and {more:,} more below are of one kind."))
        return sorted(self._listed + counted, key=self._place)

    def _place(self, one: Problem) -> tuple[int, int]:
        column = -1 if one.column is None else self._order.get(one.column, len(self._order))
        return one.line or 0, column


class DataError(ValueError):
    """A folder of tables that breaks its schema; `.problems` has every broken rule.

    The message shows the first few and counts the rest.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> try:
    ...     ma.load("no/such/folder")
    ... except ma.DataError as error:
    ...     print(len(error.problems), error.problems[0].rule)
    1 the folder is there
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
