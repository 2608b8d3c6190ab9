"""What a reader searches for: the phrases of a query, and the expressions that find them in folded texts.

A query is taken apart into runs of letters and digits before any expression is made of it: nothing that a reader types
is read as a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .search_text import CELL_END, Finder, fold

Phrase = tuple[
    str, ...
]  # runs of letters or digits that stand side by side: ("digital", "human"), ("区块链",)

LONGEST = 200  # characters of a query
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»「」『』＂"), '"')
_TOKENS = re.compile(r'"([^"]*)"|(\S+)')
_RUNS = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")
_LATIN = "0-9a-z"
_NOT_BETWEEN = f"0-9a-z\u00df-\u1fff\u3040-\u9fff\uac00-\ud7a3{CELL_END}"  # letters, and the end of a cell
_NO_PLURAL = {"news", "series", "species", "means", "always"}
# Words at the end of a firm's name that say only what it is: who speaks of it leaves them out.
_FORMS = (
    "technologies",
    "technology",
    "holdings",
    "group",
    "company",
    "corporation",
    "limited",
    "inc",
    "co",
    "ltd",
)


def read_query(query: str) -> list[Phrase]:
    """The phrases of a query that a row must all have.

    Parameters
    ----------
    query : words in any order. What stands in quotation marks, or has no space in it, is kept together.

    Raises
    ------
    ValueError
        If it is no text, has fewer than two letters or digits, or is longer than 200 characters.

    Examples
    --------
    >>> read_query('VR "Digital humans" 區塊鏈 cross-chain')
    [('vr',), ('digital', 'humans'), ('区块链',), ('cross', 'chain')]
    """
    if not isinstance(query, str):
        raise ValueError(f"a search takes words, such as 'blockchain' or '区块链', not {query!r}")
    if len(query) > LONGEST:
        raise ValueError(
            f"a search takes up to {LONGEST} characters, not {len(query)}: search for fewer words"
        )
    tokens = _TOKENS.findall(query.translate(_QUOTES))
    phrases = dict.fromkeys(phrase_of(quoted or bare) for quoted, bare in tokens)
    phrases.pop((), None)
    if sum(map(length, phrases)) < 2:
        raise ValueError(
            f"a search takes two letters or digits at least, such as 'VR' or '标准', not {query!r}"
        )
    return list(phrases)


def phrase_of(text: str) -> Phrase:
    """The runs of letters and digits of a text, folded.

    Examples
    --------
    >>> phrase_of("VR/XR 产业")
    ('vr', 'xr', '产业')
    """
    return tuple(_RUNS.findall(fold(text)))


def length(phrase: Phrase) -> int:
    """The number of letters and digits of a phrase."""
    return sum(map(len, phrase))


def canonical(phrase: Phrase) -> Phrase:
    """One form for a phrase in singular and plural, to compare phrases with each other.

    Examples
    --------
    >>> canonical(("digital", "humans")) == canonical(("digital", "human"))
    True
    """
    return tuple(min(_spellings(run)) for run in phrase)


def without_form(name: Phrase) -> Phrase:
    """A name without the words that say only that it is a firm's.

    Examples
    --------
    >>> without_form(("huawei", "technologies"))
    ('huawei',)
    """
    while len(name) > 1 and name[-1] in _FORMS:
        name = name[:-1]
    return name


def words(phrase: Phrase) -> Finder:
    """To find a phrase anywhere.

    A Latin word is found at the beginning of a word. One of five letters or more also finds longer words
    ("standard": standardisation), a shorter one its plural and other endings only ("AI" doesn't find "aims").

    Examples
    --------
    >>> park = words(("park",)).expression
    >>> [bool(park.search(text)) for text in ("industrial parks", "a car park.", "spark", "parka")]
    [True, True, False, False]
    """
    start = f"(?<![{_LATIN}])" if phrase[0].isascii() else ""
    return _finder(phrase, start, _sequence(phrase, open_end=True))


def whole_name(phrase: Phrase) -> Finder:
    """To find a phrase that is a whole name: one of a list, before a bracket, or without the form of a firm.

    Examples
    --------
    >>> peking = whole_name(("peking",)).expression
    >>> [bool(peking.search(text)) for text in ("beijing;peking", "peking university", "peking group")]
    [True, False, True]
    """
    form = f"(?:[^{_NOT_BETWEEN}]{{1,3}}(?:{'|'.join(_FORMS)}))*"
    start = f"(?:(?<![^;{CELL_END}])|(?<=; ))"
    return _finder(phrase, start, rf"{_sequence(phrase)}{form} *(?=[;({CELL_END}]|\Z)")


def beginning(phrase: Phrase) -> Finder:
    """To find a phrase with which a cell begins.

    Examples
    --------
    >>> huawei = beginning(("huawei",)).expression
    >>> [bool(huawei.search(text)) for text in ("huawei technologies", "the huawei case")]
    [True, False]
    """
    return _finder(phrase, f"(?<![^{CELL_END}])", f"{_sequence(phrase)}(?![{_LATIN}])")


def any_of(phrases: Iterable[Phrase]) -> re.Pattern[str]:
    """The expression for texts that have one of some phrases."""
    longest_first = sorted(phrases, key=length, reverse=True)  # of 海南 and 海南省 the whole is marked
    return re.compile("|".join(words(phrase).expression.pattern for phrase in longest_first))


def _finder(phrase: Phrase, start: str, rest: str) -> Finder:
    return Finder(tuple(sorted(_spellings(phrase[0]))), re.compile(start + rest))


def _sequence(phrase: Phrase, *, open_end: bool = False) -> str:
    """The runs of a phrase, one after another with a few signs between them."""
    parts = [_word(run, open_end=open_end and place == len(phrase) - 1) for place, run in enumerate(phrase)]
    for place in range(1, len(phrase)):
        least = 1 if phrase[place - 1].isascii() and phrase[place].isascii() else 0
        parts[place] = f"[^{_NOT_BETWEEN}]{{{least},3}}" + parts[place]
    return "".join(parts)


def _word(run: str, *, open_end: bool) -> str:
    if not run.isascii():
        return run
    return "(?:" + "|".join(_with_endings(word, open_end) for word in sorted(_spellings(run))) + ")"


def _with_endings(word: str, open_end: bool) -> str:
    end = f"(?![{_LATIN}])" if open_end else ""
    if not word.isalpha():
        return word + end
    if len(word) < 3:
        return f"{word}s?{end}"
    if len(word) == 3 or not open_end:
        return f"{word}(?:e?s)?{end}"
    return f"{word}(?:e?s|ed|ing)?{end}" if len(word) == 4 else f"{word}[{_LATIN}]*"


def _spellings(word: str) -> set[str]:
    """A word in singular and plural, in British and American spelling; endings that only add letters are left out."""
    spelt = {_singular(word)}
    if word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        spelt.add(word[:-1] + "ies")
    if word.endswith("ies") and len(word) > 4:
        spelt |= {word, word[:-3] + "y"}
    if len(word) > 6:
        spelt |= {re.sub("is(?=[aei])", "iz", one) for one in spelt}
        spelt |= {re.sub("iz(?=[aei])", "is", one) for one in spelt}
    return spelt


def _singular(word: str) -> str:
    if not word.isascii() or len(word) < 4 or word in _NO_PLURAL or word.endswith(("ss", "us", "is", "ies")):
        return word
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word.removesuffix("s")
