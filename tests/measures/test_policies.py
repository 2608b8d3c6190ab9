"""The time line, the adoption by places, and drafts against finals: made-up documents worked by hand, and the facts.

The time line, adoption and revisions: every column of every table, worked by hand on a few documents.
"""

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from made_up_policies import DATA, PLAN, document, event, made_up, target, use
from thorough import MORE

import metaverse_analysis as ma
from metaverse_analysis.measures.policies import counts_as_policy, national_plan

# The time line


def test_a_month_is_never_its_first_day():
    ds = made_up(
        policy_documents=[
            document("month", "2023-09"),
            document("early", "2023-09-04"),
            document("next", "2023-10-01"),
        ],
        events=[event("before", "2023-08-31")],
    )
    line = ma.policy_timeline(ds)
    assert line.title.tolist() == ["before", "Plan early", "Plan month", "Plan next"]
    assert line.order_is_certain.tolist() == [True, False, False, True]
    assert line.overlaps_next.tolist() == [False, True, False, False]  # the month may be its first days
    assert line.date.tolist() == ["2023-08-31", "2023-09-04", "2023-09", "2023-10-01"]
    assert line.date_precision.tolist() == ["day", "day", "month", "day"]


def test_two_equal_months_have_no_order_and_equal_days_have():
    months = ma.policy_timeline(
        made_up(policy_documents=[document("a", "2023-09"), document("b", "2023-09")])
    )
    assert months.order_is_certain.tolist() == [False, False]
    assert months.overlaps_next.tolist() == [True, False]
    days = ma.policy_timeline(
        made_up(policy_documents=[document("a", "2023-09-01"), document("b", "2023-09-01")])
    )
    assert days.order_is_certain.tolist() == [True, True]


def test_a_year_makes_the_order_of_its_rows_uncertain():
    dates = ["2022-12-31", "2023-05-01", "2023", "2024-01-01"]
    line = ma.policy_timeline(made_up(policy_documents=[document(f"d{date}", date) for date in dates]))
    assert line.date.tolist() == dates
    assert line.order_is_certain.tolist() == [True, False, False, True]


def test_every_document_and_event_is_in_the_line_once_and_undated_ones_are_last():
    line = ma.policy_timeline(DATA)
    assert line.document_id[line.kind == "document"].is_unique
    assert set(line.event_id.dropna()) == set(DATA.events.event_id)
    assert len(line) == len(DATA.policy_documents) + len(DATA.events)
    dated = line.last_day.notna()
    assert dated[: dated.sum()].all()
    assert line.last_day[dated].is_monotonic_increasing


def test_an_event_that_tells_of_a_document_says_so():
    ds = made_up(
        policy_documents=[document("plan", "2023-09")],
        events=[
            event("told", "2023-09-19", document_id="plan", event_type="document_issued"),
            event("signed", "2023-09-18", document_id="plan", event_type="document_step"),
            event("reprinted", "2024-09-19", document_id="plan", event_type="document_issued"),
            event("other", "2023-09-19", event_type="document_issued"),
        ],
    )
    line = ma.policy_timeline(ds).set_index("event_id")
    assert line.index[line.repeats_document].tolist() == ["told"]


def test_a_draft_has_the_day_of_its_consultation():
    line = ma.policy_timeline(DATA)
    sichuan = line[(line.family_id == "cn-sc-2023-metaverse-action-plan") & (line.kind == "document")]
    assert list(zip(sichuan.status, sichuan.date, strict=True)) == [
        ("draft", "2023-08-16"),
        ("issued", "2023-09-15"),
    ]


def order_by_hand(line: pd.DataFrame, row: int) -> bool:
    above, below = line.iloc[:row], line.iloc[row + 1 :]
    here = line.iloc[row]
    return bool(
        (above.last_day <= here.first_day).all() and (below.first_day.dropna() >= here.last_day).all()
    )


DATES = st.sampled_from(
    ["2022", "2023", "2022-12", "2023-01", "2023-06", "2022-12-31", "2023-01-01", "2023-06-15"]
)


@settings(max_examples=5 * MORE)
@given(st.lists(DATES, min_size=1, max_size=7))
def test_the_order_is_certain_where_no_reading_of_the_dates_breaks_it(dates):
    line = ma.policy_timeline(
        made_up(policy_documents=[document(f"d{i}", date) for i, date in enumerate(dates)])
    )
    assert line.order_is_certain.tolist() == [order_by_hand(line, row) for row in range(len(line))]


# Adoption


def provinces(*documents: dict) -> pd.DataFrame:
    return ma.adoption(made_up(policy_documents=list(documents)), level="province")


def test_places_are_counted_from_the_last_day_of_their_first_document():
    table = provinces(
        document("cn-plan", "2023-09-08", place_id="CN"),
        document("a", "2022-07-08"),
        document("b", "2023-01-01"),  # a second one of Sichuan
        document("c", "2023-09", place_id="CN-SD"),
        document("d", "2023-09-15", place_id="CN-JS"),
        document("e", None, place_id="CN-HN"),
    )
    assert table.place_id.tolist() == ["CN-SC", "CN-JS", "CN-SD", "CN-HN"]
    assert table.document_id.tolist() == ["a", "d", "c", "e"]
    assert table.number.tolist() == [1, 2, 3, pd.NA]
    assert table.number_at_most.tolist() == [1, 3, 3, pd.NA]  # Shandong's may have come before the 15th
    assert table.dated.tolist() == [True, True, True, False]
    assert table.plan_document_id.unique().tolist() == ["cn-plan"]
    assert table.order_to_plan.tolist() == ["before", "after", "unknown", "unknown"]
    assert table.days_after_plan_low.tolist() == [-427, 7, -7, pd.NA]
    assert table.days_after_plan_high.tolist() == [-427, 7, 22, pd.NA]
    assert table.months_after_plan_low.tolist()[:3] == [-14.0, 0.2, -0.2]


def test_an_earlier_vague_date_widens_the_span_of_a_place():
    table = provinces(document("vague", "2022"), document("exact", "2022-07-08"))
    assert table.document_id.tolist() == ["exact"]
    assert table.first_day.dt.strftime("%F").tolist() == ["2022-01-01"]
    assert table.last_day.dt.strftime("%F").tolist() == ["2022-07-08"]


@pytest.mark.parametrize(
    "more",
    [
        {"status": "announced"},
        {"doc_type": "park_project"},
        {"doc_type": "call"},
        {"issuer_kind": "association"},
        {"issuer_kind": None},
        {"is_metaverse_specific": False},
        {"place_id": "KR-11"},  # another country
        {"place_id": "CN-SC-chengdu"},  # another level
    ],
)
def test_what_does_not_count(more):
    assert len(provinces(document("a", "2022-07-08", **more))) == 0


def test_drafts_stand_apart_also_where_a_final_came():
    table = provinces(document("a-draft", "2023-08-16", status="draft"), document("a", "2023-09-15"))
    assert table.stage.tolist() == ["issued", "draft"]
    assert table.document_id.tolist() == ["a", "a-draft"]
    assert table.number.tolist() == [1, 1]


def test_the_share_is_of_the_searched_provinces_and_of_no_other_level():
    searched = DATA.coverage[DATA.coverage.finding != "not_searched"]
    missing = sorted(set(DATA.coverage.place_id) - set(searched.place_id))
    table = provinces(document("a", "2022-01-01"), document("b", "2022-02-01", place_id=missing[0]))
    assert table.searched.tolist() == [len(searched)] * 2
    assert table.number.tolist() == [1, 2]
    assert table.share_pct.tolist() == pytest.approx([100 / len(searched)] * 2)
    for level in ("city", "district", "zone"):
        assert ma.adoption(DATA, level=level)[["searched", "share_pct"]].isna().all().all()


def test_the_real_provinces():
    table = ma.adoption(DATA, level="province").set_index(["stage", "place_id"])
    assert table.loc[("draft", "CN-SC")].date == "2023-08-16"
    assert table.loc[("draft", "CN-SD")].date == "2023-09-04"
    assert table.loc[("issued", "CN-SC")].date == "2023-09-15"
    assert table.loc[("issued", "CN-SC")].days_after_plan_low == 7
    assert table.loc[("issued", "CN-SD")].order_to_plan == "unknown"
    assert table.loc[("issued", "CN-SH")].order_to_plan == "before"
    assert national_plan(DATA).document_id == PLAN


def test_without_a_national_plan_nothing_is_before_or_after():
    table = provinces(document("a", "2022-01-01"))
    assert table.plan_document_id.isna().all()
    assert table.order_to_plan.tolist() == ["unknown"]
    assert table.days_after_plan_low.isna().all()


def test_a_plan_known_by_month_only():
    table = provinces(
        document("p", "2023-09", place_id="CN"),
        document("a", "2023-09-15"),
        document("b", "2023-08", place_id="CN-SD"),
    )
    assert table.set_index("document_id").order_to_plan.to_dict() == {"b": "before", "a": "unknown"}


@settings(max_examples=5 * MORE)
@given(st.lists(st.tuples(st.sampled_from(["CN-SC", "CN-SD", "CN-JS", "CN-ZJ"]), DATES), max_size=8))
def test_adoption_never_falls(documents):
    table = provinces(*[document(f"d{i}", date, place_id=place) for i, (place, date) in enumerate(documents)])
    assert table.number.is_monotonic_increasing
    assert table.number_at_most.is_monotonic_increasing
    assert (table.number <= table.number_at_most).all()
    assert len(table) == len({place for place, _ in documents})
    assert table.empty or table.number.max() == len(table)


@pytest.mark.parametrize(("level", "country"), [("village", "CN"), ("province", "XX")])
def test_a_wrong_level_or_country_is_named(level, country):
    with pytest.raises(ValueError, match="no place has the"):
        ma.adoption(DATA, level=level, country=country)


def test_a_schema_without_flags_counts_every_kind():
    from dataclasses import replace

    table = DATA.schema["policy_documents"]
    fields = {
        name: replace(field, codes={code: {} for code in field.codes}) if field.codes else field
        for name, field in table.fields.items()
    }
    schema = replace(
        DATA.schema, tables={**DATA.schema.tables, "policy_documents": replace(table, fields=fields)}
    )
    assert counts_as_policy(replace(DATA, schema=schema)).all()
    assert not counts_as_policy(DATA).all()


# Draft against final


PAIR = [document("a-draft", "2023-08-16", status="draft"), document("a", "2023-09-15")]


def numbers(draft: list[dict], final: list[dict]) -> pd.DataFrame:
    targets = [
        target(f"{document_id}-{i}", document_id, **more)
        for document_id, side in (("a-draft", draft), ("a", final))
        for i, more in enumerate(side)
    ]
    return ma.revision_details(made_up(policy_documents=PAIR, regional_targets=targets))


@pytest.mark.parametrize(
    ("draft", "final", "change", "differs", "words_differ"),
    [
        ({}, {}, "same", None, False),
        ({"words_zh": "科技型"}, {"words_zh": "创新型"}, "same", None, True),
        ({}, {"value": 90.0}, "changed", "value", False),
        ({}, {"qualifier": "at_least"}, "changed", "qualifier", False),
        ({}, {"target_year": 2026}, "changed", "target_year", False),
        (
            {"value": 1000.0, "unit": "million CNY"},
            {"value": 1.0, "unit": "billion CNY"},
            "same",
            None,
            False,
        ),
        (
            {"value": 1.0, "unit": "billion CNY"},
            {"value": 1.0, "unit": "billion USD"},
            "changed",
            "unit",
            False,
        ),
        ({"value_max": 200.0, "qualifier": "range"}, {}, "changed", "value_max;qualifier", False),
    ],
)
def test_one_number_against_one(draft, final, change, differs, words_differ):
    table = numbers([draft], [final])
    assert table.change.tolist() == [change]
    assert table.differs.tolist() == [differs] if differs else table.differs.isna().all()
    assert table.words_differ.tolist() == [words_differ]


def test_words_tell_numbers_of_one_kind_apart():
    table = numbers(
        [{"words_zh": "领军", "value": 5.0}, {"words_zh": "中小", "value": 50.0}],
        [{"words_zh": "中小", "value": 60.0}, {"words_zh": "领军", "value": 5.0}],
    )
    assert table.change.tolist() == ["same", "changed"]
    assert table.draft_text.tolist() == ["5 firms, 2025", "50 firms, 2025"]
    assert table.final_text.tolist() == ["5 firms, 2025", "60 firms, 2025"]


def test_numbers_that_cannot_be_told_apart_are_not_paired():
    table = numbers([{"value": 5.0}, {"value": 6.0}], [{"value": 7.0}])
    assert table.change.tolist() == ["not_seen", "not_seen", "added"]


def test_two_caps_on_unlike_things_are_not_one_changed_cap():
    cap = {"indicator": "subsidy_cap", "measure": "subsidy", "unit": "million CNY", "qualifier": "up_to"}
    table = numbers([{**cap, "scope_note": "pilots"}], [{**cap, "scope_note": "rent", "value": 5.0}])
    assert table.change.tolist() == ["not_seen", "added"]
    assert table.draft_text.tolist()[0] == "up to 100 million CNY, 2025"


def test_instruments_are_not_seen_unless_a_row_says_dropped():
    ds = made_up(
        policy_documents=PAIR,
        policy_instruments=[
            use("subsidy", "a-draft"),
            use("fund", "a-draft"),
            use("nft_digital_collectibles", "a-draft"),
            use("standards", "a-draft"),
            use("ethics_risk", "a-draft"),
            use("standards", "a"),
            use("talent", "a"),
            use("ethics_risk", "a", stance="restrict"),
            use("nft_digital_collectibles", "a", dropped=True, stance=None, detail="the line is gone"),
        ],
    )
    table = ma.revision_details(ds).set_index("subject")
    assert table.change.to_dict() == {
        "subsidy": "not_seen",
        "fund": "not_seen",
        "nft_digital_collectibles": "dropped",
        "standards": "same",
        "ethics_risk": "changed",
        "talent": "added",
    }
    assert table.final_text["nft_digital_collectibles"] == "the line is gone"
    row = ma.revisions(ds).iloc[0]
    assert row[["instruments_same", "instruments_changed", "instruments_not_seen"]].tolist() == [1, 1, 2]
    assert row[["instruments_added", "instruments_dropped"]].tolist() == [1, 1]


def test_an_instrument_used_and_with_a_dropped_line_has_both_rows():
    ds = made_up(
        policy_documents=PAIR,
        policy_instruments=[
            use("subsidy", "a-draft"),
            use("subsidy", "a"),
            use(
                "subsidy",
                "a",
                instrument_id="a--subsidy--2",
                dropped=True,
                stance=None,
                detail="the rent line is gone",
            ),
        ],
    )
    assert sorted(ma.revision_details(ds).change) == ["dropped", "same"]


@pytest.mark.parametrize(
    ("draft", "final", "low", "high", "days"),
    [
        ("2023-08-16", "2023-09-15", 30, 30, 30),
        ("2022-08", "2022-11-03", 64, 94, pd.NA),
        ("2023-09-04", "2023-09", 0, 26, pd.NA),  # not -3: a final is not older than its draft
        ("2023-09-04", None, pd.NA, pd.NA, pd.NA),
    ],
)
def test_days_between_draft_and_final(draft, final, low, high, days):
    ds = made_up(policy_documents=[document("a-draft", draft, status="draft"), document("a", final)])
    row = ma.revisions(ds).iloc[0]
    assert row[["days_low", "days_high", "days"]].tolist() == [low, high, days]


def test_a_draft_without_a_final_is_listed_without_counts():
    ds = made_up(
        policy_documents=[document("b-draft", "2022-01-01", status="draft"), *PAIR],
        regional_targets=[target("t", "b-draft")],
    )
    table = ma.revisions(ds)
    assert table.draft_id.tolist() == ["a-draft", "b-draft"]
    assert table.final_id.isna().tolist() == [False, True]
    assert table.numbers_not_seen.tolist() == [0, pd.NA]


def test_two_drafts_of_one_final_are_both_held_against_it():
    drafts = [document(f"{i}-draft", f"2023-0{i}-01", status="draft", family_id="a") for i in (1, 2)]
    ds = made_up(
        policy_documents=[*drafts, document("a", "2023-09-15")],
        regional_targets=[target("t1", "1-draft", value=90.0), target("t2", "2-draft"), target("t3", "a")],
    )
    table = ma.revisions(ds)
    assert table.draft_id.tolist() == ["1-draft", "2-draft"]
    assert table.numbers_changed.tolist() == [1, 0]
    assert table.numbers_same.tolist() == [0, 1]
    assert table.numbers_added.tolist() == [0, 0]


def test_sichuan_kept_its_numbers_and_wuhan_dropped_a_line_on_nfts():
    table = ma.revisions(DATA).set_index("family_id")
    sichuan = table.loc["cn-sc-2023-metaverse-action-plan"]
    assert sichuan.days == 30
    assert sichuan.numbers_changed == sichuan.numbers_not_seen == 0
    wuhan = table.loc["cn-hb-wuhan-2022-metaverse-implementation-plan"]
    assert wuhan.instruments_dropped == 1
    assert pd.isna(wuhan.days)
    assert (table.instruments_dropped.dropna().sum()) == DATA.policy_instruments.dropped.sum()


def test_the_counts_are_those_of_the_details():
    table, details = ma.revisions(DATA), ma.revision_details(DATA)
    columns = [name for name in table if name.startswith(("numbers_", "instruments_"))]
    assert table[columns].sum().sum() == len(details)
    draft_rows = details.draft_row[details.kind == "number"].dropna()
    with_final = set(table.draft_id[table.final_id.notna()])
    assert sorted(draft_rows) == sorted(
        DATA.regional_targets.target_id[DATA.regional_targets.document_id.isin(with_final)]
    )


def test_a_family_without_a_revision_is_named():
    with pytest.raises(ValueError, match="has no draft with a final"):
        ma.revision_details(DATA, "cn-zj-2022-metaverse-action-plan")


def test_empty_tables_give_empty_tables():
    ds = made_up()
    for table in (
        ma.policy_timeline(ds),
        ma.adoption(ds, level="city"),
        ma.revisions(ds),
        ma.revision_details(ds),
    ):
        assert len(table) == 0
        assert len(table.columns) > 5


def test_the_details_of_one_family(worked):
    revised = worked("revisions")
    pd.testing.assert_frame_equal(ma.revision_details(revised, "a"), ma.revision_details(revised))
