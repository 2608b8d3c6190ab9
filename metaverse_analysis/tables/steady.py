"""Reading a folder that another program may be writing: all that is read is of one state of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

ATTEMPTS = 4  # at reading a folder that changes each time
PAUSE = 0.05  # seconds, and longer before each further attempt


class Watch:
    """What files and folders were like before they were read."""

    def __init__(self) -> None:
        self._seen: dict[Path, tuple[int, ...] | None] = {}

    def look(self, path: Path) -> Path:
        """Remember what a file or folder is like, and give its path back."""
        self._seen.setdefault(path, _state(path))
        return path

    def nothing_changed(self) -> bool:
        """Whether all of them are still what they were."""
        return all(_state(path) == seen for path, seen in self._seen.items())


def _state(path: Path) -> tuple[int, ...] | None:
    """What tells a file from its next version, and a folder from another of its name; None if there is none."""
    try:
        about = os.stat(path)
    except (OSError, ValueError):
        return None
    if stat.S_ISDIR(about.st_mode):  # others may put their files into it
        return about.st_dev, about.st_ino
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns
