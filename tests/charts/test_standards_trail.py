"""The trail of a standard: its steps, read off the axes and held against the table."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, said, words
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour


def of(*steps: tuple[str, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(steps, columns=["date", "members_named", "members_confirmed"])
    return table.assign(
        what=[f"Step {n}" for n in range(len(table))], body_id="b", body_short="group", document_status="issued",
        announced_members=pd.NA, announced_members_unit=None, certainty="listed", source_ids="s1",
    )  # fmt: skip


def gaps(ax) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_gid() == "gap"]


@at_each_size()
def test_nothing_overlaps_and_all_can_be_read(many_members, size):
    ax = charts.standards_trail(ma.standards_trail(many_members), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 60


def test_trail_tells_each_step_and_confirms_nobody():
    table = made(ma.standards_trail)
    ax = charts.standards_trail(table)
    told = words(ax)
    for what in table.what:
        assert any(text.startswith(what) for text in told)
    assert any("listed, not confirmed" in text for text in told)
    steps = [line for line in ax.lines if line.get_gid() == "step"]
    assert len(steps) == len(table)
    pale = [line for line in steps if line.get_markerfacecolor() != colour("final")]
    assert len(pale) == table.document_status.isin(["draft", "announced"]).sum()
    assert "18 Sep 2023" in told and "Sep 2024" in told
    assert "not one of them is confirmed" in said(ax, "title")


def test_the_time_between_steps_is_said():
    ax = charts.standards_trail(
        of(("2023-01-01", 0, 0), ("2023-05-01", 0, 0), ("2023-05-03", 0, 0), ("2024", 0, 0))
    )
    assert gaps(ax) == ["4 months", "about 14 months"]


@pytest.mark.parametrize(
    ("steps", "title"),
    [
        ([("2023-01-01", 0, 0)], "1 step, and no member was named"),
        (
            [("2023", 3, 0), ("2024", 0, 0)],
            "2 steps from 2023 to 2024 gave names for 3 seats; not one of them is confirmed",
        ),
        (
            [("2023", 3, 1), ("2024", 1, 1)],
            "2 steps from 2023 to 2024 gave names for 4 seats; only 2 of them are confirmed",
        ),
        (
            [("2023", 3, 3), ("2024", 0, 0)],
            "2 steps from 2023 to 2024 gave names for 3 seats; every one of them is confirmed",
        ),
    ],
)
def test_titles(steps, title):
    assert said(charts.standards_trail(of(*steps)), "title") == title


def test_steps_that_do_not_fit_are_counted():
    ax = charts.standards_trail(of(*[(f"20{year}", 0, 0) for year in range(10, 20)]), top=4)
    assert "and 6 more steps" in words(ax) and "No later step was found" not in words(ax)
    assert "No later step was found" in words(charts.standards_trail(of(("2023", 0, 0))))


@at_each_size(first=2)
def test_forty_steps_with_long_words(size):
    many = of(*[(f"{2000 + n}-03", n % 2, 0) for n in range(40)])
    many = many.assign(what="Something long happened to the standardisation working group " * 3)
    figure = charts.standards_trail(many, size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


def test_an_empty_table_says_that_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.standards_trail(made(ma.standards_trail).iloc[:0])
