"""Break the measures and the tables' rules on purpose, one small fault at a time, and count how many the tests notice.

python tests/mutation/run.py [MODULE ...] [--sample N] makes the mutants with mutmut, runs for each
the tests of its own module until one fails, and prints one row per module and the differences of the survivors.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from mutmut.configuration import reset_config
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import get_mutant_name

ROOT = Path(__file__).parents[2]
SEED = 20261123
KILLED = ("killed", "timeout", "segfault", "suspicious")  # suspicious: an exit code that no clean run has
COPIED = ("metaverse_analysis", "data", "tests", "conftest.py", "constraints.txt", "README.md")
MUTATED = sorted(
    f"{room}/{path.stem}"
    for room in ("measures", "tables")
    for path in (ROOT / "metaverse_analysis" / room).glob("*.py")
    if path.stem not in ("__init__", "amount_words")  # nothing but constants
)
SETTINGS = """
[tool.mutmut]
source_paths = ["metaverse_analysis"]
only_mutate = ["{module}"]
also_copy = ["data", "conftest.py", "constraints.txt", "README.md"]
do_not_mutate_patterns = ['^\\s*raise \\w+']  # the words of an error; that it is raised is tested
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = [
    "-o", "addopts=", "--import-mode=importlib", "-p", "no:nbval", "-p", "no:xdist", "-p", "no:cacheprovider",
    "-p", "no:unraisableexception", "--doctest-modules", "-k", "not __mutmut_ and not test_examples",
]
process_isolation = "forkserver"  # a worker that has run tests has caches that would hide a mutant
timeout_multiplier = 3.0
timeout_constant = 3.0
use_git_change_detection = false
"""
SAME = (
    (r"\bFalse\b", "None"),
    ("strict=True", "strict=None"),
    ("strict=True", "strict=False"),
    ("strict=True", ""),
    ('kind="stable"', 'kind="STABLE"'),  # numpy reads the first letter, of either case
)
SPINNER = tuple("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
MUTMUT = [sys.executable, "-c", "from mutmut.__main__ import cli; cli()"]


def selection(name: str) -> list[str]:
    """What runs for each mutant of a module: its doctests, the tests in files of its name, its tables in expected/.

    A file is of the module with the longest such name: test_press_words.py is of press_words, not of press. The modules
    of tables/ read a folder together, and so are tested together.
    """
    room, _, module = name.partition("/")
    doctests, tests = f"metaverse_analysis/{name}.py", ROOT / "tests" / room
    beside = [other.partition("/")[2] for other in MUTATED if other.startswith(f"{room}/{module}_")]
    files = [
        f"tests/{room}/{path.name}"
        for path in sorted(tests.glob(f"test_{module}*.py"))
        if re.fullmatch(rf"test_{module}(_\w+)?\.py", path.name)
        and not any(re.fullmatch(rf"test_{other}(_\w+)?\.py", path.name) for other in beside)
    ]
    if room == "tables" or not files:
        return [doctests, f"tests/{room}"]
    tables = sorted((ROOT / "tests" / "expected" / module).glob("*.csv"))
    cases = [f"tests/measures/test_expected.py::test_every_cell[{module}/{path.stem}]" for path in tables]
    return [doctests, *files, *cases]


def project(folder: Path, name: str) -> Path:
    """A copy of the project whose settings mutate one module and run the tests of that module."""
    folder.mkdir(parents=True)
    for part in COPIED:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / part, folder / part)
    selected = selection(name)
    settings = SETTINGS.format(module=selected[0], tests=json.dumps(selected))
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8") + settings, "utf-8")
    return folder


def mutants(copy: Path, module: str) -> list[str]:
    """The names of all mutants of the module: of its functions, none of a decorated function or a constant."""
    with contextlib.chdir(copy):
        reset_config()  # mutmut reads its settings from the working folder
        made = mutate_file_contents(module, Path(module).read_text("utf-8"))
        return [get_mutant_name(Path(module), name) for name in made.mutant_names]


def examine(name: str, folder: Path, sample: int, wanted: list[str]) -> str:
    """One module: the row of the result table; survivors are printed with their differences on the way."""
    module = f"metaverse_analysis/{name}.py"
    copy = project(folder / name.replace("/", "_"), name)
    every = mutants(copy, module)
    chosen = wanted or (random.Random(SEED).sample(every, sample) if sample < len(every) else every)
    run = ["nice", "-n", "10", *MUTMUT, "run", "--max-children", "2", *chosen]
    done = subprocess.run(run, cwd=copy, text=True, capture_output=True)
    if done.returncode:
        said = "\n".join(line for line in done.stdout.splitlines() if not line.startswith(SPINNER))
        hint = f"Do the tests pass without mutants? python -m pytest {' '.join(selection(name))}"
        raise SystemExit(f"{name}: mutmut stopped. {hint}\n{said}\n{done.stderr}")
    results = json.loads((copy / "mutants" / f"{module}.meta").read_text("utf-8"))["exit_code_by_key"]
    states = {mutant: status_by_exit_code[results[mutant]] for mutant in chosen}
    counts = Counter(states.values())
    for mutant, state in states.items():
        if state in KILLED:
            continue
        shown = subprocess.run(
            [*MUTMUT, "show", mutant], cwd=copy, text=True, capture_output=True, check=True
        )
        left = verdict(shown.stdout)
        counts[left if left != "survived" else "left"] += 1
        if left == "survived":
            print(f"{shown.stdout}\n", flush=True)
    killed, left = sum(counts[state] for state in KILLED), counts["left"]
    tried = f"{len(chosen) / max(len(every), 1):.0%}"
    rate = f"{100 * killed / max(killed + left, 1):.0f}"
    return (
        f"| {name} | {len(every)} | {tried} | {killed} | {counts['equivalent']} | {counts['words']} | {left} "
        f"| {rate} |"
    )


def verdict(difference: str) -> str:
    """What a surviving mutant is by its difference, where that can be told without thought.

    "equivalent": None for False, the same to every switch of ours and of pandas; or `zip` no longer checks lengths
    that the lines before have made equal. "words": only a text with a space in it is written otherwise (XX around it,
    or capitals), a message and no code, column or key. Else "survived".
    """
    lines = [line for line in difference.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    if len(lines) != 2:
        return "survived"
    before, after = (line[1:] for line in lines)
    if any(
        after == before[: match.start()] + new + before[match.end() :]
        for old, new in SAME
        for match in re.finditer(old, before)
    ):
        return "equivalent"
    if after.casefold() == before.casefold():
        changed = [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
        return "words" if " " in before[changed[0] : changed[-1]] else "survived"
    if after.replace("XX", "") == before and " " in after.split("XX")[1]:
        return "words"
    return "survived"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help=f"some of: {', '.join(MUTATED)}. All by default"
    )
    parser.add_argument(
        "--sample", type=int, default=100, metavar="N", help="at most so many mutants per module"
    )
    parser.add_argument(
        "--mutant", action="append", default=[], help="only this one, by the name that was printed"
    )
    chosen = parser.parse_args()
    if unknown := set(chosen.modules) - set(MUTATED):
        parser.error(f"no such module: {', '.join(sorted(unknown))}")
    rows = [
        "| module | mutants | tried | killed | equivalent | words | survived | killed % |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen.modules or MUTATED:
            rows.append(examine(name, Path(folder), chosen.sample, chosen.mutant))
            print(rows[-1], flush=True)
    print("\n".join(["", *rows]))


if __name__ == "__main__":
    main()
