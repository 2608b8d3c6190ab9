"""One square a target: the squares against the table, the words below them, and titles of few and of none."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, in_one_line, said
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import colour
from metaverse_analysis.measures.outcomes import FINDINGS

TODAY = "2026-11-23"


@pytest.fixture(scope="module")
def summary():
    return made(ma.outcome_summary, today=TODAY)


def of(**numbers: int) -> pd.DataFrame:
    """A summary of one kind of target."""
    return pd.DataFrame(
        {
            "target_kind_label": "market sizes",
            "finding": list(FINDINGS),
            "targets": [numbers.get(name, 0) for name in FINDINGS],
            "targets_on_subject": [numbers.get(f"{name}_here", 0) for name in FINDINGS],
            "repeats": 0,
            "which": [numbers.get("which") if name == "reported" else None for name in FINDINGS],
            "source_ids": "s1",
        }
    )


def groups(ax) -> list[tuple[str, str]]:
    """The number of each group, and the words above it."""
    of = {kind: [in_one_line(text.get_text()) for text in parts(ax, kind)] for kind in ("number", "finding")}
    return list(zip(of["number"], of["finding"], strict=True))


def parts(ax, kind: str) -> list:
    return [text for text in ax.texts if text.get_gid() == kind]


def test_a_square_for_each_target_those_with_a_result_first(summary):
    ax = charts.outcome_summary(summary)
    drawn = [square.get_gid() for square in ax.patches]
    counts = summary.groupby("finding", observed=False).targets.sum()
    assert drawn == [name for name in FINDINGS for _ in range(counts[name])]
    corners = {square.get_xy() for square in ax.patches}
    assert len(corners) == len(drawn)
    dark = [square for square in ax.patches if square.get_facecolor() == _rgba("final")]
    assert len(dark) == counts["reported"]


def _rgba(meaning: str):
    from matplotlib.colors import to_rgba

    return to_rgba(colour(meaning))


def test_squares_are_square_and_each_group_stands_below_the_one_before():
    ax = charts.outcome_summary(of(reported=1, not_found=11))
    ax.figure.draw_without_rendering()
    boxes = [square.get_window_extent() for square in ax.patches]
    assert all(box.width == pytest.approx(box.height, rel=0.01) for box in boxes)
    assert boxes[0].y0 > boxes[1].y1 and boxes[0].x0 == pytest.approx(boxes[1].x0)


def test_each_finding_is_said_with_its_number_and_results_by_name():
    ax = charts.outcome_summary(
        of(reported=2, superseded=1, not_found=7, which="A's revenue, 2021; B's, 2022")
    )
    assert groups(ax) == [
        ("2", "with a reported result: A's revenue, 2021; B's, 2022"),
        ("1", "replaced by a later target"),
        ("7", "searched for, nothing found: neither reached nor missed"),
    ]
    bold = [text.get_fontweight() == "bold" for text in parts(ax, "finding")]
    assert bold == [True, False, True], "the results, and the largest group"
    assert "7 searched for, nothing found" in charts.alt_text(ax)


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        (
            {"reported": 2, "not_found": 163},
            "165 promises have fallen due; for 2 of them a reported result was found",
        ),
        ({"not_found": 3}, "3 promises have fallen due; for none of them a reported result was found"),
        (
            {"reported": 1, "not_found": 1},
            "2 promises have fallen due; for one of them a reported result was found",
        ),
        ({"reported": 4}, "4 promises have fallen due; for all of them a reported result was found"),
        ({"not_found": 1}, "One promise has fallen due, and no reported result was found"),
    ],
)
def test_titles(numbers, title):
    assert said(charts.outcome_summary(of(**numbers)), "title") == title


def test_the_notes_split_the_targets_by_kind(summary):
    kinds = summary.groupby("target_kind_label", sort=False).targets.sum()
    notes = charts.notes(charts.outcome_summary(summary))
    assert all(f"{n} {kind}" in notes for kind, n in kinds.items())


@pytest.mark.parametrize(
    ("numbers", "foot"),
    [
        (
            {"reported": 2, "not_found": 9, "not_found_here": 5},
            "Of these, 5 stand in documents on this industry alone: none",
        ),
        (
            {"reported": 2, "not_found": 9, "reported_here": 1},
            "Of these, one stands in a document on this industry alone: 1",
        ),
    ],
)
def test_how_many_are_on_the_industry_itself_stands_at_the_foot(numbers, foot):
    assert said(charts.outcome_summary(of(**numbers)), "footer").startswith(foot)


@at_each_size(first=2)
def test_all_five_findings_are_told_at_every_size(size):
    figure = charts.outcome_summary(of(**dict.fromkeys(FINDINGS, 60)), size=size).figure
    assert_no_overlap(figure)
    assert_readable(figure)


@at_each_size(first=1)
@pytest.mark.parametrize("n", [1, 2000])
def test_one_target_and_thousands(n, size):
    assert_no_overlap(charts.outcome_summary(of(not_found=n), size=size).figure)


def test_nothing_to_draw_is_said(summary):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.outcome_summary(summary.assign(targets=0))
