"""The time line: what is drawn is what the table says."""

import matplotlib.dates as mdates
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said
from made_once import made
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour


@at_each_size(first=1)
def test_nothing_overlaps_and_all_can_be_read(many_documents, size):
    ax = charts.policy_timeline(ma.policy_timeline(many_documents), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 80


def test_an_empty_table_is_told():
    with pytest.raises(ValueError, match="is in the table|nothing to draw"):
        charts.policy_timeline(made(ma.policy_timeline).iloc[:0])


def test_the_time_line_has_every_policy_document_once():
    table = made(ma.policy_timeline)
    chosen = table[
        (table.record == "document")
        & table.is_metaverse_specific.fillna(False)
        & table.is_policy.fillna(False)
        & (table.country_id == "CN")
    ]
    dated = chosen[chosen.last_day.notna()]
    ax = charts.policy_timeline(table)
    assert len(ax.texts) == len(dated)
    days = ax.collections[0].get_offsets()[:, 0].tolist()
    exact = dated[dated.date_precision == "day"]
    assert sorted(days) == sorted(mdates.date2num(exact.first_day))
    spans = sorted((bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches)
    coarse = dated[dated.date_precision != "day"]
    assert spans == sorted(
        zip(mdates.date2num(coarse.first_day), mdates.date2num(coarse.last_day), strict=True)
    )
    undated = len(chosen) - len(dated)
    assert f"{undated} without a date" in said(ax, "footer")


def test_drafts_look_provisional_and_the_two_places_stand_out():
    ax = charts.policy_timeline(made(ma.policy_timeline))
    points = ax.collections[0]
    names = {(mdates.date2num(note.xy[0]), note.xy[1]): note.get_text() for note in ax.texts}
    looks = {
        names[x, y]: (to_hex(face), to_hex(edge))
        for (x, y), face, edge in zip(
            points.get_offsets(), points.get_facecolor(), points.get_edgecolor(), strict=True
        )
    }
    assert looks["Sichuan, draft"] == ("#ffffff", colour("emphasis"))
    assert looks["Sichuan"] == (colour("emphasis"), colour("emphasis"))
    assert looks["Henan"] == (colour("final"), colour("final"))
    bold = {note.get_text() for note in ax.texts if note.get_fontweight() == "bold"}
    assert {"Sichuan", "Sichuan, draft", "Shandong", "Shandong, draft"} <= bold
    assert len(bold) == 5  # and the national plan


def test_the_reference_line_is_the_national_plan():
    table = made(ma.policy_timeline)
    ax = charts.policy_timeline(table)
    plan = table[table.is_national_plan.fillna(False) & (table.country_id == "CN")].iloc[0]
    upright = [line.get_xdata()[0] for line in ax.get_lines() if len(set(line.get_xdata())) == 1]
    assert [pd.Timestamp(day) for day in upright] == [plan.first_day]


def test_the_title_counts_places_before_the_plan():
    title = said(charts.policy_timeline(made(ma.policy_timeline)), "title")
    levels = [made(ma.adoption, level=level) for level in ("province", "city", "district", "zone")]
    places = pd.concat(levels).query("stage == 'issued' and dated")
    before = (places.order_to_plan == "before").sum()
    assert title.startswith(f"At least {before} of {len(places)} places")


@pytest.mark.parametrize("shape", [(2, 2), (4, 4)])
def test_small_axes_do_not_stretch_time(shape):
    ax = plt.subplots(*shape)[1].flat[0]
    charts.policy_timeline(made(ma.policy_timeline), ax=ax)
    ax.figure.draw_without_rendering()
    low, high = mdates.num2date(ax.get_xlim())
    assert high.year - low.year < 50
