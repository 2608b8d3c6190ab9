"""Where nothing can be written: one message for each kind of output, which names the path, and nothing is left."""

import errno
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from full_disk import full_disk
from hydrogen import write_hydrogen

import metaverse_analysis as ma
from metaverse_analysis.output import report as reporting
from metaverse_analysis.output.codebook import write_codebook

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ds(tmp_path_factory):
    return ma.load(write_hydrogen(tmp_path_factory.mktemp("least")))


@pytest.fixture(scope="module")
def chart(ds):
    yield ma.charts.market_targets(ma.market_targets(ds, country=None))
    plt.close("all")


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    monkeypatch.setattr(reporting, "CHARTS", {})


OUTPUTS = {
    "x.xlsx": lambda ds, chart, path: ma.export(ds, path),
    "x.db": lambda ds, chart, path: ma.export(ds, path),
    "x.parquet": lambda ds, chart, path: ma.export(ds, path),
    "x.dta": lambda ds, chart, path: ma.export(ds.places, path, ds=ds),
    "csv": lambda ds, chart, path: ds.to_folder(path),
    "bundle": lambda ds, chart, path: ma.bundle(ds.regional_targets, path, ds=ds, name="t", chart=chart),
    "b.zip": lambda ds, chart, path: ma.bundle(ds.regional_targets, path, ds=ds, name="t", chart=chart),
    "report": lambda ds, chart, path: ma.report(ds, path),
    "book.md": lambda ds, chart, path: write_codebook(ds, path),
}


@pytest.mark.parametrize("kind", OUTPUTS)
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("{}/none/{name}", "there is no folder {}/none; make it first"),
        ("{}/file/{name}", "there is no folder {}/file; make it first"),
        ("{}/" + "n" * 256 + "{name}", "File name too long"),
        ("/proc/{name}", "/proc/{name}: No such file or directory"),
        ("{}/way/{name}", "{}/way/{name}"),  # a folder, or a file, is in the way
        ("{}/link/{name}", "it is a link; give the path that it leads to"),
        ("", "a path is needed, not ''"),
        (None, "a path is needed, not None"),
        ("a\0b{name}", "a path is needed, not 'a\\x00b{name}'"),
    ],
)
def test_a_place_that_is_none(ds, chart, tmp_path, monkeypatch, kind, place, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    for folder in ("way", "link"):
        (tmp_path / folder).mkdir()
    way = tmp_path / "way" / kind
    if kind in ("x.xlsx", "x.db", "b.zip", "book.md"):
        way.mkdir()
    else:
        way.touch()
    (tmp_path / "link" / kind).symlink_to("gone")
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    path = None if place is None else place.replace("{}", str(tmp_path)).replace("{name}", kind)
    with pytest.raises((ValueError, OSError)) as told:
        OUTPUTS[kind](ds, chart, path)
    assert said.replace("{}", str(tmp_path)).replace("{name}", kind) in str(told.value)
    assert "draft" not in str(told.value) and "\n" not in str(told.value)
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize("kind", OUTPUTS)
@pytest.mark.parametrize("room", [0, 1_000])
def test_a_full_disk(ds, chart, tmp_path, kind, room, capfd):
    with pytest.raises(OSError) as told, full_disk(room):
        OUTPUTS[kind](ds, chart, tmp_path / kind)
    assert str(told.value).startswith(f"can't write {tmp_path / kind}: ")
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", ""), "no noise"


@pytest.mark.parametrize("kind", OUTPUTS)
def test_an_error_while_the_last_byte_is_written(ds, chart, tmp_path, monkeypatch, kind):
    def fail(*args):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError) as told:
        OUTPUTS[kind](ds, chart, tmp_path / kind)
    assert str(told.value) == f"can't write {tmp_path / kind}: Input/output error"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_folder_of_somebody_else(ds, chart, tmp_path, monkeypatch, kind, capfd):
    def mkdir(path, *args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(PermissionError) as told:
        OUTPUTS[kind](ds, chart, tmp_path / kind)
    assert str(told.value) == f"can't write {tmp_path / kind}: Permission denied"
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", ""), "no noise"


# What is no dataset, no chart, no function


def test_other_things_are_told_in_words(ds, tmp_path):
    table, path = ds.regional_targets, tmp_path / "x.xlsx"
    for call, said in [
        (lambda: ma.export(table, path, ds=table), "export takes what ma.load gives"),
        (lambda: ma.export(None, path), "export takes what ma.load gives"),
        (lambda: ma.bundle(table, path, ds=table, name="t"), "bundle takes what ma.load gives"),
        (lambda: ma.bundle(ds, path, ds=ds, name="t"), "a table with columns is needed"),
        (lambda: ma.bundle(table, path, ds=ds, name="t", chart="x"), "chart is what a chart function gives"),
        (lambda: ma.bundle(table, path, ds=ds, name="t", how=5), "how is words, or the function that made"),
        (lambda: ma.report(table, tmp_path / "r"), "report takes what ma.load gives"),
    ]:
        with pytest.raises(ValueError, match=said):
            call()
    assert list(tmp_path.iterdir()) == []


def test_from_an_archive_it_says_what_to_do(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(ROOT / "metaverse_analysis" / "__init__.py", "metaverse_analysis/__init__.py")
    program = f"import sys; sys.path.insert(0, {str(tmp_path / 'a.zip')!r}); import metaverse_analysis"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    last = done.stderr.splitlines()[-1]
    assert last.startswith(
        "ImportError: metaverse_analysis reads its tables as files, so not from an archive"
    )
