"""What the measures make of the packaged tables, made once for all tests that only draw or read it."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

import metaverse_analysis as ma
from metaverse_analysis.tables import dataset  # whose `load` stays what it is where the door's is another


@cache
def packaged() -> ma.Dataset:
    return dataset.load()


def load(folder: Any = None) -> ma.Dataset:
    """As `ma.load`, but the packaged tables are read once."""
    return packaged() if folder is None else dataset.load(folder)


@cache
def _made(measure: Callable[..., pd.DataFrame], options: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    return measure(packaged(), **dict(options))


def made(measure: Callable[..., pd.DataFrame], **options: Any) -> pd.DataFrame:
    """A table of the packaged ones; changing it changes nobody else's."""
    return _made(measure, tuple(options.items())).copy()
