"""Where a sum of targets lies: every column, worked by hand on eight provinces."""

from dataclasses import replace

import pytest
from whole_tables import kinds, stored_kinds

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def ds(worked) -> ma.Dataset:
    return worked("total_by_province")


@pytest.fixture(scope="module")
def total(ds):
    return ma.add_up(ma.market_targets(ds), scope="metaverse_related", year=2025)


def test_nothing_in_the_sum_leaves_what_was_found(ds, total):
    table = ma.total_by_province(ds, replace(total, included=total.included.iloc[:0]))
    assert kinds(table) == stored_kinds("total_by_province/total_by_province")
    assert table.state.tolist() == [
        *["not_searched", "adjacent_only", "other_target", "plan_only", "none_found", "other_target"],
        *["none_found", "other_target"],
    ]
    assert table[["amount_cny_bn", "or_more", "draft_targets", "contributors"]].isna().all(axis=None)


def test_no_province_gives_no_row(ds, total):
    table = ma.total_by_province(ds.with_tables(coverage=ds["coverage"].iloc[:0]), total)
    assert table.empty and kinds(table) == stored_kinds("total_by_province/total_by_province")
