"""Where in the report each row of the tables stands, so that an id in any text leads there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from ..measures.ids import tables_with_own_ids
from ..tables.dataset import Dataset
from .codebook import own_tables
from .slugs import own_slug, sign

HOME = "~/"  # the report's folder, in the address of a page that may stand in a folder inside it
PAGES = {
    "policy_documents": "documents.html",
    "regional_targets": "targets.html",
    "participants": "organisations.html",
    "bodies": "organisations.html",
    "sources": "sources.html",
}
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# What names a part of a page: of every one, a group of rows, a row whose id no page can have.
TAKEN = re.compile(r"content|words|found|the-bodies|the-organisations|(?:of|kind|row)-.*")
# What may be an id in a text: the id of anything that has no hyphen may be an ordinary word, too.
IN_TEXT = re.compile(r"(?<![\w./#@&-])[A-Za-z0-9][\w.]*-[\w.-]*\w")


class Addresses:
    """The page of each row, by its id."""

    def __init__(self, ds: Dataset):
        own = tables_with_own_ids(ds.schema)
        self.tables = [name for name in own_tables(ds) if name not in (*PAGES, "places")]
        self._of: dict[str, str] = {}
        for name in reversed(own):  # of two tables with one id the first counts
            keys = ds[name][ds.schema[name].key]
            if name == "places":
                self._of |= self._pages_of_places(keys)
            else:
                page = page_of(name)
                self._of |= {key: f"{page}#{quote(anchor(key))}" for key in keys}

    @staticmethod
    def _pages_of_places(keys: Iterable[str]) -> dict[str, str]:
        """A file for each place; names that differ only in capitals are one for some systems."""
        found: dict[str, str] = {}
        for key in keys:
            name = own_slug(key)
            found[f"{name}-{sign(key)}" if name in found else name] = key
        return {key: f"places/{name}.html" for name, key in found.items()}

    def of(self, key: object) -> str | None:
        """The address of a row from the report's folder; None for what is no id."""
        return self._of.get(str(key))

    def linked(self, escaped: str, page: str) -> str:
        """Text of a page, escaped, with each id in it as a link; those of rows on the same page stay text."""

        def link(found: re.Match[str]) -> str:
            address = self._of.get(found[0])
            if address is None or address.partition("#")[0] == page:
                return found[0]
            return f'<a href="{HOME}{address}">{found[0]}</a>'

        return IN_TEXT.sub(link, escaped)


def page_of(table: str) -> str:
    """The page on which the rows of a table stand.

    Examples
    --------
    >>> page_of("policy_documents"), page_of("events")
    ('documents.html', 'tables/events.html')
    """
    return PAGES.get(table, f"tables/{own_slug(table)}.html")


def anchor(key: object) -> str:
    """What names a row on its page: its id, where a page can have that.

    Examples
    --------
    >>> anchor("cn-sc-2023-final"), anchor("content")
    ('cn-sc-2023-final', 'row-ed7002b439e9')
    """
    text = str(key)
    return text if PLAIN.fullmatch(text) and not TAKEN.fullmatch(text) else f"row-{sign(text)}"
