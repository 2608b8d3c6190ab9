"""The report: all findings, charts, notebooks, tables and sources as a folder of pages that opens from disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..measures.answers import answers
from ..measures.citing import cite
from ..tables.dataset import Dataset, load
from ..tables.files import replace_folder
from ..tables.marks import listing, write_listing
from ..tables.needs import expects
from ..tables.problems import DataError
from ..tables.schema import data_folder
from ..tables.standard import file_name
from . import pages
from .addresses import Addresses, page_of
from .chart_pages import grouped
from .codebook import own_tables
from .drawing import Drawing
from .evidence_pages import Evidence
from .gallery import CHARTS, Chart
from .metadata import json_ld
from .notebook_pages import Notebook, exporter
from .place_pages import Places
from .readme import risky_cells
from .reference import reference_entries, reference_pages
from .row_words import RowWords
from .search_index import SearchIndex
from .slugs import slug
from .source_pages import sources

FILES = "report-files.sha256"  # names every file of a report
KIND = listing("a report", FILES, "index.html", '<meta name="generator" content="metaverse_analysis">')
FONTS = Path(__file__).parents[1] / "charts" / "fonts"
# What holds for the tables of any folder; what else its rows can't tell, the folder itself says in its `limits`.
LIMITS = (
    "Blank is unknown, never zero, and “none found” is not “none”: it says what a search gave on a day.",
    "The documents’ own currency comes first. Dollars are derived at a rate with a date; dollars that the press "
    "printed stand apart.",
    "Drafts are not finals. They are drawn hatched, and say so.",
)


def report(
    ds: Dataset | None = None,
    folder: str | os.PathLike[str] = "report",
    *,
    progress: Callable[[str], None] = lambda line: None,
) -> Path:
    """Write the whole analysis as a static site: open its index.html. It asks no other host for anything.

    Parameters
    ----------
    ds : the tables; the packaged ones by default. The notebooks are shown, as they were run last, with the packaged
        tables only: they would not fit others.
    folder : where to write; a folder that is empty, not there yet, or an older report.
    progress : told one line for each page and chart.

    Returns
    -------
    The folder. The same tables give the same bytes, on one version of matplotlib. A chart that can't be drawn from
    these tables is named with the reason.

    Raises
    ------
    ValueError
        If the folder holds anything that isn't of a report. What was there stays as it was.
    ImportError
        If nbconvert or pdoc isn't installed, or nbconvert's templates are missing.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ma.report(folder="report", progress=print)  # doctest: +SKIP
    [1/60] charts/market_targets
    ...
    PosixPath('report')
    """
    if ds is not None:
        expects(ds, Dataset, given_by="load", taker="report")
    with replace_folder(folder, KIND, overwrite=True) as draft:
        notebooks = [Notebook(path) for path in stored_notebooks()] if ds is None else []
        if notebooks:
            exporter()  # before the charts are drawn, which takes long: its templates may be missing
        _Report(load() if ds is None else ds, draft, notebooks, progress).write()
        write_listing(draft, FILES)
    return Path(folder)


def stored_notebooks() -> list[Path]:
    """The notebooks that came with the package, in order; beside the tables, in a checkout as in a wheel."""
    return sorted((data_folder().parent / "notebooks").glob("*.ipynb"))


class _Report:
    """One run: what is being written, and how far it is."""

    def __init__(self, ds: Dataset, draft: Path, notebooks: list[Notebook], progress: Callable):
        self.ds, self.draft, self.notebooks, self.progress = ds, draft, notebooks, progress
        addresses = Addresses(ds)
        self.site = pages.Site(ds, bool(notebooks), addresses)
        self.words = RowWords(ds, addresses)
        self.found = SearchIndex()
        # Places and tables are told in one line each: they are many small pages.
        self.steps = (
            len(CHARTS) + len(notebooks) + len(self.site.pages) + len(("place pages", "tables", "search"))
        )
        self.done = 0
        self.answers = answers(ds).set_index("topic")["answer"]
        self.drawn: list[dict[str, Any]] = []
        self.undrawn: list[tuple[Chart, str]] = []

    def write(self) -> None:
        self._assets()
        self._data()
        with Drawing(CHARTS, self.ds, self.draft) as drawing:
            self._evidence()
            self.found.add_rows(self.words)
            if self.notebooks:  # its examples are of the packaged tables, as the notebooks are
                self._reference()
            for chart, result in drawing.results():
                self._chart(chart, result)
        self._notebooks()
        self._page(
            "gallery.html", "gallery.html", "The charts", groups=grouped(self.drawn), undrawn=self.undrawn
        )
        text = pages.as_html(pages.codebook_page.codebook_html(self.ds))
        risky = sum(risky_cells(self.ds[name]) for name in self.ds.tables)
        self._page(
            "codebook.html",
            "codebook.html",
            "Codebook",
            text=text,
            risky=f"{risky:,}" if risky else "",
            whole=[(page_of(name), self.ds.schema[name].title) for name in self.site.addresses.tables],
        )
        self._page("cite.html", "cite.html", "How to cite", **pages.citation(self.ds))
        self._page(
            "index.html", "index.html", self.site.title, findings=[c for c in self.drawn if c["sentence"]],
            charts=self.drawn, notebooks=self.notebooks,
            limits=[*self.ds.schema.descriptor.get("limits", ()), *LIMITS], tables=len(own_tables(self.ds)),
            sources=f"{len(self.ds.sources):,}", metadata=pages.as_html(json_ld(self.ds)),
        )  # fmt: skip
        self._search()

    def _data(self) -> None:
        try:
            self.ds.to_folder(self.draft / "data")
        except DataError as error:  # it names files of the draft
            raise DataError(
                [replace(one, file=f"data/{Path(one.file).name}") for one in error.problems]
            ) from None

    def _evidence(self) -> None:
        """The pages on which every row of the tables stands."""
        evidence = Evidence(self.ds, self.words)
        places = Places(self.ds, self.words, evidence)
        self._page("places.html", "places.html", "Places", **places.index())
        for name, heading, content in places.pages():
            self._quiet_page(name, "place.html", heading, here="places.html", **content)
        self._tell("place pages")
        self._page("documents.html", "documents.html", "Documents", **evidence.documents())
        self._page("targets.html", "targets.html", "Targets", **evidence.targets())
        self._page("organisations.html", "organisations.html", "Organisations", **evidence.organisations())
        self._page("sources.html", "sources.html", "The sources", **sources(self.ds, self.words))
        for name in self.site.addresses.tables:
            self._table(name)
        self._tell("tables")

    def _table(self, name: str) -> None:
        """A table that has no page of its own kind, with every row."""
        table = self.ds.schema[name]
        self._quiet_page(
            page_of(name), "table.html", table.title, here="codebook.html", description=table.description,
            count=f"{len(self.ds[name]):,}", anchor=slug(name), file=file_name(table.path, "csv"),
            table=self.words.table(name),
        )  # fmt: skip

    def _notebooks(self) -> None:
        drawn = {chart["alt"]: chart for chart in self.drawn}
        for place, notebook in enumerate(self.notebooks):
            around = {"before": place - 1, "after": place + 1}
            near = {
                name: self.notebooks[i] if 0 <= i < len(self.notebooks) else None
                for name, i in around.items()
            }
            cells, sections, pictures = notebook.cells(drawn)
            (self.draft / "notebooks").mkdir(exist_ok=True)
            shutil.copyfile(notebook.path, self.draft / "notebooks" / notebook.path.name)
            for name, content in pictures.items():
                (self.draft / name).write_bytes(content)
            self._page(
                notebook.page, "notebook.html", notebook.heading, here="notebooks.html", cells=pages.as_html(cells),
                sections=sections, file=notebook.path.name, **near,
            )  # fmt: skip
            texts = notebook.texts()
            self.found.add("notebook", notebook.heading, notebook.page, texts[""])
            for name, words in sections:
                title = f"{notebook.heading} {words}"
                self.found.add("notebook", title, f"{notebook.page}#{name}", texts.get(name, ""))
        if self.notebooks:
            self._page("notebooks.html", "notebooks.html", "The notebooks", notebooks=self.notebooks)

    def _reference(self) -> None:
        """The library's own names, on a page for each question."""
        first, *others = reference_pages(self.ds).items()
        for name, page in others:
            text = pages.as_html(page.body)
            self._quiet_page(name, "reference.html", page.heading, here=first[0], text=text)
        for name, address, words in reference_entries():
            self.found.add("function", name, address, words)
        self._page(first[0], "reference.html", first[1].heading, text=pages.as_html(first[1].body))

    def _search(self) -> None:
        for chart in self.drawn:
            told = f"{chart['question']} {chart['alt']} {chart['notes']}"
            self.found.add("chart", chart["title"], f"gallery.html#{chart['name']}", told)
        self.found.add_columns(self.words)
        self._text("assets/search-index.js", self.found.script())
        self._page("search.html", "search.html", "Search")

    def _tell(self, what: str) -> None:
        self.done += 1
        self.progress(f"[{self.done}/{self.steps}] {what}")

    def _text(self, name: str, content: str) -> None:
        (self.draft / name).write_text(content, encoding="utf-8", newline="\n")

    def _page(self, name: str, template: str, heading: str, **content: Any) -> None:
        self._quiet_page(name, template, heading, **content)
        self._tell(name)

    def _quiet_page(self, name: str, template: str, heading: str, **content: Any) -> None:
        (self.draft / name).parent.mkdir(exist_ok=True)
        self._text(name, self.site.page(name, template, heading, **content))

    def _assets(self) -> None:
        (self.draft / "assets").mkdir()
        self._text("assets/style.css", self.site.style())
        for file in [*sorted(FONTS.glob("*.woff2")), FONTS / "OFL.txt", pages.TEMPLATES / "search.js"]:
            shutil.copyfile(file, self.draft / "assets" / file.name)
        for style, name in (("bibtex", "sources.bib"), ("csl-json", "sources.json")):
            self._text(name, cite(self.ds, self.ds.sources.source_id, style=style) + "\n")

    def _chart(self, chart: Chart, result: dict[str, Any] | str) -> None:
        """One that can't be drawn from these tables is left out, with the reason."""
        if isinstance(result, str):
            self.undrawn.append((chart, f"{result.rstrip('.')}."))
            self._tell(f"charts/{chart.name}: not drawn, {result}")
            return
        answer = self.answers.get(chart.topic, "")
        self.drawn.append({**result, "notebook": self._notebook(chart), "sentence": answer})
        self._tell(f"charts/{chart.name}")

    def _notebook(self, chart: Chart) -> Notebook | None:
        return next((book for book in self.notebooks if book.page.startswith(chart.notebook)), None)
