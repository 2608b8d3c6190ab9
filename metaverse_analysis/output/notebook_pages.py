"""The notebooks as pages: with contents, sections that can be linked to, code folded, tables whole."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import TemplateError
from nbconvert import HTMLExporter

from .addresses import HOME
from .chart_pages import png_size
from .slugs import slug

TEMPLATES = Path(__file__).with_name("site")
PAGES_OF = {
    "../README.md": "index.html",
    "../data/README.md": "codebook.html",
}  # where a notebook leads out of its folder
DATA_FRAME = re.compile(r'<table[^>]*class="dataframe"[^>]*>.*?<tbody>.*?</table>', re.DOTALL)
CELL = re.compile(r"<(t[dh])(?:\s[^>]*)?>(.*?)<(?=/t[dh]>)", re.DOTALL)
NUMBER = re.compile(r"(?:[-−+]?[\d,.]+%?)?")
MISSING = re.compile(r"(<td[^>]*>)(?:NaN|NaT|None|nan|&lt;NA&gt;)(</td>)")
EMPTY_HEAD = re.compile(r"<th(?: [^>]*)?>\s*</th>")
ANSWER = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
HEADING = re.compile(r"<h([23])([^>]*)>(.*?)</h\1>", re.DOTALL)
ATTRIBUTES = r"""((?: [a-z-]+=(?:"[^"]*"|'[^']*'))*)"""
PICTURE = re.compile(rf'<img{ATTRIBUTES} src="data:image/png;base64,([^"]*)"{ATTRIBUTES} ?/?>')
ALT = re.compile(r""" alt=(["'])(.*?)\1""", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


class Notebook:
    """A stored notebook: its question, its answer, its page. Its outputs are shown as they are stored.

    A chart that the gallery has, too, is shown by the gallery's files: with a narrow one for a phone, and stored once.
    """

    def __init__(self, path: Path):
        self.path = path
        self.content = nbformat.read(path, as_version=4)
        self.page = f"{path.stem}.html"
        first = next((cell.source for cell in self.content.cells if cell.cell_type == "markdown"), "")
        title = re.match(r"#\s+(.+)", first)
        self.heading = plain_words(title[1]) if title else path.stem.replace("_", " ")
        bold = ANSWER.search(first)
        self.answer = plain_words(bold[1]) if bold else ""

    def cells(
        self, charts: Mapping[str, Mapping[str, Any]] | None = None
    ) -> tuple[str, list[tuple[str, str]], dict[str, bytes]]:
        """The cells as HTML; the sections, the anchor and the words of each heading; the pictures by name.

        `charts` are those of the gallery, by their alt text, which tells apart all that they show.
        """
        text, _ = exporter().from_notebook_node(self.content)
        pictures: dict[str, bytes] = {}

        def placed(found: re.Match[str]) -> str:
            rest = found[1] + found[3]
            alt = ALT.search(rest)
            known = (charts or {}).get(unescape(alt[2])) if alt else None
            return self._picture(found[2], rest, pictures) if known is None else _of_gallery(known, rest)

        text = PICTURE.sub(placed, text)
        linked = re.sub(r'(href="[^":/]+)\.ipynb(["#])', r"\1.html\2", text)
        for file, page in PAGES_OF.items():
            linked = linked.replace(f'href="{file}"', f'href="{page}"')
        whole = DATA_FRAME.sub(lambda found: _figures_right(_without_blanks(found[0])), linked)
        sections: list[tuple[str, str]] = []
        anchored = HEADING.sub(lambda found: _heading(found, sections), whole)
        return anchored, sections, pictures

    def _picture(self, data: str, attributes: str, pictures: dict[str, bytes]) -> str:
        """Put a picture that the page holds into a file beside the notebook, to be loaded when it is looked at."""
        content = b64decode(data)
        width, height = png_size(content)
        name = f"notebooks/{self.path.stem}-{len(pictures) + 1}.png"
        pictures[name] = content
        return f'<img src="{HOME}{name}" width="{width}" height="{height}"{attributes}>'

    def texts(self) -> dict[str, str]:
        """What each section says in words, by the anchor of its heading; what stands before the first by ""."""
        found: dict[str, list[str]] = {"": []}
        at = ""
        for cell in self.content.cells:
            if cell.cell_type != "markdown":
                continue
            for line in cell.source.splitlines():
                if heading := re.match(r"#{2,3}\s+(.+)", line):
                    at = slug(plain_words(heading[1]))
                    found.setdefault(at, [])
                else:
                    found[at].append(line)
        return {name: plain_words(" ".join(lines)) for name, lines in found.items()}


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


def _of_gallery(chart: Mapping[str, Any], attributes: str) -> str:
    """A chart by the gallery's files, the narrow one for a phone."""
    narrow = (
        f'srcset="{HOME}{chart["phone"]}" width="{chart["phone_width"]}" height="{chart["phone_height"]}"'
    )
    wide = f'src="{HOME}{chart["png"]}" width="{chart["width"]}" height="{chart["height"]}"'
    return f'<picture><source media="(max-width: 40rem)" {narrow}><img {wide}{attributes}></picture>'


def _heading(found: re.Match[str], sections: list[tuple[str, str]]) -> str:
    """A heading with an anchor of its own, and a link to itself to be copied."""
    level, attributes, inner = found[1], re.sub(r'\s*id="[^"]*"', "", found[2]), found[3]
    words = TAG.sub("", inner)
    name = slug(words) or "section"
    while name in {taken for taken, _ in sections} | {"content", "words", "found"}:
        name += "-"
    sections.append((name, words))
    here = f'<a class="here" href="#{name}"><span class="unseen">Link to “{words}”</span></a>'
    return f'<h{level}{attributes} id="{name}">{inner} {here}</h{level}>'


def _without_blanks(table: str) -> str:
    """A table of pandas without its words for what is missing, and without heads that say nothing."""
    return EMPTY_HEAD.sub("<td></td>", MISSING.sub(r"\1\2", table))


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


def plain_words(markdown: str) -> str:
    """Words without Markdown's marks.

    Examples
    --------
    >>> plain_words("**Over \\\\$35 billion**, says [one](other.ipynb)")
    'Over $35 billion, says one'
    """
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return " ".join(re.sub(r"[*`]|\\(?=[$*_`#])", "", linked).split())
