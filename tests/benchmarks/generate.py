"""Valid folders of any size: nested places, families of drafts and finals, sources, instruments, printed figures."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
from generate_rest import other_tables

from metaverse_analysis.tables.schema import DESCRIPTOR, read_schema

SEED = 20260101
SCOPES = ["metaverse_related", "metaverse_core", "metaverse_driven", "metaverse_industry", "vr_xr"]


def write_folder(folder: Path, targets: int, *, all_tables: bool = False, places: int | None = None) -> Path:
    """A folder with so many targets; documents are a fifth of them, sources a tenth, places at most 3,000.

    With `all_tables` the others have as many rows as there are targets, but for statistics and searches, which only
    the provinces have.
    """
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(SEED)
    documents = max(10, targets // 5)
    sources = [f"source-{i}" for i in range(max(10, targets // 10))]
    nested = _places(places or min(3_000, max(40, targets // 20)))
    tables = {"sources": _sources(sources), "places": nested}
    tables["policy_documents"] = _documents(documents, nested, sources, random)
    tables["regional_targets"] = _targets(targets, tables["policy_documents"], sources, random)
    tables["regional_statistics"] = _statistics(nested, sources)
    if all_tables:
        tables["policy_instruments"] = _instruments(targets, tables["policy_documents"], sources, random)
        tables["press_figures"] = _press(targets, tables["regional_targets"], sources, random)
        cited = _pairs(targets, sources, random)
        tables |= other_tables(targets, nested, tables["policy_documents"], tables["regional_targets"], cited)
    schema = read_schema()
    for name, table in schema.tables.items():
        frame = tables.get(name, pd.DataFrame()).reindex(columns=list(table.fields))
        frame.to_csv(folder / table.path, index=False, lineterminator="\n")
    if not (folder / DESCRIPTOR).exists():
        shutil.copy(schema.folder / DESCRIPTOR, folder / DESCRIPTOR)
    return folder


def _sources(ids: list[str]) -> pd.DataFrame:
    kinds = ["official", "newspaper", "trade_press", "agency", "aggregator"]
    frame = pd.DataFrame({"source_id": ids})
    number = frame.index.to_series()
    return frame.assign(
        title="A page about a plan and its aims",
        publisher=("Outlet " + (number % 500).astype(str)),
        host="example.org",
        is_copy=(number % 4 == 0).map({True: "true", False: "false"}),
        url="https://example.org/" + frame.source_id,
        language="zh",
        published=_days(number),
        kind=number.map(lambda n: kinds[n % len(kinds)]),
        accessed="2026-11-23",
    )


def _days(number: pd.Series) -> pd.Series:
    return (pd.Timestamp("2022-01-01") + pd.to_timedelta(number % 900, unit="D")).dt.strftime("%Y-%m-%d")


def _places(count: int) -> pd.DataFrame:
    """China, 31 provinces, cities in them, districts in the cities."""
    rows = [("CN", None, "country"), *((f"CN-P{i}", "CN", "province") for i in range(31))]
    rows += [(f"CN-P{i % 31}-c{i}", f"CN-P{i % 31}", "city") for i in range((count - 32) // 3)]
    above = [place for place, _, _ in rows[32:]] or ["CN-P0"]
    left = range(count - len(rows))
    rows += [(f"{above[i % len(above)]}-d{i}", above[i % len(above)], "district") for i in left]
    ids, parents, levels = zip(*rows, strict=True)
    names = [f"Place {i}" for i in ids]
    return pd.DataFrame(
        {"place_id": ids, "name_en": names, "name_zh": names, "level": levels, "parent_id": parents}
    )


def _documents(
    count: int, places: pd.DataFrame, sources: list[str], random: np.random.Generator
) -> pd.DataFrame:
    """Every fifth document is the draft of the next one."""
    number = pd.Series(range(count))
    draft = (number % 5 == 0) & (number < count - 1)
    family = np.where(draft, number + 1, number)
    place = places.place_id.to_numpy()[1:][family % (len(places) - 1)]
    return pd.DataFrame(
        {
            "document_id": "doc-" + number.astype(str),
            "family_id": "doc-" + pd.Series(family).astype(str),
            "title_en": "A plan for the industry, number " + number.astype(str),
            "title_zh": "产业发展行动计划",
            "issuer_en": "A department",
            "place_id": place,
            "doc_type": "action_plan",
            "status": np.where(draft, "draft", "issued"),
            "consultation_date": _days(pd.Series(family)).where(draft),
            "issued_date": _days(pd.Series(family) + 0).where(~draft),
            "horizon_start": 2023,
            "horizon_end": 2025,
            "is_metaverse_specific": np.where(number % 3 == 0, "false", "true"),
            "issuer_kind": "government",
            "source_ids": _pairs(count, sources, random),
        }
    )


def _pairs(count: int, sources: list[str], random: np.random.Generator) -> np.ndarray:
    """One or two sources a row, out of a limited number of pairs as in real tables."""
    names = np.array(sources)
    first = random.integers(0, len(names), min(count, 50_000))
    pairs = np.char.add(np.char.add(names[first], ";"), names[(first + 1) % len(names)])
    pool = np.where(random.random(len(first)) < 0.5, names[first], pairs)
    return pool[random.integers(0, len(pool), count)]


def _targets(
    count: int, documents: pd.DataFrame, sources: list[str], random: np.random.Generator
) -> pd.DataFrame:
    number = pd.Series(range(count))
    document = number.to_numpy() % len(documents)
    ranged = number % 20 == 0
    value = np.round(random.lognormal(3, 1.5, count), 1).clip(0.1)
    money = number % 2 == 0
    return pd.DataFrame(
        {
            "target_id": "target-" + number.astype(str),
            "document_id": documents.document_id.to_numpy()[document],
            "place_id": documents.place_id.to_numpy()[document],
            "indicator": np.where(money, "market_scale", "all_firms"),
            "measure": np.where(money, "industry_scale", "count"),
            "scope": pd.Series(np.array(SCOPES)[(number // 2) % len(SCOPES)]).where(money),
            "value": value,
            "value_max": pd.Series(value * 2).round(1).where(ranged),
            "unit": np.where(money, "billion CNY", "firms"),
            "qualifier": np.where(ranged, "range", np.where(number % 3 == 0, "over", "exact")),
            "target_year": 2024 + number % 4,
            "growth_rate_pct": pd.Series(15.0, index=number).where(number % 50 == 0),
            "words_zh": "元宇宙相关产业规模",
            "scope_note": "scale of the industry as the plan words it",
            "source_ids": _pairs(count, sources, random),
        }
    )


def _statistics(places: pd.DataFrame, sources: list[str]) -> pd.DataFrame:
    """GDP and population of the provinces, for one year."""
    provinces = places.place_id[places.level == "province"].to_numpy()
    kinds = {"gdp_nominal": (2_000.0, "billion CNY"), "population_year_end": (50.0, "million persons")}
    parts = [
        pd.DataFrame(
            {
                "statistic_id": [f"{place}-{indicator}" for place in provinces],
                "place_id": provinces,
                "year": 2024,
                "indicator": indicator,
                "value": value,
                "unit": unit,
                "vintage": "preliminary",
                "census_base": "fifth",
                "quality": "as_published",
                "source_ids": sources[0],
            }
        )
        for indicator, (value, unit) in kinds.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _instruments(
    count: int, documents: pd.DataFrame, sources: list[str], random: np.random.Generator
) -> pd.DataFrame:
    codes = np.array(read_schema()["policy_instruments"].fields["instrument"].enum)
    number = pd.Series(range(count))
    return pd.DataFrame(
        {
            "instrument_id": "instrument-" + number.astype(str),
            "document_id": documents.document_id.to_numpy()[number % len(documents)],
            "instrument": codes[random.integers(0, len(codes), count)],
            "stance": "promote",
            "detail": "what the document says of it",
            "source_ids": _pairs(count, sources, random),
        }
    )


def _press(
    count: int, targets: pd.DataFrame, sources: list[str], random: np.random.Generator
) -> pd.DataFrame:
    money = targets[targets.indicator == "market_scale"]
    number = pd.Series(range(count))
    chosen = money.iloc[number.to_numpy() % len(money)]
    dollars = (chosen.value.to_numpy() / random.uniform(6.3, 7.4, count)).round(2).clip(0.01)
    return pd.DataFrame(
        {
            "press_figure_id": "figure-" + number.astype(str),
            "target_id": chosen.target_id.to_numpy(),
            "outlet": "Outlet " + (number % 300).astype(str),
            "original_billion": chosen.value.map("{:g}".format).to_numpy(),
            "original_currency": "CNY",
            "reported_usd_billion": pd.Series(dollars).map("{:.2f}".format),
            "published": _days(number),
            "source_id": np.array(sources)[number % len(sources)],
        }
    )
