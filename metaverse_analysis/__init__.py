"""China's national and regional metaverse policy, 2021-2026: what was promised, what it was worth, what came of it.

Start with `ds = load()`; then `market_targets(ds)`, `press_audit(ds)`, `outcome_ledger(ds, today=...)`,
`explain(ds, "cn-sc-2023-final-market-scale")` and the charts in `metaverse_analysis.charts`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .tables.as_of import as_of
from .tables.dataset import Dataset, load, split_ids, validate
from .tables.places import ancestors, find_place
from .tables.problems import DataError, Problem
from .tables.rates import convert, rates

if TYPE_CHECKING:  # the same names as in _LATER, for type checkers and editors
    from . import charts
    from .measures.backlinks import rows_citing
    from .measures.citing import cite, cite_dataset, source_line
    from .measures.comparison import ambition, implied_baseline
    from .measures.conflicts import conflicts
    from .measures.evidence import coverage, evidence_quality
    from .measures.explain import explain
    from .measures.fading import fading, naming
    from .measures.grades import confidence, grades
    from .measures.instruments import (
        instrument_cells,
        instrument_details,
        instrument_matrix,
        instrument_stances,
        panel,
    )
    from .measures.nesting import children_sums, nesting
    from .measures.outcomes import forecast_check, outcome_ledger, outcome_summary
    from .measures.participants import composition, disputed_members, find_body, roster, roster_summary
    from .measures.policies import adoption, policy_timeline
    from .measures.policy_counts import policy_count_comparison
    from .measures.press import market_course, press_audit
    from .measures.revisions import revision_details, revisions
    from .measures.sentences import sentence
    from .measures.series import reported_series
    from .measures.shared_members import common_members, shared_members, shared_seats
    from .measures.targets import market_targets
    from .measures.total_map import total_map
    from .measures.totals import Total, add_up
    from .measures.trail import standards_trail
    from .output.bundle import bundle
    from .output.export import export
    from .output.report import report
    from .tables.amounts import Amount, parse_amount

__all__ = [
    "Amount",
    "DataError",
    "Dataset",
    "Problem",
    "Total",
    "add_up",
    "adoption",
    "ambition",
    "ancestors",
    "as_of",
    "bundle",
    "charts",
    "children_sums",
    "cite",
    "cite_dataset",
    "common_members",
    "composition",
    "confidence",
    "conflicts",
    "convert",
    "coverage",
    "disputed_members",
    "evidence_quality",
    "explain",
    "export",
    "fading",
    "find_body",
    "find_place",
    "forecast_check",
    "grades",
    "implied_baseline",
    "instrument_cells",
    "instrument_details",
    "instrument_matrix",
    "instrument_stances",
    "load",
    "market_course",
    "market_targets",
    "naming",
    "nesting",
    "outcome_ledger",
    "outcome_summary",
    "panel",
    "parse_amount",
    "policy_count_comparison",
    "policy_timeline",
    "press_audit",
    "rates",
    "report",
    "reported_series",
    "revision_details",
    "revisions",
    "roster",
    "roster_summary",
    "rows_citing",
    "sentence",
    "shared_members",
    "shared_seats",
    "source_line",
    "split_ids",
    "standards_trail",
    "total_map",
    "validate",
]

# What the measures, charts and output are takes as long to import as half of pandas: each comes when first asked for.
_LATER = {
    "measures.backlinks": "rows_citing",
    "measures.citing": "cite cite_dataset source_line",
    "measures.comparison": "ambition implied_baseline",
    "measures.conflicts": "conflicts",
    "measures.evidence": "coverage evidence_quality",
    "measures.explain": "explain",
    "measures.fading": "fading naming",
    "measures.grades": "confidence grades",
    "measures.instruments": "instrument_cells instrument_details instrument_matrix instrument_stances panel",
    "measures.nesting": "children_sums nesting",
    "measures.outcomes": "forecast_check outcome_ledger outcome_summary",
    "measures.participants": "composition disputed_members find_body roster roster_summary",
    "measures.policies": "adoption policy_timeline",
    "measures.policy_counts": "policy_count_comparison",
    "measures.press": "market_course press_audit",
    "measures.revisions": "revision_details revisions",
    "measures.sentences": "sentence",
    "measures.series": "reported_series",
    "measures.shared_members": "common_members shared_members shared_seats",
    "measures.targets": "market_targets",
    "measures.total_map": "total_map",
    "measures.totals": "Total add_up",
    "measures.trail": "standards_trail",
    "output.bundle": "bundle",
    "output.export": "export",
    "output.report": "report",
    "tables.amounts": "Amount parse_amount",
}
_MODULE_OF = {name: module for module, names in _LATER.items() for name in names.split()}
_PARTS = ("charts", "measures", "output")


def __getattr__(name: str) -> Any:
    if name in _PARTS:
        return import_module(f".{name}", __name__)
    if name not in _MODULE_OF:
        raise AttributeError(f"metaverse_analysis has no {name!r}; dir(metaverse_analysis) lists what it has")
    globals()[name] = getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_PARTS})
