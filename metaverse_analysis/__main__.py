"""China's metaverse industrial policy: check the tables, write the report or the codebook, export."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

CLEAN, PROBLEMS, WRONG_USAGE = 0, 1, 2


def validate(arguments: argparse.Namespace) -> int:
    """Print every broken rule of a folder of tables."""
    from .tables.dataset import validate as find_problems

    problems = find_problems(arguments.folder)
    for problem in problems:
        print(problem)
    where = "the packaged tables" if arguments.folder is None else arguments.folder
    count = f"{len(problems):,} problem{'' if len(problems) == 1 else 's'}" if problems else "no problem"
    print(f"{count} in {where}", file=sys.stderr)
    return PROBLEMS if problems else CLEAN


def codebook(arguments: argparse.Namespace) -> int:
    """Write the codebook from the schema."""
    from .output.codebook import codebook as write
    from .tables.dataset import load
    from .tables.files import replace_file

    ds = load(arguments.folder)
    path = ds.folder / "README.md"
    with replace_file(path, overwrite=True) as draft:
        draft.write_text(write(ds), encoding="utf-8", newline="\n")
    print(path, file=sys.stderr)
    return CLEAN


def report(arguments: argparse.Namespace) -> int:
    """Write the whole analysis as pages that open from disk."""
    import matplotlib

    matplotlib.use("agg")  # no windows
    from .output.report import report as write
    from .tables.dataset import load

    ds = None if arguments.data is None else load(arguments.data)
    folder = write(ds, arguments.output, progress=lambda line: print(line, file=sys.stderr))
    print(folder / "index.html")
    return CLEAN


def pictures(arguments: argparse.Namespace) -> int:
    """Draw the pictures of the README anew."""
    import matplotlib

    matplotlib.use("agg")
    from .output.pictures import pictures as draw

    for path, words in draw(arguments.folder).items():
        print(f"![{words}]({path.as_posix()})")
    return CLEAN


def export(arguments: argparse.Namespace) -> int:
    """Write all tables as an Excel workbook, an SQLite database, Parquet files or CSV."""
    from .output.export import export as write
    from .tables.as_of import as_of
    from .tables.dataset import load

    ds = load(arguments.data)
    ds = ds if arguments.as_of is None else as_of(ds, arguments.as_of)
    print(write(ds, arguments.path, format=arguments.format, overwrite=arguments.overwrite))
    return CLEAN


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
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

    for run in (validate, codebook):
        command(run).add_argument(
            "folder", nargs="?", type=_folder, help="a folder of tables (default: the packaged ones)"
        )
    pages = command(report)
    pages.add_argument(
        "--output", type=Path, default=Path("report"), metavar="DIR", help="where (default: %(default)s)"
    )
    pages.add_argument(
        "--data", type=_folder, metavar="FOLDER", help="a folder of tables instead of the packaged ones"
    )
    drawn = command(pictures)
    drawn.add_argument("folder", nargs="?", type=_folder, default="pictures", help="default: %(default)s")
    tables = command(export)
    tables.add_argument("path", type=Path, help="where; .xlsx, .sqlite, .db and .parquet tell the format")
    tables.add_argument(
        "--format", choices=("xlsx", "sqlite", "parquet", "csv"), help="whatever the name's ending"
    )
    tables.add_argument(
        "--data", type=_folder, metavar="FOLDER", help="a folder of tables instead of the packaged ones"
    )
    tables.add_argument("--as-of", metavar="DAY", help="only what was known on a day, such as 2024-01-19")
    tables.add_argument("--overwrite", action="store_true", help="replace what is there")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 if all is well, 1 for problems in the data, 2 for wrong usage."""
    arguments = parser().parse_args(argv)
    from .tables.problems import DataError

    try:
        return arguments.run(arguments)
    except DataError as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    except (ImportError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main())
