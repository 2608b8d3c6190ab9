"""The gallery's charts drawn by a process of its own, while the report's other pages are written: half the time."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from ..tables.dataset import Dataset
from . import gallery
from .chart_pages import attempt
from .gallery import Chart

PACKAGE = Path(__file__).parents[2]
Result = dict[str, Any] | str


class Drawing:
    """Charts that are being drawn into a folder; leaving the context ends what isn't done."""

    def __init__(self, charts: Mapping[str, Chart], ds: Dataset, folder: Path):
        self._charts, self._ds, self._folder = charts, ds, folder
        self._process: subprocess.Popen | None = None
        self._told: IO[bytes] | None = None

    def __enter__(self) -> Drawing:
        # Another process knows charts by their names in the gallery, and no others.
        if self._charts is gallery.CHARTS and sys.executable:
            try:
                self._begin()
            except BaseException:  # stopped just now: nobody else would end the other process
                self.__exit__()
                raise
        return self

    def _begin(self) -> None:
        self._told = tempfile.TemporaryFile()  # noqa: SIM115  # closed by __exit__
        paths = os.pathsep.join([str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])])
        with tempfile.TemporaryFile() as asked:
            pickle.dump((self._ds, self._folder.resolve()), asked)
            asked.seek(0)
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=asked, stdout=self._told, env={**os.environ, "PYTHONPATH": paths, "MPLBACKEND": "agg"},
                # A terminal's Ctrl-C goes to its whole group: this process is ended by the one that is told.
                process_group=0 if os.name == "posix" else None,
            )  # fmt: skip

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._told is not None:
            self._told.close()

    def results(self) -> Iterator[tuple[Chart, Result]]:
        """Each chart with what a page shows of it, or with the reason why it can't be drawn.

        Raises
        ------
        OSError, MemoryError
            As they came while drawing.
        RuntimeError
            If the other process ended before it was done.
        """
        if self._process is None or self._told is None:
            for chart in self._charts.values():
                yield chart, attempt(chart, self._ds, self._folder)
            return
        code = self._process.wait()
        self._told.seek(0)
        for chart in self._charts.values():
            try:
                result = pickle.load(self._told)
            except EOFError:
                raise RuntimeError(
                    f"the process that draws the charts ended at {chart.name} ({code})"
                ) from None
            if isinstance(result, BaseException):
                raise result
            yield chart, result


def main() -> None:
    """Draw all charts of the gallery: tables and folder come in, what the pages show goes out, one after the other."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what anything prints is no result
        ds, folder = pickle.load(sys.stdin.buffer)
        for chart in gallery.CHARTS.values():
            try:
                result: Any = attempt(chart, ds, folder)
            except (OSError, MemoryError) as error:
                result = error
            pickle.dump(result, out)
            if isinstance(result, BaseException):
                return


if __name__ == "__main__":
    main()
