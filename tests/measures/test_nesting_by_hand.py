"""Children and parents: types of every column, drafts among the children, order and index."""

import pandas as pd
import pytest
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, TARGET, load_rows, plain, scope_label

import metaverse_analysis as ma

DRAFT = DOCUMENT | {
    "document_id": "d0", "family_id": "d0", "status": "draft", "issued_date": "", "consultation_date": "2023-08",
}  # fmt: skip
PLACES = [
    CHINA,
    PROVINCE,
    CITY,
    CITY | {"place_id": "CN-AA-c", "name_en": "Ctown", "name_zh": "丙市"},
    PROVINCE | {"place_id": "CN-BB", "name_en": "Bland", "name_zh": "丁省"},
    CITY | {"place_id": "CN-BB-d", "name_en": "Dtown", "name_zh": "戊市", "parent_id": "CN-BB"},
]


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    aims = [
        ("CN-AA-b", "3", "d0", "exact"),
        ("CN-AA-c", "2", "d1", "over"),
        ("CN-BB-d", "20", "d0", "about"),
        ("CN-AA", "10", "d1", "at_least"),
    ]
    rows = {
        "places": PLACES,
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


def test_every_column_of_the_sums(ds):
    table = ma.children_sums(ds)
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


def test_types_of_the_pairs_whether_there_are_any_or_not(ds):
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
    pairs = ma.nesting(ds)
    assert pairs.dtypes.astype(str).to_dict() == types
    assert pairs[["target_id", "children", "share_of_parent_pct"]].values.tolist() == [
        ["t0", 2, 30],
        ["t1", 2, 20],
    ]
    alone = ds.with_tables(regional_targets=ds.regional_targets.iloc[:1])
    assert ma.nesting(alone).empty and ma.nesting(alone).dtypes.astype(str).to_dict() == types
    none = ma.children_sums(ds.with_tables(regional_targets=ds.regional_targets.iloc[:0]))
    assert none.empty and none.dtypes.astype(str).to_dict() == SUMS


def test_children_of_another_kind_are_not_the_parent_s(ds):
    targets = ds.regional_targets.assign(target_year=pd.array([2024, 2024, 2025, 2025], "Int64"))
    pairs = ma.nesting(ds.with_tables(regional_targets=targets))
    assert pairs.children.isna().all() and str(pairs.children.dtype) == "Int64"
    assert pairs.differs.tolist() == ["year", "year"]


def test_the_largest_sum_stands_first_then_the_earlier_year(ds):
    targets = ds.regional_targets.assign(value=[9.0, 8.0, 12.0, 10.0])
    sums = ma.children_sums(ds.with_tables(regional_targets=targets))
    assert sums[["place_id", "children_sum_cny_bn"]].values.tolist() == [
        ["CN-AA", 17],
        ["CN-BB", 12],
        ["CN", 10],
    ]
    assert sums.index.tolist() == [0, 1, 2]
    years = ds.regional_targets.head(2).assign(value=5.0, target_year=pd.array([2026, 2024], "Int64"))
    sums = ma.children_sums(ds.with_tables(regional_targets=years))
    assert sums[["place_id", "target_year"]].values.tolist() == [["CN-AA", 2024], ["CN-AA", 2026]]


def test_unlike_things_under_one_name_differ_in_things(ds):
    targets = ds.regional_targets
    bag = targets.assign(
        scope=pd.Categorical(["metaverse_subsector"] * 4, targets.scope.cat.categories, ordered=True)
    )
    pairs = ma.nesting(ds.with_tables(regional_targets=bag.astype(targets.dtypes.to_dict())))
    assert pairs.differs.tolist() == ["things", "things"] and not pairs.like_for_like.any()
    assert pairs.same_scope.all()
