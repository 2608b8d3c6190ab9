"""Files that are hardly tables: odd quotes, encodings, headers, and paths that lead to no file."""

import csv
import io
import os
import socket

import pytest
import tiny
from hypothesis import given, strategies as st

import metaverse_analysis as ma
from metaverse_analysis.tables import csv_text, problems

TARGETS = [tiny.TARGET | {"target_id": f"t{i}", "note": "none"} for i in range(6)]


@pytest.fixture
def folder(tmp_path):
    return tiny.write_folder(tmp_path / "data", {"regional_targets": TARGETS})


def change(folder, table, how):
    path = folder / f"{table}.csv"
    path.write_bytes(how(path.read_bytes()))


def told(folder):
    return [(p.table, p.line, p.column, p.rule) for p in ma.validate(folder)]


def note(row, cell):
    """Puts a cell as it is, without quotes around it, into the last column of a row."""

    def how(content):
        lines = content.decode().split("\n")
        lines[row + 1] = lines[row + 1].rsplit(",", 1)[0] + "," + cell
        return "\n".join(lines).encode()

    return how


QUOTES = "quotes come in pairs, around a whole cell"


@pytest.mark.parametrize(
    "cell",
    ['a "big" plan', '"big" plan', '"a"b"c"', '"open', 'closed"', '"', '"big" ', ' "big"', '"a""', 'a""b'],
)
def test_a_quote_out_of_place_is_told_on_its_line_and_takes_no_other_row_along(folder, cell):
    change(folder, "regional_targets", note(1, cell))
    change(folder, "regional_targets", lambda content: content.replace(b"t4,d1", b"t4,d9"))
    assert told(folder) == [
        ("regional_targets", 3, None, QUOTES),
        ("regional_targets", 6, "document_id", "refers to a row of policy_documents"),
    ]


def test_two_open_quotes_do_not_swallow_the_rows_between_them(folder):
    change(folder, "regional_targets", note(1, '"open'))
    change(folder, "regional_targets", note(4, '"open too'))
    assert told(folder) == [("regional_targets", 3, None, QUOTES), ("regional_targets", 6, None, QUOTES)]


def test_a_cell_of_several_lines_with_text_after_it(folder):
    change(folder, "regional_targets", note(1, '"one\ntwo" three'))
    assert [line for _, line, _, rule in told(folder) if rule == QUOTES] == [3, 4]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('"a ""big"" plan"', 'a "big" plan'),
        ('""""', '"'),
        ('"a\nb"', "a\nb"),
        ('"a\r\nb"', "a\r\nb"),
        ('"a,b"', "a,b"),
    ],
)
def test_quotes_as_they_should_be(folder, cell, read):
    change(folder, "regional_targets", note(1, cell))
    assert ma.load(folder).regional_targets.note[1] == read


CELLS = st.text(alphabet='a,"\n\r é', max_size=6)


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_whatever_the_csv_module_writes_is_read_as_it_was(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    content = text.getvalue().encode()
    assert csv_text._quotes_are_sound(content)
    assert [row.cells for row in csv_text.rows_of(content)] == rows


@given(content=st.text(alphabet='a,"\n\r', max_size=30).map(lambda text: text.encode() + b"\n"))
def test_quotes_are_sound_exactly_where_every_row_is_one(content):
    found = list(csv_text.ROW.finditer(content))
    assert b"".join(row[0] for row in found) == content
    assert csv_text._quotes_are_sound(content) == all(row["row"] is not None for row in found)
    told = []
    mended, lines = csv_text.with_sound_quotes(content, lambda *problem: told.append(problem[0]))
    assert csv_text._quotes_are_sound(mended)
    assert csv_text.line_breaks(mended) == csv_text.line_breaks(content)
    assert len(told) == sum(row["row"] is None for row in found)
    assert sorted(lines) == told
    assert (mended == content) == (told == [])


def test_rows_begin_on_the_lines_that_an_editor_shows():
    content = 'a,"b ""c""",\r\n\r"x\r\ny",,"z"\n\n"",1\n'
    assert list(csv_text.rows_of(content.encode())) == [
        (1, ["a", 'b "c"', ""]),
        (2, []),
        (3, ["x\r\ny", "", "z"]),
        (5, []),
        (6, ["", "1"]),
    ]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "mixed"])
def test_line_ends_of_all_kinds_count_as_in_an_editor(folder, ends):
    change(folder, "places", lambda content: content.replace(b"city", b"town"))
    ends = ["\r", "\r\n", "\n", "\r"] if ends == "mixed" else [ends] * 4
    change(
        folder,
        "places",
        lambda content: b"".join(
            line + end.encode() for line, end in zip(content.splitlines(), ends, strict=True)
        ),
    )
    assert told(folder) == [("places", 4, "level", "one of the allowed values")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_wide_encodings_are_told_once(folder, encoding):
    change(folder, "places", lambda content: content.decode().encode(encoding))
    assert told(folder) == [("places", 1, None, "text is UTF-8")]


def test_a_file_that_ends_in_nothing_but_nul_bytes(folder):
    change(folder, "places", lambda content: content + b"\0" * 10_000)
    assert told(folder) == [("places", 5, None, "text is UTF-8")]


@pytest.mark.parametrize(
    ("separator", "word"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars"), ("，", "Chinese commas")]
)
def test_another_separator_is_named(folder, separator, word):
    change(folder, "places", lambda content: content.replace(b",", separator.encode()))
    (problem,) = ma.validate(folder)
    assert (problem.line, problem.rule) == (1, "the first line is the header")
    assert word in problem.hint


def test_another_separator_is_told_even_where_it_puts_quotes_in_odd_places(folder):
    change(folder, "regional_targets", note(1, '"a, b"'))
    change(folder, "regional_targets", lambda content: content.replace(b",", b";"))
    assert told(folder) == [("regional_targets", 1, None, "the first line is the header")]


def test_a_quote_that_makes_a_row_too_short_is_told_once(folder):
    change(folder, "regional_targets", lambda content: content + b'"t9,d1\n')
    assert told(folder) == [("regional_targets", 8, None, QUOTES)]


def test_a_header_with_a_quote_out_of_place(folder):
    change(folder, "places", lambda content: content.replace(b"name_zh", b'name "zh', 1))
    assert told(folder)[0] == ("places", 1, None, QUOTES)
    assert {line for _, line, _, _ in told(folder)} == {1}


@pytest.mark.parametrize("first", [b"sep=,\n", b"# places of China\n", b"\n", b"a,b,c\n"])
def test_a_first_line_that_is_no_header_is_told_once(folder, first):
    change(folder, "places", lambda content: first + content)
    assert told(folder) == [("places", 1, None, "the first line is the header")]


def test_rows_without_a_header_are_told_once(folder):
    change(folder, "places", lambda content: content.split(b"\n", 1)[1])
    assert told(folder) == [("places", 1, None, "the first line is the header")]


@pytest.mark.parametrize("wrong", ["Name_EN", " name_en ", "name_en\u200b"])
def test_a_column_that_is_nearly_right_gets_a_hint(folder, wrong):
    change(folder, "places", lambda content: content.replace(b"name_en", wrong.encode(), 1))
    hints = {p.column: p.hint for p in ma.validate(folder)}
    assert hints[wrong] == "Is it name_en?"


def test_one_comma_too_many_in_the_header_is_told_in_the_header_only(folder):
    change(folder, "places", lambda content: content.replace(b"\n", b",\n", 1))
    assert {line for _, line, _, _ in told(folder)} == {1}


def test_a_row_of_commas_is_an_empty_line(folder):
    change(folder, "places", lambda content: content + b"," * content.split(b"\n")[0].count(b",") + b"\n")
    assert told(folder) == [("places", 5, None, "no line is empty")]


def test_a_row_with_too_many_cells_is_still_there_for_those_that_refer_to_it(folder):
    change(folder, "places", lambda content: content.replace("甲省,".encode(), "甲省,,".encode()))
    assert told(folder) == [("places", 3, None, "every row has 12 cells, as the header")]


def test_each_of_a_hundred_thousand_columns_is_told(folder):
    more = ",".join(f"c{i}" for i in range(100_000)).encode()
    change(folder, "places", lambda content: content.replace(b"\n", b"," + more + b"\n", 1))
    assert len(ma.validate(folder)) == 100_001


def test_problems_come_by_line_and_then_by_column(folder):
    change(folder, "regional_targets", lambda content: content.replace(b"exact", b"?").replace(b"250", b"x"))
    found = [(p.line, p.column) for p in ma.validate(folder)]
    assert found == [(line, column) for line in range(2, 8) for column in ("value", "qualifier")]


def test_of_endless_problems_the_last_one_counts_the_rest(folder, monkeypatch):
    monkeypatch.setattr(problems, "MOST_PER_RULE", 2)
    change(folder, "regional_targets", lambda content: content.replace(b"250", b"x"))
    found = ma.validate(folder)
    assert [p.line for p in found] == [2, 3, 4]
    assert "This one and 3 more" in found[-1].hint


def test_each_of_many_different_wrong_codes_is_told(folder):
    rows = [tiny.TARGET | {"target_id": f"t{i}", "qualifier": f"exa{i}"} for i in range(20_000)]
    tiny.write_folder(folder, {"regional_targets": rows})
    found = ma.validate(folder)
    assert len(found) == 20_000
    assert "Did you mean exact?" in found[0].hint


def make_socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: os.mkfifo(path), id="pipe"),
        pytest.param(lambda path: path.mkdir(), id="folder"),
        pytest.param(lambda path: os.symlink("/dev/zero", path), id="device"),
        pytest.param(lambda path: os.symlink(path, path), id="circle"),
        pytest.param(make_socket, id="socket"),
    ],
)
@pytest.mark.parametrize("name", ["places.csv", "datapackage.json"])
def test_what_is_no_regular_file_is_refused_at_once(folder, monkeypatch, make, name):
    monkeypatch.chdir(folder)  # a socket's path must be short
    (folder / name).unlink(missing_ok=True)
    make(folder / name)
    (problem,) = ma.validate(folder)
    assert problem.file == str(folder / name)
    assert problem.rule in ("the file can be read", "the schema can be read")


def test_a_file_that_is_mostly_a_hole_is_not_read_to_its_end(folder):
    with (folder / "places.csv").open("r+b") as file:
        file.truncate(csv_text.LARGEST_BYTES)
    assert [p.rule for p in ma.validate(folder)] == ["text is UTF-8"]
    with (folder / "places.csv").open("r+b") as file:
        file.truncate(csv_text.LARGEST_BYTES + 1)
    (problem,) = ma.validate(folder)
    assert "2,147,483,647 bytes" in problem.hint


def test_a_file_that_may_not_be_read(folder, monkeypatch):
    def refuse(path, flags):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(csv_text, "_without_waiting", refuse)
    assert {(p.rule, p.hint) for p in ma.validate(folder)} == {
        ("the file can be read", "It can't: Permission denied.")
    }


def test_links_to_files_are_followed_and_broken_ones_told(folder, tmp_path):
    (folder / "places.csv").rename(tmp_path / "elsewhere.csv")
    os.symlink(tmp_path / "elsewhere.csv", folder / "places.csv")
    assert ma.validate(folder) == []
    (tmp_path / "elsewhere.csv").unlink()
    (problem,) = ma.validate(folder)
    assert problem.hint.startswith("It is a link that leads nowhere.")


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, "loop", "pipe"])
def test_paths_that_are_no_folder(tmp_path, path):
    os.symlink(tmp_path / "loop", tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    (problem,) = ma.validate(tmp_path / path)
    assert problem.rule == "the folder is there"


@pytest.mark.parametrize("wrong", ["", b"data", ["data"], True])
def test_what_is_no_path(wrong):
    with pytest.raises(ValueError, match="a folder is a path, not"):
        ma.validate(wrong)


@pytest.mark.parametrize(
    ("cell", "line_count"), [("s1; s1", 2), (" s1", 1), ("s1;", 1), (";", 1), ("s1;;s9", 2), ("s1\u00a0", 1)]
)
def test_lists_with_spaces_or_gaps_are_told_and_what_they_name_is_still_looked_up(folder, cell, line_count):
    change(folder, "regional_targets", lambda content: content.replace(b",s1,", f",{cell},".encode(), 1))
    found = ma.validate(folder)
    assert {(p.line, p.column, p.value) for p in found} == {(2, "source_ids", cell)}
    assert len(found) == line_count


@pytest.mark.parametrize(("wrong", "right"), [("cn-aa", "CN-AA"), ("CN-A", "CN-AA")])
def test_an_id_that_is_nearly_right_gets_a_hint(folder, wrong, right):
    change(folder, "regional_targets", lambda content: content.replace(b"CN-AA", wrong.encode(), 1))
    (problem,) = ma.validate(folder)
    assert problem.hint == f"{wrong!r} isn't there. Did you mean {right!r}?"


@pytest.mark.parametrize("day", ["0000-01-01", "2023-02-29", "1900-02-29", "2023-9-5", "２０２３-09-15"])
def test_days_that_no_calendar_has(folder, day):
    change(folder, "sources", lambda content: content.replace(b"2026-11-23", day.encode()))
    assert told(folder) == [("sources", 2, "accessed", "a day as YYYY-MM-DD that the calendar has")]
    change(folder, "sources", lambda content: content.replace(day.encode(), b"2024-02-29"))
    assert told(folder) == []


def test_long_circles_are_found_and_long_chains_are_none(folder):
    chain = [tiny.CHINA, tiny.PROVINCE, tiny.CITY]
    names = [f"p{i}" for i in range(3_000)]
    for name, parent in zip(names, ["", *names], strict=False):
        chain.append(tiny.CITY | {"place_id": name, "name_en": name, "name_zh": name, "parent_id": parent})
    assert ma.validate(tiny.write_folder(folder, {"places": chain})) == []
    chain[3]["parent_id"] = names[-1]
    found = ma.validate(tiny.write_folder(folder, {"places": chain}))
    assert [p.line for p in found] == list(range(5, 3_005))


def test_what_a_terminal_would_obey_is_shown_as_text(folder):
    change(folder, "places", lambda content: content.replace(b"note", b"no\x1b[2Jte", 1))
    assert all("\x1b" not in str(problem) for problem in ma.validate(folder))
