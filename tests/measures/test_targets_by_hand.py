"""Market targets: types of every column, filters by what is known and what there is, rates by the day."""

import pandas as pd
import pytest
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, TARGET, load_rows

import metaverse_analysis as ma

ABROAD = {"place_id": "XX", "name_en": "Xland", "name_zh": "丙", "level": "country"}
TYPES = {
    "target_id": "str", "place_id": "str", "place": "str", "level": "category", "parent_id": "str", "parent": "str",
    "ancestor_ids": "str", "document_id": "str", "document": "str", "family_id": "str", "status": "category",
    "document_date": "str", "replaced_by": "str", "scope": "category", "scope_label": "str", "comparable": "boolean",
    "measure": "category", "basis": "category", "qualifier": "category", "target_year": "Int64", "amount": "float64",
    "amount_max": "float64", "unit": "str", "currency": "str", "per": "category", "amount_cny_bn": "float64",
    "amount_max_cny_bn": "float64", "rate": "float64", "rate_date": "str", "rate_basis": "str",
    "amount_usd_bn": "float64", "amount_max_usd_bn": "float64", "growth_rate_pct": "float64",
    "baseline_value": "float64", "baseline_year": "Int64", "repeats_target_id": "str", "source_ids": "str",
    "sources": "int64", "confidence": "category", "words_zh": "str",
}  # fmt: skip


def document(name: str, day: str) -> dict[str, str]:
    own = {"document_id": name, "family_id": name, "issued_date": day, "horizon_start": "", "horizon_end": ""}
    return DOCUMENT | own


def target(name: str, place: str = "CN-AA", **more: str) -> dict[str, str]:
    return TARGET | {"target_id": name, "place_id": place} | more


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    rows = {
        "places": [CHINA, PROVINCE, CITY, ABROAD],
        "policy_documents": [DOCUMENT, document("old", "1999-05-01"), document("late", "2023-09-17"),
                             document("older", "1998-05-01"), document("month", "2023-09")],
        "regional_targets": [
            target("own"),
            target("city", "CN-AA-b", value="30", target_year="2030", scope="metaverse_core"),
            target("old", document_id="old", value="20"),
            target("late", document_id="late", value="10"),
            target("older", document_id="older", value="5"),
            target("month", document_id="month", value="4"),
            target("abroad", "XX", value="7", unit="billion AED"),
            target("dollars", "XX", value="6", unit="million USD"),
        ],
    }  # fmt: skip
    return load_rows(tmp_path_factory.mktemp("targets") / "tables", rows)


def test_every_column_has_its_type_whatever_the_rows_are(ds):
    tables = [
        ma.market_targets(ds, country=None),
        ma.market_targets(ds, country="XX"),
        ma.market_targets(ds, kind="fund", country=None),
        ma.market_targets(ds, scope="digital_human"),
        ma.market_targets(ds.with_tables(regional_targets=ds.regional_targets.iloc[:0]), country=None),
        ma.market_targets(ds, rate_on="2023-09-15"),
    ]
    for table in tables:
        assert table.dtypes.astype(str).to_dict() == TYPES
        assert list(table) == list(TYPES)
        assert table.index.tolist() == list(range(len(table)))
        assert table.scope.cat.ordered and table.confidence.cat.ordered


def test_the_rate_of_each_row_and_why_there_is_none(ds):
    table = ma.market_targets(ds, country=None).set_index("target_id")
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


def test_a_value_that_the_schema_knows_and_no_target_has_gives_no_row(ds):
    assert ma.market_targets(ds, level="district").empty
    assert ma.market_targets(ds, scope="digital_human").empty
    assert ma.market_targets(ds, level=["district", "city"]).target_id.tolist() == ["city"]


THERE = "There is (with the number of targets)"
SCOPES = f"{THERE}: metaverse_core (1), metaverse_related (7)"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"scope": "metaverse_cor"}, f"no target has the scope 'metaverse_cor'. Did you mean metaverse_core? {SCOPES}"),
        ({"scope": ["metaverse_core", "zzz"]}, f"no target has the scope 'zzz'. {SCOPES}"),
        ({"year": 2024}, f"no target has the year 2024. Did you mean 2025? {THERE}: 2025 (7), 2030 (1)"),
        ({"level": "town"}, f"no target has the level 'town'. {THERE}: country (2), province (5), city (1)"),
        ({"country": "CM"}, f"no target has the country 'CM'. Did you mean CN? {THERE}: CN (6), XX (2)"),
        ({"kind": "markets"}, "kind is one of market, fund, subsidy, money, not 'markets'"),
        ({"kind": "fund", "year": 2025}, f"no target has the year 2025. {THERE}: nothing"),
    ],
)  # fmt: skip
def test_what_no_target_has(ds, wanted, words):
    with pytest.raises(ValueError) as told:
        ma.market_targets(ds, **wanted)
    assert str(told.value) == words


def test_filters_of_one_and_of_several(ds):
    def ids(**wanted) -> list[str]:
        return ma.market_targets(ds, **wanted).target_id.tolist()

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


def test_rates_on_one_date_for_all(ds):
    table = ma.market_targets(ds, country=None, rate_on="2024-01").set_index("target_id")
    rate = ma.rates("USD", "CNY", on="2024-01").rate.iloc[0]
    assert set(table.rate.drop(["abroad", "dollars"])) == {rate}
    assert table.rate_basis["abroad"] == "no rates for the currency 'AED'."
    with pytest.raises(ValueError, match="no rate for 1999-05-01"):
        ma.market_targets(ds, rate_on="1999-05-01", scope="metaverse_core")


def test_tables_of_any_index_give_the_same(ds):
    expected = ma.market_targets(ds, country=None)
    names = ("places", "regional_targets", "policy_documents")
    moved = {name: ds[name].set_axis(range(len(ds[name]), 0, -1)) for name in names}
    pd.testing.assert_frame_equal(ma.market_targets(ds.with_tables(**moved), country=None), expected)
