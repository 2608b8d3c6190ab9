"""Where rows stand: every id leads to the page that has it, and what only looks like one stays text."""

import pytest
from hydrogen import write_hydrogen

import metaverse_analysis as ma
from metaverse_analysis.output.addresses import Addresses, anchor


@pytest.fixture(scope="module")
def addresses():
    return Addresses(ma.load())


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("CN-SC", "places/cn-sc.html"),
        ("CN-SC-chengdu", "places/cn-sc-chengdu.html"),
        ("cn-sc-2023-final-market-scale", "targets.html#cn-sc-2023-final-market-scale"),
        ("huawei", "organisations.html#huawei"),
        ("mpost-2024-01-19-wg", "sources.html#mpost-2024-01-19-wg"),
        ("2021-05-27-blockchain-opinions-signed", "tables/events.html#2021-05-27-blockchain-opinions-signed"),
        ("no-such-thing", None),
        (float("nan"), None),
    ],
)
def test_an_id_leads_to_its_page(addresses, key, address):
    assert addresses.of(key) == address


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("see CN-SC.", 'see <a href="~/places/cn-sc.html">CN-SC</a>.'),
        ("(CN-SC, CN-XX)", '(<a href="~/places/cn-sc.html">CN-SC</a>, CN-XX)'),
        ("https://x.org/CN-SC and xCN-SC and CN-SC-nowhere", None),
        ("huawei, cas and CN are words, too", None),
        ("&quot;CN-SC&quot;", '&quot;<a href="~/places/cn-sc.html">CN-SC</a>&quot;'),
    ],
)
def test_ids_in_a_text_are_links(addresses, text, linked):
    assert addresses.linked(text, "index.html") == (linked or text)


def test_an_id_on_its_own_page_stays_text(addresses):
    assert addresses.linked("of CN-SC", "places/cn-sc.html") == "of CN-SC"


def test_each_place_has_a_file_of_its_own(tmp_path):
    """Whatever the case, the script and the length of the ids."""
    ds = ma.load(write_hydrogen(tmp_path))
    keys = ["north", "NORTH", "四川", "山东", "a b", "n" * 300]
    twins = ds.places.assign(place_id=keys, parent_id=None)
    addresses = Addresses(ds.with_tables(places=twins))
    files = [addresses.of(key) for key in keys]
    assert files[0] == "places/north.html" and len({file.casefold() for file in files}) == len(keys)
    assert all(file.isascii() and len(file) < 120 for file in files)


def test_tables_that_a_folder_leaves_out_have_no_page(tmp_path):
    assert Addresses(ma.load(write_hydrogen(tmp_path))).tables == ["regional_statistics"]


def test_an_anchor_is_none_that_a_page_has_already():
    assert anchor("content") != "content" and anchor('a" b') != 'a" b'
    assert not {"of-north", "kind-official", "the-bodies"} & set(
        map(anchor, ["of-north", "kind-official", "the-bodies"])
    )
    assert anchor("cn-sc-2023") == "cn-sc-2023" and anchor("officer-2") == "officer-2"
