"""Files and folders written whole or not at all.

What is new is made under a hidden name beside its place and moved there when it is complete and on the disk. So a
full disk, an error or a killed run leaves what was there before; a killed run may leave a hidden draft beside it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .schema import DESCRIPTOR

LONGEST_NAME_KEPT = 40  # characters of the target's name in a draft's name; a file name has 255 bytes at most


@contextmanager
def replace_file(path: str | os.PathLike[str], *, overwrite: bool = False) -> Iterator[Path]:
    """Yield a path to write to; when the block ends without an error, that file takes its place.

    Parameters
    ----------
    path : where the file shall be; its folder must be there.
    overwrite : whether a file that is there may be replaced.

    Raises
    ------
    FileExistsError
        If there is such a file already and `overwrite` isn't set.
    ValueError
        If the folder isn't there, or `path` is a folder or a link.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replace_file(Path(folder) / "note.txt") as draft:
    ...         _ = draft.write_text("whole")
    ...     print((Path(folder) / "note.txt").read_text())
    whole
    """
    target = _place(path)
    _refuse_file(target, overwrite)
    draft = _draft_beside(target)
    try:
        yield draft
        _to_disk(draft)
        _refuse_file(target, overwrite)
        if target.exists():
            shutil.copymode(target, draft)
        os.replace(draft, target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _names_to_disk(target.parent)


@contextmanager
def replace_folder(
    path: str | os.PathLike[str], *, ours: str = DESCRIPTOR, overwrite: bool = False
) -> Iterator[Path]:
    """Yield an empty folder to fill; when the block ends without an error, that folder takes its place.

    Parameters
    ----------
    path : where the folder shall be; the folder around it must be there. An empty folder counts as none.
    ours : name of the file by which a folder is known as one that may be replaced. It names the folder's files:
        those of the resources of a datapackage.json, else one at the end of each line (as in SHA256SUMS).
    overwrite : whether a folder of this kind that is there may be replaced.

    Raises
    ------
    FileExistsError
        If there is such a folder already and `overwrite` isn't set.
    ValueError
        If the folder around it isn't there, `path` is a file or a link, or the folder there holds anything that
        would be lost: it isn't of this kind, or has files which `ours` doesn't name and the new one doesn't have.

    Notes
    -----
    A folder can't be swapped in one step. The old one is set aside as `.NAME.previous`, the new one moved in, the
    old one removed. A run killed between the first two leaves the old one there, and the next run puts it back.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replace_folder(Path(folder) / "out") as draft:
    ...         _ = (draft / "a.txt").write_text("whole")
    ...     print([path.name for path in (Path(folder) / "out").iterdir()])
    ['a.txt']
    """
    target = _place(path)
    aside = target.with_name(f".{target.name}.previous")
    if not os.path.lexists(target) and (aside / ours).is_file():
        os.rename(aside, target)
    _refuse_folder(target, ours, overwrite)
    draft = _draft_beside(target)
    draft.mkdir()
    try:
        yield draft
        for file in draft.rglob("*"):
            if file.is_file():
                _to_disk(file)
        _refuse_folder(target, ours, overwrite)
        _refuse_loss(target, draft, ours)
        _swap(draft, target, aside, ours)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _swap(draft: Path, target: Path, aside: Path, ours: str) -> None:
    if (aside / ours).is_file():  # a run was killed while it removed the old one
        shutil.rmtree(aside)
    replaces = target.exists()
    try:
        if replaces:
            os.rename(target, aside)
        os.rename(draft, target)
    except BaseException:
        if replaces and not os.path.lexists(target):
            os.rename(aside, target)
        raise
    _names_to_disk(target.parent)
    if replaces:
        shutil.rmtree(aside, ignore_errors=True)


def _place(path: str | os.PathLike[str]) -> Path:
    """The path in full. Links in its folders are followed; its last part must not be one."""
    if not isinstance(path, (str, os.PathLike)) or not os.fspath(path):
        raise ValueError(f"a path is needed, not {path!r}")
    given = Path(path)
    target = given.resolve() if given.name in ("", "..") else given.parent.resolve() / given.name
    if not target.name:
        raise ValueError(f"can't write to {target}: name a file or folder in it")
    if not target.parent.is_dir():
        raise ValueError(f"can't write {target}: there is no folder {target.parent}; make it first")
    if target.is_symlink():
        raise ValueError(f"can't write {target}: it is a link; give the path that it leads to")
    return target


def _refuse_file(target: Path, overwrite: bool) -> None:
    if target.is_dir():
        raise ValueError(f"can't write {target}: there is a folder of that name")
    if target.exists() and not overwrite:
        raise FileExistsError(f"{target} is there already: choose another name, or pass overwrite=True")


def _refuse_folder(target: Path, ours: str, overwrite: bool) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise ValueError(f"can't write the folder {target}: there is a file of that name")
    if not any(target.iterdir()):
        return
    if not (target / ours).is_file():
        raise ValueError(f"can't write the folder {target}: what is there isn't ours (it has no {ours})")
    if not overwrite:
        raise FileExistsError(f"{target} is there already: choose another name, or pass overwrite=True")


def _refuse_loss(target: Path, draft: Path, ours: str) -> None:
    """Replacing a folder must not delete what somebody else put into it."""
    if not (target / ours).is_file():
        return
    known = {ours, *_named_in(target / ours)}
    known |= {file.relative_to(draft).as_posix() for file in draft.rglob("*")}
    there = {file.relative_to(target).as_posix() for file in target.rglob("*") if not file.is_dir()}
    if foreign := sorted(there - known):
        listed = ", ".join(foreign[:5]) + (f" and {len(foreign) - 5} more" if len(foreign) > 5 else "")
        raise ValueError(f"won't replace {target}: {listed} would be lost; move it, or choose another name")


def _named_in(marker: Path) -> set[str]:
    """The files that a marker names."""
    text = marker.read_text(encoding="utf-8-sig", errors="replace")
    if marker.suffix != ".json":
        return {line.split()[-1] for line in text.splitlines() if line.strip()}
    try:
        return {str(resource["path"]) for resource in json.loads(text)["resources"]}
    except (ValueError, KeyError, TypeError):
        return set()


def _draft_beside(target: Path) -> Path:
    """A hidden name that nothing has, with the same ending, since some writers go by it."""
    stem = target.name[:LONGEST_NAME_KEPT]
    return target.with_name(f".{stem}.{secrets.token_hex(6)}.draft{target.suffix[:10]}")


def _to_disk(file: Path) -> None:
    """Wait until the file's content is on the disk: a name must never be there before what it names."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _names_to_disk(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder can't be opened
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
