"""Four provinces before and after the plan of their country: a draft, a month, no date."""

import pandas as pd
from made_up_policies import document, made_up

import metaverse_analysis as ma


def tables() -> ma.Dataset:
    documents = [
        document("cn-plan", "2023-09-08", place_id="CN"),
        document("a-draft", "2023-08-16", status="draft", source_ids="s2"),
        document("a", "2023-09", title_en="The final"),
        document("b", "2022-07-08", place_id="CN-SD"),
        document("c", None, place_id="CN-HN"),
    ]
    return made_up(policy_documents=documents)


def adoption(ds: ma.Dataset) -> pd.DataFrame:
    """Without what depends on how many places were searched."""
    return ma.adoption(ds, level="province").drop(columns=["searched", "share_pct"])


CASES = {"policies/adoption": adoption}
