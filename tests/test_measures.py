"""What every public measure promises. They are found in the list of public names: a new one is held to it as well."""

import inspect
import re
from functools import cache
from typing import Any

import pandas as pd
import pytest
from asked import ASKED, MEASURES, given, result
from made_once import packaged
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.output.makers import listed_columns
from metaverse_analysis.tables.dataset import split_ids

UNTOUCHED = ma.load()
# These are asked for a row, or for a figure, by its name: where there is none, that is an error, and it names it.
BY_NAME = {
    "add_up",
    "adoption",
    "ambition",
    "compare",
    "explain",
    "profile",
    "reported_series",
    "roster",
    "rows_citing",
    "sentence",
}
# One column for each body or instrument: no documentation can list them.
WIDE = {"instrument_matrix"}


@cache
def asked_of_packaged(name: str) -> dict[str, Any]:
    return given(name, packaged())


@cache
def of_packaged(name: str) -> Any:
    return result(name, packaged(), **asked_of_packaged(name))


def emptied(ds: ma.Dataset, *tables: str) -> ma.Dataset:
    return ds.with_tables(**{name: ds[name].iloc[:0] for name in tables})


def mixed(table: pd.DataFrame) -> pd.DataFrame:
    """The rows in another order, with an index of words."""
    return table.sample(frac=1, random_state=1).set_axis([f"row {number}" for number in range(len(table))])


@cache
def shuffled() -> ma.Dataset:
    return packaged().with_tables(**{name: mixed(packaged()[name]) for name in packaged().tables})


def unordered(found: Any) -> Any:
    """What was found, whatever the order of its rows, of its columns, and of what a cell lists."""
    if isinstance(found, pd.Series):
        found = found.reset_index()
    if not isinstance(found, pd.DataFrame):
        return sorted(re.split(r"[\n;,]", str(found)))
    found = found if found.index.name is None else found.reset_index()
    cells = found.astype("object").where(found.notna(), None)
    rows = [[sorted(re.split(r"; ?| \| ", str(cell))) for cell in row] for row in cells[sorted(cells)].values]
    return sorted(map(str, rows))


every_measure = pytest.mark.parametrize("name", MEASURES)


@every_measure
def test_what_it_must_be_asked_is_in_the_list(name):
    parameters = list(inspect.signature(getattr(ma, name)).parameters.values())
    needed = {
        one.name
        for one in parameters
        if one.default is one.empty and one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)
    } - {"ds"}
    assert needed <= set(ASKED.get(name, {})), f"{name} needs arguments: give it an entry in ASKED"


@every_measure
def test_it_leaves_its_input_alone(name):
    arguments = asked_of_packaged(name)
    tables = {key: value for key, value in arguments.items() if isinstance(value, pd.DataFrame)}
    before = {key: table.copy() for key, table in tables.items()}
    of_packaged(name)
    assert packaged() == UNTOUCHED
    for key, table in before.items():
        pd.testing.assert_frame_equal(arguments[key], table)


@every_measure
def test_it_survives_empty_tables(name):
    """All of them empty; in a thorough run each of them alone, too."""
    ds, asked = packaged(), ASKED.get(name, {})
    for tables in (ds.tables, *([table] for table in ds.tables if MORE > 1)):
        bare = emptied(ds, *tables)
        measured = {
            key: make(bare) for key, make in asked.items() if make in (ma.market_targets, ma.press_audit)
        }
        try:
            found = result(name, bare, **asked_of_packaged(name) | measured)
        except ValueError as error:
            assert name in BY_NAME and len(str(error)) > 20, f"{', '.join(tables)} empty: {error}"
            continue
        if isinstance(found, pd.DataFrame) and name not in WIDE:
            assert list(found) == list(of_packaged(name))
            assert found.dtypes.astype("str").equals(of_packaged(name).dtypes.astype("str"))


@every_measure
def test_it_gives_the_same_rows_whatever_the_order_and_the_index_of_the_tables(name):
    arguments = dict(asked_of_packaged(name))
    for key, table in arguments.items():
        if isinstance(table, pd.DataFrame) and not isinstance(of_packaged(name), str):
            arguments[key] = mixed(table)
    assert unordered(result(name, shuffled(), **arguments)) == unordered(of_packaged(name))


@pytest.fixture(scope="module")
def hydrogen(hydrogen_folder) -> ma.Dataset:
    return ma.load(hydrogen_folder)


@every_measure
def test_it_runs_on_another_industry(name, hydrogen):
    found = result(name, hydrogen, **given(name, hydrogen))
    if isinstance(found, pd.DataFrame) and name not in WIDE:
        assert list(found) == list(of_packaged(name))


@every_measure
def test_every_source_leads_somewhere(name):
    found = of_packaged(name)
    if isinstance(found, pd.DataFrame) and "source_ids" in found:
        assert set(split_ids(found["source_ids"])) <= set(packaged().sources["source_id"])


# What a measure asked otherwise gives instead, or beside.
OTHERWISE: dict[str, list[dict[str, Any]]] = {
    "search": [{"by": "province"}],
    "panel": [{"by": "place-year"}],
    "evidence_quality": [{"by": "place"}],
    "instrument_counts": [{"by": "document"}, {"by": "instrument", "count": "families"}],
    "instrument_matrix": [{"by": "document"}, {"count": "families"}],
}


@every_measure
def test_its_documentation_lists_its_columns_in_their_order(name):
    """The names in backticks in the list under Returns. What else stands there in backticks must be there, too."""
    found = of_packaged(name)
    if not isinstance(found, pd.DataFrame):
        return
    listed = listed_columns(getattr(ma, name))
    if name not in WIDE:
        assert [column for column in listed if column in found] == list(found)
    there = {*found, *packaged().tables, *ma.__all__, *inspect.signature(getattr(ma, name)).parameters}
    for asked in OTHERWISE.get(name, []):
        there |= set(result(name, packaged(), **asked_of_packaged(name) | asked))
    assert [word for word in listed if word not in there] == []
