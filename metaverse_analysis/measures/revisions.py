"""Draft against final: how long it took, and what became of the numbers and the instruments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_dates
from ..tables.needs import expects
from ..tables.units import scaled_units
from .filters import Names, known_by, narrowed
from .wording import each, plain_number

# What one number is about. A number of the draft and one of the final are the same aim if all of this agrees.
SUBJECT = ["indicator", "measure", "scope", "per", "target_year"]
WORDS = ["words_zh", "scope_note"]
# Indicators under which a document lists unlike things: here the words must agree, too.
MIXED_BAGS = ("subsidy_cap", "subsidy_amount", "other")
COMPARED = ["value", "value_max", "unit", "qualifier", "target_year"]
SAME, CHANGED, NOT_SEEN, ADDED, DROPPED = "same", "changed", "not_seen", "added", "dropped"

REVISIONS = """
family_id place_id place level draft_id final_id document draft_date final_date final_status days_low days_high days
numbers_same numbers_changed numbers_not_seen numbers_added instruments_same instruments_changed
instruments_not_seen instruments_added instruments_dropped dropped_labels source_ids
""".split()  # noqa: SIM905
DETAILS = """
family_id draft_id final_id item code label change differs words_differ draft_row final_row draft_text final_text
""".split()  # noqa: SIM905


def revisions(
    ds: Dataset,
    *,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Draft against final of each family: the days between them, and how much of the draft is in the final.

    No full text was read. A number or an instrument of the draft without a row in the final is "not seen" there;
    "dropped" needs a row that says so. The details are in `revision_details`.

    Parameters
    ----------
    ds : needs policy_documents, policy_instruments, regional_targets and places.
    place, inside, level, country, as_of : filters on the places of the documents, as in `market_targets`.

    Returns
    -------
    One row per draft.

    - `family_id`, `place_id`, `place`, `level`, `draft_id`; `final_id`: the first version of the family that is no
      draft, blank where none is known; `document`: title of the final, where there is one
    - `draft_date`, `final_date` (as written), `final_status`
    - `days_low`, `days_high`: the days between them, 0 or more unless the dates contradict each other, since a final is
      not older than its draft; `days`: the same where both days are known
    - `numbers_same`, `numbers_changed`, `numbers_not_seen`, `numbers_added`: how many; blank without a final
    - `instruments_same`, `instruments_changed` (another stance), `instruments_not_seen`, `instruments_added`,
      `instruments_dropped`: likewise; `dropped_labels`: what the dropped lines are on
    - `source_ids`: of both documents

    Order: drafts with a final first; then by the draft's date (its last day), then draft_id.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> table = ma.revisions(ma.load()).set_index("draft_id")
    >>> sichuan = table.loc["cn-sc-2023-metaverse-action-plan-draft"]
    >>> print(sichuan.days, sichuan.numbers_same, sichuan.numbers_changed)
    30 5 0
    """
    expects(ds, Dataset, given_by="load", taker="revisions")
    ds = known_by(ds, as_of)
    pairs = _pairs(ds)
    details = _details(ds, pairs)
    counted = details.assign(column=details["item"] + "s_" + details["change"])
    counts = counted.pivot_table(
        index="draft_id", columns="column", aggfunc="size", fill_value=0, observed=True
    )
    expected = [name for name in REVISIONS if name.startswith(("numbers_", "instruments_"))]
    dropped = details[details["change"] == DROPPED].sort_values("code")
    labels = dropped.groupby("draft_id")["label"].agg("; ".join).astype("str")
    pairs = pairs.assign(dropped_labels=pairs["draft_id"].map(labels).astype("str"))
    counts = counts.reindex(index=pairs["draft_id"], columns=expected).fillna(0).astype("Int64")
    counts[pairs["final_id"].isna().to_numpy()] = pd.NA
    table = pd.concat([pairs, counts.reset_index(drop=True)], axis=1)[REVISIONS]
    return narrowed(ds, table, of="draft", place=place, inside=inside, level=level, country=country)


def revision_details(
    ds: Dataset,
    family_id: str | None = None,
    *,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
) -> pd.DataFrame:
    """Each number and each instrument of a draft and its final, and what became of it.

    Numbers are matched by what they count (indicator, measure, scope, what they are counted for, target year) and
    their words; where the words or the year differ, only if one number on each side is left to match. Under
    indicators that hold unlike things (subsidies, other) the words must agree.

    Parameters
    ----------
    ds : needs policy_documents, policy_instruments and regional_targets.
    family_id : one family, of whatever country; all of them by default.
    place, inside, level, country, as_of : filters on the place of the draft, as in `market_targets`.

    Returns
    -------
    One row per number and instrument of each family with a draft and a final.

    - `family_id`, `draft_id`, `final_id`; `item` ("number" or "instrument"); `code` (indicator or instrument code),
      `label`
    - `change`: "same"; "changed"; "not_seen" in the final; "added": seen in the final only; "dropped": a row of the
      final says that a line of the draft is gone; `differs`: in what it changed (value, value_max, unit, qualifier,
      target_year, or stance)
    - `words_differ`: the number is worded otherwise, so it may count something else. Blank for instruments
    - `draft_row`, `final_row`: ids of the rows (several joined by ";"); `draft_text`, `final_text`: the number, or what
      the document says on the instrument

    Order: as in `revisions`; numbers before instruments; in the order of the draft's rows, then the final's.

    Raises
    ------
    ValueError
        For a family that has not both a draft and a final, and a place, level or country that isn't in the tables.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> details = ma.revision_details(ma.load(), "cn-hb-wuhan-2022-metaverse-implementation-plan")
    >>> details[details.change == "dropped"].code.tolist()
    ['nft_digital_collectibles']
    """
    expects(ds, Dataset, given_by="load", taker="revision_details")
    ds = known_by(ds, as_of)
    pairs = _pairs(ds)
    if family_id is not None:
        pairs = pairs[(pairs["family_id"] == family_id) & pairs["final_id"].notna()]
        if pairs.empty:
            raise ValueError(
                f"family_id: {family_id!r} has no draft with a final; revisions(ds).family_id lists those that have"
            )
        country = None if country is ... else country
    pairs = narrowed(ds, pairs, of="draft", place=place, inside=inside, level=level, country=country)
    return _details(ds, pairs).reset_index(drop=True)


def _pairs(ds: Dataset) -> pd.DataFrame:
    """Each draft beside the first version of its family that is no draft."""
    documents = ds.policy_documents
    documents = documents.join(document_dates(documents)).sort_values(
        ["last_day", "first_day", "document_id"]
    )
    is_draft = documents["status"] == "draft"
    finals = documents[~is_draft].drop_duplicates("family_id")
    pairs = documents[is_draft].merge(finals, how="left", on="family_id", suffixes=("", "_final"))
    places = ds.places.rename(columns={"name_en": "place"})[["place_id", "place", "level"]]
    pairs = pairs.merge(places, how="left", on="place_id")
    pairs = pairs.assign(
        draft_id=pairs["document_id"],
        final_id=pairs["document_id_final"],
        document=pairs["title_en_final"].fillna(pairs["title_en"]),
        draft_date=pairs["date"],
        final_date=pairs["date_final"],
        final_status=pairs["status_final"],
        source_ids=pairs["source_ids"] + (";" + pairs["source_ids_final"]).fillna(""),
        open=pairs["document_id_final"].isna(),
        **_days_between(pairs),
    )
    return pairs.sort_values(["open", "last_day", "draft_id"], ignore_index=True)


def _days_between(pairs: pd.DataFrame) -> dict[str, pd.Series]:
    """From draft to final: the least, the most, and the number where both days are known."""
    low = (pairs["first_day_final"] - pairs["last_day"]).dt.days.astype("Int64")
    high = (pairs["last_day_final"] - pairs["first_day"]).dt.days.astype("Int64")
    low = low.mask(((low < 0) & (high >= 0)).fillna(False), 0)
    return {"days_low": low, "days_high": high, "days": low.where((low == high).fillna(False))}


def _details(ds: Dataset, pairs: pd.DataFrame) -> pd.DataFrame:
    found = pairs[pairs["final_id"].notna()]
    table = pd.concat([_numbers(ds, found), _instruments(ds, found)], ignore_index=True)
    position = pd.Series(range(len(found)), index=found["draft_id"])
    table = table.assign(pair=table["draft_id"].map(position))
    table = table.sort_values(["pair", "item", "order"], kind="stable", key=_numbers_first, ignore_index=True)
    table = table.merge(found[["draft_id", "final_id", "family_id"]], on="draft_id", how="left")
    return table[DETAILS]


def _numbers_first(column: pd.Series) -> pd.Series:
    return column != "number" if column.name == "item" else column


def _rows_of(rows: pd.DataFrame, pairs: pd.DataFrame, version: str) -> pd.DataFrame:
    """The rows of the drafts or of the finals, each with the draft that its pair is named by."""
    keys = pairs[["draft_id", f"{version}_id"]].set_axis(["draft_id", "document_id"], axis=1)
    mine = rows[rows["document_id"].isin(keys["document_id"])]
    return mine.assign(order=np.arange(len(mine))).merge(keys, on="document_id")


def _numbers(ds: Dataset, pairs: pd.DataFrame) -> pd.DataFrame:
    targets = ds.regional_targets
    draft, final = (_rows_of(targets, pairs, version) for version in ("draft", "final"))
    found: list[pd.DataFrame] = []
    for keys in ([*SUBJECT, *WORDS], SUBJECT, SUBJECT[:-1]):
        left = [
            rows[~rows.index.isin([at for match in found for at in match[side]])]
            for side, rows in (("draft", draft), ("final", final))
        ]
        if keys[-1] != WORDS[-1]:
            left = [rows[~rows["indicator"].isin(MIXED_BAGS)] for rows in left]
        found.append(_matched(left[0], left[1], ["draft_id", *keys]))
    both = pd.concat(found, ignore_index=True)
    table = both.merge(_named(draft, "draft"), on="draft", how="outer")
    table = table.merge(_named(final, "final"), on="final", how="outer", suffixes=("", "_other"))
    return _compared(table.assign(draft_id=table["draft_id"].fillna(table["draft_id_other"])), ds)


def _matched(draft: pd.DataFrame, final: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Pairs of rows that agree in the keys and are alone in doing so, on both sides."""
    alone = []
    for rows, side in ((draft, "draft"), (final, "final")):
        texts = rows[keys].astype("str").fillna("")
        alone.append(texts.assign(**{side: rows.index})[~texts.duplicated(keep=False)])
    return alone[0].merge(alone[1], on=keys)[["draft", "final"]]


def _named(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    """The rows of one side, with that side in the names of the columns and the row's position under its name."""
    names = {name: f"{name}_{side}" for name in ["order", "indicator", *WORDS, *COMPARED]}
    names |= {"target_id": f"{side}_row", "draft_id": "draft_id" if side == "draft" else "draft_id_other"}
    return rows[list(names)].rename(columns=names).assign(**{side: rows.index})


def _compared(table: pd.DataFrame, ds: Dataset) -> pd.DataFrame:
    paired = table["draft_row"].notna() & table["final_row"].notna()
    differing = {name: paired & _differ(table, name) for name in COMPARED}
    differs = pd.Series("", index=table.index, dtype="str")
    for name, mask in differing.items():
        differs = differs.where(~mask, differs + ";" + name)
    words = pd.concat([_differ(table, name) for name in WORDS], axis=1).any(axis=1)
    indicator = table["indicator_draft"].astype("str").fillna(table["indicator_final"].astype("str"))
    return pd.DataFrame(
        {
            "draft_id": table["draft_id"],
            "item": "number",
            "code": indicator,
            "label": ds.schema.labels("regional_targets", "indicator", indicator),
            "change": _change(table["draft_row"].notna(), table["final_row"].notna(), differs != ""),
            "differs": differs.str.removeprefix(";").where(differs != ""),
            "words_differ": words.astype("boolean").where(paired),
            "draft_row": table["draft_row"],
            "final_row": table["final_row"],
            "draft_text": _figure(table, "draft", ds),
            "final_text": _figure(table, "final", ds),
            # Rows that only the final has come after those of the draft.
            "order": table["order_draft"].fillna(table["order_final"] + 1e9),
        }
    )


def _differ(table: pd.DataFrame, name: str) -> pd.Series:
    one, other = (_comparable(table, name, side) for side in ("draft", "final"))
    return ~((one == other).fillna(False) | (one.isna() & other.isna())).astype(bool)


def _comparable(table: pd.DataFrame, name: str, side: str) -> pd.Series:
    """A cell as it is compared: 1,000 million is one billion."""
    column, unit = table[f"{name}_{side}"], scaled_units(table[f"unit_{side}"])
    if name == "unit":
        return unit["of"]
    return (column * unit["ones"]).round(3) if name in ("value", "value_max") else column.astype("str")


def _change(draft: pd.Series, final: pd.Series, changed: pd.Series) -> pd.Series:
    words = np.select([draft & final & changed, draft & final, draft], [CHANGED, SAME, NOT_SEEN], ADDED)
    return pd.Series(words, index=draft.index, dtype="str")


def _figure(table: pd.DataFrame, side: str, ds: Dataset) -> pd.Series:
    """A number in words: "over 200 billion CNY, 2025"."""
    value, top = (table[f"{name}_{side}"] for name in ("value", "value_max"))
    hedge = ds.schema.labels("regional_targets", "qualifier", table[f"qualifier_{side}"].astype("str"))
    hedge = (hedge + " ").where(~table[f"qualifier_{side}"].isin(["exact", "range"]), "")
    year = table[f"target_year_{side}"].astype("str")
    figure = each(value, plain_number)
    figure = figure.where(top.isna(), figure + "–" + each(top, plain_number))
    return hedge + figure + " " + table[f"unit_{side}"] + (", " + year).fillna("")


def _instruments(ds: Dataset, pairs: pd.DataFrame) -> pd.DataFrame:
    rows = ds.policy_instruments
    rows = rows.assign(
        gone=rows["dropped"].fillna(False).astype(bool),
        instrument=rows["instrument"].astype("str"),
        stance=rows["stance"].astype("str"),
    )
    draft, final = (_rows_of(rows, pairs, version) for version in ("draft", "final"))
    used = _uses(draft[~draft["gone"]], "draft").merge(
        _uses(final[~final["gone"]], "final"), on=["draft_id", "instrument"], how="outer"
    )
    dropped = _uses(final[final["gone"]], "final").assign(gone=True)
    # A draft's use of an instrument whose line is gone is told by the row that says so.
    told = used.merge(
        dropped[["draft_id", "instrument"]], on=["draft_id", "instrument"], how="left", indicator="told"
    )
    lost = (told["told"] == "both") & told["row_final"].isna()
    dropped = dropped.merge(told.loc[lost, ["draft_id", "instrument", *_of("draft")]], how="left")
    table = pd.concat([told[~lost], dropped], ignore_index=True)
    paired = table["row_draft"].notna() & table["row_final"].notna()
    differs = paired & (table["stance_draft"].fillna("") != table["stance_final"].fillna(""))
    gone = table["gone"].astype("boolean").fillna(False).astype(bool)
    return pd.DataFrame(
        {
            "draft_id": table["draft_id"],
            "item": "instrument",
            "code": table["instrument"],
            "label": ds.schema.labels("policy_instruments", "instrument", table["instrument"]),
            "change": _change(table["row_draft"].notna(), table["row_final"].notna(), differs).mask(
                gone, DROPPED
            ),
            "differs": pd.Series("stance", index=table.index, dtype="str").where(differs & ~gone),
            "words_differ": pd.array([pd.NA] * len(table), dtype="boolean"),
            "draft_row": table["row_draft"],
            "final_row": table["row_final"],
            "draft_text": table["detail_draft"],
            "final_text": table["detail_final"],
            "order": table["order_draft"].fillna(table["order_final"] + 1e9),
        }
    )


def _of(side: str) -> list[str]:
    return [f"{name}_{side}" for name in ("order", "row", "stance", "detail")]


def _uses(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    """One row per document and instrument; true twins are joined."""
    keys = ["draft_id", "instrument"]
    rows = rows[[*keys, "order", "instrument_id", "stance", "detail"]]
    twins = rows.duplicated(keys, keep=False)
    groups = rows[twins].sort_values(["stance", "instrument_id"]).groupby(keys, sort=False)
    joined = groups.agg({"order": "min", "instrument_id": ";".join, "stance": _distinct, "detail": _joined})
    table = pd.concat([rows[~twins].set_index(keys), joined])
    renamed = table.set_axis(_of(side), axis=1).reset_index()
    return renamed.astype(dict.fromkeys(_of(side)[1:], "str"))


def _joined(details: pd.Series) -> str:
    return "; ".join(details.dropna())


def _distinct(stances: pd.Series) -> str:
    return ";".join(stances.dropna().unique())
