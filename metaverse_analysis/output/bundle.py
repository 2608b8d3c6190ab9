"""One table, or one chart with its table, as a folder or archive that stands on its own."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import getdoc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..measures.citing import cite, cite_dataset, sources_used
from ..measures.wording import day_in_words
from ..tables.dataset import Dataset
from ..tables.files import replace_file, replace_folder
from ..tables.marks import DESCRIPTOR, MARK, digest, listing, write_listing
from ..tables.schema import Field
from ..tables.writing import write_csv, write_json
from .archive import SteadyZip
from .workbook import RUNS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHECKSUMS = "SHA256SUMS"
KIND = listing("a bundle", CHECKSUMS, DESCRIPTOR, f'"generator": "{MARK}"')
NAME = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
UNITS = {"_cny_bn": "billion CNY", "_usd_bn": "billion USD", "_pct": "percent", "_days": "days"}
TYPES = {"b": "boolean", "i": "integer", "u": "integer", "f": "number", "M": "date"}
MADE = "Made by the analysis; see README.md."
MEDIA = {"png": "image/png", "svg": "image/svg+xml"}
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)  # a heading of a docstring


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
    frame = _flat(table)
    pages = _sources(ds, frame if cited is None else cited)
    title = title or name.replace("-", " ").replace("_", " ").capitalize()
    with _folder_for(path, name, overwrite) as draft:
        write_csv(frame, draft / f"{name}.csv", name)
        drawn = [] if chart is None else _draw(chart, draft, name)
        about = _descriptor(ds, frame, name, title, drawn, pages, _documented(how))
        write_json(about, draft / DESCRIPTOR)
        _write(draft / "CITATION.txt", f"{cite_dataset(ds)}\n\nSources of this table:\n\n{cite(ds, pages)}\n")
        _write(
            draft / "CITATION.bib", f"{cite_dataset(ds, style='bibtex')}\n{cite(ds, pages, style='bibtex')}"
        )
        _write(draft / "README.md", "\n".join(_readme(ds, frame, about, how, chart)) + "\n")
        write_listing(draft, CHECKSUMS)
    return Path(path)


@contextmanager
def _folder_for(path: str | os.PathLike[str], name: str, overwrite: bool) -> Iterator[Path]:
    if Path(path).suffix.lower() != ".zip":
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


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a named index as columns, and names that are text and differ."""
    if not isinstance(table, pd.DataFrame) or not table.shape[1]:
        raise ValueError("a table with columns is needed, such as a measure gives")
    frame = table.reset_index(drop=table.index.names == [None])
    if (
        frame.columns.nlevels > 1
        or not all(isinstance(c, str) and c for c in frame)
        or frame.columns.has_duplicates
    ):
        raise ValueError(f"the columns need names that are text and differ, not {list(frame.columns)[:8]}")
    for column in frame.select_dtypes("number"):
        if np.isinf(frame[column].astype("float64")).any():
            raise ValueError(f"{column} holds infinity, which a table can't state")
    return frame


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


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _descriptor(
    ds: Dataset, frame: pd.DataFrame, name: str, title: str, drawn: list[str], pages: list[str], said: str
) -> dict[str, Any]:
    origin = ds.schema.descriptor
    key = frame.columns[0]
    is_key = (
        key in {t.key for t in ds.schema.tables.values()}
        and frame[key].notna().all()
        and frame[key].is_unique
    )
    schema = {"fields": _fields(ds, frame, said), "missingValues": [""]} | (
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
    described = {key: origin[key] for key in ("licenses", "contributors") if key in origin}
    return {
        "name": name,
        "title": title,
        "generator": MARK,
        "description": f"From the data set “{origin.get('title', 'tables')}”, {_state(ds)}.",
        **described,
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


def _fields(ds: Dataset, frame: pd.DataFrame, said: str) -> list[dict[str, Any]]:
    """Each column with what the schema says of it, if it says one thing only; else what the measure says of it."""
    fields = []
    for column in map(str, frame):
        meaning = _meaning(ds, column, frame.columns)
        own = MADE if meaning else _item(said, column)
        fields.append(_field(frame[column], meaning, own))
    return fields


def _item(said: str, column: str) -> str:
    """The item of a list in the documentation that names a column."""
    items = (" ".join(item.split()) for item in re.split(r"\n\s*- |\n\n", said)[1:])
    return next((item for item in items if re.search(rf"\b{re.escape(column)}\b", item)), MADE)


def _meaning(ds: Dataset, column: str, among: pd.Index) -> Field | None:
    """The column of the dataset that this is: of a table whose key is here, or one of which all tables say the same."""
    tables = [table for table in ds.schema.tables.values() if column in table.fields]
    keyed = [table for table in tables if table.key in among]
    if keyed:
        return max(keyed, key=lambda table: len(among.intersection(list(table.fields)))).fields[column]
    meanings = {table.fields[column].description: table.fields[column] for table in tables}
    return next(iter(meanings.values())) if len(meanings) == 1 else None


def _field(column: pd.Series, meaning: Field | None, own: str) -> dict[str, Any]:
    name = str(column.name)
    field: dict[str, Any] = {"name": name, "type": TYPES.get(column.dtype.kind, "string")}
    unit = next((unit for end, unit in UNITS.items() if name.endswith(end)), None)
    if meaning is None:
        end = next((end for end in UNITS if name.endswith(end)), "")
        field["title"] = name.removesuffix(end).replace("_", " ").capitalize()
        field["description"] = own
    else:
        field |= {"title": meaning.title, "description": meaning.description}
        unit = meaning.unit or unit
    if unit:
        field["unit"] = unit
    if isinstance(column.dtype, pd.CategoricalDtype) and len(column.cat.categories):
        codes = [str(code) for code in column.cat.categories]
        field["constraints"] = {"enum": codes}
        if meaning is not None and meaning.codes:
            field["codes"] = {code: dict(meaning.codes[code]) for code in codes if code in meaning.codes}
    return field


def _readme(
    ds: Dataset, frame: pd.DataFrame, about: dict[str, Any], how: str | Callable[..., Any] | None, chart: Any
) -> Iterator[str]:
    name, fields = about["name"], about["resources"][0]["schema"]["fields"]
    yield f"# {about['title']}\n"
    yield f"{about['description']} `{name}.csv` has {len(frame):,} rows and {len(fields)} columns.\n"
    if chart is not None:
        from ..charts.footers import alt_text

        yield f"![{alt_text(chart)}]({name}.png)\n"
    if how is not None:
        yield f"## How it was made\n\n{_made(how)}\n"
    if dollars := _dollars(frame):
        yield f"## Dollars\n\n{dollars}\n"
    yield "## Columns\n"
    for field in fields:
        unit = f", {field['unit']}" if field.get("unit") else ""
        said = "" if _meaning(ds, field["name"], frame.columns) is None else f" {field['description']}"
        yield f"- `{field['name']}` ({field['type']}{unit}): {field['title']}.{said}"
    yield "\n## Reading the file\n"
    yield "UTF-8, commas, one header line. An empty cell is unknown or does not apply; it is never zero."
    yield f"{_warning(frame)}\n"
    yield "## Citing\n"
    yield f"{cite_dataset(ds)}. The sources of the rows are in `CITATION.txt` and `CITATION.bib`.\n"
    yield "## Checking\n"
    yield f"`sha256sum -c {CHECKSUMS}` says whether every file is as it was written."


def _made(how: str | Callable[..., Any]) -> str:
    if isinstance(how, str):
        return how
    return f"By `{how.__name__}` of metaverse_analysis:\n\n```text\n{_documented(how)}\n```"


def _documented(how: str | Callable[..., Any] | None) -> str:
    """What a measure's documentation says of its result."""
    parts = SECTION.split(getdoc(how) or "") if callable(how) else [""]
    sections = zip(parts[1::2], parts[2::2], strict=True)
    kept = [
        f"{name}\n\n{text.strip()}"
        for name, text in sections
        if name not in ("Parameters", "Raises", "Examples")
    ]
    return "\n\n".join([parts[0].strip(), *kept])


def _dollars(frame: pd.DataFrame) -> str:
    """At which rates, as far as the table says."""
    if "rate_date" not in frame or not frame.rate_date.notna().any():
        return ""
    days = sorted(frame.rate_date.dropna().astype(str).unique())
    words = [day_in_words(day[:10]) for day in (days[0], days[-1])]
    basis = (
        [] if "rate_basis" not in frame else list(frame.rate_basis[frame.rate_date.notna()].dropna().unique())
    )
    said = f" ({'; '.join(map(str, basis))})" if 0 < len(basis) <= 3 else ""
    if len(days) == 1:
        return f"All dollar amounts are derived at the rate of {words[0]}{said}."
    return f"Each row has a rate of its own, from {words[0]} to {words[1]}: see `rate_date`{said}."


def _warning(frame: pd.DataFrame) -> str:
    texts = [frame[c].dropna().astype(str) for c in frame if frame[c].dtype.kind not in "biufM"]
    risky = sum(int(column.str.match(RUNS.pattern).sum()) for column in texts)
    if not risky:
        return "No cell begins with a sign that spreadsheet programs take for a formula."
    return (
        f"**{risky:,} cells begin with a sign that spreadsheet programs take for a formula.** The text is as in the "
        "source. Don't open the file by a double click: import it, with all columns as text."
    )
