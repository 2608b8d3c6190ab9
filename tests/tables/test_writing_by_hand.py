"""Tables as lines of text: every type of cell, every quote, what is refused and in which words."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from tiny import write_few, write_folder

import metaverse_analysis as ma
from metaverse_analysis.tables import writing
from metaverse_analysis.tables.writing import (
    descriptor_to_write,
    tables_to_write,
    text_of,
    write_csv,
    write_json,
)

COLUMNS = {
    "text": pd.Series(["a", None, 'say "x"', "a,b", "a\nb", "\r", "", "é元"], dtype="str"),
    "integer": pd.Series([1, None, -3, 0, 10**15, 2, 3, 4], dtype="Int64"),
    "number": pd.Series([250.0, None, 0.1, 1e-7, 1234567.25, -0.5, 1e20, 3]),
    "truth": pd.Series([True, None, False, True, True, True, True, True], dtype="boolean"),
    "day": pd.to_datetime(pd.Series(["2023-09-15", None, *["2024-02-29"] * 6])),
    "code": pd.Series(pd.Categorical(["x", None, "y, z", "x", "x", "x", "x", "x"], categories=["y, z", "x"])),
    "object": pd.Series(["q", np.nan, None, "r", "s", "t", "u", "v"], dtype="object"),
}
LINES = [
    "text,integer,number,truth,day,code,object",
    "a,1,250,true,2023-09-15,x,q",
    ",,,,,,",
    '"say ""x""",-3,0.1,false,2024-02-29,"y, z",',
    '"a,b",0,1e-7,true,2024-02-29,x,r',
    '"a\nb",1000000000000000,1234567.25,true,2024-02-29,x,s',
    '"\r",2,-0.5,true,2024-02-29,x,t',
    ",3,1e+20,true,2024-02-29,x,u",
    "é元,4,3,true,2024-02-29,x,v",
]


def written(frame: pd.DataFrame, path) -> str:
    write_csv(frame, path / "t.csv", "t")
    return (path / "t.csv").read_bytes().decode()


def test_every_type_of_cell(tmp_path):
    assert written(pd.DataFrame(COLUMNS), tmp_path) == "\n".join(LINES) + "\n"


@pytest.mark.parametrize("batch", [1, 3, 8, 9])
def test_rows_are_written_in_parts(tmp_path, monkeypatch, batch):
    monkeypatch.setattr(writing, "BATCH", batch)
    assert written(pd.DataFrame(COLUMNS), tmp_path) == "\n".join(LINES) + "\n"


def test_a_table_without_rows_has_its_header(tmp_path):
    assert written(pd.DataFrame(COLUMNS).iloc[:0], tmp_path) == LINES[0] + "\n"
    assert written(pd.DataFrame({'a"b': [1], "c,d": [2], 5: [3]}), tmp_path) == '"a""b","c,d",5\n1,2,3\n'


def test_a_missing_cell_of_one_column_is_no_empty_line(tmp_path):
    one = pd.DataFrame({"a": pd.Series(["x", None, "y"], dtype="str")})
    assert written(one, tmp_path) == 'a\nx\n""\ny\n'


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (pd.Series([["a"], ["b"]]), "t.c can't be written as text: a cell holds a list"),
        (pd.to_datetime(pd.Series(["2023-09-15 10:00"])), "t.c can't be written as text: a day has no time"),
        (pd.to_datetime(pd.Series(["2023-09-15"])).dt.tz_localize("UTC"),
         "t.c can't be written as text: a day has no time zone"),
        (pd.Series(["a", 5], dtype="object"), "t.c can't be written as text: "),
        (pd.Series(["\ud800"], dtype="object"), "t.c can't be written as text: "),
    ],
)  # fmt: skip
def test_what_has_no_plain_text(column, words):
    with pytest.raises(ValueError) as told:
        text_of(column.rename("c"), "t")
    assert str(told.value) == words or (words.endswith(": ") and str(told.value).startswith(words))


def test_texts_are_of_one_type_and_missing_ones_are_null():
    for column in COLUMNS.values():
        texts = text_of(column, "t")
        assert texts.type == pa.large_string() and isinstance(texts, pa.Array)
        assert texts.is_null().to_pylist() == column.isna().tolist()


def test_columns_put_together_from_parts():
    column = pd.concat([COLUMNS["text"].head(3), COLUMNS["text"].tail(2)], ignore_index=True)
    texts = text_of(column, "t")
    assert isinstance(texts, pa.Array) and texts.to_pylist() == ["a", None, 'say "x"', "", "é元"]


def test_a_folder_s_path_is_given_back(tmp_path):
    ds = ma.load(write_folder(tmp_path / "tables"))
    assert writing.to_folder(ds, str(tmp_path / "out")) == tmp_path / "out"


def test_json_as_the_packaged_schema_is_written(tmp_path):
    write_json({"a": ["元", 1], "b": {}}, tmp_path / "a.json")
    assert (tmp_path / "a.json").read_bytes().decode() == '{\n "a": [\n  "元",\n  1\n ],\n "b": {}\n}\n'


@pytest.fixture
def few(tmp_path) -> ma.Dataset:
    """A folder of four tables, the places without their column of notes."""
    folder = write_few(tmp_path / "few")
    about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in about["resources"]:
        resource |= {"bytes": 5, "hash": "x", "stats": {}, "own": "kept"}
    places = next(one for one in about["resources"] if one["name"] == "places")
    places["schema"]["fields"] = [
        one for one in places["schema"]["fields"] if one["name"] not in ("note", "aliases")
    ]
    (folder / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    frame = pd.read_csv(folder / "places.csv").drop(columns=["note", "aliases"], errors="ignore")
    frame.to_csv(folder / "places.csv", index=False)
    return ma.load(folder)


def test_what_a_schema_leaves_out_is_left_out_again(few):
    tables = tables_to_write(few)
    assert list(tables) == ["sources", "places", "policy_documents", "regional_targets"]
    assert "aliases" in few.places and "aliases" not in tables["places"]
    for name, frame in tables.items():
        described = next(one for one in few.schema.descriptor["resources"] if one["name"] == name)
        assert list(frame) == [field["name"] for field in described["schema"]["fields"]]


def test_what_a_descriptor_said_of_files_is_left_out(few):
    about = descriptor_to_write(few)
    assert all(
        not {"bytes", "hash", "stats"} & set(one) and one["own"] == "kept" for one in about["resources"]
    )
    assert "knownOn" not in about and about["name"] == "few"
    assert descriptor_to_write(ma.as_of(few, "2026-12-01"))["knownOn"] == "2026-12-01"
    assert few.schema.descriptor["resources"][0]["bytes"] == 5


def columns(frame: pd.DataFrame, *more: str) -> pd.DataFrame:
    return frame.assign(**dict.fromkeys(more, "x"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda ds: {"sources": ds.sources.drop(columns=["url", "kind"])},
         "sources has no url, has no kind: give it the columns of its schema"),
        (lambda ds: {"sources": columns(ds.sources, "b", "a")},
         "sources has 'b', which the schema doesn't, has 'a', which the schema doesn't: give it the columns of its "
         "schema"),
        (lambda ds: {"sources": pd.concat([ds.sources, ds.sources[["url"]]], axis=1)},
         "sources has a column twice: give it the columns of its schema"),
        (lambda ds: {"places": columns(ds.places, "aliases")},
         "places has values in aliases, which the folder's schema leaves out: describe it in datapackage.json, and "
         "load the folder again"),
        (lambda ds: {"events": columns(ds.events.reindex(range(1)), "event", "date")},
         "events has values in date, event, which the folder's schema leaves out: describe it in datapackage.json, "
         "and load the folder again"),
    ],
)  # fmt: skip
def test_tables_that_are_not_as_the_schema_has_them(few, change, words):
    with pytest.raises(ValueError) as told:
        tables_to_write(few.with_tables(**change(few)))
    assert str(told.value) == words


def test_what_would_not_load_is_told_by_the_file_it_would_have_been(tmp_path):
    ds = ma.load(write_folder(tmp_path / "tables"))
    wrong = ds.with_tables(regional_targets=ds.regional_targets.assign(document_id="d9"))
    with pytest.raises(ma.DataError) as told:
        wrong.to_folder(tmp_path / "out")
    (problem,) = told.value.problems
    assert (problem.file, problem.line, problem.value) == (
        str(tmp_path / "out" / "regional_targets.csv"),
        2,
        "d9",
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tables"]
