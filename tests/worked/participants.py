"""Four bodies of every kind, and who is named as a member of them."""

from rosters import body, organisation, seat

import metaverse_analysis as ma

FOLDER = {
    "participants": [
        organisation("ministry", "government", sector="standards"),
        organisation("zeta", sector="blockchain"),
        organisation("alpha", sector="blockchain"),
        organisation("alpha-lab", parent_organisation_id="alpha", sector="research"),
        organisation("alpha-lab-north", parent_organisation_id="alpha-lab"),
        organisation("college", "academia"),
    ],
    "bodies": [
        body("old", announced_members="4", announced_members_unit="organisations", announced_on="2023-06-30"),
        body("new", "in_preparation", succeeds_body_id="old", announced_members="9", short_name="New"),
        body("club"),
        body("bare", announced_members="30", announced_members_unit="persons"),
    ],
    "memberships": [
        seat("zeta", "old", named_on="2023-07"),
        seat("ministry", "old", "parent"),
        seat("alpha", "old", "chair", representative="Ann Example"),
        seat("college", "old", status="disputed"),
        seat("zeta", "new"),
        seat("alpha-lab", "new", status="listed"),
        seat("alpha-lab-north", "club", status="founding"),
        seat("college", "club"),
        seat("zeta", "club", status="disputed"),
    ],
}


CASES = {
    "participants/roster": lambda ds: ma.roster(ds, body="old"),
    "participants/roster_in_preparation": lambda ds: ma.roster(ds, body="New"),
    "participants/bodies_known": ma.bodies_known,
    "participants/composition_by_type": ma.composition,
    "participants/composition_by_role": lambda ds: ma.composition(ds, by="role", body="old"),
    "participants/composition_by_sector": lambda ds: ma.composition(ds, by="sector"),
    "participants/shared_members": ma.shared_members,
    "participants/shared_members_by_group": lambda ds: ma.shared_members(ds, groups=True),
    "participants/shared_seats": ma.shared_seats,
}
