"""Who named the metaverse among the priorities, and when no more: every column, worked by hand on six events."""

import pandas as pd
import pytest
from tiny import load_rows, plain

import metaverse_analysis as ma


def named(
    name: str, date: str, place: str = "CN", kind: str = "named_as_priority", **more: str
) -> dict[str, str]:
    return {
        "event_id": name, "date": date, "place_id": place, "event_type": kind, "event": f"On {name}",
        "source_ids": "s1", **more,
    }  # fmt: skip


EVENTS = [
    named("late", "2025-03-05", kind="not_named", actors="A ministry", note="A note"),
    named("month", "2024-03", place="CN-AA"),
    named("day", "2024-03-02", place="CN-AA-b", actors="A city"),
    named("early", "2022"),
    named("twice", "2024-01-10", place="CN-AA", kind="not_named"),
    named("abroad", "2021-01-01", place=""),
    named("other", "2020-01-01", kind="conference"),
]

TYPES = {
    "event_id": "str", "date": "str", "first_day": "datetime64[us]", "year": "Int64", "place_id": "str",
    "place": "str", "group": "str", "group_label": "str", "actors": "str", "event": "str", "named": "boolean",
    "source_ids": "str", "note": "str",
}  # fmt: skip
COUNTED = {
    "group": "str", "group_label": "str", "year": "int64", "n_named": "int64", "n_not_named": "int64", "about": "str",
}  # fmt: skip


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("fading") / "tables", {"events": EVENTS})


def test_every_column_of_the_events(ds):
    table = ma.naming(ds)
    assert table.index.tolist() == list(range(5))
    assert table.dtypes.astype(str).to_dict() == TYPES
    assert list(table) == list(TYPES)
    national, regional = "National bodies", "Provinces, cities and districts"
    assert plain(table) == {
        "event_id": ["early", "twice", "month", "day", "late"],
        "date": ["2022", "2024-01-10", "2024-03", "2024-03-02", "2025-03-05"],
        "first_day": [
            pd.Timestamp(day)
            for day in ("2022-01-01", "2024-01-10", "2024-03-01", "2024-03-02", "2025-03-05")
        ],
        "year": [2022, 2024, 2024, 2024, 2025],
        "place_id": ["CN", "CN-AA", "CN-AA", "CN-AA-b", "CN"],
        "place": ["China", "Aland", "Aland", "Btown", "China"],
        "group": ["national", "regional", "regional", "regional", "national"],
        "group_label": [national, regional, regional, regional, national],
        "actors": [None, None, None, "A city", "A ministry"],
        "event": ["On early", "On twice", "On month", "On day", "On late"],
        "named": [True, False, True, True, False],
        "source_ids": ["s1"] * 5,
        "note": [None, None, None, None, "A note"],
    }


def test_every_column_of_the_counts(ds):
    table = ma.fading(ds)
    assert table.index.tolist() == list(range(8))
    assert table.dtypes.astype(str).to_dict() == COUNTED
    assert list(table) == list(COUNTED)
    assert plain(table) == {
        "group": ["national"] * 4 + ["regional"] * 4,
        "group_label": ["National bodies"] * 4 + ["Provinces, cities and districts"] * 4,
        "year": [2022, 2023, 2024, 2025] * 2,
        "n_named": [1, 0, 0, 0, 0, 0, 2, 0],
        "n_not_named": [0, 0, 0, 1, 0, 0, 1, 0],
        "about": ["the metaverse"] * 8,
    }


def test_without_events_the_tables_keep_their_columns_and_types(ds):
    bare = ds.with_tables(events=ds.events.iloc[:0])
    assert ma.naming(bare).empty and ma.naming(bare).dtypes.astype(str).to_dict() == TYPES
    assert ma.fading(bare).empty and ma.fading(bare).dtypes.astype(str).to_dict() == COUNTED


def test_an_event_without_a_date_comes_last_and_is_not_counted(ds):
    undated = ds.with_tables(
        events=ds.events.assign(date=ds.events.date.where(ds.events.event_id != "early"))
    )
    assert ma.naming(undated).event_id.tolist() == ["twice", "month", "day", "late", "early"]
    table = ma.fading(undated)
    assert table.year.tolist() == [2024, 2025] * 2
    assert table.n_named.tolist() == [0, 0, 2, 0]


def test_rows_of_any_index_and_events_of_one_day_keep_their_order(ds):
    many = pd.concat([ds.events.iloc[[0, 2]]] * 30)
    many = many.assign(event_id=[f"e{99 - number}" for number in range(60)], date="2024-05")
    found = ma.naming(ds.with_tables(events=many))
    assert found.event_id.tolist() == many.event_id.tolist()
    assert found.group.tolist() == ["national", "regional"] * 30
