"""Pictures with a palette: the same pixels in fewer bytes."""

from io import BytesIO

import numpy as np
from matplotlib.image import imread, imsave
from PIL import Image

from metaverse_analysis.charts.png import with_palette


def png(pixels: np.ndarray) -> bytes:
    return with_palette(pixels.astype(np.uint8))


def large(pixels: np.ndarray) -> bytes:
    """As matplotlib writes it."""
    buffer = BytesIO()
    imsave(buffer, pixels.astype(np.uint8), format="png")
    return buffer.getvalue()


def pixels_of(data: bytes) -> np.ndarray:
    """As another program reads them."""
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"))


def test_few_colours_stay_as_they_are_to_the_eye_and_take_fewer_bytes():
    generator = np.random.default_rng(1)
    colours = generator.integers(0, 256, (150, 3))
    picture = colours[generator.integers(0, 150, (90, 70))]
    small = png(picture)
    assert np.abs(pixels_of(small).astype(int) - picture).max() <= 4
    assert len(small) < 0.5 * len(large(picture))


def test_black_and_white_stay_exact():
    picture = np.zeros((8, 9, 3))
    picture[:4] = 255
    assert (pixels_of(png(picture)) == picture).all()


def test_what_can_be_seen_through_is_on_white():
    picture = np.zeros((4, 5, 4), np.uint8)
    picture[0, 0] = (9, 21, 31, 255)
    shown = pixels_of(png(picture))
    assert shown[0, 0].tolist() == [8, 24, 32] and (shown[1:] == 255).all()


def test_more_colours_than_a_palette_holds_are_rounded_further():
    picture = np.random.default_rng(3).integers(0, 256, (200, 200, 3))
    shown = pixels_of(png(picture)).astype(int)
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) <= 256
    assert np.abs(shown - picture).max() <= 32


def test_the_same_picture_gives_the_same_bytes():
    picture = np.random.default_rng(2).integers(0, 256, (30, 30, 3))
    assert png(picture) == png(picture)
    assert imread(BytesIO(png(picture))).shape[:2] == (30, 30)
