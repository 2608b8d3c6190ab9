"""The README of a bundle: what the table is, how it was made, what its columns mean, how to cite and check it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from ..measures.citing import cite_dataset
from ..measures.wording import day_in_words
from ..tables.dataset import Dataset
from .columns import UNDESCRIBED, documented, name_of
from .markdown import code, plain
from .workbook import RUNS

UNREADABLE = (
    "What it says of its result could not be read: Python ran without documentation, and no source is there."
)


def readme(
    ds: Dataset,
    frame: pd.DataFrame,
    about: dict[str, Any],
    how: str | Callable[..., Any] | None,
    alt: str | None,
    sums: str,
) -> str:
    """The text; `about` is the bundle's descriptor, `alt` the words for its chart, `sums` its list of checksums."""
    return "\n".join(_lines(ds, frame, about, how, alt, sums)) + "\n"


def _lines(
    ds: Dataset,
    frame: pd.DataFrame,
    about: dict[str, Any],
    how: str | Callable[..., Any] | None,
    alt: str | None,
    sums: str,
) -> Iterator[str]:
    name, fields = about["name"], about["resources"][0]["schema"]["fields"]
    yield f"# {plain(about['title'])}\n"
    yield f"{plain(about['description'])} `{name}.csv` has {len(frame):,} rows and {len(fields)} columns.\n"
    if alt is not None:
        yield f"![{plain(alt)}]({name}.png)\n"
    if how is not None:
        yield f"## How it was made\n\n{how if isinstance(how, str) else _made(how)}\n"
    if dollars := _dollars(frame):
        yield f"## Dollars\n\n{dollars}\n"
    yield "## Columns\n"
    for field in fields:
        unit = f", {plain(field['unit'])}" if field.get("unit") else ""
        said = "" if field["description"] == UNDESCRIBED else f" {plain(field['description'], names=True)}"
        yield f"- {code(field['name'])} ({field['type']}{unit}): {plain(field['title'])}.{said}"
    yield "\n## Reading the file\n"
    yield "UTF-8, commas, one header line. An empty cell is unknown or does not apply; it is never zero."
    yield f"{_warning(risky_cells(frame))}\n"
    yield "## Citing\n"
    yield f"{plain(cite_dataset(ds))}. The sources of the rows are in `CITATION.txt` and `CITATION.bib`.\n"
    yield "## Checking\n"
    yield f"`sha256sum -c {sums}` says whether every file is as it was written."


def _made(how: Callable[..., Any]) -> str:
    said = documented(how)
    if said is None:
        return f"By {name_of(how)}. {UNREADABLE}"
    return f"By {name_of(how)}:\n\n```text\n{said.replace('```', chr(39) * 3)}\n```"


def _dollars(frame: pd.DataFrame) -> str:
    """At which rates, as far as the table says."""
    if "rate_date" not in frame or not frame["rate_date"].notna().any():
        return ""
    days = sorted(frame["rate_date"].dropna().astype(str).unique())
    words = [day_in_words(day[:10]) for day in (days[0], days[-1])]
    basis = []
    if "rate_basis" in frame:
        basis = list(frame["rate_basis"][frame["rate_date"].notna()].dropna().unique())
    said = f" ({'; '.join(map(str, basis))})" if 0 < len(basis) <= 3 else ""
    if len(days) == 1:
        return f"All dollar amounts are derived at the rate of {words[0]}{plain(said)}."
    return f"Each row has a rate of its own, from {words[0]} to {words[1]}: see `rate_date`{plain(said)}."


def risky_cells(frame: pd.DataFrame) -> int:
    """How many cells a spreadsheet program might take for formulas."""
    texts = [frame[c].dropna().astype(str) for c in frame if frame[c].dtype.kind not in "biufM"]
    return sum(int(column.str.match(RUNS.pattern).sum()) for column in texts)


def _warning(risky: int) -> str:
    if not risky:
        return "No cell begins with a sign that spreadsheet programs take for a formula."
    return (
        f"**{risky:,} cells begin with a sign that spreadsheet programs take for a formula.** The text is as in the "
        "source. Don't open the file by a double click: import it, with all columns as text."
    )
