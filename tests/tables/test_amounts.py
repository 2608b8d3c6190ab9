"""Amounts as documents and newspapers print them, each read by hand, and the texts that must be refused."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from metaverse_analysis.tables.amounts import Amount, parse_amount

READ = """
2500亿元 | 250 250 CNY exact
1.5万亿元 | 1500 1500 CNY exact
2,500亿元 | 250 250 CNY exact
２，５００ 亿元 | 250 250 CNY exact
人民币2500亿元 | 250 250 CNY exact
2500億元 | 250 250 CNY exact
20个亿 | 2 2 CNY exact
3千亿元 | 300 300 CNY exact
2500元 | 0.0000025 0.0000025 CNY exact
一千亿元 | 100 100 CNY exact
两千五百亿 | 250 250 CNY exact
一万五千亿元 | 1500 1500 CNY exact
一亿五千万元 | 0.15 0.15 CNY exact
一百零五亿元 | 10.5 10.5 CNY exact
一百二十八点五亿元 | 12.85 12.85 CNY exact
十五亿元 | 1.5 1.5 CNY exact
千亿级 | 100 100 CNY about
百亿级 | 10 10 CNY about
万亿元产业 | 1000 1000 CNY about
万亿级 | 1000 1000 CNY about
千亿元规模 | 100 100 CNY about
100亿元级 | 10 10 CNY about
超千亿元 | 100 - CNY over
上百亿元 | 10 - CNY over
产值超亿元企业 | 0.1 - CNY over
亿元级企业 | 0.1 0.1 CNY about
不超过千亿元 | - 100 CNY up_to
超过300亿元 | 30 - CNY over
突破1000亿元 | 100 - CNY over
3000余亿元 | 300 - CNY over
总产值破5000亿 | 500 - CNY over
30多亿元 | 3 - CNY over
300亿余元 | 30 - CNY over
不低于500亿元 | 50 - CNY at_least
不少于500亿元 | 50 - CNY at_least
500亿元以上 | 50 - CNY at_least
5亿元（含）以上 | 0.5 - CNY at_least
不超过500万元 | - 0.005 CNY up_to
最高给予500万元 | - 0.005 CNY up_to
最高不超过500万元 | - 0.005 CNY up_to
500万元以内 | - 0.005 CNY up_to
1500亿元左右 | 150 150 CNY about
约1500亿元 | 150 150 CNY about
近1500亿元 | 150 150 CNY about
30-50亿元 | 3 5 CNY range
30亿元至50亿元 | 3 5 CNY range
约30～50亿元 | 3 5 CNY range
三十至五十亿元 | 3 5 CNY range
5-8千万元 | 0.05 0.08 CNY range
3千-5千亿元 | 300 500 CNY range
5000万至1亿元 | 0.05 0.1 CNY range
50亿-80亿美元 | 5 8 USD range
50亿港元 | 5 5 HKD exact
350亿美元 | 35 35 USD exact
350亿欧元 | 35 35 EUR exact
5500亿韩元 | 550 550 KRW exact
1377亿日元 | 137.7 137.7 JPY exact
到2025年，元宇宙相关产业规模达到2500亿元，建成200个场景 | 250 250 CNY exact
打造2500亿元宇宙产业 | 250 250 CNY exact
$34.4 billion | 34.4 34.4 USD exact
US$34.4bn | 34.4 34.4 USD exact
34.4 billion U.S. dollars | 34.4 34.4 USD exact
$35B by 2025 | 35 35 USD exact
RMB 250bn | 250 250 CNY exact
RMB250bn yuan | 250 250 CNY exact
350 billion yuan | 350 350 CNY exact
CNY 150 billion | 150 150 CNY exact
250,000 million yuan | 250 250 CNY exact
¥1.2 trillion | 1200 1200 CNY exact
JP¥1.2 trillion | 1200 1200 JPY exact
€200 million | 0.2 0.2 EUR exact
HK$50 million | 0.05 0.05 HKD exact
KRW 223.3 billion | 223.3 223.3 KRW exact
Dh4 billion | 4 4 AED exact
40 billion patacas | 40 40 MOP exact
won 50 billion yuan | 50 50 CNY exact
turnover 250 billion yuan | 250 250 CNY exact
a 100-billion-yuan VR industry | 100 100 CNY exact
a 100-billion-yuan-level industry | 100 100 CNY about
over 250 billion yuan | 250 - CNY over
more than $5bn | 5 - USD over
exceeding RMB 250bn | 250 - CNY over
at least 5 billion yuan | 5 - CNY at_least
10 billion yuan or more | 10 - CNY at_least
$1 trillion-plus | 1000 - USD at_least
no more than 5 billion yuan | - 5 CNY up_to
up to about $5bn | - 5 USD up_to
about $5 billion | 5 5 USD about
nearly 5 billion won | 5 5 KRW about
approximately 5 billion yuan | 5 5 CNY about
30 to 50 billion yuan | 30 50 CNY range
between 30 and 50 billion yuan | 30 50 CNY range
30bn-50bn yuan | 30 50 CNY range
$30-50 billion | 30 50 USD range
$30m-$50m | 0.03 0.05 USD range
"""

REFUSED = """
数百亿元 | '数百亿元' is not one number
几十亿元 | not one number
十几亿元 | '几亿' is not a number
半亿元 | '半亿' is not a number
单位：万亿元 | not one number
2500（亿元） | no number with a currency
several billion yuan | 'several' is not a number
billions of yuan | 'billions' is not a number
10% | no number with a currency
2025元宇宙产业 | no number with a currency
two billion yuan | no number with a currency
2 500亿元 | no number with a currency
2,50亿元 | no number with a currency
1.2.3亿元 | no number with a currency
1/3亿元 | no number with a currency
1亿5000万元 | no number with a currency
1万5千亿元 | no number with a currency
250 billion | no currency stands at '250 billion'
250bn | no currency stands at '250bn'
1.5亿人 | no currency stands at '1.5亿'
2500亿元（350亿美元） | holds 2 amounts ('2500亿元', '350亿美元')
核心300亿元、带动1000亿元 | holds 2 amounts
50 billion yuan and 30 billion yuan | holds 2 amounts
两百五亿元 | '两百五亿' has no single reading
RMB250bn dollars | two currencies (CNY and USD)
50亿元-80亿美元 | two currencies
-5 billion yuan | is negative
负5亿元 | is negative
from 100 to 300 billion yuan | may be a rise
从100亿元到300亿元 | may be a rise
50-30亿元 | doesn't rise
五至八千万元 | tied to a number before it
the 10 and 50 billion yuan funds | tied to a number before it
不超过300亿元以上 | contradict each other (at_least, up_to)
30-50亿元以上 | contradict each other (at_least, range)
"""


def rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), rows(READ))
def test_read(text, expected):
    low, high, currency, qualifier = expected.split()
    bounds = [None if bound == "-" else float(bound) for bound in (low, high)]
    assert parse_amount(text) == Amount(*bounds, f"billion {currency}", qualifier)


@pytest.mark.parametrize(("text", "why"), rows(REFUSED))
def test_refused(text, why):
    with pytest.raises(ValueError) as error:
        parse_amount(text)
    assert why in str(error.value)
    assert f"can't read {text!r} as an amount: " in str(error.value) and "such as 2500亿元" in str(
        error.value
    )


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
        "亿元",
        "万家企业",
        "元宇宙",
        "一万" * 2000 + "元",
        "千" * 99 + "元",
        "9" * 400 + "元",
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
    "up_to": ("不超过{}", "最高{}", "up to {}", "no more than {}"),
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
    if low == high:
        return
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
    assert parse_amount(chinese(number) + "亿元").low == number / 10
    assert parse_amount("超过" + chinese(number) + "万元").low == float(Decimal(number) / 10**5)
