"""How much the evidence behind each row is worth: one scale of confidence, computed from its sources.

The rule, stated here and nowhere else:

- Each kind of source has a strength in the schema (the property `strength` of a code of `sources.kind`):
  official 4; agency, newspaper, law firm, research 3; trade press, company 2; aggregator 1. A folder's own schema
  may give others; a kind for which it gives none is worth what it is in the packaged schema, else 1.
- An outlet is whoever wrote the text: `text_origin` where it is given, else the publisher. Pages with one
  outlet's text count once, with the best of their strengths.
- A copy is one step weaker than its publisher, as nobody has seen the original. Where the row also names the
  original, or the same text read at another site, the two agree, and the text is worth its publisher. An official
  text of which only copies were read is never worth more than 3.
- high: an official page read directly, or two or more outlets of strength 3 and above.
- medium: one outlet of strength 3 and above (an official text read only as a copy is one), or two or more of
  strength 2.
- low: anything weaker.
- A page counts only for the rows that name it, and a row names the pages that say what the row says: one that is
  older than the fact, or only comes near it, stands in the row's note.
- `confidence_override`, where a row has one, replaces the computed grade, and `confidence_reason` says why.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import expects, is_one_of
from ..tables.schema import Schema, read_schema

GRADES = ("high", "medium", "low")
SOURCES = "sources"
SOURCE = [
    "source_id", "publisher", "title", "published", "kind", "grade", "is_copy", "host", "url", "accessed",
]  # fmt: skip
OFFICIAL = 4  # a page of the office itself
ESTABLISHED = 3  # an outlet with an editorial or research staff; also the most that copies are worth
KNOWN = 2
WEAKEST = 1


def source_columns(schema: Schema, table: str) -> list[str]:
    """The columns of a table that name sources, by the schema: lists of sources, and references to them.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> source_columns(ma.load().schema, "press_figures")
    ['source_id']
    """
    described = schema[table]
    references = {key.column for key in described.foreign_keys if key.table == SOURCES}
    return [
        name for name, field in described.fields.items() if field.list_of == SOURCES or name in references
    ]


def source_links(ds: Dataset, table: str) -> pd.DataFrame:
    """Which rows of a table name which sources: `row` (position in the table) and `source_id`, in order."""
    return _links(ds[table], source_columns(ds.schema, table))


def _links(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    found = [_split(frame[column]) for column in columns if column in frame]
    if not found:
        return pd.DataFrame({"row": np.array([], "int64"), "source_id": pd.Series([], dtype="str")})
    links = pd.concat(found, ignore_index=True)
    return links if len(found) == 1 else links.sort_values("row", kind="stable", ignore_index=True)


def _split(ids: pd.Series) -> pd.DataFrame:
    """The ids in each cell, one per row, with the position of the cell."""
    found = ids.astype("str").reset_index(drop=True).str.split(";").explode().dropna().astype("str")
    return pd.DataFrame({"row": found.index, "source_id": found.array})


def source_strength(ds: Dataset) -> pd.DataFrame:
    """What each source is worth alone, by source_id (see this module).

    Returns
    -------
    `outlet`, `strength`, `kind`, `is_copy`, `host`, and `full`: what the page would be worth were it no copy.
    """
    sources = ds.sources
    codes = ds.schema.codes(SOURCES, "kind")
    usual = {
        kind: code.get("strength", WEAKEST) for kind, code in read_schema().codes(SOURCES, "kind").items()
    }
    worth = usual | {kind: code["strength"] for kind, code in codes.items() if "strength" in code}
    copy = sources["is_copy"].fillna(False).astype(bool)
    strength = sources["kind"].astype("str").map(worth).fillna(WEAKEST).astype("int64")
    outlet = sources["text_origin"].fillna(sources["publisher"]).fillna(sources["source_id"])
    return pd.DataFrame(
        {
            "outlet": outlet,
            "strength": (strength - copy).clip(lower=WEAKEST),
            "kind": sources["kind"],
            "is_copy": copy,
            "host": sources["host"],
            "full": strength,
        }
    ).set_axis(pd.Index(sources["source_id"], name="source_id"))


def graded_sources(ds: Dataset, ids: pd.Series) -> pd.DataFrame:
    """Pages by their ids, the strongest first, then the newest, then by id.

    Returns
    -------
    One row per source: source_id, publisher, title, published, kind, grade (its strength, 1 to 4), is_copy, host, url
    and accessed.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> graded_sources(ds, ds.sources["source_id"].head(3))["grade"].is_monotonic_decreasing
    True
    """
    sources = ds.sources[ds.sources["source_id"].isin(ids)]
    graded = sources.assign(grade=source_strength(ds)["strength"].reindex(sources["source_id"]).array)
    order = {"grade": False, "published": False, "source_id": True}
    return graded.sort_values([*order], ascending=[*order.values()], ignore_index=True)[SOURCE]


def grades(ds: Dataset, table: str) -> pd.DataFrame:
    """How good is the evidence behind each row of a table?

    Parameters
    ----------
    table : the name of a table whose rows name sources.

    Returns
    -------
    One row per row of the table, in its order, with its key as index:

    - `sources`: pages named; `outlets`: independent outlets among them; `n_established`: those of strength 3
      and above
    - `best_kind`: kind of the strongest page; `strength`: its strength (0 where no source is named)
    - `only_aggregators`: no page is stronger than an aggregator
    - `has_official`: an official page was read directly
    - `confidence`: high, medium or low; `reason`: the part of the rule that gave it, or the reason of the override
    - `confidence_override`, `confidence_reason`: as in the table; missing where it has no such columns
    - `confidence_computed`: what the sources alone give

    Raises
    ------
    ValueError
        If there is no such table, or if its rows name no sources.

    Notes
    -----
    The rule stands in this module's docstring. It looks at who wrote the pages, not at what they say.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> found = ma.grades(ma.load(), "regional_targets")
    >>> print(*found.loc["cn-2023-metaverse-clusters", ["confidence", "reason"]], sep=" by ")
    high by 3 independent established outlets
    """
    expects(ds, Dataset, given_by="load", taker="grades")
    _check_sources(ds, table)
    return graded_tables(ds, [table])[table]


def graded_tables(ds: Dataset, tables: list[str]) -> dict[str, pd.DataFrame]:
    """The `grades` of several tables whose rows name sources; the rule is applied once for all of them, and to each
    dataset once.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> graded_tables(ds, ["events", "outcomes"])["outcomes"].equals(ma.grades(ds, "outcomes"))
    True
    """
    ds.kept.update(_graded_anew(ds, [table for table in tables if ("grades", table) not in ds.kept]))
    return {table: ds.kept["grades", table].copy(deep=False) for table in tables}


def _graded_anew(ds: Dataset, tables: list[str]) -> dict[tuple[str, str], pd.DataFrame]:
    # Rows that name the same sources have the same grade: each such set is judged once.
    sets, links, count = {}, [], 0
    for table in tables:
        frame = ds[table]
        columns = [column for column in source_columns(ds.schema, table) if column in frame]
        same = frame.groupby(columns, dropna=False, sort=False, observed=True).ngroup().to_numpy()
        first = np.unique(same, return_index=True)[1]
        named = _links(frame.iloc[first], columns)
        links.append(named.assign(row=named["row"] + count))
        sets[table] = same + count
        count += len(first)
    judged = _judge(ds, pd.concat(links, ignore_index=True), count) if links else pd.DataFrame()
    return {("grades", table): _with_overrides(ds, table, judged.take(rows)) for table, rows in sets.items()}


def _with_overrides(ds: Dataset, table: str, judged: pd.DataFrame) -> pd.DataFrame:
    """What the sources alone give, with what was set by hand before it, by the key of the table."""
    frame, key = ds[table], ds.schema[table].key
    found = judged.reset_index(drop=True)
    for column in ("confidence_override", "confidence_reason"):
        found[column] = frame[column].astype("str").array if column in frame else pd.Series(dtype="str")
    by_hand = found["confidence_override"].notna()
    found["confidence_computed"] = found["confidence"]
    found["confidence"] = _grade(found["confidence_override"]).where(by_hand, found["confidence"])
    reason = found["confidence_reason"][by_hand].fillna("no reason given")
    found.loc[by_hand, "reason"] = "set by hand: " + reason
    return found.set_axis(pd.Index(frame[key], name=key))


def confidence(ds: Dataset, table: str) -> pd.Series:
    """The confidence of each row of a table: high, medium or low, by the table's key (see `grades`).

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> confidence(ma.load(), "regional_targets")["cn-2023-metaverse-clusters"]
    'high'
    """
    return grades(ds, table)["confidence"]


def _check_sources(ds: Dataset, table: str) -> None:
    if not isinstance(table, str):
        raise ValueError(
            f"grades takes the name of a table, such as 'regional_targets', not a {type(table).__name__}; "
            "what a measure gives has its grades in the column confidence"
        )
    if not is_one_of(table, ds.tables):
        raise ValueError(f"there is no table {table!r}; the tables are {', '.join(ds.tables)}")
    if not source_columns(ds.schema, table):
        able = [name for name in ds.tables if source_columns(ds.schema, name)]
        raise ValueError(
            f"the rows of {table} name no sources, so they have no grade; those of {', '.join(able)} do"
        )


def _judge(ds: Dataset, links: pd.DataFrame, count: int) -> pd.DataFrame:
    """Apply the rule to `count` rows, given which of them names which source."""
    pages = links.join(source_strength(ds), on="source_id")
    # A source that is named and not there is reported by validate(); here it is an outlet of its own, worth the least.
    pages["outlet"] = pages["outlet"].fillna(pages["source_id"])
    for column in ("strength", "full"):
        pages[column] = pages[column].fillna(WEAKEST).astype("int64")
    pages["is_copy"] = pages["is_copy"].fillna(False).astype(bool)
    texts = _texts(pages)

    def counted(found: pd.Series) -> pd.Series:
        return found.groupby("row").sum().reindex(range(count), fill_value=0).astype("int64")

    worth = texts["worth"]
    frame = pd.DataFrame(
        {
            "sources": counted(texts["pages"]),
            "outlets": counted(worth > 0),
            "n_established": counted(worth >= ESTABLISHED),
            "best_kind": _best_kind(pages, count),
            "strength": worth.groupby("row").max().reindex(range(count), fill_value=0),
            "has_official": counted(worth >= OFFICIAL) > 0,
        }
    )
    frame.insert(5, "only_aggregators", (frame["sources"] > 0) & (frame["strength"] <= WEAKEST))
    doubted = worth < texts["full"]  # texts of which only one copy was read
    return _verdicts(
        frame,
        known=counted(worth >= KNOWN),
        official_copies=counted((texts["full"] >= OFFICIAL) & (worth < OFFICIAL)),
        established_copies=counted(doubted & (texts["full"] == ESTABLISHED)),
        other_copies=counted(doubted & (texts["full"] == KNOWN)),
    )


def _texts(pages: pd.DataFrame) -> pd.DataFrame:
    """The texts of each row, one of each outlet: `worth`, `full` (what the originals would be worth), `pages`."""
    same = ["row", "outlet"]
    texts = pages.groupby(same, sort=False).agg(
        worth=("strength", "max"), full=("full", "max"), pages=("source_id", "size")
    )
    sites = pages.dropna(subset="host").drop_duplicates([*same, "host"]).groupby(same, sort=False).size()
    agree = texts.index.isin(sites.index[sites > 1])
    agreed = texts["full"].clip(upper=ESTABLISHED)
    return texts.assign(worth=texts["worth"].where(~agree | (texts["worth"] > agreed), agreed))


def _best_kind(pages: pd.DataFrame, count: int) -> pd.Series:
    """The kind of each row's strongest page; among equals the one that the schema names first."""
    ordered = pages.assign(kind=pages["kind"].astype("category").cat.as_ordered())
    best = ordered.sort_values(["strength", "full", "kind"], ascending=[False, False, True], kind="stable")
    return best.drop_duplicates("row").set_index("row")["kind"].reindex(range(count))


def _verdicts(
    frame: pd.DataFrame,
    *,
    known: pd.Series,
    official_copies: pd.Series,
    established_copies: pd.Series,
    other_copies: pd.Series,
) -> pd.DataFrame:
    """With the grade of each row, and the part of the rule that gave it."""
    established = frame["n_established"]
    few = known.astype("str") + " independent outlets of the trade press, companies or associations"
    rule = [
        (frame["has_official"], "high", "an official page read directly"),
        (established >= 2, "high", established.astype("str") + " independent established outlets"),
        ((official_copies > 0) & (established == 1), "medium", "an official text, read only as a copy"),
        (established == 1, "medium", "one established outlet"),
        ((known >= 2) & (established_copies > 0), "medium", few + ", or copies of established ones"),
        (known >= 2, "medium", few),
        ((known == 1) & (established_copies > 0), "low", "one established outlet, read only as a copy"),
        (known == 1, "low", "one outlet of the trade press, a company or an association"),
        (other_copies > 0, "low", "only copies of the trade press, and pages that collect or reword"),
        (frame["sources"] > 0, "low", "only pages that collect or reword"),
    ]
    grade = pd.Series("low", frame.index, dtype="str")
    why = pd.Series("no source is named", frame.index, dtype="str")
    for applies, given, words in reversed(rule):  # the first that applies is written last
        grade, why = grade.mask(applies, given), why.mask(applies, words)
    return frame.assign(confidence=_grade(grade), reason=why)


def _grade(words: pd.Series) -> pd.Series:
    return pd.Series(pd.Categorical(words, categories=list(GRADES), ordered=True), index=words.index)
