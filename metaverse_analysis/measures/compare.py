"""Places side by side: facts as rows, places as columns, each cell with its hedge; unlike things are never ranked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.names import find_place
from ..tables.needs import expects
from .by_content import ByContent
from .compare_facts import Fact, facts_of
from .compare_words import html, text
from .dollars import written
from .filters import several
from .profile import profiles

NONE_KNOWN = "none known"
COLUMNS = [
    "group", "fact", "place_id", "place", "said", "amount", "amount_max", "unit", "qualifier", "draft",
    "like_for_like", "rank", "source_ids",
]  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(ByContent):
    """What `compare` found. Printed, or shown in a notebook, it is a table: facts as rows, places as columns.

    Attributes
    ----------
    facts : one row per fact and place, see `compare`.
    places : the names of the places, in the order asked for.
    today : the day from which targets were looked back at.
    rate_on : the day, month or year whose exchange rate all dollars are at; none: that of each document's day.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ma.compare(ma.load(), ["Sichuan", "Shandong"]).places
    ('Sichuan', 'Shandong')
    """

    facts: pd.DataFrame
    places: tuple[str, ...]
    today: str
    rate_on: str | None = None

    @property
    def to_cite(self) -> pd.DataFrame:
        """The rows whose pages `cite` names, given the comparison."""
        return self.facts[["source_ids"]]

    @cached_property
    def table(self) -> pd.DataFrame:
        """The cells in words: `group`, `fact`, a column for each place, and `like_for_like`."""
        facts = self.facts
        wide = facts.pivot(index=["group", "fact", "like_for_like"], columns="place_id", values="said")
        names = facts.drop_duplicates("place_id").set_index("place_id")["place"]
        order = pd.MultiIndex.from_frame(facts[["group", "fact", "like_for_like"]].drop_duplicates())
        table = wide.reindex(order)[list(names.index)].set_axis(list(self.places), axis=1).reset_index()
        return table[["group", "fact", *self.places, "like_for_like"]]

    def __str__(self) -> str:
        return text(self.table, self.places)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return html(self.table, self.places)


def compare(
    ds: Dataset, places: Iterable[str], *, as_of: Any = None, today: Any = None, rate_on: Any = None
) -> Comparison:
    """What do several places promise, do and reach, side by side?

    Parameters
    ----------
    ds : the tables.
    places : two places or more, by ids or names.
    as_of, today, rate_on : as for `profile`; with `rate_on` all dollars are of one day.

    Returns
    -------
    A Comparison, which prints as a table. Its `facts` have one row per fact and place, facts in order, places as asked
    for:

    - `group`, `fact`: what is compared; a market size of each scope, measure and year is a fact of its own
    - place_id, `place`; `said`: the cell in words, with its hedge ("none known" where the tables have nothing)
    - `amount`, `amount_max` (of a range), `unit`, `qualifier`; `draft`: only a draft says so
    - `like_for_like`: whether the amounts are of one quantity, which two places have: of a market size one scope,
      measure and year, not a bag of unlike things. What documents count as firms or scenarios is never one
    - `rank`: 1 is the largest, of market sizes and shares of GDP that are like for like
    - `source_ids`

    Raises
    ------
    ValueError
        For an unknown place (the message has the nearest names), for one place alone, and for a place named twice.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.compare(ma.load(), ["Sichuan", "Shandong", "Chongqing"])
    >>> found.table.loc[0, ["fact", "Sichuan", "Shandong"]].tolist()
    ['metaverse-related industries by 2025', '250 billion yuan, about $34.4 billion',
     'about 150 billion yuan, about $20.6 billion']
    """
    expects(ds, Dataset, given_by="load", taker="compare")
    asked = several(places)
    ids = [find_place(ds, place) for place in asked]
    for at, place_id in enumerate(ids):
        if place_id in ids[:at]:
            first = asked[ids.index(place_id)]
            raise ValueError(f"{first!r} and {asked[at]!r} are one place, {place_id}: name each place once")
    if len(ids) < 2:
        raise ValueError(
            f'compare takes two places or more, such as ["Sichuan", "Shandong"], not {places!r}; '
            "profile tells of one place"
        )
    found = list(profiles(ds, ids, as_of=as_of, today=today, rate_on=rate_on))
    names = _names([(one.place, one.parent, one.place_id) for one in found])
    told = {name: facts_of(one) for name, one in zip(names, found, strict=True)}
    rows = [
        {**fact._asdict(), "place_id": one.place_id, "place": name}
        for name, one in zip(names, found, strict=True)
        for fact in _in_line(told, name)
    ]
    facts = pd.DataFrame(rows).sort_values(["at"], kind="stable", ignore_index=True)
    one_day = None if rate_on is None else written(rate_on)
    return Comparison(_ranked(facts)[COLUMNS], tuple(names), found[0].today, one_day)


def _names(found: list[tuple[str, str | None, str]]) -> list[str]:
    """The names of the places, of two that bear one name with where they lie."""
    plain = [place for place, _, _ in found]
    return [
        place if plain.count(place) == 1 else f"{place} ({parent or place_id})"
        for place, parent, place_id in found
    ]


def _in_line(told: dict[str, list[Fact]], name: str) -> list[Fact]:
    """The facts of all places, in their order, as one place has them."""
    every = {(fact.at, fact.group, fact.fact): fact for facts in told.values() for fact in facts}
    own = {(fact.at, fact.group, fact.fact): fact for fact in told[name]}
    shared = [key for key in sorted(every) if not every[key].only_shared or _places_with(told, key) > 1]
    return [own[key] if key in own else _without(every[key]) for key in shared]


def _without(fact: Fact) -> Fact:
    """The same fact of a place of which nothing is known."""
    return fact._replace(
        said=NONE_KNOWN, amount=None, amount_max=None, qualifier=None, draft=False, source_ids=None
    )


def _places_with(told: dict[str, list[Fact]], key: tuple[Any, ...]) -> int:
    return sum(any((fact.at, fact.group, fact.fact) == key for fact in facts) for facts in told.values())


def _ranked(facts: pd.DataFrame) -> pd.DataFrame:
    """With what is alike, and its ranks."""
    types = dict.fromkeys(("amount", "amount_max"), "float64") | dict.fromkeys(
        ("said", "unit", "qualifier", "source_ids"), "str"
    )
    facts = facts.astype(types)
    number = facts["amount"].notna().groupby([facts["group"], facts["fact"]]).transform("sum")
    alike = facts["comparable"] & (number > 1)
    kinds = facts["amount"].where(alike & facts["may_rank"]).groupby([facts["group"], facts["fact"]])
    return facts.assign(like_for_like=alike, rank=kinds.rank(method="min", ascending=False).astype("Int64"))
