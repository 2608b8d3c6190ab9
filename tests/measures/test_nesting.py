"""Places inside places: shares, what differs, and sums of direct children.

Children and parents: types of every column, drafts among the children, order and index.
"""

import pandas as pd
import pytest
from made_once import packaged
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, TARGET, load_rows, plain, scope_label

import metaverse_analysis as ma

DISTRICT = {
    "place_id": "CN-AA-b-c",
    "name_en": "Cton",
    "name_zh": "丙",
    "level": "district",
    "parent_id": "CN-AA-b",
}
SECOND = {"place_id": "CN-AA-e", "name_en": "Eville", "name_zh": "丙", "level": "city", "parent_id": "CN-AA"}
PLACES = [CHINA, PROVINCE, CITY, SECOND, DISTRICT]


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
    def make(targets):
        full = [TARGET | {"target_id": f"t{i}"} | one for i, one in enumerate(targets)]
        return load_rows(tmp_path / "a", {"places": PLACES, "regional_targets": full})

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


@pytest.fixture
def by_hand(made_up):
    """A province with 10, two cities with 6 and "over 8", and a district with 30 of something else a year later."""
    return made_up(
        [
            {"place_id": "CN-AA", "value": "10"},
            {"place_id": "CN-AA-b", "value": "6"},
            {"place_id": "CN-AA-e", "value": "8000", "unit": "million CNY", "qualifier": "over"},
            {
                "place_id": "CN-AA-b-c",
                "value": "30",
                "scope": "vr_xr",
                "target_year": "2026",
                "measure": "output",
            },
        ]
    )


def test_every_column_of_a_table_worked_by_hand(by_hand):
    table = ma.nesting(by_hand)
    assert table.index.tolist() == [0, 1, 2, 3]
    industry, related = "industry_scale", "metaverse_related"
    assert plain(table) == {
        "target_id": ["t2", "t1", "t3", "t3"],
        "place_id": ["CN-AA-e", "CN-AA-b", "CN-AA-b-c", "CN-AA-b-c"],
        "place": ["Eville", "Btown", "Cton", "Cton"],
        "level": ["city", "city", "district", "district"],
        "scope": [related, related, "vr_xr", "vr_xr"],
        "scope_label": [
            scope_label("metaverse_related"),
            scope_label("metaverse_related"),
            scope_label("vr_xr"),
            scope_label("vr_xr"),
        ],
        "measure": [industry, industry, "output", "output"],
        "target_year": [2025, 2025, 2026, 2026],
        "status": ["issued"] * 4,
        "qualifier": ["over", "exact", "exact", "exact"],
        "amount": [8000, 6, 30, 30],
        "unit": ["million", "billion", "billion", "billion"],
        "currency": ["CNY"] * 4,
        "amount_cny_bn": [8, 6, 30, 30],
        "parent_place_id": ["CN-AA", "CN-AA", "CN-AA-b", "CN-AA"],
        "distance": [1, 1, 1, 2],
        "parent_target_id": ["t0", "t0", "t1", "t0"],
        "parent_place": ["Aland", "Aland", "Btown", "Aland"],
        "parent_level": ["province", "province", "city", "province"],
        "parent_scope": [related] * 4,
        "parent_scope_label": [scope_label("metaverse_related")] * 4,
        "parent_measure": [industry] * 4,
        "parent_target_year": [2025] * 4,
        "parent_status": ["issued"] * 4,
        "parent_qualifier": ["exact"] * 4,
        "parent_amount": [10, 10, 6, 10],
        "parent_unit": ["billion"] * 4,
        "parent_currency": ["CNY"] * 4,
        "parent_amount_cny_bn": [10, 10, 6, 10],
        "share_of_parent_pct": [80, 60, 500, 300],
        "exceeds_parent": [False, False, True, True],
        "same_topic": [True, True, False, False],
        "same_scope": [True, True, False, False],
        "same_measure": [True, True, False, False],
        "same_year": [True, True, False, False],
        "like_for_like": [True, True, False, False],
        "differs": ["", "", "scope, measure, year", "scope, measure, year"],
        "children_sum_cny_bn": [14, 14, None, 14],
        "children": [2, 2, None, 2],
    }


def test_sums_of_children_worked_by_hand(by_hand):
    assert plain(ma.children_sums(by_hand)) == {
        "place_id": ["CN-AA-b", "CN-AA", "CN"],
        "place": ["Btown", "Aland", "China"],
        "scope": ["vr_xr", "metaverse_related", "metaverse_related"],
        "measure": ["output", "industry_scale", "industry_scale"],
        "target_year": [2026, 2025, 2025],
        "scope_label": [
            scope_label("vr_xr"),
            scope_label("metaverse_related"),
            scope_label("metaverse_related"),
        ],
        "children": [1, 2, 1],
        "children_sum_cny_bn": [30, 14, 10],
        "or_more": [False, True, False],
        "drafts": [0, 0, 0],
        "amount_cny_bn": [None, 10, None],
        "sum_of_parent_pct": [None, 140, None],
    }


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


DRAFT = DOCUMENT | {
    "document_id": "d0", "family_id": "d0", "status": "draft", "issued_date": "", "consultation_date": "2023-08",
}  # fmt: skip
FIVE_PLACES = [
    CHINA,
    PROVINCE,
    CITY,
    CITY | {"place_id": "CN-AA-c", "name_en": "Ctown", "name_zh": "丙市"},
    PROVINCE | {"place_id": "CN-BB", "name_en": "Bland", "name_zh": "丁省"},
    CITY | {"place_id": "CN-BB-d", "name_en": "Dtown", "name_zh": "戊市", "parent_id": "CN-BB"},
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    aims = [
        ("CN-AA-b", "3", "d0", "exact"),
        ("CN-AA-c", "2", "d1", "over"),
        ("CN-BB-d", "20", "d0", "about"),
        ("CN-AA", "10", "d1", "at_least"),
    ]
    rows = {
        "places": FIVE_PLACES,
        "policy_documents": [DOCUMENT, DRAFT],
        "regional_targets": [
            TARGET
            | {
                "target_id": f"t{i}",
                "place_id": place,
                "value": value,
                "document_id": paper,
                "qualifier": hedge,
            }
            for i, (place, value, paper, hedge) in enumerate(aims)
        ],
    }
    return load_rows(tmp_path_factory.mktemp("nesting") / "tables", rows)


SUMS = {
    "place_id": "str", "place": "str", "scope": "category", "measure": "category", "target_year": "Int64",
    "scope_label": "str", "children": "int64", "children_sum_cny_bn": "float64", "or_more": "bool", "drafts": "int64",
    "amount_cny_bn": "float64", "sum_of_parent_pct": "float64",
}  # fmt: skip


def test_every_column_of_the_sums(tiny):
    table = ma.children_sums(tiny)
    assert table.index.tolist() == [0, 1, 2]
    assert table.dtypes.astype(str).to_dict() == SUMS and list(table) == list(SUMS)
    assert plain(table) == {
        "place_id": ["CN-BB", "CN", "CN-AA"],
        "place": ["Bland", "China", "Aland"],
        "scope": ["metaverse_related"] * 3,
        "measure": ["industry_scale"] * 3,
        "target_year": [2025] * 3,
        "scope_label": [scope_label("metaverse_related")] * 3,
        "children": [1, 1, 2],
        "children_sum_cny_bn": [20, 10, 5],
        "or_more": [False, True, True],
        "drafts": [1, 0, 1],
        "amount_cny_bn": [None, None, 10],
        "sum_of_parent_pct": [None, None, 50],
    }


def test_types_of_the_pairs_whether_there_are_any_or_not(tiny):
    own = {
        "target_id": "str", "place_id": "str", "place": "str", "level": "category", "scope": "category",
        "scope_label": "str", "measure": "category", "target_year": "Int64", "status": "category",
        "qualifier": "category", "amount": "float64", "unit": "str", "currency": "str", "amount_cny_bn": "float64",
    }  # fmt: skip
    types = own | {f"parent_{name}": kind for name, kind in own.items()} | {
        "distance": "int64", "share_of_parent_pct": "float64", "exceeds_parent": "boolean", "same_topic": "bool",
        "same_scope": "bool", "same_measure": "bool", "same_year": "bool", "like_for_like": "bool", "differs": "str",
        "children_sum_cny_bn": "float64", "children": "Int64",
    }  # fmt: skip
    pairs = ma.nesting(tiny)
    assert pairs.dtypes.astype(str).to_dict() == types
    assert pairs[["target_id", "children", "share_of_parent_pct"]].values.tolist() == [
        ["t0", 2, 30],
        ["t1", 2, 20],
    ]
    alone = tiny.with_tables(regional_targets=tiny.regional_targets.iloc[:1])
    assert ma.nesting(alone).empty and ma.nesting(alone).dtypes.astype(str).to_dict() == types
    none = ma.children_sums(tiny.with_tables(regional_targets=tiny.regional_targets.iloc[:0]))
    assert none.empty and none.dtypes.astype(str).to_dict() == SUMS


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
