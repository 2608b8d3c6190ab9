"""Commands for whoever keeps tables: are they right, and what do their columns mean?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from .command import Command, folder, tables_of
from .console import CLEAN, PROBLEMS, note, say

if TYPE_CHECKING:
    from ..tables.problems import Problem


def validate(arguments: argparse.Namespace) -> int:
    """Print every broken rule of a folder of tables, each with its file, line and what to do."""
    from ..tables.dataset import validate as find_problems

    where: object = _named(arguments) or "the packaged tables"
    problems = find_problems(arguments.data)
    if arguments.as_of is not None:
        where = f"{where} as known on {arguments.as_of}"
        problems = problems or _problems_on_the_day(arguments)
    if problems:
        say("\n".join(map(str, problems)))
    count = f"{len(problems):,} problem{'' if len(problems) == 1 else 's'}" if problems else "no problem"
    note(f"{count} in {where}")
    return PROBLEMS if problems else CLEAN


def _problems_on_the_day(arguments: argparse.Namespace) -> list[Problem]:
    """What is wrong with the tables as known on a day: whether they fit together shows when they are written."""
    from tempfile import TemporaryDirectory

    from ..tables.problems import DataError

    with TemporaryDirectory() as there:
        try:
            tables_of(arguments).to_folder(Path(there) / "tables")
        except DataError as error:
            return error.problems
    return []


def codebook(arguments: argparse.Namespace) -> int:
    """Write the codebook: what each table, column and code means, from the schema."""
    from ..output.codebook import write_codebook

    _named(arguments)
    ds = tables_of(arguments)
    note(write_codebook(ds, arguments.output or ds.folder / "README.md"))
    return CLEAN


def _folder_first(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=folder, metavar="FOLDER", help="the same as --data FOLDER")


def _named(arguments: argparse.Namespace) -> Path | None:
    """The folder, whichever way it was named; tables_of finds it, too."""
    if arguments.folder and arguments.data:
        raise ValueError(f"two folders are named, {arguments.folder} and {arguments.data}: name one")
    arguments.data = arguments.folder or arguments.data
    return arguments.data


def _codebook_options(parser: argparse.ArgumentParser) -> None:
    _folder_first(parser)
    parser.add_argument("--output", metavar="FILE", help="where (default: README.md beside the tables)")


COMMANDS = [
    Command(validate, _folder_first, writes="Nothing is written.", example="validate my/folder"),
    Command(
        codebook,
        _codebook_options,
        writes="Overwrites README.md beside the tables, or FILE, if that is a codebook; no other file.",
        example="codebook my/folder",
    ),
]
