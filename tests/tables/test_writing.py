"""to_folder(): what is written loads back equal; every type of cell, every quote, and what is refused."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import tiny
from folders import TEXTS, assert_same, files, with_notes
from hypothesis import HealthCheck, given, settings, strategies as st
from says import says
from thorough import MORE
from tiny import write_few, write_folder

import metaverse_analysis as ma
from metaverse_analysis.tables import writing
from metaverse_analysis.tables.marks import MARK, unsigned
from metaverse_analysis.tables.schema import data_folder
from metaverse_analysis.tables.writing import (
    descriptor_to_write,
    tables_to_write,
    text_of,
    write_csv,
    write_json,
)


@pytest.fixture
def ds(tmp_path):
    """Four tables: how many there are changes nothing."""
    return ma.load(tiny.write_few(tmp_path / "made"))


def test_the_packaged_tables_are_written_byte_for_byte(tmp_path):
    written = files(ma.load().to_folder(tmp_path / "out"))
    packaged = files(data_folder())
    assert set(packaged) - set(written) == {"README.md", "LICENSE"}
    signed = json.loads(written.pop("datapackage.json"))
    assert unsigned(signed) == json.loads(packaged["datapackage.json"])
    assert list(signed[MARK]["files"]) == sorted(written)
    assert written == {name: packaged[name] for name in written}


def test_texts_come_back_as_they_were(ds, tmp_path):
    changed = with_notes(ds, [*TEXTS, None])
    back = ma.load(changed.to_folder(tmp_path / "out"))
    assert back.regional_targets.note[: len(TEXTS)].tolist() == TEXTS
    assert back.regional_targets.note.isna().tolist() == [False] * len(TEXTS) + [True]
    assert_same(changed, back)


@settings(max_examples=5 * MORE, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_table_comes_back_equal(ds, tmp_path, data):
    controls = [chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"]
    told = [
        *controls,
        "\ufffd",
        "\ufffe",
        "\uffff",
    ]  # validate tells them, and to_folder refuses to write them
    text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=told), min_size=1)
    notes = data.draw(st.lists(st.none() | text, min_size=1, max_size=12))
    number = st.floats(0, allow_infinity=False)
    values = data.draw(st.lists(number, min_size=len(notes), max_size=len(notes)))
    years = data.draw(st.lists(st.none() | st.integers(1990, 2100), min_size=len(notes), max_size=len(notes)))
    changed = with_notes(ds, notes)
    targets = changed.regional_targets.assign(
        value=pd.Series(values, dtype="float64"), target_year=pd.Series(years, dtype="Int64")
    )
    changed = changed.with_tables(regional_targets=targets)
    assert_same(changed, ma.load(changed.to_folder(tmp_path / "out", overwrite=True)))


def test_numbers_days_and_truth_as_they_are_printed(ds, tmp_path):
    numbers = [250.0, 0.1, 30.25, 1e16, 1e-7, 123456789.5, 1 / 3]
    changed = with_notes(ds, ["x"] * len(numbers))
    targets = changed.regional_targets.assign(value=numbers)
    folder = changed.with_tables(regional_targets=targets).to_folder(tmp_path / "out")
    lines = (folder / "regional_targets.csv").read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("value")
    printed = [line.split(",")[column] for line in lines[1:]]
    assert printed == ["250", "0.1", "30.25", "1e+16", "1e-7", "123456789.5", "0.3333333333333333"]
    source = (folder / "sources.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    assert ("false" in source, "2026-11-23" in source) == (True, True)


@pytest.mark.parametrize("day", ["2019-01-01", "2022-11-30", "2024-01-19", "2026-11-24"])
def test_what_was_known_on_a_day_is_a_folder_too(tmp_path, day):
    known = ma.as_of(ma.load(), day)
    folder = known.to_folder(tmp_path / "out")
    assert_same(known, ma.load(folder))
    assert json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["knownOn"] == day


def test_a_folder_of_its_own_kind_is_written_as_it_was(tmp_path):
    """Tables and columns that its schema leaves out are not written; its own are."""
    folder = tiny.write_few(tmp_path / "own")
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["bytes"] = 1
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    own = ma.load(folder)
    out = own.to_folder(tmp_path / "out")
    assert set(files(out)) == {f"{name}.csv" for name in tiny.ROWS} | {"datapackage.json"}
    written = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert written["name"] == "few"
    assert "bytes" not in written["resources"][0]
    assert_same(own, ma.load(out))
    event = pd.DataFrame({column: [None] for column in own.events}).assign(event_id="x")
    with pytest.raises(
        ValueError, match="events has values in event_id.* which the folder's schema leaves out"
    ):
        own.with_tables(events=event).to_folder(tmp_path / "other")


def test_a_frame_of_other_types_is_written_alike(ds, tmp_path):
    targets = ds.regional_targets
    loose = targets.assign(scope=targets.scope.astype("object"), value=[250], target_year=[2025.0])
    ds.to_folder(tmp_path / "one")
    ds.with_tables(regional_targets=loose[loose.columns[::-1]]).to_folder(tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.drop(columns="note"), "regional_targets lacks note"),
        (lambda t: t.assign(mine=1), "regional_targets has 'mine', which the schema doesn't"),
        (lambda t: pd.concat([t, t.note], axis=1), "the column note twice"),
        (lambda t: t.assign(note=[["a"]]), r"regional_targets.note: \['a'\] in row 0 isn't text"),
        (lambda t: t.assign(note=[object()]), "regional_targets.note: <object"),
        (lambda t: t.assign(note=pd.Series(["\ud800"], dtype="object")), "regional_targets.note: .* isn't text"),
        (lambda t: t.assign(note=pd.Timestamp("2024-01-01 10:00")), "regional_targets.note: Timestamp"),
        (lambda t: t.assign(value=-1.0), "out/regional_targets.csv:2 value: found '-1'"),
        (lambda t: t.assign(value=np.inf), "a number"),
        (lambda t: t.assign(scope="metaverse"), "one of the allowed codes"),
        (lambda t: t.assign(note="a\0b"), "NUL"),
        (lambda t: t.head(0).assign(document_id="x"), None),
    ],
)  # fmt: skip
def test_tables_that_would_not_load_are_refused(ds, tmp_path, change, said):
    broken = change(ds.regional_targets)
    if said is None:
        written = ds.with_tables(regional_targets=broken).to_folder(tmp_path / "out")
        assert len(ma.load(written).regional_targets) == 0
        return
    with pytest.raises(ValueError, match=said):
        ds.with_tables(regional_targets=broken).to_folder(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["made"], "nothing is left behind"


# What is there already


# Interruptions


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
    few = ma.load(write_folder(tmp_path / "tables"))
    assert writing.to_folder(few, str(tmp_path / "out")) == tmp_path / "out"


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
    ("change", "facts"),
    [
        (lambda few: {"sources": few.sources.drop(columns=["url", "kind"])},
         ["sources", "lacks url, kind", "give it the columns of the table that it replaces"]),
        (lambda few: {"sources": columns(few.sources, "b", "a")},
         ["sources", "has 'b', which the schema doesn't", "has 'a', which", "give it the columns of its schema"]),
        (lambda few: {"sources": pd.concat([few.sources, few.sources[["url"]]], axis=1)},
         ["sources", "the column url twice", "give it the columns of the table that it replaces"]),
        (lambda few: {"places": columns(few.places, "aliases")},
         ["places", " aliases, ", "describe it in datapackage.json", "load the folder again"]),
        (lambda few: {"events": columns(few.events.reindex(range(1)), "event", "date")},
         ["events", " date, event, ", "describe it in datapackage.json", "load the folder again"]),
    ],
)  # fmt: skip
def test_tables_that_are_not_as_the_schema_has_them(few, change, facts):
    with pytest.raises(ValueError) as told:
        tables_to_write(few.with_tables(**change(few)))
    assert says(told, *facts)


def test_what_would_not_load_is_told_by_the_file_it_would_have_been(tmp_path):
    few = ma.load(write_folder(tmp_path / "tables"))
    wrong = few.with_tables(regional_targets=few.regional_targets.assign(document_id="d9"))
    with pytest.raises(ma.DataError) as told:
        wrong.to_folder(tmp_path / "out")
    (problem,) = told.value.problems
    assert (problem.file, problem.line, problem.value) == (
        str(tmp_path / "out" / "regional_targets.csv"),
        2,
        "d9",
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tables"]


# The checksum of what was loaded


def test_the_checksum_is_of_what_was_loaded_whatever_the_files(ds, tmp_path):
    written = ds.to_folder(tmp_path / "written")
    assert ma.load(written).checksum == ds.checksum
    assert ma.load(ma.export(ds, tmp_path / "p", format="parquet")).checksum == ds.checksum
    for path in written.glob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert ma.load(written).checksum == ds.checksum


def test_the_checksum_tells_any_other_cell(ds):
    places = ds.places
    other = [places.assign(name_en=places["name_en"] + "x"), places.assign(note="x"), places.head(2)]
    sums = {ds.with_tables(places=table).checksum for table in [places, *other]}
    assert len(sums) == 4 and ds.checksum in sums
    assert ds.with_tables(places=places.iloc[::-1]).checksum == ds.checksum, "the order of rows means nothing"
