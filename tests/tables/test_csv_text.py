"""The bytes of a file before they are a table: what is told of each kind of slip, and what is left of the file."""

import os
import sys

import pytest

from metaverse_analysis.tables import csv_text
from metaverse_analysis.tables.csv_text import first_row, open_table, read_regular, rows_of, with_sound_quotes


def opened(folder, content: bytes, name: str = "t.csv"):
    """What is left of a file with this content, and what is told of it."""
    (folder / name).write_bytes(content)
    told = []
    return open_table(folder / name, lambda *problem: told.append(problem)), told


@pytest.mark.parametrize(
    ("content", "data"),
    [
        (b"a,b\n1,2\n", b"a,b\n1,2\n"),
        (b"a,b\n1,2", b"a,b\n1,2\n"),
        (b"a\r1\r", b"a\r1\r"),
        (b"\xef\xbb\xbfa\n1\n", b"a\n1\n"),
        ("é元\n".encode(), "é元\n".encode()),
        (b" " * 5000 + b"a\n", b" " * 5000 + b"a\n"),
        (b"a{\n[\n", b"a{\n[\n"),
    ],
)
def test_what_is_sound_is_left_as_it_is(tmp_path, content, data):
    assert opened(tmp_path, content) == (data, [])


@pytest.mark.parametrize("content", [b"", b"\n \t\r\n", b" " * 5000])
def test_nothing_but_space_is_no_table(tmp_path, content):
    told = (None, None, None, "the file has a header", "It is empty. Write the header line at least.")
    assert opened(tmp_path, content) == (None, [told])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<html>\n<body>", "<html>"),
        (b"\xef\xbb\xbf {\"a\": 1}\n", '\ufeff {"a": 1}'),
        (b"\n [1]\nb", "[1]"),
        (b"PK\x03\x04" + b"\0" * 20 + b"x", "PK\x03\x04" + "\0" * 20 + "x"),
        (b"%PDF-1.7\nmore", "%PDF-1.7"),
        (b"\xd0\xcf\x11\xe0abc", "\ufffd\ufffd\x11\ufffdabc"),
        (b"<" + b"x" * 100, "<" + "x" * 39),
    ],
)  # fmt: skip
def test_other_kinds_of_files_are_known_by_their_first_bytes(tmp_path, content, found):
    hint = "This looks like a web page or another kind of file. Fetch or export the table again."
    data, told = opened(tmp_path, content)
    assert data is None and told == [(1, None, found, "the file is CSV", hint)]


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"\x1f\x8b\x08\x00", "gzip"), (b"BZh91AY", "bzip2"), (b"\xfd7zXZ\0", "xz"),
     (b"\x28\xb5\x2f\xfd", "zstd"), (b"7z\xbc\xaf\x27\x1c", "7-Zip")],
)  # fmt: skip
def test_packed_files_are_known_by_their_first_bytes(tmp_path, start, kind):
    data, told = opened(tmp_path, start + b"\0\xff\n" * 50)
    assert data is None
    assert [(row[3], row[4]) for row in told] == [
        ("the file is CSV", f"It is packed with {kind}. Unpack it: t.csv is the table itself.")
    ]


@pytest.mark.parametrize(
    ("beside", "hint"),
    [
        ("T1.CSV", "T1.CSV is there. Name it t1.csv: capitals count."),
        ("t1.csv.gz", "t1.csv.gz is there. Unpack it."),
        ("T1.csv.ZIP", "T1.csv.ZIP is there. Unpack it."),
        ("t1.xlsx", "t1.xlsx is there. Save the table as t1.csv, with commas, in UTF-8."),
        ("tt1.csv", "Add t1.csv; a table without rows has its header alone. Is it tt1.csv?"),
        ("sources.csv", "Add t1.csv; a table without rows has its header alone."),
        ("t1.csv.bak", "Add t1.csv; a table without rows has its header alone."),
    ],
)
def test_a_file_that_is_there_in_another_form(tmp_path, beside, hint):
    (tmp_path / beside).write_bytes(b"a,b\n")
    told = []
    if (tmp_path / "t1.csv").exists():  # a file system that knows no capitals
        return
    assert open_table(tmp_path / "t1.csv", lambda *row: told.append(row)) is None
    assert [row[3:] for row in told] == [("the file is there", hint)]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a\nb\n".encode("utf-16-le"), 1),
        ("a\n".encode("utf-16"), 1),
        (b"\xfe\xffab", 1),
        (b"a\nb\nc\0\0", 3),
        (b"\r\n\r\n" + b"\0" * 9, 3),
    ],
)
def test_what_is_no_utf8_text_at_all(tmp_path, content, line):
    hint = "It is UTF-16 or UTF-32, or no text at all. Save it as CSV in UTF-8."
    data, told = opened(tmp_path, content)
    assert data is None and told == [(line, None, None, "text is UTF-8", hint)]


def test_a_nul_byte_is_told_on_its_line_and_replaced(tmp_path):
    data, told = opened(tmp_path, b"a,b,c,d,e,f\n1\0,\0\n2\n3\0\n" + b"4,5,6,7,8\n" * 5)
    hint = "Remove the byte, or save the file again."
    assert told == [(line, None, None, "text has no NUL bytes", hint) for line in (2, 4)]
    assert data.decode() == "a,b,c,d,e,f\n1\ufffd,\ufffd\n2\n3\ufffd\n" + "4,5,6,7,8\n" * 5


@pytest.mark.parametrize(("nuls", "text"), [(1, 9), (10, 90)])
def test_a_tenth_of_nul_bytes_is_still_text(tmp_path, nuls, text):
    assert opened(tmp_path, b"\0" * nuls + b"a" * text)[1][0][3] == "text has no NUL bytes"
    assert opened(tmp_path, b"\0" * nuls + b"a" * (text - 1))[1][0][3] == "text is UTF-8"


def test_bytes_of_another_encoding_are_told_with_what_is_around_them(tmp_path):
    data, told = opened(tmp_path, b"a\nb\n" + b"x" * 20 + b"\xff" + b"y" * 20 + b"\n\xe5\xe5z\n")
    hint = "Save the file as UTF-8 (it may be GB18030, Big5 or Latin-1)."
    assert told == [
        (3, None, "x" * 10 + "\ufffd" + "y" * 10, "text is UTF-8", hint),
        (4, None, "\ufffd\ufffdz", "text is UTF-8", hint),
    ]
    assert data.decode() == "a\nb\n" + "x" * 20 + "\ufffd" + "y" * 20 + "\n\ufffd\ufffdz\n"


def told_of(path) -> tuple:
    told = []
    assert open_table(path, lambda *problem: told.append(problem)) is None
    (problem,) = told
    return problem


def test_a_file_that_is_not_there_is_told_with_a_near_one(tmp_path, monkeypatch):
    add = "Add places.csv; a table without rows has its header alone."
    assert told_of(tmp_path / "places.csv") == (None, None, None, "the file is there", add)
    (tmp_path / "place.csv").touch()
    (tmp_path / "places.csw").touch()
    assert told_of(tmp_path / "places.csv")[4] == f"{add} Is it place.csv?"
    assert told_of(tmp_path / "nowhere" / "places.csv")[4] == add
    os.symlink(tmp_path / "gone", tmp_path / "places.csv")
    assert told_of(tmp_path / "places.csv")[4] == f"It is a link that leads nowhere. {add}"
    (tmp_path / "places.csv").unlink()
    monkeypatch.setattr(csv_text, "FILES_COMPARED", 0)
    assert told_of(tmp_path / "places.csv")[4] == add


def test_a_file_that_cannot_be_read_is_told_with_the_reason(tmp_path, monkeypatch):
    assert told_of(tmp_path) == (None, None, None, "the file can be read", "It can't: it is a folder.")
    os.mkfifo(tmp_path / "pipe")
    assert told_of(tmp_path / "pipe")[4] == "It can't: it is no regular file."
    (tmp_path / "t.csv").write_bytes(b"abc")
    monkeypatch.setattr(csv_text, "LARGEST_BYTES", 2)
    assert told_of(tmp_path / "t.csv")[4] == "It can't: it has 3 bytes, and at most 2 are read."
    monkeypatch.setattr(csv_text, "LARGEST_BYTES", 3)
    assert read_regular(tmp_path / "t.csv") == b"abc"


@pytest.mark.parametrize(
    ("content", "read"),
    [(b"abc", b"abc"), (b"abcd", b"abcd"), (b"abcdefgh", b"abcdefgh"), (b"\0bcdefgh", b"\0bcd")],
)
def test_of_what_is_no_text_the_beginning_is_read(tmp_path, monkeypatch, content, read):
    monkeypatch.setattr(csv_text, "FIRST_BYTES", 4)
    (tmp_path / "t.csv").write_bytes(content)
    assert read_regular(tmp_path / "t.csv") == read


@pytest.mark.skipif(sys.platform == "win32", reason="files that wait are no matter there")
def test_a_file_is_opened_without_waiting(tmp_path):
    (tmp_path / "t.csv").touch()
    number = csv_text._without_waiting(str(tmp_path / "t.csv"), os.O_RDONLY)
    assert not os.get_blocking(number)
    os.close(number)


def mended(content: bytes):
    told = []
    data, lines = with_sound_quotes(content, lambda *problem: told.append(problem))
    return data, lines, [(line, found) for line, _, found, _, _ in told], told


def test_a_quote_out_of_place_is_told_with_what_is_around_it():
    rule, hint = "quotes come in pairs, around a whole cell", csv_text.UNSOUND_HINT
    data, lines, _, told = mended(b'a,b\n1,"x\ny"\n1, "b" \n"two\nlines",3"\n')
    assert data == b"a,b\n1,\"x\ny\"\n1, 'b' \n'two\nlines',3'\n"
    assert lines == {4, 5, 6}
    assert told == [
        (4, None, '1, "b"', rule, hint),
        (5, None, '"two', rule, hint),
        (6, None, 'lines",3"', rule, hint),
    ]


def test_no_more_than_sixty_bytes_around_the_quote_are_shown():
    row = "a" * 50 + '"' + "b" * 50
    assert mended(row.encode() + b"\n")[2] == [(1, "a" * 30 + '"' + "b" * 29)]
    assert mended(b"1,2\n3," + row.encode() + b"\n")[2] == [(2, "a" * 30 + '"' + "b" * 29)]
    assert mended(('é"' + "元" * 40 + "\n").encode())[2] == [(1, 'é"' + "元" * 19)]


@pytest.mark.parametrize(
    "content", [b"a\n", b'"a"\n', b'"a","b"\n', b'"a""b"\r\n', b'""\n', b'""""\n', b'"a\n,b"\n']
)
def test_sound_quotes_are_left(content):
    assert mended(content)[:3] == (content, set(), [])


@pytest.mark.parametrize("content", [b'"\n', b'a"b"\n', b'"a"b\n', b'"a" \n', b' "a"\n', b'"a",""b"\n'])
def test_unsound_quotes_become_apostrophes(content):
    assert mended(content)[:2] == (content.replace(b'"', b"'"), {1})


def test_rows_and_their_lines():
    assert list(rows_of(b'a,"b"\n\n"c\r\nd",\re\n')) == [
        (1, ["a", "b"]),
        (2, []),
        (3, ["c\r\nd", ""]),
        (5, ["e"]),
    ]
    assert first_row(b'a,"b\nc"\nd\n') == (1, ["a", "b\nc"])
    assert first_row(b'a,b" x\nd\n') == (1, ["a", "b' x"])
    assert csv_text.line_breaks(b"a\r\nb\nc\rd") == 3
