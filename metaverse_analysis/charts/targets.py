"""Who promised how much: the targets of one scope and year as bars, those of other scopes in panels of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .canvas import axes_for, mosaic_for
from .contract import draws
from .footers import TITLE, frame, told
from .labels import figure_of
from .marks import emphasis_words, highlighted
from .nested_bars import Block, draw_block, stack
from .style import frame_height, look_of
from .wording import counted, dollar_basis, first_upper, hedged, listed, money

_PANELS = {"notebook": 2, "report": 2, "slide": 1}  # beside each other; none where there is no room for them
_MOST_PANELS = 4
_PANEL_ROWS = {"notebook": 4, "report": 4, "slide": 3}
_PANEL_TYPE = {"notebook": 0.85, "report": 0.85, "slide": 0.74}  # of the font
_WIDEST = 25  # of the font: what names and labels may take of half a slide
_VERBS = {"draft": "proposes, in a draft,", "announced": "announced"}


@draws(
    "market_targets",
    """target_id place_id place level parent ancestor_ids scope scope_label measure status qualifier rate_date
    source_ids""",
    numbers="amount_cny_bn amount_max_cny_bn amount_usd_bn rate",
    whole="target_year",
    flags="stands comparable",
    key="target_id",
)
def market_targets(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    size: str = "notebook",
    highlight: str | Iterable[str] | None = None,
    top: int | None = None,
) -> Axes:
    """Every promised market size as a bar: those of one scope and year large, the others in small panels.

    The scope, measure and year that most targets share come first; a city's bar lies below that of its province. Each
    panel is of the measure and year that most targets of another scope share, on a scale of its own, since it counts
    other things. Scopes whose members are unlike have no panel. Of the yearly steps of one place the last is drawn.
    Drafts are hatched.

    Parameters
    ----------
    table : what `market_targets` gave, best with one `rate_on` for all. The targets in yuan that stand are drawn.
    ax : the axes to draw on, for the first block alone; none: those of a figure of its own.
    size : "notebook", "report", "slide" or "phone"; the last has the first block alone.
    highlight : names or ids of the places to emphasise; [] for none; by default the two of the article.
    top : how many places of the first block are drawn; by default as many as fit.

    Returns
    -------
    The axes of the first block.

    Raises
    ------
    ValueError
        If the table isn't that of `market_targets`, if no target in yuan stands in it, or for a place to emphasise
        that isn't in it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.market_targets(ma.market_targets(ma.load(), year=2025))
    >>> "Sichuan" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    rows = table[table["stands"] & table["amount_cny_bn"].notna()]
    if rows.empty:
        raise ValueError("no target in yuan stands in this table: nothing to draw")
    rows = rows.assign(strong=highlighted(rows["place_id"], highlight, rows["place"]))
    first, *others = _blocks(rows)
    year = first["target_year"].iloc[0]
    alone = ax is not None or size not in _PANELS
    panels = [] if alone else [_panel(block, size) for block in others[:_MOST_PANELS]]
    hero = stack(first, size, year=year, top=top, room=_room(ax, size, panels))
    if size == "slide" and max(block.width for block in [hero, *panels]) > _WIDEST:
        panels = []
    drawn = pd.concat([hero.rows, *(panel.rows for panel in panels)])
    if not panels:
        with axes_for(ax, size, height=_height(hero.height, size), grid=None) as ax:
            draw_block(ax, hero, _roomy(size))
            _frame(ax, rows, first, hero, drawn, highlight)
        return ax
    heights = _row_heights(panels, size)
    with _figure(hero, heights, len(panels), size) as (figure, axes):
        draw_block(axes["0"], hero, _roomy(size) and max(_roomy(size), sum(heights)) / 1.4)
        for i, panel in enumerate(panels):
            draw_block(axes[str(i + 1)], panel, _height_of(i, heights, len(panels), size))
        _frame(figure, rows, first, hero, drawn, highlight)
    return axes["0"]


def _blocks(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The targets of the scope, measure and year that most share; then such of each other scope, the largest first."""
    first = _most_shared(rows[rows["comparable"]] if rows["comparable"].any() else rows)
    rest = rows[rows["comparable"] & (rows["scope"] != first["scope"].iloc[0])]
    last = rest.groupby(["place_id", "scope", "measure"], observed=True)["target_year"].transform("max")
    rest = rest[rest["target_year"].isna() | (rest["target_year"] == last).fillna(False)]
    parts = [_most_shared(part) for _, part in rest.groupby(rest["scope"].astype("str"), sort=False)]
    return [first, *sorted(parts, key=lambda part: -part["amount_cny_bn"].max())]


def _most_shared(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the one scope, measure and year of which there are most; of several such, of the largest amount."""
    kind = ["scope", "measure", "target_year"]
    sizes = rows.groupby(kind, observed=True, dropna=False, sort=False)["amount_cny_bn"].agg(["size", "max"])
    scope, measure, year = sizes.sort_values(["size", "max"], ascending=False, kind="stable").index[0]
    here = (rows["scope"] == scope) & (rows["measure"] == measure)
    return rows[
        here & (rows["target_year"].isna() if pd.isna(year) else (rows["target_year"] == year).fillna(False))
    ]


def _panel(block: pd.DataFrame, size: str) -> Block:
    """A panel, headed by its scope and year."""
    year = block["target_year"].iloc[0]
    words = first_upper(block["scope_label"].iloc[0]) + ("" if pd.isna(year) else f", by {year}")
    return stack(
        block, size, year=year, top=_PANEL_ROWS[size], heading=words, type_=_PANEL_TYPE[size], dollars=False
    )


def _room(ax: Axes | None, size: str, panels: list[Block]) -> float:
    """The height that the first block may take, in lines of the size."""
    look = look_of(size)
    if ax is not None:
        points = ax.get_window_extent().height / figure_of(ax).dpi * 72
        return (points - frame_height(size)) / look["font"]
    below = sum(_row_heights(panels, size)) if _PANELS.get(size) == 2 else 0
    return (look["tallest"] * 72 - frame_height(size)) / look["font"] - below


def _row_heights(panels: list[Block], size: str) -> list[float]:
    """The height of each row of panels; of three, the first stands beside the other two."""
    wide = _PANELS[size]
    if _first_spans(len(panels), size):
        first, *others = (panel.height for panel in panels)
        return [height * max(1, first / sum(others)) for height in others]
    return [max(panel.height for panel in panels[i : i + wide]) for i in range(0, len(panels), wide)]


def _first_spans(count: int, size: str) -> bool:
    return count == 3 and _PANELS[size] == 2


def _height_of(i: int, heights: list[float], count: int, size: str) -> float:
    """The height of a panel's axes, in lines."""
    if _first_spans(count, size):
        return sum(heights) if i == 0 else heights[i - 1]
    return heights[i // _PANELS[size]]


def _height(lines: float, size: str) -> float:
    look = look_of(size)
    if size == "slide":
        return look["height"]
    return min(look["tallest"], (frame_height(size) + lines * look["font"]) / 72)


def _roomy(size: str) -> float:
    """The lines of a chart that is as high as its size, or 0 where it is as high as its rows need."""
    look = look_of(size)
    loose = 1.2  # how much more than its height a row may take
    return (look["height"] * 72 - frame_height(size)) / look["font"] / loose if size == "slide" else 0


def _figure(hero: Block, heights: list[float], count: int, size: str) -> Any:
    """The first block above rows of panels; on a slide beside them."""
    names = [str(i + 1) for i in range(count)]
    if size == "slide":
        rest = _roomy(size) - sum(heights)
        mosaic = [["0", name] for name in [*names, *["."] * (rest > 0)]]
        heights = [*heights, *[rest] * (rest > 0)]
        look = look_of(size)
        return mosaic_for(mosaic, size, height=look["height"], height_ratios=heights, width_ratios=[1.15, 1])
    wide = min(_PANELS[size], count)
    last = [names[i : i + wide] for i in range(0, count, wide)]
    last[-1] += ["."] * (wide - len(last[-1]))
    if _first_spans(count, size):
        last = [[names[0], name] for name in names[1:]]
    heights = [hero.height, *heights]
    return mosaic_for([["0"] * wide, *last], size, height=_height(sum(heights), size), height_ratios=heights)


def _frame(
    owner: Any, rows: pd.DataFrame, first: pd.DataFrame, hero: Block, drawn: pd.DataFrame, highlight: Any
) -> None:
    left = len(first) - len(hero.rows)
    elsewhere = len(rows) - len(drawn) - left
    out = [f"{left} more {'place' if left == 1 else 'places'}"] if left else []
    out += [f"{counted(elsewhere, 'target')} of other kinds or years"] if elsewhere else []
    frame(
        owner,
        title=_finding(first),
        subtitle=_unit_words(drawn, hero.rows, highlight),
        notes=(
            "A target stands here once: drafts that a final replaced, repeated figures, forecasts and amounts in other "
            "currencies are left out, and of the yearly steps of one place all but the last. A thin bar is a place "
            "inside the one above it, a hatched one a draft of which no final is known. The panels count different "
            "things, each on a scale of its own: they don't compare and don't add up; of each, the measure and year "
            "that most targets share is drawn. Figures are as sources report them of the documents."
            + (f" Not drawn: {' and '.join(out)}." if out else "")
        ),
        drawn=drawn,
        alt=[
            f"Bars of promised {first['scope_label'].iloc[0]}",
            TITLE,
            told([_in_words(row) for _, row in hero.rows.iterrows()], most=8),
        ],
    )


def _unit_words(drawn: pd.DataFrame, hero: pd.DataFrame, highlight: Any) -> str:
    basis = dollar_basis(hero)
    said = [
        f"Yuan; {basis}" if basis else "Yuan",
        emphasis_words(drawn["strong"], highlight, drawn["place"]),
    ]
    return ". ".join(first_upper(words) for words in said if words)


def _finding(block: pd.DataFrame) -> str:
    """The largest of the block, and those emphasised."""
    by_size = block.sort_values("amount_cny_bn", ascending=False, kind="stable")
    top = by_size.iloc[0]
    tied = by_size[by_size["amount_cny_bn"] == top["amount_cny_bn"]]
    what = f" of {top['scope_label']}" + ("" if pd.isna(top["target_year"]) else f" by {top['target_year']}")
    said = money(top["amount_cny_bn"], upper=top["amount_max_cny_bn"], qualifier=top["qualifier"], words=True)
    if len(tied) > 1:
        drafts = (tied["status"] == "draft").all()
        who = listed(tied["place"]) if len(tied) < 4 else f"{len(tied)} places"
        return f"{who} {'propose' if drafts else 'promised'} {said}{what} each"
    verb = _VERBS.get(str(top["status"]), "promised")
    others = by_size[by_size["strong"] & (by_size["place_id"] != top["place_id"])].head(3)
    also = [f"{row['place']} {_short(row)}" for _, row in others.iterrows()]
    return f"{top['place']} {verb} {said}{what}" + "".join(f", {words}" for words in also)


def _in_words(row: pd.Series) -> str:
    amount = money(row["amount_cny_bn"], upper=row["amount_max_cny_bn"], qualifier=row["qualifier"])
    draft = " (draft)" if row["status"] == "draft" else ""
    return f"{'inside it, ' if row['thin'] else ''}{row['place']} {amount}{draft}"


def _short(row: pd.Series) -> str:
    """An amount beside another one in billions."""
    draft = " in a draft" if row["status"] == "draft" else ""
    if not 1 <= row["amount_cny_bn"] < 1000:
        return money(row["amount_cny_bn"], qualifier=row["qualifier"], words=True) + draft
    return hedged(row["amount_cny_bn"], row["amount_max_cny_bn"], row["qualifier"]) + draft
