"""A sum, read off the axes and held against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from crowded import SCOPES
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.footers import alt_text, notes
from metaverse_analysis.charts.palette import colour

RED = colour("emphasis")


def add_up(ds: ma.Dataset, **about) -> ma.Total:
    targets = ma.market_targets(ds, scope=SCOPES, rate_on="2024-01-19")
    return ma.add_up(targets, **({"scope": "metaverse_related", "year": 2025} | about))


def spans(ax) -> list[tuple[float, float]]:
    """Where the bars begin and end, the parts first."""
    found = [patch for container in ax.containers for patch in container]
    return [(round(bar.get_x(), 6), round(bar.get_x() + bar.get_width(), 6)) for bar in found]


@pytest.fixture(scope="module")
def total(ds):
    return add_up(ds)


@at_each_size(first=0)
def test_nothing_overlaps_and_all_can_be_read(many_targets, size):
    ax = charts.total(add_up(many_targets), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_the_parts_meet_and_end_at_the_sum(total):
    parts = spans(charts.total(total))[: len(total.included)]
    ends = total.included["amount_cny_bn"].cumsum().tolist()
    assert parts == list(zip([0, *ends[:-1]], ends, strict=True)) and ends[-1] == 1050


def test_what_is_inside_a_part_begins_where_the_part_does(total):
    ax = charts.total(total)
    starts = {"Sichuan": 350, "Suzhou": 600, "Shandong": 800}
    inside = total.excluded[total.excluded["reason_code"] == "inside"]
    expected = [
        (starts[row.reason_of], starts[row.reason_of] + row.amount_cny_bn) for row in inside.itertuples()
    ]
    assert spans(ax)[len(total.included) :] == expected and len(expected) == 3
    assert {"Chengdu ¥150 bn", "Kunshan ¥100 bn", "Jinan about ¥100 bn"} <= set(words(ax))
    assert notes(ax).endswith("Left out so: 2 figures of drafts.")


def test_the_sum_stands_once_with_its_dollars(total):
    ax = charts.total(total)
    assert "about ¥1.05 trillion ($146 bn), 57% in Shanghai and Sichuan" in words(ax)
    assert total.amount_usd_bn == pytest.approx(1050 / 7.1912, rel=1e-3)
    assert said(ax, "subtitle").startswith("Industry scale in yuan; dollars at 7.19, 19 January 2024. Red: ")
    upright = charts.total(total, size="phone")
    assert "= about ¥1.05 trillion ($146 bn)" in words(upright)
    assert "inside: Chengdu ¥150 bn" in words(upright)


def test_emphasis_is_the_callers(total):
    def red(**keywords):
        ax = charts.total(total, **keywords)
        bars = [patch for container in ax.containers for patch in container]
        return [place for place, bar in zip(total.included["place"], bars, strict=False)
                if to_hex(bar.get_facecolor()) == RED]  # fmt: skip

    assert (
        red() == ["Sichuan", "Shandong"] and red(highlight="suzhou") == ["Suzhou"] and red(highlight=[]) == []
    )


def test_parts_beyond_the_first_are_one(total):
    ax = charts.total(total, top=2)
    assert spans(ax)[:3] == [(0, 350), (350, 600), (600, 1050)]
    assert "and 3 more ¥450 bn" in words(ax)


def test_drafts_are_hatched_and_proposed(ds):
    zhengzhou = add_up(ds, scope="metaverse_core")
    targets = ma.market_targets(ds, place="Zhengzhou")
    drafts = ma.add_up(targets, scope="metaverse_core", year=2025)
    ax = charts.total(drafts)
    assert said(ax, "title").startswith(
        "Zhengzhou alone proposes, in a draft, 50 billion yuan or more of core"
    )
    assert "(1 of 1)" in said(ax, "footer")
    assert [bool(patch.get_hatch()) for container in ax.containers for patch in container] == [True]
    assert said(charts.total(zhengzhou), "title").startswith("Henan alone promised 30 billion yuan or more")


def test_the_title_says_how_many_and_the_alt_text_who(total):
    ax = charts.total(total)
    what = "about 1.05 trillion yuan of metaverse-related industries by 2025"
    title = f"Five places promised {what}"
    assert said(ax, "title") == title
    assert alt_text(ax).startswith(
        f"One bar, the parts of a sum. {title}. Shanghai ¥350 bn; Sichuan ¥250 bn; Suzhou ¥200 bn; Shandong about "
        "¥150 bn; Chongqing about ¥100 bn. Not added, since inside these: Chengdu ¥150 bn; Kunshan ¥100 bn;"
    )


def test_dollars_that_are_missing_are_not_drawn(ds):
    targets = ma.market_targets(ds, scope="metaverse_related", rate_on="2024-01-19")
    without = targets.assign(amount_usd_bn=float("nan"), rate=float("nan"), rate_date=pd.NA)
    ax = charts.total(ma.add_up(without, scope="metaverse_related", year=2025))
    assert not [text for text in words(ax.figure) if "$" in text or "dollars" in text]


def test_a_total_with_nothing_in_it_is_an_error(ds):
    empty = ma.add_up(ma.market_targets(ds), scope="metaverse_industry", year=2025)
    with pytest.raises(ValueError, match="nothing in it"):
        charts.total(empty)
