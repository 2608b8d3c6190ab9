"""One line that can be printed: what a document sets, in its own currency and in dollars, with its source."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from ..tables.dataset import Dataset, split_ids
from ..tables.dates import document_date
from ..tables.needs import expects, is_text
from .dollars import UNDATED, dates_of, day_of, in_dollars, written
from .grades import source_strength
from .ids import locate, unknown_id
from .wording import CURRENCY_WORDS, HEDGES, day_in_words, plain_number, quantity

TABLE = "regional_targets"
MOST_LISTED = 8  # targets of a place, in an error
_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+")  # an outlet that has no name but that of its site
# What one document does with a quantity, and what several or a draft do; and the words before the amount.
AIM, OFFER = ("aims for", "aim for"), ("offers", "offer")
PROVIDE, SET_ASIDE, ALLOW = ("provides for", "provide for"), ("sets aside", "set aside"), ("allows", "allow")
NAME = ("names", "name")
VERBS = {"fund": PROVIDE, "subsidy": OFFER}
RULES = ("measures", "call", "notice")  # documents that say what is granted, not what is wanted
GRANTED = ("subsidy", "fund", "money_other")  # money that a document gives while it is in force
WITH_ARTICLE = ("European Union",)
QUANTITY = {
    "industry_scale": "an industry scale of ",
    "revenue": "revenue of ",
    "output": "output of ",
    "cumulative_output": "cumulative output of ",
    "value_added": "value added of ",
}
GROWTH = "growth of "  # of so many percent a year
# A number that the document itself doesn't set.
OTHER_BASIS = {
    "park_aim": "a park's own aim of",
    "forecast": "a forecast of",
    "estimate": "an estimate of",
    "already_done": "a figure already reached:",
}


def sentence(ds: Dataset, target_id: str, *, rate_on: Any = None) -> str:
    """What does a document promise, in one line that can be printed?

    Parameters
    ----------
    ds : the tables.
    target_id : the key of a row of regional_targets. Of a place or a document, which may set several, the error lists
        them.
    rate_on : one date whose exchange rate gives the dollars, also for a document without a date. Print the dollars of
        the document's own date where the line tells what was promised then; for a text that sets several promises side
        by side, or beside today's figures, take one `rate_on` for all, and print it.

    Returns
    -------
    One line: who and by which document, the amount in the document's currency with its hedge, the year, what is
    counted, dollars with the rate and its date, the status, and the outlets. Money is turned into dollars only
    where the document has a date, the one that `market_targets` takes; where that is neither the day on which it was
    issued nor that of a draft's consultation, the line says what it is.

    Raises
    ------
    ValueError
        If there is no such target; the message has the nearest ids, or the targets of that place or document. If no
        rates were published on `rate_on`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> line = ma.sentence(ma.load(), "cn-sc-2023-final-market-scale")
    >>> "250 billion yuan by 2025" in line
    True
    """
    expects(ds, Dataset, given_by="load", taker="sentence")
    if not is_text(target_id):
        given = repr(target_id) if isinstance(target_id, str) else type(target_id).__name__
        raise ValueError(
            "sentence takes the id of one target, such as 'cn-sc-2023-final-market-scale', not "
            f"{given}; of several: [sentence(ds, id) for id in ids]"
        )
    targets = ds.regional_targets
    found = targets[targets["target_id"] == target_id]
    if found.empty:
        raise _no_target(ds, target_id)
    target = present(found.iloc[0])
    documents = ds.policy_documents
    rows = documents[documents["document_id"] == target["document_id"]]
    document = present(rows.iloc[0]) if len(rows) else {}
    day = None if rate_on is None else written(rate_on)
    dollars = in_dollars(found, dates_of(ds, found), rate_on=day).iloc[0]
    hedge = (
        "about "
        if target.get("qualifier") not in ("over", "at_least", "up_to")
        else HEDGES[target["qualifier"]]
    )
    worth = _dollars(dollars, day or document_date(document)[0], hedge, chosen=day is not None)
    told = f"{_subject(ds, target, document)} {_what(ds, target, document)}{worth}"
    status = (
        ds.schema.label("policy_documents", "status", document["status"]) if "status" in document else None
    )
    end = "; ".join(filter(None, [status, _outlets(ds, target)]))
    line = f"{told} ({end})." if end else f"{told}."
    return line[0].upper() + line[1:]


def _no_target(ds: Dataset, name: str) -> ValueError:
    """The error for what is no target: the targets of the place or document that it is, or the nearest ids."""
    try:
        table, position = locate(ds, name)
    except ValueError:
        return unknown_id(ds, name, [TABLE])
    key, targets = ds.schema[table].key, ds.regional_targets
    if key not in targets:
        return ValueError(f"{name!r} is a row of {table}, and no target")
    own = targets[targets[key] == ds[table][key].iloc[position]]
    own = own.sort_values("scope", kind="stable")  # market sizes first, the others have no scope
    listed = [f"{row['target_id']} ({_told(ds, row)})" for row in map(present, _rows(own.head(MOST_LISTED)))]
    more = f" and {len(own) - len(listed)} more" if len(own) > len(listed) else ""
    return ValueError(
        f"{name!r} is a row of {table}; a sentence is of one of its targets: {', '.join(listed)}{more}"
        if listed
        else f"{name!r} is a row of {table}, and has no target"
    )


def _rows(frame: pd.DataFrame) -> list[pd.Series]:
    return [row for _, row in frame.iterrows()]


def _told(ds: Dataset, target: dict[str, Any]) -> str:
    of = "scope" if "scope" in target else "indicator"
    label = ds.schema.label(TABLE, of, target[of]) if of in target else "number"
    return ", ".join(
        [quantity(target), label, *([str(target["target_year"])] if "target_year" in target else [])]
    )


def present(row: pd.Series) -> dict[str, Any]:
    """The filled cells of a row."""
    return {str(name): value for name, value in row.items() if pd.notna(value)}


def _place(ds: Dataset, place_id: Any) -> str | None:
    names = ds.places.loc[ds.places["place_id"] == place_id, "name_en"]
    return None if names.empty else str(names.iloc[0])


def _kind(ds: Dataset, document: dict[str, Any]) -> str:
    """What sort of document: "action plan"."""
    doc_type = document.get("doc_type", "other")
    return "document" if doc_type == "other" else ds.schema.label("policy_documents", "doc_type", doc_type)


def _several(kind: str) -> bool:
    """Whether a kind of document is a plural, such as "measures", and takes a plural verb."""
    return kind.split(" for ")[0].split(" to ")[0].endswith("s")


def _subject(ds: Dataset, target: dict[str, Any], document: dict[str, Any]) -> str:
    """Who, and by which document of which date: "Sichuan's action plan of 15 September 2023"."""
    owner = _place(ds, document.get("place_id", target["place_id"])) or str(target["place_id"])
    kinds = ds.schema.codes("policy_documents", "issuer_kind")
    public = kinds.get(document.get("issuer_kind", ""), {}).get("is_policy", True)
    if not public and "issuer_en" in document:
        owner = f"the {document['issuer_en'].split(';')[0].removeprefix('the ').removeprefix('The ')}"
    owner = f"the {owner}" if owner in WITH_ARTICLE else owner
    draft = "draft " if document.get("status") == "draft" else ""
    if "," in owner or owner.endswith(")"):  # no 's after such a name
        return f"the {draft}{_kind(ds, document)}{_of_day(document).rstrip(',')} by {owner}{',' * (',' in owner)}"
    possessive = "'" if owner.endswith("s") else "'s"
    return f"{owner}{possessive} {draft}{_kind(ds, document)}{_of_day(document)}"


def _of_day(document: dict[str, Any]) -> str:
    """The date of a document, and what it is the day of; that of a draft's consultation goes without saying."""
    date, dated_by = document_date(document)
    if date is None or dated_by is None:
        return ", undated,"
    which = (
        None if document.get("status") == "draft" and dated_by == "consultation" else day_of(date, dated_by)
    )
    return f" of {day_in_words(date)}" + (f", the {which}," if which else "")


def _what(ds: Dataset, target: dict[str, Any], document: dict[str, Any]) -> str:
    """The verb, the amount, by when, and what is counted."""
    singular, plural = _verb(target, document)
    many = _several(_kind(ds, document))
    verb = f"would {plural}" if document.get("status") == "draft" else plural if many else singular
    basis, by = target.get("basis", "document_target"), _until(target, document)
    if basis != "document_target":
        is_ = "are" if many else "is"
        words = OTHER_BASIS.get(basis, f"{ds.schema.label(TABLE, 'basis', basis)}:")
        verb, by = f"{is_} reported with {words}", "for"
    year = f" {by} {target['target_year']}" if "target_year" in target else ""
    one_off = target.get("per") == "once" and "one-off" in target.get("scope_note", "")
    per = f" {_per(ds, target['per'])}" if "per" in target and not one_off else ""
    elsewhere = target["place_id"] != document.get("place_id", target["place_id"])
    where = f" for {_place(ds, target['place_id']) or target['place_id']}" if elsewhere else ""
    return f"{verb} {_amount(target)}{per}{where}{year}{_counted(ds, target)}"


def _verb(target: dict[str, Any], document: dict[str, Any]) -> tuple[str, str]:
    """What the document does with the amount: aims for it, offers it, sets it aside, allows it at most ..."""
    measure = target.get("measure", "")
    if measure in VERBS:
        return VERBS[measure]
    if target.get("qualifier") == "up_to" and document.get("doc_type") in RULES:
        return ALLOW
    if document.get("doc_type") == "call" and "target_year" not in target:
        return NAME
    yearly = target.get("per") == "year" and "target_year" not in target
    return SET_ASIDE if measure == "money_other" and (yearly or _own_year(target, document)) else AIM


def _own_year(target: dict[str, Any], document: dict[str, Any]) -> bool:
    return "target_year" in target and str(document_date(document)[0])[:4] == str(target["target_year"])


def _is_growth(target: dict[str, Any]) -> bool:
    """Whether an amount is of percent a year."""
    return target.get("unit") == "percent" and target.get("per") == "year"


def _until(target: dict[str, Any], document: dict[str, Any]) -> str:
    """What the year is: that of the document itself, the end of its time, or that by which something is reached."""
    if _is_growth(target):
        return "until"
    if target.get("measure") not in GRANTED:
        return "by"
    if _own_year(target, document):
        return "in"
    return "until" if target["measure"] == "subsidy" or target.get("per") == "year" else "by"


def _per(ds: Dataset, per: str) -> str:
    return "once" if per == "once" else ds.schema.label(TABLE, "per", per)


def _amount(target: dict[str, Any]) -> str:
    if target.get("measure") == "rank":
        better = " or better" if target.get("qualifier") == "up_to" else ""
        return f"a {target['unit']} of {plain_number(target['value'])}{better}"
    what = GROWTH if _is_growth(target) else QUANTITY.get(target.get("measure", ""), "")
    return f"{what}{quantity(target)}"


def _counted(ds: Dataset, target: dict[str, Any]) -> str:
    """What is counted, in brackets: the scope of a market and its Chinese words, else the note in English."""
    words = []
    if "scope" in target:
        words.append(ds.schema.label(TABLE, "scope", target["scope"]))
    note = _flat(target.get("scope_note", ""))
    said = " ".join([*words, QUANTITY.get(target.get("measure", ""), "")])
    if note and ("words_zh" not in target or "scope" not in target) and not _stems(note) <= _stems(said):
        words.append(note)
    if not words:
        words.append(ds.schema.label(TABLE, "indicator", target["indicator"]))
    if "words_zh" in target:
        words.append(target["words_zh"])
    return f" ({'; '.join(words)})"


def _flat(note: str) -> str:
    """A note that can stand in brackets: "parks (counted as bases)" is "parks, counted as bases"."""
    return note.replace(" (", ", ").replace(")", "")


def _stems(words: str) -> set[str]:
    """What the words of a text are about, in the singular."""
    stems = {re.sub(r"(ies|y|s)$", "", word) for word in re.findall(r"[^\W\d_]+", words.lower())}
    return stems - {"an", "of", "the"}


def _dollars(found: pd.Series, date: str | None, hedge: str, *, chosen: bool) -> str:
    """The amount in US dollars, with its hedge, the rate and its date; nothing for what isn't money.

    `chosen` says that the date is the caller's, not the document's.
    """
    currency, rate = found["currency"], found["rate"]
    if found["no_rate"] == "no_money" or currency == "USD":
        return ""
    if date is None:
        return f", without a dollar figure because {UNDATED}"
    if pd.isna(rate):
        of = (
            f"are no rates of {currency}"
            if found["no_rate"] == "currency"
            else f"is no rate for {day_in_words(date)}"
        )
        return f", without a dollar figure because there {of}"
    dollars = dollar_words(
        [found[end] for end in ("amount_usd_bn", "amount_max_usd_bn") if pd.notna(found[end])]
    )
    per_dollar = f"{rate:.2f}" if rate < 100 else f"{rate:,.0f}"
    dated = "at that day's rate of"
    if (
        chosen or len(date) < len("2023-09-15") or found["rate_date"] != date
    ):  # a mean, or a day without a rate of its own
        mean = "mean " if len(date) < len("2023-09-15") else ""
        dated = f"at the {mean}rate of {day_in_words(found['rate_date'])},"
    return f", {hedge}{dollars} {dated} {per_dollar} {CURRENCY_WORDS.get(currency, currency)} per dollar"


def dollar_words(billions: list[float]) -> str:
    """Billions of dollars in words, with three digits: one amount, or the two ends of a range.

    Examples
    --------
    >>> dollar_words([34.34]), dollar_words([0.0006981]), dollar_words([4.1, 6.86])
    ('$34.3 billion', '$698,000', '$4.1 billion to $6.86 billion')
    """
    return " to ".join(map(_dollar_word, billions))


def _dollar_word(billion: float) -> str:
    scale, word = (1.0, " billion") if billion >= 1 else (1e3, " million") if billion >= 1e-3 else (1e9, "")
    return f"${plain_number(float(f'{billion * scale:.3g}'))}{word}"


def _outlets(ds: Dataset, target: dict[str, Any]) -> str | None:
    """The strongest outlet, and how many other independent ones there are."""
    ids = split_ids(pd.Series([target.get("source_ids")], dtype="str"))
    worth = source_strength(ds).reindex(ids).dropna(subset=["outlet"])
    if worth.empty:
        return None
    strongest = worth.sort_values(["strength", "full"], ascending=False, kind="stable")
    outlets = strongest["outlet"].unique()
    others = len(outlets) - 1
    more = "" if not others else f" and {others} other{'s' if others > 1 else ''}"
    name = f"the website {outlets[0]}" if _ADDRESS.fullmatch(outlets[0]) else outlets[0]
    return f"{name}{more}"
