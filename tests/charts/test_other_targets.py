"""What else was promised: dots and words against the table, at every size, for many and for few."""

import numpy as np
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour


@pytest.fixture(scope="module")
def table():
    return made(ma.other_targets, rate_on="2024-01-19")


def of(*rows: tuple[str, str, float], unit: str = "firms", currency: str | None = None) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["place", "status", "amount"])
    return found.assign(
        target_id=found.place.map("t-{}".format), place_id=found.place, indicator="all_firms", indicator_label="firms",
        unit=unit, per=None, currency=currency, repeats_target_id=None, same_in_final=False, source_ids="s1",
        amount_cny_bn=found.amount if currency else np.nan, amount_usd_bn=found.amount / 7 if currency else np.nan,
        rate=7.0, rate_date="2024-01-19",
    )  # fmt: skip


def dots(ax) -> list:
    return [line for line in ax.lines if line.get_gid() == "number"]


FIRMS = (("A", "issued", 10), ("B", "issued", 100), ("C", "draft", 100), ("D", "issued", 1000))


def test_a_dot_for_each_number_where_it_stands_and_alike_ones_in_a_stack():
    ax = charts.other_targets(of(*FIRMS), highlight=[])
    found = sorted((line.get_xdata()[0], -line.get_ydata()[0]) for line in dots(ax))
    assert [x for x, _ in found] == [1, 2, 2, 3]
    assert found[1][1] != found[2][1], "one above the other"
    assert sum(line.get_markerfacecolor() == "white" for line in dots(ax)) == 1, "a draft is hollow"
    assert said(ax, "title") == "Plans promise 10 to 1,000 firms"
    assert "10 to 1,000" in words(ax)


def test_drafts_propose():
    ax = charts.other_targets(of(*FIRMS).assign(status="draft"), highlight=[])
    assert said(ax, "title") == "Drafts propose 10 to 1,000 firms"


def test_only_numbers_that_can_stand_beside_each_other_are_drawn(table):
    ax = charts.other_targets(table, top=50)
    rows = table[
        table.repeats_target_id.isna() & ~table.same_in_final & (table.indicator.astype(str) != "other")
    ]
    firms = rows[(rows.indicator == "all_firms") & (rows.unit == "firms")]
    caps = rows[(rows.indicator == "subsidy_cap") & rows.amount_cny_bn.notna()]
    assert len(dots(ax)) >= len(firms) + len(caps)
    mixed = pd.concat([of(*FIRMS), of(("E", "issued", 7), unit="teams")], ignore_index=True)
    assert len(dots(charts.other_targets(mixed, highlight=[]))) == 4
    assert "1 numbers in other units" in charts.notes(charts.other_targets(mixed, highlight=[]))


def test_money_stands_in_million_yuan_with_dollars():
    ax = charts.other_targets(of(*[(p, s, n / 1000) for p, s, n in FIRMS], currency="CNY"), highlight=[])
    assert sorted(line.get_xdata()[0] for line in dots(ax)) == [1, 2, 2, 3]
    assert "¥10 million ($1.4 million) to ¥1 bn ($143 million)" in words(ax)
    assert said(ax, "subtitle").endswith("; dollars at 7.00, 19 January 2024")
    assert "Million yuan" in words(ax)


def test_places_are_emphasised_by_name_with_what_they_promise(table):
    ax = charts.other_targets(table)
    red = {text.get_text() for text in ax.texts if text.get_color() == colour("emphasis")}
    assert "Sichuan 300\nShandong 100" in red
    ax = charts.other_targets(of(*FIRMS), highlight="b")
    assert [text.get_text() for text in ax.texts if text.get_color() == colour("emphasis")] == ["B 100"]
    with pytest.raises(ValueError, match="A, B, C, D"):
        charts.other_targets(of(*FIRMS), highlight="Atlantis")


def test_the_quantities_with_most_numbers_are_drawn_and_the_others_counted(table):
    every = charts.other_targets(table, top=100)
    ax = charts.other_targets(table)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert len(names) == 8 and {"firms", "subsidy cap", "fund"} <= set(names)
    assert f"and {len(every.get_yticklabels()) - 8} more quantities" in words(ax)


def test_what_does_not_fit_is_counted(table):
    ax = charts.other_targets(table, top=2)
    assert len(ax.get_yticklabels()) == 2
    assert any(text.endswith("more quantities") for text in words(ax))


@at_each_size(first=3)
def test_the_packaged_numbers(table, size):
    figure = charts.other_targets(table, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


@at_each_size()
def test_many_places_with_long_names_and_huge_numbers(size):
    rows = [(f"An Autonomous Region With a Long Name {n}", "issued", 10.0 ** (n % 9)) for n in range(40)]
    figure = charts.other_targets(of(*rows), highlight=[rows[3][0], rows[5][0]], size=size).figure
    assert_no_overlap(figure)


def test_nothing_to_draw_is_said(table):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.other_targets(table.iloc[:0])
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.other_targets(of(*FIRMS[:2]))
