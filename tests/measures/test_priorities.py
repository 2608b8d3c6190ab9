"""Who named the metaverse among the priorities, and when no more: every column, worked by hand on six events."""

import pandas as pd
import pytest
from whole_tables import kinds, stored_kinds

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def ds(worked) -> ma.Dataset:
    return worked("priorities")


def test_without_events_the_tables_keep_their_columns_and_types(ds):
    bare = ds.with_tables(events=ds.events.iloc[:0])
    assert ma.priorities(bare).empty and kinds(ma.priorities(bare)) == stored_kinds("priorities/priorities")
    assert ma.priorities_by_year(bare).empty and kinds(ma.priorities_by_year(bare)) == stored_kinds(
        "priorities/priorities_by_year"
    )


def test_an_event_without_a_date_comes_last_and_is_not_counted(ds):
    undated = ds.with_tables(
        events=ds.events.assign(date=ds.events.date.where(ds.events.event_id != "early"))
    )
    assert ma.priorities(undated).event_id.tolist() == ["twice", "month", "day", "late", "early"]
    table = ma.priorities_by_year(undated)
    assert table.year.tolist() == [2024, 2025] * 2
    assert table.lists_naming.tolist() == [0, 0, 2, 0]


def test_rows_of_any_index_and_events_of_one_day_keep_their_order(ds):
    many = pd.concat([ds.events.iloc[[0, 2]]] * 30)
    many = many.assign(event_id=[f"e{99 - number}" for number in range(60)], date="2024-05")
    found = ma.priorities(ds.with_tables(events=many))
    assert found.event_id.tolist() == many.event_id.tolist()
    assert found.list_group.tolist() == ["national", "regional"] * 30
