"""The tables as they stood on a day: what was public then, read with all that is known of it today."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .dataset import Dataset, split_ids
from .dates import document_dates, last_day, parse_day
from .needs import expects
from .schema import ForeignKey, Table

# The columns that date a row, per table; the earliest filled one counts. Tables that aren't named here have no
# date of their own: their rows stay unless they hang on an absent row. A table named with no column is dated by
# its sources alone; documents by the date that all measures take.
DATED_BY: dict[str, tuple[str, ...]] = {
    "policy_documents": (),
    "events": ("date",),
    "press_figures": ("published",),
    "memberships": ("named_on",),
    "bodies": ("founded", "announced_on"),
    "forecasts": ("published",),
    "outcomes": (),
    "target_followups": ("searched_on",),
    "adjudications": ("decided_on",),
}
# What a later announcement told of a row that was known before.
TOLD_LATER = {"bodies": ("announced_on", ("announced_on", "announced_members", "announced_members_unit"))}
# The column that says when what a row is about ended, and the one that says how it stands.
ENDS = {"bodies": ("ended", "status")}
# An event of a body that was not announced yet did take place: only its reference is emptied.
NAMED_IN_PASSING = {"bodies"}


def as_of(ds: Dataset, date: Any) -> Dataset:
    """The dataset as it would have been on a day: what was not public yet is absent.

    A document is there from its date, the one that every measure takes (see `document_dates`): a draft from the day it
    was put out for comment, all others from the day they were issued or announced; one of which only the signing is
    known from that day, as nobody says when it was made public. Events, press figures, memberships, bodies and
    forecasts are there from their own date; an outcome from its earliest dated source; a judgement or a search of this
    project from the day it was made. A date given as a month or a year counts from the last day that it may mean. A
    row without a date counts from its earliest dated source, and is absent where no source is dated. What hangs on an
    absent row (targets, instruments, figures, events of a document) is absent too. A reference within one table (a
    target that repeats another) and that of an event to a body are emptied instead. A body that ended later is at work,
    and has no end yet.

    Sources stay, later ones too: they are how we know today what was public then. So do places, participants,
    statistics, coverage and rejected sources.

    Parameters
    ----------
    ds : the tables. A dataset that was cut before keeps the earlier of the two days.
    date : a full day.

    Returns
    -------
    A Dataset that holds to the schema, with `known_on`, the day, and `absent`: one row per row left out, with
    table, id and reason, in the order of the tables.

    Raises
    ------
    ValueError
        If the date is no full day.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> for day in ["2023-08-31", "2023-09-16"]:
    ...     documents = ma.as_of(ds, day).policy_documents
    ...     print(documents[documents.family_id == "cn-sc-2023-metaverse-action-plan"].status.tolist())
    ['draft']
    ['draft', 'issued']
    """
    expects(ds, Dataset, given_by="load", taker="as_of")
    day = parse_day(date)
    if ds.known_on is not None:
        day = min(day, ds.known_on)
    sources = ds.frames["sources"]
    published = last_day(sources["published"]).set_axis(sources["source_id"]).dropna()
    reasons = {name: _too_late(ds, name, day, published) for name in DATED_BY if name in ds.frames}
    _follow_references(ds, reasons)
    gone = {name: why for name, why in reasons.items() if len(why)}
    frames = {
        name: _without(frame, gone[name].index) if name in gone else frame
        for name, frame in ds.frames.items()
    }
    lost = _absent_keys(ds, gone)
    frames = {name: _emptied(frame, ds.schema.tables.get(name), lost) for name, frame in frames.items()}
    for name in TOLD_LATER.keys() & frames.keys():
        frames[name] = _untold(frames[name], day, *TOLD_LATER[name])
    for name in ENDS.keys() & frames.keys():
        frames[name] = _not_ended(frames[name], ds.schema.tables.get(name), day, *ENDS[name])
    return replace(ds, frames=MappingProxyType(frames), known_on=day, absent=_listed(ds, gone))


def _without(frame: pd.DataFrame, rows: pd.Index) -> pd.DataFrame:
    return frame.drop(index=rows).reset_index(drop=True)


def _listed(ds: Dataset, gone: dict[str, pd.Series]) -> pd.DataFrame:
    """The absent rows of all tables, after those of an earlier cut."""
    parts = [] if ds.absent is None else [ds.absent]
    for name in ds.frames:
        if name in gone:
            why = gone[name].sort_index()
            ids = ds.frames[name][ds.schema[name].key].loc[why.index]
            parts.append(pd.DataFrame({"table": name, "id": ids, "reason": why}))
    empty = pd.DataFrame({"table": [], "id": [], "reason": []}, dtype="str")
    return pd.concat([empty, *parts], ignore_index=True).astype("str")


def _too_late(ds: Dataset, name: str, day: pd.Timestamp, published: pd.Series) -> pd.Series:
    """Why rows are absent by their own date, by row; an undated row counts from its earliest source."""
    frame = ds.frames[name]
    none = pd.Series(index=frame.index, dtype="str")
    written, known = none, pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")
    for dates, days in _own_dates(frame, name):
        earlier = (days < known) | (known.isna() & days.notna())
        known = known.mask(earlier, days)
        late = earlier & (days > day)
        written = written.mask(earlier).mask(late, dates[late].astype("str"))
    undated = known.isna()
    by_source = _earliest_source(ds.schema[name], frame[undated], published)
    late = known[known > day]
    late_source = by_source[by_source > day]
    why = pd.concat(
        [
            "dated " + written[late.index] + _counted_from(written[late.index], late),
            "undated, its earliest dated source is of " + _day(late_source),
            none[undated & ~undated.index.isin(by_source.index)].fillna("undated, and no source has a date"),
        ]
    )
    return why.astype("str")


def _own_dates(frame: pd.DataFrame, name: str) -> list[tuple[pd.Series, pd.Series]]:
    """Dates of the rows as written, and the last day that each may mean; the earliest of a row counts."""
    if name == "policy_documents":
        dates = document_dates(frame)
        return [(dates["date"], dates["last_day"])]
    return [(frame[column], last_day(frame[column])) for column in DATED_BY[name]]


def _day(days: pd.Series) -> pd.Series:
    return days.dt.strftime("%Y-%m-%d").astype("str")


def _counted_from(written: pd.Series, days: pd.Series) -> pd.Series:
    """What is said of a month or a year besides the date as written."""
    counted = _day(days)
    return (", which counts from its last day, " + counted).where(counted.str.len() > written.str.len(), "")


def _earliest_source(table: Table, rows: pd.DataFrame, published: pd.Series) -> pd.Series:
    """The last day that the date of the earliest dated source may mean, for the rows that have one."""
    references = {key.column for key in table.foreign_keys if key.table == "sources"}
    columns = [n for n, field in table.fields.items() if field.list_of == "sources" or n in references]
    if not columns or rows.empty:
        return published.iloc[:0].reset_index(drop=True)
    ids = pd.concat([split_ids(rows[column]) for column in columns])
    days = published.reindex(ids).set_axis(ids.index).dropna()
    return days.groupby(level=0).min()


def _absent_keys(ds: Dataset, gone: dict[str, pd.Series]) -> dict[str, pa.Array]:
    keys = {name: ds.frames[name][ds.schema[name].key] for name in gone}
    return {name: _arrow(keys[name].loc[why.index]) for name, why in gone.items()}


def _arrow(texts: pd.Series) -> pa.Array:
    array = pa.array(texts, type=pa.string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _among(cells: pd.Series, ids: pa.Array) -> pd.Series:
    """Which cells are one of the ids; `Series.isin` takes many times longer for a million of them."""
    return pd.Series(pc.is_in(_arrow(cells), ids).to_numpy(zero_copy_only=False), index=cells.index)


def _hangs(table: Table, key: ForeignKey) -> bool:
    """Whether a row goes with the row that it refers to, or stays with the reference emptied."""
    if table.fields[key.column].required:
        return True
    return key.table != table.name and key.table not in NAMED_IN_PASSING


def _follow_references(ds: Dataset, reasons: dict[str, pd.Series]) -> None:
    """Add the rows that hang on absent rows, until there are no more."""
    changed = {name for name, why in reasons.items() if len(why)}
    while changed:
        before, changed = changed, set()
        absent = _absent_keys(ds, {name: reasons[name] for name in before})
        for name, frame in ds.frames.items():
            found = _hanging(frame, ds.schema[name], absent)
            old = reasons.get(name)
            if old is not None:
                found = found[~found.index.isin(old.index)]
            if len(found):
                reasons[name] = found if old is None else pd.concat([old, found])
                changed.add(name)


def _hanging(frame: pd.DataFrame, table: Table, absent: dict[str, pa.Array]) -> pd.Series:
    """Why rows are absent that refer to absent rows, by row (the first reference that is found)."""
    found = [pd.Series(dtype="str")]
    for key in table.foreign_keys:
        if key.table in absent and _hangs(table, key):
            cells = frame[key.column]
            cells = cells[_among(cells, absent[key.table])]
            found.append(f"hangs on {key.table} " + cells.astype("str"))
    for field in table.fields.values():
        if field.list_of == "*" and absent:  # a judgement on several rows needs all of them
            cells = split_ids(frame[field.name])
            for name, ids in absent.items():
                found.append(f"hangs on {name} " + cells[_among(cells, ids)].astype("str"))
    every = pd.concat(found)
    return every[~every.index.duplicated()]


def _emptied(frame: pd.DataFrame, table: Table | None, lost: dict[str, pa.Array]) -> pd.DataFrame:
    """The table without references to absent rows: single ones emptied, ids taken out of lists."""
    if table is None:
        return frame
    new = {}
    for key in table.foreign_keys:
        if key.table in lost:
            cells = frame[key.column]
            gone = _among(cells, lost[key.table])
            if gone.any():
                new[key.column] = cells.mask(gone)
    for field in table.fields.values():
        if field.list_of in lost:
            ids = split_ids(frame[field.name])
            gone = _among(ids, lost[field.list_of])
            if gone.any():
                kept = ids[~gone].groupby(level=0).agg(";".join)
                new[field.name] = kept.reindex(frame.index).astype(frame[field.name].dtype)
    return frame.assign(**new) if new else frame


def _untold(frame: pd.DataFrame, day: pd.Timestamp, dated: str, columns: tuple[str, ...]) -> pd.DataFrame:
    later = last_day(frame[dated]) > day
    return frame.assign(**{column: frame[column].mask(later) for column in columns}) if later.any() else frame


def _not_ended(
    frame: pd.DataFrame, table: Table | None, day: pd.Timestamp, ended: str, status: str
) -> pd.DataFrame:
    """Without the ends that were still to come. What then was at work has the first such status of the schema."""
    if table is None or not {ended, status} <= table.fields.keys() or not {ended, status} <= set(frame):
        return frame
    later = last_day(frame[ended]) > day
    if not later.any():
        return frame
    codes = table.fields[status].codes
    at_work = [code for code, about in codes.items() if about.get("is_set_up") and not about.get("is_over")]
    return frame.assign(
        **{ended: frame[ended].mask(later), status: frame[status].mask(later, next(iter(at_work), None))}
    )
