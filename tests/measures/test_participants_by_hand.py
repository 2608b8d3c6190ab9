"""Bodies and their members: every column of every table, worked by hand on four small bodies."""

import pandas as pd
import pytest
from rosters import TINY
from tiny import load_rows, plain

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("bodies") / "tables", TINY)


def test_every_column_of_the_roster(tiny):
    table = ma.roster(tiny, body="old")
    assert table.index.tolist() == list(range(4))
    assert plain(table) == {
        "membership_id": ["old--ministry", "old--alpha", "old--college", "old--zeta"],
        "body_id": ["old"] * 4,
        "body": ["The old body"] * 4,
        "organisation_id": ["ministry", "alpha", "college", "zeta"],
        "organisation": ["Ministry", "Alpha", "College", "Zeta"],
        "organisation_zh": [None] * 4,
        "role": ["parent", "chair", "member", "member"],
        "role_label": ["parent", "chair", "member", "member"],
        "representative": [None, "Ann Example", None, None],
        "membership_status": ["member", "member", "disputed", "member"],
        "standing": ["member", "member", "disputed", "member"],
        "confirmed": [True, True, False, True],
        "named_on": ["2023-05", "2023-05", "2023-05", "2023-07"],
        "named_on_precision": ["month"] * 4,
        "type": ["government", "company", "academia", "company"],
        "type_label": ["government", "company", "university or college", "company"],
        "sector": ["standards", "blockchain", None, "blockchain"],
        "sector_label": ["standards", "blockchain", "not known", "blockchain"],
        "n_sources": [1] * 4,
        "n_outlets": [1] * 4,
        "confidence": ["medium"] * 4,
        "source_ids": ["s1"] * 4,
        "note": [None] * 4,
    }


def test_every_column_of_the_roster_of_a_body_in_preparation(tiny):
    table = ma.roster(tiny, body="New")
    assert table.index.tolist() == list(range(2))
    assert plain(table) == {
        "membership_id": ["new--alpha-lab", "new--zeta"],
        "body_id": ["new"] * 2,
        "body": ["The new body"] * 2,
        "organisation_id": ["alpha-lab", "zeta"],
        "organisation": ["Alpha-Lab", "Zeta"],
        "organisation_zh": [None] * 2,
        "role": ["member"] * 2,
        "role_label": ["member"] * 2,
        "representative": [None] * 2,
        "membership_status": ["listed", "member"],
        "standing": ["listed, not confirmed", "member, body in preparation"],
        "confirmed": [False] * 2,
        "named_on": ["2023-05"] * 2,
        "named_on_precision": ["month"] * 2,
        "type": ["company"] * 2,
        "type_label": ["company"] * 2,
        "sector": ["research", "blockchain"],
        "sector_label": ["research", "blockchain"],
        "n_sources": [1] * 2,
        "n_outlets": [1] * 2,
        "confidence": ["medium"] * 2,
        "source_ids": ["s1"] * 2,
        "note": [None] * 2,
    }


def test_every_column_of_the_disputed_members(tiny):
    table = ma.disputed_members(tiny)
    assert table.index.tolist() == list(range(2))
    assert plain(table) == {
        "membership_id": ["club--zeta", "old--college"],
        "body_id": ["club", "old"],
        "body": ["The club body", "The old body"],
        "organisation_id": ["zeta", "college"],
        "organisation": ["Zeta", "College"],
        "organisation_zh": [None] * 2,
        "role": ["member"] * 2,
        "role_label": ["member"] * 2,
        "representative": [None] * 2,
        "membership_status": ["disputed"] * 2,
        "standing": ["disputed"] * 2,
        "confirmed": [False] * 2,
        "named_on": ["2023-05"] * 2,
        "named_on_precision": ["month"] * 2,
        "type": ["company", "academia"],
        "type_label": ["company", "university or college"],
        "sector": ["blockchain", None],
        "sector_label": ["blockchain", "not known"],
        "n_sources": [1] * 2,
        "n_outlets": [1] * 2,
        "confidence": ["medium"] * 2,
        "source_ids": ["s1"] * 2,
        "note": [None] * 2,
    }


def test_every_column_of_the_summary(tiny):
    table = ma.roster_summary(tiny)
    assert table.index.tolist() == list(range(4))
    assert plain(table) == {
        "body_id": ["old", "club", "new", "bare"],
        "body": ["The old body", "The club body", "The new body", "The bare body"],
        "body_short": ["The old body", "The club body", "New", "The bare body"],
        "type": ["industry_committee"] * 4,
        "type_label": ["industry committee"] * 4,
        "status": ["active", "active", "in_preparation", "active"],
        "status_label": ["active", "active", "in preparation", "active"],
        "announced_on": [pd.Timestamp("2023-06-30"), None, None, None],
        "announced_members": [4, None, 9, 30],
        "announced_unit": ["organisations", None, None, "persons"],
        "known": [3, 2, 2, 0],
        "confirmed": [3, 2, 0, 0],
        "disputed": [1, 1, 0, 0],
        "unknown_members": [3, None, None, None],
        "reason": [
            "4 announced on 2023-06-30, less 1 named by then",
            "no number of members was announced, as far as known",
            "9 members were announced; whether persons or organisations is unknown",
            "30 persons were announced; one organisation may send several",
        ],
    }


def test_every_column_of_the_composition_by_type(tiny):
    table = ma.composition(tiny)
    assert table.index.tolist() == list(range(6))
    assert plain(table) == {
        "body_id": ["old", "old", "old", "club", "club", "new"],
        "body": [
            "The old body",
            "The old body",
            "The old body",
            "The club body",
            "The club body",
            "The new body",
        ],
        "body_short": [
            "The old body",
            "The old body",
            "The old body",
            "The club body",
            "The club body",
            "New",
        ],
        "code": ["company", "government", "academia", "academia", "company", "company"],
        "label": [
            "company",
            "government",
            "university or college",
            "university or college",
            "company",
            "company",
        ],
        "plural": [
            "companies",
            "government bodies",
            "universities and colleges",
            "universities and colleges",
            "companies",
            "companies",
        ],
        "count": [2, 1, 0, 1, 1, 2],
        "share_pct": [66.66666666666667, 33.333333333333336, 0, 50, 50, 100],
        "confirmed": [2, 1, 0, 1, 1, 0],
        "disputed": [0, 0, 1, 0, 1, 0],
        "known": [3, 3, 3, 2, 2, 2],
    }


def test_every_column_of_the_composition_by_role_of_one_body(tiny):
    table = ma.composition(tiny, by="role", body="old")
    assert table.index.tolist() == list(range(3))
    assert plain(table) == {
        "body_id": ["old"] * 3,
        "body": ["The old body"] * 3,
        "body_short": ["The old body"] * 3,
        "code": ["parent", "chair", "member"],
        "label": ["parent", "chair", "member"],
        "plural": ["parents", "chairs", "members"],
        "count": [1] * 3,
        "share_pct": [33.333333333333336] * 3,
        "confirmed": [1] * 3,
        "disputed": [0, 0, 1],
        "known": [3] * 3,
    }


def test_every_column_of_the_composition_by_sector(tiny):
    table = ma.composition(tiny, by="sector")
    assert table.index.tolist() == list(range(7))
    assert plain(table) == {
        "body_id": ["old", "old", "old", "club", "club", "new", "new"],
        "body": [
            "The old body",
            "The old body",
            "The old body",
            "The club body",
            "The club body",
            "The new body",
            "The new body",
        ],
        "body_short": [
            "The old body",
            "The old body",
            "The old body",
            "The club body",
            "The club body",
            "New",
            "New",
        ],
        "code": ["blockchain", "standards", None, "blockchain", None, "research", "blockchain"],
        "label": [
            "blockchain",
            "standards",
            "not known",
            "blockchain",
            "not known",
            "research",
            "blockchain",
        ],
        "plural": [
            "blockchain organisations",
            "standards bodies",
            "not known",
            "blockchain organisations",
            "not known",
            "science bodies",
            "blockchain organisations",
        ],
        "count": [2, 1, 0, 0, 2, 1, 1],
        "share_pct": [66.66666666666667, 33.333333333333336, 0, 0, 100, 50, 50],
        "confirmed": [2, 1, 0, 0, 2, 0, 0],
        "disputed": [0, 0, 1, 1, 0, 0, 0],
        "known": [3, 3, 3, 2, 2, 2, 2],
    }


def test_every_column_of_the_shared_members(tiny):
    table = ma.shared_members(tiny)
    assert table.index.tolist() == list(range(1))
    assert plain(table) == {
        "organisation_id": ["zeta"],
        "organisation": ["Zeta"],
        "type": ["company"],
        "type_label": ["company"],
        "sector": ["blockchain"],
        "sector_label": ["blockchain"],
        "n_bodies": [2],
        "n_confirmed": [1],
        "body_ids": ["old;new"],
        "unconfirmed_in": ["new"],
        "disputed_in": ["club"],
        "parts": [None],
    }


def test_every_column_of_the_shared_members_by_group(tiny):
    table = ma.shared_members(tiny, groups=True)
    assert table.index.tolist() == list(range(2))
    assert plain(table) == {
        "organisation_id": ["alpha", "zeta"],
        "organisation": ["Alpha", "Zeta"],
        "type": ["company"] * 2,
        "type_label": ["company"] * 2,
        "sector": ["blockchain"] * 2,
        "sector_label": ["blockchain"] * 2,
        "n_bodies": [3, 2],
        "n_confirmed": [2, 1],
        "body_ids": ["old;new;club", "old;new"],
        "unconfirmed_in": ["new"] * 2,
        "disputed_in": [None, "club"],
        "parts": ["alpha-lab;alpha-lab-north", None],
    }


def test_every_column_of_the_shared_seats(tiny):
    table = ma.shared_seats(tiny)
    assert table.index.tolist() == list(range(3))
    assert plain(table) == {
        "organisation_id": ["zeta"] * 3,
        "organisation": ["Zeta"] * 3,
        "n_bodies": [2] * 3,
        "body_id": ["new", "old", "club"],
        "body": ["The new body", "The old body", "The club body"],
        "body_short": ["New", "The old body", "The club body"],
        "n_shared": [1, 1, 0],
        "role": ["member"] * 3,
        "role_label": ["member"] * 3,
        "standing": ["member, body in preparation", "member", "disputed"],
        "confirmed": [False, True, False],
        "disputed": [False, False, True],
        "source_ids": ["s1"] * 3,
    }


def test_every_column_of_the_common_members(tiny):
    table = ma.common_members(tiny)
    assert table.index.tolist() == ["old", "new", "club", "bare"]
    assert plain(table) == {
        "old": [3, 1, 0, 0],
        "new": [1, 2, 0, 0],
        "club": [0, 0, 2, 0],
        "bare": [0] * 4,
    }


def test_every_column_of_the_common_members_by_group(tiny):
    table = ma.common_members(tiny, groups=True)
    assert table.index.tolist() == ["old", "new", "club", "bare"]
    assert plain(table) == {
        "old": [3, 2, 1, 0],
        "new": [2, 2, 1, 0],
        "club": [1, 1, 2, 0],
        "bare": [0] * 4,
    }
