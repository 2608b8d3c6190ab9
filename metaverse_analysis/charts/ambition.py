"""Promises beside the economy: what was promised, and what share of the place's GDP that is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from .broken import cut
from .canvas import axes_for
from .contract import draws
from .footers import TITLE, frame
from .hover import hover
from .labels import figure_of
from .marks import emphasis_words, highlighted, name_rows, table_rows
from .palette import TEXT, bar_style, colour, tint
from .rows import ONE_LINE, room_for, short_names
from .style import bar_share, height_for, is_narrow, look_of, pt
from .wording import (
    counted,
    cut_label,
    dollar_basis,
    first_upper,
    in_order,
    in_words,
    listed,
    number,
    several,
    with_dollars,
)

_HEADING, _BETWEEN = 1.0, 0.5  # rows: of a block's heading, and above it
_HEADS = 1.2  # rows above the first block, for the heads of the columns
_OTHER = 2  # the block of other scopes
_LETTER = 0.52  # of the font size: the width of an average character, on the safe side
_FIRST = 0.22  # of the width: the longest bar of the first column
_FEWEST = 3  # rows of the second block
_FAR = 2.0  # times the second longest: a bar beyond is broken off


class Columns(NamedTuple):
    """Where the columns stand, in font sizes, and how long their longest bars are."""

    amounts: float
    start: float
    shares: float
    width: float


_NARROWEST = 0.45  # of the size's width: what its words take on a caller's axes


@draws(
    "ambition",
    """target_id place_id place level scope scope_label measure status qualifier vintage census_base gdp_series reason
    rate_date source_ids""",
    numbers="""amount_cny_bn amount_max_cny_bn amount_usd_bn rate share_of_gdp_pct share_of_gdp_max_pct""",
    whole="target_year statistics_year rank",
    key="target_id",
)
def ambition(
    table: pd.DataFrame,
    *,
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
    ax: Axes | None = None,
    size: str = "notebook",
) -> Axes:
    """Is it a lot? What was promised in yuan beside what that is of the place's GDP.

    Two bars a row. The first block has the scope and the series of GDP that most of the emphasised places (else of
    all) share, the second the same scope in other series, such as cities'. Each has its own scale of shares. Drafts
    are hatched. Targets of other scopes are told in the notes, those without a share not at all.

    Parameters
    ----------
    table : what `ambition` gave.
    highlight : places to emphasise, by id or name; None: those of the article, []: none.
    top : draw so many rows; None: as many as there is room for.
    ax : the axes to draw on; none: those of a figure of its own.
    size : one of `style.SIZES`.

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `ambition`, or no target in it has a share of GDP.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> shares = ma.ambition(ma.load(), statistics_year=2022, vintage="final_verified", scope="metaverse_related")
    >>> ax = ma.charts.ambition(shares)
    >>> "Sichuan" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    known = table[table[["rank", "share_of_gdp_pct", "amount_cny_bn"]].notna().all(axis="columns")]
    if known.empty:
        raise ValueError("no target in this table has a share of GDP: nothing to draw")
    known = known.assign(strong=highlighted(known["place_id"], highlight, known["place"]))
    known = _in_blocks(known)
    every = known[known["block"] < _OTHER]
    narrow = is_narrow(size)
    _, lines = short_names(every["name"], size)
    room = room_for(ax, size, lines) - _HEADS - every["block"].nunique() * (_HEADING + _BETWEEN)
    rows, height = _placed(every.head(_how_many(every, int(room)) if top is None else top))
    names, _ = short_names(rows["name"], size)
    with axes_for(
        ax, size, height=height_for(height + _HEADS, size, lines), grid=None, narrowest=_NARROWEST
    ) as ax:
        columns = _columns(ax, rows, names, size, narrow)
        thick = bar_share(height + _HEADS, size, lines, 0.36 if narrow else 0.66)
        for row in table_rows(rows):
            _draw_row(ax, row, columns, thick)
        hues = [colour("emphasis") if flag else TEXT for flag in rows["strong"]]
        name_rows(ax, list(rows["y"]), names, above=narrow, bold=list(rows["strong"]), colours=hues, lift=0.4)
        _draw_heads(ax, rows, columns)
        ax.set(xlim=(0, columns.width), ylim=(height - 0.4, -_HEADS - 0.2), xticks=[])
        ax.spines["left"].set_visible(False)
        frame(
            ax,
            title=_finding(every[every["block"] == every["block"].iloc[0]]),
            subtitle=_subtitle(rows, highlight),
            footer=_footer(rows, len(every) - len(rows)),
            notes=_notes(table, rows, known[known["block"] == _OTHER]),
            drawn=rows,
            alt=_alt(rows),
        )
    return ax


def _in_blocks(known: pd.DataFrame) -> pd.DataFrame:
    """The rows by block, with its heading and their names, the largest promise of each block first."""
    chosen = known[known["strong"]] if known["strong"].any() else known
    kind = ["scope", "measure", "gdp_series"]
    kinds = known[kind].astype("str").fillna("")  # a folder may not say the series
    counts = kinds.loc[chosen.index].value_counts(sort=False).reset_index()
    first = counts[kind].iloc[int(counts["count"].argmax())]
    like = (kinds[["scope", "measure"]] == first[["scope", "measure"]]).all(axis="columns")
    block = like.map({True: 1, False: _OTHER}).mask((kinds == first).all(axis="columns"), 0)
    rows = known.assign(block=block).sort_values(
        ["block", "amount_cny_bn", "share_of_gdp_pct"], ascending=[True, False, False], kind="stable"
    )
    year = rows["block"].map(
        {key: part.mode().get(0, pd.NA) for key, part in rows.groupby("block")["target_year"]}
    )
    odd = rows["target_year"].notna() & (rows["target_year"] != year).fillna(True)
    name = rows["place"] + (", by " + rows["target_year"].astype("str")).where(odd, "")
    rows = rows.assign(name=name, year=year)
    return rows.assign(heading=rows["block"].map(_headings(rows)))


def _how_many(every: pd.DataFrame, room: int) -> int:
    """As many as there is room for; of the second block no more than of the first, and none rather than one or two."""
    first = int((every["block"] == every["block"].iloc[0]).sum())
    return max(1, min(room, first) if room - first < _FEWEST else min(room, first + max(first, _FEWEST)))


def _headings(rows: pd.DataFrame) -> dict[Any, str]:
    said: dict[Any, str] = {}
    for block, part in rows.groupby("block"):
        levels = first_upper(listed([several(level) for level in in_order(part["level"])]))
        year = part["year"].iloc[0]
        by = "" if pd.isna(year) else f" by {year}"
        alike = f"{levels}: {part['scope_label'].iloc[0]}{by}"
        said[block] = f"{levels}, by their own accounts" if block else alike
    return said


def _placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, float]:
    """Where each row stands, below the heading of its block; and the height of all."""
    new = (rows["block"] != rows["block"].shift()).cumsum()
    y = pd.Series(range(len(rows)), rows.index, dtype="float64") + new * _HEADING + (new - 1) * _BETWEEN
    scaled = [_scaled(part) for _, part in rows.assign(y=y).groupby("block")]
    most = rows[["amount_cny_bn", "amount_max_cny_bn"]].max(axis="columns").max() or 1
    rows = pd.concat(scaled).assign(
        amount_part=rows["amount_cny_bn"] / most, amount_top=(rows["amount_max_cny_bn"] / most).fillna(0)
    )
    return rows, float(y.max() + 1)


def _columns(ax: Axes, rows: pd.DataFrame, names: list[str], size: str, narrow: bool) -> Columns:
    """Both columns in the width that the names leave, the second behind the longest label of the first."""
    font = look_of(size)["font"]
    box = ax.get_window_extent().width / figure_of(ax).dpi * 72 / font
    longest = max(len(line) for name in names for line in name.split("\n"))
    width = max(20.0, box - (0 if narrow else 0.5 * longest))
    amounts = _FIRST * width
    most = rows[["amount_cny_bn", "amount_max_cny_bn"]].max(axis="columns")
    ends = amounts * most / (most.max() or 1) + _LETTER * pd.Series([len(_amount(row)) for row in table_rows(rows)],
                                                                     index=rows.index)  # fmt: skip
    start = float(ends.max()) + 1.5
    return Columns(amounts, start, max(0.12 * width, width - start - 4), max(width, start + 0.12 * width + 4))


def _draw_row(ax: Axes, row: Any, columns: Columns, thick: float) -> None:
    hue = colour("emphasis") if row.strong else colour("quiet")
    pairs = [
        (0.0, columns.amounts, row.amount_part, row.amount_top, _amount(row)),
        (columns.start, columns.shares, row.share_part, row.share_top, _share(row)),
    ]
    for start, longest, part, upper, words in pairs:
        length = longest * min(part, 1)
        bar = ax.barh([row.y], [length], left=[start], height=thick, **bar_style(hue, row.status))
        hover(bar, f"{row.place}: {_amount(row)}, {_share(row)} of GDP")
        if part > 1:
            cut(ax, start + length, row.y, thick, longest, base=start)
        tip = start + length
        if upper > part:
            tip = start + longest * min(upper, 1)
            look: dict[str, Any] = {"facecolor": tint(hue, 0.4), "edgecolor": hue, "linewidth": pt(0.8)}
            ax.barh([row.y], [tip - start - length], left=[start + length], height=thick / 2, **look)
        ax.annotate(
            words, (tip, row.y), xytext=(pt(4), 0), textcoords="offset points", va="center_baseline",
            color=colour("emphasis") if row.strong else TEXT, weight="bold" if row.strong else "normal",
        )  # fmt: skip


def _draw_heads(ax: Axes, rows: pd.DataFrame, columns: Columns) -> None:
    """What the columns are, and the heading of each block."""
    look: dict[str, Any] = {"ha": "left", "va": "center", "annotation_clip": False}
    year = rows["statistics_year"].iloc[0]
    for x, words in ((0, "Promised"), (columns.start, f"as % of GDP of {year}")):
        ax.annotate(words, (x, -_HEADS + 0.5), **look)
    at = rows.drop_duplicates("block")
    for row in table_rows(at):
        ax.annotate(
            cut_label(row.heading, ONE_LINE + 4, 1), (0, row.y - _HEADING + 0.05),
            xycoords=ax.get_yaxis_transform(), weight="bold",
            gid="block", **look,
        )  # fmt: skip


def _scaled(rows: pd.DataFrame) -> pd.DataFrame:
    """The shares as parts of the longest bar; of one that is far larger than all others, more than 1."""
    shares = rows[["share_of_gdp_pct", "share_of_gdp_max_pct"]]
    largest = shares.max(axis="columns").sort_values(ascending=False).head(2).tolist()
    far = len(largest) > 1 and largest[0] > _FAR * largest[1] > 0
    whole = (1.3 * largest[1] if far else largest[0]) or 1
    return rows.assign(
        share_part=shares["share_of_gdp_pct"] / whole,
        share_top=(shares["share_of_gdp_max_pct"] / whole).fillna(0),
    )


def _amount(row: Any) -> str:
    """With dollars in the first block and in the notes; in the second they would only repeat the rate."""
    usd = float("nan") if row.block == 1 else row.amount_usd_bn
    return with_dollars(row.amount_cny_bn, usd, upper=row.amount_max_cny_bn, qualifier=str(row.qualifier))


def _share(row: Any) -> str:
    """The share, of a range with its upper end."""
    upper = row.share_of_gdp_max_pct
    return f"{number(row.share_of_gdp_pct)}{'' if pd.isna(upper) else f'–{number(upper)}'}%"


def _finding(block: pd.DataFrame) -> str:
    """Of the first block: whose promise is the smallest beside the economy though not in yuan, else the largest."""
    n, levels = len(block), in_order(block["level"])
    places = f"{in_words(n)} {several(levels[0]) if len(levels) == 1 else 'places'}"
    by_share = block.sort_values("share_of_gdp_pct", ascending=False, kind="stable")
    last, first = by_share.iloc[-1], by_share.iloc[0]
    tied = n > 1 and by_share["share_of_gdp_pct"].iloc[-2] == last["share_of_gdp_pct"]
    least = block["amount_cny_bn"].min()
    verb = "proposal" if block["status"].astype("str").eq("draft").all() else "promise"
    if n > 2 and last["strong"] and not tied and last["amount_cny_bn"] > least:
        return f"Beside its economy, {last['place']}'s {verb} is the smallest of {places}"
    ending = f", the most of {places}" if n > 1 else ""
    return f"{first['place']}'s {verb} equals {_share(first)} of its GDP{ending}"


def _subtitle(rows: pd.DataFrame, highlight: Any) -> str:
    words = emphasis_words(rows["strong"], highlight, rows["place"])
    said = ["Market sizes in yuan", dollar_basis(rows)]
    return ". ".join(first_upper(part) for part in ("; ".join(filter(None, said)), words) if part)


def _footer(rows: pd.DataFrame, left: int) -> str:
    said = ["Hatched: a draft."] if (rows["status"].astype("str") == "draft").any() else []
    said += [f"Not drawn: {counted(left, 'smaller target')}."] if left else []
    return " ".join(said)


def _notes(table: pd.DataFrame, rows: pd.DataFrame, others: pd.DataFrame) -> str:
    row = rows.iloc[0]
    base = "" if pd.isna(row["census_base"]) else f", base of the {row['census_base']} economic census"
    said = [
        "A market size is gross, GDP is value added: the share compares sizes, the one is not a part of the other. "
        f"GDP of {row['statistics_year']}: {str(row['vintage']).replace('_', ' ')}{base}. Cities publish their own, "
        "which are not revised with those of the provinces, so they stand in a block and on a scale of their own."
    ]
    if len(others):
        each = [
            f"{row.place} {_amount(row)}, {_share(row)} ({row.scope_label})" for row in table_rows(others)
        ]
        said.append(f"Other scopes count other things: {'; '.join(each)}.")
    without = table[table["reason"].str.startswith("no GDP", na=False)]["place"].drop_duplicates()
    if len(without):
        said.append(f"Without a GDP in the tables: {listed(list(without))}.")
    return " ".join(said)


def _alt(rows: pd.DataFrame) -> list[str]:
    first = rows[rows["block"] == rows["block"].iloc[0]]
    said = [f"{row.place}: {_amount(row)}, {_share(row)} of its GDP" for row in table_rows(first.head(5))]
    return [
        f"Two bars for each of {counted(len(rows), 'target')}, in yuan and as a share of GDP",
        TITLE,
        *said,
    ]
