"""A place on one page: its parts are the measures' rows, its words say them, whatever is known of it."""

import copy
import pickle
from dataclasses import replace

import pandas as pd
import pytest
from says import says
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, SOURCE, TARGET, load_rows

import metaverse_analysis as ma
from metaverse_analysis.measures.profile import profiles

TODAY = "2026-11-28"
EMPTY = PROVINCE | {"place_id": "CN-EE", "name_en": "Eland", "name_zh": "戊省"}
FOLDER = {
    "places": [CHINA, PROVINCE, CITY, EMPTY],
    "sources": [SOURCE, SOURCE | {"source_id": "s2", "kind": "official", "title": "<b>A & B</b>",
                         "url": "https://example.org/2"}],
    "policy_documents": [
        DOCUMENT,
        DOCUMENT | {"document_id": "d0", "status": "draft", "issued_date": "", "consultation_date": "2023-08-16"},
        DOCUMENT | {"document_id": "d2", "family_id": "d2", "place_id": "CN-AA-b", "title_en": "<i>Plan</i> & more",
                    "source_ids": "s2"},
    ],
    "regional_targets": [
        TARGET,
        TARGET | {"target_id": "t0", "document_id": "d0", "value": "200"},
        TARGET | {"target_id": "firms", "indicator": "leading_firms", "measure": "count", "scope": "", "value": "15",
                  "unit": "firms", "qualifier": "about"},
    ],
    "press_figures": [
        {"press_figure_id": "p1", "target_id": "t1", "outlet": "A paper", "original_billion": "250",
         "original_currency": "CNY", "reported_usd_billion": "34.4", "published": "2023-09-20", "source_id": "s1"},
    ],
    "target_followups": [
        {"followup_id": "f1", "target_id": "t1", "finding": "not_found", "searched_on": "2026-11-23"},
    ],
    "regional_statistics": [
        {"statistic_id": "g", "place_id": "CN-AA", "indicator": "gdp_nominal", "year": "2024", "value": "5000",
         "unit": "billion CNY", "vintage": "preliminary", "census_base": "fifth", "series": "provincial",
         "quality": "as_published", "source_ids": "s1"},
    ],
    "coverage": [
        {"place_id": "CN-EE", "searched_on": "2026-11-23", "finding": "none_found", "finding_below": "none_found"},
    ],
    "bodies": [
        {"body_id": "b", "name_en": "A body", "type": "industry_alliance", "status": "active", "source_ids": "s1"},
    ],
    "participants": [
        {"organisation_id": "o1", "name_en": "Aland University", "type": "academia"},
        {"organisation_id": "o2", "name_en": "Balanded", "type": "company"},
    ],
    "memberships": [
        {"membership_id": f"b--{who}", "organisation_id": who, "body_id": "b", "role": "member",
         "membership_status": "listed", "source_ids": "s1"} for who in ("o1", "o2")
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("profile") / "tables", FOLDER)


def test_the_answer_comes_first(tiny):
    found = ma.profile(tiny, "甲省")
    assert found.answer == (
        "Aland aims for 250 billion yuan of metaverse-related industries by 2025, about $34.4 billion, 5.0% of its GDP "
        "of 2024. No figure of what came of it was found (searched on 23 November 2026). 1 document is known, "
        "first seen on 16 August 2023. The press printed 1 dollar figure for it; it fits the exchange "
        "rate of its day or month."
    )
    assert " ".join(str(found).split()).startswith(found.answer)


def test_every_part_has_its_rows(tiny):
    found = ma.profile(tiny, "Aland")
    assert (found.place_id, found.level, found.parent, found.today) == (
        "CN-AA",
        "province",
        "China",
        "2026-11-23",
    )
    assert found.targets["target_id"].tolist() == ["t1", "t0"]
    assert (
        found.targets["share_of_gdp_pct"].tolist()[0] == 5
        and found.targets["share_of_gdp_pct"].isna().tolist()[1]
    )
    assert found.other_targets["target_id"].tolist() == ["firms"]
    assert found.documents["document_id"].tolist() == ["d0", "d1"]
    assert found.printed["verdict"].tolist() == ["consistent"]
    assert found.outcomes["finding"].astype("str").tolist().count("not_found") == 1
    assert found.members["organisation_id"].tolist() == ["o1"]  # o2 only has the letters
    assert found.inside[["place_id", "documents", "market_targets"]].values.tolist() == [["CN-AA-b", 1, 0]]
    assert found.sources["source_id"].tolist() == ["s1"]
    searched = found.searched[["what", "finding"]].values.tolist()
    assert searched == [["what came of metaverse-related industries, 2025", "not_found"]]


def test_one_row_or_none(tiny):
    city, bare = ma.profile(tiny, "Btown"), ma.profile(tiny, "Eland")
    assert city.answer == "No target is known for Btown. 1 document is known, of 15 September 2023."
    assert bare.answer == (
        "No document and no target is known for Eland: none found (searched on 23 November 2026)."
    )
    assert "What was searched" in str(bare) and bare.sources.empty
    assert list(bare.targets) == list(city.targets) == list(ma.profile(tiny, "Aland").targets)


def test_html_is_escaped(tiny):
    page = ma.profile(tiny, "Btown")._repr_html_()
    assert "&lt;i&gt;Plan&lt;/i&gt; &amp; more" in page and "&lt;b&gt;A &amp; B&lt;/b&gt;" in page
    assert "<i>" not in page and "<b>A" not in page


@pytest.mark.parametrize(
    "travel", [lambda found: pickle.loads(pickle.dumps(found)), copy.copy, copy.deepcopy]
)
def test_what_measures_find_travels_and_is_what_it_was(tiny, travel):
    """A profile, a comparison, an explanation, a sum: equal to a copy, and not to what differs in one cell."""
    found = [
        ma.profile(tiny, "Aland"), ma.compare(tiny, ["Aland", "Eland"]),
        ma.explain(tiny, tiny.regional_targets["target_id"].iloc[0]),
        ma.add_up(ma.market_targets(tiny), scope="metaverse_related", year=2025),
    ]  # fmt: skip
    for one in found:
        again = travel(one)
        assert again == one and str(again) == str(one)
        assert one != str(one) and one != found[found.index(one) - 1]
        name, table = next((name, part) for name, part in vars(one).items() if isinstance(part, pd.DataFrame))
        assert one != replace(one, **{name: pd.concat([table, table.iloc[:1]])})


def test_another_day(tiny):
    known = ma.profile(tiny, "Aland", as_of="2023-09-01")
    assert known.documents["document_id"].tolist() == ["d0"] and known.printed.empty
    assert (
        known.answer.startswith("Aland would aim for, by a draft, 200 billion yuan") and known.outcomes.empty
    )
    assert ma.profile(tiny, "Aland", today="2025-06-01").outcomes.empty


def test_the_second_place_costs_little_and_nobody_changes_what_the_next_one_reads(ds):
    first = ma.profile(ds, "Sichuan")
    kept = ds.kept["profile"]
    for name in ("targets", "documents", "members", "searched", "sources"):
        part = getattr(first, name)
        part["place"] = "nowhere"
    assert str(ma.profile(ds, "Shandong")) == str(ma.profile(ma.load(), "Shandong"))
    assert ds.kept["profile"] is kept
    assert ma.profile(ds, "Sichuan").targets["place"].unique().tolist() == ["Sichuan"]
    grades = ma.grades(ds, "events")
    grades["confidence"] = "none"
    assert set(ma.grades(ds, "events")["confidence"]) <= {"high", "medium", "low"}
    assert ma.profile(ds, "Sichuan", today="2024-01-01").today == "2024-01-01"
    assert "kept" not in vars(pickle.loads(pickle.dumps(ds)))


def test_an_unknown_place_is_told(tiny):
    with pytest.raises(ValueError) as error:
        ma.profile(tiny, "Alandd")
    assert says(error, "Alandd", "Aland", "CN-AA")


@pytest.mark.parametrize("place", ["Sichuan", "Suzhou", "South Korea", "Hainan"])
def test_parts_are_what_the_measures_give(place):
    ds = ma.load()
    own = {"place": place, "inside": False, "country": None}
    found = ma.profile(ds, place, today=TODAY)
    targets = ma.market_targets(ds, **own)
    pd.testing.assert_frame_equal(found.targets[list(targets)], targets)
    for part, rows in {
        "other_targets": ma.other_targets(ds, **own),
        "instruments": ma.instrument_uses(ds, **own),
        "printed": ma.press_audit(ds, **own),
        "outcomes": ma.outcome_ledger(ds, today=TODAY, **own),
        "evidence": ma.evidence_quality(ds, **own),
        "disagreements": ma.conflicts(ds, **own),
    }.items():
        pd.testing.assert_frame_equal(getattr(found, part), rows)
    line = ma.policy_timeline(ds, **own)
    assert (
        found.documents["document_id"].tolist() == line["document_id"][line["record"] == "document"].tolist()
    )
    assert found.events["event_id"].tolist() == line["event_id"].dropna().tolist()


def test_every_place_has_a_page():
    ds = ma.load()
    pages = {found.place_id: found for found in profiles(ds, ds.places["place_id"])}
    assert list(pages) == ds.places["place_id"].tolist()
    assert all(
        page.answer.endswith(".") and "nan" not in str(page).lower().split() for page in pages.values()
    )


def test_what_another_thread_asks_meanwhile_is_not_taken_for_ones_own():
    class Shared(dict):
        def __setitem__(self, name, value):
            super().__setitem__(name, (("another day", "None"), None) if name == "profile" else value)

    ds = ma.load()
    ds.__dict__["kept"] = Shared()
    assert ma.profile(ds, "Qinghai").place_id == "CN-QH"
