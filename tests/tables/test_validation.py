"""validate() names every planted fault: the file, the line, the column, the value, and what to do."""

import os
import shutil

import pytest
import tiny

import metaverse_analysis as ma
from metaverse_analysis.tables.schema import data_folder


@pytest.fixture
def folder(tmp_path):
    return tiny.write_folder(tmp_path / "data")


def edit(folder, table, old, new, count=1):
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def found(folder):
    return [(p.table, p.line, p.column, p.value) for p in ma.validate(folder)]


def only(folder):
    problems = ma.validate(folder)
    assert len(problems) == 1, problems
    return problems[0]


def test_the_packaged_tables_and_the_tiny_ones_are_clean(folder):
    assert ma.validate() == []
    assert ma.validate(folder) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "line", "column", "value", "rule"),
    [
        ("regional_targets", ",250,", ",a lot,", 2, "value", "a lot", "a number"),
        ("regional_targets", ",250,", ",２５０,", 2, "value", "２５０", "a number"),
        ("regional_targets", ",250,", ',"2,500",', 2, "value", "2,500", "a number"),
        ("regional_targets", ",250,", ",nan,", 2, "value", "nan", "a number"),
        ("regional_targets", ",250,", ",1e999,", 2, "value", "1e999", "a number"),
        ("regional_targets", ",250,", ",-3,", 2, "value", "-3", "at least 0"),
        ("regional_targets", ",250,", ",,", 2, "value", None, "a value is required"),
        ("regional_targets", "t1,", ",", 2, "target_id", None, "a value is required"),
        ("regional_targets", ",2025,", ",2025.5,", 2, "target_year", "2025.5", "a whole number"),
        ("regional_targets", ",exact,", ",exakt,", 2, "qualifier", "exakt", "one of the allowed values"),
        ("regional_targets", "t1,d1", "t1,d9", 2, "document_id", "d9", "refers to a row of policy_documents"),
        ("regional_targets", "CN-AA", "CN-ZZ", 2, "place_id", "CN-ZZ", "refers to a row of places"),
        ("regional_targets", ",s1,", ",s1;s2,", 2, "source_ids", "s1;s2", "refers to a row of sources"),
        ("regional_targets", ",s1,", ",s1;s1,", 2, "source_ids", "s1;s1", "an id stands once in a list"),
        ("policy_documents", "2023-09-15", "2023-02-31", 2, "issued_date", "2023-02-31", "calendar"),
        (
            "policy_documents",
            "2023-09-15",
            "2023-13",
            2,
            "issued_date",
            "2023-13",
            "a date that the calendar",
        ),
        (
            "policy_documents",
            "2023-09-15",
            "15.9.2023",
            2,
            "issued_date",
            "15.9.2023",
            "a date that the calendar",
        ),
        ("policy_documents", ",2023,2025,", ",2025,2023,", 2, "horizon_end", "2023", "isn't above"),
        ("policy_documents", ",true,", ",yes,", 2, "is_metaverse_specific", "yes", "true or false"),
        ("sources", "2026-11-23", "2026-11-31", 2, "accessed", "2026-11-31", "a day as YYYY-MM-DD"),
        (
            "sources",
            "https://",
            "javascript://",
            2,
            "url",
            "javascript://example.org/1",
            "matches the pattern",
        ),
        ("places", "country,,", "country,CN-AA-b,", 2, "parent_id", "CN-AA-b", "leads back to itself"),
    ],
)
def test_one_wrong_cell(folder, table, old, new, line, column, value, rule):
    edit(folder, table, old, new)
    problems = [p for p in ma.validate(folder) if p.column == column and p.line == line]
    assert problems, ma.validate(folder)
    problem = problems[0]
    assert (problem.table, problem.file) == (table, str(folder / f"{table}.csv"))
    assert (problem.value, problem.line) == (value, line)
    assert rule in problem.rule
    assert problem.hint
    with pytest.raises(ma.DataError) as raised:
        ma.load(folder)
    assert raised.value.problems == ma.validate(folder)


def test_all_problems_are_found_and_the_message_shows_the_first_few(folder):
    rows = [tiny.TARGET | {"target_id": f"t{i}", "value": "-1", "qualifier": "?"} for i in range(20)]
    tiny.write_folder(folder, {"regional_targets": rows})
    problems = ma.validate(folder)
    assert len(problems) == 40
    with pytest.raises(ma.DataError, match=r"40 problems.*\n(.*\n)+  \.\.\. and 35 more"):
        ma.load(folder)


def test_a_near_miss_gets_a_hint(folder):
    edit(folder, "regional_targets", "metaverse_related", "metaverse_relatd")
    assert "Did you mean metaverse_related?" in only(folder).hint


def test_duplicate_key_names_both_lines(folder):
    tiny.write_folder(folder, {"regional_targets": [tiny.TARGET, tiny.TARGET | {"value": "3"}]})
    problem = only(folder)
    assert (problem.line, problem.column, problem.value) == (3, "target_id", "t1")
    assert "line 2" in problem.hint


def test_maximum_below_value_and_range_rules(folder):
    tiny.write_folder(
        folder,
        {
            "regional_targets": [
                tiny.TARGET | {"value_max": "100", "qualifier": "range"},
                tiny.TARGET | {"target_id": "t2", "qualifier": "range"},
                tiny.TARGET | {"target_id": "t3", "value_max": "300"},
                tiny.TARGET | {"target_id": "t4", "unit": "firms"},
            ]
        },
    )
    assert {(line, column) for _, line, column, _ in found(folder)} == {
        (2, "value_max"),
        (3, "value_max"),
        (4, "value_max"),
        (5, "unit"),
    }


@pytest.mark.parametrize(
    ("consulted", "issued", "broken"),
    [
        ("2023-09-04", "2023-09-03", True),
        ("2023-09-04", "2023-09", False),  # a month may be any of its days
        ("2023-09-04", "2023-08", True),
        ("2023-09-04", "2023", False),
        ("2023", "2022-12-31", True),
        ("2023-09-04", "", False),
    ],
)
def test_a_final_before_its_draft(folder, consulted, issued, broken):
    draft = tiny.DOCUMENT | {
        "document_id": "d0",
        "status": "draft",
        "issued_date": "",
        "consultation_date": consulted,
    }
    final = tiny.DOCUMENT | {"issued_date": issued}
    tiny.write_folder(folder, {"policy_documents": [draft, final]})
    assert found(folder) == ([("policy_documents", 3, "issued_date", issued)] if broken else [])


def test_a_cycle_names_its_places_and_not_those_that_hang_on_it(folder):
    places = [
        tiny.CHINA,
        tiny.PROVINCE | {"parent_id": "CN-AA-b"},
        tiny.CITY,
        tiny.CITY | {"place_id": "CN-AA-b-c", "name_en": "Cville", "name_zh": "丙区", "parent_id": "CN-AA-b"},
    ]
    tiny.write_folder(folder, {"places": places})
    assert [(p.line, p.column) for p in ma.validate(folder)] == [(3, "parent_id"), (4, "parent_id")]


def test_columns(folder):
    edit(folder, "places", "name_zh", "name_zhh")
    edit(folder, "places", "level,", "level,level,")
    problems = ma.validate(folder)
    texts = {(p.column, p.rule) for p in problems}
    assert ("name_zh", "every column of the schema is there") in texts
    assert ("name_zhh", "a column is one that the schema knows") in texts
    assert ("level", "a column stands once") in texts
    assert any("name_zh?" in p.hint for p in problems)


def test_columns_in_another_order_are_read_by_name(folder):
    path = folder / "places.csv"
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(",".join(reversed(cells)) for cells in lines), encoding="utf-8")
    assert ma.load(folder).places.equals(ma.load(tiny.write_folder(folder.parent / "same")).places)


def test_ragged_and_empty_lines_are_named_and_the_rest_is_checked(folder):
    path = folder / "places.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    wrong = lines[3].replace("city", "town")
    path.write_text("\n".join([lines[0], lines[1], "", lines[2], "CN-CC,short", wrong, ""]), encoding="utf-8")
    assert found(folder) == [
        ("places", 3, None, None),
        ("places", 5, None, "CN-CC"),
        ("places", 6, "level", "town"),
    ]


def test_a_line_break_in_a_cell_does_not_shift_the_lines(folder):
    tiny.write_folder(
        folder,
        {
            "regional_targets": [
                tiny.TARGET | {"note": "one\ntwo\n\nthree"},
                tiny.TARGET | {"target_id": "t2", "value": "x"},
            ]
        },
    )
    assert found(folder) == [("regional_targets", 6, "value", "x")]


def test_encodings(folder):
    path = folder / "places.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert ma.load(folder).places.name_zh.tolist() == ["中国", "甲省", "乙市"]
    path.write_bytes(text.encode("gbk"))
    assert [(p.line, p.rule) for p in ma.validate(folder)] == [
        (2, "text is UTF-8"),
        (3, "text is UTF-8"),
        (4, "text is UTF-8"),
    ]
    path.write_bytes(text.encode("utf-16"))
    assert only_of(folder, "places") == (1, "text is UTF-8")
    path.write_bytes(text.replace("Btown", "B\0town").encode())
    assert only_of(folder, "places") == (4, "text has no NUL bytes")


def only_of(folder, table):
    (problem,) = [p for p in ma.validate(folder) if p.table == table]
    return problem.line, problem.rule


@pytest.mark.parametrize(
    ("content", "line", "rule"),
    [
        (b"", None, "the file has a header"),
        (b"\n\n  \n", None, "the file has a header"),
        (b"<!DOCTYPE html><html><body>404</body></html>", 1, "the file is CSV"),
        (b"  \n<html>", 1, "the file is CSV"),
        (b'{"error": "not found"}', 1, "the file is CSV"),
        (b"PK\x03\x04rest of a spreadsheet", 1, "the file is CSV"),
        (b"place_id;name_en;name_zh\nCN;China;\n", 1, "the first line is the header"),
    ],
)
def test_a_file_that_is_no_table(folder, content, line, rule):
    (folder / "places.csv").write_bytes(content)
    assert only_of(folder, "places") == (line, rule)


def test_missing_file_folder_link_and_wrong_argument(folder, tmp_path):
    (folder / "bodies.csv").rename(folder / "bodys.csv")
    problem = only(folder)
    assert (problem.table, problem.rule) == ("bodies", "the file is there")
    assert "bodys.csv" in problem.hint
    (folder / "bodies.csv").mkdir()
    assert only(folder).rule == "the file can be read"
    (folder / "bodies.csv").rmdir()
    os.symlink(folder / "bodies.csv", folder / "bodies.csv")
    assert only(folder).rule == "the file can be read"
    assert only(tmp_path / "nowhere").rule == "the folder is there"
    assert only(folder / "places.csv").hint.startswith("It is a file")
    with pytest.raises(ValueError, match="a folder is a path, not int"):
        ma.load(3)


def test_words_that_look_missing_are_words(folder):
    words = ["None", "NA", "null", "nan", "N/A"]
    rows = [tiny.TARGET | {"note": word, "target_id": f"t{i}"} for i, word in enumerate(words)]
    targets = tiny.load_rows(folder, {"regional_targets": rows}).regional_targets
    assert targets.note.tolist() == words


def test_a_very_long_cell_is_read_and_shown_short(folder):
    tiny.write_folder(
        folder, {"regional_targets": [tiny.TARGET | {"note": "x" * 9_000_000, "value": "y" * 1_000_000}]}
    )
    problem = only(folder)
    assert len(problem.value) < 200
    assert "1,000,000 characters" in problem.value


def test_ten_thousand_problems_in_one_file(folder):
    tiny.write_folder(
        folder,
        {"regional_targets": [tiny.TARGET | {"target_id": f"t{i}", "value": f"x{i}"} for i in range(10_000)]},
    )
    assert len(ma.validate(folder)) == 10_000


def test_a_problem_reads_like_a_compiler_message(folder):
    edit(folder, "regional_targets", ",250,", ",-3,")
    text = str(only(folder))
    assert text.startswith(f"{folder}/regional_targets.csv:2 value: found '-3'; rule: at least 0.")


def test_a_copy_of_the_packaged_folder_is_its_own(tmp_path):
    copy = shutil.copytree(data_folder(), tmp_path / "copy")
    edit(copy, "regional_targets", "billion CNY", "billion yuan")
    assert {p.file for p in ma.validate(copy)} == {str(copy / "regional_targets.csv")}
    assert ma.validate() == []
