"""Where the row of an id is, and which ids are told when there is none: worked by hand on a few ids."""

import pandas as pd
import pytest
from says import says
from tiny import load_rows

import metaverse_analysis as ma
from metaverse_analysis.measures import ids
from metaverse_analysis.measures.ids import Place, locate, tables_with_own_ids, unknown_id

WANTED = "abcdef-long.st-zz"
NEAR = [
    "bcdef-longes-zz",  # nearest by its letters: neither the beginning nor the longest part
    "abcdefgh",  # the beginning
    "yy-long.st",  # the longest part
    "yy-longest",  # what the longest part would find as a pattern
    "q",
]


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("ids") / "tables")


def with_ids(ds: ma.Dataset, *names: str | None) -> ma.Dataset:
    """The dataset with these ids of sources."""
    rows = pd.concat([ds.sources] * len(names), ignore_index=True)
    return ds.with_tables(sources=rows.assign(source_id=pd.Series(names, dtype="str")))


def test_the_key_of_coverage_is_the_id_of_a_place_and_rules_share_theirs(ds):
    shared = {"coverage", "policy_count_rules"}
    assert tables_with_own_ids(ds.schema) == [name for name in ds.schema if name not in shared]


@pytest.mark.parametrize(
    ("id", "place"),
    [
        ("s1", Place("sources", 0)),
        ("CN", Place("places", 0)),
        ("CN-AA-b", Place("places", 2)),
        ("t1", Place("regional_targets", 0)),
    ],
)
def test_an_id_is_found_in_its_table(ds, id, place):
    assert locate(ds, id) == place
    assert locate(ds, id).table == place.table and type(locate(ds, id).position) is int


def test_a_name_is_as_good_as_an_id(ds):
    assert locate(ds, "Aland") == locate(ds, "CN-AA") and locate(ds, "btown").position == 2
    with pytest.raises(ValueError) as told:
        locate(ds, "Alend")
    assert says(told, "'Alend'", "Aland (CN-AA)")


def test_a_name_of_several_rows_is_told_with_their_tables(ds):
    named = ds.participants.reindex([0]).assign(organisation_id="firm", name_en="Aland")
    with pytest.raises(ValueError) as told:
        locate(ds.with_tables(participants=named), "Aland")
    assert says(told, "'Aland' may be CN-AA (places), firm (participants)", "give the id")


def test_an_id_is_text(ds):
    with pytest.raises(ValueError, match="^an id is text, such as '.*', not 5$"):
        locate(ds, 5)


def test_an_unknown_id_is_told_with_the_three_nearest_and_their_tables(ds):
    with pytest.raises(ValueError) as told:
        locate(ds, "CN-AA-c")
    assert says(told, "'CN-AA-c'", "Btown (CN-AA-b), Aland (CN-AA)")
    many = with_ids(ds, "name-1", "name-23", "name-2", "name-3", "name-4", "name-5")
    assert str(unknown_id(many, "name-23x")) == (
        "no table has the id or name 'name-23x'. The nearest are name-23 (sources), name-3 (sources), name-2 (sources)"
    )


def test_the_tables_that_were_searched_are_told(ds):
    both = unknown_id(ds, "t12", ["regional_targets", "policy_documents"])
    assert str(both) == (
        "regional_targets and policy_documents don't have the id 't12'. The nearest are t1 (regional_targets)"
    )
    one = unknown_id(ds, "CN-A", ["sources"])
    assert str(one) == (
        "sources don't have the id 'CN-A', and none is like it. The first column of each table has its ids; "
        "ma.search(ds, 'CN-A') looks for words"
    )


def test_rows_without_an_id_are_no_hindrance(ds):
    assert str(unknown_id(with_ids(ds, "wanted", None, None), "wante")) == (
        "no table has the id or name 'wante'. The nearest are wanted (sources)"
    )


def near(ds: ma.Dataset, *names: str) -> str:
    return str(unknown_id(with_ids(ds, *names), WANTED, ["sources"])).partition("nearest are ")[2]


def test_few_ids_are_all_compared_by_their_letters(ds, monkeypatch):
    monkeypatch.setattr(ids, "COMPARED", len(NEAR))
    assert near(ds, *NEAR) == "bcdef-longes-zz (sources), yy-long.st (sources), abcdefgh (sources)"


def test_of_many_ids_those_are_compared_that_share_the_beginning_or_the_longest_part(ds, monkeypatch):
    monkeypatch.setattr(ids, "COMPARED", len(NEAR) - 1)
    assert near(ds, *NEAR) == "yy-long.st (sources), abcdefgh (sources)"


def test_no_more_than_so_many_are_compared(ds, monkeypatch):
    monkeypatch.setattr(ids, "COMPARED", 2)
    assert near(ds, "abcdefgh", "yy-long.st", "abcdef-long") == "yy-long.st (sources), abcdefgh (sources)"


def test_an_id_is_only_named_as_near_if_half_of_its_letters_agree(ds):
    assert "none is like it" in str(unknown_id(with_ids(ds, "abcd"), "abxyz", ["sources"]))  # 4 of 9 letters
    assert "abcd (sources)" in str(unknown_id(with_ids(ds, "abcd"), "abxy", ["sources"]))  # 4 of 8
