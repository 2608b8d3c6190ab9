"""A name wherever an id may stand: of a place, a body, an organisation or a document.

A name is looked for in steps, and the first step that finds something counts: the id; a name as the table has it (in
any case, with or without accents, in simplified or traditional characters); a code; a name without the words for what
kind of place or firm it is. Nothing is guessed: where a step finds several, or an ending says something else than the
row ("Jilin City" for the province), it is an error that names what comes near.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from .chinese import TO_SIMPLIFIED
from .dataset import Dataset
from .needs import expects, is_text
from .place_names import of_that_kind, split, with_code
from .places import ancestors
from .problems import near

SHOWN = 3
MOST_SHOWN = 100
_CODE = 4  # letters of a code such as PRC, to which no name is near
_POINTS = frozenset(
    ("north", "south", "east", "west", "northern", "southern", "new", "inner", "outer", "upper", "lower")
)


class _Kind(NamedTuple):
    """What can be found by name: what it is called, its columns of names, and how a name is shortened."""

    noun: str
    example: str
    columns: tuple[str, ...]
    shortened: Callable[[str], str]


_LEGAL_FORM = re.compile(
    r"[ ,]*\b(?:co|corp|corporation|company|inc|incorporated|ltd|limited|llc|plc|group|holdings?|technologies"
    r"|technology|gmbh|ag)\b\.?$|(?:集团|控股|科技|技术|股份|有限|责任|公司)$"
)


def _without_legal_form(name: str) -> str:
    while (short := _LEGAL_FORM.sub("", name).strip(" ,.")) not in ("", name):
        name = short
    return name


KINDS = {
    "places": _Kind(
        "place", "'CN-SC' or 'Sichuan'", ("name_en", "name_zh", "aliases"), lambda name: split(name)[0]
    ),
    "bodies": _Kind("body", "'MIIT working group'", ("name_en", "short_name", "name_zh"), str),
    "participants": _Kind("organisation", "'huawei' or '华为'", ("name_en", "name_zh"), _without_legal_form),
    "policy_documents": _Kind("document", "its title", ("title_en", "title_zh", "title_other"), str),
}


def find(ds: Dataset, table: str, name: str) -> str:
    """The id of a row from its id or one of its names.

    Parameters
    ----------
    table : "places", "bodies", "participants" or "policy_documents".
    name : an id, or a name in any case, in English or Chinese, simplified or traditional; of a place also its codes,
        with or without the words for what kind of place it is, and with the place it lies in ("Chaoyang, Beijing").

    Returns
    -------
    The id. Of places of one name the one of the highest level.

    Raises
    ------
    ValueError
        If nothing, or more than one row, has that name; the message has the candidates, or the nearest names.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> find(ds, "places", "Xinjiang Uygur Autonomous Region"), find(ds, "places", "重慶"), find(ds, "places", "510000")
    ('CN-XJ', 'CN-CQ', 'CN-SC')
    >>> find(ds, "bodies", "MIIT working group"), find(ds, "participants", "华为")
    ('miit-metaverse-standardisation-working-group', 'huawei')
    """
    kind = KINDS[table]
    if not is_text(name) or not name.strip():
        a = "an" if kind.noun[0] in "aeiou" else "a"
        raise ValueError(f"{a} {kind.noun} is named by its id or name, such as {kind.example}, not {name!r}")
    found = called(ds, table, name)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(found[:MOST_SHOWN]) + (" and more" if len(found) > MOST_SHOWN else "")
        raise ValueError(f"{name!r} may be {listed}: give the id")
    near_ones = named_like(ds, table, name)
    hint = f"Did you mean {' or '.join(near_ones)}?" if near_ones else f"ds.{table} lists them all."
    raise ValueError(f"no {kind.noun} is called {name!r}. {hint}")


def called(ds: Dataset, table: str, name: str) -> list[str]:
    """The ids of the rows of a table that an id or a name means; of places of one name those of the highest level.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> called(ma.load(), "places", "四川"), called(ma.load(), "participants", "四川")
    (['CN-SC'], [])
    """
    rows, key = ds[table].reset_index(drop=True), ds.schema[table].key
    if (rows[key] == name.strip()).any():
        return [name.strip()]
    found = _rows_called(ds, rows, _names(rows, key, KINDS[table]), table, name)
    if len(found) > 1 and table == "places" and rows["level"].notna().any():
        ranked = rows.loc[found].sort_values("level", kind="stable")
        found = ranked.index[ranked["level"] == ranked["level"].iloc[0]].to_numpy()
    return [str(id) for id in rows[key].take(found)]


def named_like(ds: Dataset, table: str, name: str) -> list[str]:
    """The rows of a table with the nearest names, each as "Sichuan (CN-SC)"; none for a code, which is like any other.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> named_like(ma.load(), "places", "Sichaun")
    ['Sichuan (CN-SC)']
    """
    kind, rows, key = KINDS[table], ds[table].reset_index(drop=True), ds.schema[table].key
    names = _names(rows, key, kind)
    stems = names["plain"].map(kind.shortened)
    like = _near(kind.shortened(plain(name)), stems, name.strip())
    likely = list(dict.fromkeys(row for text in like for row in sorted(names["row"][stems == text])))
    shown = rows.loc[likely[: 2 * SHOWN]]
    title = next(column for column in kind.columns if column in rows)
    return [f"{row[title]} ({row[key]})" for _, row in shown.iterrows()]


def plain(name: str) -> str:
    """A name in one form: simplified characters, no capitals, no accents, plain blanks and hyphens.

    Examples
    --------
    >>> plain("The  Ürümqi–Area"), plain("廣東省"), plain("Xi’an")
    ('urumqi area', '广东省', 'xian')
    """
    folded = unicodedata.normalize("NFKD", name.translate(TO_SIMPLIFIED)).casefold()
    text = "".join(character for character in folded if not unicodedata.combining(character))
    text = re.sub(r"['‘’ʼ`]|(?<=\w)\.(?=\w\b)|\.$", "", text)
    return re.sub(r"[\s\-‐‑‒–—_/·]+", " ", text).strip().removeprefix("the ")


def _names(rows: pd.DataFrame, key: str, kind: _Kind) -> pd.DataFrame:
    """Every name that leads to a row, one per line: `row` and `plain`, its form for comparing."""
    parts = [rows[column].dropna() for column in (key, *kind.columns) if column in rows]
    every = pd.concat([part.str.split(";").explode() if part.name == "aliases" else part for part in parts])
    every = every.astype("str")
    bare = every.str.replace(r"\s*[(（][^()（）]*[)）]$", "", regex=True)  # Huangpu (Guangzhou)
    every = pd.concat([every, bare[bare != every]])
    every = every[every.str.strip() != ""]
    forms = pd.Series([plain(text) for text in every], dtype="str")
    return pd.DataFrame({"row": every.index, "plain": forms})


def _rows_called(ds: Dataset, rows: pd.DataFrame, names: pd.DataFrame, table: str, name: str) -> np.ndarray:
    """The rows that a name means, by the first way of looking that finds any."""
    wanted = plain(name)
    ways: list[Callable[[], pd.Series]] = [
        lambda: names["row"][names["plain"] == wanted],
        lambda: names["row"][names["plain"].str.replace(" ", "") == wanted.replace(" ", "")],
    ]
    if table == "places":
        ways += [
            lambda: with_code(rows, name.strip()),
            lambda: of_that_kind(rows, names, wanted),
            lambda: _inside_another(ds, rows, names, name),
        ]
    elif KINDS[table].shortened is not str:
        short = KINDS[table].shortened
        ways.append(lambda: names["row"][names["plain"].map(short) == short(wanted)])
    for way in ways:
        found = way()
        if len(found):
            return np.sort(found.unique())
    return np.empty(0, int)


_WITHIN = re.compile(r"(?P<part>.+?)\s*(?:,|，|[(（](?=.*[)）]$))\s*(?P<whole>.+?)[)）]?")


def _inside_another(ds: Dataset, rows: pd.DataFrame, names: pd.DataFrame, name: str) -> pd.Series:
    """Chaoyang, Beijing; Huangpu (Guangzhou); 四川省成都市: the places of one name that lie in one of the other."""
    pairs = [match.group("part", "whole")] if (match := _WITHIN.fullmatch(name.strip())) else []
    pairs += [(name[at:], name[:at]) for at in range(2, len(name) - 1) if not name.isascii()]
    above = ancestors(rows)
    for part, whole in pairs:
        inner, outer = (_simple(ds, rows, names, text) for text in (part, whole))
        if len(inner) and len(outer):
            ids = rows["place_id"]
            inside = above["place_id"][above["ancestor_id"].isin(ids[outer])]
            alike = set(inner) & set(outer)  # Sichuan (四川)
            found = [row for row in inner if row in alike or ids[row] in set(inside)]
            if found:
                return pd.Series(found)
    return pd.Series(dtype=int)


def _simple(ds: Dataset, rows: pd.DataFrame, names: pd.DataFrame, text: str) -> list[int]:
    wanted = plain(text)
    same = names["row"][names["plain"] == wanted]
    found = same if len(same) else of_that_kind(rows, names, wanted)
    return found.drop_duplicates().tolist()


def _near(wanted: str, stems: pd.Series, name: str) -> list[str]:
    if name.isascii() and name.isupper() and len(name) <= _CODE:
        return [text for text in stems.unique() if name.casefold() in text.split()][:SHOWN]
    points = set(wanted.split()) & _POINTS
    found = [
        text
        for text in near(wanted, stems, SHOWN, 0.7)
        if set(text.split()) & _POINTS == points and "republic" not in text + wanted
    ]
    if found:
        return found
    if name.isascii():
        return [text for text in stems.unique() if len(wanted) >= _CODE and wanted in text][:SHOWN]
    within = [text for text in stems.unique() if wanted in text or (len(text) > 1 and text in wanted)]
    return [text for text in within if not text.isascii()][:SHOWN]


def find_place(ds: Dataset, name: str) -> str:
    """The id of a place from its id or a name: "CN-SC", "Sichuan", "四川" and "Sichuan Province" are all `CN-SC`.

    Parameters
    ----------
    name : an id, a name in English or Chinese, or a code: see `find`.

    Returns
    -------
    The id. Where a name stands for several places (a province-level city and a district of the same name), that of the
    higher level.

    Raises
    ------
    ValueError
        If no place, or more than one of the same level, has that name; the message names the nearest ones.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ma.find_place(ma.load(), "四川")
    'CN-SC'
    """
    expects(ds, Dataset, given_by="load", taker="find_place")
    return find(ds, "places", name)
