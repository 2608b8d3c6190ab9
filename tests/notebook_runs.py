"""Runs notebooks. As a program it runs them where they lie, and stores what they show:

    python tests/notebook_runs.py                                   # all of them
    python tests/notebook_runs.py notebooks/03_ambition.ipynb       # these

The files are then as JupyterLab would save them, and a second run gives the same bytes. Tests run copies, cell by
cell and without a kernel, with other settings in the first code cell.
"""

import ast
import io
import re
import sys
import tempfile
from collections.abc import Mapping
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
KERNEL = "python3"


def notebooks() -> list[Path]:
    return sorted(FOLDER.glob("*.ipynb"))


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


# --- Stored as JupyterLab would


def store(path: Path) -> None:
    """Run a notebook from top to bottom where it lies, and keep what it shows."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, kernel_name=KERNEL, record_timing=False, coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}}, timeout=600,
    )  # fmt: skip
    spec = client.create_kernel_manager().kernel_spec
    named = {"display_name": spec.display_name, "language": spec.language, "name": KERNEL}
    # The kernel adds what it says of its language. Anything else would be somebody's own.
    notebook.metadata = nbformat.from_dict({"kernelspec": named})
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})
    client.execute()
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


# --- Run with other settings


def with_settings(source: str, settings: Mapping[str, Any]) -> str:
    """The first code cell with other values. Each setting must be one of its lines.

    >>> with_settings('place = "Sichuan"  # any place\\nyear = 2025', {"year": 2026})
    'place = "Sichuan"  # any place\\nyear = 2026'
    """
    for name, value in settings.items():
        source, found = re.subn(
            rf"^{name} = .*$", lambda _, n=name, v=value: f"{n} = {v!r}", source, flags=re.M
        )
        if found != 1:
            raise KeyError(f"{name} is no line of the first code cell")
    return source


class Shown(NamedTuple):
    """What a cell showed: the value that it ended with, and everything as text."""

    value: Any
    text: str


def run(path: Path, settings: Mapping[str, Any] | None = None, *, times: int = 1) -> list[Shown]:
    """Run a notebook's cells in this process, each `times` times.

    A chart is drawn and not shown: outside a notebook `show` shows nothing.
    """
    sources = [cell.source for cell in code_cells(nbformat.read(path, as_version=4))]
    sources[0] = with_settings(sources[0], settings or {})
    names: dict[str, Any] = {"__name__": "__main__"}
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        return [_run_cell(source, names, times) for source in sources]


def _run_cell(source: str, names: dict[str, Any], times: int) -> Shown:
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    value = None
    for _ in range(times):
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    if hasattr(value, "_repr_html_"):
        value._repr_html_()  # what a notebook would show must be there, too
    return Shown(value, printed.getvalue() + ("" if value is None else str(value)))


if __name__ == "__main__":
    for chosen in map(Path, sys.argv[1:] or notebooks()):
        print(chosen.name, flush=True)
        store(chosen.resolve())
