"""What names a heading or a file, from its words."""

from __future__ import annotations

import re
from hashlib import sha256

LONGEST = 80  # letters of a slug in a file's name, which may have 255 bytes


def slug(text: str) -> str:
    """Letters, digits, hyphens and underscores.

    Examples
    --------
    >>> slug("How big are <em>the</em> promises?"), slug("CN-SC-chengdu")
    ('how-big-are-the-promises', 'cn-sc-chengdu')
    """
    return re.sub(r"[^a-z0-9_]+", "-", re.sub(r"<[^>]*>", "", text).lower()).strip("-")


def own_slug(text: str) -> str:
    """A slug for a key or a code of any script and length; two have the same only if they differ in capitals alone.

    Examples
    --------
    >>> own_slug("CN-SC-chengdu"), own_slug("四川"), own_slug("a b")
    ('cn-sc-chengdu', '981aae92d74e', 'a-b-c8687a08aa5d')
    """
    name = slug(text)[:LONGEST]
    return name if name == text.lower() else f"{name}-{sign(text)}".lstrip("-")


def sign(text: str) -> str:
    """Twelve letters and digits that stand for a text."""
    return sha256(text.encode()).hexdigest()[:12]
