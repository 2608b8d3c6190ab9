"""Explanations of the packaged rows: read against the tables by hand, for every kind of row."""

import re

import pytest
from real_rows import SICHUAN

import metaverse_analysis as ma

GROUP = "miit-metaverse-standardisation-working-group"


def section(found, title: str) -> dict[str, str]:
    """The rows of the one section whose title begins so."""
    named = [rows for name, rows in found.sections if name.startswith(title)]
    assert len(named) == 1, (title, [name for name, _ in found.sections])
    return dict(named[0])


def test_a_name_explains_what_its_id_does(ds):
    for name, id in {"四川": "CN-SC", "Tencent": "tencent", "MIIT working group": GROUP}.items():
        assert str(ma.explain(ds, name)) == str(ma.explain(ds, id))


def test_a_target_against_its_rows(ds):
    found = ma.explain(ds, SICHUAN)
    target = ds.regional_targets.set_index("target_id").loc[SICHUAN]
    document = ds.policy_documents.set_index("document_id").loc[target.document_id]
    assert (found.id, found.table, found.heading) == (SICHUAN, "regional_targets", ma.sentence(ds, SICHUAN))
    own = section(found, "Target")
    assert own["Value"] == "250 billion yuan"
    assert own["Scope"] == ds.schema.label("regional_targets", "scope", target.scope)
    assert own["Chinese words"] == target.words_zh
    about = section(found, "Document: ")
    assert about["English title"] == document.title_en
    assert about["Chinese title"] == document.title_zh
    assert about["Issuer"] == document.issuer_en
    assert about["Issued"] == document.issued_date
    versions = ds.policy_documents[ds.policy_documents.family_id == document.family_id]
    assert len(section(found, "Other versions")) == len(versions) - 1
    grade = ma.grades(ds, "regional_targets").loc[SICHUAN]
    assert section(found, "Confidence")["Grade"] == f"{grade.confidence}: {grade.reason}"
    printed = ds.press_figures[ds.press_figures.target_id == SICHUAN]
    assert set(section(found, "Press figures")) == set(printed.press_figure_id)
    assert (
        "7.2773 CNY per USD, 2023-09-15, daily"
        in section(found, "In dollars")["On the document's date, to print"]
    )
    named = ds.adjudications[ds.adjudications.subject_ids.str.split(";").map(lambda ids: SICHUAN in ids)]
    assert all(question in str(found).replace("\n      ", " ") for question in named.question)


def test_sources_in_order_with_grade_and_address(ds):
    found = ma.explain(ds, SICHUAN)
    target = ds.regional_targets.set_index("target_id").loc[SICHUAN]
    assert found.sources.source_id.tolist() == target.source_ids.split(";")
    strengths = ds.schema.codes("sources", "kind")
    for source in found.sources.itertuples():
        row = ds.sources.set_index("source_id").loc[source.source_id]
        assert (source.publisher, source.url, source.kind) == (row.publisher, row.url, row.kind)
        assert source.grade == max(strengths[row.kind]["strength"] - row.is_copy, 1)
        assert row.url in str(found).replace("\n      ", "")


def test_every_kind_of_row_explains_itself(ds):
    for table in ds.tables:
        key = ds.schema[table].key
        frame = ds[table]
        for id in frame[key].iloc[:: max(1, len(frame) // 3)]:
            found = ma.explain(ds, id)
            text = str(found)
            assert found.heading and len(found.sections) >= 1
            assert id in text
            assert "nan" not in re.split(r"\W+", text) and "<NA>" not in text
            assert max(map(len, text.splitlines())) < 250


def test_a_place_is_profiled(ds):
    found = ma.explain(ds, "CN-SD")
    assert found.table == "places"
    targets = ds.regional_targets[ds.regional_targets.place_id == "CN-SD"]
    title = next(name for name, _ in found.sections if name.startswith("Regional targets"))
    assert title == f"Regional targets ({len(targets)})"
    finding = ds.coverage.set_index("place_id").finding["CN-SD"]
    assert ds.schema.label("coverage", "finding", finding) in section(found, "Coverage")["CN-SD"]
    assert len(found.sources) == 0


def test_a_source_says_what_rests_on_it(ds):
    target = ds.regional_targets.iloc[0]
    found = ma.explain(ds, target.source_ids.split(";")[0])
    assert target.target_id in section(found, "Regional targets")
    assert len(found.sources) == 1


def test_a_judgement_tells_its_subjects(ds):
    row = ds.adjudications.iloc[0]
    assert set(section(ma.explain(ds, row.adjudication_id), "Subjects")) == set(row.subject_ids.split(";"))


def test_long_lists_are_cut_and_counted(ds):
    found = ma.explain(ds, "CN")
    title, rows = next(s for s in found.sections if s[0].startswith("Events"))
    count = int(re.search(r"\d+", title)[0])
    assert count == (ds.events.place_id == "CN").sum() > 12
    assert rows[-1] == ("", f"and {count - 12} more")


def test_unknown_ids(ds):
    with pytest.raises(ValueError, match=f"no table has the id.*{SICHUAN} .regional_targets"):
        ma.explain(ds, SICHUAN[:-1])
    with pytest.raises(ValueError, match="an id is text"):
        ma.explain(ds, 3)


def test_small_folders(ds):
    bare = ds.with_tables(**{name: ds[name].iloc[:0] for name in ds.tables if name != "regional_targets"})
    assert ma.sentence(bare, SICHUAN).startswith(
        "CN-SC's document, undated, aims for an industry scale of 250 billion"
    )
    assert "250 billion yuan" in str(ma.explain(bare, SICHUAN))
