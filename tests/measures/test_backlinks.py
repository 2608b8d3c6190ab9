"""What rests on a source: every citing row of every table in its words, worked by hand."""

import pytest

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def ds(worked) -> ma.Dataset:
    return worked("backlinks")


def test_a_reference_without_a_name_goes_by_its_id_and_one_that_leads_nowhere_is_left_out(ds):
    documents, targets = ds.policy_documents, ds.regional_targets
    changed = ds.with_tables(
        policy_documents=documents.assign(title_en=documents.title_en.where(documents.document_id != "d1")),
        regional_targets=targets.assign(place_id="nowhere"),
    )
    says = ma.rows_citing(changed, "s2").set_index("id").says
    assert says["t1"].startswith("d1 · market size · ")


def test_a_source_named_twice_by_a_row_is_one_row(ds):
    twice = ds.with_tables(events=ds.events.assign(source_ids="s2;s1;s2"))
    found = ma.rows_citing(twice, "s2").query("table == 'events'")
    assert found[["id", "sources"]].values.tolist() == [["e1", 3]]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("s3", "there is no source 's3'. ds.sources lists them all."),  # half of the letters agree
        ("ss1", "there is no source 'ss1'. Did you mean s1?"),
        (5, "there is no source 5. ds.sources lists them all."),
    ],
)
def test_no_such_source(ds, wanted, words):
    with pytest.raises(ValueError) as told:
        ma.rows_citing(ds, wanted)
    assert str(told.value) == words


def test_at_most_three_near_sources_are_named(ds):
    rows = ds.sources.iloc[[0] * 5].assign(source_id=[f"page-{number}" for number in range(5)])
    with pytest.raises(ValueError, match=r"Did you mean page-4, page-3, page-2\?$"):
        ma.rows_citing(ds.with_tables(sources=rows), "page-9")
