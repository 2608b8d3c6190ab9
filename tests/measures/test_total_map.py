"""Where a sum of targets lies: every column, worked by hand on eight provinces."""

from dataclasses import replace

import pytest
from tiny import CHINA, DOCUMENT, TARGET, load_rows, plain, scope_label

import metaverse_analysis as ma

DRAFT = {"status": "draft", "issued_date": "", "consultation_date": "2023-08-01"}


def place(name: str, level: str = "province", above: str = "CN", **more: str) -> dict[str, str]:
    return {
        "place_id": name,
        "name_en": f"The {name}",
        "name_zh": name,
        "level": level,
        "parent_id": above,
    } | more


def aim(name: str, where: str, value: str, **more: str) -> dict[str, str]:
    return TARGET | {"target_id": name, "place_id": where, "value": value} | more


ROWS = {
    "places": [
        CHINA,
        place("whole", grid_column="5", grid_row="2"),
        place("parts"),
        place("scope", grid_column="1", grid_row="1"),
        *(place(name) for name in ("plan", "near", "none", "unseen", "firm")),
        place("city", "city", "parts"),
        place("zone", "district", "city"),
        place("town", "city", "parts"),
        place("inside", "city", "whole"),
    ],
    "policy_documents": [
        DOCUMENT | {"place_id": "whole"},
        DOCUMENT | {"place_id": "parts", "document_id": "d2", "family_id": "d2"} | DRAFT,
    ],
    "regional_targets": [
        aim("t1", "whole", "250", qualifier="at_least"),
        aim("t2", "zone", "20", document_id="d2"),
        aim("t3", "town", "30", qualifier="over", document_id="d2"),
        aim("t4", "inside", "40"),
        aim("t5", "scope", "60", scope="metaverse_core"),
        aim("t6", "firm", "10"),
    ],
    "coverage": [
        {"place_id": name, "searched_on": "2026-11-01", "finding": finding}
        for name, finding in {
            "unseen": "not_searched", "near": "adjacent_only", "whole": "scale_target", "plan": "plan_without_scale",
            "parts": "none_found", "scope": "scale_target", "none": "none_found", "firm": "scale_target",
        }.items()
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("map") / "tables", ROWS)


TYPES = {
    "place_id": "str", "place": "str", "grid_column": "Int64", "grid_row": "Int64", "state": "str",
    "amount_cny_bn": "float64", "or_more": "boolean", "drafts": "Int64", "contributors": "str", "scope_label": "str",
    "year": "int64",
}  # fmt: skip


@pytest.fixture(scope="module")
def total(ds):
    return ma.add_up(ma.market_targets(ds), scope="metaverse_related", year=2025)


def test_every_column(ds, total):
    table = ma.total_map(ds, total)
    assert table.index.tolist() == list(range(8))
    assert table.dtypes.astype(str).to_dict() == TYPES
    assert list(table) == list(TYPES)
    names = ["unseen", "near", "whole", "plan", "parts", "scope", "none", "firm"]
    assert plain(table) == {
        "place_id": names,
        "place": [f"The {name}" for name in names],
        "grid_column": [None, None, 5, None, None, 1, None, None],
        "grid_row": [None, None, 2, None, None, 1, None, None],
        "state": [
            *["not_searched", "adjacent_only", "own_target", "plan_only", "inside_only", "other_target"],
            *["none_found", "own_target"],
        ],
        "amount_cny_bn": [None, None, 250, None, 50, None, None, 10],
        "or_more": [None, None, True, None, True, None, None, False],
        "drafts": [None, None, 0, None, 2, None, None, 0],
        "contributors": [None, None, "The whole", None, "The town;The zone", None, None, "The firm"],
        "scope_label": [scope_label("metaverse_related")] * 8,
        "year": [2025] * 8,
    }


def test_nothing_in_the_sum_leaves_what_was_found(ds, total):
    table = ma.total_map(ds, replace(total, included=total.included.iloc[:0]))
    assert table.dtypes.astype(str).to_dict() == TYPES
    assert table.state.tolist() == [
        *["not_searched", "adjacent_only", "other_target", "plan_only", "none_found", "other_target"],
        *["none_found", "other_target"],
    ]
    assert table[["amount_cny_bn", "or_more", "drafts", "contributors"]].isna().all(axis=None)


def test_no_province_gives_no_row(ds, total):
    table = ma.total_map(ds.with_tables(coverage=ds["coverage"].iloc[:0]), total)
    assert table.empty and table.dtypes.astype(str).to_dict() == TYPES
