"""Places inside places: shares, what differs, sums of direct children, drafts among them."""

import pandas as pd
import pytest
from made_once import packaged
from tiny import DOCUMENT, TARGET, load_rows
from whole_tables import kinds, stored_kinds
from worked.nesting import PLACES, targets

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def pairs():
    return ma.nesting(packaged())


def pair(table, place, parent, **other):
    rows = table[(table.place == place) & (table.parent_place == parent)]
    for name, value in other.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("place", "parent", "scope", "share"),
    [
        ("Zhengzhou", "Henan", "metaverse_driven", 200),
        ("Zhengzhou", "Henan", "metaverse_core", 166.7),
        ("Chengdu", "Sichuan", "metaverse_related", 60),
        ("Kunshan", "Suzhou", "metaverse_related", 50),
    ],
)
def test_like_for_like(pairs, place, parent, scope, share):
    row = pair(pairs, place, parent, scope=scope, parent_scope=scope)
    assert round(row.share_of_parent_pct, 1) == share and row.like_for_like and row.differs == ""
    assert row.exceeds_parent == (share > 100)


def test_unlike_pairs_say_what_differs(pairs):
    weifang = pair(pairs, "Weifang", "Shandong", parent_scope="metaverse_related")
    assert (weifang.amount_cny_bn, weifang.parent_amount_cny_bn, weifang.differs) == (350, 150, "scope, year")
    assert weifang.exceeds_parent and not weifang.like_for_like
    suzhou = pair(pairs, "Suzhou", "Jiangsu")
    assert (suzhou.share_of_parent_pct, suzhou.same_scope, suzhou.same_measure, suzhou.same_year) == (
        200,
        False,
        True,
        False,
    )
    assert (
        pair(pairs, "Zhengzhou", "Henan", scope="metaverse_driven", parent_scope="metaverse_driven").status
        == "draft"
    )
    assert pair(pairs, "Kunshan", "Jiangsu", scope="metaverse_related").distance == 2


def test_a_bag_of_unlike_things_is_never_like_for_like(pairs):
    bags = pairs[(pairs.scope == "metaverse_subsector") & pairs.same_scope]
    assert len(bags) and not bags.like_for_like.any() and bags.differs.str.contains("things").all()


def test_order_and_no_replaced_drafts(pairs):
    assert pairs.like_for_like.astype(int).is_monotonic_decreasing
    assert not pairs.target_id.isin(
        ["cn-sc-2023-draft-market-scale", "cn-sh-2022-investment-promotion-scale"]
    ).any()
    assert not pairs.duplicated(["target_id", "parent_target_id"]).any()


@pytest.fixture
def made_up(tmp_path):
    def make(rows):
        return load_rows(tmp_path / "a", {"places": PLACES, "regional_targets": targets(*rows)})

    return make


def test_only_direct_children_of_like_kind_are_added(made_up):
    ds = made_up(
        [
            {"place_id": "CN-AA", "value": "10"},
            {"place_id": "CN-AA-b", "value": "6"},
            {"place_id": "CN-AA-e", "value": "8", "qualifier": "over"},
            {"place_id": "CN-AA-b-c", "value": "5"},
            {"place_id": "CN-AA-e", "value": "50", "target_year": "2026"},
            {"place_id": "CN-AA-e", "value": "50", "scope": "metaverse_core"},
        ]
    )
    sums = ma.children_sums(ds).set_index(["place_id", "scope", "target_year"])
    own = sums.loc[("CN-AA", "metaverse_related", 2025)]
    assert (own.children, own.children_sum_cny_bn, own.amount_cny_bn) == (2, 14, 10)
    assert own.sum_of_parent_pct == pytest.approx(140) and own.or_more
    assert sums.loc[("CN-AA-b", "metaverse_related", 2025)].children_sum_cny_bn == 5
    assert pd.isna(sums.loc[("CN-AA", "metaverse_core", 2025)].amount_cny_bn)
    pairs = ma.nesting(ds)
    assert set(pairs[pairs.parent_target_id == "t0"].children_sum_cny_bn) == {14}
    assert pair(pairs, "Cton", "Aland").distance == 2


def test_other_currencies_are_compared_only_with_themselves(made_up):
    ds = made_up(
        [
            {"place_id": "CN-AA", "value": "10", "unit": "billion USD"},
            {"place_id": "CN-AA-b", "value": "500", "unit": "million USD"},
            {"place_id": "CN-AA-e", "value": "6"},
        ]
    )
    pairs = ma.nesting(ds)
    assert pair(pairs, "Btown", "Aland").share_of_parent_pct == pytest.approx(5)
    assert pd.isna(pair(pairs, "Eville", "Aland").share_of_parent_pct)
    assert pd.isna(pair(pairs, "Eville", "Aland").exceeds_parent)


def test_nothing_nested_gives_an_empty_table_with_its_columns(made_up, pairs):
    ds = made_up([{"place_id": "CN-AA"}])
    assert not len(ma.nesting(ds)) and list(ma.nesting(ds)) == list(pairs)
    assert list(ma.children_sums(made_up([]))) == list(ma.children_sums(packaged()))


def test_many_rows_for_one_place_do_not_multiply(made_up):
    ds = made_up([{"place_id": p, "value": str(v)} for p in ("CN-AA", "CN-AA-b") for v in range(1, 301)])
    assert len(ma.nesting(ds)) == 1


def test_documents_are_not_needed_to_have_dates(tmp_path):
    rows = [TARGET, TARGET | {"target_id": "t2", "place_id": "CN-AA-b"}]
    ds = load_rows(
        tmp_path / "a", {"policy_documents": [DOCUMENT | {"issued_date": ""}], "regional_targets": rows}
    )
    assert ma.nesting(ds).share_of_parent_pct.tolist() == [100]


def test_equal_shares_and_sums_stand_in_the_order_of_ids(made_up):
    ds = made_up(
        [{"place_id": place, "value": "7"} for place in ("CN-AA-b-c", "CN-AA-e", "CN-AA-b", "CN-AA")]
    )
    pairs = ma.nesting(ds)
    assert list(zip(pairs.target_id, pairs.parent_target_id, strict=True)) == [
        ("t0", "t2"), ("t0", "t3"), ("t1", "t3"), ("t2", "t3"),
    ]  # fmt: skip
    assert ma.children_sums(ds).place_id.tolist() == ["CN-AA", "CN", "CN-AA-b"]
    assert not pairs.exceeds_parent.any(), "as much is not more"


def test_targets_without_a_year_are_compared_and_never_added(made_up):
    ds = made_up([{"place_id": place, "target_year": ""} for place in ("CN-AA", "CN-AA-b")])
    pairs = ma.nesting(ds)
    assert pairs.differs.tolist() == ["year"] and pairs.children_sum_cny_bn.isna().all()
    assert not len(ma.children_sums(ds))


def test_a_share_of_nothing_is_unknown(made_up):
    ds = made_up([{"place_id": "CN-AA", "value": "0"}, {"place_id": "CN-AA-b", "value": "5"}])
    pairs = ma.nesting(ds)
    assert pairs.share_of_parent_pct.isna().all() and pairs.exceeds_parent.isna().all()
    sums = ma.children_sums(ds).set_index("place_id")
    assert pd.isna(sums.sum_of_parent_pct["CN-AA"])


def test_the_schema_says_which_scopes_are_of_one_topic(made_up):
    ds = made_up([{"place_id": "CN-AA"}, {"place_id": "CN-AA-b", "scope": "metaverse_core"}])
    pairs = ma.nesting(ds)
    assert pairs.same_topic.tolist() == [True] and pairs.differs.tolist() == ["scope"]


@pytest.fixture(scope="module")
def tiny(worked) -> ma.Dataset:
    return worked("nesting_drafts")


def test_types_of_the_pairs_whether_there_are_any_or_not(tiny):
    types = stored_kinds("nesting/nesting")
    pairs = ma.nesting(tiny)
    assert kinds(pairs) == types
    assert pairs[["target_id", "children", "share_of_parent_pct"]].values.tolist() == [
        ["t0", 2, 30],
        ["t1", 2, 20],
    ]
    alone = tiny.with_tables(regional_targets=tiny.regional_targets.iloc[:1])
    assert ma.nesting(alone).empty and kinds(ma.nesting(alone)) == types
    none = ma.children_sums(tiny.with_tables(regional_targets=tiny.regional_targets.iloc[:0]))
    assert none.empty and kinds(none) == stored_kinds("nesting/children_sums")


def test_children_of_another_kind_are_not_the_parent_s(tiny):
    targets = tiny.regional_targets.assign(target_year=pd.array([2024, 2024, 2025, 2025], "Int64"))
    pairs = ma.nesting(tiny.with_tables(regional_targets=targets))
    assert pairs.children.isna().all() and str(pairs.children.dtype) == "Int64"
    assert pairs.differs.tolist() == ["year", "year"]


def test_the_largest_sum_stands_first_then_the_earlier_year(tiny):
    targets = tiny.regional_targets.assign(value=[9.0, 8.0, 12.0, 10.0])
    sums = ma.children_sums(tiny.with_tables(regional_targets=targets))
    assert sums[["place_id", "children_sum_cny_bn"]].values.tolist() == [
        ["CN-AA", 17],
        ["CN-BB", 12],
        ["CN", 10],
    ]
    assert sums.index.tolist() == [0, 1, 2]
    years = tiny.regional_targets.head(2).assign(value=5.0, target_year=pd.array([2026, 2024], "Int64"))
    sums = ma.children_sums(tiny.with_tables(regional_targets=years))
    assert sums[["place_id", "target_year"]].values.tolist() == [["CN-AA", 2024], ["CN-AA", 2026]]


def test_unlike_things_under_one_name_differ_in_things(tiny):
    targets = tiny.regional_targets
    bag = targets.assign(
        scope=pd.Categorical(["metaverse_subsector"] * 4, targets.scope.cat.categories, ordered=True)
    )
    pairs = ma.nesting(tiny.with_tables(regional_targets=bag.astype(targets.dtypes.to_dict())))
    assert pairs.differs.tolist() == ["things", "things"] and not pairs.like_for_like.any()
    assert pairs.same_scope.all()
