"""What documents use: instruments, topics and sectors by place or document, with the rows behind each number.

A missing row is no sign that a document lacks an instrument, since no full text was read: every count here is of
what was seen. Rows that only say that a line of the draft was dropped are no use and are left out; `revisions`
tells them.
"""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import expects, is_one_of, truth
from ..tables.places import ancestors
from .filters import Names, in_places, known_by, matching
from .ids import every_id, unknown_id

DETAILS = [
    "instrument_id", "place_id", "place", "level", "document_id", "family_id", "document", "status",
    "is_metaverse_specific", "instrument", "instrument_label", "instrument_kind", "instrument_group",
    "instrument_group_label", "stance", "detail", "source_ids",
]  # fmt: skip
# What tells the rows of `instrument_counts` apart, beside the instruments.
_CELLS: dict[str, list[str]] = {
    "place": ["place_id"], "document": ["place_id", "document_id"], "level": ["level"], "instrument": [],
}  # fmt: skip
# And what they are called by.
_NAMED = {
    "place": ["place_id", "place", "level", "rolled_up"],
    "document": ["place_id", "place", "level", "document_id", "document"],
    "level": ["level"], "instrument": [],
}  # fmt: skip


def instrument_uses(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    document_id: str | None = None,
    instrument: Names = None,
    group: Names = None,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    roll_up: bool = False,
) -> pd.DataFrame:
    """Which document uses what, in which words, after which source: the rows behind every count of instruments.

    Parameters
    ----------
    place, inside, level, country, as_of : filters on the places of the documents, as in `market_targets`.
    document_id, instrument, group : only these rows.
    roll_up : with a level, a document counts for the place of that level in which its own place lies (those of a
        city for its province); documents of higher places are left out.

    Returns
    -------
    One row per row of policy_instruments, in its order, without those that only say that a line was dropped.

    - `instrument_id`; `place_id`, `place`, `level` (after rolling up); `document_id`, `family_id`, `document` (its
      title), `status`, `is_metaverse_specific`
    - `instrument`, `instrument_label`, `instrument_kind` (instrument, topic or sector), `instrument_group`,
      `instrument_group_label`
    - `stance`, `detail`, `source_ids`

    Raises
    ------
    ValueError
        For a place, document, instrument, group, level or country that isn't in the tables, or roll_up without one
        level.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> rows = ma.instrument_uses(ma.load(), place="Sichuan", instrument="cross_chain")
    >>> rows["detail"].tolist()
    ['develop cross-chain control']
    """
    expects(ds, Dataset, given_by="load", taker="instrument_uses")
    roll_up = truth(roll_up, "roll_up")
    ds = known_by(ds, as_of)
    rows, codes = all_uses(ds), codes_in_order(ds)
    keep = in_places(
        ds, rows["place_id"], of="use", place=place, inside=inside,
        level=None if roll_up else level, country=country,
    )  # fmt: skip
    for name, column, value in (
        ("instrument", "instrument", instrument),
        ("group", "instrument_group", group),
    ):
        known = codes.reset_index()[column].unique()
        keep &= matching(pd.Series(pd.Categorical(rows[column], known), rows.index), value, name, of="use")
    if document_id is not None:
        if not is_one_of(document_id, set(ds.policy_documents["document_id"])):
            raise unknown_id(ds, str(document_id), ["policy_documents"])
        keep &= rows["document_id"] == document_id
    rows = rows[keep]
    if roll_up:
        rows = _rolled_up(rows, ds, level)
    return rows[DETAILS].reset_index(drop=True)


def _rolled_up(rows: pd.DataFrame, ds: Dataset, level: Any) -> pd.DataFrame:
    """The rows under the places of a level in which their own places lie."""
    if not isinstance(level, str):
        raise ValueError('roll_up needs one level to roll up to, such as level="province"')
    matching(ds.places["level"], level, "level", of="place")
    rows = _with_place(rows.assign(place_id=rows["place_id"].map(place_at(ds, level))), ds)
    return rows[rows["place_id"].notna()]


def codes_in_order(ds: Dataset) -> pd.DataFrame:
    """What the schema says of each instrument: label, kind and group, in the order of groups and codes."""
    field = ds.schema["policy_instruments"].fields["instrument"]
    codes = field.enum or sorted(ds.policy_instruments["instrument"].dropna().unique())
    said = {code: field.codes.get(code, {}) for code in codes}
    table = pd.DataFrame(
        {
            "instrument_label": [ds.schema.label("policy_instruments", "instrument", code) for code in codes],
            "instrument_kind": [meaning.get("kind", "instrument") for meaning in said.values()],
            "instrument_group": [meaning.get("group", "other") for meaning in said.values()],
        },
        index=pd.Index(list(codes), dtype="str", name="instrument"),
        dtype="str",
    )
    table = table.assign(instrument_group_label=table["instrument_group"].str.replace("_", " "))
    groups = {name: place for place, name in enumerate(table["instrument_group"].unique())}
    return table.sort_values("instrument_group", key=lambda names: names.map(groups), kind="stable")


def all_uses(ds: Dataset) -> pd.DataFrame:
    """Every use of an instrument, with its document, its place and what the schema says of it."""
    rows = ds.policy_instruments
    rows = rows[~rows["dropped"].fillna(False).astype(bool)]
    rows = rows.assign(instrument=rows["instrument"].astype("str"))
    documents = ds.policy_documents.set_index("document_id")
    of_document = ["family_id", "title_en", "status", "is_metaverse_specific", "place_id"]
    rows = rows.join(documents[of_document], on="document_id").join(codes_in_order(ds), on="instrument")
    return _with_place(rows.rename(columns={"title_en": "document"}), ds)


def _with_place(rows: pd.DataFrame, ds: Dataset) -> pd.DataFrame:
    places = ds.places.set_index("place_id")[["name_en", "level"]].rename(columns={"name_en": "place"})
    return rows.drop(columns=["place", "level"], errors="ignore").join(places, on="place_id")


def place_at(ds: Dataset, level: str) -> pd.Series:
    """For each place the nearest place of a level that it lies in, or that it is."""
    places = ds.places
    at_level = places["place_id"][places["level"] == level]
    above = ancestors(places)
    above = above[above["ancestor_id"].isin(at_level) & ~above["place_id"].isin(at_level)]
    nearest = above.drop_duplicates("place_id").set_index("place_id")["ancestor_id"]
    return pd.concat([pd.Series(at_level.to_numpy(), index=at_level), nearest])


def instrument_counts(
    ds: Dataset,
    *,
    by: Literal["place", "document", "level", "instrument"] = "place",
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    group: bool = False,
    count: Literal["documents", "families"] = "documents",
    roll_up: bool = False,
) -> pd.DataFrame:
    """How many documents use each instrument, and do they promote, regulate or restrict it?

    A document that isn't counted wasn't seen to use it: no full text was read. `instrument_uses` has the rows behind
    each number.

    Parameters
    ----------
    by : a row per "place" and instrument, per "document" and instrument, per "level" of government and instrument,
        or per "instrument".
    place, inside, level, country, as_of : filters on the places of the documents that are counted, as in
        `market_targets`.
    group : the groups of the schema in place of its instruments; a document counts once in a group.
    count : "documents" (each version), or "families" (a draft and its final count once).
    roll_up : with a level, a document counts for the place of that level in which its own place lies.

    Returns
    -------
    By place, document or level a row for each instrument (or group) that was seen there, by instrument a row for each
    of the schema.

    - `place_id`, `place`, `level` by place and document; `rolled_up` by place: whether documents of the places in it
      count, too; `document_id`, `document` by document; `level` by level
    - `instrument`, `instrument_label`, `instrument_kind` (instrument, topic or sector) unless by group;
      `instrument_group`, `instrument_group_label`
    - `documents` (or `families`): how many use it; `promote`, `regulate`, `restrict` ... (the schema's stances): how
      many of these have a row with that stance; a document with rows of two stances is in both
    - `all_documents` (or `all_families`): how many of the place or level (by instrument: of all places) use any
      instrument
    - `source_ids`: of the rows that are counted

    Order: places with the most documents first, then place_id, document_id; levels from the widest; instruments by
    group, in the schema's order.

    Raises
    ------
    ValueError
        For a level or country that isn't in the tables, roll_up without one level, or another `by` or `count`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> counts = ma.instrument_counts(ma.load(), by="instrument").set_index("instrument")
    >>> bool(counts["promote"]["subsidy"] > 0 == counts["restrict"]["subsidy"])
    True
    """
    expects(ds, Dataset, given_by="load", taker="instrument_counts")
    group = truth(group, "group")
    roll_up = truth(roll_up, "roll_up")
    number, counted = _counted(by, count)
    ds = known_by(ds, as_of)
    rows = instrument_uses(ds, place=place, inside=inside, level=level, country=country, roll_up=roll_up)
    rows = rows.assign(_one=rows[counted], stance=rows["stance"].astype("str"), rolled_up=roll_up)
    what, said = _columns(ds, group)
    cell = [*_CELLS[by], what]
    uses = rows.drop_duplicates([*cell, "_one"]).groupby(cell).size().rename(number)
    stances = list(ds.schema.codes("policy_instruments", "stance"))
    each = rows.drop_duplicates([*cell, "_one", "stance"]).groupby([*cell, "stance"]).size()
    pages = rows.groupby(cell)["source_ids"].agg(every_id)
    numbers = pd.concat([uses, each.unstack().reindex(columns=stances), pages], axis=1).reset_index()
    table = said.assign(_order=range(len(said))).merge(
        numbers, on=what, how="left" if by == "instrument" else "right"
    )
    table[[number, *stances]] = table[[number, *stances]].fillna(0).astype("int64")
    named = _NAMED[by]
    if by == "instrument":
        table[f"all_{number}"] = rows["_one"].nunique()
    else:
        key = _CELLS[by][-1]
        table[f"all_{number}"] = table[key].map(rows.groupby(key)["_one"].nunique()).astype("int64")
        first = rows.drop_duplicates(key).set_index(key)[[name for name in named if name not in _CELLS[by]]]
        most_first = [] if by == "level" else [f"all_{number}"]
        table = table.join(first, on=key).sort_values(
            [*most_first, *cell[:-1], "_order"],
            ascending=[*[False] * len(most_first), *[True] * len(cell)],
            ignore_index=True,
        )
    return table[[*named, *said, number, *stances, f"all_{number}", "source_ids"]].astype(
        {"source_ids": "str"}
    )


def _counted(by: str, count: str) -> tuple[str, str]:
    """What the numbers count, and the column that tells one from another."""
    if not is_one_of(by, _CELLS):
        raise ValueError(f'by is "place", "document", "level" or "instrument", not {by!r}')
    if not is_one_of(count, ("documents", "families")):
        raise ValueError(
            f'count is "documents" or "families" (a draft and its final count once), not {count!r}'
        )
    return (
        ("families", "family_id")
        if count == "families" and by != "document"
        else ("documents", "document_id")
    )


def _columns(ds: Dataset, group: bool) -> tuple[str, pd.DataFrame]:
    """What is told apart, instruments or their groups, and what the schema says of each, in its order."""
    codes = codes_in_order(ds).reset_index()
    return (
        ("instrument_group", codes[["instrument_group", "instrument_group_label"]].drop_duplicates())
        if group
        else ("instrument", codes)
    )


def instrument_matrix(
    ds: Dataset,
    *,
    by: Literal["place", "document"] = "place",
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    group: bool = False,
    count: Literal["documents", "families"] = "documents",
    roll_up: bool = False,
) -> pd.DataFrame:
    """Who uses what: places (or documents) by instruments (or their groups), counts of documents.

    A 0 says that no document was seen to use it, not that none does: no full text was read. The rows behind a cell:
    `instrument_uses(ds, place=..., instrument=...)`; the stances: `instrument_counts`.

    Parameters
    ----------
    by, place, inside, level, country, as_of, group, count, roll_up : as for `instrument_counts`.

    Returns
    -------
    One row per place or document with at least one instrument.

    - `place_id`, `place`, `level`; `rolled_up` by place, as in `instrument_counts`; `document_id`, `document` by
      document
    - `documents` (or `families`): those with any instrument
    - a column per code of the schema, in the order of the groups, also those that nobody uses. The sum of a column is
      the number of documents that use it
    - `source_ids`: of the rows that are counted

    Order: most documents first, then place_id (by document: as in policy_documents).

    Raises
    ------
    ValueError
        As for `instrument_counts`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> matrix = ma.instrument_matrix(ma.load(), by="document").set_index("document_id")
    >>> int(matrix.loc["cn-sc-2023-metaverse-action-plan-draft", "cross_chain"])
    1
    """
    expects(ds, Dataset, given_by="load", taker="instrument_matrix")
    group = truth(group, "group")
    roll_up = truth(roll_up, "roll_up")
    if is_one_of(by, ("instrument", "level")):
        raise ValueError('by is "place" or "document": the columns are the instruments')
    number, _ = _counted(by, count)
    ds = known_by(ds, as_of)
    counts = instrument_counts(
        ds, by=by, place=place, inside=inside, level=level, country=country, group=group, count=count,
        roll_up=roll_up,
    )  # fmt: skip
    what, said = _columns(ds, group)
    key = _CELLS[by][-1]
    wide = counts.pivot(index=key, columns=what, values=number).reindex(columns=list(said[what]))
    wide = wide.fillna(0).astype("int64").rename_axis(columns=None)
    named = counts.loc[:, : "rolled_up" if by == "place" else "document"].assign(
        **{number: counts[f"all_{number}"]}
    )
    pages = counts.groupby(key)["source_ids"].agg(every_id).astype("str")
    table = named.drop_duplicates(key).join(wide, on=key).join(pages, on=key)
    if by == "document":
        documents = ds.policy_documents["document_id"]
        table = table.set_index(key, drop=False).reindex(documents[documents.isin(table[key])])
    return table.reset_index(drop=True)
