"""The public names, each with the module that it comes from: the only list of them."""

from . import charts as charts
from .measures.answers import (
    answer as answer,
    answers as answers,
)
from .measures.backlinks import rows_citing as rows_citing
from .measures.citing import (
    cite as cite,
    cite_dataset as cite_dataset,
    source_line as source_line,
)
from .measures.compare import (
    Comparison as Comparison,
    compare as compare,
)
from .measures.comparison import (
    ambition as ambition,
    implied_baseline as implied_baseline,
)
from .measures.conflicts import conflicts as conflicts
from .measures.evidence import (
    coverage as coverage,
    evidence_quality as evidence_quality,
)
from .measures.explain import explain as explain
from .measures.forecasts import forecast_check as forecast_check
from .measures.grades import grades as grades
from .measures.instruments import (
    instrument_counts as instrument_counts,
    instrument_matrix as instrument_matrix,
    instrument_uses as instrument_uses,
)
from .measures.nesting import (
    children_sums as children_sums,
    nesting as nesting,
)
from .measures.other_targets import other_targets as other_targets
from .measures.outcome_summary import outcome_summary as outcome_summary
from .measures.outcomes import outcome_ledger as outcome_ledger
from .measures.panel import panel as panel
from .measures.paragraphs import text as text
from .measures.participants import (
    bodies_known as bodies_known,
    composition as composition,
    roster as roster,
    seats as seats,
)
from .measures.policies import (
    adoption as adoption,
    policy_timeline as policy_timeline,
)
from .measures.policy_counts import published_counts as published_counts
from .measures.press import press_audit as press_audit
from .measures.priorities import (
    priorities as priorities,
    priorities_by_year as priorities_by_year,
)
from .measures.profile import (
    Profile as Profile,
    profile as profile,
)
from .measures.reported_series import reported_series as reported_series
from .measures.revisions import (
    revision_details as revision_details,
    revisions as revisions,
)
from .measures.search import search as search
from .measures.sentences import sentence as sentence
from .measures.shared_members import (
    shared_members as shared_members,
    shared_seats as shared_seats,
)
from .measures.standards_trail import standards_trail as standards_trail
from .measures.targets import market_targets as market_targets
from .measures.total_by_province import total_by_province as total_by_province
from .measures.totals import (
    Total as Total,
    add_up as add_up,
)
from .output.bundle import bundle as bundle
from .output.explore import explore as explore
from .output.export import export as export
from .output.report import report as report
from .tables.amounts import parse_amount as parse_amount
from .tables.as_of import as_of as as_of
from .tables.dataset import (
    Dataset as Dataset,
    load as load,
    validate as validate,
)
from .tables.names import find_place as find_place
from .tables.problems import (
    DataError as DataError,
    Problem as Problem,
)
from .tables.rates import (
    convert as convert,
    market_rate as market_rate,
    rates as rates,
    rates_source as rates_source,
)
from .tables.version import __version__ as __version__
