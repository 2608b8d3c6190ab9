"""load(): typed frames in the schema's order, isolated from their users; and folders with a schema of their own."""

import copy
import json
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import tiny
from says import says
from tiny import write_few, write_folder

import metaverse_analysis as ma
from metaverse_analysis.tables.dataset import split_ids
from metaverse_analysis.tables.schema import read_schema


def test_types_and_order_follow_the_schema():
    ds = ma.load()
    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[us]"}
    for name, table in ds.schema.tables.items():
        frame = ds[name]
        assert list(frame.columns) == list(table.fields)
        assert isinstance(frame.index, pd.RangeIndex)
        for column, field in table.fields.items():
            if field.enum is not None:
                assert list(frame[column].cat.categories) == list(field.enum)
            else:
                assert str(frame[column].dtype) == kinds.get(field.type, "str"), (name, column)


def test_values_of_a_tiny_folder(tmp_path):
    row = tiny.TARGET | {"value": "30", "value_max": "50.5", "qualifier": "range", "source_ids": "s1;s2"}
    sources = [
        tiny.SOURCE,
        tiny.SOURCE
        | {"source_id": "s2", "url": "https://example.org/2", "is_copy": "true", "published": "2023-09"},
    ]
    ds = tiny.load_rows(tmp_path, {"regional_targets": [row], "sources": sources})
    target = ds.regional_targets.iloc[0]
    assert (target.value, target.value_max, target.target_year) == (30, 50.5, 2025)
    assert target.scope == "metaverse_related"
    assert target.note is np.nan
    assert target.baseline_year is pd.NA
    assert ds.sources.is_copy.tolist() == [False, True]
    assert ds.sources.published.tolist() == ["2023-09-20", "2023-09"]
    assert ds.sources.accessed.tolist() == [pd.Timestamp("2026-11-23")] * 2
    assert split_ids(ds.regional_targets.source_ids).to_dict() == {0: "s2"}
    assert len(ds.bodies) == 0
    assert list(ds.bodies.columns) == list(read_schema()["bodies"].fields)


def test_changing_a_table_does_not_change_the_dataset():
    ds = ma.load()
    frame = ds.regional_targets
    frame["mine"] = 1
    frame.loc[0, "value"] = -1
    del frame["note"]
    assert "mine" not in ds.regional_targets
    assert "note" in ds.regional_targets
    assert ds.regional_targets.value.min() >= 0
    assert ds["regional_targets"].equals(ma.load().regional_targets)


def test_with_tables_replaces_and_leaves_the_rest():
    ds = ma.load()
    few = ds.with_tables(regional_targets=ds.regional_targets.head(3))
    assert (len(few.regional_targets), len(ds.regional_targets)) == (3, 358)
    assert few.sources.equals(ds.sources)
    with pytest.raises(ValueError, match="no table 'targets'"):
        ds.with_tables(targets=ds.regional_targets)


def test_a_wrong_name_says_which_tables_there_are():
    ds = ma.load()
    with pytest.raises(AttributeError, match="no 'regional_target'; its tables are sources, places"):
        ds.regional_target  # noqa: B018
    with pytest.raises(KeyError, match="no table 'x'"):
        ds["x"]
    assert {"regional_targets", "with_tables"} <= set(dir(ds))


def test_a_dataset_reads_well_and_travels():
    ds = ma.load()
    assert repr(ds).startswith(f"Dataset: {len(ds.tables)} tables, ")
    assert "regional_targets          358  Regional targets" in repr(ds)
    assert "<code>regional_targets</code>" in ds._repr_html_()
    error = ma.DataError([ma.Problem("t", "f.csv", 2, "c", "v", "r", "h")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def own_schema(folder, change):
    """Give a tiny folder a datapackage.json of its own, changed by a function of its resources by name."""
    descriptor = json.loads((read_schema().folder / "datapackage.json").read_text(encoding="utf-8"))
    by_name = {resource["name"]: resource for resource in descriptor["resources"]}
    change(descriptor, by_name)
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


def field_of(resource, name):
    return next(field for field in resource["schema"]["fields"] if field["name"] == name)


def test_a_folder_brings_its_own_scopes(tmp_path):
    row = tiny.TARGET | {"scope": "green_hydrogen"}
    tiny.write_folder(tmp_path, {"regional_targets": [row]})
    with pytest.raises(ma.DataError, match="green_hydrogen"):
        ma.load(tmp_path)

    def change(descriptor, tables):
        field_of(tables["regional_targets"], "scope")["constraints"]["enum"] = ["green_hydrogen", "vehicles"]

    own_schema(tmp_path, change)
    ds = ma.load(tmp_path)
    assert list(ds.regional_targets.scope.cat.categories) == ["green_hydrogen", "vehicles"]
    assert ds.schema.label("regional_targets", "scope", "green_hydrogen") == "green hydrogen"


def test_a_folder_may_leave_out_tables_and_optional_columns_and_add_its_own(tmp_path):
    tiny.write_folder(tmp_path)
    kept = ["sources", "places", "policy_documents", "regional_targets"]

    def change(descriptor, tables):
        descriptor["resources"] = [tables[name] for name in kept]
        fields = tables["places"]["schema"]["fields"]
        fields.remove(field_of(tables["places"], "aliases"))
        fields.append({"name": "colour", "type": "string"})

    own_schema(tmp_path, change)
    path = tmp_path / "places.csv"
    text = path.read_text(encoding="utf-8")
    columns = text.splitlines()[0].split(",")
    rows = [dict(zip(columns, line.split(","), strict=True)) for line in text.splitlines()[1:]]
    wanted = [name for name in columns if name != "aliases"]
    lines = [",".join([*wanted, "colour"])] + [",".join([*(r[c] for c in wanted), "red"]) for r in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    ds = ma.load(tmp_path)
    assert ds.places.colour.tolist() == ["red"] * 3
    assert ds.places.aliases.isna().all()
    assert len(ds.events) == 0
    assert list(ds.events.columns) == list(read_schema()["events"].fields)
    assert ma.find_place(ds, "aland") == "CN-AA"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda d, t: t["places"].update(path="../places.csv"), "a plain file name"),
        (lambda d, t: t["places"].update(path="/etc/passwd"), "a plain file name"),
        (
            lambda d, t: d["resources"].remove(t["sources"]),
            "listOf names a table|refers to a column there is",
        ),
        (lambda d, t: t["places"]["schema"]["fields"].remove(field_of(t["places"], "level")), "places.level"),
        (lambda d, t: t["places"]["schema"].update(primaryKey=["name_en"]), "the key of places is place_id"),
        (lambda d, t: field_of(t["places"], "level").update(type="integer"), "the column's type is string"),
        (lambda d, t: field_of(t["places"], "level").update(type="money"), "a type is one of"),
        (
            lambda d, t: field_of(t["places"], "name_en")["constraints"].update(pattern="("),
            "regular expression",
        ),
        (
            lambda d, t: field_of(t["places"], "name_en")["constraints"].update(jsonSchema={}),
            "a constraint is one",
        ),
        (lambda d, t: t["places"]["schema"].update(rules=[{"rule": "magic"}]), "a row rule is one of"),
        (lambda d, t: d.update(resources=[]), "lists the tables"),
        (lambda d, t: d.update(resources=[1]), "resources\\[1\\]: found '1'; rule: an object"),
        (lambda d, t: d["resources"].append(t["places"]), "a table is listed once"),
    ],
)
def test_a_broken_schema_is_told(tmp_path, change, found):
    tiny.write_folder(tmp_path)
    own_schema(tmp_path, change)
    with pytest.raises(ma.DataError, match=found) as raised:
        ma.load(tmp_path)
    assert ma.validate(tmp_path) == raised.value.problems


@pytest.mark.parametrize("content", ["", "{", "[]", '"text"', "\xff"])
def test_a_schema_that_is_no_json_object(tmp_path, content):
    tiny.write_folder(tmp_path)
    (tmp_path / "datapackage.json").write_bytes(content.encode("latin-1"))
    (problem, *_) = ma.validate(tmp_path)
    assert (problem.table, problem.file) == ("datapackage", str(tmp_path / "datapackage.json"))


def test_every_copy_of_the_scope_codes_says_the_same():
    schema = read_schema()
    first = schema.codes("regional_targets", "scope")
    for table in ("outcomes", "forecasts"):
        codes = schema.codes(table, "scope")
        assert {code: codes[code] for code in codes if code in first} == {
            c: first[c] for c in first if c in codes
        }


def test_ids_are_unique_over_all_tables():
    ds = ma.load()
    references = {"coverage", "policy_count_rules"}  # keyed by a place, by an outcome
    ids = pd.concat(
        [ds[name][table.key] for name, table in ds.schema.tables.items() if name not in references]
    )
    assert ids[ids.duplicated()].tolist() == []


def test_every_row_of_evidence_names_its_sources():
    ds = ma.load()
    for name, table in ds.schema.tables.items():
        if table.evidence:
            column = "source_id" if "source_id" in table.fields else "source_ids"
            assert ds[name][column].notna().all(), name


NAMES = [
    "sources", "places", "participants", "bodies", "memberships", "policy_documents", "policy_instruments",
    "regional_targets", "press_figures", "outcomes", "policy_count_rules", "target_followups", "forecasts",
    "regional_statistics", "events", "adjudications", "coverage", "rejected_sources",
]  # fmt: skip
THERE = ", ".join(NAMES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write_folder(tmp_path_factory.mktemp("dataset") / "tables")


@pytest.fixture(scope="module")
def few(folder) -> ma.Dataset:
    return ma.load(folder)


def test_what_it_is(few, folder):
    assert few.tables == NAMES
    assert few.folder == folder and isinstance(few.folder, Path)
    assert ma.load(str(folder)).folder == folder
    assert ma.load().folder == read_schema().folder
    assert few.schema is read_schema()
    assert few.known_on is None and few.absent is None


def test_how_it_shows_itself(few):
    three = replace(few, frames={name: few[name] for name in ("sources", "regional_targets", "places")})
    assert repr(three) == (
        "Dataset: 3 tables, 5 rows\n"
        "  sources                  1  Sources\n"
        "  regional_targets         1  Regional targets\n"
        "  places                   3  Places"
    )
    places = pd.concat([few.places] * 500)
    many = three.with_tables(places=places.assign(place_id=[f"p{at}" for at in range(len(places))]))
    assert repr(many).splitlines()[0] == "Dataset: 3 tables, 1,502 rows"
    assert repr(many).splitlines()[3] == "  places               1,500  Places"
    known = ma.as_of(few, "2020-01-01")
    assert repr(known).splitlines()[0] == "Dataset: 18 tables, 4 rows, as known on 2020-01-01"


def test_how_it_shows_itself_in_a_notebook(few):
    titles = {"sources": replace(few.schema["sources"], title="A & <b>"), "places": few.schema["places"]}
    two = replace(
        few,
        frames={"sources": pd.concat([few.sources] * 1_200), "places": few.places},
        schema=replace(few.schema, tables=titles),
    )
    right, left = "<td style='text-align:right'>", "<td style='text-align:left'>"
    assert two._repr_html_() == (
        "<table><caption>Dataset: 2 tables, 1,203 rows</caption>"
        f"<tr><td><code>sources</code></td>{right}1,200</td>{left}A &amp; &lt;b&gt;</td></tr>"
        f"<tr><td><code>places</code></td>{right}3</td>{left}Places</td></tr></table>"
    )


def test_names_that_are_no_tables(few):
    with pytest.raises(KeyError) as told:
        few["x"]
    assert says(told, "'x'", f"the tables are {THERE}. ", "ma.market_targets(ds)")
    with pytest.raises(AttributeError) as told:
        few.x  # noqa: B018
    assert says(told, "'x'", f"tables are {THERE}")
    with pytest.raises(AttributeError, match="^a Dataset has no '_x'; "):
        few._x  # noqa: B018
    with pytest.raises(ValueError) as told:
        few.with_tables(places=few.places, x=few.places)
    assert says(told, "'x'", f"tables are {THERE}")
    assert set(NAMES) < set(dir(few)) and "with_tables" in dir(few)


def test_a_copy_without_its_contents_tells_so():
    bare = object.__new__(ma.Dataset)
    with pytest.raises(AttributeError, match="a Dataset has no 'places'; its tables are $"):
        bare.places  # noqa: B018


def test_a_table_is_a_fresh_view(few):
    frame = few.places
    frame["mine"] = 1
    frame.loc[0, "name_en"] = "changed"
    assert "mine" not in few["places"] and few.places.name_en[0] == "China"
    changed = few.with_tables(places=frame)
    assert changed.places.name_en[0] == "changed" and few.places.name_en[0] == "China"
    with pytest.raises(TypeError):
        changed.frames["places"] = frame


def described(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_tables_and_columns_that_a_folder_leaves_out_are_there_and_empty(tmp_path):
    folder = write_few(tmp_path / "few")
    about = described(folder)
    places = next(one for one in about["resources"] if one["name"] == "places")
    fields = {field["name"]: field for field in places["schema"]["fields"]}
    gone = ["aliases", "grid_column"]
    places["schema"]["fields"] = [field for name, field in fields.items() if name not in gone]
    del fields["level"]["constraints"]["enum"]
    fields["level"].pop("codes", None)
    places["schema"]["fields"].append({"name": "colour", "type": "string"})
    places["schema"].pop("rules", None)
    own = {"primaryKey": ["own_id"], "fields": [{"name": "own_id", "type": "string"}]}
    about["resources"].append({"name": "own", "path": "own.csv", "schema": own})
    (folder / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "own.csv").write_text("own_id\no1\n", encoding="utf-8")
    frame = pd.read_csv(folder / "places.csv").drop(columns=gone).assign(colour="red")
    frame.to_csv(folder / "places.csv", index=False)
    few, packaged = ma.load(folder), ma.load()
    assert few.tables == [*NAMES, "own"]
    assert few.own.own_id.tolist() == ["o1"]
    assert list(few.places) == [*(name for name in fields if name not in gone), "colour", *gone]
    assert few.places.level.cat.categories.tolist() == ["city", "country", "province"]
    assert few.places.aliases.isna().all() and len(few.places) == 3
    assert list(few.schema["places"].fields) == list(few.places)
    for name in ("events", "bodies", "coverage"):
        assert few[name].empty and few.schema[name] == packaged.schema[name]
        pd.testing.assert_series_equal(few[name].dtypes, packaged[name].dtypes)
    for column in gone:
        assert few.places[column].dtype == packaged.places[column].dtype
    assert few.schema["own"].key == "own_id"


def test_ids_of_a_list_one_per_row():
    found = split_ids(pd.Series(["a;b", None, "c"], index=[7, 8, 9]))
    assert list(found.items()) == [(7, "a"), (7, "b"), (9, "c")]


def test_a_broken_folder_is_refused_and_told(tmp_path):
    folder = write_folder(tmp_path / "broken", {"places": []})
    problems = ma.validate(folder)
    assert [one.table for one in problems] == ["policy_documents", "regional_targets"]
    with pytest.raises(ma.DataError) as told:
        ma.load(folder)
    assert told.value.problems == problems
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    assert [one.table for one in ma.validate(folder)] == ["datapackage"]
    assert ma.validate() == []


def test_written_and_loaded_again_and_nothing_is_overwritten_unasked(few, tmp_path):
    path = few.to_folder(tmp_path / "out")
    assert path == tmp_path / "out"
    again = ma.load(path)
    for name in NAMES:
        pd.testing.assert_frame_equal(again[name], few[name])
    with pytest.raises(FileExistsError, match="out is there already"):
        few.to_folder(path)
    few = few.with_tables(regional_targets=few.regional_targets.iloc[:0])
    assert few.to_folder(path, overwrite=True) == path
    assert ma.load(path).regional_targets.empty


@pytest.mark.parametrize("travel", [lambda ds: pickle.loads(pickle.dumps(ds)), copy.copy, copy.deepcopy])
def test_a_dataset_travels(few, travel):
    for ds in (few, ma.as_of(few, "2020-01-01")):
        again = travel(ds)
        assert again == ds and again is not ds
        assert again.known_on == ds.known_on and again.folder == ds.folder
        with pytest.raises(TypeError):
            again.frames["places"] = ds.places
        assert ma.market_targets(again, country=None).equals(ma.market_targets(ds, country=None))


def test_two_datasets_are_equal_if_all_their_cells_are(few):
    same = few.with_tables(places=few.places)
    assert few == same and (few != same) is False
    assert few != few.with_tables(places=few.places[:1])
    assert few != ma.as_of(few, "2026-01-01") and few != "few" and few != None  # noqa: E711
    with pytest.raises(TypeError, match="unhashable"):
        hash(few)


def test_a_dataset_is_a_collection_of_tables_by_name(few):
    assert list(few) == few.tables and len(few) == len(few.tables)
    assert "places" in few and "place" not in few and 3 not in few
