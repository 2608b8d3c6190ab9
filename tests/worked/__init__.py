"""Folders of a few rows, of which results are worked out by hand.

Each module has the rows, `FOLDER` (or a function `tables`), and what is made of them, `CASES`: a file in expected/
holds the result.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pandas as pd
from tiny import load_rows

import metaverse_analysis as ma

MODULES: dict[str, ModuleType] = {
    path.stem: import_module(f"worked.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py"))
}
CASES: dict[str, tuple[str, Callable[[ma.Dataset], pd.DataFrame]]] = {
    case: (name, measure) for name, module in MODULES.items() for case, measure in module.CASES.items()
}


def load(name: str, path: Path) -> ma.Dataset:
    """The tables of a module, written to a folder and loaded."""
    module = MODULES[name]
    return load_rows(path, module.FOLDER) if hasattr(module, "FOLDER") else module.tables()
