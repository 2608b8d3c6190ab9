"""Every constraint and rule that a schema can state: a table of gauges, kept at the border and broken beyond it."""

import json

import numpy as np
import pandas as pd
import pytest
from gauges import FIELDS, RULES, TABLE
from tiny import write_folder

import metaverse_analysis as ma
from metaverse_analysis.tables.schema import data_folder


@pytest.fixture
def gauges(tmp_path):
    """A folder whose own schema knows gauges, with the rows that a test names (g0, g1, ...)."""

    def make(*rows: dict, rules: list[dict] = RULES):
        folder = write_folder(tmp_path / "own")
        descriptor = json.loads((data_folder() / "datapackage.json").read_text(encoding="utf-8"))
        schema = TABLE["schema"] | {"rules": rules}
        descriptor["resources"].append(TABLE | {"schema": schema})
        (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        names = [field["name"] for field in FIELDS]
        frame = pd.DataFrame([{"gauge_id": f"g{i}"} | row for i, row in enumerate(rows)], columns=names)
        frame.to_csv(folder / "gauges.csv", index=False)
        return folder

    return make


def told(folder):
    problems = ma.validate(folder)
    assert {p.table for p in problems} <= {"gauges"} and all(p.hint for p in problems)
    return [(p.line, p.column, p.value, p.rule) for p in problems]


GOOD = [
    {"code": "ab", "kind": "river", "depth": "0", "count": "1", "built": "2000-01-01", "open": "true", "tag": "abc"},
    {"code": "abcd", "kind": "lake", "depth": "9.5", "count": "12", "built": "2020-12-31", "open": "TRUE"},
    {"code": "s1", "kind": "sea", "open": "false", "first": "2023-09-15", "last": "2023-09"},
    {"first": "2023", "last": "2023-01-01", "low": "3", "high": "3", "since": "2020-02-29", "until": "2020-02-29"},
    {"above_id": "g5", "place_ids": "CN;CN-AA", "any_ids": "CN;s1;t1;g0"},
    {"above_id": "g6", "low": "-1e3", "high": "+.5", "open": "0"},
    {"above_id": "", "low": "5", "last": "2023-02-28", "open": "1"},
]  # fmt: skip


def test_what_stands_at_the_border_is_allowed(gauges):
    assert told(gauges(*GOOD)) == []


def test_typed_columns_of_a_folders_own_table(gauges):
    frame = ma.load(gauges(*GOOD)).gauges
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert types == dict.fromkeys(types, "str") | {
        "kind": "category", "depth": "float64", "count": "Int64", "built": "datetime64[us]", "open": "boolean",
        "low": "float64", "high": "float64", "since": "datetime64[us]", "until": "datetime64[us]",
    }  # fmt: skip
    assert list(frame.kind.cat.categories) == ["river", "lake", "sea"]
    assert frame.depth.tolist()[:2] == [0, 9.5] and frame.depth[2:].isna().all()
    assert frame["count"].tolist()[:3] == [1, 12, pd.NA]
    assert frame.open.tolist() == [True, True, False, pd.NA, pd.NA, False, True]
    assert frame.low.tolist()[5] == -1000 and frame.high.tolist()[5] == 0.5
    assert frame.built.tolist()[:2] == [pd.Timestamp("2000-01-01"), pd.Timestamp("2020-12-31")]
    assert frame.kind.tolist()[:3] == ["river", "lake", "sea"] and frame.kind[3:].isna().all()


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        ({"code": "a"}, "code", "at least 2 characters"),
        ({"code": "abcde"}, "code", "at most 4 characters"),
        ({"kind": "pond"}, "kind", "one of the allowed values"),
        ({"depth": "-0.1"}, "depth", "at least 0"),
        ({"depth": "9.6"}, "depth", "at most 9.5"),
        ({"depth": "1,5"}, "depth", "a number"),
        ({"depth": "inf"}, "depth", "a number"),
        ({"depth": "1e"}, "depth", "a number"),
        ({"depth": "."}, "depth", "a number"),
        ({"count": "0"}, "count", "at least 1"),
        ({"count": "13"}, "count", "at most 12"),
        ({"count": "1.0"}, "count", "a whole number"),
        ({"count": "1234567890123456789"}, "count", "a whole number"),
        ({"built": "1999-12-31"}, "built", "at least 2000-01-01"),
        ({"built": "2021-01-01"}, "built", "at most 2020-12-31"),
        ({"built": "2019-02-29"}, "built", "a day as YYYY-MM-DD that the calendar has"),
        ({"built": "2019-2-28"}, "built", "a day as YYYY-MM-DD that the calendar has"),
        ({"open": "yes"}, "open", "true or false"),
        ({"first": "2023-02-29"}, "first", "a date that the calendar has"),
        ({"first": "2023-00"}, "first", "a date that the calendar has"),
        ({"first": "23"}, "first", "a date"),
        ({"place_ids": "CN; CN-AA"}, "place_ids", "joined by ;"),
        ({"place_ids": "CN;CN-AA;CN"}, "place_ids", "once"),
        ({"place_ids": "CN;XX"}, "place_ids", "refers to a row of places"),
        ({"any_ids": "t1;nobody"}, "any_ids", "refers to a row of any table"),
        ({"above_id": "g9"}, "above_id", "refers to a row of gauges"),
        ({"kind": "river", "tag": "A"}, "tag", "matches the pattern [a-z]+"),
        ({"first": "2023-09-15", "last": "2023-08"}, "last", "first ... last"),
        ({"first": "2023-09", "last": "2023-08-31"}, "last", "first ... last"),
        ({"low": "3.1", "high": "3"}, "high", "low ... high"),
        ({"since": "2020-03-01", "until": "2020-02-29"}, "until", "since ... until"),
        ({"kind": "sea", "code": "s1", "open": "true"}, "depth", "filled where kind is lake or sea and open is true"),
        ({"kind": "lake", "tag": "abc"}, "tag", "filled only where kind is river"),
        ({"tag": "abc"}, "tag", "filled only where kind is river"),
        ({"kind": "sea", "code": "as"}, "code", "matches s.* where kind is sea"),
        ({"since": "2020-03-01"}, None, "since and until ... together"),
        ({"until": "2020-03-01"}, None, "since and until ... together"),
    ],
)  # fmt: skip
def test_just_beyond_the_border_is_told_once_and_on_its_line(gauges, row, column, rule):
    problems = told(gauges({}, row, {}))
    found = [problem for problem in problems if all(word in problem[3] for word in rule.split(" ... "))]
    assert [(line, name) for line, name, _, _ in found] == [(3, column)]
    assert found[0][2] == (row.get(column) if column else None) or rule.startswith("filled where")
    assert {line for line, *_ in problems} == {3}


@pytest.mark.parametrize(
    ("row", "absent"),
    [
        ({"depth": "x"}, "at least 0"),
        ({"built": "2019-02-30"}, "at least 2000-01-01"),
        ({"first": "2023-02-29", "last": "2022"}, "first ... last"),
        ({"low": "x", "high": "1"}, "low ... high"),
        ({"since": "2020-02-30", "until": "2020-01-01"}, "since ... until"),
    ],
)
def test_what_cannot_be_read_breaks_no_rule_about_its_size(gauges, row, absent):
    problems = told(gauges(row))
    assert problems
    assert not [rule for *_, rule in problems if all(word in rule for word in absent.split(" ... "))]


def test_hints_say_what_to_do(gauges):
    rows = [
        {"kind": "rivr", "depth": "10", "count": "99"},
        {"kind": "zzz", "above_id": "g66"},
        {"place_ids": "CN;CN-AB", "low": "2", "high": "1"},
        {"code": "s1"},
        {"code": "s1"},
        {"kind": "lake", "open": "true"},
        {"above_id": "qqqq"},
    ]
    hints = {(p.line, p.column): p.hint for p in ma.validate(gauges(*rows))}
    wanted = {
        (2, "kind"): "Did you mean river? Allowed: river, lake, sea.",
        (2, "depth"): "its unit",
        (2, "count"): "its unit",
        (3, "kind"): "Allowed: river, lake, sea.",
        (3, "above_id"): "Did you mean 'g6'?",
        (4, "place_ids"): "Did you mean 'CN-AA",
        (4, "high"): "Low is low.",
        (6, "code"): "It stands on line 5 too.",
        (7, "depth"): "Fill in depth, or correct kind, open.",
        (8, "above_id"): "to gauges, or correct it.",
    }
    assert hints.keys() == wanted.keys()
    assert {place: words for place, words in wanted.items() if words not in hints[place]} == {}


def test_many_wrong_ids_are_all_told(gauges):
    problems = ma.validate(gauges(*[{"place_ids": f"CN-AA-{i}"} for i in range(8)]))
    assert [p.line for p in sorted(problems, key=lambda p: p.line)] == list(range(2, 10))
    assert all("CN-AA" in p.hint for p in problems)


def test_a_value_that_stands_three_times_names_its_first_line_twice(gauges):
    problems = ma.validate(gauges({"code": "ab"}, {}, {"code": "ab"}, {"code": "cd"}, {"code": "ab"}))
    assert [(p.line, p.value, p.hint) for p in problems] == [
        (4, "ab", "It stands on line 2 too."),
        (6, "ab", "It stands on line 2 too."),
    ]


def test_circles_of_one_two_and_three_rows_are_told_and_what_hangs_on_them_is_not(gauges):
    above = ["g0", "g2", "g1", "g4", "g5", "g3", "g3", "", "g7", "g8"]
    problems = told(gauges(*[{"above_id": parent} for parent in above]))
    assert all("leads back" in rule for *_, rule in problems)
    assert [problem[:3] for problem in problems] == [
        (line, "above_id", parent) for line, parent in zip(range(2, 8), above, strict=False)
    ]


def test_a_long_chain_is_no_circle(gauges):
    assert told(gauges(*[{"above_id": f"g{i + 1}" if i < 299 else ""} for i in range(300)])) == []


def test_a_rule_whose_column_is_missing_is_passed_over(gauges):
    folder = gauges(*GOOD)
    frame = pd.read_csv(folder / "gauges.csv", dtype="str").drop(
        columns=["high", "open", "until", "above_id"]
    )
    frame.to_csv(folder / "gauges.csv", index=False)
    assert {(p.line, p.rule) for p in ma.validate(folder)} <= {(1, "every column of the schema is there")}


def test_an_empty_table_is_right_and_typed(gauges):
    folder = gauges()
    assert told(folder) == []
    frame = ma.load(folder).gauges
    assert len(frame) == 0 and str(frame.depth.dtype) == "float64" and str(frame.open.dtype) == "boolean"
    assert frame.built.dtype == np.dtype("datetime64[us]")


def test_the_reason_of_a_rule_is_its_hint(gauges):
    rows = [
        {"first": "2023", "last": "2022"},
        {"low": "2", "high": "1"},
        {"since": "2020-01-02", "until": "2020-01-01"},
        {"above_id": "g3"},
        {"kind": "lake", "open": "true"},
        {"kind": "lake", "tag": "abc"},
        {"kind": "sea", "code": "as"},
        {"since": "2020-01-01"},
    ]
    reasons = [rule | {"why": f"Reason {number}."} for number, rule in enumerate(RULES)]
    found = ma.validate(gauges(*rows, rules=reasons))
    assert [(p.line, p.hint) for p in found] == [(line + 2, f"Reason {line}.") for line in range(8)]
    bare = [{part: said for part, said in rule.items() if part != "why"} for rule in RULES]
    assert all(p.hint and "Reason" not in p.hint for p in ma.validate(gauges(*rows, rules=bare)))
