"""One table, or one chart with its table, as a folder or archive that stands on its own."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..measures.citing import cite, cite_dataset
from ..measures.sources_used import sources_used
from ..measures.wording import day_in_words
from ..tables.dataset import Dataset
from ..tables.descriptor import contributors
from ..tables.files import given_path, replace_file, replace_folder
from ..tables.marks import DESCRIPTOR, MARK, digest, listing, write_listing
from ..tables.needs import expects
from ..tables.writing import write_csv, write_json
from .archive import SteadyZip
from .columns import fields_of, flat
from .readme import readme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHECKSUMS = "SHA256SUMS"
KIND = listing("a bundle", CHECKSUMS, DESCRIPTOR, f'"generator": "{MARK}"')
NAME = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
MEDIA = {"png": "image/png", "svg": "image/svg+xml"}


def bundle(
    table: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    ds: Dataset,
    name: str,
    title: str | None = None,
    chart: Axes | Figure | None = None,
    how: str | Callable[..., Any] | None = None,
    cited: Any = None,
    overwrite: bool = False,
) -> Path:
    """Put a table, and the chart drawn from it, into a folder (or .zip) that can be sent, cited and checked.

    It holds NAME.csv, its schema in datapackage.json (valid by the Data Package standard), NAME.png and NAME.svg if
    there is a chart, README.md, CITATION.txt and CITATION.bib with the sources of the rows, and SHA256SUMS.
    The same table and chart give the same bytes.

    Parameters
    ----------
    table : what a measure gave, or a table of the dataset.
    path : the folder; an archive if it ends in .zip.
    ds : the dataset that it was made from.
    name : for the files: lower-case letters, digits, and - . _ between them.
    title : for the README; the name by default.
    chart : the axes or figure drawn from the table.
    how : how the table was made, in words, or the measure itself: then the README explains its columns.
    cited : what `cite` takes, for a table whose columns don't lead to sources (counts, say): the rows behind it.
    overwrite : replace a bundle that is there and was not changed since it was written; nothing else is replaced.

    Raises
    ------
    FileExistsError
        If the path is there and `overwrite` isn't set.
    ValueError
        If the table leads to no sources and `cited` isn't given, if a column can't be written, or for a bad name.

    Notes
    -----
    The CSV holds text as it is: a changed cell would be a wrong one. The README counts the cells that a spreadsheet
    program might take for formulas, and says how to open the file safely; `export` writes workbooks where none runs.

    Examples
    --------
    >>> import metaverse_analysis as ma, tempfile
    >>> ds = ma.load()
    >>> targets = ma.market_targets(ds, year=2025, rate_on="2024-01-19")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = ma.bundle(targets, folder + "/out", ds=ds, name="targets-2025", how=ma.market_targets)
    ...     print(sorted(file.name for file in made.iterdir()))
    ['CITATION.bib', 'CITATION.txt', 'README.md', 'SHA256SUMS', 'datapackage.json', 'targets-2025.csv']
    """
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ValueError(
            f"a name is lower-case letters and digits with - . _ between, such as targets-2025, not {name!r}"
        )
    expects(ds, Dataset, given_by="load", taker="bundle")
    _refuse_other_things(chart, how)
    frame = flat(table)
    pages = _sources(ds, frame if cited is None else cited)
    title = title or name.replace("-", " ").replace("_", " ").capitalize()
    with _folder_for(path, name, overwrite) as draft:
        write_csv(frame, draft / f"{name}.csv", name)
        drawn = [] if chart is None else _draw(chart, draft, name)
        about = _descriptor(ds, frame, name, title, drawn, pages, how)
        write_json(about, draft / DESCRIPTOR)
        _write(draft / "CITATION.txt", f"{cite_dataset(ds)}\n\nSources of this table:\n\n{cite(ds, pages)}\n")
        _write(
            draft / "CITATION.bib", f"{cite_dataset(ds, style='bibtex')}\n{cite(ds, pages, style='bibtex')}"
        )
        _write(draft / "README.md", readme(ds, frame, about, how, _alt(chart), CHECKSUMS))
        write_listing(draft, CHECKSUMS)
    return Path(path)


@contextmanager
def _folder_for(path: str | os.PathLike[str], name: str, overwrite: bool) -> Iterator[Path]:
    if given_path(path).suffix.lower() != ".zip":
        with replace_folder(path, KIND, overwrite=overwrite) as draft:
            yield draft
        return
    with (
        replace_file(path, ours=_is_bundle, overwrite=overwrite) as draft,
        SteadyZip(draft, "x") as archive,  # now, so that a place where nothing can be written is told
        TemporaryDirectory() as folder,
    ):
        yield Path(folder)
        for file in sorted(Path(folder).iterdir()):
            archive.write(file, f"{name}/{file.name}")


def _is_bundle(path: Path) -> bool:
    """Whether an archive is a bundle, and holds nothing else."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            folder = names[0].partition("/")[0] + "/"
            sums = KIND.sums(lambda name: archive.read(folder + name)) or {}
            return {folder + name for name in sums} == set(names) and all(
                digest(archive.read(folder + name)) == sha for name, sha in sums.items()
            )
    except (OSError, LookupError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return False


def _refuse_other_things(chart: Any, how: Any) -> None:
    if not (how is None or isinstance(how, str) or callable(how)):
        raise ValueError(f"how is words, or the function that made the table, not {type(how).__name__}")
    if chart is not None and not hasattr(chart, "get_figure"):  # without matplotlib, which may not be loaded
        raise ValueError(
            f"chart is what a chart function gives, axes or a figure, not {type(chart).__name__}"
        )


def _sources(ds: Dataset, rows: Any) -> list[str]:
    try:
        return list(sources_used(ds, rows).unique())
    except ValueError as error:
        raise ValueError(f"{error}. Pass cited= the rows or ids behind the table") from None


def _draw(chart: Axes | Figure, draft: Path, name: str) -> list[str]:
    from ..charts.showing import save

    for ending in MEDIA:
        save(chart, draft / f"{name}.{ending}")
    return list(MEDIA)


def _alt(chart: Axes | Figure | None) -> str | None:
    if chart is None:
        return None
    from ..charts.footers import alt_text

    return alt_text(chart)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _descriptor(
    ds: Dataset,
    frame: pd.DataFrame,
    name: str,
    title: str,
    drawn: list[str],
    pages: list[str],
    how: str | Callable[..., Any] | None,
) -> dict[str, Any]:
    origin = ds.schema.descriptor
    key = frame.columns[0]
    is_key = (
        key in {t.key for t in ds.schema.tables.values()}
        and frame[key].notna().all()
        and frame[key].is_unique
    )
    schema = {"fields": fields_of(ds, frame, how), "missingValues": [""]} | (
        {"primaryKey": [key]} if is_key else {}
    )
    resource = {
        "name": name, "path": f"{name}.csv", "title": title, "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    }  # fmt: skip
    pictures = [
        {"name": f"{name}-{ending}", "path": f"{name}.{ending}", "format": ending, "mediatype": MEDIA[ending]}
        for ending in drawn
    ]
    cited = ds.sources.set_index("source_id").loc[pages]
    legal = [one for one in origin.get("licenses", ()) if one.get("name") or one.get("path")]
    described = {"licenses": legal, "contributors": contributors(origin)}
    return {
        "name": name,
        "title": title,
        "generator": MARK,
        "description": f"From the data set “{origin.get('title') or 'tables'}”, {_state(ds)}.",
        **{part: said for part, said in described.items() if said},
        "sources": [{"title": t, "path": u} for t, u in zip(cited.title, cited.url, strict=True)],
        "resources": [resource, *pictures],
    }


def _state(ds: Dataset) -> str:
    """Of which day the data are."""
    if ds.known_on is not None:
        return f"as known on {day_in_words(f'{ds.known_on:%Y-%m-%d}')}"
    read = ds.sources.accessed.max()
    return (
        "whose sources have no date"
        if pd.isna(read)
        else f"sources read until {day_in_words(f'{read:%Y-%m-%d}')}"
    )
