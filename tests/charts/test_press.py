"""The charts of the press audit: marks and words against the table, nothing overlapping, at every size."""

import numpy as np
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars, said, words
from made_once import packaged
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis.charts import alt_text, notes, press_article, press_over_time, press_rates
from metaverse_analysis.charts.palette import colour

RED = colour("emphasis")


@pytest.fixture(scope="module")
def audit():
    return ma.press_audit(packaged())


def wrong(audit):
    return audit[audit.market_rate.notna() & (audit.verdict != "consistent")]


@at_each_size("press_article", "press_rates", "press_over_time", first=1)
def test_nothing_overlaps_and_all_can_be_read(audit, name, size):
    figure = getattr(ma.charts, name)(audit, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


def test_a_bar_of_the_article_is_the_range_of_rates_and_the_line_the_market(audit):
    ax = press_article(audit)
    rows = audit[audit.in_article]
    drawn = [bar for container in ax.containers for bar in container]
    assert [bar.get_x() for bar in drawn] == rows.implied_rate_low.tolist()
    assert [bar.get_x() + bar.get_width() for bar in drawn] == pytest.approx(rows.implied_rate_high.tolist())
    assert [to_hex(bar.get_facecolor()) for bar in drawn] == [colour("final"), RED]
    market = {x for lines in ax.collections for segment in lines.get_segments() for x in segment[:, 0]}
    assert market == set(rows.market_rate)
    low, high = ax.get_xlim()
    assert low < rows.implied_rate_low.min() and high > rows.implied_rate_high.max()


def test_the_article_says_what_each_figure_needs_and_the_gap(audit):
    found = words(press_article(audit).figure)
    assert {
        "market that day: 7.19", "7.04 to 7.25", "6.67 to 6.98", "$35 bn for ¥250 bn", "$22 bn for ¥150 bn",
        "5% too many dollars", "last right on 16 May 2023",
    } <= set(found)  # fmt: skip
    assert not any("too few" in text for text in found)


def test_the_title_of_the_article_follows_its_figures(audit):
    rows = audit[audit.in_article].reset_index(drop=True)
    assert said(press_article(rows), "title") == (
        "Sichuan's $35 bn fits the day's exchange rate; Shandong's $22 bn needs one last seen eight months before"
    )
    assert said(press_article(rows[:1]), "title") == "Sichuan's $35 bn fits the day's exchange rate"
    both = rows.assign(verdict="consistent")
    assert said(press_article(both), "title").startswith("Sichuan's $35 bn and Shandong's $22 bn fit ")
    never = rows.assign(verdict=["consistent", "inconsistent"], last_day_in_range=pd.NaT)
    chart = press_article(never)
    assert said(chart, "title").endswith("Shandong's $22 bn does not")
    assert "the market never stood there" in words(chart.figure)
    too_few = rows.assign(
        implied_rate_low=8.0, implied_rate_high=8.2, verdict="inconsistent", reported_usd_bn=10
    )
    assert_no_overlap(press_article(too_few).figure)
    assert any("too few dollars" in text for text in words(press_article(too_few).figure))


def test_a_bar_is_how_many_per_cent_too_many_dollars_were_printed(audit):
    ax = press_rates(audit)
    rows = wrong(audit)
    pct = 100 * (rows.reported_usd_bn / rows.converted_usd_low_bn - 1)
    whole = sorted(pct[pct.abs() < 50], reverse=True)
    drawn = bars(ax)
    assert len(drawn) == len(rows)
    ends = [bar.get_width() for container in ax.containers for bar in container]
    assert ends[1:] == pytest.approx(whole)  # the first is broken off
    assert len(ax.patches) == len(drawn) + 1
    assert drawn[0].label == "crypto.news, Jinshui" and ends[0] < pct.max()
    assert [bar.label for bar in drawn if bar.facecolor == RED] == ["Metaverse Post, Shandong"]


def test_the_articles_bar_and_the_longest_say_the_right_figure(audit):
    found = words(press_rates(audit).figure)
    assert "+5%: $22 bn, right $20.9 bn" in found
    assert "seven times too much: ¥3.33 bn printed as $3.33 bn" in found
    assert {"+15%", "−12%", "−5%"} <= set(found)
    assert sum("right" in text.split() for text in found) == 1
    whole = alt_text(press_rates(audit))
    assert "Upyo, of Zhengzhou, −12%: $1.24 bn, right $1.4 bn" in whole


def test_a_bar_is_broken_beside_shorter_ones_only(audit):
    far = wrong(audit).assign(reported_usd_bn=lambda rows: 5 * rows.converted_usd_low_bn)
    few = wrong(audit).assign(reported_usd_bn=lambda rows: 0.2 * rows.converted_usd_low_bn)
    for rows, pct in ((far, 400), (few, -80)):
        ax = press_rates(rows)
        assert len(ax.patches) == len(bars(ax))
        assert {round(bar.get_width()) for bar in ax.patches} == {pct}


def test_the_title_counts_all_that_can_be_checked(audit):
    dated = audit[audit.market_rate.notna()]
    right = (dated.verdict == "consistent").sum()
    start = f"{right} of {len(dated)} dated dollar figures fit the exchange rate of their day or month; "
    chart = press_rates(audit)
    assert said(chart, "title") == f"{start}these {len(dated) - right} do not"
    undated = len(audit) - len(dated)
    assert f"{undated} figures without a date are not counted" in notes(chart)
    few = press_rates(audit, top=4)
    assert said(few, "title") == f"{start}{len(dated) - right} do not"
    assert said(few, "subtitle").startswith("The 4 furthest off: ")
    assert len(bars(few)) == 4 and "Not drawn: 11" in notes(few)
    one = pd.concat([dated[dated.verdict == "consistent"][:1], wrong(audit)[:1]])
    assert said(press_rates(one), "title").endswith("this one does not")
    alone = press_rates(wrong(audit)[:1])
    assert (
        said(alone, "title")
        == "The one dated dollar figure does not fit the exchange rate of its day or month"
    )


def test_the_alt_text_says_the_ends_and_the_articles(audit):
    alt = alt_text(press_rates(audit))
    for named in ("crypto.news, of Jinshui", "Upyo, of Zhengzhou", "Metaverse Post, of Shandong"):
        assert named in alt
    assert "SHINE" not in alt


@at_each_size(first=1)
def test_forty_regions_with_long_names(audit, size):
    rng = np.random.default_rng(5)
    rows = pd.concat([wrong(audit)] * 4, ignore_index=True).head(40)
    rows = rows.assign(
        place=[f"Autonomous Prefecture of Long Names {i}" for i in range(40)],
        press_figure_id=[f"figure-{i}" for i in range(40)],
        reported_usd_bn=rows.reported_usd_bn * rng.uniform(0.9, 1, 40),
    )
    assert_no_overlap(press_rates(rows, size=size).figure)


def test_the_line_is_the_market_and_the_dots_the_figures_near_it(audit):
    ax = press_over_time(audit)
    market = ma.market_rate("USD", "CNY")
    day, rate = (list(values) for values in (ax.lines[0].get_xdata(), ax.lines[0].get_ydata()))
    assert rate == market[day[0] : day[-1]].tolist()
    rows = audit[audit.published.notna() & (audit.document_currency == "CNY") & ~audit.in_article]
    middle = (rows.implied_rate_low + rows.implied_rate_high) / 2
    near = middle[middle.between(min(rate) * 0.92, max(rate) * 1.08)]
    piles = next(marks for marks in ax.collections if marks.get_gid() == "figures")
    share = piles.get_sizes() / piles.get_sizes().sum()  # a dot has the area of its figures
    assert share @ piles.get_offsets()[:, 1] == pytest.approx(near.mean())
    assert piles.get_sizes() / piles.get_sizes().min() == pytest.approx(np.round(share * len(near)))
    assert said(ax, "subtitle").endswith(f"what {len(near)} other printed figures need (larger: several)")
    assert "Jinshui (1)" in notes(ax) and "Zhengzhou (8.06)" in notes(ax)


def test_the_articles_figure_leads_back_to_the_day_on_which_it_was_right(audit):
    ax = press_over_time(audit)
    rows = audit[audit.in_article]
    bars_ = [marks for marks in ax.collections if marks.get_gid() != "figures"]
    spans = [tuple(segment[:, 1]) for lines in bars_ for segment in lines.get_segments()]
    assert spans == list(zip(rows.implied_rate_low, rows.implied_rate_high, strict=True))
    dashed = next(line for line in ax.lines if line.get_linestyle() == "--")
    assert [f"{day:%Y-%m-%d}" for day in dashed.get_xdata()] == ["2023-05-16", "2024-01-19"]
    assert "last right on 16 May 2023" in words(ax)
    assert said(ax, "title") == (
        "Shandong's $22 bn, printed in January 2024, needs an exchange rate last seen in May 2023"
    )
    other = audit[~audit.in_article]
    assert said(press_over_time(other), "title").endswith("printed dollar figures fit the market")


def test_nothing_to_draw_is_said(audit):
    undated = audit[audit.published.isna()]
    for chart in (press_rates, press_over_time):
        with pytest.raises(ValueError, match="nothing to draw"):
            chart(undated)
    with pytest.raises(ValueError, match="no figure in this table is off"):
        press_rates(audit[audit.verdict == "consistent"])
    with pytest.raises(ValueError, match="in_article"):
        press_article(audit[~audit.in_article])
