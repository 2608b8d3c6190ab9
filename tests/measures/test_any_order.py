"""The same rows, whatever order the rows of the tables have."""

import numpy as np
import pandas as pd
import pytest

import metaverse_analysis as ma

TODAY = "2026-11-23"
ONE, DOCUMENT = "cn-sc-2023-final-market-scale", "cn-sd-2023-metaverse-guiding-opinion"


def total(ds: ma.Dataset) -> ma.Total:
    return ma.add_up(ma.market_targets(ds), scope="metaverse_related", year=2025)


def some_sentences(ds: ma.Dataset) -> pd.DataFrame:
    some = sorted(ds.regional_targets["target_id"])[::40]
    return pd.DataFrame({"line": [ma.sentence(ds, one) for one in some]})


def lines(told: object) -> pd.DataFrame:
    return pd.DataFrame({"line": repr(told).splitlines()})


# What each gives in a stated order of its own.
ORDERED = {
    "market_targets": lambda ds: ma.market_targets(ds, country=None, kind="money"),
    "included": lambda ds: total(ds).included,
    "excluded": lambda ds: total(ds).excluded,
    "other_targets": ma.other_targets,
    "profile": lambda ds: lines(ma.profile(ds, "Sichuan", today=TODAY)),
    "compare": lambda ds: lines(ma.compare(ds, ["Sichuan", "Shandong", "Henan"], today=TODAY)),
    "search": lambda ds: ma.search(ds, "digital human"),
    "answers": ma.answers,
    "cite_dataset": lambda ds: pd.DataFrame({"entry": [ma.cite_dataset(ds)]}),
    "nesting": ma.nesting,
    "children_sums": ma.children_sums,
    "ambition": lambda ds: ma.ambition(ds, statistics_year=2022, vintage="final_verified", scope=None),
    "implied_baseline": lambda ds: ma.implied_baseline(ds, base_years=[2022, 2023]),
    "policy_timeline": ma.policy_timeline,
    "adoption": lambda ds: ma.adoption(ds, level="city"),
    "revisions": ma.revisions,
    "published_counts": ma.published_counts,
    "outcome_summary": lambda ds: ma.outcome_summary(ds, today=TODAY),
    "sentence": some_sentences,
    "cite": lambda ds: pd.DataFrame({"entry": ma.cite(ds, [ONE, DOCUMENT]).splitlines()}),
    "source_line": lambda ds: pd.DataFrame({"line": [ma.source_line(ds, [ONE, DOCUMENT])]}),
    "instrument_counts": ma.instrument_counts,
    "instrument_counts_by_document": lambda ds: ma.instrument_counts(ds, by="document"),
    "instrument_counts_by_instrument": lambda ds: ma.instrument_counts(ds, by="instrument"),
    "instrument_counts_rolled_up": lambda ds: ma.instrument_counts(
        ds, level="province", roll_up=True, count="families"
    ),
    "instrument_matrix": ma.instrument_matrix,
    "panel": ma.panel,
    "seats": ma.seats,
    "roster": lambda ds: ma.roster(ds, body="MIIT working group"),
    "bodies_known": ma.bodies_known,
    "composition": lambda ds: ma.composition(ds, by="sector"),
    "shared_members": ma.shared_members,
    "shared_members_of_groups": lambda ds: ma.shared_members(ds, groups=True),
    "shared_seats": ma.shared_seats,
    "standards_trail": ma.standards_trail,
    "priorities_by_year": ma.priorities_by_year,
    "evidence_quality": ma.evidence_quality,
}
# What each gives in the order of a table, with the column that names its rows.
IN_THE_ORDER_OF_A_TABLE = {
    "instrument_uses": (ma.instrument_uses, "instrument_id"),
    "instrument_matrix_by_document": (lambda ds: ma.instrument_matrix(ds, by="document"), "document_id"),
    "press_audit": (ma.press_audit, "press_figure_id"),
    "priorities": (ma.priorities, "event_id"),
    "coverage": (lambda ds: ma.coverage(ds, today=TODAY), "place_id"),
    "evidence_quality_by_place": (lambda ds: ma.evidence_quality(ds, by="place"), "place_id"),
    "reported_series": (lambda ds: ma.reported_series(ds, place="Jiangxi", scope="vr_xr"), "id"),
    "grades": (lambda ds: ma.grades(ds, "outcomes").reset_index(), "outcome_id"),
}
# The same, where no single column names the rows.
ROWS_OF_TABLES = {
    "total_by_province": lambda ds: ma.total_by_province(ds, total(ds)),
    "revision_details": ma.revision_details,
    "outcome_ledger": lambda ds: ma.outcome_ledger(ds, today=TODAY),
    "forecast_check": lambda ds: ma.forecast_check(ds, today=TODAY),
    "conflicts": ma.conflicts,
    "as_of": lambda ds: ma.as_of(ds, "2023-09-10").absent,
    "explain": lambda ds: lines(ma.explain(ds, ONE)),
    "rows_citing": lambda ds: ma.rows_citing(ds, "cjgs-2023-10-03-policy-count"),
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


def rows(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """The rows as texts, in an order of their own."""
    cells = table.astype("object").where(table.notna(), None)
    cells = cells.map(lambda cell: f"{cell:.10g}" if isinstance(cell, (float, np.floating)) else str(cell))
    return sorted(cells.itertuples(index=False, name=None))


@pytest.mark.parametrize("name", ROWS_OF_TABLES)
def test_the_same_rows(ds, shuffled, name):
    assert rows(ROWS_OF_TABLES[name](shuffled)) == rows(ROWS_OF_TABLES[name](ds))


@pytest.mark.parametrize("measure", [total, ma.revisions, ma.nesting, ma.conflicts])
def test_tables_in_reverse_with_one_word_as_the_index_of_all_rows(ds, measure):
    tables = {name: ds[name][::-1] for name in ds.tables}
    other = ds.with_tables(**{name: table.set_axis([*"x" * len(table)]) for name, table in tables.items()})
    found, expected = measure(other), measure(ds)
    if measure is total:
        assert repr(found) == repr(expected)
    else:
        assert rows(found) == rows(expected)


def test_a_sum_of_targets_in_any_order_and_index_is_one_sum(ds):
    targets = ma.market_targets(ds, country=None)
    expected = repr(ma.add_up(targets, scope="metaverse_related", year=2025))
    for seed in range(3):
        other = targets.sample(frac=1, random_state=seed).set_axis([0] * len(targets))
        assert repr(ma.add_up(other, scope="metaverse_related", year=2025)) == expected
