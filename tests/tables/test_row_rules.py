"""Every problem that a row can have, whole: line, column, value, rule and hint."""

import json
import os
from pathlib import Path

import pandas as pd
import pytest
from gauges import FIELDS, TABLE
from says import says
from tiny import DOCUMENT, write_folder

import metaverse_analysis as ma
from metaverse_analysis.tables import validation
from metaverse_analysis.tables.schema import data_folder

NAMES = [field["name"] for field in FIELDS]


@pytest.fixture
def told(tmp_path):
    """What is told of gauges with these rows (g0, g1, ...)."""

    def problems(*rows: dict):
        folder = write_folder(tmp_path / "own")
        descriptor = json.loads((data_folder() / "datapackage.json").read_text(encoding="utf-8"))
        descriptor["resources"].append(TABLE)
        (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        frame = pd.DataFrame([{"gauge_id": f"g{i}"} | row for i, row in enumerate(rows)], columns=NAMES)
        frame.to_csv(folder / "gauges.csv", index=False)
        return [(p.line, p.column, p.value, p.rule, p.hint) for p in ma.validate(folder)]

    return problems


CALENDAR = "Write a day, a month or a year: 2023-09-15, 2023-09 or 2023."
SWAPPED = "Compare it with {}; one of the two is wrong, or they are swapped."
SIZE, DAY, LIST = (
    "Check the number and its unit.",
    "Check the day.",
    "Separate ids by ; without spaces, each once.",
)


def test_every_problem_of_ten_rows(told):
    rows = [
        {"code": "a", "depth": "-1", "count": "13", "built": "1999-12-31"},
        {"code": "abcde", "depth": "9.6", "count": "0", "built": "2021-01-01"},
        {"code": "s1", "kind": "rivr", "depth": "x", "count": "1.5", "built": "2019-02-30", "open": "yes"},
        {"code": "s1", "kind": "zzz", "first": "2023-13", "tag": "A", "gauge_id": "g0"},
        {"first": "2023-09-15", "last": "2023-08", "low": "2", "high": "1", "since": "2020-01-02",
         "until": "2020-01-01"},
        {"above_id": "g5", "since": "2020-01-02"},
        {"kind": "sea", "open": "true", "code": "ab"},
        {"kind": "lake", "tag": "abc", "gauge_id": ""},
        {"place_ids": "CN;CN", "any_ids": "CN; s1"},
        {"place_ids": "CN-AC", "any_ids": "zzz", "above_id": "g77"},
    ]  # fmt: skip
    assert told(*rows) == [
        (2, "code", "a", "at least 2 characters", "Complete it."),
        (2, "depth", "-1", "at least 0", SIZE),
        (2, "count", "13", "at most 12", SIZE),
        (2, "built", "1999-12-31", "at least 2000-01-01", DAY),
        (3, "code", "abcde", "at most 4 characters", "Shorten it."),
        (3, "depth", "9.6", "at most 9.5", SIZE),
        (3, "count", "0", "at least 1", SIZE),
        (3, "built", "2021-01-01", "at most 2020-12-31", DAY),
        (4, "kind", "rivr", "one of the allowed values", "Did you mean river? Allowed: river, lake, sea."),
        (4, "depth", "x", "a number", "Write digits with a point, without commas, units or words: 1250.5."),
        (4, "count", "1.5", "a whole number", "Write digits only: 2025."),
        (4, "built", "2019-02-30", "a day as YYYY-MM-DD that the calendar has", "Write a day such as 2023-09-15."),
        (4, "open", "yes", "true or false", "Write true or false."),
        (5, "gauge_id", "g0", "each value stands once", "It stands on line 2 too."),
        (5, "code", "s1", "each value stands once", "It stands on line 4 too."),
        (5, "kind", "zzz", "one of the allowed values", "Allowed: river, lake, sea."),
        (5, "first", "2023-13", "a date that the calendar has", CALENDAR),
        (5, "tag", "A", "matches the pattern [a-z]+", "Write it like the others of this column. A tag."),
        (5, "tag", "A", "filled only where kind is river", "Empty tag, or correct kind."),
        (6, "last", "2023-08", "first isn't later than last", SWAPPED.format("first")),
        (6, "high", "1", "low isn't above high", "Low is low."),
        (6, "until", "2020-01-01", "since isn't later than until", SWAPPED.format("since")),
        (7, None, None, "since and until are filled together", "Fill in all of them, or none."),
        (7, "above_id", "g5", "no row leads back to itself",
         "Follow above_id from row to row and correct the one that points back."),
        (8, "code", "ab", "matches s.* where kind is sea", "Write code so, or correct kind."),
        (8, "depth", None, "filled where kind is lake or sea and open is true",
         "Fill in depth, or correct kind, open."),
        (9, "gauge_id", None, "a value is required", "Fill it in."),
        (9, "tag", "abc", "filled only where kind is river", "Empty tag, or correct kind."),
        (10, "place_ids", "CN;CN", "an id stands once in a list", LIST),
        (10, "any_ids", "CN; s1", "ids joined by ;", LIST),
        (11, "above_id", "g77", "refers to a row of gauges",
         "'g77' isn't there. Add its row to gauges, or correct it."),
        (11, "place_ids", "CN-AC", "refers to a row of places", "'CN-AC' isn't there. Did you mean 'CN-AA'?"),
        (11, "any_ids", "zzz", "refers to a row of any table",
         "'zzz' isn't there. Add its row to any table, or correct it."),
    ]  # fmt: skip


def test_of_many_wrong_codes_the_first_twenty_get_a_near_one(told):
    hints = [hint for *_, hint in told(*({"kind": f"river{number}"} for number in range(25)))]
    assert (
        hints == ["Did you mean river? Allowed: river, lake, sea."] * 20 + ["Allowed: river, lake, sea."] * 5
    )


def test_of_many_wrong_ids_the_first_five_get_a_near_one_and_the_first_twenty_are_named(told, monkeypatch):
    rows = [{"place_ids": f"CN-AA-{number:03}"} for number in range(25)]
    hints = [hint for *_, hint in told(*rows)]
    near = [f"'CN-AA-{number:03}' isn't there. Did you mean 'CN-AA-b'?" for number in range(5)]
    named = [
        f"'CN-AA-{number:03}' isn't there. Add its row to places, or correct it." for number in range(5, 20)
    ]
    assert hints == near + named + ["Add the row to places, or correct the id."] * 5
    monkeypatch.setattr(validation, "MOST_IDS_COMPARED", 3)
    assert [hint for *_, hint in told(*rows)][:5] == near
    monkeypatch.setattr(validation, "MOST_IDS_COMPARED", 2)
    assert told(rows[0])[0][-1] == "'CN-AA-000' isn't there. Add its row to places, or correct it."


def test_a_list_with_two_wrong_ids_tells_the_first(told):
    assert [row[-1] for row in told({"place_ids": "CN;zz1;zz2"}, {"place_ids": "zz2"})] == [
        "'zz1' isn't there. Add its row to places, or correct it.",
        "'zz2' isn't there. Add its row to places, or correct it.",
    ]


def test_the_same_value_again_and_again_is_told_up_to_a_number(told, monkeypatch):
    monkeypatch.setattr(validation, "MOST_PER_RULE", 2)
    assert [row[:3] for row in told(*({"code": "ab"} for _ in range(5)))] == [
        (3, "code", "ab"),
        (4, "code", "ab"),
    ]


def test_circles_of_every_length_and_what_leads_into_them(told):
    above = ["g0", "g2", "g1", "g4", "g5", "g3", "g3", "", "g7", "g9x"]
    found = [row for row in told(*({"above_id": parent} for parent in above)) if "leads back" in row[3]]
    assert [row[:3] for row in found] == [(line, "above_id", above[line - 2]) for line in range(2, 8)]


def paper(name: str, status: str, consulted: str = "", issued: str = "", family: str = "f") -> dict[str, str]:
    return DOCUMENT | {
        "document_id": name, "family_id": family, "status": status, "consultation_date": consulted,
        "issued_date": issued, "horizon_start": "", "horizon_end": "",
    }  # fmt: skip


TWO_DRAFTS = [paper("a", "draft", "2023-08-16"), paper("c", "draft", "2023-05")]


@pytest.mark.parametrize(
    ("papers", "lines"),
    [
        ([paper("a", "draft", "2023-08-16"), paper("b", "issued", issued="2023-08-15")], [3]),
        ([paper("a", "draft", "2023-08-16"), paper("b", "issued", issued="2023-08-16")], []),
        ([paper("a", "draft", "2023-08-16"), paper("b", "issued", issued="2023-08")], []),
        ([paper("a", "draft", "2023-08-16"), paper("b", "issued", issued="2023-07")], [3]),
        ([paper("a", "draft", "2023-09"), paper("b", "issued", issued="2023-09-01")], []),
        ([paper("a", "draft", "2023-09"), paper("b", "issued", issued="2023-08-31")], [3]),
        ([paper("a", "draft", issued="2023-08-16"), paper("b", "issued", issued="2023-08-15")], [3]),
        ([paper("a", "draft", "2023-08-16", family="g"), paper("b", "issued", issued="2023-08-15")], []),
        ([paper("a", "draft"), paper("b", "issued", issued="2023-08-15")], []),
        ([paper("a", "issued", issued="2023-08-16"), paper("b", "issued", issued="2023-08-15")], []),
        ([*TWO_DRAFTS, paper("b", "issued", issued="2023-06-01")], []),
        ([paper("b", "issued", issued="2023-04-01"), *TWO_DRAFTS], [2]),
    ],
)  # fmt: skip
def test_a_final_is_not_dated_before_every_draft_of_its_family(tmp_path, papers, lines):
    folder = write_folder(tmp_path / "data", {"policy_documents": papers, "regional_targets": []})
    found = [p for p in ma.validate(folder) if p.rule == "a final isn't dated before its draft"]
    assert [(p.table, p.line, p.column) for p in found] == [
        ("policy_documents", line, "issued_date") for line in lines
    ]
    assert {p.hint for p in found} <= {"Compare it with the dates of the family's draft."}
    assert ma.validate(folder) == found


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        (5, "int: 5"),
        (["x"], "list: ['x']"),
        ("", "''"),
        (b"x", "bytes: b'x'"),
    ],
)
def test_what_is_no_path(folder, found):
    with pytest.raises(ValueError) as told:
        ma.validate(folder)
    assert says(told, "a folder is a path", found)


@pytest.mark.parametrize("folder", ["https://example.org/data", Path("s3://bucket/data")])
def test_an_address_is_no_folder(folder):
    with pytest.raises(ValueError) as told:
        ma.validate(folder)
    assert says(told, str(folder), "is an address", "Fetch its files first")


def test_a_tilde_is_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write_folder(tmp_path / "data")
    assert ma.validate("~/data") == [] == ma.validate(Path("~/data"))
    assert ma.load("~/data").tables
    with pytest.raises(ValueError, match="~nobody-of-that-name/data: "):
        ma.load("~nobody-of-that-name/data")


def test_paths_that_lead_to_no_folder(tmp_path):
    (tmp_path / "file").touch()
    os.symlink("loop", tmp_path / "loop")
    for name, hint in {
        "file": "It is a file; give the folder that holds it.",
        "none": "There is no such folder.",
        "loop": "It can't be opened: Too many levels of symbolic links.",
    }.items():
        (problem,) = ma.validate(tmp_path / name)
        assert (problem.table, problem.file, problem.line) == ("datapackage", str(tmp_path / name), None)
        assert problem.rule == "the folder is there"
        assert problem.hint == hint
    (problem,) = ma.validate(tmp_path / "a\0b")  # each Python says it in its own way
    assert problem.hint.startswith("It can't be opened: ") and "embedded null" in problem.hint
