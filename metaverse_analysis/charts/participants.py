"""Who sits in the standards and industry bodies: rosters, and what the bodies are made of."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from ..tables.needs import needs
from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .labels import embolden, halo, label_bar_ends
from .marks import (
    DOUBTFUL,
    LONGEST_NAME,
    NOT_ALL_NAMED,
    row_lines,
    seat_looks,
    seat_style,
    stairs,
    stairs_height,
)
from .palette import QUIET_TEXT
from .style import height_for
from .wording import first_upper, wrap_label

MADE_OF = 6  # columns of the composition, before "other" and "not known"


@draws(
    "roster",
    "body_id body organisation role role_label representative membership_status certainty source_ids",
    whole="outlets",
    flags="confirmed",
)
def roster(
    table: pd.DataFrame,
    summary: pd.DataFrame | None = None,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """Who is named as sitting in a body, in which role, and by how many independent outlets?

    Parameters
    ----------
    table : what `roster` gave.
    summary : what `bodies_known` gave; with it a last row says what is known of the members nobody names.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `roster` (and the summary that of `bodies_known`), or names no member.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> ax = ma.charts.roster(ma.roster(ds, body="MIIT working group"), ma.bodies_known(ds))
    >>> ax.get_yticklabels()[0].get_text().replace(chr(10), " ")
    'Ministry of Industry and Information Technology'
    """
    if table["organisation"].isna().all():
        raise ValueError(
            "the roster is empty: no source names a member of this body, so there is nothing to draw"
        )
    rows = table.assign(_less=-table["outlets"]).sort_values(["role", "_less", "organisation"], kind="stable")
    rest = _rest(rows["body_id"].iloc[0], summary)
    names = [wrap_label(name, LONGEST_NAME) for name in rows["organisation"]]
    disputed = rows["membership_status"] == "disputed"
    with axes_for(ax, size, height=height_for(len(rows) + 2 * bool(rest), size, row_lines(names))) as ax:
        styles = [seat_style(*flags) for flags in zip(rows["confirmed"], disputed, strict=True)]
        bars = ax.barh(range(len(rows)), rows["outlets"], tick_label=names, height=0.7)
        for bar, style in zip(bars, styles, strict=True):
            bar.set(**style)
        ends = label_bar_ends(ax, bars, [_seat_words(row) for row in rows.itertuples()])
        if rest:
            _draw_rest(ax, len(rows), rest, float(rows["outlets"].max()))
        leads = rows["role_label"] != "member"
        embolden(ax.get_yticklabels(), [*leads, *[False] * bool(rest)])
        embolden(ends, leads)
        ax.set(ylim=(len(rows) + (1.1 if rest else 0) - 0.4, -0.6), xlim=(0, None))
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        looks = seat_looks(rows["confirmed"], disputed, rows["certainty"])
        said = f"{rows['body'].iloc[0]}: number of independent outlets that name each organisation. {looks}"
        what = f"Bar chart of the organisations named as members of {rows['body'].iloc[0]}"
        frame(
            ax,
            title=_roster_finding(rows),
            subtitle=said,
            footer=f"{NOT_ALL_NAMED}.",
            drawn=rows,
            alt=[
                *describe(rows["outlets"].tolist(), list(rows["organisation"]), what, "outlets"),
                *([rest] if rest else []),
            ],
        )
    return ax


def _seat_words(row) -> str:
    """What stands at the end of a bar: the number, and the role and its holder where there is one."""
    role = "" if row.role_label == "member" else row.role_label
    holder = "" if pd.isna(row.representative) else row.representative
    latin = " ".join(word for word in holder.split() if word.isascii())  # Chinese names stay in the table
    words = ", ".join(filter(None, [role, latin]))
    return f"{row.outlets}  {words}" if words else f"{row.outlets}"


def _rest(body_id: str, summary: pd.DataFrame | None) -> str:
    """What is known of the members that nobody names, in words; nothing if no summary was given."""
    if summary is None:
        return ""
    summary = needs(
        summary,
        ["body_id", "announced_members", "announced_members_unit", "unknown_members"],
        given_by="bodies_known",
        taker="charts.roster",
    )
    of_body = summary[summary["body_id"] == body_id]
    if of_body.empty:
        return ""
    row = of_body.iloc[0]
    if pd.notna(row.unknown_members):
        return f"{row.unknown_members} more, whom no source names ({row.announced_members} were announced)"
    if pd.notna(row.announced_members):
        unit = row.announced_members_unit if pd.notna(row.announced_members_unit) else "members"
        return f"Unknown how many: {row.announced_members} {unit} were announced"
    return "Unknown whether there are others"


def _draw_rest(ax: Axes, row: int, words: str, width: float) -> None:
    """An open box below the bars: it has no length, since there is no number."""
    place = row + 0.25
    ax.add_patch(
        Rectangle((0, place - 0.42), width, 0.84, fill=False, edgecolor=QUIET_TEXT, linestyle=(0, (4, 3)))
    )
    ax.text(width * 0.02, place, words, va="center", color=QUIET_TEXT, path_effects=halo())
    ax.set_yticks([*ax.get_yticks(), place], [*(t.get_text() for t in ax.get_yticklabels()), "Others"])


def _roster_finding(rows: pd.DataFrame) -> str:
    number = int((rows["membership_status"] != "disputed").sum())
    doubtful = number - rows["confirmed"].sum()
    doubt = ", none of them confirmed" if doubtful == number else f", {doubtful} of them not confirmed"
    known = f"{number} organisation{'s are' if number != 1 else ' is'} named for the {rows['body'].iloc[0]}"
    return f"{known}{doubt if doubtful else ''}"


@draws(
    "composition",
    "body_id body_short code plural",
    whole="count members_confirmed members_disputed members_known",
)
def composition(
    table: pd.DataFrame, *, most: int = MADE_OF, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """What is each body made of? One row per body, one column of bars per type (sector, role), all to one scale.

    Parameters
    ----------
    table : what `composition` gave; its columns are headed by the words for several (`plural`).
    most : columns of their own for this many; the rest share one, "not known" has its own.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `composition`, or names no member.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.composition(ma.composition(ma.load(), by="type"))
    >>> "MIIT working group, 14" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    if table.empty or not table["count"].sum():
        raise ValueError("the composition is empty: no source names a member, so there is nothing to draw")
    table = table.assign(label=table["plural"])
    blank = table["label"][table["code"].isna()].unique()
    cells, columns = _columns(table, most)
    columns += list(blank)
    bodies = table.drop_duplicates("body_id")
    names = _body_names(table, bodies)
    widest = cells.groupby("column")["count"].max().reindex(columns).to_numpy(float)
    room = widest + 0.09 * widest.sum()  # the bar, and a number after it
    starts = np.cumsum(room) - room
    with axes_for(
        ax, size, height=height_for(len(names) + stairs_height(columns), size, row_lines(names)), grid=None
    ) as ax:
        for column, start in zip(columns, starts, strict=True):
            own = cells[cells["column"] == column].set_index("body_id").reindex(bodies["body_id"])
            _draw_column(ax, own, start, "plain" if column in blank else "final")
        stairs(ax, starts, columns, bottom=len(names) - 0.5)
        ax.set_yticks(range(len(names)), names)
        ax.set(xticks=[], xlim=(0, room.sum()), ylim=(len(names) - 0.4, -0.8 - stairs_height(columns)))
        ax.spines[:].set_visible(False)
        said = "Organisations that sources name in each body; their number stands after its name"
        said += f". Hatched: {DOUBTFUL}" * bool((table["count"] > table["members_confirmed"]).any())
        what = "Bars of the composition of the bodies; organisations named in each"
        frame(
            ax,
            title=_made_of(table),
            subtitle=said,
            footer=f"{NOT_ALL_NAMED}.",
            drawn=table,
            alt=describe(bodies["members_known"].tolist(), list(bodies["body_short"]), what, "organisations"),
        )
    return ax


def _body_names(table: pd.DataFrame, bodies: pd.DataFrame) -> list[str]:
    disputed = table.groupby("body_id")["members_disputed"].sum().reindex(bodies["body_id"])
    return [
        wrap_label(f"{name}, {known}" + (f" and {doubt} disputed" if doubt else ""), LONGEST_NAME)
        for name, known, doubt in zip(bodies["body_short"], bodies["members_known"], disputed, strict=True)
    ]


def _columns(table: pd.DataFrame, most: int) -> tuple[pd.DataFrame, list[str]]:
    """The counts per body and column, and the columns of known codes: the commonest labels, the others as one."""
    known = table[table["code"].notna()]
    total = known.groupby("label", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    own = list(total.index if len(total) <= most + 1 else total.index[:most])
    others = f"{len(total) - len(own)} others"
    named = table["label"].where(table["label"].isin(own) | table["code"].isna(), others)
    cells = (
        table.assign(column=named)
        .groupby(["body_id", "column"], sort=False)[["count", "members_confirmed"]]
        .sum()
        .reset_index()
    )
    return cells, [*own, *[others] * (len(own) < len(total))]


def _draw_column(ax: Axes, own: pd.DataFrame, start: float, hue: str) -> None:
    rows = np.flatnonzero(own["count"].fillna(0) > 0)
    count, firm = own["count"].to_numpy()[rows], own["members_confirmed"].to_numpy()[rows]
    ax.barh(rows, firm, left=start, height=0.7, **seat_style(True, hue=hue))
    bars = ax.barh(rows, count - firm, left=start + firm, height=0.7, **seat_style(False, hue=hue))
    label_bar_ends(ax, bars, [f"{number:.0f}" for number in count])


def _made_of(table: pd.DataFrame) -> str:
    total = table["count"].sum()
    first = table[table["code"].notna()].groupby("label", sort=False)["count"].sum().nlargest(2)
    if first.empty:
        return f"Nothing is known of the {total} organisations named"
    words = [f"{first_upper(first.index[0])} hold {first.iloc[0]} of {total} known seats"]
    words += [f"{label} {number}" for label, number in first.iloc[1:].items()]
    return ", ".join(words)
