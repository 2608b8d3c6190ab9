"""The rows of the tables beside targets, documents, places and sources: as many of each as there are targets."""

from __future__ import annotations

import numpy as np
import pandas as pd

DAY = "2026-11-23"  # on which everything was searched


def other_tables(
    count: int, places: pd.DataFrame, documents: pd.DataFrame, targets: pd.DataFrame, cited: np.ndarray
) -> dict[str, pd.DataFrame]:
    """Organisations, bodies and seats, events, outcomes, follow-ups, forecasts, counts, adjudications, searches.

    `cited` are cells of `source_ids`, one for each row.
    """
    number = pd.Series(range(count))
    bodies = _bodies(count, cited)
    outcomes = _outcomes(number, places, cited)
    return {
        "participants": _participants(number),
        "bodies": bodies,
        "memberships": _memberships(number, bodies, cited),
        "events": _events(number, places, documents, bodies, cited),
        "outcomes": outcomes,
        "policy_count_rules": _count_rules(outcomes),
        "target_followups": _followups(targets, outcomes, cited),
        "forecasts": _forecasts(number, cited),
        "adjudications": _adjudications(number, targets, cited),
        "coverage": _coverage(places),
    }


def _any(values: list[str], number: pd.Series) -> np.ndarray:
    return np.array(values)[number % len(values)]


def _days(number: pd.Series, first: str) -> pd.Series:
    return (pd.Timestamp(first) + pd.to_timedelta(number % 900, unit="D")).dt.strftime("%Y-%m-%d")


def _participants(number: pd.Series) -> pd.DataFrame:
    """Every tenth belongs to the one before it."""
    ids = "org-" + number.astype(str)
    return pd.DataFrame(
        {
            "organisation_id": ids,
            "name_en": "Organisation " + number.astype(str),
            "name_zh": "机构",
            "type": _any(["company", "academia", "association", "government"], number),
            "sector": pd.Series(_any(["telecoms", "research", "finance"], number)).where(number % 4 > 0),
            "parent_organisation_id": ids.shift().where((number % 10 == 0) & (number > 0)),
        }
    )


def _bodies(count: int, cited: np.ndarray) -> pd.DataFrame:
    number = pd.Series(range(count))
    return pd.DataFrame(
        {
            "body_id": "body-" + number.astype(str),
            "name_en": "Body " + number.astype(str),
            "short_name": "B" + number.astype(str),
            "name_zh": "工作组",
            "type": _any(["standards_group", "industry_committee", "research_alliance"], number),
            "status": _any(["active", "active", "in_preparation"], number),
            "announced_on": _days(number, "2022-01-01"),
            "announced_members": 60,
            "announced_members_unit": "organisations",
            "source_ids": cited,
        }
    )


def _memberships(number: pd.Series, bodies: pd.DataFrame, cited: np.ndarray) -> pd.DataFrame:
    """A third of the organisations sit in three bodies each; the first hundred bodies have most of the seats."""
    body = np.where(number % 4 > 0, number % 100, number) % len(bodies)
    return pd.DataFrame(
        {
            "membership_id": "seat-" + number.astype(str),
            "organisation_id": "org-" + (number % max(1, len(number) // 3)).astype(str),
            "body_id": bodies["body_id"].to_numpy()[body],
            "role": _any(["member", "member", "vice_chair", "chair"], number),
            "named_on": _days(number, "2022-01-01"),
            "membership_status": _any(["member", "founding", "listed", "member", "disputed"], number),
            "source_ids": cited,
        }
    )


def _events(
    number: pd.Series, places: pd.DataFrame, documents: pd.DataFrame, bodies: pd.DataFrame, cited: np.ndarray
) -> pd.DataFrame:
    kinds = ["document_issued", "named_as_priority", "not_named", "body_step", "standards_step", "conference"]
    kind = pd.Series(_any(kinds, number))
    document = documents["document_id"].to_numpy()[number % len(documents)]
    body = bodies["body_id"].to_numpy()[number % len(bodies)]
    return pd.DataFrame(
        {
            "event_id": "event-" + number.astype(str),
            "date": _days(number, "2022-06-01"),
            "place_id": places["place_id"].to_numpy()[number % len(places)],
            "event_type": kind,
            "event": "Something happened, number " + number.astype(str),
            "actors": "An office",
            "document_id": pd.Series(document).where(kind.isin(kinds[:3])),
            "body_id": pd.Series(body).where(kind.isin(kinds[3:5])),
            "source_ids": cited,
        }
    )


def _outcomes(number: pd.Series, places: pd.DataFrame, cited: np.ndarray) -> pd.DataFrame:
    """Market sizes and counts of firms of every place and year, and a few counts of policies."""
    kind = number % 10
    money, policies = kind < 6, (kind == 9) & (number < 1_000)
    return pd.DataFrame(
        {
            "outcome_id": "outcome-" + number.astype(str),
            "place_id": places["place_id"].to_numpy()[number % len(places)],
            "indicator": np.select([money, policies], ["market_scale", "policy_count"], "all_firms"),
            "measure": np.where(money, "industry_scale", "count"),
            "scope": pd.Series(_any(["metaverse_related", "vr_xr"], number // 2)).where(money),
            "value": 1 + number % 997,
            "unit": np.select([money, policies], ["billion CNY", "policies"], "firms"),
            "qualifier": _any(["exact", "about", "over"], number),
            "year": 2020 + number // len(places) % 6,
            "scope_note": "as the report words it",
            "source_ids": cited,
        }
    )


def _count_rules(outcomes: pd.DataFrame) -> pd.DataFrame:
    counts = outcomes.loc[outcomes["indicator"] == "policy_count", "outcome_id"]
    return pd.DataFrame(
        {
            "outcome_id": counts,
            "counted_by": "A counter",
            "counted_to": "2023-06-30",
            "levels": "province;city",
            "subject": "metaverse_specific",
            "municipalities_as": "province",
            "drafts": "out",
            "unit_counted": "policies",
        }
    )


def _followups(targets: pd.DataFrame, outcomes: pd.DataFrame, cited: np.ndarray) -> pd.DataFrame:
    number = pd.Series(range(len(targets)))
    finding = pd.Series(_any(["not_found", "related_figure", "reported", "not_found"], number))
    found = finding != "not_found"
    outcome = outcomes["outcome_id"].to_numpy()[number % len(outcomes)]
    return pd.DataFrame(
        {
            "followup_id": "followup-" + number.astype(str),
            "target_id": targets["target_id"],
            "finding": finding,
            "outcome_id": pd.Series(outcome).where(found),
            "searched_on": DAY,
            "source_ids": pd.Series(cited).where(found),
            "note": "what was found",
        }
    )


def _forecasts(number: pd.Series, cited: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "forecast_id": "forecast-" + number.astype(str),
            "publisher": "Firm " + (number % 50).astype(str),
            "geography": "CN",
            "scope": "vr_xr",
            "scope_words": "VR spending",
            "value": 1 + number % 997,
            "unit": _any(["billion USD", "billion CNY"], number),
            "qualifier": "exact",
            "target_year": 2022 + number % 6,
            "published": _days(number, "2022-01-01"),
            "source_ids": cited,
        }
    )


def _adjudications(number: pd.Series, targets: pd.DataFrame, cited: np.ndarray) -> pd.DataFrame:
    ids = targets["target_id"]
    return pd.DataFrame(
        {
            "adjudication_id": "adjudication-" + number.astype(str),
            "rule": "two_values",
            "subject_ids": ids + ";" + ids.shift(-1).fillna(ids.iloc[0]),
            "question": "Which of the two?",
            "decision": "decided",
            "chosen_id": ids,
            "reason": "The document has it.",
            "decided_on": DAY,
            "source_ids": cited,
        }
    )


def _coverage(places: pd.DataFrame) -> pd.DataFrame:
    provinces = places.loc[places["level"] == "province", "place_id"]
    number = provinces.reset_index(drop=True).index.to_series()
    finding = _any(["scale_target", "plan_without_scale", "none_found"], number)
    return pd.DataFrame(
        {"place_id": provinces.to_numpy(), "searched_on": DAY, "finding": finding, "queries": 12}
    )
