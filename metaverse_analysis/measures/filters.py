"""One filter language: place, inside, scope, year, level, country and as_of mean the same in every measure.

A measure cuts its dataset by `as_of` first (`known_by`). It then makes its rows from the whole, and `narrowed` keeps
those wanted: a filter changes no number of a row that it keeps. Only what counts rows counts those that were kept.
Each filter looks at all rows, so what one lists in its error doesn't depend on the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..tables.as_of import as_of as cut
from ..tables.dataset import Dataset
from ..tables.lookup import positions, taken
from ..tables.names import find_place
from ..tables.needs import truth, year_number
from ..tables.places import ancestors
from ..tables.problems import near

Names = str | Iterable[str] | None  # one name (or id, or code) or several; None keeps all
Years = int | Iterable[int] | None
_YEARS = {"target_year": "year", "year": "year"}  # what the filter on such a column is called


def known_by(ds: Dataset, as_of: Any) -> Dataset:
    """What was known on a day (see `ma.as_of`); with None, all that is known today.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> known_by(ds, None) is ds, len(known_by(ds, "2000-01-01").policy_documents)
    (True, 0)
    """
    return ds if as_of is None else cut(ds, as_of)


def narrowed(
    ds: Dataset,
    table: pd.DataFrame,
    *,
    of: str,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    **codes: Any,
) -> pd.DataFrame:
    """The rows of a measure's table that all filters keep, numbered from 0.

    Parameters
    ----------
    ds : the tables.
    table : the measure's rows, with a column place_id.
    of : what a row is called in an error: "target".
    place, inside, level, country : see `in_places`.
    codes : by the name of a column, the values wanted in it (see `matching`); of a year also as text.

    Raises
    ------
    ValueError
        As `in_places` and `matching` do.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> rows = pd.DataFrame({"place_id": ["CN-SC", "CN-SD"], "target_year": [2025, 2030]})
    >>> narrowed(ds, rows, of="row", place="Shandong", target_year="2030")["place_id"].tolist()
    ['CN-SD']
    """
    keep = in_places(ds, table["place_id"], of=of, place=place, inside=inside, level=level, country=country)
    for column, wanted in codes.items():
        if wanted is not None and column in _YEARS:
            wanted = [year_number(year) for year in several(wanted)]
        keep &= matching(table[column], wanted, _YEARS.get(column, column), of=of)
    return table[keep].reset_index(drop=True)


def in_places(
    ds: Dataset,
    place_ids: pd.Series,
    *,
    of: str,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
) -> pd.Series:
    """Which rows are kept by the filters on places; none of no rows, whatever is asked.

    Parameters
    ----------
    ds : the tables.
    place_ids : the place of each row. A row without one is of no place and no level.
    of : what a row is called in an error: "target".
    place : ids or names of places; one or several. None keeps all.
    inside : whether the places inside these are kept too.
    level : levels of the place ("province"); one or several. None keeps all.
    country : ids or names of countries, with all places in them; one or several. By default the country that the
        data package says it is about (all, where it says none, or one that isn't among the places, and where `place`
        names the places that are wanted). None keeps all.
        A row without a place, something worldwide, counts as of that country.

    Returns
    -------
    True or false per row, with the index of `place_ids`. A known place without a row keeps none.

    Raises
    ------
    ValueError
        For a place or country that isn't in the table places, and a level that neither the schema nor a row has.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> of_rows = pd.Series(["CN-SC", "CN-SC-chengdu", "CN-SD", "FI"])
    >>> in_places(ds, of_rows, of="row", place="四川").tolist()
    [True, True, False, False]
    >>> in_places(ds, of_rows, of="row", level="province", country="China").tolist()
    [True, False, True, False]
    """
    inside = truth(inside, "inside")
    places = ds.places.reset_index(drop=True)
    at = positions(place_ids, places["place_id"])
    keep = np.full(len(at), True)
    if not len(at):
        return pd.Series(keep, place_ids.index)
    if place is not None:
        wanted = [find_place(ds, name) for name in several(place)]
        keep &= np.append(_within(places, wanted, inside), False)[at]  # -1, no place, picks the last
    if level is not None:
        keep &= matching(pd.Series(taken(places["level"], at)), level, "level", of=of).to_numpy()
    own = _own_country(ds)
    usual = own if place is None else None  # whoever names a place abroad wants its rows
    choice = usual if country is ... else country
    if choice is not None:
        keep &= _in_countries(ds, at, several(choice), own, of)
    return pd.Series(keep, place_ids.index)


def matching(values: pd.Series, wanted: Any, name: str, *, of: str) -> pd.Series:
    """Which rows have one of the wanted values; None keeps all. Of no rows none has, and nothing can be told.

    Parameters
    ----------
    values : a column.
    wanted : one value or several.
    name : what the column is called, and `of` what a row is called in an error.

    Raises
    ------
    ValueError
        For a value that no row has and that isn't one of the column's categories; the message lists those there are.

    Examples
    --------
    >>> years = pd.Series([2025, 2030, 2025])
    >>> matching(years, [2025], "year", of="target").tolist()
    [True, False, True]
    >>> matching(years, 2026, "year", of="row")
    Traceback (most recent call last):
    ValueError: no row has the year 2026. Did you mean 2025? There is (with the number of rows): 2025 (2), 2030 (1)
    """
    if wanted is None:
        return pd.Series(True, values.index)
    choice = several(wanted)
    counts = values.value_counts(sort=False).sort_index()
    counts = counts[counts > 0]
    known = list(values.cat.categories if isinstance(values.dtype, pd.CategoricalDtype) else counts.index)
    if not len(values):
        return pd.Series(False, values.index)
    for value in choice:
        if not _is_value(value) or value not in known:
            raise ValueError(_nothing_has(value, name, counts, of))
    return values.isin(choice)


def several(wanted: Any) -> list[Any]:
    """One value or several, as a list.

    Examples
    --------
    >>> several("CN-SC"), several(("CN-SC", "CN-SD"))
    (['CN-SC'], ['CN-SC', 'CN-SD'])
    """
    return list(wanted) if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]


def _is_value(value: Any) -> bool:
    """Whether it can be compared with a cell: a list in a list can't, nor can a missing value."""
    return pd.api.types.is_scalar(value) and bool(pd.notna(value))


def _nothing_has(value: Any, name: str, counts: pd.Series, of: str) -> str:
    there = ", ".join(f"{known} ({count})" for known, count in counts.items()) or "nothing"
    there_are = list(map(str, counts.index))
    like = near(str(value), there_are, 1, 0.5) or [known for known in there_are if f"_{value}" in known][:1]
    hint = f" Did you mean {like[0]}?" if like else ""
    return f"no {of} has the {name} {value!r}.{hint} There is (with the number of {of}s): {there}"


def _own_country(ds: Dataset) -> str | None:
    """The country that the data package says it is about, if it is among the places."""
    own = ds.schema.country
    return own if (ds.places["place_id"] == own).any() else None


def _within(places: pd.DataFrame, wanted: list[str], inside: bool) -> np.ndarray:
    """Which places are the wanted ones, or lie inside one of them."""
    those = places["place_id"].isin(wanted)
    if inside:
        above = ancestors(places)
        those |= places["place_id"].isin(above["place_id"][above["ancestor_id"].isin(wanted)])
    return those.to_numpy()


def countries(places: pd.DataFrame) -> pd.Series:
    """The country that each place is or lies in: the highest of its ancestors, with the index of `places`.

    Examples
    --------
    >>> places = pd.DataFrame({"place_id": ["A", "A-b"], "parent_id": [None, "A"]}, dtype="str")
    >>> countries(places).tolist()
    ['A', 'A']
    """
    highest = ancestors(places).drop_duplicates("place_id", keep="last").set_index("place_id")["ancestor_id"]
    above = places["place_id"].map(highest).astype("str")  # floats, where nothing lies in anything
    return above.fillna(places["place_id"]).rename("country_id")


def _in_countries(ds: Dataset, at: np.ndarray, wanted: list[Any], own: str | None, of: str) -> np.ndarray:
    of_place = countries(ds.places)
    ids = [_country(ds, value, of_place, at, of) for value in wanted]
    return np.append(of_place.isin(ids).to_numpy(), own in ids)[at]


def _country(ds: Dataset, value: Any, of_place: pd.Series, at: np.ndarray, of: str) -> str:
    """The id of a country from its id or name."""
    known = set(of_place)
    if _is_value(value) and value in known:
        return str(value)
    try:
        found = find_place(ds, value)
    except ValueError:
        found = None
    if found in known:
        return str(found)
    counts = of_place.iloc[at[at >= 0]].value_counts(sort=False).sort_index()
    raise ValueError(_nothing_has(value, "country", counts, of))
