"""Words that several measures and charts share: hedges, currencies, days, numbers; and columns of words.

The words are English in every locale: `strftime` would name months in the language of the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pandas as pd

from ..tables.dates import span
from ..tables.units import money_unit

CURRENCY_WORDS = {
    "CNY": "yuan",
    "KRW": "won",
    "JPY": "yen",
    "EUR": "euros",
    "HKD": "Hong Kong dollars",
    "USD": "dollars",
    "GBP": "pounds",
}
HEDGES = {"exact": "", "about": "about ", "at_least": "at least ", "over": "over ", "up_to": "up to "}

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def copy_in_words(publisher: Any, host: Any) -> str:
    """What a copy is: where it was read, or that nobody knows whose text it is (its site stands in for a publisher).

    Examples
    --------
    >>> copy_in_words("Xinhua", "mirror.example"), copy_in_words("mirror.example", "mirror.example")
    ('copy read at mirror.example', "copy of a text whose outlet isn't named")
    """
    return "copy of a text whose outlet isn't named" if publisher == host else f"copy read at {host}"


def day_in_words(date: str) -> str:
    """A date of any precision in words.

    Examples
    --------
    >>> day_in_words("2023-09-05"), day_in_words("2023-09"), day_in_words("2023")
    ('5 September 2023', 'September 2023', '2023')
    """
    first, _, precision = span(date)
    month = f"{MONTHS[first.month - 1]} {first.year}"
    return {"day": f"{first.day} {month}", "month": month, "year": str(first.year)}[precision]


def plain_number(value: float) -> str:
    """A number with thousands separated, and no more decimals than it has.

    Examples
    --------
    >>> plain_number(108000.0), plain_number(0.1487), plain_number(250)
    ('108,000', '0.1487', '250')
    """
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text if text not in ("0", "-0") or value == 0 else f"{value:g}"


def quantity(row: dict[str, Any]) -> str:
    """A value with its hedge, range and unit: "over 250 billion yuan", "3 to 5 firms".

    Examples
    --------
    >>> quantity({"value": 250.0, "unit": "billion CNY", "qualifier": "over"})
    'over 250 billion yuan'
    >>> quantity({"value": 0.4, "unit": "billion CNY"}), quantity({"value": 0.1, "unit": "million CNY"})
    ('400 million yuan', '100,000 yuan')
    >>> quantity({"value": 3.0, "value_max": 5.0, "unit": "firms", "qualifier": "range"})
    '3 to 5 firms'
    """
    hedge = HEDGES.get(row.get("qualifier", "exact"), "")
    ends, unit = _readable(
        [row[end] for end in ("value", "value_max") if end in row], str(row.get("unit", ""))
    )
    number = " to ".join(map(plain_number, ends))
    return f"{hedge}{number} {unit_words(unit, ends[0] if len(ends) == 1 else 2)}".rstrip()


def _readable(ends: list[float], unit: str) -> tuple[list[float], str]:
    """An amount of money below one of its unit in the next smaller one: 0.4 billion as 400 million."""
    for larger, smaller in (("billion ", "million "), ("million ", "")):
        if money_unit(unit)[0] and unit.startswith(larger) and max(map(abs, ends)) < 1:
            ends, unit = (
                [round(1000 * end * (1 if smaller else 1000), 6) for end in ends],
                unit.replace(larger, smaller),
            )
    return ends, unit


def as_printed(billions: str) -> str:
    """Billions of dollars as text, with the digits that were printed; less than one as millions, or in full.

    Examples
    --------
    >>> as_printed("48.20"), as_printed("0.007"), as_printed("0.00071")
    ('$48.20 billion', '$7 million', '$710,000')
    """
    for places, word in ((0, " billion"), (3, " million")):
        moved = Decimal(billions).scaleb(places)
        if moved >= 1:
            return f"${moved:,f}{word}"
    return f"${Decimal(billions).scaleb(9):,f}"


def unit_words(unit: str, value: float) -> str:
    """A unit as it is said of a value: of one thing in the singular, of a currency by its name.

    Examples
    --------
    >>> unit_words("bodies", 1), unit_words("bodies", 2), unit_words("billion CNY", 1)
    ('body', 'bodies', 'billion yuan')
    """
    currency, _ = money_unit(unit)
    if currency:
        return unit.replace(currency, CURRENCY_WORDS.get(currency, currency))
    first, *rest = unit.split(" ")
    if value == 1 and len(first) > 3 and first.endswith("s"):
        first = first[:-3] + "y" if first.endswith("ies") else first[:-1]
    return " ".join([first, *rest])


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number of things.

    Examples
    --------
    >>> counted(1, "page"), counted(1200, "page"), counted(2, "policy", "policies")
    ('1 page', '1,200 pages', '2 policies')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def listed(words: Iterable[str]) -> str:
    """Words in a row.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def each(values: pd.Series, say: Callable[[Any], str]) -> pd.Series:
    """A column in words; missing stays missing.

    Examples
    --------
    >>> each(pd.Series([1.5, None]), "{:.2f}".format).tolist()
    ['1.50', nan]
    """
    return values.map(say, na_action="ignore").astype("str")


def joined_by_group(texts: pd.Series, group: pd.Series, separator: str) -> pd.Series:
    """The texts of each group as one, groups and texts in order of appearance; missing where one of them is.

    Examples
    --------
    >>> joined_by_group(pd.Series(["a", "b", "c"]), pd.Series([7, 3, 7]), ";").tolist()
    ['a;c', 'b']
    """
    members: dict[Any, list[str]] = {}
    for text, name in zip(texts, group, strict=True):
        members.setdefault(name, []).append(text)
    return pd.Series(list(members.values()), dtype="object").str.join(separator).astype("str")
