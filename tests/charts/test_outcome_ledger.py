"""Promised beside reported: bars and ticks against the table, the others in words, at every size."""

import numpy as np
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour

TODAY = "2026-11-23"


@pytest.fixture(scope="module")
def ledger():
    return made(ma.outcome_ledger, today=TODAY, rate_on="2024-01-19")


def sizes(ledger: pd.DataFrame) -> pd.DataFrame:
    rows = ledger[(ledger.target_kind == "market_size") & ledger.repeats_target_id.isna()]
    return rows[(rows.finding != "superseded") & (rows.currency == "CNY")]


def test_bars_are_the_reported_figures_and_ticks_their_targets(ledger):
    ax = charts.outcome_ledger(ledger)
    alike = sizes(ledger)[sizes(ledger).finding == "reported"]
    bars = sorted(patch.get_width() for patch in ax.patches if patch.get_gid() == "reported")
    ticks = sorted(line.get_segments()[0][0][0] for line in ax.collections if line.get_gid() == "target")
    assert bars == sorted(alike.outcome_bn) and ticks == sorted(alike.target_bn)
    told = words(ax)
    assert {"102% of the target", "121% of the target"} <= set(told)
    assert "¥81.2 bn ($11 bn), ¥80 bn promised" in told


def test_the_title_counts_what_is_due_and_says_what_was_reached(ledger):
    due = sizes(ledger).target_id.nunique()
    title = said(charts.outcome_ledger(ledger), "title")
    assert (
        title
        == f"Of {due} market sizes that are due, 2 have a result of the same kind: both were reported as reached"
    )
    missed = ledger.assign(reached=ledger.reached.where(ledger.target_year != 2022, "no"))
    assert "2 have a result of the same kind: 1 of them reported as reached" in said(
        charts.outcome_ledger(missed), "title"
    )
    none = ledger[ledger.finding != "reported"]
    assert said(charts.outcome_ledger(none), "title").startswith(
        f"None of {due - 1} market sizes that are due"
    ) or ("None of" in said(charts.outcome_ledger(none), "title"))


def test_other_figures_say_what_they_are_of(ledger):
    told = words(charts.outcome_ledger(ledger))
    assert "Sichuan, 2025" in told
    assert "¥120 bn of unspecified metaverse industry in Chengdu in 2023" in told
    assert "¥51 bn of revenue in 2022" in told, "of a whole year, and the nearest"
    listed = sizes(ledger)[sizes(ledger).outcome_bn.notna()].target_id.nunique()
    none = sizes(ledger).target_id.nunique() - listed
    assert f"And {listed - 5} more with a figure; for {none} more nothing was found" in told


def test_places_are_emphasised_by_name(ledger):
    def strong(**look):
        ax = charts.outcome_ledger(ledger, **look)
        return {text.get_text() for text in ax.texts if text.get_color() == colour("emphasis")}

    assert strong() == {"Sichuan, 2025", "Shandong, 2024"}
    assert strong(highlight=[]) == set()
    assert strong(highlight="Beijing") == {"Beijing, 2025"}
    with pytest.raises(ValueError, match="Jiangxi"):
        charts.outcome_ledger(ledger, highlight="Atlantis")


def test_a_long_list_is_folded(ledger):
    told = words(charts.outcome_ledger(ledger, top=2))
    listed = sizes(ledger)[sizes(ledger).outcome_bn.notna()].target_id.nunique()
    assert any(text.startswith(f"And {listed - 2 - 2} more with a figure; for ") for text in told)


def test_a_draft_is_called_one(ledger):
    told = words(charts.outcome_ledger(ledger.assign(status="draft")))
    assert "Sichuan, 2025 (draft)" in told and "Jiangxi, 2022 (draft)" in told


@at_each_size()
def test_amounts_far_apart_have_room_for_their_words(ledger, size):
    apart = ledger.copy()
    for column in ("target_bn", "outcome_bn", "target_usd_bn", "outcome_usd_bn"):
        apart[column] *= np.resize([1e3, 1e-5, 1.0], len(apart))
    figure = charts.outcome_ledger(apart, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


@at_each_size(first=1)
@pytest.mark.parametrize("finding", ["reported", "related_figure"])
def test_forty_regions_with_long_names(ledger, finding, size):
    one = sizes(ledger)[sizes(ledger).finding == finding].iloc[[0]]
    many = pd.concat([one] * 40, ignore_index=True)
    many["target_id"] = [f"t{i}" for i in range(40)]
    many["place"] = [f"Prefecture of Long Names {i}" for i in range(40)]
    many["outcome_bn"] = np.linspace(1, 900, 40)
    figure = charts.outcome_ledger(many, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


def test_nothing_to_draw_is_said(ledger):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.outcome_ledger(ledger.iloc[:0])
