"""How figures and names are written on charts."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..measures.wording import CURRENCY_WORDS, HEDGES

LEVELS = {
    "country": "countries",
    "province": "provinces",
    "city": "cities",
    "district": "districts",
    "zone": "zones",
}
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


def wrap_label(label: str, width: int = 24) -> str:
    """A long name on several lines of at most `width` characters (half as many Chinese ones).

    Examples
    --------
    >>> wrap_label("Ningxia Hui Autonomous Region", 16)
    'Ningxia Hui\\nAutonomous\\nRegion'
    """
    if re.search(f"[{HAN}]", label):
        step = max(1, width // 2)
        return "\n".join(label[i : i + step] for i in range(0, len(label), step))
    return "\n".join(textwrap.wrap(label, width)) or label


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


def listed(words: Sequence[str]) -> str:
    """Words in a row: "a, b and c"."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


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


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number of things: "1 page", "12 pages"."""
    return f"{n} {one if n == 1 else many or one + 's'}"


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
