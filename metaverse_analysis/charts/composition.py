"""What the standards and industry bodies are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .lists import height_around, letters_across, lines_that_fit
from .marks import DOUBTFUL, NOT_ALL_NAMED, more, name_rows, seat_style, table_rows
from .palette import QUIET_TEXT, TEXT
from .style import is_narrow, pt
from .wording import first_upper, wrap_label

_HEADS = 2.6  # lines of text
_NAMES = 0.34  # of the width: the most that names take
_FEW = 3  # members: bodies of which fewer are named have no row of their own, where others have more


@draws(
    "composition",
    "body_id body_short code plural source_ids",
    whole="count members_confirmed members_disputed members_known",
)
def composition(
    table: pd.DataFrame, *, top: int | None = None, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """What is each body made of? The two commonest kinds of members as bars to both sides, the others as a number.

    A hatched part of a bar is listed, proposed or named by one outlet alone: not confirmed.

    Parameters
    ----------
    table : what `composition` gave; its columns are headed by the words for several (`plural`).
    top : how many bodies are drawn, the largest; by default those with three members or more, as many as fit.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone".

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
    >>> "MIIT working group" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    if table.empty or not table["count"].sum():
        raise ValueError("the composition is empty: no source names a member, so there is nothing to draw")
    kinds = table[table["code"].notna()].groupby("plural", sort=False)["count"].sum()
    sides = list(kinds.nlargest(2).index)
    bodies = table.drop_duplicates("body_id").sort_values("members_known", ascending=False, kind="stable")
    words = {"title": _finding(table, sides), "subtitle": _subtitle(table)}
    narrow = is_narrow(size)
    letters = letters_across(ax, size, 0.95 if narrow else _NAMES)
    names = [wrap_label(name, letters) for name in bodies["body_short"]]
    lines = max(name.count("\n") for name in names)
    row = 1.4 + 1.05 * lines + narrow
    room = int((lines_that_fit(size, ax, **words) - _HEADS - 1.5) / row)
    usual = int((bodies["members_known"] >= _FEW).sum()) or len(bodies)
    kept = min(len(bodies), top or (usual if usual <= room else max(1, room - 1)))
    left_out = more(len(bodies) - kept, "bodies")
    height = _HEADS + row * kept + 1.3 * bool(left_out)
    with axes_for(ax, size, height=height_around(height, size, **words), grid=None) as drawn_on:
        y = _HEADS + row * (np.arange(kept) + 0.5) + (0.5 + 0.5 * lines) * narrow
        parts = [_part(table, bodies.head(kept), side) for side in sides]
        widest = [float(part["count"].max()) for part in parts] + [1.0] * (2 - len(parts))
        room_for_number = 0.12 * sum(widest)
        for side, part, way in zip(sides, parts, (-1, 1), strict=False):
            names_of = [f"{name}, {side}" for name in bodies["body_short"].head(kept)]
            _draw_side(drawn_on, part, y, way, names_of)
        right = max(widest[1] + 2.2 * room_for_number, 0.75 * widest[0])  # wide enough for the heads
        _draw_heads(drawn_on, sides, right, room_for_number)
        others = _others(table, bodies.head(kept), sides)
        for at, number in zip(y, others, strict=True):
            drawn_on.text(
                right,
                at,
                f"{number or '–'}",
                ha="center",
                va="center_baseline",
                color=QUIET_TEXT,
                gid="others",
            )
        name_rows(drawn_on, list(y), names[:kept], above=narrow, lift=1.05 + 0.5 * lines)
        if left_out:
            drawn_on.text(0, height - 0.5, left_out, ha="center", va="center", color=QUIET_TEXT)
        drawn_on.vlines([0] * kept, y - 0.65, y + 0.65, color=TEXT, linewidth=pt(0.8))
        limits = (-widest[0] - room_for_number, right + room_for_number * 1.1)
        drawn_on.set(xlim=limits, ylim=(height, 0), xticks=[])
        drawn_on.spines[:].set_visible(False)
        frame(
            drawn_on,
            **words,
            notes=_notes(table),
            drawn=table,
            alt=["Bars to both sides: the make-up of each body", TITLE, *_told(bodies, table, sides)],
        )
    return drawn_on


def _part(table: pd.DataFrame, bodies: pd.DataFrame, side: str) -> pd.DataFrame:
    """The counts of one kind by body, in the order of the bodies."""
    own = table[(table["plural"] == side) & table["code"].notna()]
    found = own.groupby("body_id")[["count", "members_confirmed"]].sum()
    return found.reindex(bodies["body_id"]).fillna(0).astype("int64")


def _others(table: pd.DataFrame, bodies: pd.DataFrame, sides: list[str]) -> list[int]:
    rest = table[~table["plural"].isin(sides) | table["code"].isna()].groupby("body_id")["count"].sum()
    return [int(n) for n in rest.reindex(bodies["body_id"]).fillna(0)]


def _draw_side(ax: Axes, part: pd.DataFrame, y: np.ndarray, way: int, names: list[str]) -> None:
    count, firm = part["count"].to_numpy(), part["members_confirmed"].to_numpy()
    sure = ax.barh(y, way * firm, height=0.95, **seat_style(True))
    other = ax.barh(y, way * (count - firm), left=way * firm, height=0.95, **seat_style(False))
    hover(sure, [f"{name}: {n} confirmed" for name, n in zip(names, firm, strict=True)])
    hover(other, [f"{name}: {n} {DOUBTFUL}" for name, n in zip(names, count - firm, strict=True)])
    for at, number in zip(y, count, strict=True):
        look: dict[str, Any] = {
            "xytext": (way * pt(5), 0),
            "textcoords": "offset points",
            "va": "center_baseline",
        }
        if number:
            ax.annotate(f"{number}", (way * number, at), ha="left" if way > 0 else "right", **look)


def _draw_heads(ax: Axes, sides: list[str], right: float, gap: float) -> None:
    for side, way in zip(sides, (-1, 1), strict=False):
        look: dict[str, Any] = {"xytext": (way * pt(6), 0), "textcoords": "offset points", "va": "center"}
        said = wrap_label(first_upper(side), 16)
        ax.annotate(
            said, (0, _HEADS / 2), ha="left" if way > 0 else "right", weight="bold", color=QUIET_TEXT, **look
        )
    ax.text(right, _HEADS / 2, "Others", ha="center", va="center", weight="bold", color=QUIET_TEXT)


def _subtitle(table: pd.DataFrame) -> str:
    doubt = (table["count"] > table["members_confirmed"]).any()
    return "Organisations in each body" + (f". Hatched: {DOUBTFUL}" if doubt else "")


def _finding(table: pd.DataFrame, sides: list[str]) -> str:
    total = int(table["count"].sum())
    if not sides:
        return f"Nothing is known of the kinds of the {total} members named"
    first = int(table.loc[(table["plural"] == sides[0]) & table["code"].notna(), "count"].sum())
    return f"{first_upper(sides[0])} take {first} of the {total} seats that sources name"


def _notes(table: pd.DataFrame) -> str:
    disputed = int(table["members_disputed"].sum())
    doubt = (
        f" {disputed} disputed {'seat is' if disputed == 1 else 'seats are'} left out." if disputed else ""
    )
    return f"{NOT_ALL_NAMED}. An organisation that sits in several bodies counts in each.{doubt}"


def _told(bodies: pd.DataFrame, table: pd.DataFrame, sides: list[str]) -> list[str]:
    kinds = table[table["code"].notna()].groupby("plural", sort=False)["count"].sum()
    whole = ", ".join(f"{n} {kind}" for kind, n in kinds.nlargest(3).items())
    return [
        f"In all {whole}",
        *(f"{row.body_short}: {row.members_known} named" for row in table_rows(bodies.head(3))),
    ]
