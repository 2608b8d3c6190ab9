"""Who sits in several bodies: every column of every table, worked by hand on groups, namesakes and double seats."""

import pytest

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def ds(worked) -> ma.Dataset:
    return worked("shared_members")


def test_namesakes_are_kept_apart_by_their_ids(ds):
    same = ds.with_tables(
        participants=ds.participants.replace({"name_en": {"A twin": "Twin", "B twin": "Twin"}})
    )
    found = ma.shared_members(same)
    assert found.organisation_id.tolist() == ["cell", "lab", "twin-a", "twin-b", "zeta"]
    seats = ma.shared_seats(same).query("organisation == 'Twin'")
    assert seats.organisation_id.tolist() == ["twin-a"] * 3 + ["twin-b"] * 2


def test_a_chain_of_parents_leads_to_its_top_and_a_parent_that_is_no_row_ends_it(ds):
    who = ds.participants.iloc[:0].reindex(range(9))
    ids = [f"o{number}" for number in range(9)]
    who = who.assign(organisation_id=ids, name_en=ids, parent_organisation_id=["gone", *ids[:-1]])
    seats = ds.memberships.iloc[[0, 1]].assign(organisation_id=["o8", "o3"])
    found = ma.shared_members(ds.with_tables(participants=who, memberships=seats), groups=True)
    assert found.organisation_id.tolist() == ["o0"]
    assert found.parts.tolist() == ["o3;o8"]


@pytest.mark.parametrize("circle", [["b", "a"], ["b", "c", "a"]])
def test_parents_in_a_circle_are_told(ds, circle):
    who = ds.participants.iloc[: len(circle)]
    who = who.assign(organisation_id=sorted(circle), parent_organisation_id=circle)
    with pytest.raises(ValueError, match="participants: parent_organisation_id leads back to itself"):
        ma.shared_members(ds.with_tables(participants=who), groups=True)
