"""The same rows, whatever order the rows of the tables have."""

import numpy as np
import pandas as pd
import pytest

import metaverse_analysis as ma
from metaverse_analysis.measures.participants import seats

TODAY = "2026-11-23"
# What each gives in a stated order of its own.
ORDERED = {
    "instrument_counts": ma.instrument_counts,
    "instrument_counts_by_document": lambda ds: ma.instrument_counts(ds, by="document"),
    "instrument_counts_by_instrument": lambda ds: ma.instrument_counts(ds, by="instrument"),
    "instrument_counts_rolled_up": lambda ds: ma.instrument_counts(
        ds, level="province", roll_up=True, count="families"
    ),
    "instrument_matrix": ma.instrument_matrix,
    "panel": ma.panel,
    "market_course": lambda ds: ma.market_course(ma.press_audit(ds)),
    "seats": seats,
    "roster": lambda ds: ma.roster(ds, body="MIIT working group"),
    "disputed_members": ma.disputed_members,
    "roster_summary": ma.roster_summary,
    "composition": lambda ds: ma.composition(ds, by="sector"),
    "shared_members": ma.shared_members,
    "shared_members_of_groups": lambda ds: ma.shared_members(ds, groups=True),
    "shared_seats": ma.shared_seats,
    "standards_trail": ma.standards_trail,
    "fading": ma.fading,
    "evidence_quality": ma.evidence_quality,
}
# What each gives in the order of a table, with the column that names its rows.
IN_THE_ORDER_OF_A_TABLE = {
    "instrument_details": (ma.instrument_details, "instrument_id"),
    "instrument_matrix_by_document": (lambda ds: ma.instrument_matrix(ds, by="document"), "document_id"),
    "press_audit": (ma.press_audit, "press_figure_id"),
    "naming": (ma.naming, "event_id"),
    "coverage": (lambda ds: ma.coverage(ds, today=TODAY), "place_id"),
    "evidence_quality_by_place": (lambda ds: ma.evidence_quality(ds, by="place"), "place_id"),
    "reported_series": (lambda ds: ma.reported_series(ds, place="Jiangxi", scope="vr_xr"), "id"),
    "grades": (lambda ds: ma.grades(ds, "outcomes").reset_index(), "outcome_id"),
    "common_members": (lambda ds: ma.common_members(ds).sort_index(axis=1).reset_index(), "body_id"),
}


@pytest.fixture(scope="module")
def shuffled(ds) -> ma.Dataset:
    random = np.random.default_rng(20261128)
    return ds.with_tables(**{name: ds[name].iloc[random.permutation(len(ds[name]))] for name in ds.tables})


@pytest.mark.parametrize("name", ORDERED)
def test_rows_in_an_order_of_their_own(ds, shuffled, name):
    pd.testing.assert_frame_equal(ORDERED[name](shuffled), ORDERED[name](ds))


@pytest.mark.parametrize("name", IN_THE_ORDER_OF_A_TABLE)
def test_rows_in_the_order_of_a_table(ds, shuffled, name):
    measure, key = IN_THE_ORDER_OF_A_TABLE[name]
    found, expected = (measure(tables).sort_values(key, ignore_index=True) for tables in (shuffled, ds))
    pd.testing.assert_frame_equal(found, expected)
