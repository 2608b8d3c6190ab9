"""From the text of an amount to tokens: every character belongs to one, and what is no known word says so by its kind.

The kinds are single letters, so that the grammar of an amount (amounts.py) is a regular expression over them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from . import amount_words as words, currencies

KINDS = {
    "#": "a number in digits",
    "z": "a Chinese numeral",
    "X": "digits that are no number",
    "s": "a Chinese scale behind a number",
    "e": "an English one",
    "E": "a number or scale that isn't read",
    "$": "a currency's sign or code",
    "¤": "a currency's name",
    "?": "a currency that isn't known",
    "h": "a hedge",
    "o": "a hedge that may stand inside an amount",
    "k": "a class, such as 级",
    "N": "a negation, or another word that turns or blurs a number",
    "b": "what may stand between a hedge and its amount",
    "y": "a noun of money",
    "n": "another known noun",
    "m": "what is counted",
    "d": "a date",
    "t": "to",
    "-": "a dash",
    "~": "about, or to",
    "&": "and, or",
    "l": "a country",
    "c": "other Chinese",
    "w": "another word",
    " ": "spaces",
    "(": "an opening bracket",
    ")": "a closing one",
    '"': "a quote",
    ":": "a colon, or =",
    ",": "punctuation inside a sentence",
    ".": "the end of a sentence, or of a line",
    "/": "per",
    "x": "any other character",
}


class Token(NamedTuple):
    """A word, number or sign of the text."""

    kind: str
    text: str
    value: Any = None  # a Decimal, or a currency's code
    before: str | None = None  # the hedges that it may be before an amount, behind it and inside it
    after: str | None = None
    odd: str | None = None


_CHINESE = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_CHINESE}]"
_NUMERALS = "零〇一二两三四五六七八九十百千万亿兆点"
_CHEQUE = "壹贰叁肆伍陆柒捌玖拾佰仟"
_LONGEST = 24  # characters of a Chinese word or numeral
# Letters inside markup that shows a text as it is; a deletion, or a note's raised number, is none of these.
_INLINE = re.compile(r"</?(?:b|i|em|strong|span|font|u|mark|a|small|big)(?:\s[^<>]*)?>", re.I)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|td|th|tr|h[1-6]|section)(?:\s[^<>]*)?/?>", re.I)
_BOLD = re.compile(r"(?<![\w*])\*\*([^*]+)\*\*(?![\w*])")
_WITHOUT_IT = re.compile(r"\(不含(?:本数)?\)(以上|以下|以内)")  # the number itself
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LEXER = re.compile(
    rf"""
      (?P<tag> </?[A-Za-z][^<>]*> )
    | (?P<date> (?:19|20)\d\d \s* (?:[-–—~至到]\s*(?:19|20)?\d\d\s*)? 年 (?:\s*\d{{1,2}}\s*月 (?:\s*\d{{1,2}}\s*日)?)?
        | (?:\d{{1,3}}|[零〇一二两三四五六七八九十]+) \s* (?:年|个月|月|季度|天|[日号](?![元圆币本]))
        | [零〇一二三四五六七八九]{{4}}年
        | (?:19|20)\d\d-\d\d(?:-\d\d)? (?!\d) )
    | (?P<spaced> \d{{1,3}} (?:[ ]\d{{3}})+ (?:\.\d+)? (?! [ ,.]?\d ) )
    | (?P<number> \d (?:[\d.,'’，]*\d)? )
    | (?P<sign> {_LETTER}{{0,4}} [$¢-¥€฿₠-⃀] (?: {_LETTER}{{1,4}} (?=\s?\d) )? )
    | (?P<special> (?:-plus|-ish) (?!{_LETTER}) | sub-(?=\W?\d) | (?<!{_LETTER})(?:ca|c|est|approx|max|min)\.(?=\W*\d) )
    | (?P<latin> {_LETTER}+ (?:[ -]+{_LETTER}+){{0,6}} )
    | (?P<chinese> [{_CHINESE}] )
    | (?P<space> [^\S\n]+ )
    | (?P<compare> [<>=≤≥≦≧⩽⩾]+ )
    | (?P<tildes> ~{{2,}} )
    | (?P<dash> [-–—−―]+ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_VALID_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.\d{1,18})?")
_SINGLE = {
    **dict.fromkeys(",，;；、", ","), **dict.fromkeys(".。!！?？\n…|·•", "."), **dict.fromkeys("(（[【{〔", "("),
    **dict.fromkeys(")）]】}〕", ")"), **dict.fromkeys("\"'“”‘’「」『』《》〈〉", '"'),
    **dict.fromkeys(":：=", ":"), "/": "/", "&": "&", "%": "m",
}  # fmt: skip


def plain(text: str) -> str:
    """A text in one form: simplified characters, plain digits, no markup and no invisible characters.

    A raised or circled digit stays what it is: 10² is not 102, and ①100 not 1100.
    """
    text = re.sub(r"&#?\w+;", lambda entity: html.unescape(entity[0]), text)
    text = _BLOCK.sub("\n", _INLINE.sub("", _INVISIBLE.sub("", text)))
    text = re.sub("(?<=[０-９])，(?=[０-９])", ",", text)
    text = "".join(map(_folded, _BOLD.sub(r"\1", text))).translate(words.TRADITIONAL)
    text = re.sub(r"\bU\.\s?S\.(?:A\.)?", "US", text)
    text = re.sub(r"\bcan['’]t\b", "cannot", text, flags=re.IGNORECASE)
    text = re.sub(r"n['’]t\b", " not", text, flags=re.IGNORECASE)
    text = re.sub(rf"(?<=[{_CHINESE}])[^\S\n]+(?=[{_CHINESE}])", "", text)
    return _WITHOUT_IT.sub(lambda found: "开外" if found[1] == "以上" else found[1], text)


@cache
def _folded(character: str) -> str:
    if character in "\r\v\f\x85\u2028\u2029":
        return "\n"
    one = unicodedata.normalize("NFKC", character)
    if one.isspace():
        return character if character == "\n" else " "
    raised = unicodedata.category(character) in ("No", "Nl") and character not in "〇"
    return character if len(one) != 1 or raised or character == "，" else one


def tokens(text: str) -> list[Token]:
    """All tokens of a plain text, in order."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _LEXER.match(text, at)
        assert match is not None  # the last alternative takes any character
        token = _READERS[match.lastgroup or "other"](match[0], text[at : at + _LONGEST], found)
        found.append(token)
        at += len(token.text)
    return found


@cache
def _lexicon() -> dict[str, Token]:
    """Every known word; where one stands in several lists, as a hedge first, then as the later of them."""
    entries: dict[str, Token] = {}

    def add(kind: str, listed: Iterable[str], value: Any = None, **roles: str) -> None:
        for word in listed:
            known = entries.get(word.lower(), Token(kind, word))
            entries[word.lower()] = Token(kind, word, value)._replace(
                **{role: getattr(known, role) for role in ("before", "after", "odd") if getattr(known, role)}
                | roles
            )

    for kind, listed in (
        *(("c", words.HARMLESS), ("c", words.NO_NUMBERS), ("m", words.COUNTED), ("n", words.SUBJECTS)),
        *(
            ("y", words.MONEY),
            ("b", words.BETWEEN),
            ("N", words.DOUBTS),
            ("E", words.NOT_READ),
            ("k", words.CLASS),
        ),
        *(("t", ("to", "至", "到")), ("&", ("and", "or", "与", "和", "或", "及", "plus"))),
    ):
        add(kind, listed)
    for role, table in (("before", words.BEFORE), ("after", words.AFTER)):
        for hedge, listed in table.items():
            add("h", listed, **{role: hedge})
    for hedge, listed in words.ODD.items():
        add("o", listed, odd=hedge, **({} if hedge == "about" else {"after": hedge}))  # never 500亿元来
    for code, listed in currencies.NATIONS.items():
        add("l", (word.replace("_", " ") for word in listed), code)
    for word, power in words.ENGLISH_SCALES.items():
        add("e", (word,), Decimal(10) ** power)
    for kind, table in (("$", currencies.SIGNS), ("¤", currencies.NAMES)):
        for code, listed in table.items():
            add(kind, listed, code)
    return entries


@cache
def _words_from(character: str) -> tuple[str, ...]:
    """The known words of several characters that begin with a numeral, and are none."""
    return tuple(word for word in _lexicon() if word[0] == character and len(word) > 1)


def _tag(text: str, ahead: str, found: list[Token]) -> Token:
    return Token("x", text)


def _date(text: str, ahead: str, found: list[Token]) -> Token:
    return Token("d", text)


def _space(text: str, ahead: str, found: list[Token]) -> Token:
    return Token(" ", text)


def _number(text: str, ahead: str, found: list[Token]) -> Token:
    begun = found and found[-1].text == "."  # .5, and No.5
    if begun or not _VALID_NUMBER.fullmatch(text) or re.match(r"0\d", text):
        return Token("X", text)
    return Token("#", text, Decimal(text.replace(",", "")))


def _spaced(text: str, ahead: str, found: list[Token]) -> Token:
    """1 500 is 1500 where nothing stands before it that may be a number's name; elsewhere it is two numbers."""
    last = next((token.kind for token in reversed(found) if token.kind != " "), ".")
    if last not in '$¤h.,:("yb' or text.startswith("0"):
        return _number(text.split(" ")[0], ahead, found)
    return Token("#", text, Decimal(text.replace(" ", "")))


def _sign(text: str, ahead: str, found: list[Token]) -> Token:
    known = _lexicon().get(text.lower())
    if known:
        return known._replace(text=text)
    code = _lexicon().get(text[:-1].lower())  # CAD$
    family = currencies.FAMILIES.get(text[-1], frozenset())
    return (
        Token("$", text, code.value)
        if code and code.kind == "$" and code.value in family
        else Token("?", text)
    )


def _special(text: str, ahead: str, found: list[Token]) -> Token:
    return _lexicon()[text.lower()]._replace(text=text)


def _latin(text: str, ahead: str, found: list[Token]) -> Token:
    parts = re.split(r"([ -]+)", text)
    for count in range(len(parts), 0, -2):
        known = _lexicon().get(" ".join(parts[:count:2]).lower())
        if known is None:
            continue
        known = known._replace(text="".join(parts[:count]))
        if known.kind == "e" and not _follows(found, "#oX"):
            return Token("E", known.text)
        if known.text.lower() in currencies.ONLY_BEHIND and not _follows(found, "#zXseok"):
            break
        return known
    return Token("w", parts[0])


def _follows(found: list[Token], kinds: str) -> bool:
    """Whether the last token that is no space, dash or parenthesis is of one of some kinds."""
    last = next((token.kind for token in reversed(found) if token.kind not in " -("), ".")
    return last in kinds


def _chinese(text: str, ahead: str, found: list[Token]) -> Token:
    if text == "元" and _follows(found, "#zXsok") and not _UNIT_IN_WORD.match(ahead):
        return Token("¤", text, "CNY")
    for length in range(len(ahead), 0, -1):
        known = _lexicon().get(ahead[:length])
        if known and (known.text not in currencies.ONLY_BEHIND or _follows(found, "#zXsok")):
            return _in_place(known._replace(text=ahead[:length]), ahead, found)
    return _numeral(ahead, found) or Token("c", text)


_CHEQUE_NUMERAL = re.compile(rf"[{_CHEQUE}][{_CHEQUE}零万亿]*[拾佰仟万亿][{_CHEQUE}零万亿]*")
_UNIT_IN_WORD = re.compile("元(?:宇宙|人民币|[件器素数组老旦首宝帅勋凶曲音])")


def _in_place(known: Token, ahead: str, found: list[Token]) -> Token:
    """A known word as it is meant where it stands."""
    if known.text == "个" and _follows(found, "#z") and ahead[1:2] == "亿" and ahead[2:3] not in ("元", "级"):
        return Token("s", "个亿", "亿")  # 20个亿
    last = found[-1] if found else Token(".", "")
    if known.text in words.SHORT_HEDGES and last.kind == "c" and last.text not in words.BEFORE_SHORT_HEDGES:
        return Token("N", known.text)
    return known


def _numeral(ahead: str, found: list[Token]) -> Token | None:
    cheque = _CHEQUE_NUMERAL.match(ahead)
    if cheque:
        return Token("z", cheque[0], cheque[0].translate(words.CHEQUE_NUMERALS))
    length = 0
    while length < len(ahead) and ahead[length] in _NUMERALS:
        if any(ahead.startswith(word, length) for word in _words_from(ahead[length])):
            break  # 1.5亿千瓦
        length += 1
    run = ahead[:length].rstrip("点")
    if not run or run[0] == "点":
        return None
    if set(run) <= words.CHINESE_SCALES.keys() and _follows(found, "#Xo"):
        return Token("s", run, run) if run in words.SCALE_WORDS else Token("E", run)
    return Token("z", run, run)


def _compare(text: str, ahead: str, found: list[Token]) -> Token:
    known = _lexicon().get(text) or Token(":" if text == "=" else "x", text)
    return known._replace(text=text)


def _dash(text: str, ahead: str, found: list[Token]) -> Token:
    return Token("-" if len(text) == 1 or set(text) <= set("—–―") or text == "--" else "x", text)


def _other(text: str, ahead: str, found: list[Token]) -> Token:
    if unicodedata.category(text) == "Sc":
        return Token("?", text)
    known = _lexicon().get(text)
    if known:
        return known
    return Token("~", text, before="about") if text in "~〜" else Token(_SINGLE.get(text, "x"), text)


_READERS = {
    "tag": _tag,
    "tildes": _tag,
    "date": _date,
    "spaced": _spaced,
    "number": _number,
    "sign": _sign,
    "special": _special,
    "latin": _latin,
    "chinese": _chinese,
    "space": _space,
    "compare": _compare,
    "dash": _dash,
    "other": _other,
}
