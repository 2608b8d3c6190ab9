"""Who sits in several bodies, and in which."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .marks import LONGEST_NAME, NOT_ALL_NAMED, row_lines, seat_looks, seat_style, stairs, stairs_height
from .palette import GRID
from .style import height_for
from .wording import wrap_label


@draws(
    "shared_seats",
    "organisation_id organisation body_id body body_short certainty source_ids",
    whole="bodies bodies_shared",
    flags="confirmed disputed",
)
def shared_seats(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Who sits in several bodies, and in which? One row per organisation, one column per body.

    Parameters
    ----------
    table : what `shared_seats` gave.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

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
    >>> ax.get_yticklabels()[0].get_text()
    'Huawei Technologies, 7'
    """
    if table["organisation"].isna().all():
        raise ValueError("no organisation is known to sit in two bodies, so there is nothing to draw")
    who = table.drop_duplicates("organisation_id").reset_index(drop=True)
    bodies = table.drop_duplicates("body_id").sort_values(["bodies_shared", "body"], ascending=[False, True])
    names = [wrap_label(f"{row.organisation}, {row.bodies}", LONGEST_NAME + 6) for row in who.itertuples()]
    heads = list(bodies["body_short"])
    with axes_for(
        ax, size, height=height_for(len(who) + stairs_height(heads), size, row_lines(names)), grid=None
    ) as ax:
        x = table["body_id"].map({key: place for place, key in enumerate(bodies["body_id"])})
        y = table["organisation_id"].map({key: place for place, key in enumerate(who["organisation_id"])})
        for place in range(len(who)):
            ax.axhline(place, color=GRID, linewidth=1, zorder=0)
        for left, top, confirmed, disputed in zip(x, y, table["confirmed"], table["disputed"], strict=True):
            style = seat_style(confirmed, disputed)
            ax.add_patch(Rectangle((left - 0.36, top - 0.36), 0.72, 0.72, **style, gid="seat"))
        stairs(ax, range(len(heads)), heads, bottom=len(who) - 0.5)
        ax.set_yticks(range(len(names)), names)
        ax.set(xticks=[], xlim=(-0.5, len(heads) - 0.5), ylim=(len(who) - 0.5, -0.8 - stairs_height(heads)))
        ax.spines[:].set_visible(False)
        said = "Organisations named in two or more bodies, and in how many. "
        said += seat_looks(table["confirmed"], table["disputed"], table["certainty"])
        what = "Matrix of the organisations that sit in two or more bodies; bodies each sits in"
        frame(
            ax,
            title=_shared_finding(who),
            subtitle=said,
            footer=f"{NOT_ALL_NAMED}.",
            drawn=table,
            alt=describe(who["bodies"].tolist(), list(who["organisation"]), what, "bodies"),
        )
    return ax


def _shared_finding(who: pd.DataFrame) -> str:
    first = who.iloc[0]
    others = who[who["bodies"] == first["bodies"]]["organisation"].iloc[1:]
    if len(others) > 1:
        return (
            f"{len(who)} organisations sit in several bodies, {len(others) + 1} of them in {first['bodies']}"
        )
    names = " and ".join([first["organisation"], *others])
    verb = "are" if len(others) else "is"
    return f"{names} {verb} named in {first['bodies']} bodies, more than any other organisation"
