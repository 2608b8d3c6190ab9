"""Who sits in several bodies, and which bodies share their members."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import expects, truth
from .filters import known_by
from .participants import NOT_KNOWN, seats

SEAT = [
    "organisation_id", "organisation", "bodies", "body_id", "body", "body_short", "bodies_shared", "role",
    "role_label", "certainty", "confirmed", "disputed", "source_ids",
]  # fmt: skip


def shared_members(ds: Dataset, *, groups: bool = False, as_of: Any = None) -> pd.DataFrame:
    """Which organisations sit in two or more bodies?

    Parameters
    ----------
    groups : count the parts of a group as the group (Tencent Interactive Entertainment as Tencent). Without it
        each organisation stands for itself.
    as_of : what was known on that day (see `as_of`).

    Returns
    -------
    One row per organisation, most bodies first, then by name.

    - `organisation_id`, `organisation`, `organisation_type`, `organisation_type_label`, `sector`, `sector_label`
    - `bodies`: bodies it is named in, disputed memberships left out; `bodies_confirmed`: those of them in which it
      is a confirmed member
    - `body_ids`, `unconfirmed_in` (listed only, or a body not set up yet), `disputed_in`: ids joined by ";", by the
      bodies' names; blank: none
    - `parts`: the parts of the group that sit for it, where groups count as one; blank: it sits itself

    Notes
    -----
    The bodies' full rolls are not known: an organisation that is not here may still sit in several. A body and
    the one that succeeds it are two.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.shared_members(ma.load()).set_index("organisation_id")
    >>> found["unconfirmed_in"]["huawei"].split(";")
    ['miit-metaverse-standardisation-working-group', 'ccia-metaverse-industry-committee']
    """
    expects(ds, Dataset, given_by="load", taker="shared_members")
    groups = truth(groups, "groups")
    found = _of_shared(_one_seat_each(known_by(ds, as_of), groups))
    counted = found[~found["disputed"]]
    who = [
        "organisation_id",
        "organisation",
        "organisation_type",
        "organisation_type_label",
        "sector",
        "sector_label",
    ]
    table = found[[*who, "bodies"]].drop_duplicates("organisation_id").set_index("organisation_id")

    def joined(rows: pd.DataFrame, column: str = "body_id") -> pd.Series:
        lists = rows.groupby("organisation_id", sort=False)[column].agg(lambda ids: ";".join(ids.unique()))
        return lists.astype("str")

    table = table.assign(
        bodies_confirmed=counted.groupby("organisation_id")["confirmed"].sum(),
        body_ids=joined(counted),
        unconfirmed_in=joined(counted[~counted["confirmed"]]),
        disputed_in=joined(found[found["disputed"]]),
        parts=joined(counted[counted["part_id"] != counted["organisation_id"]], "part_id"),
    )
    return _most_first(table.reset_index())


def shared_seats(ds: Dataset, *, groups: bool = False, as_of: Any = None) -> pd.DataFrame:
    """Where does each organisation that sits in two or more bodies sit, and in which role?

    Parameters
    ----------
    groups, as_of : as for `shared_members`.

    Returns
    -------
    One row per organisation and body; organisations as in `shared_members`, and for each the body first that
    shares most members with others.

    - `organisation_id`, `organisation`, `bodies`; `body_id`, `body`, `body_short`
    - `bodies_shared`: how many of these organisations the body has
    - `role`, `role_label`, `certainty`, `confirmed`: as in `roster`
    - `disputed`: the sources contradict each other about this seat; it is in no count
    - `source_ids`: the sources of the seat

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.shared_seats(ma.load())
    >>> found.query("organisation_id == 'china-mobile'")["certainty"].value_counts()["disputed"].item()
    1
    """
    expects(ds, Dataset, given_by="load", taker="shared_seats")
    groups = truth(groups, "groups")
    found = _of_shared(_one_seat_each(known_by(ds, as_of), groups))
    counted = found[~found["disputed"]]
    shared = counted.groupby("body_id").size()
    found = found.assign(bodies_shared=found["body_id"].map(shared).fillna(0).astype("int64"))
    return found.sort_values(
        ["bodies", "organisation", "organisation_id", "bodies_shared", "body"],
        ascending=[False, True, True, False, True],
        ignore_index=True,
    )[SEAT]


def _most_first(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(
        ["bodies", "organisation", "organisation_id"],
        ascending=[False, True, True],
        ignore_index=True,
    )


def _one_seat_each(ds: Dataset, groups: bool) -> pd.DataFrame:
    """One row per organisation (or group) and body: its firmest seat there, and of those the highest role."""
    found = seats(ds).assign(part_id=lambda rows: rows["organisation_id"])
    if groups:
        found = _as_groups(ds, found)
    found = found.assign(_doubt=~found["confirmed"]).sort_values(
        ["disputed", "_doubt", "role", "membership_id"]
    )
    return found.drop_duplicates(["organisation_id", "body_id"]).sort_values(["body", "body_id"])


def _of_shared(found: pd.DataFrame) -> pd.DataFrame:
    """The seats of organisations with two or more undisputed ones, with that number as `bodies`."""
    number = found["organisation_id"].map((~found["disputed"]).groupby(found["organisation_id"]).sum())
    return found.assign(bodies=number.astype("int64"))[number.to_numpy() >= 2]


def _as_groups(ds: Dataset, found: pd.DataFrame) -> pd.DataFrame:
    """The same seats under the name of the highest organisation of each group."""
    who = ds.participants.set_index("organisation_id")
    top = found["organisation_id"].map(_highest(who))
    named = {"organisation": "name_en", "organisation_type": "type", "sector": "sector"}
    found = found.assign(organisation_id=top, **{new: top.map(who[old]) for new, old in named.items()})
    return found.assign(
        organisation_type_label=ds.schema.labels("participants", "type", found["organisation_type"]),
        sector_label=ds.schema.labels("participants", "sector", found["sector"]).fillna(NOT_KNOWN),
    )


def _highest(who: pd.DataFrame) -> pd.Series:
    """The organisation at the top of each one's group; itself where it belongs to none."""
    own = pd.Series(who.index, index=who.index)
    above = who["parent_organisation_id"].where(who["parent_organisation_id"].isin(who.index)).fillna(own)
    top = above
    for _ in range(len(who).bit_length()):  # each turn doubles the number of steps taken
        top = top.map(top)
    if not (top.map(above) == top).all():
        raise ValueError("participants: parent_organisation_id leads back to itself; see validate()")
    return top
