"""What lies in what."""

import pandas as pd
import pytest

from metaverse_analysis.tables.places import ancestors


def test_ancestors_by_hand():
    places = pd.DataFrame({"place_id": ["x", "b", "a", "c"], "parent_id": [None, "a", "x", "b"]}, dtype="str")
    assert ancestors(places).values.tolist() == [
        ["b", "a", 1],
        ["b", "x", 2],
        ["a", "x", 1],
        ["c", "b", 1],
        ["c", "a", 2],
        ["c", "x", 3],
    ]
    assert len(ancestors(places[:1])) == len(ancestors(places[:0])) == 0
    assert list(ancestors(places[:0])) == ["place_id", "ancestor_id", "distance"]


def test_a_parent_that_is_not_there_is_the_last_ancestor():
    places = pd.DataFrame({"place_id": ["a", "b"], "parent_id": ["gone", "a"]}, dtype="str")
    assert ancestors(places).values.tolist() == [["a", "gone", 1], ["b", "a", 1], ["b", "gone", 2]]


def test_places_that_lead_back_to_themselves_are_an_error():
    places = pd.DataFrame({"place_id": ["a", "b"], "parent_id": ["b", "a"]}, dtype="str")
    with pytest.raises(ValueError, match="lead back"):
        ancestors(places)
