"""Charts of participants, read off their axes and held against the tables, at every size, with long names too."""

import numpy as np
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars, text_boxes
from made_once import made
from matplotlib.patches import Rectangle

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.palette import QUIET_TEXT, bar_style, colour

GROUP = "MIIT working group"


@pytest.fixture(scope="module")
def made_up(ds) -> ma.Dataset:
    """Forty organisations with long names in nine bodies: every third listed only, every seventh disputed."""
    who = ds.participants.iloc[:40].reset_index(drop=True)
    who = who.assign(
        name_en=[f"{name} and its very long other name {i}" for i, name in enumerate(who.name_en)]
    )
    bodies = ds.bodies.iloc[:9]
    pairs = [(i, j) for i in range(40) for j in range(9) if (i + j) % 3 == 0 or j == i % 9]
    like = ds.memberships
    seats = pd.DataFrame(
        {
            "membership_id": [f"m{i}-{j}" for i, j in pairs],
            "organisation_id": [who.organisation_id[i] for i, _ in pairs],
            "body_id": [bodies.body_id[j] for _, j in pairs],
            "role": ["chair" if i == j else "member" for i, j in pairs],
            "representative": ["Somebody Important" if i == j else None for i, j in pairs],
            "membership_status": [["member", "listed", "founding"][(i * j) % 3] for i, j in pairs],
            "source_ids": [ds.sources.source_id[i] for i, _ in pairs],
        }
    ).reindex(columns=like.columns)
    seats.loc[::7, "membership_status"] = "disputed"
    seats = seats.astype(like.dtypes.to_dict())
    return ds.with_tables(participants=who, bodies=bodies, memberships=seats)


def draw(ds: ma.Dataset, **look):
    return {
        "roster": charts.roster(ma.roster(ds, body=GROUP), ma.roster_summary(ds), **look),
        "type": charts.composition(ma.composition(ds, by="type"), **look),
        "sector": charts.composition(ma.composition(ds, by="sector"), **look),
        "seats": charts.shared_seats(ma.shared_seats(ds), **look),
        "trail": charts.standards_trail(ma.standards_trail(ds), **look),
    }


@at_each_size()
def test_nothing_overlaps_and_all_can_be_read(made_up, size):
    for chart, ax in draw(made_up, size=size).items():
        try:
            assert_no_overlap(ax.figure)
            assert_readable(ax.figure)
        except AssertionError as error:
            raise AssertionError(f"{chart}: {error}") from error
        assert len(charts.alt_text(ax)) > 60


def plain(words: str) -> str:
    return words.replace("\n", " ")


def test_roster_draws_each_outlet_and_no_more():
    table = made(ma.roster, body=GROUP)
    ax = charts.roster(table, made(ma.roster_summary))
    drawn = {plain(bar.label): bar.value for bar in bars(ax)}
    assert drawn == dict(zip(table.organisation, table.n_outlets, strict=True))
    assert plain(bars(ax)[0].label) == table.organisation[table.role == "chair"].item()


def test_roster_hatches_listed_members_and_leaves_the_rest_open():
    ax = charts.roster(made(ma.roster, body=GROUP), made(ma.roster_summary))
    assert {bar.hatch for bar in bars(ax)} == {"////"}
    words = [text for text, _ in text_boxes(ax.figure)]
    assert "Unknown how many: 60 persons were announced" in words and "Others" in words
    open_box = [patch for patch in ax.patches if isinstance(patch, Rectangle) and not patch.get_fill()]
    assert len(open_box) == 1
    assert any("none of them confirmed" in plain(word) for word in words)


def test_roster_says_how_many_are_missing_where_that_is_known():
    table, summary = made(ma.roster, body="CMCA committee"), made(ma.roster_summary)
    ax = charts.roster(table, summary)
    unknown = summary.set_index("body_id").unknown_members[table.body_id[0]]
    assert any(
        words.startswith(f"{unknown} more, whom no source names") for words, _ in text_boxes(ax.figure)
    )
    pale = bar_style(colour("plain"), "announced")["facecolor"]
    drawn = {plain(bar.label) for bar in bars(ax) if bar.facecolor == pale}
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
    assert hatched == pytest.approx((table["count"] - table.confirmed).sum())
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
    assert grey == table.loc[table.code.isna(), "count"].sum()


def _rgba(meaning: str):
    from matplotlib.colors import to_rgba

    return to_rgba(colour(meaning))


def test_seats_are_drawn_where_the_table_has_them():
    table = made(ma.shared_seats)
    ax = charts.shared_seats(table)
    heads = [text.get_text() for text in ax.texts]
    names = [plain(label.get_text()).rsplit(", ", 1)[0] for label in ax.get_yticklabels()]
    seats = [patch for patch in ax.patches if patch.get_gid() == "seat"]
    middle = [np.add(patch.get_xy(), 0.36).round().astype(int) for patch in seats]
    drawn = {
        (names[y], heads[x]): bool(patch.get_hatch()) for (x, y), patch in zip(middle, seats, strict=True)
    }
    listed = ~table.confirmed & ~table.disputed
    assert drawn == dict(zip(zip(table.organisation, table.body_short, strict=True), listed, strict=True))


def test_trail_tells_each_step_and_confirms_nobody():
    table = made(ma.standards_trail)
    ax = charts.standards_trail(table)
    told = [plain(note.get_text()) for note in ax.texts]
    assert len(told) == len(table)
    for words, what in zip(told, table.what, strict=True):
        assert what in words
    assert any("listed, not confirmed" in words for words in told)
    days = [mark for mark in ax.collections if mark.get_gid() == "day"]
    spans = [line for line in ax.lines if line.get_gid() == "span"]
    assert len(days) == (table.date_precision == "day").sum()
    assert len(spans) == (table.date_precision != "day").sum()
    assert any("September 2024: MIIT" in words and not words[0].isdigit() for words in told)


def test_an_empty_table_says_that_there_is_nothing_to_draw():
    for chart, table in (
        (charts.roster, made(ma.roster, body=GROUP)),
        (charts.composition, made(ma.composition)),
        (charts.shared_seats, made(ma.shared_seats)),
        (charts.standards_trail, made(ma.standards_trail)),
    ):
        with pytest.raises(ValueError, match="nothing to draw"):
            chart(table.iloc[:0])
