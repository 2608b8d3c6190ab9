"""What every run of the tests shares: a closed network, nobody's own settings, notebooks compared with their pictures.

It stands at the top so that it also holds for `pytest notebooks/01_regional_targets.ipynb`.
"""

import gc
import os
import runpy
import shutil
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import made_once
import pytest
from long_tests import WRITING, Clock, long_tests
from stored_pictures import difference, other_versions
from thorough import CASES_OF_A_TEST, MORE

# jsonschema, which nbval brings, would build a grammar of international addresses while it is imported: a second for
# each worker. No notebook's schema asks for it, and jsonschema does without where it isn't installed.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

from nbval.plugin import IPyNbCell  # noqa: E402

ROOT = Path(__file__).parent
CLOSED_NETWORK = ROOT / "tests" / "closed_network.py"

hypothesis.settings.register_profile(
    "project", max_examples=20 * MORE, deadline=None, derandomize=True, database=None
)
hypothesis.settings.load_profile("project")
runpy.run_path(str(CLOSED_NETWORK))["close"]()
pytest_plugins = ["nbval.plugin"]  # not found by itself (-p no:nbval), so that the line above comes first


def pytest_configure(config: pytest.Config) -> None:
    """Shield the run from the settings of whoever starts it; workers and kernels inherit the environment."""
    if hasattr(config, "workerinput"):
        return
    settings = Path(tempfile.mkdtemp(prefix="metaverse_analysis_"))
    config.add_cleanup(lambda: shutil.rmtree(settings, ignore_errors=True))
    startup = settings / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    closing = f'__import__("runpy").run_path({str(CLOSED_NETWORK)!r})["close"]()\n'
    (startup / "closed_network.py").write_text(closing, encoding="utf-8")
    (settings / "matplotlibrc").write_text("backend: agg\n", encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(settings / "ipython")
    os.environ["JUPYTER_CONFIG_DIR"] = str(settings / "jupyter")
    os.environ["MATPLOTLIBRC"] = str(settings / "matplotlibrc")
    # Else each worker, kernel and command line of the tests would compile the whole package for itself.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and MORE == 1:
        os.environ["CASES_OF_A_TEST"] = str(CASES_OF_A_TEST)  # the workers are started with arguments
        if WRITING:
            config.pluginmanager.register(Clock())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The plain run of everything leaves the long tests, and some cases of a test of many, to the thorough one.

    The cases are spread over the list, and each test begins at another place of it, so that, say, all charts have
    their turn in one test or the other. A run of chosen files or tests tries all.
    """
    most = int(os.environ.get("CASES_OF_A_TEST", "0"))
    if not most:
        return
    tests: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if hasattr(item, "callspec"):
            tests[item.nodeid.split("[")[0]].append(item)
    left = long_tests(items)
    for name, cases in tests.items():
        start, n = zlib.crc32(name.encode()) % len(cases), len(cases)
        chosen = {(start + turn * n // most) % n for turn in range(most)} if n > most else range(n)
        left |= {case for number, case in enumerate(cases) if number not in chosen}
    if left:
        config.hook.pytest_deselected(items=sorted(left, key=lambda item: item.nodeid))
        items[:] = [item for item in items if item not in left]


@pytest.fixture(autouse=True)
def loaded_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of docstrings share the packaged tables, which nobody can change."""
    if isinstance(request.node, pytest.DoctestItem):
        module = sys.modules["metaverse_analysis"]
        monkeypatch.setattr(module, "load", made_once.load)


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    """No test, and no example of a docstring, leaves a figure open."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def pytest_collection_finish() -> None:
    """What thousands of collected tests hold stays to the end: Python needn't look for garbage in it over and over."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pictures(outputs: list[dict]) -> list[str]:
    return [
        "".join(output["data"]["image/png"]) for output in outputs if "image/png" in output.get("data", {})
    ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """nbval compares texts and skips pictures; they are compared here, pixel by pixel."""
    yield
    if not isinstance(item, IPyNbCell):
        return
    stored, drawn = pictures(item.cell.outputs), pictures(item.test_outputs or [])
    if len(stored) != len(drawn):
        item.raise_cell_error(f"The cell drew {len(drawn)} pictures; {len(stored)} are stored.")
    if other_versions():
        return
    for number, pair in enumerate(zip(stored, drawn, strict=True), start=1):
        if changed := difference(*pair):
            item.raise_cell_error(
                f"Picture {number} differs from the stored one in {changed}. "
                "Look at both; if the new one is right, run the notebook again and keep its outputs."
            )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if "CASES_OF_A_TEST" in os.environ:
        terminalreporter.write_line(
            "A sample: long tests, and most cases of tests of many, are left to MORE_EXAMPLES=3 pytest tests"
        )
    if differing := other_versions():
        terminalreporter.write_line(
            "Pictures of the notebooks were drawn, and not compared with the stored ones: "
            f"{', '.join(differing)}. The versions in constraints.txt compare them."
        )
