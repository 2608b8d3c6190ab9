"""What tests share: the packaged tables, a folder of another industry, and no figure left open."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hydrogen import write_hydrogen
from made_once import packaged

import metaverse_analysis as ma


@pytest.fixture(scope="session")
def ds() -> ma.Dataset:
    """The packaged tables."""
    return packaged()


@pytest.fixture(scope="session")
def hydrogen_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of another industry, to be read only."""
    return write_hydrogen(tmp_path_factory.mktemp("hydrogen"))


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
