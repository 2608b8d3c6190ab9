"""What a published number of policies is beside ours, at the borders."""

import pandas as pd
import pytest
from real_rows import only, rows_like

import metaverse_analysis as ma
from metaverse_analysis.measures.policy_counts import NEEDED, _words


@pytest.mark.parametrize(
    ("low", "high", "published", "words"),
    [
        (2, 2, 2.0, "2 published, 2 here: the published number lies in that range"),
        (2, 4, 2.0, "2 published, 2 to 4 here: the published number lies in that range"),
        (2, 4, 4.0, "4 published, 2 to 4 here: the published number lies in that range"),
        (2, 4, 5.0, "5 published, 2 to 4 here: at least 1 are missing here"),
        (2, 4, 1.0, "1 published, 2 to 4 here: at least 1 more than were counted"),
        (0, 0, 114.0, "114 published, 0 here: at least 114 are missing here"),
    ],
)
def test_a_number_beside_ours(low, high, published, words):
    assert _words({"ours_low": low, "ours_high": high, "published_count": published}) == words


def test_a_rule_that_leaves_something_unsaid():
    names = list(NEEDED)
    assert _words({}) == f"can't be reproduced: its rule doesn't say {' and '.join(NEEDED.values())}"
    assert _words({names[0]: "x"}) == (
        f"can't be reproduced: its rule doesn't say {' and '.join(list(NEEDED.values())[1:])}"
    )


class TestPolicyCounts:
    def documents(self, ds, *changes):
        one = ds.policy_documents[ds.policy_documents.document_id == "cn-sc-2023-metaverse-action-plan"]
        rows = [
            {"document_id": f"d{i}", "family_id": f"f{i}", "issued_date": "2022-06-01"} | change
            for i, change in enumerate(changes)
        ]
        return rows_like(one, *rows)

    def count(self, ds, documents, **rule):
        rule_row = ds.policy_count_rules[
            ds.policy_count_rules.outcome_id == "cn-2022-policy-count-18-policies"
        ]
        told = {"counted_from": None, "counted_to": "2022-11-30", "levels": "province;city;district"}
        told |= {"subject": "metaverse_specific", "drafts": "out"}
        told |= {"municipalities_as": "city", "unit_counted": "policies"}
        ours = only(
            ds,
            policy_documents=documents,
            policy_count_rules=rows_like(rule_row, told | rule),
            outcomes=ds.outcomes[ds.outcomes.outcome_id == rule_row.outcome_id.iloc[0]],
        )
        row = ma.published_counts(ours).iloc[0]
        return [None if pd.isna(number) else int(number) for number in (row.ours_low, row.ours_high)]

    @pytest.mark.parametrize(
        ("change", "rule", "expected"),
        [
            ({}, {}, (1, 1)),
            ({"issued_date": "2022-12-01"}, {}, (0, 0)),
            ({"issued_date": "2022"}, {}, (0, 1)),
            ({"issued_date": None, "consultation_date": None}, {}, (0, 1)),
            ({"issued_date": "2022-11-15"}, {"counted_to": "2022-11"}, (0, 1)),
            ({"issued_date": "2022-10-31"}, {"counted_to": "2022-11"}, (1, 1)),
            ({}, {"counted_from": "2022-07"}, (0, 0)),
            ({"is_metaverse_specific": False}, {}, (0, 0)),
            ({"is_metaverse_specific": False}, {"subject": "any_support"}, (1, 1)),
            ({"is_metaverse_specific": False}, {"subject": "unknown"}, (0, 1)),
            ({}, {"levels": "city"}, (0, 0)),
            ({"place_id": "CN-SH"}, {"levels": "city"}, (1, 1)),
            ({"place_id": "CN-SH"}, {"levels": "city", "municipalities_as": "province"}, (0, 0)),
            ({"place_id": "CN-SH"}, {"levels": "city", "municipalities_as": "unknown"}, (0, 1)),
            ({"place_id": "CN-SH"}, {"levels": "city;province", "municipalities_as": "unknown"}, (1, 1)),
            ({"place_id": "CN-SH-lingang"}, {"levels": "district"}, (1, 1)),
            ({"place_id": "CN"}, {}, (0, 0)),
            ({"place_id": "KR-11"}, {}, (0, 0)),
            ({"status": "announced"}, {}, (0, 1)),
            ({"status": "draft"}, {}, (0, 0)),
            ({"status": "draft"}, {"drafts": "in"}, (1, 1)),
            ({"status": "draft"}, {"drafts": "unknown"}, (0, 1)),
            ({"doc_type": "park_project"}, {}, (0, 0)),
            ({"issuer_kind": "association"}, {}, (0, 0)),
            ({}, {"counted_to": None}, (None, None)),
            ({}, {"levels": None}, (None, None)),
        ],
    )
    def test_one_document_under_a_rule(self, ds, change, rule, expected):
        assert self.count(ds, self.documents(ds, change), **rule) == list(expected)

    def test_versions_count_once_and_places_once(self, ds):
        versions = self.documents(ds, {"family_id": "f"}, {"family_id": "f", "status": "draft"}, {})
        assert self.count(ds, versions, drafts="in") == [2, 2]
        assert self.count(ds, versions, unit_counted="places") == [1, 1]

    def test_the_published_counts(self, ds):
        found = ma.published_counts(ds)
        assert set(found.outcome_id) == set(ds.outcomes.outcome_id[ds.outcomes.indicator == "policy_count"])
        known = found[found.ours_low.notna()]
        assert (known.ours_low <= known.ours_high).all()
        assert (known.missing_low == known.published_count - known.ours_high).all()
        assert found.comparison.str.contains("can't be reproduced").equals(found.ours_low.isna())

    def test_an_empty_folder(self, ds):
        assert ma.published_counts(only(ds)).empty
