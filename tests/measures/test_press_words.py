"""The sentences about a printed figure: each part at its limits, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from metaverse_analysis.measures.press_words import instead, reasons

NAMES = {"CNY": "yuan", "HKD": "Hong Kong dollars"}
ROW = {
    "verdict_kind": "inside", "published": "2024-01-19", "date_precision": "day", "rate_date": "2024-01-19",
    "document_currency": "CNY", "original_currency": None, "original_billion": None, "document_low_bn": 250.0,
    "document_high_bn": 250.0, "nearest_rate": 7.2, "market_rate": 7.2, "deviation_pct": 0.0,
    "implied_rate_low": 7.1, "implied_rate_high": 7.3, "last_day_in_range": None, "since": None, "place": "Aland",
    "place_id": "CN-AA", "qualifier": "exact", "target_year": 2025, "converted_usd_low_bn": 34.72,
    "converted_usd_high_bn": 34.72,
}  # fmt: skip
RATE = "at the rate of 2024-01-19 (7.2000 yuan per US dollar)"
STOOD = "On 2024-01-19 the market stood at 7.2000 yuan per US dollar,"


def audit(*changes: dict) -> pd.DataFrame:
    """Rows as `press_audit` has them, with an index that is no count."""
    frame = pd.DataFrame([ROW | change for change in changes], index=range(10, 10 + len(changes)))
    texts = ["original_currency", "document_currency", "published", "date_precision", "rate_date", "place"]
    return frame.astype(
        dict.fromkeys(texts, "str")
        | {"target_year": "Int64", "last_day_in_range": "datetime64[us]", "since": "datetime64[us]"}
    )


def say(**change) -> str:
    return reasons(audit(change), NAMES).iloc[0]


def test_one_sentence_for_each_row_in_its_place():
    kinds = ["undated", "inside", "no_amount", "no_rate", "undated", "wrong_amount"]
    found = reasons(audit(*({"verdict_kind": kind} for kind in kinds)), NAMES)
    undated = "No date of publication is known, so there is no rate to hold it against."
    assert found.to_dict() == {
        10: undated,
        11: f"{STOOD} inside the 7.10–7.30 that the figure implies.",
        12: "The target that it is printed for is not an amount of money.",
        13: "No rate of yuan per US dollar is published for 2024-01-19.",
        14: undated,
        15: "Prints an amount in yuan; the document says 250 billion yuan.",
    }
    assert str(found.dtype) == "str"
    assert str(reasons(audit({}).iloc[:0], NAMES).dtype) == "str"


@pytest.mark.parametrize(
    ("change", "own", "said"),
    [
        ({"original_billion": 240}, "240 billion yuan", "250 billion yuan"),
        (
            {"original_billion": 1, "original_currency": "HKD"},
            "1 billion Hong Kong dollars",
            "250 billion yuan",
        ),
        ({"original_billion": 0.95, "original_currency": "XXX"}, "950 million XXX", "250 billion yuan"),
        ({"original_currency": "HKD"}, "an amount in Hong Kong dollars", "250 billion yuan"),
        ({"document_low_bn": 0.5, "document_high_bn": 1}, "an amount in yuan", "0.5–1 billion yuan"),
        ({"document_low_bn": 0.5, "document_high_bn": 0.75}, "an amount in yuan", "500–750 million yuan"),
        (
            {"document_low_bn": 1234.5, "document_high_bn": 1234.5},
            "an amount in yuan",
            "1,234.5 billion yuan",
        ),
    ],
)
def test_another_amount(change, own, said):
    for kind in ("wrong_amount", "wrong_currency"):
        assert say(verdict_kind=kind, **change) == f"Prints {own}; the document says {said}."


@pytest.mark.parametrize(
    ("low", "width", "words"),
    [
        (100, 10, "100–110"),
        (50, 9.5, "50.0–59.5"),
        (5, 1, "5.0–6.0"),
        (5, 0.75, "5.00–5.75"),
        (0.5, 0.0625, "0.500–0.562"),
        (0.25, 2**-7, "0.2500–0.2578"),
        (0.25, 2**-10, "0.25000–0.25098"),
        (0.25, 2**-14, "0.250000–0.250061"),
        (0.25, 2**-17, "0.2500000–0.2500076"),
        (0.25, 2**-20, "0.25000000–0.25000095"),
        (7.25, 0, "7.2500"),
        (99.5, 0, "99.5000"),
        (100, 0, "100.0"),
        (1234, np.inf, "1,234.0 or more"),
    ],
)
def test_ranges_have_the_decimals_that_tell_their_ends_apart(low, width, words):
    found = say(implied_rate_low=float(low), implied_rate_high=float(low + width))
    assert found == f"{STOOD} inside the {words} that the figure implies."


@pytest.mark.parametrize(
    ("deviation", "words"),
    [
        (0.1, "0.1% above"),
        (-0.1, "0.1% below"),
        (-0.0999, "less than 0.1% below"),
        (0.0001, "less than 0.1% above"),
        (12.34, "12.3% above"),
        (np.inf, "far above"),
    ],
)
def test_the_distance_of_the_market(deviation, words):
    found = say(verdict_kind="near", deviation_pct=deviation)
    assert found == f"{STOOD} {words} the 7.10–7.30 that the figure implies, within the 1% allowed."


@pytest.mark.parametrize(
    ("change", "ending"),
    [
        ({"verdict_kind": "inside"}, ""),
        ({"verdict_kind": "near"}, ", within the 1% allowed"),
        (
            {"verdict_kind": "old_rate", "last_day_in_range": "2023-04-14"},
            "; it was last inside on 2023-04-14",
        ),
        (
            {"verdict_kind": "wrong_rate", "last_day_in_range": "2006-09-08"},
            "; it was last inside on 2006-09-08, more than 2 years before",
        ),
        ({"verdict_kind": "wrong_rate"}, "; it was never inside before"),
    ],
)
def test_endings(change, ending):
    assert say(**change).endswith(f" that the figure implies{ending}.")


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({}, "On 2024-01-19 the market stood at 7.2000 yuan"),
        ({"rate_date": "2024-01-18"}, "On 2024-01-19 (rate of 2024-01-18) the market stood at 7.2000 yuan"),
        (
            {
                "published": "2024-01",
                "date_precision": "month",
                "nearest_rate": 100.0,
                "document_currency": "KRW",
            },
            "On the nearest day of 2024-01 the market stood at 100.0 KRW",
        ),
    ],
)
def test_when_the_market_stood_there(change, start):
    assert say(**change).startswith(f"{start} per US dollar, inside the ")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, f"Aland: 250 billion yuan by 2025, about $34.7 billion {RATE}"),
        (
            {"place": None, "qualifier": "at_least", "target_year": None},
            f"CN-AA: at least 250 billion yuan, at least $34.7 billion {RATE}",
        ),
        (
            {
                "qualifier": "up_to",
                "date_precision": "month",
                "rate_date": "2024-01",
                "converted_usd_high_bn": 1.0,
                "converted_usd_low_bn": 1.0,
            },
            "Aland: up to 250 billion yuan by 2025, up to $1.0 billion "
            "at the mean rate of 2024-01 (7.2000 yuan per US dollar)",
        ),
        (
            {
                "document_currency": "XXX",
                "market_rate": 1234.5,
                "converted_usd_low_bn": 0.9,
                "converted_usd_high_bn": 1.2,
                "document_low_bn": 30.0,
                "document_high_bn": 50.0,
            },
            "Aland: 30–50 billion XXX by 2025, about $0.9–1.2 billion "
            "at the rate of 2024-01-19 (1,234.5 XXX per US dollar)",
        ),
        (
            {"converted_usd_low_bn": 0.5, "converted_usd_high_bn": 0.75, "qualifier": "over"},
            f"Aland: over 250 billion yuan by 2025, over $500.0–750.0 million {RATE}",
        ),
        ({"market_rate": np.nan}, None),
    ],
)
def test_what_can_be_printed(change, words):
    found = instead(audit({"market_rate": np.nan}, change), NAMES)
    assert found.index.tolist() == [10, 11] and str(found.dtype) == "str"
    assert pd.isna(found[10])
    assert (None if pd.isna(found[11]) else found[11]) == words
