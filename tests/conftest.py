"""What tests share: the packaged tables, and a folder of another industry."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import crowded
import pytest
from hydrogen import write_hydrogen
from made_once import packaged
from worked import load

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
    return cache(lambda name: load(name, tmp_path_factory.mktemp(name) / "tables"))


@pytest.fixture(scope="session")
def many_members(ds: ma.Dataset) -> ma.Dataset:
    return crowded.many_members(ds)


@pytest.fixture(scope="session")
def many_documents(ds: ma.Dataset) -> ma.Dataset:
    return crowded.many_documents(ds)


@pytest.fixture(scope="session")
def many_targets(ds: ma.Dataset) -> ma.Dataset:
    return crowded.many_targets(ds)
