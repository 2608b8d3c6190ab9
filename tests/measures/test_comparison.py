"""Targets against the economy, and the baselines that growth rates imply."""

import pandas as pd
import pytest
from made_once import packaged
from tiny import load_rows
from worked.ambition import GDP, HEADS, PLACES, targets

import metaverse_analysis as ma


@pytest.fixture
def made_up(tmp_path):
    def make(statistics, rows=({},)):
        return load_rows(
            tmp_path / "a",
            {"places": PLACES, "regional_targets": targets(*rows), "regional_statistics": statistics},
        )

    return make


def test_share_and_per_head(made_up):
    rows = [{"value": "30", "value_max": "50", "qualifier": "range"}]
    table = ma.ambition(
        made_up([GDP, HEADS], rows), statistics_year=2024, vintage="preliminary", scope="metaverse_related"
    )
    row = table.iloc[0]
    assert (row.share_of_gdp_pct, row.share_of_gdp_max_pct, row.per_head_cny) == (3, 5, 600)
    assert (row.census_base, row.gdp_quality, row["rank"]) == ("fifth", "as_published", 1) and pd.isna(
        row.reason
    )


def test_the_packaged_shares():
    ds = packaged()
    table = ma.ambition(ds, statistics_year=2024, vintage="preliminary", scope="metaverse_related")
    ranked = table[table["rank"].notna()]
    assert ranked.place.tolist()[0] == "Shanghai"
    for series, part in ranked.groupby("gdp_series", observed=True):
        assert part["rank"].tolist() == list(range(1, len(part) + 1)), series
    assert ranked.gdp_series.tolist() == sorted(ranked.gdp_series, reverse=True), "provinces before cities"
    statistics = ds.regional_statistics.set_index("statistic_id").value
    expected = 100 * 250 / statistics["cn-sc-gdp-nominal-2024"]
    assert table.set_index("place").share_of_gdp_pct["Sichuan"] == pytest.approx(expected)
    municipal = table.set_index("place").loc["Suzhou"]
    assert (municipal.gdp_series, municipal.gdp_cny_bn) == (
        "municipal",
        statistics["cn-js-suzhou-gdp-nominal-2024"],
    )
    assert (
        table.set_index("place")
        .reason["Hefei High-tech Zone"]
        .startswith("no GDP of Hefei High-tech Zone for")
    )
    assert len(table) == table.place.nunique(), "no draft beside its final"


def test_a_missing_denominator_stays_missing_and_says_why(made_up):
    rows = [{}, {"place_id": "CN-EE"}, {"place_id": "CN-AA-b", "unit": "billion USD"}]
    table = ma.ambition(
        made_up([GDP], rows), statistics_year=2024, vintage="preliminary", scope=None
    ).set_index("target_id")
    assert table.reason["t0"] == "no population of Aland for 2024" and table.share_of_gdp_pct["t0"] == 25
    assert table.reason["t1"] == "no GDP of Eland for 2024 (preliminary); no population of Eland for 2024"
    assert table.reason["t2"] == "the target is in USD"
    assert table.share_of_gdp_pct[["t1", "t2"]].isna().all() and table["rank"][["t1", "t2"]].isna().all()


def test_ranks_stay_within_scope_and_measure(made_up):
    rows = [
        {},
        {"place_id": "CN-EE", "value": "1"},
        {"scope": "metaverse_core", "value": "5"},
        {"measure": "revenue"},
    ]
    stats = [GDP, GDP | {"statistic_id": "g2", "place_id": "CN-EE"}]
    table = ma.ambition(made_up(stats, rows), statistics_year=2024, vintage="preliminary", scope=None)
    assert dict(zip(table.target_id, table["rank"], strict=True)) == {"t2": 1, "t0": 1, "t1": 2, "t3": 1}


def test_a_city_is_never_ranked_among_the_provinces(made_up):
    city = {"statistic_id": "g2", "place_id": "CN-AA-b", "value": "300", "series": "municipal"}
    ds = made_up([GDP, GDP | city], [{}, {"place_id": "CN-AA-b", "value": "200"}])
    table = ma.ambition(ds, statistics_year=2024, vintage="preliminary", scope="metaverse_related")
    assert table.place.tolist() == ["Aland", "Btown"], "the province first, though its share is the smaller"
    assert table.share_of_gdp_pct.round().tolist() == [25, 67] and table["rank"].tolist() == [1, 1]
    both = made_up([GDP, GDP | city | {"place_id": "CN-AA"}])
    with pytest.raises(ValueError, match="twice for CN-AA"):
        ma.ambition(both, statistics_year=2024, vintage="preliminary", scope=None)


@pytest.mark.parametrize("place", ["Kunshan", "Suzhou", "Chengdu", "Nanjing", "Jinan"])
def test_cities_with_a_market_size_have_an_answer(place):
    table = ma.ambition(packaged(), statistics_year=2024, vintage="preliminary", scope="metaverse_related")
    row = table[table.place == place].iloc[0]
    assert row.gdp_series == "municipal" and 1 < row.share_of_gdp_pct < 20


def test_other_countries_only_where_asked_for():
    wanted = {"statistics_year": 2024, "vintage": "preliminary", "scope": None}
    ours, every = (ma.ambition(packaged(), **wanted, **more) for more in ({}, {"country": None}))
    assert set(every.place) - set(ours.place) == {"Dubai", "Finland"}


def test_mixed_census_bases_are_refused(made_up):
    other = GDP | {"statistic_id": "g2", "place_id": "CN-EE", "census_base": "fourth"}
    with pytest.raises(ValueError, match=r"mixes census bases \(fifth, fourth\)"):
        ma.ambition(made_up([GDP, other]), statistics_year=2024, vintage="preliminary", scope=None)


def test_two_indicators_or_two_figures_are_refused(made_up):
    series = GDP | {"statistic_id": "g2", "place_id": "CN-EE", "indicator": "gdp_nominal_first_announced"}
    with pytest.raises(ValueError, match="mixes indicators"):
        ma.ambition(made_up([GDP, series]), statistics_year=2024, vintage="preliminary", scope=None)
    with pytest.raises(ValueError, match="twice for CN-AA"):
        ma.ambition(
            made_up([GDP, GDP | {"statistic_id": "g2"}]),
            statistics_year=2024,
            vintage="preliminary",
            scope=None,
        )


@pytest.mark.parametrize(
    "wanted", [(2031, "preliminary"), (2024, "final_verified"), ("soon", "preliminary"), (None, None)]
)
def test_errors_list_the_years_and_vintages(wanted):
    with pytest.raises(ValueError, match=r"2022 final_verified \(32\)(?!.*\(0\)).*2024 preliminary \(44\)"):
        ma.ambition(packaged(), statistics_year=wanted[0], vintage=wanted[1], scope="metaverse_related")


def test_vintages_choose_their_own_series():
    first = ma.ambition(packaged(), statistics_year=2022, vintage="preliminary", scope="metaverse_related")
    final = ma.ambition(packaged(), statistics_year=2022, vintage="final_verified", scope="metaverse_related")
    assert (first.gdp_cny_bn.dropna().reindex(final.index) != final.gdp_cny_bn).any()


def test_shandongs_growth():
    table = ma.implied_baseline(packaged(), base_years=[2022, 2023])
    shandong = table[table.place == "Shandong"]
    assert shandong.base_amount_cny_bn.round(1).tolist() == [98.6, 113.4]
    assert shandong.qualifier.tolist() == ["about", "about"], (
        "the hedge carries through; the draft is not a second one"
    )
    assert table.base_year.tolist() == [2022, 2023] * table.target_id.nunique()


def test_growth_in_other_currencies_and_impossible_base_years(made_up):
    rows = [
        {"value": "121", "growth_rate_pct": "10", "unit": "billion USD"},
        {"place_id": "CN-EE", "value": "50", "growth_rate_pct": "-50"},
        {"place_id": "CN-AA-b"},
    ]
    table = ma.implied_baseline(made_up([], rows), base_years=(2025, 2023)).set_index(
        ["target_id", "base_year"]
    )
    assert table.base_amount[("t0", 2023)] == pytest.approx(100) and pd.isna(
        table.base_amount_cny_bn[("t0", 2023)]
    )
    assert table.base_amount_cny_bn[("t1", 2023)] == pytest.approx(200)
    assert table.base_amount.xs(2025, level=1).isna().all() and "t2" not in table.index


@pytest.mark.parametrize("years", [[], "soon", [2022.5], [True], None])
def test_base_years_are_years(years):
    with pytest.raises(ValueError, match="base_years takes one or more years"):
        ma.implied_baseline(packaged(), base_years=years)


def test_one_year_and_no_growth(made_up):
    assert len(ma.implied_baseline(packaged(), base_years=2022)) == 2
    empty = ma.implied_baseline(made_up([]), base_years=[2022])
    assert not len(empty) and list(empty) == list(ma.implied_baseline(packaged(), base_years=2022))


def test_equal_shares_have_one_rank_and_the_larger_amount_stands_first(made_up):
    rows = [{"value": "10"}, {"place_id": "CN-EE", "value": "20"}, {"place_id": "CN-AA-b", "value": "5"}]
    statistics = [
        GDP,
        GDP | {"statistic_id": "g2", "place_id": "CN-EE", "value": "2000"},
        GDP | {"statistic_id": "g3", "place_id": "CN-AA-b", "value": "1000"},
    ]
    table = ma.ambition(made_up(statistics, rows), statistics_year=2024, vintage="preliminary", scope=None)
    assert list(zip(table.target_id, table["rank"], strict=True)) == [("t1", 1), ("t0", 1), ("t2", 3)]


def without_census_base(ds, place_id):
    statistics = ds.regional_statistics
    statistics.loc[statistics.place_id == place_id, "census_base"] = None
    return ds.with_tables(regional_statistics=statistics)


def test_a_census_base_that_is_not_given_is_one_of_its_own(made_up):
    ds = without_census_base(made_up([GDP, GDP | {"statistic_id": "g2", "place_id": "CN-EE"}]), "CN-AA")
    with pytest.raises(ValueError, match=r"mixes census bases \(none given, fifth\)"):
        ma.ambition(ds, statistics_year=2024, vintage="preliminary", scope=None)


def test_without_any_census_base_the_column_is_missing(made_up):
    ds = without_census_base(made_up([GDP]), "CN-AA")
    table = ma.ambition(ds, statistics_year=2024, vintage="preliminary", scope=None)
    assert table.census_base.isna().all() and table.share_of_gdp_pct.tolist() == [25]


def test_the_population_twice_is_refused(made_up):
    statistics = [GDP, HEADS, HEADS | {"statistic_id": "p2"}]
    with pytest.raises(ValueError, match="population of 2024 is there twice for CN-AA:"):
        ma.ambition(made_up(statistics), statistics_year=2024, vintage="preliminary", scope=None)


def test_a_target_that_is_no_money_says_so_and_no_gdp_alone_too(made_up):
    rows = [{"value": "5", "unit": "firms", "measure": "count"}, {"place_id": "CN-EE"}]
    statistics = [GDP, HEADS | {"place_id": "CN-EE"}]
    table = ma.ambition(made_up(statistics, rows), statistics_year=2024, vintage="preliminary", scope=None)
    assert table.set_index("target_id").reason.to_dict() == {
        "t0": "the target is no amount of money",
        "t1": "no GDP of Eland for 2024 (preliminary)",
    }


def test_where_there_are_no_statistics_the_message_says_none_at_all(made_up):
    with pytest.raises(ValueError, match="none at all"):
        ma.ambition(made_up([]), statistics_year=2024, vintage="preliminary", scope=None)
