"""Datasets and tables in the forms that other programs read: which form, and for which of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..tables.dataset import Dataset, load
from ..tables.files import given_path
from ..tables.needs import expects
from ..tables.writing import to_folder
from . import dataset_files as dataset, table_files as table
from .table_files import Described, tables_in

SUFFIXES = {
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
}
OF_A_TABLE = {**SUFFIXES, ".csv": "csv", ".dta": "dta"}


def export(
    what: Any,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    overwrite: bool = False,
    ds: Dataset | None = None,
    how: Callable[..., Any] | None = None,
) -> Path:
    """Write a dataset, or the table of a measure, for Excel, R, Stata, SQL and others. Returns the path.

    Parameters
    ----------
    what : a dataset, as `load` gives; or the table of a measure, or what has several tables (`add_up`, `profile`).
    path : where to; the folder around it must be there.
    format : by default that of the name's ending.

        - "xlsx" (.xlsx): an Excel workbook. A sheet "codebook", then a sheet per table. Text is held as text: no cell
          runs as a formula, and every cell reads back as it was. Needs openpyxl.
        - "sqlite" (.sqlite, .sqlite3, .db): a database with a table `codebook`; of a dataset with the keys, references
          and allowed values of the schema. Days are text (2023-09-15), true and false are 1 and 0.
        - "parquet" (.parquet): of a dataset a folder with one file per table and datapackage.json, of a table one
          file; meanings are in the columns' metadata.
        - "csv": of a dataset a folder that `load` reads (see `Dataset.to_folder`); of a table (.csv) one file in UTF-8,
          and the codebook beside it (panel.csv.codebook.csv). An empty cell is a missing value.
        - "dta" (.dta): a table for Stata 14 and later, its columns labelled, and the codebook beside it
          (panel.dta.codebook.csv). Codes are text, as in the other forms; true and false are 1 and 0, days are Stata's
          days. Missing numbers and days are `.`, missing texts are "", since Stata knows no other.
    overwrite : replace what is there, if it was written like this and not changed since: nothing else is ever
        replaced. Until the new one is complete, the old one stays.
    ds : of a table, the dataset that it was made from, which says what its columns mean; by default the packaged one.
    how : of a table, the measure that made it, such as `ma.panel`, whose words on its columns the codebook has. Without
        it, the measure is known by the columns, if all of them are there.

    Raises
    ------
    FileExistsError
        If something is there and `overwrite` isn't set.
    ValueError
        For an unknown format; for a table that breaks its schema (sqlite, csv); for what a workbook can't hold: a
        text of more than 32,767 characters, control characters, a day before March 1900, too many rows; for what Stata
        can't: names of more than 32 characters or with other signs than letters, digits and underscores. The message
        names the cell or column; nothing is cut or changed silently.

    Examples
    --------
    >>> import metaverse_analysis as ma, pandas as pd, pathlib, tempfile
    >>> ds = ma.load()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = ma.export(ds, pathlib.Path(folder) / "tables.xlsx")
    ...     with pd.ExcelFile(path) as book:
    ...         print(book.sheet_names[:3])
    ...     path = ma.export(ma.panel(ds), pathlib.Path(folder) / "panel.csv", ds=ds, how=ma.panel)
    ...     print(sorted(file.name for file in path.parent.glob("panel.*")))
    ['codebook', 'sources', 'places']
    ['panel.csv', 'panel.csv.codebook.csv']
    """
    if isinstance(what, Dataset):
        if ds is not None or how is not None:
            raise ValueError("ds and how are for a table; a dataset says by its schema what its columns mean")
        form = _form(path, format, SUFFIXES, DATASETS)
        DATASETS[form](what, path, overwrite=overwrite)
        return Path(path)
    tables = tables_in(what)
    form = _form(path, format, OF_A_TABLE, TABLES)
    if ds is not None:
        expects(ds, Dataset, given_by="load", taker="export")
    if how is not None and not callable(how):
        raise ValueError(f"how is the function that made the table, such as ma.panel, not {how!r}")
    TABLES[form](Described(tables, load() if ds is None else ds, how), path, overwrite=overwrite)
    return Path(path)


DATASETS: dict[str, Callable[..., object]] = {
    "xlsx": dataset.to_workbook,
    "parquet": dataset.to_parquet,
    "sqlite": dataset.to_sqlite,
    "csv": to_folder,
}
TABLES: dict[str, Callable[..., object]] = {
    "xlsx": table.to_workbook,
    "parquet": table.to_parquet,
    "sqlite": table.to_sqlite,
    "csv": table.to_csv,
    "dta": table.to_stata,
}


def _form(
    path: str | os.PathLike[str], format: str | None, endings: Mapping[str, str], forms: Mapping[str, Any]
) -> str:
    ending = given_path(path).suffix.lower()
    form = format or endings.get(ending)
    if (form == "dta" or (form is None and ending == ".dta")) and "dta" not in forms:
        raise ValueError(
            "a Stata file holds one table: export a table of the dataset, such as ds.regional_targets"
        )
    if form is None or form not in forms:
        raise ValueError(
            f"can't tell the format of {os.fspath(path)!r}: end it in one of {', '.join(endings)}, or pass format= "
            f"one of {', '.join(forms)}"
        )
    return form
