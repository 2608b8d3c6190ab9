"""The value of a number with its scale, in digits or in Chinese numerals; none where there is no single reading."""

from __future__ import annotations

import re
from decimal import Decimal

from . import amount_words as words
from .amount_tokens import Token

_DIGIT = "[一二两三四五六七八九]"
# 两千五 is 2500 in speech and 2005 by the letter: ones behind a hundred or thousand need 零 or tens.
_BELOW_TEN_THOUSAND = re.compile(
    rf"(?:({_DIGIT})千)?零?(?:({_DIGIT})百)?零?(?:({_DIGIT})?(十))?(?:(?:(?<=[零〇十])|^)({_DIGIT}))?"
)


def value_of(number: Token, scale: Token | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """A number without its scale, the small part of the scale (千 in 3千亿) and the large one (亿, billion)."""
    if number.kind != "z":
        if scale is None or scale.kind == "e":
            return number.value, None, scale and scale.value
        small, large = _split(scale.value)
        return number.value, _product(small) if small else None, _product(large) if large else None
    numeral, large = _split(number.value)
    if set(numeral) & set("亿兆"):  # 一亿五千万 is a sum, and its last scale is not the whole number's
        return (None if scale else _chinese_value(number.value)), None, Decimal(1)
    large += scale.value if scale else ""
    if large not in ("", "万", "亿", "万亿", "兆"):
        return None, None, None
    return _chinese_value(numeral) if numeral else Decimal(1), None, _product(large) if large else None


def _split(characters: str) -> tuple[str, str]:
    """Cut off the 万 and 亿 at the end: 五千万 is 五千 and 万."""
    small = characters.rstrip("万亿兆")
    return small, characters[len(small) :]


def _product(scales: str) -> Decimal:
    product = Decimal(1)
    for character in scales:
        product *= words.CHINESE_SCALES[character]
    return product


def _chinese_value(numeral: str) -> Decimal | None:
    """The value of 一万五千 or 一点五; None where there is no single reading (两千五, 三五百)."""
    if set(numeral) <= words.CHINESE_SCALES.keys():  # 千 in 千亿
        return _product(numeral) if len(numeral) == 1 or numeral == "万亿" else None
    whole, point, decimals = numeral.partition("点")
    if point:
        value = _chinese_value(whole) if whole else None
        digits = [str(words.CHINESE_DIGITS.get(character, "?")) for character in decimals]
        return (
            None if value is None or not digits or "?" in digits else value + Decimal("." + "".join(digits))
        )
    for large in "兆亿万":
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
