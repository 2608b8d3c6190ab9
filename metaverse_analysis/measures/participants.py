"""Who sits at the table: the members of the standards and industry bodies, as far as sources name them.

Three things hold in every table here. The rows are the organisations that sources name, never the full roll of
a body. A membership is confirmed only if the schema says so of its status (`is_confirmed`) and the body itself is
set up (`is_set_up`): a listed member is never shown as a confirmed one, and "confirmed" says no more than that a
source names the organisation as holding the role. A disputed membership is counted nowhere and shown beside the
counts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import definitely_before, precision
from ..tables.names import find
from ..tables.needs import expects, is_one_of
from ..tables.schema import Schema
from .filters import Names, known_by, several
from .grades import grades
from .ids import every_id, every_id_beside

NOT_KNOWN = "not known"
DISPUTED, LISTED, NAMED = "disputed", "listed", "named"
PARENT = "parent"  # an organisation above the body, not one of its members
PERSONS, ORGANISATIONS = "persons", "organisations"
BY = {"type": "participants", "sector": "participants", "role": "memberships"}
ROSTER = [
    "membership_id", "body_id", "body", "organisation_id", "organisation", "organisation_zh", "role",
    "role_label", "representative", "membership_status", "certainty", "confirmed", "named_on",
    "date_precision", "organisation_type", "organisation_type_label", "sector", "sector_label", "sources", "outlets",
    "confidence", "source_ids", "note",
]  # fmt: skip
SEATS = [*ROSTER, "body_short", "body_status", "disputed"]


def find_body(ds: Dataset, name: str) -> str:
    """The id of a body from its id or one of its names, full, short or Chinese; upper and lower case are alike.

    Raises
    ------
    ValueError
        If no body, or more than one, has that name; the message names those that come near.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> find_body(ma.load(), "MIIT working group")
    'miit-metaverse-standardisation-working-group'
    """
    return find(ds, "bodies", name)


def roster(ds: Dataset, *, body: str, organisation: Names = None, as_of: Any = None) -> pd.DataFrame:
    """Who sits in a body, in which role, since when, and who says so?

    Parameters
    ----------
    body : a body's id or one of its names, such as "MIIT working group".
    organisation : keep only these, by id or name; one or several.
    as_of : what was known on that day (see `as_of`).

    Returns
    -------
    One row per membership, ordered by role (as in the schema: parent, chair, vice-chair ... member), then name.

    - `membership_id`, `body_id`, `body`, `organisation_id`, `organisation`, `organisation_zh`, `role`, `role_label`
    - `representative`: who holds the role for the organisation; blank: nobody named
    - `membership_status` as in the table; `certainty`: the same in words that can't be misread ("listed, not
      confirmed"; "member, body in preparation"; "member, body ended"); `confirmed`: true only where both membership
      and body are
    - `named_on`, as precise as the source, with `date_precision` (day, month, year). For a listed member it
      is the day of the list, not the start of a membership
    - `organisation_type`, `organisation_type_label`, `sector`, `sector_label`
    - `sources`, `outlets` (pages; independent outlets), `confidence`, `source_ids`, `note`

    Raises
    ------
    ValueError
        If there is no such body or organisation; the message has the nearest names.

    Notes
    -----
    The rows are those that sources name, not the full roll: `bodies_known` says what is known about the rest.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.roster(ma.load(), body="MIIT working group").set_index("organisation")
    >>> found.loc["Huawei Technologies", ["role_label", "certainty"]].tolist()
    ['member', 'listed, not confirmed']
    """
    expects(ds, Dataset, given_by="load", taker="roster")
    ds = known_by(ds, as_of)
    return seats(ds, body=find_body(ds, body), organisation=organisation)[ROSTER]


def seats(ds: Dataset, *, body: Names = None, organisation: Names = None, as_of: Any = None) -> pd.DataFrame:
    """Who sits where: every membership, with its body and its organisation beside it.

    Parameters
    ----------
    ds : the tables.
    body, organisation : keep only these, by id or name ("MIIT working group", "腾讯"); one or several. A known one
        without a row keeps none.
    as_of : what was known on that day (see `as_of`).

    Returns
    -------
    One row per membership, by body, role (as in the schema: parent, chair, vice-chair ... member), name and
    membership_id:

    - as in `roster`: `membership_id`, `body_id`, `body`, `organisation_id`, `organisation`, `organisation_zh`, `role`,
      `role_label`, `representative`, `membership_status`, `certainty`, `confirmed`, `named_on`, `date_precision`,
      `organisation_type`, `organisation_type_label`, `sector`, `sector_label`, `sources`, `outlets`, `confidence`,
      `source_ids`, `note`
    - `body_short`: the body's short name, else its name; `body_status` as in the table bodies
    - `disputed`: the sources contradict each other about this membership; such a one is counted nowhere

    Raises
    ------
    ValueError
        If there is no such body or organisation; the message has the nearest names.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ma.seats(ma.load(), organisation="Tencent", body="MIIT working group")["certainty"].tolist()
    ['listed, not confirmed']
    >>> found = seats(ma.load())
    >>> found.loc[found["disputed"], "organisation"].tolist()
    ['China Mobile', 'China Unicom']
    """
    expects(ds, Dataset, given_by="load", taker="seats")
    ds = known_by(ds, as_of)
    bodies = ds.bodies.assign(body_short=ds.bodies["short_name"].fillna(ds.bodies["name_en"]))
    bodies = bodies.rename(columns={"name_en": "body", "status": "body_status"})
    who = ds.participants.rename(
        columns={"name_en": "organisation", "name_zh": "organisation_zh", "type": "organisation_type"}
    )
    graded = grades(ds, "memberships")[["sources", "outlets", "confidence"]]
    joined = (
        ds.memberships.join(graded, on="membership_id")
        .merge(bodies[["body_id", "body", "body_short", "body_status"]], on="body_id", how="left")
        .merge(who.drop(columns="note"), on="organisation_id", how="left")
    )
    joined = joined.assign(
        role_label=ds.schema.labels("memberships", "role", joined["role"]),
        organisation_type_label=ds.schema.labels("participants", "type", joined["organisation_type"]),
        sector_label=ds.schema.labels("participants", "sector", joined["sector"]).fillna(NOT_KNOWN),
        date_precision=precision(joined["named_on"]),
        disputed=(joined["membership_status"] == DISPUTED).astype(bool),
        **_standing(ds.schema, joined),
    )
    wanted = {"body_id": ("bodies", body), "organisation_id": ("participants", organisation)}
    for column, (table, names) in wanted.items():
        if names is not None:
            joined = joined[joined[column].isin([find(ds, table, name) for name in several(names)])]
    by = ["body", "role", "organisation", "membership_id"]
    return joined.sort_values(by, ignore_index=True)[SEATS]


def _standing(schema: Schema, joined: pd.DataFrame) -> dict[str, pd.Series]:
    """How firm each membership is: `confirmed`, and `certainty` in words."""
    firm = _flag(schema, "memberships", "membership_status", "is_confirmed", joined["membership_status"])
    set_up = _flag(schema, "bodies", "status", "is_set_up", joined["body_status"])
    at_work = set_up & ~_flag(schema, "bodies", "status", "is_over", joined["body_status"])
    said = schema.labels("memberships", "membership_status", joined["membership_status"])
    doubt = np.where(joined["membership_status"] == DISPUTED, "", ", not confirmed")
    body = ", body " + schema.labels("bodies", "status", joined["body_status"]).fillna("of unknown status")
    standing = (said + doubt).where(~firm, (said + body).where(~at_work, said))
    return {"confirmed": firm & set_up, "certainty": standing.astype("str")}


def _flag(schema: Schema, table: str, column: str, name: str, codes: pd.Series) -> pd.Series:
    """A yes or no that the schema gives for each code; a code without one, or no code, is a no."""
    yes = [code for code, what in schema.codes(table, column).items() if what.get(name) is True]
    return codes.isin(yes)


def bodies_known(ds: Dataset, *, as_of: Any = None) -> pd.DataFrame:
    """How much of each body is known: who was announced, who is named, how many are not?

    Parameters
    ----------
    ds : the tables.
    as_of : what was known on that day (see `as_of`).

    Returns
    -------
    One row per body, most named organisations first, then by name.

    - `body_id`, `body`, `body_short`, `body_type`, `body_type_label`, `body_status`, `body_status_label`
    - `announced_on`, `announced_members`, `announced_members_unit` (organisations or persons)
    - `members_known`: organisations that sources name. Each is in one of: `members_confirmed` (the membership is
      confirmed), `members_proposed` (of a body that isn't set up yet), `members_listed` (on a list put out for
      comment), `members_named_once` (one outlet alone names it, and whether it belongs to the body is an open question)
    - `members_disputed`: those that the sources contradict each other about, not among the known
    - `unknown_members`: announced less named, where both count organisations; the body's parent and whoever was
      named after the announcement are not taken off. Missing where it can't be known
    - `reason`: how it was reckoned, or why it is missing
    - `source_ids`: of the body and of the memberships named

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.bodies_known(ma.load()).set_index("body_id").loc["miit-metaverse-standardisation-working-group"]
    >>> print(*found[["announced_members", "announced_members_unit", "members_confirmed", "unknown_members"]])
    60 persons 0 <NA>
    """
    expects(ds, Dataset, given_by="load", taker="bodies_known")
    ds = known_by(ds, as_of)
    found, bodies = seats(ds), ds.bodies.reset_index(drop=True)
    counted = found[~found["disputed"]]
    told = counted.merge(bodies[["body_id", "announced_on"]], on="body_id", how="left")
    later = definitely_before(told["announced_on"], told["named_on"]).to_numpy()
    among = told[(told["role"] != PARENT).to_numpy() & ~later]

    def count(rows: pd.DataFrame) -> np.ndarray:
        return (
            rows.groupby("body_id")["organisation_id"]
            .nunique()
            .reindex(bodies["body_id"], fill_value=0)
            .to_numpy()
        )

    table = pd.DataFrame(
        {
            "body_id": bodies["body_id"],
            "body": bodies["name_en"],
            "body_short": bodies["short_name"].fillna(bodies["name_en"]),
            "body_type": bodies["type"],
            "body_type_label": ds.schema.labels("bodies", "type", bodies["type"]),
            "body_status": bodies["status"],
            "body_status_label": ds.schema.labels("bodies", "status", bodies["status"]),
            "announced_on": bodies["announced_on"],
            "announced_members": bodies["announced_members"],
            "announced_members_unit": bodies["announced_members_unit"].astype("str"),
            "members_known": count(counted),
            **{f"members_{state}": count(rows) for state, rows in _by_state(counted).items()},
            "members_disputed": count(found[found["disputed"]]),
        }
    )
    named = found.groupby("body_id")["source_ids"].agg(every_id).reindex(bodies["body_id"])
    table = table.assign(
        **_unknown(table, pd.Series(count(among), index=table.index)),
        source_ids=every_id_beside(bodies["source_ids"], named),
    )
    return table.sort_values(["members_known", "body"], ascending=[False, True], ignore_index=True)


def _by_state(counted: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each state, an organisation of several seats in a body in the first of its states."""
    status = counted["membership_status"].astype("str")
    confirmed, once, listed = counted["confirmed"], status == NAMED, status == LISTED
    states = {
        "confirmed": confirmed,
        "proposed": ~confirmed & ~once & ~listed,
        "listed": listed,
        "named_once": once,
    }
    state = pd.Series(np.select([*states.values()], range(len(states)), len(states)), counted.index)
    first = state.groupby([counted["body_id"], counted["organisation_id"]]).transform("min")
    return {name: counted[first == code] for code, name in enumerate(states)}


def _unknown(table: pd.DataFrame, among: pd.Series) -> dict[str, pd.Series]:
    """How many members nobody names, and the reason; `among`: the named ones who can be among those announced."""
    announced, unit = table["announced_members"], table["announced_members_unit"]
    number = announced.astype("str")
    day = table["announced_on"].dt.strftime(" on %Y-%m-%d").astype("str").fillna("")
    fits = announced.notna() & (unit == ORGANISATIONS) & (among <= announced.fillna(0))
    cases = [
        (announced.isna(), "no number of members was announced, as far as known"),
        (unit == PERSONS, number + " persons were announced; one organisation may send several"),
        (
            unit != ORGANISATIONS,
            number + " members were announced; whether persons or organisations is unknown",
        ),
        (~fits, among.astype("str") + " organisations are named, more than the " + number + " announced"),
    ]
    reason = number + " announced" + day + ", less " + among.astype("str") + " named by then"
    for applies, said in reversed(cases):
        reason = reason.mask(applies, said)
    return {
        "unknown_members": (announced - among).where(fits).astype("Int64"),
        "reason": reason.astype("str"),
    }


def composition(ds: Dataset, *, by: str = "type", body: str | None = None, as_of: Any = None) -> pd.DataFrame:
    """What are the bodies made of: which types, sectors or roles, and how many of each?

    Parameters
    ----------
    by : "type", "sector" or "role".
    body : one body, by id or name; all of them without it.
    as_of : what was known on that day (see `as_of`).

    Returns
    -------
    One row per body and code, largest body first (by organisations named, then name), and in it the commonest
    code first; "not known" is last.

    - `body_id`, `body`, `body_short`
    - `code`, `label`, `plural`: the type, sector or role, in words and in words for several; missing and "not known"
      where the table has none
    - `count`: organisations named, disputed ones left out; `share_pct`: of the body's named organisations
    - `members_confirmed`: how many of `count` are confirmed members; `members_disputed`: how many more are disputed
    - `members_known`: the body's total of `count`
    - `source_ids`: of these memberships

    Raises
    ------
    ValueError
        If `by` is none of the three, or there is no such body.

    Notes
    -----
    Shares are of those named, not of the body: large firms are named more often. An organisation with two roles
    in one body counts once in each.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.composition(ma.load(), by="type", body="MIIT working group")
    >>> found.loc[found["code"] == "government", ["count", "members_confirmed"]].values.tolist()
    [[1, 0]]
    """
    expects(ds, Dataset, given_by="load", taker="composition")
    if not is_one_of(by, BY):
        raise ValueError(f"by: {by!r} is none of {', '.join(BY)}")
    ds = known_by(ds, as_of)
    found = seats(ds)
    if body is not None:
        found = found[found["body_id"] == find_body(ds, body)]
    found = found.assign(
        code=found["organisation_type" if by == "type" else by].astype("str"),
        firm=found["confirmed"] & ~found["disputed"],
    )
    found = found.sort_values("disputed", kind="stable")  # undisputed in one role is undisputed
    keys = ["body_id", "body", "body_short", "code"]
    pages = found.groupby(keys, dropna=False, sort=False, observed=True)["source_ids"].agg(every_id)
    found = found.drop_duplicates(["body_id", "organisation_id", "code"])
    table = (
        found.assign(count=~found["disputed"])
        .groupby(keys, dropna=False, sort=False, observed=True)[["count", "firm", "disputed"]]
        .sum()
        .astype("int64")
        .rename(columns={"firm": "members_confirmed", "disputed": "members_disputed"})
        .join(pages)
        .reset_index()
        .astype({"source_ids": "str"})
    )
    known = table.groupby("body_id")["count"].transform("sum")
    rank = pd.Categorical(table["code"], list(ds.schema.codes(BY[by], by)), ordered=True).codes
    label = ds.schema.labels(BY[by], by, table["code"]).fillna(NOT_KNOWN)
    several = {code: about.get("plural") for code, about in ds.schema.codes(BY[by], by).items()}
    table = table.assign(
        label=label,
        plural=table["code"].astype("str").map(several).astype("str").fillna(label),
        share_pct=(100 * table["count"] / known.where(known > 0)).astype("float64"),
        members_known=known,
        _unknown=table["code"].isna(),
        _order=np.where(rank < 0, len(table), rank),
    ).sort_values(
        ["members_known", "body", "_unknown", "count", "_order"],
        ascending=[False, True, True, False, True],
        kind="stable",
        ignore_index=True,
    )
    columns = [
        "code", "label", "plural", "count", "share_pct", "members_confirmed", "members_disputed", "members_known",
        "source_ids",
    ]  # fmt: skip
    return table[[*keys[:3], *columns]]
