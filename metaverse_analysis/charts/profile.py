"""A place in one figure: its market sizes, a line of time with documents and dollars, instruments, evidence."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..measures.evidence import OF_PLACES, RESTS_ON
from ..measures.profile import Profile
from ..measures.profile_words import main_target
from ..measures.wording import day_in_words
from ..tables.dates import first_day, last_day
from ..tables.needs import expects
from .canvas import panels_for
from .footers import TITLE, frame
from .labels import halo
from .marks import table_rows
from .palette import GRID, QUIET_TEXT, TEXT, bar_style, colour, drawn_as, plain_colour, tint
from .style import SIZES, frame_height, is_narrow, look_of, pt
from .wording import counted, cut_label, dollar_basis, first_upper, money, with_dollars

_NAME = 31  # characters of a row's name on a line
_DOT = 0.62  # of the font size: a mark's width
_STEP = 0.62  # lines from one mark of a stack to the next
_HIGHEST = {"slide": 3}  # marks in a stack; more stand beside them; elsewhere six
_MOST = 6  # market sizes and groups of instruments
_LINE = 1.3  # of the font size: a line of text with what is around it
_ROOM = {"phone": 38}  # characters of a line of instruments
_STANCES = {"regulate": "regulated", "restrict": "restricted"}
_FINDINGS = {
    "reported": "final", "related_figure": "promote", "superseded": "plain", "not_found": "", "not_followed_up": "",
}  # fmt: skip
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
Strip = tuple[float, Any]  # how many lines of text it is high, and what draws it


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
    expects(profile, Profile, given_by="profile", taker="charts.profile")
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
    strips = [_sizes(found, size), _line(found, size), _instruments(found, size), _evidence(found, size)]
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


def _name(ax: Axes, y: float, words: str, below: str, size: str) -> None:
    """The name of a row at its left, and what is said of it below; on a phone above the row, in one line."""
    small = SIZES[size]["footer"]
    if is_narrow(size):
        said = f"{words}: {below}" if below else words
        ax.annotate(said, (0, y - 0.95), xycoords=ax.get_yaxis_transform(), va="center", weight="bold",
                    annotation_clip=False)  # fmt: skip
        return
    beside: dict[str, Any] = {
        "xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "ha": "right", "annotation_clip": False,
    }  # fmt: skip
    up = pt(1) if below else 0
    ax.annotate(
        words, (0, y), xytext=(-pt(7), up), va="bottom" if below else "center", weight="bold", **beside
    )
    if below:
        ax.annotate(
            below, (0, y), xytext=(-pt(7), -pt(1)), va="top", color=QUIET_TEXT, fontsize=small, **beside
        )


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
            _name(ax, y, *_of_what(row), size)
            ax.annotate(_amount(row), (top, y), xytext=(pt(5), 0), textcoords="offset points", va="center",
                        weight="bold")  # fmt: skip
        longest = rows[["amount_cny_bn", "amount_max_cny_bn"]].max().max()
        ax.set(xlim=(0, longest * (2.6 if is_narrow(size) else 1.9)))

    return len(rows) * high, draw


def _of_what(row: Any) -> tuple[str, str]:
    draft = "draft, " if row.status == "draft" else ""
    year = f"by {row.target_year}" if pd.notna(row.target_year) else "no year"
    return cut_label(str(row.scope_label), _NAME, 1), f"{draft}{year}"


def _amount(row: Any) -> str:
    words = with_dollars(
        row.amount_cny_bn, row.amount_usd_bn, upper=row.amount_max_cny_bn, qualifier=str(row.qualifier)
    )
    return words if pd.isna(row.share_of_gdp_pct) else f"{words}, {row.share_of_gdp_pct:.1f}% of GDP"


def _line(found: Profile, size: str) -> Strip | None:
    """Documents, printed dollars and targets on one line of time."""
    rows = [row for row in (_documents(found), _printed(found), _due(found)) if row is not None]
    if not rows:
        return None
    days = pd.concat([row[2]["day"] for row in rows])
    first = pd.Timestamp(min(days.min().year, 2021), 1, 1)
    last = pd.Timestamp(max(days.max().year, 2026) + 1, 1, 1)
    look = SIZES[size]
    width = look["width"] * 72 * (0.92 if is_narrow(size) else 0.68)
    bin_days = (last - first).days * _DOT * look["font"] / width * 1.1
    stacks = [_stacked(marks, first, bin_days, _HIGHEST.get(size, 6)) for _, _, marks in rows]
    extra = 1.0 if is_narrow(size) else 0.0
    highs = [max(2.4, 0.9 + _STEP * (int(stack["level"].max()) + 1)) + extra for stack in stacks]

    def draw(ax: Axes) -> None:
        side = (_DOT * mpl.rcParams["font.size"]) ** 2
        floor = 0.0
        for (words, below, _), stack, high in zip(rows, stacks, highs, strict=True):
            floor += high
            ax.axhline(floor - 0.35, color=GRID, linewidth=pt(1), zorder=0)
            for mark in table_rows(stack):
                y = floor - 0.75 - _STEP * mark.level
                ax.scatter([mark.at], [y], s=side, marker=mark.shape, facecolor=mark.face, edgecolor=mark.edge,
                           hatch=mark.hatch, linewidth=pt(1), zorder=3)  # fmt: skip
            middle = floor - 0.6 - (high - extra) / 2 + 0.6 if not is_narrow(size) else floor - high + 1.5
            _name(ax, middle, words, below, size)
        ax.set_xlim(mdates.date2num(first), mdates.date2num(last))
        years = pd.date_range(first, last, freq="YS")
        ax.set_xticks(mdates.date2num(years), [])
        ax.xaxis.grid(True, color=GRID)
        for year in years[:-1]:
            at = mdates.date2num(year) + 182
            ax.annotate(f"{year.year}", (at, floor), va="top", ha="center", color=QUIET_TEXT, annotation_clip=False,
                        xytext=(0, -pt(2)), textcoords="offset points")  # fmt: skip
        ax.set_ylim(sum(highs) + 1.0, 0)

    return sum(highs) + 1.0, draw


Marks = tuple[str, str, pd.DataFrame]  # the name of a row, what is said below it, and its marks


def _documents(found: Profile) -> Marks | None:
    rows = found.documents.dropna(subset=["first_day", "last_day"])
    if rows.empty:
        return None
    hues = {"final": colour("final"), "draft": colour("draft"), "announced": colour("announced")}
    looks = [drawn_as(str(status)) for status in rows["status"]]
    marks = pd.DataFrame({
        "day": _middle(rows), "shape": "s",
        "face": [hues[look] if look == "final" else "white" for look in looks],
        "edge": [hues[look] for look in looks], "hatch": ["//////" if look == "draft" else "" for look in looks],
    })  # fmt: skip
    kinds = [f"{looks.count('draft')} hatched: draft"] * ("draft" in looks)
    kinds += [f"{looks.count('announced')} empty: announced"] * ("announced" in looks)
    return counted(len(rows), "document"), ", ".join(kinds), marks


def _printed(found: Profile) -> Marks | None:
    rows = found.printed.dropna(subset=["published", "verdict"])
    if rows.empty:
        return None
    span = pd.DataFrame({"first_day": first_day(rows["published"]), "last_day": last_day(rows["published"])})
    days = _middle(span)
    verdicts = rows["verdict"].astype("str")
    hues = [colour(verdict) for verdict in verdicts]
    marks = pd.DataFrame({"day": days, "shape": "o", "face": hues, "edge": hues, "hatch": ""})
    fit = int((verdicts == "consistent").sum())
    said = (
        "all fit the day's rate" if fit == len(rows) else f"{fit} fit the day's rate, {_not(len(rows) - fit)}"
    )
    return counted(len(rows), "dollar figure"), said, marks


def _not(number: int) -> str:
    return "1 doesn't" if number == 1 else f"{number} don't"


def _due(found: Profile) -> Marks | None:
    rows = found.outcomes.drop_duplicates("target_id")
    rows = rows[
        (rows["finding"].astype("str") != "superseded") & ~rows["repeats_target_id"].isin(rows["target_id"])
    ]
    if rows.empty:
        return None
    findings = rows["finding"].astype("str")
    days = pd.to_datetime(rows["target_year"].astype("str") + "-07-02")
    hues = [colour(_FINDINGS[code]) if _FINDINGS[code] else "white" for code in findings]
    marks = pd.DataFrame({"day": days, "shape": "^", "face": hues, "edge": colour("final"), "hatch": ""})
    reported, near = (int((findings == code).sum()) for code in ("reported", "related_figure"))
    said = f"{reported or 'none'} with a figure" + (f", {near} with one near it" if near else "")
    return f"{counted(len(rows), 'target')} due", said, marks


def _middle(rows: pd.DataFrame) -> pd.Series:
    return rows["first_day"] + (rows["last_day"] - rows["first_day"]) / 2


def _stacked(marks: pd.DataFrame, first: pd.Timestamp, bin_days: float, highest: int) -> pd.DataFrame:
    """The marks with their place on the axis, and their level above others that would lie on them."""
    marks = marks.sort_values(["day", "face"], kind="stable", ignore_index=True)
    days = ((marks["day"] - first).dt.total_seconds() / 86400).tolist()
    free = float("-inf")  # the first day on which no mark stands yet
    bins: list[list[float]] = []
    for day in days:
        if day >= free:
            bins.append([])
            free = day + bin_days
        bins[-1].append(day)
        if len(bins[-1]) % highest == 1 and len(bins[-1]) > 1:
            free += bin_days
    at: list[float] = []
    level: list[int] = []
    for stack in bins:
        columns = -(-len(stack) // highest)
        for number in range(len(stack)):
            at.append(
                float(mdates.date2num(first)) + stack[0] + (number // highest - (columns - 1) / 2) * bin_days
            )
            level.append(number % highest)
    return marks.assign(at=at, level=level)


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
            _name(ax, y, group, "", size)
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
        _name(ax, 0, f"{counted(total, 'row')} of evidence", "what they rest on, %", size)
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
        papers = len(found.documents)
        if not papers and not len(found.other_targets):
            return f"{found.place}: no document and no target is known"
        return f"{found.place}: {counted(papers, 'document')}, no market size"
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
    marks = {
        "squares: documents": len(found.documents),
        "dots: printed dollars": len(found.printed),
        "triangles: targets due": len(found.outcomes),
    }
    told = "; ".join(words for words, number in marks.items() if number) or _searched(found)
    return ". ".join(first_upper(words) for words in (basis, told) if words)


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
