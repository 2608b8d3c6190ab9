"""Read an amount of money as Chinese and English documents and newspapers write it.

The reading goes in steps. The text is brought to one form (full-width digits become plain ones). Every number in it is
found, with the scale (亿, billion) and the currency (元, US$) that stand at it. Two numbers with "to" or a dash between
them become a range. If exactly one amount of money is left, the words before and after it say how it is hedged.
The words themselves are in amount_words.py: a new currency or hedge is a new entry there.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple, NoReturn

from . import amount_words as words

_VAGUE_CHINESE = re.compile(r"(?:[数几半个\d]|若干|单位:?)\s*\(?$")
_VAGUE_ENGLISH = re.compile(r"(?:several|hundreds of|tens of|dozens of|a few|multi-?)\s*$", re.I)
_VAGUE_ALONE = re.compile(
    r"\b(?:several|hundreds|tens|dozens|a few|[bmtr]+illions)\b|[数几半][十百千万亿]", re.I
)
_NEGATIVE = re.compile(r"(?:(?:^|[\s(])[-−]|负|minus|negative)\s*$", re.I)
_RISE = re.compile(r"(?:从|由|自|from)\s*$", re.I)
_TIED = re.compile(r"[\d零一二两三四五六七八九十百千万亿]\s*(?:[-–—−~〜至到、和或&]|to|and|or)\s*$", re.I)
# What follows 亿 when things are counted and not money.
_COUNTED = re.compile(r"\s*(?:[人户台套件家个次吨辆部份株头只条项种张册度米]|平方|立方|用户|千瓦|像素|参数)")
_TOPPED = (*words.OVER_A_CLASS, "超", "逾", "近", "达")
_BARE_CLASS = re.compile("[百千万亿]+")
_TO = re.compile(r"\s*(?:[-–—−~〜]{1,2}|至|到|to)\s*", re.I)
_AND = re.compile(r"\s*(?:and|与|和)\s*", re.I)
_BETWEEN_TWO = re.compile(r"(?:between|介于|在)\s*$", re.I)
_LONGEST = 24  # characters of a Chinese numeral
_NEAR = 80  # characters before an amount that may hedge it
_READS = "2500亿元, 1.5万亿元, 30-50亿元, 超过300亿元, $34.4 billion, RMB 250bn, up to 5 million yuan"


def _any(listed: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first; Latin letters must not run on."""
    return "|".join(
        (r"(?<![a-z])" if word[0].isascii() and word[0].isalpha() else "")
        + re.escape(word).replace(r"\ ", r"[\s-]+")
        + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "")
        for word in sorted(listed, key=len, reverse=True)
    )


def _codes(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {word.lower(): code for code, listed in table.items() for word in listed}


_SIGN_CODES, _NAME_CODES = _codes(words.SIGNS), _codes(words.NAMES)
_ALL_CODES = _SIGN_CODES | _NAME_CODES
_CURRENCY_WORDS = _any(_ALL_CODES)
_CHINESE = "零〇一二两三四五六七八九十百千万亿点"
_SCALED = r"[十百千万亿](?:\s*[十百千万亿]){0,2}"
_ENGLISH_SCALE = "|".join(sorted(words.ENGLISH_SCALES, key=len, reverse=True))
_NUMBER = re.compile(
    rf"""
    (?: (?P<sign> {_any(_SIGN_CODES)} ) \s* )?
    (?<! \d ) (?<! \d[.,/\s] ) (?<! [{_CHINESE}] )
    (?P<number> \d{{1,3}}(?:,\d{{3}}){{1,5}}(?:\.\d+)? | \d{{1,18}}(?:\.\d+)? | [{_CHINESE}]+ ) (?! [,.]?\d )
    (?P<odd> [余多] )?
    (?: [\s-]* 个? (?P<scale> {_SCALED} | (?:{_ENGLISH_SCALE})(?![a-z]) ) (?! \s*\d ) )?
    (?P<odd_after> [余多] )?
    (?P<class> [\s-]* (?: {_any(words.CLASS)} ) )?
    (?: [\s-]* (?P<name> (?: {_any(_NAME_CODES)} ) (?! 宇宙 ) | (?: {_any(_SIGN_CODES)} ) (?! \s*\d ) ) )?
    (?P<class_after> [\s-]* (?: {_any(words.CLASS)} ) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGIT = "[一二两三四五六七八九]"
# 两千五 is 2500 in speech and 2005 by the letter: ones behind a hundred or thousand need 零 or tens.
_BELOW_TEN_THOUSAND = re.compile(
    rf"(?:({_DIGIT})千)?零?(?:({_DIGIT})百)?零?(?:({_DIGIT})?(十))?(?:(?:(?<=[零〇十])|^)({_DIGIT}))?"
)
_HEDGES_BEFORE = {
    hedge: re.compile(rf"(?:{_any(listed)})\s*(?:(?:{_any(words.BETWEEN)})\s*)*$", re.I)
    for hedge, listed in words.BEFORE.items()
}
_HEDGES_AFTER = {
    hedge: re.compile(rf"\s*\(?含?\)?(?:{_any(listed)})", re.I) for hedge, listed in words.AFTER.items()
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
    - A Chinese amount in 亿 without a currency is in yuan. "¥" is yuan ("JP¥" is yen), "$" and "dollars" are
      US dollars.
    - A class (千亿级, 百亿元, "100-billion-yuan level") is "about" its number.
    - 近 and "nearly" are "about"; 3000余亿 is "over"; 不到 and "below" are "up_to", like 不超过.
    - It can't read numbers in English words ("two billion"), digits with two scales (1亿5000万元), 半, 两千五
      (which is 2500 or 2005), what may be a rise ("from 100 to 300 billion"), negative amounts, or an amount
      printed in two currencies.

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
    >>> parse_amount("250 billion")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: can't read '250 billion' as an amount: no currency stands at '250 billion'. It reads one ...
    """
    if not isinstance(text, str):
        raise ValueError(f"an amount is read from text, found {text!r} ({type(text).__name__})")
    plain = unicodedata.normalize("NFKC", text).translate(words.TRADITIONAL)
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
        if match["number"][0] in _CHINESE and not set(match["number"]) & set(words.CHINESE_SCALES):
            continue  # 一 and 两 stand in ordinary words
        class_word = match["class"] or match["class_after"]
        if (
            match["number"] in ("万", "亿")
            and not class_word
            and not plain[: match.start()].endswith(_TOPPED)
        ):
            continue  # 亿元 is a unit; 亿元级 and 超亿元 are amounts
        currencies = frozenset(
            _ALL_CODES[_plain_word(word)] for word in (match["sign"], match["name"]) if word
        )
        scale = re.sub(r"\s", "", match["scale"] or "")
        if not currencies and "亿" in match["number"] + scale and not _COUNTED.match(plain, match.end()):
            currencies = frozenset({"CNY"})
        value, small, large = _value(match["number"], scale)
        if value is None:
            if currencies:
                _fail(text, f"{match['number']!r} has no single reading as a number")
            continue
        is_class = bool(_BARE_CLASS.fullmatch(match["number"]) or class_word)
        odd = match["odd"] or match["odd_after"]
        hedges = frozenset({"over"} if odd else {"about"} if is_class else ())
        found.append(_Found(*match.span(), value, value, small, large, currencies, hedges, is_class))
    return found


def _plain_word(word: str) -> str:
    return re.sub(r"[\s-]+", " ", word.lower())


def _value(number: str, scale: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """A number without its scale, the small part of the scale (千 in 3千亿) and the large one (亿, billion)."""
    if number[0] not in _CHINESE:
        value = Decimal(number.replace(",", ""))
        if scale.lower() in words.ENGLISH_SCALES:
            return value, None, Decimal(10) ** words.ENGLISH_SCALES[scale.lower()]
        small, large = _split(scale)
        return value, _product(small) if small else None, _product(large) if large else None
    numeral, large = _split(number)
    if "亿" in numeral:  # 一亿五千万 is a sum, and its last scale is not the whole number's
        return _chinese_value(number), None, Decimal(1)
    large += scale
    return _chinese_value(numeral), None, _product(large) if large else None


def _split(characters: str) -> tuple[str, str]:
    """Cut off the 万 and 亿 at the end: 五千万 is 五千 and 万."""
    small = characters.rstrip("万亿")
    return small, characters[len(small) :]


def _product(scales: str) -> Decimal:
    product = Decimal(1)
    for character in scales:
        product *= words.CHINESE_SCALES[character]
    return product


def _chinese_value(numeral: str) -> Decimal | None:
    """The value of 一万五千 or 一点五; None where there is no single reading (两千五, 三五百)."""
    if len(numeral) > _LONGEST:
        return None
    if set(numeral) <= set(words.CHINESE_SCALES):  # 千 in 千亿; nothing in 万亿
        return _product(numeral)
    whole, point, decimals = numeral.partition("点")
    if point:
        value = _chinese_value(whole) if whole else None
        digits = [str(words.CHINESE_DIGITS.get(character, "?")) for character in decimals]
        return (
            None if value is None or not digits or "?" in digits else value + Decimal("." + "".join(digits))
        )
    for large in "亿万":
        left, there, right = numeral.rpartition(large)
        if there:
            high, low = _chinese_value(left), _chinese_value(right) if right else Decimal(0)
            return (
                None if high is None or low is None or not left else high * words.CHINESE_SCALES[large] + low
            )
    match = _BELOW_TEN_THOUSAND.fullmatch(numeral)
    if match is None:
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    parts = ((thousands, 1000), (hundreds, 100), (tens or (ten and "一"), 10), (ones, 1))
    return Decimal(sum(words.CHINESE_DIGITS[digit] * scale for digit, scale in parts if digit))


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
    whole = plain[first.start : last.end]
    if low >= high:
        _fail(text, f"the range {whole!r} doesn't rise")
    if _RISE.search(plain[: first.start]):
        _fail(text, f"{whole!r} may be a rise from one amount to another, and not a range")
    # In 50亿-80亿美元 the yuan of the first were only implied.
    printed = (
        first.currencies
        if re.search(_CURRENCY_WORDS, whole[: first.end - first.start], re.I)
        else frozenset()
    )
    currencies = last.currencies | printed or first.currencies
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
        _fail(
            text, f"{vague[0]!r} is not a number" if vague else "no number with a currency can be read in it"
        )
    found = money[0]
    before = _words_before(plain, found)
    printed = plain[found.start : found.end].strip()
    if len(found.currencies) > 1:
        _fail(text, f"{printed!r} has two currencies ({' and '.join(sorted(found.currencies))})")
    is_chinese = plain[found.start] in _CHINESE
    for pattern, why in (
        (_VAGUE_CHINESE if is_chinese else _VAGUE_ENGLISH, "is not one number"),
        (_NEGATIVE, "is negative"),
        (_TIED, "is tied to a number before it that has no reading of its own"),
    ):
        if match := pattern.search(before):
            _fail(text, f"{match[0] + printed!r} {why}")
    return found


def _words_before(plain: str, found: _Found) -> str:
    return plain[max(0, found.start - _NEAR) : found.start].rstrip()


def _hedge(text: str, plain: str, found: _Found) -> str:
    """The one qualifier that the words around an amount, and in it, give."""
    hedges = found.hedges | _hedges_before(_words_before(plain, found), found.is_class)
    hedges |= {hedge for hedge, ending in _HEDGES_AFTER.items() if ending.match(plain, found.end)}
    if found.is_range:
        hedges |= {"range"}
    limits = hedges - {"about"}
    if len(limits) > 1 and limits != {"over", "at_least"}:
        _fail(text, f"its hedges contradict each other ({', '.join(sorted(limits))})")
    return next(
        (hedge for hedge in ("range", "up_to", "over", "at_least", "about") if hedge in hedges), "exact"
    )


def _hedges_before(before: str, is_class: bool) -> set[str]:
    hedges: set[str] = set()
    while True:
        # 不超过 ends with 超过: of the hedges that end here the longest counts.
        found = [
            (match.start(), hedge) for hedge, word in _HEDGES_BEFORE.items() if (match := word.search(before))
        ]
        if not found:
            return hedges or ({"over"} if is_class and before.endswith(words.OVER_A_CLASS) else hedges)
        start, hedge = min(found)
        hedges.add(hedge)
        before = before[:start].rstrip()
