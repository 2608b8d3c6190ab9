"""The press audit: worked figures, each rule of the verdict, and the search in the history of rates."""

import numpy as np
import pandas as pd
import pytest
from made_once import packaged
from tiny import TARGET, load_rows, plain
from worked.press import FIGURES, figures, printed

import metaverse_analysis as ma
from metaverse_analysis.measures import press
from metaverse_analysis.tables import rates
from metaverse_analysis.tables.dates import document_dates, first_day, last_day


@pytest.fixture(scope="module")
def audit():
    return ma.press_audit(packaged()).set_index("press_figure_id")


def made_up(folder, rows, **target):
    """The audit of figures printed for one target (250 billion yuan unless told otherwise)."""
    tables = {"regional_targets": [TARGET | target], "press_figures": figures(*rows)}
    return ma.press_audit(load_rows(folder, tables))


def test_the_article(audit):
    article = audit[audit.in_article].set_index("place_id")
    sichuan, shandong = article.loc["CN-SC"], article.loc["CN-SD"]
    assert (round(sichuan.implied_rate_low, 2), round(sichuan.implied_rate_high, 2)) == (7.04, 7.25)
    assert (round(shandong.implied_rate_low, 2), round(shandong.implied_rate_high, 2)) == (6.67, 6.98)
    assert sichuan.implied_rate_low > shandong.implied_rate_high
    assert (sichuan.verdict, shandong.verdict) == ("consistent", "stale")
    assert shandong.last_day_in_range == pd.Timestamp("2023-05-16")
    assert 34.7 < sichuan.converted_usd_low_bn < 34.8
    assert 20.8 < shandong.converted_usd_high_bn < 20.9
    assert shandong.reason == (
        "On 2024-01-19 the market stood at 7.1912 yuan per US dollar, 3.1% above the 6.67–6.98 that the figure "
        "implies; it was last inside on 2023-05-16."
    )


def test_what_to_print_instead(audit):
    line = audit[audit.in_article].set_index("place_id").print_instead
    assert line["CN-SD"] == (
        "Shandong: about 150 billion yuan by 2025, about $20.9 billion at the rate of 2024-01-19 "
        "(7.1912 yuan per US dollar)"
    )
    month = audit.loc["cn-ha-zhengzhou-2023-draft-cap-headquarters--kitco-news"].print_instead
    assert month.startswith(
        "Zhengzhou: up to 200 million yuan, up to $28.6 million at the mean rate of 2023-05"
    )
    assert audit.print_instead.isna().equals(audit.published.isna())


@pytest.mark.parametrize(
    ("key", "verdict", "kind", "words"),
    [
        ("cn-sd-2025-related-scale-draft--urecomm", "inconsistent", "wrong_amount",
         "Prints 130 billion yuan; the document says about 150 billion yuan."),
        ("cn-ha-zhengzhou-2023-draft-fund--upyo--headline", "inconsistent", "wrong_rate", "2006"),
        ("cn-ha-zhengzhou-2023-draft-fund--upyo--body", "consistent", "near", "within the 1% allowed"),
        ("cn-hk-2023-web3-allocation--upyo", "inconsistent", "wrong_currency",
         "Prints 50 million yuan; the document says 50 million Hong Kong dollars."),
        ("cn-ha-zhengzhou-park-tax--crypto-news", "inconsistent", "wrong_rate", "never inside"),
        ("cn-ha-zhengzhou-2023-draft-fund--coin-liberal", "undated", "undated", "No date"),
        ("cn-hk-2023-web3-allocation--xinhua", "consistent", "inside", "Hong Kong dollars per US dollar"),
    ],
)  # fmt: skip
def test_known_figures_come_out_as_what_they_are(audit, key, verdict, kind, words):
    row = audit.loc[key]
    assert (row.verdict, row.verdict_kind) == (verdict, kind)
    assert words in row.reason


def test_every_row_is_judged_and_consistent_with_its_own_columns(audit):
    assert len(audit) == len(packaged().press_figures)
    assert audit.verdict.notna().all()
    assert audit.reason.notna().all()
    rate_rows = audit[audit.verdict_kind.isin(["inside", "near", "old_rate", "wrong_rate"])]
    inside = rate_rows.nearest_rate.between(rate_rows.implied_rate_low, rate_rows.implied_rate_high)
    assert (inside == (rate_rows.verdict_kind == "inside")).all()
    assert ((rate_rows.deviation_pct.abs() <= 1) == (rate_rows.verdict == "consistent")).all()


def test_the_last_day_in_range_is_right_for_every_row_of_the_tables(audit):
    ds = packaged()
    targets = ds.regional_targets.set_index("target_id")["document_id"]
    documents = document_dates(ds.policy_documents)["first_day"].set_axis(ds.policy_documents["document_id"])
    for row in audit[audit.published.notna()].itertuples():
        history = rates.market_rate("USD", row.document_currency)
        first, last = (of(pd.Series([row.published]))[0] for of in (first_day, last_day))
        since = documents[targets[row.target_id]]
        first = since if first < since <= last else first  # nothing is printed before its document
        earlier = history[history.index < first]
        inside = earlier[earlier.between(row.implied_rate_low, row.implied_rate_high)]
        assert row.last_day_in_range == inside.index[-1] if len(inside) else pd.isna(row.last_day_in_range)


@pytest.mark.parametrize(
    ("digits", "low", "high"),
    [
        ("35", 34.5, 35.5), ("34.4", 34.35, 34.45), ("48.20", 48.195, 48.205), ("48.2", 48.15, 48.25),
        ("0.02834", 0.028335, 0.028345), ("100", 99.5, 100.5), ("0", 0.0, 0.5),
    ],
)  # fmt: skip
def test_rounding_range_of_printed_digits(tmp_path, digits, low, high):
    row = made_up(tmp_path / "data", [printed(digits)]).iloc[0]
    assert (row.printed_usd_low_bn, row.printed_usd_high_bn) == (low, high)
    assert row.implied_rate_low == 250 / high


def test_order_of_the_rules(tmp_path):
    figures = [
        printed(
            "35", published="", original_billion="240", original_currency="CNY"
        ),  # wrong whatever the date
        printed("35", original_billion="250", original_currency="HKD"),
        printed("35", published=""),
        printed("34.8"),
        printed("34.5"),  # 7.2359-7.2569 implied; 7.1912 lies 0.6% below
        printed("36.5"),  # 6.840-6.859 implied; last inside on a day of 2023
        printed("31"),  # 7.94-8.20 implied: seen before 2007 only
        printed("35", published="1999-05-01"),
        printed("35", original_billion="250.4", original_currency="CNY"),  # 250 is not 250.35-250.45
        printed("35", original_billion="3", original_currency="CNY"),
    ]
    table = made_up(tmp_path / "data", figures)
    assert table.verdict_kind.tolist() == [
        "wrong_amount", "wrong_currency", "undated", "inside", "near", "old_rate", "wrong_rate", "no_rate",
        "wrong_amount", "wrong_amount",
    ]  # fmt: skip
    assert table.verdict.isna().tolist() == [False] * 7 + [True] + [False] * 2


def test_an_outlets_own_rounding_is_not_a_wrong_amount(tmp_path):
    figures = [printed("35", original_billion=text, original_currency="CNY") for text in ("250", "249", "3")]
    table = made_up(tmp_path / "data", figures, value="250.4")
    assert table.verdict_kind.tolist() == ["inside", "wrong_amount", "wrong_amount"]


def test_a_range_in_the_document_uses_both_ends(tmp_path):
    figures = [
        printed("5", original_billion="30", original_currency="CNY"),
        printed("5", original_billion="20", original_currency="CNY"),
    ]
    table = made_up(tmp_path / "data", figures, value="30", value_max="50", qualifier="range")
    assert table.implied_rate_low.tolist() == [30 / 5.5] * 2
    assert table.implied_rate_high.tolist() == [50 / 4.5] * 2
    assert table.verdict_kind.tolist() == ["inside", "wrong_amount"]
    assert "30–50 billion yuan" in table.reason[1]


def test_other_currencies_and_other_units(tmp_path):
    won = made_up(
        tmp_path / "won", [printed("0.45", published="2021-11-03")], value="530", unit="billion KRW"
    )
    assert won.verdict[0] == "consistent"
    millions = made_up(tmp_path / "m", [printed("0.007")], value="50", unit="million CNY")
    assert millions.document_low_bn[0] == 0.05
    dirham = made_up(tmp_path / "aed", [printed("4")], value="15", unit="billion AED")
    assert dirham.verdict_kind[0] == "no_rate"
    assert "AED" in dirham.reason[0]
    firms = made_up(tmp_path / "firms", [printed("4")], value="15", unit="firms", measure="count")
    assert firms.verdict_kind[0] == "no_amount"


def test_weekends_months_and_years(tmp_path):
    dates = ["2024-01-21", "2023-05", "2023", "2024-01"]
    figures = [printed("34.8", published=dates[0])] + [printed("36.5", published=date) for date in dates[1:]]
    table = made_up(tmp_path / "data", figures)
    assert table.rate_date.tolist() == ["2024-01-19", "2023-05", "2023", "2024-01"]
    assert "rate of 2024-01-19" in table.reason[0]
    # 36.5 implies 6.84-6.86: near some day of May 2023 (6.91), inside on days of early 2023, stale in January 2024. The
    # document is of 15 September 2023, so that a figure of some day of 2023 can't be of its first months.
    assert table.verdict_kind.tolist() == ["inside", "near", "old_rate", "old_rate"]
    assert table.last_day_in_range[2] < pd.Timestamp("2023-09-15")
    assert "nearest day of 2023 since the document of 2023-09-15 the market" in table.reason[2]


def test_no_figure_fits_a_day_before_its_document(audit):
    """Six figures of "August 2023" fitted on days of its first half alone; the draft came out on the 16th."""
    draft = audit[(audit.target_id == "cn-sc-2023-draft-market-scale") & (audit.published == "2023-08")]
    history = rates.market_rate("USD", "CNY")["2023-08-16":"2023-08-31"]
    for row in draft.itertuples():
        fits = history.between(row.implied_rate_low, row.implied_rate_high).any()
        assert row.verdict_kind == ("inside" if fits else "near"), row.outlet
    assert draft.verdict_kind.tolist().count("near") == 6


def test_two_years_before_is_the_limit_of_stale(tmp_path):
    history = rates.market_rate("USD", "CNY")
    inside = history[history.between(250 / 39.5, 250 / 38.5)]
    last = inside[:"2023-01-01"].index[-1]
    days = [last + pd.DateOffset(years=2), last + pd.DateOffset(years=2, days=1)]
    table = made_up(tmp_path / "data", [printed("39", published=f"{day:%Y-%m-%d}") for day in days])
    assert table.last_day_in_range.tolist() == [last, last]
    assert table.verdict.tolist() == ["stale", "inconsistent"]


def test_wrong_digits_are_named(tmp_path):
    ds = packaged()
    figures = ds.press_figures.assign(
        reported_usd_billion=lambda f: f.reported_usd_billion.where(f.index != 3, "about 48")
    )
    with pytest.raises(
        ValueError, match=r"reported_usd_billion: 'about 48' in .*metaverse-post.*Write plain digits"
    ):
        ma.press_audit(ds.with_tables(press_figures=figures))


def test_empty_table_and_unchanged_input():
    ds = packaged()
    before = ds.press_figures.copy()
    table = ma.press_audit(ds.with_tables(press_figures=ds.press_figures.iloc[:0]))
    assert len(table) == 0
    assert list(table.columns) == list(ma.press_audit(ds).columns)
    pd.testing.assert_frame_equal(ds.press_figures, before)


def test_copies_are_shown():
    table = ma.press_audit(packaged())
    assert table.copied_from.notna().sum() == packaged().press_figures.copied_from.notna().sum()


def test_a_printed_zero_for_a_target_of_zero_fits_any_rate(tmp_path):
    """Nothing over anything: the range begins at zero and has no upper end."""
    row = made_up(tmp_path, [printed("0")], value="0").iloc[0]
    assert (row.implied_rate_low, row.implied_rate_high, row.verdict) == (0, np.inf, "consistent")
    assert row.reason.endswith(" inside the 0.0000 or more that the figure implies.")


def test_every_kind_of_verdict_has_its_sentence(tmp_path):
    stood = "On 2024-01-19 the market stood at 7.1912 yuan per US dollar,"
    may = "On the nearest day of 2023-05 the market stood at"
    assert made_up(tmp_path / "a", FIGURES).reason.tolist() == [
        "Prints 240 billion yuan; the document says 250 billion yuan.",
        "Prints 250 billion Hong Kong dollars; the document says 250 billion yuan.",
        f"{stood} inside the 7.174–7.194 that the figure implies.",
        "On 2024-01-21 (rate of 2024-01-19) the market stood at 7.1912 yuan per US dollar, 0.6% below the "
        "7.236–7.257 that the figure implies, within the 1% allowed.",
        f"{stood} 4.8% above the 6.840–6.859 that the figure implies; it was last inside on 2023-04-14.",
        f"{stood} 9.4% below the 7.94–8.20 that the figure implies; it was last inside on 2006-09-18, more than "
        "2 years before.",
        "No rate of yuan per US dollar is published for 1999-05-01.",
        f"{may} 6.9105 yuan per US dollar, 0.8% above the 6.840–6.859 that the figure implies, within the 1% "
        "allowed.",
        f"{may} 7.1072 yuan per US dollar, 98.6% below the 500.0 or more that the figure implies; it was never "
        "inside before.",
        f"{stood} 2775.1% above the 0.24988–0.25013 that the figure implies; it was never inside before.",
    ]


@pytest.mark.parametrize(
    ("target", "instead"),
    [
        (
            {"value": "0.7", "qualifier": "over", "target_year": ""},
            "Aland: over 700 million yuan, over $109.4 million at the rate of 2021-11-03 "
            "(6.3985 yuan per US dollar)",
        ),
        (
            {"value": "30", "value_max": "50", "qualifier": "range"},
            "Aland: 30–50 billion yuan by 2025, about $4.7–7.8 billion at the rate of 2021-11-03 "
            "(6.3985 yuan per US dollar)",
        ),
        (
            {"value": "500", "value_max": "900", "unit": "million CNY", "qualifier": "range"},
            "Aland: 500–900 million yuan by 2025, about $78.1–140.7 million at the rate of 2021-11-03 "
            "(6.3985 yuan per US dollar)",
        ),
        (
            {"value": "530", "unit": "billion KRW", "qualifier": "about"},
            "Aland: about 530 billion KRW by 2025, about $448.2 million at the rate of 2021-11-03 "
            "(1,182.5 KRW per US dollar)",
        ),
        ({"value": "15", "unit": "firms", "measure": "count"}, None),
        ({"value": "15", "unit": "billion AED"}, None),
    ],
)
def test_what_can_be_printed_keeps_the_hedge_the_range_and_the_year(tmp_path, target, instead):
    table = made_up(tmp_path / "a", [printed("0.1", published="2021-11-03")], **target)
    assert plain(table)["print_instead"] == [instead]


def test_a_market_just_outside_is_less_than_a_tenth_of_a_percent_away(tmp_path):
    # 7.1912 was the rate: 250 over 34.76453; printed to three places, one step lower and higher.
    for digits, side in (("34.763", "below"), ("34.766", "above")):
        row = made_up(tmp_path / digits, [printed(digits)]).iloc[0]
        assert row.verdict_kind == "near" and f"less than 0.1% {side} the 7.19" in row.reason


def test_two_currencies_in_one_table_keep_their_rows(tmp_path):
    rows = [TARGET, TARGET | {"target_id": "t2", "value": "250", "unit": "billion HKD"}]
    figures = [
        {"press_figure_id": f"{target}--o-{i}", "target_id": target, "outlet": "O", "source_id": "s1"}
        | printed("34.8")
        for i, target in enumerate(["t2", "t1", "t2"])
    ]
    table = ma.press_audit(load_rows(tmp_path / "a", {"regional_targets": rows, "press_figures": figures}))
    hkd, cny = (ma.rates("USD", code, on="2024-01-19").rate.iloc[0] for code in ("HKD", "CNY"))
    assert table.document_currency.tolist() == ["HKD", "CNY", "HKD"]
    assert table.market_rate.tolist() == [hkd, cny, hkd]


def test_types_of_the_audit(tmp_path):
    table = made_up(tmp_path / "a", FIGURES)
    assert list(table.verdict_kind.cat.categories) == list(press.KINDS)
    assert list(table.verdict.cat.categories) == list(press.VERDICTS) and table.verdict.cat.ordered
    texts = ["printed", "date_precision", "rate_date", "rate_basis", "reason", "print_instead"]
    assert {str(table[name].dtype) for name in texts} == {"str"}
    assert str(table.last_day_in_range.dtype) == "datetime64[us]"
