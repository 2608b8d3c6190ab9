"""When what is known of a place happened: documents, printed dollars and targets on one line of time."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes

from ..measures.due_targets import that_count
from ..measures.profile import Profile
from ..tables.dates import first_day, last_day
from .marks import table_rows
from .palette import GRID, QUIET_TEXT, colour, drawn_as
from .strips import Strip, name_row
from .style import SIZES, is_narrow, pt
from .wording import counted

_DOT = 0.62  # of the font size: a mark's width
_STEP = 0.62  # lines from one mark of a stack to the next
_HIGHEST = {"slide": 3}  # marks in a stack; more stand beside them; elsewhere six
_FINDINGS = {
    "reported": "final", "related_figure": "promote", "superseded": "plain", "not_found": "", "not_followed_up": "",
}  # fmt: skip
Marks = tuple[str, str, pd.DataFrame]  # the name of a row, what is said below it, and its marks


def time_line(found: Profile, size: str) -> Strip | None:
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
            name_row(ax, middle, words, below, size)
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
    kinds = ["hatched: a draft" if looks.count("draft") == 1 else "hatched: drafts"] * ("draft" in looks)
    kinds += [f"{looks.count('announced')} empty: announced"] * ("announced" in looks)
    return counted(rows["family_id"].nunique(), "document"), ", ".join(kinds), marks


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
    rows = that_count(found.outcomes)
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
