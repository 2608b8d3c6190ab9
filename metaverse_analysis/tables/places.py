"""Places by id or name, and how they nest."""

from __future__ import annotations

import difflib

import numpy as np
import pandas as pd

from .dataset import Dataset
from .lookup import positions

ENDINGS_ZH = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "省",
    "市",
    "区",
    "县",
    "新区",
)


def find_place(ds: Dataset, name: str) -> str:
    """The id of a place from its id or a name: "CN-SC", "Sichuan", "四川" and "四川省" are all `CN-SC`.

    Where a name stands for several places (a province-level city and a district of the same name), the
    higher level wins; among equals it is an error that names them.

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
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"a place is named by its id or name, such as 'CN-SC' or 'Sichuan', not {name!r}")
    places = ds.places.reset_index(drop=True)
    wanted = _plain(name)
    names = _names(places)
    found = names.loc[names.name == wanted, "place_id"].unique()
    if len(found) == 0:
        near = difflib.get_close_matches(wanted, names.name.unique(), 3, 0.6)
        likely = names.set_index("name").place_id.loc[near].unique()
        called = places.set_index("place_id").name_en
        meant = [f"{called[place_id]} ({place_id})" for place_id in likely]
        hint = f"Did you mean {' or '.join(meant)}?" if meant else "ds.places lists them all."
        raise ValueError(f"no place is called {name!r}. {hint}")
    ranked = places[places.place_id.isin(found)].sort_values("level", kind="stable")
    best = ranked[ranked.level == ranked.level.iloc[0]] if ranked.level.notna().any() else ranked
    if len(best) > 1:
        raise ValueError(f"{name!r} may be {', '.join(best.place_id)}: give the id")
    return str(best.place_id.iloc[0])


def _plain(name: str) -> str:
    return name.strip().casefold()


def _names(places: pd.DataFrame) -> pd.DataFrame:
    """Every name that leads to a place, one per row."""
    chinese = places.name_zh.dropna()
    short = chinese.map(_without_ending)
    aliases = places.aliases.dropna().str.split(";").explode()
    english = places.name_en.str.replace(r"\s*\(.*\)$", "", regex=True)
    every = (
        pd.concat([places.place_id, places.name_en, english, chinese, short, aliases]).dropna().map(_plain)
    )
    return pd.DataFrame({"name": every, "place_id": places.place_id.reindex(every.index)}).drop_duplicates()


def _without_ending(name: str) -> str:
    for ending in ENDINGS_ZH:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def ancestors(places: pd.DataFrame) -> pd.DataFrame:
    """Every place with each place that it lies in.

    Columns place_id, ancestor_id, distance (1 = its parent); nearest first, in the order of `places`. Places
    without a parent have no row.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> above = ma.ancestors(ma.load().places)
    >>> above[above.place_id == "CN-JS-suzhou-kunshan"].ancestor_id.tolist()
    ['CN-JS-suzhou', 'CN-JS', 'CN']
    """
    parent = positions(places.parent_id, places.place_id)
    named = places.parent_id.notna().to_numpy()
    place = below = np.flatnonzero(named)  # `below` is the last step: its parent is the ancestor
    found, distance = [(place, below)], 1
    while len(place):
        distance += 1
        above = parent[below]
        further = (above >= 0) & named[above]
        place, below = place[further], above[further]
        found.append((place, below))
        if len(place) and distance > len(places):
            raise ValueError("the places lead back to themselves: see validate()")
    place, below = (np.concatenate(parts) for parts in zip(*found, strict=True))
    steps = np.repeat(np.arange(len(found)) + 1, [len(part[0]) for part in found])
    order = np.argsort(place, kind="stable")
    return pd.DataFrame(
        {
            "place_id": places.place_id.array.take(place[order]),
            "ancestor_id": places.parent_id.array.take(below[order]),
            "distance": steps[order],
        }
    )
