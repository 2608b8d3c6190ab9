"""What came of targets: the links are checked, hedges are weighed, and forecasts meet only their own scope."""

import pandas as pd
import pytest
from made_once import packaged
from tiny import TARGET, load_rows
from worked.outcomes import FOLLOWUP, OUTCOME, TODAY

import metaverse_analysis as ma
from metaverse_analysis.measures import outcomes


@pytest.fixture(scope="module")
def ledger():
    return ma.outcome_ledger(packaged(), today=TODAY)


def made_up(folder, *, target=None, outcome=None, followup=None, today=TODAY):
    """The one row of the ledger of one target, one outcome and one link between them."""
    ds = load_rows(
        folder / "data",
        {
            "regional_targets": [TARGET | (target or {})],
            "outcomes": [OUTCOME | (outcome or {})],
            "target_followups": [FOLLOWUP | (followup or {})],
        },
    )
    return ma.outcome_ledger(ds, today=today).iloc[0]


def test_every_target_whose_year_has_passed_is_there_and_no_other():
    targets = packaged().regional_targets
    ledger = ma.outcome_ledger(packaged(), today="2026-11-23", country=None)
    assert set(ledger.target_id) == set(targets.target_id[(targets.target_year < 2026).fillna(False)])
    assert ledger.target_year.is_monotonic_increasing
    earlier = ma.outcome_ledger(packaged(), today="2023-01-01")
    assert earlier.target_year.max() == 2022


def test_the_year_of_today_has_not_passed(tmp_path):
    assert made_up(tmp_path / "after", today="2026-01-01").target_id == "t1"
    with pytest.raises(IndexError):
        made_up(tmp_path / "before", today="2025-12-31")


def test_chengdu_stands_beside_its_target_and_is_no_outcome(ledger):
    rows = ledger[ledger.target_id == "cn-sc-chengdu-2022-final-market-scale"]
    assert len(rows) == 1
    row = rows.iloc[0]
    assert (row.value, row.outcome_value, row.outcome_year, row.finding) == (150, 120, 2023, "related_figure")
    assert row.differs == "year;scope"
    assert (
        row.differs_label
        == "2023, not 2025; unspecified metaverse industry, not metaverse-related industries"
    )
    assert (row.outcome_confidence, row.outcome_source_kind) == ("low", "trade press")
    assert pd.isna(row.reached) and pd.isna(row.share_of_target_pct)


def test_jiangxi_beside_its_targets(ledger):
    rows = ledger[ledger.target_id.isin(["cn-jx-2021-vr-revenue", "cn-jx-2022-vr-revenue"])]
    reported = rows[rows.finding == "reported"].set_index("target_year")
    assert reported.outcome_value.to_dict() == {2021: 60.4, 2022: 81.2}
    assert reported.share_of_target_pct.round(1).to_dict() == {2021: 120.8, 2022: 101.5}
    assert set(reported.reached) == {"yes"}
    parts = rows[rows.outcome_period.notna()]
    assert len(parts) == 2
    assert (parts.finding == "related_figure").all()


def test_no_figure_of_another_kind_is_called_an_outcome(ledger):
    reported = ledger[ledger.finding == "reported"]
    assert reported.differs.isna().all()
    assert (reported.target_year == reported.outcome_year).all()
    assert (reported.place_id == reported.outcome_place_id).all()
    assert (reported.scope.astype("str").fillna("") == reported.outcome_scope.fillna("")).all()


def test_agreeing_rows_are_reported(tmp_path):
    row = made_up(tmp_path)
    assert (row.finding, row.reached, row.share_of_target_pct) == ("reported", "yes", 104.0)
    assert (row.reported_by, row.outcome_confidence) == ("A paper", "medium")
    assert row.searched_on == pd.Timestamp("2026-11-01")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ({"scope": "metaverse_core"}, "core metaverse industry, not metaverse-related industries"),
        ({"measure": "revenue"}, "revenue, not industry scale"),
        ({"year": "2024"}, "2024, not 2025"),
        ({"period": "2025-01/2025-06"}, "only 2025-01 to 2025-06"),
        ({"period": "2024-07/2025-06"}, "only 2024-07 to 2025-06"),
        ({"place_id": "CN-AA-b"}, "Btown, not Aland"),
        ({"unit": "billion USD"}, "billion USD, not billion CNY"),
        (
            {"indicator": "other", "scope": ""},
            "no scope, not metaverse-related industries; other, not market size",
        ),
    ],
)
def test_a_link_that_claims_too_much_is_caught(tmp_path, outcome, words):
    row = made_up(tmp_path, outcome=outcome)
    assert (row.finding, row.recorded_finding) == ("related_figure", "reported")
    assert words in row.differs_label
    assert pd.isna(row.reached) and pd.isna(row.share_of_target_pct)


def test_the_whole_year_as_a_period_and_another_scale_of_one_unit_are_alike(tmp_path):
    row = made_up(tmp_path, outcome={"period": "2025-01/2025-12", "value": "125000", "unit": "million CNY"})
    assert (row.finding, row.reached, row.share_of_target_pct) == ("reported", "no", 50.0)


def test_a_claim_without_a_figure_is_no_outcome(tmp_path):
    ds = load_rows(tmp_path / "data", {"target_followups": [FOLLOWUP], "outcomes": [OUTCOME]})
    ds = ds.with_tables(
        target_followups=ds.target_followups.assign(outcome_id=pd.Series([None], dtype="str"))
    )
    assert ma.outcome_ledger(ds, today=TODAY).finding.tolist() == ["related_figure"]


def test_a_total_is_not_per_firm(tmp_path):
    assert made_up(tmp_path, target={"per": "firm"}).differs_label == "a total, not per firm"


def test_a_target_that_nobody_followed_up(tmp_path):
    ds = load_rows(tmp_path / "data")
    row = ma.outcome_ledger(ds, today=TODAY).iloc[0]
    assert (row.finding, row.finding_label) == ("not_followed_up", "not looked up")
    assert pd.isna(row.searched_on)


@pytest.mark.parametrize(
    ("aim", "hedge", "value", "reached"),
    [
        ("exact", "exact", "250", "yes"),
        ("exact", "exact", "249.9", "no"),
        ("over", "exact", "250", "no"),
        ("over", "over", "250", "yes"),
        ("over", "at_least", "250", "unclear"),
        ("at_least", "over", "240", "unclear"),
        ("at_least", "up_to", "240", "no"),
        ("exact", "up_to", "300", "unclear"),
        ("exact", "about", "250", "unclear"),
        ("exact", "about", "290", "yes"),
        ("exact", "about", "200", "no"),
        ("about", "exact", "240", "unclear"),
        ("about", "exact", "200", "no"),
        ("about", "exact", "251", "yes"),
        ("up_to", "exact", "200", "unclear"),
    ],
)
def test_hedges_on_both_sides(tmp_path, aim, hedge, value, reached):
    row = made_up(tmp_path, target={"qualifier": aim}, outcome={"qualifier": hedge, "value": value})
    assert row.reached == reached


def test_a_range_is_reached_at_its_lower_end_and_has_no_share(tmp_path):
    row = made_up(tmp_path, target={"value": "240", "value_max": "300", "qualifier": "range"})
    assert row.reached == "yes"
    assert pd.isna(row.share_of_target_pct)


def test_several_figures_for_one_target(tmp_path):
    second = OUTCOME | {"outcome_id": "o2", "year": "2024", "value": "200"}
    links = [
        FOLLOWUP | {"followup_id": "t1--a", "outcome_id": "o2", "finding": "related_figure"},
        FOLLOWUP | {"followup_id": "t1--b"},
    ]
    ds = load_rows(tmp_path / "data", {"outcomes": [OUTCOME, second], "target_followups": links})
    assert ma.outcome_ledger(ds, today=TODAY).finding.tolist() == ["reported", "related_figure"]
    summary = ma.outcome_summary(ds, today=TODAY)
    assert summary.targets.sum() == 1
    assert summary.loc[summary.targets == 1, ["target_kind", "finding"]].values.tolist() == [
        ["market_size", "reported"]
    ]


def test_summary_counts_every_target_once(ledger):
    summary = ma.outcome_summary(packaged(), today=TODAY)
    assert summary[["targets", "repeats", "targets_left_out"]].sum().sum() == ledger.target_id.nunique()
    sizes = ledger[(ledger.target_kind == "market_size") & ledger.left_out.isna()].drop_duplicates(
        "target_id"
    )
    row = summary[(summary.target_kind == "market_size") & (summary.finding == "not_found")].iloc[0]
    assert row.targets == (sizes.finding == "not_found").sum()
    assert row.share_pct == pytest.approx(100 * row.targets / len(sizes))


def test_forecasts_meet_only_whole_years_of_their_own_scope(tmp_path):
    forecast = {
        "forecast_id": "f1", "publisher": "P", "geography": "CN", "scope": "vr_xr", "value": "10",
        "unit": "billion USD", "qualifier": "exact", "target_year": "2023", "source_ids": "s1", "scope_words": "VR",
    }  # fmt: skip
    same = OUTCOME | {"place_id": "CN", "scope": "vr_xr", "year": "2023", "value": "36"}
    others = [
        same | {"outcome_id": "o2", "scope": "metaverse_core"},
        same | {"outcome_id": "o3", "year": "2022"},
        same | {"outcome_id": "o4", "period": "2023-01/2023-06"},
        same | {"outcome_id": "o5", "place_id": "CN-AA"},
    ]
    late = forecast | {"forecast_id": "f2", "target_year": "2026"}
    ds = load_rows(tmp_path / "data", {"forecasts": [forecast, late], "outcomes": [same, *others]})
    row = ma.forecast_check(ds, today=TODAY)
    assert row.outcome_id.tolist() == ["o1"]
    assert row.outcome_in_forecast_unit[0] == pytest.approx(
        ma.tables.rates.convert(36, "CNY", "USD", on="2023")
    )
    bag = ds.with_tables(
        forecasts=ds.forecasts.assign(scope="wider"), outcomes=ds.outcomes.assign(scope="wider")
    )
    assert ma.forecast_check(bag, today=TODAY).outcome_id.isna().all()


def test_empty_tables():
    ds = packaged()
    bare = ds.with_tables(**{name: ds[name].iloc[:0] for name in ds.tables if name != "places"})
    assert len(ma.outcome_ledger(bare, today=TODAY)) == 0
    assert ma.outcome_summary(bare, today=TODAY).targets.sum() == 0
    assert len(ma.forecast_check(bare, today=TODAY)) == 0
    assert len(ma.priorities_by_year(bare)) == len(ma.priorities(bare)) == 0


@pytest.mark.parametrize("measure", [ma.outcome_ledger, ma.outcome_summary, ma.forecast_check])
def test_today_is_a_full_day(measure):
    with pytest.raises(ValueError, match="today: '2026' is a year"):
        measure(packaged(), today="2026")


def test_fading_counts_the_events():
    ds = packaged()
    counts, events = ma.priorities_by_year(ds), ma.priorities(ds)
    assert counts.lists_naming.sum() == (ds.events.event_type == "named_as_priority").sum()
    assert counts.lists_not_naming.sum() == (ds.events.event_type == "not_named").sum()
    assert events.first_day.is_monotonic_increasing
    national = counts[counts.list_group == "national"].set_index("year")
    assert national.lists_naming[2026] == 0 < national.lists_not_naming[2026]


@pytest.fixture
def by_hand(worked) -> ma.Dataset:
    return worked("outcomes")


def test_an_outcome_is_given_in_the_unit_of_the_forecast(by_hand):
    table = ma.forecast_check(by_hand, today=TODAY)
    in_millions = 1000 * ma.tables.rates.convert(36, "CNY", "USD", on="2023")
    assert table.outcome_in_forecast_unit.tolist()[2:] == pytest.approx([in_millions, 5000])
    assert table.share_of_forecast_pct.tolist()[2:] == pytest.approx([in_millions / 100, 50])


def test_types_of_the_ledger(by_hand):
    ledger = ma.outcome_ledger(by_hand, today=TODAY)
    assert list(ledger.finding.cat.categories) == list(outcomes.FINDINGS) and ledger.finding.cat.ordered
    summary = ma.outcome_summary(by_hand, today=TODAY)
    assert list(summary.finding.cat.categories) == list(outcomes.FINDINGS) and summary.finding.cat.ordered
