"""The sum of targets that can be defended: one scope, one year, one measure, each yuan once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from html import escape
from numbers import Integral
from typing import Any

import pandas as pd

from ..tables.lookup import among
from ..tables.needs import each_once, needs, year_number
from .by_content import ByContent
from .standing import apply, because, reason_words, reasons
from .wording import HEDGES, plain_number

NEEDED = [
    "target_id", "place_id", "place", "level", "ancestor_ids", "document", "status", "document_date", "replaced_by",
    "scope", "scope_label", "comparable", "measure", "basis", "qualifier", "target_year", "amount", "currency", "per",
    "amount_cny_bn", "amount_max_cny_bn", "amount_usd_bn", "rate", "rate_date", "repeats_target_id", "source_ids",
]  # fmt: skip
SHOWN = [
    "target_id", "place_id", "place", "level", "status", "qualifier", "amount_cny_bn", "amount_max_cny_bn",
    "amount_usd_bn", "rate", "rate_date", "document", "source_ids",
]  # fmt: skip
OPEN = ("over", "at_least")
_IN_DOLLARS = ("amount_usd_bn", "rate", "rate_date")  # of one target they differ with the day of the rate


@dataclass(frozen=True, eq=False, repr=False)
class Total(ByContent):
    """A sum of targets, what is in it, and what is not and why. It prints as a small table.

    Attributes
    ----------
    amount_cny_bn : billion yuan, the sum of the values as written (of a range its lower end).
    low_cny_bn, high_cny_bn : the least and the most that the words allow. "Up to" has no lower end but zero;
        high is None where a document says "over" or "at least". "About" is taken as written.
    amount_usd_bn : billion dollars, the sum of the values' dollars; missing where one of them has none.
    or_more : whether the sum is open upwards. Print it then as "1,050 or more".
    hedge : "about " where a part of it is about so much, else empty.
    words : the sum as it can be printed: "about 1,050 billion yuan", with "or more" where it is open.
    scope, year, measure, scope_label : what was added up.
    included : the rows in the sum, the largest first, with a `remark` (a draft without a final).
    excluded : the rows of that scope, year and measure that are not in it, with the `reason`; `reason_code` and
        `reason_of` (the target, place or currency that it names) are what the words are made of.
    drafts_alone : the target_ids in the sum that only a draft sets.
    counted_once : how many rows more there were of targets that stood in the table several times.

    If nothing is left to add, the amounts are NaN, not zero.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> total = ma.add_up(ma.market_targets(ma.load()), scope="metaverse_related", year=2025)
    >>> total.amount_cny_bn, total.words, total.included["place"].iloc[0]
    (1050.0, 'about 1,050 billion yuan', 'Shanghai')
    """

    amount_cny_bn: float
    low_cny_bn: float
    high_cny_bn: float | None
    amount_usd_bn: float
    or_more: bool
    scope: str
    scope_label: str
    year: int
    measure: str
    included: pd.DataFrame
    excluded: pd.DataFrame
    drafts_alone: tuple[str, ...]
    counted_once: int = 0

    @property
    def to_cite(self) -> pd.DataFrame:
        """The rows whose pages `cite` names, given the sum."""
        return self.included

    @property
    def hedge(self) -> str:
        return "about " if (self.included["qualifier"] == "about").any() else ""

    @property
    def words(self) -> str:
        if not len(self.included):
            return "nothing"
        return (
            f"{self.hedge}{plain_number(self.amount_cny_bn)} billion yuan{' or more' if self.or_more else ''}"
        )

    def _headline(self) -> str:
        what = f"{self.scope_label}, {self.year}, {self.measure.replace('_', ' ')}"
        if not len(self.included):
            return f"{what}: nothing to add up"
        low, high = self.low_cny_bn, self.high_cny_bn
        span = "" if high is None or low == high else f" ({plain_number(low)} to {plain_number(high)})"
        return f"{what}: {self.words}{span}"

    def _rows(self) -> list[tuple[str, str, str, str]]:
        parts = (("in", self.included, "remark"), ("out", self.excluded, "reason"))
        return [
            (word, _written(row), str(row["place"]), "" if pd.isna(row[note]) else str(row[note]))
            for word, frame, note in parts
            for row in frame.head(_MOST_ROWS).to_dict("records")
        ]

    def _notes(self) -> list[str]:
        """What is said under the rows: how many aren't shown, and how many stood in the table more than once."""
        hidden = sum(max(0, len(frame) - _MOST_ROWS) for frame in (self.included, self.excluded))
        notes = [f"... and {hidden:,} more: see .included and .excluded"] if hidden else []
        rows = "row" if self.counted_once == 1 else "rows"
        return notes + (
            [f"{self.counted_once:,} {rows} stood twice, counted once"] if self.counted_once else []
        )

    def __repr__(self) -> str:
        rows = self._rows()
        widths = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
        lines = [
            f"  {word:<{widths[0]}}  {amount:>{widths[1]}}  {place:<{widths[2]}}  {note}".rstrip()
            for word, amount, place, note in rows
        ]
        return "\n".join([self._headline(), *lines, *self._notes()])

    def _repr_html_(self) -> str:
        styles = ("", "text-align:right", "text-align:left", "text-align:left")
        cells = (
            "".join(
                f"<td style='{style}'>{escape(text)}</td>" for text, style in zip(row, styles, strict=True)
            )
            for row in self._rows()
        )
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        notes = "".join(f"<tr><td colspan='4'>{note}</td></tr>" for note in self._notes())
        return f"<table><caption>{escape(self._headline())}</caption>{body}{notes}</table>"


_MOST_ROWS = 40
_REMARKS = {
    "draft": "a draft; no final that sets it is known",
    "announced": "announced; no document was seen",
}


def _written(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["amount_cny_bn"]):
        return "?"
    upper = row["amount_max_cny_bn"]
    end = "" if pd.isna(upper) else f"-{plain_number(upper)}"
    return f"{HEDGES.get(row['qualifier'], '')}{plain_number(row['amount_cny_bn'])}{end}"


def add_up(
    targets: pd.DataFrame, *, scope: str, year: int, measure: str = "industry_scale", drafts: bool = True
) -> Total:
    """What do the targets of one scope and year add up to, each yuan counted once?

    Parameters
    ----------
    targets : the table that `market_targets` gives (or some of its rows).
    scope, year, measure : exactly one of each.
    drafts : whether a draft that no final replaces counts; it is then named in `drafts_alone`.

    Returns
    -------
    Total
        With `amount_cny_bn`, `low_cny_bn`, `high_cny_bn` and the tables `included` and `excluded`.

    Raises
    ------
    ValueError
        If scope, year or measure is missing, several or without a target; if the scope is a bag of unlike
        things; if the table lacks columns, or has rows of one target_id that differ. The message says why, and what
        there is.

    Notes
    -----
    A target that stands twice in the table counts once, and the total says so. The table may have been filtered,
    converted, or read from a CSV file again.

    Rows are taken out in this order, each with its reason: amounts that aren't in yuan; the steps of
    `metaverse_analysis.measures.standing` (not set by a document, drafts with a final, repeated figures,
    other documents of the same place); and last each place that lies in another one that is in the sum. So a
    city counts where its province has no such target, and not where it has.

    The sum is of what was promised for one year under one name. It isn't a forecast of an industry: the
    documents don't define "related industries" alike, and some figures are classes ("hundred-billion level").

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> total = ma.add_up(ma.market_targets(ma.load()), scope="metaverse_related", year=2025)
    >>> total.amount_cny_bn, total.included.place.tolist()
    (1050.0, ['Shanghai', 'Sichuan', 'Suzhou', 'Shandong', 'Chongqing'])
    """
    targets = needs(targets, NEEDED, given_by="market_targets", taker="add_up")
    chosen = _the_one(targets, "scope", scope, _WHY_ONE_SCOPE)
    _check_comparable(chosen, scope)
    chosen = _the_one(
        chosen, "measure", measure, "scale, revenue, output and value added are different quantities"
    )
    chosen = _the_one(chosen, "target_year", year_number(year), _WHY_ONE_YEAR)
    written = [column for column in NEEDED if column not in _IN_DOLLARS]
    once = each_once(chosen, "target_id", written, taker="add_up")
    again, chosen = len(chosen) - len(once), once
    reason = reasons(chosen, drafts=drafts, before=_not_yuan)
    reason = apply(chosen, [_inside_another], reason)
    return _total(chosen, reason, again)


_WHY_ONE_SCOPE = (
    "core, related and driven industries are different quantities, some contain others, and a sum over them "
    "would mean nothing"
)
_WHY_ONE_YEAR = "a place that names a figure for 2023 and one for 2025 names one industry twice"


def _the_one(targets: pd.DataFrame, column: str, value: Any, why: str) -> pd.DataFrame:
    """The rows with one value of a column; an error that lists the values there are where it isn't one of them."""
    single = isinstance(value, (str, Integral)) and not isinstance(value, bool)
    rows = targets[targets[column] == value] if single else targets[:0]
    if len(rows):
        return rows
    counts = targets[column].value_counts(sort=False).sort_index()
    there = ", ".join(f"{known} ({count})" for known, count in counts.items() if count) or "nothing at all"
    name = column.removeprefix("target_")
    found = f"no target has the {name} {value!r}" if single else f"one {name} is needed, not {value!r}: {why}"
    known = {"measure": ["scope"], "target_year": ["scope", "measure"]}.get(column, [])
    where = " and ".join(f"the {name} {targets[name].iloc[0]}" for name in known)
    start = f"For {where} there is" if where else "There is"
    raise ValueError(f"{found}. {start} (with the number of targets): {there}")


def _check_comparable(chosen: pd.DataFrame, scope: str) -> None:
    if (chosen["comparable"] == False).any():  # noqa: E712 (a nullable column)
        raise ValueError(
            f"the scope {scope} is a bag of unlike things ({chosen['scope_label'].iloc[0]}): its {len(chosen)} targets "
            "are never added up or compared; list them with market_targets"
        )


def _not_yuan(targets: pd.DataFrame, reason: pd.DataFrame) -> pd.DataFrame:
    currency = targets["currency"]
    code = pd.Series("not_yuan", targets.index).where(currency.notna(), "no_money")
    return because(targets, targets["amount_cny_bn"].isna(), code, currency)


def _inside_another(targets: pd.DataFrame, reason: pd.DataFrame) -> pd.DataFrame:
    rows = targets[reason["reason_code"].isna()]
    names = rows.drop_duplicates("place_id").set_index("place_id")["place"]
    above = rows["ancestor_ids"].dropna().str.split(";").explode()
    above = above[among(above, pd.Series(names.index))]
    highest = above[~above.index.duplicated(keep="last")].map(names)
    return because(targets.loc[highest.index], True, "inside", highest).reindex(targets.index)


def _total(chosen: pd.DataFrame, reason: pd.DataFrame, again: int) -> Total:
    order = ["amount_cny_bn", "target_id"]
    rows = chosen.join(reason).assign(reason=reason_words(reason)).sort_values(order, ascending=[False, True])
    included, excluded = rows[rows["reason"].isna()], rows[rows["reason"].notna()]
    alone = included["status"] == "draft"
    remark = included["status"].astype("str").map(_REMARKS).astype("str")
    is_open = included["qualifier"].isin(OPEN)
    amount = included["amount_cny_bn"]
    low = amount.mask(included["qualifier"] == "up_to", 0.0)
    high = included["amount_max_cny_bn"].fillna(amount)
    return Total(
        amount_cny_bn=_sum(amount),
        low_cny_bn=_sum(low),
        high_cny_bn=None if is_open.any() else _sum(high),
        amount_usd_bn=float(included["amount_usd_bn"].sum(min_count=1, skipna=False)),
        or_more=bool(is_open.any()),
        scope=str(chosen["scope"].iloc[0]),
        scope_label=str(chosen["scope_label"].iloc[0]),
        year=int(chosen["target_year"].iloc[0]),
        measure=str(chosen["measure"].iloc[0]),
        included=included[SHOWN].assign(remark=remark).reset_index(drop=True),
        excluded=excluded[[*SHOWN, "reason_code", "reason_of", "reason"]].reset_index(drop=True),
        drafts_alone=tuple(included["target_id"][alone]),
        counted_once=again,
    )


def _sum(amounts: pd.Series) -> float:
    return float(amounts.sum(min_count=1))
