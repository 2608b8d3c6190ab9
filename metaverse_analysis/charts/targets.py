"""Charts of the promised market sizes: every target by scope, and the sum that can be defended."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..measures.standing import standing
from ..measures.wording import day_in_words
from ..tables.rates import rates_source
from .canvas import axes_for
from .contract import draws
from .footers import describe, frame
from .marks import draw_blocks, is_emphasised, laid_out, place_name, table_rows, wrapped
from .style import height_for
from .wording import first_upper, hedged, listed, number


@draws(
    "market_targets",
    """target_id place_id place level parent scope scope_label measure basis per status qualifier family_id
    document_date replaced_by repeats_target_id rate_date source_ids""",
    numbers="amount amount_cny_bn amount_max_cny_bn amount_usd_bn rate",
    whole="target_year",
)
def market_targets(table: pd.DataFrame, *, ax: Axes | None = None, size: str = "notebook") -> Axes:
    """Every promised market size as a bar, in one block per scope, ranked; drafts hatched, cities set off.

    Draws the targets in yuan that stand: drafts with a final, repeated figures and forecasts are left out and counted
    in the footer.

    Parameters
    ----------
    table : what `market_targets` gave, best with one `rate_on` for all.
    ax : the axes to draw on; none: those of a figure of its own.
    size : "notebook", "report" or "slide".

    Returns
    -------
    The axes.

    Raises
    ------
    ValueError
        If the table isn't that of `market_targets`, or no target in yuan stands in it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ax = ma.charts.market_targets(ma.market_targets(ma.load(), year=2025))
    >>> "Sichuan" in [label.get_text() for label in ax.get_yticklabels()]
    True
    """
    in_yuan = table[table["amount_cny_bn"].notna()]
    stand = standing(in_yuan)
    if stand.empty:
        raise ValueError("no target in yuan stands in this table: nothing to draw")
    rows, height = laid_out(stand, "amount_cny_bn")
    usual = rows["target_year"].mode()
    year = usual.iloc[0] if len(usual) else pd.NA
    labels = [_target_label(row, year) for row in table_rows(rows)]
    names, lines = wrapped([place_name(row) for row in table_rows(rows)])
    with axes_for(ax, size, height=height_for(height, size, lines=lines)) as ax:
        draw_blocks(
            ax,
            rows,
            "amount_cny_bn",
            labels=labels,
            names=names,
            headings={
                code: first_upper(label)
                for code, label in zip(rows["scope"], rows["scope_label"], strict=True)
            },
            upper="amount_max_cny_bn",
        )
        places = [f"{row.place} ({row.scope_label})" for row in table_rows(rows)]
        what = "Bars of promised market sizes, in one block per scope"
        frame(
            ax,
            title=_finding(rows),
            subtitle=_unit_words(rows, year),
            footer=_footer(table, rows),
            drawn=rows,
            alt=describe(list(rows["amount_cny_bn"]), places, what, "billion yuan"),
        )
    return ax


def _target_label(row: Any, year: Any) -> str:
    amount = hedged(row.amount_cny_bn, row.amount_max_cny_bn, row.qualifier)
    dollars = "" if pd.isna(row.amount_usd_bn) else f" (${number(row.amount_usd_bn)} bn)"
    notes = [] if row.status != "draft" else ["draft"]
    notes += ["no document seen"] if row.status == "announced" else []
    notes += [] if row.measure == "industry_scale" else [str(row.measure).replace("_", " ")]
    notes += [f"by {row.target_year}"] if pd.notna(row.target_year) and row.target_year != year else []
    notes += ["no year"] if pd.isna(row.target_year) else []
    return amount + dollars + "".join(f", {note}" for note in notes)


def _finding(rows: pd.DataFrame) -> str:
    """The two places of the article beside the largest of their scope; else the largest of the first block."""
    named = rows[is_emphasised(rows)]
    scope = named["scope"].iloc[0] if len(named) else rows["scope"].iloc[0]
    block = rows[rows["scope"] == scope].sort_values("amount_cny_bn", ascending=False, kind="stable")
    top, named = block.iloc[0], block[is_emphasised(block)]
    what = f"{top.scope_label} by {top.target_year}" if pd.notna(top.target_year) else top.scope_label
    said = [f"{row.place} {_amount(row)}" for row in table_rows(named) if row.target_id != top.target_id]
    others = f", {listed(said)}" if said else ""
    return f"{top.place} promises {_amount(top)} billion yuan of {what}{others}"


def _amount(row: Any) -> str:
    return hedged(row.amount_cny_bn, row.amount_max_cny_bn, row.qualifier)


def _unit_words(rows: pd.DataFrame, year: Any) -> str:
    words = "Billion yuan" + (f", by {year} unless a label says otherwise" if pd.notna(year) else "")
    if rows["rate"].notna().any():
        words += f"; in brackets billion dollars {_rate_words(rows)}"
    more = (
        " Each block counts another quantity: blocks don't compare, and don't add up."
        if rows["scope"].nunique() > 1
        else ""
    )
    return words + "." + more


def _rate_words(rows: pd.DataFrame) -> str:
    rates = rows[["rate", "rate_date"]].drop_duplicates().dropna()
    if len(rates) > 1:
        return "at the rate of each document's date"
    rate, day = rates.iloc[0]
    return f"at {rate:.2f} yuan per dollar, the rate of {day_in_words(day)}"


def _footer(table: pd.DataFrame, rows: pd.DataFrame) -> str:
    inside = "Thin bars: places inside a province." if not rows["wide"].all() else ""
    draft = "Hatched: a draft; no final is known." if (rows["status"] == "draft").any() else ""
    left = len(table) - len(rows)
    rows_left = f"{left} row{'s' if left != 1 else ''}"
    out = f"Left out, {rows_left}: drafts with a final, repeats, forecasts, other currencies." if left else ""
    reported = "Figures as sources report them of the documents; each row of the table names its sources."
    rates = f"Rates: {rates_source()['text']}." if rows["rate"].notna().any() else ""
    return " ".join(words for words in (inside, draft, out, reported, rates) if words)
