"""How figures and names are written on charts."""

from __future__ import annotations

import math
import re
import textwrap

import numpy as np
import pandas as pd

from ..measures.wording import CURRENCY_WORDS, HEDGES, counted as counted, day_in_words, listed as listed

LEVELS = {
    "country": "countries",
    "province": "provinces",
    "city": "cities",
    "district": "districts",
    "zone": "zones",
}
SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
_SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"


def number(value: float, decimals: int = 1) -> str:
    """A number with thousands separated and no empty decimals; below one, at least two significant digits.

    Examples
    --------
    >>> number(250.0), number(1050), number(98.57), number(-3), number(0.04)
    ('250', '1,050', '98.6', '−3', '0.04')
    """
    if not np.isfinite(value):
        raise ValueError(
            f"a label needs a finite number, not {value}: leave the unknown out, or say it in words."
        )
    if 0 < abs(value) < 1:
        decimals = max(decimals, 1 - math.floor(math.log10(abs(value))))
    written = f"{float(value):,.{decimals}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.replace("-", "−")


def hedged(
    value: float, value_max: float | None = None, qualifier: str = "exact", *, decimals: int = 1
) -> str:
    """A figure with the hedge of its document: "over 100", "about 150", "30–50".

    Examples
    --------
    >>> hedged(100, qualifier="over"), hedged(30, 50, "range"), hedged(150, qualifier="about")
    ('over 100', '30–50', 'about 150')
    """
    hedges = HEDGES | {"range": ""}
    if qualifier not in hedges:
        raise ValueError(
            f"no words for the qualifier {qualifier!r}; there are words for {', '.join(hedges)}."
        )
    figure = number(value, decimals)
    if value_max is not None and np.isfinite(value_max) and value_max != value:
        figure += f"–{number(value_max, decimals)}"
    return hedges[qualifier] + figure


def money(
    bn: float,
    currency: str = "CNY",
    *,
    upper: float | None = None,
    qualifier: str = "exact",
    whole: bool = False,
    words: bool = False,
) -> str:
    """An amount given in billions, in the magnitude that suits it, with the hedge of its document.

    Parameters
    ----------
    bn : billions; `upper` is the other end of a range.
    currency : its code; one without a sign of its own is said by its name.
    qualifier : as the tables have it ("over", "about"...).
    whole : without decimals from 10 upwards, for what was converted.
    words : as a sentence says it: "350 billion yuan" instead of "¥350 bn".

    Examples
    --------
    >>> money(350), money(1050), money(0.56, "USD"), money(34.8, "USD", whole=True)
    ('¥350 bn', '¥1.05 trillion', '$560 million', '$35 bn')
    >>> money(30, upper=50), money(250, qualifier="over", words=True), money(2, "KRW")
    ('¥30–50 bn', 'over 250 billion yuan', '2 bn won')
    """
    top = bn if upper is None or not np.isfinite(upper) else max(bn, upper)
    power = 3 if abs(top) >= 999.95 else 0 if abs(top) >= 0.99995 or not top else -3
    scale, decimals = (1, 1) if not power else (10.0**power, 2 if power > 0 else 1)
    if whole and abs(top) / scale >= 10:
        decimals = 0
    end = None if upper is None else upper / scale
    figure = hedged(bn / scale, end, qualifier, decimals=decimals).removeprefix(HEDGES.get(qualifier, ""))
    magnitude = {3: "trillion", 0: "billion" if words else "bn", -3: "million"}[power]
    sign = "" if words else SIGNS.get(currency, "")
    name = "" if sign else f" {currency_words(currency)}"
    return f"{HEDGES.get(qualifier, '')}{sign}{figure} {magnitude}{name}"


def with_dollars(
    bn: float, usd: float, *, upper: float | None = None, qualifier: str = "exact", words: bool = False
) -> str:
    """Yuan, given in billions, with the dollars that they are in brackets, where these are known.

    Examples
    --------
    >>> with_dollars(350, 48.67), with_dollars(1050, 146.03, words=True), with_dollars(1, float("nan"))
    ('¥350 bn ($49 bn)', '1.05 trillion yuan ($146 billion)', '¥1 bn')
    """
    yuan = money(bn, upper=upper, qualifier=qualifier, words=words)
    if usd is None or not np.isfinite(usd):
        return yuan
    dollars = money(usd, "USD", whole=True)
    return f"{yuan} ({dollars.replace(' bn', ' billion') if words else dollars})"


def part_of(pct: float) -> str:
    """A share of a whole that may be many times as large, or hardly anything.

    Examples
    --------
    >>> part_of(102.4), part_of(0.002), part_of(0), part_of(5321)
    ('102%', 'under 1%', '0%', '53 times')
    """
    if pct >= 1000:
        return f"{number(pct / 100, 0)} times"
    return "under 1%" if 0 < pct < 0.5 else f"{pct:.0f}%"


def dollar_basis(rows: pd.DataFrame) -> str:
    """By which rate dollars were made of yuan: "dollars at 7.19, 19 January 2024"; empty where none were.

    Parameters
    ----------
    rows : a table with `rate` and `rate_date`.

    Examples
    --------
    >>> dollar_basis(pd.DataFrame({"rate": [7.1914], "rate_date": ["2024-01-19"]}))
    'dollars at 7.19, 19 January 2024'
    """
    rates = rows[["rate", "rate_date"]].dropna().drop_duplicates()
    if rates.empty:
        return ""
    if len(rates) > 1:
        return "dollars at the rate of each document's day"
    return f"dollars at {rates['rate'].iloc[0]:.2f}, {day_in_words(str(rates['rate_date'].iloc[0]))}"


def dollar_example(rows: pd.DataFrame, bn: str, usd: str) -> str:
    """The largest amount with its dollars, for charts that have no room for the dollars of each; empty without any.

    Parameters
    ----------
    rows : a table with `rate` and `rate_date`.
    bn, usd : its columns of the amounts, in billion yuan and in billion dollars.

    Examples
    --------
    >>> rows = pd.DataFrame({"bn": [250.0], "usd": [34.76], "rate": [7.1914], "rate_date": ["2024-01-19"]})
    >>> dollar_example(rows, "bn", "usd")
    '¥250 bn is $35 bn at 7.19, 19 January 2024'
    """
    known = rows[rows[[bn, usd, "rate"]].notna().all(axis="columns")]
    if known.empty or known["rate"].nunique() > 1:
        return ""
    most = known.sort_values(bn, kind="stable").iloc[-1]
    basis = dollar_basis(known).removeprefix("dollars ")
    return f"{money(most[bn])} is {money(most[usd], 'USD', whole=True)} {basis}"


def wrap_label(label: str, width: int = 24) -> str:
    """A long name on several lines of at most `width` characters (half as many Chinese ones), amounts unbroken.

    Examples
    --------
    >>> wrap_label("of about ¥150 bn", 14)
    'of about\\n¥150 bn'
    >>> wrap_label("Ningxia Hui Autonomous Region", 16)
    'Ningxia Hui\\nAutonomous\\nRegion'
    """
    if re.search(f"[{HAN}]", label):
        step = max(1, width // 2)
        return "\n".join(label[i : i + step] for i in range(0, len(label), step))
    whole = re.sub(r"(\d) (bn|million|billion|trillion)\b", "\\1\u00a0\\2", label)
    return "\n".join(textwrap.wrap(whole, width)).replace("\u00a0", " ") or label


def cut_label(label: str, width: int, lines: int = 2) -> str:
    """A long name on at most so many lines of `width` characters; what is left out shows as an ellipsis.

    Examples
    --------
    >>> cut_label("Ningxia Hui Autonomous Region", 12)
    'Ningxia Hui\\nAutonomous…'
    """
    parts = wrap_label(label, width).split("\n")
    if len(parts) > lines:
        parts = [*parts[: lines - 1], f"{parts[lines - 1][: width - 1]}…"]
    return "\n".join(parts)


def broken(label: str, width: float, lines: int = 2) -> str:
    """A name on at most so many lines, a long word broken after a syllable; what has no room shows as an ellipsis.

    `width` is in letters of the usual width, of which an "i" takes half.

    Examples
    --------
    >>> broken("Heilongjiang", 7.2).split("\\n"), broken("Hong Kong", 7.2).split("\\n"), broken("Tibet", 7.2)
    (['Heilong-', 'jiang'], ['Hong', 'Kong'], 'Tibet')
    """
    parts: list[str] = []
    for word in label.split():
        while letters_wide(word) > width:
            ends = [m.end() for m in re.finditer(r"[aeiouü](?:ng|n)?(?=[^aeiouü])", word)]
            fitting = [end for end in ends if letters_wide(word[:end] + "-") <= width]
            at = min(fitting, key=lambda end: abs(end - len(word) / 2), default=max(1, int(width) - 1))
            parts.append(f"{word[:at]}-")
            word = word[at:]
        parts.append(word)
    filled: list[str] = []
    for part in parts:
        if filled and not filled[-1].endswith("-") and letters_wide(f"{filled[-1]} {part}") <= width:
            filled[-1] += f" {part}"
        else:
            filled.append(part)
    if len(filled) > lines:
        last = filled[lines - 1].rstrip("-")
        while letters_wide(last) > width - 1.5:  # the ellipsis takes one
            last = last[:-1]
        filled = [*filled[: lines - 1], f"{last}…"]
    return "\n".join(filled)


def letters_wide(word: str) -> float:
    """About how wide a word is, in letters of the usual width.

    Examples
    --------
    >>> letters_wide("Liaoning"), letters_wide("mm")
    (7.0, 3.0)
    """
    return sum(0.5 if letter in "iljtfr.,'- " else 1.5 if letter in "mwMW" else 1.0 for letter in word)


def first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def currency_words(code: str) -> str:
    return CURRENCY_WORDS.get(code, code)


def several(level: str) -> str:
    """Several places of a level: "cities"; a level of another industry's own stays as it is."""
    return LEVELS.get(level, level)


def in_order(levels: pd.Series) -> list[str]:
    """The levels that occur, the widest first, and then those of another industry's own.

    Examples
    --------
    >>> in_order(pd.Series(["city", "canton", "province", "city"]))
    ['province', 'city', 'canton']
    """
    there = list(dict.fromkeys(levels.astype("str")))
    return [
        *(level for level in LEVELS if level in there),
        *(level for level in there if level not in LEVELS),
    ]


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def some(n: int, one: str, many: str | None = None) -> str:
    """A number of things as a title says it: in words up to ten.

    Examples
    --------
    >>> some(5, "place"), some(1, "body", "bodies"), some(38, "place")
    ('five places', 'one body', '38 places')
    """
    words = _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"
    return f"{words} {one if n == 1 else many or one + 's'}"


def subject(table: pd.DataFrame) -> str:
    """What the tables are about ("the metaverse"); empty where the folder doesn't say.

    Examples
    --------
    >>> subject(pd.DataFrame({"about": ["the metaverse"]})), subject(pd.DataFrame({"about": []}))
    ('the metaverse', '')
    """
    said = table["about"].dropna() if "about" in table else pd.Series(dtype="str")
    return str(said.iloc[0]) if len(said) else ""


def on_subject(table: pd.DataFrame) -> str:
    """The words behind "documents".

    Examples
    --------
    >>> on_subject(pd.DataFrame({"about": ["hydrogen"]})), on_subject(pd.DataFrame({"about": [""]}))
    (' on hydrogen', '')
    """
    return f" on {subject(table)}" if subject(table) else ""


def a_policy(table: pd.DataFrame) -> str:
    """What a place has.

    Examples
    --------
    >>> [a_policy(pd.DataFrame({"about": [words]})) for words in ("the metaverse", "energy", "")]
    ['a metaverse policy', 'an energy policy', 'a policy']
    """
    words = f"{subject(table).removeprefix('the ')} policy".strip()
    return f"{'an' if words[0].lower() in 'aeiou' else 'a'} {words}"


def in_words(n: int) -> str:
    """A small number in words, a larger one in digits.

    Examples
    --------
    >>> in_words(8), in_words(13)
    ('eight', '13')
    """
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"
