"""Text of the tables and the schema in Markdown: it says what it says, and is never a mark, a link or a picture."""

from __future__ import annotations

import re

SIGNS = re.compile(r"[\\`*\[\]~$|!]|(?<![^\W_])_|_(?![^\W_])")  # an underscore within a word is none
NAMED = re.compile(r"(`\w+`)")  # a name as code can't be anything else
FIRST = re.compile(r"#{1,6}|[-+=>]|\d+(?=[.)])")  # what would make a heading, a list or a quotation of a line


def plain(text: str, *, names: bool = False) -> str:
    """Text on one line, with everything that Markdown or HTML might take for its own escaped.

    With `names`, a name in backticks stays code.

    Examples
    --------
    >>> print(plain("- a *b* | <img src=x> snake_case ![c](d)"))
    \\- a \\*b\\* \\| &lt;img src=x> snake_case \\!\\[c\\](d)
    """
    line = " ".join(text.split())
    first = FIRST.match(line)
    parts = NAMED.split(line) if names else [line]
    parts[::2] = [SIGNS.sub(r"\\\g<0>", part) for part in parts[::2]]
    escaped = re.sub(r"&(?=#?\w+;)", "&amp;", "".join(parts)).replace("<", "&lt;")
    if first and first[0].isdigit():
        return first[0] + "\\" + escaped[first.end() :]
    return "\\" + escaped if first else escaped


def code(text: str, *, in_table: bool = False) -> str:
    """Text as code, however many backticks it holds.

    Examples
    --------
    >>> print(code("place_id"), code("a`b|c", in_table=True))
    `place_id` `` a`b\\|c ``
    """
    line = " ".join(text.split()) or " "
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    space = " " if "`" in line else ""
    return f"{fence}{space}{line.replace('|', chr(92) + '|') if in_table else line}{space}{fence}"
