"""Measure speed and memory side by side: python tests/benchmarks/run.py [--rows N] [--only WORDS] [--runs N].

Each figure is a ratio of two statements, run in turn in fresh processes (A B A B ...), median of the pairs, with
the lowest and highest. The second statement is the peer or the floor. Prints one table, as Markdown.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import generate

FRAME = """
import gc, json, resource, time
{setup}
gc.collect()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.{clock}()
{statement}
seconds = time.{clock}() - start
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
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


def once(setup: str, statement: str, clock: str) -> tuple[float, float]:
    """Seconds of the statement and peak megabytes of its process."""
    code = FRAME.format(setup=setup, statement=statement, clock=clock)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{statement}\n{done.stderr}")
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def measure(case: Case, runs: int, before: dict[str, float], clock: str) -> str:
    """The case as a row of the table; `before` has the seconds of the smaller case of its series."""
    pairs = [
        (once(case.setup, case.statement, clock), once(case.peer_setup, case.peer_statement, clock))
        for _ in range(runs)
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


def cases(folders: dict[int, str], packaged: str, many_places: str) -> list[Case]:
    """All comparisons."""
    plain_all = "frames = [pd.read_csv(file) for file in files]"
    found = [
        # The package imports what it needs when it is needed; naming load() makes it import pandas and the tables.
        Case(
            "import", "", "import metaverse_analysis\nmetaverse_analysis.load",
            "import pandas", "", "import pandas", 1.1,
        ),
        Case(
            "load(), packaged tables, tenth time",
            f"{LIBRARY}\nfor _ in range(9): ma.load()", "ma.load()",
            "pd.read_csv", PLAIN.format(folder=packaged) + f"\nfor _ in range(9): {plain_all}", plain_all, 3,
        ),
        *convert_cases(),
    ]  # fmt: skip
    for rows, folder in folders.items():
        peer, most = PLAIN.format(folder=folder), 3 if rows == max(folders) else None
        for name in ("load", "validate"):
            call = f"ma.{name}({folder!r})"
            found.append(
                Case(f"{name}(), {rows:,} targets", LIBRARY, call, "pd.read_csv", peer, plain_all, most, most,
                     series=name)
            )  # fmt: skip
    smallest = min(folders)
    return [
        *found,
        *measure_cases(folders),
        *shape_cases(max(folders), folders[max(folders)], many_places),
        *checker_cases(smallest, folders[smallest]),
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


MEASURES = {
    "market_targets": "ma.market_targets(ds)",
    "nesting": "ma.nesting(ds)",
    "ambition": "ma.ambition(ds, statistics_year=2024, vintage='preliminary', scope=None)",
    "as_of": "ma.as_of(ds, '2023-06-30')",
    "adoption": "ma.adoption(ds, level='province')",
    "instrument_matrix": "ma.instrument_matrix(ds)",
    "press_audit": "ma.press_audit(ds)",
    "conflicts": "ma.conflicts(ds)",
    "outcome_ledger": "ma.outcome_ledger(ds, today='2026-11-23')",
    "grades": "ma.grades(ds, 'regional_targets')",
    "add_up": "ma.add_up(targets, scope='metaverse_related', year=2024)",
}
GROUP = "frame.groupby(['place_id', 'scope'], observed=True).value.sum()"


def measure_cases(folders: dict[int, str]) -> list[Case]:
    """The measures on folders of three sizes, against grouping the targets once with pandas."""
    found = []
    for name, call in MEASURES.items():
        for rows, folder in folders.items():
            setup = f"{LIBRARY}\nds = ma.load({folder!r})\nma.{name}"  # naming it imports it
            floor = f"{setup}\nframe = ds.regional_targets"
            before = f"{setup}\ntargets = ma.market_targets(ds)" if name == "add_up" else setup
            found.append(
                Case(
                    f"{name}(), {rows:,} rows",
                    before,
                    call,
                    "one groupby",
                    floor,
                    GROUP,
                    None,
                    3,
                    series=name,
                )
            )
    return found


def shape_cases(rows: int, folder: str, many_places: str) -> list[Case]:
    """Tables of an unlike shape, in which a loop over pairs would show."""
    shapes = {
        "one place": (folder, "regional_targets=ds.regional_targets.assign(place_id='CN-P0')"),
        "one family": (folder, "policy_documents=ds.policy_documents.assign(family_id='doc-1')"),
        f"{rows:,} places": (many_places, ""),
    }
    found = []
    for shape, (where, change) in shapes.items():
        setup = f"{LIBRARY}\nds = ma.load({where!r})\nds = ds.with_tables({change})"
        floor = f"{setup}\nframe = ds.regional_targets"
        for name in ("market_targets", "nesting", "conflicts", "as_of"):
            what, before = f"{name}(), {shape}", f"{setup}\nma.{name}"
            found.append(Case(what, before, MEASURES[name], "one groupby", floor, GROUP, None, 3))
    return found


def chart_cases() -> list[Case]:
    """Every chart of the gallery on the packaged tables, drawn and written for the second time in a process."""
    from metaverse_analysis.output.gallery import CHARTS

    written = "import io, matplotlib\nmatplotlib.use('agg')\nfrom matplotlib import pyplot as plt\n"
    bare = (
        f"{written}def draw():\n"
        "    figure, ax = plt.subplots(figsize=(7.2, 4.5), dpi=150)\n"
        "    ax.barh([f'place {i}' for i in range(30)], range(30))\n"
        "    figure.savefig(io.BytesIO())\n"
        "draw()"
    )
    found = []
    for name in CHARTS:
        setup = (
            f"{written}{LIBRARY}\nfrom metaverse_analysis.output.gallery import CHARTS\n"
            f"from metaverse_analysis.charts.labels import figure_of\nds, chart = ma.load(), CHARTS[{name!r}]\n"
            "table = chart.table(ds)\nbeside = chart.beside(ds, table)\n"
            "def draw():\n    figure_of(chart.draw(table, **beside)).savefig(io.BytesIO(), dpi='figure')\ndraw()"
        )
        found.append(
            Case(f"chart {name}", setup, "draw()", "bare bar chart", bare, "draw()", None, None, 0.3)
        )
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
    return [Case("all notebooks", setup, "run(books)", "kernels that only import", bare, "run(books)", None)]


def checker_cases(rows: int, folder: str) -> list[Case]:
    """validate() against two other checkers: the same rows, the same rules as far as they have them."""
    ours, call = LIBRARY, f"ma.validate({folder!r})"
    package = f"import frictionless\npackage = frictionless.Package({folder + '/datapackage.json'!r})"
    schema = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nimport pandera_schema"
    return [
        Case(
            f"validate(), {rows:,} targets",
            ours,
            call,
            "frictionless",
            package,
            "frictionless.validate(package)",
            0.1,
        ),
        Case(
            f"validate(), {rows:,} targets",
            ours,
            call,
            "pandera",
            schema,
            f"pandera_schema.check({folder!r})",
            1,
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--rows", type=int, default=1_000_000, help="rows of the largest folder (default: a million)"
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
    sizes = [size for size in (arguments.rows // 100, arguments.rows // 10, arguments.rows) if size >= 100]
    with tempfile.TemporaryDirectory() as place:
        from metaverse_analysis.tables.schema import data_folder

        folders = {}
        for size in sizes:
            print(f"writing a folder of {size:,} targets ...", file=sys.stderr)
            more = {"instruments": size, "press_figures": size}
            folders[size] = str(generate.write_folder(Path(place) / str(size), size, **more))
        many = str(generate.write_folder(Path(place) / "places", sizes[-1], places=sizes[-1]))
        print(
            "| measured | against | ours | theirs | ratio (lowest-highest) | growth | memory | goal | met |"
        )
        print("|---|---|---:|---:|---:|---:|---:|---|---|")
        before: dict[str, float] = {}
        for case in cases(folders, str(data_folder()), many):
            if arguments.only in case.name:
                print(f"{case.name} ...", file=sys.stderr)
                print(measure(case, arguments.runs, before, clock), flush=True)


if __name__ == "__main__":
    main()
