"""The pages of the report: what each template is given, as HTML that asks no other host for anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

try:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from . import codebook_page as codebook_page, notebook_pages as notebook_pages
except ImportError as missing:
    raise ImportError(
        "the report needs nbconvert: pip install nbconvert, or this package with [report]"
    ) from missing

from ..charts import palette
from ..measures.citing import cite_dataset
from ..measures.wording import day_in_words
from ..tables.dataset import Dataset
from ..tables.descriptor import licences
from ..tables.version import __version__
from .addresses import HOME, Addresses
from .closed import foreign_parts
from .source_pages import leads_out

TEMPLATES = Path(__file__).with_name("site")
HAN = re.compile(r"[\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef\d]*")
TAGS = re.compile(r"(<[^>]*>)")
TAG_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
WITHOUT_LINKS = {"a", "button", "label", "script", "style", "summary", "svg"}  # what a link can't stand in
WITHOUT_SPANS = {"script", "style", "svg", "option"}
# What the templates themselves send or run, letter by letter: the search box, and the two files of its page.
OWN = ('<form class="search" role="search" action="{}search.html">',)
OWN_SCRIPTS = tuple(f'<script src="{{}}assets/{name}.js" defer>' for name in ("search-index", "search"))
METADATA = '<script type="application/ld+json">'


class Site:
    """The templates, and what all pages have in common."""

    def __init__(self, ds: Dataset, with_notebooks: bool, addresses: Addresses | None = None):
        about = ds.schema.descriptor
        self.addresses = addresses or Addresses(ds)
        self.title = str(about.get("title") or "The tables")
        self.description = str(about.get("description", ""))
        self.licence = ", ".join(one["name"] for one in licences(about)) or "no licence"
        read = ds.sources.accessed.max()
        self.day = "" if pd.isna(read) else day_in_words(f"{read:%Y-%m-%d}")
        self.version = str(about.get("version", ""))
        self.program = f"metaverse_analysis {__version__}"
        self.pages = [
            ("index.html", "Findings"),
            ("gallery.html", "Charts"),
            *([("notebooks.html", "Notebooks")] if with_notebooks else []),
            ("places.html", "Places"),
            ("documents.html", "Documents"),
            ("targets.html", "Targets"),
            ("organisations.html", "Organisations"),
            ("sources.html", "Sources"),
            ("codebook.html", "Codebook"),
            *([("reference.html", "Library")] if with_notebooks else []),
            ("cite.html", "How to cite"),
        ]
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            keep_trailing_newline=True,
        )  # fmt: skip
        self._templates.filters["heads"] = heads

    def page(self, name: str, template: str, heading: str, *, here: str | None = None, **content: Any) -> str:
        """The text of a page. `here` is the page of the navigation that it belongs to, if not itself.

        Raises
        ------
        ValueError
            If the page would ask another host for anything, or run a script that isn't the report's own.
        """
        given = {"site": self, "name": name, "here": here or name, "heading": heading, "summary": None}
        text = self._templates.get_template(template).render(**{**given, **content})
        home = "../" * name.count("/")
        text = text.replace(f'="{HOME}', f'="{home}')
        own = {METADATA, *(tag.format(home) for tag in (*OWN, *OWN_SCRIPTS))}
        if foreign := [part for part in foreign_parts(text) if part not in own]:
            raise ValueError(f"{name} would load or run {foreign[0][:120]}: take it out of the notebook")
        head, body = text.split("</head>", 1)
        return head + "</head>" + self._marked(body, name).replace(f'="{HOME}', f'="{home}')

    def _marked(self, body: str, page: str) -> str:
        """The same page with each id in its texts as a link, and its Chinese words marked as such.

        So they are spoken and drawn as Chinese.
        """
        parts = TAGS.split(body)
        own = False  # inside an element that names its language itself
        inside: list[str] = []  # the elements around a text in which a link, or a span, can't stand
        for place, part in enumerate(parts):
            if place % 2:
                own = ' lang="' in part
                _enter(part, inside)
            elif part.strip():
                said = part if inside else self.addresses.linked(part, page)
                spans = not own and not WITHOUT_SPANS.intersection(inside)
                parts[place] = HAN.sub(r'<span lang="zh-Hans">\g<0></span>', said) if spans else said
        return "".join(parts)

    def style(self) -> str:
        """The style sheet, in the colours of the charts."""
        colours = {
            "text": palette.TEXT, "quiet": palette.QUIET_TEXT, "line": palette.GRID,
            "head": palette.colour("final"), "link": palette.colour("draft"),
            "emphasis": palette.colour("emphasis"),
        }  # fmt: skip
        return self._templates.get_template("style.css").render(**colours)


def heads(titles: Iterable[str]) -> str:
    """The heads of a table's columns for the style sheet, which sets them before each cell on a narrow page.

    Only letters, figures and a few signs: nothing in it can end the text or mean anything to a browser.

    Examples
    --------
    >>> print(heads(["Place", 'In "dollars" (bn)']))
    --h1:'Place';--h2:'In dollars bn'
    """
    plain = (" ".join(re.sub(r"[^\w%,./ -]+", " ", title).split()) for title in titles)
    return ";".join(f"--h{number}:'{words}'" for number, words in enumerate(plain, start=1))


def _enter(tag: str, inside: list[str]) -> None:
    """Keep track of the elements around a text."""
    found = TAG_NAME.match(tag)
    name = found[1].lower() if found else ""
    if name not in WITHOUT_LINKS | WITHOUT_SPANS or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        inside.append(name)
    elif name in inside:
        while inside.pop() != name:
            pass


def citation(ds: Dataset) -> dict[str, Any]:
    """What the page on citing shows."""
    told = [
        {"title": one["title"], "address": one.get("path") if leads_out(one.get("path")) else None}
        for one in licences(ds.schema.descriptor)
    ]
    styles = {"text": "text", "bibtex": "bibtex", "csl": "csl-json"}
    return {"licences": told, **{name: cite_dataset(ds, style=style) for name, style in styles.items()}}


def as_html(text: str) -> Markup:
    """Text that is HTML already, and goes into a page as it is."""
    return Markup(text)
