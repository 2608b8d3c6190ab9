"""Members of several bodies: groups, namesakes, double seats."""

from rosters import body, organisation, seat

import metaverse_analysis as ma

FOLDER = {
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


CASES = {
    "shared_members/shared_members": ma.shared_members,
    "shared_members/shared_members_by_group": lambda ds: ma.shared_members(ds, groups=True),
    "shared_members/shared_seats": ma.shared_seats,
    "shared_members/shared_seats_by_group": lambda ds: ma.shared_seats(ds, groups=True),
}
