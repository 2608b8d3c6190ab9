"""Files and folders put in their place: what is refused, in which words, and what lies there afterwards."""

import json
import os
import shutil

import pytest

from metaverse_analysis.tables import files
from metaverse_analysis.tables.files import replace_file, replace_folder


def there(folder) -> dict[str, str]:
    """Every file in a folder, hidden ones too, with its content."""
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


def put(path, text: str = "new", **how) -> None:
    with replace_file(path, **how) as draft:
        draft.write_text(text, "utf-8")


def fill(path, contents: dict[str, str], **how) -> None:
    with replace_folder(path, **how) as draft:
        for name, text in contents.items():
            (draft / name).parent.mkdir(exist_ok=True, parents=True)
            (draft / name).write_text(text, "utf-8")


def marker(*names: str) -> str:
    return json.dumps({"resources": [{"path": name} for name in names]})


def test_a_file_takes_its_place_and_leaves_nothing_beside_it(tmp_path):
    put(tmp_path / "a.txt")
    put(str(tmp_path / "b.txt"), "second")
    assert there(tmp_path) == {"a.txt": "new", "b.txt": "second"}
    put(tmp_path / "a.txt", "newer", overwrite=True)
    assert there(tmp_path) == {"a.txt": "newer", "b.txt": "second"}


def test_a_draft_is_hidden_beside_its_place_and_ends_alike(tmp_path):
    with replace_file(tmp_path / ("n" * 60 + ".parquet")) as draft:
        assert draft.parent == tmp_path and not draft.exists()
        assert draft.name.startswith("." + "n" * 40 + ".") and draft.name.endswith(".draft.parquet")
        assert len(draft.name) == 1 + 40 + 1 + 12 + len(".draft.parquet")
        draft.touch()
    with replace_file(tmp_path / ("a." + "e" * 30)) as draft:
        assert draft.name.endswith(".draft." + "e" * 9)
        draft.touch()


def test_the_permissions_of_the_old_file_stay(tmp_path):
    put(tmp_path / "a.txt")
    (tmp_path / "a.txt").chmod(0o600)
    put(tmp_path / "a.txt", overwrite=True)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600


def test_an_error_leaves_the_old_file_and_no_draft(tmp_path):
    put(tmp_path / "a.txt", "old")
    with pytest.raises(KeyboardInterrupt), replace_file(tmp_path / "a.txt", overwrite=True) as draft:
        draft.write_text("half")
        raise KeyboardInterrupt
    with pytest.raises(FileNotFoundError), replace_file(tmp_path / "a.txt", overwrite=True):
        pass  # nothing was written
    assert there(tmp_path) == {"a.txt": "old"}


def test_a_file_that_came_meanwhile_stays(tmp_path):
    with pytest.raises(FileExistsError), replace_file(tmp_path / "a.txt") as draft:
        draft.write_text("mine")
        (tmp_path / "a.txt").write_text("theirs")
    assert there(tmp_path) == {"a.txt": "theirs"}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a file, a folder, a link to each, and one that leads nowhere."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    for name, leads in {"to_file": "file", "to_folder": "folder", "lost": "gone"}.items():
        os.symlink(tmp_path / leads, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("how", [replace_file, replace_folder])
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "a path is needed, not ''"),
        (None, "a path is needed, not None"),
        (b"x", "a path is needed, not b'x'"),
        ("/", "can't write to /: name a file or folder in it"),
        ("none/a", "can't write {}/none/a: there is no folder {}/none; make it first"),
        ("file/a", "can't write {}/file/a: there is no folder {}/file; make it first"),
        ("to_file", "can't write {}/to_file: it is a link; give the path that it leads to"),
        ("lost", "can't write {}/lost: it is a link; give the path that it leads to"),
    ],
)
def test_places_that_are_none(place, how, path, words):
    with pytest.raises(ValueError) as told, how(path):
        pass
    assert str(told.value) == words.replace("{}", str(place))


def test_what_is_there_already(place):
    for path, kind, words in [
        ("folder", ValueError, "can't write {}/folder: there is a folder of that name"),
        ("file", FileExistsError, "{}/file is there already: choose another name, or pass overwrite=True"),
    ]:
        with pytest.raises(kind) as told, replace_file(path):
            pass
        assert str(told.value) == words.replace("{}", str(place))
    with pytest.raises(ValueError) as told, replace_folder("file", overwrite=True):
        pass
    assert str(told.value) == f"can't write the folder {place}/file: there is a file of that name"
    (place / "folder" / "x").touch()
    with pytest.raises(ValueError) as told, replace_folder("folder", ours="own.json", overwrite=True):
        pass
    assert str(told.value) == (
        f"can't write the folder {place}/folder: what is there isn't ours (it has no own.json)"
    )
    (place / "folder" / "own.json").touch()
    with pytest.raises(FileExistsError) as told, replace_folder("folder", ours="own.json"):
        pass
    assert str(told.value) == (
        f"{place}/folder is there already: choose another name, or pass overwrite=True"
    )


def test_a_path_that_ends_in_dots_is_the_folder_it_means(place):
    for path, folder in [("folder/..", place), (".", place), ("folder/../folder/.", place / "folder")]:
        with pytest.raises(ValueError) as told, replace_file(path):
            pass
        assert str(told.value) == f"can't write {folder}: there is a folder of that name"


def test_links_on_the_way_are_followed_and_dots_are_taken(place):
    put("to_folder/a.txt")
    put("folder/../b.txt")
    assert (place / "folder" / "a.txt").read_text() == "new" and (place / "b.txt").read_text() == "new"


def test_a_folder_takes_its_place_and_replaces_one_of_its_kind(tmp_path):
    out = tmp_path / "out"
    fill(out, {"datapackage.json": marker("a.csv", "b.csv"), "a.csv": "1", "b.csv": "1"})
    assert set(there(tmp_path)) == {"out/datapackage.json", "out/a.csv", "out/b.csv"}
    fill(out, {"datapackage.json": marker("a.csv"), "a.csv": "2", "sub/c.csv": "2"}, overwrite=True)
    assert set(there(tmp_path)) == {"out/datapackage.json", "out/a.csv", "out/sub/c.csv"}
    assert there(out)["a.csv"] == "2"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_counts_as_none(tmp_path):
    (tmp_path / "out").mkdir()
    fill(tmp_path / "out", {"a": "1"})
    assert there(tmp_path) == {"out/a": "1"}


def test_a_list_of_sums_names_its_files_at_the_end_of_each_line(tmp_path):
    out, ours = tmp_path / "out", "SHA256SUMS"
    fill(
        out,
        {ours: "0a  a.csv\n\n0b * deep/b.csv\n", "a.csv": "1", "deep/b.csv": "1"},
        ours=ours,
    )
    fill(out, {ours: "0c  c.csv\n", "c.csv": "2"}, ours=ours, overwrite=True)
    assert set(there(out)) == {ours, "c.csv"}


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"resources": [1]}', '{"resources": [{"name": "a"}]}', "\xff"]
)
def test_a_marker_that_names_nothing_protects_what_is_there(tmp_path, content):
    out = tmp_path / "out"
    fill(out, {"datapackage.json": content, "a.csv": "1"})
    with pytest.raises(
        ValueError, match=r"won't replace .*out: a\.csv would be lost; move it, or choose another name"
    ):
        fill(out, {"datapackage.json": "{}"}, overwrite=True)
    assert there(tmp_path) == {"out/datapackage.json": content, "out/a.csv": "1"}


def test_a_marker_with_a_byte_order_mark_and_one_that_is_no_text(tmp_path):
    out = tmp_path / "out"
    fill(out, {"datapackage.json": "\ufeff" + marker("a.csv"), "a.csv": "1"})
    fill(out, {"datapackage.json": "{}"}, overwrite=True)
    assert there(out) == {"datapackage.json": "{}"}
    (out / "a.csv").touch()
    (out / "datapackage.json").write_bytes(b"\xff{")
    with pytest.raises(ValueError, match=r"a\.csv would be lost"):
        fill(out, {"datapackage.json": "{}"}, overwrite=True)


def test_an_old_folder_that_cannot_be_removed_is_no_error(tmp_path, monkeypatch):
    out, real = tmp_path / "out", shutil.rmtree

    def rmtree(path, ignore_errors=False):
        if not ignore_errors:
            raise OSError("busy")
        real(path, ignore_errors=True)

    fill(out, {"datapackage.json": marker(), "x": "1"})
    monkeypatch.setattr(shutil, "rmtree", rmtree)
    fill(out, {"datapackage.json": marker(), "x": "2"}, overwrite=True)
    assert there(tmp_path) == {"out/datapackage.json": marker(), "out/x": "2"}


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "x0"),
        (5, "x0, x1, x2, x3, x4"),
        (6, "x0, x1, x2, x3, x4 and 1 more"),
        (9, "x0, x1, x2, x3, x4 and 4 more"),
    ],
)
def test_files_of_others_are_named(tmp_path, count, words):
    out = tmp_path / "out"
    fill(out, {"datapackage.json": marker("a"), "a": "1"})
    for number in range(count):
        (out / f"x{number}").touch()
    with pytest.raises(ValueError) as told:
        fill(out, {"datapackage.json": "{}", "deep/x": "1"}, overwrite=True)
    assert str(told.value) == f"won't replace {out}: {words} would be lost; move it, or choose another name"
    assert "a" in there(out) and [path.name for path in tmp_path.iterdir()] == ["out"]


def test_files_that_the_new_folder_has_too_are_not_lost(tmp_path):
    out = tmp_path / "out"
    fill(out, {"datapackage.json": marker(), "deep/x": "1"})
    fill(out, {"datapackage.json": marker(), "deep/x": "2"}, overwrite=True)
    assert there(out)["deep/x"] == "2"


def test_an_old_folder_that_was_set_aside_is_put_back_first(tmp_path):
    out, aside = tmp_path / "out", tmp_path / ".out.previous"
    fill(aside, {"datapackage.json": marker("a"), "a": "1"})
    with pytest.raises(FileExistsError):
        fill(out, {"datapackage.json": "{}"})
    assert there(tmp_path) == {"out/datapackage.json": marker("a"), "out/a": "1"}


def test_a_folder_set_aside_that_is_not_ours_is_left(tmp_path):
    aside = tmp_path / ".out.previous"
    aside.mkdir()
    (aside / "x").write_text("theirs")
    fill(tmp_path / "out", {"datapackage.json": "{}"})
    assert there(tmp_path) == {".out.previous/x": "theirs", "out/datapackage.json": "{}"}


def test_a_half_removed_old_folder_is_removed(tmp_path):
    out = tmp_path / "out"
    fill(out, {"datapackage.json": marker(), "x": "1"})
    shutil.copytree(out, tmp_path / ".out.previous")
    fill(out, {"datapackage.json": marker(), "x": "2"}, overwrite=True)
    assert there(tmp_path) == {"out/datapackage.json": marker(), "out/x": "2"}


def test_what_is_new_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done = []
    monkeypatch.setattr(files, "_to_disk", lambda file: done.append(("file", file.name.split(".")[-1])))
    monkeypatch.setattr(
        files, "_names_to_disk", lambda folder: done.append(("names", folder, sorted(there(tmp_path))))
    )
    put(tmp_path / "a.txt")
    assert done == [("file", "txt"), ("names", tmp_path, ["a.txt"])]
    done.clear()
    fill(tmp_path / "out", {"b.csv": "1", "deep/c.json": "2"})
    assert sorted(done[:2]) == [("file", "csv"), ("file", "json")]
    assert done[2:] == [("names", tmp_path, ["a.txt", "out/b.csv", "out/deep/c.json"])]


@pytest.mark.parametrize("step", [1, 2])
def test_an_error_while_moving_puts_the_old_folder_back(tmp_path, monkeypatch, step):
    out = tmp_path / "out"
    fill(out, {"datapackage.json": marker("a"), "a": "1"})
    before, moves, real = there(tmp_path), [], os.rename

    def rename(one, other):
        moves.append(other)
        if len(moves) == step:
            raise OSError("broken")
        real(one, other)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(OSError, match="broken"):
        fill(out, {"datapackage.json": "{}"}, overwrite=True)
    assert there(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
