"""Readers and writers at once: a load gives the old or the new, whole, or says that the folder changed."""

import os
import shutil
import subprocess
import sys
import threading
import time

import pytest
import tiny

import metaverse_analysis as ma
from metaverse_analysis.tables import steady, validation


@pytest.fixture
def versions(tmp_path):
    """Two datasets of which every row of both tables says which one it is."""

    ds = ma.load(tiny.write_few(tmp_path / "few"))

    def version(word: str) -> ma.Dataset:
        tables = ds.sources.assign(publisher=word), ds.regional_targets.assign(note=word)
        return ds.with_tables(sources=tables[0], regional_targets=tables[1])

    return version("one"), version("two")


def words(ds: ma.Dataset) -> set[str]:
    return {*ds.sources.publisher, *ds.regional_targets.note}


def test_a_folder_that_is_replaced_while_it_is_read_is_read_again(versions, tmp_path, monkeypatch):
    one, two = versions
    out, real, reads = one.to_folder(tmp_path / "out"), validation.read_table, []

    def read_table(table, folder):
        reads.append(table.name)
        if reads == ["sources"]:
            reading = real(table, folder)
            two.to_folder(out, overwrite=True)
            reads.append("replaced")
            return reading
        return real(table, folder)

    monkeypatch.setattr(validation, "read_table", read_table)
    assert words(ma.load(out)) == {"two"}
    assert "replaced" in reads


def test_a_file_that_changes_each_time_is_told(versions, tmp_path, monkeypatch):
    out, real = versions[0].to_folder(tmp_path / "out"), validation.read_table

    def read_table(table, folder):
        reading = real(table, folder)
        path = folder / table.path
        path.write_bytes(path.read_bytes())
        return reading

    monkeypatch.setattr(validation, "read_table", read_table)
    monkeypatch.setattr(validation, "PAUSE", 0)
    with pytest.raises(ma.DataError, match="The folder changed each time that it was read") as told:
        ma.load(out)
    assert ma.validate(out) == told.value.problems


def test_other_files_beside_the_tables_may_change(versions, tmp_path, monkeypatch):
    out, real = versions[0].to_folder(tmp_path / "out"), validation.read_table

    def read_table(table, folder):
        (folder / f"{time.monotonic_ns()}.txt").touch()
        return real(table, folder)

    monkeypatch.setattr(validation, "read_table", read_table)
    assert words(ma.load(out)) == {"one"}


def test_a_folder_whose_tables_do_not_fit_for_a_moment_is_read_again(versions, tmp_path, monkeypatch):
    out, real, reads = versions[0].to_folder(tmp_path / "out"), validation.read_schema, []

    def read_schema(folder=None):
        if folder is None:
            return real()
        reads.append(folder)
        about = out / "datapackage.json"
        if len(reads) == 1:
            whole = about.read_bytes()
            about.write_text("{")
            try:
                return real(folder)
            finally:
                about.write_bytes(whole)
        return real(folder)

    monkeypatch.setattr(validation, "read_schema", read_schema)
    assert words(ma.load(out)) == {"one"}
    assert len(reads) == 2


def test_a_folder_that_is_away_for_a_moment(versions, tmp_path):
    out = versions[0].to_folder(tmp_path / "out")
    aside = out.rename(tmp_path / ".out.previous")
    back = threading.Timer(steady.PAUSE / 3, aside.rename, [out])
    back.start()
    assert words(ma.load(out)) == {"one"}
    back.join()


def test_a_folder_that_a_killed_run_set_aside_is_told(versions, tmp_path):
    out = versions[0].to_folder(tmp_path / "out")
    out.rename(tmp_path / ".out.previous")
    with pytest.raises(
        ma.DataError, match=r"There is no such folder. .out.previous beside it was set aside by"
    ):
        ma.load(out)
    with pytest.raises(FileExistsError, match=r".out.previous is, which a stopped run set aside"):
        versions[1].to_folder(out)
    shutil.rmtree(tmp_path / ".out.previous")
    assert words(ma.load(versions[1].to_folder(out))) == {"two"}


WRITER = """
import sys
import metaverse_analysis as ma

versions = [ma.load(folder) for folder in sys.argv[2:]]
print("ready", flush=True)
sys.stdin.readline()
for number in range(5):
    versions[number % 2].to_folder(sys.argv[1], overwrite=True)
"""


def start(*folders) -> subprocess.Popen:
    """A writer, once it has read what it will write."""
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    writer = subprocess.Popen([sys.executable, "-c", WRITER, *map(str, folders)], env=paths, **pipes)
    assert writer.stdout.readline() == "ready\n"
    return writer


def test_loads_during_writes_are_whole(tmp_path):
    """Of two writers at once, too, every folder is whole, and neither fails."""
    first = ma.load(tiny.write_few(tmp_path / "one"))
    changed = first.regional_targets.assign(note="two"), first.sources.assign(publisher="two")
    other = first.with_tables(regional_targets=changed[0], sources=changed[1])
    other.to_folder(tmp_path / "two")
    out = first.to_folder(tmp_path / "out")
    writers = [start(out, tmp_path / "one", tmp_path / "two") for _ in range(2)]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    found = []
    while any(writer.poll() is None for writer in writers):
        try:
            ds = ma.load(out)
        except ma.DataError as error:
            assert "changed" in str(error), error
        else:
            found.append({ds.sources.publisher[0] == "two", ds.regional_targets.note.notna()[0]})
    told = [writer.communicate() for writer in writers]
    assert told == [("", ""), ("", "")], told[0][1] + told[1][1]
    assert found and all(len(one) == 1 for one in found)
    assert ma.validate(out) == []
    assert {path.name for path in tmp_path.iterdir()} == {"one", "two", "out"}


def test_of_two_that_write_anew_one_is_told(tmp_path):
    first = ma.load(tiny.write_few(tmp_path / "one"))
    told, started = [], threading.Barrier(2)

    def write():
        started.wait()
        try:
            first.to_folder(tmp_path / "out")
        except FileExistsError as error:
            told.append(str(error))

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [
        f"{tmp_path}/out is there already: choose another name, or pass overwrite=True (--overwrite)"
    ]
    assert ma.validate(tmp_path / "out") == []
    assert {path.name for path in tmp_path.iterdir()} == {"one", "out"}
