"""Citations: the sources behind an id, several ids or the table of a chart, as text, BibTeX or CSL-JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.descriptor import licences, people
from ..tables.needs import expects, is_one_of
from .grades import ESTABLISHED, SOURCES, source_strength
from .ids import unknown_id
from .sources_used import sources_used
from .wording import copy_in_words, day_in_words

STYLES = ("text", "bibtex", "csl-json")
SHOWN = 16  # digits of a checksum: no two data sets share them by chance
LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#",
    "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
IN_ADDRESS = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", "<": "%3C", ">": "%3E", '"': "%22"}
# BibTeX takes keys that differ in capitals only for one.
LEGAL_KEY = re.compile(r"[a-z0-9][a-z0-9.:_+-]*", re.ASCII)


def cite(ds: Dataset, ids: Any, style: str = "text") -> str:
    """The sources behind ids or a table, ready for a list of references.

    Parameters
    ----------
    ds : the tables.
    ids : one id, a list or Series of ids, or a DataFrame such as a chart's table. An id may be of a source or of
        any row that names sources (a target, a document, an outcome ...); of a body and a document also its name. In a
        DataFrame, or a row of one, the columns (and the index) that hold sources, or keys of tables whose rows name
        sources, are followed. Or a Profile, a Comparison or a Total: all pages behind it.
    style : "text", one line each; "bibtex", @online entries for biblatex; "csl-json", for Zotero, pandoc and others.

    Returns
    -------
    Text. Each source once, in the order of its first use. The key of an entry is the source's id.

    Raises
    ------
    ValueError
        For an unknown style or id (with the nearest ids), an id whose row names no sources, or a table without
        any column to follow.

    Notes
    -----
    A copy is cited as its original's outlet, with the site where it was read in a note.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> print(ma.cite(ma.load(), "theregister-2024-01-23-wg").split(". ")[0])
    The Register
    >>> print(ma.cite(ma.load(), "theregister-2024-01-23-wg", style="bibtex").splitlines()[0])
    @online{theregister-2024-01-23-wg,
    """
    expects(ds, Dataset, given_by="load", taker="cite")
    if not is_one_of(style, STYLES):
        raise ValueError(f"style is one of {', '.join(STYLES)}, not {style!r}")
    records = _records(ds, pd.unique(sources_used(ds, ids)))
    if style == "csl-json":
        return _json([_csl(record) for record in records])
    entry = _text if style == "text" else _bibtex
    return "\n".join(entry(record) for record in records)


def source_line(ds: Dataset, table: Any, *, most: int = 4) -> str:
    """A short line of sources for a chart's footer: the outlets that carry most of the rows, and how many more pages.

    Parameters
    ----------
    ds : the tables.
    table : what `cite` takes: a chart's table, or ids.
    most : how many outlets are named. Established ones come first, then those with more rows.

    Returns
    -------
    Text, such as "Sources: Sichuan Daily, The Register and 81 other pages"; `cite` lists all.

    Raises
    ------
    ValueError
        As for `cite`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ma.source_line(ma.load(), "theregister-2024-01-23-wg")
    'Source: The Register'
    """
    expects(ds, Dataset, given_by="load", taker="source_line")
    if not isinstance(most, int) or most < 1:
        raise ValueError(f"most is how many outlets are named, 1 or more, not {most!r}")
    used = sources_used(ds, table)
    if not len(used):
        return "No sources"
    pages = used.nunique()
    strength = source_strength(ds)
    unknown = used[~used.isin(strength.index)]
    if len(unknown):
        raise unknown_id(ds, unknown.iloc[0], [SOURCES])
    worth = strength.loc[used].reset_index()
    rank = worth.groupby("outlet", sort=False).agg(strength=("full", "max"), rows=("full", "size"))
    rank["strength"] = rank["strength"].clip(upper=ESTABLISHED)
    outlets = list(rank.sort_values(["strength", "rows"], ascending=False, kind="stable").index)
    if len(outlets) <= most:
        counted = f" ({pages} pages)" if pages > len(outlets) else ""
        return f"Source{'s' if pages > 1 else ''}: {', '.join(outlets)}{counted}"
    others = pages - worth.loc[worth["outlet"].isin(outlets[:most]), "source_id"].nunique()
    said = f"{', '.join(outlets[:most])} and {others} other page{'s' if others > 1 else ''}"
    return f"Source{'s' if most > 1 else ''}: {said}"


def cite_dataset(ds: Dataset, style: str = "text") -> str:
    """How to cite the tables themselves, so that others can get the very same ones.

    Parameters
    ----------
    ds : the tables.
    style : "text", "bibtex" (@dataset, for biblatex) or "csl-json", as for `cite`.

    Returns
    -------
    Text: one entry. It has the contributors, the title, the version that the data package states, the day of the newest
    page read, the day of `as_of`, the licence, and the first sixteen digits of `ds.checksum`, the SHA-256 of all cells.

    Raises
    ------
    ValueError
        For an unknown style.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> ma.cite_dataset(ds).endswith(f"CC-BY-4.0; SHA-256 {ds.checksum[:16]}...")
    True
    """
    expects(ds, Dataset, given_by="load", taker="cite_dataset")
    if not is_one_of(style, STYLES):
        raise ValueError(f"style is one of {', '.join(STYLES)}, not {style!r}")
    about, read = ds.schema.descriptor, ds.sources["accessed"].max()
    name, title = about.get("name") or "tables", about.get("title") or "Tables"
    authors = people(about)
    day = None if pd.isna(read) else f"{read:%Y-%m-%d}"
    version = str(about.get("version") or "")
    notes = ["Data set", f"sources read until {day_in_words(day)}" if day else ""]
    notes += [] if ds.known_on is None else [f"as known on {day_in_words(f'{ds.known_on:%Y-%m-%d}')}"]
    notes += [*(licence["name"] for licence in licences(about)), f"SHA-256 {ds.checksum[:SHOWN]}..."]
    note = "; ".join(filter(None, notes))
    if style == "text":
        told = [", ".join(authors) or "Anonymous", title, f"Version {version}" * bool(version), note]
        return ". ".join(filter(None, told))
    if style == "csl-json":
        names = [{"literal": person} for person in authors]
        item = {"id": name, "type": "dataset", "title": title, "author": names, "note": note}
        item |= {"version": version} if version else {}
        return _json([item | ({"issued": _date_parts(day)} if day else {})])
    writers = " and ".join("{" + _latex(person) + "}" for person in authors)
    fields = {
        "title": "{" + _latex(title) + "}", "author": writers, "date": day, "version": _latex(version) or None,
        "note": _latex(note),
    }  # fmt: skip
    return _entry("dataset", _key(name), fields)


def _records(ds: Dataset, ids: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of sources as plain values, in the order of the ids; missing values are None."""
    sources = ds.sources.set_index("source_id", drop=False)
    unknown = [id for id in ids if id not in sources.index]
    if unknown:
        raise unknown_id(ds, unknown[0], [SOURCES])
    rows = sources.loc[list(ids)].astype(object)
    rows["accessed"] = sources["accessed"].loc[list(ids)].dt.strftime("%Y-%m-%d")
    rows["language_name"] = ds.schema.labels(SOURCES, "language", rows["language"])
    rows = rows.astype(object).where(rows.notna(), None)  # a column of text would keep NaN
    return [
        dict(zip(rows.columns, values, strict=True)) for values in rows.itertuples(index=False, name=None)
    ]


def _plain(text: Any) -> str:
    """One line, without control characters."""
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f]", " ", str(text))).strip()


def _address(url: Any) -> str | None:
    """An address as it can stand in a list; characters that end a field or a line are encoded."""
    return None if url is None else "".join(IN_ADDRESS.get(letter, letter) for letter in _plain(url))


def _remarks(source: Mapping[str, Any]) -> list[str]:
    """Where a copy was read, and whose text a page carries."""
    said = []
    if source["is_copy"] and source["host"]:
        said.append(copy_in_words(*(_plain(source[name] or "") for name in ("publisher", "host"))))
    if source["text_origin"] and source["text_origin"] != source["publisher"]:
        said.append(f"text of {_plain(source['text_origin'])}")
    return said


def _text(source: Mapping[str, Any]) -> str:
    title = f'"{_plain(source["title"])}"' if source["title"] else None
    date = day_in_words(source["published"]) if source["published"] else "No date"
    parts = [
        _plain(source["publisher"] or source["host"] or source["source_id"]),
        title,
        date,
        _address(source["url"]),
    ]
    notes = _remarks(source)
    if source["language_name"] and source["language"] != "en":
        notes.insert(0, f"in {source['language_name']}")
    if source["accessed"]:
        notes.append(f"read {day_in_words(source['accessed'])}")
    end = f" ({'; '.join(notes)})" if notes else ""
    return ". ".join(part for part in parts if part) + end


def _latex(text: str) -> str:
    return "".join(LATEX.get(letter, letter) for letter in _plain(text))


def _key(id: str) -> str:
    """A legal BibTeX key: the id itself, or its legal letters and a few digits that tell it from its like."""
    if LEGAL_KEY.fullmatch(id):
        return id
    letters = re.sub(r"[^a-z0-9.:_+-]+", "-", id.lower()).strip("-")
    return f"id-{letters}-{hashlib.sha256(id.encode()).hexdigest()[:8]}"


def _entry(kind: str, key: str, fields: Mapping[str, str | None]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _bibtex(source: Mapping[str, Any]) -> str:
    language = source["language_name"]
    fields = {
        "title": "{" + _latex(source["title"]) + "}" if source["title"] else None,
        "organization": "{" + _latex(source["publisher"]) + "}" if source["publisher"] else None,
        "date": source["published"],
        "url": _address(source["url"]),
        "urldate": source["accessed"],
        "language": _latex(language.lower()) if language else None,
        "note": _latex("; ".join(_remarks(source))) or None,
    }
    return _entry("online", _key(source["source_id"]), fields)


def _json(items: list[dict[str, Any]]) -> str:
    """A JSON list with one item per line."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"[\n{lines}\n]" if items else "[]"


def _date_parts(date: str) -> dict[str, list[list[int]]]:
    """A date of CSL: as many parts as are known."""
    return {"date-parts": [[int(part) for part in date.split("-")]]}


def _csl(source: Mapping[str, Any]) -> dict[str, Any]:
    item = {
        "id": source["source_id"],
        "type": "webpage",
        "title": _plain(source["title"]) if source["title"] else None,
        "publisher": _plain(source["publisher"]) if source["publisher"] else None,
        "container-title": _plain(source["host"]) if source["host"] else None,
        "issued": _date_parts(source["published"]) if source["published"] else None,
        "accessed": _date_parts(source["accessed"]) if source["accessed"] else None,
        "URL": _address(source["url"]),
        "language": source["language"],
        "note": "; ".join(_remarks(source)) or None,
    }
    return {name: value for name, value in item.items() if value is not None}
