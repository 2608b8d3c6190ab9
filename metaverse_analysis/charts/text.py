"""How figures and names are written on charts."""

from __future__ import annotations

import math
import re
import textwrap

import numpy as np

_HEDGES = {
    "exact": ("{}", "{}"),
    "over": ("over {}", "超过{}"),
    "at_least": ("at least {}", "不少于{}"),
    "up_to": ("up to {}", "至多{}"),
    "about": ("about {}", "约{}"),
    "range": ("{}", "{}"),
}
HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"


def number(value: float, decimals: int = 1) -> str:
    """A number with thousands separated and no empty decimals; below one, at least two significant digits.

    Examples
    --------
    >>> number(250.0), number(1050), number(98.57), number(-3), number(0.04)
    ('250', '1,050', '98.6', '−3', '0.04')
    """
    if not np.isfinite(value):
        raise ValueError(
            f"a label needs a finite number, not {value}: leave the unknown out, or say it in words."
        )
    if 0 < abs(value) < 1:
        decimals = max(decimals, 1 - math.floor(math.log10(abs(value))))
    written = f"{float(value):,.{decimals}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.replace("-", "−")


def hedged(
    value: float,
    value_max: float | None = None,
    qualifier: str = "exact",
    *,
    lang: str = "en",
    decimals: int = 1,
) -> str:
    """A figure with the hedge of its document: "over 100", "about 150", "30–50".

    Examples
    --------
    >>> hedged(100, qualifier="over"), hedged(30, 50, "range"), hedged(150, qualifier="about")
    ('over 100', '30–50', 'about 150')
    """
    if qualifier not in _HEDGES:
        raise ValueError(
            f"no words for the qualifier {qualifier!r}; there are words for {', '.join(_HEDGES)}."
        )
    figure = number(value, decimals)
    if value_max is not None and np.isfinite(value_max) and value_max != value:
        figure += f"–{number(value_max, decimals)}"
    return _HEDGES[qualifier][lang == "zh"].format(figure)


def money(cny_bn: float, usd_bn: float | None = None) -> str:
    """Yuan first, dollars beside them: "¥250 bn ($34.8 bn)".

    Examples
    --------
    >>> money(250, 34.77), money(1050)
    ('¥250 bn ($34.8 bn)', '¥1,050 bn')
    """
    dollars = "" if usd_bn is None or not np.isfinite(usd_bn) else f" (${number(usd_bn)} bn)"
    return f"¥{number(cny_bn)} bn{dollars}"


def wrap_label(label: str, width: int = 24) -> str:
    """A long name on several lines of at most `width` characters (half as many Chinese ones).

    Examples
    --------
    >>> wrap_label("Ningxia Hui Autonomous Region", 16)
    'Ningxia Hui\\nAutonomous\\nRegion'
    """
    if re.search(f"[{HAN}]", label):
        step = max(1, width // 2)
        return "\n".join(label[i : i + step] for i in range(0, len(label), step))
    return "\n".join(textwrap.wrap(label, width)) or label


def cut_label(label: str, width: int, lines: int = 2) -> str:
    """A long name on at most so many lines of `width` characters; what is left out shows as an ellipsis.

    Examples
    --------
    >>> cut_label("Ningxia Hui Autonomous Region", 12)
    'Ningxia Hui\\nAutonomous…'
    """
    parts = wrap_label(label, width).split("\n")
    if len(parts) > lines:
        parts = [*parts[: lines - 1], f"{parts[lines - 1][: width - 1]}…"]
    return "\n".join(parts)
