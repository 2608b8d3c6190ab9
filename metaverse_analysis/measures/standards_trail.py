"""The way of a standards body from proposal to committee, step by step."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import first_day, last_day, order, precision
from ..tables.needs import expects
from .filters import known_by
from .grades import grades
from .ids import every_id, every_id_beside
from .participants import find_body, seats

STANDARDS_GROUP = "standards_group"
DATES = ("consultation_date", "signed_date", "issued_date")
STEP = [
    "date",
    "event_id",
    "event_type",
    "step",
    "what",
    "body_id",
    "document_id",
    "source_ids",
    "confidence",
]
TRAIL = [
    "date", "date_precision", "after_previous", "step", "what", "body_id", "body", "body_short", "body_status",
    "document_id", "document", "document_status", "announced_members", "announced_members_unit", "members_named",
    "members_confirmed", "certainty", "event_id", "source_ids", "confidence",
]  # fmt: skip


def standards_trail(ds: Dataset, *, body: str | None = None, as_of: Any = None) -> pd.DataFrame:
    """How did a standards body come about: who proposed what and when, and has anything been confirmed?

    Parameters
    ----------
    body : a body, by id or name; its predecessors and successors come with it. Without it, all national
        standards groups.
    as_of : what was known on that day (see `as_of`).

    Returns
    -------
    One row per step, in order of time (a month or year by its last day), those of one day in the order of the tables.
    A step is an event of the bodies, or a date of one of their documents that no event tells of.

    - `date` as precise as the source, `date_precision` (day, month, year); `after_previous`: is it after the row
      above ("after", "same", or "unknown" where one is only a month or year and the order can't be told);
      missing in the first row
    - `step`: its kind in words; `what`: what happened
    - `body_id`, `body`, `body_short`, `body_status`: how the body stood when last seen, not on that day
    - `document_id`, `document`, `document_status` (draft, announced, issued)
    - `announced_members`, `announced_members_unit`: the number announced on that day, and what it counts
    - `members_named`: organisations that sources name for that day, disputed ones left out; `members_confirmed`:
      those of them whose membership is confirmed; `certainty`: the same in words, such as "listed, not confirmed"
    - `event_id` (blank: told by the document's date only); `source_ids`: of the event or document, of the announcement
      and of the memberships named; `confidence` of the event or document

    Raises
    ------
    ValueError
        If there is no such body.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> trail = ma.standards_trail(ma.load())
    >>> print(*trail[["date", "document_status"]].iloc[0])
    2023-09-18 draft
    >>> trail.loc[trail["members_named"] > 0, "certainty"].unique().tolist()
    ['listed, not confirmed', 'member, body in preparation']
    """
    expects(ds, Dataset, given_by="load", taker="standards_trail")
    ds = known_by(ds, as_of)
    chain = _chain(ds.bodies, body if body is None else find_body(ds, body))
    events = ds.events[ds.events["body_id"].isin(chain)]
    documents = _documents(ds.policy_documents, events)
    steps = pd.concat([_from_events(ds, events), _from_documents(ds, documents, events)], ignore_index=True)
    steps = steps.assign(_last=last_day(steps["date"]), _first=first_day(steps["date"])).sort_values(
        ["_last", "_first"], ignore_index=True
    )
    after = order(steps["date"], steps["date"].shift())
    steps = steps.assign(date_precision=precision(steps["date"]), after_previous=after.where(steps.index > 0))
    steps = _with_members(ds, _with_names(ds, steps))
    return steps[TRAIL]


def _chain(bodies: pd.DataFrame, start: str | None) -> set[str]:
    """The body, or the national standards groups, with all that precede and succeed them."""
    beside: dict[str, list[str]] = {}
    links = bodies[["body_id", "succeeds_body_id"]].dropna()
    for body, earlier in zip(links["body_id"], links["succeeds_body_id"], strict=True):
        beside.setdefault(body, []).append(earlier)
        beside.setdefault(earlier, []).append(body)
    chain = set(bodies["body_id"][bodies["type"] == STANDARDS_GROUP]) if start is None else {start}
    waiting = list(chain)
    while waiting:
        found = set(beside.get(waiting.pop(), ())) - chain
        chain |= found
        waiting += found
    return chain


def _documents(documents: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The documents that the events belong to, and the other versions of these; each with its body."""
    told = events.dropna(subset="document_id").sort_values(["date", "event_id"])
    body_of = told.drop_duplicates("document_id")
    own = documents["document_id"].map(body_of.set_index("document_id")["body_id"])
    family = own.groupby(documents["family_id"]).transform("first")
    return documents.assign(body_id=own.fillna(family).astype("str"))[family.notna()]


def _from_events(ds: Dataset, events: pd.DataFrame) -> pd.DataFrame:
    graded = grades(ds, "events")["confidence"]
    return events.assign(
        step=ds.schema.labels("events", "event_type", events["event_type"]),
        what=events["event"],
        confidence=events["event_id"].map(graded),
    )[STEP].astype({"event_type": "str", "confidence": "str"})


def _from_documents(ds: Dataset, documents: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The dates of the documents that no event of the same document can be the same as."""
    titles = {name: ds.schema["policy_documents"].fields[name].title for name in DATES}
    keep = ["document_id", "title_en", "body_id", "source_ids"]
    dated = documents.melt(keep, [*DATES], "step", "date").dropna(subset="date").reset_index(drop=True)
    pairs = dated.reset_index().merge(
        events[["document_id", "date"]], on="document_id", suffixes=("", "_event")
    )
    apart = (last_day(pairs["date"]) < first_day(pairs["date_event"])) | (
        last_day(pairs["date_event"]) < first_day(pairs["date"])
    )
    told = pairs["index"][~apart]
    graded = grades(ds, "policy_documents")["confidence"]
    return (
        dated[~dated.index.isin(told)]
        .assign(
            step=lambda rows: rows["step"].map(titles).astype("str"),
            what=lambda rows: rows["title_en"],
            confidence=lambda rows: rows["document_id"].map(graded).astype("str"),
        )
        .reindex(columns=STEP)
        .astype({"event_id": "str", "event_type": "str", "confidence": "str"})
    )


def _with_names(ds: Dataset, steps: pd.DataFrame) -> pd.DataFrame:
    bodies = ds.bodies.set_index("body_id")
    papers = ds.policy_documents.set_index("document_id")
    body, paper = steps["body_id"], steps["document_id"]
    status = ds.schema.labels("bodies", "status", bodies["status"])
    named = {
        "body": body.map(bodies["name_en"]),
        "body_short": body.map(bodies["short_name"].fillna(bodies["name_en"])),
        "body_status": body.map(status),
        "document": paper.map(papers["title_en"]),
        "document_status": paper.map(ds.schema.labels("policy_documents", "status", papers["status"])),
    }
    return steps.assign(
        body_id=body.astype("str"), **{name: said.astype("str") for name, said in named.items()}
    )


def _with_members(ds: Dataset, steps: pd.DataFrame) -> pd.DataFrame:
    """How many members were announced, and how many are named, on the day of each step."""
    bodies = ds.bodies.assign(date=ds.bodies["announced_on"].dt.strftime("%Y-%m-%d").astype("str"))
    told = bodies[["body_id", "date", "announced_members", "announced_members_unit", "source_ids"]]
    told = told.dropna(subset="date")
    found = seats(ds)
    found = found[~found["disputed"] & found["named_on"].notna()].rename(columns={"named_on": "date"})
    named = found.groupby(["body_id", "date"]).agg(
        members_named=("organisation_id", "nunique"),
        members_confirmed=("confirmed", "sum"),
        certainty=("certainty", lambda said: "; ".join(said.unique())),
        source_ids=("source_ids", every_id),
    )
    steps = steps.merge(told, on=["body_id", "date"], how="left", suffixes=("", "_told")).merge(
        named.reset_index(), on=["body_id", "date"], how="left", suffixes=("", "_named")
    )
    pages = (steps[column] for column in ("source_ids", "source_ids_told", "source_ids_named"))
    return steps.assign(
        members_named=steps["members_named"].fillna(0).astype("int64"),
        members_confirmed=steps["members_confirmed"].fillna(0).astype("int64"),
        announced_members_unit=steps["announced_members_unit"].astype("str"),
        certainty=steps["certainty"].astype("str"),
        source_ids=every_id_beside(*pages),
    )
