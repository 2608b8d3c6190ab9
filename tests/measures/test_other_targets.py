"""What else was promised: filters, and tables without rows. Every cell is worked out in tests/expected."""

import pytest
from whole_tables import kinds, stored_kinds

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def ds(worked) -> ma.Dataset:
    return worked("other_targets")


def test_no_targets_no_rows(ds):
    bare = ds.with_tables(regional_targets=ds.regional_targets.iloc[:0])
    assert ma.other_targets(bare).empty
    assert kinds(ma.other_targets(bare)) == stored_kinds("other_targets/other_targets")


def test_filters_keep_what_they_name(ds):
    assert ma.other_targets(ds, indicator=["fund_size", "subsidy_cap"]).target_id.tolist() == ["fund", "cap"]
    assert ma.other_targets(ds, place="Aland", inside=False, indicator="all_firms").target_id.tolist() == [
        "again",
        "early",
        "many",
    ]
    assert ma.other_targets(ds, level="city").target_id.tolist() == ["few"]


def test_what_is_unknown_is_told(ds):
    with pytest.raises(ValueError, match="firms"):
        ma.other_targets(ds, indicator="parks")
    with pytest.raises(ValueError, match="range|published"):
        ma.other_targets(ds, rate_on="1950-01-01")


def test_a_target_with_a_scope_is_a_market_size_and_no_other(ds):
    every = set(ma.load().regional_targets.target_id)
    markets = set(ma.market_targets(ma.load(), country=None).target_id)
    assert set(ma.other_targets(ma.load(), country=None).target_id) == every - markets
