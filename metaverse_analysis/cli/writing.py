"""Commands that write files: the report, the tables in another form, the pictures of the README."""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .command import Command, folder, quietly, tables_of, utf8
from .console import CLEAN, progress, say

if TYPE_CHECKING:
    from ..tables.dataset import Dataset

MANY = 100_000  # rows, from which on writing them takes long enough to say so
TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def report(arguments: argparse.Namespace) -> int:
    """Write the whole analysis as pages that open from disk."""
    from ..output.report import report as write

    _without_windows()
    packaged = arguments.data is None and arguments.as_of is None
    ds = None if packaged else tables_of(arguments)
    page = write(ds, arguments.output, progress=progress(arguments.quiet)) / "index.html"
    say(page)
    if arguments.open:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
    return CLEAN


def _report_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", default="report", metavar="DIR", help="where (default: %(default)s)")
    parser.add_argument("--open", action="store_true", help="show it in the browser when it is written")
    quietly(parser)


def export(arguments: argparse.Namespace) -> int:
    """Write all tables, or the table of one measure, for Excel, SQL, R, Stata and others."""
    from ..output.export import export as write

    ds = tables_of(arguments)
    if arguments.measure is None and arguments.given:
        raise ValueError("--with tells a measure what to give: name it by --measure")
    if arguments.measure is None and (rows := sum(len(ds[name]) for name in ds)) >= MANY:
        progress(arguments.quiet)(f"writing {rows:,} rows")
    form = {"format": arguments.format, "overwrite": arguments.overwrite}
    if arguments.measure is None:
        say(write(ds, arguments.path, **form))
    else:
        measure = _measure(arguments.measure)
        table = _asked(measure, ds, arguments.given)
        say(write(table, arguments.path, ds=ds, how=measure, **form))
    return CLEAN


def _measure(name: str) -> Callable[..., Any]:
    """The measure of that name, of those that give a table of the dataset."""
    import metaverse_analysis as door

    functions = {one: getattr(door, one) for one in dir(door) if inspect.isfunction(getattr(door, one))}
    measures = {
        one: function
        for one, function in functions.items()
        if ".measures." in function.__module__ and "ds" in inspect.signature(function).parameters
        and "DataFrame" in str(inspect.signature(function).return_annotation)
    }  # fmt: skip
    if name not in measures:
        raise ValueError(f"there is no measure {name!r}; there are {', '.join(measures)}")
    return measures[name]


def _asked(measure: Callable[..., Any], ds: Dataset, given: list[str]) -> Any:
    """What a measure gives, asked as `--with` says: by=place-year."""
    told: dict[str, list[str]] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not name or not equals:
            raise ValueError(f"--with takes NAME=VALUE, such as by=place-year, not {one!r}")
        told.setdefault(name, []).append(value)
    taken = {name: one for name, one in inspect.signature(measure).parameters.items() if name != "ds"}
    needed = [name for name, one in taken.items() if one.default is one.empty]
    if wrong := [one for one in told if one not in taken] or [one for one in needed if one not in told]:
        asks = f"it must be told {', '.join(needed)}" if needed else "it need not be told anything"
        raise ValueError(
            f"{measure.__name__} and {wrong[0]}: {asks}; --with NAME=VALUE takes {', '.join(taken)}"
        )
    return measure(ds, **{name: _meant(taken[name], values) for name, values in told.items()})


def _meant(parameter: inspect.Parameter, values: list[str]) -> Any:
    """What a call would give: true or false where that is asked, None for all countries, several as a list."""
    if isinstance(parameter.default, bool):
        if len(values) > 1 or values[0].lower() not in TRUTH:
            raise ValueError(f"{parameter.name} is true or false, not {', '.join(values)!r}")
        return TRUTH[values[0].lower()]
    if parameter.name == "country" and values == ["all"]:
        return None
    return values if len(values) > 1 else values[0]


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        help="where; .xlsx, .sqlite, .db and .parquet tell the format, of a measure .csv and .dta, too",
    )
    parser.add_argument("--measure", metavar="NAME", help="the table of a measure, such as panel")
    parser.add_argument(
        "--with", dest="given", action="append", type=utf8, default=[], metavar="NAME=VALUE",
        help="what the measure is asked: by=place-year, inside=false, country=all; a name may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=("xlsx", "sqlite", "parquet", "csv", "dta"), help="whatever the name's ending"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace an older export")
    quietly(parser)


def pictures(arguments: argparse.Namespace) -> int:
    """Draw the pictures of the README anew."""
    from ..output.pictures import pictures as draw

    _without_windows()
    for path, words in draw(arguments.folder, tables_of(arguments)).items():
        say(f"![{words}]({path.as_posix()})")
    return CLEAN


def _pictures_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=folder, default="pictures", help="default: %(default)s")


def _without_windows() -> None:
    import matplotlib

    matplotlib.use("agg")


COMMANDS = [
    Command(
        report,
        _report_options,
        writes="An older report in DIR is overwritten, if nothing else lies there; any other folder is left alone.",
        example="report --output report --open",
    ),
    Command(
        export,
        _export_options,
        writes="Nothing is overwritten without --overwrite; with it, only an older export that wasn't changed since.",
        example="export panel.csv --measure panel --with by=place-year",
    ),
    Command(
        pictures,
        _pictures_options,
        writes="Overwrites market_targets.png and press_rates.png in the folder.",
        example="pictures",
    ),
]
