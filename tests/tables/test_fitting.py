"""A table that was worked on stands in a dataset as the one that it replaces, or is refused in words."""

import datetime
import io
from dataclasses import replace

import pandas as pd
import pytest

from metaverse_analysis.tables.fitting import fitted


def read_again(table, **options):
    return pd.read_csv(io.StringIO(table.to_csv(index=False, date_format="%Y-%m-%d")), **options)


def texts(table):
    """Text, which may look like a number and has to be read as it is: "48.20", "110000"."""
    return dict.fromkeys(table.select_dtypes("str"), str)


def shuffled(table):
    return table.sample(frac=1, random_state=1)


WORKED_ON = {
    "nullable": lambda table: table.convert_dtypes(),
    "arrow": lambda table: table.convert_dtypes(dtype_backend="pyarrow"),
    "objects": lambda table: table.astype("object"),
    "read again": lambda table: read_again(table, keep_default_na=False, na_values=[""], dtype=texts(table)),
    "read as text": lambda table: read_again(table, dtype=str, keep_default_na=False),
    "its key as index": lambda table: table.set_index(table.columns[0]),
    "its key as index, too": lambda table: table.set_index(table.columns[0], drop=False),
    "one label": lambda table: table.set_axis([7] * len(table)),
    "columns turned round": lambda table: table[table.columns[::-1]],
    "parts": lambda table: pd.concat([table[:2].astype("object"), table[2:]]),
    "codes as text": lambda table: table.astype(dict.fromkeys(table.select_dtypes("category"), "str")),
    "codes it has": lambda table: table.apply(
        lambda column: column.cat.remove_unused_categories() if column.dtype == "category" else column
    ),
}


@pytest.mark.parametrize("change", WORKED_ON.values(), ids=WORKED_ON)
def test_every_packaged_table_is_the_same_whatever_was_done_to_it(ds, change):
    for name in ds.tables:
        table = ds[name]
        if table.empty:
            continue
        found = ds.with_tables(**{name: change(table)})[name]
        pd.testing.assert_frame_equal(found, table)


def test_rows_keep_their_order_and_more_columns_stay(ds):
    table = shuffled(ds.places).assign(mine=1)
    found = ds.with_tables(places=table).places
    assert found["place_id"].tolist() == table["place_id"].tolist()
    assert found.index.tolist() == list(range(len(table))) and list(found) == [*ds.places, "mine"]


def test_the_dataset_has_a_table_of_its_own(ds):
    mine = ds.places
    new = ds.with_tables(places=mine)
    mine.loc[0, "name_en"] = "Elsewhere"
    assert new.places["name_en"][0] == ds.places["name_en"][0] != "Elsewhere"


def test_dates_and_years_are_as_the_table_writes_them(ds):
    dates = [2023.0, datetime.date(2023, 9, 15), pd.Timestamp("2023-09-15"), None]
    four = ds.policy_documents[:4].assign(issued_date=pd.Series(dates, dtype="object"))
    found = ds.with_tables(policy_documents=four).policy_documents
    assert found["issued_date"].fillna("-").tolist() == ["2023", "2023-09-15", "2023-09-15", "-"]
    targets = ds.regional_targets[:1].assign(target_year="2025", value="250")
    row = ds.with_tables(regional_targets=targets).regional_targets.iloc[0]
    assert (row["target_year"], row["value"]) == (2025, 250.0)


def test_targets_that_were_read_with_plain_pandas_are_the_same(ds):
    plain = read_again(ds.regional_targets)
    pd.testing.assert_frame_equal(
        ds.with_tables(regional_targets=plain).regional_targets, ds.regional_targets
    )


def target(**cells):
    return lambda ds: {"regional_targets": ds.regional_targets[:2].assign(**cells)}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (lambda ds: {"place": ds.places}, "there is no table 'place'; the tables are sources, places, "),
        (lambda ds: {"places": None}, "places: a table (DataFrame) is needed, not None"),
        (lambda ds: {"places": [1]}, "places: a table (DataFrame) is needed, not [1]"),
        (
            lambda ds: {"places": ds.places.drop(columns=["level", "name_en"])},
            "places lacks name_en, level: give it",
        ),
        (
            lambda ds: {"places": pd.concat([ds.places, ds.places[["level"]]], axis=1)},
            "places has the column level twice",
        ),
        (
            lambda ds: {"places": pd.concat([ds.places, ds.places[:1]])},
            "places: the place_id 'CN' stands in several rows",
        ),
        (
            lambda ds: {"places": pd.concat([ds.places, ds.places[:3]])},
            "places: the place_id 'CN' and 2 more stand in several",
        ),
        (
            target(scope=["metaverse_core", "meta"]),
            "regional_targets.scope: 'meta' in row 1 isn't one of the allowed codes (",
        ),
        (target(value=["1", "a lot"]), "regional_targets.value: 'a lot' in row 1 isn't a number"),
        (target(target_year=2025.5), "regional_targets.target_year: 2025.5 in row 0 isn't a whole number"),
        (target(note=[["a"], None]), "regional_targets.note: ['a'] in row 0 isn't text"),
        (
            target(note=48.2),
            "regional_targets.note: 48.2 in row 0 isn't text (pd.read_csv with dtype=str keeps all",
        ),
        (
            lambda ds: {"sources": ds.sources[:1].assign(accessed="2023-09-31")},
            "sources.accessed: '2023-09-31' in row 0 isn't a full day",
        ),
        (
            lambda ds: {"sources": ds.sources[:1].assign(is_copy="perhaps")},
            "sources.is_copy: 'perhaps' in row 0 isn't true or false",
        ),
    ],
)
def test_what_cannot_stand_in_a_dataset_is_told(ds, given, words):
    with pytest.raises(ValueError) as told:
        ds.with_tables(**given(ds))
    assert str(told.value).startswith(words)


def test_where_the_schema_allows_any_code_those_are_taken_that_there_are(ds):
    places = ds.schema["places"]
    level = replace(places.fields["level"], constraints={})
    free = replace(places, fields={**places.fields, "level": level})
    table = ds.places[:2].assign(level=["realm", None])
    found = fitted(table, free, ds.places)
    assert found["level"].tolist()[0] == "realm" and list(found["level"].cat.categories) == ["realm"]


def test_an_empty_table_keeps_its_types(ds):
    for name in ds.tables:
        empty = ds.with_tables(**{name: ds[name][:0].astype("object")})[name]
        pd.testing.assert_frame_equal(empty, ds[name][:0].reset_index(drop=True))
