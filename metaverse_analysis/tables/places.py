"""How places nest."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .lookup import positions


def ancestors(places: pd.DataFrame) -> pd.DataFrame:
    """Every place with each place that it lies in.

    Columns place_id, ancestor_id, distance (1 = its parent); nearest first, in the order of `places`. Places
    without a parent have no row.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> above = ancestors(ma.load().places)
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
