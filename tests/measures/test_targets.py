"""Market targets: filters, currencies, dollars and their reasons, on tables worked by hand."""

import pandas as pd
import pytest
from says import says
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, SOURCE, TARGET, load_rows, scope_label
from whole_tables import kinds, stored_kinds
from worked.targets import ABROAD, document, target

import metaverse_analysis as ma
from metaverse_analysis.measures.targets import COLUMNS, described

TOWN = {
    "place_id": "CN-AA-b-c",
    "name_en": "Cton",
    "name_zh": "丙",
    "level": "district",
    "parent_id": "CN-AA-b",
}


def one(table, target_id):
    return table.set_index("target_id").loc[target_id]


def test_the_articles_two_figures_at_its_date(ds):
    table = ma.market_targets(ds, rate_on="2024-01-19")
    sichuan, shandong = (
        one(table, "cn-sc-2023-final-market-scale"),
        one(table, "cn-sd-2025-related-scale-final"),
    )
    assert 34.7 < sichuan.amount_usd_bn < 34.8 and 20.8 < shandong.amount_usd_bn < 20.9
    assert (sichuan.rate_date, sichuan.rate_basis) == ("2024-01-19", "daily")
    assert table.rate.nunique() == 1, "one common date gives one rate for all"


def test_each_row_takes_the_rate_of_its_document(ds):
    table = ma.market_targets(ds)
    row = one(table, "cn-sc-2023-final-market-scale")
    rate = ma.rates("USD", "CNY", on="2023-09-15").rate.iloc[0]
    assert row.rate == rate and row.amount_usd_bn == pytest.approx(250 / rate)
    undated = one(table, "cn-sd-jinan-2025-related-scale")
    assert pd.isna(undated.amount_usd_bn) and undated.rate_basis == "the document has no date"


def test_columns_order_and_parts(ds):
    table = ma.market_targets(ds, country=None)
    assert list(table) == COLUMNS
    raw = ds.regional_targets
    assert set(table.target_id) == set(raw.target_id[raw.scope.notna()])
    codes = table["scope"].cat.codes
    assert codes.is_monotonic_increasing
    for _, part in table.groupby("scope", observed=True):
        assert part.amount_cny_bn.dropna().is_monotonic_decreasing
    kunshan = one(table, "cn-js-kunshan-2025-related-scale")
    assert kunshan.ancestor_ids == "CN-JS-suzhou;CN-JS;CN" and kunshan.parent == "Suzhou"
    assert kunshan.sources == 3 and kunshan.scope_label == scope_label("metaverse_related")
    grades = ma.grades(ds, "regional_targets")["confidence"]
    assert (table.confidence.astype(str).array == grades.reindex(table.target_id).astype(str).array).all()


def test_the_input_is_left_alone(ds):
    before = ds.regional_targets.copy()
    table = ma.market_targets(ds)
    table["amount"] = 0
    pd.testing.assert_frame_equal(ds.regional_targets, before)


def test_a_draft_knows_its_final(ds):
    table = ma.market_targets(ds)
    replaced = table[table.replaced_by.notna()].set_index("target_id").replaced_by.to_dict()
    assert replaced == {
        "cn-sc-2023-draft-market-scale": "cn-sc-2023-final-market-scale",
        "cn-sd-2025-related-scale-draft": "cn-sd-2025-related-scale-final",
    }


def test_filters_take_one_value_or_several(ds):
    both = ma.market_targets(ds, scope=["metaverse_core", "metaverse_driven"], year=2025, level="province")
    assert set(both.scope) == {"metaverse_core", "metaverse_driven"} and set(both.level) == {"province"}
    assert set(ma.market_targets(ds, country=None).place) > {"Dubai", "Finland"}
    assert ma.market_targets(ds, country="AE").place.tolist() == ["Dubai"]
    assert len(ma.market_targets(ds, scope="digital_human_core")) == 0, "a known scope that nobody uses"
    assert list(ma.market_targets(ds, scope="digital_human_core")) == COLUMNS


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"scope": "metaverse_relatd"}, "Did you mean metaverse_related"),
        ({"scope": ["metaverse_core", "core"]}, "'core'"),
        ({"year": 2099}, r"2025 \("),
        ({"level": "town"}, "province"),
        ({"country": "CHN"}, r"CN \("),
        ({"kind": "markets"}, "market, fund, subsidy, money"),
        ({"rate_on": "1990-01-01"}, "published from"),
        ({"rate_on": "yesterday"}, "not a date"),
    ],
)
def test_unknown_values_are_errors_that_say_what_there_is(ds, wanted, words):
    with pytest.raises(ValueError, match=words):
        ma.market_targets(ds, **wanted)


def test_kinds(ds):
    assert set(ma.market_targets(ds, kind="fund").measure) == {"fund"}
    assert set(ma.market_targets(ds, kind="subsidy").measure) == {"subsidy"}
    money = ma.market_targets(ds, kind="money", country=None)
    assert money.currency.notna().all() and {"fund", "subsidy", "industry_scale"} <= set(money.measure)
    assert len(ma.market_targets(ds, kind="fund").replaced_by.dropna()) == 0


def test_as_of_a_day(ds):
    early = ma.market_targets(ds, as_of="2022-06-30")
    assert one(early, "cn-sh-2022-investment-promotion-scale").isna().repeats_target_id
    assert "cn-sh-2025-related-scale" not in set(early.target_id)


def test_currencies_and_units(tmp_path):
    rows = [
        target(target_id="t1", value=400, unit="million CNY"),
        target(target_id="t2", value=4, unit="billion USD", place_id="XX"),
        target(target_id="t3", value=30, unit="billion EUR", place_id="XX"),
        target(target_id="t4", value=3, value_max=5, qualifier="range", unit="billion AED", place_id="XX"),
        target(target_id="t5", value=2, value_max=3, qualifier="range", unit="billion CNY"),
    ]
    ds = load_rows(tmp_path / "a", {"places": [CHINA, PROVINCE, CITY, ABROAD], "regional_targets": rows})
    table = ma.market_targets(ds, country=None).set_index("target_id")
    assert (
        table.amount_cny_bn["t1"] == 0.4 and table.unit["t1"] == "million" and table.currency["t1"] == "CNY"
    )
    assert table.amount_usd_bn["t2"] == 4 and pd.isna(table.amount_cny_bn["t2"])
    assert table.amount_usd_bn["t3"] == pytest.approx(ma.convert(30, "EUR", "USD", on="2023-09-15"))
    assert pd.isna(table.amount_usd_bn["t4"]) and "AED" in table.rate_basis["t4"]
    assert table.amount_max_usd_bn["t5"] == pytest.approx(3 / table.rate["t5"])
    assert table.index.tolist() == ["t5", "t1", "t2", "t3", "t4"], "yuan first, the largest first"


def test_a_document_outside_the_published_range_says_so(tmp_path):
    old = document(document_id="d0", family_id="d0", issued_date="1998-05-01", horizon_start="")
    rows = [target(), target(target_id="t0", document_id="d0")]
    ds = load_rows(tmp_path / "a", {"policy_documents": [DOCUMENT, old], "regional_targets": rows})
    table = ma.market_targets(ds).set_index("target_id")
    assert pd.isna(table.amount_usd_bn["t0"]) and "1998-05-01" in table.rate_basis["t0"]
    assert table.amount_usd_bn["t1"] == pytest.approx(250 / table.rate["t1"])
    common = ma.market_targets(ds, rate_on="2023-09")
    assert common.rate.nunique() == 1 and set(common.rate_date) == {"2023-09"}


def test_a_draft_counts_from_its_consultation(tmp_path):
    draft = document(status="draft", issued_date="", consultation_date="2023-08-16")
    ds = load_rows(tmp_path / "a", {"policy_documents": [draft]})
    assert ma.market_targets(ds).rate_date.tolist() == ["2023-08-16"]


def test_empty_tables_keep_their_columns(tmp_path):
    ds = load_rows(tmp_path / "a", {"regional_targets": []})
    assert list(ma.market_targets(ds, country=None)) == COLUMNS
    filters = {"year": 2025, "scope": "metaverse_core", "level": "zone", "country": "CN", "place": "Aland"}
    assert ma.market_targets(ds, **filters).empty


def test_places_that_lead_back_to_themselves_are_refused(tmp_path):
    ds = load_rows(tmp_path / "a")
    places = ds.places
    places.loc[places.place_id == "CN", "parent_id"] = "CN-AA-b"
    with pytest.raises(ValueError, match="lead back"):
        ma.market_targets(ds.with_tables(places=places), country=None)


def test_country_is_found_from_any_depth(tmp_path):
    rows = [target(target_id="deep", place_id="CN-AA-b-c"), target(target_id="far", place_id="XX")]
    ds = load_rows(
        tmp_path / "a", {"places": [CHINA, PROVINCE, CITY, TOWN, ABROAD], "regional_targets": rows}
    )
    assert ma.market_targets(ds).target_id.tolist() == ["deep"]
    assert ma.market_targets(ds, country="XX").target_id.tolist() == ["far"]


def test_sources_are_counted(tmp_path):
    two = [SOURCE, SOURCE | {"source_id": "s2", "url": "https://example.org/2"}]
    ds = load_rows(tmp_path / "a", {"sources": two, "regional_targets": [target(source_ids="s1;s2")]})
    assert ma.market_targets(ds).sources.tolist() == [2]


@pytest.fixture
def by_hand(worked) -> ma.Dataset:
    return worked("targets")


def test_scopes_have_an_order_and_numbers_their_types(by_hand):
    table = ma.market_targets(by_hand, country=None)
    assert table.scope.cat.ordered and table.confidence.cat.ordered
    types = {name: str(table[name].dtype) for name in ("comparable", "target_year", "sources", "rate")}
    assert types == {"comparable": "boolean", "target_year": "Int64", "sources": "int64", "rate": "float64"}
    texts = ["place", "parent", "ancestor_ids", "replaced_by", "scope_label", "rate_date", "rate_basis"]
    assert {str(table[name].dtype) for name in texts} == {"str"}


def test_one_rate_for_all_leaves_out_only_what_has_no_rates(by_hand):
    table = ma.market_targets(by_hand, country=None, rate_on="2024-01-19").set_index("target_id")
    rate = ma.rates("USD", "CNY", on="2024-01-19").rate.iloc[0]
    assert table.rate.dropna().to_dict() == {"t1": rate, "t0": rate}
    assert table.rate_basis["t2"].startswith("no rates for the currency") and pd.isna(table.rate_date["t2"])


@pytest.mark.parametrize("day", ["2024", "2024-01", "2024-01-19", pd.Timestamp("2024-01-19")])
def test_the_common_date_may_be_a_day_a_month_or_a_year(by_hand, day):
    table = ma.market_targets(by_hand, rate_on=day)
    written = day if isinstance(day, str) else "2024-01-19"
    assert set(table.rate_date) == {written} and table.rate.nunique() == 1


def test_what_repeats_a_figure_that_is_not_there_is_that_figure(by_hand):
    targets = by_hand.regional_targets
    early = by_hand.with_tables(regional_targets=targets[targets.target_id == "t0"])
    assert ma.market_targets(early).repeats_target_id.isna().all()


def test_equal_amounts_stand_in_the_order_of_ids(by_hand):
    targets = by_hand.regional_targets
    targets["value"], targets["unit"] = 7.0, "billion CNY"
    table = ma.market_targets(by_hand.with_tables(regional_targets=targets), scope="metaverse_related")
    assert table.target_id.tolist() == ["t0", "t1"]


def test_a_place_without_a_name_goes_by_its_id(by_hand):
    places = by_hand.places
    places.loc[places.place_id.isin(["CN-AA", "CN-AA-b"]), "name_en"] = None
    table = ma.market_targets(by_hand.with_tables(places=places))
    assert set(table.place) == {"CN-AA-b"} and set(table.parent) == {"CN-AA"}


def test_counts_are_no_money_and_targets_without_a_scope_no_market(tmp_path):
    rows = [
        target(target_id="t1", indicator="other", measure="count", value=5, unit="firms", scope=""),
        target(target_id="t2", indicator="fund_size", measure="fund", scope=""),
        target(target_id="t3", indicator="subsidy_cap", measure="subsidy", scope="", unit="million CNY"),
        target(target_id="t4"),
    ]
    ds = load_rows(tmp_path / "a", {"regional_targets": rows})
    kinds = {
        kind: ma.market_targets(ds, kind=kind).target_id.tolist()
        for kind in ("market", "fund", "subsidy", "money")
    }
    assert kinds == {"market": ["t4"], "fund": ["t2"], "subsidy": ["t3"], "money": ["t4", "t2", "t3"]}


def test_an_unknown_value_far_from_all_gets_no_guess(by_hand):
    with pytest.raises(ValueError) as error:
        ma.market_targets(by_hand, country="ZZZZZZ")
    assert says(error, "country 'ZZZZZZ'", ": CN (2), XX (1)") and "Did you mean" not in str(error.value)
    with pytest.raises(ValueError, match=r"no target has the year 2024\. Did you mean 2025\? There is"):
        ma.market_targets(by_hand, year=[2025, 2024])


def named_document(name: str, day: str) -> dict[str, str]:
    own = {"document_id": name, "family_id": name, "issued_date": day, "horizon_start": "", "horizon_end": ""}
    return DOCUMENT | own


def named_target(name: str, place: str = "CN-AA", **more: str) -> dict[str, str]:
    return TARGET | {"target_id": name, "place_id": place} | more


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    rows = {
        "places": [CHINA, PROVINCE, CITY, ABROAD],
        "policy_documents": [DOCUMENT, named_document("old", "1999-05-01"), named_document("late", "2023-09-17"),
                             named_document("older", "1998-05-01"), named_document("month", "2023-09")],
        "regional_targets": [
            named_target("own"),
            named_target("city", "CN-AA-b", value="30", target_year="2030", scope="metaverse_core"),
            named_target("old", document_id="old", value="20"),
            named_target("late", document_id="late", value="10"),
            named_target("older", document_id="older", value="5"),
            named_target("month", document_id="month", value="4"),
            named_target("abroad", "XX", value="7", unit="billion AED"),
            named_target("dollars", "XX", value="6", unit="million USD"),
        ],
    }  # fmt: skip
    return load_rows(tmp_path_factory.mktemp("targets") / "tables", rows)


def test_every_column_has_its_type_whatever_the_rows_are(tiny):
    tables = [
        ma.market_targets(tiny, country=None),
        ma.market_targets(tiny, country="XX"),
        ma.market_targets(tiny, kind="fund", country=None),
        ma.market_targets(tiny, scope="digital_human"),
        ma.market_targets(tiny.with_tables(regional_targets=tiny.regional_targets.iloc[:0]), country=None),
        ma.market_targets(tiny, rate_on="2023-09-15"),
    ]
    types = stored_kinds("targets/market_targets")
    for table in tables:
        assert kinds(table) == types
        assert list(table) == list(types)
        assert table.index.tolist() == list(range(len(table)))
        assert table.scope.cat.ordered and table.confidence.cat.ordered


def test_the_rate_of_each_row_and_why_there_is_none(tiny):
    table = ma.market_targets(tiny, country=None).set_index("target_id")
    friday, month = (ma.rates("USD", "CNY", on=on).rate.iloc[0] for on in ("2023-09-15", "2023-09"))
    carried = "last published before a day without a rate"
    unpublished = "no rate for {}: CNY per USD is published from 2005-04-01 to "
    told = table[["rate", "rate_date", "rate_basis"]]
    assert told.loc["own"].tolist() == [friday, "2023-09-15", "daily"]
    assert told.loc["late"].tolist() == [friday, "2023-09-15", carried]
    assert told.loc["month"].tolist() == [month, "2023-09", "mean of 21 published days in 2023-09"]
    assert told.loc["dollars", ["rate", "rate_basis"]].tolist() == [1, "same currency"]
    for name, day in (("old", "1999-05-01"), ("older", "1998-05-01")):
        assert table.rate_basis[name].startswith(unpublished.format(day))
    assert table.rate_basis["abroad"] == "no rates for the currency 'AED'."
    assert table.loc[["old", "older", "abroad"], ["rate", "rate_date", "amount_usd_bn"]].isna().all(axis=None)
    assert table.amount_usd_bn["dollars"] == 0.006 and pd.isna(table.rate_date["dollars"])
    assert table.amount_usd_bn["late"] == 10 / friday


def test_a_value_that_the_schema_knows_and_no_target_has_gives_no_row(tiny):
    assert ma.market_targets(tiny, level="district").empty
    assert ma.market_targets(tiny, scope="digital_human").empty
    assert ma.market_targets(tiny, level=["district", "city"]).target_id.tolist() == ["city"]


SCOPES = "metaverse_core (1), metaverse_related (7)"


@pytest.mark.parametrize(
    ("wanted", "facts"),
    [
        ({"scope": "metaverse_cor"}, ["scope 'metaverse_cor'", "Did you mean metaverse_core?", SCOPES]),
        ({"scope": ["metaverse_core", "zzz"]}, ["scope 'zzz'", SCOPES]),
        ({"year": 2024}, ["year 2024", "Did you mean 2025?", "2025 (7), 2030 (1)"]),
        ({"level": "town"}, ["level 'town'", "country (2), province (5), city (1)"]),
        ({"country": "CM"}, ["country 'CM'", "Did you mean CN?", "CN (6), XX (2)"]),
        ({"kind": "markets"}, ["kind", "market, fund, subsidy, money", "'markets'"]),
    ],
)
def test_what_no_target_has(tiny, wanted, facts):
    with pytest.raises(ValueError) as told:
        ma.market_targets(tiny, **wanted)
    assert says(told, *facts)


def test_filters_of_one_and_of_several(tiny):
    def ids(**wanted) -> list[str]:
        return ma.market_targets(tiny, **wanted).target_id.tolist()

    assert ids() == ["city", "own", "old", "late", "older", "month"]
    assert ids(country=None) == ["city", "own", "old", "late", "older", "month", "abroad", "dollars"]
    assert ids(country=["XX", "CN"], year=[2025]) == [
        "own",
        "old",
        "late",
        "older",
        "month",
        "abroad",
        "dollars",
    ]
    assert ids(year=2030) == ids(level="city") == ids(scope="metaverse_core") == ["city"]


def test_rates_on_one_date_for_all(tiny):
    table = ma.market_targets(tiny, country=None, rate_on="2024-01").set_index("target_id")
    rate = ma.rates("USD", "CNY", on="2024-01").rate.iloc[0]
    assert set(table.rate.drop(["abroad", "dollars"])) == {rate}
    assert table.rate_basis["abroad"] == "no rates for the currency 'AED'."
    with pytest.raises(ValueError, match="no rate for 1999-05-01"):
        ma.market_targets(tiny, rate_on="1999-05-01", scope="metaverse_core")


def test_tables_of_any_index_give_the_same(tiny):
    expected = ma.market_targets(tiny, country=None)
    names = ("places", "regional_targets", "policy_documents")
    moved = {name: tiny[name].set_axis(range(len(tiny[name]), 0, -1)) for name in names}
    pd.testing.assert_frame_equal(ma.market_targets(tiny.with_tables(**moved), country=None), expected)


def test_a_target_that_names_no_page_has_none(ds):
    first = ds.regional_targets["target_id"].iloc[0]
    bare = ds.regional_targets["source_ids"].where(ds.regional_targets["target_id"] != first)
    changed = ds.with_tables(regional_targets=ds.regional_targets.assign(source_ids=bare))
    assert described(changed).set_index("target_id").loc[first, "sources"] == 0
