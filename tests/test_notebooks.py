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

SAVED = {"kernelspec", "language_info"}
LANGUAGE = {
    "codemirror_mode",
    "file_extension",
    "mimetype",
    "name",
    "nbconvert_exporter",
    "pygments_lexer",
    "version",
}

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
def test_is_stored_as_jupyterlab_saves_it(path):
    """Else opening it and saving it would change the file. Only the version of Python may be another one."""
    about = read(path).metadata
    assert (set(about), set(about.language_info)) == (SAVED, LANGUAGE)
    assert about.kernelspec == {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    assert not [cell.id for cell in read(path).cells if cell.metadata]
    assert path.read_text(encoding="utf-8") == nbformat.writes(read(path)) + "\n"


@each_notebook
def test_streams_of_a_cell_are_one(path):
    """JupyterLab joins them as it saves."""
    names = [[o.get("name") for o in cell.outputs if o.output_type == "stream"] for cell in code_cells(path)]
    assert not [one for one in names if len(one) != len(set(one))]


@each_notebook
def test_leads_to_the_next_and_back(path):
    at = NOTEBOOKS.index(path)
    links = dict(re.findall(r"(Back|Next|All of them): \[.+?\]\((.+?)\)", read(path).cells[-1].source))
    near = {"Back": at - 1, "Next": at + 1, "All of them": 0 if at > 1 else -1}
    assert links == {word: NOTEBOOKS[i].name for word, i in near.items() if 0 <= i < len(NOTEBOOKS)}


def test_the_first_leads_to_every_question():
    start = read(NOTEBOOKS[0]).cells[0].source
    questions = {
        path.name: read(path).cells[0].source.splitlines()[0].removeprefix("# ") for path in NOTEBOOKS
    }
    listed = re.findall(r"^\| (.+) \| \[(.+)\]\((.+)\) \|$", start, re.MULTILINE)
    assert listed == [(questions[path.name], path.stem, path.name) for path in NOTEBOOKS[1:]]


@each_notebook
def test_every_link_leads_to_a_file(path):
    prose = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", prose) if not link.startswith("http")]
    assert not [link for link in links if not (FOLDER / link).exists()]


@each_notebook
def test_the_first_code_cell_holds_the_settings(path):
    """Nothing but names and their values, each with a comment that says what else may stand there."""
    lines = code_cells(path)[0].source.splitlines()
    assert lines and not [line for line in lines if not re.fullmatch(r"[a-z_]+ = .+  # .+", line)]


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
