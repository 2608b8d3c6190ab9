"""Whatever stands in a folder's datapackage.json: validate() gives problems, load() raises DataError, nothing else."""

import json

import pytest
import tiny
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.tables import schema
from metaverse_analysis.tables.descriptor import Faults, fitted, read_json
from metaverse_analysis.tables.schema import read_schema
from metaverse_analysis.tables.standard import plain_resources

TABLES = ("sources", "places", "policy_documents", "regional_targets")
# Every tenth place for each value, each place for some; all of them in a thorough run.
STEP = 1 if MORE > 1 else 10
OTHERS = [
    None,
    True,
    -1,
    1.5,
    float("inf"),
    "",
    "x",
    "\0",
    "\ud800",
    [],
    [1],
    [None],
    ["x"],
    [[]],
    {},
    {"x": 1},
]


def small_descriptor():
    """The four tables that must be there, with one code described for each column."""
    descriptor = json.loads((read_schema().folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] in TABLES]
    for resource in descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            field["codes"] = dict(list(field.get("codes", {}).items())[:1])
    return descriptor


def places_in(node, path=()):
    yield path
    for key, part in (
        node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    ):
        yield from places_in(part, (*path, key))


def one_of_each_kind(descriptor):
    """A place in the descriptor for each kind of place: the type of a field, the first column of a rule ..."""
    kinds = {}
    for path in places_in(descriptor):
        shape = tuple("#" if isinstance(key, int) else key for key in path)
        if "codes" in shape:
            at = shape.index("codes") + 2
            shape = (*shape[: at - 1], "code", *shape[at:])
        kinds[shape] = path  # the last one of its kind
    return list(kinds.values())


def put(descriptor, path, value):
    changed = json.loads(json.dumps(descriptor))
    if not path:
        return value
    node = changed
    for key in path[:-1]:
        node = node[key]
    if value is KeyError:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return changed


DESCRIPTOR = small_descriptor()
PLACES = one_of_each_kind(DESCRIPTOR)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny.write_folder(tmp_path_factory.mktemp("data"))


def outcome(folder, descriptor):
    """What validate() says, once load() has said the same."""
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    found = ma.validate(folder)
    for problem in found:
        assert isinstance(str(problem), str)
        assert problem.rule and problem.hint
    if found:
        with pytest.raises(ma.DataError) as raised:
            ma.load(folder)
        assert raised.value.problems == found
    else:
        assert "places" in repr(ma.load(folder))
    return found


@pytest.mark.parametrize("number", range(len(OTHERS)), ids=lambda number: repr(OTHERS[number]))
def test_any_part_replaced_by_something_of_another_kind(folder, number):
    for path in PLACES[number % STEP :: STEP]:
        outcome(folder, put(DESCRIPTOR, path, OTHERS[number]))


def test_any_part_left_out(folder):
    for path in PLACES[1::STEP]:
        outcome(folder, put(DESCRIPTOR, path, KeyError))


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (
            ("resources", 1, "schema", "fields", 0, "type"),
            3,
            "resources[places].schema.fields[place_id].type",
        ),
        (("resources", 0, "schema", "rules", 0, "first"), [], "resources[sources].schema.rules[1].first"),
        (("resources", 1, "name"), KeyError, "resources[2].name"),
        (("licenses",), "CC", "licenses"),
    ],
)
def test_a_fault_is_told_with_its_place(folder, path, value, place):
    assert [p.column for p in outcome(folder, put(DESCRIPTOR, path, value))] == [place]


def with_field(table, name, **changes):
    descriptor = json.loads(json.dumps(DESCRIPTOR))
    (resource,) = (one for one in descriptor["resources"] if one["name"] == table)
    (field,) = (one for one in resource["schema"]["fields"] if one["name"] == name)
    field |= {key: value for key, value in changes.items() if key != "constraints"}
    field["constraints"] = field.get("constraints", {}) | changes.get("constraints", {})
    return descriptor


@pytest.mark.parametrize(
    ("table", "name", "changes", "rule"),
    [
        (
            "regional_targets",
            "value",
            {"constraints": {"minimum": "0"}},
            "the minimum of a number is a number",
        ),
        ("sources", "accessed", {"constraints": {"maximum": "2023"}}, "the maximum of a date is a day"),
        ("sources", "accessed", {"constraints": {"maximum": 2023}}, "the maximum of a date is a day"),
        ("places", "name_en", {"constraints": {"minimum": 3}}, "a minimum belongs to a number or a date"),
        ("places", "level", {"constraints": {"enum": [1, 2]}}, "text"),
        (
            "places",
            "level",
            {"constraints": {"enum": ["city", "city"]}},
            "an enum is a list of different words",
        ),
        ("places", "level", {"constraints": {"enum": []}}, "an enum is a list of different words"),
        (
            "regional_targets",
            "target_year",
            {"constraints": {"enum": ["2025"]}},
            "in a column of type string",
        ),
        (
            "places",
            "name_en",
            {"constraints": {"pattern": "(?=a)b"}},
            "a pattern is a regular expression (RE2)",
        ),
        (
            "places",
            "name_en",
            {"constraints": {"pattern": "a)|(b"}},
            "a pattern is a regular expression (RE2)",
        ),
        (
            "places",
            "name_en",
            {"constraints": {"pattern": "\\Qa"}},
            "a pattern is a regular expression (RE2)",
        ),
        ("regional_targets", "value", {"decimalChar": ","}, "numbers have a decimal point"),
        ("regional_targets", "value", {"listOf": "sources"}, "mixedDate and listOf belong to type string"),
        ("policy_documents", "issued_date", {"mixedDate": False}, "the column has mixedDate"),
        (
            "sources",
            "kind",
            {"codes": {"official": {"strength": "strong"}}},
            "strength of a code is of the kind",
        ),
    ],
)
def test_what_a_column_may_not_be(folder, table, name, changes, rule):
    assert any(rule in problem.rule for problem in outcome(folder, with_field(table, name, **changes)))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"missingValues": ["", "NA"]}, "only an empty cell is missing"),
        ({"primaryKey": ["place_id", "level"]}, "exactly one key column"),
        (
            {"rules": [{"rule": "order", "first": "level", "last": "grid_row"}]},
            "compares two numbers, or two dates",
        ),
        ({"rules": [{"rule": "order", "first": "x", "last": "grid_row"}]}, "names columns of its table"),
        ({"rules": [{"rule": "together", "columns": []}]}, "rule together says columns"),
        ({"rules": [{"rule": "needs", "when": {"level": "city"}, "column": "level"}]}, "a list"),
        (
            {"foreignKeys": [{"fields": ["level", "note"], "reference": {"fields": "level"}}]},
            "has one column",
        ),
    ],
)
def test_what_a_table_may_not_be(folder, changes, rule):
    descriptor = json.loads(json.dumps(DESCRIPTOR))
    descriptor["resources"][1]["schema"] |= changes
    assert any(rule in problem.rule for problem in outcome(folder, descriptor))


def test_tables_share_no_file(folder):
    assert any(
        problem.rule == "a file holds one table"
        for problem in outcome(folder, put(DESCRIPTOR, ("resources", 0, "path"), "places.csv"))
    )


def test_tables_may_refer_to_each_other_in_a_circle(folder):
    descriptor = json.loads(json.dumps(DESCRIPTOR))
    key = {"fields": "note", "reference": {"resource": "regional_targets", "fields": "target_id"}}
    descriptor["resources"][1]["schema"]["foreignKeys"].append(key)
    assert outcome(folder, descriptor) == []


def test_a_column_that_loses_its_list_of_allowed_values_stays_a_category(folder):
    descriptor = json.loads(json.dumps(DESCRIPTOR))
    for field in descriptor["resources"][1]["schema"]["fields"]:
        field.get("constraints", {}).pop("enum", None)
    assert outcome(folder, descriptor) == []
    assert ma.load(folder).places.level.cat.categories.tolist() == ["city", "country", "province"]


@pytest.mark.parametrize(
    "content",
    [
        '{"resources": ' + "[" * 100_000,
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        '{"a": ' + "9" * 5_000 + "}",
        "null",
        "\ufeff" * 2 + "{}",
    ],
)
def test_json_that_is_none(folder, content):
    (folder / "datapackage.json").write_text(content, encoding="utf-8")
    assert {problem.table for problem in ma.validate(folder)} == {"datapackage"}


def test_a_pattern_that_would_run_for_ages_elsewhere_comes_to_an_end(folder):
    rows = [tiny.CHINA | {"note": "a" * 40 + "!"}, tiny.PROVINCE, tiny.CITY]
    tiny.write_folder(folder, {"places": rows})
    (problem,) = outcome(folder, with_field("places", "note", constraints={"pattern": "(a+)+"}))
    assert (problem.line, problem.column) == (2, "note")


def test_the_packaged_schema_has_the_shape_that_others_are_held_to():
    """It isn't looked at part by part at every start: here it is, as a folder's own."""
    path = read_schema().folder / "datapackage.json"
    faults = Faults(path)
    packaged = read_json(path, faults)
    assert fitted(plain_resources(packaged, path.parent, faults, ()), faults) == packaged
    faults.raise_if_any()


def test_only_a_folder_s_own_schema_is_held_to_the_shape(folder, monkeypatch):
    looked_at = []
    monkeypatch.setattr(schema, "fitted", lambda found, faults: looked_at.append(faults.path) or found)
    schema._packaged_schema.__wrapped__()
    assert not looked_at
    (folder / "datapackage.json").write_text(json.dumps(small_descriptor()), encoding="utf-8")
    read_schema(folder)
    assert looked_at == [folder / "datapackage.json"]


def test_a_descriptor_in_another_encoding(tmp_path):
    path = tiny.write_few(tmp_path / "own") / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode("utf-16"))
    (problem,) = ma.validate(path.parent)
    assert (problem.rule, problem.hint) == (
        "the schema is UTF-8",
        "It is UTF-16 or UTF-32. Save it in UTF-8.",
    )
    path.write_bytes(text.replace("{", '{"title": "é",', 1).encode("latin-1", "replace"))
    (problem,) = ma.validate(path.parent)
    assert problem.rule == "the schema is UTF-8" and problem.hint.startswith(
        "Save it in UTF-8: 'utf-8' codec"
    )
