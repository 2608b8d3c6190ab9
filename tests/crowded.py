"""The packaged tables with forty of everything and long names: what a chart must still find room for."""

import pandas as pd

import metaverse_analysis as ma

SCOPES = ["metaverse_core", "metaverse_related", "metaverse_driven", "metaverse_industry"]


def many_targets(ds: ma.Dataset) -> ma.Dataset:
    """Forty regions with long names in two scopes: ranges, hedges, drafts, cities in provinces, growth."""
    targets, places = ds.regional_targets, ds.places
    names = [f"Region of the Very Long Name Number {i}" for i in range(40)]
    ids = [f"CN-Z{i:02d}" for i in range(40)]
    parents = [None if i % 4 else "CN" for i in range(40)]
    parents = ["CN" if parent else ids[i - i % 4] for i, parent in enumerate(parents)]
    levels = ["province" if i % 4 == 0 else "city" for i in range(40)]
    rows = {"place_id": ids, "name_en": names, "name_zh": names, "level": levels, "parent_id": parents}
    rows |= {"grid_column": [i % 8 for i in range(40)], "grid_row": [i // 8 for i in range(40)]}
    extra = pd.DataFrame(rows).reindex(columns=places.columns).astype(places.dtypes.to_dict())
    drafts = ds.policy_documents.set_index("document_id").status
    draft = drafts[drafts == "draft"].index[0]
    made = pd.DataFrame(
        {
            "target_id": [f"t{i}" for i in range(40)],
            "document_id": [draft if i % 5 == 0 else "cn-sc-2023-metaverse-action-plan" for i in range(40)],
            "place_id": ids,
            "indicator": "market_scale",
            "measure": "industry_scale",
            "scope": [SCOPES[i % 8 // 4] for i in range(40)],
            "value": [10.0 + 7 * i for i in range(40)],
            "value_max": [40.0 + 7 * i if i % 7 == 0 else None for i in range(40)],
            "qualifier": ["range" if i % 7 == 0 else ("over", "about", "exact")[i % 3] for i in range(40)],
            "unit": "billion CNY",
            "target_year": 2025,
            "growth_rate_pct": [10.0 if i < 3 else None for i in range(40)],
            "source_ids": ds.sources.source_id[0],
        }
    ).reindex(columns=targets.columns)
    like = ds.regional_statistics
    gdp = like[(like.year == 2024) & (like.indicator == "gdp_nominal")].iloc[:1]
    gdp = pd.concat([gdp] * 40, ignore_index=True).assign(place_id=ids, statistic_id=ids)
    return ds.with_tables(
        places=pd.concat([places, extra], ignore_index=True),
        regional_targets=made.astype(targets.dtypes.to_dict()),
        regional_statistics=pd.concat([like, gdp], ignore_index=True),
    )


def many_members(ds: ma.Dataset) -> ma.Dataset:
    """Forty organisations with long names in nine bodies: every third listed only, every seventh disputed."""
    who = ds.participants.iloc[:40].reset_index(drop=True)
    who = who.assign(
        name_en=[f"{name} and its very long other name {i}" for i, name in enumerate(who.name_en)]
    )
    bodies = ds.bodies.iloc[:9]
    pairs = [(i, j) for i in range(40) for j in range(9) if (i + j) % 3 == 0 or j == i % 9]
    like = ds.memberships
    seats = pd.DataFrame(
        {
            "membership_id": [f"m{i}-{j}" for i, j in pairs],
            "organisation_id": [who.organisation_id[i] for i, _ in pairs],
            "body_id": [bodies.body_id[j] for _, j in pairs],
            "role": ["chair" if i == j else "member" for i, j in pairs],
            "representative": ["Somebody Important" if i == j else None for i, j in pairs],
            "membership_status": [["member", "listed", "founding"][(i * j) % 3] for i, j in pairs],
            "source_ids": [ds.sources.source_id[i] for i, _ in pairs],
        }
    ).reindex(columns=like.columns)
    seats.loc[::7, "membership_status"] = "disputed"
    seats = seats.astype(like.dtypes.to_dict())
    return ds.with_tables(participants=who, bodies=bodies, memberships=seats)


def many_documents(ds: ma.Dataset) -> ma.Dataset:
    """Forty made-up provinces with long names, a draft and a final each, and every kind of date."""
    places = ds.places.iloc[[0] * 41].reset_index(drop=True)
    number = places.index.astype("str")
    places["place_id"] = ["CN", *("P" + number[1:])]
    places["name_en"] = ["China", *("Autonomous Region of Long Names Number " + number[1:])]
    places["level"] = pd.Categorical(
        ["country"] + ["province"] * 40, categories=ds.places.level.cat.categories
    )
    places["parent_id"] = [None] + ["CN"] * 40
    columns = ds.policy_documents.columns
    records = []
    for i in range(1, 41):
        date = [f"2023-{i % 12 + 1:02}-{i % 28 + 1:02}", f"2023-{i % 12 + 1:02}", "2023"][i % 3]
        for status, column, day in (
            ("draft", "consultation_date", "2022-12-15"),
            ("issued", "issued_date", date),
        ):
            records.append(
                {
                    "document_id": f"d{i}-{status}",
                    "family_id": f"d{i}",
                    "title_en": f"A plan with a rather long title of the region number {i} (2023-2025)",
                    "place_id": f"P{i}",
                    "doc_type": "action_plan",
                    "status": status,
                    "issuer_kind": "government",
                    "is_metaverse_specific": True,
                    "source_ids": "s",
                    column: day,
                }
            )
    plan = {**records[1], "document_id": "n", "family_id": "n", "place_id": "CN", "issued_date": "2023-06"}
    documents = pd.DataFrame([*records, plan], columns=columns).astype(ds.policy_documents.dtypes.to_dict())
    codes = list(ds.schema.codes("policy_instruments", "instrument"))
    uses = pd.DataFrame(
        [
            {
                "instrument_id": f"{document}-{k}",
                "document_id": document,
                "instrument": codes[(i * 7 + k) % len(codes)],
                "stance": "restrict" if (i + k) % 9 == 0 else "promote",
                "detail": "said",
                "source_ids": "s",
            }
            for i, document in enumerate(documents.document_id)
            for k in range(6)
        ],
        columns=ds.policy_instruments.columns,
    ).astype(ds.policy_instruments.dtypes.to_dict())
    empty = {name: ds[name].iloc[:0] for name in ("events", "regional_targets", "coverage")}
    return ds.with_tables(places=places, policy_documents=documents, policy_instruments=uses, **empty)
