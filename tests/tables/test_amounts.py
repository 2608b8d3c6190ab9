"""Amounts as documents and newspapers print them, judged one by one (amounts.csv beside this file), and what must hold
for any text: the amount is right, or refused in words."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, strategies as st

from metaverse_analysis.tables import amount_tokens, currencies
from metaverse_analysis.tables.amounts import Amount, parse_amount

JUDGED = Path(__file__).with_name("amounts.csv")
PHRASES = list(csv.DictReader(JUDGED.read_text(encoding="utf-8").splitlines()))
READ = [row for row in PHRASES if row["qualifier"] != "refused"]
REFUSED = [row["text"] for row in PHRASES if row["qualifier"] == "refused"]
WHY = """
数百亿元 | '数' before '百亿元'
十几亿元 | '几亿' is not read as a number
半亿元 | '半亿' is not read as a number
several billion yuan | 'several' is not read as a number
billions of yuan | 'billions' is not read as a number
10% | no number with a currency
1.2.3亿元 | '1.2.3亿元' has no single reading as a number
1万5千亿元 | '万' before the amount is a number that isn't read
250 billion | no currency stands at '250 billion'
1.5亿人 | no currency stands at '1.5亿': '人' behind it is no word for money
3000亿千瓦时 | no currency stands at '3000亿': '千瓦时' behind it
用户达5亿 | with '用户' in the text it may be a number of things
2500亿元（350亿美元） | holds 2 amounts ('2500亿元', '350亿美元')
核心300亿元、带动1000亿元 | holds 2 amounts
RMB250bn dollars | two currencies (CNY and USD)
50亿元-80亿美元 | '50亿元-80亿美元' has two currencies
美元债500亿元 | two currencies (CNY and '美元')
NZ $5bn | may say that it isn't USD
R$ 5 Milliarden | 'Milliarden' behind 'R$ 5' is a scale that isn't known
$5 MM | 'MM' behind '$5' is a scale
-5 billion yuan | '-' before '5 billion yuan' is a minus
from 100 to 300 billion yuan | may be a rise
50-30亿元 | doesn't rise
五至八千万元 | '至' before '八千万元' ties it to a number before it
10个千亿级园区 | '个' before '千亿级' says that there are several
不超过300亿元以上 | contradict each other (at_least, up_to)
未必超过500亿元 | '未必' before the amount may turn it round
a maximum subsidy of 5 million yuan | what 'maximum' says of the amount is not understood
单位：万元 500元 | '万' may be its scale
"""


def outcome(text: str) -> Amount | str:
    """What was read, or what was said of it."""
    try:
        return parse_amount(text)
    except ValueError as error:
        return str(error)


def test_read():
    expected = {}
    for row in READ:
        bounds = [float(row[bound]) if row[bound] else None for bound in ("low", "high")]
        expected[row["text"]] = Amount(*bounds, f"billion {row['currency']}", row["qualifier"])
    assert len(expected) > 600
    assert {text: outcome(text) for text in expected} == expected


def test_refused():
    said = {text: str(outcome(text)) for text in REFUSED}
    assert len(said) > 400
    for text, words in said.items():
        assert words.startswith(f"can't read {text!r} as an amount: ") and "such as 2500亿元" in words


@pytest.mark.parametrize(("text", "why"), [line.split(" | ") for line in WHY.strip().splitlines()])
def test_a_refusal_says_what_was_not_understood(text, why):
    with pytest.raises(ValueError) as error:
        parse_amount(text)
    assert why in str(error.value)


def test_there_are_many_phrases_of_both_kinds_and_languages():
    assert len(PHRASES) == len({row["text"] for row in PHRASES}) > 800
    assert min(len(READ), len(REFUSED)) > 350
    assert sum(row["text"].isascii() for row in PHRASES) > 250


@pytest.mark.parametrize("value", [None, 250, float("nan"), b"2500"])
def test_only_text_is_read(value):
    with pytest.raises(ValueError, match="is read from text"):
        parse_amount(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "$",
        "亿",
        "万家企业",
        "一万" * 2000 + "元",
        "千" * 99 + "元",
        "9" * 400 + "元",
        "&#0;",
        "<" * 9000,
    ],
)
def test_texts_without_an_amount(text):
    with pytest.raises(ValueError, match="can't read"):
        parse_amount(text)


def test_amounts_have_a_currency_and_stay_as_they_are():
    amount = parse_amount("350 billion yuan")
    assert amount.currency == "CNY" and hash(amount) == hash(parse_amount("3500亿元"))
    with pytest.raises(AttributeError):
        amount.low = 1


VALUES = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal("99999"), places=4)
SCALES = {
    "{}亿元": 8,
    "{}万元": 4,
    "{}万亿元": 12,
    "{}千万元": 7,
    "{} billion yuan": 9,
    "RMB {}bn": 9,
    "¥{} million": 6,
}
HEDGES = {
    "exact": ("{}",),
    "over": ("超过{}", "突破{}", "over {}", "more than {}"),
    "at_least": ("不低于{}", "至少{}", "at least {}", "{}以上"),
    "up_to": ("不超过{}", "最高{}", "up to {}", "no more than {}", "未达{}"),
    "about": ("约{}", "近{}", "about {}", "{}左右"),
}


@given(
    VALUES,
    st.sampled_from(list(SCALES)),
    st.sampled_from([(hedge, form) for hedge, forms in HEDGES.items() for form in forms]),
    st.booleans(),
)
def test_what_is_written_is_read_back_exactly(value, scale, hedge, grouped):
    qualifier, form = hedge
    written = f"{value:,f}" if grouped else f"{value:f}"
    found = parse_amount(form.format(scale.format(written)))
    exact = float(value.scaleb(SCALES[scale] - 9))
    assert found.qualifier == qualifier and found.currency == "CNY"
    assert found.low == (None if qualifier == "up_to" else exact)
    assert found.high == (None if qualifier in ("over", "at_least") else exact)


@given(VALUES, VALUES, st.sampled_from(["{}-{}亿元", "{}亿元至{}亿元", "{}~{} 亿元"]))
def test_ranges_are_read_back_exactly(one, other, form):
    low, high = sorted((one, other))
    assume(low < high)
    found = parse_amount(form.format(low, high))
    assert (found.low, found.high, found.qualifier) == (float(low / 10), float(high / 10), "range")


def chinese(number: int) -> str:
    """A whole number below ten thousand in Chinese, the way it is read aloud."""
    words, gap = "", False
    for unit, scale in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // scale % 10
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + unit
        gap = not digit
    return words


@given(st.integers(1, 9999))
def test_chinese_numerals(number):
    assume(number not in (100, 1000))  # 百亿元 is a class; one hundred of them are 一百亿元
    assert parse_amount(chinese(number) + "亿元").low == number / 10
    assert parse_amount("超过" + chinese(number) + "万元").low == float(Decimal(number) / 10**5)


def read(text: str) -> Amount | None:
    try:
        return parse_amount(text)
    except ValueError:
        return None


# A few amounts in parts, between which anything may be put.
PARTS = (
    ("超", "500", "亿", "元"),
    ("RMB ", "25", "bn"),
    ("up to ", "5", " billion", " yuan"),
    ("30", "-", "50", "亿", "元"),
    ("2500", "亿"),
    ("5", "亿", "美元"),
    ("千亿", "级"),
    ("$", "35", " billion"),
    ("不超过", "3", "万亿", "韩元"),
)
NOT_SURROGATES = st.characters(exclude_categories=("Cs", "Nd"))


def kinds(text: str) -> set[str]:
    return {token.kind for token in amount_tokens.tokens(amount_tokens.plain(text))}


@given(st.sampled_from(PARTS), st.integers(0, 5), NOT_SURROGATES)
def test_an_unknown_character_anywhere_leaves_the_amount_or_forbids_to_read_it(parts, at, character):
    assume(kinds(character) <= set("cwx?l"))
    at = min(at, len(parts))
    whole = "".join(parts)
    text = "".join(parts[:at]) + character + "".join(parts[at:])
    # With a letter before it a sign may be another one: A$.
    assume(kinds(text) - kinds(whole) <= set("cwx?lE"))
    found = read(text)
    assert found in (None, read(whole)) or ("$" in whole and found.currency != "USD")


WORDS = st.one_of(
    st.sampled_from([row["text"] for row in PHRASES]).map(lambda text: text[:4]),
    st.text(
        st.sampled_from(
            "的在了是和有产业元宇宙用户企业达到不未近约年月个家亿级多余美日港币,.，。 ()（）+-%/xabkm$¥"
        ),
        max_size=6,
    ),
    st.text(NOT_SURROGATES, max_size=5),
    st.sampled_from(
        ["hundred", "crore", "mm", "not", "half", "of", "Canadian", "HK", "tokens", "over", "the"]
    ),
)


@given(st.sampled_from(PARTS), WORDS, WORDS)
def test_whatever_stands_around_an_amount_it_keeps_currency_and_size(parts, before, after):
    amount = read("".join(parts))
    found = read(before + "".join(parts) + after)
    assume(not kinds(before + after) & set("#zXse$¤?"))  # else there may be another amount, or another part
    if found is not None and "$" not in parts:
        assert found.currency == amount.currency
        assert {found.low, found.high} <= {amount.low, amount.high, None}
        assert found.low is not None or found.high is not None


IDEOGRAPHS = [chr(code) for code in range(0x4E00, 0xA000)]


@pytest.mark.parametrize("ending", ["元", "币", "圆", "盾"])
def test_no_currency_that_is_not_known_becomes_yuan(ending):
    harmless = set("余多来級级餘來元")
    becomes_yuan = [
        each for each in IDEOGRAPHS if (found := read(f"5亿{each}{ending}")) and found.currency == "CNY"
    ]
    assert set(becomes_yuan) <= (harmless if ending == "元" else {"元"})


def test_a_sign_with_letters_before_it_is_that_of_a_known_currency():
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    pairs = [one + other for one in ["", *letters] for other in letters]
    as_dollars = [each for each in pairs if (found := read(f"{each}$5bn")) and found.currency == "USD"]
    assert as_dollars == ["US"]
    known = {found.currency for each in pairs if (found := read(f"{each}$5bn"))}
    assert known <= currencies.ISO_CODES


def test_nothing_counted_in_yi_becomes_yuan():
    """One character behind 5亿 that makes money of it can be counted on the fingers."""
    readable = {each for each in IDEOGRAPHS if read(f"5亿{each}")}
    assert readable <= set("元円县的起多余級级餘縣内內")


def test_the_time_grows_with_the_text():
    for text in ("超" * 20_000, "$5bn " * 5000, "5亿" * 5000, "no " * 9000 + "5 billion yuan", "(" * 20_000):
        assert read(text) is None


def test_every_kind_of_token_is_explained():
    used = {
        token.kind for text in PHRASES for token in amount_tokens.tokens(amount_tokens.plain(text["text"]))
    }
    assert used <= set(amount_tokens.KINDS)


def test_every_character_belongs_to_a_token():
    for text in (row["text"] for row in PHRASES):
        plain = amount_tokens.plain(text)
        assert "".join(token.text for token in amount_tokens.tokens(plain)) == plain
