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


def blocks(colours: np.ndarray, side: int = 12) -> np.ndarray:
    """Squares of these colours beside each other, with noise between them."""
    picture = np.repeat(np.repeat(colours[None], side, axis=0), side, axis=1)
    noise = np.random.default_rng(4).integers(0, 256, (9, picture.shape[1], 3))
    return np.concatenate([picture, noise])


def test_the_colours_of_areas_stay_exact_and_take_fewer_bytes():
    colours = np.random.default_rng(1).integers(0, 256, (150, 3))
    picture = blocks(colours)
    small = png(picture)
    assert (pixels_of(small)[:12] == picture[:12]).all()
    assert len(small) < 0.5 * len(large(picture))


def test_sixteen_colours_take_half_a_byte_whatever_the_width():
    for width in (70, 71):
        picture = np.random.default_rng(5).integers(0, 2, (40, width, 3)) * 255
        data = png(picture)
        assert data[24] == 4 and (pixels_of(data) == picture).all()


def test_the_shades_of_edges_become_the_nearest_of_a_few():
    areas = np.full((60, 300, 3), 255)
    areas[10:50, 20:280] = (140, 21, 8)
    edge = np.linspace(255, 20, 300).astype(int)
    areas[55] = edge[:, None]
    shown = pixels_of(png(areas)).astype(int)
    assert (shown[:55] == areas[:55]).all()
    areas[58] = np.random.default_rng(6).integers(0, 256, (300, 3))
    assert (pixels_of(png(areas))[:55] == areas[:55]).all()


def test_black_and_white_stay_exact():
    picture = np.zeros((8, 9, 3))
    picture[:4] = 255
    assert (pixels_of(png(picture)) == picture).all()


def test_what_can_be_seen_through_is_on_white():
    picture = np.zeros((4, 5, 4), np.uint8)
    picture[0, 0] = (9, 21, 31, 255)
    shown = pixels_of(png(picture))
    assert shown[0, 0].tolist() == [9, 21, 31] and (shown[1:] == 255).all()


def test_a_photograph_has_a_palette_too():
    generator = np.random.default_rng(3)
    for side in (200, 400):  # the larger one has more colours than are compared one by one
        picture = generator.integers(0, 256, (side, side, 3))
        shown = pixels_of(png(picture)).astype(int)
        assert shown.shape == picture.shape and len(np.unique(shown.reshape(-1, 3), axis=0)) <= 256


def test_the_same_picture_gives_the_same_bytes():
    picture = np.random.default_rng(2).integers(0, 256, (30, 30, 3))
    assert png(picture) == png(picture)
    assert imread(BytesIO(png(picture))).shape[:2] == (30, 30)
