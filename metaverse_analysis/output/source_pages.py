"""The page of sources: each with its address, and with the rows that rest on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from ..measures.grades import source_columns, source_links
from ..measures.wording import day_in_words
from ..tables.dataset import Dataset
from .addresses import anchor
from .row_words import RowWords, anchored
from .slugs import own_slug

LINKS_OUT = ("http://", "https://")
OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]")
LINE = 80
Resting = dict[str, list[tuple[str, list[Markup]]]]


def sources(ds: Dataset, words: RowWords) -> dict[str, Any]:
    """What the page of sources shows: groups by kind in the schema's order, each by publisher and date."""
    rows = ds.sources
    days = rows["accessed"].dropna().unique()
    one_day = day_in_words(f"{days[0]:%Y-%m-%d}") if len(days) == 1 else ""
    codes = ds.schema.codes("sources", "kind")
    resting = rows_resting(ds, words)
    groups = []
    for kind, part in rows.groupby("kind", observed=True, sort=True, dropna=False):
        code = "unknown" if pd.isna(kind) else str(kind)
        ordered = part.sort_values(["publisher", "published", "source_id"], kind="stable")
        label = ds.schema.label("sources", "kind", code)
        groups.append(
            {
                "code": f"kind-{own_slug(code)}",
                "label": label[:1].upper() + label[1:],
                "description": codes.get(code, {}).get("description", ""),
                "rows": list(_source_rows(ordered, resting, with_day=not one_day)),
            }
        )
    return {"groups": groups, "count": f"{len(rows):,}", "read_on": one_day}


def rows_resting(ds: Dataset, words: RowWords) -> Resting:
    """For each source the rows that name it: per table its title, and a link to each row."""
    resting: Resting = defaultdict(list)
    for table in ds.tables:
        if not source_columns(ds.schema, table) or not anchored(ds, table):
            continue
        keys = ds[table][ds.schema[table].key].reset_index(drop=True)
        links = source_links(ds, table)
        for source_id, rows in links.groupby("source_id", sort=False)["row"]:
            linked = [
                words.link(table, keys[row], _short(words.name(table, keys[row]))) for row in rows.unique()
            ]
            resting[str(source_id)].append((ds.schema[table].title, linked))
    return resting


def _short(name: str) -> str:
    """A name that isn't longer than a line: what it leads to says it whole."""
    return name if len(name) <= LINE else f"{name[: LINE - 1].rstrip(' ,;')}…"


def _source_rows(rows: pd.DataFrame, resting: Resting, with_day: bool) -> Iterator[Mapping[str, Any]]:
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        address = row["url"] or ""
        title = row["title"] or address or row["source_id"]
        told = [row["publisher"], row["published"] and day_in_words(row["published"])]
        if row["is_copy"]:
            told.append(f"read in a copy at {row['host']}")
        if with_day and row["accessed"] is not None:
            told.append("read on " + day_in_words(f"{row['accessed']:%Y-%m-%d}"))
        rest = resting.get(row["source_id"], [])
        yield {
            "id": anchor(row["source_id"]),
            "source_id": row["source_id"],
            "language": row["language"],
            "address": address if leads_out(address) else None,
            "title": title,
            # Many titles are translations: only one in another script is in the language of its page.
            "title_language": row["language"] if OTHER_SCRIPT.search(title) else None,
            "told": "; ".join(filter(None, told)) + ".",
            "rest": rest,
            "resting": sum(len(links) for _, links in rest),
        }


def leads_out(address: str | None) -> bool:
    return (address or "").lower().startswith(LINKS_OUT)
