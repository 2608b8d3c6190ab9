"""The charts: each draws the table that a measure gave, and nothing else."""

from .comparison import ambition, implied_baseline
from .evidence import coverage_map, evidence_quality, policy_counts
from .instruments import instrument_matrix, instrument_stances
from .maps import total_map
from .nesting import nesting
from .outcomes import outcome_ledger, outcome_summary
from .participants import composition, roster, shared_seats
from .policies import adoption, revisions
from .press import press_article, press_rates
from .series import fading, reported_series
from .sources import sourced
from .style import alt_text, save, show
from .targets import market_targets
from .timeline import policy_timeline
from .totals import total
from .trail import standards_trail

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
