"""Sentences and sources as paragraphs: wrapped at words, addresses as links, everything escaped."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from .explanation import WIDTH

ADDRESS = re.compile(r"https?://[^\s<>\"']+")
AFTER_AN_ADDRESS = ".,;:!?)"  # belongs to the sentence, not to the address
ITEM = "- "
LONGEST_LINE = "margin:.4em 0;max-width:60em;overflow-wrap:break-word"


@dataclass(frozen=True, repr=False)
class Text:
    """Paragraphs. Printed they are wrapped; in a notebook they are text that breaks at words, with links.

    Attributes
    ----------
    paragraphs : one string each. One that begins with "- " is an item of a list.
    """

    paragraphs: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.paragraphs)

    def __repr__(self) -> str:
        return "\n".join(line for words in self.paragraphs for line in _wrapped(words))

    def _repr_html_(self) -> str:
        parts, items = [], []
        for words in [*self.paragraphs, ""]:
            if words.startswith(ITEM):
                items.append(f"<li>{_linked(words.removeprefix(ITEM))}</li>")
                continue
            if items:
                parts.append(f"<ul style='{LONGEST_LINE}'>{''.join(items)}</ul>")
                items = []
            if words:
                parts.append(f"<p style='{LONGEST_LINE}'>{_linked(words)}</p>")
        return "".join(parts)


def text(*paragraphs: Any) -> Text:
    """Show sentences as text that wraps at words, with the addresses in it as links.

    Parameters
    ----------
    paragraphs : strings, or whatever gives one, such as an answer; or several of them. Each line is a paragraph of its
        own; one that begins with "- " is an item of a list. Blank ones are left out.

    Returns
    -------
    A Text. At the end of a notebook's cell it shows itself; `print` gives it as plain lines.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ma.text("Two provinces:", [f"- {name}" for name in ("Sichuan", "Shandong")])
    Two provinces:
    - Sichuan
    - Shandong
    """
    return Text(tuple(line for one in paragraphs for line in _lines(one)))


def _lines(given: Any) -> Iterator[str]:
    if isinstance(given, Iterable) and not isinstance(given, str):
        for one in given:
            yield from _lines(one)
    else:
        yield from filter(str.strip, str(given).splitlines())


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(
        words,
        WIDTH,
        subsequent_indent=" " * len(ITEM) if words.startswith(ITEM) else "",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _linked(words: str) -> str:
    """The words with what HTML would take for its own escaped, and addresses as links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(words):
        address = found[0].rstrip(AFTER_AN_ADDRESS)
        parts.append(escape(words[end : found.start()]))
        parts.append(f"<a href='{escape(address)}' rel='noopener noreferrer'>{escape(address)}</a>")
        end = found.start() + len(address)
    return "".join([*parts, escape(words[end:])])
