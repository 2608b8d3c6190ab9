"""What documents use: instruments, topics and sectors by place or document, with the rows behind each number.

A missing row is no sign that a document lacks an instrument, since no full text was read: every count here is of
what was seen. Rows that only say that a line of the draft was dropped are no use and are left out; `revisions`
tells them.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_dates, precision
from ..tables.places import ancestors
from .policies import countries

DETAILS = """
instrument_id place_id place level document_id family_id title status is_metaverse_specific instrument
instrument_label kind group group_label stance detail source_ids
""".split()  # noqa: SIM905
PANEL = """
place_id place level province_id month date date_precision first_day last_day document_id family_id status doc_type
is_metaverse_specific instrument instrument_label kind group stance instrument_id source_ids
""".split()  # noqa: SIM905


def instrument_details(
    ds: Dataset,
    *,
    place_id: str | None = None,
    document_id: str | None = None,
    instrument: str | None = None,
    group: str | None = None,
    level: str | None = None,
    country: str | None = None,
    roll_up: bool = False,
) -> pd.DataFrame:
    """The rows behind a cell of `instrument_matrix`: which document uses what, in which words, after which source.

    Parameters
    ----------
    ds : needs policy_instruments, policy_documents and places.
    place_id, document_id, instrument, group : only these rows.
    level : only documents of places of this level.
    country : only documents of this country and the places in it; all countries by default.
    roll_up : with a level, a document counts for the place of that level in which its own place lies (those of a
        city for its province); documents of higher places are left out.

    Returns
    -------
    One row per row of policy_instruments, without those that only say that a line was dropped: instrument_id,
    place_id, place, level (after rolling up), document_id, family_id, title, status, is_metaverse_specific,
    instrument, instrument_label, kind (instrument, topic or sector), group, group_label, stance, detail, source_ids.
    Order: that of policy_instruments.

    Raises
    ------
    ValueError
        For a place, document, instrument, group, level or country that isn't in the tables.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> rows = ma.instrument_details(ma.load(), place_id="CN-SC", instrument="cross_chain")
    >>> rows.detail.tolist()
    ['develop cross-chain control']
    """
    rows = _uses(ds)
    if country is not None:
        if not (ds.places.place_id == country).any():
            raise ValueError(
                f"country: no place has the id {country!r}; ds.places lists them, None takes all"
            )
        rows = rows[rows.place_id.map(countries(ds)) == country]
    if level is not None:
        rows = _at_level(rows, ds, level, roll_up)
    elif roll_up:
        raise ValueError('roll_up needs a level to roll up to, such as level="province"')
    wanted = {"place_id": place_id, "document_id": document_id, "instrument": instrument, "group": group}
    known = {
        "place_id": ds.places.place_id,
        "document_id": ds.policy_documents.document_id,
        "instrument": pd.Series(list(_codes(ds).index)),
        "group": _codes(ds).group,
    }
    for column, value in wanted.items():
        if value is not None:
            if not (known[column] == value).any():
                raise ValueError(f"{column}: {value!r} is not in the tables{_some(known[column])}")
            rows = rows[rows[column] == value]
    return rows[DETAILS].reset_index(drop=True)


def _some(values: pd.Series) -> str:
    distinct = values.dropna().unique()
    return f"; there are {', '.join(map(str, distinct))}" if len(distinct) <= 40 else ""


def _codes(ds: Dataset) -> pd.DataFrame:
    """What the schema says of each instrument: label, kind and group, in the order of groups and codes."""
    field = ds.schema["policy_instruments"].fields["instrument"]
    codes = dict.fromkeys(field.enum or ds.policy_instruments.instrument.dropna().unique())
    said = {code: field.codes.get(code, {}) for code in codes}
    table = pd.DataFrame(
        {
            "instrument_label": [ds.schema.label("policy_instruments", "instrument", code) for code in codes],
            "kind": [meaning.get("kind", "instrument") for meaning in said.values()],
            "group": [meaning.get("group", "other") for meaning in said.values()],
        },
        index=pd.Index(list(codes), dtype="str", name="instrument"),
        dtype="str",
    )
    table = table.assign(group_label=table.group.str.replace("_", " "))
    groups = {name: place for place, name in enumerate(table.group.unique())}
    return table.sort_values("group", key=lambda names: names.map(groups), kind="stable")


def _uses(ds: Dataset) -> pd.DataFrame:
    rows = ds.policy_instruments
    rows = rows[~rows.dropped.fillna(False).astype(bool)]
    rows = rows.assign(instrument=rows.instrument.astype("str"))
    documents = ds.policy_documents.set_index("document_id")
    of_document = ["family_id", "title_en", "status", "is_metaverse_specific", "place_id"]
    rows = rows.join(documents[of_document], on="document_id").join(_codes(ds), on="instrument")
    return _with_place(rows.rename(columns={"title_en": "title"}), ds)


def _with_place(rows: pd.DataFrame, ds: Dataset) -> pd.DataFrame:
    places = ds.places.set_index("place_id")[["name_en", "level"]].rename(columns={"name_en": "place"})
    return rows.drop(columns=["place", "level"], errors="ignore").join(places, on="place_id")


def _at_level(rows: pd.DataFrame, ds: Dataset, level: str, roll_up: bool) -> pd.DataFrame:
    levels = ds.places.level.dropna().unique()
    if level not in levels:
        raise ValueError(f"level: no place has the level {level!r}; there are {', '.join(map(str, levels))}")
    if roll_up:
        rows = _with_place(rows.assign(place_id=rows.place_id.map(_place_at(ds, level))), ds)
    return rows[rows.level == level]


def _place_at(ds: Dataset, level: str) -> pd.Series:
    """For each place the nearest place of a level that it lies in, or that it is."""
    places = ds.places
    at_level = places.place_id[places.level == level]
    above = ancestors(places)
    above = above[above.ancestor_id.isin(at_level) & ~above.place_id.isin(at_level)]
    nearest = above.drop_duplicates("place_id").set_index("place_id").ancestor_id
    return pd.concat([pd.Series(at_level.to_numpy(), index=at_level), nearest])


def instrument_cells(
    ds: Dataset,
    *,
    by: Literal["place", "document"] = "place",
    level: str | None = None,
    country: str | None = None,
    group: bool = False,
    count: Literal["documents", "families"] = "documents",
    roll_up: bool = False,
) -> pd.DataFrame:
    """How many documents of a place use an instrument, one row per number: `instrument_matrix` in the long form.

    Parameters
    ----------
    As for `instrument_matrix`.

    Returns
    -------
    One row per place (or document) and instrument (or group) that was seen there.

    - place_id, place, level; document_id and title by document; instrument, instrument_label and kind unless by
      group; group, group_label.
    - documents (or families): how many use it. promote, regulate, restrict ...: how many of these have a row with
      that stance; a document with rows of two stances is in both.

    Order: places with the most documents first, then place_id; instruments by group, in the schema's order.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> cells = ma.instrument_cells(ma.load(), level="country")
    >>> warned = cells[(cells.place_id == "CN") & (cells.restrict > 0)]
    >>> "ethics_risk" in warned.instrument.tolist()
    True
    """
    rows = instrument_details(ds, level=level, country=country, roll_up=roll_up)
    counted = _counted(by, count)
    who = ["place_id"] if by == "place" else ["place_id", "document_id"]
    what, number = "group" if group else "instrument", count if by == "place" else "documents"
    cell = [*who, what]
    once = rows[list(dict.fromkeys([*cell, "stance", counted]))].drop_duplicates()
    uses = (
        once.drop_duplicates(list(dict.fromkeys([*cell, counted])))
        .groupby(cell, sort=False)
        .size()
        .rename(number)
    )
    names = list(ds.schema.codes("policy_instruments", "stance"))
    stances = (
        once.assign(stance=once.stance.astype("str")).groupby([*cell, "stance"]).size().unstack(fill_value=0)
    )
    stances = stances.reindex(columns=names, fill_value=0)
    table = pd.concat([uses, stances], axis=1).fillna(dict.fromkeys(names, 0)).astype("int64").reset_index()
    codes = _codes(ds).reset_index()
    said = codes[["group", "group_label"]].drop_duplicates() if group else codes
    table = _with_place(table.merge(said, on=what, how="left"), ds)
    titles = ds.policy_documents.set_index("document_id").title_en.rename("title")
    if by == "document":
        table = table.join(titles, on="document_id")
    size = table[who[-1]].map(rows.groupby(who[-1])[counted].nunique())
    order = table[what].map({code: place for place, code in enumerate(said[what])})
    table = table.assign(_size=-size.astype("float64"), _order=order).sort_values(
        ["_size", *who, "_order"], ignore_index=True
    )
    named = ["document_id", "title"] if by == "document" else []
    labels = [] if group else ["instrument", "instrument_label", "kind"]
    return table[["place_id", "place", "level", *named, *labels, "group", "group_label", number, *names]]


def _counted(by: str, count: str) -> str:
    if by not in ("place", "document"):
        raise ValueError(f'by is "place" or "document", not {by!r}')
    if count not in ("documents", "families"):
        raise ValueError(
            f'count is "documents" or "families" (a draft and its final count once), not {count!r}'
        )
    return "family_id" if count == "families" and by == "place" else "document_id"


def instrument_matrix(
    ds: Dataset,
    *,
    by: Literal["place", "document"] = "place",
    level: str | None = None,
    country: str | None = None,
    group: bool = False,
    count: Literal["documents", "families"] = "documents",
    roll_up: bool = False,
) -> pd.DataFrame:
    """Who uses what: places (or documents) by instruments (or their groups), counts of documents.

    A 0 says that no document was seen to use it, not that none does: no full text was read. The rows behind a cell:
    `instrument_details(ds, place_id=..., instrument=...)`; the stances: `instrument_cells`.

    Parameters
    ----------
    ds : needs policy_instruments, policy_documents and places.
    by : a row per "place" or per "document".
    level : only documents of places of this level, such as "province".
    country : only documents of this country and the places in it, such as "CN".
    group : columns are the groups of the schema; a document counts once in a group.
    count : "documents" (each version), or "families" (a draft and its final count once).
    roll_up : with a level, a document counts for the place of that level in which its own place lies.

    Returns
    -------
    One row per place or document with at least one instrument: place_id, place, level (document_id, title), then
    `documents` (or `families`), those with any instrument; then a column per code of the schema, in the order of
    the groups, also those that nobody uses. The sum of a column is the number of documents that use it.

    Order: most documents first, then place_id (by document: as in policy_documents).

    Raises
    ------
    ValueError
        For a level that isn't in the table places, or roll_up without a level.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> matrix = ma.instrument_matrix(ma.load(), by="document").set_index("document_id")
    >>> int(matrix.loc["cn-sc-2023-metaverse-action-plan-draft", "cross_chain"])
    1
    """
    counted = _counted(by, count)
    rows = instrument_details(ds, level=level, country=country, roll_up=roll_up)
    codes = _codes(ds)
    key = "place_id" if by == "place" else "document_id"
    what = "group" if group else "instrument"
    once = rows[list(dict.fromkeys([key, what, counted]))].drop_duplicates()
    columns = list(dict.fromkeys(codes.group)) if group else list(codes.index)
    counts = once.groupby([key, what]).size().unstack(fill_value=0).reindex(columns=columns, fill_value=0)
    number = count if by == "place" else "documents"
    total = rows.groupby(key)[counted].nunique().rename(number)
    table = pd.concat([total, counts.rename_axis(columns=None)], axis=1).rename_axis(key).reset_index()
    if by == "document":
        documents = ds.policy_documents[["document_id", "place_id", "title_en"]]
        documents = documents.rename(columns={"title_en": "title"})
        table = documents.merge(table, on="document_id")  # their order
        if level is not None:
            table = table.assign(
                place_id=table.document_id.map(rows.drop_duplicates(key).set_index(key).place_id)
            )
    else:
        table = table.sort_values([number, key], ascending=[False, True], ignore_index=True)
    table = _with_place(table, ds)
    first = ["place_id", "place", "level", *(["document_id", "title"] if by == "document" else [])]
    return table[[*first, number, *columns]]


def instrument_stances(
    ds: Dataset,
    *,
    count: Literal["documents", "families"] = "documents",
    level: str | None = None,
    country: str | None = None,
) -> pd.DataFrame:
    """What documents do with each instrument: promote, regulate or restrict it.

    Parameters
    ----------
    ds : needs policy_instruments, policy_documents and places.
    count : "documents" (each version), or "families" (a draft and its final count once).
    level, country : only documents of places of this level, or in this country.

    Returns
    -------
    One row per code of the schema: instrument, instrument_label, kind, group, group_label, documents (or families)
    that use it, and a column per stance: how many have a row with it (one may be in two). all_documents (or
    all_families): how many have any instrument, the same in every row.
    Order: the schema's groups, then its codes.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> stances = ma.instrument_stances(ma.load()).set_index("instrument")
    >>> bool(stances.promote["subsidy"] > 0 == stances.restrict["subsidy"])
    True
    """
    counted = _counted("place", count)
    rows = instrument_details(ds, level=level, country=country)
    once = rows[["instrument", "stance", counted]].drop_duplicates()
    codes = _codes(ds)
    counts = once.assign(stance=once.stance.astype("str")).groupby(["instrument", "stance"]).size()
    columns = list(ds.schema.codes("policy_instruments", "stance"))
    stances = counts.unstack(fill_value=0).reindex(index=codes.index, columns=columns, fill_value=0)
    stances = stances.rename_axis(columns=None)
    uses = once.drop_duplicates(["instrument", counted]).instrument.value_counts()
    uses = uses.reindex(codes.index, fill_value=0).rename(count)
    table = pd.concat([codes, uses, stances], axis=1).reset_index()
    return table.assign(**{f"all_{count}": rows[counted].nunique()})


def panel(ds: Dataset) -> pd.DataFrame:
    """Region by date by instrument, tidy, for regressions and event studies: one row per use of an instrument.

    Join amounts with `market_targets(ds)` on document_id. Absent rows mean "not seen": no full text was read, and
    `coverage` says where nothing was searched.

    Parameters
    ----------
    ds : needs policy_instruments, policy_documents and places.

    Returns
    -------
    One row per row of policy_instruments (without dropped lines).

    - place_id, place, level; province_id: the province that the place is or lies in (blank: a country).
    - month ("2023-09"; blank where the date is no closer than a year), date (as written: of a draft the
      consultation, else the publication), date_precision, first_day, last_day. A document without a date stays, with
      blanks.
    - document_id, family_id, status (a draft and its final are two documents), doc_type, is_metaverse_specific.
    - instrument, instrument_label, kind (instrument, topic, sector), group, stance, instrument_id, source_ids.

    Order: place_id, last_day, document_id, instruments by group.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> rows = ma.panel(ma.load())
    >>> rows[(rows.place_id == "CN-SC") & (rows.instrument == "cross_chain")].month.tolist()
    ['2023-08']
    """
    rows = _uses(ds)
    documents = ds.policy_documents
    dates = document_dates(documents)
    written = dates["date"]
    dated = pd.DataFrame(
        {
            "date": written,
            "date_precision": precision(written),
            "first_day": dates["first_day"],
            "last_day": dates["last_day"],
            "month": written.str[:7].where(written.str.len() >= 7),
            "doc_type": documents.doc_type,
        }
    ).set_index(documents.document_id)
    rows = rows.join(dated, on="document_id")
    levels = ds.places.level.dropna().unique()
    province = _place_at(ds, "province") if "province" in levels else pd.Series(dtype="str")
    place = {name: order for order, name in enumerate(_codes(ds).index)}
    rows = rows.assign(
        province_id=rows.place_id.map(province).astype("str"),
        _order=rows.instrument.map(place),
    )
    by = ["place_id", "last_day", "document_id", "_order"]
    return rows.sort_values(by, kind="stable", na_position="last", ignore_index=True)[PANEL]
