"""The schema's words for codes."""

import pandas as pd
from pandas.testing import assert_series_equal

from metaverse_analysis.tables.schema import read_schema


def test_labels_are_the_schemas_words_and_a_missing_code_stays_missing() -> None:
    codes = pd.Series(["metaverse_core", None, "vr_xr"], index=[5, 5, 2], name="scope", dtype="str")
    found = read_schema().labels("regional_targets", "scope", codes)
    words = ["core metaverse industry", None, "VR/XR"]
    assert_series_equal(found, pd.Series(words, index=[5, 5, 2], name="scope", dtype="str"))


def test_a_code_that_the_schema_has_no_words_for_is_spelt_out() -> None:
    found = read_schema().labels("regional_targets", "scope", pd.Series(["green_hydrogen"], dtype="category"))
    assert_series_equal(found, pd.Series(["green hydrogen"], dtype="str"))
