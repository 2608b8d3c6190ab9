"""The Data Package standard: what holds for a folder of tables, what is refused with its reason, what is left aside."""

import copy
import json
import shutil
from pathlib import Path

import frictionless
import pytest
from hydrogen import descriptor, write_hydrogen

import metaverse_analysis as ma
from metaverse_analysis.tables.descriptor import licences, people

NEEDED = "the tables sources, places, policy_documents, regional_targets are there"


@pytest.fixture
def folder(tmp_path):
    return write_hydrogen(tmp_path / "hydrogen")


def describe(folder: Path, about: dict) -> list[ma.Problem]:
    """What validate() says of the folder with this descriptor, once load() has said the same."""
    (folder / "datapackage.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    found = ma.validate(folder)
    if found:
        with pytest.raises(ma.DataError) as told:
            ma.load(folder)
        assert told.value.problems == found
    else:
        ma.load(folder)
    return found


def changed(
    table: str = "regional_targets", column: str | None = None, in_schema: bool = False, **parts
) -> dict:
    """The descriptor with parts of a table, of its schema or of a column replaced."""
    about = copy.deepcopy(descriptor())
    part = next(one for one in about["resources"] if one["name"] == table)
    if column or in_schema:
        part = part["schema"]
    if column:
        part = next(one for one in part["fields"] if one["name"] == column)
    part |= parts
    return about


GDP = {
    "name": "gdp",
    "title": "Country, Regional and World GDP",
    "licenses": [{"name": "ODC-PDDL-1.0"}],
    "resources": [
        {
            "name": "gdp-data",
            "path": "data/gdp.csv",
            "schema": {
                "fields": [
                    {"name": "Country Name", "type": "string"},
                    {"name": "Year", "type": "year", "format": "any"},
                    {"name": "Value", "type": "number", "groupChar": ","},
                ]
            },
        }
    ],
}


def test_a_package_of_something_else_is_told_first_and_all_else_after_it(folder):
    first, *others = describe(folder, GDP)
    assert (first.column, first.value, first.rule) == (None, "gdp-data", NEEDED)
    assert first.hint.startswith("This is a Data Package of something else.")
    told = {(one.column, one.value, one.rule.split(",")[0]) for one in others}
    assert told == {
        ("name", "gdp-data", "a table's name is lower-case letters"),
        ("gdp-data.path", "data/gdp.csv", "a plain file name that ends in .csv (or .parquet)"),
        ("resources[gdp-data].schema.primaryKey", None, "text or a list that must be there"),
        ("gdp-data.Year", "year", "a type is one of string"),
        ("gdp-data.Year.format", "any", "cells are written in one way"),
        ("gdp-data.Value.groupChar", ",", "numbers have a decimal point and no other mark"),
    }


def test_faults_of_shape_hide_no_others_and_make_none(folder):
    about = changed("places", "level", constraints={"required": "yes"}, format="x", type=3)
    about["resources"][2]["schema"]["fields"][0]["type"] = "geopoint"
    about["keywords"] = "gdp"
    assert {one.column: one.rule for one in describe(folder, about)} == {
        "keywords": "a list",
        "resources[places].schema.fields[level].type": "text",
        "resources[places].schema.fields[level].constraints.required": "true or false",
        "policy_documents.document_id": "a type is one of string, integer, number, boolean, date",
    } | {"policy_documents.document_id": "the column's type is string"}


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r[1].pop("name"),
        lambda r: r.__setitem__(1, "places.csv"),
        lambda r: r[1].__setitem__("schema", []),
        lambda r: r[1]["schema"].pop("fields"),
        lambda r: r[1]["schema"]["fields"][0].pop("name"),
        lambda r: r[1]["schema"]["fields"].__setitem__(0, "place_id"),
        lambda r: r[3]["schema"]["foreignKeys"][1].pop("reference"),
        lambda r: r[1].__setitem__("path", 3),
    ],
)
def test_one_fault_of_shape_is_one_problem(folder, change):
    """What was left out for it isn't told as missing."""
    about = copy.deepcopy(descriptor())
    change(about["resources"])
    assert len(describe(folder, about)) == 1


# Refused, each with its reason

REFUSED = [
    ({"dialect": {"delimiter": ";"}}, "regional_targets.dialect.delimiter", "files have commas"),
    ({"dialect": {"quoteChar": "'"}}, "regional_targets.dialect.quoteChar", "files have commas"),
    ({"dialect": {"header": False}}, "regional_targets.dialect.header", "files have commas"),
    ({"dialect": {"headerRows": [1, 2]}}, "regional_targets.dialect.headerRows", "files have commas"),
    ({"dialect": {"commentChar": "#"}}, "regional_targets.dialect.commentChar", "files have commas"),
    ({"dialect": {"nullSequence": "NA"}}, "regional_targets.dialect.nullSequence", "files have commas"),
    ({"dialect": {"table": "x"}}, "regional_targets.dialect.table", "files have commas"),
    ({"dialect": "dialect.json"}, "resources[regional_targets].dialect", "files have commas"),
    ({"encoding": "gb18030"}, "regional_targets.encoding", "text is UTF-8"),
    ({"encoding": "nonsense"}, "regional_targets.encoding", "text is UTF-8"),
    ({"format": "tsv"}, "regional_targets.format", "the format is that of the file"),
    ({"compression": "gz"}, "resources[regional_targets].compression", "a file isn't compressed"),
    ({"path": "https://example.org/a.csv"}, "regional_targets.path", "a plain file name"),
    ({"path": "../a.csv"}, "regional_targets.path", "a plain file name"),
    ({"path": "a.xlsx"}, "regional_targets.path", "a plain file name"),
    ({"path": ["a.csv", "b.csv"]}, "resources[regional_targets].path", "a table is one file"),
    ({"schema": "https://example.org/s.json"}, "resources[regional_targets].schema", "a schema is an object"),
    ({"schema": "../s.json"}, "resources[regional_targets].schema", "a schema is an object"),
]  # fmt: skip
REFUSED_SCHEMA = [
    ({"missingValues": ["", "NA"]}, "missingValues", "only an empty cell is missing"),
    ({"missingValues": []}, "missingValues", "only an empty cell is missing"),
    (
        {"missingValues": [{"value": "-99", "label": "refused"}]},
        "missingValues",
        "only an empty cell is missing",
    ),
    ({"fieldsMatch": "subset"}, "fieldsMatch", "a file has the columns of its schema"),
    ({"fieldsMatch": ["partial"]}, "fieldsMatch", "a file has the columns of its schema"),
    ({"uniqueKeys": [["value", "note"]]}, "uniqueKeys", "a unique key names columns of its table"),
    ({"uniqueKeys": [[]]}, "uniqueKeys", "a unique key names columns of its table"),
]
REFUSED_COLUMN = [
    ("value", {"bareNumber": False}, "bareNumber", "numbers stand alone"),
    ("value", {"decimalChar": ","}, "decimalChar", "numbers have a decimal point"),
    ("value", {"groupChar": " "}, "groupChar", "numbers have a decimal point"),
    ("value", {"missingValues": ["-"]}, "missingValues", "only an empty cell is missing"),
    ("unit", {"categories": ["a"]}, "categories", "allowed values stand in constraints.enum"),
    ("target_year", {"format": "any"}, "format", "cells are written in one way"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "place", "rule"), REFUSED)
def test_what_would_read_a_file_otherwise_is_refused(folder, parts, place, rule):
    (problem,) = describe(folder, changed(**parts))
    assert problem.column == place and problem.rule.startswith(rule) and problem.hint


@pytest.mark.parametrize(("parts", "place", "rule"), REFUSED_SCHEMA)
def test_what_a_schema_may_not_ask(folder, parts, place, rule):
    (problem,) = describe(folder, changed(in_schema=True, **parts))
    assert problem.column == f"regional_targets.{place}" and problem.rule == rule and problem.hint


@pytest.mark.parametrize(("column", "parts", "place", "rule"), REFUSED_COLUMN)
def test_cells_that_would_be_written_otherwise_are_refused(folder, column, parts, place, rule):
    (problem,) = describe(folder, changed(column=column, **parts))
    assert problem.column == f"regional_targets.{column}.{place}" and problem.rule.startswith(rule)


def test_days_and_truth_have_one_way(folder):
    (problem,) = describe(folder, changed("sources", "accessed", format="%d/%m/%Y"))
    assert (problem.column, problem.value) == ("sources.accessed.format", "%d/%m/%Y")
    (problem,) = describe(folder, changed("sources", "is_copy", trueValues=["yes"]))
    assert (problem.column, problem.rule) == ("sources.is_copy.trueValues", "one of true, True, TRUE, 1")
    (problem,) = describe(folder, changed("sources", "is_copy", falseValues=["false", "no"]))
    assert problem.column == "sources.is_copy.falseValues"


@pytest.mark.parametrize("part", ["title", "description"])
def test_texts_in_several_languages(folder, part):
    said = {"en": "Targets", "zh": "目标"}
    for about, place in (
        (descriptor() | {part: said}, part),
        (changed(**{part: said}), f"resources[regional_targets].{part}"),
        (changed(column="unit", **{part: said}), f"resources[regional_targets].schema.fields[unit].{part}"),
    ):
        (problem,) = describe(folder, about)
        assert (problem.column, problem.rule) == (place, "text")
        assert problem.hint == "Texts in several languages aren't read: keep one of them here."


@pytest.mark.parametrize("name", ["datapackage.yaml", "datapackage.yml"])
def test_another_descriptor_is_not_passed_over(folder, name):
    (folder / "datapackage.json").rename(folder / name)
    (problem,) = ma.validate(folder)
    assert problem.file == str(folder / name) and problem.rule == "the schema is datapackage.json"
    shutil.copy(folder / name, folder / "datapackage.json")
    assert ma.validate(folder) == []


def test_tables_within_the_descriptor(folder):
    about = changed(data=[["target_id"], ["a"]])
    (problem,) = describe(folder, about)
    assert (problem.column, problem.rule) == ("resources[regional_targets].data", "a table is a file")


# Honoured


def test_what_says_nothing_new(folder):
    about = changed(
        dialect={"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True, "lineTerminator": "\r\n",
                 "skipInitialSpace": False, "caseSensitiveHeader": False, "csvddfVersion": 1.2, "$schema": "x"},
        encoding="UTF8", format="csv", mediatype="text/csv", bytes=5, hash="sha256:00", profile="tabular-data-resource",
        type="table", path=["regional_targets.csv"], licenses=[{"path": "https://example.org/l"}],
    )  # fmt: skip
    about["resources"][3]["schema"] |= {
        "fieldsMatch": ["equal"],
        "$schema": "x",
        "missingValues": [{"value": ""}],
    }
    for one in about["resources"][3]["schema"]["fields"]:
        one |= {"format": "default", "rdfType": "x", "bareNumber": True, "decimalChar": "."}
    about |= {"profile": "tabular-data-package", "$schema": "x", "created": "2024-01-01T00:00:00Z", "id": "x"}
    about["contributors"] = [
        {"givenName": "Ann", "roles": ["author"]},
        {"title": "B", "email": "b@example.org"},
    ]
    assert describe(folder, about) == []


def test_other_readers_find_what_was_written_valid(folder):
    about = changed(dialect={"delimiter": ",", "lineTerminator": "\r\n"}, encoding="utf8", in_schema=False)
    about["resources"][3]["schema"] |= {"uniqueKeys": [["target_id", "unit"]], "fieldsMatch": "exact"}
    assert describe(folder, about) == []
    written = ma.load(folder).to_folder(folder.parent / "out")
    assert frictionless.validate(str(written / "datapackage.json")).flatten(["type", "note"]) == []


def test_a_written_descriptor_says_of_its_files_what_is_so(folder):
    about = changed(
        dialect={"lineTerminator": "\r\n"}, encoding="utf8", bytes=5, hash="x", path=["regional_targets.csv"]
    )
    describe(folder, about)
    written = json.loads(
        (ma.load(folder).to_folder(folder.parent / "out") / "datapackage.json").read_text("utf-8")
    )
    resource = next(one for one in written["resources"] if one["name"] == "regional_targets")
    assert resource["encoding"] == "utf-8" and resource["path"] == "regional_targets.csv"
    assert not resource.keys() & {"dialect", "bytes", "hash"}


def test_a_schema_in_a_file_of_its_own(folder):
    about = descriptor()
    (folder / "targets.json").write_text(json.dumps(about["resources"][3]["schema"]), encoding="utf-8")
    assert describe(folder, changed(**{"schema": "targets.json"})) == []
    out = ma.load(folder).to_folder(folder.parent / "out")
    assert ma.load(out).regional_targets.equals(ma.load(folder).regional_targets)
    for content in ("[]", "{", "null"):
        (folder / "targets.json").write_text(content)
        (problem,) = describe(folder, changed(**{"schema": "targets.json"}))
        assert problem.rule.startswith(("a schema is an object", "the schema is JSON"))
    (problem,) = describe(folder, changed(**{"schema": "nowhere.json"}))
    assert problem.file == str(folder / "nowhere.json") and problem.rule == "the schema can be read"


def test_files_that_are_no_tables_lie_beside_them(folder):
    about = descriptor()
    about["resources"] += [
        {"name": "paper", "path": "paper.pdf"},
        {"name": "a-map", "path": "https://example.org/map.png", "mediatype": "image/png"},
        {"name": "scans", "path": ["a.tif", "b.tif"]},
    ]
    assert describe(folder, about) == []
    ds = ma.load(folder)
    assert ds.schema.descriptor["resources"] == descriptor()["resources"]
    assert ma.validate(ds.to_folder(folder.parent / "out")) == []
    about["resources"].append({"name": "more", "path": "more.csv"})
    (problem,) = describe(folder, about)
    assert (problem.column, problem.rule) == ("resources[more].schema", "an object that must be there")


def test_unique_keys(folder):
    keys = [["document_id", "indicator", "scope"], "target_id"]
    assert describe(folder, changed(in_schema=True, uniqueKeys=keys)) == []
    keys = [["document_id", "target_year"], ["scope"]]
    problems = describe(folder, changed(in_schema=True, uniqueKeys=keys))
    assert {(one.line, one.column, one.rule) for one in problems} == {
        (5, "target_year", "document_id and target_year together stand once"),
        (6, "target_year", "document_id and target_year together stand once"),
        (9, "target_year", "document_id and target_year together stand once"),
        (10, "target_year", "document_id and target_year together stand once"),
        *((line, "scope", "each value stands once") for line in (3, 4, 7, 8, 11)),
    } - {(10, "scope", "each value stands once")}
    assert problems[0].hint == "It stands on line 2 too."


def test_keys_are_compared_as_what_they_are(folder):
    """Of whole numbers 7 and 07 are one, of numbers 7 and 7.0; of text they are two."""
    about = descriptor()
    extra = {
        "name": "extra", "path": "extra.csv",
        "schema": {
            "fields": [{"name": "id", "type": "integer"}, {"name": "up", "type": "integer"},
                       {"name": "n", "type": "number", "constraints": {"unique": True}},
                       {"name": "t", "type": "string"}],
            "primaryKey": "id", "foreignKeys": [{"fields": "up", "reference": {"resource": "", "fields": "id"}}],
        },
    }  # fmt: skip
    about["resources"].append(extra)
    (folder / "extra.csv").write_text("id,up,n,t\n7,,0.5,7\n8,07,.50,07\n+9,-0,1e2,\n0,9,100,\n")
    assert [(one.line, one.column, one.hint) for one in describe(folder, about)] == [
        (3, "n", "It stands on line 2 too as '0.5'."),
        (5, "n", "It stands on line 4 too as '1e2'."),
    ]
    (folder / "extra.csv").write_text("id,up,n,t\n7,,1,\n07,7,2,\n8,9,3,\n")
    told = {(one.line, one.column, one.hint.split(".")[0]) for one in describe(folder, about)}
    assert told == {(3, "id", "It stands on line 2 too as '7'"), (4, "up", "'9' isn't there")}


@pytest.mark.parametrize("limit", [10**309, -(10**309), 10**400, 2**63, -(2**70), 1e308])
@pytest.mark.parametrize("column", ["value", "target_year"])
@pytest.mark.parametrize("bound", ["minimum", "maximum"])
def test_bounds_beyond_all_numbers(folder, limit, column, bound):
    problems = describe(folder, changed(column=column, constraints={bound: limit}))
    assert bool(problems) == ((limit > 0) == (bound == "minimum"))
    assert all(len(str(one)) < 400 for one in problems)


# Licences and people


def test_licences_by_path_and_people_by_given_name(folder, tmp_path):
    about = descriptor() | {
        "licenses": [{"path": "https://example.org/l"}, {"title": "Own terms"}, {}],
        "contributors": [
            {"givenName": "Ann", "familyName": "Li"},
            {"familyName": "Wu"},
            {"email": "x"},
            {"title": "B"},
        ],
    }
    assert describe(folder, about) == []
    ds = ma.load(folder)
    assert people(about) == ["Ann Li", "Wu", "B"]
    assert [one["name"] for one in licences(about)] == ["https://example.org/l", "Own terms"]
    cited = ma.cite_dataset(ds)
    assert cited.startswith("Ann Li, Wu, B. Regional hydrogen targets") and "/l; Own terms; SHA-256 " in cited
    assert "{Ann Li} and {Wu} and {B}" in ma.cite_dataset(ds, style="bibtex")
    assert [
        one["literal"] for one in json.loads(ma.cite_dataset(ds, style="csl-json"))[0]["author"]
    ] == people(about)
    for name in ("x.xlsx", "x.db", "x.parquet"):
        ma.export(ds, tmp_path / name)
    ma.bundle(ds.regional_targets, tmp_path / "b", ds=ds, name="t")
