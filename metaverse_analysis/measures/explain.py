"""From any id back to its evidence: the row, what it hangs on, what hangs on it, and every source."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_date
from ..tables.needs import expects
from ..tables.rates import NoRate, market_rate
from ..tables.schema import Field
from .dollars import dates_of, in_dollars
from .explanation import Explanation, Rows
from .grades import SOURCES, grades, source_columns, source_links, source_strength
from .ids import locate
from .sentences import dollar_words, present, sentence
from .wording import HEDGES, as_printed, plain_number, quantity

TARGETS, DOCUMENTS, JUDGEMENTS = "regional_targets", "policy_documents", "adjudications"
SHOWN = 12  # rows of one table listed under another's row
# What tells a row with a value from its like, in this order.
VALUE_WORDS = (
    "indicator",
    "scope",
    "outlet",
    "publisher",
    "geography",
    "place_id",
    "target_year",
    "year",
    "period",
)
DEEPEST = 2  # references followed upwards: a press figure's target, and that target's document


def explain(ds: Dataset, id: str) -> Explanation:
    """Where does a row come from, what is known about it, and how far can it be trusted?

    Parameters
    ----------
    ds : the tables.
    id : the id of any row of any table: a target, a document, a place, an organisation, a source ... Of a place, a
        body, an organisation and a document also its name: "Sichuan", "腾讯".

    Returns
    -------
    An Explanation: the row with its words and codes spelt out; its confidence and why; what it refers to (a
    target's document, with issuer, titles, status and dates); a document's other versions; for money of a dated
    document the dollars, with the rate and its date; what refers to it (printed dollar figures, follow-ups,
    instruments ...); the judgements that name it; every source. For a place: what is known there.

    Raises
    ------
    ValueError
        If no table has the id or name; the message has the nearest ones.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.explain(ma.load(), "cn-sc-2023-final-market-scale")
    >>> [title for title, rows in found.sections][:3]
    ['Target', 'Confidence', 'In dollars']
    """
    expects(ds, Dataset, given_by="load", taker="explain")
    table, position = locate(ds, id)
    row = present(ds[table].iloc[position])
    key = ds.schema[table].key
    id = str(row[key])
    heading = sentence(ds, id) if table == TARGETS else describe(ds, table, row)
    sections = [(ds.schema[table].fields[key].title, _own_rows(ds, table, row))]
    sections += _confidence(ds, table, position)
    sections += _conversions(ds, table, position)
    sections += _upwards(ds, table, row, set(), DEEPEST)
    sections += _listed(ds, table, row)
    sections += _versions(ds, table, row)
    sections += _downwards(ds, table, id)
    judgements = _judgements(ds, _related_ids(table, row, id))
    sections += [(ds.schema[JUDGEMENTS].title, judgements)] if judgements else []
    return Explanation(id, table, heading, [s for s in sections if s[1]], _sources(ds, table, position))


def describe(ds: Dataset, table: str, row: dict[str, Any]) -> str:
    """A row of any table in a few words, from its names, codes and values.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> describe(ds, "places", {"place_id": "CN-SC", "name_en": "Sichuan", "name_zh": "四川省", "level": "province"})
    'Sichuan, 四川省'
    """
    names = [row[c] for c in ("name_en", "title_en", "title", "event", "question") if c in row][:1]
    names += [row[c] for c in ("name_zh", "title_zh") if c in row]
    if names:
        return ", ".join(map(str, names)) + _dated(row)
    fields = ds.schema[table].fields
    if "value" in row:
        note = str(row.get("scope_note", ""))
        told = (
            [note] if note and "scope" not in row else []
        )  # what it counts, in words rather than by its code
        columns = [c for c in VALUE_WORDS if c in row and not (told and c == "indicator")]
        told += [_words(ds, table, fields[c], row[c], ids=False) for c in columns]
        return ", ".join([quantity(row), *told])
    if "reported_usd_billion" in row:
        printed = f"{row.get('outlet', 'somebody')} printed {as_printed(row['reported_usd_billion'])}"
        unit = f"billion {row['original_currency']}" if "original_currency" in row else "billion"
        own = {"value": float(row["original_billion"]), "unit": unit} if "original_billion" in row else {}
        return printed + (f" for {quantity(own)}" if own else "") + _dated(row)
    skip = {ds.schema[table].key, *source_columns(ds.schema, table), "note"}
    words = [_words(ds, table, fields[c], row[c], ids=False) for c in row if c in fields and c not in skip]
    return ", ".join(words[:5]) or str(row.get(ds.schema[table].key, ""))


def _dated(row: dict[str, Any]) -> str:
    date = document_date(row)[0] or row.get("date") or row.get("published")
    return f" ({date})" if date else ""


def _words(ds: Dataset, table: str, about: Field, value: Any, ids: bool = True) -> str:
    """One cell in words: the label of a code, the name of a row referred to, a plain number or day."""
    if about.codes:
        return ds.schema.label(table, about.name, str(value))
    reference = next((k for k in ds.schema[table].foreign_keys if k.column == about.name), None)
    if reference is not None:
        return _named(ds, reference.table, reference.target, str(value), ids)
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if about.name == "reported_usd_billion":
        return as_printed(value)
    if about.name == "original_billion":
        return f"{value} billion"
    if about.type == "number":
        unit = about.unit if about.unit and " column " not in about.unit else ""
        return f"{plain_number(value)} {unit}".rstrip()
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _named(ds: Dataset, table: str, column: str, id: str, with_id: bool) -> str:
    """A row by its name, with or without its id: "Sichuan (CN-SC)"; the id alone where the row has no name."""
    frame = ds[table]
    found = frame[frame[column] == id]
    row = present(found.iloc[0]) if len(found) else {}
    name = next((row[c] for c in ("name_en", "title_en", "title") if c in row), None)
    if name is None and "value" in row and not with_id:
        name = f"“{describe(ds, table, row)}”"  # a target or an outcome, which has no name
    return str(id) if not name else f"{name} ({id})" if with_id else str(name)


def _own_rows(ds: Dataset, table: str, row: dict[str, Any]) -> Rows:
    """Every filled cell of a row but its key and its lists of ids, under the titles of the schema."""
    described = ds.schema[table]
    lists = [column for column, about in described.fields.items() if about.list_of]
    hidden = {
        described.key,
        *source_columns(ds.schema, table),
        *lists,
        "confidence_override",
        "confidence_reason",
    }
    rows = []
    if "value" in row and "unit" in row:
        hidden |= {"value", "value_max", "unit", "qualifier"}
        rows.append((described.fields["value"].title, quantity(row)))
    shown = [c for c in described.fields if c in row and c not in hidden]
    return rows + [(described.fields[c].title, _words(ds, table, described.fields[c], row[c])) for c in shown]


def _confidence(ds: Dataset, table: str, position: int) -> list[tuple[str, Rows]]:
    if not source_columns(ds.schema, table):
        return []
    grade = grades(_only(ds, table, position), table).iloc[0]
    if not grade["sources"] and not ds.schema[table].evidence:
        return []  # a search that found nothing has no page to be graded by
    rows = [("Grade", f"{grade['confidence']}: {grade['reason']}")]
    if pd.notna(grade["confidence_override"]):
        rows.append(("From its sources alone", str(grade["confidence_computed"])))
    return [
        (
            "Confidence",
            [*rows, ("Sources", _counts(grade["sources"], grade["outlets"]))],
        )
    ]


def _counts(pages: int, outlets: int) -> str:
    return f"{pages} page{'' if pages == 1 else 's'} of {outlets} independent outlet{'' if outlets == 1 else 's'}"


def _conversions(ds: Dataset, table: str, position: int) -> list[tuple[str, Rows]]:
    """A target's money in dollars: at the rate of its document's date, and at the newest one."""
    if table != TARGETS:
        return []
    target = ds[table].iloc[[position]]
    dates = dates_of(ds, target)
    found = in_dollars(target, dates).iloc[0]
    currency = found["currency"]
    if pd.isna(currency) or currency == "USD":
        return []
    try:
        newest = f"{market_rate('USD', currency).index[-1]:%Y-%m-%d}"
    except NoRate as error:
        return [("In dollars", [("No dollars", error.reason)])]
    at_newest = in_dollars(target, dates, rate_on=newest).iloc[0]
    hedge = HEDGES.get(target["qualifier"].iloc[0], "") or "about "
    rows = [
        ("On the document's date, to print", _dollars(found, hedge)),
        ("On the newest day with a rate, to compare", _dollars(at_newest, hedge)),
    ]
    return [("In dollars", rows)]


def _dollars(found: pd.Series, hedge: str) -> str:
    if pd.isna(found["rate"]):
        return f"no dollars: {found['rate_basis']}"
    ends = [found[end] for end in ("amount_usd_bn", "amount_max_usd_bn") if pd.notna(found[end])]
    rate = f"{found['rate']:,.4f} {found['currency']} per USD, {found['rate_date']}, {found['rate_basis']}"
    return f"{hedge}{dollar_words(ends)} ({rate})"


def _upwards(
    ds: Dataset, table: str, row: dict[str, Any], seen: set[str], depth: int
) -> list[tuple[str, Rows]]:
    """What a row refers to: each table once, and what that refers to in turn. Places are named, not unfolded."""
    sections: list[tuple[str, Rows]] = []
    for reference in ds.schema[table].foreign_keys:
        unfolded = reference.table not in (*seen, table, SOURCES, "places") and reference.column in row
        if not unfolded or depth == 0:
            continue
        frame = ds[reference.table]
        found = frame[frame[reference.target] == row[reference.column]]
        if found.empty:
            continue
        above = present(found.iloc[0])
        seen = seen | {reference.table}
        title = ds.schema[table].fields[reference.column].title
        sections.append((f"{title}: {above[reference.target]}", _own_rows(ds, reference.table, above)))
        sections += _upwards(ds, reference.table, above, seen, depth - 1)
    return sections


def _listed(ds: Dataset, table: str, row: dict[str, Any]) -> list[tuple[str, Rows]]:
    """The rows that a row lists by their ids, whatever tables they are in (the subjects of a judgement)."""
    sections = []
    for about in ds.schema[table].fields.values():
        if about.list_of not in (None, SOURCES) and about.name in row:
            places = [(id, *locate(ds, id)) for id in row[about.name].split(";")]
            told = [(id, describe(ds, name, present(ds[name].iloc[at]))) for id, name, at in places]
            sections.append((about.title, told))
    return sections


def _versions(ds: Dataset, table: str, row: dict[str, Any]) -> list[tuple[str, Rows]]:
    """The other versions of the document that a row is, or stands in."""
    documents = ds.policy_documents
    mine = documents[documents["document_id"] == row.get("document_id")]
    if table not in (TARGETS, DOCUMENTS) or mine.empty:
        return []
    family = documents[documents["family_id"] == mine["family_id"].iloc[0]]
    others = family[family["document_id"] != mine["document_id"].iloc[0]]
    rows = [
        (
            ds.schema.label(DOCUMENTS, "status", str(other["status"])),
            f"{describe(ds, DOCUMENTS, other)} [{other['document_id']}]",
        )
        for other in map(present, (r for _, r in others.iterrows()))
    ]
    return [("Other versions", rows)]


def _downwards(ds: Dataset, table: str, id: str) -> list[tuple[str, Rows]]:
    """What refers to a row, table by table; a source is referred to by whatever names it."""
    sections = []
    for name in ds.schema:
        described = ds.schema[name]
        columns = [k.column for k in described.foreign_keys if k.table == table]
        found = (
            ds[name][np.logical_or.reduce([(ds[name][c] == id) for c in columns])]
            if columns
            else ds[name].iloc[:0]
        )
        if table == SOURCES and source_columns(ds.schema, name):
            links = source_links(ds, name)
            found = ds[name].iloc[links["row"][links["source_id"] == id].unique()]
        if len(found):
            rows = [_entry(ds, name, present(row), columns) for _, row in found.head(SHOWN).iterrows()]
            more = [("", f"and {len(found) - SHOWN} more")] if len(found) > SHOWN else []
            sections.append((f"{described.title} ({len(found)})", rows + more))
    return sections


def _entry(ds: Dataset, table: str, row: dict[str, Any], followed: list[str]) -> tuple[str, str]:
    """A row under the one it refers to: its id, and what it says besides."""
    own = {column: value for column, value in row.items() if column not in followed}
    told = describe(ds, table, own)
    if table != "outcomes" and "outcome_id" in own:  # what a follow-up found
        found = ds.outcomes[ds.outcomes["outcome_id"] == own.pop("outcome_id")]
        outcome = [describe(ds, "outcomes", present(found.iloc[0]))] if len(found) else []
        told = ": ".join([describe(ds, table, own), *outcome])
    return str(row[ds.schema[table].key]), told


def _related_ids(table: str, row: dict[str, Any], id: str) -> list[str]:
    """The ids under which a judgement may concern a row: its own, and those of its document and target."""
    return [id, *(row[c] for c in ("document_id", "target_id", "outcome_id") if c in row and row[c] != id)]


def _judgements(ds: Dataset, ids: list[str]) -> Rows:
    judgements = ds[JUDGEMENTS] if JUDGEMENTS in ds.tables else pd.DataFrame(columns=["subject_ids"])
    named = ";" + judgements["subject_ids"].fillna("") + ";"
    about = np.logical_or.reduce([named.str.contains(f";{id};", regex=False) for id in ids])
    rows = []
    for row in (present(r) for _, r in judgements[about].iterrows()):
        decision = ds.schema.label(JUDGEMENTS, "decision", str(row.get("decision", "open")))
        chosen = f" Chosen: {row['chosen_id']}." if "chosen_id" in row else ""
        rows.append((decision, f"{row.get('question', '')} {row.get('reason', '')}{chosen}"))
    return rows


def _sources(ds: Dataset, table: str, position: int) -> pd.DataFrame:
    """The sources of a row, with their grades; a source is its own."""
    columns = ["publisher", "title", "published", "kind", "grade", "is_copy", "host", "url", "accessed"]
    graded = ds.sources.set_index("source_id").assign(grade=source_strength(ds)["strength"])[columns]
    if table == SOURCES:
        return graded.iloc[[position]].reset_index()
    ids = source_links(_only(ds, table, position), table)["source_id"].unique()
    return graded.reindex(pd.Index(ids, name="source_id")).reset_index()


def _only(ds: Dataset, table: str, position: int) -> Dataset:
    """The dataset with a single row in one table, so that a million others need no work."""
    return ds.with_tables(**{table: ds[table].iloc[[position]].reset_index(drop=True)})
