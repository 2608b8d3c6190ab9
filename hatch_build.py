"""Adds the tables and the notebooks to the wheel.

Both lie at the top of the checkout, beside the package. A wheel carries them inside the package; an editable
install carries no copy, since a copy would go stale: there the package finds the checkout's own.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = {"data": "*", "notebooks": "*.ipynb"}


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for folder, pattern in CARRIED.items():
            for path in sorted(Path(self.root, folder).glob(pattern)):
                if path.is_file() and not path.name.startswith("."):
                    build_data["force_include"][str(path)] = f"metaverse_analysis/{folder}/{path.name}"
