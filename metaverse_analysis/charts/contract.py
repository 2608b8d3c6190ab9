"""What a chart takes: the table that a measure gave, with the columns that it needs, or an error in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import chain
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import pandas as pd

from ..tables.needs import expects, needs

Table = TypeVar("Table")
Options = ParamSpec("Options")
Drawn = TypeVar("Drawn")
Chart = Callable[Concatenate[Table, Options], Drawn]


class Contract(NamedTuple):
    """Which measure's result a chart takes, the columns that it needs of it, and the one that tells its rows apart."""

    measure: str
    columns: tuple[str, ...]
    key: str


_AROUND = {"title", "subtitle", "footer", "notes"}
CONTRACTS: dict[str, Contract] = {}  # by the name of the chart


def draws(
    measure: str,
    what: str | type,
    *,
    key: str = "",
    numbers: str = "",
    whole: str = "",
    flags: str = "",
    counts: bool = False,
) -> Callable[[Chart[Table, Options, Drawn]], Chart[Table, Options, Drawn]]:
    """Declare what a chart takes: `@draws("roster", "body organisation", whole="n_outlets")` above its function.

    The chart then gets a table of its own, in plain types and numbered from 0 (see `needs`), or its caller an error
    that names the measure to call.

    Parameters
    ----------
    measure : the measure that gives it, without "ma.".
    what : the names of the columns that are needed, with blanks between them; or the type, if it is no table.
    key : the column by which a row is known: it stands twice also where its other cells differ, as at two days' rates.
        Without one, rows that are alike in all cells stand twice.
    numbers, whole, flags : further ones, that hold numbers, whole numbers, or true and false (missing is false).
    counts : whether all columns of digits hold whole numbers, whatever they are called.
    """
    kinds = {"numbers": numbers.split(), "whole": whole.split(), "flags": flags.split()}

    def declared(chart: Chart[Table, Options, Drawn]) -> Chart[Table, Options, Drawn]:
        name = chart.__name__
        columns = (*what.split(), *chain(*kinds.values())) if isinstance(what, str) else ()
        CONTRACTS[name] = Contract(measure, columns, key)

        @wraps(chart)
        def checked(table: Any, *args: Options.args, **options: Options.kwargs) -> Drawn:
            about = {"given_by": measure, "taker": f"charts.{name}"}
            _refuse_words(name, options)
            if isinstance(what, str):
                given = needs(table, columns, **about)
                _refuse_doubles(given, key, f"charts.{name}")
                table = _plain(given, kinds, f"charts.{name}")
                table = _counted(table) if counts else table
            else:
                expects(table, what, **about)
            return chart(table, *args, **options)

        return checked

    return declared


def _refuse_words(name: str, options: dict[str, Any]) -> None:
    """Words around a chart are set when it is finished; whoever gives them to the chart is told where."""
    for word in _AROUND & options.keys():
        raise TypeError(
            f"charts.{name} takes no {word}: the words around a finished chart are set by "
            f"charts.show(chart, ds, {word}=...), charts.save(chart, path, ds, {word}=...) or "
            f"charts.framed(chart, {word}=...)"
        )


def _refuse_doubles(table: pd.DataFrame, key: str, taker: str) -> None:
    """A row that stands twice would be drawn and counted twice; no measure gives one."""
    if key and key not in table:  # nothing tells its rows apart
        return
    filled = table[[key]].dropna() if key else table.dropna(how="all")
    twice = filled.duplicated()
    if twice.any():
        row = int(twice.to_numpy().argmax())
        said, wanted = (
            (f"{key} {filled[key].iloc[row]!r}", repr(key)) if key else (f"row {filled.index[row] + 1}", "")
        )
        raise ValueError(
            f"{taker}: {twice.sum():,} of {len(table):,} rows stand in the table twice, the first of them {said}: it "
            f"was joined with itself, or of selections that overlap. Draw table.drop_duplicates({wanted})"
        )


def _plain(table: pd.DataFrame, kinds: dict[str, list[str]], taker: str) -> pd.DataFrame:
    """The table with each column as what it is, also where a file has made fractions of whole numbers."""
    changed = {
        str(name): column.astype("str")
        for name, column in table.items()
        if isinstance(column.dtype, pd.CategoricalDtype) and not column.dtype.ordered
    }
    for kind, names in kinds.items():
        for name in names:
            try:
                changed[name] = _KINDS[kind](table[name])
            except (TypeError, ValueError):
                found = table[name].dropna().astype("str")
                raise ValueError(
                    f"{taker}: the column {name} needs {_WORDS[kind]}; it has {', '.join(found.unique()[:3])}"
                ) from None
    return table.assign(**changed)


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    """Columns of digits as whole numbers: a file may have been read as text."""
    texts = [(name, column) for name, column in table.items() if column.dtype == "str"]
    digits = [name for name, column in texts if column.notna().all() and column.str.isdecimal().all()]
    return table.astype(dict.fromkeys(digits, "int64")) if len(table) else table


def _numbers(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column).astype("float64")


def _whole(column: pd.Series) -> pd.Series:
    if pd.api.types.is_integer_dtype(column.dtype):
        return column
    whole = pd.to_numeric(column).astype("Int64")  # which refuses a fraction
    return whole if whole.isna().any() else whole.astype("int64")


def _flags(column: pd.Series) -> pd.Series:
    if column.dtype == "str":
        column = column.str.lower().map(lambda text: _TRUTHS.get(text, text), na_action="ignore")
    if not column.dropna().isin([True, False]).all():
        raise ValueError
    return column.astype("boolean").fillna(False).astype("bool")


_TRUTHS = {"true": True, "false": False}
_KINDS: dict[str, Callable[[pd.Series], pd.Series]] = {"numbers": _numbers, "whole": _whole, "flags": _flags}
_WORDS = {"numbers": "numbers", "whole": "whole numbers", "flags": "true or false"}
