"""What tests share: the packaged tables, a folder of another industry, and no figure left open."""

import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from hydrogen import write_hydrogen
from made_once import packaged
from tiny import load_rows

import metaverse_analysis as ma


@pytest.fixture(scope="session")
def ds() -> ma.Dataset:
    """The packaged tables."""
    return packaged()


@pytest.fixture(scope="session")
def hydrogen_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of another industry, to be read only."""
    return write_hydrogen(tmp_path_factory.mktemp("hydrogen"))


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ma.Dataset]:
    """Loads a folder of worked/ by its name, once."""
    return cache(
        lambda name: load_rows(
            tmp_path_factory.mktemp(name) / "tables", import_module(f"worked.{name}").FOLDER
        )
    )


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
