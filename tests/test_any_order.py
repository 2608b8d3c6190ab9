"""Every measure gives the same rows whatever the order and the index of the tables."""

import numpy as np
import pandas as pd
import pytest
from made_once import packaged
from thorough import MORE

import metaverse_analysis as ma

DATA = packaged()
TODAY = "2026-11-23"
ONE, DOCUMENT = "cn-sc-2023-final-market-scale", "cn-sd-2023-metaverse-guiding-opinion"
FEW = sorted(DATA.regional_targets["target_id"])[::40]


def total(ds: ma.Dataset) -> ma.Total:
    return ma.add_up(ma.market_targets(ds), scope="metaverse_related", year=2025)


MEASURES = {
    "market_targets": lambda ds: ma.market_targets(ds, country=None, kind="money"),
    "included": lambda ds: total(ds).included,
    "excluded": lambda ds: total(ds).excluded,
    "total_map": lambda ds: ma.total_map(ds, total(ds)),
    "nesting": ma.nesting,
    "children_sums": ma.children_sums,
    "ambition": lambda ds: ma.ambition(ds, statistics_year=2022, vintage="final_verified", scope=None),
    "implied_baseline": lambda ds: ma.implied_baseline(ds, base_years=[2022, 2023]),
    "policy_timeline": ma.policy_timeline,
    "adoption": lambda ds: ma.adoption(ds, level="city"),
    "revisions": ma.revisions,
    "revision_details": ma.revision_details,
    "policy_counts": ma.policy_count_comparison,
    "outcome_ledger": lambda ds: ma.outcome_ledger(ds, today=TODAY),
    "outcome_summary": lambda ds: ma.outcome_summary(ds, today=TODAY),
    "forecast_check": lambda ds: ma.forecast_check(ds, today=TODAY),
    "press_audit": ma.press_audit,
    "conflicts": ma.conflicts,
    "coverage": ma.coverage,
    "as_of": lambda ds: ma.as_of(ds, "2023-09-10").absent,
    "sentence": lambda ds: pd.DataFrame({"line": [ma.sentence(ds, one) for one in FEW]}),
    "cite": lambda ds: pd.DataFrame({"entry": ma.cite(ds, [ONE, DOCUMENT]).splitlines()}),
    "source_line": lambda ds: pd.DataFrame({"line": [ma.source_line(ds, [ONE, DOCUMENT])]}),
}


def rows(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """The rows as texts, in an order of their own; sums may differ in the last digit."""
    cells = table.astype("object").where(table.notna(), None)
    cells = cells.map(lambda cell: f"{cell:.10g}" if isinstance(cell, (float, np.floating)) else str(cell))
    return sorted(cells.itertuples(index=False, name=None))


def turned_over(seed: int) -> ma.Dataset:
    random = np.random.RandomState(seed)
    tables = {name: DATA[name].sample(frac=1, random_state=random) for name in DATA.tables}
    return DATA.with_tables(**tables)


OTHER = [turned_over(seed) for seed in range(MORE)]


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_the_same_rows_in_any_order(measure):
    expected = rows(measure(DATA))
    for other in OTHER:
        assert rows(measure(other)) == expected


@pytest.mark.parametrize("measure", [total, *map(MEASURES.get, ["revisions", "conflicts", "nesting"])])
def test_a_dataset_of_tables_in_reverse_with_words_as_their_index(measure):
    reverse = {name: DATA[name][::-1] for name in DATA.tables}
    other = DATA.with_tables(**{name: table.set_axis([*"x" * len(table)]) for name, table in reverse.items()})
    if measure is total:
        assert repr(total(other)) == repr(total(DATA))
    else:
        assert rows(measure(other)) == rows(measure(DATA))


def test_a_sum_of_targets_in_any_order_and_index_is_one_sum():
    targets = ma.market_targets(DATA, country=None)
    expected = repr(ma.add_up(targets, scope="metaverse_related", year=2025))
    for seed in range(3 * MORE):
        other = targets.sample(frac=1, random_state=seed).set_axis([0] * len(targets))
        assert repr(ma.add_up(other, scope="metaverse_related", year=2025)) == expected
