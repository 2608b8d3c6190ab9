"""What the columns of tables mean: every column of every measure is described, by the measure or by the dataset."""

import tomllib
from functools import partial, wraps

import pandas as pd
import pytest
from asked import TABLES, given, result

import metaverse_analysis as ma
from metaverse_analysis.output.columns import ANY, EVERY, MEANINGS, documented, name_of, origins, words_for


def described(ds: ma.Dataset, name: str, table: pd.DataFrame) -> dict[str, str]:
    return words_for(table.columns, getattr(ma, name), origins(ds, table))


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_a_measure_is_described(ds, name):
    """Add what is missing to metaverse_analysis/measures/columns.toml."""
    table = result(name, ds, **given(name, ds))
    table = table.reset_index(drop=table.index.names == [None])
    said = described(ds, name, table)
    assert [column for column in table if not said.get(column)] == []


@pytest.mark.parametrize("name", TABLES)
def test_nothing_is_described_that_is_not_there(ds, name):
    special = tomllib.loads(MEANINGS.read_text("utf-8")).get(name, {})
    variants = {
        "panel": [lambda: ma.panel(ds, by="place-year")],
        "search": [lambda: ma.search(ds, "blockchain", by="province")],
        "instrument_counts": [
            lambda: ma.instrument_counts(ds, by="document"),
            lambda: ma.instrument_counts(ds, by="instrument", count="families"),
        ],
        "instrument_matrix": [lambda: ma.instrument_matrix(ds, by="document")],
    }
    tables = [
        result(name, ds, **given(name, ds)),
        *(make() for make in variants.get(name, [])),
    ]
    there = {column for table in tables for column in table.reset_index()}
    assert [column for column in special if column not in there and column != ANY] == []


def test_meanings_are_sentences_of_measures_that_there_are():
    for section, said in tomllib.loads(MEANINGS.read_text("utf-8")).items():
        assert section == EVERY or hasattr(ma, section), section
        for column, words in said.items():
            assert words.endswith((".", "...")) and words == words.strip(), (section, column)


def test_a_column_is_the_datasets_only_if_its_values_are(ds):
    targets = ds.regional_targets
    rows = targets[["target_id", "value", "unit", "note"]].sample(frac=1, random_state=1)
    assert set(origins(ds, rows)) == {"target_id", "value", "unit", "note"}
    assert "value" not in origins(ds, rows.assign(value=rows["value"] + 1))
    assert "unit" not in origins(ds, rows.assign(unit="x"))
    unknown = rows.assign(target_id=rows["target_id"].where(rows["value"] > 1, "other"))
    assert not {"target_id", "value"} & set(origins(ds, unknown))
    assert origins(ds, rows.drop(columns="target_id")) == {}
    doubled = pd.concat([rows, rows])
    assert set(origins(ds, doubled)) == {"target_id", "value", "unit", "note"}
    assert set(origins(ds, rows.head(0))) == {"target_id", "value", "unit", "note"}, (
        "all columns are of one table"
    )
    assert origins(ds, rows.head(0).assign(mine=1)) == {}
    blank = rows.assign(note=None, mine=1)
    assert "note" not in origins(ds, blank)
    loose = rows.assign(unit=rows["unit"].astype(object)).convert_dtypes()
    assert set(origins(ds, loose)) == {"target_id", "value", "unit", "note"}


def test_a_function_of_somebody_else_says_nothing_of_columns(ds):
    def panel(ds):
        """Mine."""

    table = pd.DataFrame({"instrument_kind": ["a"], "place": ["b"]})
    for how in (panel, None, len, partial(panel, ds), print):
        assert words_for(table.columns, how, {}) == {}
    assert (
        words_for(table.columns, partial(ma.panel, country="CN"), {})["instrument_kind"]
        == "instrument, topic or sector."
    )


def test_what_a_function_says_of_its_result():
    @wraps(ma.panel)
    def wrapped(*args):
        return ma.panel(*args)

    said = documented(ma.panel)
    assert said.startswith("Region by date by instrument") and "Returns\n\nBy use, one row per row" in said
    assert "Parameters" not in said and ">>>" not in said
    assert documented(wrapped) == documented(partial(ma.panel, country=None)) == said
    assert documented(lambda ds: ds) is None
    assert name_of(ma.panel) == name_of(partial(ma.panel)) == "`panel` of metaverse_analysis"
    assert "lambda" in name_of(lambda ds: ds) and name_of(len) == "`len` of builtins"
