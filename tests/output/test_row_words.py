"""The cells of the tables in words and links; what a text holds stays text."""

import pytest
from hydrogen import write_hydrogen

import metaverse_analysis as ma
from metaverse_analysis.output.addresses import Addresses
from metaverse_analysis.output.row_words import RowWords


@pytest.fixture(scope="module")
def words():
    ds = ma.load()
    return RowWords(ds, Addresses(ds))


@pytest.mark.parametrize(
    ("table", "key", "name"),
    [
        ("places", "CN-SC", "Sichuan"),
        ("sources", "mpost-2024-01-19-wg", "Metaverse Post"),
        ("regional_targets", "cn-sc-2023-final-market-scale",
         "250 billion yuan, metaverse-related industries, Sichuan, 2025"),
        ("policy_instruments", "cn-2023-metaverse-three-year-action-plan--industrial_park",
         "parks and clusters, 3-5 industry clusters, Three-Year Action Plan for the Innovative Development of the "
         "Metaverse Industry (2023-2025)"),
        ("press_figures", "cn-2022-ccia-fund--tech360-tv", "$148.7 million, tech360.tv, 1 billion yuan, fund, China"),
        ("places", "no-such-place", "no-such-place"),
    ],
)  # fmt: skip
def test_a_row_has_a_name(words, table, key, name):
    assert words.name(table, key) == name


def test_a_table_has_the_columns_that_any_row_fills_and_amounts_as_one_cell(words):
    table = words.table("outcomes")
    heads = [column["title"] for column in table["columns"]]
    assert "Value" in heads and not {"Unit", "Qualifier", "Outcome"} & set(heads)
    row = next(row for row in table["rows"] if row["id"] == "ae-du-2022-all-firms-1000-firms")
    assert "over 1,000 firms" in row["cells"]
    assert '<a href="~/places/ae-du.html">Dubai</a>' in row["cells"]


def test_what_is_text_stays_text(tmp_path):
    ds = ma.load(write_hydrogen(tmp_path))
    bad = '"><script>alert(1)</script>'
    ds = ds.with_tables(places=ds.places.assign(name_en=bad))
    words = RowWords(ds, Addresses(ds))
    assert words.link("places", "north") == (
        '<a href="~/places/north.html">&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</a>'
    )
