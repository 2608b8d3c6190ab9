"""The rules that find disagreement: each takes the tables and gives what it found, one row per disagreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import order
from ..tables.lookup import positions, taken
from ..tables.places import ancestors
from ..tables.units import money_units
from .press import verdicts
from .wording import each, joined_by_group, plain_number

Words = Callable[[pd.DataFrame], pd.Series]

TARGETS = "regional_targets"
TENFOLD = 10
FOUND = ["rule", "subject_ids", "question", "values"]
# Kinds of event that say when a document came out, and the date of the document that they must fit.
DATED_BY_EVENT = {"document_issued": "issued_date", "draft_published": "consultation_date"}
# Of these a part can exceed the whole.
NO_SIZES = ("rank", "share", "multiple", "subsidy")
# What the rules read of targets and outcomes: long texts would be copied with every choice of rows.
READ = [
    "target_id", "outcome_id", "document_id", "place_id", "indicator", "measure", "scope", "scope_note", "value",
    "value_max", "unit", "per", "qualifier", "target_year", "year", "period", "repeats_target_id",
]  # fmt: skip


class Tables(NamedTuple):
    """The dataset, and its two tables of quantities as `_quantities` makes them ready, once for all rules."""

    ds: Dataset
    targets: pd.DataFrame
    outcomes: pd.DataFrame


def findings(ds: Dataset) -> pd.DataFrame:
    """Everything that the rules find: `rule`, `subject_ids`, `question`, `values` (see `conflicts`).

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> "two_dates" in set(findings(ma.load()).rule)
    True
    """
    tables = Tables(ds, _quantities(ds, TARGETS), _quantities(ds, "outcomes"))
    parts = [rule(tables) for rule in RULES]
    found = pd.concat([part for part in parts if len(part)] or [_none()], ignore_index=True)
    return found.drop_duplicates(["rule", "subject_ids"], ignore_index=True)


def _none() -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype="str") for column in FOUND})


def _groups(
    rows: pd.DataFrame, key: str, rule: str, told: Words, said: Words, by: tuple[str, ...] = ()
) -> pd.DataFrame:
    """One finding per `group`: its ids and what its rows say joined, in the order of `by` and the ids, and `told`: what
    it is about."""
    if rows.empty:
        return _none()
    rows = rows.assign(group=pd.factorize(rows["group"])[0]).sort_values(["group", *by, key])
    found = {
        "rule": rule,
        "subject_ids": joined_by_group(rows[key], rows["group"], ";"),
        "question": told(rows.drop_duplicates("group")).array,
        "values": joined_by_group(said(rows), rows["group"], " | "),
    }
    return pd.DataFrame(found)


def _differing(rows: pd.DataFrame, by: list[str], values: list[str]) -> pd.DataFrame:
    """The rows of groups that hold more than one combination of values, with the number of their group."""
    group = rows.groupby(by, dropna=False, observed=True, sort=False).ngroup()
    shared = group.duplicated(keep=False)
    rows = rows[shared].assign(group=group[shared])
    if rows.empty:
        return rows
    value = rows.groupby(values, dropna=False, observed=True, sort=False).ngroup()
    distinct = pd.DataFrame({"group": rows["group"], "value": value}).drop_duplicates()["group"]
    return rows[rows["group"].isin(distinct[distinct.duplicated()])]


def _told(*parts: str) -> Words:
    """Say what a row is about by some of its columns: place, scope or indicator, year."""

    def say(rows: pd.DataFrame) -> pd.Series:
        words = [rows[part].astype("object").where(rows[part].notna(), "").astype("str") for part in parts]
        text = words[0]
        for more in words[1:]:
            text = text + ", " + more
        return text.str.replace(r"(, )+", ", ", regex=True).str.strip(", ")

    return say


def _quantities(ds: Dataset, table: str) -> pd.DataFrame:
    """Targets or outcomes, with amounts of money in billions, the place's name, and words for what is counted."""
    frame = ds[table].reset_index(drop=True)
    frame = frame[[column for column in frame if column in READ]]
    money = money_units(frame["unit"])
    scale = money["billions"].fillna(1.0)
    high = frame["value_max"] if "value_max" in frame else pd.Series(np.nan, frame.index)
    bags = [
        code for code, about in ds.schema.codes(table, "scope").items() if not about.get("comparable", True)
    ]
    place = taken(ds.places["name_en"], positions(frame["place_id"], ds.places["place_id"]))
    return frame.assign(
        value_max=high,
        unit=frame["unit"].astype("str"),  # a schema may list the units
        amount=frame["value"] * scale,
        amount_max=high * scale,
        of=money["currency"].fillna(frame["unit"]),
        is_bag=frame["scope"].isin(bags),
        place=pd.Series(place, frame.index).fillna(frame["place_id"]),
        subject=ds.schema.labels(table, "scope", frame["scope"]).fillna(
            ds.schema.labels(table, "indicator", frame["indicator"])
        ),
    )


def _numbers(values: pd.Series) -> pd.Series:
    return each(values, plain_number)


def _said(rows: pd.DataFrame) -> pd.Series:
    """The value of each row as written. Only for the few rows that are found."""
    hedge = _hedges(rows["qualifier"])
    end = (" to " + _numbers(rows["value_max"])).where(rows["value_max"].notna(), "")
    return hedge + _numbers(rows["value"]) + end + " " + rows["unit"]


def _hedges(qualifiers: pd.Series) -> pd.Series:
    words = qualifiers.astype("str")
    return (
        (words.str.replace("_", " ") + " ")
        .mask(words.isna() | words.isin(["exact", "range"]), "")
        .astype("str")
    )


def _values_in_documents(tables: Tables) -> pd.DataFrame:
    """Two values for one quantity: of one document, of two documents, of a draft and its final."""
    targets, documents = tables.targets, tables.ds.policy_documents
    # Without a scope, only the same words are sure to mean the same quantity.
    words = targets["scope_note"].fillna("").where(targets["scope"].isna() | targets["is_bag"], "")
    family = taken(documents["family_id"], positions(targets["document_id"], documents["document_id"]))
    targets = targets.assign(
        family=pd.Series(family, targets.index).fillna(targets["document_id"]), words=words
    )
    targets = targets[targets["scope"].notna() | targets["scope_note"].notna()]
    like = ["place_id", "indicator", "scope", "measure", "target_year", "per", "of", "words"]
    one = _differing(targets, ["document_id", *like], ["amount", "amount_max", "qualifier"])
    scoped = targets[targets["scope"].notna() & ~targets["is_bag"] & targets["target_year"].notna()]
    scoped = scoped[scoped["repeats_target_id"].isna()]
    two = _differing(scoped, like, ["amount", "amount_max"])
    two = two[two.groupby("group")["family"].transform("nunique") > 1]
    versions = _differing(targets, ["family", *like], ["amount", "amount_max"])
    versions = versions[versions.groupby("group")["document_id"].transform("nunique") > 1]
    what = _told("place", "subject", "target_year")
    parts = [(one, "two_values"), (two, "two_values"), (versions, "draft_or_final")]
    return pd.concat([_groups(rows, "target_id", rule, what, _said) for rows, rule in parts])


def _values_of_outcomes(tables: Tables) -> pd.DataFrame:
    """Two outcomes of one place, scope and whole year; two counts of one place, indicator, unit and year."""
    outcomes = tables.outcomes
    whole = outcomes[outcomes["period"].isna()]
    sizes = whole[whole["scope"].notna() & ~whole["is_bag"]]
    counts = whole[whole["scope"].isna() & (whole["measure"] == "count") & (whole["indicator"] != "other")]
    parts = [
        _differing(sizes, ["place_id", "indicator", "scope", "year", "of"], ["amount"]),
        _differing(counts, ["place_id", "indicator", "year", "unit"], ["amount"]),
    ]
    what = _told("place", "subject", "year")
    return pd.concat([_groups(rows, "outcome_id", "two_values", what, _said) for rows in parts])


def _values_of_statistics(tables: Tables) -> pd.DataFrame:
    """One indicator of one place and year with two values."""
    ds = tables.ds
    rows = _differing(ds.regional_statistics, ["place_id", "indicator", "year", "unit"], ["value"])
    place = rows["place_id"].map(ds.places.set_index("place_id")["name_en"]).fillna(rows["place_id"])
    vintage = ds.schema.labels("regional_statistics", "vintage", rows["vintage"]).fillna("no vintage")
    subject = ds.schema.labels("regional_statistics", "indicator", rows["indicator"])
    rows = rows.assign(place=place, subject=subject, vintage=vintage)
    return _groups(rows, "statistic_id", "two_values", _told("place", "subject", "year"), _with_vintage)


def _with_vintage(rows: pd.DataFrame) -> pd.Series:
    return _numbers(rows["value"]) + " " + rows["unit"].astype("str") + " (" + rows["vintage"] + ")"


def _days_of_documents(tables: Tables) -> pd.DataFrame:
    """Signed on one day and issued on another; dated otherwise by an event."""
    documents, every_event = tables.ds.policy_documents, tables.ds.events
    known = documents[documents["signed_date"].notna() & documents["issued_date"].notna()]
    two = known[order(known["signed_date"], known["issued_date"]).isin(["before", "after"])]
    said = "signed " + two["signed_date"] + " | issued " + two["issued_date"]
    parts = [_dated(two["document_id"], two["title_en"], said)]
    for kind, column in DATED_BY_EVENT.items():
        events = every_event[(every_event["event_type"] == kind) & every_event["document_id"].notna()]
        both = events.merge(documents[["document_id", "title_en", column]], on="document_id")
        both = both[both[column].notna() & both["date"].notna()]
        both = both[order(both["date"], both[column]).isin(["before", "after"])]
        said = "document " + both[column] + " | event " + both["date"]
        parts.append(_dated(both["document_id"] + ";" + both["event_id"], both["title_en"], said))
    return pd.concat(parts)


def _dated(ids: pd.Series, what: pd.Series, values: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"rule": "two_dates", "subject_ids": ids, "question": what, "values": values}).astype(
        "str"
    )


def _years_of_targets(tables: Tables) -> pd.DataFrame:
    """One document, one quantity, one value, two years."""
    targets = tables.targets
    told = targets[targets["scope_note"].notna() & targets["target_year"].notna()]
    like = ["document_id", "place_id", "indicator", "scope", "measure", "per", "of", "scope_note", "amount"]
    rows = _differing(told, like, ["target_year"])
    what = _told("place", "subject", "scope_note")
    return _groups(
        rows,
        "target_id",
        "two_dates",
        what,
        lambda rows: _said(rows) + " by " + rows["target_year"].astype("str"),
    )


def _printed(tables: Tables) -> pd.DataFrame:
    """Amounts and currencies that aren't the document's; two figures of one outlet for one target on one day."""
    audit = verdicts(tables.ds)
    wrong = audit[audit["verdict_kind"].isin(["wrong_amount", "wrong_currency"])]
    printed = wrong["original_billion"].astype("str") + " billion " + wrong["original_currency"].astype("str")
    document = (
        _hedges(wrong["qualifier"])
        + _numbers(wrong["document_low_bn"])
        + " billion "
        + wrong["document_currency"].astype("str")
    )
    first = {
        "rule": "printed_amount",
        "subject_ids": wrong["press_figure_id"],
        "question": wrong["outlet"] + " on " + wrong["place"].astype("str"),
        "values": "printed " + printed + " | document " + document,
    }
    rows = _differing(audit, ["target_id", "outlet", "published"], ["reported_usd_bn"])
    groups = rows.groupby("group")
    # Digits that may stand for one number (35 and 34.9) don't disagree.
    apart = groups["printed_usd_low_bn"].transform("max") >= groups["printed_usd_high_bn"].transform("min")
    second = _groups(
        rows[apart], "press_figure_id", "printed_amount", _told("outlet", "place"),
        lambda rows: "$" + rows["printed"] + " billion",
    )  # fmt: skip
    return pd.concat([pd.DataFrame(first).astype("str"), second])


def _above(rows: pd.DataFrame, places: pd.DataFrame, key: str, year: str) -> pd.DataFrame:
    """What exceeds a place above, of one indicator, scope, measure, unit and year; of each place the largest.

    A range exceeds another if all of it does: its lower end is held against the other's upper end.
    """
    rows = rows[
        ~rows["is_bag"]
        & (rows["indicator"] != "other")
        & rows[year].notna()
        & ~rows["measure"].isin(NO_SIZES)
    ]
    if "period" in rows:
        rows = rows[rows["period"].isna()]
    like = ["indicator", "scope", "measure", year, "of"]
    rows = rows.assign(
        kind=rows.groupby(like, dropna=False, observed=True, sort=False).ngroup(),
        highest=rows["amount_max"].fillna(rows["amount"]),
    )
    rows["key"] = rows[key]
    kept = [key, "key", "place_id", "place", "subject", "kind", "amount", "highest"]
    rows = rows[[*kept, "value", "value_max", "unit", "qualifier", year]]
    parents = _largest(rows, "highest").rename(columns={"place_id": "ancestor_id"})
    pairs = _largest(rows, "amount").merge(ancestors(places)[["place_id", "ancestor_id"]], on="place_id")
    pairs = pairs.merge(parents, on=["ancestor_id", "kind"], suffixes=("", "_above"))
    pairs = pairs[pairs["amount"] > pairs["highest_above"]]
    if pairs.empty:
        return _none()
    said = ["value", "value_max", "unit", "qualifier"]
    higher = pairs[[f"{name}_above" for name in said]].set_axis(said, axis=1)
    found = {
        "rule": "place_above_parent",
        "subject_ids": pairs[key] + ";" + pairs[f"{key}_above"],
        "question": pairs["place"] + " above " + pairs["place_above"] + ", " + _told("subject", year)(pairs),
        "values": _said(pairs) + " | " + _said(higher),
    }
    return pd.DataFrame(found).astype("str")


def _largest(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """The largest row of each place and kind, in the order of the table: so pairs of them can't multiply."""
    ranked = rows.sort_values([by, "key"], ascending=[False, True])
    return ranked.drop_duplicates(["place_id", "kind"]).sort_index().drop(columns="key")


def _without_replaced(targets: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The targets without those of a draft whose final sets one of the same kind."""
    of_document = documents.set_index("document_id")[["family_id", "status"]]
    rows = targets.join(of_document, on="document_id")
    draft = rows["status"] == "draft"
    like = ["family_id", "place_id", "indicator", "measure", "scope", "target_year"]
    done = (~draft).groupby([rows[name] for name in like], dropna=False, observed=True, sort=False)
    return targets[~(draft & rows["family_id"].notna() & done.transform("any"))]


def _places_above(tables: Tables) -> pd.DataFrame:
    places = tables.ds.places
    targets = _without_replaced(tables.targets, tables.ds.policy_documents)
    parts = [
        _above(targets, places, "target_id", "target_year"),
        _above(tables.outcomes, places, "outcome_id", "year"),
    ]
    return pd.concat(parts)


def _breaks(tables: Tables) -> pd.DataFrame:
    """Counts of one place, indicator and unit that change tenfold from one counted year to the next."""
    outcomes = tables.outcomes
    counts = outcomes[
        (outcomes["measure"] == "count") & (outcomes["indicator"] != "other") & outcomes["year"].notna()
    ]
    by = ["place_id", "indicator", "unit"]
    counts = counts.sort_values([*by, "year", "value", "outcome_id"])
    groups = counts.groupby(by, observed=True, sort=False)
    before = counts.assign(**{name: groups[name].shift() for name in ("value", "year", "outcome_id")})
    ratio = np.maximum(counts["value"] / before["value"], before["value"] / counts["value"])
    broken = (ratio >= TENFOLD) & (before["year"] != counts["year"]).fillna(False).astype(bool)
    pair = pd.concat([before[broken], counts[broken]])
    return _groups(
        pair.assign(group=pair.index), "outcome_id", "count_break", _told("place", "subject"),
        lambda pair: pair["year"].astype("str") + ": " + _numbers(pair["value"]) + " " + pair["unit"], ("year",),
    )  # fmt: skip


def _readings(tables: Tables) -> pd.DataFrame:
    """One amount of one place and year under two scopes."""
    targets = tables.targets
    scoped = targets[targets["scope"].notna() & targets["target_year"].notna()]
    rows = _differing(scoped, ["place_id", "target_year", "of", "amount"], ["scope"])
    return _groups(
        rows, "target_id", "scope_reading", _told("place", "target_year"),
        lambda rows: _said(rows) + " (" + rows["subject"] + ")",
    )  # fmt: skip


RULES: list[Callable[[Tables], pd.DataFrame]] = [
    _values_in_documents,
    _values_of_outcomes,
    _values_of_statistics,
    _days_of_documents,
    _years_of_targets,
    _printed,
    _places_above,
    _breaks,
    _readings,
]
