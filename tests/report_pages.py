"""A report's pages as a parser reads them, and reports made short: with few charts and notebooks."""

from collections import Counter
from html.parser import HTMLParser
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from metaverse_analysis.output import gallery, report as reporting


class Page(HTMLParser):
    """The elements of a page with their attributes, and its ids."""

    def __init__(self, path: Path):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.ids = [given["id"] for _, given in self.elements if "id" in given]

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [given for name, given in self.elements if name == tag]

    def addresses(self) -> list[str]:
        return [given[name] for _, given in self.elements for name in ("href", "src") if name in given]


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def html(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def astray(folder: Path) -> list[tuple[str, str]]:
    """On each page the links within the report that lead nowhere, and the ids that it has twice."""
    pages = {path.relative_to(folder).as_posix(): Page(path) for path in html(folder)}
    wrong = []
    for name, page in pages.items():
        wrong += [(name, f"id {key!r}") for key, count in Counter(page.ids).items() if count > 1 or not key]
        for address in page.addresses():
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = normpath(Path(name).parent / unquote(parts.path)) if parts.path else name
            there = (folder / target).is_file()
            if not there or (parts.fragment and unquote(parts.fragment) not in pages[target].ids):
                wrong.append((name, address))
    return wrong


def shorten(patch: pytest.MonkeyPatch, *charts: str, notebooks: int | None = None) -> None:
    """Only these charts, and only the first notebooks."""
    patch.setattr(reporting, "CHARTS", {name: gallery.CHARTS[name] for name in charts})
    paths = reporting.stored_notebooks()[:notebooks]
    patch.setattr(reporting, "stored_notebooks", lambda: paths)
