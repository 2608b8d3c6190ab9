"""Charts of participants, read off their axes and held against the tables, at every size, with long names too."""

import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars, in_one_line, text_boxes
from made_once import made
from matplotlib.patches import Rectangle

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import QUIET_TEXT, bar_style, colour

GROUP = "MIIT working group"


@at_each_size()
@pytest.mark.parametrize(
    "draw",
    [
        lambda ds, **look: charts.roster(ma.roster(ds, body=GROUP), ma.bodies_known(ds), **look),
        lambda ds, **look: charts.composition(ma.composition(ds, by="type"), **look),
        lambda ds, **look: charts.composition(ma.composition(ds, by="sector"), **look),
    ],
    ids=["roster", "type", "sector"],
)
def test_nothing_overlaps_and_all_can_be_read(many_members, draw, size):
    ax = draw(many_members, size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 60


def test_roster_draws_each_outlet_and_no_more():
    table = made(ma.roster, body=GROUP)
    ax = charts.roster(table, made(ma.bodies_known))
    drawn = {in_one_line(bar.label): bar.value for bar in bars(ax)}
    assert drawn == dict(zip(table.organisation, table.outlets, strict=True))
    assert in_one_line(bars(ax)[0].label) == table.organisation[table.role == "chair"].item()


def test_roster_hatches_listed_members_and_leaves_the_rest_open():
    ax = charts.roster(made(ma.roster, body=GROUP), made(ma.bodies_known))
    assert {bar.hatch for bar in bars(ax)} == {"////"}
    words = [text for text, _ in text_boxes(ax.figure)]
    assert "Unknown how many: 60 persons were announced" in words and "Others" in words
    open_box = [patch for patch in ax.patches if isinstance(patch, Rectangle) and not patch.get_fill()]
    assert len(open_box) == 1
    assert any("none of them confirmed" in in_one_line(word) for word in words)


def test_roster_says_how_many_are_missing_where_that_is_known():
    table, summary = made(ma.roster, body="CMCA committee"), made(ma.bodies_known)
    ax = charts.roster(table, summary)
    unknown = summary.set_index("body_id").unknown_members[table.body_id[0]]
    assert any(
        words.startswith(f"{unknown} more, whom no source names") for words, _ in text_boxes(ax.figure)
    )
    pale = bar_style(colour("plain"), "announced")["facecolor"]
    drawn = {in_one_line(bar.label) for bar in bars(ax) if bar.facecolor == pale}
    assert drawn == set(table.organisation[table.membership_status == "disputed"])


def test_roster_without_a_summary_says_nothing_of_others():
    ax = charts.roster(made(ma.roster, body=GROUP))
    assert "Others" not in [label.get_text() for label in ax.get_yticklabels()]


@pytest.mark.parametrize("by", ["type", "sector", "role"])
def test_composition_draws_every_count_to_one_scale(by):
    table = made(ma.composition, by=by)
    ax = charts.composition(table, most=30)
    widths = [patch.get_width() for box in ax.containers for patch in box]
    assert sum(widths) == pytest.approx(table["count"].sum())
    hatched = sum(p.get_width() for box in ax.containers for p in box if p.get_hatch())
    assert hatched == pytest.approx((table["count"] - table.members_confirmed).sum())
    heads = [text.get_text() for text in ax.texts if text.get_color() == QUIET_TEXT]
    assert set(heads) == set(table.plural)
    numbers = [int(t.get_text()) for t in ax.texts if t.get_text().isdigit()]
    assert sorted(numbers) == sorted(n for n in table["count"] if n > 0)


def test_composition_puts_what_is_rare_together_and_the_unknown_last_in_grey():
    table = made(ma.composition, by="sector")
    ax = charts.composition(table, most=3)
    heads = [text.get_text() for text in ax.texts if text.get_color() == QUIET_TEXT]
    assert heads[3:] == [f"{table.code.nunique() - 3} others", "not known"]
    grey = sum(b.get_width() for box in ax.containers for b in box if b.get_facecolor() == _rgba("plain"))
    assert grey == table.loc[table.code.isna(), "members_confirmed"].sum(), "those in doubt are hatched"


def _rgba(meaning: str):
    from matplotlib.colors import to_rgba

    return to_rgba(colour(meaning))


def test_an_empty_table_says_that_there_is_nothing_to_draw():
    for chart, table in (
        (charts.roster, made(ma.roster, body=GROUP)),
        (charts.composition, made(ma.composition)),
    ):
        with pytest.raises(ValueError, match="nothing to draw"):
            chart(table.iloc[:0])
