"""One filter language: in every public measure a filter keeps the rows that a plain comparison of its column would."""

from functools import partial
from inspect import signature
from typing import Any

import pandas as pd
import pytest
from asked import TABLES, given, result
from made_once import packaged

import metaverse_analysis as ma

TODAY, DAY = "2026-11-28", "2024-02-29"
PLACES = {"place", "inside", "level", "country", "as_of"}
# Measures that count the rows which the filters keep, or tell of the rows beside each.
COUNTS = ["adoption", "instrument_counts", "instrument_matrix", "outcome_summary", "priorities_by_year",
          "evidence_quality", "conflicts", "forecast_check"]  # fmt: skip
# Those of no place, or of one that must be named.
OTHERS = ["published_counts", "seats", "bodies_known", "composition", "shared_members", "shared_seats",
          "standards_trail", "roster", "reported_series", "revision_details"]  # fmt: skip
# Those of what they are given (a sum, the name of a table or a source), the answers; and the search, which has tests
# of its own.
UNFILTERED = ["answers", "grades", "rows_citing", "search", "total_by_province"]
# All others list rows, each of a place.
LISTS = [name for name in TABLES if name not in (*COUNTS, *OTHERS, *UNFILTERED)]


def measured(name: str, ds: ma.Dataset, **filters: Any) -> pd.DataFrame:
    return result(name, ds, **{**given(name, packaged()), **filters})


BESIDE = ["order_is_certain", "overlaps_next"]  # of the timeline: what is said of the rows beside


@pytest.fixture(scope="module")
def ds() -> ma.Dataset:
    return ma.load()


def inside(ds: ma.Dataset, *place_ids: str) -> set[str]:
    """These places and all below them, found by following each place up."""
    parent = ds.places.set_index("place_id")["parent_id"].to_dict()
    found = set()
    for place in parent:
        above = place
        while isinstance(above, str) and above not in place_ids:
            above = parent[above]
        found |= {place} if isinstance(above, str) else set()
    return found


def plainly(ds: ma.Dataset, rows: pd.DataFrame) -> list[tuple[dict, pd.Series]]:
    """Filters, and the rows that each should keep."""
    level = rows["place_id"].map(ds.places.set_index("place_id")["level"].astype("str"))
    blank = rows["place_id"].isna()
    cases = [
        ({"country": None, "place": "Sichuan"}, rows["place_id"].isin(inside(ds, "CN-SC"))),
        ({"country": None, "place": ["四川", "Wuxi"], "inside": False}, rows["place_id"].isin(["CN-SC", "CN-JS-wuxi"])),
        ({"country": None, "level": ["province", "city"]}, level.isin(["province", "city"])),
        ({"country": "South Korea"}, rows["place_id"].isin(inside(ds, "KR"))),
        ({}, rows["place_id"].isin(inside(ds, "CN")) | blank),
    ]  # fmt: skip
    if "scope" in rows:
        scopes = ["metaverse_related", "metaverse_core"]
        cases.append(({"country": None, "scope": scopes}, rows["scope"].isin(scopes)))
    for column in {"target_year", "year"} & set(rows):
        cases.append(({"country": None, "year": str(rows[column].max())}, rows[column] == rows[column].max()))
    return cases


@pytest.mark.parametrize("name", LISTS)
def test_a_filter_keeps_what_a_plain_comparison_would(ds, name):
    whole = measured(name, ds, country=None)
    assert len(whole) > 1
    for filters, keep in plainly(ds, whole):
        found, expected = measured(name, ds, **filters), whole[keep].reset_index(drop=True)
        assert expected.columns.equals(found.columns)
        shown = [column for column in whole if column not in BESIDE]
        pd.testing.assert_frame_equal(found[shown], expected[shown], check_dtype=False)


@pytest.fixture(scope="module")
def known(ds) -> ma.Dataset:
    return ma.as_of(ds, DAY)


@pytest.mark.parametrize("name", [*LISTS, *COUNTS, *OTHERS])
def test_as_of_is_the_dataset_of_that_day(ds, known, name):
    pd.testing.assert_frame_equal(measured(name, ds, as_of=DAY), measured(name, known))


@pytest.mark.parametrize("measure", [ma.outcome_ledger, ma.outcome_summary, ma.forecast_check])
def test_targets_are_looked_back_at_from_the_day_of_the_data_or_of_as_of(ds, measure):
    pd.testing.assert_frame_equal(measure(ds), measure(ds, today=f"{ds.sources['accessed'].max():%Y-%m-%d}"))
    pd.testing.assert_frame_equal(measure(ds, as_of=DAY), measure(ds, as_of=DAY, today=DAY))


def test_the_line_of_time_is_cut_by_the_years_of_its_dates(ds):
    whole = ma.policy_timeline(ds)
    for year in (2022, "2022", [2021, 2022]):
        years = {str(one) for one in (year if isinstance(year, list) else [year])}
        found = ma.policy_timeline(ds, year=year)
        assert found["what"].tolist() == whole["what"][whole["date"].str[:4].isin(years)].tolist()
    with pytest.raises(ValueError, match="no row has the year 1900"):
        ma.policy_timeline(ds, year=1900)


def test_the_details_of_revisions_are_of_the_places_that_are_kept(ds):
    whole, drafts = (
        ma.revision_details(ds, country=None),
        ma.revisions(ds, country=None).set_index("draft_id"),
    )
    place_ids = whole["draft_id"].map(drafts["place_id"])
    for filters, keep in plainly(ds, whole.assign(place_id=place_ids)):
        pd.testing.assert_frame_equal(
            ma.revision_details(ds, **filters), whole[keep.to_numpy()].reset_index(drop=True)
        )


@pytest.mark.parametrize("name", [*LISTS, *COUNTS])
def test_every_measure_has_the_filters_of_its_columns(ds, name):
    """`forecast_check` has places of its own kind, the others of the tables."""
    takes = set(signature(getattr(ma, name)).parameters)
    table = measured(name, ds)
    assert takes >= (PLACES - {"inside", "level"} if name == "forecast_check" else PLACES)
    assert ("scope" in takes) >= ("scope" in table)
    assert ("year" in takes) >= bool({"target_year", "year"} & set(table))


@pytest.mark.parametrize("name", [*LISTS, *COUNTS])
def test_a_known_place_without_rows_is_empty_and_an_unknown_one_is_told(ds, name):
    made = partial(measured, name)
    with pytest.raises(ValueError, match="Sichuan.*CN-SC"):
        made(ds, place="Sichuann")
    with pytest.raises(ValueError, match="country 'CM'.*There is"):
        made(ds, country="CM")
    if name in LISTS:
        assert made(ds, place="Finland", country="CN").empty


@pytest.mark.parametrize("name", [*LISTS, *COUNTS])
def test_no_rows_are_no_error_whatever_is_asked(name, ds):
    """Places and statistics alone: there is nothing yet."""
    kept = {"places", "regional_statistics"}
    empty = ds.with_tables(**{table: ds[table].iloc[:0] for table in ds.tables if table not in kept})
    takes = signature(getattr(ma, name)).parameters
    asked = {"place": "Sichuan", "country": "CN", "scope": "vr_xr", "year": 2025, "as_of": DAY}
    assert isinstance(
        measured(name, empty, **{key: asked[key] for key in asked if key in takes}), pd.DataFrame
    )


def test_what_counts_counts_the_rows_that_the_filters_keep(ds):
    """The rows of a place are those that its own tables count."""
    uses = ma.instrument_uses(ds, place="Jiangsu")
    assert ma.instrument_counts(ds, place="Jiangsu")["documents"].sum() == len(
        uses.drop_duplicates(["document_id", "instrument"])
    )
    assert set(ma.instrument_matrix(ds, place="Jiangsu", inside=False)["place"]) == {"Jiangsu"}
    ledger = ma.outcome_ledger(ds, today=TODAY, place="Jiangxi")
    summary = ma.outcome_summary(ds, today=TODAY, place="Jiangxi")
    assert summary[["targets", "repeats"]].to_numpy().sum() == ledger["target_id"].nunique()
    lists = ma.priorities(ds, year=2023)
    counted = ma.priorities_by_year(ds, year=2023)
    assert counted[["lists_naming", "lists_not_naming"]].to_numpy().sum() == len(lists)
    rows = ma.evidence_quality(ds, place="Sichuan").set_index("table")["rows"]
    assert rows["regional_targets"] == ds.regional_targets["place_id"].isin(inside(ds, "CN-SC")).sum()
    cities = ma.adoption(ds, level="city", place="Jiangsu")
    assert (
        set(cities["place_id"]) <= inside(ds, "CN-JS")
        and cities["number"].max() <= cities["place_id"].nunique()
    )


def test_a_disagreement_is_of_the_places_of_its_rows(ds):
    found = ma.conflicts(ds, place="Chengdu")
    assert found["subject_ids"].str.contains("chengdu").any()
    assert 0 < len(found) < len(ma.conflicts(ds, place="Sichuan")) < len(ma.conflicts(ds, country=None))


def test_the_country_of_the_data_package_is_the_default(ds):
    targets = ma.ambition(ds, statistics_year=2022, vintage="final_verified")["place_id"]
    assert targets.str.startswith("CN").all()
    assert not ma.outcome_ledger(ds, today=TODAY)["place_id"].str.startswith("KR").any()
    assert ma.outcome_ledger(ds, today=TODAY, country=None)["place_id"].str.startswith("KR").any()
