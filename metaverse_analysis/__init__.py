"""China's national and regional metaverse policy, 2021-2026: what was promised, what it was worth, what came of it.

Start with `ds = load()`; then `market_targets(ds)`, `press_audit(ds)`, `outcome_ledger(ds, today=...)`,
`explain(ds, "cn-sc-2023-final-market-scale")` and the charts in `metaverse_analysis.charts`.
"""

from .measures.backlinks import rows_citing
from .measures.citing import cite, cite_dataset, source_line
from .measures.grades import confidence, grades
from .measures.participants import composition, disputed_members, find_body, roster, roster_summary
from .measures.press import press_audit
from .measures.shared_members import common_members, shared_members, shared_seats
from .measures.trail import standards_trail
from .tables.as_of import as_of
from .tables.dataset import Dataset, load, split_ids, validate
from .tables.places import ancestors, find_place
from .tables.problems import DataError, Problem

__all__ = [
    "DataError",
    "Dataset",
    "Problem",
    "ancestors",
    "as_of",
    "cite",
    "cite_dataset",
    "common_members",
    "composition",
    "confidence",
    "disputed_members",
    "find_body",
    "find_place",
    "grades",
    "load",
    "press_audit",
    "roster",
    "roster_summary",
    "rows_citing",
    "shared_members",
    "shared_seats",
    "source_line",
    "split_ids",
    "standards_trail",
    "validate",
]
