"""How problems are told, counted and put in order, letter by letter."""

import pickle

import pytest

import metaverse_analysis as ma
from metaverse_analysis.tables import problems
from metaverse_analysis.tables.problems import Problem, ProblemList, nearest, shorten


def problem(line: int | None = 3, column: str | None = "level", value: str | None = "town") -> Problem:
    return Problem(
        "places", "data/places.csv", line, column, value, "one of the allowed values", "Write city."
    )


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (problem(), "data/places.csv:3 level: found 'town'; rule: one of the allowed values. Write city."),
        (
            problem(line=None),
            "data/places.csv level: found 'town'; rule: one of the allowed values. Write city.",
        ),
        (
            problem(column=None),
            "data/places.csv:3: found 'town'; rule: one of the allowed values. Write city.",
        ),
        (problem(value=None), "data/places.csv:3 level: rule: one of the allowed values. Write city."),
        (problem(None, None, None), "data/places.csv: rule: one of the allowed values. Write city."),
        (
            problem(column="a\x1b\nb"),
            "data/places.csv:3 a\\x1b\\nb: found 'town'; rule: one of the allowed values. Write city.",
        ),
        (
            problem(column="it's a\\b"),
            "data/places.csv:3 it's a\\b: found 'town'; rule: one of the allowed values. Write city.",
        ),
        (
            problem(value="a\nb"),
            "data/places.csv:3 level: found 'a\\nb'; rule: one of the allowed values. Write city.",
        ),
    ],
)
def test_a_problem_in_one_line(one, text):
    assert str(one) == text


def test_long_values_are_shown_by_their_beginning_and_their_length():
    assert shorten("x" * 80) == "x" * 80
    assert shorten("x" * 80 + "y") == "x" * 80 + "... (81 characters)"
    assert shorten("x" * 12_345) == "x" * 80 + "... (12,345 characters)"


def test_the_nearest_word_but_for_case_and_spaces():
    words = ["city", " Province ", "country"]
    assert nearest(" CITY", words) == "city"
    assert nearest("provinc", words) == " Province "
    assert nearest("contry", words) == "country"
    assert nearest("zzz", words) is None
    assert nearest("city" + " " * 100 + "x", words) == "city"  # no more than the beginning is compared
    assert nearest("x", []) is None


def test_problems_are_listed_by_line_and_column_those_of_the_file_first():
    found = ProblemList("places", "p.csv", ["id", "name", "level"])
    for line, column in [
        (5, "level"),
        (5, "id"),
        (2, "other"),
        (2, "level"),
        (None, None),
        (5, None),
        (2, None),
    ]:
        found.add(line, column, None, f"rule of {column}", "hint")
    assert len(found) == 7
    assert [(one.line, one.column) for one in found.sorted()] == [
        (None, None),
        (2, None),
        (2, "level"),
        (2, "other"),
        (5, None),
        (5, "id"),
        (5, "level"),
    ]


def test_a_problem_has_all_that_was_told_and_long_texts_are_cut():
    found = ProblemList("places", "p.csv")
    found.add(4, "c" * 90, "v" * 90, "a rule", "a hint")
    found.add(5, None, "", "a rule", "a hint")
    column, value = (letter * 80 + "... (90 characters)" for letter in "cv")
    assert found.sorted() == [
        Problem("places", "p.csv", 4, column, value, "a rule", "a hint"),
        Problem("places", "p.csv", 5, None, "", "a rule", "a hint"),
    ]


@pytest.fixture
def two(monkeypatch):
    monkeypatch.setattr(problems, "MOST_PER_RULE", 2)
    return ProblemList("places", "p.csv", ["id"])


def test_as_many_as_are_listed_are_not_counted(two):
    two.add_many(2, [1, 2], "id", ["a", "b"], "rule", ["h1", "h2"])
    assert [(one.line, one.hint) for one in two.sorted()] == [(1, "h1"), (2, "h2")]


def test_the_first_that_is_not_listed_counts_the_rest(two):
    two.add_many(1_500, [1, 2, 3], "id", ["a", "b", "c"], "rule", ["h1", "h2", "h3"])
    two.add_many(1, [9], "id", ["d"], "rule", ["h9"])
    two.add(4, "id", "e", "another rule", "h4")
    two.add(5, None, "f", "rule", "h5")
    assert len(two) == 1_503
    assert [(one.line, one.value, one.rule, one.hint) for one in two.sorted()] == [
        (1, "a", "rule", "h1"),
        (2, "b", "rule", "h2"),
        (3, "c", "rule", "This one and 1,498 more below are of one kind."),
        (4, "e", "another rule", "h4"),
        (5, "f", "rule", "h5"),
    ]


def test_more_may_be_given_than_are_listed(two):
    two.add_many(5, [1, 2, 3, 4, 5], "id", list("abcde"), "rule", ["h"] * 5)
    assert [(one.line, one.value) for one in two.sorted()] == [(1, "a"), (2, "b"), (3, "c")]
    assert two.sorted()[-1].hint == "This one and 2 more below are of one kind."


def test_problems_told_one_by_one_are_counted_alike(two):
    for line in range(1, 6):
        two.add(line, "id", str(line), "rule", f"h{line}")
    assert [(one.line, one.hint) for one in two.sorted()] == [
        (1, "h1"),
        (2, "h2"),
        (3, "This one and 2 more below are of one kind."),
    ]


@pytest.mark.parametrize(
    ("count", "first", "last"),
    [
        (1, "1 problem in the tables:", None),
        (2, "2 problems in the tables:", None),
        (5, "5 problems in the tables:", None),
        (6, "6 problems in the tables:", "  ... and 1 more: see "),
        (1_234, "1,234 problems in the tables:", "  ... and 1,229 more: see "),
    ],
)
def test_the_error_shows_the_first_five_and_counts_the_rest(count, first, last):
    every = [problem(line=line) for line in range(1, count + 1)]
    error = ma.DataError(iter(every))
    lines = str(error).split("\n")
    assert lines[0] == first and error.problems == every
    assert lines[1:6] == [f"  {one}" for one in every[:5]]
    assert len(lines) == 1 + min(count, 5) + (last is not None)
    if last:
        command = ".problems, or run `python -m metaverse_analysis validate FOLDER`."
        assert lines[-1] == last + command
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.problems) == (str(error), every)
