"""What stands around a chart: title, subtitle, footer with its sources, and the alt text for those who can't see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..measures.citing import source_line
from ..measures.wording import day_in_words
from ..tables.dataset import Dataset
from ..tables.descriptor import licences
from .fonts import legible
from .labels import figure_of
from .layout import FrameText, fit_frames, frame_parts, is_house_figure
from .palette import QUIET_TEXT, TEXT
from .style import SIZES, drawn_size, house
from .wording import counted

Owner = TypeVar("Owner", bound=Axes | Figure)
PACKAGE = __name__.partition(".")[0]  # what a chart says it was drawn with
TITLE = "(the title)"  # in an alt text: here the title is said, whatever it is


@dataclass(frozen=True)
class Frame:
    """The words around a chart.

    Attributes
    ----------
    title, subtitle, footer : as they are shown; an empty one isn't.
    notes : how to read it, and what was done: said below the picture, not in it.
    sources : what the footer ends with.
    pages : the ids of the sources of the rows that the chart draws, as often as rows name them.
    alt : the sentences of the alt text, `TITLE` among them.
    size : the size of the chart, one of `style.SIZES`.
    """

    title: str
    subtitle: str = ""
    footer: str = ""
    notes: str = ""
    sources: str = ""
    pages: tuple[str, ...] = ()
    alt: tuple[str, ...] = (TITLE,)
    size: str = "notebook"

    @property
    def alt_text(self) -> str:
        sentences = (
            " ".join((self.title if words == TITLE else words).split()) for words in self.alt if words
        )
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
    notes: str = "",
    drawn: pd.DataFrame | None = None,
    alt: Sequence[str] = (TITLE,),
) -> None:
    """Give a chart its frame: a title that states the finding, measure and unit below it, sources at the foot.

    Inside `axes_for` or `panels_for`. The frame of a chart's own figure stands at the figure's edges; on a caller's
    axes it stands around them. All of it is wrapped by measured width. Calling it again replaces the frame.

    Parameters
    ----------
    owner : the axes, or the figure of several panels.
    title, subtitle, footer : the words; of the title at most two lines, of the footer at most two sentences.
    notes : what else a reader may want to know, such as how to read the chart; it isn't drawn (see `notes`).
    drawn : the rows that the chart draws; the footer ends with the number of pages that they name in `source_ids`
        (and other columns of that ending), which `sourced` turns into names.
    alt : the sentences of the alt text: kind of chart, of what, the finding; `TITLE` where the title shall be said.
    """
    figure = figure_of(owner)
    if isinstance(owner, Axes) and is_house_figure(figure) and len(figure.axes) == 1:
        owner = figure
    pages = () if drawn is None else _pages(drawn)
    n = len(set(pages))
    sources = f"{'Source' if n == 1 else 'Sources'}: {counted(n, 'page')}" if n else ""
    _put(owner, Frame(title, subtitle, footer, notes, sources, pages, tuple(alt), drawn_size()))


def framed(
    owner: Owner,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    footer: str | None = None,
    notes: str | None = None,
) -> Owner:
    """Put other words around a finished chart.

    Parameters
    ----------
    owner : what a chart function gave.
    title, subtitle, footer, notes : the words; what isn't given stays as it is, and an empty text takes a part away.
        The title becomes part of the alt text. The sources stay at the end of the footer.

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
    words = {"title": title, "subtitle": subtitle, "footer": footer, "notes": notes}
    return _reframed(owner, **{part: said for part, said in words.items() if said is not None})


def sourced(owner: Owner, ds: Dataset) -> Owner:
    """Name the sources of a chart at its foot, by what it was drawn, and the day of the data, to be pasted elsewhere.

    Parameters
    ----------
    owner : what a chart function gave.
    ds : the tables that the chart's table was made from.

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
    cited = pd.DataFrame({"source_id": frame.pages if frame else ()})
    said = [source_line(ds, cited, most=1)] if len(cited) else []  # of nothing there are no sources
    read = ds.sources["accessed"].max()
    day = [] if pd.isna(read) else [f"data of {day_in_words(f'{read:%Y-%m-%d}')}"]
    said += [", ".join([f"Chart: {PACKAGE}", *_licence_words(ds), *day])]
    return _reframed(owner, sources=". ".join(words.rstrip(".") for words in said))


def _licence_words(ds: Dataset) -> list[str]:
    """The licences of the tables, as they are usually written: "CC BY 4.0"."""
    return [licence["name"].replace("-", " ") for licence in licences(ds.schema.descriptor)]


def notes(owner: Axes | Figure) -> str:
    """How to read a chart, and what was done: what stands below the picture and not in it. May be empty.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> print(type(ma.charts.notes(ma.charts.revisions(ma.revisions(ma.load())))).__name__)
    str
    """
    frame = frame_of(owner)
    return frame.notes if frame else ""


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
        _take_away(old, owner)
    scale = SIZES[frame.size]
    looks: dict[str, tuple[str, dict[str, Any]]] = {
        "title": (frame.title, {"fontsize": scale["title"], "fontweight": "bold", "color": TEXT}),
        "subtitle": (frame.subtitle, {"fontsize": scale["font"], "color": QUIET_TEXT}),
        "footer": (frame.foot, {"fontsize": scale["footer"], "color": QUIET_TEXT}),
    }
    for part, (words, look) in looks.items():
        if words:
            owner.add_artist(FrameText(part, words, frame, **look))


def _take_away(part: Artist, owner: Axes | Figure) -> None:
    """Also from a deep copy: in matplotlib its parts would be taken from the lists of the first one."""
    try:
        part.remove()
    except ValueError:
        (owner.artists if isinstance(owner, Figure) else owner._children).remove(part)  # type: ignore[attr-defined]


def _pages(drawn: pd.DataFrame) -> tuple[str, ...]:
    """The ids of the sources that rows name, in their order."""
    columns = [name for name in drawn.columns if str(name).endswith("source_ids")]
    cells = drawn[columns].to_numpy(dtype=object).ravel()
    return tuple(id for cell in cells if isinstance(cell, str) for id in cell.split(";"))


def told(said: Sequence[str], most: int = 6) -> str:
    """What stands in a chart, as a sentence of its alt text: the first ones, and how many more there are.

    Examples
    --------
    >>> told(["Shanghai ¥350 bn", "Sichuan ¥250 bn", "Shandong about ¥150 bn"], most=2)
    'Shanghai ¥350 bn; Sichuan ¥250 bn; and 1 more'
    """
    left = len(said) - most
    return "; ".join([*said[:most], *([f"and {left:,} more"] if left > 0 else [])])
