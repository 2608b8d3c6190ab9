"""What a chart's words call the industry: the schema's `subject`, which a measure passes on in the column `about`."""

from __future__ import annotations

import pandas as pd


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
