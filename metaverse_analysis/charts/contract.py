"""What a chart takes: the table that a measure gave, with the columns that it needs, or an error in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from ..tables.needs import expects, needs

Table = TypeVar("Table")
Options = ParamSpec("Options")
Drawn = TypeVar("Drawn")
Chart = Callable[Concatenate[Table, Options], Drawn]


class Contract(NamedTuple):
    """Which measure's result a chart takes, and the columns that it needs of it."""

    measure: str
    columns: tuple[str, ...]


CONTRACTS: dict[str, Contract] = {}  # by the name of the chart


def draws(
    measure: str, what: str | type
) -> Callable[[Chart[Table, Options, Drawn]], Chart[Table, Options, Drawn]]:
    """Declare what a chart takes: `@draws("roster", "body organisation role")` above its function.

    The chart then gets a table of its own, in plain types and numbered from 0 (see `needs`), or its caller an error
    that names the measure to call.

    Parameters
    ----------
    measure : the measure that gives it, without "ma.".
    what : the names of the columns that are needed, with blanks between them; or the type, if it is no table.
    """

    def declared(chart: Chart[Table, Options, Drawn]) -> Chart[Table, Options, Drawn]:
        name = chart.__name__
        columns = tuple(what.split()) if isinstance(what, str) else ()
        CONTRACTS[name] = Contract(measure, columns)

        @wraps(chart)
        def checked(table: Any, *args: Options.args, **options: Options.kwargs) -> Drawn:
            about = {"given_by": measure, "taker": f"charts.{name}"}
            if isinstance(what, str):
                table = needs(table, columns, **about)
            else:
                expects(table, what, **about)
            return chart(table, *args, **options)

        return checked

    return declared
