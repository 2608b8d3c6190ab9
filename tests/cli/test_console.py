"""The command line: exit codes 0, 1 and 2, problems on standard output, the rest on standard error."""

import os
import signal
import subprocess
import sys

import pytest
import tiny
from hydrogen import write_hydrogen

import metaverse_analysis.tables.dataset as dataset
from metaverse_analysis.cli import main


def run(capsys, *arguments):
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = stop.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_validate_clean(capsys, tmp_path):
    assert run(capsys, "validate") == (0, "", "no problem in the packaged tables\n")
    folder = tiny.write_folder(tmp_path)
    assert run(capsys, "validate", str(folder)) == (0, "", f"no problem in {folder}\n")


def test_validate_prints_every_problem(capsys, tmp_path):
    rows = [tiny.TARGET | {"target_id": f"t{i}", "value": "-1"} for i in range(7)]
    folder = tiny.write_folder(tmp_path, {"regional_targets": rows})
    code, out, err = run(capsys, "validate", str(folder))
    assert code == 1
    assert len(out.splitlines()) == 7
    assert err == f"7 problems in {folder}\n"


@pytest.mark.parametrize("arguments", [[], ["validat"], ["validate", "nowhere"], ["validate", "a", "b"]])
def test_wrong_usage(capsys, arguments):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "usage:" in err


def test_codebook_of_a_broken_folder_is_a_message_not_a_traceback(capsys, tmp_path):
    folder = tiny.write_folder(tmp_path, {"regional_targets": [tiny.TARGET | {"value": "x"}]})
    code, _, err = run(capsys, "codebook", str(folder))
    assert code == 1
    assert err.startswith("1 problem in the tables")
    assert not (folder / "README.md").exists()


# Consoles


def program(*arguments, **how) -> subprocess.CompletedProcess:
    """The command line as a program of its own; `environment` adds to this one's."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **how.pop("environment", {})}
    command = [sys.executable, "-m", "metaverse_analysis", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False, **how)


@pytest.fixture
def chinese(tmp_path):
    """A folder with one fault, whose text and place are Chinese."""
    return tiny.write_folder(
        tmp_path / "数据", {"places": [tiny.CHINA, tiny.PROVINCE | {"level": "级别"}, tiny.CITY]}
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437", "latin-1", "utf-8", "utf-16", "gb18030"])
def test_a_console_that_cannot_show_chinese_still_gets_every_problem(chinese, encoding):
    console = {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    done = program("validate", chinese, environment=console)
    out, err = done.stdout.decode(encoding), done.stderr.decode(encoding)
    assert done.returncode == 1
    shown = encoding in ("utf-8", "utf-16", "gb18030")
    assert ("级别" in out and "数据" in out) if shown else r"'\u7ea7\u522b'" in out
    assert len(out.splitlines()) == 1 and "1 problem in " in err


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_errors_and_paths_in_chinese_are_shown(chinese, tmp_path, encoding):
    console = {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    good = write_hydrogen(tmp_path / "氢")
    done = program("export", tmp_path / "表.db", "--data", good, environment=console)
    assert (done.returncode, done.stderr) == (0, b"") and rb"\u8868.db" in done.stdout
    done = program("export", tmp_path / "表.db", "--data", good, environment=console)
    assert done.returncode == 2 and rb"\u8868.db is there already" in done.stderr
    done = program("codebook", chinese, environment=console)
    assert done.returncode == 1 and rb"\u7ea7\u522b" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes")
def test_names_are_utf_8_also_in_a_locale_without_letters():
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = program("cite", "四川", environment=plain)
    assert done.returncode == 2 and b"is a row of places" in done.stderr
    command = [sys.executable, "-m", "metaverse_analysis", "profile", b"\xff"]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 2 and b"isn't text in UTF-8" in done.stderr


def test_without_standard_error_nothing_else_is_said_on_standard_output(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert run(capsys, "search", "no such word anywhere") == (0, "", "")


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
@pytest.mark.parametrize(
    ("shell", "code"),
    [("{} validate broken | head -1; exit ${{PIPESTATUS[0]}}", 1), ("{} validate broken 2>&1 | head -1", 0),
     ("{} validate broken >&-", 1), ("{} validate good 2>&-", 0), ("{} --help | true", 0),
     ("{} validate good | true; exit ${{PIPESTATUS[0]}}", 0)],
)  # fmt: skip
def test_a_closed_pipe_is_no_error(tmp_path, shell, code):
    rows = [tiny.TARGET | {"target_id": f"t{i}", "value": "-1"} for i in range(3_000)]
    tiny.write_folder(tmp_path / "broken", {"regional_targets": rows})
    tiny.write_folder(tmp_path / "good")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = shell.format(f"{sys.executable} -m metaverse_analysis")
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == code
    for word in ("Errno", "Traceback", "Exception", "Error"):
        assert word not in done.stderr + done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_output_that_cannot_be_written_is_an_error_in_one_line(chinese):
    with open("/dev/full", "w") as full:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", "metaverse_analysis", "validate", str(chinese)]
        done = subprocess.run(
            command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, check=False
        )
    assert (done.returncode, done.stderr) == (2, "error: [Errno 28] No space left on device\n")


def test_stopping_is_one_line(capsys, monkeypatch):
    def stop(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(dataset, "validate", stop)
    assert run(capsys, "validate") == (130, "", "stopped\n")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_is_one_line_and_leaves_nothing(tmp_path):
    """As in a terminal, where it goes to every process of the group, while charts are drawn and pages written."""
    folder = write_hydrogen(tmp_path / "tables")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "metaverse_analysis", "report", "--output", str(tmp_path / "r")]
    with subprocess.Popen(
        [*command, "--data", str(folder)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as started:
        assert started.stderr.readline().startswith("[1/")
        os.killpg(started.pid, signal.SIGINT)
        err = started.communicate(timeout=120)[
            1
        ]  # what runs beside it may take long; it ends in a second alone
    assert started.returncode == 130
    assert [line for line in err.splitlines() if not line.startswith("[")] == ["stopped"]
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", ""], ["export", "{}/none/x.db"], ["export", "{}/folder", "--format", "xlsx"], ["export", "{}/x"],
        ["export", "{}/" + "x" * 260 + ".db"], ["export", "{}/file/x.xlsx"], ["export", "{}/file", "--format", "csv"],
        ["export", "{}/folder", "--format", "sqlite", "--overwrite"], ["export", "/proc/x.xlsx"],
        ["export", "/proc/x.parquet"], ["export", "{}/x.db", "--as-of", "yesterday"], ["codebook", ""],
        ["codebook", "--output", "{}/none/x.md"], ["codebook", "--output", "/proc/x.md"],
        ["codebook", "--output", "{}/folder"], ["report", "--output", ""], ["report", "--output", "{}/file"],
        ["report", "--output", "{}/none/x"], ["report", "--output", "/proc/x"], ["report", "--output", "{}"],
        ["pictures", ""], ["validate", ""], ["export", "--measure", "panel", "--format", "csv", "."],
        ["export", "--measure", "panel", "--format", "dta", ".."],
        ["export", "--measure", "panel", "--format", "sqlite", "/"],
        ["export", "--measure", "panel", "{}/" + "x" * 245 + ".csv"],
    ],
)  # fmt: skip
def test_a_place_that_is_none_is_one_line_before_long_work_begins(capsys, tmp_path, arguments):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    code, out, err = run(capsys, *(one.replace("{}", str(tmp_path)) for one in arguments))
    assert (code, out) == (2, "")
    assert err.startswith("usage:") or (err.startswith("error: ") and err.count("\n") == 1), err
    assert "draft" not in err
    asked = arguments[-1] if arguments[-1].startswith("{}") or "/proc" in arguments[-1] else ""
    assert asked.replace("{}", str(tmp_path)) in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_help_and_the_module_as_a_program():
    result = subprocess.run(
        [sys.executable, "-m", "metaverse_analysis", "--help"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0
    assert "validate" in result.stdout
