"""Commands that write files: the report, the tables in another form, the pictures of the README."""

from __future__ import annotations

import argparse

from .command import Command, folder, quietly, tables_of
from .console import CLEAN, progress, say

MANY = 100_000  # rows, from which on writing them takes long enough to say so


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
    """Write all tables as an Excel workbook, an SQLite database, Parquet files or CSV."""
    from ..output.export import export as write

    ds = tables_of(arguments)
    if (rows := sum(len(ds[name]) for name in ds)) >= MANY:
        progress(arguments.quiet)(f"writing {rows:,} rows")
    say(write(ds, arguments.path, format=arguments.format, overwrite=arguments.overwrite))
    return CLEAN


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", help="where; .xlsx, .sqlite, .db and .parquet tell the format")
    parser.add_argument(
        "--format", choices=("xlsx", "sqlite", "parquet", "csv"), help="whatever the name's ending"
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
        example="export tables.xlsx --as-of 2024-01-19",
    ),
    Command(
        pictures,
        _pictures_options,
        writes="Overwrites market_targets.png and press_rates.png in the folder.",
        example="pictures",
    ),
]
