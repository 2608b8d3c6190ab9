"""The charts: each draws the table that a measure gave, and nothing else."""

from .comparison import ambition, implied_baseline
from .evidence import coverage_map, evidence_quality
from .footers import alt_text, sourced
from .instruments import instrument_matrix, instrument_stances
from .nesting import nesting
from .outcomes import outcome_ledger, outcome_summary
from .participants import composition, roster
from .policies import adoption
from .policy_counts import policy_counts
from .press import press_article, press_rates
from .priorities import fading
from .reported_series import reported_series
from .revisions import revisions
from .shared_members import shared_seats
from .showing import save, show
from .standards_trail import standards_trail
from .targets import market_targets
from .timeline import policy_timeline
from .totals import total, total_map

__all__ = [
    "adoption",
    "alt_text",
    "ambition",
    "composition",
    "coverage_map",
    "evidence_quality",
    "fading",
    "implied_baseline",
    "instrument_matrix",
    "instrument_stances",
    "market_targets",
    "nesting",
    "outcome_ledger",
    "outcome_summary",
    "policy_counts",
    "policy_timeline",
    "press_article",
    "press_rates",
    "reported_series",
    "revisions",
    "roster",
    "save",
    "shared_seats",
    "show",
    "sourced",
    "standards_trail",
    "total",
    "total_map",
]
