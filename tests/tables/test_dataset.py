"""load(): typed frames in the schema's order, isolated from their users; and folders with a schema of their own."""

import json
import pickle

import numpy as np
import pandas as pd
import pytest
import tiny

import metaverse_analysis as ma
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
    assert ma.split_ids(ds.regional_targets.source_ids).to_dict() == {0: "s2"}
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
    assert (len(few.regional_targets), len(ds.regional_targets)) == (3, 345)
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
    assert "regional_targets          345  Regional targets" in repr(ds)
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
