"""The pages of the report: what each template is given, as HTML that asks no other host for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

try:
    import mistune
    import nbformat
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
    from markupsafe import Markup
    from nbconvert import HTMLExporter
except ImportError as missing:
    raise ImportError(
        "the report needs nbconvert: pip install nbconvert, or this package with [report]"
    ) from missing

from ..charts import palette
from ..measures.citing import cite_dataset
from ..measures.wording import day_in_words
from ..tables.dataset import Dataset
from ..tables.descriptor import licences
from ..tables.standard import file_name
from .closed import foreign_parts
from .codebook import GENERATED, codebook, own_tables

TEMPLATES = Path(__file__).with_name("site")
LINKS_OUT = ("http://", "https://")
HAN = re.compile(r"[\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef\d]*")
OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]")
TAGS = re.compile(r"(<[^>]*>)")
DATA_FRAME = re.compile(r'<table[^>]*class="dataframe"[^>]*>.*?<tbody>.*?</table>', re.DOTALL)
CELL = re.compile(r"<(t[dh])[^>]*>(.*?)<(?=/t[dh]>)", re.DOTALL)
NUMBER = re.compile(r"(?:[-−+]?[\d,.]+%?|NaN|&lt;NA&gt;)?")
ANSWER = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


class Site:
    """The templates, and what all pages have in common."""

    def __init__(self, ds: Dataset, with_notebooks: bool):
        about = ds.schema.descriptor
        self.title = str(about.get("title") or "The tables")
        self.description = str(about.get("description", ""))
        self.licence = ", ".join(one["name"] for one in licences(about)) or "no licence"
        read = ds.sources.accessed.max()
        self.dated = "" if pd.isna(read) else f"Sources read until {day_in_words(f'{read:%Y-%m-%d}')}."
        self.pages = [
            ("index.html", "Findings"),
            *([("notebooks.html", "Notebooks")] if with_notebooks else []),
            ("gallery.html", "Charts"),
            ("codebook.html", "Codebook"),
            ("sources.html", "Sources"),
            ("cite.html", "How to cite"),
        ]
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            keep_trailing_newline=True,
        )  # fmt: skip

    def page(self, name: str, template: str, heading: str, *, here: str | None = None, **content: Any) -> str:
        """The text of a page. `here` is the page of the navigation that it belongs to, if not itself.

        Raises
        ------
        ValueError
            If the page would ask another host for anything, or run a script.
        """
        given = {"site": self, "name": name, "here": here or name, "heading": heading, "summary": None}
        text = self._templates.get_template(template).render(**{**given, **content})
        if foreign := foreign_parts(text):
            raise ValueError(f"{name} would load or run {foreign[0][:120]}: take it out of the notebook")
        head, body = text.split("</head>", 1)
        return head + "</head>" + _chinese_marked(body)

    def style(self) -> str:
        """The style sheet, in the colours of the charts."""
        colours = {
            "text": palette.TEXT, "quiet": palette.QUIET_TEXT, "line": palette.GRID,
            "head": palette.colour("final"), "link": palette.colour("draft"),
            "emphasis": palette.colour("emphasis"),
        }  # fmt: skip
        return self._templates.get_template("style.css").render(**colours)


def _chinese_marked(body: str) -> str:
    """The same page with its Chinese words marked as such, so that they are spoken and drawn as Chinese."""
    parts = TAGS.split(body)
    own = False  # inside an element that names its language itself
    for place, part in enumerate(parts):
        if place % 2:
            own = ' lang="' in part
        elif not own:
            parts[place] = HAN.sub(r'<span lang="zh-Hans">\g<0></span>', part)
    return "".join(parts)


class Notebook:
    """A stored notebook: its question, its answer, its page. Its outputs are shown as they are stored."""

    def __init__(self, path: Path):
        self.content = nbformat.read(path, as_version=4)
        self.page = f"{path.stem}.html"
        first = next((cell.source for cell in self.content.cells if cell.cell_type == "markdown"), "")
        title = re.match(r"#\s+(.+)", first)
        self.heading = _plain(title[1]) if title else path.stem.replace("_", " ")
        bold = ANSWER.search(first)
        self.answer = _plain(bold[1]) if bold else ""

    def cells(self) -> str:
        """The notebook's cells as HTML."""
        text, _ = exporter().from_notebook_node(self.content)
        linked = re.sub(r'(href="[^":/]+)\.ipynb(["#])', r"\1.html\2", text)
        return DATA_FRAME.sub(lambda found: _figures_right(found[0]), linked)


@cache
def exporter() -> HTMLExporter:
    """Made once: it reads its templates anew each time.

    Raises
    ------
    ImportError
        If nbconvert's own templates, on which the report's is built, aren't installed.
    """
    try:
        made = HTMLExporter(
            extra_template_basedirs=[str(TEMPLATES)], template_name="cells", exclude_anchor_links=True,
            mathjax_url="", require_js_url="", embed_images=False,
        )  # fmt: skip
        made.from_notebook_node(nbformat.v4.new_notebook())  # looks for all of them
    except (ValueError, TemplateError) as error:
        raise ImportError(
            f"the report needs nbconvert's templates, which aren't installed ({error}): install nbconvert again"
        ) from error
    return made


def _figures_right(table: str) -> str:
    """A table of pandas with its columns of numbers set to the right, words to the left."""
    head, body = table.split("<tbody>", 1)
    rows = [CELL.findall(row) for row in body.split("</tr>")]
    width = max(map(len, rows), default=0)
    columns = [[row[i][1] for row in rows if len(row) == width] for i in range(width)]
    figures = [bool(cells) and all(NUMBER.fullmatch(cell) for cell in cells) for cells in columns]

    def aligned(row: str) -> str:
        if len(CELL.findall(row)) != width:
            return row
        flags = iter(figures)
        return CELL.sub(lambda c: f'<{c[1]} class="figures">{c[2]}<' if next(flags) else c[0], row)

    parts = re.split(r"(</tr>)", re.sub(r' style="text-align: right;"', "", head) + "<tbody>" + body)
    return "".join(map(aligned, parts))


def _plain(markdown: str) -> str:
    """Words without Markdown's marks."""
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return " ".join(re.sub(r"[*`]|\\(?=[$*_`#])", "", linked).split())


class _CodebookHTML(mistune.HTMLRenderer):
    """Headings that can be linked to, tables that scroll, links to the tables' files, and no others but within."""

    def __init__(self, files: Mapping[str, str]):
        super().__init__(escape=True)
        self.files = files

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        return f'<h{level} id="{slug(text)}">{text}</h{level}>\n' if level > 1 else f"<h1>{text}</h1>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return f'<a href="#{slug(url)}">{text}</a>' if url.startswith("#") else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def codespan(self, text: str) -> str:
        said = super().codespan(text)
        return f'<a href="data/{self.files[text]}">{said}</a>' if text in self.files else said

    def table(self, text: str) -> str:
        return f'<div class="table" tabindex="0" role="region" aria-label="Table">\n<table>{text}</table></div>\n'


def slug(text: str) -> str:
    """What names a heading, from its words: letters, digits, hyphens and underscores."""
    return re.sub(r"[^a-z0-9_]+", "-", re.sub(r"<[^>]*>", "", text).lower()).strip("-")


def codebook_html(ds: Dataset) -> str:
    """The codebook as HTML, with everything that tables and schema say escaped."""
    files = {table.path: file_name(table.path, "csv") for table in own_tables(ds).values()}
    render = mistune.create_markdown(renderer=_CodebookHTML(files), plugins=["table"])
    return str(render(codebook(ds).removeprefix(GENERATED)))


def sources(ds: Dataset) -> dict[str, Any]:
    """What the page of sources shows: groups by kind in the schema's order, each by publisher and date."""
    rows = ds.sources
    days = rows.accessed.dropna().unique()
    one_day = day_in_words(f"{days[0]:%Y-%m-%d}") if len(days) == 1 else ""
    codes = ds.schema.codes("sources", "kind")
    groups = []
    for kind, part in rows.groupby("kind", observed=True, sort=True, dropna=False):
        code = "unknown" if pd.isna(kind) else str(kind)
        ordered = part.sort_values(["publisher", "published", "source_id"], kind="stable")
        label = ds.schema.label("sources", "kind", code)
        groups.append(
            {
                "code": code,
                "label": label[:1].upper() + label[1:],
                "description": codes.get(code, {}).get("description", ""),
                "rows": list(_source_rows(ordered, with_day=not one_day)),
            }
        )
    return {"groups": groups, "count": f"{len(rows):,}", "read_on": one_day}


def _source_rows(rows: pd.DataFrame, with_day: bool) -> Iterator[Mapping[str, Any]]:
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        address = row["url"] or ""
        title = row["title"] or address or row["source_id"]
        told = [row["publisher"], row["published"] and day_in_words(row["published"])]
        if row["is_copy"]:
            told.append(f"read in a copy at {row['host']}")
        if with_day and row["accessed"] is not None:
            told.append("read on " + day_in_words(f"{row['accessed']:%Y-%m-%d}"))
        yield {
            "source_id": row["source_id"],
            "language": row["language"],
            "address": address if _leads_out(address) else None,
            "title": title,
            # Many titles are translations: only one in another script is in the language of its page.
            "title_language": row["language"] if OTHER_SCRIPT.search(title) else None,
            "told": "; ".join(filter(None, told)) + ".",
        }


def _leads_out(address: str | None) -> bool:
    return (address or "").lower().startswith(LINKS_OUT)


def citation(ds: Dataset) -> dict[str, Any]:
    """What the page on citing shows."""
    told = [
        {"title": one["title"], "address": one.get("path") if _leads_out(one.get("path")) else None}
        for one in licences(ds.schema.descriptor)
    ]
    styles = {"text": "text", "bibtex": "bibtex", "csl": "csl-json"}
    return {"licences": told, **{name: cite_dataset(ds, style=style) for name, style in styles.items()}}


def as_html(text: str) -> Markup:
    """Text that is HTML already, and goes into a page as it is."""
    return Markup(text)
