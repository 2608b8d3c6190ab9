"""A report's pages as a parser reads them, and reports made short: with few charts and notebooks."""

from html.parser import HTMLParser
from pathlib import Path

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


def shorten(patch: pytest.MonkeyPatch, *charts: str, notebooks: int | None = None) -> None:
    """Only these charts, and only the first notebooks."""
    patch.setattr(reporting, "CHARTS", {name: gallery.CHARTS[name] for name in charts})
    paths = reporting.stored_notebooks()[:notebooks]
    patch.setattr(reporting, "stored_notebooks", lambda: paths)
