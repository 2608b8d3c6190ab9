"""The command line: exit codes 0, 1 and 2, problems on standard output, the rest on standard error."""

import subprocess
import sys

import pytest
import tiny

from metaverse_analysis.__main__ import main


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


def test_help_and_the_module_as_a_program():
    result = subprocess.run(
        [sys.executable, "-m", "metaverse_analysis", "--help"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0
    assert "validate" in result.stdout
