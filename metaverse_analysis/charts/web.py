"""A chart for a page of the web: a drawing whose words stay words, to be selected and read out, and a small picture."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from .fonts import families
from .footers import alt_text, frame_of
from .hover import told
from .labels import figure_of
from .png import with_palette
from .showing import laid_out, pixels
from .style import house

SVG, XLINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
HALO = "halo-"  # begins the id of a text with an outline behind it
LONG = re.compile(r"-?\d+\.\d{3,}")
UNTURNED = re.compile(r"rotate\(-?0(?:\.0)? [^)]*\)$")  # which texts bring
USED = re.compile(r"url\(#([^)]+)\)")


def for_page(owner: Axes | Figure, name: str) -> tuple[str, bytes]:
    """A chart as a drawing for a page (SVG), and as a picture (PNG) of few colours, a third as large as others.

    Parameters
    ----------
    owner : what a chart function gave.
    name : begins every id in the drawing, so that several can stand on one page.

    Returns
    -------
    The `svg` element, with title and description, its words as text in the house's font, and the words of its marks
    as their titles (see `hover`); the bytes of the picture.
    The same chart gives the same of both, on one version of matplotlib.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> text, png = for_page(ma.charts.revisions(ma.revisions(ma.load())), "revisions")
    >>> "<text" in text and 'role="img"' in text, png[1:4]
    (True, b'PNG')
    """
    figure, buffer = figure_of(owner), io.BytesIO()
    with house(), laid_out(figure):  # once for both
        png = picture(owner)
        with mpl.rc_context({"svg.fonttype": "none"}), _outlines(figure) as outlined, told(figure) as said:
            figure.savefig(buffer, format="svg", dpi="figure", metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(buffer.getvalue())
    _say(root, said)
    return _written(root, name, outlined, title_of(owner), alt_text(owner)), png


def picture(owner: Axes | Figure) -> bytes:
    """A chart as a PNG of few colours."""
    return with_palette(pixels(figure_of(owner)))


def title_of(owner: Axes | Figure) -> str:
    """The title above a chart, on one line."""
    frame = frame_of(owner)
    return " ".join(frame.title.split()) if frame else ""


@contextmanager
def _outlines(figure: Figure) -> Iterator[dict[str, tuple[float, str]]]:
    """Take the outlines off texts, which would be drawn as shapes with them; gives their widths and colours by id."""
    texts = [text for text in figure.findobj(Text) if text.get_path_effects()]
    before = [(text, text.get_path_effects(), text.get_gid()) for text in texts]
    outlined: dict[str, tuple[float, str]] = {}
    for number, (text, effects, _) in enumerate(before):
        strokes = [getattr(effect, "_gc", {}) for effect in effects if isinstance(effect, withStroke)]
        own = f"{HALO}{number}"
        if strokes:
            outlined[own] = (
                float(strokes[0].get("linewidth", 0)),
                str(strokes[0].get("foreground", "white")),
            )
        text.set_path_effects([])
        text.set_gid(own)
    try:
        yield outlined
    finally:
        for text, effects, gid in before:
            text.set_path_effects(effects)
            text.set_gid(gid)


def _written(
    root: ElementTree.Element, name: str, outlined: dict[str, tuple[float, str]], title: str, words: str
) -> str:
    """The drawing as text: without what a page doesn't need, with ids of its own, named for those who can't see it."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata",) or (child.tag == f"{{{SVG}}}style"):
                parent.remove(child)
    _outline(root, outlined)
    ids = {old: f"{name}-{number}" for number, old in enumerate(_used(root), start=1)}
    for element in root.iter():
        _slim(element, ids)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.attrib |= {
        "class": "drawing", "role": "img", "aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-words",
        "font-family": f"{_font()}, sans-serif", "style": "stroke-linejoin: round; stroke-linecap: butt",
    }  # fmt: skip
    for place, (tag, suffix, said) in enumerate((("title", "title", title), ("desc", "words", words))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{suffix}"})
        element.text = said
        root.insert(place, element)
    _unwrap(root)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _say(root: ElementTree.Element, said: dict[str, tuple[str, ...]]) -> None:
    """Give each mark its words as a title, which browsers show where the pointer rests."""
    for link in root.iter(f"{{{SVG}}}a"):
        words = said.get(link.get(XLINK, ""), ())
        link.attrib.clear()
        link.tag = f"{{{SVG}}}g"
        points = [link] if len(words) < 2 else [_wrapped(link, n) for n in range(len(link))]
        for point, text in zip(points, words, strict=True):
            title = ElementTree.Element(f"{{{SVG}}}title")
            title.text = text
            point.insert(0, title)


def _wrapped(parent: ElementTree.Element, place: int) -> ElementTree.Element:
    """A group of its own around one child."""
    group = ElementTree.Element(f"{{{SVG}}}g")
    group.append(parent[place])
    parent[place] = group
    return group


def _outline(root: ElementTree.Element, outlined: dict[str, tuple[float, str]]) -> None:
    """Put the outlines back: behind the letters, which stay text."""
    for group in root.iter(f"{{{SVG}}}g"):
        if (look := outlined.get(group.get("id", ""))) is not None:
            width, colour = look
            for text in group.iter(f"{{{SVG}}}text"):
                behind = f"paint-order: stroke; stroke: {colour}; stroke-width: {width:g}; stroke-linejoin: round; "
                text.set("style", behind + text.get("style", ""))


def _used(root: ElementTree.Element) -> list[str]:
    """The ids that anything in the drawing refers to, in the order of their use.

    Matplotlib makes them from places to the last digit of a float, which says nothing.
    """
    found: dict[str, None] = {}
    for element in root.iter():
        for key, value in element.attrib.items():
            found |= dict.fromkeys([value.removeprefix("#")] if key == XLINK else USED.findall(value))
    return list(found)


def _slim(element: ElementTree.Element, ids: dict[str, str]) -> None:
    """Two decimals, ids only where they are used, the font named once."""
    if element.get("id") not in ids:
        element.attrib.pop("id", None)
    for key, value in list(element.attrib.items()):
        if key == "id":
            element.set(key, ids[value])
        elif key == "transform" and UNTURNED.match(value):
            del element.attrib[key]
        elif key == XLINK:
            del element.attrib[key]
            element.set("href", f"#{ids[value.removeprefix('#')]}")
        else:
            said = USED.sub(lambda found: f"url(#{ids[found[1]]})", value)
            said = said.replace(f"font-family: {_font()}; ", "")
            element.set(key, LONG.sub(_rounded, said))
    if element.get("d"):
        element.set("d", " ".join(element.get("d", "").split()))
    if not (element.text or "").strip():
        element.text = None
    element.tail = None


@cache
def _font() -> str:
    """The families of the house as a style names them."""
    return ", ".join(f"'{name}'" for name in families())


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _unwrap(parent: ElementTree.Element) -> None:
    """Take away the groups that say nothing."""
    children: list[ElementTree.Element] = []
    for child in list(parent):
        _unwrap(child)
        plain = child.tag == f"{{{SVG}}}g" and not child.attrib and child.find(f"{{{SVG}}}title") is None
        children += list(child) if plain else [child]
        parent.remove(child)
    parent.extend(child for child in children if child.tag != f"{{{SVG}}}defs" or len(child))
