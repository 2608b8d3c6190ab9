"""What came of targets: the links are checked, hedges are weighed, and forecasts meet only their own scope."""

import pandas as pd
import pytest
from made_once import packaged
from tiny import SOURCE, TARGET, load_rows, plain, scope_label

import metaverse_analysis as ma
from metaverse_analysis.measures import outcomes

TODAY = "2026-11-23"
OUTCOME = {
    "outcome_id": "o1", "place_id": "CN-AA", "indicator": "market_scale", "measure": "industry_scale",
    "scope": "metaverse_related", "value": "260", "unit": "billion CNY", "qualifier": "exact", "year": "2025",
    "source_ids": "s1",
}  # fmt: skip
FOLLOWUP = {
    "followup_id": "t1--f", "target_id": "t1", "finding": "reported", "outcome_id": "o1", "searched_on": "2026-11-01",
    "source_ids": "s1", "note": "A note",
}  # fmt: skip


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


def test_every_target_whose_year_has_passed_is_there_and_no_other(ledger):
    targets = packaged().regional_targets
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
    assert (reported.scope.astype(str) == reported.outcome_scope).all()


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
    assert (row.finding, row.finding_label) == ("not_followed_up", "not followed up")
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
    assert summary.n_targets.sum() == 1
    assert summary.loc[summary.n_targets == 1, ["kind", "finding"]].values.tolist() == [
        ["market_size", "reported"]
    ]


def test_summary_counts_every_target_once(ledger):
    summary = ma.outcome_summary(packaged(), today=TODAY)
    assert summary.n_targets.sum() + summary.n_repeats.sum() == ledger.target_id.nunique()
    sizes = ledger[(ledger.kind == "market_size") & ledger.repeats_target_id.isna()].drop_duplicates(
        "target_id"
    )
    row = summary[(summary.kind == "market_size") & (summary.finding == "not_found")].iloc[0]
    assert row.n_targets == (sizes.finding == "not_found").sum()
    assert row.share_pct == pytest.approx(100 * row.n_targets / len(sizes))


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
    assert ma.outcome_summary(bare, today=TODAY).n_targets.sum() == 0
    assert len(ma.forecast_check(bare, today=TODAY)) == 0
    assert len(ma.fading(bare)) == len(ma.naming(bare)) == 0


@pytest.mark.parametrize("measure", [ma.outcome_ledger, ma.outcome_summary, ma.forecast_check])
def test_today_is_a_full_day(measure):
    with pytest.raises(ValueError, match="today: '2026' is a year"):
        measure(packaged(), today="2026")


def test_fading_counts_the_events():
    ds = packaged()
    counts, events = ma.fading(ds), ma.naming(ds)
    assert counts.n_named.sum() == (ds.events.event_type == "named_as_priority").sum()
    assert counts.n_not_named.sum() == (ds.events.event_type == "not_named").sum()
    assert events.first_day.is_monotonic_increasing
    national = counts[counts.group == "national"].set_index("year")
    assert national.n_named[2026] == 0 < national.n_not_named[2026]


OFFICIAL = SOURCE | {
    "source_id": "s2", "url": "https://example.com/2", "host": "example.com", "publisher": "B office",
    "kind": "official",
}  # fmt: skip
FORECAST = {
    "forecast_id": "f1", "publisher": "P", "published": "2021-05", "geography": "CN", "scope": "vr_xr",
    "value": "10000", "unit": "million USD", "qualifier": "about", "target_year": "2023", "source_ids": "s1",
    "scope_words": "VR", "note": "n",
}  # fmt: skip


@pytest.fixture
def by_hand(tmp_path):
    """Two figures for two targets, a later target in place of one, a fund that nobody followed up, three forecasts."""
    return load_rows(
        tmp_path / "a",
        {
            "sources": [SOURCE, OFFICIAL],
            "regional_targets": [
                TARGET | {"note": "not the ledger's"},
                TARGET
                | {
                    "target_id": "t2", "place_id": "CN-AA-b", "indicator": "all_firms", "measure": "count",
                    "scope": "", "value": "200", "unit": "firms", "target_year": "2024", "qualifier": "over",
                    "per": "year",
                },
                TARGET
                | {
                    "target_id": "t3", "indicator": "fund_size", "measure": "fund", "scope": "", "value": "5",
                    "target_year": "2024",
                },
                TARGET | {"target_id": "t4", "place_id": "CN-AA-b", "repeats_target_id": "t1"},
            ],
            "outcomes": [
                OUTCOME | {"scope_note": "some words", "qualifier": "about"},
                OUTCOME
                | {
                    "outcome_id": "o2", "place_id": "CN-AA-b", "indicator": "all_firms", "measure": "count",
                    "scope": "", "value": "150", "unit": "firms", "year": "2024", "qualifier": "at_least",
                    "source_ids": "s1;s2",
                },
                OUTCOME
                | {
                    "outcome_id": "o3", "place_id": "CN", "scope": "vr_xr", "year": "2023", "value": "36",
                    "scope_note": "w",
                },
                OUTCOME
                | {
                    "outcome_id": "o4", "place_id": "CN", "scope": "vr_xr", "year": "2023", "value": "5",
                    "unit": "billion USD",
                },
            ],
            "target_followups": [
                FOLLOWUP,
                FOLLOWUP | {"followup_id": "t2--f", "target_id": "t2", "outcome_id": "o2", "note": ""},
                FOLLOWUP
                | {
                    "followup_id": "t1--s", "finding": "superseded", "outcome_id": "", "superseded_by": "t4",
                    "note": "",
                },
            ],
            "forecasts": [
                FORECAST | {"forecast_id": "f0", "scope": "metaverse_core"},
                FORECAST,
                FORECAST | {"forecast_id": "f2", "target_year": "2022"},
            ],
        },
    )  # fmt: skip


def test_every_column_of_the_ledger_worked_by_hand(by_hand):
    ledger = ma.outcome_ledger(by_hand, today=TODAY)
    assert ledger.index.tolist() == [0, 1, 2, 3, 4]
    assert plain(ledger) == {
        "target_id": ["t2", "t3", "t1", "t1", "t4"],
        "place_id": ["CN-AA-b", "CN-AA", "CN-AA", "CN-AA", "CN-AA-b"],
        "place": ["Btown", "Aland", "Aland", "Aland", "Btown"],
        "level": ["city", "province", "province", "province", "city"],
        "kind": ["count", "other_money", "market_size", "market_size", "market_size"],
        "indicator": ["all_firms", "fund_size", "market_scale", "market_scale", "market_scale"],
        "indicator_label": ["firms", "fund", "market size", "market size", "market size"],
        "scope": [None, None, "metaverse_related", "metaverse_related", "metaverse_related"],
        "scope_label": [
            None,
            None,
            scope_label("metaverse_related"),
            scope_label("metaverse_related"),
            scope_label("metaverse_related"),
        ],
        "measure": ["count", "fund", "industry_scale", "industry_scale", "industry_scale"],
        "measure_label": ["count", "fund", "industry scale", "industry scale", "industry scale"],
        "value": [200, 5, 250, 250, 250],
        "value_max": [None] * 5,
        "unit": ["firms", "billion CNY", "billion CNY", "billion CNY", "billion CNY"],
        "per": ["year", None, None, None, None],
        "qualifier": ["over", "exact", "exact", "exact", "exact"],
        "target_year": [2024, 2024, 2025, 2025, 2025],
        "basis": [None] * 5,
        "repeats_target_id": [None, None, None, None, "t1"],
        "document_id": ["d1"] * 5,
        "status": ["issued"] * 5,
        "finding": ["reported", "not_followed_up", "reported", "superseded", "not_followed_up"],
        "finding_label": ["reported", "not followed up", "reported", "superseded", "not followed up"],
        "outcome_id": ["o2", None, "o1", None, None],
        "outcome_place_id": ["CN-AA-b", None, "CN-AA", None, None],
        "outcome_place": ["Btown", None, "Aland", None, None],
        "outcome_indicator": ["all_firms", None, "market_scale", None, None],
        "outcome_scope": [None, None, "metaverse_related", None, None],
        "outcome_scope_label": [None, None, scope_label("metaverse_related"), None, None],
        "outcome_measure": ["count", None, "industry_scale", None, None],
        "outcome_measure_label": ["count", None, "industry scale", None, None],
        "outcome_value": [150, None, 260, None, None],
        "outcome_unit": ["firms", None, "billion CNY", None, None],
        "outcome_qualifier": ["at_least", None, "about", None, None],
        "outcome_year": [2024, None, 2025, None, None],
        "outcome_period": [None] * 5,
        "outcome_words": [None, None, "some words", None, None],
        "reported_by": ["A paper; B office", None, "A paper", None, None],
        "outcome_source_kind": ["official", None, "newspaper or broadcaster", None, None],
        "outcome_confidence": ["high", None, "medium", None, None],
        "differs": [None] * 5,
        "differs_label": [None] * 5,
        "recorded_finding": ["reported", None, "reported", "superseded", None],
        "reached": ["unclear", None, "unclear", None, None],
        "share_of_target_pct": [None, None, 104, None, None],
        "superseded_by": [None, None, None, "t4", None],
        "searched_on": [
            pd.Timestamp("2026-11-01"),
            None,
            pd.Timestamp("2026-11-01"),
            pd.Timestamp("2026-11-01"),
            None,
        ],
        "source_ids": ["s1", None, "s1", "s1", None],
        "note": [None, None, "A note", None, None],
    }


def test_every_column_of_the_summary_worked_by_hand(by_hand):
    assert plain(ma.outcome_summary(by_hand, today=TODAY)) == {
        "kind": [
            "market_size",
            "market_size",
            "market_size",
            "market_size",
            "market_size",
            "other_money",
            "other_money",
            "other_money",
            "other_money",
            "other_money",
            "count",
            "count",
            "count",
            "count",
            "count",
        ],
        "kind_label": [
            "market sizes",
            "market sizes",
            "market sizes",
            "market sizes",
            "market sizes",
            "other money",
            "other money",
            "other money",
            "other money",
            "other money",
            "counts and shares",
            "counts and shares",
            "counts and shares",
            "counts and shares",
            "counts and shares",
        ],
        "finding": [
            "reported",
            "related_figure",
            "superseded",
            "not_found",
            "not_followed_up",
            "reported",
            "related_figure",
            "superseded",
            "not_found",
            "not_followed_up",
            "reported",
            "related_figure",
            "superseded",
            "not_found",
            "not_followed_up",
        ],
        "finding_label": [
            "reported",
            "related figure only",
            "superseded",
            "searched, not found",
            "not followed up",
            "reported",
            "related figure only",
            "superseded",
            "searched, not found",
            "not followed up",
            "reported",
            "related figure only",
            "superseded",
            "searched, not found",
            "not followed up",
        ],
        "n_targets": [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0],
        "share_pct": [100, 0, 0, 0, 0, 0, 0, 0, 0, 100, 100, 0, 0, 0, 0],
        "n_repeats": [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    }


def test_every_column_of_the_forecasts_worked_by_hand(by_hand):
    table = ma.forecast_check(by_hand, today=TODAY)
    assert table.index.tolist() == [0, 1, 2, 3]
    in_millions = 1000 * ma.tables.rates.convert(36, "CNY", "USD", on="2023")
    assert table.outcome_in_forecast_unit.tolist()[2:] == pytest.approx([in_millions, 5000])
    assert table.share_of_forecast_pct.tolist()[2:] == pytest.approx([in_millions / 100, 50])
    assert plain(table.drop(columns=["outcome_in_forecast_unit", "share_of_forecast_pct"])) == {
        "forecast_id": ["f2", "f0", "f1", "f1"],
        "publisher": ["P"] * 4,
        "published": ["2021-05"] * 4,
        "geography": ["CN"] * 4,
        "scope": ["vr_xr", "metaverse_core", "vr_xr", "vr_xr"],
        "scope_label": [
            scope_label("vr_xr"),
            scope_label("metaverse_core"),
            scope_label("vr_xr"),
            scope_label("vr_xr"),
        ],
        "scope_words": ["VR"] * 4,
        "target_year": [2022, 2023, 2023, 2023],
        "value": [10000] * 4,
        "unit": ["million USD"] * 4,
        "qualifier": ["about"] * 4,
        "outcome_id": [None, None, "o3", "o4"],
        "outcome_value": [None, None, 36, 5],
        "outcome_unit": [None, None, "billion CNY", "billion USD"],
        "outcome_qualifier": [None, None, "exact", "exact"],
        "outcome_measure_label": [None, None, "industry scale", "industry scale"],
        "outcome_words": [None, None, "w", None],
        "reported_by": [None, None, "A paper", "A paper"],
        "outcome_confidence": [None, None, "medium", "medium"],
        "source_ids": ["s1"] * 4,
        "note": ["n"] * 4,
    }


def test_types_of_the_ledger(by_hand):
    ledger = ma.outcome_ledger(by_hand, today=TODAY)
    assert list(ledger.finding.cat.categories) == list(outcomes.FINDINGS) and ledger.finding.cat.ordered
    summary = ma.outcome_summary(by_hand, today=TODAY)
    assert list(summary.finding.cat.categories) == list(outcomes.FINDINGS) and summary.finding.cat.ordered
    texts = [
        "kind",
        "differs",
        "differs_label",
        "reached",
        "recorded_finding",
        "outcome_scope",
        "outcome_qualifier",
        "reported_by",
    ]
    assert {str(ledger[name].dtype) for name in texts} == {"str"}
    assert str(summary.n_targets.dtype) == str(summary.n_repeats.dtype) == "int64"
