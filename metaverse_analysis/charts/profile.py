"""A place in one figure: its market sizes, a line of time with documents and dollars, instruments, evidence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..measures.evidence import OF_PLACES, RESTS_ON
from ..measures.profile import Profile
from ..measures.profile_words import main_target, papers
from ..measures.wording import day_in_words
from .canvas import panels_for
from .contract import draws
from .footers import TITLE, frame
from .labels import halo
from .lists import measured
from .marks import table_rows
from .palette import QUIET_TEXT, TEXT, bar_style, colour, drawn_as, plain_colour, tint
from .profile_line import time_line
from .strips import Strip, name_row
from .style import SIZES, frame_height, is_narrow, look_of, pt
from .wording import counted, cut_label, dollar_basis, first_upper, money, part_of, with_dollars

_NAME = 31  # characters of a row's name on a line
_MOST = 6  # market sizes and groups of instruments
_LINE = 1.3  # of the font size: a line of text with what is around it
_ROOM = {"phone": 38}  # characters of a line of instruments
_STANCES = {"regulate": "regulated", "restrict": "restricted"}
_RESTS = {
    "official": "an official page", "several_established": "several established outlets",
    "one_established": "one established outlet", "weaker": "weaker pages", "aggregators": "aggregators alone",
    "none": "no page",
}  # fmt: skip
_CAME = {
    "reported": "what came of it is reported",
    "related_figure": "no figure of what came of it was found",
    "not_found": "no figure of what came of it was found",
    "not_followed_up": "what came of it was not looked for",
}


@draws("profile", Profile)
def profile(profile: Profile, *, size: str = "notebook") -> Figure:
    """What is known of a place, in strips above each other.

    Bars are its market sizes that stand, each of its own scope and year. On the line of time below stand its documents
    (squares), the dollar figures that the press printed for it (dots), and its targets whose year has passed
    (triangles). Then the instruments that its documents use, and what its rows rest on. A strip of which nothing is
    known is left out.

    Parameters
    ----------
    profile : what `profile` gave.
    size : one of `style.SIZES`.

    Returns
    -------
    The figure.

    Raises
    ------
    ValueError
        If it is given anything else.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> figure = ma.charts.profile(ma.profile(ma.load(), "Sichuan"))
    >>> "Sichuan" in ma.charts.alt_text(figure)
    True
    """
    found = profile
    known = _fitting(found, size) or [_nothing()]
    lines = [high for high, _ in known]
    with panels_for(len(known), 1, size, height=_height(lines, size), grid=None, height_ratios=lines) as (
        figure,
        axes,
    ):
        for (high, draw), ax in zip(known, axes[:, 0], strict=True):
            ax.spines[:].set_visible(False)
            ax.set(xticks=[], yticks=[], ylim=(high, 0))
            draw(ax)
        frame(
            figure,
            title=_title(found),
            subtitle=_subtitle(found),
            notes=_notes(found),
            drawn=found.sources.rename(columns={"source_id": "source_ids"}),
            alt=[f"Strips of what is known of {found.place}", TITLE, found.answer],
        )
    return figure


def _fitting(found: Profile, size: str) -> list[Strip]:
    """The strips, as many as the size holds: of a slide the sizes and the line of time, what else there is room for."""
    strips = [_sizes(found, size), time_line(found, size), _instruments(found, size), _evidence(found, size)]
    look = look_of(size)
    room = (look["tallest"] * 72 - frame_height(size)) / (_LINE * look["font"])
    for least in (2, 3):  # the instruments first, then the evidence
        if sum(strip[0] for strip in strips if strip is not None) > room:
            strips[least] = None
    return [strip for strip in strips if strip is not None]


def _height(lines: list[float], size: str) -> float:
    """Inches for strips of so many lines of text, between the least and the most of the size."""
    look = look_of(size)
    if look["height"] == look["tallest"]:
        return look["height"]
    inches = (sum(lines) * _LINE * look["font"] + frame_height(size)) / 72
    return float(np.clip(inches, 0.6 * look["height"], look["tallest"]))


def _sizes(found: Profile, size: str) -> Strip | None:
    """Bars of the market sizes that stand, the largest first within each scope."""
    rows = found.targets[found.targets["stands"].fillna(False) & found.targets["amount_cny_bn"].notna()]
    if rows.empty:
        return None
    rows = rows.head(2 if size == "slide" else _MOST)
    high = 2.3 + (0.9 if is_narrow(size) else 0)

    def draw(ax: Axes) -> None:
        for place, row in enumerate(table_rows(rows)):
            y = place * high + high / 2 + (0.45 if is_narrow(size) else 0)
            top = row.amount_cny_bn if pd.isna(row.amount_max_cny_bn) else row.amount_max_cny_bn
            style = bar_style(plain_colour(str(row.scope)), drawn_as(str(row.status)))
            ax.barh([y], [row.amount_cny_bn], height=0.95, **style)
            if top > row.amount_cny_bn:
                pale = tint(plain_colour(str(row.scope)), 0.3)
                ax.barh([y], [top - row.amount_cny_bn], left=[row.amount_cny_bn], height=0.5, color=pale)
            name_row(ax, y, *_of_what(row), size)
            ax.annotate(_amount(row), (top, y), xytext=(pt(5), 0), textcoords="offset points", va="center",
                        weight="bold")  # fmt: skip
        ax.set(xlim=(0, _scale(rows, size)))

    return len(rows) * high, draw


def _scale(rows: pd.DataFrame, size: str) -> float:
    """How much the width of the bars stands for, so that the words beside each end inside it."""
    look = SIZES[size]
    room = look["width"] * 72 * (0.92 if is_narrow(size) else 0.68)
    ends = rows[["amount_cny_bn", "amount_max_cny_bn"]].max(axis=1)
    words = [measured(_amount(row), look["font"], bold=True) + look["font"] for row in table_rows(rows)]
    beside = [end * room / max(room - wide, room / 50) for end, wide in zip(ends, words, strict=True)]
    return max(float(ends.max()) * (2.6 if is_narrow(size) else 1.9), *beside)


def _of_what(row: Any) -> tuple[str, str]:
    draft = "draft, " if row.status == "draft" else ""
    year = f"by {row.target_year}" if pd.notna(row.target_year) else "no year"
    return cut_label(str(row.scope_label), _NAME, 1), f"{draft}{year}"


def _amount(row: Any) -> str:
    words = with_dollars(
        row.amount_cny_bn, row.amount_usd_bn, upper=row.amount_max_cny_bn, qualifier=str(row.qualifier)
    )
    share = row.share_of_gdp_pct
    if pd.isna(share):
        return words
    return f"{words}, {f'{share:.1f}%' if share < 1000 else part_of(share)} of GDP"


def _instruments(found: Profile, size: str) -> Strip | None:
    """The instruments that documents use, by group; those that are regulated or restricted are said to be."""
    uses = found.instruments.drop_duplicates(["instrument_group_label", "instrument"])
    if uses.empty:
        return None
    sizes = uses["instrument_group_label"].value_counts()
    groups = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    shown = groups[:_MOST]
    high = 1.35 + (1.0 if is_narrow(size) else 0)
    room = _ROOM.get(size, 58)

    def draw(ax: Axes) -> None:
        ax.set_xlim(0, 1)
        for place, group in enumerate(shown):
            rows = uses[uses["instrument_group_label"] == group]
            said = [
                label if stance not in _STANCES else f"{label} ({_STANCES[stance]})"
                for label, stance in zip(rows["instrument_label"], rows["stance"].astype("str"), strict=True)
            ]
            y = place * high + high / 2 + (0.5 if is_narrow(size) else 0)
            name_row(ax, y, group, "", size)
            ax.text(0, y, _as_fit(sorted(said), room), va="center", color=TEXT)

    return len(shown) * high, draw


def _as_fit(items: list[str], room: int) -> str:
    """As many items as a line holds, and how many more there are."""
    for shown in range(len(items), 0, -1):
        rest = f" and {len(items) - shown} more" if shown < len(items) else ""
        line = ", ".join(items[:shown]) + rest
        if len(line) <= room:
            return line
    return cut_label(items[0], room, 1)


def _evidence(found: Profile, size: str) -> Strip | None:
    """One bar of what the rows rest on."""
    rows = found.evidence[found.evidence["table"].isin(OF_PLACES)]  # without those of its GDP
    counts = rows[list(RESTS_ON)].sum()
    total = int(counts.sum())
    if not total:
        return None
    there = [code for code in RESTS_ON if counts[code]]
    pale = {
        "weaker": tint(colour("plain"), 0.75),
        "aggregators": tint(colour("plain"), 0.4),
        "none": "#ffffff",
    }
    columns = 1 if is_narrow(size) else 3
    above = 2.0 if is_narrow(size) else 1.0
    below = 0.9 + 1.25 * -(-len(there) // columns)

    def draw(ax: Axes) -> None:
        start = 0.0
        patches = {}
        for code in there:
            share = 100 * counts[code] / total
            look: dict[str, Any] = {
                "facecolor": pale.get(code) or colour(code),
                "edgecolor": "white",
                "linewidth": pt(1),
            }
            patches[_RESTS[code]] = ax.barh([0], [share], left=[start], height=0.95, **look)[0]
            if share >= 6:
                hue = "white" if code in ("official", "several_established") else TEXT
                ax.text(start + share / 2, 0, f"{share:.0f}", ha="center", va="center", color=hue)
            start += share
        name_row(ax, 0, f"{counted(total, 'row')} of evidence", "what they rest on, %", size)
        ax.legend(
            patches.values(), patches.keys(), loc="upper left", bbox_to_anchor=(0, (below - 0.75) / (above + below)),
            ncols=columns, frameon=False, borderaxespad=0, borderpad=0, handlelength=0.9, handletextpad=0.4,
            columnspacing=1.0, fontsize=SIZES[size]["footer"],
        )  # fmt: skip
        ax.set(xlim=(0, 100), ylim=(below, -above), yticks=[])

    return above + below, draw


def _nothing() -> Strip:
    """In place of strips: that nothing is known, and when it was searched."""

    def draw(ax: Axes) -> None:
        ax.set_xlim(0, 1)
        ax.text(
            0, 1.5, "Nothing is known in these tables.", va="center", color=QUIET_TEXT, path_effects=halo()
        )

    return 3.0, draw


def _title(found: Profile) -> str:
    target = main_target(found.targets, found.main_scopes)
    if target is None or "amount_cny_bn" not in target:
        every, _ = papers(found.documents)
        if not every and not len(found.other_targets):
            return f"{found.place}: no document and no target is known"
        return f"{found.place}: {counted(every, 'document')}, no market size"
    amount = money(
        target["amount_cny_bn"], upper=target.get("amount_max_cny_bn"), qualifier=target.get("qualifier", "exact"),
        words=True,
    )  # fmt: skip
    verb = "proposed" if target.get("status") == "draft" else "promised"
    year = f" by {target['target_year']}" if "target_year" in target else ""
    rows = found.outcomes[found.outcomes["target_id"] == target["target_id"]]
    came = _CAME.get(str(rows["finding"].iloc[0]), "") if len(rows) else ""
    return f"{found.place} {verb} {amount}{year}" + (f"; {came}" if came else "")


def _subtitle(found: Profile) -> str:
    standing = found.targets[found.targets["stands"].fillna(False)]
    basis = dollar_basis(standing)
    known = len(found.documents) + len(found.printed) + len(found.outcomes)
    return first_upper(basis or ("" if known else _searched(found)))


def _searched(found: Profile) -> str:
    """What the search for its documents gave, where there is nothing else to be said."""
    own = found.searched[found.searched["what"] == "documents of its own government"].dropna(
        subset="searched_on"
    )
    days = [f"{day:%Y-%m-%d}" for day in own["searched_on"]]
    return f"searched on {day_in_words(days[0])}: {own['finding_label'].iloc[0]}" if days else ""


def _notes(found: Profile) -> str:
    return (
        "A document or figure whose day isn't known stands in the middle of its month or year; marks of about the same "
        "day are stacked. Market sizes of different scopes or years are different quantities. Targets that a later one "
        "replaced are left out. No full text was read: an instrument that isn't here wasn't seen."
    )
