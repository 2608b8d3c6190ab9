"""Sums of targets: each yuan once, on the packaged tables and on places and documents made up for it."""

import copy
import io
import pickle

import numpy as np
import pandas as pd
import pytest
from made_once import made, packaged
from says import says
from tiny import CHINA, DOCUMENT, PROVINCE, TARGET, load_rows, scope_label
from worked.totals import PLACES, RELATED, add_up, targets

import metaverse_analysis as ma


@pytest.fixture
def made_up(tmp_path):
    """The table of targets, and their documents, that a test names."""

    def make(rows, documents=()):
        papers = [DOCUMENT, *(DOCUMENT | {"family_id": one["document_id"]} | one for one in documents)]
        folder = {"places": PLACES, "policy_documents": papers, "regional_targets": targets(*rows)}
        return ma.market_targets(load_rows(tmp_path / "a", folder), country=None)

    return make


def included(total):
    return total.included.set_index("target_id").amount_cny_bn.to_dict()


def why(total):
    return total.excluded.set_index("target_id").reason.to_dict()


def test_the_sum_that_can_be_defended():
    total = ma.add_up(made(ma.market_targets), **RELATED)
    places = dict(zip(total.included.place, total.included.amount_cny_bn, strict=True))
    assert places == {"Shanghai": 350, "Sichuan": 250, "Suzhou": 200, "Shandong": 150, "Chongqing": 100}
    assert (total.amount_cny_bn, total.low_cny_bn, total.high_cny_bn) == (1050, 1050, 1050)
    assert not total.or_more and total.drafts_alone == ()
    out = dict(
        zip(
            total.excluded.place + " " + total.excluded.status.astype(str), total.excluded.reason, strict=True
        )
    )
    assert set(out) == {"Chengdu issued", "Jinan issued", "Kunshan issued", "Sichuan draft", "Shandong draft"}
    assert out["Kunshan issued"] == "inside Suzhou, which is in the sum"
    assert "replaced by the final" in out["Sichuan draft"]


def test_over_makes_it_or_more():
    total = ma.add_up(made(ma.market_targets), scope="metaverse_driven", year=2025)
    assert total.amount_cny_bn == total.low_cny_bn == 300 and total.high_cny_bn is None and total.or_more
    assert "300 billion yuan or more" in repr(total) and "Zhengzhou" in repr(total)


def test_the_repeated_figure_is_the_same_money():
    total = ma.add_up(made(ma.market_targets), scope="metaverse_industry", year=2025)
    assert not len(total.included) and pd.isna(total.amount_cny_bn)
    assert "repeats cn-sh-2025-related-scale" in why(total)["cn-sh-2022-investment-promotion-scale"]
    before = ma.market_targets(packaged(), as_of="2022-06-30")
    assert ma.add_up(before, scope="metaverse_industry", year=2025).amount_cny_bn == 350


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"scope": None, "year": 2025}, r"one scope is needed.*metaverse_related \(\d+\)"),
        ({"scope": ["metaverse_core", "metaverse_related"], "year": 2025}, "different quantities"),
        ({"scope": "metaverse_relate", "year": 2025}, r"no target has the scope.*metaverse_related \("),
        ({"scope": "metaverse_related", "year": None}, r"one year is needed.*2025 \(10\)"),
        ({"scope": "metaverse_related", "year": [2025, 2026]}, "one year is needed"),
        ({"scope": "metaverse_related", "year": True}, "one year is needed"),
        ({"scope": "metaverse_related", "year": 2035}, r"2025 \(10\)"),
        ({"scope": "metaverse_related", "year": 2025, "measure": "turnover"}, r"industry_scale \("),
        ({"scope": "wider", "year": 2025, "measure": "output"}, "bag of unlike things"),
    ],
)
def test_what_it_refuses(wanted, words):
    with pytest.raises(ValueError, match=words):
        ma.add_up(made(ma.market_targets), **wanted)


def test_another_table_is_refused():
    with pytest.raises(ValueError, match="market_targets"):
        ma.add_up(packaged().regional_targets, **RELATED)


def test_four_levels_count_once(made_up):
    at = ["CN-AA-b-c-d", "CN-AA-b-c", "CN-AA-b", "CN-EE"]
    table = made_up([{"place_id": place, "value": str(v)} for place, v in zip(at, (1, 2, 4, 8), strict=True)])
    total = ma.add_up(table, **RELATED)
    assert included(total) == {"t3": 8, "t2": 4}
    assert why(total) == {
        "t1": "inside Btown, which is in the sum",
        "t0": "inside Btown, which is in the sum",
    }


def test_an_ancestor_two_levels_up_counts_for_all_below(made_up):
    table = made_up([{"place_id": "CN-AA", "value": "9"}, {"place_id": "CN-AA-b-c", "value": "5"}])
    assert included(ma.add_up(table, **RELATED)) == {"t0": 9}


def test_a_nation_leaves_out_all_its_places(made_up):
    table = made_up([{"place_id": "CN", "value": "9"}, {"place_id": "CN-AA"}, {"place_id": "CN-EE"}])
    assert included(ma.add_up(table, **RELATED)) == {"t0": 9}


DRAFT = {
    "document_id": "d0",
    "family_id": "f",
    "status": "draft",
    "issued_date": "",
    "consultation_date": "2023-01-05",
}


def test_a_draft_alone_is_in_and_flagged_or_left_out(made_up):
    table = made_up([{"document_id": "d0", "value": "7"}, {"place_id": "CN-AA-b", "value": "3"}], [DRAFT])
    total = ma.add_up(table, **RELATED)
    assert included(total) == {"t0": 7} and total.drafts_alone == ("t0",)
    assert "draft" in total.included.remark[0]
    without = ma.add_up(table, drafts=False, **RELATED)
    assert included(without) == {"t1": 3}, "the city counts when its province's draft doesn't"
    assert why(without) == {"t0": "a draft, and drafts are left out"}


def test_a_final_replaces_its_draft_and_an_earlier_final(made_up):
    final = {"document_id": "d2", "family_id": "f", "issued_date": "2023-04"}
    amended = {"document_id": "d3", "family_id": "f", "issued_date": "2024-04"}
    table = made_up(
        [{"document_id": d, "value": v} for d, v in (("d0", "5"), ("d2", "6"), ("d3", "4"))],
        [DRAFT, final, amended],
    )
    total = ma.add_up(table, **RELATED)
    assert included(total) == {"t2": 4}
    assert why(total)["t0"].endswith("replaced by the final t2") and "later document" in why(total)["t1"]


def test_a_later_draft_does_not_outrank_a_final(made_up):
    late = DRAFT | {"consultation_date": "2024-12-01"}
    total = ma.add_up(made_up([{"value": "6"}, {"document_id": "d0", "value": "9"}], [late]), **RELATED)
    assert included(total) == {"t0": 6} and "before a draft" in why(total)["t1"]


def test_of_two_amounts_of_one_date_the_smaller_counts(made_up):
    total = ma.add_up(made_up([{"value": "6"}, {"value": "5"}, {"value": "5"}]), **RELATED)
    assert included(total) == {"t1": 5}
    assert why(total) == {
        "t0": "the place has t1: of two amounts of one date the smaller counts",
        "t2": "the place has t1: the same amount twice",
    }


def test_an_undated_document_gives_way(made_up):
    undated = {"document_id": "d9", "issued_date": ""}
    total = ma.add_up(made_up([{"document_id": "d9", "value": "1"}, {"value": "2"}], [undated]), **RELATED)
    assert included(total) == {"t1": 2} and "undated" in why(total)["t0"]


def test_a_repeat_stands_in_for_a_draft_that_is_left_out(made_up):
    rows = [
        {"document_id": "d0", "value": "7"},
        {"place_id": "CN-EE", "value": "7", "repeats_target_id": "t0"},
        {"place_id": "CN-AA-b", "value": "7", "repeats_target_id": "t0"},
    ]
    table = made_up(rows, [DRAFT])
    assert included(ma.add_up(table, **RELATED)) == {"t0": 7}
    assert included(ma.add_up(table, drafts=False, **RELATED)) == {"t1": 7}, (
        "one of the two repeats, in table order"
    )


def test_ranges_hedges_and_ceilings(made_up):
    rows = [
        {"place_id": "CN-EE", "value": "30", "value_max": "50", "qualifier": "range"},
        {"place_id": "CN-AA", "value": "10", "qualifier": "up_to"},
    ]
    total = ma.add_up(made_up(rows), **RELATED)
    assert (total.low_cny_bn, total.amount_cny_bn, total.high_cny_bn) == (30, 40, 60)
    assert "40 billion yuan (30 to 60)" in repr(total)


def test_what_is_no_total_in_yuan_is_out(made_up):
    rows = [
        {"value": "1"},
        {"place_id": "CN-EE", "value": "2", "unit": "billion USD"},
        {"place_id": "CN-EE", "value": "3", "per": "firm"},
        {"place_id": "CN-EE", "value": "4", "basis": "forecast"},
        {"place_id": "CN-EE", "value": "500", "unit": "million CNY", "per": "year"},
    ]
    total = ma.add_up(made_up(rows), **RELATED)
    assert included(total) == {"t0": 1, "t4": 0.5}
    assert why(total) == {
        "t1": "in USD: amounts in another currency are not added to yuan",
        "t2": "not a total: the amount is per firm",
        "t3": "not set by a document: forecast",
    }


def test_other_scopes_years_and_measures_stay_out(made_up):
    rows = [
        {"value": "1"},
        {"place_id": "CN-EE", "scope": "metaverse_core"},
        {"place_id": "CN-EE", "target_year": "2026"},
        {"place_id": "CN-EE", "measure": "revenue"},
    ]
    total = ma.add_up(made_up(rows), **RELATED)
    assert included(total) == {"t0": 1} and not len(total.excluded)


def test_it_prints_as_a_small_table_in_a_notebook():
    html = ma.add_up(made(ma.market_targets), **RELATED)._repr_html_()
    assert (
        "<caption>metaverse-related industries, 2025, industry scale: about 1,050 billion yuan</caption>"
        in html
    )
    assert html.count("<tr>") == 10


def test_every_part_of_a_sum_worked_by_hand(worked):
    total = add_up(worked("totals"))
    label = scope_label("metaverse_related")
    assert (total.scope, total.scope_label, total.year, total.measure) == (
        "metaverse_related",
        label,
        2025,
        "industry_scale",
    )
    assert (total.amount_cny_bn, total.low_cny_bn, total.high_cny_bn) == (1520, 1520, 1530)
    assert not total.or_more and total.drafts_alone == ("t2",)
    assert total.included.index.tolist() == total.excluded.index.tolist() == [0, 1]
    assert repr(total) == "\n".join(
        [
            f"{label}, 2025, industry scale: about 1,520 billion yuan (1,520 to 1,530)",
            "  in   about 1,500  Aland",
            "  in         20-30  Eland  a draft; no final that sets it is known",
            "  out   at least 3  Btown  inside Aland, which is in the sum",
            "  out            ?  Eland  in USD: amounts in another currency are not added to yuan",
        ]
    )
    cell = "<td style='text-align:{}'>{}</td>".format
    first = "".join(
        ["<td style=''>in</td>", cell("right", "about 1,500"), cell("left", "Aland"), cell("left", "")]
    )
    html = total._repr_html_()
    assert f"</caption><tr>{first}</tr><tr>" in html and html.endswith("not added to yuan</td></tr></table>")


def test_open_sums_say_or_more_and_no_span(made_up):
    rows = [
        {"place_id": "CN-AA", "value": "10", "qualifier": "up_to"},
        {"place_id": "CN-EE", "value": "5", "qualifier": "at_least"},
    ]
    total = ma.add_up(made_up(rows), **RELATED)
    assert (total.low_cny_bn, total.amount_cny_bn, total.high_cny_bn, total.or_more) == (5, 15, None, True)
    assert repr(total).splitlines()[0].endswith(", 2025, industry scale: 15 billion yuan or more")
    assert "up to 10" in repr(total) and "at least 5" in repr(total)


def test_large_sums_are_printed_to_the_last_yuan_that_was_written(made_up):
    rows = [{"place_id": "CN-AA", "value": "1234567.25"}, {"place_id": "CN-EE", "value": "0.5"}]
    total = ma.add_up(made_up(rows), **RELATED)
    assert repr(total).splitlines()[0].endswith(", 2025, industry scale: 1,234,567.75 billion yuan")
    assert "1,234,567.25" in repr(total)


def test_an_announcement_says_that_no_document_was_seen(made_up):
    announced = {"document_id": "d7", "status": "announced"}
    total = ma.add_up(made_up([{"document_id": "d7"}], [announced]), **RELATED)
    assert total.included.remark.tolist() == ["announced; no document was seen"] and total.drafts_alone == ()


def test_nothing_left_to_add_is_unknown_and_not_zero(made_up):
    total = ma.add_up(made_up([{"unit": "billion USD"}]), **RELATED)
    assert pd.isna([total.amount_cny_bn, total.low_cny_bn, total.high_cny_bn]).all()
    assert repr(total).splitlines()[0].endswith(", 2025, industry scale: nothing to add up")


def test_long_tables_are_cut_at_forty_rows_and_say_so(tmp_path):
    places = [CHINA, PROVINCE, *(PROVINCE | {"place_id": f"CN-{i}", "name_en": f"P{i}"} for i in range(43))]
    rows = [
        TARGET | {"target_id": f"t{i}-{v}", "place_id": f"CN-{i}", "value": str(v)}
        for i in range(43)
        for v in (1, 2)
    ]
    targets = ma.market_targets(load_rows(tmp_path / "a", {"places": places, "regional_targets": rows}))
    total = ma.add_up(targets, **RELATED)
    assert (len(total.included), len(total.excluded)) == (43, 43)
    lines = repr(total).splitlines()
    assert len(lines) == 82 and lines[-1] == "... and 6 more: see .included and .excluded"
    assert "<tr><td colspan='4'>... and 6 more: see .included and .excluded</td></tr>" in total._repr_html_()


def test_the_messages_name_what_there_is_for_the_parts_already_chosen(made_up):
    table = made_up([{}, {"measure": "revenue", "place_id": "CN-EE"}, {"scope": "vr_xr"}])
    with pytest.raises(ValueError) as error:
        ma.add_up(table, scope="metaverse_related", year=2024)
    assert says(error, "year 2024", "scope metaverse_related", "measure industry_scale", ": 2025 (1)")
    with pytest.raises(ValueError, match=r"There is \(.*\): metaverse_related \(2\), vr_xr \(1\)$"):
        ma.add_up(table, scope="wider", year=2025)
    with pytest.raises(
        ValueError, match=r"For the scope metaverse_related there is \(.*\): industry_scale \(1\), rev"
    ):
        ma.add_up(table, scope="metaverse_related", year=2025, measure="output")
    with pytest.raises(ValueError, match="nothing at all"):
        ma.add_up(table[:0], **RELATED)


def test_texts_in_the_small_table_are_escaped(made_up):
    table = made_up([{}])
    total = ma.add_up(table.assign(place="<b>", scope_label="<i>"), **RELATED)
    assert "&lt;b&gt;" in total._repr_html_() and "&lt;i&gt;" in total._repr_html_()


def read_again(table, **options):
    return pd.read_csv(io.StringIO(table.to_csv(index=False)), **options)


WORKED_ON = {
    "converted": lambda table: table.convert_dtypes(),
    "arrow": lambda table: table.convert_dtypes(dtype_backend="pyarrow"),
    "read again": lambda table: read_again(table),
    "read into arrow": lambda table: read_again(table, dtype_backend="pyarrow"),
    "objects": lambda table: table.astype("object"),
    "index too": lambda table: table.set_index("target_id", drop=False),
    "index": lambda table: table.set_index(["target_id", "place"]),
    "one label": lambda table: table.set_axis([1] * len(table)),
    "half of it": lambda table: pd.concat([table[::2], table[1::2]]),
}


@pytest.mark.parametrize("change", WORKED_ON.values(), ids=WORKED_ON)
def test_a_table_that_was_worked_on_gives_the_same_sum(ds, change):
    targets = ma.market_targets(ds)
    expected = ma.add_up(targets, scope="metaverse_related", year=2025)
    found = ma.add_up(change(targets), scope="metaverse_related", year=2025)
    assert repr(found) == repr(expected) and found.drafts_alone == expected.drafts_alone


@pytest.mark.parametrize(
    "join", [lambda t: [t, t], lambda t: [t, read_again(t[::-1])], lambda t: [t[5:], t[:9], t]]
)
def test_a_target_that_stands_twice_counts_once_and_that_is_said(ds, join):
    """An export that was read back and appended, selections that overlap."""
    targets = ma.market_targets(ds, year=2025)
    expected = ma.add_up(targets, scope="metaverse_related", year=2025)
    twice = pd.concat(join(targets))
    found = ma.add_up(twice, scope="metaverse_related", year=2025)
    assert (found.amount_cny_bn, found.high_cny_bn) == (expected.amount_cny_bn, expected.high_cny_bn)
    chosen = twice[(twice.scope == "metaverse_related") & (twice.measure == "industry_scale")]
    n = len(chosen) - chosen.target_id.nunique()
    assert found.counted_once == n > 0
    assert repr(found) == f"{expected!r}\n{n} rows stood twice, counted once"
    assert f"<td colspan='4'>{n} rows stood twice, counted once</td>" in found._repr_html_()
    pd.testing.assert_frame_equal(
        found.included, expected.included, check_dtype=False, check_categorical=False
    )


def test_two_rows_of_one_target_that_differ_are_refused(ds):
    targets = ma.market_targets(ds, scope="metaverse_related", year=2025)
    other = targets[:1].assign(amount_cny_bn=1.0, words_zh="others")
    with pytest.raises(
        ValueError,
        match=rf"^add_up: rows of one target_id differ in amount_cny_bn \({targets.target_id[0]}\)",
    ):
        ma.add_up(pd.concat([targets, other]), scope="metaverse_related", year=2025)
    # Another rate for the dollars is no other amount in yuan.
    common = ma.market_targets(ds, scope="metaverse_related", year=2025, rate_on="2024-01-19")
    assert ma.add_up(pd.concat([targets, common]), scope="metaverse_related", year=2025).counted_once == len(
        targets
    )


@pytest.mark.parametrize("year", ["2025", 2025.0, np.int64(2025), np.float64(2025)])
def test_a_year_may_be_text_or_have_a_point(ds, year):
    targets = ma.market_targets(ds, year=year)
    assert set(targets.target_year) == {2025}
    assert ma.add_up(targets, scope="metaverse_related", year=year).year == 2025


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda ds: ds, "and not a Dataset"),
        (lambda ds: None, "and not None"),
        (lambda ds: ds.regional_targets, "this one lacks place, level, ancestor_ids, "),
        (lambda ds: ma.policy_timeline(ds), "this one lacks target_id, "),
    ],
)
def test_add_up_says_what_it_takes(ds, wrong, words):
    with pytest.raises(ValueError) as told:
        ma.add_up(wrong(ds), scope="metaverse_related", year=2025)
    assert str(told.value).startswith("add_up takes the table that ma.market_targets gives") and words in str(
        told.value
    )


@pytest.mark.parametrize(
    "travel", [lambda total: pickle.loads(pickle.dumps(total)), copy.copy, copy.deepcopy]
)
def test_a_total_travels(ds, travel):
    total = ma.add_up(ma.market_targets(ds), scope="metaverse_related", year=2025)
    assert repr(travel(total)) == repr(total) and travel(total).included.equals(total.included)


def test_a_sum_with_a_part_without_dollars_has_none(ds):
    targets = ma.market_targets(ds)
    part = targets["place"].eq("Shanghai") & targets["scope"].eq("metaverse_related")
    without = ma.add_up(
        targets.assign(amount_usd_bn=targets["amount_usd_bn"].mask(part)),
        scope="metaverse_related",
        year=2025,
    )
    assert without.amount_cny_bn == 1050 and np.isnan(without.amount_usd_bn)
