"""Who is named as sitting in a body, and how much is known of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..tables.needs import needs
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import GAP, height_around, inches_across, letters_across, lines_that_fit
from .marks import DOUBTFUL, NOT_ALL_NAMED, more, table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .style import is_narrow, look_of, pt
from .wording import counted, first_upper, wrap_label

_NUMERAL = 2.4  # font sizes
_TOP = 4.5  # lines of text: the numerals and their words
_DOT = 0.62  # font sizes from one dot to the next
_MOST_DOTS = 6
_NOTES = (
    f"{NOT_ALL_NAMED}. The number of outlets says how well a name is supported, and nothing of its weight in the "
    "body."
)


@draws(
    "roster",
    """body_id body organisation role_label representative membership_status organisation_type_label certainty
    source_ids""",
    whole="outlets",
    flags="confirmed",
    key="membership_id",
)
def roster(
    table: pd.DataFrame,
    summary: pd.DataFrame | None = None,
    *,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """Who is named as sitting in a body? Names by kind of organisation, under what is known in numbers.

    A dot is an independent outlet that names it. Whoever has a role is bold, with the role; who is disputed is grey.

    Parameters
    ----------
    table : what `roster` gave.
    summary : what `bodies_known` gave; with it the numbers say how many were announced.
    top : how many of each kind are named; by default as many as fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

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
    >>> "Huawei Technologies" in [text.get_text() for text in ax.texts]
    True
    """
    rows = table[table["organisation"].notna()]
    if rows.empty:
        raise ValueError(
            "the roster is empty: no source names a member of this body, so there is nothing to draw"
        )
    rows = rows.assign(
        _plain=rows["role_label"] == "member",
        kind=rows["organisation_type_label"].fillna("kind not known"),
        disputed=rows["membership_status"] == "disputed",
    ).sort_values(["_plain", "outlets", "organisation"], ascending=[True, False, True], kind="stable")
    words = {"title": _finding(rows), "subtitle": _subtitle(rows)}
    page = _Page(rows, ax, size)
    page.keep(lines_that_fit(size, ax, **words), top)
    numbers = _numbers(rows, summary)
    with axes_for(ax, size, height=height_around(page.height, size, **words), grid=None) as drawn_on:
        drawn_on.set(xlim=(0, page.inches), ylim=(page.height, 0), xticks=[], yticks=[])
        drawn_on.spines[:].set_visible(False)
        _draw_numbers(drawn_on, numbers, page.inches)
        page.draw(drawn_on)
        frame(
            drawn_on,
            **words,
            notes=_NOTES,
            drawn=rows,
            alt=["A list of names by kind of organisation", TITLE, *(f"{n} {said}" for n, said in numbers)],
        )
    return drawn_on


class _Page:
    """The kinds of organisations in columns, the longest column first."""

    def __init__(self, rows: pd.DataFrame, ax: Axes | None, size: str) -> None:
        self.inches = inches_across(ax, size)
        self.font = look_of(size)["font"] / 72
        self.columns = 1 if is_narrow(size) else 3
        self.wide = self.inches / self.columns
        self.dots = min(_MOST_DOTS, int(rows["outlets"].max()))
        self.letters = letters_across(ax, size, 0.96 / self.columns, less=(self.dots + 1) * _DOT * self.font)
        kinds = rows.groupby("kind", sort=False).size().sort_values(ascending=False, kind="stable")
        self.groups = [(kind, table_rows(rows[rows["kind"] == kind])) for kind in kinds.index]

    def keep(self, room: float, top: int | None) -> None:
        """Put the groups in columns, and cut each where the page ends."""
        self.dropped: list[str] = []  # kinds of which no name has room
        columns: list[list[tuple[str, list[Any]]]] = [[] for _ in range(self.columns)]
        for kind, members in self.groups:
            column = min(columns, key=self._high_of)
            column.append((kind, members[: top or len(members)]))
        for column in columns:
            self._cut(column, room - _TOP - 0.5)
        sizes = {kind: len(members) for kind, members in self.groups}
        self.placed: list[list[tuple[str, Any]]] = [[] for _ in columns]
        for placed, column in zip(self.placed, columns, strict=True):
            for kind, kept in column:
                left = more(sizes[kind] - len(kept))
                placed += [("head", (kind, sizes[kind])), *(("name", row) for row in kept)]
                placed += [("more", left)] if left else []
        for kind in self.dropped:
            self.placed[-1].append(("more", f"and {_several(kind, sizes[kind])}"))
        highs = [*map(self._high_of, columns)]
        highs[-1] += 1.2 * len(self.dropped)
        self.height = _TOP + max(highs) + 0.5

    def _high_of(self, column: list[tuple[str, list[Any]]]) -> float:
        sizes = {kind: len(members) for kind, members in self.groups}
        return sum(self._high(kept) + 1.2 * (len(kept) < sizes[kind]) for kind, kept in column)

    def _cut(self, column: list[tuple[str, list[Any]]], room: float) -> None:
        """Take names away, each time from the longest kind, until the column fits or has a name of each kind."""
        while self._high_of(column) > room and any(len(kept) > 1 for _, kept in column):
            longest = max(range(len(column)), key=lambda n: len(column[n][1]))
            kind, kept = column[longest]
            column[longest] = kind, kept[:-1]
        while self._high_of(column) + 1.2 * len(self.dropped) > room and len(column) > 1:
            self.dropped.append(column.pop()[0])  # the kinds with the fewest names come last

    def _high(self, members: list[Any]) -> float:
        return 2.0 + sum(self.words(row).count("\n") + 1 + GAP for row in members)

    def words(self, row: Any) -> str:
        """The name, and the role with its holder where there is one."""
        role = "" if row.role_label == "member" else row.role_label
        holder = "" if pd.isna(row.representative) else row.representative
        latin = " ".join(word for word in holder.split() if word.isascii())  # Chinese names stay in the table
        notes = ", ".join(filter(None, [role, latin, "disputed" if row.disputed else ""]))
        return wrap_label(f"{row.organisation} ({notes})" if notes else row.organisation, self.letters)

    def draw(self, ax: Axes) -> None:
        for column, items in enumerate(self.placed):
            left, y = column * self.wide, _TOP
            for what, item in items:
                if what == "head":
                    kind, n = item
                    y += 0.7
                    ax.text(
                        left,
                        y + 0.5,
                        first_upper(_several(kind, n)),
                        va="center",
                        color=QUIET_TEXT,
                        weight="bold",
                    )
                    y += 1.3
                elif what == "more":
                    ax.text(left, y + 0.6, item, va="center", color=QUIET_TEXT)
                    y += 1.2
                else:
                    y = self._draw_name(ax, item, left, y)

    def _draw_name(self, ax: Axes, row: Any, left: float, y: float) -> float:
        said = self.words(row)
        lines = said.count("\n") + 1
        hue = QUIET_TEXT if row.disputed else TEXT
        start = left + (self.dots + 0.7) * _DOT * self.font
        bold = "normal" if row.role_label == "member" else "bold"
        ax.text(start, y + lines / 2, said, va="center", color=hue, weight=bold, linespacing=1.05)
        face = colour("final") if row.confirmed else "white"
        number = min(int(row.outlets), self.dots)
        spots = [left + (self.dots - number + n + 0.5) * _DOT * self.font for n in range(number)]
        dots = ax.plot(
            spots, [y + 0.5] * number, "o", color=colour("final"), markerfacecolor=face, markersize=pt(5.5),
            markeredgewidth=pt(1.2), gid="outlets",
        )  # fmt: skip
        sure = "confirmed" if row.confirmed else DOUBTFUL
        hover(dots, f"{row.organisation}: {sure}, named by {counted(int(row.outlets), 'outlet')}")
        return float(y + lines + GAP)


def _several(kind: str, n: int) -> str:
    """The kind of several organisations: "companies", "universities or colleges"."""
    if n == 1:
        return kind
    return " or ".join(f"{word[:-1]}ies" if word.endswith("y") else f"{word}s" for word in kind.split(" or "))


def _numbers(rows: pd.DataFrame, summary: pd.DataFrame | None) -> list[tuple[str, str]]:
    """What is known in numbers: named, announced, confirmed."""
    sure = rows[~rows["disputed"]]
    named, firm = len(sure), int(sure["confirmed"].sum())
    numbers = [(f"{named:,}", "organisation named" if named == 1 else "organisations named")]
    if summary is not None:
        columns = ["body_id", "announced_members", "announced_members_unit"]
        summary = needs(summary, columns, given_by="bodies_known", taker="charts.roster")
        own = summary[summary["body_id"] == rows["body_id"].iloc[0]]
        if len(own) and pd.notna(own["announced_members"].iloc[0]):
            unit = own["announced_members_unit"].iloc[0]
            numbers.append(
                (f"{own['announced_members'].iloc[0]:,}", f"{'members' if pd.isna(unit) else unit} announced")
            )
    return [*numbers, (f"{firm:,}", "confirmed")]


def _draw_numbers(ax: Axes, numbers: list[tuple[str, str]], inches: float) -> None:
    for place, (numeral, words) in enumerate(numbers):
        left = place * inches / 3
        size = pt(12 * _NUMERAL)
        ax.text(
            left,
            1.2,
            numeral,
            va="center",
            fontsize=size,
            weight="bold",
            color=colour("final"),
            gid="numeral",
        )
        ax.text(left, 3.4, wrap_label(words, 16), va="center", color=QUIET_TEXT, linespacing=1)


def _subtitle(rows: pd.DataFrame) -> str:
    firm = rows["confirmed"].any() and not rows["confirmed"].all()
    return "A dot is an outlet that names it" + ("; filled: confirmed" if firm else "")


def _finding(rows: pd.DataFrame) -> str:
    sure = rows[~rows["disputed"]]
    number, doubtful = len(sure), len(sure) - int(sure["confirmed"].sum())
    known = f"{counted(number, 'organisation')} {'is' if number == 1 else 'are'} named for the {rows['body'].iloc[0]}"
    if not doubtful:
        return known
    return known + (
        ", none of them confirmed" if doubtful == number else f", {doubtful} of them not confirmed"
    )
