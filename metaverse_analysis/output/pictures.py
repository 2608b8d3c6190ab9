"""The pictures of the README: a few charts of the gallery, drawn from the packaged tables."""

from __future__ import annotations

import os
from pathlib import Path

from ..charts.footers import alt_text
from ..charts.showing import save
from ..tables.dataset import Dataset, load
from .gallery import CHARTS, figures_closed

SHOWN = ("market_targets", "press_rates")
SIZE = "report"


def pictures(folder: str | os.PathLike[str], ds: Dataset | None = None) -> dict[Path, str]:
    """Draw the README's pictures into a folder that is there; gives each file with its alt text.

    The same tables give the same bytes, on one version of matplotlib.

    Raises
    ------
    ValueError
        If there is no such folder.
    """
    tables = load() if ds is None else ds
    drawn = {}
    for name in SHOWN:
        with figures_closed():
            owner = CHARTS[name].drawn(tables, size=SIZE)
            drawn[save(owner, Path(folder) / f"{name}.png")] = alt_text(owner)
    return drawn
