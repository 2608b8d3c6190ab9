"""How good is the evidence? Per table and per province: official pages, independent outlets, copies, age, gaps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import first_day, last_day, parse_day
from ..tables.needs import expects, is_one_of, truth
from ..tables.places import ancestors
from .filters import Names, in_places, known_by, narrowed
from .grades import GRADES, KNOWN, graded_tables, source_columns, source_links
from .ids import every_id
from .targets import market_targets

# What a row rests on, the strongest first. Each row has exactly one.
RESTS_ON = ("official", "several_established", "one_established", "weaker", "aggregators", "none")
WELL_FOUNDED = RESTS_ON[:2]
# Tables whose rows say something of a place's policy; the statistics are only denominators.
OF_PLACES = ("policy_documents", "policy_instruments", "regional_targets", "outcomes", "events")
DAYS_PER_MONTH = 365.25 / 12


def graded_rows(ds: Dataset, tables: list[str] | tuple[str, ...] | None = None) -> pd.DataFrame:
    """Every row that names sources, with its grade: the long table behind `evidence_quality` and `coverage`.

    Returns
    -------
    One row per row, tables in the schema's order: `table`, `id`, `place_id` (of the row, or of its document or
    target; missing where it has none), `rests_on` (official, several_established, one_established, weaker,
    aggregators, none), the columns of `grades`, `oldest`, `newest`: the first and last day that its sources were
    published, and `source_ids`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> rows = graded_rows(ma.load(), ["regional_targets"])
    >>> len(rows) == len(ma.load().regional_targets)
    True
    """
    wanted = [name for name in (tables or ds.schema) if name in ds.tables and source_columns(ds.schema, name)]
    graded = graded_tables(ds, [name for name in wanted if ds.schema[name].evidence])
    published = ds.sources["published"].set_axis(ds.sources["source_id"])
    days = pd.DataFrame({"oldest": first_day(published), "newest": last_day(published)})
    frames = [_graded(ds, name, found, days) for name, found in graded.items()]
    return pd.concat(frames, ignore_index=True)


def _graded(ds: Dataset, table: str, found: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    rows = found.rename_axis("id").reset_index()
    rows.insert(0, "table", table)
    rows["place_id"] = places_of(ds, table).array
    rests = [
        found["has_official"],
        found["n_established"] >= 2,
        found["n_established"] == 1,
        found["strength"] == KNOWN,
    ]
    code = np.select([condition.to_numpy() for condition in rests], range(len(rests)), len(rests))
    rows["rests_on"] = pd.Categorical.from_codes(code, categories=pd.Index(RESTS_ON), ordered=True)
    links = source_links(ds, table)
    of_links = days.reindex(links["source_id"]).set_axis(links["row"]).groupby(level=0)
    rows["oldest"] = of_links["oldest"].min().reindex(rows.index)
    rows["newest"] = of_links["newest"].max().reindex(rows.index)
    rows["source_ids"] = _joined(links).reindex(rows.index).astype("str")
    return rows


def _joined(links: pd.DataFrame) -> pd.Series:
    """The ids of each row as a list of ids; a loop, since pandas would make a column of its own for each row."""
    found: dict[int, list[str]] = {}
    for row, source_id in zip(links["row"].tolist(), links["source_id"].tolist(), strict=True):
        found.setdefault(row, []).append(source_id)
    return pd.Series({row: ";".join(ids) for row, ids in found.items()}, dtype="str")


def places_of(ds: Dataset, table: str) -> pd.Series:
    """The place of each row of a table: its own, else that of its document, else that of its target; missing: none.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> places_of(ds, "press_figures").isin(ds.places["place_id"]).all().item()
    True
    """
    frame = ds[table]
    place = frame["place_id"] if "place_id" in frame else pd.Series(np.nan, frame.index, dtype="str")
    for column, other in (("document_id", "policy_documents"), ("target_id", "regional_targets")):
        if column in frame and table != other:
            above: Any = frame[column].map(ds[other].set_index(column)["place_id"]).astype("str")
            place = place.fillna(above)
    return place.astype("str")


def evidence_quality(
    ds: Dataset,
    *,
    by: str = "table",
    today: Any = None,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    judgements: bool = False,
) -> pd.DataFrame:
    """How much of each table, or of what is known of each province, rests on what?

    Parameters
    ----------
    by : "table", or "place": the first-level divisions of a country, with all that lies in them.
    today : the day to count ages to; without it the ages are missing.
    place, inside, level, country, as_of : filters as in `market_targets`, by table on the places of the rows that are
        counted, by place on the divisions.
    judgements : with by="table", give the tables of the project's own decisions instead, which say what was made of
        the evidence and are no evidence themselves.

    Returns
    -------
    One row per table in the schema's order, or per place in the order of `places`; only those with rows:

    - `table` and `label` (its title), or `place_id` and `label` (its name); `rows`
    - `official`, `several_established`, `one_established`, `weaker`, `aggregators`, `none`: the number of rows whose
      evidence is that and nothing stronger; they add up to all rows
    - `well_founded_pct`: rest on an official page read directly, or on two or more independent established outlets
    - `official_pct`: rest on an official page read directly; `two_outlets_pct`: name two or more independent
      outlets, of whatever kind; `aggregators_only_pct`; `high_pct`, `medium_pct`, `low_pct`
    - `median_age_months`: from the publication of a row's newest page to `today`
    - `source_ids`: of all these rows

    Raises
    ------
    ValueError
        If `by` is another word, or `today` is no day.

    Notes
    -----
    Independence counts outlets: pages that carry one outlet's text count once (see `grades`).

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.evidence_quality(ma.load()).set_index("table")
    >>> bool(found.loc["regional_targets", "official_pct"] < 10)
    True
    """
    expects(ds, Dataset, given_by="load", taker="evidence_quality")
    if not is_one_of(by, ("table", "place")):
        raise ValueError(f"by is 'table' or 'place', not {by!r}")
    judgements = truth(judgements, "judgements")
    ds, where = known_by(ds, as_of), {"place": place, "inside": inside, "level": level, "country": country}
    if by == "table":
        judged = [name for name in ds.schema if ds.schema[name].judgement]
        rows = graded_rows(ds)
        rows = rows[rows["table"].isin(judged) == judgements]
        return quality_by_table(ds, rows[in_places(ds, rows["place_id"], of="row", **where)], today)
    rows = of_provinces(ds, graded_rows(ds, OF_PLACES))
    places = ds.places.set_index("place_id")
    rows = rows[in_places(ds, rows["province_id"], of="row", **where)]
    found = _shares(rows, "province_id", today).rename_axis("place_id")
    found = found.reindex([place for place in places.index if place in found.index]).reset_index()
    found.insert(1, "label", found["place_id"].map(places["name_en"]).fillna(found["place_id"]).astype("str"))
    return found


def quality_by_table(ds: Dataset, rows: pd.DataFrame, today: Any = None) -> pd.DataFrame:
    """What some of the graded rows rest on, as `evidence_quality` says it by table.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> quality_by_table(ds, graded_rows(ds, ["events"])).rows.tolist() == [len(ds.events)]
    True
    """
    found = _shares(rows, "table", today)
    found = found.reindex([name for name in ds.schema if name in found.index]).reset_index()
    titles = {name: ds.schema[name].title for name in ds.schema}
    found.insert(1, "label", found["table"].map(titles).astype("str"))
    return found


def of_provinces(ds: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that belong to a first-level division, with its id; rows of a country itself are left out.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> of_provinces(ds, pd.DataFrame({"place_id": ["CN", "CN-SC-chengdu"]}))["province_id"].tolist()
    ['CN-SC']
    """
    places = ds.places.set_index("place_id")
    tops = places.index[places["parent_id"].isna()]
    first = places.index[places["parent_id"].isin(tops)]
    above = ancestors(ds.places)
    inside = above[above["ancestor_id"].isin(first)].set_index("place_id")["ancestor_id"]
    own = pd.Series(first, index=first)
    return rows.assign(province_id=rows["place_id"].map(pd.concat([own, inside])).astype("str")).dropna(
        subset="province_id"
    )


def _shares(rows: pd.DataFrame, key: str, today: Any) -> pd.DataFrame:
    """Counts and shares of graded rows by a column."""
    counts = pd.crosstab(rows[key], rows["rests_on"].astype("str")).reindex(
        columns=list(RESTS_ON), fill_value=0
    )
    groups = rows.groupby(key, sort=False)
    total = groups.size().rename("rows")
    found = pd.concat([total, counts.rename_axis(columns=None)], axis=1).rename_axis(key)
    flags = {
        "well_founded_pct": rows["rests_on"].isin(WELL_FOUNDED),
        "official_pct": rows["has_official"],
        "two_outlets_pct": rows["outlets"] >= 2,
        "aggregators_only_pct": rows["only_aggregators"],
        **{f"{grade}_pct": rows["confidence"] == grade for grade in GRADES},
    }
    for name, flag in flags.items():
        found[name] = 100 * flag.groupby(rows[key], sort=False).mean()
    found["median_age_months"] = _months(rows["newest"], today).groupby(rows[key], sort=False).median()
    found["source_ids"] = groups["source_ids"].agg(every_id).astype("str")
    return found


def _months(days: pd.Series, today: Any) -> pd.Series:
    """Months from each day to today; missing where the day is, or without a today."""
    if today is None:
        return pd.Series(np.nan, index=days.index)
    return (parse_day(today, name="today") - pd.to_datetime(days)).dt.days / DAYS_PER_MONTH


def coverage(
    ds: Dataset,
    *,
    today: Any = None,
    place: Names = None,
    inside: bool = True,
    level: Names = None,
    country: Any = ...,
    as_of: Any = None,
    rate_on: Any = None,
) -> pd.DataFrame:
    """What was searched for each province, what was found, and how good is it?

    Parameters
    ----------
    today : the day to count months to; without it `months_since_search` is missing.
    place, inside, level, country, as_of : filters on the provinces, as in `market_targets`.
    rate_on : the date whose exchange rate gives the dollars; without it, that of each document.

    Returns
    -------
    One row per row of the table `coverage`, in its order:

    - `place_id`, `place`, `grid_column`, `grid_row`
    - `searched_on`, `finding`, `finding_label` (the province's own government), `finding_below`, `queries`
      (searches, noted where little or nothing was found)
    - `documents`, `documents_below`: of the province itself, and of the places in it; a draft and its final are one
    - `targets`, `targets_below`: rows of the province itself, and of the places in it
    - `rows`: all rows about it and what lies in it; `official_pct`, `two_outlets_pct`, `aggregators_only_pct` of
      them as in `evidence_quality`, missing where there are none
    - `oldest_source`, `newest_source`: days of publication; `months_since_search`
    - `market_size_cny_bn`, `market_size_qualifier`, `market_size_status`, `market_size_scope_label`,
      `market_size_year`: what the province's own government set, in billion yuan, of its targets that stand the one
      of the scope, measure and year that most places share, else the largest; `market_size_usual`: whether it is;
      `market_size_usd_bn`, `rate`, `rate_date`: in billion dollars, and by which rate. Targets of another topic (VR,
      say) are none here
    - `source_ids`: of all these rows

    Notes
    -----
    A blank is not zero: none found means that a search found nothing, not that there is nothing.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.coverage(ma.load()).set_index("place")
    >>> found["finding_label"]["Sichuan"]
    'plan with a market size'
    """
    expects(ds, Dataset, given_by="load", taker="coverage")
    ds = known_by(ds, as_of)
    found, rows = searches(ds), of_provinces(ds, graded_rows(ds, OF_PLACES))
    family = ds.policy_documents.set_index("document_id")["family_id"]
    for name, of in (("documents", "policy_documents"), ("targets", "regional_targets")):
        mine = rows[rows["table"] == of]
        if name == "documents":
            once = mine.assign(family_id=mine["id"].map(family).fillna(mine["id"]))
            mine = once.drop_duplicates(["family_id", "place_id"])
        own = mine["place_id"] == mine["province_id"]
        for column, part in ((name, mine[own]), (f"{name}_below", mine[~own])):
            found[column] = (
                found["place_id"].map(part["province_id"].value_counts()).fillna(0).astype("int64")
            )
    shares = _shares(rows, "province_id", None)
    dates = rows.groupby("province_id").agg(oldest_source=("oldest", "min"), newest_source=("newest", "max"))
    columns = ["rows", "official_pct", "two_outlets_pct", "aggregators_only_pct"]
    found = found.join(shares[columns].join(dates), on="place_id")
    found["rows"] = found["rows"].fillna(0).astype("int64")
    found["months_since_search"] = _months(found["searched_on"], today)
    found = found.merge(_market_sizes(ds, rate_on), how="left", on="place_id")
    found["source_ids"] = pages_behind(rows, found["place_id"])
    return narrowed(ds, found, of="province", place=place, inside=inside, level=level, country=country)


def searches(ds: Dataset) -> pd.DataFrame:
    """What was searched for each province, and found: the first columns of `coverage`.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> len(searches(ma.load())) == len(ma.load()["coverage"])
    True
    """
    places = ds.places.set_index("place_id")
    table = ds["coverage"].reset_index(drop=True)
    found = table[["place_id"]].copy()
    about = places[["name_en", "grid_column", "grid_row"]].reindex(table["place_id"]).reset_index(drop=True)
    found["place"] = about["name_en"].fillna(table["place_id"])
    found[["grid_column", "grid_row"]] = about[["grid_column", "grid_row"]]
    found["searched_on"], found["finding"] = table["searched_on"], table["finding"]
    found["finding_label"] = ds.schema.labels("coverage", "finding", table["finding"])
    found["finding_below"], found["queries"] = table["finding_below"], table["queries"]
    return found


def pages_behind(rows: pd.DataFrame, place_ids: pd.Series) -> pd.Series:
    """The sources of all graded rows of each province (see `of_provinces`), as lists of ids.

    Examples
    --------
    >>> rows = pd.DataFrame({"province_id": ["CN-SC", "CN-SC"], "source_ids": ["b", "a;b"]})
    >>> pages_behind(rows, pd.Series(["CN-SC", "CN-SD"])).tolist()
    ['a;b', nan]
    """
    own = rows[rows["province_id"].isin(place_ids)]
    pages = own.groupby("province_id")["source_ids"].agg(every_id)
    return place_ids.map(pages).astype("str")


def _market_sizes(ds: Dataset, rate_on: Any) -> pd.DataFrame:
    """One market size a place: of the scope, measure and year that most places share, else its largest."""
    targets = market_targets(ds, country=None, rate_on=rate_on)
    targets = targets[targets["stands"].fillna(False) & targets["amount_cny_bn"].notna()]
    like = targets["comparable"].fillna(False).astype(bool) & targets["target_year"].notna()
    kind = ["scope", "measure", "target_year"]
    shared = targets[like].groupby(kind, observed=True, sort=False)["amount_cny_bn"].agg(["size", "max"])
    usual = pd.Series(False, index=targets.index)
    if len(shared):
        most = shared.sort_values(["size", "max"], ascending=False, kind="stable").index[0]
        usual = (targets[kind].astype("object") == list(most)).all(axis="columns")
        codes = ds.schema.codes("regional_targets", "scope")
        topics = {code: codes.get(code, {}).get("topic", code) for code in targets["scope"].cat.categories}
        targets = targets[targets["scope"].map(topics).astype("str") == str(topics[most[0]])]
    targets = targets.assign(market_size_usual=usual.astype("boolean"))
    order = ["market_size_usual", "amount_cny_bn", "target_id"]
    targets = targets.sort_values(order, ascending=[False, False, True], kind="stable")
    names = {
        "amount_cny_bn": "market_size_cny_bn",
        "qualifier": "market_size_qualifier",
        "status": "market_size_status",
        "scope_label": "market_size_scope_label",
        "target_year": "market_size_year",
        "market_size_usual": "market_size_usual",
        "amount_usd_bn": "market_size_usd_bn",
        "rate": "rate",
        "rate_date": "rate_date",
    }
    columns = ["place_id", *names]
    return targets.drop_duplicates("place_id")[columns].rename(columns=names)
