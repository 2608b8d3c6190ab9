"""Files put in their place: what is refused, in which words, and what lies there afterwards."""

import errno
import os
from functools import partial

import pytest
from boxes import BOX, fill, names, put, there
from full_disk import full_disk

from metaverse_analysis.tables.files import replace_file, replace_folder


def test_a_file_takes_its_place_and_leaves_nothing_beside_it(tmp_path):
    put(tmp_path / "a.txt")
    put(str(tmp_path / "b.txt"), "second")
    assert there(tmp_path) == {"a.txt": "new", "b.txt": "second"}
    put(tmp_path / "a.txt", "newer", overwrite=True)
    assert there(tmp_path) == {"a.txt": "newer", "b.txt": "second"}


def test_a_file_of_somebody_else_stays_even_if_told(tmp_path):
    (tmp_path / "a.txt").write_text("theirs")
    with pytest.raises(ValueError, match=r"won't replace .*a\.txt: this package didn't write it"):
        put(tmp_path / "a.txt", overwrite=True)
    assert there(tmp_path) == {"a.txt": "theirs"}


@pytest.mark.parametrize("name", ["n" * 60 + ".parquet", "长" * 80, "a." + "e" * 30, "." * 3 + "x"])
def test_a_draft_has_the_name_it_will_have_in_a_hidden_folder(tmp_path, name):
    with replace_file(tmp_path / name, ours=bool) as draft:
        assert draft.name == name and not draft.exists()
        assert draft.parent.parent == tmp_path and draft.parent.name.startswith(f".{name[:40]}.")
        draft.touch()
    assert names(tmp_path) == [name]


def test_the_permissions_of_the_old_file_stay(tmp_path):
    put(tmp_path / "a.txt")
    (tmp_path / "a.txt").chmod(0o600)
    put(tmp_path / "a.txt", overwrite=True)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600


def test_an_error_leaves_the_old_file_and_no_draft(tmp_path):
    put(tmp_path / "a.txt", "new: old")
    for error in (KeyboardInterrupt, ValueError):
        with pytest.raises(error), replace_file(tmp_path / "a.txt", ours=bool, overwrite=True) as draft:
            draft.write_text("half")
            raise error
    with pytest.raises(FileNotFoundError), replace_file(tmp_path / "a.txt", ours=bool, overwrite=True):
        pass  # nothing was written
    assert there(tmp_path) == {"a.txt": "new: old"}
    assert names(tmp_path) == ["a.txt"]


def test_a_file_that_came_meanwhile_stays(tmp_path):
    with pytest.raises(FileExistsError), replace_file(tmp_path / "a.txt", ours=bool) as draft:
        draft.write_text("mine")
        (tmp_path / "a.txt").write_text("theirs")
    assert there(tmp_path) == {"a.txt": "theirs"}


# Places that are none


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a file, a folder, a link to each, one that leads nowhere and one that leads to itself."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    for name, leads in {"to_file": "file", "to_folder": "folder", "lost": "gone", "circle": "circle"}.items():
        os.symlink(tmp_path / leads, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


WRITERS = [partial(replace_file, ours=bool), partial(replace_folder, kind=BOX)]


@pytest.mark.parametrize("how", WRITERS)
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "a path is needed, not ''"),
        (None, "a path is needed, not None"),
        (b"x", "a path is needed, not b'x'"),
        ("a\0b", "a path is needed, not 'a\\x00b'"),
        ("/", "can't write to /: name a file or folder in it"),
        ("none/a", "can't write {}/none/a: there is no folder {}/none; make it first"),
        ("file/a", "can't write {}/file/a: there is no folder {}/file; make it first"),
        ("to_file", "can't write {}/to_file: it is a link; give the path that it leads to"),
        ("lost", "can't write {}/lost: it is a link; give the path that it leads to"),
        ("circle", "can't write {}/circle: it is a link; give the path that it leads to"),
    ],
)
def test_places_that_are_none(place, how, path, words):
    before = names(place)
    with pytest.raises(ValueError) as told, how(path):
        pass
    assert str(told.value) == words.replace("{}", str(place))
    assert names(place) == before


@pytest.mark.parametrize("how", WRITERS)
def test_a_circle_on_the_way(place, how):
    with pytest.raises((ValueError, OSError), match=r"can't write .*circle/a: "), how("circle/a"):
        pass


@pytest.mark.parametrize("how", WRITERS)
@pytest.mark.parametrize("name", ["n" * 256, "长" * 86])
def test_a_name_too_long_is_told_before_anything_is_done(place, how, name):
    with pytest.raises(OSError) as told, how(name):
        raise AssertionError("too late")
    assert str(told.value) == f"can't write {name}: File name too long"
    assert told.value.errno == errno.ENAMETOOLONG


@pytest.mark.parametrize("how", WRITERS)
@pytest.mark.skipif(not os.path.isdir("/proc"), reason="a folder in which nothing can be written")
def test_a_place_where_nothing_can_be_written_is_told_before_anything_is_done(how):
    with pytest.raises(OSError) as told, how("/proc/x"):
        raise AssertionError("too late")
    assert str(told.value).startswith("can't write /proc/x: ")


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EDQUOT, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("how", WRITERS)
def test_errors_of_the_system_name_the_path_that_was_asked_for(tmp_path, how, error):
    for about in ((), ("draft",), ("draft/deep.csv",)):
        with pytest.raises(OSError) as told, how(tmp_path / "x") as draft:
            raise OSError(error, os.strerror(error), *(str(draft) + part[5:] for part in about))
        assert str(told.value) == f"can't write {tmp_path}/x: {os.strerror(error)}"
        assert (type(told.value), told.value.errno) == (type(OSError(error, "")), error)
    assert names(tmp_path) == []


def test_errors_that_others_word(tmp_path):
    with pytest.raises(OSError) as told, replace_file(tmp_path / "x", ours=bool) as draft:
        raise OSError(f"can't open {draft}, says a library")
    assert str(told.value) == f"can't open {tmp_path}/x, says a library"
    with pytest.raises(OSError) as told, replace_file(tmp_path / "x", ours=bool):
        raise FileNotFoundError(errno.ENOENT, "No such file", "a font")
    assert told.value.filename == "a font"


def test_a_full_disk(tmp_path):
    fill(tmp_path / "out", {"b": "old"})
    before = there(tmp_path)
    for path, how in ((tmp_path / "x", WRITERS[0]), (tmp_path / "out", partial(WRITERS[1], overwrite=True))):
        with pytest.raises(OSError) as told, full_disk(1000), how(path) as draft:
            (draft / "b" if draft.is_dir() else draft).write_text("b" * 2000)
        assert str(told.value) == f"can't write {path}: File too large"
    assert there(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_is_there_already(place):
    (place / "old").write_text("new")
    for path, kind, words in [
        ("folder", ValueError, "can't write {}/folder: there is a folder of that name"),
        (
            "old",
            FileExistsError,
            "{}/old is there already: choose another name, or pass overwrite=True (--overwrite)",
        ),
    ]:
        with pytest.raises(kind) as told:
            put(path)
        assert str(told.value) == words.replace("{}", str(place))
    with pytest.raises(ValueError) as told:
        fill("file", {}, overwrite=True)
    assert str(told.value) == f"can't write the folder {place}/file: there is a file of that name"
    fill("box", {})
    with pytest.raises(FileExistsError) as told:
        fill("box", {})
    assert (
        str(told.value)
        == f"{place}/box is there already: choose another name, or pass overwrite=True (--overwrite)"
    )


def test_a_path_that_ends_in_dots_is_the_folder_it_means(place):
    for path, folder in [("folder/..", place), (".", place), ("folder/../folder/.", place / "folder")]:
        with pytest.raises(ValueError) as told:
            put(path)
        assert str(told.value) == f"can't write {folder}: there is a folder of that name"


def test_links_on_the_way_are_followed_and_dots_are_taken(place):
    put("to_folder/a.txt")
    put("folder/../b.txt")
    assert (place / "folder" / "a.txt").read_text() == "new" and (place / "b.txt").read_text() == "new"
