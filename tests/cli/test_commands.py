"""Each command: what it answers, what all are asked alike, what their help says."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest
import tiny
from hydrogen import write_hydrogen

import metaverse_analysis as ma
from metaverse_analysis.cli import main
from metaverse_analysis.cli.run import COMMANDS

NAMES = [command.run.__name__ for command in COMMANDS]


@pytest.fixture(autouse=True)
def called_by_its_script(monkeypatch):
    monkeypatch.setattr("sys.argv", ["metaverse-analysis"])


def run(capsys, *arguments):
    try:
        code = main(list(map(str, arguments)))
    except SystemExit as stop:
        code = stop.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_commands_are_these():
    assert {"validate", "report", "export", "profile", "compare", "search", "explain", "cite"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_help_has_an_example_and_says_what_is_overwritten(capsys, name):
    code, out, err = run(capsys, name, "--help")
    assert (code, err) == (0, "")
    assert "--data FOLDER" in out and "--as-of DAY" in out
    assert f"Example: metaverse-analysis {name}" in " ".join(out.split())
    assert "overwrit" in out.lower() or "Nothing is written." in out
    assert run(capsys, "help", name) == (code, out, err)


def test_help_says_the_exit_codes_and_the_version(capsys):
    out = run(capsys, "help")[1]
    assert "Exit codes: 0 all is well; 1 the tables have problems; 2 wrong usage" in " ".join(out.split())
    assert run(capsys, "--version") == (0, ma.__version__ + "\n", "")


def test_as_a_module_it_names_itself_so(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["/somewhere/metaverse_analysis/__main__.py"])
    assert "Example: python -m metaverse_analysis cite" in run(capsys, "help", "cite")[1]


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.run.__name__ not in ("report", "pictures")])
def test_its_example_runs(capsys, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    tiny.write_folder(tmp_path / "my" / "folder")
    code, out, err = run(capsys, *command.example.split())
    assert code == 0 and out + err


@pytest.mark.parametrize("name", ["validate", "codebook"])
def test_a_folder_may_be_named_either_way_and_once(capsys, tmp_path, name):
    folder = tiny.write_folder(tmp_path / "mine")
    codes = [run(capsys, name, *how)[0] for how in ([folder], ["--data", folder])]
    assert codes == [0, 0]
    code, out, err = run(capsys, name, folder, "--data", tmp_path)
    assert (code, out) == (2, "") and f"{folder} and {tmp_path}" in err


def test_validate_as_of_a_day(capsys, tmp_path):
    folder = tiny.write_folder(tmp_path)
    assert run(capsys, "validate", folder, "--as-of", "2024-01-19") == (
        0, "", f"no problem in {folder} as known on 2024-01-19\n",
    )  # fmt: skip
    code, out, err = run(capsys, "validate", "--as-of", "soon")
    assert (code, out) == (2, "") and "soon" in err


def test_search_gives_each_row_with_the_words_around_the_hit(capsys):
    found = ma.search(ma.load(), "blockchain")
    code, out, err = run(capsys, "search", "blockchain", "--most", 3)
    lines = out.splitlines()
    assert code == 0 and [line.split()[0] for line in lines[::2]] == found["id"].head(3).to_list()
    assert [line.strip() for line in lines[1::2]] == found["words"].head(3).to_list()
    abroad = f"{found.attrs['left_out']} of other countries left out: --country all\n"
    assert err == f"{len(found) - 3} more: --all\n" + abroad
    everything = run(capsys, "search", "blockchain", "--all")
    assert len(everything[1].splitlines()) == 2 * len(found) and everything[2] == abroad


@pytest.mark.parametrize("most", ["-1", "1.5", "many", ""])
def test_how_many_is_a_number(capsys, most):
    code, out, err = run(capsys, "search", "blockchain", f"--most={most}")
    assert (code, out) == (2, "") and f"not {most!r}" in err


def test_search_takes_the_filters_of_search(capsys):
    ds = ma.load()
    asked = ["--place", "Sichuan", "--year", "2023", "--level", "province", "--country", "CN"]
    found = ma.search(ds, "区块链", place="Sichuan", year=2023, level="province", country="CN")
    assert len(found)
    out = run(capsys, "search", "区块链", *asked, "--all")[1]
    assert [line.split()[0] for line in out.splitlines()[::2]] == found["id"].to_list()
    of_all = len(run(capsys, "search", "metaverse", "--country", "all", "--all")[1].splitlines()) // 2
    assert of_all == len(ma.search(ds, "metaverse", country=None))


def test_search_by_place_says_its_rule(capsys):
    code, out, err = run(capsys, "search", "blockchain", "--by", "province")
    first = ma.search(ma.load(), "blockchain", by="province").iloc[0]
    assert code == 0 and out.startswith(f"{first['place']} ({first['place_id']}): ")
    assert "A place mentions it if" in err


def test_search_that_finds_nothing_names_the_nearest(capsys):
    code, out, err = run(capsys, "search", "blokchain")
    assert (code, out) == (0, "") and err.startswith("nothing found; the nearest are blockchain")


@pytest.mark.parametrize("place", ["Shandong", "山东", "CN-SD"])
def test_profile(capsys, place):
    assert run(capsys, "profile", place) == (0, f"{ma.profile(ma.load(), 'Shandong')}\n", "")


def test_profile_of_a_day_and_of_no_place(capsys):
    then = ma.profile(ma.as_of(ma.load(), "2024-01-19"), "Shandong")
    assert run(capsys, "profile", "Shandong", "--as-of", "2024-01-19") == (0, f"{then}\n", "")
    code, out, err = run(capsys, "profile", "Shandnog")
    assert (code, out) == (2, "") and "Shandong" in err and err.count("\n") == 1


def test_compare(capsys):
    wanted = ma.compare(ma.load(), ["Sichuan", "CN-SD", "重庆"])
    assert run(capsys, "compare", "Sichuan", "CN-SD", "重庆") == (0, f"{wanted}\n", "")
    code, out, err = run(capsys, "compare", "Sichuan")
    assert (code, out) == (2, "") and err.count("\n") == 1


def test_explain_and_cite(capsys):
    ds, id = ma.load(), "cn-sc-2023-final-market-scale"
    assert run(capsys, "explain", id) == (0, f"{ma.explain(ds, id)}\n", "")
    for style in ("text", "bibtex", "csl-json"):
        assert run(capsys, "cite", id, "--style", style)[1].strip() == ma.cite(ds, id, style=style).strip()
    assert run(capsys, "cite") == (0, f"{ma.cite_dataset(ds)}\n", "")


@pytest.mark.parametrize("command", ["explain", "cite"])
def test_an_unknown_id_is_one_line_with_the_nearest(capsys, command):
    code, out, err = run(capsys, command, "cn-sc-2023-final-market-scal")
    assert (code, out) == (2, "") and err.count("\n") == 1
    assert err.startswith("error: ") and "cn-sc-2023-final-market-scale" in err


def test_the_same_tables_for_all(capsys, tmp_path):
    """Another industry's, and as known on a day."""
    good = write_hydrogen(tmp_path / "hydrogen")
    ds = ma.load(good)
    assert run(capsys, "cite", "--data", good) == (0, f"{ma.cite_dataset(ds)}\n", "")
    then = ma.as_of(ma.load(), "2023-01-01")
    assert run(capsys, "cite", "--as-of", "2023-01-01") == (0, f"{ma.cite_dataset(then)}\n", "")
    id = ds.regional_targets["target_id"].iloc[0]
    assert run(capsys, "explain", id, "--data", good) == (0, f"{ma.explain(ds, id)}\n", "")
    assert run(capsys, "export", tmp_path / "then.db", "--data", good, "--as-of", "2025-01-01")[0] == 0


def test_export_of_a_measure(capsys, tmp_path):
    path = tmp_path / "panel.csv"
    asked = ["--measure", "panel", "--with", "by=place-year", "--with", "place=Sichuan"]
    assert run(capsys, "export", path, *asked) == (0, f"{path}\n", "")
    wanted = ma.panel(ma.load(), by="place-year", place="Sichuan")
    assert pd.read_csv(path)["place_id"].to_list() == wanted["place_id"].to_list()
    assert "Made by panel of metaverse_analysis" in (tmp_path / "panel.csv.codebook.csv").read_text("utf-8")
    code, out, err = run(capsys, "export", path, *asked)
    assert (code, out) == (2, "") and "is there already" in err
    assert run(capsys, "export", path, *asked, "--overwrite")[0] == 0


def test_what_a_measure_is_asked_means_what_it_means_in_a_call(capsys, tmp_path):
    """No is no, a name given twice is two values, and all countries are all."""
    ds = ma.load()
    calls = [
        (["place=Jiangsu", "inside=no"], {"place": "Jiangsu", "inside": False}),
        (["place=Sichuan", "place=山东", "year=2025"], {"place": ["Sichuan", "Shandong"], "year": 2025}),
        (["country=all"], {"country": None}),
    ]
    for number, (asked, wanted) in enumerate(calls):
        path = tmp_path / f"{number}.csv"
        told = [part for one in asked for part in ("--with", one)]
        assert run(capsys, "export", path, "--measure", "market_targets", *told)[0] == 0
        assert (
            pd.read_csv(path)["target_id"].to_list() == ma.market_targets(ds, **wanted)["target_id"].to_list()
        )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--measure", "pannel"], "there are adoption"), (["--with", "by=use"], "--measure"),
        (["--measure", "panel", "--with", "boo=1"], "takes by, place"), (["--measure", "load"], "no measure 'load'"),
        (["--measure", "roster"], "must be told body"), (["--measure", "panel", "--with", "by=month"], "'month'"),
        (["--measure", "panel", "--with", "place=Nowhere at all"], "Nowhere at all"),
        (["--measure", "add_up"], "add_up"), (["--measure", "panel", "--with", "by"], "NAME=VALUE"),
        (["--measure", "panel", "--with", "=use"], "NAME=VALUE"),
        (["--measure", "panel", "--with", "inside=maybe"], "inside is true or false"),
        (["--measure", "panel", "--with", "by=use", "--with", "by=place-year"], "place-year"),
    ],
)  # fmt: skip
def test_what_a_measure_cannot_be_asked_is_one_line(capsys, tmp_path, asked, said):
    code, out, err = run(capsys, "export", tmp_path / "x.csv", *asked)
    assert (code, out) == (2, "") and err.startswith("error: ") and err.count("\n") == 1
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_the_installed_script_is_this_command_line():
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert tomllib.loads(text)["project"]["scripts"] == {"metaverse-analysis": "metaverse_analysis.cli:main"}


def test_help_waits_for_no_table_library():
    look = "import sys; from metaverse_analysis.cli.run import parser; parser(); print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", look], env=environment, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "argparse" in loaded and not loaded & {"pandas", "numpy", "matplotlib", "pyarrow"}


def test_an_unknown_style_is_told(capsys):
    code, out, err = run(capsys, "cite", "--style", "apa")
    assert (code, out) == (2, "") and "text, bibtex, csl-json" in err
