"""The charts of what came of the targets: marks and words against the tables, nothing overlapping, at every size."""

import numpy as np
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts

TODAY = "2026-11-23"


@pytest.fixture(scope="module")
def ledger():
    return made(ma.outcome_ledger, today=TODAY)


@pytest.fixture(scope="module")
def summary():
    return made(ma.outcome_summary, today=TODAY)


def test_promised_beside_reported(ledger):
    ax = charts.outcome_ledger(ledger)
    text = " ".join(words(ax))
    assert "81.2 reported, 102% of the target" in text
    assert "120: 2023; unspecified metaverse industry" in text
    points = [line for line in ax.lines if line.get_marker() == "o"]
    filled = [line.get_xdata()[0] for line in points if line.get_markerfacecolor() != "white"]
    assert sorted(filled) == [60.4, 81.2]
    assert max(points, key=lambda line: line.get_zorder()).get_markerfacecolor() != "white"
    rows = ledger[
        (ledger.target_kind == "market_size")
        & ledger.repeats_target_id.isna()
        & ledger.unit.str.endswith("CNY")
    ]
    rows = rows[rows.finding != "superseded"]
    assert sorted(line.get_xdata()[0] for line in points) == sorted(rows.outcome_value.dropna())
    assert f"Of {rows.target_id.nunique()} market sizes promised, 2 can" in " ".join(words(ax.figure))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    bold = [label.get_text() for label in ax.get_yticklabels() if label.get_fontweight() == "bold"]
    assert len(labels) == rows[rows.outcome_value.notna()].target_id.nunique()
    assert all(label.startswith(("Sichuan", "Shandong")) for label in bold)
    assert len(bold) == 2


def test_a_draft_is_called_one(ledger):
    draft = charts.outcome_ledger(ledger.assign(status="draft"))
    assert all("(draft)" in label.get_text().replace("\n", " ") for label in draft.get_yticklabels())


def test_summary_bars_are_the_counts(summary):
    ax = charts.outcome_summary(summary)
    total = summary.targets.sum()
    for container in ax.containers:
        count = summary.targets[summary.finding == container.get_label()].sum()
        assert container[0].get_width() == pytest.approx(100 * count / total)
    reported = summary.targets[summary.finding == "reported"].sum()
    assert f"Of {total} targets whose year has passed, {reported} have" in " ".join(words(ax.figure))
    assert str(total) in ax.get_yticklabels()[0].get_text()


@at_each_size(first=1)
def test_forty_regions_with_long_names(ledger, size):
    one = ledger[(ledger.finding == "reported") & ledger.repeats_target_id.isna()].iloc[[0]]
    many = pd.concat([one] * 40, ignore_index=True)
    many["target_id"] = [f"t{i}" for i in range(40)]
    many["place"] = [f"Autonomous Prefecture of Long Names {i}" for i in range(40)]
    many["outcome_value"] = np.linspace(1, 900, 40)
    assert_no_overlap(charts.outcome_ledger(many, size=size).figure)


@at_each_size(first=2)
def test_all_five_findings_in_the_key(summary, size):
    figure = charts.outcome_summary(summary.assign(targets=11), size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


def test_nothing_to_draw_is_said(ledger, summary):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.outcome_ledger(ledger.iloc[:0])
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.outcome_summary(summary.assign(targets=0))
