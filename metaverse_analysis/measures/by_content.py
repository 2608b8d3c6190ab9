"""What a measure gives that isn't a table alone: equal to another if all its parts are."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pandas as pd


class ByContent:
    """For a dataclass with tables among its parts: compared part by part, tables to the last cell; no key of a dict.

    Examples
    --------
    >>> import copy
    >>> import metaverse_analysis as ma
    >>> found = ma.profile(ma.load(), "Sichuan")
    >>> copy.deepcopy(found) == found
    True
    """

    __hash__ = None  # type: ignore[assignment]  # as a DataFrame: what is equal by its contents has no other identity

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        names = [field.name for field in fields(self)]  # type: ignore[arg-type]  # who uses this is a dataclass
        return all(_alike(getattr(self, name), getattr(other, name)) for name in names)


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, pd.DataFrame) and isinstance(other, pd.DataFrame):
        return one.equals(other)
    return type(one) is type(other) and bool(
        one == other or (one != one and other != other)
    )  # a missing number
