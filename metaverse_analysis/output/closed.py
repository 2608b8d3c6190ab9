"""Whether a page asks another host for anything or runs anything, as a parser sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

# Elements that run something, bring another page in, or lead the whole page elsewhere.
NOT_HERE = {
    "applet",
    "base",
    "embed",
    "fencedframe",
    "form",
    "frame",
    "frameset",
    "iframe",
    "object",
    "portal",
    "script",
}
# Attributes whose address is fetched at once; of links for reading, only the kind of address matters.
FETCHED = {
    "action", "archive", "background", "classid", "codebase", "data", "dynsrc", "formaction", "imagesrcset", "lowsrc",
    "manifest", "ping", "poster", "src", "srcset", "xlink:href",
}  # fmt: skip
TO_READ = {"a", "area"}
READABLE = {"", "http", "https", "mailto"}
# What browsers pass over in an address, so that java\nscript: is javascript: for them.
PASSED_OVER = re.compile(r"[\x00-\x20]+")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
IN_STYLE = re.compile(r"@import|(?:url|src|image-set|image|cross-fade)\(([^)]*)", re.IGNORECASE)


def foreign_parts(page: str) -> list[str]:
    """The tags and styles of a page that would ask another host for something, or run something.

    Examples
    --------
    >>> foreign_parts('<a href="https://x.org/?src=//y"><img src="a.png" alt="src=//z"></a> url(//w)')
    []
    >>> foreign_parts('<p><img src="http:x/a.png">')
    ['<img src="http:x/a.png">']
    """
    parser = _Parser()
    parser.feed(page)
    parser.close()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        given = {name: value or "" for name, value in attrs}
        if (
            tag in NOT_HERE
            or any(_asks(tag, name, value) for name, value in given.items())
            or _refreshes(given)
        ):
            self.found.append(self.get_starttag_text() or f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style and _style_asks(data):
            self.found.append(f"<style>{data}")


def _refreshes(given: dict[str, str]) -> bool:
    return given.get("http-equiv", "").lower() == "refresh"


def _asks(tag: str, name: str, value: str) -> bool:
    if name.startswith("on"):
        return True
    if name == "style":
        return _style_asks(value)
    if name == "href":
        return _scheme(value) not in READABLE if tag in TO_READ else _is_elsewhere(value)
    return name in FETCHED and any(map(_is_elsewhere, _addresses(name, value)))


def _addresses(name: str, value: str) -> Iterator[str]:
    if name in ("srcset", "imagesrcset"):
        yield from (one.split()[0] for one in value.split(",") if one.split())
    else:
        yield value


def _scheme(address: str) -> str:
    found = SCHEME.match(PASSED_OVER.sub("", address))
    return found[1].lower() if found else ""


def _is_elsewhere(address: str) -> bool:
    """Whether an address is neither of this folder nor the thing itself."""
    start = PASSED_OVER.sub("", address).replace("\\", "/")
    return start.startswith("//") or _scheme(address) not in ("", "data")


def _style_asks(style: str) -> bool:
    if "\\" in style:  # it may spell anything
        return True
    return any(not found[1] or _is_elsewhere(found[1].strip(" \"'")) for found in IN_STYLE.finditer(style))
