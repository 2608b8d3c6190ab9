"""The codebook as a page: with everything that tables and schema say escaped, and no link but within the report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import mistune

from ..tables.dataset import Dataset
from ..tables.standard import file_name
from .addresses import HOME
from .codebook import GENERATED, codebook, own_tables
from .slugs import slug


class _CodebookHTML(mistune.HTMLRenderer):
    """Headings that can be linked to, tables that scroll, links to the tables' files, and no others but within."""

    def __init__(self, files: Mapping[str, str]):
        super().__init__(escape=True)
        self.files = files
        self._heading = ""

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        if level == 1:
            return f"<h1>{text}</h1>\n"
        self._heading = re.sub(r"<[^>]*>", "", text)
        return f'<h{level} id="{slug(text)}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return f'<a href="#{slug(url)}">{text}</a>' if url.startswith("#") else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def codespan(self, text: str) -> str:
        said = super().codespan(text)
        return f'<a href="{HOME}data/{self.files[text]}">{said}</a>' if text in self.files else said

    def table(self, text: str) -> str:
        label = f"Columns of {self._heading}" if self._heading else "All tables"
        return f'<div class="table" tabindex="0" role="region" aria-label="{label}">\n<table>{text}</table></div>\n'


def codebook_html(ds: Dataset) -> str:
    """The codebook as HTML."""
    files = {table.path: file_name(table.path, "csv") for table in own_tables(ds).values()}
    render = mistune.create_markdown(renderer=_CodebookHTML(files), plugins=["table"])
    return str(render(codebook(ds).removeprefix(GENERATED)))
