"""Files and folders written whole or not at all, and in place of nothing that somebody else made.

What is new is made as a draft, in a hidden folder beside its place, and moved there when it is complete and on the
disk. So a full disk, an error or a killed run leaves what was there before. A run holds its draft locked while it
lives; one that nobody holds was left by a killed run, and the next run removes it.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from .marks import Kind, strangers

try:
    import fcntl
except ImportError:  # not on this system, where an open file can't be removed instead
    fcntl = None  # type: ignore[assignment]

LONGEST_NAME_KEPT = 40  # characters of the target's name in a draft's name; a file name has 255 bytes at most
DRAFT = re.compile(r"\..+\.([0-9a-f]{12})\.draft")
DRAFT_MARK = (
    "A draft of metaverse_analysis. While nobody holds this file locked, the folder may be removed.\n"
)
MOST_NAMED = 5


@contextmanager
def replace_file(
    path: str | os.PathLike[str], *, ours: Callable[[Path], bool], overwrite: bool = False
) -> Iterator[Path]:
    """Yield a path to write to; when the block ends without an error, that file takes its place.

    Parameters
    ----------
    path : where the file shall be; its folder must be there.
    ours : tells of a file that is there whether this package wrote it: no other is replaced.
    overwrite : whether such a file may be replaced.

    Raises
    ------
    FileExistsError
        If there is such a file already and `overwrite` isn't set.
    ValueError
        If the folder isn't there, `path` is a folder or a link, or the file there is somebody else's.
    OSError
        If the system doesn't let it write; the message names the path that was asked for.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replace_file(Path(folder) / "note.txt", ours=lambda path: False) as draft:
    ...         _ = draft.write_text("whole")
    ...     print((Path(folder) / "note.txt").read_text())
    whole
    """
    with replace_files({path: ours}, overwrite=overwrite) as (draft,):
        yield draft


@contextmanager
def replace_files(
    files: Mapping[str | os.PathLike[str], Callable[[Path], bool]], *, overwrite: bool = False
) -> Iterator[list[Path]]:
    """The same for files of one folder that belong together: of two runs, one's files take their places, all of them.

    Raises
    ------
    FileExistsError, ValueError, OSError
        As `replace_file` does.
    """
    targets = {full_path(path): ours for path, ours in files.items()}
    folder = next(iter(targets)).parent
    with ExitStack() as opened:
        with _taking_turns(folder):
            for target, ours in targets.items():
                _refuse_file(target, ours, overwrite)
        drafts = [opened.enter_context(_draft_of(target)) for target in targets]
        yield drafts
        for draft in drafts:
            _to_disk(draft)
        with _taking_turns(folder):
            for target, ours in targets.items():
                _refuse_file(target, ours, overwrite)
            for target, draft in zip(targets, drafts, strict=True):
                if target.exists():
                    shutil.copymode(target, draft)
                os.replace(draft, target)
            _names_to_disk(folder)


@contextmanager
def replace_folder(path: str | os.PathLike[str], kind: Kind, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield an empty folder to fill; when the block ends without an error, that folder takes its place.

    Parameters
    ----------
    path : where the folder shall be; the folder around it must be there. An empty folder counts as none.
    kind : what the folder is, and how one that is there is known as one: the block writes the list that it reads.
    overwrite : whether a folder of this kind that is there may be replaced.

    Raises
    ------
    FileExistsError
        If there is such a folder already and `overwrite` isn't set, or a killed run set it aside.
    ValueError
        If the folder around it isn't there, `path` is a file or a link, or the folder there isn't of this kind or
        holds anything that isn't as it was written.
    OSError
        If the system doesn't let it write; the message names the path that was asked for.

    Notes
    -----
    A folder can't be swapped in one step. The old one is set aside as `.NAME.previous`, the new one moved in, the
    old one removed. If a run is killed between the first two, its draft stays beside the old one, and the next run
    puts the old one back. A folder set aside without a draft is never put back: somebody may have removed the new.

    Examples
    --------
    >>> import tempfile
    >>> from metaverse_analysis.tables.marks import tables
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replace_folder(Path(folder) / "out", tables("csv")) as draft:
    ...         _ = (draft / "a.txt").write_text("whole")
    ...     print([path.name for path in (Path(folder) / "out").iterdir()])
    ['a.txt']
    """
    target = full_path(path)
    with _taking_turns(target.parent):
        _put_back(target, kind)
        _refuse_folder(target, kind, overwrite)
    with _draft_of(target) as draft:
        draft.mkdir()
        yield draft
        for file in draft.rglob("*"):
            if file.is_file():
                _to_disk(file)
        with _taking_turns(target.parent):
            _refuse_folder(target, kind, overwrite)
            _swap(draft, target, kind)


def set_aside(target: Path) -> Path:
    """Where a folder stands while another takes its place."""
    return target.with_name(f".{target.name}.previous")


def _swap(draft: Path, target: Path, kind: Kind) -> None:
    aside = set_aside(target)
    if _is_whole(aside, kind):  # a run was killed while it removed the old one
        _remove(aside, kind)
    if _is_empty(target):
        target.rmdir()
    replaces = target.exists()
    if replaces and os.path.lexists(aside):
        raise ValueError(f"can't replace {target}: {aside} is in the way; move it")
    try:
        if replaces:
            os.rename(target, aside)
            _refuse_loss(aside, target, kind)
        os.rename(draft, target)
    except BaseException:
        if replaces and not os.path.lexists(target):
            os.rename(aside, target)
        raise
    _names_to_disk(target.parent)
    if replaces:
        _remove(aside, kind)


def _remove(folder: Path, kind: Kind) -> None:
    """Remove a folder in which all is as it was written; its list last, so that what is left is still known."""
    with suppress(OSError):  # in use: the next run removes it
        for path in sorted(folder.iterdir(), key=lambda path: path.name == kind.list):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        folder.rmdir()


def _put_back(target: Path, kind: Kind) -> None:
    """Give a folder its name again if a run was killed that had set it aside, and not yet moved the new one in."""
    aside = set_aside(target)
    if os.path.lexists(target) or not _is_whole(aside, kind):
        return
    if any(os.path.lexists(home / target.name) for home in _left_drafts(target.parent)):
        os.rename(aside, target)
    else:
        raise FileExistsError(
            f"{target} isn't there, but {aside.name} is, which a stopped run set aside: give it its name again, "
            "or remove it"
        )


def given_path(path: str | os.PathLike[str]) -> Path:
    """What was given as a path, if it is one.

    Raises
    ------
    ValueError
        If it isn't.
    """
    text = os.fspath(path) if isinstance(path, (str, os.PathLike)) else None
    if not isinstance(text, str) or not text or "\0" in text:
        raise ValueError(f"a path is needed, not {path!r}")
    return Path(text)


def full_path(path: str | os.PathLike[str]) -> Path:
    """The path in full of what shall be written. Links in its folders are followed; its last part must not be one.

    Raises
    ------
    ValueError, OSError
        If nothing can be written there.
    """
    given = given_path(path)
    try:
        target = given.resolve() if given.name in ("", "..") else given.parent.resolve() / given.name
        if not target.name:
            raise ValueError(f"can't write to {target}: name a file or folder in it")
        if not target.parent.is_dir():
            raise ValueError(f"can't write {target}: there is no folder {target.parent}; make it first")
        if target.is_symlink():
            raise ValueError(f"can't write {target}: it is a link; give the path that it leads to")
        with suppress(FileNotFoundError):
            target.lstat()
    except OSError as error:  # no permission to look, a name too long
        raise _told(f"can't write {given}: {error.strerror}", error) from error
    except RuntimeError as error:
        raise ValueError(f"can't write {given}: its links lead in a circle") from error
    return target


def _refuse_file(target: Path, ours: Callable[[Path], bool], overwrite: bool) -> None:
    if target.is_dir():
        raise ValueError(f"can't write {target}: there is a folder of that name")
    if not target.exists():
        return
    if not overwrite:
        raise FileExistsError(
            f"{target} is there already: choose another name, or pass overwrite=True (--overwrite)"
        )
    if not ours(target):
        raise ValueError(f"won't replace {target}: this package didn't write it; choose another name")


def _refuse_folder(target: Path, kind: Kind, overwrite: bool) -> None:
    if not target.exists() or _is_empty(target):
        return
    if not target.is_dir():
        raise ValueError(f"can't write the folder {target}: there is a file of that name")
    if kind.sums_of(target) is None:
        raise ValueError(
            f"can't write the folder {target}: what is there isn't ours (only {kind.what} that this package wrote "
            f"is replaced, with its {kind.list} unchanged)"
        )
    if not overwrite:
        raise FileExistsError(
            f"{target} is there already: choose another name, or pass overwrite=True (--overwrite)"
        )
    _refuse_loss(target, target, kind)


def _refuse_loss(folder: Path, target: Path, kind: Kind) -> None:
    """Replacing a folder must not delete what somebody else put into it."""
    if foreign := strangers(folder, kind.sums_of(folder) or {}):
        more = len(foreign) - MOST_NAMED
        listed = ", ".join(foreign[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        raise ValueError(f"won't replace {target}: {listed} would be lost; move it, or choose another name")


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _is_whole(folder: Path, kind: Kind) -> bool:
    """Whether a folder is of this kind, and holds nothing else."""
    sums = None if folder.is_symlink() or not folder.is_dir() else kind.sums_of(folder)
    return sums is not None and not strangers(folder, sums)


@contextmanager
def _draft_of(target: Path) -> Iterator[Path]:
    """A path to write to, in a hidden folder that is gone afterwards. Errors of the system name the target."""
    sign = secrets.token_hex(6)
    home = target.with_name(f".{target.name[:LONGEST_NAME_KEPT]}.{sign}.draft")
    try:
        for left in _left_drafts(target.parent):
            shutil.rmtree(left, ignore_errors=True)
        home.mkdir()
        with _mark_of(home).open("x", encoding="utf-8") as held:
            _lock(held.fileno(), wait=False)
            held.write(DRAFT_MARK)
            held.flush()
            yield home / target.name
    except OSError as error:
        raise _as_asked(error, target, home) from error
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _mark_of(home: Path) -> Path:
    """The file by which a draft's folder is known; its name is like no other's."""
    return home / (home.name.split(".")[-2] + ".mark")


def _left_drafts(folder: Path) -> list[Path]:
    """The folders of drafts whose runs are gone."""
    homes: list[Path] = []
    with suppress(PermissionError), os.scandir(folder) as entries:  # one may write where one may not look
        homes += [
            Path(e.path) for e in entries if DRAFT.fullmatch(e.name) and e.is_dir(follow_symlinks=False)
        ]
    return [home for home in homes if _is_left(_mark_of(home))]


def _is_left(mark: Path) -> bool:
    """Whether this is the mark of a draft, and nobody holds it."""
    try:
        if mark.is_symlink() or mark.read_text(encoding="utf-8") != DRAFT_MARK:
            return False
        with mark.open() as file:
            if fcntl is not None:
                return _lock(file.fileno(), wait=False)
        mark.unlink()  # impossible while it is open, where there is no lock
    except (OSError, UnicodeDecodeError):
        return False
    return True


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Hold an open file or folder locked; whether that could be done."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:  # somebody holds it, or the file system has no locks
        return False
    return True


@contextmanager
def _taking_turns(folder: Path) -> Iterator[None]:
    """One run at a time moves things in a folder; where a folder can't be locked, the renames themselves decide."""
    with _opened(folder) as descriptor:
        if descriptor is None or not _lock(descriptor, wait=True):
            yield
            return
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)  # a process forked meanwhile has it open, too


@contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """A folder, open; None where that can't be done."""
    descriptor = None
    with suppress(PermissionError):  # so it is on some systems
        descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _as_asked(error: OSError, target: Path, home: Path) -> OSError:
    """The same error with the path that was asked for; one about other files as it is."""
    told = str(error).replace(str(home / target.name), str(target)).replace(str(home), str(target))
    if error.errno is None:
        return error if told == str(error) else _told(told, error)
    if error.filename is not None and not str(error.filename).startswith((str(home), str(target))):
        return error
    return _told(f"can't write {target}: {error.strerror or os.strerror(error.errno)}", error)


def _told(words: str, error: OSError) -> OSError:
    """An error of the same kind in other words."""
    told = type(error)(words)
    told.errno = error.errno
    return told


def _to_disk(file: Path) -> None:
    """Wait until the file's content is on the disk: a name must never be there before what it names."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _names_to_disk(folder: Path) -> None:
    with _opened(folder) as descriptor:
        if descriptor is not None:
            os.fsync(descriptor)
