"""Who sits at the table: the seed's facts, hand-worked bodies, margins, and rows found through their source.

Bodies and their members: every column of every table, worked by hand on four small bodies.
"""

import pandas as pd
import pytest
from rosters import ARTICLE, COMMITTEE, TINY, WORKING_GROUP, body
from tiny import load_rows, plain

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def empty(ds) -> ma.Dataset:
    return ds.with_tables(**{name: ds[name].iloc[:0] for name in ds.tables})


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("bodies") / "tables", TINY)


def test_working_group_has_the_six_companies_and_the_ministry_in_the_chair(ds):
    found = ma.roster(ds, body="MIIT working group").set_index("organisation_id")
    six = found.loc[["huawei", "ant-group", "tencent", "baidu", "netease", "sensetime"]]
    assert (six.role == "member").all()
    assert six.source_ids.str.contains(ARTICLE).all()
    assert found.index[0] == "miit" and found.role.iloc[0] == "chair"
    assert found.representative["miit"] == "Fan Shujian"
    assert set(found.standing) == {"listed, not confirmed"} and not found.confirmed.any()


def test_working_group_of_sixty_persons_leaves_the_rest_unknown(ds):
    found = ma.roster_summary(ds).set_index("body_id").loc[WORKING_GROUP]
    assert (found.announced_members, found.announced_unit, found.known) == (60, "persons", 14)
    assert pd.isna(found.unknown_members) and "persons" in found.reason
    assert (found.status_label, found.confirmed) == ("listed for comment", 0)


def test_every_body_s_margins_equal_the_table(ds):
    rows = ds.memberships.groupby("body_id").size()
    for by in ("type", "sector", "role"):
        found = ma.composition(ds, by=by)
        counted = found.groupby("body_id")[["count", "disputed"]].sum().sum(axis=1)
        assert counted.to_dict() == rows.to_dict()
        assert found.groupby("body_id").share_pct.sum().round(9).eq(100).all()
        assert (found.confirmed <= found["count"]).all()
    summary = ma.roster_summary(ds).set_index("body_id")
    assert (summary.known + summary.disputed).to_dict() == rows.reindex(summary.index).to_dict()
    rosters = pd.concat([ma.roster(ds, body=key) for key in rows.index])
    assert sorted(rosters.membership_id) == sorted(ds.memberships.membership_id)


def test_blank_sector_is_counted_and_comes_last(ds):
    blank = ds.participants.set_index("organisation_id").sector.isna()
    expected = ds.memberships.organisation_id.map(blank).sum()
    found = ma.composition(ds, by="sector")
    assert found.loc[found.label == "not known", "count"].sum() == expected > 0
    assert found.groupby("body_id").label.apply(lambda words: "not known" not in words.tolist()[:-1]).all()


def test_common_members_agree_with_the_lists_of_shared_members(ds):
    table = ma.common_members(ds)
    assert (table.to_numpy() == table.to_numpy().T).all()
    own = ma.roster_summary(ds).set_index("body_id").known
    assert {key: table.loc[key, key].item() for key in table.index} == own.to_dict()
    shared = ma.shared_members(ds)
    pairs = sum(n * (n - 1) for n in shared.n_bodies)
    assert table.to_numpy().sum() - own.sum() == pairs
    seats = ma.shared_seats(ds)
    assert seats[~seats.disputed].groupby("organisation_id").size().to_dict() == dict(
        zip(shared.organisation_id, shared.n_bodies, strict=True)
    )


def test_roster_is_ordered_by_role_then_name(tiny):
    found = ma.roster(tiny, body="old")
    assert found.organisation_id.tolist() == ["ministry", "alpha", "college", "zeta"]
    assert found.role_label.tolist() == ["parent", "chair", "member", "member"]
    assert found.standing.tolist() == ["member", "member", "disputed", "member"]
    assert found.confirmed.tolist() == [True, True, False, True]
    assert found.named_on.tolist() == ["2023-05", "2023-05", "2023-05", "2023-07"]
    assert set(found.named_on_precision) == {"month"}
    assert found.sector_label.tolist() == ["standards", "blockchain", "not known", "blockchain"]


def test_no_member_of_a_body_that_is_not_set_up_is_confirmed(tiny):
    found = ma.roster(tiny, body="NEW").set_index("organisation_id")
    assert found.standing.to_dict() == {
        "alpha-lab": "listed, not confirmed",
        "zeta": "member, body in preparation",
    }
    assert not found.confirmed.any()


def test_unknown_members_are_reckoned_only_where_both_count_organisations(tiny):
    found = ma.roster_summary(tiny).set_index("body_id")
    # Of old's four announced on 30 June: alpha is one. The ministry is above it, zeta was named in July, and the
    # college is disputed.
    assert found.unknown_members["old"] == 3
    assert (found.known["old"], found.disputed["old"]) == (3, 1)
    assert found.unknown_members.drop("old").isna().all()
    assert "persons" in found.reason["bare"] and found.known["bare"] == 0
    assert "whether persons or organisations" in found.reason["new"]
    assert "no number" in found.reason["club"]


def test_more_named_than_announced_is_said_and_not_reckoned(tmp_path):
    few = {**TINY["bodies"][0], "announced_members": "1", "announced_on": "2024-01-01"}
    ds = load_rows(tmp_path / "tables", TINY | {"bodies": [few, *TINY["bodies"][1:]]})
    found = ma.roster_summary(ds).set_index("body_id").loc["old"]
    assert pd.isna(found.unknown_members)
    assert found.reason == "2 organisations are named, more than the 1 announced"


def test_composition_keeps_the_disputed_apart(tiny):
    found = ma.composition(tiny, by="type", body="old").set_index("label")
    assert found["count"].to_dict() == {"company": 2, "government": 1, "university or college": 0}
    assert found.disputed.to_dict() == {"company": 0, "government": 0, "university or college": 1}
    assert found.share_pct.round(1).to_dict()["company"] == 66.7
    assert set(found.known) == {3}


def test_composition_by_role_follows_the_schema_among_equals(tiny):
    assert ma.composition(tiny, by="role", body="old").code.tolist() == ["parent", "chair", "member"]


def test_shared_members_leave_the_disputed_out(tiny):
    found = ma.shared_members(tiny).set_index("organisation_id")
    assert found.n_bodies.to_dict() == {"zeta": 2}
    assert found.body_ids["zeta"] == "old;new"
    assert (found.unconfirmed_in["zeta"], found.disputed_in["zeta"]) == ("new", "club")
    assert found.n_confirmed["zeta"] == 1
    assert ma.disputed_members(tiny).organisation_id.tolist() == ["zeta", "college"]
    seats = ma.shared_seats(tiny)
    assert seats[["body_id", "disputed"]].values.tolist() == [["new", False], ["old", False], ["club", True]]


def test_groups_count_once_only_when_asked(tiny):
    apart, together = ma.common_members(tiny), ma.common_members(tiny, groups=True)
    assert apart.loc["old", "new"] == 1 and together.loc["old", "new"] == 2  # zeta; and alpha with its lab
    assert apart.loc["old", "club"] == 0 and together.loc["old", "club"] == 1
    found = ma.shared_members(tiny, groups=True).set_index("organisation_id")
    assert found.n_bodies.to_dict() == {"alpha": 3, "zeta": 2}
    assert found.parts["alpha"] == "alpha-lab;alpha-lab-north"
    assert found.type_label["alpha"] == "company" and found.sector_label["alpha"] == "blockchain"
    assert pd.isna(found.parts["zeta"])


def test_parents_that_lead_in_a_circle_are_told(tiny):
    circle = tiny.participants.assign(
        parent_organisation_id=tiny.participants.organisation_id.to_numpy()[::-1]
    )
    with pytest.raises(ValueError, match="leads back to itself"):
        ma.shared_members(tiny.with_tables(participants=circle), groups=True)


@pytest.mark.parametrize(
    "name", [WORKING_GROUP, "miit working group", "MIIT Metaverse Standardisation Working Group"]
)
def test_a_body_is_found_by_any_of_its_names(ds, name):
    assert ma.find_body(ds, name) == WORKING_GROUP


def test_a_body_is_found_by_its_chinese_name(ds):
    name = ds.bodies.set_index("body_id").name_zh[COMMITTEE]
    assert ma.find_body(ds, name) == COMMITTEE


@pytest.mark.parametrize("name", ["MIIT workin group", "standardisation working"])
def test_a_near_miss_is_hinted(ds, name):
    with pytest.raises(ValueError, match=f"no body is called .*Did you mean .*{WORKING_GROUP}"):
        ma.roster(ds, body=name)


@pytest.mark.parametrize(
    ("name", "says"), [("qqq", "ds.bodies lists"), (" ", "id or name"), (3, "id or name")]
)
def test_an_unknown_body_is_an_error(ds, name, says):
    with pytest.raises(ValueError, match=says):
        ma.find_body(ds, name)


def test_a_name_of_two_bodies_asks_for_the_id(tmp_path):
    twins = [body("one", short_name="the two body"), body("two")]
    ds = load_rows(tmp_path / "tables", {"bodies": twins})
    with pytest.raises(ValueError, match="may be one, two"):
        ma.find_body(ds, "The two body")


def test_by_is_one_of_three(ds):
    with pytest.raises(ValueError, match="by: 'size' is none of type, sector, role"):
        ma.composition(ds, by="size")


def test_empty_tables_give_empty_results_of_the_same_shape(ds, empty):
    for measure in (
        ma.disputed_members,
        ma.roster_summary,
        ma.composition,
        ma.shared_members,
        ma.shared_seats,
    ):
        found = measure(empty)
        assert len(found) == 0 and found.dtypes.equals(measure(ds).dtypes), measure.__name__
    assert ma.standards_trail(empty).dtypes.equals(ma.standards_trail(ds).dtypes)
    assert ma.common_members(empty).empty and ma.shared_members(empty, groups=True).empty


def test_measures_leave_their_input_alone(ds):
    before = {name: ds[name].copy() for name in ("memberships", "bodies", "participants", "events")}
    ma.shared_members(ds, groups=True)
    ma.composition(ds)
    ma.standards_trail(ds)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(ds[name], frame)


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
