"""A file's bytes, made fit for a CSV parser: UTF-8, no NUL bytes, every quote opened and closed as the rules say.

What had to be mended is told with its line, so that the rest of the file can still be checked.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from .problems import near

# line, column, value, rule, hint
Tell = Callable[[int | None, str | None, str | None, str, str], None]

LARGEST_BYTES = (1 << 31) - 2  # what Arrow takes as one block
FIRST_BYTES = 1 << 20
MOST_NUL_SHARE = 0.1  # more is no text in UTF-8 with a slip, but UTF-16, UTF-32, or no text at all
FILES_COMPARED = 1_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LIKE = 0.7  # how like another a file's name is at least, to be taken for it: sources.csv isn't places.csv
PACKED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
}
PACKED_ENDINGS = ("gz", "bz2", "xz", "zst", "zip", "7z")
OTHER_ENDINGS = ("xlsx", "xls", "ods", "numbers", "tsv", "txt", "json", "parquet")

_CELL = rb'(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r\n]*+)'
_LINE_END = rb"(?:\r\n|\r|\n)"
CELL = re.compile(rb"(?:\A|,)(" + _CELL + rb")")
CELLS = re.compile(_CELL + rb"(?:," + _CELL + rb")*+")
# A row, or else a line in which a quote is out of place: one of them stands at the start of every line.
ROW = re.compile(rb"(?P<row>" + CELLS.pattern + rb")" + _LINE_END + rb"|[^\r\n]*+" + _LINE_END)
UNSOUND_HINT = (
    "A cell that begins with a quote ends with one, before the comma. Put a cell that has a quote in it into "
    'quotes, and write the quote twice: "the ""big"" plan". The file may also be cut off here.'
)


def read_regular(path: Path) -> bytes:
    """A file's bytes; an OSError for what is no file (a pipe or a device would never end).

    Links are followed, as data stores have them. Of what is no text at all, the beginning only.
    """
    about = os.stat(path)
    if not stat.S_ISREG(about.st_mode):
        raise OSError("it is a folder" if stat.S_ISDIR(about.st_mode) else "it is no regular file")
    if about.st_size > LARGEST_BYTES:
        raise OSError(f"it has {about.st_size:,} bytes, and at most {LARGEST_BYTES:,} are read")
    if not about.st_size:
        return b""  # what gives bytes all the same, a window into the system, is no table
    with open(path, "rb", opener=_without_waiting) as file:
        first = file.read(FIRST_BYTES) or b""
        if len(first) < FIRST_BYTES or _is_no_text(first):
            return first
        file.seek(0)
        return file.read(LARGEST_BYTES) or b""


def _without_waiting(path: str, flags: int) -> int:
    """Open so that a file of the system which waits for something to happen gives nothing instead."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _is_no_text(data: bytes) -> bool:
    return data.count(b"\0") > MOST_NUL_SHARE * len(data)


def open_table(path: Path, tell: Tell) -> bytes | None:
    """The bytes of a CSV file, mended where needed; None, with the problem told, where it is no such file."""
    try:
        data = read_regular(path)
    except FileNotFoundError:
        tell(None, None, None, "the file is there", _instead_of(path))
        return None
    except OSError as error:
        tell(None, None, None, "the file can be read", f"It can't: {error.strerror or error}.")
        return None
    first = data[:FIRST_BYTES]
    if not data[:4096].strip() and not data.strip():
        tell(None, None, None, "the file has a header", "It is empty. Write the header line at least.")
        return None
    if first[:2] in (b"\xff\xfe", b"\xfe\xff") or (_is_no_text(first) and not _looks_like_another(first)):
        hint = "It is UTF-16 or UTF-32, or no text at all. Save it as CSV in UTF-8."
        tell(_line_of(first, first.find(b"\0")), None, None, "text is UTF-8", hint)
        return None
    if _looks_like_another(first):
        found = first[:40].decode("utf-8", "replace").strip().splitlines()[0]
        packed = next((kind for start, kind in PACKED.items() if first.startswith(start)), None)
        hint = (
            f"It is packed with {packed}. Unpack it: {path.name} is the table itself."
            if packed
            else "This looks like a web page or another kind of file. Fetch or export the table again."
        )
        tell(1, None, None if packed else found, "the file is CSV", hint)
        return None
    data = _as_utf8(_without_nul(data.removeprefix(BYTE_ORDER_MARK), tell), tell)
    return data if data.endswith((b"\n", b"\r")) else data + b"\n"


def _instead_of(path: Path) -> str:
    """What to do where a file isn't there: the table may be beside it in another form, or under a name like it."""
    if path.is_symlink():
        return f"It is a link that leads nowhere. Add {path.name}; a table without rows has its header alone."
    beside, wanted = _names_beside(path), path.name.casefold()
    for name in beside:
        stem, _, ending = name.casefold().rpartition(".")
        if name.casefold() == wanted:
            return f"{name} is there. Name it {path.name}: capitals count."
        if stem == wanted and ending in PACKED_ENDINGS:
            return f"{name} is there. Unpack it."
        if stem == path.stem.casefold() and ending in OTHER_ENDINGS:
            return f"{name} is there. Save the table as {path.name}, with commas, in UTF-8."
    stems = {name[: -len(path.suffix)].casefold(): name for name in beside if name.endswith(path.suffix)}
    like = near(path.stem.casefold(), stems, 1, LIKE)
    return f"Add {path.name}; a table without rows has its header alone." + (
        f" Is it {stems[like[0]]}?" if like else ""
    )


def _names_beside(path: Path) -> list[str]:
    try:
        with os.scandir(path.parent) as entries:
            return sorted(entry.name for entry in islice(entries, FILES_COMPARED))
    except OSError:
        return []


def _looks_like_another(first: bytes) -> bool:
    """Whether these are the first bytes of a web page, of JSON, of a spreadsheet, of a PDF, or of a packed file."""
    start = first[:512].removeprefix(BYTE_ORDER_MARK).lstrip()
    others = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", *PACKED)
    return start[:1] in (b"<", b"{", b"[") or start.startswith(others)


def _line_of(data: bytes, position: int) -> int:
    return 1 + line_breaks(data[: max(position, 0)])


def _without_nul(data: bytes, tell: Tell) -> bytes:
    if b"\0" not in data:
        return data
    for number, line in enumerate(data.splitlines(), 1):
        if b"\0" in line:
            tell(number, None, None, "text has no NUL bytes", "Remove the byte, or save the file again.")
    return data.replace(b"\0", "\N{REPLACEMENT CHARACTER}".encode())


def _as_utf8(data: bytes, tell: Tell) -> bytes:
    if _is_utf8(data):
        return data
    for number, line in enumerate(data.splitlines(), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            found = line[max(0, error.start - 10) : error.end + 10].decode("utf-8", "replace")
            hint = "Save the file as UTF-8 (it may be GB18030, Big5 or Latin-1)."
            tell(number, None, found, "text is UTF-8", hint)
    return data.decode("utf-8", "replace").encode()


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, looked at in place."""
    offsets = np.array([0, len(data)], dtype=np.int64)
    whole = pa.Array.from_buffers(pa.large_string(), 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def with_sound_quotes(data: bytes, tell: Tell) -> tuple[bytes, set[int]]:
    """Lines in which a quote is out of place get apostrophes, for such a quote swallows the rows that follow.

    Returns the bytes and these lines.
    """
    lines: set[int] = set()
    if _quotes_are_sound(data):
        return data, lines
    mended, line = [], 1
    for row in ROW.finditer(data):
        text = row[0]
        if row["row"] is None:
            sound = CELLS.match(data, row.start())
            stop = min(sound.end() - row.start(), len(text)) if sound else 0
            found = text[max(0, stop - 30) :][:60].decode("utf-8", "ignore").strip()
            tell(line, None, found, "quotes come in pairs, around a whole cell", UNSOUND_HINT)
            text = text.replace(b'"', b"'")
            lines.add(line)
        mended.append(text)
        line += line_breaks(text)
    return b"".join(mended), lines


def _quotes_are_sound(data: bytes) -> bool:
    """Whether every odd quote begins a cell and every even one ends it; a doubled one ends and begins at once."""
    if b'"' not in data:
        return True
    text = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(text == ord('"'))
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    around = np.zeros(256, bool)
    around[list(b',\r\n"')] = True
    before = around[text[opening - 1]] | (opening == 0)
    after = around[text[closing + 1]]  # the last byte is a line end
    return bool(before.all() and after.all())


def line_breaks(text: bytes) -> int:
    """How many lines end in a text, as an editor counts."""
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")


class Row(NamedTuple):
    """A row of the file: the line on which it begins, and its cells."""

    line: int
    cells: list[str]


def first_row(data: bytes) -> Row:
    """The header's row, whatever its quotes are like."""
    row = next(ROW.finditer(data))
    return next(rows_of(row[0] if row["row"] is not None else row[0].replace(b'"', b"'")))


def rows_of(data: bytes) -> Iterator[Row]:
    """The rows of mended bytes, the header first; a line with nothing on it is a row without cells."""
    line = 1
    for row in ROW.finditer(data):
        text = row["row"]
        if b'"' in text:
            yield Row(line, [_unquoted(cell) for cell in CELL.findall(text)])
            line += line_breaks(text)
        else:
            yield Row(line, text.decode().split(",") if text else [])
        line += 1


def _unquoted(cell: bytes) -> str:
    return cell[1:-1].replace(b'""', b'"').decode() if cell[:1] == b'"' else cell.decode()
