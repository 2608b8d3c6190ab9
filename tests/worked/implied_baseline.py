"""Targets with a growth rate: hedged, a range, without one, and one that would end at nothing."""

import metaverse_analysis as ma
from worked.ambition import PLACES, targets

FOLDER = {
    "places": PLACES,
    "regional_targets": targets(
        {"value": "121", "growth_rate_pct": "10", "qualifier": "about"},
        {
            "place_id": "CN-EE", "value": "144", "value_max": "200", "growth_rate_pct": "20", "target_year": "2024",
            "qualifier": "range",
        },
        {"place_id": "CN-AA-b"},
        {"place_id": "CN-AA-b", "growth_rate_pct": "-100", "target_year": "2027"},
    ),
}  # fmt: skip
CASES = {
    "comparison/implied_baseline": lambda ds: ma.implied_baseline(ds, base_years=[2023, 2022, 2023, 2024])
}
