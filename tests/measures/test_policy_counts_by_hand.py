"""What a published number of policies is beside ours, at the borders."""

import pytest

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
    assert _words({"ours_low": low, "ours_high": high, "published": published}) == words


def test_a_rule_that_leaves_something_unsaid():
    names = list(NEEDED)
    assert _words({}) == f"can't be reproduced: its rule doesn't say {' and '.join(NEEDED.values())}"
    assert _words({names[0]: "x"}) == (
        f"can't be reproduced: its rule doesn't say {' and '.join(list(NEEDED.values())[1:])}"
    )
