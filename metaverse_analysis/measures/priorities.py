"""Is the metaverse still on the lists? Who named it as a priority, who made such a list without it, and when."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import first_day
from ..tables.needs import expects
from .filters import Names, Years, known_by, narrowed
from .ids import every_id

NAMED, NOT_NAMED = "named_as_priority", "not_named"
GROUPS = {"national": "National bodies", "regional": "Provinces, cities and districts"}


def priorities(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    year: Years = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Each time that the metaverse was named among the priorities of an authority, or missing from such a list.

    Parameters
    ----------
    ds : the tables.
    place, inside, year, level, country, as_of : filters on the places and the years, as in `market_targets`.

    Returns
    -------
    One row per row of `events` of the types `named_as_priority` and `not_named` in a place of the table `places`, by
    date (a month counts from its first day), then in the order of `events`.

    - `event_id`, `date`, `first_day` (datetime), `year`; `place_id`, `place`
    - `list_group`: national (the place is a country) or regional (any other); `list_group_label`: the same in words
    - `actors`, `event`; `named`: whether the metaverse was on the list; `about`: what the tables are about, for the
      chart's words; `source_ids`, `note`

    Notes
    -----
    These are the occasions that were found, not all there were: a list without the metaverse is seldom reported as
    such. Read the turn from one to the other, not the totals.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> national = ma.priorities(ma.load()).query("list_group == 'national'")
    >>> bool(national["named"].iloc[0]), bool(national["named"].iloc[-1])
    (True, False)
    """
    expects(ds, Dataset, given_by="load", taker="priorities")
    ds = known_by(ds, as_of)
    events = ds.events.reset_index(drop=True)
    rows = events[events["event_type"].isin([NAMED, NOT_NAMED]) & events["place_id"].notna()].copy()
    places = ds.places.set_index("place_id")
    rows["place"] = rows["place_id"].map(places["name_en"]).astype("str")
    of_level = rows["place_id"].map(places["level"].astype("str"))
    rows["list_group"] = pd.Series(
        np.where(of_level == "country", "national", "regional"), index=rows.index, dtype="str"
    )
    rows["list_group_label"] = rows["list_group"].map(GROUPS).astype("str")
    rows["first_day"] = first_day(rows["date"])
    rows["year"] = rows["first_day"].dt.year.astype("Int64")
    rows["named"] = (rows["event_type"] == NAMED).astype("boolean")
    rows["about"] = pd.Series(ds.schema.subject, rows.index, dtype="str")
    columns = [
        "event_id", "date", "first_day", "year", "place_id", "place", "list_group", "list_group_label", "actors",
        "event", "named", "about", "source_ids", "note",
    ]  # fmt: skip
    rows = rows.sort_values("first_day", kind="stable")[columns]
    return narrowed(ds, rows, of="list", place=place, inside=inside, level=level, country=country, year=year)


def priorities_by_year(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    year: Years = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """How often was the metaverse named as a priority, and how often not, year by year?

    Parameters
    ----------
    ds : the tables.
    place, inside, year, level, country, as_of : filters on what is counted, as in `market_targets`.

    Returns
    -------
    One row per `list_group` (national, regional) and `year`, from the first year with an event to the last, years
    without
    one included.

    - `list_group`, `list_group_label`, `year`
    - `lists_naming`, `lists_not_naming`: events (see `priorities` for them, and for what they can't show)
    - `about`: what the tables are about, for the chart's words; `source_ids`: of these events

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> counts = ma.priorities_by_year(ma.load()).query("list_group == 'national'").set_index("year")
    >>> int(counts["lists_naming"][2026]), int(counts["lists_not_naming"][2023])
    (0, 0)
    """
    expects(ds, Dataset, given_by="load", taker="priorities_by_year")
    events = priorities(
        ds, place=place, inside=inside, year=year, level=level, country=country, as_of=as_of
    ).dropna(subset="year")
    years = range(events["year"].min(), events["year"].max() + 1) if len(events) else range(0)
    grid = pd.MultiIndex.from_product([list(GROUPS), years], names=["list_group", "year"])
    table = pd.DataFrame(index=grid)
    for column, named in (("lists_naming", True), ("lists_not_naming", False)):
        counts = events[events["named"] == named].groupby(["list_group", "year"]).size()
        table[column] = counts.reindex(grid, fill_value=0)
    pages = events.groupby(["list_group", "year"])["source_ids"].agg(every_id)
    table = table.join(pages).reset_index()
    table.insert(1, "list_group_label", table["list_group"].map(GROUPS).astype("str"))
    table = table.assign(about=ds.schema.subject, source_ids=table.pop("source_ids"))
    return table.astype({"about": "str", "source_ids": "str"})
