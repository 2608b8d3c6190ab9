"""Pictures that are drawn anew, held against the stored ones."""

import base64
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
PICTURE_MAKERS = ("matplotlib", "pandas")  # with other versions of these every picture may differ
ROUNDING = 2  # of 255 per colour: processors round differently, and no eye sees it


def other_versions() -> list[str]:
    """Where the installed versions are not those that drew the stored pictures."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    stored = dict(line.split("==") for line in lines)
    return [
        f"{name} {version(name)} (stored: {stored[name]})"
        for name in PICTURE_MAKERS
        if version(name) != stored[name]
    ]


def difference(stored: str, drawn: str) -> str:
    """How two PNG pictures differ to the eye, in words; empty when they don't."""
    from PIL import Image

    if stored.strip() == drawn.strip():
        return ""
    one, other = (
        np.asarray(Image.open(BytesIO(base64.b64decode(text))).convert("RGBA"), dtype=np.int16)
        for text in (stored, drawn)
    )
    if one.shape != other.shape:
        return f"its size: {one.shape[1]} x {one.shape[0]} pixels are stored, {other.shape[1]} x {other.shape[0]} drawn"
    changed = int((np.abs(one - other) > ROUNDING).any(axis=2).sum())
    return f"{changed} of {one.shape[0] * one.shape[1]} pixels" if changed else ""
