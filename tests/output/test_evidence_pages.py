"""The rows of the report's tables of targets, in words."""

from metaverse_analysis.output.addresses import Addresses
from metaverse_analysis.output.evidence_pages import Evidence
from metaverse_analysis.output.row_words import RowWords


def test_amounts_say_what_they_are_per_and_dollars_keep_their_hedge(ds):
    pages = Evidence(ds, RowWords(ds, Addresses(ds)))
    cells = {row["key"]: row["cells"] for group in pages.targets()["groups"] for row in group["rows"]}
    amount, dollars = 1, 6
    said = {key: (cells[key][amount], cells[key][dollars]) for key in cells}
    assert said["cn-gd-nansha-2022-annual-rd"] == (
        "100 million yuan a year",
        "about $14.8 million at 6.75 (25 July 2022)",
    )
    assert said["cn-sh-invest-subsidy-cap"][0] == "up to 20 million yuan per project"
    assert said["cn-sh-invest-subsidy-cap"][1].startswith("up to $2.89 million at ")
    assert said["cn-cq-2023-parks"] == ("2 to 3 parks", "")
