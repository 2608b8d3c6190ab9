"""Explanations and sentences: read against the tables by hand, for every kind of row, safe in a notebook."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from made_once import packaged

import metaverse_analysis as ma

SICHUAN = "cn-sc-2023-final-market-scale"


@pytest.fixture(scope="module")
def ds() -> ma.Dataset:
    return packaged()


def section(found, title: str) -> dict[str, str]:
    """The rows of the one section whose title begins so."""
    named = [rows for name, rows in found.sections if name.startswith(title)]
    assert len(named) == 1, (title, [name for name, _ in found.sections])
    return dict(named[0])


def with_target(ds: ma.Dataset, document: dict | None = None, **values) -> ma.Dataset:
    """Sichuan's final target and its document, changed."""
    targets, documents = ds.regional_targets, ds.policy_documents
    target = targets[targets.target_id == SICHUAN].assign(**values).astype(targets.dtypes.to_dict())
    one = documents[documents.document_id == target.document_id.iloc[0]]
    one = one.assign(**document or {}).astype(documents.dtypes.to_dict())
    rest = documents[documents.document_id != target.document_id.iloc[0]]
    return ds.with_tables(regional_targets=target, policy_documents=pd.concat([one, rest], ignore_index=True))


class TestSentence:
    def test_market_target(self, ds):
        line = ma.sentence(ds, SICHUAN)
        rate = 250 / ma.convert(250, "CNY", "USD", on="2023-09-15") if hasattr(ma, "convert") else 7.2773
        assert line.startswith(
            "Sichuan's action plan of 15 September 2023 aims for an industry scale of 250 billion yuan by 2025 "
            "(metaverse-related industries; 元宇宙相关产业规模), about $34.4 billion at that day's rate of "
            f"{rate:.2f} yuan per dollar (issued; "
        )
        assert line.endswith(" others).")

    def test_a_draft_would_and_says_so(self, ds):
        line = ma.sentence(ds, "cn-sd-2025-related-scale-draft")
        assert (
            "draft guiding opinion of 4 September 2023 would aim for an industry scale of about 150" in line
        )
        assert "(draft; " in line

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"qualifier": "over"}, "industry scale of over 250 billion yuan by 2025"),
            ({"qualifier": "range", "value_max": 300.0}, "industry scale of 250 to 300 billion yuan by 2025"),
            ({"qualifier": "range", "value_max": 300.0}, "about $34.4 billion to $41.2 billion at"),
            ({"target_year": pd.NA}, "250 billion yuan (metaverse-related"),
            (
                {"unit": "billion USD"},
                "250 billion dollars by 2025 (metaverse-related industries; 元宇宙相关产业规模) (issued",
            ),
            ({"unit": "billion EUR"}, "billion at that day's rate of 0.94 euros per dollar"),
            ({"unit": "million CNY", "value": 5.0}, "5 million yuan by 2025"),
            ({"unit": "million CNY", "value": 5.0}, "about $687,000 at that day's rate"),
            ({"basis": "forecast"}, "is reported with a forecast of an industry scale of 250"),
            ({"place_id": "CN-SC-chengdu"}, "250 billion yuan for Chengdu by 2025"),
        ],
    )
    def test_kinds_of_money(self, ds, values, expected):
        assert expected in ma.sentence(with_target(ds, **values), SICHUAN)

    @pytest.mark.parametrize(
        ("document", "expected"),
        [
            ({"issued_date": None, "signed_date": None}, "Sichuan's action plan, undated, aims for"),
            (
                {"issued_date": None, "signed_date": None},
                "without a dollar figure because the document has no date",
            ),
            ({"issued_date": "2023-09"}, "at the mean rate of September 2023, 7.30 yuan per dollar"),
            ({"issued_date": "2023-09-17"}, "at the rate of 15 September 2023, 7.28 yuan per dollar"),
            ({"issued_date": "1990-01-02"}, "because no rate is published for 2 January 1990"),
            ({"doc_type": "measures"}, "Sichuan's measures of 15 September 2023 aim for"),
            ({"doc_type": "other"}, "Sichuan's document of 15 September 2023"),
            ({"status": "announced"}, "(announced; "),
            ({"issuer_kind": "association", "issuer_en": "The Guild; X"}, "The Guild's action plan of"),
        ],
    )
    def test_kinds_of_document(self, ds, document, expected):
        assert expected in ma.sentence(with_target(ds, document), SICHUAN)

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"measure": "count", "unit": "parks", "value": 1.0}, "aims for 1 park by"),
            ({"measure": "subsidy", "unit": "million CNY", "value": 5.0, "per": "project", "qualifier": "up_to"},
             "offers up to 5 million yuan per project in 2025"),
            ({"measure": "fund", "value": 10.0}, "plans a fund of 10 billion yuan by 2025"),
            ({"measure": "rank", "unit": "global rank", "value": 10.0, "qualifier": "up_to"},
             "aims for a global rank of 10 or better by 2025"),
            ({"measure": "share", "unit": "percent of GDP", "value": 1.0}, "aims for 1 percent of GDP by 2025"),
        ],
    )  # fmt: skip
    def test_other_kinds(self, ds, values, expected):
        ours = with_target(ds, **{"scope": None, "words_zh": None, "scope_note": "what is counted"} | values)
        line = ma.sentence(ours, SICHUAN)
        assert expected in line
        assert "(what is counted)" in line

    def test_targets_of_every_kind_have_one_printable_line(self, ds):
        for target in ds.regional_targets[::3].itertuples():
            line = ma.sentence(ds, target.target_id)
            assert line[0].isupper() and line.endswith(".") and "\n" not in line and "  " not in line, line
            assert "nan" not in line.split() and "<NA>" not in line and "_" not in line, line
            number = f"{target.value:,.6f}".rstrip("0").rstrip(".")
            assert number in line, line
            assert pd.isna(target.target_year) or str(target.target_year) in line

    def test_unknown_target_names_the_nearest(self, ds):
        with pytest.raises(ValueError, match=f"regional_targets don't have the id.*{SICHUAN}"):
            ma.sentence(ds, SICHUAN + "s")


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
    assert section(found, "Confidence")["Grade"] == f"{grade.confidence}: {grade.why}"
    printed = ds.press_figures[ds.press_figures.target_id == SICHUAN]
    assert set(section(found, "Press figures")) == set(printed.press_figure_id)
    assert "7.2773 CNY per USD, 2023-09-15, daily" in section(found, "In dollars")["On the document's date"]
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
        assert source.grade == min(strengths[row.kind]["strength"], 3 if row.is_copy else 4)
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


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//evil.example"]
)
def test_nothing_in_the_card_can_run(ds, url):
    source = ds.regional_targets.set_index("target_id").source_ids[SICHUAN].split(";")[0]
    sources = ds.sources
    hit = sources.source_id == source
    sources = sources.assign(
        title=sources.title.mask(hit, "<script>alert(1)</script>"),
        publisher=sources.publisher.mask(hit, '"><img src=x onerror=alert(1)>'),
        url=sources.url.mask(hit, url),
    )
    ours = ds.with_tables(sources=sources).with_tables(
        regional_targets=with_target(
            ds, scope_note="<b onclick=x>", words_zh="</td><script>"
        ).regional_targets
    )
    page = ma.explain(ours, SICHUAN)._repr_html_()
    read = Links()
    read.feed(page)
    assert set(read.tags) <= {
        "div",
        "b",
        "br",
        "small",
        "code",
        "table",
        "caption",
        "tr",
        "td",
        "ol",
        "li",
        "a",
    }
    assert all(link.startswith(("http://", "https://")) for link in read.links)
    assert len(read.links) == len(ma.explain(ours, SICHUAN).sources) - 1
    assert "&lt;script&gt;" in page


def test_a_quote_cannot_end_an_address(ds):
    sources = ds.sources.assign(url="https://example.org/'onmouseover='alert(1)")
    read = Links()
    read.feed(ma.explain(ds.with_tables(sources=sources), SICHUAN)._repr_html_())
    assert set(read.links) == {"https://example.org/'onmouseover='alert(1)"}


def test_small_folders(ds):
    bare = ds.with_tables(**{name: ds[name].iloc[:0] for name in ds.tables if name != "regional_targets"})
    assert ma.sentence(bare, SICHUAN).startswith(
        "CN-SC's document, undated, aims for an industry scale of 250 billion"
    )
    assert "250 billion yuan" in str(ma.explain(bare, SICHUAN))
