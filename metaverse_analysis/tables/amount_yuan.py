"""Whether a number without a currency is money: 2500亿 is yuan, 1.2亿亩 isn't."""

from __future__ import annotations

from collections.abc import Sequence

from . import amount_words as words
from .amount_context import Place, skip
from .amount_tokens import Token


def is_implied_yuan(tokens: Sequence[Token], place: Place) -> str | None:
    """Why an amount in 亿 without a currency isn't one of yuan; None if it is.

    It is where nothing but the end, punctuation, a hedge, a class or a noun of money stands behind it, and where
    a noun of money stands before it or everything in the text is known.
    """
    at = skip(tokens, place.end, 1, ' ")k')
    nouns = at
    while at < len(tokens) and (tokens[at].kind in "yn " or tokens[at].text == "的" or tokens[at].after):
        at += 1
    if at < len(tokens) and tokens[at].kind not in ".,N)/(":
        return f"{_behind(tokens, place).text!r} behind it is no word for money"
    if place.is_class and nouns < at and tokens[nouns].kind in "yn":
        return None  # 千亿级产业
    start = place.start
    while start and (
        tokens[start - 1].kind in ' "(:bh~tdo'
        or tokens[start - 1].before
        or tokens[start - 1].text in words.OVER_A_CLASS
    ):
        start -= 1
    if start and tokens[start - 1].kind == "y":
        return None
    unknown = [
        each.text
        for each in tokens
        if each.kind in "cwxmlN?" and each.text not in words.OVER_A_CLASS and not each.before
    ]
    return f"with {unknown[0]!r} in the text it may be a number of things" if unknown else None


def may_be_money(tokens: Sequence[Token], place: Place, in_yi: bool) -> bool:
    """Whether a number with a scale and without a currency may be an amount: "30 billion, 50 billion yuan"."""
    left = skip(tokens, place.start - 1, -1, ' "(:bhtd')
    if left >= 0 and tokens[left].kind == "m":
        return False
    return _behind(tokens, place).kind in (",.&t-~/c" if in_yi else ",.&t-~/")


def _behind(tokens: Sequence[Token], place: Place) -> Token:
    """The first word behind an amount: 用户 in 5亿的用户."""
    at = skip(tokens, place.end, 1, ' ")')
    if at < len(tokens) and tokens[at].text == "的":
        at += 1
    return tokens[at] if at < len(tokens) else Token(".", "")
