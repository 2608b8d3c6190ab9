"""Five documents of three places and a country, with instruments used, restricted and dropped."""

import pandas as pd
from made_up_policies import document, made_up, use

import metaverse_analysis as ma


def tables() -> ma.Dataset:
    documents = [
        document("cn-plan", "2023-09-08", place_id="CN"),
        document("a-draft", "2023-08-16", status="draft", place_id="CN-SC-chengdu"),
        document("a", "2023-09", place_id="CN-SC-chengdu"),
        document("b", "2022-07-08", place_id="CN-SD"),
        document("k", None, place_id="KR-11"),
    ]
    uses = [
        use("subsidy", "a-draft"),
        use("subsidy", "a", stance="regulate"),
        use("fund", "a"),
        use("subsidy", "b", source_ids="s1;s2"),
        use("subsidy", "b", instrument_id="b--subsidy--2", stance="restrict"),
        use("talent", "b", dropped=True, stance=None),
        use("standards", "cn-plan"),
        use("talent", "k"),
    ]
    return made_up(policy_documents=documents, policy_instruments=uses)


def used(matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix without the instruments that nobody uses."""
    return matrix.loc[:, (matrix != 0).any()]


ROLLED_UP = {"level": "province", "roll_up": True, "country": None}
BY_GROUP = {"by": "document", "group": True, "country": None}
CASES = {
    "instruments/instrument_uses": lambda ds: ma.instrument_uses(ds, country=None),
    "instruments/instrument_uses_rolled_up": lambda ds: ma.instrument_uses(
        ds, level="province", country="CN", roll_up=True
    ),
    "instruments/instrument_uses_inside": lambda ds: ma.instrument_uses(
        ds, place=["Sichuan", "KR-11"], instrument=["subsidy", "talent"], country=None
    ),
    "instruments/instrument_counts": lambda ds: ma.instrument_counts(ds, **ROLLED_UP),
    "instruments/instrument_counts_by_group": lambda ds: ma.instrument_counts(
        ds, by="instrument", group=True, count="families", country=None
    ),
    "instruments/instrument_counts_by_group_and_document": lambda ds: ma.instrument_counts(ds, **BY_GROUP),
    "instruments/instrument_matrix": lambda ds: used(ma.instrument_matrix(ds, **ROLLED_UP)),
    "instruments/instrument_matrix_by_group_and_document": lambda ds: ma.instrument_matrix(ds, **BY_GROUP),
    "instruments/instrument_matrix_of_families": lambda ds: used(
        ma.instrument_matrix(ds, count="families", country=None)
    ),
    "instruments/instrument_counts_by_instrument": lambda ds: (
        ma.instrument_counts(ds, by="instrument", country=None).query("documents > 0").reset_index(drop=True)
    ),
    "panel/panel": lambda ds: ma.panel(ds, country=None),
}
