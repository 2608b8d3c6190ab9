"""Two figures for two targets, a later target in place of one, a fund that nobody followed up, three forecasts."""

from tiny import SOURCE, TARGET

import metaverse_analysis as ma

TODAY = "2026-11-23"
OUTCOME = {
    "outcome_id": "o1", "place_id": "CN-AA", "indicator": "market_scale", "measure": "industry_scale",
    "scope": "metaverse_related", "value": "260", "unit": "billion CNY", "qualifier": "exact", "year": "2025",
    "source_ids": "s1",
}  # fmt: skip


FOLLOWUP = {
    "followup_id": "t1--f", "target_id": "t1", "finding": "reported", "outcome_id": "o1", "searched_on": "2026-11-01",
    "source_ids": "s1", "note": "A note",
}  # fmt: skip


OFFICIAL = SOURCE | {
    "source_id": "s2", "url": "https://example.com/2", "host": "example.com", "publisher": "B office",
    "kind": "official",
}  # fmt: skip


FORECAST = {
    "forecast_id": "f1", "publisher": "P", "published": "2021-05", "geography": "CN", "scope": "vr_xr",
    "value": "10000", "unit": "million USD", "qualifier": "about", "target_year": "2023", "source_ids": "s1",
    "scope_words": "VR", "note": "n",
}  # fmt: skip


FOLDER = {
            "sources": [SOURCE, OFFICIAL],
            "regional_targets": [
                TARGET | {"note": "not the ledger's"},
                TARGET
                | {
                    "target_id": "t2", "place_id": "CN-AA-b", "indicator": "all_firms", "measure": "count",
                    "scope": "", "value": "200", "unit": "firms", "target_year": "2024", "qualifier": "over",
                    "per": "year",
                },
                TARGET
                | {
                    "target_id": "t3", "indicator": "fund_size", "measure": "fund", "scope": "", "value": "5",
                    "target_year": "2024",
                },
                TARGET | {"target_id": "t4", "place_id": "CN-AA-b", "repeats_target_id": "t1"},
            ],
            "outcomes": [
                OUTCOME | {"scope_note": "some words", "qualifier": "about"},
                OUTCOME
                | {
                    "outcome_id": "o2", "place_id": "CN-AA-b", "indicator": "all_firms", "measure": "count",
                    "scope": "", "value": "150", "unit": "firms", "year": "2024", "qualifier": "at_least",
                    "source_ids": "s1;s2",
                },
                OUTCOME
                | {
                    "outcome_id": "o3", "place_id": "CN", "scope": "vr_xr", "year": "2023", "value": "36",
                    "scope_note": "w",
                },
                OUTCOME
                | {
                    "outcome_id": "o4", "place_id": "CN", "scope": "vr_xr", "year": "2023", "value": "5",
                    "unit": "billion USD",
                },
            ],
            "target_followups": [
                FOLLOWUP,
                FOLLOWUP | {"followup_id": "t2--f", "target_id": "t2", "outcome_id": "o2", "note": ""},
                FOLLOWUP
                | {
                    "followup_id": "t1--s", "finding": "superseded", "outcome_id": "", "superseded_by": "t4",
                    "note": "",
                },
            ],
            "forecasts": [
                FORECAST | {"forecast_id": "f0", "scope": "metaverse_core"},
                FORECAST,
                FORECAST | {"forecast_id": "f2", "target_year": "2022"},
            ],
        }  # fmt: skip
CASES = {
    "outcomes/outcome_ledger": lambda ds: ma.outcome_ledger(ds, today=TODAY),
    "outcomes/outcome_summary": lambda ds: ma.outcome_summary(ds, today=TODAY),
    "outcomes/forecast_check": lambda ds: ma.forecast_check(ds, today=TODAY),
}
