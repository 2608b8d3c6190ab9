"""A profile in words: the answer in a few sentences, then its tables, the most telling rows of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from .explanation import Explanation, Rows
from .sentences import dollar_words, present
from .wording import HEDGES, as_printed, counted, day_in_words, listed, quantity

if TYPE_CHECKING:
    from .profile import Profile

SHOWN = 6  # rows of each table
SOURCES_SHOWN = 8
Row = dict[str, Any]
# What came of a target, by its finding.
CAME = {
    "reported": "Reported for it: {figure}.",
    "related_figure": "What came of it isn't known; near it stands {figure}.",
    "superseded": "A later target took its place before the year was out.",
    "not_found": "No figure of what came of it was found{searched}.",
    "not_followed_up": "What came of it was not looked for.",
}


def card(profile: Profile) -> Explanation:
    """The page that a profile prints: the answer, a section for each table that has rows, the strongest sources."""
    told = [(title, rows(profile)) for title, rows in _SECTIONS.items()]
    sources = profile.sources
    return Explanation(
        profile.place_id,
        "places",
        answer(profile),
        [(title, rows) for title, rows in told if rows],
        sources.head(SOURCES_SHOWN),
        len(sources) - len(sources.head(SOURCES_SHOWN)),
    )


def answer(profile: Profile) -> str:
    """The place in three or four sentences, without the page around them."""
    return " ".join(_answer(profile))


def main_target(targets: pd.DataFrame, main_scopes: tuple[str, ...]) -> Row | None:
    """The target that a place is known by: one that stands, of the subject itself before others, the largest first.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> shandong = ma.market_targets(ma.load(), place="Shandong", inside=False)
    >>> main_target(shandong, ("metaverse_core", "metaverse_related"))["target_id"]
    'cn-sd-2025-related-scale-final'
    """
    standing = targets[targets["stands"].fillna(False).astype(bool)]
    own = standing[standing["scope"].isin(main_scopes)]
    rows = own if len(own) else standing
    return None if rows.empty else present(rows.iloc[0])


_PER = {"year": "a year", "once": "once"}  # else "per project"


def amount(row: Row) -> str:
    """An amount of `market_targets` or `other_targets` with its hedge, its unit and what it is per.

    Examples
    --------
    >>> amount({"amount": 250.0, "unit": "billion", "currency": "CNY", "qualifier": "over"})
    'over 250 billion yuan'
    >>> amount({"amount": 5.0, "unit": "million CNY", "currency": "CNY", "per": "project", "qualifier": "up_to"})
    'up to 5 million yuan per project'
    """
    unit = str(row.get("unit", ""))
    if "currency" in row and str(row["currency"]) not in unit:
        unit = f"{unit} {row['currency']}"
    ends = {"value_max": row["amount_max"]} if "amount_max" in row else {}
    said = quantity(
        {"value": row["amount"], "unit": unit, "qualifier": row.get("qualifier", "exact"), **ends}
    )
    return f"{said} {_PER.get(row['per'], 'per ' + str(row['per']))}" if "per" in row else said


def dollars(row: Row) -> str:
    """The dollars of an amount, with its hedge or "about"; empty where there are none.

    Examples
    --------
    >>> dollars({"amount_usd_bn": 0.0297, "qualifier": "up_to"}), dollars({"amount_usd_bn": 34.34})
    ('up to $29.7 million', 'about $34.3 billion')
    """
    ends = [row[end] for end in ("amount_usd_bn", "amount_max_usd_bn") if end in row]
    hedge = HEDGES.get(str(row.get("qualifier", "exact")), "") or "about "
    return f"{hedge}{dollar_words(ends)}" if ends and row.get("currency") != "USD" else ""


def figure(row: Row) -> str:
    """What was found on a target, in words: the figure with its year, its place and what it counts."""
    if "outcome_value" not in row:
        return str(row.get("outcome_words", row.get("note", "a fact without a number")))
    said = quantity(
        {"value": row["outcome_value"], "unit": row.get("outcome_unit", ""),
         "qualifier": row.get("outcome_qualifier", "exact")}
    )  # fmt: skip
    about = row.get("outcome_scope_label", row.get("outcome_words"))
    where = row["outcome_place"] if row.get("outcome_place") != row["place"] else None
    rest = [str(part) for part in (about, where, row.get("outcome_year")) if part is not None]
    return f"{said} ({', '.join(rest)})" if rest else said


def _answer(profile: Profile) -> list[str]:
    """The place in three or four sentences."""
    return [*filter(None, (_promise(profile), _came(profile), _papers(profile), _dollars(profile)))]


def _promise(profile: Profile) -> str:
    target = main_target(profile.targets, profile.main_scopes)
    if target is None:
        return _without_target(profile)
    verb = "would aim for, by a draft," if target.get("status") == "draft" else "aims for"
    year = f" by {target['target_year']}" if "target_year" in target else ""
    told = [f"{profile.place} {verb} {amount(target)} of {target['scope_label']}{year}", dollars(target)]
    if "share_of_gdp_pct" in target:
        told.append(f"{target['share_of_gdp_pct']:.1f}% of its GDP of {target['statistics_year']}")
    more = int(profile.targets["stands"].fillna(False).sum()) - 1
    besides = f" It sets {counted(more, 'other market size')} beside that." if more > 0 else ""
    return ", ".join(filter(None, told)) + "." + besides


def _without_target(profile: Profile) -> str:
    others = len(profile.other_targets)
    if others:
        return f"No market size is known for {profile.place}, but {counted(others, 'other number')} of its documents."
    if len(profile.documents):
        return f"No target is known for {profile.place}."
    own = profile.searched[profile.searched["what"] == "documents of its own government"]
    if own.empty:
        return f"No document and no target is known for {profile.place}."
    found = own.iloc[0]
    day = f" (searched on {_day(found['searched_on'])})" if pd.notna(found["searched_on"]) else ""
    return f"No document and no target is known for {profile.place}: {found['finding_label']}{day}."


def _came(profile: Profile) -> str:
    target = main_target(profile.targets, profile.main_scopes)
    rows = profile.outcomes
    rows = rows[rows["target_id"] == (target or {}).get("target_id", "")]
    if rows.empty:
        return ""
    row = present(rows.iloc[0])
    searched = f" (searched on {_day(row['searched_on'])})" if "searched_on" in row else ""
    return CAME[str(row["finding"])].format(figure=figure(row), searched=searched)


def _papers(profile: Profile) -> str:
    known = profile.documents
    if known.empty:
        return ""
    every, drafts = papers(known)
    of_them = f", {drafts} of them {'a draft' if drafts == 1 else 'drafts'}" if drafts else ""
    dated = known["date"].dropna()
    first = f"; the first is of {day_in_words(dated.iloc[0])}" if len(dated) > 1 else ""
    if every == 1 and len(dated):
        seen = "first seen on" if len(dated.iloc[0]) == len("2023-08-16") else "first seen in"
        first = f", {'of' if len(known) == 1 else seen} {day_in_words(dated.iloc[0])}"
    verb = "is" if every == 1 else "are"
    return f"{counted(every, 'document')} {verb} known{of_them}{first}."


def papers(known: pd.DataFrame) -> tuple[int, int]:
    """How many documents are known, a draft and its final as one, and of how many of them only a draft is.

    Examples
    --------
    >>> papers(pd.DataFrame({"family_id": ["a", "a", "b"], "status": ["draft", "issued", "draft"]}))
    (2, 1)
    """
    only = (known["status"] == "draft").groupby(known["family_id"]).all()
    return len(only), int(only.sum())


def _dollars(profile: Profile) -> str:
    checked = profile.printed["verdict"].dropna().astype("str")
    if checked.empty:
        return ""
    fit = int((checked == "consistent").sum())
    printed = counted(len(checked), "dollar figure")
    if len(checked) == 1:
        fitting = "it fits" if fit else "it doesn't fit"
    else:
        fitting = "1 fits" if fit == 1 else f"{fit or 'none'} fit"
    rate = f"the exchange rate of {'its' if len(checked) == 1 else 'their'} day or month"
    return f"The press printed {printed} for it; {fitting} {rate}."


def _day(day: Any) -> str:
    return day_in_words(f"{day:%Y-%m-%d}" if isinstance(day, pd.Timestamp) else str(day))


def _each(table: pd.DataFrame, say: Callable[[Row], tuple[str, str]], name: str) -> Rows:
    """The first rows in words, and how many more the part of that name has."""
    rows = [say(present(row)) for _, row in table.head(SHOWN).iterrows()]
    more = len(table) - len(rows)
    return rows + ([("", f"and {more} more: .{name}")] if more else [])


def _target(row: Row) -> tuple[str, str]:
    status = "draft, replaced" if "replaced_by" in row else str(row.get("status", ""))
    money = dollars(row)
    rate = f" (at {row['rate']:.4g}, {row['rate_date']})" if money and "rate_date" in row else ""
    share = f"{row['share_of_gdp_pct']:.1f}% of GDP" if "share_of_gdp_pct" in row else ""
    told = [f"{amount(row)} of {row['scope_label']}", money + rate, share, status]
    return _year(row), ", ".join(filter(None, told))


def _year(row: Row) -> str:
    return f"by {row['target_year']}" if "target_year" in row else "no year"


def _other(row: Row) -> tuple[str, str]:
    told = [amount(row), _year(row), dollars(row), str(row.get("status", ""))]
    return str(row["indicator_label"]), ", ".join(filter(None, told))


def _dated(row: Row) -> tuple[str, str]:
    what = str(row["what"]) + (f" ({row['status']})" if "status" in row else "")
    return _day(row["date"]) if "date" in row else "undated", what


def _instruments(profile: Profile) -> Rows:
    """What documents use, by group, each instrument once; those restricted or regulated say so."""
    uses = profile.instruments.drop_duplicates(["instrument_group_label", "instrument", "stance"])
    rows = []
    sizes = uses["instrument_group_label"].value_counts()
    for group in sorted(sizes.index, key=lambda name: (-sizes[name], name)):
        found = uses[uses["instrument_group_label"] == group]
        said = [
            label if stance == "promote" else f"{label} ({stance})"
            for label, stance in zip(found["instrument_label"], found["stance"].astype("str"), strict=True)
        ]
        rows.append((str(group), ", ".join(sorted(said))))
    return rows


def _printed(profile: Profile) -> Rows:
    """The printed figures, by verdict."""
    rows = []
    printed = profile.printed.assign(verdict=profile.printed["verdict"].astype("str").fillna("not checked"))
    for verdict, found in printed.groupby("verdict", sort=True):
        names = sorted(found["outlet"].unique())
        more = f" and {len(names) - SHOWN} more outlets" if len(names) > SHOWN else ""
        digits = sorted(found["printed"].unique(), key=float)
        figures = listed(map(as_printed, digits))
        rows.append((f"{verdict} ({len(found)})", f"{figures}: {', '.join(names[:SHOWN])}{more}"))
    return rows


def _outcome(row: Row) -> tuple[str, str]:
    what = row.get("scope_label", row["indicator_label"])
    found = str(row["finding_label"])
    told = found if row["finding"] not in ("reported", "related_figure") else f"{found}: {figure(row)}"
    return f"{what}, {row['target_year']}", told


def _best_first(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Each target once, market sizes first, and what was found before what wasn't."""
    order = {"_market": False, "finding": True, "target_year": True, "target_id": True}
    once = outcomes.drop_duplicates("target_id").assign(_market=lambda rows: rows["scope"].notna())
    return once.sort_values([*order], ascending=[*order.values()])


def _place(row: Row) -> tuple[str, str]:
    kinds = {"documents": "document", "market_targets": "market size", "other_targets": "other number"}
    told = [counted(row[column], one) for column, one in kinds.items() if row[column]]
    return f"{row['place']} ({row.get('level', 'place')})", ", ".join(told) or "nothing known"


def _evidence(profile: Profile) -> Rows:
    rows = []
    for row in (present(row) for _, row in profile.evidence.iterrows()):
        official, two = round(row["official_pct"]), round(row["two_outlets_pct"])
        told = f"{counted(row['rows'], 'row')}: {official}% on an official page read directly, {two}% on two outlets"
        rows.append((str(row["label"]), told))
    return rows


def _search(row: Row) -> tuple[str, str]:
    day = f", {_day(row['searched_on'])}" if "searched_on" in row else ""
    what = f"{row['what']} ({row['place']})" if row["what"].startswith("documents") else str(row["what"])
    return what, f"{row['finding_label']}{day}"


def _disagreement(row: Row) -> tuple[str, str]:
    return str(row["decision"]), str(row["question"]) + (f" ({row['values']})" if "values" in row else "")


def _member(row: Row) -> tuple[str, str]:
    return str(row["organisation"]), f"{row['role_label']}, {row['body_short']} ({row['certainty']})"


_SECTIONS: dict[str, Callable[[Any], Rows]] = {
    "Market sizes": lambda found: _each(found.targets, _target, "targets"),
    "What came of its targets": lambda found: _each(_best_first(found.outcomes), _outcome, "outcomes"),
    "Other numbers": lambda found: _each(found.other_targets, _other, "other_targets"),
    "Documents": lambda found: _each(found.documents, _dated, "documents"),
    "Instruments": _instruments,
    "Printed dollars": _printed,
    "Events": lambda found: _each(found.events, _dated, "events"),
    "Organisations and bodies that bear its name": lambda found: _each(found.members, _member, "members"),
    "Places inside it": lambda found: _each(found.inside[found.inside["documents"] > 0], _place, "inside"),
    "Disagreements": lambda found: _each(
        found.disagreements.sort_values(["decision", "question"], ascending=[False, True]),
        _disagreement,
        "disagreements",
    ),
    "What the rows rest on": _evidence,
    "What was searched": lambda found: _each(found.searched, _search, "searched"),
}
