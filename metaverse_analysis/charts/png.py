"""Small pictures: a chart has few colours, and a PNG that lists them takes a third of the bytes.

A notebook keeps its pictures as text; without this, five charts make it as large as a megabyte. Matplotlib itself
writes four bytes for every pixel.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
from matplotlib.image import imread

MOST = 256  # colours that a palette can hold
STEPS = (
    8,
    16,
    32,
    64,
)  # of 255: how far apart the shades of a channel are; the first is beyond what an eye sees


def with_palette(png: bytes) -> bytes:
    """The same picture as a PNG with a palette, on white, its shades rounded to multiples of 8 (or more).

    Examples
    --------
    >>> from matplotlib.image import imsave
    >>> imsave(drawn := BytesIO(), np.full((60, 80, 4), 0.2), format="png")
    >>> small = with_palette(drawn.getvalue())
    >>> imread(BytesIO(small)).shape[:2]
    (60, 80)
    """
    pixels = imread(BytesIO(png))
    opaque = pixels[..., 3:] if pixels.shape[-1] == 4 else 1.0
    rgb = 255 * (pixels[..., :3] * opaque + 1 - opaque)
    for step in STEPS:
        shades = np.minimum(np.rint(rgb / step) * step, 255).astype(np.uint32)
        codes = shades[..., 0] << 16 | shades[..., 1] << 8 | shades[..., 2]
        found, index = np.unique(codes, return_inverse=True)
        if len(found) <= MOST:
            break
    palette = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.uint8)
    return _written(index.reshape(codes.shape), palette)


def _written(index: np.ndarray, palette: np.ndarray) -> bytes:
    """PNG (ISO/IEC 15948) of palette indices: eight bits, colour type 3, no filter on any line."""
    height, width = index.shape
    lines = np.zeros((height, width + 1), np.uint8)
    lines[:, 1:] = index
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
