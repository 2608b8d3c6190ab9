"""Implied baselines, read off the axes and held against the table."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words

import metaverse_analysis as ma
from metaverse_analysis import charts


def baseline(ds: ma.Dataset, years=(2021, 2022, 2023)):
    return ma.implied_baseline(ds, base_years=list(years), rate_on="2024-01-19")


@pytest.fixture(scope="module")
def baselines(ds):
    return baseline(ds)


@at_each_size(first=1)
def test_nothing_overlaps_and_all_can_be_read(many_targets, size):
    ax = charts.implied_baseline(baseline(many_targets), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


@at_each_size(first=3)
def test_the_packaged_targets_overlap_nowhere(baselines, size):
    ax = charts.implied_baseline(baselines, size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)


def test_a_bar_spans_the_starts_and_a_dot_is_the_target(baselines):
    ax = charts.implied_baseline(baselines)
    rows = baselines.groupby("place", sort=False).base_amount_cny_bn.agg(["min", "max"])
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches[: len(rows)]]
    assert spans == [pytest.approx(tuple(rows.loc[place])) for place in ("Shandong", "Jiangsu")]
    ticks = [segment[0][0] for marks in ax.collections if marks.get_gid() == "base year"
             for segment in marks.get_segments()]  # fmt: skip
    assert sorted(ticks) == pytest.approx(sorted(baselines.base_amount_cny_bn))
    dots = [marks.get_offsets()[0].tolist() for marks in ax.collections if marks.get_gid() == "target"]
    assert dots == [[150, 0], [100, 1]]


def test_the_ends_and_the_target_are_said(baselines):
    ax = charts.implied_baseline(baselines)
    assert [text.get_text() for text in ax.texts if text.get_gid() == "amount"] == ["86", "113", "40", "58"]
    found = words(ax)
    assert "about ¥150 bn ($21 bn) by 2025, +15% a year" in found
    assert "over ¥100 bn ($14 bn) by 2026, +20% a year" in found
    assert said(ax, "footer").startswith("Dollars at 7.19, 19 January 2024.")
    names = [label.get_text().replace("-\n", "-").replace("\n", " ") for label in ax.get_yticklabels()]
    assert names == ["Shandong: metaverse-related industries", "Jiangsu: unspecified metaverse industry"]


def test_the_title_has_its_condition_and_the_hedge(ds, baselines):
    assert said(charts.implied_baseline(baselines), "title") == (
        "If growth began in 2021 to 2023, the industry that Shandong promises started from about 86–113 billion yuan"
    )
    one = charts.implied_baseline(baseline(ds, [2022]))
    assert said(one, "title") == (
        "If growth began in 2022, the industry that Shandong promises started from about 99 billion yuan"
    )
    draft = charts.implied_baseline(baselines.assign(status="draft"))
    assert "the industry that Shandong proposes" in said(draft, "title")
    other = charts.implied_baseline(baselines, highlight=["Jiangsu"])
    assert "the industry that Jiangsu promises started from over 40–58 billion yuan" in said(other, "title")


def test_few_rows_say_what_is_left_out(baselines):
    ax = charts.implied_baseline(baselines, top=1)
    assert "Not drawn: 1 smaller target." in said(ax, "footer")


def test_an_empty_table_is_an_error_that_says_so(baselines):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.implied_baseline(baselines.iloc[:0])
