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
    'Install one with `pip install "metaverse-analysis[zh]"`, or on Debian and Ubuntu with '
    "`apt-get install fonts-noto-cjk`, and start Python anew."
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


def families(lang: str = "en") -> list[str]:
    """The families for a language, in the order in which matplotlib looks for a character.

    Raises
    ------
    ValueError
        For another language than "en" or "zh", and for "zh" where no font has Chinese characters.
    """
    if lang not in ("en", "zh"):
        raise ValueError(f'charts have labels in "en" (English) and "zh" (Chinese), not in {lang!r}.')
    house = register_house_font()
    if lang == "en":
        return [house, _FALLBACK]
    chinese = cjk_font()
    if chinese is None:
        raise ValueError(
            f'lang="zh" needs a font with Chinese characters and none was found. {_HOW_TO_GET_ONE}'
        )
    return [house, chinese, _FALLBACK]


@cache
def _charmap(path: str) -> frozenset[int]:
    return frozenset(FT2Font(path).get_charmap())


def require_glyphs(texts: Iterable[str], lang: str = "en") -> None:
    """Check that the fonts of a language have every character of the texts, so that none is drawn as a box.

    Raises
    ------
    ValueError
        Names the text and the missing characters, and says what to do.

    Examples
    --------
    >>> require_glyphs(["¥250 bn – Sichuan"])
    """
    paths = [font_manager.findfont(font_manager.FontProperties(family=family)) for family in families(lang)]
    for text in texts:
        missing = sorted(
            {c for c in text if not c.isspace() and not any(ord(c) in _charmap(path) for path in paths)}
        )
        if missing:
            advice = (
                'Write it in English, or draw the chart with lang="zh".' if lang == "en" else _HOW_TO_GET_ONE
            )
            raise ValueError(
                f'no font for lang="{lang}" has {" ".join(missing)} (in "{text}"): they would be drawn as empty '
                f"boxes. {advice}"
            )
