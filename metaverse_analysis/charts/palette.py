"""Colours by meaning: one place that says what each colour of the charts stands for.

Every mark stands out from white by a contrast of at least 3 to 1 and every text by 4.5 to 1 (WCAG 2.1, criteria
1.4.11 and 1.4.3). Within a group, colours differ in grey print and for the three kinds of colour-blindness;
tests/charts/test_palette.py computes both. Groups share hues on purpose: a chart uses one group.
"""

from __future__ import annotations

from typing import Any

from .style import pt

TEXT = "#1a1a1a"
QUIET_TEXT = "#595959"
GRID = "#e3e3e3"

ARTICLE_PLACES = ("CN-SC", "CN-SD")  # drawn in the emphasis colour: found at once in every chart
ARTICLE_WORDS = "in Metaverse Post's article"

_NAVY, _BLUE, _SKY = "#12304f", "#2a679f", "#5c95c9"
_RED, _AMBER, _GREY = "#801306", "#b06f00", "#8a949e"
_SLATE = "#7f92a6"

GROUPS: dict[str, dict[str, str]] = {
    "reading": {"emphasis": _RED, "plain": _GREY},
    # What is pushed back beside the emphasis: each stands out from the other, and from white, by 3 to 1.
    "emphasis": {"emphasis": _RED, "quiet": _SLATE},
    # Blue for the metaverse industry, darker where it is defined more narrowly, grey where the document doesn't say;
    # ochre for what is only a part of it, or more than it.
    "scope": {
        "metaverse_core": "#0f2a47",
        "metaverse_related": "#2a5f96",
        "metaverse_driven": "#6699c4",
        "metaverse_industry": "#6d7780",
    },
    "part or wider": {
        "vr_xr": "#4a2c00",
        "digital_human": "#744600",
        "metaverse_subsector": "#9a6206",
        "wider": "#b98632",
    },
    "status": {"final": _NAVY, "draft": _BLUE, "announced": _GREY},
    "verdict": {"consistent": _NAVY, "inconsistent": _RED, "stale": _AMBER, "undated": _GREY},
    "stance": {"promote": _SKY, "regulate": "#7a5200", "restrict": "#571008"},
    "level": {"country": "#0b1f36", "province": "#1f4f80", "city": "#3873a9", "district": "#6897c2"},
    "nesting": {"parent": _NAVY, "child": _SKY},
    # The darker the better founded; what is weaker than these is a tint, or empty.
    "evidence": {"official": _NAVY, "several_established": _BLUE, "one_established": _SKY},
}

# Codes of the tables that no chart tells apart by colour.
_SAME_AS = {
    "issued": "final",
    "zone": "district",
    "digital_human_core": "digital_human",
    "digital_human_driven": "digital_human",
    "total_addressable_market": "wider",
    "gdp_contribution": "wider",
}

_COLOURS = {meaning: colour for group in GROUPS.values() for meaning, colour in group.items()}
_COLOURS |= {code: _COLOURS[meaning] for code, meaning in _SAME_AS.items()}


def colour(meaning: str) -> str:
    """The colour that stands for a meaning, such as "emphasis", "metaverse_core" or "stale".

    Raises
    ------
    ValueError
        For a meaning that the palette doesn't have; the message lists those it has.

    Examples
    --------
    >>> colour("emphasis") != colour("plain")
    True
    """
    try:
        return _COLOURS[meaning]
    except (KeyError, TypeError):
        groups = "; ".join(f"{name}: {', '.join(colours)}" for name, colours in GROUPS.items())
        raise ValueError(f"no colour stands for {meaning!r}. The palette has {groups}.") from None


def plain_colour(code: str) -> str:
    """The colour of a code, or the plain one for a code of another industry that the palette doesn't know."""
    return _COLOURS.get(code, _COLOURS["plain"])


def tint(hue: str, share: float = 0.22) -> str:
    """A colour mixed with white: `share` of it, the rest white. For areas that an outline surrounds.

    Examples
    --------
    >>> tint("#000000", 0.25)
    '#bfbfbf'
    """
    channels = (int(hue[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - channel) * share):02x}" for channel in channels)


def drawn_as(status: str) -> str:
    """How a document of this status is drawn: "draft" or "announced", else "final", as issued ones are."""
    return status if status in ("draft", "announced") else "final"


def bar_style(hue: str, status: str = "final") -> dict[str, Any]:
    """Keyword arguments that draw a bar or a tile of this colour with the weight that its status deserves.

    Final: solid. Draft: light with an outline and hatching. Announced (no document seen): light with an outline.

    Examples
    --------
    >>> bar_style("#000000", "draft")["hatch"]
    '////'
    """
    outline = {"edgecolor": hue, "linewidth": pt(1)}
    styles = {
        "final": {"facecolor": hue, **outline},
        "draft": {"facecolor": tint(hue), "hatch": "////", **outline},
        "announced": {"facecolor": tint(hue, 0.15), **outline},
    }
    kind = _SAME_AS.get(status, status)
    if kind not in styles:
        raise ValueError(f"no bar style for the status {status!r}; there is {', '.join(styles)}.")
    return styles[kind]
