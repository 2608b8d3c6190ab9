"""Breaks a valid folder of tables in one known way: what tests plant, `validate()` must name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from metaverse_analysis.tables.schema import Field, Schema, Table

NO_NUMBERS = [
    "1，500",
    "1,500",
    "２５００",
    "2500亿元",
    "1.2.3",
    "--1",
    "nan",
    "inf",
    "1e9999",
    "12 000",
    "零",
    "0x10",
]
NO_DATES = [
    *("2023-02-31", "2023-13-01", "2023-00", "2023/09/15", "15.09.2023", "20230915", "2023-9-5", "yesterday"),
    *("民国112年", "令和5年9月15日", "112-09-15", "２０２３-09-15"),
]
NO_CODES = ["", " ", "?", "metaverse_related ", "Exact", "已发布", "<script>alert(1)</script>"]
NO_FLAGS = ["yes", "no", "wahr", "是", "2"]


@dataclass(frozen=True)
class Fault:
    """Where a fault was planted; line or column is None where the whole file or row is at fault."""

    kind: str
    table: str
    line: int | None = None
    column: str | None = None


class Grid:
    """A CSV file in memory that can be broken and written back."""

    def __init__(self, path: Path):
        self.path = path
        with path.open(newline="", encoding="utf-8") as file:
            self.header, *self.rows = list(csv.reader(file))

    def line(self, row: int) -> int:
        """The line on which a row begins, with the line breaks inside cells counted."""
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows([self.header, *self.rows[:row]])
        return buffer.getvalue().count("\n") + 1

    def cell(self, row: int, column: str) -> str:
        return self.rows[row][self.header.index(column)]

    def put(self, row: int, column: str, value: str) -> None:
        self.rows[row][self.header.index(column)] = value

    def write(self) -> None:
        with self.path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([self.header, *self.rows])


Draw = Callable[[st.SearchStrategy], object]


def _tables(schema: Schema, folder: Path) -> list[str]:
    """Those that may have several rows, by their lines: only the one that is broken is parsed."""
    return [
        name for name, table in schema.tables.items() if (folder / table.path).read_bytes().count(b"\n") > 2
    ]


def _pick(
    draw: Draw, schema: Schema, folder: Path, wanted: Callable[[Field, Table], bool]
) -> tuple[Table, Grid, Field, int]:
    names = _tables(schema, folder)
    choices = [(n, f) for n in names for f in schema[n].fields.values() if wanted(f, schema[n])]
    name, field = draw(st.sampled_from(choices))
    grid = Grid(folder / schema[name].path)
    return schema[name], grid, field, draw(st.integers(0, len(grid.rows) - 1))


def _cell(kind: str, wanted: Callable[[Field, Table], bool], wrong: Callable[[Draw, Field], str]):
    def plant(draw: Draw, schema: Schema, folder: Path) -> Fault:
        table, grid, field, row = _pick(draw, schema, folder, wanted)
        grid.put(row, field.name, wrong(draw, field))
        grid.write()
        return Fault(kind, table.name, grid.line(row), field.name)

    return plant


def _one_of(values: list[str]) -> Callable[[Draw, Field], str]:
    return lambda draw, field: draw(st.sampled_from(values))


def _code(draw: Draw, field: Field) -> str:
    return draw(
        st.sampled_from([v for v in NO_CODES if v]) | st.text(min_size=1, max_size=12, alphabet="abc_éß中")
    )


def _beyond(draw: Draw, field: Field) -> str:
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    choices = ([low - draw(st.integers(1, 10**6))] if low is not None else []) + (
        [high + draw(st.integers(1, 10**6))] if high is not None else []
    )
    return str(draw(st.sampled_from(choices)))


def duplicate_key(draw: Draw, schema: Schema, folder: Path) -> Fault:
    table, grid, _, row = _pick(draw, schema, folder, lambda f, t: f.name == t.key)
    other = draw(st.integers(0, len(grid.rows) - 1).filter(lambda other: other != row))
    grid.put(max(row, other), table.key, grid.cell(min(row, other), table.key))
    grid.write()
    return Fault("duplicate key", table.name, grid.line(max(row, other)), table.key)


def dangling(draw: Draw, schema: Schema, folder: Path) -> Fault:
    def refers(field: Field, table: Table) -> bool:
        return any(key.column == field.name for key in table.foreign_keys)

    table, grid, field, row = _pick(draw, schema, folder, refers)
    grid.put(row, field.name, "nobody-knows-this-id")
    grid.write()
    return Fault("dangling reference", table.name, grid.line(row), field.name)


def dangling_in_list(draw: Draw, schema: Schema, folder: Path) -> Fault:
    table, grid, field, row = _pick(draw, schema, folder, lambda f, t: f.list_of is not None)
    had = [part for part in grid.cell(row, field.name).split(";") if part]
    had.insert(
        draw(st.integers(0, len(had))), draw(st.sampled_from(["nobody-knows-this-id", *had[:1] * bool(had)]))
    )
    grid.put(row, field.name, ";".join(had))
    grid.write()
    return Fault("list", table.name, grid.line(row), field.name)


def ragged(draw: Draw, schema: Schema, folder: Path) -> Fault:
    table, grid, _, row = _pick(draw, schema, folder, lambda f, t: f.name == t.key)
    line = grid.line(row)
    if draw(st.booleans()):
        grid.rows[row].append("one too many")
    else:
        grid.rows[row].pop()
    grid.write()
    return Fault("ragged row", table.name, line)


def empty_line(draw: Draw, schema: Schema, folder: Path) -> Fault:
    table, grid, _, row = _pick(draw, schema, folder, lambda f, t: f.name == t.key)
    line = grid.line(row)
    grid.rows.insert(row, [])
    grid.write()
    return Fault("empty line", table.name, line)


def column_gone(draw: Draw, schema: Schema, folder: Path) -> Fault:
    table, grid, field, _ = _pick(draw, schema, folder, lambda f, t: True)
    at = grid.header.index(field.name)
    if draw(st.booleans()):
        grid.header[at] = draw(st.sampled_from(["", "x", field.name.upper(), field.name + " ", "名称"]))
    else:
        grid.header.pop(at)
        for cells in grid.rows:
            cells.pop(at)
    grid.write()
    return Fault("missing column", table.name, 1, field.name)


def bytes_inside(draw: Draw, schema: Schema, folder: Path) -> Fault:
    table, grid, _, row = _pick(draw, schema, folder, lambda f, t: f.name == t.key)
    wrong = draw(st.sampled_from([b"\xff", b"\xc3(", "中文".encode("gbk"), "é".encode("latin-1"), b"\0"]))
    line = grid.line(row)
    lines = grid.path.read_bytes().split(b"\n")
    lines[line - 1] = wrong + lines[line - 1]
    grid.path.write_bytes(b"\n".join(lines))
    return Fault("bytes", table.name, line)


def another_file(draw: Draw, schema: Schema, folder: Path) -> Fault:
    table, grid, _, _ = _pick(draw, schema, folder, lambda f, t: f.name == t.key)
    content = [
        None,
        b"",
        b"\n",
        b"<html></html>",
        b"\xff\xfe" + "a,b\n".encode("utf-16-le"),
        b"\x89PNG\r\n\x1a\n\0\0",
        b'{"a": 1}',
    ]
    chosen = draw(st.sampled_from(content))
    grid.path.unlink() if chosen is None else grid.path.write_bytes(chosen)
    return Fault("no table", table.name)


FAULTS: dict[str, Callable[[Draw, Schema, Path], Fault]] = {
    "required": _cell("required", lambda f, t: f.required or f.name == t.key, lambda draw, field: ""),
    "number": _cell("number", lambda f, t: f.type == "number", _one_of(NO_NUMBERS)),
    "integer": _cell("integer", lambda f, t: f.type == "integer", _one_of([*NO_NUMBERS, "2025.0", "1e3"])),
    "flag": _cell("flag", lambda f, t: f.type == "boolean", _one_of(NO_FLAGS)),
    "day": _cell("day", lambda f, t: f.type == "date", _one_of([*NO_DATES, "2023-09", "2023"])),
    "date": _cell("date", lambda f, t: f.mixed_date, _one_of(NO_DATES)),
    "code": _cell("code", lambda f, t: f.enum is not None, _code),
    "bounds": _cell(
        "bounds", lambda f, t: {"minimum", "maximum"} & f.constraints.keys() and f.type != "date", _beyond
    ),
    "list pattern": _cell(
        "list pattern", lambda f, t: f.list_of is not None, _one_of([";", "a; b", "a;;b", ";a", "a;"])
    ),
    "long cell": _cell(
        "long cell", lambda f, t: f.type == "number", lambda draw, field: "9" * 1_000_000 + "x"
    ),
    "duplicate key": duplicate_key,
    "dangling": dangling,
    "dangling in list": dangling_in_list,
    "ragged": ragged,
    "empty line": empty_line,
    "column gone": column_gone,
    "bytes": bytes_inside,
    "another file": another_file,
}
