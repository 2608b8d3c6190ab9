"""What must hold of every stored notebook, before any of it runs (running and comparing them is nbval's work)."""

import json
import re
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|tmp|work|Users|usr|opt|var)/|\b[A-Z]:\\+\w")
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}", re.IGNORECASE)
UNCOMPARED = re.compile(r"nbval[-_]|raises[-_]exception", re.IGNORECASE)
MOST_BYTES = 450_000  # pictures as sharp as a screen of twice as many pixels shows them
MOST_LINES = 15

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def outputs(path: Path) -> list[nbformat.NotebookNode]:
    return [output for cell in code_cells(path) for output in cell.outputs]


def printed(path: Path) -> str:
    """Every output as text, pictures left out."""
    shown = [
        {kind: text for kind, text in o.get("data", {}).items() if "image" not in kind} for o in outputs(path)
    ]
    streams = [o.get("text", "") for o in outputs(path)]
    return json.dumps([shown, streams], ensure_ascii=False)


def test_there_are_notebooks():
    assert NOTEBOOKS, f"no notebook in {FOLDER}"


@each_notebook
def test_is_valid_and_every_cell_has_an_id(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5), "cell ids need notebook format 4.5"
    identifiers = [cell.id for cell in notebook.cells]
    assert len(set(identifiers)) == len(identifiers)


@each_notebook
def test_has_the_kernel_of_any_python(path):
    assert read(path).metadata.kernelspec.name == "python3"


@each_notebook
def test_was_run_once_from_top_to_bottom(path):
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_every_output_is_compared(path):
    """nbval passes over a cell that carries one of its marks."""
    escaping = [
        cell.source
        for cell in code_cells(path)
        if UNCOMPARED.search(cell.source + " ".join(cell.metadata.get("tags", [])))
    ]
    assert not escaping


@each_notebook
def test_outputs_hold_no_error_and_no_warning(path):
    assert not [output for output in outputs(path) if output.output_type == "error"]
    assert not [output.text for output in outputs(path) if output.get("name") == "stderr"]
    assert "Warning" not in printed(path)


@each_notebook
def test_names_no_machine(path):
    sources = "\n".join(cell.source for cell in read(path).cells)
    for text in (sources, printed(path)):
        assert not MACHINE_PATH.findall(text)
        assert not ADDRESS.findall(text)


@each_notebook
def test_dollars_are_not_taken_for_formulas(path):
    """Between two dollar signs JupyterLab sets text as mathematics; a backslash before them keeps it text."""
    prose = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    assert not [found for text in prose for found in re.findall(r"(?<!\\)\$.{0,20}", text)]


@each_notebook
def test_is_small(path):
    assert path.stat().st_size <= MOST_BYTES


@each_notebook
def test_opens_with_a_heading_and_shows_a_picture(path):
    first = read(path).cells[0]
    assert first.cell_type == "markdown" and first.source.startswith("# ")
    assert any("image/png" in output.get("data", {}) for output in outputs(path))


@each_notebook
def test_cells_are_short(path):
    long = [cell.source for cell in code_cells(path) if len(cell.source.splitlines()) > MOST_LINES]
    assert not long, "longer code belongs in the library"


@each_notebook
def test_records_no_times(path):
    """Recorded times would change the file at every run."""
    timed = [cell.id for cell in read(path).cells if {"execution", "ExecuteTime"} & set(cell.metadata)]
    assert not timed
