"""What an import costs, and the one direction in which the package's parts know each other."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import metaverse_analysis

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "metaverse_analysis"
ORDER = ("tables", "measures", "charts", "output")  # each may import those before it
MODULES = sorted(PACKAGE.rglob("*.py"))
HOSTS = {"IPython"}  # asked for only where the code already runs inside it
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TESTS = [ROOT / "conftest.py", *sorted((ROOT / "tests").rglob("*.py"))]
IN_ORDER = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] in ORDER]

LOOK = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import metaverse_analysis
print(json.dumps({"modules": sorted(sys.modules), "opened": opened}))
"""


@pytest.fixture(scope="module")
def fresh_import() -> dict[str, list[str]]:
    """The modules loaded and the files opened by nothing but `import metaverse_analysis`."""
    run = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_import_loads_neither_charts_nor_rates(fresh_import):
    loaded = {name.partition(".")[0] for name in fresh_import["modules"]}
    assert "metaverse_analysis" in loaded, "the look itself must work"
    assert not loaded & {"matplotlib", "currency_converter", "nbconvert", "openpyxl", "IPython"}


def test_import_opens_no_table(fresh_import):
    opened = [Path(name) for name in fresh_import["opened"]]
    assert any(path.suffix in (".py", ".pyc") for path in opened), "the look itself must work"
    assert not [path for path in opened if path.suffix in (".csv", ".json", ".zip", ".ipynb", ".parquet")]


def test_every_public_name_is_there_and_a_wrong_one_is_told():
    assert {"load", "market_targets", "add_up", "charts", "report", "DataError"} <= set(
        dir(metaverse_analysis)
    )
    assert all(getattr(metaverse_analysis, name) is not None for name in dir(metaverse_analysis))
    with pytest.raises(AttributeError, match="lode"):
        metaverse_analysis.lode  # noqa: B018


def imported(path: Path) -> set[str]:
    """Full names of the modules that a module of the package imports, wherever in its text it does so."""
    names = set()
    home = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = home[: len(home) - node.level] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return names


def parts_imported(path: Path) -> set[str]:
    split = [name.split(".") for name in imported(path)]
    return {names[1] for names in split if names[0] == PACKAGE.name and len(names) > 1}


def test_every_part_is_there():
    assert {path.relative_to(PACKAGE).parts[0] for path in IN_ORDER} == set(ORDER)


def test_imports_run_one_way():
    """The front door and the command line (cli), above the four parts, may know them all, and no part knows them."""
    for path in IN_ORDER:
        part = path.relative_to(PACKAGE).parts[0]
        assert parts_imported(path) <= set(ORDER[: ORDER.index(part) + 1]), path
        assert PACKAGE.name not in imported(path), f"{path} imports the whole package, not the parts it needs"


OWN = f"{PACKAGE.name}.charts."
CHARTS = {
    name.rpartition(".")[0] for name in imported(PACKAGE / "charts" / "__init__.py") if name.startswith(OWN)
}
ROOMS = {
    "contract",
    "footers",
    "showing",
}  # of the modules that the charts' front door imports, those that others may use


def test_no_chart_keeps_what_others_use():
    """What two charts share stands in a room of its own, so that a chart can change without another one."""
    for path in sorted((PACKAGE / "charts").glob("[!_]*.py")):
        modules = {name.rpartition(".")[0] for name in imported(path)}
        assert modules & CHARTS <= {f"{OWN}{room}" for room in ROOMS}, path


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def declared(extras: Iterable[str]) -> set[str]:
    """Names of the distributions that the package asks for, with the given extras."""
    optional = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in optional[extra])]
    return {normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in lines}


@pytest.mark.parametrize(
    ("modules", "extras"),
    [(MODULES, {"report", "export", "zh", "lab"}), (TESTS, set(PROJECT["optional-dependencies"]))],
    ids=["package", "tests"],
)
def test_every_import_is_declared(modules, extras):
    """A package used and not declared works here by luck and fails in a clean environment."""
    own = {PACKAGE.name, "worked", *(path.stem for path in TESTS)}
    used = {name.partition(".")[0] for path in modules for name in imported(path)}
    foreign = used - own - set(sys.stdlib_module_names) - set(HOSTS)
    brought_by = packages_distributions()
    undeclared = {
        name for name in foreign if not set(map(normal, brought_by.get(name, [name]))) & declared(extras)
    }
    assert not undeclared, "name what brings it in pyproject.toml"
