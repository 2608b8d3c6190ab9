"""China's metaverse industrial policy: check the tables, write the report or the codebook, export."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TextIO

CLEAN, PROBLEMS, WRONG_USAGE, STOPPED = 0, 1, 2, 130


def validate(arguments: argparse.Namespace) -> int:
    """Print every broken rule of a folder of tables."""
    from .tables.dataset import validate as find_problems

    problems = find_problems(arguments.folder)
    if problems:
        say("\n".join(map(str, problems)))
    where = "the packaged tables" if arguments.folder is None else arguments.folder
    count = f"{len(problems):,} problem{'' if len(problems) == 1 else 's'}" if problems else "no problem"
    say(f"{count} in {where}", sys.stderr)
    return PROBLEMS if problems else CLEAN


def codebook(arguments: argparse.Namespace) -> int:
    """Write the codebook from the schema, in place of an older one and of no other file."""
    from .output.codebook import write_codebook
    from .tables.dataset import load

    ds = load(arguments.folder)
    say(write_codebook(ds, arguments.output or ds.folder / "README.md"), sys.stderr)
    return CLEAN


def report(arguments: argparse.Namespace) -> int:
    """Write the whole analysis as pages that open from disk."""
    import matplotlib

    matplotlib.use("agg")  # no windows
    from .output.report import report as write
    from .tables.dataset import load

    ds = None if arguments.data is None else load(arguments.data)
    folder = write(ds, arguments.output, progress=lambda line: say(line, sys.stderr))
    say(folder / "index.html")
    return CLEAN


def pictures(arguments: argparse.Namespace) -> int:
    """Draw the pictures of the README anew."""
    import matplotlib

    matplotlib.use("agg")
    from .output.pictures import pictures as draw

    for path, words in draw(arguments.folder).items():
        say(f"![{words}]({path.as_posix()})")
    return CLEAN


def export(arguments: argparse.Namespace) -> int:
    """Write all tables as an Excel workbook, an SQLite database, Parquet files or CSV."""
    from .output.export import export as write
    from .tables.as_of import as_of
    from .tables.dataset import load

    ds = load(arguments.data)
    ds = ds if arguments.as_of is None else as_of(ds, arguments.as_of)
    say(write(ds, arguments.path, format=arguments.format, overwrite=arguments.overwrite))
    return CLEAN


def say(line: object, stream: TextIO | None = None) -> None:
    """Print to standard output, or another stream, at once. That nobody reads any more is no error."""
    stream = stream or sys.stdout
    try:
        print(line, file=stream, flush=True)
    except OSError as error:
        # What the stream still holds would fail again when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def _folder(text: str) -> Path:
    if not text or not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {text!r}")
    return Path(text)


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    top = argparse.ArgumentParser(prog="python -m metaverse_analysis", description=__doc__)
    try:
        top.add_argument("--version", action="version", version=version("metaverse-analysis"))
    except PackageNotFoundError:  # a bare checkout that nobody installed
        top.add_argument("--version", action="version", version="not installed")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = commands.add_parser(run.__name__, help=run.__doc__, description=run.__doc__)
        added.set_defaults(run=run)
        return added

    checked, described = command(validate), command(codebook)
    for one in (checked, described):
        one.add_argument(
            "folder", nargs="?", type=_folder, help="a folder of tables (default: the packaged ones)"
        )
    described.add_argument("--output", metavar="FILE", help="where (default: README.md beside the tables)")
    pages = command(report)
    pages.add_argument(
        "--output",
        default="report",
        metavar="DIR",
        help="where (default: %(default)s); an older report there is replaced, and nothing else",
    )
    pages.add_argument(
        "--data", type=_folder, metavar="FOLDER", help="a folder of tables instead of the packaged ones"
    )
    drawn = command(pictures)
    drawn.add_argument("folder", nargs="?", type=_folder, default="pictures", help="default: %(default)s")
    tables = command(export)
    tables.add_argument("path", help="where; .xlsx, .sqlite, .db and .parquet tell the format")
    tables.add_argument(
        "--format", choices=("xlsx", "sqlite", "parquet", "csv"), help="whatever the name's ending"
    )
    tables.add_argument(
        "--data", type=_folder, metavar="FOLDER", help="a folder of tables instead of the packaged ones"
    )
    tables.add_argument("--as-of", metavar="DAY", help="only what was known on a day, such as 2024-01-19")
    tables.add_argument(
        "--overwrite", action="store_true", help="replace an older export, if it wasn't changed since"
    )
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 if all is well, 1 for problems in the data, 2 for wrong usage, 130 if stopped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a console without Chinese still shows every problem
    try:
        return _run(parser().parse_args(argv))
    except KeyboardInterrupt:
        say("stopped", sys.stderr)
        return STOPPED


def _run(arguments: argparse.Namespace) -> int:
    from .tables.problems import DataError

    try:
        return arguments.run(arguments)
    except DataError as error:
        say(error, sys.stderr)
        return PROBLEMS
    except (ImportError, OSError, ValueError) as error:
        say(f"error: {error}", sys.stderr)
        return WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main())
