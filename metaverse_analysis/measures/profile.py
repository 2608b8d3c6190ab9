"""All that is known of one place, as tables: what it promised, by which documents, what came of it, who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ..tables.dataset import Dataset, split_ids
from ..tables.names import find_place, plain
from ..tables.needs import expects
from ..tables.place_names import split
from ..tables.places import ancestors
from .by_content import ByContent
from .comparison import beside_economy
from .conflicts import conflicts, places_that_disagree
from .evidence import OF_PLACES, graded_rows, of_provinces, pages_behind, quality_by_table, searches
from .explanation import Explanation
from .filters import known_by
from .grades import graded_sources
from .headline import economy, first_scopes, looked_back_from
from .instruments import instrument_uses
from .other_targets import other_targets
from .outcomes import outcome_ledger
from .participants import seats
from .policies import policy_timeline
from .press import press_audit
from .profile_words import answer, card
from .targets import market_targets

_SHARE = ["share_of_gdp_pct", "statistics_year", "vintage", "gdp_series"]
_INSIDE = ["place_id", "place", "level", "parent", "documents", "market_targets", "other_targets", "events"]
_COUNTED = {
    "documents": "documents", "market_targets": "targets", "other_targets": "other_targets", "events": "events",
}  # fmt: skip
_SEARCHED = ["place_id", "place", "what", "finding", "finding_label", "searched_on", "source_ids"]
_SMALLEST_NAME = 2  # letters of a name that may stand in the names of organisations


@dataclass(frozen=True, eq=False, repr=False)
class Profile(ByContent):
    """What `profile` found. Printed, or shown in a notebook, it is a page on the place; its parts are tables.

    Attributes
    ----------
    place_id, place, place_zh, level, parent : the place, its names, and what it lies in.
    today : the day from which targets were looked back at.
    main_scopes : the scopes of the subject itself, in whose targets the answer is given.
    targets, other_targets, documents, events, instruments, printed, outcomes, members, inside, evidence, searched,
    disagreements, sources : tables, see `profile`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ma.profile(ma.load(), "Sichuan").targets["place"].unique().tolist()
    ['Sichuan']
    """

    place_id: str
    place: str
    place_zh: str | None
    level: str | None
    parent: str | None
    today: str
    main_scopes: tuple[str, ...]
    targets: pd.DataFrame
    other_targets: pd.DataFrame
    documents: pd.DataFrame
    events: pd.DataFrame
    instruments: pd.DataFrame
    printed: pd.DataFrame
    outcomes: pd.DataFrame
    members: pd.DataFrame
    inside: pd.DataFrame
    evidence: pd.DataFrame
    searched: pd.DataFrame
    disagreements: pd.DataFrame
    sources: pd.DataFrame

    @cached_property
    def _card(self) -> Explanation:
        return card(self)

    @property
    def to_cite(self) -> pd.DataFrame:
        """The rows whose pages `cite` names, given the profile."""
        return self.sources[["source_id"]]

    @property
    def answer(self) -> str:
        """The place in three or four sentences."""
        return answer(self)

    def __str__(self) -> str:
        return str(self._card)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self._card._repr_html_()


def profile(ds: Dataset, place: str, *, as_of: Any = None, today: Any = None, rate_on: Any = None) -> Profile:
    """What is known of a place: what it promised, by which documents, what came of it, and who says so?

    Parameters
    ----------
    ds : the tables.
    place : a place, by id or name.
    as_of : what was known on that day (see `as_of`).
    today : the day from which to look back at targets; by default that of `as_of`, else the last on which a source was
        read.
    rate_on : one date whose exchange rate gives all dollars; by default that of each document.

    Returns
    -------
    A Profile, which prints as a page and whose parts are tables. All but `inside` are of the place itself, not of those
    inside it:

    - `targets`: market sizes as in `market_targets`, with `share_of_gdp_pct`, `statistics_year`, `vintage` and
      `gdp_series` of those that stand (missing where there is no GDP); `other_targets`: all other numbers
    - `documents`, `events`: the rows of `policy_timeline`, without what it says of their order; `instruments`: those of
      `instrument_uses`
    - `printed`: dollar figures that the press printed, as in `press_audit`
    - `outcomes`: what came of targets whose year has passed, as in `outcome_ledger`
    - `members`: the seats (see `seats`) of organisations and in bodies that bear the name of the place; where
      organisations sit isn't recorded, so others may sit there
    - `inside`: one row per place inside: place_id, `place`, `level`, `parent`, and the numbers of its `documents`,
      `market_targets`, `other_targets` and `events`; the most documents first, then by name
    - `evidence`: what its rows rest on, as in `evidence_quality`
    - `searched`: what was looked for, and what was found or not: place_id, `place`, `what`, `finding`, `finding_label`,
      `searched_on`, `source_ids`; of a place inside a province also the search for that province
    - `disagreements`: as in `conflicts`; `sources`: every page behind all this, the strongest first, with its grade

    Raises
    ------
    ValueError
        For an unknown place (the message has the nearest names), and where no source says when it was read and no day
        is given.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> sichuan = ma.profile(ma.load(), "四川")
    >>> sichuan.answer.split(", ")[0]
    'Sichuan aims for 250 billion yuan of metaverse-related industries by 2025'
    >>> sichuan.documents["status"].tolist(), len(sichuan.inside) > 0
    (['draft', 'issued'], True)
    """
    expects(ds, Dataset, given_by="load", taker="profile")
    return next(profiles(ds, [find_place(ds, place)], as_of=as_of, today=today, rate_on=rate_on))


def profiles(
    ds: Dataset, place_ids: Iterable[str], *, as_of: Any = None, today: Any = None, rate_on: Any = None
) -> Iterator[Profile]:
    """The profiles of several places: what is the same for all is worked out once.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> [found.place for found in profiles(ma.load(), ["CN-SC", "CN-SD"])]
    ['Sichuan', 'Shandong']
    """
    ds = known_by(ds, as_of)
    day = str(looked_back_from(ds, today))
    whole = _kept(ds, day, rate_on)
    for place_id in place_ids:
        yield _of_place(ds, whole, place_id, day)


@dataclass(frozen=True)
class _Whole:
    """The tables of all places, of which a profile takes its rows."""

    tables: dict[str, pd.DataFrame]
    seats: pd.DataFrame
    seat_names: list[pd.Series]  # of organisations and bodies, in the form in which names are compared
    graded: pd.DataFrame
    disagreements: pd.DataFrame
    disagreeing: pd.Series  # places, by the number of the disagreement
    searches: pd.DataFrame
    of_provinces: pd.DataFrame  # the graded rows that the searches stand beside
    sources: pd.DataFrame
    above: pd.DataFrame  # each place with all that it lies in


def _kept(ds: Dataset, day: str, rate_on: Any) -> _Whole:
    """The tables of all places, worked out when a dataset is first asked about a place."""
    asked = (day, str(rate_on))
    kept: tuple[tuple[str, str], _Whole] | None = ds.kept.get("profile")
    if (
        kept is None or kept[0] != asked
    ):  # another thread may ask for another day: what is returned is one's own
        kept = ds.kept["profile"] = (asked, _whole(ds, day, rate_on))
    return kept[1]


def _whole(ds: Dataset, day: str, rate_on: Any) -> _Whole:
    # First: it grades all tables at once, and the measures below find their grades there.
    graded = graded_rows(ds)
    line = policy_timeline(ds, country=None).drop(columns=["order_is_certain", "overlaps_next"])
    judged = conflicts(ds, country=None)
    tables = {
        "targets": _with_shares(ds, market_targets(ds, country=None, rate_on=rate_on)),
        "other_targets": other_targets(ds, country=None, rate_on=rate_on),
        "documents": line[line["record"] == "document"],
        "events": line[line["record"] == "event"],
        "instruments": instrument_uses(ds, country=None),
        "printed": press_audit(ds, country=None),
        "outcomes": outcome_ledger(ds, today=day, country=None, rate_on=rate_on),
    }
    seated = seats(ds)
    return _Whole(
        tables,
        seated,
        [seated[name].fillna("").map(plain) for name in ("organisation", "organisation_zh", "body")],
        graded,
        judged,
        places_that_disagree(ds, judged),
        searches(ds),
        of_provinces(ds, graded[graded["table"].isin(OF_PLACES)]),
        graded_sources(ds, ds.sources["source_id"]),
        ancestors(ds.places),
    )


def _of_place(ds: Dataset, whole: _Whole, place_id: str, day: str) -> Profile:
    parts = {name: _rows_of(table, [place_id]) for name, table in whole.tables.items()}
    own = whole.disagreeing.index[whole.disagreeing == place_id].unique()
    parts["disagreements"] = whole.disagreements.loc[own.sort_values()].reset_index(drop=True)
    parts["members"] = _named_after(ds, whole, place_id)
    behind = whole.sources["source_id"].isin(_every_source(parts))
    parts["evidence"] = quality_by_table(ds, _rows_of(whole.graded, [place_id]))
    parts["searched"] = _searched(ds, whole, place_id, parts["outcomes"])
    places = ds.places.set_index("place_id")
    about = places.loc[place_id]
    parent = places["name_en"].get(str(about["parent_id"]))
    return Profile(
        place_id=place_id,
        place=str(about["name_en"]),
        place_zh=None if pd.isna(about["name_zh"]) else str(about["name_zh"]),
        level=None if pd.isna(about["level"]) else str(about["level"]),
        parent=None if parent is None else str(parent),
        today=day,
        main_scopes=tuple(first_scopes(ds)),
        inside=_inside(ds, whole, place_id),
        sources=whole.sources[behind].reset_index(drop=True),
        **parts,
    )


def _rows_of(table: pd.DataFrame, place_ids: list[str]) -> pd.DataFrame:
    return table[table["place_id"].isin(place_ids)].reset_index(drop=True)


def _with_shares(ds: Dataset, targets: pd.DataFrame) -> pd.DataFrame:
    """The targets with their share of GDP, as `ambition` reckons it of those that stand."""
    state, shares = economy(ds), pd.DataFrame(columns=["target_id", *_SHARE])
    if state is not None and len(targets):
        shares = beside_economy(ds, targets, state.year, state.vintage)[["target_id", *_SHARE]]
    types = {"target_id": "str", "share_of_gdp_pct": "float64", "statistics_year": "Int64"}
    return targets.merge(shares.astype(types), on="target_id", how="left")


def _named_after(ds: Dataset, whole: _Whole, place_id: str) -> pd.DataFrame:
    """The seats of organisations, and in bodies, whose name has that of the place in it; none for a country, whose
    name half of them bear."""
    about = ds.places.set_index("place_id").loc[place_id]
    names = [split(plain(str(name)))[0] for name in about[["name_en", "name_zh"]].dropna()]
    names = [re.escape(name) for name in names if len(name) >= _SMALLEST_NAME]
    if pd.isna(about["parent_id"]) or not names:
        return whole.seats.iloc[:0]
    words = [rf"\b{name}\b" if name.isascii() else name for name in names]
    bearing = [names.str.contains("|".join(words), regex=True) for names in whole.seat_names]
    return whole.seats[pd.concat(bearing, axis=1).any(axis=1)].reset_index(drop=True)


def _inside(ds: Dataset, whole: _Whole, place_id: str) -> pd.DataFrame:
    """The places inside a place, and how much is known of each."""
    above = whole.above
    within = ds.places[ds.places["place_id"].isin(above["place_id"][above["ancestor_id"] == place_id])]
    name = ds.places.set_index("place_id")["name_en"]
    rows = {part: whole.tables[part] for part in _COUNTED.values()}
    # A draft and its final are one.
    rows["documents"] = rows["documents"].drop_duplicates(["place_id", "family_id"])
    counts = {
        column: within["place_id"].map(rows[part]["place_id"].value_counts()).fillna(0).astype("int64")
        for column, part in _COUNTED.items()
    }
    table = within.assign(**counts, place=within["name_en"], parent=within["parent_id"].map(name))
    order = {
        "documents": False,
        "market_targets": False,
        "other_targets": False,
        "place": True,
        "place_id": True,
    }
    return table.sort_values([*order], ascending=[*order.values()], ignore_index=True)[_INSIDE]


def _searched(ds: Dataset, whole: _Whole, place_id: str, outcomes: pd.DataFrame) -> pd.DataFrame:
    """What was searched: documents of the place, or of the province that it lies in; and what became of its targets."""
    above = whole.above
    around = [place_id, *above["ancestor_id"][above["place_id"] == place_id]]
    known = whole.searches[whole.searches["place_id"].isin(around)]
    known = known.assign(source_ids=pages_behind(whole.of_provinces, known["place_id"]))
    own = known["place_id"] == place_id
    below = ds.schema.labels("coverage", "finding_below", known["finding_below"])
    documents = [
        known.assign(what="documents of its own government")[own],
        known.assign(
            what="documents of the places inside it", finding=known["finding_below"], finding_label=below
        )[known["finding_below"].notna()],
    ]
    gone = outcomes[
        outcomes["searched_on"].notna() & outcomes["finding"].isin(["not_found", "related_figure"])
    ]
    gone = gone.drop_duplicates("target_id")
    labels = gone["scope_label"].fillna(gone["indicator_label"])
    targets = gone.assign(what="what came of " + labels + ", " + gone["target_year"].astype("str"))
    targets = targets.assign(_market=gone["scope"].notna())
    targets = targets.sort_values(["_market", "what", "target_id"], ascending=[False, True, True])
    table = pd.concat([part[_SEARCHED].astype({"finding": "str"}) for part in (*documents, targets)])
    return table.reset_index(drop=True)


def _every_source(parts: dict[str, pd.DataFrame]) -> pd.Series:
    """The ids of the pages behind the tables."""
    cells = [table["source_ids"] for table in parts.values() if "source_ids" in table]
    return split_ids(pd.concat(cells)).drop_duplicates()
