"""A draft and its final that differ in every way, and a draft without a final."""

from made_up_policies import document, made_up, target, use

import metaverse_analysis as ma


def tables() -> ma.Dataset:
    documents = [
        document("b-draft", "2022-01", status="draft", place_id="CN-SD"),
        document("a-draft", "2023-08-16", status="draft", source_ids="s1"),
        document("a", "2023-09-15", title_en="The final", source_ids="s2;s3"),
    ]
    targets = [
        target("t1", "a-draft", words_zh="企业"),
        target("t2", "a-draft", indicator="platforms", value=5.0, unit="platforms", qualifier="at_least"),
        target("t3", "a-draft", indicator="labs", value=1.0, value_max=3.0, unit="labs", qualifier="range"),
        target("t4", "a", words_zh="企业"),
        target("t5", "a", indicator="platforms", value=6000.0, unit="platforms", qualifier="over"),
        target("t6", "a", indicator="patents", value=7.0, unit="patents", target_year=None),
        target("t7", "b-draft"),
    ]
    uses = [
        use("subsidy", "a-draft"),
        use("fund", "a-draft"),
        use("fund", "a-draft", instrument_id="a-draft--fund--2", stance="restrict", detail="more"),
        use("nft_digital_collectibles", "a-draft"),
        use("subsidy", "a", stance="restrict"),
        use("talent", "a"),
        use("nft_digital_collectibles", "a", dropped=True, stance=None, detail="the line is gone"),
    ]
    return made_up(policy_documents=documents, regional_targets=targets, policy_instruments=uses)


CASES = {"revisions/revisions": ma.revisions, "revisions/revision_details": ma.revision_details}
