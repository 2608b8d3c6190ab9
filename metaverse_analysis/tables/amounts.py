"""Read an amount of money as Chinese and English documents and newspapers write it.

The reading goes in steps. The text is brought to one form (full-width digits become plain ones). Every number in it is
found, with the scale (亿, billion) and the currency (元, US$) that stand at it. Two numbers with "to" or a dash between
them become a range. If exactly one amount of money is left, the words before and after it say how it is hedged.
The words are in the tables below: a new currency or hedge is a new entry there.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple, NoReturn

# Written before or after the number.
_SIGNS = {
    "USD": ("$", "US$", "USD"), "CNY": ("RMB", "CNY", "CNH", "¥", "CN¥", "人民币"), "JPY": ("JPY", "JP¥"),
    "HKD": ("HK$", "HKD"), "EUR": ("€", "EUR"), "GBP": ("£", "GBP"), "KRW": ("₩", "KRW"), "TWD": ("NT$", "TWD"),
    "SGD": ("S$", "SGD"), "AUD": ("A$", "AU$", "AUD"), "CAD": ("C$", "CA$", "CAD"), "MOP": ("MOP$", "MOP"),
    "AED": ("AED", "Dh", "Dhs"), "SAR": ("SAR",), "INR": ("₹", "INR"), "RUB": ("RUB",), "CHF": ("CHF",),
}  # fmt: skip
# Written only after it.
_NAMES = {
    "CNY": ("元", "元人民币", "yuan", "Chinese yuan", "renminbi"),
    "USD": ("美元", "美金", "dollar", "dollars", "US dollars", "U.S. dollars"),
    "HKD": ("港元", "港币", "Hong Kong dollars"), "JPY": ("日元", "円", "yen", "Japanese yen"),
    "KRW": ("韩元", "韩币", "won", "Korean won", "South Korean won"), "EUR": ("欧元", "euro", "euros"),
    "GBP": ("英镑", "pounds", "British pounds"), "TWD": ("新台币", "台币", "New Taiwan dollars"),
    "SGD": ("新加坡元", "新元", "Singapore dollars"), "AUD": ("澳元", "Australian dollars"),
    "CAD": ("加元", "Canadian dollars"), "MOP": ("澳门元", "澳门币", "patacas"), "INR": ("卢比", "rupees"),
    "AED": ("迪拉姆", "dirhams"), "SAR": ("riyals",), "RUB": ("卢布", "roubles", "rubles"), "CHF": ("瑞士法郎", "Swiss francs"),
}  # fmt: skip
_ENGLISH_SCALES = {
    "thousand": 3, "k": 3, "million": 6, "mn": 6, "mln": 6, "m": 6,
    "billion": 9, "bn": 9, "bln": 9, "b": 9, "trillion": 12, "tn": 12, "trn": 12, "t": 12,
}  # fmt: skip
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

_BEFORE = {
    "over": ("超过", "超", "超出", "突破", "逾", "大于", "多于", "高于", "over", "more than", "exceed", "exceeds", "exceeding",
             "exceeded", "above", "surpass", "surpasses", "surpassing", "surpassed", "in excess of", "greater than",
             "upwards of", "beyond", ">"),
    "at_least": ("不低于", "不少于", "不小于", "不下于", "至少", "最低", "最少", "at least", "no less than", "not less than",
                 "no fewer than", "not below", "minimum of", "minimum", ">=", "≥"),
    "up_to": ("不超过", "未超过", "没有超过", "未突破", "不超出", "不高于", "不多于", "不大于", "最高", "最高不超过", "最多", "最多不超过", "至多", "低于", "少于",
              "小于", "不到", "不足", "上限", "up to", "at most", "no more than", "not more than", "not over", "not above",
              "not exceed", "not exceeding", "no higher than", "maximum of", "maximum", "as much as", "less than", "fewer than",
              "under", "below", "capped at", "within", "<", "<=", "≤"),
    "about": ("约", "大约", "约合", "大概", "近", "接近", "将近", "about", "around", "approximately", "approx.", "approx",
              "nearly", "almost", "roughly", "some", "close to", "circa", "ca.", "an estimated", "estimated", "~", "≈"),
}  # fmt: skip
_AFTER = {
    "at_least": ("以上", "及以上", "或以上", "or more", "or above", "and above", "and more", "-plus", "+"),
    "up_to": ("以内", "之内", "以下", "及以下", "or less", "or below", "封顶"),
    "about": ("左右", "上下", "or so", "or thereabouts"),
}
# Words that may stand between a hedge and its amount.
_BETWEEN = ("了", "为", "达", "达到", "至", "a", "the", "a total of")
_CLASS = ("级别", "级", "level", "class", "scale")
_VAGUE = re.compile(r"(?:[数几]|若干|several|hundreds of|tens of|dozens of|a few|multi-?)\s*$", re.I)
_VAGUE_ALONE = re.compile(
    r"\b(?:several|hundreds|tens|dozens|a few|[bmtr]+illions)\b|[数几][十百千万亿]", re.I
)
_NEGATIVE = re.compile(r"(?:(?:^|[\s(])[-−]|负|minus|negative)\s*$", re.I)
_RISE = re.compile(r"(?:从|由|自|from)\s*$", re.I)
_BROKEN_RANGE = re.compile(r"[\d零一二两三四五六七八九十百千万亿]\s*(?:[-–—−~〜至到]|to)\s*$", re.I)
# What follows 亿 when things are counted and not money.
_COUNTED = re.compile(r"\s*(?:[人户台套件家个次吨辆部份株头只条项种张册度米]|平方|立方|用户|千瓦|像素|参数)")
_TO = re.compile(r"\s*(?:[-–—−~〜]{1,2}|至|到|to)\s*", re.I)
_AND = re.compile(r"\s*(?:and|与|和)\s*", re.I)
_BETWEEN_TWO = re.compile(r"(?:between|介于|在)\s*$", re.I)
_READS = "2500亿元, 1.5万亿元, 30-50亿元, 超过300亿元, $34.4 billion, RMB 250bn, up to 5 million yuan"


def _any(words: object) -> str:
    """A pattern for any of some words, the longest first; Latin letters must not run on."""
    listed = sorted(words, key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join(
        (r"(?<![a-z])" if word[0].isascii() and word[0].isalpha() else "")
        + re.escape(word).replace(r"\ ", r"[\s-]+")
        + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "")
        for word in listed
    )


def _codes(*tables: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {word.lower(): code for table in tables for code, words in table.items() for word in words}


_SIGN_CODES, _ALL_CODES = _codes(_SIGNS), _codes(_SIGNS, _NAMES)
_CHINESE = "零〇一二两三四五六七八九十百千万亿点"
_SCALED = r"[十百千万亿]+"
_ENGLISH_SCALE = "|".join(sorted(_ENGLISH_SCALES, key=len, reverse=True))
_NUMBER = re.compile(
    rf"""
    (?: (?P<sign> {_any(_SIGN_CODES)} ) \s* )?
    (?<! \d ) (?<! \d[.,\s] ) (?<! [{_CHINESE}] )
    (?P<number> \d{{1,3}}(?:,\d{{3}})+(?:\.\d+)? | \d+(?:\.\d+)? | [{_CHINESE}]+ ) (?! [,.]?\d )
    (?P<odd> [余多] )?
    (?: [\s-]* (?P<scale> {_SCALED} | (?:{_ENGLISH_SCALE})(?![a-z]) ) (?! \s*\d ) )?
    (?P<odd_after> [余多] )?
    (?P<class> [\s-]* (?: {_any(_CLASS)} ) )?
    (?: [\s-]* (?P<name> {_any(_ALL_CODES)} ) (?! 宇宙 ) )?
    (?P<class_after> [\s-]* (?: {_any(_CLASS)} ) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGIT = "[一二两三四五六七八九]"
# 两千五 is 2500 in speech and 2005 by the letter: ones behind a hundred or thousand need 零 or tens.
_BELOW_TEN_THOUSAND = re.compile(
    rf"(?:({_DIGIT})千)?零?(?:({_DIGIT})百)?零?(?:({_DIGIT})?(十))?(?:(?:(?<=[零〇十])|^)({_DIGIT}))?"
)
_HEDGES_BEFORE = {
    hedge: re.compile(rf"(?:{_any(words)})\s*(?:(?:{_any(_BETWEEN)})\s*)?$", re.I)
    for hedge, words in _BEFORE.items()
}
_HEDGES_AFTER = {
    hedge: re.compile(rf"\s*\(?含?\)?(?:{_any(words)})", re.I) for hedge, words in _AFTER.items()
}


@dataclasses.dataclass(frozen=True)
class Amount:
    """An amount of money, in billions of one currency.

    Attributes
    ----------
    low, high : the least and the most that the text allows, None where it is open. Equal where one number is printed.
    unit : always "billion" and a currency code, such as "billion CNY".
    qualifier : "exact", "about", "over", "at_least", "up_to" or "range", as in the tables.
    """

    low: float | None
    high: float | None
    unit: str
    qualifier: str

    @property
    def currency(self) -> str:
        """The currency's code, the last part of `unit`."""
        return self.unit.split()[-1]


class _Found(NamedTuple):
    """One number of a text, or two that make a range."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    small: Decimal | None  # 十, 百, 千 behind a number in digits
    large: Decimal | None  # 万, 亿 or an English scale; None where the text has none
    currencies: frozenset[str]
    hedges: frozenset[str]  # those that stand inside the number: 余, 级
    is_class: bool

    @property
    def is_range(self) -> bool:
        return self.high > self.low

    def billions(self, value: Decimal) -> float:
        return float(value * (self.small or 1) * (self.large or 1) / 10**9)


def parse_amount(text: str) -> Amount:
    """Read the one amount of money in a text, in Chinese or English.

    Parameters
    ----------
    text : an amount, or a phrase with one amount in it.

    Returns
    -------
    An `Amount` in billions. "Exact" and "about" give low and high alike; "over" and "at_least" leave high open (None);
    "up_to" leaves low open.

    Raises
    ------
    ValueError
        Where the text holds no amount, several, one without a currency, or one that isn't a number (数百亿元).

    Notes
    -----
    - A Chinese amount in 亿 without a currency is in yuan. "¥" is yuan ("JP¥" is yen), "$" and "dollars" are US dollars.
    - A class (千亿级, 百亿元, "100-billion-yuan level") is "about" its number.
    - 近 and "nearly" are "about"; 3000余亿 is "over"; 不到 and "below" are "up_to", like 不超过.
    - It can't read numbers in English words ("two billion"), two scales in a row (1亿5000万元), 半, a rise
      ("from 100 to 300 billion"), negative amounts, or an amount that is printed in two currencies.

    Examples
    --------
    >>> parse_amount("超过300亿元")
    Amount(low=30.0, high=None, unit='billion CNY', qualifier='over')
    >>> parse_amount("$34.4 billion")
    Amount(low=34.4, high=34.4, unit='billion USD', qualifier='exact')
    >>> parse_amount("5000万至1亿元")
    Amount(low=0.05, high=0.1, unit='billion CNY', qualifier='range')
    >>> parse_amount("千亿级")
    Amount(low=100.0, high=100.0, unit='billion CNY', qualifier='about')
    >>> parse_amount("250 billion")
    Traceback (most recent call last):
    ValueError: can't read '250 billion' as an amount: no currency stands at '250 billion'. It reads one ...
    """
    if not isinstance(text, str):
        raise ValueError(f"an amount is read from text, found {text!r} ({type(text).__name__})")
    plain = unicodedata.normalize("NFKC", text)
    found = _the_one(text, plain, _joined(text, plain, _numbers(text, plain)))
    hedge = _hedge(text, plain, found)
    low = None if hedge == "up_to" else found.billions(found.low)
    high = None if hedge in ("over", "at_least") else found.billions(found.high)
    return Amount(low, high, f"billion {next(iter(found.currencies))}", hedge)


def _fail(text: str, why: str) -> NoReturn:
    raise ValueError(
        f"can't read {text!r} as an amount: {why}. It reads one amount of money, such as {_READS}"
    )


def _numbers(text: str, plain: str) -> list[_Found]:
    """Every number, whether it is money or not: 30 in "30 to 50 billion yuan" is not yet."""
    found = []
    for match in _NUMBER.finditer(plain):
        number, scale = match["number"], match["scale"] or ""
        if number[0] in _CHINESE:
            if not set(number) & set(_CHINESE_SCALES):
                continue  # 一 and 两 stand in ordinary words
            is_class = re.fullmatch("[百千万亿]+", number) is not None
            number, large = _split(number)
            value, small = _chinese_value(number), ""
            scale = large + scale
        else:
            is_class, value = False, Decimal(number.replace(",", ""))
            small = ""
        if scale.lower() in _ENGLISH_SCALES:
            large_value: Decimal | None = Decimal(10) ** _ENGLISH_SCALES[scale.lower()]
        else:
            small, scale = _split(scale)
            large_value = _product(scale) if scale else None
        currencies = frozenset(_currency(word) for word in (match["sign"], match["name"]) if word)
        if not currencies and "亿" in scale and not _COUNTED.match(plain, match.end()):
            currencies = frozenset({"CNY"})
        if value is None:
            if currencies:
                _fail(text, f"{match['number']!r} has no single reading as a number")
            continue
        is_class = is_class or bool(match["class"] or match["class_after"])
        hedge = {"over"} if match["odd"] or match["odd_after"] else {"about"} if is_class else set()
        small_value = _product(small) if small else None
        found.append(
            _Found(
                *match.span(), value, value, small_value, large_value, currencies, frozenset(hedge), is_class
            )
        )
    return found


def _split(characters: str) -> tuple[str, str]:
    """Cut off the 万 and 亿 at the end: 五千万 is 五千 and 万."""
    small = characters.rstrip("万亿")
    return small, characters[len(small) :]


def _currency(word: str) -> str:
    return _ALL_CODES[re.sub(r"[\s-]+", " ", word.lower())]


def _product(scales: str) -> Decimal:
    product = Decimal(1)
    for character in scales:
        product *= _CHINESE_SCALES[character]
    return product


def _chinese_value(numeral: str) -> Decimal | None:
    """The value of 一万五千 or 一点五; None where there is no single reading (两千五, 三五百)."""
    if set(numeral) <= set(_CHINESE_SCALES):  # 千 in 千亿; nothing in 万亿
        return _product(numeral)
    whole, point, decimals = numeral.partition("点")
    if point:
        digits = [_CHINESE_DIGITS.get(character) for character in whole + decimals]
        if None in digits or not (whole and decimals) or len(whole) > 1:
            return None
        return Decimal("".join(map(str, digits))).scaleb(-len(decimals))
    for large in "亿万":
        left, there, right = numeral.rpartition(large)
        if there:
            high, low = _chinese_value(left), _chinese_value(right) if right else Decimal(0)
            return None if high is None or low is None or not left else high * _CHINESE_SCALES[large] + low
    match = _BELOW_TEN_THOUSAND.fullmatch(numeral)
    if match is None:
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    parts = ((thousands, 1000), (hundreds, 100), (tens or (ten and "一"), 10), (ones, 1))
    return Decimal(sum(_CHINESE_DIGITS[digit] * scale for digit, scale in parts if digit))


def _joined(text: str, plain: str, numbers: list[_Found]) -> list[_Found]:
    """Make ranges of numbers that have "to" or a dash between them ("and" where "between" stands before)."""
    joined: list[_Found] = []
    for number in numbers:
        previous = joined[-1] if joined else None
        if previous and (number.currencies or number.large) and not previous.is_range:
            gap = plain[previous.end : number.start]
            between = _AND.fullmatch(gap) and _BETWEEN_TWO.search(plain[: previous.start])
            if _TO.fullmatch(gap) or between:
                joined[-1] = _range(text, plain, previous, number)
                continue
        joined.append(number)
    return joined


def _range(text: str, plain: str, first: _Found, last: _Found) -> _Found:
    # 30-50亿元: the first takes the scale of the last; 3千-5千亿元: it has a 千 and takes the 亿.
    bare = first.large is None and first.small is None
    scale = (
        (last.small or 1) * (last.large or 1)
        if bare
        else (first.small or 1) * (first.large or last.large or 1)
    )
    low, high = first.low * scale, last.low * (last.small or 1) * (last.large or 1)
    words = plain[first.start : last.end]
    if low >= high:
        _fail(text, f"the range {words!r} doesn't rise")
    if _RISE.search(plain[: first.start]):
        _fail(text, f"{words!r} may be a rise from one amount to another, and not a range")
    own = first.currencies if plain[first.start : first.end].strip("亿万千百十0123456789.,") else frozenset()
    currencies = last.currencies | own if last.currencies else first.currencies
    return _Found(
        first.start, last.end, low, high, None, Decimal(1), currencies, first.hedges | last.hedges, False
    )


def _the_one(text: str, plain: str, numbers: list[_Found]) -> _Found:
    money = [number for number in numbers if number.currencies]
    if len(money) > 1:
        listed = ", ".join(repr(plain[each.start : each.end].strip()) for each in money)
        _fail(text, f"it holds {len(money)} amounts ({listed})")
    if not money:
        scaled = [number for number in numbers if number.large]
        if scaled:
            _fail(text, f"no currency stands at {plain[scaled[0].start : scaled[0].end].strip()!r}")
        vague = _VAGUE_ALONE.search(plain)
        _fail(text, f"{vague[0]!r} is not a number" if vague else "no number with a currency was found in it")
    found, before = money[0], plain[: money[0].start]
    words = plain[found.start : found.end].strip()
    if len(found.currencies) > 1:
        _fail(text, f"{words!r} has two currencies ({' and '.join(sorted(found.currencies))})")
    for pattern, why in (
        (_VAGUE, "is several times that, no number"),
        (_NEGATIVE, "is negative"),
        (_BROKEN_RANGE, "is the end of a range whose beginning has no single reading"),
    ):
        if match := pattern.search(before):
            _fail(text, f"{match[0] + words!r} {why}")
    return found


def _hedge(text: str, plain: str, found: _Found) -> str:
    """The one qualifier that the words around an amount, and in it, give."""
    hedges = set(found.hedges)
    before = plain[: found.start].rstrip()
    if found.is_class and before.endswith("上"):  # 上千亿
        hedges.add("over")
    while True:
        # 不超过 ends with 超过: of the hedges that end here the longest counts.
        ending = [
            (match.start(), hedge)
            for hedge, words in _HEDGES_BEFORE.items()
            if (match := words.search(before))
        ]
        if not ending:
            break
        start, hedge = min(ending)
        hedges.add(hedge)
        before = before[:start].rstrip()
    hedges |= {hedge for hedge, words in _HEDGES_AFTER.items() if words.match(plain, found.end)}
    limits = hedges - {"about"}
    if "up_to" in limits and len(limits) > 1 or (limits and found.is_range):
        _fail(
            text,
            f"its hedges contradict each other ({', '.join(sorted(limits | ({'range'} if found.is_range else set())))})",
        )
    if found.is_range:
        return "range"
    for hedge in ("up_to", "over", "at_least", "about"):
        if hedge in hedges:
            return hedge
    return "exact"
