"""A made-up folder of another industry: regional hydrogen targets, as a stranger would write them.

It has a schema of its own, with its own scopes, indicators and kinds of documents, only the tables and columns that it
needs, places without Chinese names, and no word of any other industry but in the names of columns that are fixed.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

SCOPES = {
    "hydrogen_industry": "hydrogen industry",
    "green_hydrogen": "green hydrogen",
    "fuel_cell_vehicles": "fuel-cell vehicles",
}
INDICATORS = {
    "market_scale": "market scale",
    "vehicles_on_the_road": "fuel-cell vehicles on the road",
    "filling_stations": "hydrogen filling stations",
}


def field(name: str, kind: str = "string", *, codes: Any = None, required: bool = False, **more: Any) -> dict:
    """One column; `codes` are its allowed values, with labels if it is a dict."""
    words = name.replace("_", " ").capitalize()
    constraints = {"required": True} if required else {}
    if codes:
        constraints["enum"] = list(codes)
        more["codes"] = {c: {"label": codes[c]} for c in codes} if isinstance(codes, dict) else {}
    return {
        "name": name,
        "type": kind,
        "title": words,
        "description": f"{words}.",
        "constraints": constraints,
        **more,
    }


def required(name: str, kind: str = "string", **more: Any) -> dict:
    return field(name, kind, required=True, **more)


SOURCE_IDS = required("source_ids", listOf="sources")
FIELDS = {
    "sources": [
        required("source_id"), required("title"), required("publisher"), required("host"),
        required("is_copy", "boolean"), required("url"), required("language", codes=["en", "de", "no"]),
        field("published", mixedDate=True), required("kind", codes=["official", "newspaper", "company"]),
        required("accessed", "date"),
    ],
    "places": [
        required("place_id"), required("name_en"), field("name_zh"),
        required("level", codes=["country", "province", "city"]), field("parent_id"),
    ],
    "policy_documents": [
        required("document_id"), required("family_id"), required("title_en"), required("place_id"),
        required("doc_type", codes={"hydrogen_plan": "hydrogen plan", "road_map": "road map"}),
        required("status", codes=["draft", "announced", "issued"]),
        field("consultation_date", mixedDate=True), field("issued_date", mixedDate=True),
        required("is_metaverse_specific", "boolean") | {"title": "About hydrogen alone"}, SOURCE_IDS,
    ],
    "regional_targets": [
        required("target_id"), required("document_id"), required("place_id"),
        required("indicator", codes=INDICATORS), required("measure", codes=["industry_scale", "output", "count"]),
        field("scope", codes=SCOPES), required("value", "number"), field("value_max", "number"), required("unit"),
        required("qualifier", codes=["exact", "about", "at_least", "over", "range"]), field("target_year", "integer"),
        field("growth_rate_pct", "number"), SOURCE_IDS,
    ],
    "regional_statistics": [
        required("statistic_id"), required("place_id"),
        required("indicator", codes=["gdp_nominal", "population_year_end"]), required("year", "integer"),
        required("value", "number"), required("unit"), field("vintage", codes=["preliminary", "final_verified"]),
        field("census_base", codes=["fourth"]), required("quality", codes=["as_published"]), SOURCE_IDS,
    ],
}  # fmt: skip
REFERENCES = {
    "places": [("parent_id", "", "place_id")],
    "policy_documents": [("place_id", "places", "place_id")],
    "regional_targets": [
        ("document_id", "policy_documents", "document_id"),
        ("place_id", "places", "place_id"),
    ],
    "regional_statistics": [("place_id", "places", "place_id")],
}
ROWS = {
    "sources": """
        n1,Northmark plans for hydrogen,Northmark Gazette,gazette.example,false,https://gazette.example/1,en,2023-06-16,official,2026-01-02
        e1,Eastshore plans for hydrogen,Eastshore Times,times.example,false,https://times.example/1,en,2022-09-02,newspaper,2026-01-02
        p1,Port Azure wants more,Port Courier,courier.example,false,https://courier.example/1,en,2023-01-20,newspaper,2026-01-02
        s1,Southvale's road map,Valley Post,post.example,false,https://post.example/1,en,2024-03,company,2026-01-02
        f1,Freiland setzt auf Wasserstoff,Freie Zeitung,zeitung.example,false,https://zeitung.example/1,de,2024-01-10,newspaper,2026-01-02""",
    "places": """
        CN,China,,country,
        north,Northmark,,province,CN
        east,Eastshore,,province,CN
        port,Port Azure,,city,east
        south,Southvale,,province,CN
        FL,Freiland,,country,""",
    "policy_documents": """
        north-draft,north-plan,Northmark Hydrogen Plan (draft),north,hydrogen_plan,draft,2023-03-01,,true,n1
        north-final,north-plan,Northmark Hydrogen Plan,north,hydrogen_plan,issued,,2023-06-15,true,n1
        east-plan,east-plan,Eastshore Hydrogen Plan,east,hydrogen_plan,issued,,2022-09-01,true,e1
        port-plan,port-plan,Port Azure Hydrogen Plan,port,hydrogen_plan,issued,,2023-01,true,p1
        south-map,south-map,Southvale Hydrogen Road Map,south,road_map,issued,,2024-03-01,true,s1
        free-map,free-map,Freiland Hydrogen Road Map,FL,road_map,issued,,2024-01-10,true,f1""",
    "regional_targets": """
        north-draft-scale,north-draft,north,market_scale,industry_scale,hydrogen_industry,80,,billion CNY,exact,2025,,n1
        north-scale,north-final,north,market_scale,industry_scale,hydrogen_industry,100,,billion CNY,exact,2025,15,n1
        east-scale,east-plan,east,market_scale,industry_scale,hydrogen_industry,60,,billion CNY,over,2025,,e1
        east-green,east-plan,east,market_scale,industry_scale,green_hydrogen,20,,billion CNY,about,2025,,e1
        east-vehicles,east-plan,east,vehicles_on_the_road,count,,10000,,vehicles,about,2025,,e1
        port-scale,port-plan,port,market_scale,industry_scale,hydrogen_industry,90,,billion CNY,exact,2025,,p1
        south-scale,south-map,south,market_scale,industry_scale,hydrogen_industry,30,50,billion CNY,range,2030,,s1
        south-vehicles,south-map,south,market_scale,output,fuel_cell_vehicles,5,,billion CNY,exact,2030,,s1
        south-stations,south-map,south,filling_stations,count,,40,,stations,exact,2030,,s1
        free-scale,free-map,FL,market_scale,industry_scale,hydrogen_industry,10,,billion EUR,exact,2030,,f1""",
    "regional_statistics": """
        north-gdp,north,gdp_nominal,2022,2000,billion CNY,final_verified,fourth,as_published,n1
        east-gdp,east,gdp_nominal,2022,1000,billion CNY,final_verified,fourth,as_published,e1
        north-people,north,population_year_end,2022,50,million persons,,,as_published,n1
        east-people,east,population_year_end,2022,20,million persons,,,as_published,e1""",
}  # fmt: skip


def descriptor() -> dict[str, Any]:
    """The folder's own datapackage.json."""
    resources = []
    for name, fields in FIELDS.items():
        keys = [
            {"fields": column, "reference": {"resource": table, "fields": target}}
            for column, table, target in REFERENCES.get(name, ())
        ]
        schema = {
            "fields": fields,
            "primaryKey": [fields[0]["name"]],
            "foreignKeys": keys,
            "missingValues": [""],
        }
        resources.append(
            {"name": name, "path": f"{name}.csv", "title": name.replace("_", " "), "schema": schema}
        )
    return {
        "name": "hydrogen",
        "title": "Regional hydrogen targets",
        "subject": "hydrogen",
        "country": "CN",
        "resources": resources,
    }


def cells(table: str) -> list[list[str]]:
    """The rows of a table."""
    return list(csv.reader(line.strip() for line in ROWS[table].strip().splitlines()))


def write_hydrogen(folder: Path) -> Path:
    """Write the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps(descriptor(), indent=1), encoding="utf-8")
    for table, fields in FIELDS.items():
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([one["name"] for one in fields])
            writer.writerows(cells(table))
    return folder
