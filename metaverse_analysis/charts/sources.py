"""The sources of a chart, in its footer: a picture is pasted without the page around it."""

from __future__ import annotations

import re
from typing import TypeVar

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .labels import figure_of
from .layout import frame_parts

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
