"""From a source back to the rows that rest on it."""

from __future__ import annotations

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import expects, is_one_of
from ..tables.problems import near
from ..tables.schema import Field, Table
from .grades import source_columns, source_links

# Said of the row, not by it; or how another cell is to be read.
UNSAID = {"note", "confidence_override", "confidence_reason", "family_id", "title_zh_kind", "short_name"}


def rows_citing(ds: Dataset, source_id: str) -> pd.DataFrame:
    """What rests on a source: which rows of which tables cite it, and what do they say?

    Parameters
    ----------
    ds : the tables.
    source_id : a key of the sources table.

    Returns
    -------
    One row per citing row, tables in the schema's order and rows in their table's.

    - `table`, `id`: where it is; `ma.explain(ds, id)` tells the rest
    - `says`: the row's cells in words, joined by " · ": names for ids, labels for codes; blank cells, keys,
      Chinese texts, sources and notes are left out
    - `sources`: how many sources the row names, this one among them

    Raises
    ------
    ValueError
        If there is no such source; the message names the nearest ones.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.rows_citing(ma.load(), "mpost-2024-01-19-wg")
    >>> print(found[found.table == "memberships"].says.iloc[0])
    Huawei Technologies · MIIT Metaverse Standardisation Working Group · member · 2024-01-19 · listed
    """
    expects(ds, Dataset, given_by="load", taker="rows_citing")
    _require_source(ds, source_id)
    found = [_citing(ds, name, source_id) for name in ds.tables if source_columns(ds.schema, name)]
    table = pd.concat(found, ignore_index=True)
    return table.astype({"table": "str", "id": "str", "says": "str", "sources": "int64"})


def _require_source(ds: Dataset, source_id: str) -> None:
    known = ds.sources["source_id"]
    if not is_one_of(source_id, set(known)):
        like = near(str(source_id), known, 3)
        hint = f"Did you mean {', '.join(like)}?" if like else "ds.sources lists them all."
        raise ValueError(f"there is no source {source_id!r}. {hint}")


def _citing(ds: Dataset, name: str, source_id: str) -> pd.DataFrame:
    links = source_links(ds, name)
    rows = links["row"][links["source_id"] == source_id].unique()
    frame, key = ds[name].iloc[rows], ds.schema[name].key
    return pd.DataFrame(
        {
            "table": name,
            "id": frame[key].array,
            "says": _in_words(ds, ds.schema[name], frame),
            "sources": links.groupby("row").size().reindex(rows).array,
        }
    )


def _in_words(ds: Dataset, table: Table, frame: pd.DataFrame) -> list[str]:
    """The cells of each row that say something, in the schema's order."""
    names = {key.column: (key.table, key.target) for key in table.foreign_keys}
    silent = {table.key, *source_columns(ds.schema, table.name), *UNSAID}
    parts = [
        _cell_words(ds, table, field, frame[column], names.get(column))
        for column, field in table.fields.items()
        if column in frame and column not in silent and not column.endswith("_zh")
    ]
    return [" · ".join(filter(None, row)) for row in zip(*parts, strict=True)]


def _cell_words(
    ds: Dataset, table: Table, field: Field, cells: pd.Series, refers: tuple[str, str] | None
) -> list[str]:
    if field.type == "boolean":
        told = cells.map({True: field.title.lower(), False: ""})
    elif refers:
        told = cells.map(_names(ds, *refers))
    elif field.codes:
        told = ds.schema.labels(table.name, field.name, cells)
    elif field.type == "date":
        told = cells.dt.strftime("%Y-%m-%d")
    elif field.type == "number":
        told = cells.map("{:,.10g}".format, na_action="ignore")
    else:
        told = cells.astype("str")
    return told.astype("object").where(cells.notna() & told.notna(), "").tolist()


def _names(ds: Dataset, table: str, target: str) -> pd.Series:
    """What the rows of a table are called: their English name or title, else their key."""
    frame = ds[table]
    called = next((frame[c] for c in ("name_en", "title_en", "title") if c in frame), frame[target])
    return called.fillna(frame[target]).set_axis(frame[target])
