"""Who sits in several bodies: every column of every table, worked by hand on groups, namesakes and double seats."""

import pytest
from rosters import body, organisation, seat
from tiny import load_rows, plain

import metaverse_analysis as ma

ROWS = {
    "participants": [
        organisation("zeta", sector="blockchain"),
        organisation("group", "government", sector="standards"),
        organisation("lab", parent_organisation_id="group", sector="research"),
        organisation("cell", parent_organisation_id="lab"),
        organisation("twin-b", name_en="A twin"),
        organisation("twin-a", "academia", name_en="B twin"),
        organisation("once"),
        organisation("doubt"),
    ],
    "bodies": [
        body("old"),
        body("plan", "in_preparation", short_name="P"),
        body("club", name_en="A club"),
        body("bare"),
    ],
    "memberships": [
        seat("twin-b", "plan"),
        seat("twin-b", "old"),
        seat("once", "old"),
        seat("twin-a", "club", status="disputed"),
        seat("twin-a", "plan"),
        seat("twin-a", "old", "chair"),
        seat("lab", "old", "chair", status="listed"),
        seat("cell", "old", "vice_chair"),
        seat("lab", "club"),
        seat("group", "club", "adviser"),
        seat("group", "plan", status="disputed"),
        seat("cell", "plan", status="listed"),
        seat("zeta", "club", status="listed"),
        seat("zeta", "plan"),
        seat("doubt", "old", status="disputed"),
        seat("doubt", "club"),
        seat("doubt", "plan", status="disputed"),
    ],
}


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("shared") / "tables", ROWS)


MEMBER = {
    "organisation_id": "str", "organisation": "str", "type": "category", "type_label": "str", "sector": "category",
    "sector_label": "str", "n_bodies": "int64", "n_confirmed": "int64", "body_ids": "str", "unconfirmed_in": "str",
    "disputed_in": "str", "parts": "str",
}  # fmt: skip
SEAT = {
    "organisation_id": "str", "organisation": "str", "n_bodies": "int64", "body_id": "str", "body": "str",
    "body_short": "str", "n_shared": "int64", "role": "category", "role_label": "str", "standing": "str",
    "confirmed": "bool", "disputed": "bool", "source_ids": "str",
}  # fmt: skip
NAMES = {"old": "The old body", "plan": "The plan body", "club": "A club"}
FIRM, LISTED, PLANNED = "member", "listed, not confirmed", "member, body in preparation"


def test_every_column_of_the_members(ds):
    table = ma.shared_members(ds)
    assert table.index.tolist() == list(range(5))
    assert table.dtypes.astype(str).to_dict() == MEMBER
    assert list(table) == list(MEMBER)
    assert plain(table) == {
        "organisation_id": ["twin-b", "twin-a", "cell", "lab", "zeta"],
        "organisation": ["A twin", "B twin", "Cell", "Lab", "Zeta"],
        "type": ["company", "academia", "company", "company", "company"],
        "type_label": ["company", "university or college", "company", "company", "company"],
        "sector": [None, None, None, "research", "blockchain"],
        "sector_label": ["not known", "not known", "not known", "research", "blockchain"],
        "n_bodies": [2] * 5,
        "n_confirmed": [1, 1, 1, 1, 0],
        "body_ids": ["plan;old", "plan;old", "old;plan", "old;club", "club;plan"],
        "unconfirmed_in": ["plan", "plan", "plan", "old", "club;plan"],
        "disputed_in": [None, "club", None, None, None],
        "parts": [None] * 5,
    }


def test_every_column_of_the_members_by_group(ds):
    table = ma.shared_members(ds, groups=True)
    assert table.index.tolist() == list(range(4))
    assert table.dtypes.astype(str).to_dict() == MEMBER
    assert plain(table) == {
        "organisation_id": ["group", "twin-b", "twin-a", "zeta"],
        "organisation": ["Group", "A twin", "B twin", "Zeta"],
        "type": ["government", "company", "academia", "company"],
        "type_label": ["government", "company", "university or college", "company"],
        "sector": ["standards", None, None, "blockchain"],
        "sector_label": ["standards", "not known", "not known", "blockchain"],
        "n_bodies": [3, 2, 2, 2],
        "n_confirmed": [2, 1, 1, 0],
        "body_ids": ["old;club;plan", "plan;old", "plan;old", "club;plan"],
        "unconfirmed_in": ["plan", "plan", "plan", "club;plan"],
        "disputed_in": [None, None, "club", None],
        "parts": ["cell", None, None, None],
    }


def test_every_column_of_the_seats(ds):
    table = ma.shared_seats(ds)
    assert table.index.tolist() == list(range(11))
    assert table.dtypes.astype(str).to_dict() == SEAT
    assert list(table) == list(SEAT)
    bodies = ["old", "plan", "old", "plan", "club", "old", "plan", "old", "club", "plan", "club"]
    assert plain(table) == {
        "organisation_id": ["twin-b"] * 2 + ["twin-a"] * 3 + ["cell"] * 2 + ["lab"] * 2 + ["zeta"] * 2,
        "organisation": ["A twin"] * 2 + ["B twin"] * 3 + ["Cell"] * 2 + ["Lab"] * 2 + ["Zeta"] * 2,
        "n_bodies": [2] * 11,
        "body_id": bodies,
        "body": [NAMES[name] for name in bodies],
        "body_short": ["P" if name == "plan" else NAMES[name] for name in bodies],
        "n_shared": [2 if name == "club" else 4 for name in bodies],
        "role": [
            "member",
            "member",
            "chair",
            "member",
            "member",
            "vice_chair",
            "member",
            "chair",
            *["member"] * 3,
        ],
        "role_label": [
            *["member", "member", "chair", "member", "member", "vice-chair", "member", "chair"],
            *["member"] * 3,
        ],
        "standing": [FIRM, PLANNED, FIRM, PLANNED, "disputed", FIRM, LISTED, LISTED, FIRM, PLANNED, LISTED],
        "confirmed": [True, False, True, False, False, True, False, False, True, False, False],
        "disputed": [False] * 4 + [True] + [False] * 6,
        "source_ids": ["s1"] * 11,
    }


def test_every_column_of_the_seats_by_group(ds):
    table = ma.shared_seats(ds, groups=True)
    assert table.index.tolist() == list(range(10))
    assert table.dtypes.astype(str).to_dict() == SEAT
    bodies = ["plan", "old", "club", "plan", "old", "plan", "old", "club", "plan", "club"]
    assert plain(table) == {
        "organisation_id": ["group"] * 3 + ["twin-b"] * 2 + ["twin-a"] * 3 + ["zeta"] * 2,
        "organisation": ["Group"] * 3 + ["A twin"] * 2 + ["B twin"] * 3 + ["Zeta"] * 2,
        "n_bodies": [3] * 3 + [2] * 7,
        "body_id": bodies,
        "body": [NAMES[name] for name in bodies],
        "body_short": ["P" if name == "plan" else NAMES[name] for name in bodies],
        "n_shared": [{"plan": 4, "old": 3, "club": 2}[name] for name in bodies],
        "role": ["member", "vice_chair", "adviser", *["member"] * 3, "chair", *["member"] * 3],
        "role_label": ["member", "vice-chair", "adviser", *["member"] * 3, "chair", *["member"] * 3],
        "standing": [LISTED, FIRM, FIRM, PLANNED, FIRM, PLANNED, FIRM, "disputed", PLANNED, LISTED],
        "confirmed": [False, True, True, False, True, False, True, False, False, False],
        "disputed": [False] * 7 + [True] + [False] * 2,
        "source_ids": ["s1"] * 10,
    }


@pytest.mark.parametrize(
    ("groups", "cells"),
    [
        (False, [[5, 3, 1, 0], [3, 4, 1, 0], [1, 1, 4, 0], [0] * 4]),
        (True, [[4, 3, 1, 0], [3, 4, 2, 0], [1, 2, 3, 0], [0] * 4]),
    ],
)
def test_every_cell_of_the_common_members(ds, groups, cells):
    table = ma.common_members(ds, groups=groups)
    assert table.values.tolist() == cells
    assert table.index.tolist() == table.columns.tolist() == ["old", "plan", "club", "bare"]
    assert (table.index.name, table.columns.name) == ("body_id", "other_body_id")
    assert set(table.dtypes.astype(str)) == {"int64"}


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
    assert found.parts.tolist() == ["o8;o3"]


@pytest.mark.parametrize("circle", [["b", "a"], ["b", "c", "a"]])
def test_parents_in_a_circle_are_told(ds, circle):
    who = ds.participants.iloc[: len(circle)]
    who = who.assign(organisation_id=sorted(circle), parent_organisation_id=circle)
    with pytest.raises(ValueError, match="participants: parent_organisation_id leads back to itself"):
        ma.shared_members(ds.with_tables(participants=who), groups=True)
