"""Time line and adoption: the type of every column, whichever tables have rows."""

import pytest
from made_up_policies import document, event, made_up

import metaverse_analysis as ma

LINE = {
    "date": "str", "date_precision": "str", "first_day": "datetime64[us]", "last_day": "datetime64[us]",
    "order_is_certain": "bool", "overlaps_next": "bool", "kind": "str", "level": "category", "country_id": "str",
    "place_id": "str", "place": "str", "title": "str", "type": "str", "type_label": "str", "status": "category",
    "issuer": "str", "is_metaverse_specific": "boolean", "is_policy": "boolean", "is_national_plan": "boolean",
    "document_id": "str", "event_id": "str", "family_id": "str", "repeats_document": "bool", "source_ids": "str",
    "about": "str",
}  # fmt: skip
ADOPTION = {
    "stage": "str", "level": "category", "place_id": "str", "place": "str", "document_id": "str", "title": "str",
    "date": "str", "date_precision": "str", "dated": "bool", "first_day": "datetime64[us]",
    "last_day": "datetime64[us]", "number": "Int64", "number_at_most": "Int64", "searched": "Int64",
    "share_pct": "float64", "plan_document_id": "str", "plan_date": "str", "order_to_plan": "str",
    "days_after_plan_low": "Int64", "days_after_plan_high": "Int64", "months_after_plan_low": "float64",
    "months_after_plan_high": "float64", "source_ids": "str", "about": "str",
}  # fmt: skip
PLAN = document("cn-plan", "2023-09-08", place_id="CN")
DOCUMENTS = [
    document("a-draft", "2023-08-16", status="draft"),
    document("a", "2023-09"),
    document("b", "2022-07-08", place_id="CN-SD"),
]


@pytest.mark.parametrize("documents", [[], DOCUMENTS])
@pytest.mark.parametrize("events", [[], [event("x", "2022-03-01"), event("y", "2022-04", place_id="CN-SC")]])
def test_types_of_the_time_line(documents, events):
    line = ma.policy_timeline(made_up(policy_documents=documents, events=events))
    assert line.dtypes.astype(str).to_dict() == LINE and list(line) == list(LINE)
    assert line.index.tolist() == list(range(len(documents) + len(events)))


@pytest.mark.parametrize("documents", [[], [PLAN], DOCUMENTS, [PLAN, *DOCUMENTS]])
def test_types_of_the_adoption(documents):
    ds = made_up(policy_documents=documents)
    for given in (ds, ds.with_tables(coverage=ds["coverage"].iloc[:0])):
        table = ma.adoption(given, level="province")
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
    table = ma.adoption(made_up(policy_documents=[PLAN, *DOCUMENTS]), level="province").set_index(
        "document_id"
    )
    row = table.loc["b"]
    assert (row.order_to_plan, row.days_after_plan_low, row.days_after_plan_high) == ("before", -427, -427)
    assert (row.months_after_plan_low, row.months_after_plan_high) == (-14.0, -14.0)
    row = table.loc["a"]
    assert (row.order_to_plan, row.days_after_plan_low, row.days_after_plan_high) == ("unknown", -7, 22)
    assert (row.months_after_plan_low, row.months_after_plan_high) == (-0.2, 0.7)
