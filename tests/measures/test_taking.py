"""Anything else than a dataset is refused in words, and sources are found in tables that were worked on."""

import inspect
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from asked import given
from made_once import packaged

import metaverse_analysis as ma

# What is no measure and takes a dataset, with what it is asked.
FURTHER = {"as_of": {"date": "2023-09-15"}, "find_place": {"name": "Sichuan"}}
TAKING_A_DATASET = [
    name
    for name in dir(ma)
    if inspect.isfunction(function := getattr(ma, name))
    and next(iter(inspect.signature(function).parameters), "") == "ds"
    and name not in ("explore", "report")  # which take none, too
]


def total() -> ma.Total:
    return ma.add_up(ma.market_targets(ma.load()), scope="metaverse_related", year=2025)


@pytest.mark.parametrize("name", TAKING_A_DATASET)
def test_what_is_no_dataset_is_told(name):
    """A measure begins with `expects(ds, Dataset, given_by="load", taker="its name")`."""
    asked = FURTHER.get(name) or given(name, packaged())
    for wrong, said in ((None, "None"), (pd.DataFrame(), "a DataFrame"), ("data", "'data'"), ([1], "a list")):
        with pytest.raises(ValueError) as told:
            getattr(ma, name)(wrong, **asked)
        assert str(told.value) == f"{name} takes what ma.load gives, and not {said}"


@pytest.mark.parametrize("name", ["Sich\ud800", "\udfff"])
def test_text_that_cannot_be_written_is_no_name(ds, name):
    for ask in (ma.profile, ma.explain, ma.cite, ma.sentence, ma.rows_citing, ma.find_place):
        with pytest.raises(ValueError, match=r"ud800|udfff") as told:
            ask(ds, name)
        assert not isinstance(told.value, UnicodeError)


# What stands for an option that is a word, a year or an id of one kind, and never is one.
NO_VALUES = [pd.NA, float("nan"), [], [["CN-SC"]], pd.Series(["CN-SC"]), 10**30, Path("x"), object()]
OPTIONS = {
    "market_targets": lambda ds, value: ma.market_targets(ds, kind=value),
    "market_targets scope": lambda ds, value: ma.market_targets(ds, scope=[value]),
    "market_targets level": lambda ds, value: ma.market_targets(ds, level=[value]),
    "market_targets country": lambda ds, value: ma.market_targets(ds, country=[value]),
    "market_targets year": lambda ds, value: ma.market_targets(ds, year=[value]),
    "instrument_counts by": lambda ds, value: ma.instrument_counts(ds, by=value),
    "instrument_counts count": lambda ds, value: ma.instrument_counts(ds, count=value),
    "instrument_matrix": lambda ds, value: ma.instrument_matrix(ds, by=value),
    "instrument_uses": lambda ds, value: ma.instrument_uses(ds, document_id=value),
    "panel": lambda ds, value: ma.panel(ds, by=value),
    "composition": lambda ds, value: ma.composition(ds, by=value),
    "evidence_quality": lambda ds, value: ma.evidence_quality(ds, by=value),
    "judgements": lambda ds, value: ma.evidence_quality(ds, judgements=value),
    "inside": lambda ds, value: ma.press_audit(ds, place="CN", inside=value),
    "instrument_uses roll_up": lambda ds, value: ma.instrument_uses(ds, level="province", roll_up=value),
    "instrument_counts group": lambda ds, value: ma.instrument_counts(ds, group=value),
    "instrument_matrix roll_up": lambda ds, value: ma.instrument_matrix(ds, level="province", roll_up=value),
    "shared_members": lambda ds, value: ma.shared_members(ds, groups=value),
    "shared_seats": lambda ds, value: ma.shared_seats(ds, groups=value),
    "explore": lambda ds, value: ma.explore(ds, scope=value, live=False),
    "grades": lambda ds, value: ma.grades(ds, value),
    "answer": lambda ds, value: ma.answer(ds, value),
    "cite": lambda ds, value: ma.cite(ds, ["CN-SC"], style=value),
    "cite_dataset": lambda ds, value: ma.cite_dataset(ds, style=value),
    "cited": lambda ds, value: ma.cite(ds, [value, "x"]),
    "rows_citing": lambda ds, value: ma.rows_citing(ds, value),
    "ambition": lambda ds, value: ma.ambition(ds, statistics_year=2022, vintage=value, scope=None),
    "ambition year": lambda ds, value: ma.ambition(ds, statistics_year=value, vintage="x", scope=None),
    "implied_baseline": lambda ds, value: ma.implied_baseline(ds, base_years=[value]),
    "reported_series": lambda ds, value: ma.reported_series(ds, place="Jiangxi", scope=value),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_what_is_no_value_of_an_option_is_told(ds, name):
    for value in NO_VALUES:
        with pytest.raises(ValueError) as told:
            OPTIONS[name](ds, value)
        assert type(told.value) is ValueError
        assert not re.search("ambiguous|unhashable|must match|too large", str(told.value)), told.value


def test_the_map_takes_a_total(ds):
    with pytest.raises(
        ValueError, match=r"^total_by_province takes what ma\.add_up gives, and not a DataFrame$"
    ):
        ma.total_by_province(ds, ma.market_targets(ds))


WORKED_ON = {
    "converted": lambda table: table.convert_dtypes(),
    "arrow": lambda table: table.convert_dtypes(dtype_backend="pyarrow"),
    "read again": lambda table: pd.read_csv(io.StringIO(table.to_csv(index=False))),
    "objects": lambda table: table.astype("object"),
    "index too": lambda table: table.set_index("target_id", drop=False),
    "index": lambda table: table.set_index("target_id"),
    "joined with itself": lambda table: pd.concat([table, table]),
}


@pytest.mark.parametrize("change", WORKED_ON.values(), ids=WORKED_ON)
def test_the_sources_of_a_table_that_was_worked_on_are_the_same(ds, change):
    targets = ma.market_targets(ds, scope="metaverse_related")
    assert ma.cite(ds, change(targets)) == ma.cite(ds, targets)
    assert ma.source_line(ds, change(targets)) == ma.source_line(ds, targets)


def test_a_row_of_its_own_counts_though_its_target_stands_in_another(ds):
    pairs = ma.nesting(ds).drop(columns="source_ids")
    assert pairs["target_id"].duplicated().any()
    several = ma.source_line(ds, pairs)
    assert several == ma.source_line(ds, pairs[["target_id"]].assign(row=range(len(pairs))))
    assert several != ma.source_line(ds, pairs[["target_id"]].drop_duplicates())


def test_what_cannot_be_cited_is_told(ds):
    targets = ma.market_targets(ds)
    with pytest.raises(ValueError, match="^the table has the column place more than once"):
        ma.cite(ds, pd.concat([targets, targets[["place"]]], axis=1))
    with pytest.raises(ValueError, match="^ids: an id, a list or Series of ids.* is needed, not NoneType$"):
        ma.cite(ds, None)
    for most in (0, 1.5, "all"):
        with pytest.raises(ValueError, match="^most is how many outlets are named, 1 or more"):
            ma.source_line(ds, targets, most=most)


def test_years_may_be_text_or_have_a_point(ds):
    options = {"vintage": "final_verified", "scope": "metaverse_related"}
    expected = ma.ambition(ds, statistics_year=2022, **options)
    assert ma.ambition(ds, statistics_year="2022", **options).equals(expected)
    assert ma.ambition(ds, statistics_year=2022.0, **options).equals(expected)
    bases = ma.implied_baseline(ds, base_years=[2022, 2023])
    assert ma.implied_baseline(ds, base_years=["2022", 2023.0]).equals(bases)
    assert ma.implied_baseline(ds, base_years="2022").equals(ma.implied_baseline(ds, base_years=2022))
