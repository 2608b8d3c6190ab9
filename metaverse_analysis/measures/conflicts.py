"""Where the evidence disagrees: what the rules find, each with its decision or an explicit "open"."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset, split_ids
from ..tables.needs import expects
from .conflict_rules import FOUND, findings
from .evidence import places_of
from .filters import Names, in_places, known_by
from .ids import tables_with_own_ids

JUDGEMENTS = "adjudications"
NOT_JUDGED = "found by the rule and not judged yet"
COLUMNS = [*FOUND, "decision", "chosen_id", "reason", "adjudication_id", "found_by"]


def conflicts(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Where does the evidence disagree, and what was decided?

    The rules:

    - two_values: one document sets two values for one quantity; two documents (not versions of one) set two for
      one place, scope, measure and year; two outcomes of one place, scope and whole year, or two counts of one
      place, indicator, unit and year, differ; a statistic of one place and year has two values
    - two_dates: a document was signed on another day than it was issued; an event dates a document otherwise; one
      document sets one value for two years
    - printed_amount: an outlet prints an amount or a currency that isn't the document's, or two dollar figures
      for one target on one day
    - place_above_parent: an aim or an outcome exceeds that of a place above, like for like
    - count_break: a count of one place and unit changes tenfold from one counted year to the next
    - draft_or_final: the draft and the final of one document set two values for one quantity
    - scope_reading: one amount of one place and year stands under two scopes

    Scopes that the schema calls not comparable are left out of the first and the fourth rule.

    Parameters
    ----------
    ds : the tables.
    place, inside, level, country, as_of : filters as in `market_targets`: one of the rows that disagree is of a place
        that they keep.

    Returns
    -------
    One row per disagreement, by rule in the schema's order; within a rule first those that the rule found, in the
    order of the tables, then the judgements that no rule found:

    - `rule`; `subject_ids`: the rows that disagree, joined by ";" in the order of the alphabet (of a count_break in
      that of years, and a place before the one above it); `question`: what it is about; `values`: what each says, in
      the
      order of the ids
    - `decision`: decided or open; `chosen_id`, `reason`, `adjudication_id` of the judgement. What the rules found
      and nobody judged is open, and its reason says so
    - `found_by`: "rule" or "reading" (a judgement on something that the tables don't show)

    A judgement belongs to a disagreement of several rows if its subjects include two of them, and to one of a
    single row if it is of the same rule.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.conflicts(ma.load())
    >>> chengdu = found[(found.rule == "count_break") & found.subject_ids.str.contains("chengdu")]
    >>> chengdu[["values", "decision"]].values.tolist()
    [['2023: 3,100 firms | 2024: 300 firms', 'open']]
    """
    expects(ds, Dataset, given_by="load", taker="conflicts")
    ds = known_by(ds, as_of)
    judged = _with_judgements(findings(ds), ds[JUDGEMENTS])
    codes = list(ds.schema.codes(JUDGEMENTS, "rule"))
    rules = [*codes, *sorted(set(judged["rule"]) - set(codes))]
    judged["rule"] = pd.Categorical(judged["rule"], categories=rules, ordered=True)
    judged = judged.sort_values(["rule"], kind="stable", ignore_index=True)[COLUMNS]
    return _of_places(ds, judged, place=place, inside=inside, level=level, country=country)


def _of_places(ds: Dataset, judged: pd.DataFrame, **filters: Any) -> pd.DataFrame:
    """The disagreements of which a subject is of a place that is wanted."""
    kept = in_places(ds, places_that_disagree(ds, judged), of="row", **filters)
    return judged.loc[kept[kept].index.unique().sort_values()].reset_index(drop=True)


def places_that_disagree(ds: Dataset, judged: pd.DataFrame) -> pd.Series:
    """The places of the rows that disagree, one for each of these rows, by the number of the disagreement.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> places = places_that_disagree(ds, ma.conflicts(ds))
    >>> set(places.dropna()) <= set(ds.places["place_id"])
    True
    """
    of_rows = [
        places_of(ds, table).set_axis(ds[table][ds.schema[table].key])
        for table in tables_with_own_ids(ds.schema)
        if table in ds.tables
    ]
    return split_ids(judged["subject_ids"]).map(pd.concat(of_rows))


def _with_judgements(found: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """Each finding with the judgement on it; then the judgements on nothing that a rule found."""
    judged = judgements.astype(dict.fromkeys(("rule", "decision"), "str"))
    match = _matches(found, judged)
    columns = ["decision", "chosen_id", "reason", "adjudication_id"]
    told = judged.set_index("adjudication_id", drop=False)[columns].reindex(match).set_axis(found.index)
    first = pd.concat([found, told], axis=1).assign(found_by="rule")
    first["reason"] = first["reason"].where(first["adjudication_id"].notna(), NOT_JUDGED)
    first["decision"] = first["decision"].fillna("open")
    rest = judged[~judged["adjudication_id"].isin(match.dropna())]
    rest = rest.assign(values=pd.Series(np.nan, rest.index, dtype="str"), found_by="reading")
    return pd.concat([first, rest[COLUMNS]], ignore_index=True)


def _matches(found: pd.DataFrame, judged: pd.DataFrame) -> pd.Series:
    """The id of the judgement on each finding: of the same rule if there is one, then with most rows in common, then
    on fewest other rows."""
    ours = split_ids(found["subject_ids"]).rename_axis("finding").rename("id").reset_index()
    ids = split_ids(judged["subject_ids"]).rename("id")
    theirs = judged[["adjudication_id", "rule"]].join(ids, how="inner")
    shared = ours.merge(theirs, on="id").groupby(["finding", "adjudication_id", "rule"], sort=False).size()
    pairs = shared.rename("shared").reset_index()
    several = found["subject_ids"].str.contains(";").reindex(pairs["finding"]).to_numpy()
    # One row alone may be in doubt in several ways; only the rule tells which.
    pairs["same"] = pairs["rule"] == found["rule"].reindex(pairs["finding"]).to_numpy()
    pairs = pairs[np.where(several, pairs["shared"] >= 2, pairs["same"])]
    pairs["subjects"] = pairs["adjudication_id"].map(theirs["adjudication_id"].value_counts())
    order = {"same": False, "shared": False, "subjects": True, "adjudication_id": True}
    best = pairs.sort_values(list(order), ascending=list(order.values())).drop_duplicates("finding")
    return best.set_index("finding")["adjudication_id"].reindex(found.index)
