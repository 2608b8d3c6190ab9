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
start = time.perf_counter()
{statement}
seconds = time.perf_counter() - start
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
LIBRARY = "import metaverse_analysis as ma"
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


def once(setup: str, statement: str) -> tuple[float, float]:
    """Seconds of the statement and peak megabytes of its process."""
    code = FRAME.format(setup=setup, statement=statement)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{statement}\n{done.stderr}")
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def measure(case: Case, runs: int) -> str:
    """The case as a row of the table."""
    pairs = [
        (once(case.setup, case.statement), once(case.peer_setup, case.peer_statement)) for _ in range(runs)
    ]
    ratios = sorted(ours[0] / peer[0] for ours, peer in pairs)
    memory = sorted(ours[1] / peer[1] for ours, peer in pairs)
    seconds = statistics.median(ours[0] for ours, _ in pairs)
    peer_seconds = statistics.median(peer[0] for _, peer in pairs)
    ratio, more = statistics.median(ratios), statistics.median(memory)
    good = (case.goal is None or ratio <= case.goal) and (
        case.memory_goal is None or more <= case.memory_goal
    )
    goal = "" if case.goal is None else f"{case.goal:g}"
    return (
        f"| {case.name} | {case.peer} | {_time(seconds)} | {_time(peer_seconds)} | "
        f"**{ratio:.3g}** ({ratios[0]:.3g}-{ratios[-1]:.3g}) | {goal} | {more:.2f} | {'yes' if good else 'NO'} |"
    )


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def cases(folders: dict[int, str], packaged: str) -> list[Case]:
    """All comparisons."""
    plain_all = "frames = [pd.read_csv(file) for file in files]"
    found = [
        Case("import", "", "import metaverse_analysis", "import pandas", "", "import pandas", 1.1),
        Case(
            "load(), packaged tables, tenth time",
            f"{LIBRARY}\nfor _ in range(9): ma.load()", "ma.load()",
            "pd.read_csv", PLAIN.format(folder=packaged) + f"\nfor _ in range(9): {plain_all}", plain_all, 3,
        ),
        *convert_cases(),
    ]  # fmt: skip
    for rows, folder in folders.items():
        setup, peer = LIBRARY, PLAIN.format(folder=folder)
        for name in ("load", "validate"):
            found.append(
                Case(
                    f"{name}(), {rows:,} targets",
                    setup,
                    f"ma.{name}({folder!r})",
                    "pd.read_csv",
                    peer,
                    plain_all,
                    3,
                    3,
                )
            )
    largest = max(folders)
    return (
        found + measure_cases(largest, folders[largest]) + checker_cases(min(folders), folders[min(folders)])
    )


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
        "pairs = list(zip(amounts[:20_000].tolist(), days[:20_000].dt.date))"
    )
    statement = "ma.convert(amounts, 'CNY', 'USD', on=days)"
    numpy = f"{dates}rates = amounts + 7"
    few = f"{ours}\namounts, days = amounts[:20_000], days[:20_000]"
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
        Case("convert(), 20,000 amounts", few, statement, "loop over CurrencyConverter", loop, each, 0.01),
    ]


def measure_cases(rows: int, folder: str) -> list[Case]:
    """The measures on the largest folder, against grouping as many rows once with pandas."""
    setup = f"{LIBRARY}\nds = ma.load({folder!r})"
    floor = f"{setup}\nframe = ds.regional_targets"
    calls = {
        "market_targets": "ma.market_targets(ds)",
        "nesting": "ma.nesting(ds)",
        "as_of": "ma.as_of(ds, '2023-06-30')",
        "adoption": "ma.adoption(ds, level='province')",
        "instrument_matrix": "ma.instrument_matrix(ds)",
        "press_audit": "ma.press_audit(ds)",
        "grades": "ma.grades(ds, 'regional_targets')",
    }
    group = "frame.groupby(['place_id', 'scope'], observed=True).value.sum()"
    found = [
        Case(f"{name}(), {rows:,} rows", setup, call, "one groupby", floor, group, None)
        for name, call in calls.items()
    ]
    targets = f"{setup}\ntargets = ma.market_targets(ds)"
    add_up = "ma.add_up(targets, scope='metaverse_related', year=2025)"
    return [*found, Case(f"add_up(), {rows:,} rows", targets, add_up, "one groupby", floor, group, None)]


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
    arguments = parser.parse_args()
    sizes = [size for size in (arguments.rows // 100, arguments.rows // 10, arguments.rows) if size >= 100]
    with tempfile.TemporaryDirectory() as place:
        from metaverse_analysis.tables.schema import data_folder

        folders = {}
        for size in sizes:
            print(f"writing a folder of {size:,} targets ...", file=sys.stderr)
            more = {"instruments": size, "press_figures": size}
            folders[size] = str(generate.write_folder(Path(place) / str(size), size, **more))
        print(
            "| measured | against | ours | theirs | ratio (lowest-highest) | goal | peak memory, ratio | met |"
        )
        print("|---|---|---:|---:|---:|---:|---:|---|")
        for case in cases(folders, str(data_folder())):
            if arguments.only in case.name:
                print(f"{case.name} ...", file=sys.stderr)
                print(measure(case, arguments.runs), flush=True)


if __name__ == "__main__":
    main()
