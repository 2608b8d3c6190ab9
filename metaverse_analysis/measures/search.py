"""Search: the rows of all tables that speak of a word, in both languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ..tables.as_of import as_of as known_on
from ..tables.dataset import Dataset
from ..tables.dates import last_day
from ..tables.lookup import positions, taken
from ..tables.needs import expects
from .filters import countries, in_places, matching
from .search_mentions import mentions, units_at
from .search_names import Query, Words, read
from .search_rows import (
    ABOUT,
    CARRYING,
    KINDS,
    WITH_REMARKS,
    Abouts,
    Looked,
    look,
    look_at_names,
    together,
    told,
    weights,
)
from .search_text import fold, marked
from .wording import each

COLUMNS = [
    "table", "id", "place_id", "place", "level", "date", "document_id", "found_in", "code", "words", "rank",
]  # fmt: skip
NAMED, ON_SUBJECT, OTHER_DOCUMENT, ELSEWHERE, SOURCE, IN_PASSING = 1, 2, 3, 8, 9, 10
RANKS = {"regional_targets": 4, "policy_instruments": 5, "events": 6, "outcomes": 7, "sources": SOURCE}
_NO_ROWS = pd.DataFrame(
    {
        **dict.fromkeys([*ABOUT, "found_in", "words", "code", "table", "id"], pd.Series(dtype="str")),
        "rank": [],
    }
).astype({"rank": "int64"})
_COMPARED = 5000  # labels and names among which the nearest are looked for
_NEAREST = 5


def search(
    ds: Dataset,
    query: str,
    *,
    by: str | None = None,
    place: str | Iterable[str] | None = None,
    inside: bool = True,
    year: int | Iterable[int] | None = None,
    level: str | Iterable[str] | None = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Who speaks of blockchain, or of 区块链? The rows of all tables that have some words, in English or Chinese.

    Searched are the words of every column that holds words, the codes with their labels and Chinese terms, and the
    names of the places, organisations and bodies to which a row belongs. A label leads to its Chinese term and a
    Chinese term to its label, a name to the other names: "blockchain" finds 区块链, "Huawei" finds 华为. So do
    words without a code that stand in the data package under `terms`, such as "digital twin". Upper and lower case,
    singular and plural, full-width letters, simplified and traditional characters are the same; a word of five letters
    or more also finds words that begin with it.

    Parameters
    ----------
    query : words in any order; a row must have them all. What stands in quotation marks is kept together.
    by : a level of places, such as "province": one row for each place of that level instead, which answers "which
        provinces mention it".
    place : ids or names of places; one or several, with the places inside them unless `inside` is false.
    year : years of the row's date; one or several.
    level : levels of the row's place; one or several.
    country : countries, by id or name. By default the one that the data package says it is about, and that of a place
        which the query names (all, with `place`); rows without a place, such as sources, count as of the first. None
        keeps all.
    as_of : what was known on that day (see `as_of`).

    Returns
    -------
    One row per row found, by `rank`, the newest first, then by table and id; undated ones last:

    - `table`, `id`: where it is
    - `place_id`, `place`, `level`: its place, or that of the row that it hangs on (blank: none)
    - `date`: its own, else that of its document, as written; of figures of a year the year
    - `document_id`: the document that it is, or hangs on
    - `found_in`: the column, "place" for the name of its place, "policy_instruments" where an instrument of a document
      has the words; `code`: the code or id that the words explain, where they aren't the row's own
    - `words`: the words around the hit, which stands in «»
    - `rank`: 1 a place, organisation or body of that very name; 2 issued documents on the subject itself with the
      words in their title, their place's name or an instrument; 3 other documents with them there; 4 targets;
      5 instruments; 6 events; 7 outcomes; 8 rows of other tables, and documents with the words elsewhere; 9 sources;
      10 rows with the words in a remark, or in an instrument that was dropped; and, only where nothing else has the
      words, rows with a code in whose description they stand

    The attribute `attrs["nearest"]` has the labels and names most like the query if nothing was found, and
    `attrs["left_out"]` the number of rows of other countries that the default of `country` leaves out.

    With `by`, one row per place of that level, the most documents first, then the earliest. A place mentions it if a
    policy document of its own has it in the title, in an instrument or in a target; notes, events and sources don't
    count, and documents of the places inside are counted apart (`attrs["rule"]` says so):

    - `place_id`, `place`
    - `documents`, `documents_inside`: the number of documents, its own and those of the places inside it; a draft and
      its final are one
    - `first_date`, `first_date_inside`: the date of the earliest of them
    - `document_ids`: which, its own first, by date; `words`: those of the most telling row
    - `finding`, `finding_label`, `searched_on`: what the search for documents of that place found (see `coverage`), and
      when; no full text was read, so none found is not none

    Raises
    ------
    ValueError
        If the query has fewer than two letters or digits, or more than 200 characters; for a place or country that
        isn't in the table places, and a year or level that nothing has.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> found = ma.search(ds, "区块链")
    >>> found[["id", "found_in", "words"]].values.tolist()[1]
    ['cn-sh-2023-metaverse-key-technology-plan', 'policy_instruments',
     '«blockchain» («区块链»): Web3 as one of two main directions']
    >>> provinces = ma.search(ds, "blockchain", by="province", country="CN")
    >>> provinces[["place", "documents", "documents_inside"]].values.tolist()[0]
    ['Sichuan', 1, 2]
    """
    expects(ds, Dataset, given_by="load", taker="search")
    ds = ds if as_of is None else known_on(ds, as_of)
    wanted, abouts = read(Words(ds), query), Abouts(ds)
    in_place = {
        "place": place,
        "inside": inside,
        "country": _country(ds, wanted) if country is ... else country,
    }
    units = None if by is None else units_at(ds, by, **in_place)
    rows = _rows(wanted, abouts)
    keep = in_places(ds, rows["place_id"], of="row", level=level, **in_place)
    if year is not None:
        keep &= matching(_years(rows["date"], abouts), year, "year", of="row")
    usual = country is ... and place is None
    abroad = ~in_places(ds, rows["place_id"], of="row", country=in_place["country"]) if usual else pd.Series()
    rows = _in_order(rows[keep], ds.tables)
    if units is not None:
        return mentions(ds, _shown(rows[_is_mention(rows)], wanted), units)
    result = _shown(rows, wanted)
    result.attrs["nearest"] = [] if len(result) else _nearest(ds, query)
    result.attrs["left_out"] = int(abroad.sum())
    return result


def _country(ds: Dataset, wanted: Query) -> Any:
    """The usual country, with that of a place abroad that the whole query names."""
    own, of_places = ds.schema.country, countries(ds.places)
    abroad = set(of_places.take(wanted.named.get("places", []))) - {own}
    return [own, *sorted(abroad)] if abroad and own in set(of_places) else ...


def _rows(wanted: Query, abouts: Abouts) -> pd.DataFrame:
    """Every row that has all phrases, in the order of the tables; `words` are not cut and marked yet."""
    names = look_at_names(wanted)
    looks = {table: look(wanted, table, abouts, names) for table in wanted.words.ds.tables}
    tables = [table for table, looked in looks.items() if looked]  # one of numbers alone has no words
    weight = weights(looks[table] for table in tables)
    looks["policy_documents"] = _of_documents(
        wanted, looks["policy_documents"], looks["policy_instruments"], weight
    )
    rows = {t: np.flatnonzero(together(looks[t], WITH_REMARKS).all(axis=0)) for t in tables}
    if not any(map(len, rows.values())):
        rows = {t: np.flatnonzero(together(looks[t], KINDS).all(axis=0)) for t in tables}
    parts = [_rows_of(wanted, t, looks[t], rows[t], abouts[t], weight) for t in tables if len(rows[t])]
    return pd.concat([_NO_ROWS, *parts], ignore_index=True)


def _rows_of(
    wanted: Query, table: str, looked: list[Looked], rows: np.ndarray, about: pd.DataFrame, weight: np.ndarray
) -> pd.DataFrame:
    rank = _ranks(wanted.words.ds, table, looked)
    rank[wanted.named.get(table, [])] = NAMED
    key = wanted.words.shown(table, wanted.words.ds.schema[table].key)
    parts = [about.take(rows).reset_index(drop=True), told(wanted, table, looked, rows, weight)]
    return pd.concat(parts, axis=1).assign(table=table, id=key.array.take(rows), rank=rank[rows])


def _ranks(ds: Dataset, table: str, looked: list[Looked]) -> np.ndarray:
    rank = np.where(together(looked, CARRYING).all(axis=0), RANKS.get(table, ELSEWHERE), IN_PASSING)
    if table == "policy_instruments":
        rank[_dropped(ds)] = IN_PASSING
    if table == "policy_documents":
        documents = ds.policy_documents.reset_index(drop=True)
        subject = documents["is_metaverse_specific"].fillna(False).astype(bool) & (
            documents["status"] == "issued"
        )
        telling = [column for column in looked if column.kind in ("words", "part") or column.name == "place"]
        at_heart = together(telling, CARRYING).all(axis=0)
        rank[at_heart] = np.where(subject, ON_SUBJECT, OTHER_DOCUMENT)[at_heart]
    return rank


def _of_documents(
    wanted: Query, looked: list[Looked], instruments: list[Looked], weight: np.ndarray
) -> list[Looked]:
    """The columns of the documents, with their instruments: the words of a document are its titles and these."""
    titles = [
        c if c.name.startswith("title") or c.kind != "words" else replace(c, kind="name") for c in looked
    ]
    return [*titles, _by_instruments(wanted, instruments, weight)]


def _dropped(ds: Dataset) -> np.ndarray:
    return ds.policy_instruments["dropped"].fillna(False).to_numpy(bool)


def _by_instruments(wanted: Query, looked: list[Looked], weight: np.ndarray) -> Looked:
    """For each document the phrases that its instruments have, and what the one says that has most of them."""
    ds = wanted.words.ds
    at = positions(ds.policy_instruments["document_id"], ds.policy_documents["document_id"])
    hits = together(looked, CARRYING) & ~_dropped(ds) & (at >= 0)
    of_documents = [np.bincount(at[of_phrase], minlength=len(ds.policy_documents)) > 0 for of_phrase in hits]
    rows = np.flatnonzero(hits.any(axis=0))
    ids = wanted.words.shown("policy_instruments", "instrument_id").take(rows)
    order = (
        pd.DataFrame({"hits": -(weight @ hits[:, rows]), "id": ids.array}).sort_values(["hits", "id"]).index
    )
    best = np.full(len(ds.policy_documents), -1)
    best[at[rows[order[::-1]]]] = order[::-1]  # of several the one written last stays: the first in order
    said = told(wanted, "policy_instruments", looked, rows, weight)
    return Looked("policy_instruments", "part", np.array(of_documents), said["words"], best, said["code"])


def _is_mention(rows: pd.DataFrame) -> pd.Series:
    """Whether a row shows that its document carries the words."""
    document = (rows["table"] == "policy_documents") & rows["rank"].isin([ON_SUBJECT, OTHER_DOCUMENT])
    parts = rows["table"].isin(["regional_targets", "policy_instruments"]) & (rows["rank"] < IN_PASSING)
    return document | parts


def _years(dates: pd.Series, abouts: Abouts) -> pd.Series:
    """The year of each date; known are all years of all tables, so that one without a hit is no error."""
    every = pd.concat([abouts[table]["date"] for table in abouts.tables])
    year, known = (pd.to_numeric(texts.str.slice(0, 4)).astype("Int64") for texts in (dates, every))
    return pd.Series(pd.Categorical(year, categories=np.sort(known.dropna().unique())), dates.index)


def _in_order(rows: pd.DataFrame, tables: list[str]) -> pd.DataFrame:
    keys = rows.assign(
        day=last_day(rows["date"]), listed=rows["table"].map({t: i for i, t in enumerate(tables)})
    )
    by = {"rank": True, "day": False, "listed": True, "id": True}
    return rows.loc[keys.sort_values(list(by), ascending=list(by.values())).index].reset_index(drop=True)


def _shown(rows: pd.DataFrame, wanted: Query) -> pd.DataFrame:
    """The result's columns: names of the places, and the words cut and marked."""
    places = wanted.words.ds.places
    at = positions(rows["place_id"], places["place_id"])
    return rows.assign(
        place=taken(places["name_en"], at),
        level=taken(places["level"], at),
        words=each(rows["words"], lambda text: marked(text, wanted.marks)),
    )[COLUMNS]


def _nearest(ds: Dataset, query: str) -> list[str]:
    """Labels and names that are most like a query."""
    codes = [field.codes.values() for table in ds.schema for field in ds.schema[table].fields.values()]
    every = [about.get(said, "") for of_field in codes for about in of_field for said in ("label", "zh")]
    for table, columns in Words(ds).names.items():
        every += [name for column in columns for name in ds[table][column].dropna().head(_COMPARED)]
    candidates = {fold(name): name for name in every}
    return [candidates[name] for name in difflib.get_close_matches(fold(query), candidates, _NEAREST, 0.6)]
