"""What the command line says, to whom, and with which exit code it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TextIO

CLEAN, PROBLEMS, WRONG_USAGE, STOPPED = 0, 1, 2, 130
EXIT_CODES = (
    "Exit codes: 0 all is well; 1 the tables have problems; 2 wrong usage, or a file that can't be read or written; "
    "130 stopped with Ctrl-C."
)


def say(line: object, stream: TextIO | None = None) -> None:
    """Print to standard output, or another stream, at once. That nobody reads any more is no error."""
    stream = stream or sys.stdout
    if stream is None:  # closed before the program began
        return
    try:
        print(line, file=stream, flush=True)
    except OSError as error:
        # What the stream still holds would fail again when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def note(line: object) -> None:
    """Print what is no result to standard error; where that is closed, nowhere."""
    if sys.stderr is not None:
        say(line, sys.stderr)


def progress(quiet: bool) -> Callable[[str], None]:
    """What is told how far a long run is: standard error, or nobody."""
    return (lambda line: None) if quiet else note
