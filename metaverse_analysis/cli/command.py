"""What a command is, and what all of them are asked alike."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..tables.dataset import Dataset


@dataclass(frozen=True)
class Command:
    """One command: its name and its first sentence are those of the function that runs it.

    Attributes
    ----------
    run : does it; gives the exit code.
    options : adds what it is asked, beside `--data` and `--as-of`.
    writes : what it writes, and what it overwrites.
    example : the arguments of a call that works.
    """

    run: Callable[[argparse.Namespace], int]
    options: Callable[[argparse.ArgumentParser], object]
    writes: str
    example: str


def about_the_tables(parser: argparse.ArgumentParser) -> None:
    """Which tables, and as known when: the same for every command."""
    parser.add_argument(
        "--data", type=folder, metavar="FOLDER", help="a folder of tables (default: the packaged ones)"
    )
    parser.add_argument("--as-of", metavar="DAY", help="only what was known on a day, such as 2024-01-19")


def quietly(parser: argparse.ArgumentParser) -> None:
    """For what takes long."""
    parser.add_argument("--quiet", action="store_true", help="don't say how far it is")


def tables_of(arguments: argparse.Namespace) -> Dataset:
    """The tables that a command is about."""
    from ..tables.as_of import as_of
    from ..tables.dataset import load

    ds = load(arguments.data)
    return ds if arguments.as_of is None else as_of(ds, arguments.as_of)


def folder(text: str) -> Path:
    """An argument that is a folder which is there."""
    if not text or not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {text!r}")
    return Path(text)


def utf8(text: str) -> str:
    """An argument that is a name or a word: as UTF-8, also where the locale has none of its letters."""
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        raise argparse.ArgumentTypeError(f"{text!r} isn't text in UTF-8") from None
