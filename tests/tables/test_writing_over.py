"""What stands where tables are written to: replaced whole, or left alone."""

import json
import os
import shutil
import subprocess
import sys

import pytest
import tiny
from folders import assert_same, files, with_notes
from full_disk import full_disk

import metaverse_analysis as ma
from metaverse_analysis.tables.files import replace_folder
from metaverse_analysis.tables.marks import MARK, tables
from metaverse_analysis.tables.schema import data_folder


@pytest.fixture
def ds(tmp_path):
    """Four tables: how many there are changes nothing."""
    return ma.load(tiny.write_few(tmp_path / "made"))


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
