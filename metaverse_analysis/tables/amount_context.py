"""What stands around an amount: its hedges, and whatever forbids to read it.

Everything that touches the amount must be understood: a word of unknown meaning beside it is passed over only where no
meaning that it might have changes the amount or its hedge. Every strong hedge of the text must belong to a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from . import amount_words as words, currencies
from .amount_tokens import Token

_NUMBERS = "#zX"
_YEAR = re.compile(r"(?:19|20)\d\d")
# Behind an amount: perhaps the name of its currency.
_UNKNOWN_MONEY = re.compile(
    "[\\u4e00-\\u9fff]{0,4}?(?:[币圆镑铢]|法郎|克朗|克郎|比索|卢比|卢布|里拉|第纳尔|里亚尔|先令|图格里克)"
)
_CODES_OF_NO_STATE = frozenset(("usdt", "usdc", "btc", "eth", "xrp", "sdr", "xdr"))


class Place(NamedTuple):
    """Where an amount stands in the tokens, and what matters of it there."""

    start: int
    end: int
    currency: str
    is_signed: bool  # its currency stands before it
    is_generic: bool  # "$" or 元, of which several countries have one
    has_scale: bool
    has_name: bool
    is_class: bool  # 千亿级


class Unread(Exception):
    """Why an amount can't be read."""


def hedges_around(tokens: Sequence[Token], place: Place) -> set[str]:
    """The hedges that belong to an amount.

    Raises
    ------
    Unread
        Where something around it is not understood.
    """
    start, before = _hedges_before(tokens, place)
    end, after = _hedges_after(tokens, place)
    _check_left(tokens, place)
    _check_right(tokens, place)
    _check_sentence(tokens, start, end)
    _check_begun_ranges(tokens, start)
    _check_currencies(tokens, place)
    if not place.has_scale:
        _check_scales(tokens, place)
    if place.is_class:
        _check_count(tokens, place)
    return before | after


def _hedges_before(tokens: Sequence[Token], place: Place) -> tuple[int, set[str]]:
    """Where the chain of hedges before an amount begins, and what they say: 最高给予不超过."""
    hedges: set[str] = set()
    at, crossed = place.start, False
    while at > 0:
        token = tokens[at - 1]
        if token.before:
            if crossed and token.text.isascii() and token.text.lower() in words.ONLY_BEFORE_A_NUMBER:
                raise Unread(f"{token.text!r} may belong to the amount, or to a word between them")
            hedges.add(token.before)
        elif token.kind == "b" or (token.kind == "t" and not _is_number(tokens, at - 2)):
            crossed = True
        elif token.kind == "c" and token.text == "上" and place.is_class:
            hedges.add("over")  # 上千亿
        elif token.kind not in ' "(:':
            break
        at -= 1
    if at and tokens[at - 1].kind in "EzXse#" and not _is_year(tokens[at - 1]):
        raise Unread(f"{tokens[at - 1].text!r} before the amount is a number that isn't read")
    return at, hedges


def _hedges_after(tokens: Sequence[Token], place: Place) -> tuple[int, set[str]]:
    hedges: set[str] = set()
    at = place.end
    while at < len(tokens):
        token = tokens[at]
        if token.after and not (token.before and _number_follows(tokens, at + 1)):
            if token.text in words.ONLY_AT_THE_END and not _ends(tokens, at + 1):
                raise Unread(f"{token.text!r} behind the amount may be a part of another word")
            hedges.add(token.after)
        elif token.before and _is_last(tokens, at):  # 500亿元（约）, 500亿元大关已破
            raise Unread(f"what {token.text!r} says behind the amount is not understood")
        elif token.kind not in ' ")(kbyn' and not _hedge_behind_a_comma(tokens, at):
            break
        at += 1
    return at, hedges


def _is_last(tokens: Sequence[Token], at: int) -> bool:
    following = skip(tokens, at + 1, 1, " ")
    return following == len(tokens) or tokens[following].kind in ".,)"


def _hedge_behind_a_comma(tokens: Sequence[Token], at: int) -> bool:
    """$34bn, or more. A Chinese comma begins something else."""
    following = skip(tokens, at + 1, 1, " ")
    if tokens[at].text != "," or following == len(tokens):
        return False
    hedge = tokens[following]
    return hedge.after is not None and " " in hedge.text and not _number_follows(tokens, following + 1)


def _is_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at or before a place, spaces passed over, ends a number or an amount."""
    while at >= 0 and tokens[at].kind == " ":
        at -= 1
    return at >= 0 and tokens[at].kind in "#zXseE$¤k" and not _is_year(tokens[at])


def _is_year(token: Token) -> bool:
    return token.kind == "#" and _YEAR.fullmatch(token.text) is not None


def _number_follows(tokens: Sequence[Token], at: int) -> bool:
    while at < len(tokens) and tokens[at].kind in ' "(b$¤h~t:':
        at += 1
    return at < len(tokens) and tokens[at].kind in "#zXd"


def _text(tokens: Sequence[Token], place: Place) -> str:
    return "".join(token.text for token in tokens[place.start : place.end]).strip()


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence, or a known part of it, ends at a place."""
    return at >= len(tokens) or tokens[at].kind in ' .,)"yn' or tokens[at].text == "的"


def _check_left(tokens: Sequence[Token], place: Place) -> None:
    left = tokens[place.start - 1] if place.start else Token(".", "")
    if not place.is_signed and left.kind in "w?E":
        raise Unread(f"{left.text!r} right before the number is no known word")
    if left.kind in "w)" and tokens[place.start].kind == "$" and not tokens[place.start].text.isalpha():
        raise Unread(f"{left.text!r} right before the currency's sign is not understood")
    at = skip(tokens, place.start - 1, -1, ' "(')
    if at < 0:
        return
    token = tokens[at]
    previous = skip(tokens, at - 1, -1, " ")
    fault = _left_fault(tokens, place, token, at, previous)
    if fault:
        raise Unread(f"{token.text!r} before {_text(tokens, place)!r} {fault}")


def _left_fault(tokens: Sequence[Token], place: Place, token: Token, at: int, previous: int) -> str | None:
    kind = token.kind
    before = tokens[previous] if previous >= 0 else Token(".", "")
    spaced = at < place.start - 1
    if kind in _NUMBERS and not (_is_year(token) and spaced and not _is_number(tokens, previous)):
        return "is a number, or a part of it, that has no reading of its own"
    if kind in "seE?":
        return "is a scale, a number in words or a currency that isn't read"
    if kind in "xo/" or token.text == "%":
        return "is not understood"
    if kind == "-" and not _is_long_dash(tokens, at):
        return "is a minus, or joins it to what stands before"
    if kind in "&t" and _is_number(tokens, previous):
        return "ties it to a number before it that has no reading of its own"
    if kind == "," and not place.is_signed and before.kind in _NUMBERS and not _is_year(before):
        return "ties it to a number before it that has no reading of its own"
    if kind == "m" and before.kind in "#zo" and before.text not in ("1", "一"):
        return "says that there are several of it"
    if token.text.lower() == "of" and (before.kind in "#zm" or before.text.lower() in ("percent", "cent")):
        return "makes it a part"
    if kind == "l" and place.is_generic and token.value != place.currency:
        return f"may say that it isn't {place.currency}"
    if kind == "w" and place.is_generic and token.text.isupper() and len(token.text) <= 4 and place.is_signed:
        return f"may say that it isn't {place.currency}"
    if kind == "w" and token.text.lower() in words.BLURS:
        return "blurs it"
    if kind == "w" and token.text.lower().endswith("ly"):
        return "may be a hedge that isn't known"
    if kind == "c" and token.text in words.DOUBTFUL and not (token.text == "上" and place.is_class):
        return "turns it into something that isn't known"
    return None


def _is_long_dash(tokens: Sequence[Token], at: int) -> bool:
    """A dash between words, which is no minus: 规模——500亿元, "the market - 5 billion yuan"."""
    before = tokens[at - 1].kind if at else "."
    if set(tokens[at].text) <= set("—–―"):
        return before in "cwnyblk" or (before == " " and at > 1 and tokens[at - 2].kind in "cwnyblk")
    return False


def _check_right(tokens: Sequence[Token], place: Place) -> None:
    if place.end == len(tokens):
        return
    at = skip(tokens, place.end, 1, ' ")')
    if at == len(tokens):
        return
    token = tokens[at]
    fault = _right_fault(tokens, place, token, at)
    if fault:
        raise Unread(f"{token.text!r} behind {_text(tokens, place)!r} {fault}")


def _right_fault(tokens: Sequence[Token], place: Place, token: Token, at: int) -> str | None:
    kind, spaced = token.kind, at > place.end
    following = skip(tokens, at + 1, 1, " ")
    after = tokens[following] if following < len(tokens) else Token(".", "")
    if (
        tokens[place.end - 1].kind == "#"
        and not spaced
        and token.text[0].isascii()
        and token.text[0].isalpha()
    ):
        return "is glued to its number"
    if kind in "#X" and not (_is_year(token) and spaced):
        return "is a number, or a part of it, that has no reading of its own"
    if kind == "z" and (set(token.text) & words.CHINESE_SCALES.keys() or after.kind not in "mbn"):
        return "is a number, or a part of it, that has no reading of its own"
    if kind in "seE?$¤":
        return "is a scale, a number in words or a currency that isn't understood there"
    if kind == "x" or token.text in ("%", "倍", "成", "折"):
        return "is not understood"
    if kind == "N" and not token.after:
        return "may turn it round"
    if token.text in words.DOUBTFUL_BEHIND and _ends(tokens, at + 1):
        return "may be a hedge that isn't known"
    if kind == "o" and (
        not token.after or after.kind in _NUMBERS or not (after.kind in '.,)" ' or token.text == "+")
    ):
        return "is not understood there"
    if kind == "-" and not (
        spaced and (following > at + 1 or len(token.text) > 1) and after.kind not in "#zX$"
    ):
        return "joins it to what follows"
    if (
        kind in "t&"
        and after.kind in _NUMBERS
        and not _is_year(after)
        and (kind == "t" or not place.has_scale)
    ):
        return "ties it to a number behind it"
    if token.text.lower() == "of" and tokens[place.end - 1].text.lower() == "pounds":
        return "may say that it is a weight"
    if kind == "/" and after.kind not in "wcmbdny":
        return "is not understood there"
    if kind == "l" and place.is_generic and token.value != place.currency:
        return f"may say that it isn't {place.currency}"
    if token.text == "的" and (after.kind in "#zXNE" or after.text.startswith(("半", "几"))):
        return "makes it a whole of which a part is meant"
    return _fault_of_word(tokens, place, token, at, after)


def _fault_of_word(tokens: Sequence[Token], place: Place, token: Token, at: int, after: Token) -> str | None:
    """What is wrong with an ordinary word behind an amount; (加拿大) is one, too."""
    inner = tokens[skip(tokens, at, 1, " (")] if skip(tokens, at, 1, " (") < len(tokens) else token
    text = "".join(each.text for each in tokens[at : at + 6]).lstrip("(")
    if inner.kind == "l" and place.is_generic and inner.value != place.currency:
        return f"may say that it isn't {place.currency}"
    if token.kind in "c(" and _UNKNOWN_MONEY.match(text):
        return "may be another currency"
    if token.kind in "w(" and (
        inner.text.lower() in _CODES_OF_NO_STATE or inner.text in currencies.ISO_CODES
    ):
        return "is another currency"
    if token.kind == "w" and re.fullmatch(r"\w*(?:illi[oa]r?d?e?n?s?|llón|lliard\w*)", token.text, re.I):
        return "is a scale that isn't known"
    known = token.text.lower() in words.AFTER_A_SIGN or (token.kind == "b" and token.text.isascii())
    if not place.has_scale and not place.has_name and token.kind in "wcmybknE" and not known:
        return "may be a scale that isn't known"
    return None


def _check_sentence(tokens: Sequence[Token], start: int, end: int) -> None:
    """No negation before the amount in its sentence, and no strong hedge that belongs to no number."""
    joined = start > 0 and tokens[skip(tokens, start - 1, -1, " ")].kind == "&"
    for at in range(start - 1, -1, -1):
        if tokens[at].kind in ",.":
            break
        if tokens[at].kind == "N":
            raise Unread(f"{tokens[at].text!r} before the amount may turn it round")
        if joined and tokens[at].before:
            raise Unread(f"{tokens[at].text!r} may belong to the amount, too")
    for at, token in enumerate(tokens):
        if start <= at < end or not token.before or token.kind == "~":
            continue
        if token.text.lower() in words.ONLY_BEFORE_A_NUMBER and not (
            token.text in words.ONE_CHARACTER and at < start
        ):
            continue
        follows = skip(tokens, at + 1, 1, ' "($¤hbt:')
        own = follows < len(tokens) and tokens[follows].kind in "#zXd" and not start <= follows < end
        behind = skip(tokens, at - 1, -1, " )")
        earlier = (
            token.after and behind >= 0 and tokens[behind].kind in "#zmds¤$k" and not start <= behind < end
        )
        if not own and not earlier:
            raise Unread(f"what {token.text!r} says of the amount is not understood")


def _check_begun_ranges(tokens: Sequence[Token], start: int) -> None:
    for at in range(1, start):
        following = (
            tokens[skip(tokens, at + 1, 1, " ")] if skip(tokens, at + 1, 1, " ") < len(tokens) else tokens[at]
        )
        if tokens[at].kind in "-~" and tokens[at - 1].kind in _NUMBERS and following.kind in 'cmynh("':
            raise Unread(
                f"{tokens[at - 1].text + tokens[at].text!r} before the amount is the beginning of something"
            )


def _check_currencies(tokens: Sequence[Token], place: Place) -> None:
    for at, token in enumerate(tokens):
        if place.start <= at < place.end:
            continue
        if token.kind == "?":
            raise Unread(f"{token.text!r} is no currency that is known")
        if place.is_generic and token.kind == "l" and _has_its_own(tokens, place, at):
            raise Unread(f"{token.text!r} in its sentence may say that it isn't {place.currency}")
        if token.kind in "$¤" and token.value != place.currency:
            family = currencies.FAMILIES.get(token.text.lower(), ())
            if place.currency not in family or token.text in "$¥£":
                raise Unread(f"it has two currencies ({place.currency} and {token.text!r})")
    if any(token.text == "¥" for token in tokens[place.start : place.end]):
        japan = next((token.text for token in tokens if token.value == "JPY"), None)
        if japan and place.currency == "CNY":
            raise Unread(f"¥ may be yen beside {japan!r}")


def _has_its_own(tokens: Sequence[Token], place: Place, at: int) -> bool:
    """Whether a country in the sentence of an amount calls its own money so, too: Australia's $5bn, 香港投入5亿元."""
    between = tokens[at : place.start] if at < place.start else tokens[place.end : at]
    if any(token.kind == "." for token in between) or tokens[at].value == place.currency:
        return False
    printed = {token.text.lower() for token in tokens[place.start : place.end]}
    if printed & {"$", "dollar", "dollars"}:
        return tokens[at].value in currencies.DOLLARS
    return "元" in printed and tokens[at].value in currencies.CALLED_YUAN


def _check_scales(tokens: Sequence[Token], place: Place) -> None:
    """An amount without a scale in a text with one that stands alone: 单位：万元."""
    for at, token in enumerate(tokens):
        alone = token.kind in "seE" or (token.kind == "z" and set(token.text) <= words.CHINESE_SCALES.keys())
        if alone and not place.start <= at < place.end and token.text.lower() not in ("half", "x", "times"):
            raise Unread(f"{token.text!r} may be its scale")


def _check_count(tokens: Sequence[Token], place: Place) -> None:
    """A class of which several are counted behind it: 百亿级企业5家."""
    for at in range(place.end, len(tokens) - 1):
        if tokens[at].kind in ",.":
            return
        if tokens[at].kind in "#z" and tokens[at + 1].kind == "m":
            raise Unread(
                f"{tokens[at].text + tokens[at + 1].text!r} behind it says that there are several of it"
            )


def skip(tokens: Sequence[Token], at: int, step: int, kinds: str) -> int:
    """The next place, in either direction, of a token that is of none of some kinds."""
    while 0 <= at < len(tokens) and tokens[at].kind in kinds:
        at += step
    return at
