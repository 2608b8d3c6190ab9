"""The tests that take long: the plain run of everything leaves them to the thorough one.

long_tests.txt names them. It is written by a run with nothing else on the machine: WRITE_LONG_TESTS=1 pytest.
"""

import os
from collections import defaultdict
from pathlib import Path

import pytest

LIST = Path(__file__).with_suffix(".txt")
LONG_SECONDS = 0.12  # the mean of a test's cases, on two quiet cores of 2026
TRIED_EACH_TIME = {"tests/output/test_report.py::test_other_tables"}  # one whole report
# What these make takes long, and is made for whichever test asks first.
LONG_FIXTURES = {"built", "commanded", "outputs", "written"}
WRITING = bool(os.environ.get("WRITE_LONG_TESTS"))


def long_tests(items: list[pytest.Item]) -> set[pytest.Item]:
    """Those of the items that take long."""
    if WRITING:
        return set()
    listed = set(LIST.read_text(encoding="utf-8").split()) - TRIED_EACH_TIME
    return {
        item
        for item in items
        if item.nodeid.split("[")[0] in listed
        or LONG_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    }


class Clock:
    """Writes down which tests of a run took long."""

    def __init__(self) -> None:
        self.seconds: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.nodeid.startswith("tests/"):
            self.seconds[report.nodeid.partition("[")[0]][report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        means = {name: sum(cases.values()) / len(cases) for name, cases in self.seconds.items()}
        long = sorted(name for name, mean in means.items() if mean >= LONG_SECONDS)
        LIST.write_text("\n".join(long) + "\n", encoding="utf-8")
