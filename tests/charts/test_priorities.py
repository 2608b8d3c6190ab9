"""The lists of priorities: each occasion against the table, titles of few and of none, at every size."""

import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size
from made_once import made

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.layout import frame_parts
from metaverse_analysis.charts.palette import colour

NATIONAL = [("2022", "A", True), ("2023-05", "B", True), ("2024-01-02", "A", False), ("2024-03", "C", False)]


def of(national=NATIONAL, regional=()) -> pd.DataFrame:
    rows = [(*row, "national", "China") for row in national]
    rows += [(date, "D", named, "regional", place) for date, place, named in regional]
    table = pd.DataFrame(rows, columns=["date", "actors", "named", "list_group", "place"])
    return table.assign(
        year=table.date.str[:4].astype("Int64"), about="the metaverse", source_ids="s1",
        event="what is in the table",
    )  # fmt: skip


def title(figure) -> str:
    return frame_parts(figure)["title"].source


def boxes(ax, gid: str) -> list:
    return [patch for patch in ax.patches if patch.get_gid() == gid]


def test_a_box_for_every_occasion():
    table = made(ma.priorities)
    figure = charts.priorities(table, top=len(table))
    for ax, group in zip(figure.axes, ["national", "regional"], strict=True):
        rows = table[table.list_group == group]
        assert len(boxes(ax, "named")) == rows.named.sum()
        assert len(boxes(ax, "left out")) == (~rows.named).sum()
    inside = ["".join(text.get_text().split()) for text in figure.axes[1].texts]
    assert inside == ["".join(place.split()) for place in table.place[table.list_group == "regional"]]
    assert "National bodies last named the metaverse in September 2025; all" in charts.alt_text(figure)


def test_occasions_say_their_month_and_whose_they_were_in_the_column_of_what_they_did():
    ax = charts.priorities(of()).axes[0]
    assert [text.get_text() for text in ax.texts] == [
        "named", "left out", "2022", "A", "May 2023", "B", "Jan 2024", "A", "Mar 2024", "C",
    ]  # fmt: skip
    heads = {text.get_text(): text.get_position()[0] for text in ax.texts[:2]}
    for gid, head in heads.items():
        middles = {round(box.get_x() + box.get_width() / 2 - head, 6) for box in boxes(ax, gid)}
        assert middles == {0}


def test_names_stay_inside_their_blocks_on_a_phone():
    places = ["Chongqing", "Guangdong", "Wuhan", "Xi'an High-tech Zone", "Inner Mongolia"]
    rows = [(str(2021 + n % 6), place, n % 4 > 0) for n, place in enumerate(places * 4)]
    figure = charts.priorities(of(regional=rows), size="phone")
    figure.draw_without_rendering()
    ax = figure.axes[1]
    for block, name in zip(ax.patches, ax.texts, strict=True):
        box, words = block.get_window_extent(), name.get_window_extent()
        assert box.x0 <= words.x0 and words.x1 <= box.x1, name.get_text()


def test_the_body_that_turned_is_emphasised_and_others_can_be():
    def strong(**look):
        ax = charts.priorities(of(), **look).axes[0]
        return [text.get_text() for text in ax.texts if text.get_color() == colour("emphasis")]

    assert strong() == ["2022", "A", "Jan 2024", "A"]
    assert strong(highlight="c") == ["Mar 2024", "C"]
    assert strong(highlight=[]) == []
    figure = charts.priorities(of())
    assert "Red: A, which did the one and then the other" in frame_parts(figure)["subtitle"].source
    with pytest.raises(ValueError, match="A, B, C"):
        charts.priorities(of(), highlight="Z")


@pytest.mark.parametrize(
    ("national", "begins"),
    [
        (
            NATIONAL,
            "National bodies last named the metaverse in May 2023; all 2 occasions found since leave it out",
        ),
        (
            NATIONAL[:3],
            "National bodies last named the metaverse in May 2023; the one occasion found since leaves it out",
        ),
        (NATIONAL[:2], "National bodies still named the metaverse in May 2023, the last occasion found"),
        (NATIONAL[2:], "None of 2 lists found names the metaverse: all are of national bodies"),
    ],
)
def test_titles(national, begins):
    assert title(charts.priorities(of(national))) == begins


def test_regions_alone_are_drawn_and_make_the_title():
    figure = charts.priorities(of([], [("2023", "Aland", True), ("2024", "Aland", False)]))
    assert len(figure.axes) == 1
    assert title(figure).startswith("Provinces and cities last named the metaverse in 2023")


def test_the_latest_of_both_kinds_are_kept_where_not_all_fit():
    told = [text.get_text() for text in charts.priorities(of(), top=1).axes[0].texts]
    assert told[2:] == ["and 3 more, the first of 2022", "Mar 2024", "C"]
    rows = [*NATIONAL, ("2024-05", "D", False), ("2024-06", "D", False)]
    told = [text.get_text() for text in charts.priorities(of(rows), top=4).axes[0].texts]
    assert told[2] == "and 2 more without it, the first of Jan 2024"
    assert told[3::2] == ["2022", "May 2023", "May 2024", "Jun 2024"]


@at_each_size(first=2)
def test_forty_occasions_with_long_names(size):
    many = of(
        [("2024-03-04", "A National Office of a Rather Long Name " * 2, bool(n % 2)) for n in range(40)]
    )
    places = [(str(2021 + n % 4), f"A Long Name of a Region {n}", n % 3 > 0) for n in range(20)]
    figure = charts.priorities(pd.concat([many, of([], places)], ignore_index=True), size=size)
    assert_no_overlap(figure)
    assert_readable(figure)


def test_nothing_to_draw_is_said():
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.priorities(made(ma.priorities).iloc[:0])
