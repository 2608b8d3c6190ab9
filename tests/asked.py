"""Every public measure with what it is asked in tests that hold for all of them. They are found in the list of public
names: a new one is held to these tests as well, and stands here only if it must be asked something.
"""

import ast
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import metaverse_analysis as ma

TODAY = {"today": "2026-11-23"}


def measures() -> list[str]:
    """The public functions of measures/."""
    stub = ast.parse(Path(ma.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    modules = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    names = [name.name for node in modules if str(node.module).startswith("measures.") for name in node.names]
    return sorted(name for name in names if inspect.isfunction(getattr(ma, name)))


MEASURES = measures()
TABLES = [
    name for name in MEASURES if "DataFrame" in str(inspect.signature(getattr(ma, name)).return_annotation)
]


def first(table: str) -> Callable[[ma.Dataset], str]:
    """The id of the first row of a table."""
    return lambda ds: ds[table].iloc[0, 0]


def total(ds: ma.Dataset) -> ma.Total:
    return ma.add_up(**given("add_up", ds))


# What a measure is asked that must be asked something: of the packaged tables, and of those of another industry, where
# its words are others. None: those have nothing that it could be asked about. A function makes it of the tables.
ASKED: dict[str, dict[str, Any]] = {
    "add_up": {"targets": ma.market_targets, "scope": "metaverse_related", "year": 2025},
    "adoption": {"level": "province"},
    "answer": {"topic": "outcomes"},
    "ambition": {"statistics_year": 2024, "vintage": "preliminary"},
    "cite": {"ids": ma.market_targets},
    "compare": {"places": ["Sichuan", "Shandong"]},
    "explain": {"id": first("regional_targets")},
    "forecast_check": TODAY,
    "grades": {"table": "regional_targets"},
    "implied_baseline": {"base_years": 2022},
    "outcome_ledger": TODAY,
    "outcome_summary": TODAY,
    "profile": {"place": "Sichuan"},
    "reported_series": {"place": "Jiangxi", "scope": "vr_xr"},
    "roster": {"body": first("bodies")},
    "rows_citing": {"source_id": first("sources")},
    "search": {"query": "plan"},
    "sentence": {"target_id": first("regional_targets")},
    "source_line": {"table": ma.market_targets},
    "total_by_province": {"total": total},
}
ELSEWHERE: dict[str, dict[str, Any] | None] = {
    "add_up": {"targets": ma.market_targets, "scope": "hydrogen_industry", "year": 2025},
    "ambition": {"statistics_year": 2022, "vintage": "final_verified", "scope": "hydrogen_industry"},
    "compare": {"places": ["north", "east"]},
    "profile": {"place": "north"},
    "reported_series": {"place": "north", "scope": "hydrogen_industry"},
    "roster": None,
}


def given(name: str, ds: ma.Dataset) -> dict[str, Any]:
    """The arguments for a measure, made of the tables that it is about."""
    elsewhere = "hydrogen_industry" in ds.schema.codes("regional_targets", "scope")
    asked = ELSEWHERE.get(name, ASKED.get(name, {})) if elsewhere else ASKED.get(name, {})
    if asked is None:
        pytest.skip("nothing to ask about")
    return {key: value(ds) if callable(value) else value for key, value in asked.items()}


def result(name: str, ds: ma.Dataset, /, **arguments: Any) -> Any:
    measure = getattr(ma, name)
    return measure(ds, **arguments) if "ds" in inspect.signature(measure).parameters else measure(**arguments)
