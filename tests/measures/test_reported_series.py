"""Promised and reported year by year: every column of the table, worked by hand on a few targets and figures."""

import pandas as pd
import pytest
from tiny import DOCUMENT, SOURCE, load_rows, scope_label
from whole_tables import kinds, stored_kinds
from worked.reported_series import AIMS, ANOTHER, DRAFT, FIGURES, aim

import metaverse_analysis as ma


def folder(path, **tables: list[dict[str, str]]) -> ma.Dataset:
    return load_rows(path, {"sources": [SOURCE, ANOTHER], "policy_documents": [DOCUMENT, DRAFT], **tables})


def test_targets_alone_or_figures_alone_are_the_same_rows_of_the_same_types(tmp_path):
    both = ma.reported_series(
        folder(tmp_path / "both", regional_targets=AIMS, outcomes=FIGURES), place="Aland", scope="vr_xr"
    )
    promised = folder(tmp_path / "targets", regional_targets=AIMS)
    reported = folder(tmp_path / "figures", regional_targets=[], outcomes=FIGURES)
    for ds, kind in ((promised, "target"), (reported, "reported")):
        alone = ma.reported_series(ds, place="Aland", scope="vr_xr")
        pd.testing.assert_frame_equal(alone, both[both.record == kind].reset_index(drop=True))


def test_codes_are_text_where_both_tables_allow_the_same(tmp_path):
    ds = folder(tmp_path, regional_targets=AIMS, outcomes=FIGURES)
    allowed = {name: ds.regional_targets[name].dtype for name in ("measure", "qualifier")}
    alike = ds.with_tables(outcomes=ds.outcomes.astype(allowed))
    table = ma.reported_series(alike, place="Aland", scope="vr_xr")
    assert kinds(table) == stored_kinds("reported_series/reported_series")


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


@pytest.mark.parametrize(
    ("hedges", "verdict"),
    [
        (["exact"], "yes"),
        (["over"], "yes"),
        (["up_to"], "unclear"),
        (["exact", "up_to"], "unclear"),
    ],
)
def test_a_target_is_held_against_the_figures_of_its_measure_and_year(tmp_path, hedges, verdict):
    aims = [aim("met", "2025", "250", measure="revenue"), aim("other", "2025", "250")]
    found = [FIGURES[1] | {"outcome_id": f"o{n}", "qualifier": hedge} for n, hedge in enumerate(hedges)]
    series = ma.reported_series(
        folder(tmp_path, regional_targets=aims, outcomes=[*found, FIGURES[0]]), place="Aland", scope="vr_xr"
    ).set_index("id")
    assert series.reached["met"] == verdict
    assert series.reached.notna().sum() == 1


def test_a_target_that_the_figure_stays_below_is_missed(tmp_path):
    aims = [aim("missed", "2025", "300", measure="revenue")]
    ds = folder(tmp_path, regional_targets=aims, outcomes=[FIGURES[1]])
    assert ma.reported_series(ds, place="Aland", scope="vr_xr").reached.dropna().tolist() == ["no"]
