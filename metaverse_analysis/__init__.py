"""China's national and regional metaverse policy, 2021-2026: what was promised, what it was worth, what came of it.

Start with `ds = load()`; then `market_targets(ds)`, `press_audit(ds)`, `outcome_ledger(ds, today=...)`,
`explain(ds, "cn-sc-2023-final-market-scale")` and the charts in `metaverse_analysis.charts`.
"""

from .measures.grades import confidence, grades
from .tables.dataset import Dataset, load, split_ids, validate
from .tables.places import ancestors, find_place
from .tables.problems import DataError, Problem

__all__ = [
    "DataError",
    "Dataset",
    "Problem",
    "ancestors",
    "confidence",
    "find_place",
    "grades",
    "load",
    "split_ids",
    "validate",
]
