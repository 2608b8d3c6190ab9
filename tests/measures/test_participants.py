"""Who sits at the table: the seed's facts, hand-worked bodies, margins, and rows found through their source."""

import pandas as pd
import pytest
from rosters import ARTICLE, COMMITTEE, WORKING_GROUP, body
from tiny import load_rows
from worked.participants import FOLDER

import metaverse_analysis as ma
from metaverse_analysis.measures.participants import find_body


@pytest.fixture(scope="module")
def empty(ds) -> ma.Dataset:
    return ds.with_tables(**{name: ds[name].iloc[:0] for name in ds.tables})


@pytest.fixture(scope="module")
def tiny(worked) -> ma.Dataset:
    return worked("participants")


def test_working_group_has_the_six_companies_and_the_ministry_in_the_chair(ds):
    found = ma.roster(ds, body="MIIT working group").set_index("organisation_id")
    six = found.loc[["huawei", "ant-group", "tencent", "baidu", "netease", "sensetime"]]
    assert (six.role == "member").all()
    assert six.source_ids.str.contains(ARTICLE).all()
    assert found.index[0] == "miit" and found.role.iloc[0] == "chair"
    assert found.representative["miit"] == "Fan Shujian"
    assert set(found.certainty) == {"listed, not confirmed"} and not found.confirmed.any()


def test_working_group_of_sixty_persons_leaves_the_rest_unknown(ds):
    found = ma.bodies_known(ds).set_index("body_id").loc[WORKING_GROUP]
    assert (found.announced_members, found.announced_members_unit, found.members_known) == (60, "persons", 14)
    assert pd.isna(found.unknown_members) and "persons" in found.reason
    assert (found.body_status_label, found.members_confirmed) == ("listed for comment", 0)


def test_every_body_s_margins_equal_the_table(ds):
    rows = ds.memberships.groupby("body_id").size()
    for by in ("type", "sector", "role"):
        found = ma.composition(ds, by=by)
        counted = found.groupby("body_id")[["count", "members_disputed"]].sum().sum(axis=1)
        assert counted.to_dict() == rows.to_dict()
        assert found.groupby("body_id").share_pct.sum().round(9).eq(100).all()
        assert (found.members_confirmed <= found["count"]).all()
    summary = ma.bodies_known(ds).set_index("body_id")
    assert (summary.members_known + summary.members_disputed).to_dict() == rows.reindex(
        summary.index
    ).to_dict()
    rosters = pd.concat([ma.roster(ds, body=key) for key in rows.index])
    assert sorted(rosters.membership_id) == sorted(ds.memberships.membership_id)


def test_blank_sector_is_counted_and_comes_last(ds):
    blank = ds.participants.set_index("organisation_id").sector.isna()
    expected = ds.memberships.organisation_id.map(blank).sum()
    found = ma.composition(ds, by="sector")
    assert found.loc[found.label == "not known", "count"].sum() == expected > 0
    assert found.groupby("body_id").label.apply(lambda words: "not known" not in words.tolist()[:-1]).all()


def test_the_seats_of_one_organisation_or_body(ds):
    every = ma.seats(ds)
    of_two = ma.seats(ds, organisation=["Tencent", "华为"])
    assert (
        of_two["membership_id"].tolist()
        == every["membership_id"][every["organisation_id"].isin(["tencent", "huawei"])].tolist()
    )
    assert ma.seats(ds, organisation="Tencent", body="CCIA committee")["body_short"].tolist() == [
        "CCIA committee"
    ]
    one = ma.roster(ds, body="MIIT working group", organisation="腾讯")
    assert one["organisation_id"].tolist() == ["tencent"]
    with pytest.raises(ValueError, match="no organisation is called 'Tencnt'. Did you mean Tencent Holdings"):
        ma.seats(ds, organisation="Tencnt")
    with pytest.raises(ValueError, match="no body is called 'MIIT'. Did you mean MIIT .*miit-metaverse-"):
        ma.roster(ds, body="MIIT")


def test_shared_seats_agree_with_the_lists_of_shared_members(ds):
    shared, seats = ma.shared_members(ds), ma.shared_seats(ds)
    assert seats[~seats.disputed].groupby("organisation_id").size().to_dict() == dict(
        zip(shared.organisation_id, shared.bodies, strict=True)
    )


def test_roster_is_ordered_by_role_then_name(tiny):
    found = ma.roster(tiny, body="old")
    assert found.organisation_id.tolist() == ["ministry", "alpha", "college", "zeta"]
    assert found.role_label.tolist() == ["parent", "chair", "member", "member"]
    assert found.certainty.tolist() == ["member", "member", "disputed", "member"]
    assert found.confirmed.tolist() == [True, True, False, True]
    assert found.named_on.tolist() == ["2023-05", "2023-05", "2023-05", "2023-07"]
    assert set(found.date_precision) == {"month"}
    assert found.sector_label.tolist() == ["standards", "blockchain", "not known", "blockchain"]


def test_no_member_of_a_body_that_is_not_set_up_is_confirmed(tiny):
    found = ma.roster(tiny, body="NEW").set_index("organisation_id")
    assert found.certainty.to_dict() == {
        "alpha-lab": "listed, not confirmed",
        "zeta": "member, body in preparation",
    }
    assert not found.confirmed.any()


def test_unknown_members_are_reckoned_only_where_both_count_organisations(tiny):
    found = ma.bodies_known(tiny).set_index("body_id")
    # Of old's four announced on 30 June: alpha is one. The ministry is above it, zeta was named in July, and the
    # college is disputed.
    assert found.unknown_members["old"] == 3
    assert (found.members_known["old"], found.members_disputed["old"]) == (3, 1)
    assert found.unknown_members.drop("old").isna().all()
    assert "persons" in found.reason["bare"] and found.members_known["bare"] == 0
    assert "whether persons or organisations" in found.reason["new"]
    assert "no number" in found.reason["club"]


def test_more_named_than_announced_is_said_and_not_reckoned(tmp_path):
    few = {**FOLDER["bodies"][0], "announced_members": "1", "announced_on": "2024-01-01"}
    ds = load_rows(tmp_path / "tables", FOLDER | {"bodies": [few, *FOLDER["bodies"][1:]]})
    found = ma.bodies_known(ds).set_index("body_id").loc["old"]
    assert pd.isna(found.unknown_members)
    assert found.reason == "2 organisations are named, more than the 1 announced"


def test_composition_keeps_the_disputed_apart(tiny):
    found = ma.composition(tiny, by="type", body="old").set_index("label")
    assert found["count"].to_dict() == {"company": 2, "government": 1, "university or college": 0}
    assert found.members_disputed.to_dict() == {"company": 0, "government": 0, "university or college": 1}
    assert found.share_pct.round(1).to_dict()["company"] == 66.7
    assert set(found.members_known) == {3}


def test_composition_by_role_follows_the_schema_among_equals(tiny):
    assert ma.composition(tiny, by="role", body="old").code.tolist() == ["parent", "chair", "member"]


def test_shared_members_leave_the_disputed_out(tiny):
    found = ma.shared_members(tiny).set_index("organisation_id")
    assert found.bodies.to_dict() == {"zeta": 2}
    assert found.body_ids["zeta"] == "new;old"
    assert (found.unconfirmed_in["zeta"], found.disputed_in["zeta"]) == ("new", "club")
    assert found.bodies_confirmed["zeta"] == 1
    disputed = ma.seats(tiny).query("disputed")
    assert sorted(disputed.organisation_id) == ["college", "zeta"]
    seats = ma.shared_seats(tiny)
    assert seats[["body_id", "disputed"]].values.tolist() == [["new", False], ["old", False], ["club", True]]


def test_groups_count_once_only_when_asked(tiny):
    found = ma.shared_members(tiny, groups=True).set_index("organisation_id")
    assert found.bodies.to_dict() == {"alpha": 3, "zeta": 2}
    assert found.parts["alpha"] == "alpha-lab-north;alpha-lab"
    assert found.organisation_type_label["alpha"] == "company" and found.sector_label["alpha"] == "blockchain"
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
    assert find_body(ds, name) == WORKING_GROUP


def test_a_body_is_found_by_its_chinese_name(ds):
    name = ds.bodies.set_index("body_id").name_zh[COMMITTEE]
    assert find_body(ds, name) == COMMITTEE


@pytest.mark.parametrize("name", ["MIIT workin group", "standardisation working"])
def test_a_near_miss_is_hinted(ds, name):
    with pytest.raises(ValueError, match=f"no body is called .*Did you mean .*{WORKING_GROUP}"):
        ma.roster(ds, body=name)


@pytest.mark.parametrize(
    ("name", "says"), [("qqq", "ds.bodies lists"), (" ", "id or name"), (3, "id or name")]
)
def test_an_unknown_body_is_an_error(ds, name, says):
    with pytest.raises(ValueError, match=says):
        find_body(ds, name)


def test_a_name_of_two_bodies_asks_for_the_id(tmp_path):
    twins = [body("one", short_name="the two body"), body("two")]
    ds = load_rows(tmp_path / "tables", {"bodies": twins})
    with pytest.raises(ValueError, match="may be one, two"):
        find_body(ds, "The two body")


def test_by_is_one_of_three(ds):
    with pytest.raises(ValueError, match="by: 'size' is none of type, sector, role"):
        ma.composition(ds, by="size")


def test_empty_tables_give_empty_results_of_the_same_shape(ds, empty):
    for measure in (
        ma.seats,
        ma.bodies_known,
        ma.composition,
        ma.shared_members,
        ma.shared_seats,
    ):
        found = measure(empty)
        assert len(found) == 0 and found.dtypes.equals(measure(ds).dtypes), measure.__name__
    assert ma.standards_trail(empty).dtypes.equals(ma.standards_trail(ds).dtypes)
    assert ma.shared_members(empty, groups=True).empty


def test_measures_leave_their_input_alone(ds):
    before = {name: ds[name].copy() for name in ("memberships", "bodies", "participants", "events")}
    ma.shared_members(ds, groups=True)
    ma.composition(ds)
    ma.standards_trail(ds)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(ds[name], frame)


def test_every_state_of_a_membership_is_counted_apart(ds):
    known = ma.bodies_known(ds).set_index("body_id")
    states = ["members_confirmed", "members_proposed", "members_listed", "members_named_once"]
    assert (known[states].sum(axis=1) == known["members_known"]).all()
    rows = ds.memberships.merge(ds.bodies[["body_id", "status"]], on="body_id")
    once = rows[rows["membership_status"] == "named"].groupby("body_id")["organisation_id"].nunique()
    assert known["members_named_once"].sum() == once.sum() > 0
    group = known.loc["miit-metaverse-standardisation-working-group"]
    assert group["members_listed"] == group["members_known"] and group["members_confirmed"] == 0


def test_members_of_a_body_that_ended_are_told_so(ds):
    seats = ma.seats(ds)
    ended = ds.bodies["body_id"][ds.bodies["status"] == "ended"]
    rows = seats[seats["body_id"].isin(ended) & seats["confirmed"]]
    assert len(rows) and rows["certainty"].str.endswith(", body ended").all()
    assert not seats["certainty"][~seats["body_id"].isin(ended)].str.contains("ended").any()
