"""Texts as a search compares them, whole columns at once, and the words around a hit.

Texts are compared folded: in lower case, without accents, full-width letters as plain ones, traditional characters as
simplified ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .chinese import SIMPLER

AROUND = 80  # characters of the words around a hit
CELL_END = "\n"  # between the cells of a column
_ACCENTS = {chr(code) for code in range(0x300, 0x370)}


class _Folding(dict[int, str]):
    """What each character is compared as, worked out when it is first met."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()  # characters that aren't compared as one: … as ...

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code))
        plain = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _ACCENTS))
        self[code] = "".join(SIMPLER.get(c, c) for c in plain.casefold())
        if len(self[code]) != 1:
            self.uneven.add(chr(code))
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """A text as it is compared.

    Examples
    --------
    >>> fold("ＶＲ Café 區塊鏈")
    'vr cafe 区块链'
    """
    return text.lower() if text.isascii() else text.translate(_FOLDING)


@dataclass(frozen=True)
class Finder:
    """How a phrase is found in a folded text: where one of the literals stands, and the expression matches there."""

    literals: tuple[str, ...]
    expression: re.Pattern[str]


class Column:
    """A column of texts, folded and joined to one, in which a word is found many times faster than cell by cell."""

    def __init__(self, texts: pd.Series):
        cells = texts.to_numpy(dtype=object, na_value="")
        text = CELL_END.join(cells)
        if text.count(CELL_END) >= max(1, len(cells)):  # in a cell, too
            text = CELL_END.join(cell.replace(CELL_END, " ") for cell in cells)
        self._text = _folded(text)
        self._ends = np.flatnonzero(_codes(self._text) == ord(CELL_END))
        self._rows = len(cells)

    def has(self, finders: Iterable[Finder]) -> np.ndarray:
        """Which cells have what one of some finders finds."""
        hits = np.zeros(self._rows, dtype=bool)
        for finder in finders:
            for literal in finder.literals:
                hits[np.searchsorted(self._ends, self._places(literal, finder.expression))] = True
        return hits

    def _places(self, literal: str, expression: re.Pattern[str]) -> list[int]:
        """Where an expression matches that begins with a literal, the first place of each cell."""
        text, places = self._text, []
        at = text.find(literal)
        while at >= 0:
            after = at + 1
            if expression.match(text, at):
                places.append(at)
                after = text.find(CELL_END, at)
            at = text.find(literal, after) if after > 0 else -1
        return places


def _codes(text: str) -> np.ndarray:
    """The characters of a text as numbers."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype="u1")
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def _folded(text: str) -> str:
    """As `fold`, ten times faster for a long text: each character is looked up once, and replaced as a number."""
    if text.isascii():
        return text.lower()
    for code in np.flatnonzero(np.bincount(_codes(text))).tolist():
        if len(_FOLDING[code]) != 1:
            text = text.replace(chr(code), _FOLDING[code])
    codes = _codes(text)
    counts = np.bincount(codes)
    simple = np.arange(len(counts), dtype="<u4")
    for code in np.flatnonzero(counts).tolist():
        simple[code] = ord(_FOLDING[code])
    return simple[codes].tobytes().decode("utf-32-le")


def marked(text: str, hits: re.Pattern[str]) -> str:
    """The words around the first hit in a text, some 80 characters, with each hit in guillemets.

    English is cut between words, Chinese between characters; an ellipsis stands where something was cut.

    Examples
    --------
    >>> marked("Integrated innovation in AI, Blockchain and cloud computing", re.compile("blockchain"))
    'Integrated innovation in AI, «Blockchain» and cloud computing'
    """
    text = " ".join(text.split())
    spans = _spans(text, hits)
    begin, end = _window(text, *(spans[0] if spans else (0, 0)))
    parts, done = [], begin
    for first, last in spans:
        if last <= end:
            parts += [text[done:first], "«", text[first:last], "»"]
            done = last
    words = "".join([*parts, text[done:end]]).strip()
    return ("… " if begin else "") + words + (" …" if end < len(text) else "")


def _spans(text: str, hits: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the hits are in a text: found in the folded one, told by the characters that it came from."""
    compared = fold(text)
    origin: Sequence[int] = range(len(text))
    if not _FOLDING.uneven.isdisjoint(text):
        origin = [place for place, char in enumerate(text) for _ in fold(char)]
    spans: list[tuple[int, int]] = []
    for match in hits.finditer(compared):
        first, last = origin[match.start()], origin[match.end() - 1] + 1
        if spans and text[spans[-1][1] : first] in ("", " ", "-") and last - spans[-1][0] <= AROUND:
            first = spans.pop()[0]  # two words of one name
        spans.append((first, last))
    return spans


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """Where the words around a hit begin and end."""
    begin = max(0, min(first - max(0, AROUND - (last - first)) // 2, len(text) - AROUND))
    end = min(len(text), max(begin + AROUND, last))
    while begin < first and _splits_word(text, begin):
        begin += 1
    while end > last and _splits_word(text, end):
        end -= 1
    return begin, end


def _splits_word(text: str, place: int) -> bool:
    """Whether a cut there would go through a word; between two Chinese characters it doesn't."""
    return 0 < place < len(text) and all(
        char.isalnum() and not "\u3040" <= char <= "\u9fff" for char in text[place - 1 : place + 1]
    )
