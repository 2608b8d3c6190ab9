"""What rests on a source: every citing row of every table in its words, worked by hand."""

import pytest
from citing_rows import FOLDER
from tiny import load_rows, plain, scope_label

import metaverse_analysis as ma


@pytest.fixture(scope="module")
def ds(tmp_path_factory) -> ma.Dataset:
    return load_rows(tmp_path_factory.mktemp("backlinks") / "tables", FOLDER)


RELATED = scope_label("metaverse_related")
TYPES = {"table": "str", "id": "str", "says": "str", "n_sources": "int64"}


def test_every_row_that_rests_on_a_source(ds):
    table = ma.rows_citing(ds, "s1")
    assert table.index.tolist() == list(range(9))
    assert table.dtypes.astype(str).to_dict() == TYPES
    assert list(table) == list(TYPES)
    assert plain(table) == {
        "table": [
            *["bodies", "memberships", "policy_documents", "regional_targets", "regional_targets"],
            *["press_figures", "outcomes", "target_followups", "events"],
        ],
        "id": ["club", "club--firm", "d1", "t1", "t2", "p1", "o1", "f1", "e1"],
        "says": [
            "The club · industry committee · active · 2023-06-30 · 4 · organisations",
            "The firm · The club · chair · 2023-05 · member",
            "A plan · Aland · Aland · action plan · issued · 2023-09-15 · 2023 · 2025 · about the metaverse · "
            "government",
            f"A plan · Aland · market size · industry scale · {RELATED} · 1,234.5 · billion CNY · exactly · 2025",
            f"A plan · Aland · market size · industry scale · {RELATED} · 2 · billion CNY · exactly · of all",
            "t1 · O · 35 · 2024-01-19",
            f"Aland · market size · industry scale · {RELATED} · 260 · billion CNY · exactly · 2025",
            "t1 · reported · o1 · 2026-11-01",
            "2023-10 · Aland · document issued · It came out · A plan",
        ],
        "n_sources": [1, 1, 1, 2, 1, 1, 1, 1, 1],
    }


def test_another_source_of_some_of_the_rows(ds):
    assert ma.rows_citing(ds, "s2").values.tolist() == [
        [
            "policy_documents",
            "d2",
            "A plan · Aland · Aland · action plan · issued · 2023-09-15 · 2023 · 2025 · government",
            1,
        ],
        [
            "regional_targets",
            "t1",
            f"A plan · Aland · market size · industry scale · {RELATED} · 1,234.5 · billion CNY · exactly · 2025",
            2,
        ],
        [
            "regional_targets",
            "t3",
            f"A plan · Aland · market size · industry scale · {RELATED} · 250 · billion CNY · exactly · 2025",
            1,
        ],
    ]


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
    assert found[["id", "n_sources"]].values.tolist() == [["e1", 3]]


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
