"""The time line and the adoption by places: made-up documents worked by hand, and the facts."""

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from made_up_policies import DATA, PLAN, document, event, made_up
from thorough import MORE
from whole_tables import kinds, stored_kinds

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
    assert line.what.tolist() == ["before", "Plan early", "Plan month", "Plan next"]
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
    line = ma.policy_timeline(DATA, country=None)
    assert line.document_id[line.record == "document"].is_unique
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
    sichuan = line[(line.family_id == "cn-sc-2023-metaverse-action-plan") & (line.record == "document")]
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


def test_empty_tables_give_empty_tables():
    ds = made_up()
    for table in (
        ma.policy_timeline(ds),
        ma.adoption(ds, level="city"),
    ):
        assert len(table) == 0
        assert len(table.columns) > 5


ADOPTION = {
    "stage": "str", "level": "category", "place_id": "str", "place": "str", "document_id": "str", "document": "str",
    "date": "str", "date_precision": "str", "dated": "bool", "first_day": "datetime64[us]",
    "last_day": "datetime64[us]", "number": "Int64", "number_at_most": "Int64", "searched": "Int64",
    "share_pct": "float64", "plan_document_id": "str", "plan_date": "str", "order_to_plan": "str",
    "days_after_plan_low": "Int64", "days_after_plan_high": "Int64", "months_after_plan_low": "float64",
    "months_after_plan_high": "float64", "source_ids": "str", "about": "str",
}  # fmt: skip
NATIONAL = document("cn-plan", "2023-09-08", place_id="CN")
DOCUMENTS = [
    document("a-draft", "2023-08-16", status="draft"),
    document("a", "2023-09"),
    document("b", "2022-07-08", place_id="CN-SD"),
]


@pytest.mark.parametrize("documents", [[], DOCUMENTS])
@pytest.mark.parametrize("events", [[], [event("x", "2022-03-01"), event("y", "2022-04", place_id="CN-SC")]])
def test_types_of_the_time_line(documents, events):
    line = ma.policy_timeline(made_up(policy_documents=documents, events=events))
    assert kinds(line) == stored_kinds("policies/policy_timeline")
    assert line.index.tolist() == list(range(len(documents) + len(events)))


@pytest.mark.parametrize("documents", [[], [NATIONAL], DOCUMENTS, [NATIONAL, *DOCUMENTS]])
def test_types_of_the_adoption(documents):
    ds = made_up(policy_documents=documents)
    for one in (ds, ds.with_tables(coverage=ds["coverage"].iloc[:0])):
        table = ma.adoption(one, level="province")
        assert table.dtypes.astype(str).to_dict() == ADOPTION and list(table) == list(ADOPTION)
        assert table.index.tolist() == list(range(3 if len(documents) > 1 else 0))


def test_the_share_is_of_the_places_searched():
    ds = made_up(policy_documents=DOCUMENTS)
    level = ds.places.set_index("place_id").level
    found = ds["coverage"]
    provinces = found[found.place_id.map(level) == "province"]
    searched = int((provinces.finding != "not_searched").sum())
    table = ma.adoption(ds, level="province")
    assert table.searched.tolist() == [searched] * 3
    assert table.share_pct.tolist() == pytest.approx([100 / searched, 200 / searched, 100 / searched])
    unknown = ma.adoption(ds.with_tables(coverage=found.iloc[:5]), level="province")
    assert unknown[["searched", "share_pct"]].isna().all(axis=None)


def test_months_are_of_30_44_days():
    table = ma.adoption(made_up(policy_documents=[NATIONAL, *DOCUMENTS]), level="province").set_index(
        "document_id"
    )
    row = table.loc["b"]
    assert (row.order_to_plan, row.days_after_plan_low, row.days_after_plan_high) == ("before", -427, -427)
    assert (row.months_after_plan_low, row.months_after_plan_high) == (-14.0, -14.0)
    row = table.loc["a"]
    assert (row.order_to_plan, row.days_after_plan_low, row.days_after_plan_high) == ("unknown", -7, 22)
    assert (row.months_after_plan_low, row.months_after_plan_high) == (-0.2, 0.7)
