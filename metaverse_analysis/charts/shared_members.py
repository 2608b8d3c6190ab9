"""Who sits in several bodies, and in which."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import (
    GAP,
    height_around,
    how_many_fit,
    inches_across,
    letters_across,
    lines_that_fit,
    stacked_rows,
)
from .marks import NOT_ALL_NAMED, highlighted, more, table_rows
from .palette import QUIET_TEXT, TEXT, colour
from .style import is_narrow, look_of, pt
from .wording import in_words, listed, wrap_label

_NAMES = 0.28  # of the width
_SEAT = 1.15  # font sizes from one square to the next
_FEWEST = 2  # bodies: organisations in so many are counted together
_MANY = 3  # bodies: so are those in so many, where enough sit in more
_ENOUGH = 3  # organisations


@draws(
    "shared_seats",
    "organisation_id organisation body_id body_short certainty source_ids",
    whole="bodies",
    flags="confirmed disputed",
)
def shared_seats(
    table: pd.DataFrame,
    *,
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """Who sits in several bodies, and in which? One row per organisation, one square per seat, the bodies by name.

    A filled square is a confirmed seat, a hollow one is only listed, proposed or named by one outlet, a cross disputed.
    Those that sit in two bodies only, or in three where enough sit in more, are counted at the end, and named in the
    notes.

    Parameters
    ----------
    table : what `shared_seats` gave.
    highlight : ids or names of organisations to emphasise. By default none.
    top : how many of those in three bodies or more have a row; by default those in four or more, as many as fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `shared_seats`, or names no organisation of two bodies.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.shared_seats(ma.shared_seats(ma.load()))
    >>> "Huawei Technologies" in [text.get_text() for text in ax.texts]
    True
    """
    table = table[table["organisation"].notna()]
    if table.empty:
        raise ValueError("no organisation is known to sit in two bodies, so there is nothing to draw")
    strong = highlighted(
        table["organisation_id"], [] if highlight is None else highlight, table["organisation"]
    )
    who = table.assign(strong=strong).drop_duplicates("organisation_id")
    who = who.sort_values("bodies", ascending=False, kind="stable", ignore_index=True)
    many = _of_most(who, top)
    pairs = who[~who["organisation_id"].isin(many["organisation_id"])]
    words = {"title": _finding(who), "subtitle": _looks(table)}
    page = _Page(table, ax, size)
    last = _together(pairs)
    heights = [page.lines(row) for row in table_rows(many)]
    room = lines_that_fit(size, ax, **words) - (last.count("\n") + 2) * bool(last)
    kept = how_many_fit([n + GAP for n in heights], room, top)
    left_out = more(len(many) - kept)
    y, height = stacked_rows(
        [*heights[:kept], *([last.count("\n") + 1.0] if last else []), *([1.0] if left_out else [])]
    )
    with axes_for(ax, size, height=height_around(height, size, **words), grid=None) as drawn_on:
        drawn_on.set(xlim=(0, page.inches), ylim=(height, 0), xticks=[], yticks=[])
        drawn_on.spines[:].set_visible(False)
        for row, at, n in zip(table_rows(many.head(kept)), y, heights, strict=False):
            page.draw(drawn_on, row, at, n)
        for said, at in zip([said for said in (left_out, last) if said], y[kept:], strict=True):
            drawn_on.text(0, at, said, va="center", color=QUIET_TEXT, linespacing=1.1)
        frame(
            drawn_on,
            **words,
            notes=_notes(pairs),
            drawn=table,
            alt=["A list of organisations with a square for each seat", TITLE, *_told(many, pairs)],
        )
    return drawn_on


def _of_most(who: pd.DataFrame, top: int | None) -> pd.DataFrame:
    """The organisations with a row of their own: those in most bodies, and what is emphasised."""
    if top is None and (who["bodies"] > _MANY).sum() >= _ENOUGH:
        return who[(who["bodies"] > _MANY) | who["strong"]]
    return who[who["bodies"] > _FEWEST] if (who["bodies"] > _FEWEST).any() else who


class _Page:
    """Where the columns stand, and what each organisation's bodies are."""

    def __init__(self, table: pd.DataFrame, ax: Axes | None, size: str) -> None:
        self.narrow = is_narrow(size)
        self.inches = inches_across(ax, size)
        self.font = look_of(size)["font"] / 72
        self.seats = dict(iter(table.groupby("organisation_id", sort=False)))
        self.names = 0 if self.narrow else self.inches * _NAMES
        most = max(len(rows) for rows in self.seats.values())
        self.text = 0 if self.narrow else self.names + (min(most, 10) * _SEAT + 0.5) * self.font
        self.letters = letters_across(ax, size, 0.97, less=self.text)
        self.of_names = letters_across(ax, size, 0.97 if self.narrow else _NAMES - 0.02)

    def name(self, row: Any) -> str:
        return wrap_label(
            f"{row.organisation}, {row.bodies}" if self.narrow else row.organisation, self.of_names
        )

    def bodies(self, row: Any) -> str:
        return wrap_label(", ".join(self.seats[row.organisation_id]["body_short"]), self.letters)

    def lines(self, row: Any) -> float:
        parts = [said.count("\n") + 1.0 for said in (self.name(row), self.bodies(row))]
        return sum(parts) + 1.1 if self.narrow else max(parts)

    def draw(self, ax: Axes, row: Any, middle: float, lines: float) -> None:
        hue = colour("emphasis") if row.strong else TEXT
        name, bodies = self.name(row), self.bodies(row)
        top = middle - lines / 2
        if self.narrow:
            own = name.count("\n") + 1
            ax.text(0, top + own / 2, name, va="center", color=hue, weight="bold")
            ax.text(
                0, middle + lines / 2 - (bodies.count("\n") + 1) / 2, bodies, va="center", color=QUIET_TEXT
            )
            seats_at = top + own + 0.55
        else:
            ax.text(
                self.names - self.font * 0.6, middle, name, va="center", ha="right", color=hue, weight="bold"
            )
            ax.text(self.text, middle, bodies, va="center", color=QUIET_TEXT, linespacing=1.05)
            seats_at = middle
        for n, seat in enumerate(table_rows(self.seats[row.organisation_id])):
            look = _seat(seat, colour("emphasis" if row.strong else "final"))
            seated = ax.plot(
                [self.names + (n + 0.5) * _SEAT * self.font], [seats_at], markersize=pt(9), **look
            )
            hover(seated, f"{row.organisation} in {seat.body_short}: {look['gid']}")


def _seat(seat: Any, hue: str) -> dict[str, Any]:
    """How a seat looks: filled, hollow, or dashed where it is disputed."""
    kind = "disputed" if seat.disputed else "confirmed" if seat.confirmed else "listed"
    if kind == "disputed":
        return {"marker": "x", "color": QUIET_TEXT, "markeredgewidth": pt(1.6), "gid": kind}
    face = hue if kind == "confirmed" else "white"
    return {"marker": "s", "color": hue, "markerfacecolor": face, "markeredgewidth": pt(1.4), "gid": kind}


def _looks(table: pd.DataFrame) -> str:
    kinds = {
        "filled: confirmed": table["confirmed"] & ~table["disputed"],
        "hollow: listed, proposed or named by one outlet": ~table["confirmed"] & ~table["disputed"],
        "cross: disputed": table["disputed"],
    }
    said = [words for words, which in kinds.items() if which.any()]
    return f"A square is a seat; {'; '.join(said)}"


def _together(pairs: pd.DataFrame) -> str:
    numbers = pairs["bodies"].value_counts().sort_index(ascending=False)
    said = [f"{n} in {in_words(bodies)}" for bodies, n in zip(numbers.index.tolist(), numbers, strict=True)]
    return (
        f"{'One more sits' if len(pairs) == 1 else 'More sit'} in several bodies: {', '.join(said)}"
        if said
        else ""
    )


def _notes(pairs: pd.DataFrame) -> str:
    names = f" The others in several bodies: {listed(list(pairs['organisation']))}." if len(pairs) else ""
    return f"{NOT_ALL_NAMED}. Squares stand in the order of the names.{names}"


def _finding(who: pd.DataFrame) -> str:
    first = who.iloc[0]
    others = who[who["bodies"] == first["bodies"]]["organisation"].iloc[1:]
    if len(others) > 1:
        return (
            f"{len(who)} organisations sit in several bodies, {len(others) + 1} of them in {first['bodies']}"
        )
    names = " and ".join([first["organisation"], *others])
    verb = "are" if len(others) else "is"
    return f"{names} {verb} named in {first['bodies']} bodies, more than any other organisation"


def _told(many: pd.DataFrame, pairs: pd.DataFrame) -> list[str]:
    said = [f"{row.organisation}: {row.bodies} bodies" for row in table_rows(many.head(5))]
    return [*said, *([_together(pairs)] if len(pairs) else [])]
