"""A Parquet file as columns of text, so that its cells are checked as those of a CSV file are."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from .column_types import ARROW_TEXT
from .csv_text import Tell


def open_parquet(path: Path, tell: Tell) -> pa.Table | None:
    """The columns of a file as text, empty text as missing; None, with the problem told, where it is no such file."""
    import pyarrow.parquet as pq  # dear, and most folders have none

    if not path.is_file():
        tell(None, None, None, "the file is there", f"Add {path.name}.")
        return None
    try:
        columns = pq.read_table(path, partitioning=None)
        return pa.table([_as_text(column) for column in columns.columns], columns.column_names)
    except (OSError, pa.ArrowException) as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        tell(
            None,
            None,
            None,
            "the file is Parquet, and its cells have plain text",
            f"It can't be read: {said}.",
        )
        return None


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type) and column.type.tz is None:
        days = column.cast(pa.date32(), safe=False)
        column = days if days.cast(column.type).equals(column) else column
    text = column.cast(ARROW_TEXT)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, ARROW_TEXT), text)
