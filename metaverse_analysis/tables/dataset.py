"""The tables as one object: `load()` gives a `Dataset`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from .column_types import empty_column
from .fitting import fitted
from .problems import DataError, Problem
from .schema import Schema, read_schema
from .validation import read_and_check
from .writing import checksum, to_folder


@dataclass(frozen=True, repr=False, eq=False)
class Dataset:
    """All tables of a folder, typed, in the schema's column order.

    A table is an attribute (`ds.regional_targets`) or an item (`ds["regional_targets"]`). Each time it is
    a fresh view: adding a column to it, or sorting it, does not change the dataset.

    Columns by type: text is `str` (an empty cell is missing); a column with allowed values is a category, in
    the schema's order; integers are `Int64`, numbers `float64`, true/false `boolean`; full dates are
    `datetime64`; dates of mixed precision stay text as written ("2023-09-15", "2023-09" or "2023", see
    `first_day`); lists of ids stay text, joined by ";" (see `split_ids`).

    Attributes
    ----------
    schema : the schema that the tables follow.
    folder : where they were read from.
    known_on : the day of `as_of`; None for a dataset as loaded.
    absent : what `as_of` left out and why (table, id, reason); empty for a dataset as loaded.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> "regional_targets" in ds.tables, ds.places["name_en"].iloc[0]
    (True, 'China')
    """

    schema: Schema
    frames: Mapping[str, pd.DataFrame]
    folder: Path
    known_on: pd.Timestamp | None = None
    absent: pd.DataFrame | None = None

    @property
    def tables(self) -> list[str]:
        """The names of the tables."""
        return list(self.frames)

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of all cells, the same on every system: two datasets of one checksum have the same rows.

        It is that of the tables as CSV, one after the other by name, with their rows by key, and so the same for a
        folder whose line ends or order were changed, or that was written anew by `to_folder`.
        """
        return checksum(self)

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What was worked out of these tables and will be asked for again: they never change."""
        return {}

    def __getitem__(self, table: str) -> pd.DataFrame:
        try:
            return self.frames[table].copy(deep=False)
        except KeyError:
            raise KeyError(
                f"there is no table {table!r}; the tables are {', '.join(self.frames)}. A chart, or a sum, "
                "takes what a measure gives, such as ma.market_targets(ds), and not the dataset"
            ) from None

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self.__dict__.get("frames", ()):
            raise AttributeError(
                f"a Dataset has no {name!r}; its tables are {', '.join(self.__dict__.get('frames', ()))}"
            )
        return self[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.frames]

    def __contains__(self, table: object) -> bool:
        return table in self.frames

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)

    def __eq__(self, other: object) -> bool:
        """Whether another dataset has the same schema and the same tables, to the last cell."""
        if not isinstance(other, Dataset):
            return NotImplemented
        if self.schema != other.schema or self.tables != other.tables or self.known_on != other.known_on:
            return False
        return all(frame.equals(other.frames[name]) for name, frame in self.frames.items())

    __hash__ = None  # type: ignore[assignment]  # as a DataFrame: what is equal by its contents has no other identity

    def __getstate__(self) -> dict[str, Any]:
        state = {**self.__dict__, "frames": dict(self.frames)}
        state.pop("kept", None)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, frames=MappingProxyType(state["frames"]))

    def with_tables(self, **frames: pd.DataFrame) -> Dataset:
        """A new dataset in which the named tables are replaced.

        Parameters
        ----------
        frames : tables by their names, with the columns of those that they replace. Their index doesn't matter, and
            types are mended where a file or a conversion has lost them.

        Returns
        -------
        A new Dataset; the tables are its own, in the order of rows that they had.

        Raises
        ------
        ValueError
            For an unknown table, one that lacks columns or has a row's id twice, and cells that can't stand in their
            column (a code that the schema doesn't know, text for a number).

        Examples
        --------
        >>> import metaverse_analysis as ma
        >>> ds = ma.load()
        >>> provinces = ds.places[ds.places["level"] == "province"]
        >>> len(ds.with_tables(places=provinces).places) < len(ds.places)
        True
        """
        for name in frames:
            if name not in self.frames:
                raise ValueError(f"there is no table {name!r}; the tables are {', '.join(self.frames)}")
        new = {name: fitted(frame, self.schema[name], self.frames[name]) for name, frame in frames.items()}
        return replace(self, frames=MappingProxyType({**self.frames, **new}))

    def to_folder(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the tables as CSV with their schema, so that `load` gives them again (see `writing.to_folder`)."""
        return to_folder(self, path, overwrite=overwrite)

    def _summary(self) -> list[tuple[str, int, str]]:
        return [(name, len(frame), self.schema[name].title) for name, frame in self.frames.items()]

    def _headline(self) -> str:
        rows = sum(len(frame) for frame in self.frames.values())
        known = "" if self.known_on is None else f", as known on {self.known_on:%Y-%m-%d}"
        return f"Dataset: {len(self.frames)} tables, {rows:,} rows{known}"

    def __repr__(self) -> str:
        width = max(map(len, self.frames))
        lines = [f"  {name:<{width}} {rows:>9,}  {title}" for name, rows, title in self._summary()]
        return "\n".join([self._headline(), *lines])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>{escape(name)}</code></td><td style='text-align:right'>{count:,}</td>"
            f"<td style='text-align:left'>{escape(title)}</td></tr>"
            for name, count, title in self._summary()
        )
        return f"<table><caption>{escape(self._headline())}</caption>{rows}</table>"


def load(folder: str | os.PathLike[str] | None = None) -> Dataset:
    """Read the packaged tables, or a folder of your own with the same schema.

    A folder may bring its own `datapackage.json`; its allowed values then hold (another industry, other
    scopes). It may leave out tables, except sources, places, policy_documents and regional_targets, and
    optional columns; what it leaves out is empty.

    Raises
    ------
    DataError
        If anything is wrong with the folder: the message shows the first few problems, `.problems` has all.

    Notes
    -----
    The tables are CSV files (UTF-8, commas), or Parquet files as `export` writes them. The folder is a Data Package:
    what would have its files read otherwise (a dialect, another encoding, other missing values, formats of dates) is
    refused with the reason; files that are no tables may lie beside them, and are left aside. A folder that another
    program is writing is read again, and if it never stays the same, the error says so.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> targets = ds.regional_targets
    >>> targets.loc[targets.target_id == "cn-sc-2023-final-market-scale", ["value", "unit"]].values.tolist()
    [[250.0, 'billion CNY']]
    """
    readings, problems, schema = read_and_check(folder)
    if problems:
        raise DataError(problems)
    frames = {name: reading.frame() for name, reading in readings.items()}
    complete = _with_what_was_left_out(frames, schema)
    return Dataset(
        complete[1], MappingProxyType(complete[0]), Path(folder) if folder is not None else schema.folder
    )


def validate(folder: str | os.PathLike[str] | None = None) -> list[Problem]:
    """Everything that is wrong with a folder of tables (the packaged ones by default); empty if nothing is.

    Each problem names table, file, line, column, the value found, the rule and what to do about it. They come
    table by table, each by line. Of more than 100,000 of one kind in a table, the last one counts the rest.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ma.validate()
    []
    """
    try:
        return read_and_check(folder)[1]
    except DataError as error:  # the schema itself is broken: no table can be held against it
        return error.problems


def split_ids(ids: pd.Series) -> pd.Series:
    """A list column, one id per row: the index repeats the row that each id came from; empty cells vanish.

    Examples
    --------
    >>> split_ids(pd.Series(["a;b", None, "c"])).to_dict()
    {0: 'b', 2: 'c'}
    >>> list(split_ids(pd.Series(["a;b", None, "c"])))
    ['a', 'b', 'c']
    """
    return ids.dropna().str.split(";").explode()


def _with_what_was_left_out(
    frames: dict[str, pd.DataFrame], schema: Schema
) -> tuple[dict[str, pd.DataFrame], Schema]:
    """Tables and optional columns that a folder's own schema leaves out, as empty ones: measures find them."""
    packaged = read_schema()
    if schema is packaged:
        return frames, schema
    tables = dict(schema.tables)
    complete = {}
    for name, table in packaged.tables.items():
        own = tables.get(name)
        if own is None:
            complete[name], tables[name] = _empty_table(name), table
            continue
        frame = frames[name]
        missing = {column: field for column, field in table.fields.items() if column not in own.fields}
        if missing:
            empty = {column: empty_column(field, len(frame)) for column, field in missing.items()}
            frame = pd.concat([frame, pd.DataFrame(empty, index=frame.index)], axis=1)
            tables[name] = replace(own, fields={**own.fields, **missing})
        # Where a folder allows any value, the categories are those that it has.
        coded = [c for c, f in table.fields.items() if f.enum and c in own.fields and not own.fields[c].enum]
        complete[name] = frame.astype(dict.fromkeys(coded, "category")) if coded else frame
    complete |= {name: frame for name, frame in frames.items() if name not in complete}
    return complete, replace(schema, tables=tables)


@cache
def _empty_table(name: str) -> pd.DataFrame:
    """A packaged table without a row."""
    fields = read_schema().tables[name].fields
    return pd.DataFrame({column: empty_column(field, 0) for column, field in fields.items()})
