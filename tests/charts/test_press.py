"""The charts of the press audit: marks and words against the table, nothing overlapping, at every size."""

import numpy as np
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, at_each_size, words
from made_once import packaged
from matplotlib.colors import to_hex

import metaverse_analysis as ma
from metaverse_analysis.charts import press_article, press_rates
from metaverse_analysis.charts.footers import alt_text
from metaverse_analysis.charts.palette import colour


@pytest.fixture(scope="module")
def audit():
    return ma.press_audit(packaged())


def test_article_draws_what_the_table_says(audit):
    figure = press_article(audit)
    rows = audit[audit.in_article]
    assert [ax.get_title(loc="left") for ax in figure.axes] == list(rows.place)
    for ax, row in zip(figure.axes, rows.itertuples(), strict=True):
        bar = ax.containers[0][0]
        assert bar.get_x() == row.printed_usd_low_bn
        assert bar.get_width() == pytest.approx(row.printed_usd_high_bn - row.printed_usd_low_bn)
        points = [line.get_xdata()[0] for line in ax.lines]
        assert row.converted_usd_low_bn in points
        low, high = ax.get_xlim()
        assert all(low < x < high for x in points)
    assert "5% too much" in " ".join(words(figure.axes[1]))
    assert "too much" not in " ".join(words(figure.axes[0]))
    spans = [np.diff(ax.get_xlim())[0] for ax in figure.axes]
    assert spans[0] == pytest.approx(spans[1])
    assert "Shandong" in alt_text(figure)


def test_rates_are_points_of_the_table_in_the_colour_of_their_verdict(audit):
    ax = press_rates(audit)
    drawn = ax.collections[-1]
    rates = drawn.get_offsets()[:, 1]
    rows = audit[audit.published.notna() & (audit.document_currency == "CNY")]
    middle = (rows.implied_rate_low + rows.implied_rate_high) / 2
    low, high = ax.get_ylim()
    inside = middle.between(low, high)
    assert {round(rate, 9) for rate in rates} == {round(rate, 9) for rate in middle[inside]}
    shades = {to_hex(face) for face in drawn.get_facecolors()}
    assert shades == {colour(str(verdict)) for verdict in rows.verdict[inside].unique()}
    beyond = rows[~inside]
    assert len(beyond)
    for row in beyond.itertuples():
        assert any(row.place in text for text in words(ax))
    counts = rows.verdict.value_counts()
    key = [text.get_text() for text in ax.get_legend().get_texts()]
    assert key[0].endswith(f"({counts['consistent']})")


def test_rates_name_the_articles_figures_and_lead_back_to_the_day(audit):
    ax = press_rates(audit)
    assert {"Sichuan, $35 bn", "Shandong, $22 bn", "last seen on 16 May 2023"} <= set(words(ax))
    day, rate = (list(values) for values in (ax.lines[0].get_xdata(), ax.lines[0].get_ydata()))
    market = ma.market_rate("USD", "CNY")
    assert rate == market[day[0] : day[-1]].tolist()


def test_without_the_article_the_title_counts(audit):
    other = audit[~audit.in_article]
    title = next(text for text in words(press_rates(other).figure) if "printed dollar figures" in text)
    dated = other[other.verdict != "undated"]
    fitting = (dated.verdict == "consistent").sum()
    assert title.replace("\n", " ").startswith(f"{fitting} of {len(dated)} printed")


@at_each_size(first=1)
def test_forty_regions_with_long_names(audit, size):
    rng = np.random.default_rng(5)
    rows = pd.concat([audit[audit.published.notna() & (audit.document_currency == "CNY")]] * 2).head(160)
    rows = rows.assign(
        place=[f"Autonomous Prefecture of Long Names {i % 40}" for i in range(len(rows))],
        implied_rate_low=lambda t: t.implied_rate_low * rng.uniform(0.95, 1, len(t)),
    )
    assert_no_overlap(press_rates(rows[rows.implied_rate_high > 5], size=size).figure)


def test_nothing_to_draw_is_said(audit):
    with pytest.raises(ValueError, match="nothing to draw"):
        press_rates(audit[audit.published.isna()])
    with pytest.raises(ValueError, match="in_article"):
        press_article(audit[~audit.in_article])
