"""The charts of documents and instruments: what is drawn is what the table says, and it can be read."""

from functools import cache

import matplotlib.dates as mdates
import pandas as pd
import pytest
from chart_checks import assert_no_overlap, assert_readable, at_each_size, bars
from made_once import made, packaged
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import metaverse_analysis as ma
from metaverse_analysis import charts
from metaverse_analysis.charts.layout import frame_parts
from metaverse_analysis.charts.palette import colour

DATA = packaged()
LEVELS = ("province", "city", "district")


def real(name: str) -> pd.DataFrame:
    return {
        "policy_timeline": lambda: made(ma.policy_timeline),
        "adoption": lambda: pd.concat([made(ma.adoption, level=level) for level in LEVELS]),
        "revisions": lambda: made(ma.revisions),
        "instrument_matrix": lambda: made(
            ma.instrument_cells, level="province", roll_up=True, count="families"
        ),
        "instrument_stances": lambda: made(ma.instrument_stances, count="families"),
    }[name]()


def forty_regions() -> ma.Dataset:
    """Forty made-up provinces with long names, a draft and a final each, and every kind of date."""
    places = DATA.places.iloc[[0] * 41].reset_index(drop=True)
    number = places.index.astype("str")
    places["place_id"] = ["CN", *("P" + number[1:])]
    places["name_en"] = ["China", *("Autonomous Region of Long Names Number " + number[1:])]
    places["level"] = pd.Categorical(
        ["country"] + ["province"] * 40, categories=DATA.places.level.cat.categories
    )
    places["parent_id"] = [None] + ["CN"] * 40
    columns = DATA.policy_documents.columns
    records = []
    for i in range(1, 41):
        date = [f"2023-{i % 12 + 1:02}-{i % 28 + 1:02}", f"2023-{i % 12 + 1:02}", "2023"][i % 3]
        for status, column, day in (
            ("draft", "consultation_date", "2022-12-15"),
            ("issued", "issued_date", date),
        ):
            records.append(
                {
                    "document_id": f"d{i}-{status}",
                    "family_id": f"d{i}",
                    "title_en": f"A plan with a rather long title of the region number {i} (2023-2025)",
                    "place_id": f"P{i}",
                    "doc_type": "action_plan",
                    "status": status,
                    "issuer_kind": "government",
                    "is_metaverse_specific": True,
                    "source_ids": "s",
                    column: day,
                }
            )
    plan = {**records[1], "document_id": "n", "family_id": "n", "place_id": "CN", "issued_date": "2023-06"}
    documents = pd.DataFrame([*records, plan], columns=columns).astype(DATA.policy_documents.dtypes.to_dict())
    codes = list(DATA.schema.codes("policy_instruments", "instrument"))
    uses = pd.DataFrame(
        [
            {
                "instrument_id": f"{document}-{k}",
                "document_id": document,
                "instrument": codes[(i * 7 + k) % len(codes)],
                "stance": "restrict" if (i + k) % 9 == 0 else "promote",
                "detail": "said",
                "source_ids": "s",
            }
            for i, document in enumerate(documents.document_id)
            for k in range(6)
        ],
        columns=DATA.policy_instruments.columns,
    ).astype(DATA.policy_instruments.dtypes.to_dict())
    empty = {name: DATA[name].iloc[:0] for name in ("events", "regional_targets", "coverage")}
    return DATA.with_tables(places=places, policy_documents=documents, policy_instruments=uses, **empty)


FORTY = forty_regions()


@cache
def made_up(name: str) -> pd.DataFrame:
    return {
        "policy_timeline": lambda: ma.policy_timeline(FORTY),
        "adoption": lambda: ma.adoption(FORTY, level="province"),
        "revisions": lambda: ma.revisions(FORTY),
        "instrument_matrix": lambda: ma.instrument_cells(FORTY, level="province"),
        "instrument_stances": lambda: ma.instrument_stances(FORTY),
    }[name]()


NAMES = ("policy_timeline", "adoption", "revisions", "instrument_matrix", "instrument_stances")


@at_each_size(*NAMES, first=1)
def test_nothing_overlaps_and_all_can_be_read(name, size):
    ax = getattr(charts, name)(made_up(name), size=size)
    assert_no_overlap(ax.figure)
    assert_readable(ax.figure)
    assert len(charts.alt_text(ax)) > 80


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_table_is_told(name):
    with pytest.raises(ValueError, match="is in the table|nothing to draw"):
        getattr(charts, name)(real(name).iloc[:0])


def words(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_the_time_line_has_every_policy_document_once():
    table = made(ma.policy_timeline)
    chosen = table[
        (table.kind == "document")
        & table.is_metaverse_specific.fillna(False)
        & table.is_policy.fillna(False)
        & (table.country_id == "CN")
    ]
    dated = chosen[chosen.last_day.notna()]
    ax = charts.policy_timeline(table)
    assert len(words(ax)) == len(dated)
    days = ax.collections[0].get_offsets()[:, 0].tolist()
    exact = dated[dated.date_precision == "day"]
    assert sorted(days) == sorted(mdates.date2num(exact.first_day))
    spans = sorted((bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches)
    coarse = dated[dated.date_precision != "day"]
    assert spans == sorted(
        zip(mdates.date2num(coarse.first_day), mdates.date2num(coarse.last_day), strict=True)
    )
    undated = len(chosen) - len(dated)
    assert f"{undated} without a date" in footer(ax)


def footer(ax) -> str:
    return frame_parts(ax.figure)["footer"].source


def frame_title(ax) -> str:
    return frame_parts(ax.figure)["title"].source


def test_drafts_look_provisional_and_the_two_places_stand_out():
    ax = charts.policy_timeline(made(ma.policy_timeline))
    points = ax.collections[0]
    names = {(mdates.date2num(note.xy[0]), note.xy[1]): note.get_text() for note in ax.texts}
    looks = {
        names[x, y]: (to_hex(face), to_hex(edge))
        for (x, y), face, edge in zip(
            points.get_offsets(), points.get_facecolor(), points.get_edgecolor(), strict=True
        )
    }
    assert looks["Sichuan, draft"] == ("#ffffff", colour("emphasis"))
    assert looks["Sichuan"] == (colour("emphasis"), colour("emphasis"))
    assert looks["Henan"] == (colour("final"), colour("final"))
    bold = {note.get_text() for note in ax.texts if note.get_fontweight() == "bold"}
    assert {"Sichuan", "Sichuan, draft", "Shandong", "Shandong, draft"} <= bold
    assert len(bold) == 5  # and the national plan


def test_the_reference_line_is_the_national_plan():
    table = made(ma.policy_timeline)
    ax = charts.policy_timeline(table)
    plan = table[table.is_national_plan.fillna(False) & (table.country_id == "CN")].iloc[0]
    upright = [line.get_xdata()[0] for line in ax.get_lines() if len(set(line.get_xdata())) == 1]
    assert [pd.Timestamp(day) for day in upright] == [plan.first_day]


def test_the_title_counts_places_before_the_plan():
    title = frame_title(charts.policy_timeline(made(ma.policy_timeline)))
    levels = [made(ma.adoption, level=level) for level in ("province", "city", "district", "zone")]
    places = pd.concat(levels).query("stage == 'issued' and dated")
    before = (places.order_to_plan == "before").sum()
    assert title.startswith(f"At least {before} of {len(places)} places")


def test_the_steps_are_the_numbers_of_the_table():
    table = made(ma.adoption, level="province")
    ax = charts.adoption(table)
    line = max(ax.get_lines(), key=lambda line: len(line.get_xdata()))
    issued = table[(table.stage == "issued") & table.dated]
    assert list(line.get_ydata())[1:-1] == issued.number.tolist()
    assert [pd.Timestamp(day) for day in line.get_xdata()[1:-1]] == issued.last_day.tolist()
    drafts = table[(table.stage == "draft") & table.dated]
    hollow = [points for points in ax.collections if len(points.get_offsets()) == len(drafts)]
    assert any(to_hex(points.get_facecolor()[0]) == "#ffffff" for points in hollow)
    assert any(f"{issued.share_pct.max():.0f}% of {issued.searched.iloc[0]}" in word for word in words(ax))


def test_a_revision_is_as_long_as_its_days():
    table = made(ma.revisions)
    dated = table[table.days_high.notna()].set_index("place")
    ax = charts.revisions(table)
    sichuan = next(note for note in ax.texts if note.xy[0] == dated.days["Sichuan"])
    assert sichuan.get_text().startswith("30 days\nnumbers: 5 the same")
    spans = sorted((bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches)
    coarse = dated[dated.days_low != dated.days_high]
    assert spans == sorted(zip(coarse.days_low, coarse.days_high, strict=True))
    wuhan = next(word for word in words(ax) if "dropped" in word)
    assert "NFTs" in wuhan
    assert "Nansha" in footer(ax)  # a draft without a final


def test_the_cells_are_the_numbers_of_the_table():
    cells = real("instrument_matrix")
    ax = charts.instrument_matrix(cells)
    places = [tick.get_text() for tick in ax.get_xticklabels()]
    rows = dict(
        zip(ax.get_yticks().tolist(), (tick.get_text() for tick in ax.get_yticklabels()), strict=True)
    )
    drawn = {
        (places[int(text.get_position()[0])], rows[text.get_position()[1]]): text.get_text()
        for text in ax.texts
    }
    expected = {
        (row.place, row.instrument_label): str(row.families)
        for row in cells.itertuples()
        if row.place in places
    }
    assert drawn == expected
    assert places[:3] == cells.drop_duplicates("place_id").place.tolist()[:3]


def test_cells_that_restrict_are_outlined():
    cells = made(ma.instrument_cells, level="country")
    ax = charts.instrument_matrix(cells)
    outlined = [
        patch
        for patch in ax.patches
        if isinstance(patch, Rectangle) and to_hex(patch.get_edgecolor()) == colour("restrict")
    ]
    assert len(outlined) == (cells.restrict > 0).sum() > 0


def test_places_that_do_not_fit_are_told():
    ax = charts.instrument_matrix(made_up("instrument_matrix"))
    shown = len(ax.get_xticklabels())
    assert shown < 41
    assert f"{40 - shown} more places" in footer(ax)


def test_the_bars_are_the_stances():
    table = real("instrument_stances")
    ax = charts.instrument_stances(table)
    used = table[table.families > 0].set_index("instrument_label")
    lengths: dict[str, float] = {}
    for bar in bars(ax):
        lengths[bar.label] = max(lengths.get(bar.label, 0), bar.value)
    stances = used[["promote", "regulate", "restrict"]].sum(axis=1)
    assert lengths == stances.astype(float).to_dict()
    assert next(iter(bars(ax))).label == used.families.idxmax()
