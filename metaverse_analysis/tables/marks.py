"""By what this package knows the folders that it wrote: only these, and only as it wrote them, are ever replaced.

Each of its folders lists its files with their SHA-256. A file is the package's own if it has the content that is
listed; all else (another file, a changed one, a link, an empty folder) is somebody's, and stays.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MARK = "metaverse_analysis"
DESCRIPTOR = "datapackage.json"
Content = Callable[[str], bytes]  # what a file of a folder (or of an archive) holds, by its name
Sums = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of folder that this package writes.

    Attributes
    ----------
    what : what it is, in words: "a bundle".
    list : the file that lists the others. It is written last and removed last.
    read : the files and their SHA-256, from the contents of the folder; None if they aren't of this kind.
    """

    what: str
    list: str
    read: Callable[[Content], Sums | None]

    def sums(self, content: Content) -> Sums | None:
        """The files that a folder of this kind was written with; None if it isn't one."""
        try:
            return self.read(content)
        except (
            OSError,
            LookupError,
            ValueError,
            TypeError,
            RecursionError,
        ):  # no such file, or of another make
            return None

    def sums_of(self, folder: Path) -> Sums | None:
        """The same of a folder on the disk."""
        return self.sums(lambda name: _regular(folder / name).read_bytes())


def tables(form: str) -> Kind:
    """A folder of tables: datapackage.json has the list, and the form of the files ("csv", "parquet")."""

    def read(content: Content) -> Sums | None:
        descriptor = json.loads(content(DESCRIPTOR))
        said = descriptor[MARK]
        if said["form"] != form or said["descriptor"] != _digest_of(descriptor):
            return None
        return {**said["files"], DESCRIPTOR: digest(content(DESCRIPTOR))}

    return Kind(f"tables as {form}", DESCRIPTOR, read)


def listing(what: str, name: str, marked: str, mark: str) -> Kind:
    """A folder with a list as sha256sum writes it, whose file `marked` says by `mark` who wrote it."""

    def read(content: Content) -> Sums | None:
        lines = content(name).decode().splitlines()
        sums = {file: sha for sha, file in (line.split("  ", 1) for line in lines)}
        own = mark.encode() in content(marked) and sums[marked] == digest(content(marked))
        return {**sums, name: digest(content(name))} if own else None

    return Kind(what, name, read)


def signed(descriptor: Mapping[str, Any], form: str, folder: Path) -> dict[str, Any]:
    """The descriptor of a folder whose tables are written, with the list of its files."""
    files = {name: _digest_of_file(path) for name, path in _files_in(folder)}
    return {**descriptor, MARK: {"form": form, "descriptor": _digest_of(descriptor), "files": files}}


def unsigned(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """A descriptor as it was before it was signed."""
    return {key: part for key, part in descriptor.items() if key != MARK}


def write_listing(folder: Path, name: str) -> None:
    """List the files of a complete folder, so that `sha256sum -c NAME` checks them."""
    lines = [f"{_digest_of_file(path)}  {file}\n" for file, path in _files_in(folder)]
    (folder / name).write_text("".join(lines), encoding="utf-8", newline="\n")


def _files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    yield from sorted(paths.items())


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of_file(path: Path) -> str:
    with _regular(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_of(descriptor: Mapping[str, Any]) -> str:
    """Of what a descriptor says, however it is laid out."""
    return digest(json.dumps(unsigned(descriptor), sort_keys=True).encode())


def strangers(folder: Path, sums: Sums) -> list[str]:
    """What is in a folder and not as it was written: other files, changed ones, links, empty folders."""
    wanted = {parent.as_posix() for name in sums for parent in Path(name).parents}
    found = []
    for here, folders, names in os.walk(folder):
        at = Path(here)
        for name in folders + names:
            path = at / name
            inside = path.relative_to(folder).as_posix()
            if name in folders and not path.is_symlink():
                found += [f"{inside}/"] * (inside not in wanted)
            elif inside not in sums:
                found.append(inside)
            elif _changed(path, sums[inside]):
                found.append(f"{inside} (changed since it was written)")
    return sorted(found)


def _changed(path: Path, sha: str) -> bool:
    try:
        return _digest_of_file(path) != sha
    except OSError:  # can't be read, or is a link or a device: not as it was written
        return True


def _regular(path: Path) -> Path:
    if path.is_symlink() or not path.is_file():
        raise OSError(f"{path} is no regular file")
    return path
