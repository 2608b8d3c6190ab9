"""What stands around a chart: title, subtitle, footer with its sources, and the alt text for those who can't see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..measures.citing import source_line
from ..measures.wording import day_in_words
from ..tables.dataset import Dataset
from .fonts import legible
from .labels import figure_of
from .layout import FrameText, fit_frames, frame_parts, is_house_figure
from .palette import QUIET_TEXT, TEXT
from .style import SIZES, house
from .wording import counted, number

Owner = TypeVar("Owner", bound=Axes | Figure)
TITLE = "(the title)"  # in an alt text: here the title is said, whatever it is


@dataclass(frozen=True)
class Frame:
    """The words around a chart.

    Attributes
    ----------
    title, subtitle, footer : as they are shown; an empty one isn't.
    sources : what the footer ends with.
    pages : the ids of the sources of the rows that the chart draws, as often as rows name them.
    alt : the sentences of the alt text, `TITLE` among them.
    size : the size of the chart, one of `style.SIZES`.
    """

    title: str
    subtitle: str = ""
    footer: str = ""
    sources: str = ""
    pages: tuple[str, ...] = ()
    alt: tuple[str, ...] = (TITLE,)
    size: str = "notebook"

    @property
    def alt_text(self) -> str:
        sentences = (" ".join((self.title if words == TITLE else words).split()) for words in self.alt)
        return " ".join(words if words.endswith((".", "?", "!")) else f"{words}." for words in sentences)

    @property
    def foot(self) -> str:
        return " ".join(filter(None, [self.footer, f"{self.sources}." if self.sources else ""]))


def frame(
    owner: Axes | Figure,
    *,
    title: str,
    subtitle: str = "",
    footer: str = "",
    drawn: pd.DataFrame | None = None,
    alt: Sequence[str] = (TITLE,),
) -> None:
    """Give a chart its frame: a title that states the finding, measure and unit below it, sources at the foot.

    Inside `axes_for` or `panels_for`. The frame of a chart's own figure stands at the figure's edges; on a caller's
    axes it stands around them. All of it is wrapped by measured width. Calling it again replaces the frame.

    Parameters
    ----------
    owner : the axes, or the figure of several panels.
    title, subtitle, footer : the words.
    drawn : the rows that the chart draws; the footer ends with the number of pages that they name in `source_ids`
        (and other columns of that ending), which `sourced` turns into names.
    alt : the sentences of the alt text: kind of chart, largest, smallest; `TITLE` where the title shall be said.
    """
    figure = figure_of(owner)
    if isinstance(owner, Axes) and is_house_figure(figure) and len(figure.axes) == 1:
        owner = figure
    pages = () if drawn is None else _pages(drawn)
    n = len(set(pages))
    sources = f"{'Source' if n == 1 else 'Sources'}: {counted(n, 'page')}" if n else ""
    size = next((name for name, look in SIZES.items() if look["font"] == rcParams["font.size"]), "notebook")
    _put(owner, Frame(title, subtitle, footer, sources, pages, tuple(alt), size))


def framed(
    owner: Owner, *, title: str | None = None, subtitle: str | None = None, footer: str | None = None
) -> Owner:
    """Put other words around a finished chart.

    Parameters
    ----------
    owner : what a chart function gave.
    title, subtitle, footer : the words; what isn't given stays as it is, and an empty text takes a part away. The
        title becomes part of the alt text. The sources stay at the end of the footer.

    Returns
    -------
    The chart.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> chart = ma.charts.market_targets(ma.market_targets(ma.load(), year=2025))
    >>> "A title of my own." in ma.charts.alt_text(ma.charts.framed(chart, title="A title of my own"))
    True
    """
    words = {"title": title, "subtitle": subtitle, "footer": footer}
    return _reframed(owner, **{part: said for part, said in words.items() if said is not None})


def sourced(owner: Owner, ds: Dataset, table: Any = None) -> Owner:
    """Name the outlets behind a chart at its foot, and the day of the data, to be pasted elsewhere.

    Parameters
    ----------
    owner : what a chart function gave.
    ds : the tables that the chart's table was made from.
    table : what `source_line` takes, where the chart's own table doesn't name its sources.

    Returns
    -------
    The chart.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> ax = ma.charts.sourced(ma.charts.revisions(ma.revisions(ds)), ds)
    """
    frame = frame_of(owner)
    cited = pd.DataFrame({"source_id": frame.pages if frame else ()}) if table is None else table
    line = source_line(ds, cited).removesuffix(" (ma.cite lists all)")
    read = ds.sources["accessed"].max()
    day = "" if pd.isna(read) else f". Data of {day_in_words(f'{read:%Y-%m-%d}')}"
    return _reframed(owner, sources=line.rstrip(".") + day)


def frame_of(owner: Axes | Figure) -> Frame | None:
    """The words around a chart: of an axes its own, or those of its figure."""
    for artist in (owner, figure_of(owner)):
        for part in frame_parts(artist).values():
            return part.frame
    return None


def alt_text(owner: Axes | Figure) -> str:
    """What a chart shows, in words; of a figure with several charts, what each of them shows. Empty for no chart.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> print(ma.charts.alt_text(ma.charts.market_targets(ma.market_targets(ma.load(), year=2025)))[:4])
    Bars
    """
    frame = frame_of(owner)
    if frame is not None or not isinstance(owner, Figure):
        return frame.alt_text if frame else ""
    frames = [frame_of(ax) for ax in owner.axes]
    return " ".join(frame.alt_text for frame in frames if frame)


def _reframed(owner: Owner, **words: Any) -> Owner:
    """The chart with its frame put up anew."""
    frame = frame_of(owner)
    if frame is None:
        raise ValueError("this is no chart of metaverse_analysis: there is nothing around it to be changed")
    on = owner if frame_parts(owner) else figure_of(owner)
    with house(frame.size):
        _put(on, replace(frame, **words))
        legible(frame_parts(on).values())
        if isinstance(on, Axes):
            fit_frames(figure_of(on), on)
    return owner


def _put(owner: Axes | Figure, frame: Frame) -> None:
    """Put the words of a frame around a chart, in the place of those that are there."""
    if not frame.title.strip():
        raise ValueError("a chart needs a title: say what it shows")
    for old in frame_parts(owner).values():
        old.remove()
    scale = SIZES[frame.size]
    looks: dict[str, tuple[str, dict[str, Any]]] = {
        "title": (frame.title, {"fontsize": scale["title"], "fontweight": "bold", "color": TEXT}),
        "subtitle": (frame.subtitle, {"fontsize": scale["font"], "color": QUIET_TEXT}),
        "footer": (frame.foot, {"fontsize": scale["footer"], "color": QUIET_TEXT}),
    }
    for part, (words, look) in looks.items():
        if words:
            owner.add_artist(FrameText(part, words, frame, **look))


def _pages(drawn: pd.DataFrame) -> tuple[str, ...]:
    """The ids of the sources that rows name, in their order."""
    columns = [name for name in drawn.columns if str(name).endswith("source_ids")]
    cells = drawn[columns].to_numpy(dtype=object).ravel()
    return tuple(id for cell in cells if isinstance(cell, str) for id in cell.split(";"))


def describe(values: Sequence[float], labels: Sequence[str], what: str, unit: str) -> list[str]:
    """An alt text: what the chart shows, how many values, the largest and the smallest, and at last the title.

    Values that are missing are counted as such.

    Examples
    --------
    >>> describe([250, 150], ["Sichuan", "Shandong"], "Bars of targets", "billion yuan")[:2]
    ['Bars of targets: 2 values', 'Largest: Sichuan, 250 billion yuan']
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
    return [*sentences, TITLE]
