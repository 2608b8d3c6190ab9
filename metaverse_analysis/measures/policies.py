"""Who issued what, and when: documents and events in one line of time, and how fast places took the subject up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import days_between, document_dates, first_day, last_day, order, precision
from ..tables.needs import expects
from .filters import Names, Years, countries, known_by, narrowed

# Events that tell of a document's own publication.
PUBLICATIONS = ("draft_published", "document_issued", "standard_published")
PLAN_TYPE = "action_plan"  # the kind of document that the national plan is
DAYS_A_MONTH = 365.25 / 12

TIMELINE = """
date date_precision first_day last_day order_is_certain overlaps_next record level country_id place_id place what
record_type
record_type_label status issuer is_metaverse_specific is_policy is_national_plan document_id event_id family_id
repeats_document source_ids about
""".split()  # noqa: SIM905
ADOPTION = """
stage level place_id place document_id document date date_precision dated first_day last_day number number_at_most
searched
share_pct plan_document_id plan_date order_to_plan days_after_plan_low days_after_plan_high months_after_plan_low
months_after_plan_high source_ids about
""".split()  # noqa: SIM905


def policy_timeline(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    year: Years = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Documents and events in one ordered table: what happened when, and how sure the order is.

    A date given as a month or a year stands for any of its days, never for its first.

    Parameters
    ----------
    ds : needs policy_documents, events and places.
    place, inside, level, country, as_of : filters on the places, as in `market_targets`. What is said of the order is
        said of the rows that they keep.
    year : keep only the rows of these years, by `date` as written; one or several. To keep what was known by some day,
        give it as `as_of`.

    Returns
    -------
    One row per version of a document and per event.

    - `date` (as written), `date_precision` ("day", "month", "year"), `first_day`, `last_day`: the days it may mean. A
      draft has the date of its consultation, a final that of its publication, else of its signing; a final's month
      begins no earlier than its draft
    - `order_is_certain`: no row above can be later, and no row below earlier; `overlaps_next`: this row may be later
      than the next one
    - `record` ("document" or "event"), `level`, `country_id`, `place_id`, `place` (blank: worldwide), `what` (its
      title, or what happened), `record_type`, `record_type_label`
    - `status`, of documents only; `issuer` (of an event: who acted)
    - of documents only: `is_metaverse_specific`, `is_policy` (its kind and its issuer count, see `adoption`),
      `is_national_plan` (the first issued action plan of a country on the subject)
    - `document_id` (of an event: the document that it belongs to), `event_id`, `family_id`
    - `repeats_document`: the event tells of the publication of a document which has a row of its own
    - `source_ids`; `about`: what the tables are about, for the chart's words

    Order: by last_day, then first_day; on the same days documents before events, then by id. Rows without a date
    come last.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> line = ma.policy_timeline(ma.load())
    >>> documents = line[line.record == "document"].set_index("document_id")
    >>> plan = documents.loc["cn-sd-2023-metaverse-guiding-opinion"]
    >>> plan.date, plan.first_day.day, plan.last_day.day, bool(plan.order_is_certain)
    ('2023-09', 4, 30, False)
    """
    expects(ds, Dataset, given_by="load", taker="policy_timeline")
    ds = known_by(ds, as_of)
    documents, events = _document_rows(ds), _event_rows(ds)
    table = pd.concat([documents, events], ignore_index=True)
    table = table.join(ds.places.set_index("place_id")[["name_en", "level"]], on="place_id")
    table = table.join(_country_of(ds), on="place_id").rename(columns={"name_en": "place"})
    table = table.assign(
        date_precision=precision(table["date"]),
        year=table["date"].str.slice(0, 4).astype("Int64"),
        key=table["event_id"].fillna(table["document_id"]),
    )
    table = _with_publications(table)
    by = ["last_day", "first_day", "record", "key"]
    table = table.sort_values(by, kind="stable", na_position="last")
    table = narrowed(ds, table, of="row", place=place, inside=inside, level=level, country=country, year=year)
    table = table.assign(**_certainty(table["first_day"], table["last_day"]), about=ds.schema.subject)
    return table.astype({"about": "str"})[TIMELINE]


def _country_of(ds: Dataset) -> pd.Series:
    return countries(ds.places).set_axis(ds.places["place_id"])


def _document_rows(ds: Dataset) -> pd.DataFrame:
    documents = ds.policy_documents
    columns = ["document_id", "family_id", "place_id", "status", "is_metaverse_specific", "source_ids"]
    return documents[columns].assign(
        record="document",
        **_days(document_dates(documents)),
        what=documents["title_en"],
        record_type=documents["doc_type"].astype("str"),
        record_type_label=ds.schema.labels("policy_documents", "doc_type", documents["doc_type"]),
        issuer=documents["issuer_en"],
        is_policy=counts_as_policy(ds).astype("boolean"),
        is_national_plan=documents["document_id"].isin(_national_plans(ds)["document_id"]).astype("boolean"),
        event_id=pd.Series(np.nan, index=documents.index, dtype="str"),
    )


def _days(dates: pd.DataFrame) -> dict[str, pd.Series]:
    return {name: dates[name] for name in ("date", "first_day", "last_day")}


def _event_rows(ds: Dataset) -> pd.DataFrame:
    events = ds.events
    blank = pd.Series(np.nan, index=events.index, dtype="str")
    return events[["event_id", "document_id", "place_id", "date", "source_ids"]].assign(
        record="event",
        first_day=first_day(events["date"]),
        last_day=last_day(events["date"]),
        what=events["event"],
        record_type=events["event_type"].astype("str"),
        record_type_label=ds.schema.labels("events", "event_type", events["event_type"]),
        issuer=events["actors"],
        status=blank.astype(ds.policy_documents["status"].dtype),
        family_id=blank,
        **dict.fromkeys(["is_metaverse_specific", "is_policy", "is_national_plan"], blank.astype("boolean")),
    )


def _certainty(first: pd.Series, last: pd.Series) -> dict[str, np.ndarray]:
    """Whether the place of each row in a table sorted by last day holds on every reading of the dates."""
    low, high = first.to_numpy("datetime64[s]"), last.to_numpy("datetime64[s]")
    dated = ~np.isnat(high)
    before = np.append(
        np.datetime64("NaT", "s"), high[:-1]
    )  # the latest day above: the rows are in that order
    after = np.fmin.accumulate(low[::-1])[::-1] if len(low) else low
    after = np.append(after[1:], np.datetime64("NaT", "s"))[: len(low)]
    return {
        "order_is_certain": dated & ~(before > low) & ~(after < high),
        "overlaps_next": dated & (np.append(low[1:], np.datetime64("NaT", "s"))[: len(low)] < high),
    }


def _with_publications(table: pd.DataFrame) -> pd.DataFrame:
    """Events that tell of a document's own publication are named, and can't be of other days than the document."""
    own = table[table["record"] == "document"].set_index("document_id")[["first_day", "last_day"]]
    days = own.reindex(table["document_id"]).set_axis(table.index)
    together = (table["first_day"] <= days["last_day"]) & (days["first_day"] <= table["last_day"])
    repeats = (table["record"] == "event") & table["record_type"].isin(PUBLICATIONS) & together
    return table.assign(
        repeats_document=repeats,
        first_day=table["first_day"].mask(
            repeats & (days["first_day"] > table["first_day"]), days["first_day"]
        ),
        last_day=table["last_day"].mask(repeats & (days["last_day"] < table["last_day"]), days["last_day"]),
    )


def counts_as_policy(ds: Dataset) -> pd.Series:
    """Which documents count as policy documents: both their kind and their issuer say so in the schema.

    The codes of `doc_type` and `issuer_kind` have a property is_policy. Where no code of a column has it, or a folder's
    own schema leaves the column out, it doesn't decide. A document whose issuer is unknown doesn't count.
    """
    documents = ds.policy_documents
    counts = pd.Series(True, index=documents.index)
    tables = {resource["name"]: resource for resource in ds.schema.descriptor["resources"]}
    described = {field["name"] for field in tables["policy_documents"]["schema"]["fields"]}
    for column in ("doc_type", "issuer_kind"):
        codes = ds.schema.codes("policy_documents", column)
        if column in described and any("is_policy" in meaning for meaning in codes.values()):
            chosen = [code for code, meaning in codes.items() if meaning.get("is_policy")]
            counts &= documents[column].isin(chosen)
    return counts


def national_plan(ds: Dataset, country: str | None = None) -> pd.Series | None:
    """The first issued action plan about the subject itself of a country, by default that of the data package; None
    where there is none."""
    plans = _national_plans(ds)
    plans = plans[plans["place_id"] == (country or ds.schema.country)]
    return None if plans.empty else plans.iloc[0]


def _national_plans(ds: Dataset) -> pd.DataFrame:
    documents, places = ds.policy_documents, ds.places
    wanted = documents[
        documents["place_id"].isin(places["place_id"][places["parent_id"].isna()])
        & (documents["doc_type"] == PLAN_TYPE)
        & (documents["status"] == "issued")
        & documents["is_metaverse_specific"].fillna(False)
        & counts_as_policy(ds)
    ]
    dated = wanted.join(document_dates(documents)).dropna(subset="date")
    return dated.sort_values(["last_day", "first_day", "document_id"]).drop_duplicates("place_id")


def adoption(
    ds: Dataset,
    *,
    level: Names,
    place: Names = None,
    inside: bool = True,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """How many places of a level have a policy document on the metaverse, through time; drafts apart.

    What counts: documents with is_metaverse_specific true whose kind and issuer count as policy (property is_policy
    in the schema): no announcements, parks, association papers. "issued" has those in effect, "draft" those put out
    for comment, also where a final came later.

    Parameters
    ----------
    ds : needs policy_documents, places and coverage.
    level : a level of the table places, such as "province" or "city".
    place, inside, country, as_of : filters on the places that are counted, as in `market_targets`.

    Returns
    -------
    One row per place and stage.

    - `stage` ("issued" or "draft"), `level`, `place_id`, `place`; `document_id`, `document` (its title), `date` and
      `date_precision` of the first such document; `dated`: false where no document of the place has a date; such rows
      aren't counted
    - `first_day`, `last_day`: the days on which the place may have become one of them (a final isn't older than its
      draft)
    - `number`: places of the stage up to that last day, each counted from the last day that its date may mean;
      `number_at_most`: each counted from the first. Both never fall
    - `searched`: the places of the level that the table coverage lists as searched; `share_pct`: how many of these are
      among the number, in per cent. Blank unless coverage lists every place of the level
    - `plan_document_id`, `plan_date`: the national plan, if the places are all of one country; `order_to_plan`:
      "before", "after", "same" or "unknown"; `days_after_plan_low`, `days_after_plan_high`, `months_after_plan_low`,
      `months_after_plan_high` (of 30.44 days; negative: before the plan)
    - `source_ids` of the first document; `about`: what the tables are about, for the chart's words

    Order: issued before draft, then last_day, then place_id; undated places at the end of their stage.

    Raises
    ------
    ValueError
        For a level, place or country that isn't in the table places.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> provinces = ma.adoption(ma.load(), level="province")
    >>> shandong = provinces[(provinces.place_id == "CN-SD")].set_index("stage")
    >>> shandong.order_to_plan.to_dict()
    {'issued': 'unknown', 'draft': 'before'}
    """
    expects(ds, Dataset, given_by="load", taker="adoption")
    ds = known_by(ds, as_of)
    places = narrowed(ds, ds.places, of="place", place=place, inside=inside, level=level, country=country)
    documents = ds.policy_documents
    documents = documents.assign(**_days(document_dates(documents)))
    chosen = documents[
        documents["is_metaverse_specific"].fillna(False)
        & counts_as_policy(ds)
        & documents["place_id"].isin(places["place_id"])
        & documents["status"].isin(["issued", "draft"])
    ]
    homes = _country_of(ds).reindex(places["place_id"]).unique()
    plan = national_plan(ds, homes[0]) if len(homes) == 1 else None
    stages = [_stage(chosen[chosen["status"] == stage], stage, ds, places) for stage in ("issued", "draft")]
    table = pd.concat(stages, ignore_index=True)
    names = places.set_index("place_id")[["name_en", "level"]].rename(columns={"name_en": "place"})
    table = table.join(names, on="place_id")
    table = _against_plan(table.rename(columns={"title_en": "document"}), plan).assign(
        about=ds.schema.subject
    )
    return table.astype({"about": "str"})[ADOPTION]


def _stage(documents: pd.DataFrame, stage: str, ds: Dataset, places: pd.DataFrame) -> pd.DataFrame:
    """The first document of each place, and how many places there are with it."""
    documents = documents.assign(date_precision=precision(documents["date"]))
    documents = documents.sort_values(["last_day", "first_day", "document_id"], na_position="last")
    # A place may have become one of them as early as the earliest day that any of its dates may mean.
    earliest = documents.groupby("place_id", observed=True)["first_day"].transform("min")
    table = documents.assign(first_day=earliest).drop_duplicates("place_id")
    table = table.sort_values(["last_day", "place_id"], kind="stable", na_position="last", ignore_index=True)
    dated = table["last_day"].notna()
    low = np.sort(table["first_day"][dated].to_numpy())
    high = table["last_day"][dated].to_numpy()  # in order
    number = pd.Series(np.searchsorted(high, high, "right"), index=table.index[dated], dtype="Int64")
    at_most = pd.Series(np.searchsorted(low, high, "right"), index=table.index[dated], dtype="Int64")
    searched = _searched(ds, places)
    listed = np.sort(table["last_day"][dated & table["place_id"].isin(searched)].to_numpy())
    covered = pd.Series(np.searchsorted(listed, high, "right"), index=table.index[dated], dtype="float64")
    return table.assign(
        stage=stage,
        dated=dated,
        number=number.reindex(table.index),
        number_at_most=at_most.reindex(table.index),
        searched=pd.array([len(searched) or pd.NA] * len(table), dtype="Int64"),
        share_pct=covered.reindex(table.index) / (len(searched) or np.nan) * 100,
    )


def _searched(ds: Dataset, places: pd.DataFrame) -> pd.Index:
    """The places that were searched, if coverage lists all of the level; otherwise none: there is no whole."""
    coverage = ds.coverage
    if not places["place_id"].isin(coverage["place_id"]).all():
        return pd.Index([])
    done = coverage[
        (coverage["finding"] != "not_searched").fillna(False) & coverage["place_id"].isin(places["place_id"])
    ]
    return pd.Index(done["place_id"])


def _against_plan(table: pd.DataFrame, plan: pd.Series | None) -> pd.DataFrame:
    if plan is None:
        none = pd.array([pd.NA] * len(table), dtype="Int64")
        days = pd.DataFrame({"days_low": none, "days_high": none}, index=table.index)
        relation = pd.Series("unknown", index=table.index, dtype="str")
    else:
        written = pd.Series(plan["date"], index=table.index, dtype="str")
        # The span of the place, not of one document: an earlier coarse date widens it.
        first, last = days_between(written, table["first_day"]), days_between(written, table["last_day"])
        days = pd.DataFrame({"days_low": first["days_low"], "days_high": last["days_high"]})
        relation = _agreed(order(table["first_day"], written), order(table["last_day"], written))
    months = (days.astype("float64") / DAYS_A_MONTH).round(1)
    return table.assign(
        plan_document_id=None if plan is None else plan["document_id"],
        plan_date=None if plan is None else plan["date"],
        order_to_plan=relation,
        days_after_plan_low=days["days_low"],
        days_after_plan_high=days["days_high"],
        months_after_plan_low=months["days_low"],
        months_after_plan_high=months["days_high"],
    ).astype({"plan_document_id": "str", "plan_date": "str"})


def _agreed(first: pd.Series, last: pd.Series) -> pd.Series:
    return first.where(first == last, "unknown")
