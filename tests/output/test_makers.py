"""Which measure a table is of: each measure's own result is known by its columns."""

import inspect

import pandas as pd
import pytest
from asked import given
from made_once import packaged

import metaverse_analysis as ma
from metaverse_analysis.output.makers import listed_columns, maker


@pytest.mark.parametrize(
    "name",
    ["market_targets", "nesting", "press_audit", "policy_timeline", "panel", "revisions", "seats", "shared_members",
     "coverage", "conflicts", "instrument_uses", "adoption", "ambition", "implied_baseline", "roster", "outcome_ledger",
     "forecast_check"],
)  # fmt: skip
def test_a_measures_result_is_known_as_its_own(name):
    table = getattr(ma, name)(packaged(), **given(name, packaged()))
    assert maker(table) is getattr(ma, name)
    assert maker(table.sample(frac=1, random_state=1)[sorted(table)].assign(mine=1)) is getattr(ma, name)


def test_what_is_cut_down_or_somebody_elses_is_of_no_measure():
    targets = ma.market_targets(packaged())
    assert maker(targets.drop(columns="scope")) is not ma.market_targets
    for table in (pd.DataFrame(), pd.DataFrame({"place": [], "year": []}), pd.DataFrame({1: [1], 2: [2]})):
        assert maker(table) is None


def test_what_has_no_list_has_no_columns():
    assert listed_columns(ma.cite) == listed_columns(len) == listed_columns(lambda ds: ds) == []
    assert all(isinstance(one, str) for name in dir(ma) if inspect.isfunction(getattr(ma, name))
               for one in listed_columns(getattr(ma, name)))  # fmt: skip
