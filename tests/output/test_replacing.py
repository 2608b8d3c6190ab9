"""Exports, bundles, reports and codebooks replace only what this package wrote and nobody changed since."""

import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from hydrogen import write_hydrogen

import metaverse_analysis as ma
from metaverse_analysis.__main__ import main
from metaverse_analysis.output import report as reporting
from metaverse_analysis.output.codebook import GENERATED
from metaverse_analysis.tables.marks import write_listing

NAMES = {
    "xlsx": "x.xlsx",
    "sqlite": "x.db",
    "parquet": "x",
    "csv": "y",
    "bundle": "b",
    "zip": "b.zip",
    "report": "r",
}


@pytest.fixture(scope="module")
def ds(tmp_path_factory):
    return ma.load(write_hydrogen(tmp_path_factory.mktemp("least")))


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    monkeypatch.setattr(reporting, "CHARTS", {})


def write(ds: ma.Dataset, kind: str, path: Path, *, overwrite: bool = True) -> Path:
    if kind == "report":
        return ma.report(ds, path)
    if kind in ("bundle", "zip"):
        return ma.bundle(ds.regional_targets, path, ds=ds, name="targets", overwrite=overwrite)
    return ma.export(ds, path, format=kind, overwrite=overwrite)


def content(folder: Path) -> dict[str, bytes | None]:
    """Everything there: files with what they hold, folders with None."""
    paths = [folder, *folder.rglob("*")]
    return {str(path): path.read_bytes() if path.is_file() else None for path in paths}


@pytest.mark.parametrize("kind", NAMES)
def test_an_older_one_is_replaced(ds, tmp_path, kind):
    path = write(ds, kind, tmp_path / NAMES[kind])
    write(ds.with_tables(regional_targets=ds.regional_targets.head(2)), kind, path)
    assert [one.name for one in tmp_path.iterdir()] == [NAMES[kind]]


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("there", NAMES)
def test_no_kind_replaces_another(ds, tmp_path, kind, there):
    if kind == there:
        return
    path = write(ds, there, tmp_path / NAMES[there])
    place = path
    if (kind == "zip") != (there == "zip"):  # the ending says which of the two a bundle is
        place = path.rename(path.with_suffix(".zip" if kind == "zip" else ""))
    before = content(tmp_path)
    with pytest.raises(ValueError, match=r"won't replace|isn't ours|there is a (file|folder) of that name"):
        write(ds, kind, place)
    assert content(tmp_path) == before


@pytest.mark.parametrize("kind", NAMES)
def test_the_tables_that_were_read_are_never_replaced(tmp_path, kind):
    mine = ma.load(write_hydrogen(tmp_path / "mine.zip" if kind == "zip" else tmp_path / "mine"))
    before = content(tmp_path)
    for place in (mine.folder, mine.folder / "sources.csv"):
        if kind == "zip" and place.name == "sources.csv":
            continue
        with pytest.raises(ValueError):
            write(mine, kind, place)
    assert content(tmp_path) == before


def theirs(path: Path, what: str) -> Path:
    """Something of somebody else's, as like ours as can be."""
    if what == "workbook":
        openpyxl.Workbook().save(path)
    if what == "database":
        with closing(sqlite3.connect(path)) as base:
            base.execute("CREATE TABLE mine (a)")
    if what == "archive":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("t/SHA256SUMS", "00  debian.iso\n")
            archive.writestr("t/debian.iso", "x")
    if what in ("text", "nothing"):
        path.write_text("ten years of notes" * (what == "text"))
    return path


@pytest.mark.parametrize("what", ["workbook", "database", "archive", "text", "nothing"])
@pytest.mark.parametrize("kind", ["xlsx", "sqlite", "zip"])
def test_a_file_of_somebody_else_is_never_replaced(ds, tmp_path, kind, what):
    path = theirs(tmp_path / NAMES[kind], what)
    before = content(tmp_path)
    with pytest.raises(ValueError, match=r"won't replace .*: this package didn't write it"):
        write(ds, kind, path)
    assert content(tmp_path) == before


def test_a_file_that_was_changed_since_is_never_replaced(ds, tmp_path):
    book, base, bundle = (write(ds, kind, tmp_path / NAMES[kind]) for kind in ("xlsx", "sqlite", "zip"))
    changed = openpyxl.load_workbook(book)
    changed["sources"]["A2"] = "mine"
    changed.save(book)
    with closing(sqlite3.connect(base)) as opened, opened:
        opened.execute("UPDATE places SET name_en = 'mine'")
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr("targets/mine.txt", "mine")
    before = content(tmp_path)
    for kind in ("xlsx", "sqlite", "zip"):
        with pytest.raises(ValueError, match="won't replace"):
            write(ds, kind, tmp_path / NAMES[kind])
    assert content(tmp_path) == before


@pytest.mark.parametrize("kind", ["csv", "parquet", "bundle", "report"])
@pytest.mark.parametrize("what", ["file", "changed", "folder", "link"])
def test_what_somebody_put_into_a_folder_is_never_lost(ds, tmp_path, kind, what):
    folder = write(ds, kind, tmp_path / NAMES[kind])
    if what == "file":
        (folder / "mine.txt").touch()
    elif what == "changed":
        one = next(path for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".parquet", ".bib"))
        one.write_bytes(one.read_bytes() + b"\n")
    elif what == "folder":
        (folder / "mine").mkdir()
    else:
        (folder / "mine").symlink_to(tmp_path)
    before = content(tmp_path)
    with pytest.raises(ValueError, match="would be lost"):
        write(ds, kind, folder)
    assert content(tmp_path) == before


def test_lists_of_others_are_no_marks(ds, tmp_path):
    """A folder whose list of sums is right, but which this package didn't write."""
    folder = write(ds, "bundle", tmp_path / "b")
    about = folder / "datapackage.json"
    about.write_text(
        about.read_text("utf-8").replace('"generator": "metaverse_analysis"', '"generator": "else"')
    )
    (folder / "SHA256SUMS").unlink()
    write_listing(folder, "SHA256SUMS")
    with pytest.raises(ValueError, match="isn't ours"):
        write(ds, "bundle", folder)


# The codebook


def test_codebook_replaces_a_codebook_and_no_other_file(tmp_path, capsys):
    folder = write_hydrogen(tmp_path / "mine")
    readme = folder / "README.md"
    for text in ("ten years of notes\n", f"\n{GENERATED}\n", "", GENERATED[:-1]):
        readme.write_text(text, encoding="utf-8")
        assert main(["codebook", str(folder)]) == 2
        said = capsys.readouterr().err
        assert said == f"error: won't replace {readme}: this package didn't write it; choose another name\n"
        assert readme.read_text("utf-8") == text
    assert main(["codebook", str(folder), "--output", str(tmp_path / "book.md")]) == 0
    shutil.copy(tmp_path / "book.md", readme)
    assert main(["codebook", str(folder)]) == 0
    assert readme.read_text("utf-8").startswith(GENERATED)
