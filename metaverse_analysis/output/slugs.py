"""What names a heading or a file, from its words."""

from __future__ import annotations

import re


def slug(text: str) -> str:
    """Letters, digits, hyphens and underscores.

    Examples
    --------
    >>> slug("How big are <em>the</em> promises?"), slug("CN-SC-chengdu")
    ('how-big-are-the-promises', 'cn-sc-chengdu')
    """
    return re.sub(r"[^a-z0-9_]+", "-", re.sub(r"<[^>]*>", "", text).lower()).strip("-")
