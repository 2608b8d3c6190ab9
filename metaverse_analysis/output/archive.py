"""Zip archives whose bytes depend on what they hold, and not on when or where they were written."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # that an archive knows
UNIX, READABLE = 3, 0o644 << 16  # the same on every system


class SteadyZip(ZipFile):
    """An archive in which every file has one date and the same permissions."""

    def write(self, filename: str | os.PathLike[str], arcname: str | None = None, *_: object) -> None:  # type: ignore[override]
        """Add a file from the disk."""
        path = Path(filename)
        self.writestr(arcname or path.name, path.read_bytes())

    def writestr(self, name: str | ZipInfo, data: str | bytes, *_: object) -> None:  # type: ignore[override]
        """Add a file with this content."""
        member = ZipInfo(name.filename if isinstance(name, ZipInfo) else name, FIRST_DAY)
        member.compress_type, member.create_system, member.external_attr = ZIP_DEFLATED, UNIX, READABLE
        super().writestr(member, data)
