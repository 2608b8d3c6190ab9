"""A file read as a table: what is told of its header and of its rows, letter by letter, and what is left."""

import numpy as np
import pytest

from metaverse_analysis.tables import reading as readings
from metaverse_analysis.tables.reading import read_table
from metaverse_analysis.tables.schema import Field, Table

COLUMNS = ("id", "name", "place")
FIELDS = {name: Field(name, "string", name, "", None, {}, {}, False, None) for name in COLUMNS}
TABLE = Table("own", "own.csv", "Own", "", True, False, FIELDS, "id", (), ())
HEADER = "the first line is the header"


@pytest.fixture
def read(tmp_path):
    """The reading of a file with this content, its cells, and what is told of it."""

    def one(content: str, table: Table = TABLE):
        (tmp_path / "own.csv").write_bytes(content.encode())
        found = read_table(table, tmp_path)
        told = [(p.line, p.column, p.value, p.rule, p.hint) for p in found.problems.sorted()]
        cells = {name: found.columns[name].text.to_pylist() for name in COLUMNS if name in found.columns}
        return found, cells, told

    return one


PLAIN = {"id": ["a", "d"], "name": ["b", None], "place": ["c", "NA"]}


@pytest.mark.parametrize(
    ("content", "lines", "place"),
    [
        ("id,name,place\na,b,c\nd,,NA\n", [2, 3], "c"),
        ("place,id,name\nc,a,b\nNA,d,\n", [2, 3], "c"),
        ('id,name,place\n"a",b,c\nd,"",NA', [2, 3], "c"),
        ("id,name,place\r\na,b,c\r\nd,,NA\r\n", [2, 3], "c"),
        ("id,name,place\ra,b,c\rd,,NA\r", [2, 3], "c"),
        ('id,name,place\na,b,"c\nc"\nd,,NA\n', [2, 4], "c\nc"),
        ('"id","name","place"\na,b,"c""c"\nd,,NA\n', [2, 3], 'c"c'),
    ],
)
def test_sound_files(read, content, lines, place):
    found, cells, told = read(content)
    assert cells == PLAIN | {"place": [place, "NA"]} and told == []
    assert found.rows == 2 and found.lines.tolist() == lines and found.lines.dtype == np.int64
    assert found.left_out == [] and found.told_lines == set()
    frame = found.frame()
    assert list(frame) == list(COLUMNS) and set(frame.dtypes.astype(str)) == {"str"}
    assert frame.index.tolist() == [0, 1]


def test_a_header_alone_is_a_table_without_rows(read):
    found, cells, told = read("id,name,place\n")
    assert cells == {name: [] for name in COLUMNS} and told == []
    assert found.rows == 0 and found.lines.tolist() == []


def test_rows_longer_than_a_block(read, monkeypatch):
    monkeypatch.setattr(readings, "BLOCK_BYTES", 64)
    rows = [("x" * size, "b", "c") for size in (1, 200, 3)] * 20
    found, cells, told = read("id,name,place\n" + "".join(",".join(row) + "\n" for row in rows))
    assert cells["id"] == [row[0] for row in rows] and told == []
    assert found.lines.tolist() == list(range(2, 62))
    quoted = "".join(f'{number},"a\nb",c\n' for number in range(40))
    found, cells, told = read("id,name,place\n" + quoted)
    assert cells["name"] == ["a\nb"] * 40 and told == []
    assert found.lines.tolist() == list(range(2, 82, 2))


REMOVE = "Remove it, or describe it in datapackage.json."
MISSING = "Add it to the header; its cells may stay empty where it isn't required."
SMALL = "The names are written without capitals, and without blanks around them."
THREE = "The columns are id, name, place."


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("id,name", [(1, "place", None, "every column of the schema is there", MISSING)]),
        ("id,name,plaec", [
            (1, "place", None, "every column of the schema is there", MISSING),
            (1, "plaec", "plaec", "a column is one that the schema knows", "Is it place?"),
        ]),
        ("id,name,place,zzz", [
            (1, "zzz", "zzz", "a column is one that the schema knows", REMOVE),
        ]),
        ("id,name,place,name,name", [
            (1, "name", "name", "a column stands once", "It stands 3 times. Remove the others."),
        ]),
        ("id,name,place,", [
            (1, None, "", "every column has a name", "Name it, or remove the comma from every line."),
        ]),
        ("id,,place,,name", [
            (1, None, "", "every column has a name", "Name it, or remove the comma from every line."),
        ]),
    ],
)  # fmt: skip
def test_headers_that_are_nearly_right(read, first, told):
    unnamed = [(line, column or None, *rest) for line, column, *rest in read(f"{first}\n")[2]]
    assert unnamed == told


@pytest.mark.parametrize(
    ("content", "found", "advice"),
    [
        ("a,b,c\n1,2,3\n", "a,b,c", f"Write it above the rows. {THREE}"),
        ("id;name;place\n", "id;name;place", f"The file has semicolons; save it with commas. {THREE}"),
        ("id\tname\n", "id\tname", f"The file has tabs; save it with commas. {THREE}"),
        ("id|name\n", "id|name", f"The file has bars; save it with commas. {THREE}"),
        ("id，name\n", "id，name", f"The file has Chinese commas; save it with commas. {THREE}"),
        ("id、name\n", "id、name", f"The file has Chinese commas; save it with commas. {THREE}"),
        ("id\n1\n", "id", f"Write it above the rows. {THREE}"),
        ("ID,NAME,Place\n", "ID,NAME,Place", f"{SMALL} {THREE}"),
        (" id , name \n", " id , name ", f"{SMALL} {THREE}"),
        ("c," * 29 + "c", "c," * 19 + "c", f"Write it above the rows. {THREE}"),
    ],
)  # fmt: skip
def test_what_is_no_header(read, content, found, advice):
    assert read(content)[1:] == ({}, [(1, None, found, HEADER, advice)])


def test_a_table_of_one_column_has_a_header_of_one_name(read):
    one = Table("own", "own.csv", "Own", "", True, False, {"id": FIELDS["id"]}, "id", (), ())
    assert read("id\na\nb\n", one)[1:] == ({"id": ["a", "b"]}, [])


def test_empty_lines_above_the_header(read):
    for content in ("\nid,name,place\n", ",,\nid,name,place\n"):
        assert read(content)[1:] == ({}, [(1, None, None, HEADER, "Remove the empty lines above it.")])


def test_of_many_unknown_columns_the_first_twenty_get_a_near_name(read):
    more = [f"name{number}" for number in range(25)]
    told = read(",".join([*COLUMNS, *more]) + "\n")[2]
    assert [problem[1] for problem in told] == more
    assert [problem[4] for problem in told] == ["Is it name?"] * 20 + [REMOVE] * 5


def test_of_two_columns_of_one_name_the_first_counts(read):
    _, cells, _ = read("id,name,place,name\na,b,c,d\n")
    assert cells == {"id": ["a"], "name": ["b"], "place": ["c"]}


EMPTY = ("no line is empty", "Remove the line; if it has commas, these too.")
ROW = "every row has 3 cells, as the header"
QUOTES = " Put quotes around a cell with a comma; write nothing for an empty one."


def test_rows_that_are_no_rows_are_told_and_left_out(read):
    found, cells, told = read('id,name,place\na,b,c\n\nd,e\n,,\nf,g,h,i,j\n"k\nk",l,m\n,n,o\n\n')
    assert told == [
        (3, None, None, *EMPTY),
        (4, None, "d", ROW, f"It has 2.{QUOTES}"),
        (5, None, None, *EMPTY),
        (6, None, "f", ROW, f"It has 5.{QUOTES}"),
        (10, None, None, *EMPTY),
    ]
    assert cells == {"id": ["a", "k\nk", None], "name": ["b", "l", "n"], "place": ["c", "m", "o"]}
    assert found.rows == 3 and found.lines.tolist() == [2, 7, 9]
    assert found.left_out == ["d", "f"]


def test_keys_of_rows_left_out_stand_where_the_header_says(read):
    found, _, _ = read("place,name,id\nc,b,a\nx,y\nx,y,z,w\n")
    assert found.left_out == ["z"]
    found, cells, _ = read("place,name\nc,b\n\nx\n")
    assert found.left_out == [] and cells == {"name": ["b"], "place": ["c"]}
    assert found.lines.tolist() == [2]


def test_a_header_that_is_told_as_faulty_and_fits_no_row_is_the_fault(read):
    _, cells, told = read("id,name,place,more,\n" + "a,b,c\n" * 1_200 + ",,,\n")
    hint = "It has 5 names, and every row has 3 cells. Correct the header first."
    assert (1, None, None, "the header has a name for each cell", hint) in told
    assert cells == {} and {problem[0] for problem in told} == {1} and len(told) == 3
    wide = "," * 1_233
    _, _, told = read(f"id,name,place{wide}\na{wide}\n")
    assert [problem[4] for problem in told if problem[3] == "the header has a name for each cell"] == [
        "It has 1,236 names, and every row has 1,234 cells. Correct the header first."
    ]
    _, cells, told = read("id,name,place,more\na,b,c\nd,e\n")
    assert [problem[0] for problem in told] == [1, 2, 3]


def test_a_quote_out_of_place_is_told_once(read):
    found, cells, told = read('id,name,place\na,b,c\nd,"e" x,f\n"g,h\nk,l,m\n')
    assert [(line, rule) for line, _, _, rule, _ in told] == [
        (3, "quotes come in pairs, around a whole cell"),
        (4, "quotes come in pairs, around a whole cell"),
    ]
    assert cells["name"] == ["b", "'e' x", "l"] and found.told_lines == {3, 4}
    assert found.left_out == ["'g"]


def test_no_file(tmp_path):
    found = read_table(TABLE, tmp_path)
    assert [(p.table, p.file, p.rule) for p in found.problems.sorted()] == [
        ("own", str(tmp_path / "own.csv"), "the file is there")
    ]
    assert found.columns == {} and found.rows == 0 and found.path == tmp_path / "own.csv"


def test_problems_of_rows_have_their_line_their_value_and_their_hint(read):
    found, _, _ = read('id,name,place\na,x,"c\nc"\nb,y,d\nc,x,d\n')
    found.add_rows(np.array([], dtype=int), "name", "no rule", "no hint")
    found.add_rows(np.array([0, 2]), "name", "one rule", "a hint")
    found.add_rows(np.array([0, 1, 2]), "name", "hinted", "a hint", {0: "of x"})
    found.add_rows(np.array([1]), None, "of the row", "a hint")
    assert [(p.line, p.column, p.value, p.rule, p.hint) for p in found.problems.sorted()] == [
        (2, "name", "x", "one rule", "a hint"),
        (2, "name", "x", "hinted", "of x"),
        (4, None, None, "of the row", "a hint"),
        (4, "name", "y", "hinted", "a hint"),
        (5, "name", "x", "one rule", "a hint"),
        (5, "name", "x", "hinted", "of x"),
    ]


def test_only_as_many_rows_are_looked_up_as_are_told(read, monkeypatch):
    monkeypatch.setattr(readings, "MOST_PER_RULE", 2)
    monkeypatch.setattr("metaverse_analysis.tables.problems.MOST_PER_RULE", 2)
    found, _, _ = read("id,name,place\n" + "a,b,c\n" * 9)
    found.add_rows(np.arange(9), "name", "a rule", "a hint")
    assert [(p.line, p.value, p.hint) for p in found.problems.sorted()] == [
        (2, "b", "a hint"),
        (3, "b", "a hint"),
        (4, "b", "This one and 6 more below are of one kind."),
    ]
