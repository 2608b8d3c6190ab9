"""The fonts of the charts: Source Sans Pro, which the package carries, and for Chinese a font that is there.

Source Sans Pro is under the SIL Open Font License (fonts/OFL.txt); its files are kept whole, as its name is reserved.
A font is registered once per process, when the first chart is drawn.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

HOUSE_FONT = "Source Sans Pro"
_FALLBACK = "DejaVu Sans"  # ships with matplotlib; has the stars and arrows that Source Sans Pro lacks
_FOLDER = Path(__file__).parent / "fonts"
_HAN = "元宇宙产业规模亿"

# Packages that carry an openly licensed Chinese font, then families as systems name them.
_FONT_PACKAGES = ("pylopdf_fonts_zh_cn",)
_FONT_FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
)
_HOW_TO_GET_ONE = (
    "Write it in English, or install a font with Chinese characters "
    '(`pip install "metaverse-analysis[zh]"`, or on Debian and Ubuntu `apt-get install fonts-noto-cjk`) '
    "and start Python anew."
)


def _register(path: Path, *, also_bold: bool = False) -> str:
    """Make a font file known to matplotlib, before any font of the same name; return its family.

    `also_bold` lets a font of one weight stand for bold, too, instead of a warning for each bold text.
    """
    fonts = font_manager.fontManager
    fonts.addfont(path)
    entry = fonts.ttflist.pop()
    bold = [replace(entry, weight=700)] if also_bold else []
    fonts.ttflist[:0] = [entry, *bold]
    return entry.name


@cache
def register_house_font() -> str:
    """Register the packaged font once per process and return its family."""
    for path in sorted(_FOLDER.glob("*.ttf")):
        _register(path)
    return HOUSE_FONT


@cache
def cjk_font() -> str | None:
    """The family of a font that has Chinese characters, or None: the extra's package first, then the system's."""
    for package in _FONT_PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec and spec.origin:
            for path in sorted(Path(spec.origin).parent.rglob("*Sans*.[ot]tf")):
                return _register(path, also_bold=True)
    known = {entry.name: entry.fname for entry in reversed(font_manager.fontManager.ttflist)}
    for family in _FONT_FAMILIES:
        if family in known and all(ord(character) in _charmap(known[family]) for character in _HAN):
            return family
    return None


def families() -> list[str]:
    """The families of the house, in the order in which matplotlib looks for a character."""
    return [register_house_font(), _FALLBACK]


def legible(texts: Iterable[Text]) -> None:
    """Let each text be drawn as it is written: nothing as a formula, everything in a font that has it.

    A dollar sign is a dollar sign: names and titles come from the tables. Chinese characters are drawn in the open
    font of the `zh` extra, or in one of the system's.

    Raises
    ------
    ValueError
        If no font has a character, which would be drawn as an empty box: names the text, and says what to do.
    """
    for text in texts:
        text.set_parse_math(False)
        words = text.get_text()
        if not _missing(words, families()):
            continue
        chinese = cjk_font()
        wider = [register_house_font(), *([chinese] if chinese else []), _FALLBACK]
        if missing := _missing(words, wider):
            raise ValueError(
                f'no font here has {" ".join(missing)} (in "{words}"): they would be drawn as empty boxes. '
                + ("Write it in other words." if chinese else _HOW_TO_GET_ONE)
            )
        text.set_fontfamily(wider)


def _missing(words: str, among: list[str]) -> list[str]:
    """The characters that none of these families has."""
    fonts = [_charmap(font_manager.findfont(font_manager.FontProperties(family=name))) for name in among]
    return sorted(
        {
            letter
            for letter in words
            if not letter.isspace() and not any(ord(letter) in font for font in fonts)
        }
    )


@cache
def _charmap(path: str) -> frozenset[int]:
    return frozenset(FT2Font(path).get_charmap())
