"""Folders put in their place: nothing of anybody else's is lost, whatever lies there and whenever a run is killed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from boxes import BOX, MINE, fill, names, put, there

from metaverse_analysis.tables import files
from metaverse_analysis.tables.files import DRAFT_MARK, replace_file, replace_folder
from metaverse_analysis.tables.marks import write_listing


def test_a_folder_takes_its_place_and_replaces_one_of_its_kind(tmp_path):
    out = tmp_path / "out"
    fill(out, {"b.csv": "1", "c.csv": "1", "deep/er/d.csv": "1"})
    fill(out, {"b.csv": "2", "sub/c.csv": "2"}, overwrite=True)
    assert set(there(tmp_path)) == {"out/LIST", "out/a", "out/b.csv", "out/sub/c.csv"}
    assert there(out)["b.csv"] == "2"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_counts_as_none(tmp_path):
    (tmp_path / "out").mkdir()
    fill(tmp_path / "out", {"b": "1"})
    assert set(there(tmp_path)) == {"out/LIST", "out/a", "out/b"}


def plant(folder, what: str) -> None:
    """Put something of somebody else's into a folder."""
    match what:
        case "file":
            (folder / "mine.txt").write_text("mine")
        case "hidden":
            (folder / ".mine").write_text("mine")
        case "deep":
            (folder / "deep" / "mine.txt").write_text("mine")
        case "changed":
            (folder / "b").write_text("mine")
        case "longer":
            (folder / "b").write_text("1mine")
        case "emptied":
            (folder / "b").write_text("")
        case "folder":
            (folder / "mine").mkdir()
        case "deep folder":
            (folder / "deep" / "mine" / "er").mkdir(parents=True)
        case "link to a file":
            (folder / "mine").symlink_to(folder / "b")
        case "link to a folder":
            (folder / "mine").symlink_to(folder.parent)
        case "link that leads nowhere":
            (folder / "mine").symlink_to("nowhere")
        case "link in place of a file":
            shutil.copy(folder / "b", folder.parent / "b")
            (folder / "b").unlink()
            (folder / "b").symlink_to(folder.parent / "b")
        case "folder in place of a file":
            (folder / "b").unlink()
            (folder / "b").mkdir()
        case "pipe":
            os.mkfifo(folder / "mine")
        case "list":
            (folder / "LIST").write_text("00  mine.txt\n")
        case "list with more":
            with (folder / "LIST").open("a") as file:
                file.write("my notes\n")
        case "mark":
            (folder / "a").write_text("theirs")


PLANTED = {
    "file": "mine.txt",
    "hidden": ".mine",
    "deep": "deep/mine.txt",
    "changed": "b (changed since it was written)",
    "longer": "b (changed since it was written)",
    "emptied": "b (changed since it was written)",
    "folder": "mine/",
    "deep folder": "deep/mine/, deep/mine/er/",
    "link to a file": "mine",
    "link to a folder": "mine",
    "link that leads nowhere": "mine",
    "link in place of a file": "b (changed since it was written)",
    "folder in place of a file": "b/",
    "pipe": "mine",
}


@pytest.mark.parametrize("what", PLANTED)
def test_what_somebody_put_into_a_folder_is_never_lost(tmp_path, what):
    out = tmp_path / "out"
    fill(out, {"b": "1", "deep/c": "1"})
    plant(out, what)
    before = names(tmp_path)
    with pytest.raises(ValueError) as told:
        fill(out, {"new": "2"}, overwrite=True)
    assert str(told.value) == (
        f"won't replace {out}: {PLANTED[what]} would be lost; move it, or choose another name"
    )
    assert names(tmp_path) == before


@pytest.mark.parametrize("what", ["list", "list with more", "mark"])
def test_a_folder_is_known_by_its_list_and_its_mark(tmp_path, what):
    out = tmp_path / "out"
    fill(out, {"b": "1", "deep/c": "1"})
    plant(out, what)
    before = there(out)
    with pytest.raises(
        ValueError, match=r"out: what is there isn't ours \(only a box that this package wrote"
    ):
        fill(out, {"new": "2"}, overwrite=True)
    assert there(out) == before


def test_a_common_name_is_no_mark(tmp_path):
    """Somebody else's list of sums, right as it may be."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").write_text("debian")
    write_listing(out, "LIST")
    with pytest.raises(ValueError, match="isn't ours"):
        fill(out, {}, overwrite=True)
    assert there(out)["a"] == "debian"


def test_a_file_that_comes_while_the_new_folder_is_made_is_kept(tmp_path):
    out = tmp_path / "out"
    fill(out, {"b": "1"})
    with (
        pytest.raises(ValueError, match="mine would be lost"),
        replace_folder(out, BOX, overwrite=True) as new,
    ):
        (new / "a").write_text(MINE)
        write_listing(new, "LIST")
        (out / "mine").touch()
    assert names(tmp_path) == ["out", "out/LIST", "out/a", "out/b", "out/mine"]


def test_files_that_were_taken_away_are_no_loss(tmp_path):
    out = tmp_path / "out"
    fill(out, {"b": "1", "c": "1"})
    (out / "b").unlink()
    fill(out, {"d": "2"}, overwrite=True)
    assert set(there(out)) == {"LIST", "a", "d"}


@pytest.mark.parametrize(("count", "more"), [(5, ""), (6, " and 1 more"), (9, " and 4 more")])
def test_many_files_of_others_are_counted(tmp_path, count, more):
    fill(tmp_path / "out", {})
    for number in range(count):
        (tmp_path / "out" / f"x{number}").touch()
    with pytest.raises(ValueError, match=rf"out: x0, x1, x2, x3, x4{more} would be lost"):
        fill(tmp_path / "out", {}, overwrite=True)


# Runs that were killed


def test_an_old_folder_that_cannot_be_removed_is_no_error_and_goes_next_time(tmp_path, monkeypatch):
    out = tmp_path / "out"
    fill(out, {"b": "1", "deep/c": "1"})
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", lambda path, **_: 1 / 0 if "previous" in str(path) else None)
        patch.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(OSError("busy")))
        fill(out, {"b": "2"}, overwrite=True)
    assert there(out)["b"] == "2" and (tmp_path / ".out.previous" / "LIST").is_file()
    fill(out, {"b": "3"}, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_set_aside_is_told_and_not_put_back(tmp_path):
    """Its successor may have been removed on purpose."""
    out, aside = tmp_path / "out", tmp_path / ".out.previous"
    fill(aside, {"b": "1"})
    for overwrite in (False, True):
        with pytest.raises(
            FileExistsError, match=r"out isn't there, but \.out\.previous is, which a stopped run"
        ):
            fill(out, {}, overwrite=overwrite)
    assert set(there(tmp_path)) == {f".out.previous/{name}" for name in ("LIST", "a", "b")}


def test_a_folder_set_aside_that_is_not_ours_is_left(tmp_path):
    (tmp_path / ".out.previous").mkdir()
    (tmp_path / ".out.previous" / "x").write_text("theirs")
    fill(tmp_path / "out", {})
    with pytest.raises(ValueError, match=r"can't replace .*out: .*\.out\.previous is in the way; move it"):
        fill(tmp_path / "out", {}, overwrite=True)
    assert set(there(tmp_path)) == {".out.previous/x", "out/LIST", "out/a"}


def test_a_folder_set_aside_into_which_somebody_put_a_file_is_left(tmp_path):
    fill(tmp_path / ".out.previous", {})
    (tmp_path / ".out.previous" / "x").write_text("theirs")
    fill(tmp_path / "out", {})
    with pytest.raises(ValueError, match="is in the way"):
        fill(tmp_path / "out", {}, overwrite=True)
    assert (tmp_path / ".out.previous" / "x").read_text() == "theirs"


def test_a_half_removed_old_folder_is_removed(tmp_path):
    out, aside = tmp_path / "out", tmp_path / ".out.previous"
    fill(out, {"b": "1", "c": "1"})
    shutil.copytree(out, aside)
    (aside / "b").unlink()
    fill(out, {"b": "2"}, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


KILLED = """
import os, signal, sys
from pathlib import Path
import boxes
from metaverse_analysis.tables import files

kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
when, out = sys.argv[1], Path(sys.argv[2])
real, moves = os.rename, []

def rename(one, other):
    moves.append(other)
    if when == f"before rename {len(moves)}":
        kill()
    real(one, other)

os.rename = rename
if when == "while writing":
    files._to_disk = kill
if when == "before removing":
    files._remove = kill
boxes.fill(out, {"b": "2"}, overwrite=True)
"""


@pytest.mark.parametrize("when", ["while writing", "before rename 1", "before rename 2", "before removing"])
def test_a_killed_run_leaves_one_whole_and_the_next_clears_up(tmp_path, when):
    out = tmp_path / "out"
    fill(out, {"b": "1"})
    run = [sys.executable, "-c", KILLED, when, str(out)]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run(run, env=paths, timeout=60, check=False).returncode == -9
    assert [path.name for path in tmp_path.iterdir()] != ["out"], "it left a draft, or the old folder"
    if when == "before rename 2":
        assert not out.exists()
        with pytest.raises(FileExistsError):  # it is back
            fill(out, {"b": "3"})
    assert there(out)["b"] == ("2" if when == "before removing" else "1")
    fill(out, {"b": "3"}, overwrite=True)
    assert there(out)["b"] == "3"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def draft_of(folder, sign: str = "0123456789ab", mark: str = DRAFT_MARK):
    home = folder / f".out.{sign}.draft"
    home.mkdir()
    (home / f"{sign}.mark").write_text(mark)
    (home / "half").touch()
    return home


def test_drafts_of_killed_runs_go_and_those_of_others_stay(tmp_path):
    left = draft_of(tmp_path)
    stay = [
        draft_of(tmp_path, "1123456789ab", "A draft of another program"),
        tmp_path / ".thesis.abcdef012345.draft",
        tmp_path / ".a.draft",
        tmp_path / "file.0123456789ab.draft",
    ]
    for folder in stay[1:]:
        folder.mkdir()
    elsewhere = draft_of(tmp_path / "file.0123456789ab.draft", "2123456789ab")
    (tmp_path / ".link.2123456789ab.draft").symlink_to(elsewhere)
    put(tmp_path / "a.txt")
    assert not left.exists()
    assert all(folder.exists() for folder in [*stay, elsewhere, tmp_path / ".link.2123456789ab.draft"])


def test_a_draft_of_a_living_run_stays(tmp_path):
    with replace_file(tmp_path / "a", ours=bool) as draft:
        draft.write_text("mine")
        put(tmp_path / "b")
        fill(tmp_path / "c", {})
        assert draft.read_text() == "mine"
    assert names(tmp_path) == ["a", "b", "c", "c/LIST", "c/a"]


def test_what_is_new_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done = []
    monkeypatch.setattr(files, "_to_disk", lambda file: done.append(("file", file.name)))
    monkeypatch.setattr(
        files, "_names_to_disk", lambda folder: done.append(("names", folder, (tmp_path / "out").exists()))
    )
    put(tmp_path / "a.txt")
    assert done == [("file", "a.txt"), ("names", tmp_path, False)]
    done.clear()
    fill(tmp_path / "out", {"b.csv": "1", "deep/c.json": "2"})
    assert sorted(done[:4]) == [("file", name) for name in ("LIST", "a", "b.csv", "c.json")]
    assert done[4:] == [("names", tmp_path, True)]


@pytest.mark.parametrize("step", [1, 2])
def test_an_error_while_moving_puts_the_old_folder_back(tmp_path, monkeypatch, step):
    out = tmp_path / "out"
    fill(out, {"b": "1"})
    before, moves, real = there(tmp_path), [], os.rename

    def rename(one, other):
        moves.append(other)
        if len(moves) == step:
            raise OSError("broken")
        real(one, other)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(OSError, match="broken"):
        fill(out, {}, overwrite=True)
    assert there(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
