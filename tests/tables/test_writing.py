"""to_folder(): what is written loads back equal, and nothing that was there is lost, whatever happens."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import tiny
from full_disk import full_disk
from hypothesis import HealthCheck, given, settings, strategies as st
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.tables.files import replace_file, replace_folder
from metaverse_analysis.tables.schema import data_folder

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
    assert written == {name: packaged[name] for name in written}
    assert set(packaged) - set(written) == {"README.md", "LICENSE"}


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
    event = pd.DataFrame({column: ["x"] for column in own.events})
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
        (lambda t: t.drop(columns="note"), "regional_targets has no note"),
        (lambda t: t.assign(mine=1), "regional_targets has 'mine', which the schema doesn't"),
        (lambda t: pd.concat([t, t.note], axis=1), "a column twice"),
        (lambda t: t.assign(note=[["a"]]), "regional_targets.note can't be written as text: a cell holds a list"),
        (lambda t: t.assign(note=[object()]), "regional_targets.note can't be written"),
        (lambda t: t.assign(note=pd.Series(["\ud800"], dtype="object")), "regional_targets.note can't be written"),
        (lambda t: t.assign(note=pd.Timestamp("2024-01-01 10:00")), "regional_targets.note can't be written"),
        (lambda t: t.assign(value=-1.0), "out/regional_targets.csv:2 value: found '-1'"),
        (lambda t: t.assign(value=np.inf), "a number"),
        (lambda t: t.assign(scope="metaverse"), "one of the allowed values"),
        (lambda t: t.assign(note="a\0b"), "NUL"),
        (lambda t: t.head(0).assign(document_id="x"), None),
    ],
)  # fmt: skip
def test_tables_that_would_not_load_are_refused(ds, tmp_path, change, said):
    broken = ds.with_tables(regional_targets=change(ds.regional_targets))
    if said is None:
        assert len(ma.load(broken.to_folder(tmp_path / "out")).regional_targets) == 0
        return
    with pytest.raises(ValueError, match=said):
        broken.to_folder(tmp_path / "out")
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
    with pytest.raises(ValueError, match=r"isn't ours \(it has no datapackage.json\)"):
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
    with pytest.raises(ValueError, match=r"LICENSE, README.md would be lost"):
        ma.load().to_folder(data_folder(), overwrite=True)


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
        with pytest.raises(error), replace_folder(folder, overwrite=True) as draft:
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


def test_a_run_killed_between_the_two_renames_is_mended_by_the_next(ds, tmp_path):
    folder = ds.to_folder(tmp_path / "out")
    before = files(folder)
    folder.rename(tmp_path / ".out.previous")
    with pytest.raises(FileExistsError):
        ds.to_folder(folder)
    assert files(folder) == before
    ds.to_folder(tmp_path / "another").rename(
        tmp_path / ".out.previous"
    )  # killed while it removed the old one
    ds.to_folder(folder, overwrite=True)
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


# Single files


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.txt"
    with replace_file(path) as draft:
        draft.write_text("old", encoding="utf-8")
    with pytest.raises(FileExistsError, match="a.txt is there already"), replace_file(path):
        pass
    with pytest.raises(KeyboardInterrupt), replace_file(path, overwrite=True) as draft:
        draft.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert files(tmp_path) == {"a.txt": b"old"}
    path.chmod(0o600)
    with replace_file(path, overwrite=True) as draft:
        assert (draft.parent, draft.suffix, draft.name[0]) == (tmp_path, ".txt", ".")
        draft.write_text("new", encoding="utf-8")
    assert files(tmp_path) == {"a.txt": b"new"}
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "a.txt"
    with pytest.raises(FileExistsError), replace_file(path) as draft:
        draft.write_text("mine", encoding="utf-8")
        path.write_text("theirs", encoding="utf-8")
    assert files(tmp_path) == {"a.txt": b"theirs"}


def test_a_file_is_not_written_over_a_folder_or_a_link(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real.txt")
    with pytest.raises(ValueError, match="there is a folder of that name"), replace_file(tmp_path / "folder"):
        pass
    with pytest.raises(ValueError, match="it is a link"), replace_file(tmp_path / "link", overwrite=True):
        pass


def test_very_long_names_are_possible(tmp_path):
    name = "长" * 80 + ".txt"
    with replace_file(tmp_path / name) as draft:
        draft.write_text("x", encoding="utf-8")
    assert list(files(tmp_path)) == [name]
