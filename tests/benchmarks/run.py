"""Measure speed and memory side by side: python tests/benchmarks/run.py [--rows N] [--only WORDS] [--runs N].

Each figure is a ratio of two statements, run in turn in fresh processes (A B A B ...), median of the pairs, with
the lowest and highest. The second statement is the peer or the floor. Writes the machine and one table, as
Markdown; how far it is goes to the error stream.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import distributions, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import generate
import measures

from metaverse_analysis.tables.schema import data_folder

FRAME = """
import gc, json, time
{setup}
gc.collect()
start = time.{clock}()
{statement}
seconds = time.{clock}() - start
import sys; sys.path.insert(0, {here!r})
from peak import peak_megabytes
print(json.dumps([seconds, peak_megabytes()]))
"""
LIBRARY = "import metaverse_analysis as ma\nma.load, ma.convert  # imported when asked for: not while the clock runs"
PLAIN = "import pandas as pd\nfrom pathlib import Path\nfiles = sorted(Path({folder!r}).glob('*.csv'))"


@dataclass(frozen=True)
class Case:
    """One comparison: what is measured, against what, and the largest ratio that is good."""

    name: str
    setup: str
    statement: str
    peer: str
    peer_setup: str
    peer_statement: str
    goal: float | None
    memory_goal: float | None = None
    seconds_goal: float | None = None
    series: str = ""  # cases of one series differ only in their size: the growth between them is shown
    most_pairs: int = 99  # fewer than asked for where a pair takes long


def once(setup: str, statement: str, clock: str) -> tuple[float, float]:
    """Seconds of the statement and peak megabytes of its process."""
    here = str(Path(__file__).parent)
    code = FRAME.format(setup=setup, statement=statement, clock=clock, here=here)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{statement}\n{done.stderr}")
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def measure(case: Case, runs: int, before: dict[str, float], clock: str) -> str:
    """The case as a row of the table; `before` has the seconds of the smaller case of its series."""
    pairs = [
        (once(case.setup, case.statement, clock), once(case.peer_setup, case.peer_statement, clock))
        for _ in range(min(runs, case.most_pairs))
    ]
    ratios = sorted(ours[0] / peer[0] for ours, peer in pairs)
    memory = sorted(ours[1] / peer[1] for ours, peer in pairs)
    seconds = statistics.median(ours[0] for ours, _ in pairs)
    peer_seconds = statistics.median(peer[0] for _, peer in pairs)
    ratio, more = statistics.median(ratios), statistics.median(memory)
    goals = {
        "{:g}": (case.goal, ratio),
        "{:g} s": (case.seconds_goal, seconds),
        "memory {:g}": (case.memory_goal, more),
    }
    goals = {words.format(goal): found <= goal for words, (goal, found) in goals.items() if goal is not None}
    met = ("yes" if all(goals.values()) else "NO") if goals else ""
    growth = f"{seconds / before[case.series]:.1f}" if case.series in before else ""
    if case.series:
        before[case.series] = seconds
    return (
        f"| {case.name} | {case.peer} | {_time(seconds)} | {_time(peer_seconds)} | "
        f"**{ratio:.3g}** ({ratios[0]:.3g}-{ratios[-1]:.3g}) | {growth} | {more:.2f} | {', '.join(goals)} | {met} |"
    )


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def cases(full: dict[int, str], targets: dict[int, str], packaged: str) -> list[Case]:
    """All comparisons: on folders of all tables by size, and of targets alone by size."""
    plain_all = "frames = [pd.read_csv(file) for file in files]"
    # The package imports what it needs when it is needed; naming load() makes it import pandas and the tables.
    imports = {
        "import": "import metaverse_analysis",
        "import, and load()": "import metaverse_analysis\nmetaverse_analysis.load",
    }
    found = [
        Case(name, "", ours, "import pandas", "", "import pandas", 1.1) for name, ours in imports.items()
    ]
    found += [
        Case(
            "load(), packaged tables, tenth time",
            f"{LIBRARY}\nfor _ in range(9): ma.load()", "ma.load()",
            "pd.read_csv", PLAIN.format(folder=packaged) + f"\nfor _ in range(9): {plain_all}", plain_all, 3,
        ),
        *convert_cases(),
    ]  # fmt: skip
    for rows, folder in targets.items():
        peer, largest = PLAIN.format(folder=folder), rows == max(targets)
        for name, seconds in (("load", 2.5), ("validate", 2.0)):
            what, call = f"{name}(), {rows:,} targets", f"ma.{name}({folder!r})"
            goals = {"memory_goal": 3, "seconds_goal": seconds} if largest else {}
            found.append(
                Case(what, LIBRARY, call, "pd.read_csv", peer, plain_all, None, **goals, series=name)
            )
    return [
        *found,
        *checker_cases(full),
        *odd_cases(),
        *chart_cases(),
        *notebook_cases(),
    ]


def convert_cases() -> list[Case]:
    dates = (
        "import numpy as np, pandas as pd\n"
        "random = np.random.default_rng(1)\n"
        "amounts = random.random(1_000_000)\n"
        "after = pd.to_timedelta(random.integers(0, 3650, 1_000_000), unit='D')\n"
        "days = pd.Series(pd.Timestamp('2015-01-01') + after)\n"
    )
    ours = f"{LIBRARY}\n{dates}\nma.convert(1.0, 'CNY', 'USD', on='2024-01-19')"
    loop = f"{dates}\nfrom currency_converter import CurrencyConverter\n" + (
        "c = CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method='last_known')\n"
        "pairs = list(zip(amounts.tolist(), days.dt.date))"
    )
    statement = "ma.convert(amounts, 'CNY', 'USD', on=days)"
    numpy = f"{dates}rates = amounts + 7"
    each = "[c.convert(a, 'CNY', 'USD', date=d) for a, d in pairs]"
    return [
        Case(
            "convert(), a million amounts",
            ours,
            statement,
            "numpy: amounts / rates",
            numpy,
            "amounts / rates",
            10,
        ),
        Case(
            "convert(), a million amounts", ours, statement, "loop over CurrencyConverter", loop, each, 0.01
        ),
    ]


def odd_cases() -> list[Case]:
    """Dates by the million, and files that are all wrong against the same files when they are sound."""
    days = (
        "import pandas as pd\nfrom metaverse_analysis.tables import dates\n"
        "days = pd.date_range('2000-01-01', periods=5000).strftime('%Y-%m-%d').astype('str')\n"
        "days = pd.concat([pd.Series(days)] * 200, ignore_index=True)"
    )
    one = ("dates.last_day(days)", "pd.to_datetime", days, "pd.to_datetime(days)", 10)
    folder = (
        f"{LIBRARY}\nimport sys, tempfile\nimport pandas as pd\nfrom pathlib import Path\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[1])!r})\nimport tiny\n"
        "place = tempfile.TemporaryDirectory()\nfolder = Path(place.name) / 'tables'\n"
        "def write(number, code):\n"
        "    rows = [{**tiny.TARGET, 'target_id': f't{i}', 'qualifier': code.format(i)} for i in range(number)]\n"
        "    tiny.write_folder(folder, {'regional_targets': rows})\n"
    )
    wide = (
        f"{folder}write(1, 'exact')\nfile = folder / 'places.csv'\nmore = ','.join(f'c{{i}}' for i in range(100_000))\n"
        "file.write_text(file.read_text('utf-8').replace('\\n', ',' + more + '\\n', 1), 'utf-8')"
    )
    check, right = "ma.validate(folder)", f"{folder}write(20_000, 'exact')"
    wrong = f"{folder}write(20_000, 'exa{{}}')"
    return [
        Case("last_day(), a million dates", days, *one),
        Case("validate(), 20,000 wrong codes", wrong, check, "right codes", right, check, 10),
        Case(
            "validate(), 100,000 unknown columns", wide, check, "pd.read_csv", wide, "pd.read_csv(file)", 10
        ),
    ]


def chart_cases() -> list[Case]:
    """Every chart of the gallery on the packaged tables, drawn and written for the second time in a process."""
    from metaverse_analysis.output.gallery import CHARTS

    written = (
        "import matplotlib, tempfile\nmatplotlib.use('agg')\nfrom matplotlib import pyplot as plt\n"
        "place = tempfile.TemporaryDirectory()\npath = place.name + '/chart.png'\n"
    )
    bare = (
        f"{written}def draw():\n"
        "    figure, ax = plt.subplots(figsize=(7.2, 4.5), dpi=150)\n"
        "    ax.barh([f'place {i}' for i in range(30)], range(30))\n"
        "    figure.savefig(path)\n    plt.close(figure)\n"
        "draw()"
    )
    found = []
    for name in CHARTS:
        setup = (
            f"{written}{LIBRARY}\nfrom metaverse_analysis.output.gallery import CHARTS\n"
            f"ds, chart = ma.load(), CHARTS[{name!r}]\n"
            "table = chart.table(ds)\nbeside = chart.beside(ds, table)\n"
            "def draw():\n    ma.charts.save(chart.draw(table, **beside), path)\n    plt.close('all')\ndraw()"
        )
        one = ("draw()", "bare bar chart", bare, "draw()")
        found.append(Case(f"chart {name}", setup, *one, None, seconds_goal=0.3, most_pairs=2))
    return found


def notebook_cases() -> list[Case]:
    """All notebooks run from top to bottom, against as many kernels that only import what they use."""
    folder = str(Path(__file__).parents[2] / "notebooks")
    setup = (
        "import nbformat, nbclient\nfrom pathlib import Path\n"
        f"books = [nbformat.read(path, 4) for path in sorted(Path({folder!r}).glob('*.ipynb'))]\n"
        "def run(books):\n    for book in books:\n"
        f"        nbclient.NotebookClient(book, resources={{'metadata': {{'path': {folder!r}}}}}).execute()"
    )
    cell = "nbformat.v4.new_code_cell('import metaverse_analysis as ma; ma.charts')"
    bare = f"{setup}\nbooks = [nbformat.v4.new_notebook(cells=[{cell}]) for _ in books]"
    peer = ("kernels that only import", bare, "run(books)")
    return [Case("all notebooks", setup, "run(books)", *peer, None, most_pairs=1)]


def checker_cases(folders: dict[int, str]) -> list[Case]:
    """validate() against two other checkers: the same rows, the same rules as far as they have them.

    Each must find nothing: a checker that gives up at once is fast.
    """
    few, more = min(folders), max(folders)
    package = f"import frictionless\npackage = frictionless.Package({folders[few] + '/datapackage.json'!r})"
    schema = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nimport pandera_schema"
    peers = [
        (few, "frictionless", package, "assert package.validate().valid", 0.1),
        (more, "pandera", schema, f"pandera_schema.check({folders[more]!r})", 1),
    ]
    return [
        Case(
            f"validate(), all tables of {rows:,}",
            LIBRARY,
            f"assert not ma.validate({folders[rows]!r})",
            *peer,
        )
        for rows, *peer in peers
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--rows",
        type=int,
        default=1_000_000,
        help="targets of the largest folder (default: a million; measures get a tenth)",
    )
    parser.add_argument("--runs", type=int, default=5, help="pairs of runs for each figure (default: 5)")
    parser.add_argument("--only", default="", help="only comparisons whose name has these words")
    parser.add_argument(
        "--cpu",
        action="store_true",
        help="processor time instead of time: steadier where others use the machine",
    )
    arguments = parser.parse_args()
    clock = "process_time" if arguments.cpu else "perf_counter"
    started = time.monotonic()
    print(f"{machine()}\n", flush=True)
    with tempfile.TemporaryDirectory() as place:
        full, targets, many_places = folders(Path(place), arguments.rows)
        chosen = [case for case in cases(full, targets, str(data_folder())) if arguments.only in case.name]
        print(
            "| measured | against | ours | theirs | ratio (lowest-highest) | growth | memory | goal | met |"
        )
        print("|---|---|---:|---:|---:|---:|---:|---|---|", flush=True)
        before: dict[str, float] = {}
        for number, case in enumerate(chosen, 1):
            minutes = (time.monotonic() - started) / 60
            print(f"{minutes:4.1f} min, {number} of {len(chosen)}: {case.name} ...", file=sys.stderr)
            print(measure(case, arguments.runs, before, clock), flush=True)
        if arguments.only in "measures":
            print(f"\n{measures.tables(full, many_places, clock)}", flush=True)
    print(f"{(time.monotonic() - started) / 60:.1f} minutes in all", file=sys.stderr)


def machine() -> str:
    """The machine and the versions, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = ("numpy", "pandas", "pyarrow", "matplotlib", "CurrencyConverter", "frictionless", "pandera")
    there = {found.name for found in distributions()}  # the peers may be missing, where they aren't asked for
    versions = ", ".join(f"{name} {version(name)}" for name in names if name in there)
    system = f"{platform.system()} on {platform.machine()}"
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {system}, Python {platform.python_version()}, {versions}"
    )


def folders(place: Path, rows: int) -> tuple[dict[int, str], dict[int, str], str]:
    """Folders of all tables by size, of targets alone by size (up to ten times as many), and of a place each."""
    full, targets = {}, {}
    for size in [size for size in (rows // 100, rows // 10, rows) if size >= 100]:
        print(f"writing folders of {size:,} targets ...", file=sys.stderr)
        targets[size] = str(generate.write_folder(place / f"{size}-targets", size))
        if size < rows:
            full[size] = str(generate.write_folder(place / f"{size}-all", size, all_tables=True))
    many = max(full)
    return full, targets, str(generate.write_folder(place / "places", many, places=many))


if __name__ == "__main__":
    main()
