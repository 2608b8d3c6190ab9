"""Cells that only look alike: blanks that nobody sees, control characters, and one name written in two ways.

A blank at the end of a publisher makes two outlets of one, and so better evidence than there is. So every cell is free
of characters that can't be seen, and a cell that names something has one plain blank between its words; two cells of
a column of names don't differ by case, blanks or Unicode form alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .column_types import ARROW_TEXT
from .problems import shorten
from .reading import Column, Reading
from .schema import Field, Table

# Columns that name something without being a key or a reference. All others without a constraint hold sentences.
NAMES = frozenset(
    [
        "name_en",
        "name_zh",
        "short_name",
        "aliases",
        "publisher",
        "host",
        "text_origin",
        "outlet",
        "copied_from",
        "counted_by",
        "representative",
        "issuer_en",
        "issuer_zh",
        "document_number",
        "geography",
        "unit",
        "original_currency",
    ]
)
# Columns that name outlets: what one calls "Xinhua" isn't "xinhua" in another.
OUTLETS = (
    ("sources", "publisher"),
    ("sources", "text_origin"),
    ("press_figures", "outlet"),
    ("press_figures", "copied_from"),
)
# Code points, as ranges. Those that can't be seen have their places in sentences: emoji are joined by one.
_CONTROLS = ((0x01, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xFFFE, 0xFFFF))
_LOST = (0xFFFD, 0xFFFD)  # what stands for a character that a conversion lost
_UNSEEN = ((0x200B, 0x200B), (0x2028, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFC))
_BLANKS = (
    *((0x09, 0x0A), (0x0D, 0x0D), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x202F, 0x202F)),
    *((0x205F, 0x205F), (0x3000, 0x3000)),
)
_JOINERS = (
    *((0xAD, 0xAD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180E)),
    *((0x200C, 0x200F), (0x3164, 0x3164), (0x2800, 0x2800), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0)),
    *((0xE0000, 0xE007F), (0xE0100, 0xE01EF)),
)
_OUT_OF_PLACE = "^ | $|  "
_TOLD = 1000  # cells of a column whose fault is described; of the others it is only said that there is one
_WRITTEN_ALIKE = {"[‐‑‒–—―−]": "-", "[‘’ʼ]": "'", "[“”]": '"'}


def _class(ranges: Iterable[tuple[int, int]]) -> str:
    """A class of characters as both engines read it."""
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]"


_SENTENCE_FAULT = re.compile(_class((*_CONTROLS, _LOST)))
_NAME_FAULT = re.compile(f"{_class((*_CONTROLS, _LOST, *_UNSEEN, *_BLANKS, *_JOINERS))}|{_OUT_OF_PLACE}")
_NAME_FAULT_BUT_BLANKS = re.compile(_class((*_CONTROLS, *_UNSEEN, *_JOINERS)))
_PLAIN_NAME = bytes(range(0x21, 0x7F))
_PLAIN_SENTENCE = bytes(range(0x20, 0x7F)) + b"\t\n\r"


def check_characters(reading: Reading, field: Field, column: Column) -> np.ndarray | None:
    """Tell the cells that have characters which can't be seen, or blanks out of place.

    Returns a mask of the distinct values that were told; None for a column of sentences, which needn't be sorted out.
    """
    marked = None
    if reading.has_lost_characters:
        return None  # each is told with its bytes; what it stands for nobody knows
    if _holds_sentences(reading.table, field):
        pattern, start, parts = _SENTENCE_FAULT, 0, [np.empty(0, np.int64)]
        for chunk in column.text.chunks:
            parts.append(np.flatnonzero(_matching(chunk, pattern, _PLAIN_SENTENCE)) + start)
            start += len(chunk)
        rows = np.concatenate(parts)
    else:
        pattern = _NAME_FAULT
        marked = _matching(column.values, pattern, _PLAIN_NAME)
        rows = column.rows_of(marked) if marked.any() else np.empty(0, np.int64)
    if len(rows):
        hints = {
            int(column.indices[row]): _fault(column.text[row].as_py(), pattern)
            for row in rows[:_TOLD].tolist()
        }
        rule = "text has characters that can be seen, and one plain blank between words"
        reading.add_rows(rows, field.name, rule, "Retype the cell.", hints)
    return marked


def _holds_sentences(table: Table, field: Field) -> bool:
    """Whether a column holds free text, rather than ids, names, codes, numbers or dates."""
    if (
        field.type != "string"
        or field.constraints.keys() - {"required", "minLength", "maxLength"}
        or field.list_of
    ):
        return False
    return field.name not in NAMES | {table.key} | {key.column for key in table.foreign_keys}


def _matching(texts: pa.Array, pattern: re.Pattern[str], plain: bytes) -> np.ndarray:
    """Which texts match a pattern; where there are plain characters only, none does."""
    data = _bytes(texts)
    if data.isascii() and not data.translate(None, plain):
        return np.zeros(len(texts), bool)
    found = pc.match_substring_regex(texts, pattern.pattern)
    return pc.fill_null(found, False).to_numpy(zero_copy_only=False)


def _bytes(texts: pa.Array) -> bytes:
    """The bytes of all texts, one after another."""
    if not len(texts) or texts.buffers()[2] is None:
        return b""
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return texts.buffers()[2][int(offsets[0]) : int(offsets[-1])].to_pybytes()


def _fault(text: str, pattern: re.Pattern[str]) -> str:
    """What is wrong with a cell, and where: the first fault."""
    found = pattern.search(text)
    if found is None:
        return "Retype the cell."
    at, wrong = found.start(), found[0]
    if wrong.strip(" "):
        return f"Character {at + 1} is {_named(wrong)}. {_instead(wrong)}"
    where = "begins with" if at == 0 else "ends with" if found.end() == len(text) else "has two of"
    if wrong == "  " and at and found.end() < len(text):
        return f"It has two blanks together, at character {at + 1} ({_named(' ')}). Write one."
    return f"It {where} a blank ({_named(' ')}). Remove it."


def _instead(wrong: str) -> str:
    if unicodedata.category(wrong) == "Zs" or wrong in "\t\n\r":
        return "Write a plain blank, or nothing."
    if wrong == "\N{REPLACEMENT CHARACTER}":
        return "It stands for a character that was lost: look it up in the source."
    return "Remove it: nobody can see it."


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL CHARACTER')}"


def check_variants(readings: Mapping[str, Reading]) -> None:
    """Tell names and ids that differ from another of their column by case, blanks or Unicode form alone."""
    read = [(readings[table], column) for table, column in OUTLETS if table in readings]
    _tell_variants([(reading, column) for reading, column in read if column in reading.columns])
    for reading in readings.values():
        for name, field in reading.table.fields.items():
            compared = name in NAMES or name == reading.table.key
            if (
                compared
                and field.enum is None
                and name in reading.columns
                and (reading.table.name, name) not in OUTLETS
            ):
                _tell_variants([(reading, name)])


class _Compared(NamedTuple):
    """A column of names, with the first row of each of its distinct values and how many have it."""

    reading: Reading
    name: str
    column: Column
    first: np.ndarray
    rows: np.ndarray


def _tell_variants(columns: Sequence[tuple[Reading, str]]) -> None:
    values = [reading.columns[name].values for reading, name in columns]
    texts = pa.concat_arrays(values) if values else pa.array([], ARROW_TEXT)
    data = _bytes(texts)
    if not data or (data.isascii() and data == data.lower() and b" " not in data):
        return
    keys = _key(texts, is_plain=data.isascii()).dictionary_encode()
    if len(keys.dictionary) == len(texts.unique()):
        return  # none is like another
    compared = [_compared(reading, name) for reading, name in columns]
    origin = np.repeat(np.arange(len(values)), [len(each) for each in values])
    place = np.concatenate([np.arange(len(each)) for each in values])
    codes = keys.indices.to_numpy()
    groups: dict[int, list[tuple[int, int]]] = {}
    for at in np.flatnonzero(np.bincount(codes)[codes] > 1).tolist():
        groups.setdefault(int(codes[at]), []).append((int(origin[at]), int(place[at])))
    hints: list[dict[int, str]] = [{} for _ in columns]
    for group in groups.values():
        for number, position, hint in _wrong_ones(compared, group):
            hints[number][position] = hint
    for each, told in zip(compared, hints, strict=True):
        marked = np.zeros(len(each.column.values), bool)
        marked[list(told)] = True
        rows = each.column.rows_of(marked)
        each.reading.add_rows(rows, each.name, "one name is written in one way", "Write all alike.", told)


def _compared(reading: Reading, name: str) -> _Compared:
    column = reading.columns[name]
    filled = np.flatnonzero(column.indices >= 0)
    _, first, rows = np.unique(column.indices[filled], return_index=True, return_counts=True)
    return _Compared(reading, name, column, filled[first], rows)


def _wrong_ones(
    compared: Sequence[_Compared], group: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """The commonest way of writing is taken for the right one, the first of several as common."""
    texts = [compared[number].column.values[position].as_py() for number, position in group]
    counts = Counter[str]()
    for text, (number, position) in zip(texts, group, strict=True):
        counts[text] += int(compared[number].rows[position])
    right = max(texts, key=lambda text: counts[text])
    number, position = group[texts.index(right)]
    home = compared[number].reading
    line = int(home.lines[int(compared[number].first[position])])
    for text, (number, position) in zip(texts, group, strict=True):
        if text != right and not _NAME_FAULT.search(text):  # a blank out of place is told as such
            where = f"line {line}" + ("" if compared[number].reading is home else f" of {home.table.path}")
            hint = f"{shorten(right)!r} stands on {where}: {_difference(text, right)}. Write both alike."
            yield number, position, hint


def _difference(one: str, other: str) -> str:
    """How two texts that look alike differ first."""
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return "one of them goes on"
    return f"character {at + 1} is {_named(one[at])} here, {_named(other[at])} there"


def _key(texts: pa.Array, *, is_plain: bool) -> pa.Array:
    """What texts that look alike have in common."""
    if not is_plain:
        texts = pc.utf8_normalize(texts, "NFKC")
        for pattern, plain in _WRITTEN_ALIKE.items():
            texts = pc.replace_substring_regex(texts, pattern, plain)
        texts = pc.replace_substring_regex(texts, _NAME_FAULT_BUT_BLANKS.pattern, "")
    texts = pc.replace_substring_regex(texts, r"\s+", " ")
    return pc.utf8_lower(pc.utf8_trim_whitespace(texts))
