"""Which pages stand behind ids, a table, or what a measure found?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import needs, own_index
from .grades import SOURCES, source_columns, source_links
from .ids import locate, tables_with_own_ids, unknown_id


def sources_used(ds: Dataset, ids: Any) -> pd.Series:
    """The ids of the sources behind ids or a table, in order of use and as often as they are used.

    Parameters
    ----------
    ds : the tables.
    ids : what `cite` takes.

    Returns
    -------
    A Series of ids of sources. A row that stands twice in a table counts once.

    Raises
    ------
    ValueError
        As for `cite`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> one = ds.regional_targets.head(1)
    >>> list(sources_used(ds, one.target_id)) == one.source_ids.iloc[0].split(";")
    True
    """
    ids = getattr(ids, "to_cite", ids)
    if isinstance(ids, pd.DataFrame):
        return _sources_of_frame(ds, ids)
    if isinstance(ids, pd.Series) and _is_row(ds, ids):
        return _sources_of_frame(ds, ids.to_frame().T)
    if isinstance(ids, str):
        return _sources_of_ids(ds, [ids])
    if isinstance(ids, Iterable):
        each = pd.Series(list(ids), dtype=object).dropna()
        for wrong in each[~each.map(lambda id: isinstance(id, str))].head(1):
            raise ValueError(f"ids: an id is text, such as 'cn-sc-2023-final-market-scale', not {wrong!r}")
        return _sources_of_ids(ds, list(each))
    raise ValueError(
        "ids: an id, a list or Series of ids, a table, a Profile, a Comparison or a Total is needed, not "
        f"{type(ids).__name__}"
    )


def _is_row(ds: Dataset, values: pd.Series) -> bool:
    """Whether a Series is a row of a table: its labels are names of columns that lead to sources."""
    labels = pd.Index(values.index)
    return labels.inferred_type == "string" and bool(
        _leading_columns(ds, pd.DataFrame(columns=labels, dtype="str"))
    )


def _sources_of_ids(ds: Dataset, ids: list[Any]) -> pd.Series:
    known = set(ds.sources["source_id"])
    found: list[str] = []
    links = {}
    for id in dict.fromkeys(ids):
        if id in known:
            found.append(id)
            continue
        table, position = locate(ds, id)
        if not source_columns(ds.schema, table):
            raise ValueError(
                f"{id!r} is a row of {table}, whose rows name no sources: {_instead(ds, table, position)}"
            )
        if table not in links:
            links[table] = source_links(ds, table)
        own = list(links[table]["source_id"][links[table]["row"] == position])
        if not own:
            raise ValueError(f"{id!r} is a row of {table} that names no sources: there is no page to cite")
        found += own
    return pd.Series(found, dtype="str")


def _instead(ds: Dataset, table: str, position: int) -> str:
    """What to cite in place of a row whose table names no sources."""
    name = ds[table].get("name_en", pd.Series(dtype="str")).get(position)
    if table == "places":
        return (
            f'cite what is said of it, as in cite(ds, market_targets(ds, place="{name}")), '
            f'or all of it: cite(ds, profile(ds, "{name}"))'
        )
    if table == "participants":
        return f'cite its memberships: cite(ds, seats(ds, organisation="{name}"))'
    return "cite the rows that use it"


def _sources_of_frame(ds: Dataset, frame: pd.DataFrame) -> pd.Series:
    """Follow the columns of a table, row by row, so that the order is that of the rows.

    A row that stands there twice, in a table joined with itself, counts once.
    """
    table = own_index(frame)
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise ValueError(f"the table has the column {twice[0]} more than once: keep one of them")
    leads = _leading_columns(ds, needs(table, [], given_by="market_targets", taker="cite"))
    if not leads:
        keys = [ds.schema[name].key for name in _citable(ds)]
        raise ValueError(
            f"no column of the table leads to sources (it has {', '.join(map(str, frame.columns))}). "
            f"Columns that do: source_id, source_ids, {', '.join(keys)}"
        )
    leads = [(column, name) for column, name in leads if len(ds[name])]
    if not leads or ds.sources.empty:  # nothing is known that could be cited
        return pd.Series([], dtype="str")
    if any(name != SOURCES for _, name in leads):  # a table of sources alone names one as often as it is used
        again = table[[column for column, _ in leads]].astype("str").duplicated(keep=False)
        twins = table[again].astype("str").duplicated()
        table = table.drop(index=twins.index[twins])
    found = [_follow(ds, table[column], name) for column, name in leads]
    links = pd.concat(found, ignore_index=True).sort_values("row", kind="stable")
    return links["source_id"].reset_index(drop=True)


def _citable(ds: Dataset) -> list[str]:
    return [name for name in tables_with_own_ids(ds.schema) if source_columns(ds.schema, name)]


def _leading_columns(ds: Dataset, table: pd.DataFrame) -> list[tuple[str, str]]:
    """Columns to follow, each with the table whose ids it holds: `target_id`, `target_ids`, `sources` ..."""
    names = {"sources": SOURCES, "source_id": SOURCES, "source_ids": SOURCES}
    for name in _citable(ds):
        key = ds.schema[name].key
        names |= {key: name, key + "s": name}
    texts = [c for c in table.columns if c in names and not pd.api.types.is_numeric_dtype(table[c].dtype)]
    return [(column, names[column]) for column in texts]


def _follow(ds: Dataset, column: pd.Series, name: str) -> pd.DataFrame:
    """The sources behind a column of ids of one table: `row` and `source_id`."""
    ids = column.astype(object).set_axis(np.arange(len(column))).dropna()
    ids = ids.map(lambda cell: cell.split(";") if isinstance(cell, str) else list(cell)).explode().dropna()
    keys = pd.Index(ds[name][ds.schema[name].key])
    at = keys.get_indexer(pd.Index(ids))
    if (at < 0).any():
        raise unknown_id(ds, str(ids.iloc[int(np.argmax(at < 0))]), [name])
    if name == SOURCES:
        return pd.DataFrame({"row": ids.index, "source_id": ids.astype("str").array})
    links = source_links(ds, name)
    rows = pd.DataFrame({"row": ids.index, "at": at})
    joined = rows.merge(links.rename(columns={"row": "at"}), on="at", how="inner")
    return joined[["row", "source_id"]]
