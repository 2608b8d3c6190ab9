"""One sentence for each finding of the report's first page, computed from the table that its chart shows.

A chart's own title says the finding; the sentence adds how much stands behind it. A table that says nothing on the
matter gives no sentence, and no finding.
"""

from __future__ import annotations

import pandas as pd

from ..charts.wording import number, on_subject


def promises(table: pd.DataFrame) -> str:
    """How many documents promise a market size, and how far they differ in what they count."""
    rows = table[table["repeats_target_id"].isna() & table["replaced_by"].isna()]
    if rows.empty:
        return ""
    drafts = rows.loc[rows["status"] == "draft", "document_id"].nunique()
    drafted = f", {drafts} of them as a draft only" if drafts else ""
    return (
        f"{_count(rows['document_id'].nunique(), 'document')} of {_count(rows['place_id'].nunique(), 'place')} "
        f"name a market size{drafted}. They count {_count(rows['scope'].nunique(), 'kind')} of industry, and sizes of "
        "two kinds can’t be compared or added up."
    )


def printed(table: pd.DataFrame) -> str:
    """How many of the printed dollars fit."""
    rows = table[table["verdict"].notna()]
    if rows.empty:
        return ""
    fitting, stale = ((rows["verdict"] == verdict).sum() for verdict in ("consistent", "stale"))
    return (
        f"Of {_count(len(rows), 'printed dollar figure')}, {fitting} fit the exchange rate of their day and {stale} "
        "fit only an older one."
    )


def economy(table: pd.DataFrame) -> str:
    """The span of the shares of GDP."""
    rows = table.dropna(subset="share_of_gdp_pct").sort_values("share_of_gdp_pct", kind="stable")
    if rows.empty:
        return ""
    least, most = rows.iloc[0], rows.iloc[-1]
    lacking = table.loc[table["share_of_gdp_pct"].isna(), "place_id"].nunique()
    without = f" For {_count(lacking, 'place')} the tables have no GDP." if lacking else ""
    return (
        f"Beside the GDP of {least.statistics_year}, the promises run from {number(least.share_of_gdp_pct)}% "
        f"({least.place}) to {number(most.share_of_gdp_pct)}% ({most.place}).{without}"
    )


def spread(table: pd.DataFrame) -> str:
    """How many provinces issued a document."""
    issued = table[(table["stage"] == "issued") & (table["level"] == "province")].dropna(subset="number")
    if issued.empty:
        return ""
    searched = issued["searched"].max()
    of = f" of {searched:g} provinces searched" if pd.notna(searched) else " provinces are known to have"
    before = (issued["order_to_plan"] == "before").sum()
    first = f", {before} of them for certain before the nation did" if before else ""
    return f"{issued['number'].max():g}{of} issued a policy document{on_subject(table)}{first}."


def uses(table: pd.DataFrame) -> str:
    """How often instruments control rather than promote."""
    controlling = table[["regulate", "restrict"]].sum().sum()
    every = controlling + table["promote"].sum()
    if not every:
        return ""
    return f"Of {every:,} uses of an instrument that documents name, {controlling} regulate or restrict."


def seats(table: pd.DataFrame) -> str:
    """How well the members are known."""
    if table.empty:
        return ""
    sure, alone = int(table["confirmed"].sum()), (table["outlets"] == 1).sum()
    return (
        f"{sure or 'None'} of {_count(len(table), 'organisation')} named as sitting in the {table['body'].iloc[0]} "
        f"{'are' if sure > 1 else 'is'} confirmed; {alone} {'is' if alone == 1 else 'are'} named by a single outlet."
    )


def results(table: pd.DataFrame) -> str:
    """For how many targets nothing was found."""
    every = table["targets"].sum()
    if not every:
        return ""
    missing = table.loc[table["finding"] == "not_found", "targets"].sum()
    return (
        f"For {missing:,} of {every:,} targets whose year has passed, a search found no figure at all: neither "
        "reached nor missed, but not reported."
    )


def lists(table: pd.DataFrame) -> str:
    """What the last year's lists say."""
    if table.empty:
        return ""
    last = table[table["year"] == table["year"].max()]
    return (
        f"In {last['year'].iloc[0]}, {_count(last['lists_naming'].sum(), 'list')} of priorities named it and "
        f"{last['lists_not_naming'].sum()} did not, as far as was found."
    )


def ground(table: pd.DataFrame) -> str:
    """What the rows rest on."""
    every = table["rows"].sum()
    if not every:
        return ""
    firm = table[["official", "several_established"]].sum().sum()
    return (
        f"Of {every:,} rows, {firm / every:.0%} rest on an official page or on two or more independent established "
        "outlets; every row says what it rests on."
    )


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}" if n else f"no {noun}s"
