"""The standards trail: the way of a body from proposal to committee, to the scale of time."""

from __future__ import annotations

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes

from ..measures.wording import MONTHS, day_in_words
from ..tables.dates import days_between, first_day, last_day
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .labels import direct_label, embolden
from .palette import QUIET_TEXT, bar_style, colour, drawn_as
from .style import height_for
from .wording import counted, wrap_label

WIDTH = 80  # characters on a line


@draws(
    "standards_trail",
    "date what body_id body_short document_status announced_members_unit certainty source_ids",
    whole="announced_members members_named members_confirmed",
)
def standards_trail(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """How did the body come about, and has anything been confirmed? A time line from top to bottom.

    Parameters
    ----------
    table : what `standards_trail` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `standards_trail`, or has no step.

    Notes
    -----
    A step known by month or year only is drawn as long as that month or year.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.standards_trail(ma.standards_trail(ma.load()))
    >>> bool(ax.yaxis_inverted())
    True
    """
    if table.empty:
        raise ValueError(
            "the trail is empty: the tables have no step of these bodies, so there is nothing to draw"
        )
    rows = table.assign(first=first_day(table["date"]), last=last_day(table["date"]))
    told = [_words(row) for row in rows.itertuples()]
    words = ["\n".join(wrap_label(line, WIDTH) for line in step) for step in told]
    lines = sum(said.count("\n") + 2 for said in words)
    with axes_for(ax, size, height=height_for(round(lines * 0.75) + 1, size), grid=None) as ax:
        ends = pd.concat([rows["first"], rows["last"]])
        ax.plot([0, 0], [ends.min(), ends.max()], color=QUIET_TEXT, linewidth=1.5, zorder=1)
        middles = rows["first"] + (rows["last"] - rows["first"]) / 2
        for row, middle in zip(rows.itertuples(), middles, strict=True):
            _mark(ax, row, middle)
        notes = direct_label(ax, 0.012, mdates.date2num(middles), words, side="right")
        embolden(notes, rows["members_named"] > 0)
        pad = max((ends.max() - ends.min()) * 0.04, pd.Timedelta(days=10))
        ax.set(xlim=(-0.02, 1), xticks=[], ylim=(ends.max() + pad, ends.min() - pad))
        locator = mdates.AutoDateLocator(minticks=3, maxticks=9)
        ax.yaxis.set_major_locator(locator)
        ax.yaxis.set_major_formatter(_short_month)
        ax.spines[:].set_visible(False)
        said = "Pale: a draft or a notice; solid: other steps. Bold: days on which members were named"
        frame(
            ax,
            title=_finding(rows),
            subtitle=said,
            footer="No later step was seen.",
            drawn=rows,
            alt=[f"Time line of {len(rows)} steps", TITLE, *(line for step in told for line in step)],
        )
    return ax


def _mark(ax: Axes, row, middle: pd.Timestamp) -> None:
    """A dot for a day, a bar for a month or a year; pale for a draft or an announcement, solid for the rest."""
    style = bar_style(colour("final"), drawn_as(str(row.document_status)))
    looks = {"facecolor": style["facecolor"], "edgecolor": style["edgecolor"], "zorder": 3}
    if row.first == row.last:
        ax.scatter(0, mdates.date2num(middle), s=70, linewidth=1.4, gid="day", **looks)
    else:
        ax.plot(
            [0, 0],
            [row.first, row.last],
            color=style["edgecolor"],
            linewidth=4,
            solid_capstyle="butt",
            gid="span",
        )


def _short_month(day: float, _: float) -> str:
    """A tick in English, whatever the locale of the process: "Sep 2023"."""
    date = mdates.num2date(day)
    return f"{MONTHS[date.month - 1][:3]} {date.year}"


def _words(row) -> list[str]:
    """What happened; and, where members were named, how many and how firmly."""
    status = " (draft)" if row.document_status == "draft" else ""
    said = [f"{day_in_words(row.date)}: {row.what}{status}"]
    if row.members_named:
        number = f"{counted(row.members_named, 'organisation')} named for the {row.body_short}"
        listed = "" if pd.isna(row.announced_members) else f", {row.announced_members} {_unit(row)} announced"
        said.append(f"{number}{listed}: {row.certainty}")
    return said


def _unit(row) -> str:
    return "members" if pd.isna(row.announced_members_unit) else str(row.announced_members_unit)


def _finding(rows: pd.DataFrame) -> str:
    span = days_between(rows["date"].iloc[[0]], rows["date"].iloc[-1]).iloc[0]
    months = round(float(span.days_low + span.days_high) / 2 / 30.44)
    days = rows.drop_duplicates(["body_id", "date"])  # two steps on one day tell of the same members
    named, firm = days["members_named"].sum(), days["members_confirmed"].sum()
    if named == 0:
        return f"{len(rows)} step{'s' if len(rows) != 1 else ''}, and no member is named"
    doubt = "none" if firm == 0 else "all" if firm == named else f"only {firm}"
    finding = f"{doubt} of the {named} memberships named {'is' if firm < 2 else 'are'} confirmed"
    if months >= 1:
        finding = f"{'' if pd.notna(span.days) else 'about '}{months} months after the first step, {finding}"
    return finding[:1].upper() + finding[1:]
