"""The charts: each draws the table that a measure gave, and nothing else."""

from .participants import composition, roster, shared_seats
from .style import alt_text, save, show
from .trail import standards_trail

__all__ = ["alt_text", "composition", "roster", "save", "shared_seats", "show", "standards_trail"]
