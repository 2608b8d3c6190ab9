"""What else the words of a query are called: codes and their Chinese terms, names of places and organisations."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.schema import Field, Schema
from .search_text import Column, Finder, fold
from .search_words import (
    Phrase,
    any_of,
    beginning,
    canonical,
    length,
    phrase_of,
    read_query,
    whole_name,
    without_form,
    words,
)

REMARKS = ("note", "confidence_reason")  # words about a row, not of its document
_LONGEST_NAME = 5  # phrases of a query that may be one name
_NAMESAKES = 5  # rows that may share a name; more of them are no name
_PARTS = re.compile(r"/| and ")  # a label may name two things: "culture and tourism"


class Words:
    """The columns of words of a dataset, each made ready once."""

    def __init__(self, ds: Dataset):
        self.ds = ds
        self._columns: dict[tuple[str, str], Column] = {}

    def shown(self, table: str, column: str) -> pd.Series:
        """A column as it is written."""
        return self.ds[table][column].reset_index(drop=True).astype("str")

    def compared(self, table: str, column: str) -> Column:
        """A column as it is compared."""
        if (table, column) not in self._columns:
            self._columns[table, column] = Column(self.shown(table, column))
        return self._columns[table, column]

    def is_term(self, table: str, column: str) -> bool:
        """Whether a column holds short terms (a unit) and no sentences."""
        return "pattern" in self.ds.schema[table].fields[column].constraints

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """Per table whose rows are named (places, organisations, bodies), the columns with their names."""
        schema = self.ds.schema
        named = [table for table in schema if "name_en" in schema[table].fields]
        return {table: [c for c in word_columns(schema, table) if c not in REMARKS] for table in named}


def word_columns(schema: Schema, table: str) -> list[str]:
    """The columns that hold words: text that is no code, date, id or list of ids, and whose pattern lets words pass.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> word_columns(ma.load().schema, "policy_instruments")
    ['detail', 'note']
    """
    about = schema[table]
    ids = {about.key, *(key.column for key in about.foreign_keys)}
    return [name for name, field in about.fields.items() if name not in ids and _holds_words(field)]


def _holds_words(field: Field) -> bool:
    named_as_id = field.name.endswith("_id")  # of a row in any table, so no foreign key
    if field.type != "string" or field.enum or field.mixed_date or field.list_of or named_as_id:
        return False
    words = pd.Series(["two words"], dtype="str")
    return "pattern" not in field.constraints or bool(words.str.fullmatch(field.constraints["pattern"])[0])


@dataclass(frozen=True)
class Query:
    """The phrases that a row must all have, each with its other names."""

    words: Words
    phrases: list[list[Phrase]]
    named: dict[str, np.ndarray]  # per table, the positions of the rows that the whole query names

    @cached_property
    def marks(self) -> re.Pattern[str]:
        """For `marked`: every phrase under every name."""
        return any_of(name for names in self.phrases for name in names)

    @cached_property
    def _finders(self) -> list[list[Finder]]:
        return [[words(name) for name in names] for names in self.phrases]

    @cached_property
    def _expressions(self) -> list[re.Pattern[str]]:
        return [any_of(names) for names in self.phrases]

    def in_column(self, table: str, column: str) -> np.ndarray:
        """Which phrases (first axis) the cells of a column have."""
        cells = self.words.compared(table, column)
        return np.array([cells.has(finders) for finders in self._finders])

    def in_texts(self, texts: list[str]) -> np.ndarray:
        """Which phrases (first axis) a few texts have."""
        plain = [fold(text) for text in texts]
        return np.array([[bool(found.search(text)) for text in plain] for found in self._expressions])


def read(texts: Words, query: str) -> Query:
    """The phrases of a query with what else each is called.

    A phrase, or several side by side, that is the label of a code leads to its Chinese term, and a Chinese term to the
    label. One that is a name of a place, an organisation or a body, or the beginning of only one such name, leads to
    its other names.

    Raises
    ------
    ValueError
        If the query is empty, too short, too long or no text.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> read(Words(ma.load()), "blockchain Huawei").phrases
    [[('blockchain',), ('区块链',)], [('huawei',), ('huawei', 'technologies'), ('华为',)]]
    """
    phrases = read_query(query)
    called, likely = _called(texts.ds.schema), _in_names(texts, phrases)
    all_names = [[phrase] for phrase in phrases]
    named: dict[str, np.ndarray] = {}
    for first in range(len(phrases)):
        for end in range(first + 1, min(len(phrases), first + _LONGEST_NAME) + 1):
            run: Phrase = sum(phrases[first:end], ())
            if not any(hits[first:end].all(axis=0).any() for hits in likely.values()):
                exact, others = {}, set()
            else:
                exact = _rows_with(texts, whole_name(run))
                others = _other_names(texts, run, exact)
            others |= called.get(canonical(run), set())
            for names in all_names[first:end]:
                names += sorted(others - set(names))
            if end - first == len(phrases):
                named = exact
    return Query(texts, all_names, named)


def _called(schema: Schema) -> dict[Phrase, set[Phrase]]:
    """Chinese terms by the labels of their codes, and the labels by the terms."""
    called: defaultdict[Phrase, set[Phrase]] = defaultdict(set)
    terms = _terms(schema)
    for label, plural, chinese in terms:
        term = phrase_of(chinese)
        for part in {part for text in (label, plural) for part in _PARTS.split(text)}:
            called[canonical(phrase_of(part))].add(term)
        called[canonical(term)] |= {phrase_of(part) for part in _narrow_words(label, chinese, terms)}
    called.pop((), None)
    return dict(called)


def _terms(schema: Schema) -> list[tuple[str, str, str]]:
    """Label, plural and Chinese term of the codes, and of the words that have no code (`terms` of the data package),
    with a term of two characters or more: one is in too many words."""
    codes = [
        code for table in schema for field in schema[table].fields.values() for code in field.codes.values()
    ]
    codes += schema.descriptor.get("terms", [])
    terms = {(code.get("label", ""), code.get("plural", ""), code.get("zh", "")) for code in codes}
    return sorted(term for term in terms if term[0] and length(phrase_of(term[2])) > 1)


def _narrow_words(label: str, chinese: str, terms: list[tuple[str, str, str]]) -> list[str]:
    """The words of a label that say no more than its Chinese term.

    The label "research and development" is narrow as a whole, its parts aren't; of "NFTs and digital collectibles" the
    parts are, too: an abbreviation, and two words. The label "industry" is too wide for 工业元宇宙, since "industry
    scale" is called otherwise; "subsidies" is right for 补贴, which the term for "subsidy cap" has in it.
    """
    parts = _PARTS.split(label)
    if len(parts) > 1:
        return [label, *(part for part in parts if " " in part.strip() or part != part.lower())]
    words = set(canonical(phrase_of(label)))
    others = [other for other, _, called in terms if chinese not in called and not _PARTS.search(other)]
    return [] if any(words <= set(canonical(phrase_of(other))) for other in others) else [label]


def _in_names(texts: Words, phrases: list[Phrase]) -> dict[str, Any]:
    """Per table of names, which phrases (first axis) are in the names of each row."""
    hits = {}
    for table, columns in texts.names.items():
        cells = [texts.compared(table, column) for column in columns]
        hits[table] = np.array([[c.has([words(phrase)]) for c in cells] for phrase in phrases]).any(axis=1)
    return hits


def _other_names(texts: Words, run: Phrase, exact: dict[str, np.ndarray]) -> set[Phrase]:
    """All names of the rows that have a phrase as their name, or of the only one whose name begins so."""
    most = _NAMESAKES
    if not any(map(len, exact.values())):
        exact, most = _rows_with(texts, beginning(run)), 1
    if sum(map(len, exact.values())) > most:
        return set()
    cells = [
        texts.shown(t, column).take(rows).dropna() for t, rows in exact.items() for column in texts.names[t]
    ]
    names = {
        phrase_of(re.split(r"[(（]", name)[0])
        for of_column in cells
        for cell in of_column
        for name in cell.split(";")
    }
    return {name for name in names | set(map(without_form, names)) if length(name) > 1}


def _rows_with(texts: Words, finder: Finder) -> dict[str, np.ndarray]:
    """Per table of names, the rows in one of whose names something is found."""
    hits = {
        t: np.array([texts.compared(t, c).has([finder]) for c in columns])
        for t, columns in texts.names.items()
    }
    return {table: np.flatnonzero(of_table.any(axis=0)) for table, of_table in hits.items()}
