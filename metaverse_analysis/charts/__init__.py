"""The charts: each draws the table that a measure gave, and nothing else."""

from .outcomes import outcome_ledger, outcome_summary
from .participants import composition, roster, shared_seats
from .press import press_article, press_rates
from .series import fading, reported_series
from .style import alt_text, save, show
from .trail import standards_trail

__all__ = [
    "alt_text",
    "composition",
    "fading",
    "outcome_ledger",
    "outcome_summary",
    "press_article",
    "press_rates",
    "reported_series",
    "roster",
    "save",
    "shared_seats",
    "show",
    "standards_trail",
]
