"""The charts: each draws the table that a measure gave, and nothing else. Show them, save them, frame them."""

from typing import NoReturn

from ..tables.problems import near
from .ambition import ambition as ambition
from .compare import compare as compare
from .composition import composition as composition
from .contract import CONTRACTS
from .coverage import coverage_map as coverage_map
from .evidence_quality import evidence_quality as evidence_quality
from .footers import alt_text as alt_text, framed as framed, notes as notes, sourced as sourced
from .forecast_check import forecast_check as forecast_check
from .implied_baseline import implied_baseline as implied_baseline
from .instrument_counts import instrument_counts as instrument_counts
from .instruments import instrument_matrix as instrument_matrix
from .instruments_by_level import instruments_by_level as instruments_by_level
from .nesting import nesting as nesting
from .other_targets import other_targets as other_targets
from .outcome_ledger import outcome_ledger as outcome_ledger
from .outcomes import outcome_summary as outcome_summary
from .policies import adoption as adoption
from .policy_counts import published_counts as published_counts
from .press_article import press_article as press_article
from .press_over_time import press_over_time as press_over_time
from .press_rates import press_rates as press_rates
from .priorities import priorities as priorities
from .profile import profile as profile
from .reported_series import reported_series as reported_series
from .revisions import revisions as revisions
from .roster import roster as roster
from .shared_members import shared_seats as shared_seats
from .showing import save as save, show as show
from .standards_trail import standards_trail as standards_trail
from .targets import market_targets as market_targets
from .timeline import policy_timeline as policy_timeline
from .totals import total as total

# Not loaded one by one as the package's own names are: a chart and its module bear one name, and whoever had imported
# the module first would find it where the chart should be.
__all__ = sorted(
    name for name, value in globals().items() if callable(value) and name not in ("NoReturn", "near")
)


def __dir__() -> list[str]:
    """What stands here for use: no module, so that completion shows charts only."""
    return __all__


def __getattr__(name: str) -> NoReturn:
    """A chart that isn't there: named are those of the measure of that name, else the nearest."""
    drawn = [chart for chart, contract in CONTRACTS.items() if contract.measure == name]
    like = [] if name.startswith("_") else drawn or near(name, __all__, 3)
    hint = f"; there is {', '.join(like)}" if like else ""
    raise AttributeError(f"metaverse_analysis.charts has no {name!r}{hint}")
