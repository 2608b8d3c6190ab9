"""The version of the package, as its metadata has it: pyproject.toml is the only place that states it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("metaverse-analysis")
except PackageNotFoundError:  # a bare checkout that nobody installed
    __version__ = "0+unknown"
