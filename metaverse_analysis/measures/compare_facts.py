"""What a profile gives to a comparison: its facts, each with its words, its number and its hedge."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from .due_targets import that_count
from .evidence import OF_PLACES
from .ids import every_id
from .profile import Profile
from .profile_words import amount, dollars, papers
from .sentences import present
from .wording import counted, day_in_words

MARKET, ECONOMY, PAPERS, DOES, PRESS, CAME, OTHER, GROUND = (
    "Market size", "Beside the economy", "Documents", "What they do", "Printed dollars", "What came of it",
    "Other numbers", "Evidence",
)  # fmt: skip
MIXED = ("other",)  # an indicator of unlike things


class Fact(NamedTuple):
    """One fact of one place; `at` puts facts in order."""

    at: tuple[int, str]
    group: str
    fact: str
    said: str
    amount: float | None = None
    unit: str | None = None
    amount_max: float | None = None
    qualifier: str | None = None
    draft: bool = False
    source_ids: str | None = None
    comparable: bool = False  # amounts of this fact are of one quantity
    may_rank: bool = False
    only_shared: bool = False  # told only where two places have it


def facts_of(profile: Profile) -> list[Fact]:
    """The facts of one place."""
    return [
        *_market(profile),
        *_papers(profile),
        *_does(profile),
        *_press(profile),
        *_came(profile),
        *_others(profile),
        *_ground(profile),
    ]


def _market(profile: Profile) -> list[Fact]:
    """Each market size that stands, and its share of GDP; one fact for each scope, measure and year."""
    targets = profile.targets
    found = []
    for row in (present(row) for _, row in targets[targets["stands"].fillna(False)].iterrows()):
        kind = str(row["scope_label"]) + (
            "" if row["measure"] == "industry_scale" else f" ({row['measure']})"
        )
        kind = kind.replace("_", " ") + (f" by {row['target_year']}" if "target_year" in row else "")
        draft = row.get("status") == "draft"
        marked = " (draft)" if draft else ""
        said = ", ".join(filter(None, [amount(row), dollars(row)])) + marked
        of_subject = 0 if row["scope"] in profile.main_scopes else 1
        year = str(row.get("target_year", ""))
        common: dict[str, Any] = {
            "qualifier": row.get("qualifier"), "draft": draft, "source_ids": row.get("source_ids"),
            "comparable": bool(row.get("comparable", False)), "may_rank": True,
        }  # fmt: skip
        found.append(
            Fact(
                (of_subject, f"{year} {kind}"), MARKET, kind, said, row.get("amount_cny_bn"), "billion yuan",
                row.get("amount_max_cny_bn"), **common,
            )
        )  # fmt: skip
        if "share_of_gdp_pct" in row:
            series = f" ({row['gdp_series']} accounts)" if "gdp_series" in row else ""
            share = f"{row['share_of_gdp_pct']:.1f}% of the GDP of {row['statistics_year']}{marked}"
            at, pct = (2 + of_subject, f"{year} {kind}{series}"), row["share_of_gdp_pct"]
            found.append(Fact(at, ECONOMY, kind + series, share, pct, "%", **common))
    return found


def _papers(profile: Profile) -> list[Fact]:
    known = profile.documents
    every, drafts = papers(known)
    said = f"{every}" + (f" ({counted(drafts, 'draft')})" if drafts else "")
    pages = every_id(known["source_ids"])
    own = known[
        known["is_metaverse_specific"].fillna(False)
        & known["is_policy"].fillna(False)
        & (known["status"] == "issued")
    ]
    dated = own["date"].dropna()
    issued = day_in_words(dated.iloc[0]) if len(dated) else "undated" if len(own) else "none known"
    inside = int((profile.inside["documents"] > 0).sum())
    return [
        Fact((10, "a"), PAPERS, "documents known", said, float(every), "documents", source_ids=pages,
             comparable=True),
        Fact((10, "b"), PAPERS, "first issued policy on the subject itself", issued,
             source_ids=every_id(own["source_ids"])),
        Fact((10, "c"), PAPERS, "places inside it with documents", str(inside), float(inside), "places"),
    ]  # fmt: skip


def _does(profile: Profile) -> list[Fact]:
    uses = profile.instruments
    checked = uses[uses["stance"].astype("str").isin(["regulate", "restrict"])]
    labels = sorted(checked["instrument_label"].dropna().unique())
    number = uses["instrument"].nunique()
    return [
        Fact((11, "a"), DOES, "instruments, topics and sectors seen", str(number), float(number), "instruments",
             source_ids=every_id(uses["source_ids"])),
        Fact((11, "b"), DOES, "of these regulated or restricted", ", ".join(labels) or "none seen",
             source_ids=every_id(checked["source_ids"])),
    ]  # fmt: skip


def _press(profile: Profile) -> list[Fact]:
    checked = profile.printed["verdict"].dropna().astype("str")
    fit = int((checked == "consistent").sum())
    said = (
        f"{len(checked)} printed, {fit} fit the rate of their day or month" if len(checked) else "none known"
    )
    pages = every_id(profile.printed["source_ids"])
    return [Fact((12, ""), PRESS, "figures checked", said, source_ids=pages)]


def _came(profile: Profile) -> list[Fact]:
    best = that_count(profile.outcomes)
    findings = best["finding"].astype("str")
    counts = {
        "reported": "reported", "related_figure": "related figure only", "superseded": "superseded",
        "not_found": "searched, not found", "not_followed_up": "not looked for",
    }  # fmt: skip
    said = [
        f"{(findings == code).sum()} {words}" for code, words in counts.items() if (findings == code).any()
    ]
    told = f"{counted(len(best), 'target')}: {', '.join(said)}" if len(best) else "none whose year has passed"
    pages = every_id(best["source_ids"])
    return [
        Fact(
            (13, ""),
            CAME,
            "targets whose year has passed",
            told,
            float(len(best)),
            "targets",
            source_ids=pages,
        )
    ]


def _others(profile: Profile) -> list[Fact]:
    """Numbers of firms, parks, scenarios ...: told where two places have them, and never of one quantity."""
    rows = profile.other_targets
    rows = rows[~rows["indicator"].astype("str").isin(MIXED)]
    final = rows[rows["status"] != "draft"]
    replaced = (rows["status"] == "draft") & rows["indicator"].isin(final["indicator"])
    rows = rows[~replaced & rows["repeats_target_id"].isna()]
    found = []
    for label, part in rows.groupby("indicator_label", sort=True):
        said = [
            amount(row) + (f" by {row['target_year']}" if "target_year" in row else "")
            + (" (draft)" if row.get("status") == "draft" else "")
            for row in (present(row) for _, row in part.iterrows())
        ]  # fmt: skip
        pages = every_id(part["source_ids"])
        told = "; ".join(dict.fromkeys(said))
        found.append(Fact((14, str(label)), OTHER, str(label), told, source_ids=pages, only_shared=True))
    return found


def _ground(profile: Profile) -> list[Fact]:
    searched = profile.searched
    evidence = profile.evidence[profile.evidence["table"].isin(OF_PLACES)]  # without those of its GDP
    rows = int(evidence["rows"].sum())
    own = searched[searched["what"] == "documents of its own government"]
    finding = "not searched by itself"
    if len(own):
        day = own["searched_on"].iloc[0]
        finding = str(own["finding_label"].iloc[0])
        finding += f", {day_in_words(f'{day:%Y-%m-%d}')}" if pd.notna(day) else ""
    two = float((evidence["two_outlets_pct"] * evidence["rows"]).sum() / rows) if rows else None
    official = float(100 * evidence["official"].sum() / rows) if rows else None
    return [
        Fact((20, "a"), GROUND, "rows", f"{rows:,}", float(rows), "rows", comparable=True),
        Fact((20, "b"), GROUND, "rest on an official page read directly", _pct(official), official, "%",
             comparable=True),
        Fact((20, "c"), GROUND, "name two independent outlets", _pct(two), two, "%", comparable=True),
        Fact((20, "d"), GROUND, "search for its documents", finding),
    ]  # fmt: skip


def _pct(share: float | None) -> str:
    return "no rows" if share is None else f"{share:.0f}%"
