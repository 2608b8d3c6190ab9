"""Where the rows of a table have the words of a query, and what each row is about: its place, document and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_dates
from ..tables.lookup import positions, taken
from .search_names import REMARKS, Query, Words, word_columns

ABOUT = ("place_id", "document_id", "date")
# Where words may stand, the most telling first: in the row's own words, in a short term or the label of a code, in a
# part of it (an instrument of a document), in the name of the place or organisation that it refers to, in a remark, in
# what a code means.
KINDS = ("words", "term", "part", "name", "remark", "meaning")
CARRYING = ("words", "term", "part", "name")  # the row itself speaks of it
_LEAST = 1e-6  # what a kind tells more than the next: less than any phrase
WITH_REMARKS = (*CARRYING, "remark")


@dataclass(frozen=True)
class Looked:
    """A column in which the words of a query were looked for."""

    name: str
    kind: str
    hits: Any  # truth values, phrases x rows
    texts: pd.Series  # what the column says
    at: np.ndarray | None = None  # per row, the position of its text; without it there is one text per row
    codes: pd.Series | None = None  # per text, the code or id that it explains

    def said(self, rows: np.ndarray) -> tuple[Any, Any]:
        """The texts of some rows, and the codes that they explain (missing for the row's own words)."""
        at = rows if self.at is None else self.at[rows]
        nothing = pd.Series(None, index=range(len(rows)), dtype="str").array
        return taken(self.texts, at), nothing if self.codes is None else taken(self.codes, at)


class Abouts(dict[str, pd.DataFrame]):
    """Per table the place_id, document_id and date of each row, worked out when asked for; missing: there is none.

    The date is the row's own, of a document the one that all measures take. What a row doesn't have itself, it takes
    from the row that it hangs on: an instrument the place and the date of its document.
    """

    def __init__(self, ds: Dataset):
        self._ds = ds
        self.tables = ds.tables

    def __missing__(self, table: str) -> pd.DataFrame:
        frame = self._ds[table].reset_index(drop=True)
        own = {name: frame[name] for name in ABOUT[:2] if name in frame} | _own_date(self._ds, table, frame)
        about = self[table] = pd.DataFrame(None, frame.index, ABOUT, dtype="str").assign(**own).astype("str")
        lacking = [name for name in ABOUT if name not in own]
        for key in self._ds.schema[table].foreign_keys:
            if lacking and key.table not in ("places", table):  # a place has no document, and no date
                there = self[key.table]
                at = positions(frame[key.column], self._ds[key.table][key.target])
                for name in lacking:
                    about[name] = about[name].fillna(pd.Series(taken(there[name], at)))
        return about


def _own_date(ds: Dataset, table: str, frame: pd.DataFrame) -> dict[str, pd.Series]:
    if table == "policy_documents":
        return {"date": document_dates(frame)["date"]}
    for field in ds.schema[table].fields.values():
        if field.mixed_date or field.type == "date":
            dates = frame[field.name]
            return {"date": dates if field.mixed_date else dates.dt.strftime("%Y-%m-%d")}
    if "year" not in frame:
        return {}
    years = frame["year"].astype("str")
    return {"date": years.where(years.str.len() == 4)}


def look(query: Query, table: str, abouts: Abouts, names: dict[str, Looked]) -> list[Looked]:
    """Every column of a table in which words may stand, with the hits in each row.

    `names` is what `look_at_names` found in the tables of names.
    """
    ds, about = query.words.ds, query.words.ds.schema[table]
    looked = [_in_words(query, table, column) for column in word_columns(ds.schema, table)]
    coded = [name for name, field in about.fields.items() if field.enum]
    looked += [part for column in coded for part in _in_codes(query, table, column)]
    for key in about.foreign_keys:
        if key.table in names and key.column != "place_id":
            at = positions(ds[table][key.column], ds[key.table][key.target])
            looked.append(_referring(names[key.table], key.column, at))
    if "places" in names and table != "places":
        at = positions(abouts[table]["place_id"], ds.places["place_id"])
        looked.append(_referring(names["places"], "place", at))
    return looked


def look_at_names(query: Query) -> dict[str, Looked]:
    """Which phrases are in the names of each row, per table of names in which any is."""
    looked = {}
    for table, columns in query.words.names.items():
        hits = np.array([query.in_column(table, column) for column in columns]).any(axis=0)
        if hits.any():
            key = query.words.shown(table, query.words.ds.schema[table].key)
            looked[table] = Looked("name_en", "name", hits, _names(query.words, table), codes=key)
    return looked


def _names(words: Words, table: str) -> pd.Series:
    """The names of all rows, with the Chinese ones in brackets."""
    english = words.shown(table, "name_en")
    if "name_zh" not in words.names[table]:
        return english
    chinese = words.shown(table, "name_zh")
    return english.where(chinese.isna() | (chinese == english), english + " (" + chinese + ")")


def _in_words(query: Query, table: str, column: str) -> Looked:
    kind = "term" if query.words.is_term(table, column) else "words"
    kind = "remark" if column in REMARKS else kind
    return Looked(column, kind, query.in_column(table, column), query.words.shown(table, column))


def _in_codes(query: Query, table: str, column: str) -> list[Looked]:
    """A column of codes: the codes and their labels in both languages, and apart from them what the codes mean."""
    schema, cells = query.words.ds.schema, query.words.ds[table][column].astype("category")
    codes = pd.Series(cells.cat.categories.astype("str"))
    said = [
        _said_of(schema.codes(table, column).get(code, {}), schema.label(table, column, code))
        for code in codes
    ]
    terms = [
        f"{shown}; {plural}; {code.replace('_', ' ')}"
        for code, (shown, plural, _) in zip(codes, said, strict=True)
    ]
    shown, meanings = [shown for shown, _, _ in said], [meaning for _, _, meaning in said]
    looked = []
    for kind, searched, text in (("term", terms, shown), ("meaning", meanings, meanings)):
        hits = query.in_texts(searched)
        if hits.any():
            of_codes = Looked(column, kind, hits, pd.Series(text, dtype="str"), codes=codes)
            looked.append(_referring(of_codes, column, cells.cat.codes.to_numpy()))
    return looked


def _said_of(code: Mapping[str, str], label: str) -> tuple[str, str, str]:
    """What is shown of a code, its plural, and what it means."""
    shown = f"{label} ({code['zh']})" if "zh" in code else label
    return shown, code.get("plural", ""), code.get("description", "")


def _referring(named: Looked, column: str, at: np.ndarray) -> Looked:
    """What was found in names or codes, for the rows that refer to them."""
    nowhere = np.zeros((len(named.hits), 1), dtype=bool)  # what the position -1 picks
    return replace(named, name=column, hits=np.hstack([named.hits, nowhere])[:, at], at=at)


def together(looked: list[Looked], kinds: tuple[str, ...]) -> Any:
    """Which phrases (first axis) each row has in columns of some kinds."""
    nothing = np.zeros_like(looked[0].hits)
    return np.logical_or.reduce([nothing, *(column.hits for column in looked if column.kind in kinds)])


def weights(looks: Iterable[list[Looked]]) -> np.ndarray:
    """How much each phrase counts: one, and a little more the fewer rows have it. The rare word tells more."""
    hits = np.hstack([together(looked, KINDS) for looked in looks])
    rows = hits.sum(axis=1)
    return 1 + (1 - rows / max(1, hits.shape[1])) / (len(rows) + 1)


def told(
    query: Query, table: str, looked: list[Looked], rows: np.ndarray, weight: np.ndarray
) -> pd.DataFrame:
    """Where some rows of a table have the words: in which column, what it says, and which code or id that explains.

    The column is one in which the row itself speaks, if there is one, and of these the one with most of the phrases,
    each with its weight; of equals the most telling kind, then the first. What a code or a name says is followed by the
    row's own words: a label alone doesn't tell what the row is.
    """
    scores = [_telling(column, rows, weight) for column in looked]
    choice = np.argmax(np.array(scores), axis=0)
    parts = [pd.DataFrame(columns=["found_in", "words", "code"], dtype="str")]
    for number in np.unique(choice):
        those = np.flatnonzero(choice == number)
        words, code = looked[number].said(rows[those])
        if looked[number].codes is not None and looked[number].kind != "part":
            words = words + (": " + _own_words(query.words, table, rows[those])).fillna("").array
        part = {"found_in": looked[number].name, "words": words, "code": code}
        parts.append(pd.DataFrame(part, those, dtype="str"))
    return pd.concat(parts).sort_index()


def _telling(column: Looked, rows: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """How much a column tells about some rows; 0 where it has none of the phrases."""
    phrases = weight @ column.hits[:, rows]
    most = weight.sum() + 1 if column.kind in CARRYING else 0
    return np.where(phrases > 0, phrases + most - KINDS.index(column.kind) * _LEAST, 0)


def _own_words(words: Words, table: str, rows: np.ndarray) -> pd.Series:
    """What rows say themselves: their first words, in required columns first; else the label of their first code."""
    ds, fields = words.ds, words.ds.schema[table].fields
    columns = [c for c in word_columns(ds.schema, table) if c not in REMARKS and not words.is_term(table, c)]
    said = [
        words.shown(table, c).take(rows) for c in sorted(columns, key=lambda name: not fields[name].required)
    ]
    coded = [name for name, field in fields.items() if field.enum][:1]
    said += [ds.schema.labels(table, c, ds[table][c].reset_index(drop=True).take(rows)) for c in coded]
    return reduce(pd.Series.fillna, said, pd.Series(None, rows, dtype="str"))
