"""What a function takes: the table of a measure, whatever was done to it, or an error that says what is wanted."""

import io

import pandas as pd
import pytest

from metaverse_analysis.tables.needs import each_once, expects, needs

TABLE = pd.DataFrame(
    {
        "target_id": ["a", "b", "c"],
        "target_year": pd.array([2025, None, 2024], dtype="Int64"),
        "amount_cny_bn": [250.0, 1.5, None],
        "share_pct": [10.0, 20.0, None],
        "comparable": pd.array([True, None, False], dtype="boolean"),
        "first_day": pd.to_datetime(pd.Series(["2023-09-15", None, "2024-01-01"])).astype("datetime64[us]"),
        "words_zh": ["甲", None, "丙"],
        "n": [1, 2, 3],
    }
)


def taken(table, columns=("target_id",)):
    return needs(table, list(columns), given_by="market_targets", taker="add_up")


def read_again(table, **options):
    return pd.read_csv(io.StringIO(table.to_csv(index=False)), **options)


@pytest.mark.parametrize(
    "worked_on",
    [
        TABLE.convert_dtypes(),
        TABLE.convert_dtypes(dtype_backend="pyarrow"),
        TABLE.astype("object"),
        read_again(TABLE),
        read_again(TABLE, dtype_backend="pyarrow"),
        read_again(TABLE, dtype=str),
        TABLE.set_index("target_id", drop=False),
        TABLE.set_index("target_id"),
        TABLE.set_index(["target_id", "target_year"]),
        TABLE.set_axis([3, 3, 3]),
        pd.concat([TABLE[:1], TABLE[1:]]),
    ],
    ids="nullable arrow object csv arrow-csv text-csv kept-index index levels labels parts".split(),  # noqa: SIM905
)
def test_a_table_that_was_worked_on_is_like_the_measures_own(worked_on):
    before = worked_on.copy(deep=True)
    found = taken(worked_on)[list(TABLE)].replace({"comparable": {"True": True, "False": False}})
    assert found.drop(columns="n").astype({"comparable": "boolean"}).equals(TABLE.drop(columns="n"))
    assert found["n"].astype("int64").tolist() == [1, 2, 3]
    pd.testing.assert_frame_equal(worked_on, before)


def test_a_measures_table_keeps_its_types_and_its_order():
    table = TABLE.assign(scope=pd.Categorical(["x", "y", "x"], categories=["y", "x"], ordered=True))[::-1]
    pd.testing.assert_frame_equal(taken(table), table.reset_index(drop=True))


def test_cells_that_fit_no_type_stay():
    table = pd.DataFrame({"target_id": ["a", "b"], "year": ["2025", "some day"], "share_pct": ["?", "1"]})
    assert taken(table).to_dict("list") == table.to_dict("list")


def test_an_empty_table_is_no_error():
    assert taken(TABLE[:0]).dtypes.equals(TABLE.dtypes)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (None, "and not None"),
        ("t.csv", "and not 't.csv'"),
        ([1, 2], "and not a list"),
        (TABLE["n"], "and not a Series"),
        (TABLE[["n"]], "; this one lacks target_id, amount_cny_bn"),
        (
            pd.concat([TABLE, TABLE[["n"]]], axis=1),
            "; this one has the column n more than once",
        ),
    ],
)
def test_anything_else_is_told_in_words(wrong, said):
    with pytest.raises(ValueError) as error:
        taken(wrong, ["target_id", "amount_cny_bn"])
    assert str(error.value).startswith("add_up takes the table that ma.market_targets gives")
    assert str(error.value).endswith(said)


def test_another_kind_is_told_in_words():
    expects({}, dict, given_by="load", taker="market_targets")
    with pytest.raises(ValueError, match="^total takes what ma.add_up gives, and not a DataFrame$"):
        expects(TABLE, dict, given_by="add_up", taker="total")


def test_rows_that_stand_twice_count_once():
    twice = taken(pd.concat([TABLE, read_again(TABLE)]))
    once = each_once(twice, "target_id", list(TABLE.columns.drop("n")), taker="add_up")
    assert once.index.tolist() == [0, 1, 2]


def test_rows_without_an_id_stay():
    table = TABLE.assign(target_id=[None, None, "a"])
    assert len(each_once(table, "target_id", ["n"], taker="add_up")) == 3


def test_rows_of_one_id_that_differ_are_refused():
    other = TABLE.assign(amount_cny_bn=[251.0, 1.5, None], n=0)
    with pytest.raises(ValueError, match=r"^add_up: rows of one target_id differ in amount_cny_bn \(a\)"):
        each_once(pd.concat([TABLE, other]), "target_id", ["target_id", "amount_cny_bn"], taker="add_up")
