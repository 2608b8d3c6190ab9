"""What a mark says when a pointer rests on it: words that stay with the mark, and go into a page's drawing.

Files that charts are saved to, and the pictures of notebooks, don't have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.figure import Figure

Marks = TypeVar("Marks", bound=Artist | Iterable[Any])
_SAID: WeakKeyDictionary[Artist, tuple[str, ...]] = WeakKeyDictionary()
_TOLD = "told-"  # begins the address that stands for the words of one mark while a drawing is made


def hover(marks: Marks, words: str | Sequence[str]) -> Marks:
    """Let marks say words when a pointer rests on them, where the chart is drawn for a page (see `web.for_page`).

    Parameters
    ----------
    marks : an artist; or several, such as the bars that `barh` gave.
    words : the same for all marks, or one text for each of them; for each point of a line, or of a collection.

    Returns
    -------
    The marks.

    Raises
    ------
    ValueError
        If there are more texts than marks, or fewer.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> bars = hover(Figure().subplots().barh([0, 1], [3, 2]), ["Sichuan: 3", "Shandong: 2"])
    >>> len(bars)
    2
    """
    if isinstance(marks, Artist):
        _SAID[marks] = (words,) if isinstance(words, str) else tuple(words)
        return marks
    artists = list(marks)
    texts = [words] * len(artists) if isinstance(words, str) else words
    _SAID.update({artist: (said,) for artist, said in zip(artists, texts, strict=True)})
    return marks


@contextmanager
def told(figure: Figure) -> Iterator[dict[str, tuple[str, ...]]]:
    """While a figure is drawn, mark what says something by an address each; gives their words by the address."""
    telling = [artist for artist in figure.findobj() if artist in _SAID]
    words: dict[str, tuple[str, ...]] = {}
    for artist in telling:
        if isinstance(artist, Collection):
            addresses = [f"{_TOLD}{len(words) + n}" for n in range(len(_SAID[artist]))]
            words |= {address: (said,) for address, said in zip(addresses, _SAID[artist], strict=True)}
            artist.set_urls(addresses)
        else:
            address = f"{_TOLD}{len(words)}"
            words[address] = _SAID[artist]
            artist.set_url(address)
    try:
        yield words
    finally:
        for artist in telling:
            artist.set_urls([None]) if isinstance(artist, Collection) else artist.set_url(None)
