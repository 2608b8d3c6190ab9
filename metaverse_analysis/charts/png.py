"""Small pictures: a chart has few colours, and a PNG that lists them takes a third of the bytes.

A notebook keeps its pictures as text; without this, five charts make it as large as a megabyte. Matplotlib itself
writes four bytes for every pixel.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np

MOST = 256  # colours that a palette can hold
STEPS = (
    8,
    16,
    32,
    64,
)  # of 255: how far apart the shades of a channel are; the first is beyond what an eye sees


def with_palette(pixels: np.ndarray) -> bytes:
    """A picture as a PNG with a palette, on white, its shades rounded to multiples of 8 (or more).

    Takes rows of pixels, each of three or four bytes: red, green, blue, opacity.

    Examples
    --------
    >>> with_palette(np.full((60, 80, 4), 51, np.uint8))[:4]
    b'\\x89PNG'
    """
    rgb = pixels[..., :3]
    if pixels.shape[-1] == 4 and pixels[..., 3].min() < 255:
        opaque = pixels[..., 3:] / 255
        rgb = np.rint(rgb * opaque + 255 * (1 - opaque)).astype(np.uint8)
    for step in STEPS:
        count = 255 // step + 2
        rounded = np.rint(np.arange(256) / step).astype(np.uint16)
        red, green, blue = (rounded[rgb[..., channel]] for channel in range(3))
        codes = (red * count + green) * count + blue  # at most 33 ** 3
        used = np.bincount(codes.ravel(), minlength=1) > 0
        if used.sum() <= MOST:
            break
    found = np.flatnonzero(used)
    shades = np.stack([found // count**2, found // count % count, found % count], axis=1)
    place = (np.cumsum(used) - 1).astype(np.uint8)
    return _written(place[codes], np.minimum(shades * step, 255).astype(np.uint8))


def _written(index: np.ndarray, palette: np.ndarray) -> bytes:
    """PNG (ISO/IEC 15948) of palette indices: eight bits, colour type 3, no filter on any line."""
    height, width = index.shape
    lines = np.zeros((height, width + 1), np.uint8)
    lines[:, 1:] = index
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes())),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
