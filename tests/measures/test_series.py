"""Promised and reported year by year: every column of the table, worked by hand on a few targets and figures."""

import pandas as pd
import pytest
from tiny import DOCUMENT, SOURCE, TARGET, load_rows, plain, scope_label

import metaverse_analysis as ma

ANOTHER = SOURCE | {"source_id": "s2", "publisher": "Another paper", "url": "https://example.org/2"}
DRAFT = DOCUMENT | {
    "document_id": "d2",
    "status": "draft",
    "issued_date": "",
    "consultation_date": "2023-08-01",
}


def aim(name: str, year: str, value: str, **more: str) -> dict[str, str]:
    return TARGET | {"target_id": name, "scope": "vr_xr", "target_year": year, "value": value} | more


def figure(name: str, year: str, value: str, **more: str) -> dict[str, str]:
    return {
        "outcome_id": name, "place_id": "CN-AA", "indicator": "market_scale", "measure": "revenue", "scope": "vr_xr",
        "value": value, "unit": "billion CNY", "qualifier": "exact", "year": year, "source_ids": "s1",
    } | more  # fmt: skip


AIMS = [
    aim("late", "2025", "250", scope_note="VR and AR", source_ids="s1;s2"),
    aim("range", "2024", "300", value_max="500", unit="million USD", qualifier="range", document_id="d2"),
    aim("again", "2025", "250", repeats_target_id="late"),
    aim("undated", "", "9"),
    aim("inside", "2025", "9", place_id="CN-AA-b"),
    aim("wide", "2025", "9", scope="metaverse_related"),
]
FIGURES = [
    figure("half", "2025", "140", period="2025-01/2025-06", qualifier="over"),
    figure("whole", "2025", "260", period="2025-01/2025-12", scope_note="VR only", source_ids="s1;s2"),
    figure("early", "2024", "2000", unit="million CNY"),
    figure("output", "2024", "3", measure="output", qualifier="about", unit="billion HKD"),
    figure("elsewhere", "2024", "9", place_id="CN-AA-b"),
    figure("narrow", "2024", "9", scope="metaverse_core"),
]
TYPES = {
    "kind": "str", "id": "str", "place": "str", "scope_label": "str", "year": "Int64", "measure": "str",
    "measure_label": "str", "value_bn": "float64", "value_max_bn": "float64", "currency": "str", "qualifier": "str",
    "whole_year": "bool", "period": "str", "status": "str", "repeats_target_id": "str", "reported_by": "str",
    "confidence": "category", "words": "str", "source_ids": "str",
}  # fmt: skip


def folder(path, **tables: list[dict[str, str]]) -> ma.Dataset:
    return load_rows(path, {"sources": [SOURCE, ANOTHER], "policy_documents": [DOCUMENT, DRAFT], **tables})


def test_every_column_of_the_series(tmp_path):
    ds = folder(tmp_path, regional_targets=AIMS, outcomes=FIGURES)
    table = ma.reported_series(ds, place="Aland", scope="vr_xr")
    assert table.index.tolist() == list(range(7))
    assert table.dtypes.astype(str).to_dict() == TYPES
    assert plain(table) == {
        "kind": ["target", "reported", "reported", "target", "target", "reported", "reported"],
        "id": ["range", "early", "output", "late", "again", "half", "whole"],
        "place": ["Aland"] * 7,
        "scope_label": [scope_label("vr_xr")] * 7,
        "year": [2024, 2024, 2024, 2025, 2025, 2025, 2025],
        "measure": ["industry_scale", "revenue", "output", *["industry_scale"] * 2, *["revenue"] * 2],
        "measure_label": ["industry scale", "revenue", "output", *["industry scale"] * 2, *["revenue"] * 2],
        "value_bn": [0.3, 2, 3, 250, 250, 140, 260],
        "value_max_bn": [0.5, None, None, None, None, None, None],
        "currency": ["USD", "CNY", "HKD", "CNY", "CNY", "CNY", "CNY"],
        "qualifier": ["range", "exact", "about", "exact", "exact", "over", "exact"],
        "whole_year": [True, True, True, True, True, False, True],
        "period": [None, None, None, None, None, "2025-01/2025-06", "2025-01/2025-12"],
        "status": ["draft", None, None, "issued", "issued", None, None],
        "repeats_target_id": [None, None, None, None, "late", None, None],
        "reported_by": [None, "A paper", "A paper", None, None, "A paper", "A paper; Another paper"],
        "confidence": [None, "medium", "medium", None, None, "medium", "high"],
        "words": [None, None, None, "VR and AR", None, None, "VR only"],
        "source_ids": ["s1", "s1", "s1", "s1;s2", "s1", "s1", "s1;s2"],
    }
    assert list(table) == list(TYPES)


def test_targets_alone_or_figures_alone_are_the_same_rows_of_the_same_types(tmp_path):
    both = ma.reported_series(
        folder(tmp_path / "both", regional_targets=AIMS, outcomes=FIGURES), place="Aland", scope="vr_xr"
    )
    promised = folder(tmp_path / "targets", regional_targets=AIMS)
    reported = folder(tmp_path / "figures", regional_targets=[], outcomes=FIGURES)
    for ds, kind in ((promised, "target"), (reported, "reported")):
        alone = ma.reported_series(ds, place="Aland", scope="vr_xr")
        pd.testing.assert_frame_equal(alone, both[both.kind == kind].reset_index(drop=True))


def test_codes_are_text_where_both_tables_allow_the_same(tmp_path):
    ds = folder(tmp_path, regional_targets=AIMS, outcomes=FIGURES)
    allowed = {name: ds.regional_targets[name].dtype for name in ("measure", "qualifier")}
    alike = ds.with_tables(outcomes=ds.outcomes.astype(allowed))
    table = ma.reported_series(alike, place="Aland", scope="vr_xr")
    assert table.dtypes.astype(str).to_dict() == TYPES


def test_rows_of_one_year_keep_the_order_of_the_tables(tmp_path):
    many = [aim(f"t{99 - number}", "2025", "250") for number in range(60)]
    ds = folder(tmp_path, regional_targets=many)
    found = ma.reported_series(ds, place="Aland", scope="vr_xr")
    assert found.id.tolist() == [row["target_id"] for row in many]


@pytest.mark.parametrize(
    ("place", "scope", "words"),
    [
        (
            "Aland",
            "digital_human",
            "CN-AA has .* 'digital_human'; it has metaverse_core, metaverse_related, vr_xr$",
        ),
        ("China", "vr_xr", "CN has neither .*; it has none$"),
    ],
)
def test_a_scope_that_the_place_lacks_is_told_with_those_that_it_has(tmp_path, place, scope, words):
    ds = folder(tmp_path, regional_targets=AIMS, outcomes=FIGURES)
    with pytest.raises(ValueError, match=words):
        ma.reported_series(ds, place=place, scope=scope)


def test_tables_of_any_index_and_a_single_row(tmp_path):
    ds = folder(tmp_path, regional_targets=AIMS, outcomes=FIGURES)
    found = ma.reported_series(ds, place="Aland", scope="vr_xr")
    moved = {
        name: ds[name].set_axis(range(len(ds[name]), 0, -1)) for name in ("regional_targets", "outcomes")
    }
    again = ma.reported_series(ds.with_tables(**moved), place="Aland", scope="vr_xr")
    pd.testing.assert_frame_equal(again, found)
    one = ma.reported_series(ds, place="Aland", scope="metaverse_core")
    assert one[["id", "scope_label"]].values.tolist() == [["narrow", scope_label("metaverse_core")]]
