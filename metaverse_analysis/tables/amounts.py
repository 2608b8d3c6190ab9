"""Read an amount of money as Chinese and English documents and newspapers write it.

The reading goes in steps, and nothing is searched for: the whole text becomes tokens (amount_tokens.py), and what is no
known word is a token that says so. The grammar of an amount, a regular expression over the kinds of tokens, finds each
number with its scale and currency; two with "to" or a dash between them become a range. If exactly one is money,
everything that touches it must be understood (amount_context.py; amount_yuan.py where it has no currency), and says
how it is hedged. So a text with something unknown in the wrong place is refused, and never read as another currency,
size or hedge.
The words themselves are in amount_words.py: a new currency or hedge is a new entry there.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from . import amount_words as words, currencies
from .amount_context import Place, Unread, hedges_around
from .amount_numerals import value_of
from .amount_tokens import Token, plain, tokens
from .amount_yuan import is_implied_yuan, may_be_money

# Kinds of tokens, see amount_tokens.KINDS. A currency stands before the number or behind it; brackets may be around
# scale and currency: 2500（亿元）, 350亿(美元).
_AMOUNT = re.compile(
    r"""
    (?: (?P<sign> [$¤] ) [ ]? (?: :[ ]? )? )?
    (?P<number> [#zX] )
    (?: [ ]? o (?! [ ]?[#z] ) )?
    (?: [ -]{0,2} [se] | [ ]? \( [ ]? [se] [ ]? [¤$]? \) )?
    (?: o (?= [ -]?[¤$k] ) )?
    (?P<class> [ -]? k )?
    (?: [ -]{0,2} CURRENCY | [ ]? \( CURRENCY \) ){0,2}
    (?P<class_after> [ -]? k )?
    """.replace("CURRENCY", r"(?: ¤ | \$ (?![ ]?[#z]) )"),
    re.VERBOSE,
)
_TO = re.compile(r"[ ]?(?:t|--?|~)[ ]?")
_AND = re.compile(r"[ ]?&[ ]?")
_MAYBE_A_YEAR = re.compile(r"20[0-4][1-9]|20[1-4]0")
_READS = "2500亿元, 1.5万亿元, 30-50亿元, 超过300亿元, $34.4 billion, RMB 250bn, up to 5 million yuan"


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
    """One number of a text, or two that make a range; start and end count tokens."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    small: Decimal | None  # 十, 百, 千 behind a number in digits
    large: Decimal | None  # 万, 亿 or an English scale; None where the text has none
    money: tuple[Token, ...]  # the currencies that stand at it
    hedges: frozenset[str]  # those that stand inside the number: 余, 级
    is_class: bool
    is_signed: bool
    in_yi: bool  # in 亿: yuan, where nothing else is said

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
    - Text with something unknown beside the amount is refused, rather than read as another currency, size or hedge.
    - "$" and "dollars" are US dollars, "¥" and 元 are yuan, where no word beside them says otherwise ("JP¥",
      港币5亿元). In a sentence about a country whose own money is called so, they are refused (Australia's $5bn).
      An amount in 亿 without a currency is in yuan where a noun of money stands before it (产业规模达2500亿), or where
      the text holds nothing that may be counted (2500亿); 1.2亿亩 and 10万亿Token aren't.
    - A class (千亿级, 百亿元, "100-billion-yuan level") is "about" its number; several of it (10个千亿级园区) are no
      amount.
    - 近 and "nearly" are "about"; 3000余亿 is "over"; 不到 and "below" are "up_to", like 不超过.
    - 兆 is a million million, as in all amounts of money, and read only where a currency stands: 3兆元.
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
    listed = tokens(plain(text))
    try:
        found = _the_one(listed, _joined(listed, _numbers(listed)))
        place = _place(listed, found)
        hedge = _one_hedge(
            found.hedges | hedges_around(listed, place) | ({"range"} if found.is_range else set())
        )
    except Unread as why:
        raise ValueError(
            f"can't read {text!r} as an amount: {why}. It reads one amount of money, such as {_READS}"
        ) from None
    low = None if hedge == "up_to" else found.billions(found.low)
    high = None if hedge in ("over", "at_least") else found.billions(found.high)
    return Amount(low, high, f"billion {place.currency}", hedge)


def _numbers(listed: Sequence[Token]) -> list[_Found]:
    """Every number, whether it is money or not: 30 in "30 to 50 billion yuan" is not yet."""
    found = []
    for match in _AMOUNT.finditer("".join(token.kind for token in listed)):
        number, inside = listed[match.start("number")], listed[match.start() : match.end()]
        scale = next((token for token in inside if token.kind in "se"), None)
        money = tuple(token for token in inside if token.kind in "$¤")
        bare = number.kind == "z" and set(number.value) <= set("百千万亿兆")  # but 十亿 is a number
        is_class = bare or any(token.kind == "k" for token in inside)
        # 一 and 两 stand in ordinary words.
        loose = number.kind == "z" and not scale and not set(number.value) & words.CHINESE_SCALES.keys()
        if loose or (bare and not scale and _is_unit(listed, match, number)):
            continue
        if " " in number.text and not _ends_there(listed, match.end()):
            raise Unread(f"{_text(listed, *match.span())!r} may be two numbers")
        value, small, large = value_of(number, scale)
        in_yi = "亿" in str(number.value) + str(scale.value if scale else "")
        if value is None or (value == 0 and scale):
            if money or scale or in_yi:  # 0亿元 is the rest of something
                raise Unread(f"{_text(listed, *match.span())!r} has no single reading as a number")
            continue
        hedges = frozenset({token.odd for token in inside if token.odd} or ({"about"} if is_class else ()))
        found.append(
            _Found(
                *match.span(), value, value, small, large, money, hedges, is_class, bool(match["sign"]), in_yi
            )
        )
    return found


def _is_unit(listed: Sequence[Token], match: re.Match[str], number: Token) -> bool:
    """亿元 is a unit where nothing stands before it; 亿元级 and 超亿元 are amounts. （万亿元） is one, too."""
    before = listed[match.start() - 1] if match.start() else Token(".", "")
    if before.kind == "(" and match.end() < len(listed) and listed[match.end()].kind == ")":
        return True
    if any(token.text == "单位" for token in listed[max(0, match.start() - 3) : match.start()]):
        return True
    if number.text not in ("万", "亿") or match["class"] or match["class_after"]:
        return False
    return not ((before.kind == "h" and before.before) or before.text in (*words.OVER_A_CLASS, "达"))


def _ends_there(listed: Sequence[Token], end: int) -> bool:
    behind = next((token for token in listed[end:] if token.kind != " "), Token(".", ""))
    return behind.kind in ".,)-t" or behind.after is not None


def _text(listed: Sequence[Token], start: int, end: int) -> str:
    return "".join(token.text for token in listed[start:end]).strip()


def _joined(listed: Sequence[Token], numbers: list[_Found]) -> list[_Found]:
    """Make ranges of numbers that have "to" or a dash between them ("and" where "between" stands before)."""
    joined: list[_Found] = []
    for number in numbers:
        previous = joined[-1] if joined else None
        if previous and not previous.is_range and _are_a_range(listed, previous, number):
            joined[-1] = _range(listed, previous, number)
        else:
            joined.append(number)
    return joined


def _are_a_range(listed: Sequence[Token], first: _Found, last: _Found) -> bool:
    if not (last.money or last.large) and not (first.is_signed and not first.large):
        return False
    gap = "".join(token.kind for token in listed[first.end : last.start])
    return bool(_TO.fullmatch(gap) or (_AND.fullmatch(gap) and _between(listed, first)))


def _between(listed: Sequence[Token], first: _Found) -> int:
    """How many tokens before a number say that it is the first of two: "between "."""
    before = [token.text.lower() for token in listed[max(0, first.start - 2) : first.start]]
    return next((len(before) - at for at, text in enumerate(before) if text in ("between", "介于", "在")), 0)


def _range(listed: Sequence[Token], first: _Found, last: _Found) -> _Found:
    whole = _text(listed, first.start, last.end)
    top = (last.small or 1) * (last.large or 1)
    low, high = first.low * _scale_of_first(first, last, top), last.low * top
    if first.money and last.money and _place(listed, first).currency != _place(listed, last).currency:
        raise Unread(f"{whole!r} has two currencies")
    if low >= high or low == 0:  # the 0 of 3东0-50亿元 is the rest of something
        raise Unread(f"the range {whole!r} doesn't rise")
    if first.start and listed[_last_word(listed, first.start)].text.lower() in ("从", "由", "自", "from"):
        raise Unread(f"{whole!r} may be a rise from one amount to another, and not a range")
    if not (first.money or first.small or first.large) and _MAYBE_A_YEAR.fullmatch(str(first.low)):
        raise Unread(f"{first.low} in {whole!r} may be a year")
    return _Found(
        first.start - _between(listed, first), last.end, low, high, None, Decimal(1), first.money + last.money,
        first.hedges | last.hedges, False, first.is_signed, first.in_yi or last.in_yi,
    )  # fmt: skip


def _scale_of_first(first: _Found, last: _Found, top: Decimal | int) -> Decimal | int:
    """30-50亿元: the first takes the scale of the last; 3千-5千亿元: it has a 千, and takes the 亿."""
    if first.small or first.large:
        return (first.small or 1) * (first.large or last.large or 1)
    return 1 if first.money and not first.is_signed else top  # 1元至5亿元


def _last_word(listed: Sequence[Token], start: int) -> int:
    return start - 2 if listed[start - 1].kind == " " and start > 1 else start - 1


def _the_one(listed: Sequence[Token], numbers: list[_Found]) -> _Found:
    """The one amount of money; a number in 亿 or with a scale that may be another one forbids to read it."""
    money = [
        each
        for each in numbers
        if each.money or (each.large and may_be_money(listed, _place(listed, each), each.in_yi))
    ]
    if not any(each.money for each in money):
        money = [each for each in numbers if each.in_yi and not is_implied_yuan(listed, _place(listed, each))]
    if len(money) > 1:
        texts = ", ".join(repr(_text(listed, each.start, each.end)) for each in money)
        raise Unread(f"it holds {len(money)} amounts ({texts})")
    if money:
        return money[0]
    scaled = next((each for each in numbers if each.large), None)
    if scaled:
        why = is_implied_yuan(listed, _place(listed, scaled)) if scaled.in_yi else None
        printed = _text(listed, scaled.start, scaled.end)
        raise Unread(f"no currency stands at {printed!r}" + (f": {why}" if why else ""))
    unread = [token.text for token in listed if token.kind in "EX?"]
    unread += [a.text + b.text for a, b in pairwise(listed) if a.text in words.DOUBTFUL and b.kind == "z"]
    if unread:
        raise Unread(f"{unread[0]!r} is not read as a number")
    raise Unread("no number with a currency can be read in it")


def _place(listed: Sequence[Token], found: _Found) -> Place:
    """Where an amount stands, with its currency: of "5亿元港币" and "$5bn CAD" the more exact word counts."""
    exact = {token.value for token in found.money if token.text.lower() not in currencies.FAMILIES}
    generic = [token for token in found.money if token.text.lower() in currencies.FAMILIES]
    codes = exact or {token.value for token in generic} or {"CNY"}
    code = min(codes)
    if len(codes) > 1 or not all(code in currencies.FAMILIES[token.text.lower()] for token in generic):
        named = " and ".join(sorted(codes | {token.value for token in generic}))
        raise Unread(f"{_text(listed, found.start, found.end)!r} has two currencies ({named})")
    return Place(
        found.start, found.end, code, found.is_signed, bool(generic) and not exact, found.large is not None,
        bool(found.money) and not found.is_signed, found.is_class,
    )  # fmt: skip


def _one_hedge(hedges: frozenset[str] | set[str]) -> str:
    limits = hedges - {"about"}
    if len(limits) > 1 and limits != {"over", "at_least"}:
        raise Unread(f"its hedges contradict each other ({', '.join(sorted(limits))})")
    return next(
        (hedge for hedge in ("range", "up_to", "over", "at_least", "about") if hedge in hedges), "exact"
    )
