"""The dataset as it shows itself, what it refuses, and what it adds to a folder that has few tables."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from tiny import write_few, write_folder

import metaverse_analysis as ma
from metaverse_analysis.tables.schema import read_schema

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
def ds(folder) -> ma.Dataset:
    return ma.load(folder)


def test_what_it_is(ds, folder):
    assert ds.tables == NAMES
    assert ds.folder == folder and isinstance(ds.folder, Path)
    assert ma.load(str(folder)).folder == folder
    assert ma.load().folder == read_schema().folder
    assert ds.schema is read_schema()
    assert ds.known_on is None and ds.absent is None


def test_how_it_shows_itself(ds):
    three = replace(ds, frames={name: ds[name] for name in ("sources", "regional_targets", "places")})
    assert repr(three) == (
        "Dataset: 3 tables, 5 rows\n"
        "  sources                  1  Sources\n"
        "  regional_targets         1  Regional targets\n"
        "  places                   3  Places"
    )
    many = three.with_tables(places=pd.concat([ds.places] * 500))
    assert repr(many).splitlines()[0] == "Dataset: 3 tables, 1,502 rows"
    assert repr(many).splitlines()[3] == "  places               1,500  Places"
    known = ma.as_of(ds, "2020-01-01")
    assert repr(known).splitlines()[0] == "Dataset: 18 tables, 4 rows, as known on 2020-01-01"


def test_how_it_shows_itself_in_a_notebook(ds):
    titles = {"sources": replace(ds.schema["sources"], title="A & <b>"), "places": ds.schema["places"]}
    two = replace(
        ds,
        frames={"sources": pd.concat([ds.sources] * 1_200), "places": ds.places},
        schema=replace(ds.schema, tables=titles),
    )
    right, left = "<td style='text-align:right'>", "<td style='text-align:left'>"
    assert two._repr_html_() == (
        "<table><caption>Dataset: 2 tables, 1,203 rows</caption>"
        f"<tr><td><code>sources</code></td>{right}1,200</td>{left}A &amp; &lt;b&gt;</td></tr>"
        f"<tr><td><code>places</code></td>{right}3</td>{left}Places</td></tr></table>"
    )


def test_names_that_are_no_tables(ds):
    with pytest.raises(KeyError) as told:
        ds["x"]
    assert told.value.args[0] == (
        f"there is no table 'x'; the tables are {THERE}. A chart, or a sum, takes what a measure gives, such as "
        "ma.market_targets(ds), and not the dataset"
    )
    with pytest.raises(AttributeError) as told:
        ds.x  # noqa: B018
    assert str(told.value) == f"a Dataset has no 'x'; its tables are {THERE}"
    with pytest.raises(AttributeError, match="^a Dataset has no '_x'; "):
        ds._x  # noqa: B018
    with pytest.raises(ValueError) as told:
        ds.with_tables(places=ds.places, x=ds.places)
    assert str(told.value) == f"there is no table 'x'; the tables are {THERE}"
    assert set(NAMES) < set(dir(ds)) and "with_tables" in dir(ds)


def test_a_copy_without_its_contents_tells_so():
    bare = object.__new__(ma.Dataset)
    with pytest.raises(AttributeError, match="a Dataset has no 'places'; its tables are $"):
        bare.places  # noqa: B018


def test_a_table_is_a_fresh_view(ds):
    frame = ds.places
    frame["mine"] = 1
    frame.loc[0, "name_en"] = "changed"
    assert "mine" not in ds["places"] and ds.places.name_en[0] == "China"
    changed = ds.with_tables(places=frame)
    assert changed.places.name_en[0] == "changed" and ds.places.name_en[0] == "China"
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
    ds, packaged = ma.load(folder), ma.load()
    assert ds.tables == [*NAMES, "own"]
    assert ds.own.own_id.tolist() == ["o1"]
    assert list(ds.places) == [*(name for name in fields if name not in gone), "colour", *gone]
    assert ds.places.level.cat.categories.tolist() == ["city", "country", "province"]
    assert ds.places.aliases.isna().all() and len(ds.places) == 3
    assert list(ds.schema["places"].fields) == list(ds.places)
    for name in ("events", "bodies", "coverage"):
        assert ds[name].empty and ds.schema[name] == packaged.schema[name]
        pd.testing.assert_series_equal(ds[name].dtypes, packaged[name].dtypes)
    for column in gone:
        assert ds.places[column].dtype == packaged.places[column].dtype
    assert ds.schema["own"].key == "own_id"


def test_ids_of_a_list_one_per_row():
    found = ma.split_ids(pd.Series(["a;b", None, "c"], index=[7, 8, 9]))
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


def test_written_and_loaded_again_and_nothing_is_overwritten_unasked(ds, tmp_path):
    path = ds.to_folder(tmp_path / "out")
    assert path == tmp_path / "out"
    again = ma.load(path)
    for name in NAMES:
        pd.testing.assert_frame_equal(again[name], ds[name])
    with pytest.raises(FileExistsError, match="out is there already"):
        ds.to_folder(path)
    few = ds.with_tables(regional_targets=ds.regional_targets.iloc[:0])
    assert few.to_folder(path, overwrite=True) == path
    assert ma.load(path).regional_targets.empty
