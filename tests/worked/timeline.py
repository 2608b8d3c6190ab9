"""Documents and events of every precision, one event that tells of a document."""

from functools import partial

from made_up_policies import document, event, made_up

import metaverse_analysis as ma


def tables() -> ma.Dataset:
    documents = [
        document("cn-plan", "2023-09-08", place_id="CN", source_ids="s1;s2"),
        document("a-draft", "2023-08-16", status="draft"),
        document("a", "2023-09", title_en="The final", issuer_en="An office"),
        document("b", None, place_id="CN-SD", is_metaverse_specific=False),
        document("c", "2022", place_id="KR-11", doc_type="park_project"),
    ]
    events = [
        event(
            "told",
            "2023-09-20",
            document_id="a",
            event_type="document_issued",
            place_id="CN-SC",
            actors="Somebody",
        ),
        event("world", "2022-03-01", source_ids="s3"),
    ]
    return made_up(policy_documents=documents, events=events)


CASES = {"policies/policy_timeline": partial(ma.policy_timeline, country=None)}
