"""to_folder(): what is written loads back equal, and nothing that was there is lost, whatever happens.

Tables as lines of text: every type of cell, every quote, what is refused and in which words.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import tiny
from full_disk import full_disk
from hypothesis import HealthCheck, given, settings, strategies as st
from thorough import MORE
from tiny import write_few, write_folder

import metaverse_analysis as ma
from metaverse_analysis.tables import writing
from metaverse_analysis.tables.files import replace_folder
from metaverse_analysis.tables.marks import MARK, tables, unsigned
from metaverse_analysis.tables.schema import data_folder
from metaverse_analysis.tables.writing import (
    descriptor_to_write,
    tables_to_write,
    text_of,
    write_csv,
    write_json,
)

TEXTS = [
    "None", "NA", "nan", "null", "true", " leading", "trailing ", "\ttab", 'a "quoted" word', "a, b", "two\nlines",
    "two\r\nlines", "one\rline", "'", '"', "=1+1", "-5", "+5", "@SUM(A1)", "元宇宙", "😀", "0012", "1.50", "1e5",
    "\u2028", "\ufeff", "\u200b", "\N{NO-BREAK SPACE}",
]  # fmt: skip


def assert_same(one: ma.Dataset, other: ma.Dataset) -> None:
    assert one.tables == other.tables
    for name in one.tables:
        pd.testing.assert_frame_equal(one[name], other[name])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def with_notes(ds: ma.Dataset, notes: list) -> ma.Dataset:
    """As many targets as notes."""
    row = ds.regional_targets.head(1)
    targets = pd.concat([row] * len(notes), ignore_index=True)
    ids = [f"t{i}" for i in range(len(notes))]
    changed = targets.assign(target_id=pd.Series(ids, dtype="str"), note=pd.Series(notes, dtype="str"))
    return ds.with_tables(regional_targets=changed)


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
    text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
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


def test_nothing_is_overwritten_unless_told(ds, tmp_path):
    folder = ds.to_folder(tmp_path / "out")
    before = files(folder)
    changed = with_notes(ds, ["new"])
    with pytest.raises(FileExistsError, match="out is there already: .* overwrite=True"):
        changed.to_folder(folder)
    assert files(folder) == before
    changed.to_folder(folder, overwrite=True)
    assert ma.load(folder).regional_targets.note.tolist() == ["new"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "out"]


def test_an_empty_folder_is_as_good_as_none(ds, tmp_path):
    (tmp_path / "out").mkdir()
    assert_same(ds, ma.load(ds.to_folder(tmp_path / "out")))


def test_a_folder_that_is_not_ours_is_left_alone(ds, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "me.jpg").write_bytes(b"1")
    with pytest.raises(ValueError, match=r"isn't ours \(only tables as csv that"):
        ds.to_folder(folder, overwrite=True)
    assert files(folder) == {"me.jpg": b"1"}


@pytest.mark.parametrize("name", ["README.md", "deep/er/notes.txt", ".hidden"])
def test_a_folder_with_other_files_is_left_alone(ds, tmp_path, name):
    folder = ds.to_folder(tmp_path / "out")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match=f"{name} would be lost"):
        ds.to_folder(folder, overwrite=True)
    assert (folder / name).read_text(encoding="utf-8") == "mine"
    assert_same(ds, ma.load(folder))


def test_the_packaged_data_cannot_be_replaced():
    with pytest.raises(ValueError, match=r"what is there isn't ours"):
        ma.load().to_folder(data_folder(), overwrite=True)


def test_a_table_changed_by_hand_is_not_lost(ds, tmp_path):
    folder = ds.to_folder(tmp_path / "out")
    path = folder / "places.csv"
    path.write_text(path.read_text("utf-8").replace("Aland", "Oland"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"places.csv \(changed since it was written\) would be lost"):
        ds.to_folder(folder, overwrite=True)
    assert "Oland" in path.read_text("utf-8")
    ds.to_folder(tmp_path / "other").joinpath("places.csv").replace(path)
    ds.to_folder(folder, overwrite=True)


def test_a_schema_changed_by_hand_is_not_lost(ds, tmp_path):
    folder = ds.to_folder(tmp_path / "out")
    path = folder / "datapackage.json"
    about = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(about), encoding="utf-8")  # laid out otherwise, it says the same
    ds.to_folder(folder, overwrite=True)
    path.write_text(json.dumps(about | {"title": "Mine"}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"what is there isn't ours .* with its datapackage.json unchanged"):
        ds.to_folder(folder, overwrite=True)


def test_tables_made_by_hand_are_never_replaced(ds, tmp_path):
    """Not even those that the dataset was read from; and what names a foreign file gives no right to it."""
    with pytest.raises(ValueError, match="isn't ours"):
        ds.to_folder(ds.folder, overwrite=True)
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "photo.tif").write_text("x")
    for about in ({"resources": [{"path": "photo.tif"}]}, {MARK: {"form": "csv"}}, {MARK: []}, [], None):
        (theirs / "datapackage.json").write_text(json.dumps(about))
        with pytest.raises(ValueError, match="isn't ours"):
            ds.to_folder(theirs, overwrite=True)
        assert set(files(theirs)) == {"photo.tif", "datapackage.json"}


def test_what_was_known_on_a_day_does_not_replace_what_is_known(ds, tmp_path):
    now = ma.load(ds.to_folder(tmp_path / "out"))
    before = files(now.folder)
    known = ma.as_of(now, "2023-10-01")
    with pytest.raises(ValueError, match="as known on a day, and it holds later ones"):
        known.to_folder(tmp_path / "out", overwrite=True)
    assert files(now.folder) == before
    known.to_folder(tmp_path / "other")
    known.to_folder(tmp_path / "other", overwrite=True)


@pytest.mark.parametrize("overwrite", [False, True])
def test_links_are_not_followed(ds, tmp_path, overwrite):
    folder = ds.to_folder(tmp_path / "real")
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("link", "dangling"):
        with pytest.raises(ValueError, match="it is a link; give the path that it leads to"):
            ds.to_folder(tmp_path / name, overwrite=overwrite)
    assert not (tmp_path / "nowhere").exists()


def test_other_wrong_places(ds, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="there is a file of that name"):
        ds.to_folder(tmp_path / "file", overwrite=True)
    with pytest.raises(ValueError, match="there is no folder .*; make it first"):
        ds.to_folder(tmp_path / "no" / "out")
    with pytest.raises(ValueError, match="can't write to /"):
        ds.to_folder("/")
    for path in (None, "", 3):
        with pytest.raises(ValueError, match="a path is needed"):
            ds.to_folder(path)


def test_new_files_have_the_usual_permissions(ds, tmp_path):
    (tmp_path / "usual").mkdir()
    (tmp_path / "usual.txt").touch()
    folder = ds.to_folder(tmp_path / "out")
    assert folder.stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert (folder / "places.csv").stat().st_mode == (tmp_path / "usual.txt").stat().st_mode


# Interruptions


def test_an_error_while_writing_leaves_the_old_folder(ds, tmp_path):
    folder = ds.to_folder(tmp_path / "out")
    before = files(folder)
    for error in (OSError, KeyboardInterrupt):
        with pytest.raises(error), replace_folder(folder, tables("csv"), overwrite=True) as draft:
            (draft / "places.csv").write_text("half", encoding="utf-8")
            raise error
    assert files(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "out"]


@pytest.mark.parametrize("step", [1, 2])
def test_an_error_while_swapping_puts_the_old_folder_back(ds, tmp_path, monkeypatch, step):
    folder = ds.to_folder(tmp_path / "out")
    before = files(folder)
    rename, calls = os.rename, []

    def failing(*names):
        calls.append(names)
        if len(calls) == step:
            raise OSError("the disk is gone")
        rename(*names)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(OSError, match="the disk is gone"):
        ds.to_folder(folder, overwrite=True)
    assert files(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "out"]


# Starts a run for each folder and kills it after its time; the imports, which take longest, are made once.
PROGRAM = """
import os, signal, sys, time
import metaverse_analysis as ma

def write_for_ever(folder, ready):
    old = ma.load(folder)
    new = old.with_tables(regional_targets=old.regional_targets.assign(note="new" * 50))
    os.write(ready, b"1")
    while True:
        new.to_folder(folder, overwrite=True)

for delay, folder in zip(sys.argv[1::2], sys.argv[2::2]):
    told, ready = os.pipe()
    run = os.fork()
    if not run:
        write_for_ever(folder, ready)
    assert os.read(told, 1) == b"1"
    time.sleep(float(delay))
    os.kill(run, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(run, 0)[1])
"""


def test_a_killed_run_leaves_a_whole_folder(ds, tmp_path):
    first = ds.to_folder(tmp_path / "out0")
    folders = {0: first} | {t: shutil.copytree(first, tmp_path / f"out{t}") for t in range(12, 60, 12)}
    given = [str(word) for delay, folder in folders.items() for word in (delay / 1000, folder)]
    subprocess.run([sys.executable, "-c", PROGRAM, *given], check=True, timeout=60)
    new = ds.with_tables(regional_targets=ds.regional_targets.assign(note="new" * 50))
    for folder in folders.values():
        if not folder.exists():  # killed between the two renames: the next run mends it
            with pytest.raises(FileExistsError):
                ds.to_folder(folder)
        back = ma.load(folder)
        assert_same(back, ds if back.regional_targets.note.isna().all() else new)


def test_a_full_disk_leaves_the_old_folder(tmp_path):
    ds = ma.load()
    folder = ds.to_folder(tmp_path / "out")
    before = files(folder)
    with pytest.raises(OSError, match="File too large"), full_disk(60_000):
        ds.to_folder(folder, overwrite=True)
    assert files(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


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
    ("change", "words"),
    [
        (lambda few: {"sources": few.sources.drop(columns=["url", "kind"])},
         "sources lacks url, kind: give it the columns of the table that it replaces"),
        (lambda few: {"sources": columns(few.sources, "b", "a")},
         "sources has 'b', which the schema doesn't, has 'a', which the schema doesn't: give it the columns of its "
         "schema"),
        (lambda few: {"sources": pd.concat([few.sources, few.sources[["url"]]], axis=1)},
         "sources has the column url twice: give it the columns of the table that it replaces"),
        (lambda few: {"places": columns(few.places, "aliases")},
         "places has values in aliases, which the folder's schema leaves out: describe it in datapackage.json, and "
         "load the folder again"),
        (lambda few: {"events": columns(few.events.reindex(range(1)), "event", "date")},
         "events has values in date, event, which the folder's schema leaves out: describe it in datapackage.json, "
         "and load the folder again"),
    ],
)  # fmt: skip
def test_tables_that_are_not_as_the_schema_has_them(few, change, words):
    with pytest.raises(ValueError) as told:
        tables_to_write(few.with_tables(**change(few)))
    assert str(told.value) == words


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
