"""What each level of government does: the share of its documents in which each kind of instrument was seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..tables.needs import needs
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .marks import fold, name_rows
from .palette import GRID, TEXT, colour
from .rows import short_names
from .style import bar_share, height_for, is_narrow, pt
from .wording import counted, first_upper, several

_POOLED = {"zone": "district"}  # too few for a column of their own
_HEADS = {"country": "Nation", "district": "Districts, zones"}
_ORDER = ("country", "province", "city", "district")
_COLUMN = 175.0  # per cent: a column is as wide as all of its documents, and the number beside
_NAME = 22  # characters on a line
_HEAD = 1.5  # rows above the first, for the heads
_NARROWEST = 0.45  # of the size's width: what its words take on a caller's axes


@draws("instrument_counts", "level instrument_group_label source_ids", counts=True)
def instruments_by_level(
    table: pd.DataFrame, *, top: int | None = None, ax: Axes | None = None, size: str = "notebook"
) -> Axes:
    """Which level of government does what?

    A column for each level, a row for each kind of instrument; a bar is the share of the level's documents in which it
    was seen, dark where that share is largest. Kinds that the widest level leads in come first. Districts and zones
    are one column.

    Parameters
    ----------
    table : what `instrument_counts` gave, `by="level"`, of groups or of instruments.
    top : draw so many kinds; None: as many as there is room for.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `instrument_counts` by level, or has no use of an instrument.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> counts = ma.instrument_counts(ma.load(), by="level", group=True, count="families")
    >>> ax = ma.charts.instruments_by_level(counts)
    >>> ax.texts[0].get_text()
    '84%'
    """
    number = "families" if "families" in table else "documents"
    table = needs(
        table, [number, f"all_{number}"], given_by="instrument_counts", taker="charts.instruments_by_level"
    )
    kind = "instrument_label" if "instrument_label" in table else "instrument_group_label"
    shares, every = _shares(table, kind, number)
    narrow = is_narrow(size)
    names, lines = short_names([first_upper(name) for name in shares.index], size, _NAME)
    rows, left = fold(shares, top, size, lines=lines, other=_HEAD)
    names = names[: len(rows)]
    with axes_for(
        ax, size, height=height_for(len(rows) + _HEAD, size, lines), grid=None, narrowest=_NARROWEST
    ) as ax:
        thick = bar_share(len(rows) + _HEAD, size, lines, 0.34 if narrow else 0.62)
        _draw_columns(ax, rows, thick, reach=thick / 2 if narrow else 0.5)
        _draw_heads(ax, every)
        name_rows(ax, range(len(rows)), names, above=narrow, lift=0.4)
        ax.set(xlim=(0, _COLUMN * len(every)), ylim=(len(rows) - 0.4, -0.6 - _HEAD), xticks=[])
        ax.spines["left"].set_visible(False)
        folded = f". Not drawn: {counted(left, 'kind')}" if left else ""
        frame(
            ax,
            title=_finding(shares),
            subtitle=f"Share of a level's documents with it, %; dark: the highest{folded}",
            notes="A draft and its final are one document. "
            * (number == "families")
            + "The number below a level is that of its documents with any instrument. No full text was read: what "
            "is not counted here was not seen, which does not mean absent. Documents on wider matters that name the "
            "subject are counted, too.",
            drawn=table[table[kind].isin(rows.index)],
            alt=_alt(rows),
        )
    return ax


def _shares(table: pd.DataFrame, kind: str, number: str) -> tuple[pd.DataFrame, pd.Series]:
    """Per cent of the documents of each level (a column each) with each kind of instrument; and their numbers."""
    level = table["level"].astype("str").replace(_POOLED)
    whole = table.assign(level=level, own=table["level"].astype("str"))
    every = whole.drop_duplicates("own").groupby("level")[f"all_{number}"].sum().astype("float64")
    levels = [*(one for one in _ORDER if one in every), *(one for one in every.index if one not in _ORDER)]
    uses = whole.groupby([kind, "level"], sort=False)[number].sum().unstack().fillna(0)
    uses = uses[uses.sum(axis="columns") > 0]
    if uses.empty:
        raise ValueError("no use of an instrument is in this table: nothing to draw")
    shares = 100 * uses.reindex(columns=levels, fill_value=0).astype("float64") / every[levels]
    # From what the widest level leads in to what the lowest does.
    lead = shares[levels[0]] - shares[levels[-1]] if len(levels) > 1 else shares[levels[0]]
    order = pd.DataFrame({"lead": lead, "most": shares.max(axis="columns")})
    order = order.sort_values(["lead", "most"], ascending=False, kind="stable")
    return shares.loc[order.index], every[levels].astype("int64")


def _draw_columns(ax: Axes, rows: pd.DataFrame, thick: float, reach: float) -> None:
    values = rows.to_numpy()
    leads = np.isclose(values, values.max(axis=1, keepdims=True))
    for column in range(values.shape[1]):
        start = column * _COLUMN
        y = np.arange(len(rows))  # where names stand above the bars, the line isn't drawn through them
        ax.vlines(np.full(len(y), start), y - reach, y + reach, color=GRID, linewidth=pt(1), zorder=1)
        for row, (share, leading) in enumerate(zip(values[:, column], leads[:, column], strict=True)):
            hue = colour("final" if leading else "quiet")
            bar = ax.barh([row], [share], left=[start], height=thick, color=hue, zorder=2)
            hover(
                bar,
                f"{first_upper(str(rows.index[row]))}: in {_pct(share)} of {_level(rows.columns[column])}",
            )
            ax.annotate(
                _pct(share), (start + share, row), xytext=(pt(4), 0), textcoords="offset points",
                va="center_baseline", color=TEXT, weight="bold" if leading else "normal", gid="share",
            )  # fmt: skip


def _draw_heads(ax: Axes, every: pd.Series) -> None:
    for column, (level, n) in enumerate(every.items()):
        head = _HEADS.get(str(level), first_upper(several(str(level)))).replace(", ", ",\n")
        ax.annotate(
            f"{head}\n{n}", (column * _COLUMN, -0.7), ha="left", va="bottom", weight="bold", linespacing=1.05,
            annotation_clip=False,
        )  # fmt: skip


def _pct(share: float) -> str:
    """A half is rounded up, as readers do."""
    return f"{int(share + 0.5)}%"


def _level(level: Any) -> str:
    """Of whom documents are: "national", "districts and zones"."""
    return {"country": "national documents", "district": "those of districts and zones"}.get(
        str(level), f"those of {several(str(level))}"
    )


def _finding(shares: pd.DataFrame) -> str:
    """What the widest level does far more than the lowest, and the other way round."""
    first, last = shares.columns[0], shares.columns[-1]
    up = shares.index[0]
    if first == last or shares.loc[up, first] <= shares.loc[up, last]:
        most = str(shares.max(axis="columns").idxmax())
        level = str(shares.loc[most].idxmax())
        whose = _level(level).replace("those", "documents")
        return f"{first_upper(most)}: in {_pct(float(shares.to_numpy().max()))} of {whose}"
    said = f"{first_upper(str(up))} are in {_pct(shares.loc[up, first])} of {_level(first)}"
    down = shares.index[-1]
    if shares.loc[down, last] <= shares.loc[down, first]:
        return said
    return f"{said}, {down} in {_pct(shares.loc[down, last])} of {_level(last)}"


def _alt(rows: pd.DataFrame) -> list[str]:
    levels = [_level(level).removeprefix("those of ") for level in rows.columns]
    told = rows.iloc[[0, -1]] if len(rows) > 1 else rows
    said = []
    for kind, values in zip(told.index, told.to_numpy(), strict=True):
        each = [f"{_pct(share)} of {level}" for share, level in zip(values, levels, strict=True)]
        said.append(f"{first_upper(str(kind))}: {', '.join(each)}")
    return [
        f"Bars for {counted(len(rows), 'kind')} of instruments in {counted(len(levels), 'column')}",
        TITLE,
        *said,
    ]
