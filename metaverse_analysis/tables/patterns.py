"""Regular expressions over many texts at once, by an engine whose time grows with the text and not with the pattern."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def full_match(texts: pa.Array, pattern: str) -> np.ndarray:
    """Which texts match a pattern as a whole."""
    return pc.match_substring_regex(texts, f"^(?:{pattern})$").to_numpy(zero_copy_only=False)


def pattern_fault(pattern: str) -> str | None:
    """What is wrong with a pattern; None if nothing is.

    Arrow's engine (RE2) never runs wild, but it can't look ahead or behind, nor refer back to a group.
    """
    try:
        for whole in (pattern, f"^(?:{pattern})$"):
            pc.match_substring_regex(pa.array([""]), whole)
    except (pa.ArrowInvalid, UnicodeEncodeError) as error:
        return str(error)
    return None
