"""Reading the arguments and running the command that they name."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from ..tables.version import __version__
from . import asking, checking, writing
from .command import Command, about_the_tables
from .console import EXIT_CODES, PROBLEMS, STOPPED, WRONG_USAGE, note

ABOUT = "China's metaverse industrial policy: ask the tables, check them, write the report, export."
HELP = "has an example and says what is overwritten."
COMMANDS = [*asking.COMMANDS, *checking.COMMANDS, *writing.COMMANDS]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 if all is well, 1 for problems in the data, 2 for wrong usage, 130 if stopped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a console without Chinese still shows every problem
    try:
        return _run(parser().parse_args(_helped(sys.argv[1:] if argv is None else argv)))
    except KeyboardInterrupt:
        note("stopped")
        return STOPPED


def _helped(argv: Sequence[str]) -> list[str]:
    """`help` and `help COMMAND` are asked for as often as `--help`."""
    return [*argv[1:], "--help"] if argv and argv[0] == "help" else list(argv)


def _run(arguments: argparse.Namespace) -> int:
    from ..tables.problems import DataError

    try:
        return arguments.run(arguments)
    except DataError as error:
        note(error)
        return PROBLEMS
    except (ImportError, OSError, ValueError) as error:
        note(f"error: {error}")
        return WRONG_USAGE


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    as_module = Path(sys.argv[0]).name == "__main__.py"
    program = "python -m metaverse_analysis" if as_module else "metaverse-analysis"
    top = argparse.ArgumentParser(
        prog=program, description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(map(textwrap.fill, (f"{program} COMMAND --help {HELP}", EXIT_CODES))),
    )  # fmt: skip
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        _add(command, commands, program)
    return top


def _add(command: Command, commands: argparse._SubParsersAction, program: str) -> None:
    about = command.run.__doc__
    added = commands.add_parser(
        command.run.__name__, help=about, description=f"{about} {command.writes}",
        epilog=f"Example: {program} {command.example}", allow_abbrev=False,
    )  # fmt: skip
    about_the_tables(added)
    command.options(added)
    added.set_defaults(run=command.run)
