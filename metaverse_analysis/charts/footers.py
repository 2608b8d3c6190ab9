"""What stands around a chart: title, subtitle, footer with its sources, and the alt text for those who can't see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .labels import figure_of
from .layout import FrameText, frame_parts, is_house_figure
from .palette import QUIET_TEXT, TEXT
from .style import SIZES
from .wording import counted, number

Owner = TypeVar("Owner", bound=Axes | Figure)
_IN_GENERAL = re.compile(r" *\bSources?: [^.]*\.")


def sourced(owner: Owner, line: str) -> Owner:
    """Name the sources in the footer of a chart, in the place of what it says of them in general; gives the chart.

    Parameters
    ----------
    owner : the axes or figure that a chart function gave, before it is shown or saved.
    line : what `source_line` gave, such as "Sources: 12 pages, among them Forkast".

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> audit = ma.press_audit(ds)
    >>> ax = ma.charts.sourced(ma.charts.press_rates(audit), ma.source_line(ds, audit))
    """
    footer = frame_parts(figure_of(owner)).get("footer")
    if footer is not None:
        named = line.removesuffix(" (ma.cite lists all)").rstrip(".")
        footer.source = f"{_IN_GENERAL.sub('', footer.source)} {named}.".strip()
    return owner


def sources_line(table: pd.DataFrame) -> str:
    """How many pages the rows of a table rest on: "Sources: 12 pages"."""
    return f"Sources: {counted(table['source_ids'].str.split(';').explode().nunique(), 'page')}"


def frame(
    owner: Axes | Figure, *, title: str, subtitle: str | None = None, footer: str | None = None
) -> None:
    """Give a chart its frame: a title that states the finding, measure and unit below it, sources at the foot.

    Inside `axes_for` or `panels_for`. The frame of a chart's own figure stands at the figure's edges; on a caller's
    axes it stands around them. All of it is wrapped by measured width. Calling it again replaces the frame.
    """
    figure = figure_of(owner)
    if isinstance(owner, Axes) and is_house_figure(figure) and len(figure.axes) == 1:
        owner = figure
    for child in owner.get_children():
        if isinstance(child, FrameText):
            child.remove()
    size = mpl.rcParams["font.size"]
    scale = next((s for s in SIZES.values() if s["font"] == size), SIZES["notebook"])
    looks: dict[str, tuple[str | None, dict[str, Any]]] = {
        "title": (title, {"fontsize": scale["title"], "fontweight": "bold", "color": TEXT}),
        "subtitle": (subtitle, {"fontsize": size, "color": QUIET_TEXT}),
        "footer": (footer, {"fontsize": scale["footer"], "color": QUIET_TEXT}),
    }
    for part, (words, look) in looks.items():
        if words:
            owner.add_artist(FrameText(part, words, **look))


# Alt text: what a chart shows, for those who can't see it. Kept beside the artists, not on them.
_ALT_TEXTS: WeakKeyDictionary[Artist, str] = WeakKeyDictionary()


def set_alt_text(owner: Axes | Figure, text: str) -> None:
    """Store what a chart shows, in words: read by `alt_text`, `show` and `save`."""
    if not text.strip():
        raise ValueError(
            "the alt text is empty: say what the chart shows, its largest, its smallest, its finding."
        )
    _ALT_TEXTS[owner] = " ".join(text.split())


def alt_text(owner: Axes | Figure) -> str:
    """The alt text of an axes, or of a figure: its own, or those of its axes in order. Empty if none was set."""
    if owner in _ALT_TEXTS or not isinstance(owner, Figure):
        return _ALT_TEXTS.get(owner, "")
    return " ".join(_ALT_TEXTS[ax] for ax in owner.axes if ax in _ALT_TEXTS)


def describe(
    values: Sequence[float], labels: Sequence[str], what: str, unit: str, finding: str | None = None
) -> str:
    """An alt text: what the chart shows, how many values, the largest and the smallest, the finding.

    Values that are missing are counted as such.

    Examples
    --------
    >>> describe([250, 150], ["Sichuan", "Shandong"], "Bar chart of targets for 2025", "billion yuan")
    'Bar chart of targets for 2025: 2 values. Largest: Sichuan, 250 billion yuan. Smallest: Shandong, 150 billion yuan.'
    """
    given = np.asarray(values, dtype=float)
    known = np.flatnonzero(np.isfinite(given))
    sentences = [f"{what}: {len(known)} value{'s' if len(known) != 1 else ''}"]
    if len(known) < len(given):
        sentences[0] += f" and {len(given) - len(known)} unknown"
    if len(known):
        for word, at in (("Largest", np.argmax), ("Smallest", np.argmin)):
            i = known[at(given[known])]
            sentences.append(f"{word}: {labels[i]}, {number(given[i])} {unit}")
    sentences.append((finding or "").rstrip("."))
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
