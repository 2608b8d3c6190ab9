"""Small pictures: a chart has few colours, and a PNG that lists them takes a third of the bytes.

A notebook keeps its pictures as text; without this, five charts make it as large as a megabyte. Matplotlib itself
writes four bytes for every pixel.

The colours of areas stay exactly as they are. The shades between them, along the edges of letters and lines, become
the nearest of a few, which no eye tells apart at the size of a pixel.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pandas as pd

MOST = 256  # colours that a palette can hold
FEW = 16  # colours that half a byte can tell apart
EDGES = 6  # shades for the edges, at least
AREA = 12  # pixels, each the same as those right of it and below it: less is no area
COARSE = 8  # of 255: how far apart shades are where there are more than can be compared one by one


def with_palette(pixels: np.ndarray) -> bytes:
    """A picture as a PNG with a palette, on white.

    Takes rows of pixels, each of three or four bytes: red, green, blue, opacity.

    Examples
    --------
    >>> with_palette(np.full((60, 80, 4), 51, np.uint8))[:4]
    b'\\x89PNG'
    """
    rgb = pixels[..., :3].astype(np.int64)
    if pixels.shape[-1] == 4 and pixels[..., 3].min() < 255:
        opaque = pixels[..., 3:] / 255
        rgb = np.rint(rgb * opaque + 255 * (1 - opaque)).astype(np.int64)
    codes = (rgb[..., 0] << 16) | (rgb[..., 1] << 8) | rgb[..., 2]
    # Ten times as fast as np.unique, which sorts all pixels.
    flat, found = pd.factorize(codes.ravel(), sort=True)
    place, count = flat.reshape(codes.shape), np.bincount(flat)
    if len(found) > FEW:
        chosen = _palette(found, place, count)
        place = _nearest(found, chosen)[place]
        found = chosen
    return _written(place, _channels(found).astype(np.uint8))


def _palette(found: np.ndarray, place: np.ndarray, count: np.ndarray) -> np.ndarray:
    """The colours of areas, the largest first, and the most frequent ones of the edges."""
    flat = (place[:-1, :-1] == place[1:, :-1]) & (place[:-1, :-1] == place[:-1, 1:])
    area = np.bincount(place[:-1, :-1][flat], minlength=len(found))
    order = np.lexsort((found, -area))
    areas = order[area[order] >= AREA][: MOST - EDGES]
    room = max(EDGES, FEW - len(areas))
    edges = np.lexsort((found, -count))
    edges = edges[~np.isin(edges, areas)][:room]
    return found[np.sort(np.concatenate([areas, edges]))]


def _nearest(found: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """For each colour the place of the nearest chosen one."""
    if len(found) > MOST**2:  # a photograph: compared by steps
        step = np.minimum(np.rint(_channels(found) / COARSE) * COARSE, 255).astype(np.int64)
        coarse, place = np.unique((step[:, 0] << 16) | (step[:, 1] << 8) | step[:, 2], return_inverse=True)
        return _nearest(coarse, chosen)[place]
    given, taken = _channels(found), _channels(chosen)
    # Of (a - b) squared the part without b differs between no two of the chosen.
    return np.argmin((taken**2).sum(axis=1) - 2 * given @ taken.T, axis=1)


def _channels(codes: np.ndarray) -> np.ndarray:
    return np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1)


def _written(index: np.ndarray, palette: np.ndarray) -> bytes:
    """PNG (ISO/IEC 15948) of palette indices: four or eight bits, colour type 3, no filter on any line."""
    height, width = index.shape
    places: np.ndarray = index.astype(np.uint8)
    bits = 8
    if len(palette) <= FEW:
        bits = 4
        places = np.pad(places, ((0, 0), (0, width % 2)))
        places = (places[:, 0::2] << 4) | places[:, 1::2]
    lines = np.pad(places, ((0, 0), (1, 0)))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
