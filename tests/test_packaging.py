"""The package as others get it: wheel, source distribution, editable install; each finds its tables.

Every installation stands in an environment of its own that holds the declared dependencies and nothing else, and is
asked from another folder, isolated from the checkout.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parents[1]
PARTS = ("metaverse_analysis", "data", "notebooks", "tests")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
LOOK = """
import json, sys
import metaverse_analysis as ma
ds = ma.load()
print(json.dumps({
    "package": ma.__file__,
    "rows": {name: len(ds[name]) for name in ds.tables},
    "problems": len(ma.validate()),
    "machine_path": [p for p in sys.path if p == CHECKOUT],
}))
"""


def pip(*arguments: str | Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pip", *map(str, arguments), "-q"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def sums(folder: Path) -> dict[str, str]:
    return {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir()) if p.is_file()
    }


def build(project: Path, target: Path, *kinds: str) -> Path:
    """A folder with what was built; hatchling is asked itself, so nothing is fetched."""
    wanted = [part for kind in kinds for part in ("-t", kind)]
    command = [sys.executable, "-m", "hatchling", "build", *wanted, "-d", str(target)]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return target


def copy_of_checkout(target: Path) -> Path:
    """The project without what tools leave behind, free to be changed."""
    target.mkdir()
    for path in ROOT.iterdir():
        if path.name in PARTS:
            shutil.copytree(path, target / path.name, ignore=LEFT_OUT)
        elif path.is_file():
            shutil.copy(path, target / path.name)
    return target


class Environment:
    """A fresh virtual environment that sees the declared dependencies."""

    def __init__(self, folder: Path, dependencies: Path) -> None:
        venv.create(folder, symlinks=os.name != "nt")
        self.python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        self.packages = Path(self.run("import sysconfig; print(sysconfig.get_path('purelib'))").strip())
        (self.packages / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()

    def run(self, code: str, **options) -> str:
        call = subprocess.run([self.python, "-I", "-c", code], capture_output=True, text=True, **options)
        assert call.returncode == 0, call.stderr
        return call.stdout

    def install(self, wheel: Path) -> None:
        pip("--python", self.python, "install", "--no-deps", wheel)

    def look(self) -> dict:
        """What the installed package finds, asked from a folder that has nothing to do with it."""
        return json.loads(self.run(f"CHECKOUT = {str(ROOT)!r}\n{LOOK}", cwd=self.elsewhere))


@pytest.fixture(scope="module")
def dependencies(tmp_path_factory) -> Path:
    """The declared runtime dependencies, and no other."""
    folder = tmp_path_factory.mktemp("dependencies")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    pip("install", "--target", folder, "-c", ROOT / "constraints.txt", *declared)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with the wheel and the source distribution of the checkout."""
    folder = tmp_path_factory.mktemp("built")
    return build(copy_of_checkout(folder / "checkout"), folder, "wheel", "sdist")


def the_file(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def assert_holds_the_tables(environment: Environment) -> None:
    found = environment.look()
    package = Path(found["package"]).parent
    assert package == environment.packages / "metaverse_analysis"
    assert sums(package / "data") == sums(ROOT / "data")
    assert {p.name for p in (package / "notebooks").iterdir()} == {
        p.name for p in (ROOT / "notebooks").glob("*.ipynb")
    }
    assert found["problems"] == 0 and found["machine_path"] == []
    assert set(found["rows"]) == {path.stem for path in (ROOT / "data").glob("*.csv")}
    assert min(found["rows"].values()) > 0
    assert (package / "py.typed").is_file()


def test_wheel(built, dependencies, tmp_path):
    environment = Environment(tmp_path / "environment", dependencies)
    environment.install(the_file(built, "*.whl"))
    assert_holds_the_tables(environment)


def test_source_distribution_is_whole_and_makes_the_same_wheel(built, tmp_path):
    shutil.unpack_archive(the_file(built, "*.tar.gz"), tmp_path, filter="data")
    unpacked = the_file(tmp_path, "metaverse_analysis-*")
    for part in PARTS:
        there = {p.name for p in (unpacked / part).iterdir()}
        assert there >= {p.name for p in (ROOT / part).iterdir() if not p.name.startswith((".", "_"))}
    again = build(unpacked, tmp_path / "again", "wheel")
    assert the_file(again, "*.whl").read_bytes() == the_file(built, "*.whl").read_bytes()


def test_editable_install_reads_the_checkout(dependencies, tmp_path):
    """An edited table is seen at once; there is no copy that could go stale."""
    checkout = copy_of_checkout(tmp_path / "checkout")
    environment = Environment(tmp_path / "environment", dependencies)
    environment.install(the_file(build(checkout, tmp_path / "built", "wheel:editable"), "*.whl"))
    before = environment.look()
    assert Path(before["package"]).parent == checkout / "metaverse_analysis"

    sources = checkout / "data" / "rejected_sources.csv"
    lines = sources.read_text(encoding="utf-8").splitlines(keepends=True)
    sources.write_text("".join(lines[:-1]), encoding="utf-8")
    after = environment.look()["rows"]["rejected_sources"]
    assert after == before["rows"]["rejected_sources"] - 1
    assert not list(environment.packages.rglob("*.csv"))


def test_bare_checkout(dependencies, tmp_path):
    """Not installed at all: the checkout's folder on the path is enough."""
    checkout = copy_of_checkout(tmp_path / "checkout")
    environment = Environment(tmp_path / "environment", dependencies)
    (environment.packages / "checkout.pth").write_text(f"{checkout}\n", encoding="utf-8")
    found = environment.look()
    assert Path(found["package"]).parent == checkout / "metaverse_analysis"
    assert found["problems"] == 0


def test_wheel_carries_the_package_alone(built):
    """The wheel carries the package and its licences; tests and build files stay out."""
    with zipfile.ZipFile(the_file(built, "*.whl")) as wheel:
        tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"metaverse_analysis"}


# The oldest matplotlib meets the newest of what it needs itself, which warns of names that are going.
OLDEST = """
import warnings
warnings.simplefilter("error")
warnings.filterwarnings("ignore", ".* deprecated - use", DeprecationWarning)
import metaverse_analysis as ma
ds = ma.load()
assert not ma.validate()
targets = ma.market_targets(ds, year=2025, rate_on="2024-01-19")
total = ma.add_up(targets, scope="metaverse_related", year=2025)
ma.charts.save(ma.charts.market_targets(targets), "targets.png")
ma.export(ds, "tables", format="parquet")
assert ma.load("tables").checksum == ds.checksum
print(round(total.amount_cny_bn), round(ma.convert(150, "CNY", "USD", on="2024-01-19"), 2))
"""


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the oldest versions are of the oldest Python")
def test_the_oldest_versions_that_are_declared(built, tmp_path):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    pip("install", "--target", tmp_path / "oldest", *(bound.replace(">=", "==") for bound in declared))
    environment = Environment(tmp_path / "environment", tmp_path / "oldest")
    environment.install(the_file(built, "*.whl"))
    assert environment.run(OLDEST, cwd=environment.elsewhere) == "1050 20.86\n"
