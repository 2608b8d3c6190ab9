"""The public names, each with the module that it comes from: the only list of them."""

from . import charts as charts
from .measures.backlinks import rows_citing as rows_citing
from .measures.citing import (
    cite as cite,
    cite_dataset as cite_dataset,
    source_line as source_line,
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
from .measures.grades import (
    confidence as confidence,
    grades as grades,
)
from .measures.instruments import (
    instrument_cells as instrument_cells,
    instrument_counts as instrument_counts,
    instrument_details as instrument_details,
    instrument_matrix as instrument_matrix,
    instrument_stances as instrument_stances,
    panel as panel,
)
from .measures.nesting import (
    children_sums as children_sums,
    nesting as nesting,
)
from .measures.outcomes import (
    forecast_check as forecast_check,
    outcome_ledger as outcome_ledger,
    outcome_summary as outcome_summary,
)
from .measures.participants import (
    composition as composition,
    disputed_members as disputed_members,
    find_body as find_body,
    roster as roster,
    roster_summary as roster_summary,
)
from .measures.policies import (
    adoption as adoption,
    policy_timeline as policy_timeline,
)
from .measures.policy_counts import policy_count_comparison as policy_count_comparison
from .measures.press import (
    market_course as market_course,
    press_audit as press_audit,
)
from .measures.priorities import (
    fading as fading,
    naming as naming,
)
from .measures.reported_series import reported_series as reported_series
from .measures.revisions import (
    revision_details as revision_details,
    revisions as revisions,
)
from .measures.search import search as search
from .measures.sentences import sentence as sentence
from .measures.shared_members import (
    common_members as common_members,
    shared_members as shared_members,
    shared_seats as shared_seats,
)
from .measures.standards_trail import standards_trail as standards_trail
from .measures.targets import market_targets as market_targets
from .measures.total_map import total_map as total_map
from .measures.totals import (
    Total as Total,
    add_up as add_up,
)
from .output.bundle import bundle as bundle
from .output.export import export as export
from .output.report import report as report
from .tables.amounts import (
    Amount as Amount,
    parse_amount as parse_amount,
)
from .tables.as_of import as_of as as_of
from .tables.dataset import (
    Dataset as Dataset,
    load as load,
    split_ids as split_ids,
    validate as validate,
)
from .tables.names import (
    find_place as find_place,
)
from .tables.places import (
    ancestors as ancestors,
)
from .tables.problems import (
    DataError as DataError,
    Problem as Problem,
)
from .tables.rates import (
    convert as convert,
    rates as rates,
    rates_source as rates_source,
)
